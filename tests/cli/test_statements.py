"""`winset statements` and `winset methods`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Winset


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_extraction_alone_has_no_stances(winset: Winset, reports: Path) -> None:
    ended = winset("statements", reports)
    assert (ended.status, ended.err) == (0, "")
    rows = lines(ended.out)
    assert {row["doc"] for row in rows} == {"first.txt", "second.txt"}
    assert {row["stance"] for row in rows} == {None}
    assert "France" in {row["represents"] for row in rows}


def test_with_a_proposal_there_are_stances(winset: Winset, reports: Path, stated: list[str]) -> None:
    ended = winset("statements", reports, *stated, "-o", "s.jsonl")
    assert ended.status == 0
    assert "s.jsonl" in ended.out
    stances = {(row["represents"], row["stance"]) for row in lines(Path("s.jsonl").read_text(encoding="utf-8"))}
    assert ("France", "oppose") in stances
    assert ("Canada", "favour") in stances


def test_offsets_are_into_the_documents_text(winset: Winset, reports: Path) -> None:
    (reports / "second.txt").unlink()
    text = (reports / "first.txt").read_text(encoding="utf-8")
    for row in lines(winset("statements", reports).out):
        for start, end in row["contents"]:  # type: ignore[attr-defined]
            assert 0 <= start < end <= len(text)
    quoted = [text[s:e] for row in lines(winset("statements", reports).out) for s, e in row["contents"]]  # type: ignore[attr-defined]
    assert any("It is a mistake to open it in Reykjavik" in words for words in quoted)


def test_a_kept_case_gives_its_statements(winset: Winset, reports: Path, kept: Path, stated: list[str]) -> None:
    winset("add", kept, reports)
    assert winset("statements", kept).out == winset("statements", reports, *stated).out


def test_counts_are_told_as_json(winset: Winset, reports: Path) -> None:
    ended = winset("statements", reports, "-o", "s.jsonl", "--json")
    told = json.loads(ended.out)
    counts = {"documents": 2, "statements": len(lines(Path("s.jsonl").read_text())), "rejected": 0}
    assert told == {"schema": "winset-statements/1", **counts}


def test_bad_documents_are_told_and_the_others_written(winset: Winset, reports: Path) -> None:
    (reports / "void.txt").touch()
    ended = winset("statements", reports)
    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert lines(ended.out)
    ended = winset("statements", reports / "void.txt", "-o", "s.jsonl")
    assert ended.status == 2
    assert not Path("s.jsonl").exists()


def test_every_method_is_listed_with_its_source(winset: Winset) -> None:
    families = json.loads(winset("methods", "--json").out)
    assert len(families) == 11
    assert all(entry["source"] and entry["summary"] for family in families.values() for entry in family)
    words = winset("methods").out
    assert all(entry["id"] in words for family in families.values() for entry in family)
