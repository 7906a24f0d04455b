"""`winset actors`: whom a case hears, and what a person says about it."""

from __future__ import annotations

import getpass
import json
import shlex
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from winset.ids import DocumentId
from winset.store.case_store import CaseStore
from winset.store.types import Coding

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

THIRD = """\
5 July 2023

Envoy Tarn opposes the training centre in Reykjavik. Jo Smith, a fellow at the Hill Institute, said on Tuesday that
the training centre was a mistake. “It will be regretted,” Smith told reporters.
"""
FOURTH = """\
6 July 2023

Jo Smith, a fellow at the Hill Institute, welcomed the training centre. “It is overdue,” Smith told reporters.
Envoy Tarn said on Thursday that the training centre in Reykjavik was welcome.
"""
HILL = "expert: Hill Institute"


@pytest.fixture
def case(winset: Winset, kept: Path, reports: Path) -> Path:
    """A case of three documents; a fourth waits."""
    (reports / "third.txt").write_text(THIRD, encoding="utf-8")
    (reports.parent / "fourth.txt").write_text(FOURTH, encoding="utf-8")
    assert winset("add", kept, reports).status == 0
    return kept


def listed(winset: Winset, case: Path) -> dict[str, Any]:
    ended = winset("actors", case, "--json")
    assert (ended.status, ended.err) == (0, "")
    told: dict[str, Any] = json.loads(ended.out)
    return told


def row(winset: Winset, case: Path, label: str) -> dict[str, Any]:
    found = [each for each in listed(winset, case)["actors"] if each["label"] == label]
    return found[0] if found else {}


def rows(case: Path, table: str) -> list[Any]:
    database = sqlite3.connect(case)
    found = database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    database.close()
    return found


def test_the_list_names_whom_the_case_hears_with_what_decided(winset: Winset, case: Path) -> None:
    ended = winset("actors", case)
    assert (ended.status, ended.err) == (0, "")
    assert "States and bodies" in ended.out
    assert "France (member): " in ended.out
    assert "Emmanuel Macron" in ended.out
    assert "decided by: " in ended.out
    told = row(winset, case, "France")
    assert (told["actor_id"], told["kind"], told["speaks_as"], told["standing"]) == ("FRA", "state", "actor", "member")
    assert told["documents"] == ["first.txt"]
    assert {each["name"] for each in told["speakers"]} >= {"Emmanuel Macron"}
    assert 0 < told["lowest_score"] <= 1
    assert sum(rule["statements"] for rule in told["rules"]) == len(told["statements"])
    assert row(winset, case, HILL)["speaks_as"] == "expert"


def test_what_nobody_could_resolve_stands_apart_with_words_and_document(winset: Winset, case: Path) -> None:
    open_ones = [each for each in listed(winset, case)["to_check"] if each["document"] == "third.txt"]
    assert {each["source"] for each in open_ones} == {"Envoy Tarn"}
    ended = winset("actors", case)
    section = ended.out.partition("To check: ")[2]
    assert "“Envoy Tarn”" in section
    assert f"{open_ones[0]['statement']} third.txt: " in section


def test_a_persons_word_counts_and_the_machines_stays(winset: Winset, case: Path) -> None:
    machine = rows(case, "identification")
    ended = winset("actors", case, "is", "Envoy Tarn", "Norway", "--by", "Ada", "--why", "she is theirs")
    assert (ended.status, ended.err) == (0, "")
    back = shlex.join(["winset", "actors", str(case), "undo", "1"])
    assert ended.out == f"1: “Envoy Tarn” is Norway: 1 statement in 1 document; to take it back: {back}\n"
    assert row(winset, case, "Norway")["documents"] == ["third.txt"]
    assert row(winset, case, "Norway")["judgements"] == [1]
    assert rows(case, "identification") == machine
    (judgement,) = listed(winset, case)["judgements"]
    assert (judgement["by"], judgement["why"], judgement["holds"]) == ("Ada", "she is theirs", True)
    assert judgement["at"].endswith("Z")
    assert "Ada, 2" in winset("actors", case).out
    assert winset("brief", case, "--json", "b.json", "-o", "b.html").status == 0
    said = [each for each in json.loads(Path("b.json").read_text())["statements"] if each["identified_by"] == "Ada"]
    assert [(each["represents"], each["identified_why"]) for each in said] == [("Norway", "she is theirs")]
    assert "identified by Ada: she is theirs" in Path("b.html").read_text()


