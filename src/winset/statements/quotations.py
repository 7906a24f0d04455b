"""Where the quotation marks are: half-open regions of a paragraph, in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from winset.statements.marks import CLOSES, FACES_EITHER, FACES_LEFT, Mark, Side, marks, may_stand_in
from winset.statements.single_marks import opens_single, single_quotations
from winset.statements.types import Segment, SegmentKind

SCARE_WORDS = 2  # up to so many quoted words name or mock a thing rather than report speech
LONGEST_SPREAD = 5  # paragraphs without any mark that a quotation may run over before it closes
_ASIDE = frozenset({SegmentKind.BOILERPLATE, SegmentKind.REFERENCE, SegmentKind.CAPTION})
MARKUP = ">*_ \t\n\xa0"  # Markdown, before the first mark of a paragraph
_MARKUP = re.compile(r"[>*_\s]*")
GOES_ON: dict[str, str | tuple[str, ...]] = {  # with what a paragraph opens again what the one before left open
    '"': ('"', "“"),
    "“": ("“", '"'),
    "„": ("„", "“"),
    "«": ("«", "»"),
    "``": ("``", "''"),
    "''": ("''", "``"),
}
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SIGNS_OF_A_WORD = 2  # in scripts that put no spaces between words


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted region with its marks, and the words inside without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    words: int

    @property
    def is_scare(self) -> bool:
        """Too short to be speech on its own."""
        return self.words <= SCARE_WORDS


@dataclass(frozen=True, slots=True)
class _Region:
    """A pair of marks, or what runs from one to an edge of its paragraph."""

    start: int
    inner_start: int
    inner_end: int
    end: int


@dataclass(slots=True)
class _Paragraph:
    """What the double marks of one paragraph say on their own."""

    pairs: list[_Region]  # outermost ones, in order
    left_open: Mark | None  # nothing after it closes it
    stray: Mark | None  # its first mark, where that closes what this paragraph did not open
    bare: bool  # without any double mark


def quotations(text: str, segments: Iterable[Segment]) -> tuple[Quotation, ...]:
    """Every outermost quotation of the segments, in order; what never closes is no quotation.

    Straight, curly, doubled, low and angle marks, and the corner marks of Japanese. Which way a straight mark
    faces is read off what stands around it, so that a mark left open costs only its own quotation and marks of
    one kind may be nested. A paragraph that leaves a mark open runs to its end when the next one opens with such
    a mark too (the printers' rule, Chicago Manual of Style 13.32), or when the next mark, in a paragraph behind,
    closes it. Cost: linear.
    """
    blocks = list(segments)
    read = [_paragraph(text, block.start, block.end) for block in blocks]
    following = _following(blocks)
    found: list[_Region] = []
    for number, block in enumerate(blocks):
        _carry_over(text, blocks, read, following, number)
        nearer = following[number]
        goes_on = nearer is not None and _opens_single_too(text, block, blocks[nearer])
        found.extend(_with_singles(text, block, read[number], goes_on=goes_on))
    return tuple(
        Quotation(
            each.start, each.end, each.inner_start, each.inner_end, _words(text[each.inner_start : each.inner_end])
        )
        for each in found
    )


def _words(inner: str) -> int:
    """How many; where a script puts no spaces between them, about how many."""
    apart = len(inner.split())
    if apart > SCARE_WORDS or inner.isascii():
        return apart
    return max(apart, len(_NO_SPACES.findall(inner)) // _SIGNS_OF_A_WORD)


def _following(blocks: Sequence[Segment]) -> list[int | None]:
    """For each segment the next one that is no furniture, note or caption; none behind a heading."""
    found: list[int | None] = [None] * len(blocks)
    nearer: int | None = None
    for number in range(len(blocks) - 1, -1, -1):
        kind = blocks[number].kind
        found[number] = nearer if kind is not SegmentKind.HEADING else None
        if kind not in _ASIDE:
            nearer = number
    return found


def _first(text: str, block: Segment) -> int:
    """Place of a paragraph's first character that is no markup."""
    match = _MARKUP.match(text, block.start, block.end)
    return match.end() if match else block.start


def _opens_single_too(text: str, block: Segment, nearer: Segment) -> bool:
    """Whether both paragraphs open with the same single mark."""
    here, there = _first(text, block), _first(text, nearer)
    same = text[here : here + 1] in ("'", "‘") and text[here] == text[there : there + 1]
    return same and opens_single(text, there, nearer.start)


def _carry_over(
    text: str, blocks: Sequence[Segment], read: Sequence[_Paragraph], following: Sequence[int | None], number: int
) -> None:
    """Lets what a paragraph leaves open run on where the paragraphs behind it say so."""
    left_open, nearer = read[number].left_open, following[number]
    if left_open is None or nearer is None:
        return
    if text.startswith(GOES_ON.get(left_open.glyph, left_open.glyph), _first(text, blocks[nearer])):
        _run_to_end(read[number], left_open, blocks[number].end)
        return
    between: list[int] = []
    while nearer is not None and read[nearer].bare and len(between) < LONGEST_SPREAD:
        between.append(nearer)
        nearer = following[nearer]
    stray = read[nearer].stray if nearer is not None else None
    if nearer is None or stray is None or left_open.glyph not in CLOSES.get(stray.glyph, ()):
        return
    _run_to_end(read[number], left_open, blocks[number].end)
    for each in between:
        start, end = blocks[each].start, blocks[each].end
        read[each].pairs = [_Region(start, start, end, end)]
    start = blocks[nearer].start
    if start < stray.start:
        read[nearer].pairs.insert(0, _Region(start, start, stray.start, stray.end))


def _run_to_end(paragraph: _Paragraph, opening: Mark, end: int) -> None:
    paragraph.pairs = [pair for pair in paragraph.pairs if pair.end <= opening.start]
    if opening.end < end:
        paragraph.pairs.append(_Region(opening.start, opening.end, end, end))


def _paragraph(text: str, start: int, end: int) -> _Paragraph:
    """Pairs the double marks of `text[start:end]` with a stack, on which each mark is put and taken off once."""
    found = tuple(marks(text, start, end))
    stack: list[int] = []  # places in `found` of the marks that are open
    opened: Counter[str] = Counter()
    pairs: list[_Region] = []
    stray: Mark | None = None
    for place, mark in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        closed = _closed_by(mark, following, found[stack[-1]] if stack else None, opened, depth=len(stack))
        while closed:
            opening = found[stack.pop()]
            opened[opening.glyph] -= 1
            if opening.glyph in closed:
                pairs.append(_Region(opening.start, opening.end, mark.start, mark.end))
                break
        else:
            if _opens(mark):
                stack.append(place)
                opened[mark.glyph] += 1
            elif place == 0 and not mark.measure:
                stray = mark
    misplaced, left = _misplaced(found, stack)
    outer = _outermost([*pairs, *misplaced])
    return _Paragraph(outer, _left_open(text, start, left, outer), stray, not found)


def _closed_by(
    mark: Mark, following: Mark | None, top: Mark | None, opened: Counter[str], *, depth: int
) -> tuple[str, ...]:
    """The opening marks that a mark closes where it stands; none where it opens or is a stray."""
    native = tuple(glyph for glyph in CLOSES.get(mark.glyph, ()) if opened[glyph])
    if native:
        if mark.glyph in ("”", "」", "』") or native[0] in "«‹":
            return native
        if mark.side is Side.OPENS or (mark.glyph == "“" and "„" not in native and mark.side is Side.EITHER):
            return ()
        again = following is not None and following.glyph == mark.glyph and following.side is not Side.OPENS
        return () if mark.measure and again and depth == 1 else native  # "the 12" gun"
    if top is None or mark.measure or mark.side is not Side.CLOSES or not may_stand_in(top.glyph, mark.glyph):
        return ()
    closes_next = following is not None and top.glyph in CLOSES.get(following.glyph, ())
    return () if closes_next and following is not None and following.side is not Side.OPENS else (top.glyph,)


def _opens(mark: Mark) -> bool:
    if mark.glyph in FACES_LEFT:
        return True
    if mark.glyph in FACES_EITHER:
        return mark.side is Side.OPENS or (mark.side is Side.EITHER and not mark.measure)
    return mark.side is Side.OPENS


def _misplaced(found: Sequence[Mark], stack: Sequence[int]) -> tuple[list[_Region], list[Mark]]:
    """Pairs of straight marks that both seem to open, nothing between them: a space stands on the wrong side.

    Returns them, and the marks that stay open.
    """
    if not stack:
        return [], []
    ordinals = {place: number for number, place in enumerate(at for at, mark in enumerate(found) if mark.glyph == '"')}
    pairs: list[_Region] = []
    left: list[int] = []
    for place in stack:
        before = left[-1] if left else -1
        if before >= 0 and place in ordinals and ordinals.get(before) == ordinals[place] - 1:
            left.pop()
            pairs.append(_Region(found[before].start, found[before].end, found[place].start, found[place].end))
        else:
            left.append(place)
    return pairs, [found[place] for place in left]


def _outermost(pairs: Iterable[_Region]) -> list[_Region]:
    """Those that stand in no other, in order; what holds nothing is no quotation."""
    outer: list[_Region] = []
    for pair in sorted(pairs, key=lambda each: each.start):
        if pair.inner_start < pair.inner_end and (not outer or pair.start >= outer[-1].end):
            outer.append(pair)
    return outer


def _left_open(text: str, start: int, left: Sequence[Mark], pairs: Sequence[_Region]) -> Mark | None:
    """The mark after which nothing closes: the paragraph's first where it stands there, else the last.

    Behind it no quotation in the same marks is longer than a word or two.
    """
    if not left:
        return None
    opening = left[0] if not text[start : left[0].start].strip(MARKUP) else left[-1]
    behind = (pair for pair in pairs if pair.start > opening.start and text.startswith(opening.glyph, pair.start))
    speech = any(_words(text[pair.inner_start : pair.inner_end]) > SCARE_WORDS for pair in behind)
    return None if speech else opening


def _with_singles(text: str, block: Segment, paragraph: _Paragraph, *, goes_on: bool) -> list[_Region]:
    """The paragraph's quotations with those in single marks, which may hold double ones."""
    taken = [(pair.start, pair.end) for pair in paragraph.pairs]
    found, left_open = single_quotations(text, block.start, block.end, taken)
    singles = [_Region(start, start + 1, end, end + 1) for start, end in found]
    if goes_on and left_open is not None and not text[block.start : left_open].strip(MARKUP):
        singles.append(_Region(left_open, left_open + 1, block.end, block.end))
    return _outermost([*paragraph.pairs, *singles]) if singles else paragraph.pairs


def touching(marks: Sequence[Quotation], start: int, end: int) -> Sequence[Quotation]:
    """Those of the marks, in order and apart, that share characters with `start`-`end`. Cost: two bisections."""
    first = bisect_right(marks, start, key=lambda mark: mark.end)
    return marks[first : bisect_left(marks, end, key=lambda mark: mark.start)]


def covered(start: int, end: int, marks: Iterable[Quotation]) -> float:
    """Share of `start`-`end` that stands inside quotation marks, 0-1."""
    inside = sum(max(0, min(end, mark.end) - max(start, mark.start)) for mark in marks)
    return inside / (end - start) if end > start else 0.0
