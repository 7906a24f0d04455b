"""Short documents with statements whose words are looked up in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from winset.corpus.types import Anchor, Document, anchor
from winset.ids import PartialDate
from winset.statements.dates import said_on
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement

Say = Callable[..., Statement]
Row = dict[str, Any]  # one coded line
Gold = Callable[[str], list[Row]]
Coded = tuple[tuple[Document, ...], dict[str, Statement]]


@pytest.fixture
def say() -> Say:
    """A statement of a document, by the words of its source, cue and content."""

    def built(document: Document, source: str | None, cue: str, content: str, on: str | None = None) -> Statement:
        def place(words: str) -> Anchor:
            start = document.text.index(words)
            return anchor(document, start, start + len(words))

        return Statement(
            document_id=document.id,
            source=place(source) if source else None,
            cue=place(cue),
            contents=(place(content),),
            form=Form.INDIRECT,
            said_on=PartialDate(on) if on else None,
        )

    return built


@pytest.fixture(scope="session")
def gold(shared: Path) -> Gold:
    """The rows of one coded file, by its name."""

    def rows(name: str) -> list[Row]:
        lines = (shared / "data" / "seeds_gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    return rows


@pytest.fixture(scope="session")
def coded(shared: Path, gold: Gold) -> Coded:
    """The two coded documents with the coders' own statements, by the id of the row."""
    published = {"000": PartialDate("2023-06-15")}  # printed in that document; the other prints none
    documents: dict[str, Document] = {}
    statements: dict[str, Statement] = {}
    for row in gold("statements_dev"):
        name = row["doc"]
        text = (shared / "seeds" / name).read_text(encoding="utf-8")
        document = documents.setdefault(name, Document(name=name, text=text, published=published.get(name[:3])))
        source, cue = (tuple(row[key]) if row[key] else None for key in ("source", "cue"))
        contents = [(start, end) for start, end in row["contents"]]
        statements[row["id"]] = Statement(
            document_id=document.id,
            source=anchor(document, *source) if source else None,
            cue=anchor(document, *cue) if cue else None,
            contents=tuple(anchor(document, *span) for span in contents),
            form=Form(row["form"]),
            said_on=said_on(document, source=source, cue=cue, contents=contents, segments=segments(text)),
        )
    return tuple(documents.values()), statements