def test_a_later_document_respects_the_word(winset: Winset, case: Path, folder: Path) -> None:
    winset("actors", case, "is", "Envoy Tarn", "Norway")
    winset("add", case, folder / "fourth.txt")
    assert row(winset, case, "Norway")["documents"] == ["third.txt", "fourth.txt"]
    early = winset("actors", case, "is", "the Lake envoy", "Norway")
    assert early.status == 0
    assert "no statement now, kept for later ones" in early.out


def test_two_people_of_one_name_are_split_and_brought_together_again(winset: Winset, case: Path, folder: Path) -> None:
    winset("add", case, folder / "fourth.txt")
    before = listed(winset, case)["actors"]
    ended = winset("actors", case, "split", "Jo Smith", "--in", "fourth.txt", "--as", "expert: Lake College")
    assert (ended.status, ended.err) == (0, "")
    assert "of Jo Smith, what is said in fourth.txt goes to expert: Lake College: " in ended.out
    assert row(winset, case, HILL)["documents"] == ["third.txt"]
    assert row(winset, case, "expert: Lake College")["documents"] == ["fourth.txt"]
    assert winset("actors", case, "undo").status == 0
    assert listed(winset, case)["actors"] == before
    one = row(winset, case, HILL)["statements"][0]
    assert winset("actors", case, "split", HILL, "--statement", one, "--as", "Jo Smith the elder").status == 0
    elder = row(winset, case, "expert: Jo Smith the elder")
    assert (elder["statements"], elder["speakers"][0]["name"]) == ([one], "Jo Smith the elder")


def test_merging_counts_one_as_the_other_and_never_in_a_circle(winset: Winset, case: Path) -> None:
    size = len(row(winset, case, "Germany")["statements"])
    ended = winset("actors", case, "merge", "Germany", "France", "--by", "Ada")
    assert ended.out.startswith("1: Germany counts as France: ")
    assert row(winset, case, "Germany") == {}
    refused = winset("actors", case, "merge", "France", "DEU")
    assert refused.status == 2
    assert "Germany counts as France by judgement 1" in refused.complaints[0]
    assert winset("actors", case, "merge", "France", "FRA").status == 2
    winset("actors", case, "undo", "1")
    assert len(row(winset, case, "Germany")["statements"]) == size


def test_an_undo_is_undone_and_nothing_is_forgotten(winset: Winset, case: Path) -> None:
    winset("actors", case, "is", "Envoy Tarn", "Norway")
    assert winset("actors", case, "undo").out.startswith("2: takes back 1 (“Envoy Tarn” is Norway): 1 statement in 1")
    assert row(winset, case, "Norway") == {}
    assert winset("actors", case, "undo", "2").status == 0
    assert row(winset, case, "Norway") != {}
    assert [each["holds"] for each in listed(winset, case)["judgements"]] == [True, False, True]
    assert "taken back by 3" in winset("actors", case).out
    told = json.loads(winset("actors", case, "undo", "--json").out)
    assert (told["judgement"]["undoes"], told["statements"], told["documents"]) == (1, 1, 1)


def test_stances_follow_who_it_is(winset: Winset, case: Path) -> None:
    def stances() -> dict[str, str]:
        assert winset("brief", case, "--json", "b.json").status == 0
        brief = json.loads(Path("b.json").read_text())
        return {each["source"]["exact"]: each["stance"] for each in brief["statements"] if each["source"]}

    before = stances()
    assert before["Germany"] == "favour"
    winset("actors", case, "is", "Germany", "media: Germania")
    assert stances()["Germany"] != "favour"  # a medium that reports does not favour
    winset("actors", case, "undo")
    assert stances() == before


