"""Links of a page or a Word document, found again in the text that was taken from it."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from urllib.parse import urljoin

from winset.corpus.documents import cleaned
from winset.corpus.types import Document, Link
from winset.errors import BadSpan

MOST_LINKS = 5_000  # of one document
LONGEST_TARGET = 2_000  # characters
CONTEXTS = ((40, 40), (16, 16), (40, 0), (0, 40), (0, 0))  # characters before and after that must stand there too
LEAST_SURE = 3  # characters that are looked for; one or two stand everywhere by chance
CHUNK = 1_024  # characters of the text that are counted together
SEARCHED = 200_000_000  # characters looked through for links whose paragraph is not in the text as it was

_SCHEME = re.compile(r"(?P<name>[a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = re.compile(r"h?t{1,3}ps?", re.IGNORECASE)  # with the slips that a checker of addresses wants to see
_ABSOLUTE = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_RUN = re.compile(r"\S+")
_BULLETS = "-•*–—·"


@dataclass(frozen=True, slots=True)
class LinkedBlock:
    """The words of a paragraph without white space, and its links, counted in them."""

    words: str
    links: tuple[Link, ...] = ()


class BlockMaker:
    """Collects words and links paragraph by paragraph, in reading order."""

    def __init__(self) -> None:
        self.blocks: list[LinkedBlock] = []
        self._parts: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._open: tuple[int, int, str] | None = None  # number of the paragraph, place in it, target
        self._count = 0

    def say(self, words: str | None) -> None:
        """Further words of the paragraph."""
        if words and (bare := squeezed(words)):
            self._parts.append(bare)
            self._length += len(bare)

    def open(self, target: str | None) -> None:
        """A link begins; None: one that is not wanted."""
        self._open = (len(self.blocks), self._length, target) if target is not None else None

    def close(self) -> None:
        """The link that was begun ends; one over two paragraphs, or without words, is none."""
        if self._open is not None:
            number, start, target = self._open
            if number == len(self.blocks) and start < self._length and self._count < MOST_LINKS:
                self._links.append(Link(start=start, end=self._length, target=target))
                self._count += 1
        self._open = None

    def end_paragraph(self) -> None:
        """What follows belongs to another paragraph."""
        if self._parts:
            self.blocks.append(LinkedBlock("".join(self._parts), tuple(self._links)))
            self._parts, self._length, self._links = [], 0, []


def squeezed(words: str) -> str:
    """Without white space, which every reader sets anew."""
    return "".join(cleaned(words).split())


def target_of(written: str | None, *, base: str | None = None) -> str | None:
    """Where a link leads, absolute if `base` is an address; None for what is no page: mail, scripts, endless ones.

    >>> target_of("/a b", base="https://example.org/c"), target_of("#n1"), target_of("mailto:x@example.org")
    ('https://example.org/a b', '#n1', None)
    """
    if written is None or len(written) > 2 * LONGEST_TARGET:
        return None
    bare = " ".join(cleaned(written).split())
    scheme = _SCHEME.match(bare)
    if scheme and not _WEB.fullmatch(scheme["name"]):
        return None
    if bare and not scheme and not bare.startswith("#") and base and _ABSOLUTE.match(base):
        with contextlib.suppress(ValueError):  # "//[": no address, and told as it is written
            bare = urljoin(base, bare)
    return bare if len(bare) <= LONGEST_TARGET else None


def absolute(document: Document, base: str) -> tuple[Link, ...]:
    """A document's links, those that were relative now counted from the address at which it was fetched."""
    made = ((link, target_of(link.target, base=base)) for link in document.links)
    return tuple(replace(link, target=target) if target is not None else link for link, target in made)


def placed(blocks: Sequence[LinkedBlock], text: str) -> tuple[Link, ...]:
    """The links of `blocks` at their places in `text`, which was taken from the same page; in text order.

    A paragraph that stands in the text once, as on the page, gives its links their places. Any other link is looked
    for with the words around it, which must be there once on both sides. What is not is left out: no link is guessed.
    Cost: linear, and at most SEARCHED characters more.
    """
    if not any(block.links for block in blocks):
        return ()
    there = _Squeezed(text)
    lines = there.lines()
    seen = Counter(block.words.lstrip(_BULLETS) for block in blocks)
    found: list[Link] = []
    missing: list[tuple[int, Link]] = []
    for number, block in enumerate(blocks):
        bare = block.words.lstrip(_BULLETS)
        starts = lines.get(bare, ()) if block.links else ()
        if len(starts) == 1 and seen[bare] == 1:
            shift = starts[0] - (len(block.words) - len(bare))
            found += (there.link(link, shift) for link in block.links if link.start + shift >= starts[0])
        elif not starts:
            missing += ((number, link) for link in block.links)
    found += _looked_for(missing, blocks, there)
    return tuple(_apart(sorted(found, key=lambda link: (link.start, link.end))))


def _looked_for(missing: Sequence[tuple[int, Link]], blocks: Sequence[LinkedBlock], there: _Squeezed) -> Iterator[Link]:
    if not missing:
        return
    page = "\n".join(block.words for block in blocks)
    left = SEARCHED
    for number, link in missing:
        words = blocks[number].words
        tried = set()
        for before, after in CONTEXTS:
            low, high = max(0, link.start - before), min(len(words), link.end + after)
            if (low, high) in tried or high - low < LEAST_SURE:
                continue
            tried.add((low, high))
            left -= len(there.words) + len(page)
            if left < 0:
                return
            at = _only(words[low:high], there.words)
            if at is not None and _only(words[low:high], page) is not None:
                yield there.link(link, at - low)
                break


def _only(words: str, text: str) -> int | None:
    """Where the words stand, if they stand there once."""
    at = text.find(words)
    return at if at >= 0 and text.find(words, at + 1) < 0 else None


def _apart(found: Sequence[Link]) -> Iterator[Link]:
    reached = 0
    for link in found:
        if link.start >= reached:
            reached = link.end
            yield link


class _Squeezed:
    """A text without its white space, and the way back."""

    def __init__(self, text: str) -> None:
        self._text = text
        parts = ["".join(text[at : at + CHUNK].split()) for at in range(0, len(text), CHUNK)]
        self._starts = list(accumulate(map(len, parts), initial=0))  # of each chunk in the squeezed text
        self.words = "".join(parts)

    def link(self, link: Link, shift: int) -> Link:
        """A link of a block that begins at `shift`, at its place in the text."""
        return Link(
            start=self._place(link.start + shift), end=self._place(link.end + shift - 1) + 1, target=link.target
        )

    def _place(self, at: int) -> int:
        number = bisect_right(self._starts, at) - 1
        left = at - self._starts[number]
        for run in _RUN.finditer(self._text, number * CHUNK, (number + 1) * CHUNK):
            if left < run.end() - run.start():
                return run.start() + left
            left -= run.end() - run.start()
        raise BadSpan(f"place {at} of a text of {len(self.words)} characters without its white space")

    def lines(self) -> dict[str, list[int]]:
        """Lines and the cells of rows, without bullets: where each begins."""
        found: dict[str, list[int]] = {}
        at = 0
        for line in self._text.split("\n"):
            whole = "".join(line.split())
            if "|" in whole:
                start = at
                for cell in whole.split("|"):
                    self._note(found, cell, start)
                    start += len(cell) + 1
            self._note(found, whole, at)
            at += len(whole)
        return found

    @staticmethod
    def _note(found: dict[str, list[int]], words: str, at: int) -> None:
        bare = words.lstrip(_BULLETS)
        if bare:
            found.setdefault(bare, []).append(at + len(words) - len(bare))
