"""The words of a document as the desk shows them: in parts, with the marks of statements, and single passages.

Offsets are Unicode code points of the document's text throughout; the browser, which counts UTF-16, is told where each
stretch begins and counts code points from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from winset.brief.passages import Mark, Piece, Role, pieces
from winset.statements.sentence_ends import sentences
from winset.statements.types import Statement

PART = 24_000  # characters of a document on one page
PASSAGE = 1_600  # characters of a passage, beyond which it is cut
ASKED = "words"  # key of the place that a link asked for
AROUND = 700  # characters looked at on each side for where sentences end


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A piece of text as a template writes it."""

    text: str  # what no page can hold is shown as one visible sign for one (`rendering`), so that offsets stay true
    marks: str  # classes: "source", "cue", "content"; empty: no statement's
    keys: str  # ids of the statements it belongs to, with spaces between them
    opens: tuple[str, ...]  # ids of the statements whose first piece it is
    asked: bool = False  # whether words that a link asked for begin here


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document, cut into pieces."""

    start: int  # half-open, code points of the document's text
    end: int
    pieces: tuple[Shown, ...]
    before: bool = False  # whether words of the same paragraph are left out before it
    after: bool = False


def passage(text: str, statement: Statement) -> Passage:
    """The statement's words with the sentence before and after, in their paragraph."""
    start, end = around(text, statement.start, statement.end)
    return marked(text, start, end, [statement])


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch from one sentence before `start` to one after `end`, never past a blank line.

    Only `AROUND` characters on each side are looked at, so the cost does not grow with the document.

    >>> around("One. Two. Three.", 5, 9)
    (0, 16)
    """
    low = max(0, start - AROUND)
    gap = text.rfind("\n\n", low, start)
    if gap >= 0:
        low = gap + 2
    elif low:
        low = text.find(" ", low, start) + 1 or low  # never in the middle of a word
    high = text.find("\n\n", end, end + AROUND)
    high = min(end + AROUND, len(text)) if high < 0 else high
    found = sentences(text, low, high)
    first = next((n for n, (_, stop) in enumerate(found) if stop > start), 0)
    last = next((n for n in range(len(found) - 1, -1, -1) if found[n][0] < end), len(found) - 1)
    if not found:
        return start, end
    begins = min(found[max(0, first - 1)][0], start)
    stops = max(found[min(len(found) - 1, last + 1)][1], end)
    return begins, max(end, min(stops, begins + PASSAGE)) if end - begins < PASSAGE else begins + PASSAGE


def marked(
    text: str, start: int, end: int, statements: Iterable[Statement], *, asked: tuple[int, int] | None = None
) -> Passage:
    """`text[start:end]` with the words of the statements marked, those that overlap too.  asked: a place to mark."""
    marks = list(_marks(statements, start, end))
    if asked is not None and start <= asked[0] < min(asked[1], end):
        marks.append(Mark(key=ASKED, role=Role.PASSAGE, start=asked[0] - start, end=min(asked[1], end) - start))
    cut = pieces(text[start:end], marks)
    return Passage(
        start=start,
        end=end,
        pieces=tuple(map(_shown, cut)),
        before=start > 0 and text[start - 1] != "\n",
        after=end < len(text) and text[end] != "\n",
    )


@lru_cache(maxsize=16)
def parts(text: str) -> tuple[tuple[int, int], ...]:
    """A document cut into stretches of about `PART` characters, at the ends of paragraphs where it has any.

    >>> parts("one paragraph")
    ((0, 13),)
    """
    cut, start = [], 0
    while len(text) - start > PART * 5 // 4:
        half, wanted = start + PART // 2, start + PART
        ends = (text.rfind(stop, half, wanted) + len(stop) for stop in ("\n\n", "\n", " "))
        end = next((end for end in ends if end > half), wanted)
        cut.append((start, end))
        start = end
    return (*cut, (start, len(text)))


def part_at(cut: Sequence[tuple[int, int]], place: int) -> int:
    """The number, from 0, of the part in which a place lies."""
    return next((number for number, (_, end) in enumerate(cut) if place < end), len(cut) - 1)


def _marks(statements: Iterable[Statement], start: int, end: int) -> Iterator[Mark]:
    """The words of statements inside a stretch, counted from its start."""
    for statement in statements:
        for role, words in (
            *((Role.CONTENT, part) for part in statement.contents),
            (Role.SOURCE, statement.source),
            (Role.CUE, statement.cue),
        ):
            if words is not None and words.start < end and words.end > start:
                yield Mark(
                    key=statement.id, role=role, start=max(words.start, start) - start, end=min(words.end, end) - start
                )


def _shown(piece: Piece) -> Shown:
    keys = dict.fromkeys(key for role, keys in piece.roles for key in keys if role is not Role.PASSAGE)
    classes = [role.value for role, _ in piece.roles] + (["several"] if len(keys) > 1 else [])
    return Shown(
        text=piece.text,
        marks=" ".join(classes),
        keys=" ".join(keys),
        opens=tuple(key for key in piece.opens if key != ASKED),
        asked=ASKED in piece.opens,
    )
