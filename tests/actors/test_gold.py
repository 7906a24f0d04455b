"""How often coded sources represent whom two careful coders say they do, and the floor it may not fall under."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from winset.actors.registry import registry
from winset.actors.resolution import identify
from winset.actors.types import Identification
from winset.corpus.types import Anchor, Document, anchor
from winset.ids import PartialDate
from winset.statements.types import Form, Statement

FLOOR_REPRESENTS = 0.97  # of core rows, given the coders' source spans; the coders agree on 0.88 of each other's
FLOOR_SPEAKER = 0.96  # of core rows in which a person is named
FLOOR_NAMED = 0.97  # of the actors that reports of climate negotiations name, many of them in capitals
PUBLISHED = PartialDate("2023-06-20")


def coded(shared: Path) -> list[tuple[dict[str, Any], Identification]]:
    """Each coded row with the identification of its source."""
    path = shared / "data" / "seeds_gold" / "statements_dev.jsonl"
    if not path.is_file():
        pytest.skip("needs ../shared/data/seeds_gold")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs: list[tuple[dict[str, Any], Identification]] = []
    for name in sorted({row["doc"] for row in rows}):
        of_document = [row for row in rows if row["doc"] == name]
        text = (shared / "seeds" / name).read_text(encoding="utf-8")
        document = Document(name=name, text=text, published=PUBLISHED)
        statements = [statement(document, row) for row in of_document]
        pairs += zip(of_document, identify(document, statements, registry(), spec=None), strict=True)
    return pairs


def statement(document: Document, row: dict[str, Any]) -> Statement:
    """The coded spans as a statement."""

    def place(span: list[int] | None) -> Anchor | None:
        return anchor(document, *span) if span else None

    return Statement(
        document_id=document.id,
        source=place(row["source"]),
        cue=place(row["cue"]),
        contents=tuple(anchor(document, *span) for span in row["contents"]),
        form=Form(row["form"]),
        coder=row["id"],
    )


def test_whom_a_source_represents_is_right_as_often_as_the_floor_says(shared: Path) -> None:
    core = [(row, found) for row, found in coded(shared) if row["core"]]
    right = sum(str(found.represents) in map(str, row["represents"]) for row, found in core)
    assert right / len(core) >= FLOOR_REPRESENTS, f"{right} of {len(core)}"


def test_the_speaker_is_right_as_often_as_the_floor_says(shared: Path) -> None:
    named = [(row, found) for row, found in coded(shared) if row["core"] and row["speaker"]]
    right = sum(found.speaker == row["speaker"] for row, found in named)
    assert right / len(named) >= FLOOR_SPEAKER, f"{right} of {len(named)}"


def test_actors_of_climate_negotiations_are_found_by_their_names(shared: Path) -> None:
    path = shared / "data" / "enb" / "silver_dev.jsonl"
    if not path.is_file():
        pytest.skip("needs ../shared/data/enb")
    known, found, asked = registry(), 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        named = {mention.actor_id for mention in known.mentions(row["text"], on=PUBLISHED.latest)}
        holders = {holder for stance in row["stances"] for holder in stance["holders"]} - {"<Others>"}
        asked += len(holders)
        found += sum(known.known.get(holder.casefold()) in named for holder in holders)
    assert found / asked >= FLOOR_NAMED, f"{found} of {asked}"