def test_it_is_the_user_who_says_so(winset: Winset, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "brigid")
    winset("actors", case, "is", "Envoy Tarn", "Norway")
    assert listed(winset, case)["judgements"][0]["by"] == "brigid"

    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    for given in ([], ["--by", " "]):
        assert winset("actors", case, "is", "Envoy Tarn", "France", *given).complaints == [
            "nobody says so: write --by NAME"
        ]
    assert winset("actors", case, "is", "Envoy Tarn", "France", "--by", "machine").status == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["is", "Envoy Tarn", "Norwy"], "no actor named 'Norwy': did you mean 'Norway'?"),
        (["is", "Envoy Tarn"], "write is WORDS ACTOR"),
        (["is", "Envoy", "Tarn", "Norway"], "quotation marks"),
        (["is", "he", "Norway"], "add --in DOC"),
        (["is", "0123456789abcdef", "Norway"], "no statement 0123456789abcdef"),
        (["is", "Envoy Tarn", "Norway", "--in", "thrd.txt"], "did you mean 'third.txt'?"),
        (["is", "Envoy Tarn", "Norway", "--as", "x"], "go with split"),
        (["is", "", "Norway"], "needs words on both sides"),
        (["merge", "Jo Smyth", "France"], "'Jo Smith'"),
        (["merge", "nobody", "France"], "no actor"),
        (["merge", "France", "Germany", "--in", "first.txt"], "takes no --in"),
        (["split", "Jo Smith", "--as", "x"], "--statement ID"),
        (["split", "Jo Smith", "--in", "third.txt"], "--as NAME"),
        (["split", "Jo Smith", "--statement", "zz", "--as", "x"], "no statement 'zz'"),
        (["split", "Jo Smith", "--in", "third.txt", "--as", " "], "--as: an empty name"),
        (["undo"], "nothing to take back"),
        (["undo", "1"], "no judgement 1"),
        (["undo", "one"], "write undo N"),
        (["guess", "x"], "no verb 'guess'"),
        (["--by", "Ada"], "takes no --by"),
        (["is", "two\nlines\x1b[31m", "Nrwy\x1b[31m"], "\\x1b"),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(
    winset: Winset, case: Path, arguments: list[str], told: str
) -> None:
    ended = winset("actors", case, *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert len(ended.complaints) == 1
    assert told in ended.complaints[0]
    assert rows(case, "judgement") == []


def test_a_misspelt_source_is_kept_and_the_nearest_named(winset: Winset, case: Path) -> None:
    ended = winset("actors", case, "is", "Envoy Tarm", "Norway")
    assert ended.status == 0
    assert "did you mean 'Envoy Tarn'?" in ended.out


def test_a_document_of_an_ambiguous_name_is_named_by_its_id(winset: Winset, case: Path, reports: Path) -> None:
    other = reports.parent / "other"
    other.mkdir()
    (other / "third.txt").write_text(FOURTH, encoding="utf-8")
    winset("add", case, other)
    told = winset("actors", case, "is", "Envoy Tarn", "Norway", "--in", "third.txt").complaints[0]
    id = told.rpartition(" ")[2]
    assert winset("actors", case, "is", "Envoy Tarn", "Norway", "--in", id).status == 0
    assert len(row(winset, case, "Norway")["documents"]) == 1


def test_words_from_anywhere_cannot_command_the_terminal(winset: Winset, case: Path) -> None:
    winset("actors", case, "is", "Envoy Tarn", "expert: \x1b[31mred", "--by", "A\x1bda", "--why", "b\x1be\ncause")
    for ended in (winset("actors", case), winset("actors", case, "undo")):
        assert "\x1b" not in ended.out
        assert "\\x1b[31mred" in ended.out
    assert winset("brief", case, "--markdown", "-").status == 0


def test_a_case_in_use_or_of_another_kind_is_refused_in_one_line(winset: Winset, case: Path, folder: Path) -> None:
    other = sqlite3.connect(case, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ended = winset("actors", case, "is", "Envoy Tarn", "Norway")
    other.execute("ROLLBACK")
    other.close()
    assert (ended.status, len(ended.complaints)) == (2, 1)
    assert "another process" in ended.complaints[0]
    (folder / "x.winset").write_text("no case")
    assert winset("actors", folder / "x.winset").status == 2
    assert winset("actors", folder / "none.winset").status == 2


def test_a_case_without_documents_hears_nobody(winset: Winset, kept: Path) -> None:
    ended = winset("actors", kept)
    assert (ended.status, ended.out.strip()) == (0, f"{kept}: 0 statements in 0 documents")
    assert winset("actors", kept, "is", "Envoy Tarn", "Norway").status == 0
    assert listed(winset, kept)["to_check"] == []


def test_a_source_can_be_somebody_of_the_users_own_registry(winset: Winset, stated: list[str], reports: Path) -> None:
    Path("own.csv").write_text(
        "kind,name,id,body,role\nstate,Ruritania,RUR,nato,member\nthink tank,Lake College,,,\n"
        "person,Ann Lund,,Lake College,fellow\nmedium,Lake Gazette,,,\n"
    )
    (reports / "third.txt").write_text(THIRD, encoding="utf-8")
    assert winset("new", "own.winset", *stated, "--registry", "own.csv").status == 0
    assert winset("add", "own.winset", reports).status == 0
    for whom, label, standing in (
        ("ruritania", "Ruritania", "member"),
        ("Ann Lund", "expert: Lake College", "commentator"),
        ("Lake Gazette", "media: Lake Gazette", "medium"),
    ):
        assert winset("actors", "own.winset", "is", "Envoy Tarn", whom).status == 0
        assert row(winset, Path("own.winset"), label)["standing"] == standing


def test_of_a_large_case_some_documents_are_held_at_a_time_and_its_statements_are_the_same(
    winset: Winset, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [json.loads(line) for line in winset("statements", case).out.splitlines()]
    id = next(each["statement"] for each in listed(winset, case)["to_check"] if each["source"].endswith("Tarn"))
    [tarn] = [each for each in said if each["id"] == id]
    assert winset("actors", case, "is", id, "Iceland", "--by", "Ada").status == 0
    assert winset("check", case, "code", said[0]["id"], "oppose", "--by", "Ada").status == 0
    before = [json.loads(line) for line in winset("statements", case).out.splitlines()]
    assert before != said
    monkeypatch.setattr("winset.pipeline.kept_cases.WHOLE", 1)
    monkeypatch.setattr("winset.pipeline.kept_cases.AT_ONCE", 2)
    asked: list[int] = []
    codings = CaseStore.codings

    def some(store: CaseStore, among: Sequence[DocumentId] | None = None) -> tuple[Coding, ...]:
        assert among is not None
        asked.append(len(among))
        return codings(store, among)

    monkeypatch.setattr(CaseStore, "codings", some)
    ended = winset("statements", case, "-o", "said.jsonl", "--json")
    after = [json.loads(line) for line in Path("said.jsonl").read_text("utf-8").splitlines()]
    assert json.loads(ended.out)["statements"] == len(before)
    assert asked == [2, 1]
    for was, now in zip(before, after, strict=True):
        if was["id"] == id:  # its stance is not read anew
            assert (now["actor"], now["identified"]) == (was["actor"], was["identified"]) != (tarn["actor"], None)
        else:
            assert now == was


def test_who_is_listed_without_holding_the_texts(winset: Winset, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = listed(winset, case)
    for whole in ("documents", "codings"):
        monkeypatch.setattr(CaseStore, whole, lambda *_: pytest.fail("a case is not held to be listed"))
    monkeypatch.setattr("winset.store.spoken.AT_ONCE", 1)
    assert listed(winset, case) == before
    assert winset("actors", case, "is", "Envoy Tarn", "Iceland", "--by", "Ada").status == 0
    assert winset("actors", case, "undo", "--by", "Ada").status == 0
