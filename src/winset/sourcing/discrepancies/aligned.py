"""Sentences that tell the same thing, found by the unusual words they share; what differs is judged elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from winset.sourcing.discrepancies.pages import Page, Span
from winset.sourcing.likeness import is_content, stem, words

_RAREST = 8  # stems of a sentence that are looked up
MOST_WITH_A_STEM = 40  # sentences; a stem that more have singles out none
_MONTHS_AND_DAYS = frozenset(
    stem(word)
    for word in (
        "January February March April May June July August September October November December Jan Feb Apr Jun Jul Aug"
        " Sept Sep Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday today yesterday tomorrow week"
        " month year day last next earlier later morning evening afternoon night"
    ).split()
)
_PARTS = re.compile(r"[-'’]")


@dataclass(frozen=True)
class Told:
    """One sentence of one document, as it is compared."""

    page: Page
    start: int
    end: int

    @cached_property
    def weighed(self) -> dict[str, bool]:
        """Its stems without numbers and dates, and whether each is a name."""
        text = self.page.text
        found: dict[str, bool] = {}
        for match in words(text[self.start : self.end]):
            for part in _PARTS.split(match.group()):
                if len(part) > 1 and is_content(part) and not part[0].isdigit():
                    each = stem(part)
                    if each not in _MONTHS_AND_DAYS:
                        at = self.start + match.start()
                        named = part[0].isupper() and (match.start() > 0 or self.page.names.taken.touches(at, at + 1))
                        found[each] = found.get(each, False) or named
        return found

    @property
    def stems(self) -> frozenset[str]:
        """The stems alone."""
        return frozenset(self.weighed)


@dataclass(frozen=True)
class Pair:
    """Two sentences that may tell the same thing."""

    one: Told
    two: Told
    shared: frozenset[str]
    names: int  # shared stems that are names in both
    part: float  # share of the lighter one's stems that the other has, unusual ones counting more, 0-1


def pairs(pages: Sequence[Page], wanted: Callable[[Page, Span], bool], *, also: Iterable[Told] = ()) -> Iterator[Pair]:
    """Sentences of different documents that share unusual words, in order; each pair once.

    wanted: whether a sentence tells what is compared.  also: further stretches that are compared like sentences.
    Cost: linear in the sentences, with at most `MOST_WITH_A_STEM` others looked at for a word.
    """
    rows = [*_once(Told(page, *span) for page in pages for span in page.sentences if wanted(page, span)), *also]
    having: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for each in row.weighed:
            having.setdefault(each, []).append(number)
    weight = {each: log(1 + len(rows) / len(numbers)) for each, numbers in having.items()}
    for number, row in enumerate(rows):
        shared: Counter[int] = Counter()
        for count, each in sorted((len(having[each]), each) for each in row.weighed)[:_RAREST]:
            if count <= MOST_WITH_A_STEM:
                shared.update(other for other in having[each] if other > number)
        for other in sorted(place for place, count in shared.items() if count > 1):
            two = rows[other]
            if two.page.number == row.page.number:
                continue
            yield _pair(row, two, weight)


def _once(rows: Iterable[Told]) -> Iterator[Told]:
    """Each sentence once, in the first document that has it: copies tell nothing differently."""
    seen: set[str] = set()
    for row in rows:
        told = " ".join(row.page.text[row.start : row.end].split())
        if told not in seen:
            seen.add(told)
            yield row


def _pair(one: Told, two: Told, weight: dict[str, float]) -> Pair:
    shared = one.stems & two.stems
    mass = [sum(weight[each] for each in row.weighed) for row in (one, two)]
    both = sum(weight[each] for each in shared)
    names = sum(one.weighed[each] and two.weighed[each] for each in shared)
    return Pair(one, two, shared, names, both / min(mass) if min(mass) else 0.0)
