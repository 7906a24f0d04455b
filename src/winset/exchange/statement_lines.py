"""Statements as JSON lines: one object a line, offsets in Unicode code points into the document's text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from winset.actors.types import Identification
from winset.corpus.types import Anchor, Document
from winset.positions.types import Stance
from winset.statements.types import Statement


def statement_row(
    document: Document,
    statement: Statement,
    identification: Identification | None = None,
    stance: Stance | None = None,
) -> dict[str, Any]:
    """One statement as an object of plain values; spans are [start, end], half-open, None where there is none.

    doc: the file's name without its folders, or the whole address; `document` is the text's id, never ambiguous.
    stance: favour, oppose, neutral, unclear or none (not about the proposal), towards the proposal or, where `option`
    names one, towards that option; None where no proposal was given.
    """
    who = identification
    return {
        "id": statement.id,
        "doc": document_label(document.name),
        "document": document.id,
        "source": _span(statement.source),
        "cue": _span(statement.cue),
        "contents": [_span(part) for part in statement.contents],
        "form": statement.form.value,
        "hedged": statement.hedged,
        "speaker": who.speaker if who else None,
        "role": who.role if who else None,
        "represents": who.represents if who else None,
        "actor": who.actor_id if who else None,
        "speaks_as": who.speaks_as.value if who else None,
        "affiliation": who.affiliation if who else None,
        "joint": who.joint if who else False,
        "identified": _how(who) if who else None,
        "standing": who.standing.value if who else None,
        "said_on": str(statement.said_on) if statement.said_on else None,
        "stance": stance.word if stance else None,
        "direction": stance.direction if stance else None,
        "option": stance.rung if stance else None,
        "firmness": stance.firmness if stance else None,
        "conditional": stance.conditional if stance else None,
        "voice": stance.voice.value if stance else None,
        "confidence": statement.confidence,
        "coder": statement.coder,
    }


def statement_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    r"""Each row as one line of JSON, its line end included; letters stay letters.

    >>> list(statement_lines([{"speaker": "Zoë"}]))
    ['{"speaker": "Zoë"}\n']
    """
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def document_label(name: str) -> str:
    """What coded files call a document: the file's name, or the address.

    >>> document_label("reports/first.txt"), document_label("https://example.org/a/b")
    ('first.txt', 'https://example.org/a/b')
    """
    return name if "://" in name else PurePath(name).name


def _how(who: Identification) -> dict[str, Any]:
    """Who judged, what decided, how sure, 0-1."""
    told = {"by": who.by, "rule": who.rule, "score": who.score}
    return told if who.at is None else {**told, "at": who.at, "why": who.why}


def _span(part: Anchor | None) -> list[int] | None:
    return [part.start, part.end] if part else None
