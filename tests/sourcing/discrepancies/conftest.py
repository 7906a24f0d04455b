"""Short invented documents, read as far as discrepancies need them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from winset.actors.registry import registry
from winset.actors.resolution import resolve
from winset.corpus.types import Document, clean_text
from winset.ids import PartialDate
from winset.sourcing.discrepancies import discrepancies
from winset.sourcing.types import Discrepancy, ReadDocument
from winset.statements.extraction import extract

Find = Callable[..., tuple[Discrepancy, ...]]


def read_text(text: str, *, name: str, published: str | None = None, **fields: object) -> ReadDocument:
    """A text with its statements and who made them."""
    on = PartialDate(published) if published else None
    document = Document(name=name, text=clean_text(text), published=on, **fields)  # type: ignore[arg-type]
    found = extract(document)
    who = resolve(document, found.statements, registry(), spec=None, parts=found.segments)
    return ReadDocument(
        document=document,
        segments=found.segments,
        statements=who.statements,
        identifications=who.identifications,
    )


@pytest.fixture
def find() -> Find:
    """The discrepancies of texts, each a string or a string with the day it was published."""

    def found(*texts: str | tuple[str, str]) -> tuple[Discrepancy, ...]:
        told = [(each, None) if isinstance(each, str) else each for each in texts]
        read = [read_text(text, name=f"{number}.txt", published=on) for number, (text, on) in enumerate(told)]
        rows = discrepancies(read)
        by_id = {row.document.id: row.document for row in read}
        assert all(
            telling.anchor.holds_in(by_id[telling.anchor.document_id]) for row in rows for telling in row.tellings
        )
        assert all(row.why.endswith((".", "”")) for row in rows)
        return rows

    return found
