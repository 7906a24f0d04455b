"""One event told to have been in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from winset.actors.types import ActorKind
from winset.ids import ActorId
from winset.sourcing.discrepancies.aligned import Pair, Told, pairs
from winset.sourcing.discrepancies.pages import Page, Span, known, one_day, one_period
from winset.sourcing.likeness import stems
from winset.sourcing.types import Discrepancy, DiscrepancyKind

_HAPPENED = re.compile(
    r"\b(?:met|meeting|talks|summit|signed|signing|voted|adopted|announced|launched|opened|inaugurated|died|killed"
    r"|born|held"
    r"|hosted|spoke|speaking|speech|press conference|conference|briefing|interview|took place|arrested|attacked"
    r"|buried|imposed|fined|sentenced"
    r"|detained|seized|tried|crashed|exploded|sank|unveiled|launched|killed|wounded|injured|captured"
    r"|landed|gathered|convened|concluded|headquarter(?:s|ed)|based|seat|located|situated)\b",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:in|at)\s(?:the\s(?:[A-Z][\w’'-]+\s)?(?:district|province|region|suburb|city|town|port|village"
    r"|capital)\sof\s)?(?P<place>[A-Z][^\W\d_]+(?:[\s-](?:of\s|am\s|sur\s)?[A-Z][^\W\d_]+){0,2})"
)
_PART = 0.7  # of the lighter sentence that two tellings of one event share, the place left out
_SHARED, _NAMES = 5, 2
_DAYS = 60  # between two publications that may tell of one event
_NO_PLACE = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday Congress Parliament English French German Russian Chinese Spanish Arabic"
    " General Senate Government Court Council Christmas Easter Ramadan".split()
)


def places(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Sentences that tell one event with two places, neither of which lies in the other."""
    if len(pages) < 2:  # noqa: PLR2004
        return
    seen: set[tuple[str, str]] = set()
    for pair in pairs(pages, _has_place):
        one, two = (_only_place(row) for row in (pair.one, pair.two))
        if one is None or two is None or pair.names < _NAMES or len(pair.shared) < _SHARED:
            continue
        words = [" ".join(row.page.text[slice(*span)].split()) for row, span in ((pair.one, one), (pair.two, two))]
        if not _apart(*words) or _part_without(pair, words) < _PART or not _one_day(pair):
            continue
        if _names(pair.one.page, words[1]) or _names(pair.two.page, words[0]):
            continue  # a document that names both tells of two events, or of a journey
        key = (min(words), max(words))
        if key not in seen:
            seen.add(key)
            yield Discrepancy(
                kind=DiscrepancyKind.PLACE,
                about=f"where one event was, in {words[0]} or in {words[1]}",
                tellings=(pair.one.page.telling(words[0], *one), pair.two.page.telling(words[1], *two)),
                why="The documents do not decide it: each tells one place, and neither names the other.",
                confidence=round(min(0.8, 0.25 + 0.5 * pair.part), 2),
            )


def _has_place(page: Page, span: Span) -> bool:
    words = page.text[slice(*span)]
    return _HAPPENED.search(words) is not None and _IN.search(words) is not None


def _only_place(row: Told) -> Span | None:
    found = [match.span("place") for match in _IN.finditer(row.page.text, row.start, row.end)]
    kept = [span for span in found if row.page.text[slice(*span)].split()[0] not in _NO_PLACE]
    kept = [
        span
        for span in kept
        if not row.page.names.organisations.touches(*span) and not row.page.names.media.touches(*span)
    ]
    return kept[0] if len(kept) == 1 else None


def _apart(one: str, two: str) -> bool:
    """Whether neither may lie in the other: two towns, or two states."""
    if set(stems(one)) & set(stems(two)):
        return False
    first, second = _actor(one), _actor(two)
    states = [_is_state(one), _is_state(two)]
    return first != second if all(states) else not any(states) and (first is None or first != second)


@cache
def _actor(words: str) -> ActorId | None:
    found = known().mentions(words)
    return found[0].actor_id if found else None


@cache
def _is_state(words: str) -> bool:
    """Whether it is a state's own name rather than a town's."""
    actor = _actor(words)
    if actor is None or known().actors[actor].kind is not ActorKind.STATE:
        return False
    row = known().actors[actor]
    return words.casefold() in {row.name.casefold(), *(alias.casefold() for alias in row.aliases)}


def _part_without(pair: Pair, words: Sequence[str]) -> float:
    """Like `pair.part` by number of stems, the two places left out."""
    out = {each for word in words for each in stems(word)}
    sizes = [len(row.stems - out) for row in (pair.one, pair.two)]
    return len(pair.shared - out) / max(1, min(sizes))


def _one_day(pair: Pair) -> bool:
    one, two = pair.one, pair.two
    return one_period(one.page, two.page, days=_DAYS) and one_day(
        one.page, (one.start, one.end), two.page, (two.start, two.end)
    )


def _names(page: Page, words: str) -> bool:
    return words in page.text
