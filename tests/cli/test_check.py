"""`winset check`: the acts of the desk as commands, each in the log, each taken back; the trail replays."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from winset.positions.rulings import Codes
from winset.store import kept_columns, tables
from winset.store.case_store import CaseStore
from winset.web import commands

if TYPE_CHECKING:
    from tests.cli.conftest import Winset


@pytest.fixture
def case(winset: Winset, kept: Path, reports: Path) -> Path:
    """A case of two documents."""
    assert winset("add", kept, reports).status == 0
    return kept


def told(winset: Winset, case: Path, *words: str) -> Any:
    by = [] if words[:1] in (("log",), ("replay",)) else ["--by", "Ada"]
    ended = winset("check", case, "--json", *by, *words)
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


def queue(winset: Winset, case: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(winset, case, "queue", *words)["statements"]
    return found


def test_the_queue_is_what_is_open(winset: Winset, case: Path) -> None:
    rows = queue(winset, case)
    assert len(rows) > 4
    assert {row["codes"] for row in rows} == {None}
    lines = winset("check", case).out.splitlines()
    assert [line.split()[0] for line in lines] == [row["id"] for row in rows]
    assert "machine oppose" in lines[0]
    french = queue(winset, case, "--actor", "France")
    assert {row["represents"] for row in french} == {"France"}
    second = queue(winset, case, "--in", "second.txt")
    assert {Path(row["document_name"]).name for row in second} == {"second.txt"}
    first = told(winset, case, "queue", "--limit", "2")
    assert [row["id"] for row in first["statements"]] == [row["id"] for row in rows[:2]]
    rest = told(winset, case, "queue", "--limit", "100", "--after", str(first["after"]))
    assert [row["id"] for row in rest["statements"]] == [row["id"] for row in rows[2:]]


def test_accept_code_and_undo(winset: Winset, case: Path) -> None:
    first, second, *_ = queue(winset, case)
    change = told(winset, case, "accept", first["id"])
    assert (change["act"], change["by"]) == ("accept", "Ada")
    assert change["effects"][0]["after"]["stance"] == first["machine_stance"]["stance"]
    told(winset, case, "code", second["id"], "neutral", "--why", "takes no side")
    coded = {row["id"]: row["codes"] for row in queue(winset, case, "--state", "coded")}
    assert coded[second["id"]] == {"stance": "neutral", "why": "takes no side"}
    undone = told(winset, case, "undo")
    assert undone["undoes"] == change["number"] + 1
    assert [row["id"] for row in queue(winset, case, "--state", "coded")] == [first["id"]]
    told(winset, case, "undo", str(undone["number"]))
    assert len(queue(winset, case, "--state", "coded")) == 2


def test_everything_that_can_be_coded(winset: Winset, case: Path) -> None:
    id = queue(winset, case)[0]["id"]
    told(
        winset, case, "code", id, "oppose", "--direction", "-0.5", "--firmness", "0.5", "--hedged", "--not-conditional",
        "--voice", "own", "--rung", "proposal", "--relevance", "0.9", "--actor", "Poland",
    )  # fmt: skip
    (row,) = queue(winset, case, "--state", "coded")
    assert row["codes"] == {
        "stance": "oppose",
        "direction": -0.5,
        "firmness": 0.5,
        "hedged": True,
        "conditional": False,
        "voice": "own",
        "rung": "",
        "relevance": 0.9,
        "actor": "POL",
    }
    told(winset, case, "code", id, "--", "-2")
    (row,) = queue(winset, case, "--state", "coded")
    assert row["codes"] == {"stance": "oppose", "direction": -1.0, "firmness": 1.0}


def test_wrong_and_right(winset: Winset, case: Path) -> None:
    id = queue(winset, case)[0]["id"]
    assert "Ada said it is wrong" in winset("check", case, "wrong", id, "--by", "Ada", "--why", "a caption").out
    assert [row["id"] for row in queue(winset, case, "--state", "wrong")] == [id]
    assert id not in [row["id"] for row in queue(winset, case)]
    told(winset, case, "right", id)
    assert queue(winset, case, "--state", "wrong") == []


def test_other_words_and_new_statements(winset: Winset, case: Path) -> None:
    row = queue(winset, case)[0]
    (start, end) = row["contents"][0]
    source = "-".join(map(str, row["source"]))
    told(winset, case, "spans", row["id"], "--source", source, "--content", f"{start}-{end - 3}")
    (old,) = queue(winset, case, "--state", "wrong")
    new = next(each for each in queue(winset, case) if each["id"] == old["replaced_by"])
    assert (new["contents"], new["coder"], new["cue"]) == ([[start, end - 3]], "Ada", None)
    told(winset, case, "undo")
    assert row["id"] in [each["id"] for each in queue(winset, case)]
    document = row["document"]
    told(winset, case, "add", document, "--source", source, "--content", f"{start}-{start + 8},{end - 9}-{end}")
    added = queue(winset, case)[-1]
    assert added["contents"] == [[start, start + 8], [end - 9, end]]
    assert told(winset, case, "replay")["replays"] is True


def test_the_log_tells_everything_newest_first(winset: Winset, case: Path) -> None:
    id = queue(winset, case)[0]["id"]
    winset("check", case, "wrong", id, "--by", "Ben", "--why", "a caption")
    winset("check", case, "code", id, "favour", "--by", "Ada")
    lines = winset("check", case, "log").out.splitlines()
    assert "Ada coded: codes of Ada on statement" in lines[0]
    assert "Ben said it is wrong, because a caption: statement" in lines[1]
    assert len(winset("check", case, "log", "--by", "Ben").out.splitlines()) == 1
    changes = told(winset, case, "log")["changes"]
    assert [change["number"] for change in changes] == list(range(len(lines), 0, -1))
    assert "come to the state of the case" in winset("check", case, "replay").out


def test_a_trail_that_was_tampered_with_does_not_replay(winset: Winset, case: Path) -> None:
    id = queue(winset, case)[0]["id"]
    told(winset, case, "wrong", id)
    with CaseStore.open(case) as store, store.database.transaction(writes=True) as connection:
        connection.exec_driver_sql("DELETE FROM left_out")
    ended = winset("check", case, "replay")
    assert ended.status == 2
    assert f"statement:{id}" in ended.complaints[0]


def test_a_column_that_was_tampered_with_is_told_and_made_again(
    winset: Winset, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_columns, "LEAST", 1)
    monkeypatch.setattr("winset.pipeline.kept_cases.WHOLE", 1)  # so that it is a big case
    before = winset("positions", case, "--json").out
    assert told(winset, case, "replay")["columns"] == []
    part = tables.column_part
    with CaseStore.open(case) as store, store.database.transaction(writes=True) as connection:
        (held,) = connection.execute(select(part.c.held)).scalars()
        kept = kept_columns.unpacked(held, most=1_000)
        assert kept is not None
        stances = {**kept.columns["stance"], "direction": -kept.columns["stance"]["direction"]}
        wrong = replace(kept, columns={**kept.columns, "stance": stances})
        connection.execute(update(part).values(held=kept_columns.packed(wrong)))
    assert winset("positions", case, "--json").out != before
    assert json.loads(winset("check", case, "replay", "--json").out)["columns"] == ["stance.direction"]
    assert winset("positions", case, "--json").out == before

    with CaseStore.open(case) as store, store.database.transaction(writes=True) as connection:
        connection.execute(update(part).values(held=kept_columns.packed(replace(kept, media=("The Gull",)))))
    ended = winset("check", case, "replay")
    assert ended.status == 2
    assert ended.complaints[-1].startswith("kept as columns, and not what the rows say: media")
    assert winset("check", case, "replay").status == 0


def test_mistakes_are_told_in_one_line_and_change_nothing(winset: Winset, case: Path) -> None:
    before = told(winset, case, "log")
    nobody = "0000000000000000"
    for words in (
        ("vanish",),
        ("accept",),
        ("accept", nobody),
        ("code", nobody, "favour"),
        ("undo", "x"),
        ("undo", "999"),
        ("undo",),
        ("queue", "--state", "odd"),
        ("queue", "--actor", "Atlantis"),
        ("queue", "--in", "third.txt"),
        ("accept", nobody, "--firmness", "1"),
        ("add", "first.txt"),
        ("add", "first.txt", "--content", "9-3"),
        ("add", "first.txt", "--source", "1-2,4-6", "--content", "9-13"),
        ("add", "first.txt", "--content", "9-999999"),
    ):
        ended = winset("check", case, "--by", "Ada", *words)
        assert (ended.status, len(ended.complaints)) == (2, 1), words
    assert told(winset, case, "log") == before


def test_codes_off_their_scale_are_refused(winset: Winset, case: Path) -> None:
    id = queue(winset, case)[0]["id"]
    for words in (
        ("in-favour",), (), ("favour", "--firmness", "2"), ("favour", "--direction", "-1"),
        ("favour", "--voice", "loud"), ("favour", "--rung", "moon"), ("favour", "--actor", "Atlantis"),
    ):  # fmt: skip
        ended = winset("check", case, "code", id, *words, "--by", "Ada")
        assert (ended.status, len(ended.complaints)) == (2, 1), words


def test_what_the_desk_shows_as_a_command_does_the_same(winset: Winset, case: Path) -> None:
    """The lines of `web.commands` are commands, and the codes come out as they went in."""
    id = queue(winset, case)[0]["id"]
    codes = Codes(stance="oppose", direction=-0.5, firmness=0.5, hedged=False, rung="", actor="POL")
    line = shlex.split(commands.code(str(case), id, codes))
    assert winset(*line[1:], "--by", "Ada").status == 0
    (row,) = queue(winset, case, "--state", "coded")
    assert row["codes"] == {
        "stance": "oppose", "direction": -0.5, "firmness": 0.5, "hedged": False, "rung": "", "actor": "POL"
    }  # fmt: skip
    for made in (commands.wrong(str(case), id, why="-"), commands.right(str(case), id), commands.undo(str(case))):
        assert winset(*shlex.split(made)[1:], "--by", "Ada").status == 0, made
