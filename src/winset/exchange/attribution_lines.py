"""Texts as JSON lines in, who said what as JSON lines out, each in order and in memory that does not grow."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from winset.corpus.types import Rejected
from winset.errors import NotText, TooLarge, Unreadable
from winset.exchange.long_lines import LINE_LIMIT, PLAIN, LongString, Place, Raw, kind_of, lines, parsed
from winset.statements.attribution import piece_end
from winset.statements.types import Proposal

PART = PLAIN  # characters, more than War and Peace has; a longer text is read in parts, so any plain line is one part
LONGEST_ID = 1_000  # characters
SHAPE = '{"id": ..., "text": ...}'
_WORD_START = re.compile(r"(?<!\S)\S")

Attribute: TypeAlias = Callable[[str], Iterable[Proposal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A text with its id, and where its line ends."""

    place: Place
    id: str | int
    text: str | LongString

    @property
    def is_long(self) -> bool:
        """Whether it is worth several threads by itself; the others are read side by side."""
        return isinstance(self.text, LongString) or len(self.text) > 100_000  # noqa: PLR2004 - some 400 windows

    def parts(self) -> Iterator[str]:
        """The text, in parts where it is longer than PART."""
        return parts(self.text.pieces()) if isinstance(self.text, LongString) else iter((self.text,))


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A line that holds no text with an id, and why."""

    place: Place
    rejected: Rejected


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an output line, with what has been read for it."""

    json: str
    attributions: int
    words: int  # runs of characters that are no space
    characters: int


def rows(stream: BinaryIO, *, name: str, start: Place | None = None) -> Iterator[Row | BadRow]:
    """The rows of a stream of {"id", "text"} lines, in order; other fields are ignored, blank lines are skipped.

    name: of the stream, for complaints.  start: where it stands.
    """
    for place, raw in lines(stream, start):
        row: Row | BadRow
        try:
            row = _row(place, raw)
        except Unreadable as error:
            rejected = Rejected(name=f"{name} line {place.line}", reason=str(error), kind=type(error).__name__)
            row = BadRow(place=place, rejected=rejected)
        del raw  # a long row holds it, and nobody else: it is let go before the next line is read
        yield row
        del row


def attribution_line(row: Row, attribute: Attribute) -> Iterator[Piece]:
    """The output line of a row, piece by piece: UTF-8 JSON once lone surrogates are escaped, its line end included.

    attribute: what proposes; its spans count from the start of what it is given, those of the line from the text's.
    """
    opening = f'{{"id": {json.dumps(row.id, ensure_ascii=False)}, "attributions": ['
    yield Piece(opening, 0, 0, 0)
    comma, offset = "", 0
    for part in row.parts():
        told = 0
        for proposal in attribute(part):
            here = max(told, proposal.end)
            yield Piece(comma + attribution_json(proposal, offset), 1, words(part, told, here), here - told)
            comma, told = ", ", here
        yield Piece("", 0, words(part, told, len(part)), len(part) - told)
        offset += len(part)
    yield Piece("]}\n", 0, 0, 0)


def attribution_json(proposal: Proposal, offset: int = 0) -> str:
    """One attribution as JSON; a role that the text leaves out has no span.

    >>> from winset.statements.types import Form
    >>> attribution_json(Proposal(source=(0, 4), cue=None, contents=((5, 9),), form=Form.ACT, confidence=0.25), 100)
    '{"source": [[100, 104]], "cue": [], "content": [[105, 109]], "form": "act", "confidence": 0.25}'
    """
    roles = {
        "source": [proposal.source] if proposal.source else [],
        "cue": [proposal.cue] if proposal.cue else [],
        "content": proposal.contents,
    }
    spans = {role: [[int(start) + offset, int(end) + offset] for start, end in found] for role, found in roles.items()}
    return json.dumps({**spans, "form": proposal.form.value, "confidence": round(float(proposal.confidence), 4)})


def parts(pieces: Iterable[str], size: int = PART) -> Iterator[str]:
    """The text that the pieces make, in parts of at most `size` characters; where it is cut follows from it alone.

    A part ends with a paragraph, else with a line, a sentence or a word, if one ends in its last quarter.

    >>> list(parts(["One. ", "Two is lon", "ger. Three."], size=10))
    ['One. Two ', 'is longer.', ' Three.']
    """
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        while length > size:
            text = "".join(held)
            cut = piece_end(text, size * 3 // 4, size)
            yield text[:cut]
            held, length = [text[cut:]], length - cut
    if length:
        yield "".join(held)


def words(text: str, start: int, end: int) -> int:
    """How many words begin in `text[start:end]`.

    >>> words("one two three", 0, 5), words("one two three", 5, 13)
    (2, 1)
    """
    return sum(1 for _ in _WORD_START.finditer(text, start, end))


def _row(place: Place, raw: Raw | None) -> Row:
    if raw is None:
        raise TooLarge(f"is over {LINE_LIMIT // 1_000_000} MB: spread the text over several rows")
    found = parsed(raw)
    for field in ("id", "text"):
        if field not in found:
            raise NotText(f'has no "{field}": write {SHAPE}')
    id, text = found["id"], found["text"]
    if not isinstance(text, str | LongString):
        raise NotText(f'"text" is {kind_of(text)}: write a string')
    if isinstance(id, bool) or not isinstance(id, int | str | LongString):
        raise NotText(f'"id" is {kind_of(id)}: write a string or an integer')
    if isinstance(id, LongString) or len(str(id)) > LONGEST_ID:
        raise TooLarge(f'"id" is longer than {LONGEST_ID:,} characters: shorten it')
    return Row(place=place, id=id, text=text)
