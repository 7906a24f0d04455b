"""A document's text cut at every border of a passage, so that overlapping passages can all be marked.

Statements, credits and dated sentences overlap freely; HTML elements may not. The text is therefore cut
into pieces within which the set of passages does not change, and each piece names all it belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from winset.brief.types import Brief
from winset.corpus.types import Anchor
from winset.ids import DocumentId, StatementId


class Role(StrEnum):
    """What a piece is to a passage."""

    CONTENT = "content"
    SOURCE = "source"
    CUE = "cue"
    PASSAGE = "passage"  # words that give a credit, a date, a discrepancy or a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of one document that belongs to a passage."""

    key: str  # fragment by which links name the passage, "said-0f3a..."
    role: Role
    start: int  # half-open, Unicode code points
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text inside which the passages do not change; together the pieces are the text."""

    text: str
    roles: tuple[tuple[Role, tuple[str, ...]], ...]  # keys by role, roles in the order of `Role`
    opens: tuple[str, ...]  # keys whose link target is this piece


def statement_key(statement_id: StatementId) -> str:
    """The fragment of a statement's passage."""
    return f"said-{statement_id}"


def passage_key(words: Anchor) -> str:
    """The fragment of any other words that the brief opens onto: equal for equal places."""
    return f"at-{words.document_id}-{words.start}-{words.end}"


def marks(brief: Brief) -> dict[DocumentId, list[Mark]]:
    """Every passage of the brief, by document."""
    found: dict[DocumentId, list[Mark]] = defaultdict(list)

    def add(key: str, role: Role, anchors: Iterable[Anchor | None]) -> None:
        for part in anchors:
            if part is not None:
                found[part.document_id].append(Mark(key=key, role=role, start=part.start, end=part.end))

    for coded in brief.statements:
        key = statement_key(coded.id)
        add(key, Role.CONTENT, coded.statement.contents)
        add(key, Role.SOURCE, (coded.statement.source,))
        add(key, Role.CUE, (coded.statement.cue,))
    for words in dict.fromkeys(_others(brief)):
        add(passage_key(words), Role.PASSAGE, (words,))
    return found


def _others(brief: Brief) -> Iterator[Anchor]:
    """The words behind all that is no statement."""
    for credit in (*brief.credits, *(credit for work in brief.lineage.works for credit in work.credits)):
        yield credit.anchor
        if credit.entry is not None:
            yield credit.entry
    for arrow in (*brief.lineage.arrows, *brief.lineage.self_citations):
        yield from arrow.anchors
    yield from (words for claim in brief.shared for words in (claim.words, *claim.quoted))
    yield from (telling.anchor for found in brief.discrepancies for telling in found.tellings)
    for event in brief.events:
        yield event.anchor
        yield from (passage.anchor for passage in event.passages)
    yield from (words for precedent in brief.precedents for words in precedent.anchors)
    for question in brief.questions:
        yield question.anchor
        yield from (passage.anchor for passage in question.passages)


def pieces(text: str, passages: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text as pieces, in order; joined they are the text.  Cost: n log n in the number of marks, plus overlaps.

    >>> over = [Mark(key="a", role=Role.CONTENT, start=0, end=6), Mark(key="b", role=Role.CONTENT, start=4, end=9)]
    >>> [piece.text for piece in pieces("one two three", over)]
    ['one ', 'tw', 'o t', 'hree']
    """
    ranked = sorted(passages, key=lambda mark: (mark.start, mark.end))
    starts: dict[int, list[Mark]] = defaultdict(list)
    for mark in ranked:
        starts[mark.start].append(mark)
    targets = _targets(ranked)
    borders = sorted({0, len(text), *starts, *(mark.end for mark in ranked)})
    active: list[Mark] = []
    cut = []
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start] + starts.get(start, [])
        opens = tuple(dict.fromkeys(mark.key for mark in starts.get(start, []) if targets[mark.key] is mark))
        cut.append(Piece(text=text[start:end], roles=_roles(active), opens=opens))
    return tuple(cut)


def _targets(ranked: list[Mark]) -> dict[str, Mark]:
    """For each passage the mark a link jumps to: its first content, else its first cue or source."""
    order = list(Role)
    targets: dict[str, Mark] = {}
    for mark in ranked:
        known = targets.get(mark.key)
        if known is None or order.index(mark.role) < order.index(known.role):
            targets[mark.key] = mark
    return targets


def _roles(active: list[Mark]) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    by_role = ((role, tuple(dict.fromkeys(mark.key for mark in active if mark.role is role))) for role in Role)
    return tuple((role, keys) for role, keys in by_role if keys)
