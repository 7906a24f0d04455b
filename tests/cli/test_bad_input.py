"""Each bad input: one clear line, status 2, nothing stored is lost, and the good documents of the same call count."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset


def _huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(50_000_001)  # a hole: it costs no disk


BAD: dict[str, tuple[str, Callable[[Path], object]]] = {
    "empty": ("void.txt", lambda path: path.touch()),
    "blank": ("blank.txt", lambda path: path.write_text(" \n\t\n")),
    "binary": ("photo.txt", lambda path: path.write_bytes(bytes(range(256)) * 20)),
    "not UTF-8": ("odd.txt", lambda path: path.write_bytes(b"\x81\x8d\x8f\x90\x9d \xff\xfe\xfa" * 3)),
    "damaged PDF": ("report.pdf", lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type")),
    "damaged DOCX": ("report.docx", lambda path: path.write_bytes(b"PK\x03\x04 and no more")),
    "too large": ("huge.txt", _huge),
    "no main text": (
        "page.html",
        lambda path: path.write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>"),
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_document_is_one_line_and_the_good_ones_count(
    kind: str, winset: Winset, reports: Path, stated: list[str]
) -> None:
    name, make = BAD[kind]
    make(reports / name)
    ended = winset("brief", "reports", *stated, "--json", "brief.json")
    assert ended.status == 2
    (complaint,) = ended.complaints
    assert name in complaint
    brief = json.loads(Path("brief.json").read_text())
    assert [each["name"] for each in brief["rejected"]] == [name]
    assert [each["name"] for each in brief["documents"]] == ["first.txt", "second.txt"]


@pytest.mark.parametrize(
    "source",
    [
        "none.txt",
        "none/*.txt",
        "http://127.0.0.1:9/private",
        "http://[::1]/private",
        "ftp://example.org/file.txt",
        "http:///nowhere",
        "http://no-such-host.invalid/",
    ],
)
def test_a_source_that_leads_nowhere_is_one_line_and_the_good_ones_count(
    source: str, winset: Winset, reports: Path, kept: Path
) -> None:
    ended = winset("add", kept, source, reports)
    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert source in ended.complaints[0]
    assert "2 added" in ended.out
    told = json.loads(winset("status", kept, "--json").out)
    assert told["documents"] == ["first.txt", "second.txt"]
    assert [each["name"] for each in told["rejected"]] == [source]


def test_when_nothing_can_be_read_no_brief_is_written(winset: Winset, folder: Path, stated: list[str]) -> None:
    (folder / "void.txt").touch()
    ended = winset("brief", "void.txt", "none.txt", *stated, "-o", "brief.html")
    assert ended.status == 2
    assert len(ended.complaints) == 3
    assert "nothing is written" in ended.complaints[-1]
    assert ended.out == ""
    assert [each.name for each in folder.iterdir()] == ["void.txt"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"--body": "natto"}, "did you mean 'nato'?"),
        ({"--on": "1930-01-01"}, "1949"),
        ({"--on": "2023-02-30"}, "2023-02-30"),
        ({"--on": "11 July"}, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"--rule": "consensu"}, "did you mean 'consensus'?"),
        ({"--rule": "qualified-majority"}, "qualified"),
        ({"--option": "contact point"}, "write LABEL=VALUE"),
        ({"--option": "contact point=lots"}, "write LABEL=VALUE"),
        ({"--option": "=20"}, "write LABEL=VALUE"),
        ({"--option": "contact point=140"}, "140"),
        ({"--option": "contact point=nan"}, "0 to 100"),
        ({"--status-quo": "100"}, "must differ"),
        ({"--status-quo": "-5"}, "0 to 100"),
        ({"--proposal": " "}, "empty"),
        ({"--proposal": ""}, "--proposal missing"),
        ({"--body": ""}, "--body missing"),
    ],
)
def test_a_mistake_in_the_options_is_one_line_before_anything_is_read(
    changed: dict[str, str], words: str, winset: Winset, reports: Path, stated: list[str]
) -> None:
    options = dict(zip(stated[::2], stated[1::2], strict=True)) | changed
    given = [part for pair in options.items() for part in pair]
    for ended in (
        winset("brief", reports, "none.txt", *given),
        winset("new", "other.winset", *given),
        winset("statements", reports, "none.txt", *given),
    ):
        assert (ended.status, ended.out) == (2, "")
        (complaint,) = ended.complaints
        assert words in complaint
    assert [each.name for each in reports.parent.iterdir()] == ["reports"]


def test_an_option_that_does_not_exist_is_a_usage_error(winset: Winset, folder: Path) -> None:
    ended = winset("brief", "a.txt", "--propsal", "x")
    assert ended.status == 2
    assert "--propsal" in ended.err
    assert "Traceback" not in ended.err


def test_a_mistake_in_a_case_file_names_its_line(winset: Winset, reports: Path) -> None:
    Path("case.yaml").write_text("proposal: Sail\nbody: nato\non: 2023-07-11\noptions:\n  contact point: 140\n")
    for ended in (winset("brief", "case.yaml", reports), winset("new", "a.winset", "--from", "case.yaml")):
        assert ended.status == 2
        assert ended.complaints == ["case.yaml line 5: option 'contact point' is 140: allowed is 0 to 100"]
    assert not Path("a.winset").exists()


def test_a_case_file_and_options_are_not_mixed(winset: Winset, reports: Path) -> None:
    Path("case.yaml").write_text("proposal: Sail\nbody: nato\non: 2023-07-11\n")
    ended = winset("brief", "case.yaml", reports, "--body", "eu")
    assert ended.status == 2
    assert "case.yaml" in ended.complaints[0]
    ended = winset("brief", "case.yaml")
    assert ended.status == 2
    assert "documents" in ended.complaints[0]


@pytest.fixture
def foreign(folder: Path) -> Path:
    path = folder / "foreign.winset"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE shopping (thing)")
    database.commit()
    database.close()
    return path


def calls(case: Path) -> list[list[str]]:
    return [["add", str(case), "reports"], ["status", str(case)], ["brief", str(case)], ["statements", str(case)]]


def test_a_file_that_is_not_ours_is_left_alone(winset: Winset, reports: Path, foreign: Path) -> None:
    words = reports / "first.txt"
    for case in (foreign, reports.parent / "none.winset", reports):
        before = case.read_bytes() if case.is_file() else None
        for call in calls(case)[: 2 if case is reports else 4]:
            ended = winset(*call)
            assert (ended.status, ended.out) == (2, "")
            assert len(ended.complaints) == 1
        assert before == (case.read_bytes() if case.is_file() else None)
    ended = winset("status", words)
    assert ended.status == 2
    assert "not a winset case" in ended.complaints[0]


def test_a_newer_case_is_left_alone(winset: Winset, reports: Path, kept: Path) -> None:
    database = sqlite3.connect(kept)
    database.execute("PRAGMA user_version = 9999")
    database.close()
    before = kept.read_bytes()
    for call in calls(kept):
        ended = winset(*call)
        assert ended.status == 2
        assert "update winset" in ended.complaints[0]
    assert kept.read_bytes() == before


def test_a_locked_case_is_told_and_keeps_what_it_has(winset: Winset, reports: Path, kept: Path) -> None:
    assert winset("add", kept, reports / "first.txt").status == 0
    database = sqlite3.connect(kept, isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    ended = winset("add", kept, reports)
    assert ended.status == 2
    assert "another process" in ended.complaints[0]
    database.execute("ROLLBACK")
    database.close()
    assert winset("add", kept, reports).status == 0
    assert json.loads(winset("status", kept, "--json").out)["documents"] == ["first.txt", "second.txt"]


def test_a_case_that_is_there_is_not_made_again(winset: Winset, kept: Path, stated: list[str]) -> None:
    before = kept.read_bytes()
    ended = winset("new", kept, *stated)
    assert ended.status == 2
    assert "is there already" in ended.complaints[0]
    assert kept.read_bytes() == before


@pytest.mark.parametrize(
    "target",
    ["none/brief.html", "reports", "reports/first.txt/brief.html", "brief.odt", "brief", "-", "reports/first.md"],
)
def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(
    target: str, winset: Winset, reports: Path, stated: list[str]
) -> None:
    source = reports / "first.md"
    source.write_text("the user's own text")
    ended = winset("brief", source, "none.txt", *stated, "-o", target)
    assert (ended.status, ended.out) == (2, "")
    assert len(ended.complaints) == 1  # and none for the missing document: nothing was read
    assert source.read_text() == "the user's own text"
    assert sorted(each.name for each in reports.iterdir()) == ["first.md", "first.txt", "second.txt"]
    assert [each.name for each in reports.parent.iterdir()] == ["reports"]


def test_a_new_case_in_a_missing_folder_is_refused(winset: Winset, folder: Path, stated: list[str]) -> None:
    ended = winset("new", "none/case.winset", *stated)
    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert list(folder.iterdir()) == []


def test_a_bad_source_date_epoch_is_told(
    winset: Winset, reports: Path, stated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    ended = winset("brief", reports, *stated)
    assert ended.status == 2
    assert "SOURCE_DATE_EPOCH" in ended.complaints[0]
    assert [each.name for each in reports.parent.iterdir()] == ["reports"]
