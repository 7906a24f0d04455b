"""Organisations that people belong to: think tanks, universities, companies; found by their words and their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from winset.actors.tables import plain_quotes, rows
from winset.statements.first_words import FirstWords, Found, first_words

_CAPITAL_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž](?:[\w&-]|'(?!s\b)(?=\w))*"  # a possessive ends a name
_RUN = re.compile(rf"{_CAPITAL_WORD}(?:(?:,?\s(?:of|for|on|and|the|de|du|des|für|und|&|in)){{0,3}}\s{_CAPITAL_WORD})*")
_HEAD_WORDS = (
    "Institut Institute Institution Instituto University Universität Université Università Universiteit College School"
    " Academy Foundation Stiftung Fund Endowment Council Centre Center Centres Centers Society Association Observatory"
    " Programme Program Project Chamber Network Corporation Company Think Group Laboratory Laboratories Forum"
    " Initiative Agency Trust Alliance Federation Union Research Studies Bank Partners LLC Inc Ltd Watch International"
    " Lab Hub Policy Consulting Capital Securities Legal Law Church Museum Library Party"
).split()
_SECOND = {"Think": "Think Tank", "Policy": "Policy Unit"}  # which tell only together
_HEAD = re.compile(r"\b(?:" + "|".join(_SECOND.get(word, word) for word in _HEAD_WORDS) + r")\b")
_GOVERNMENT = re.compile(
    r"\b(?:Ministry|Minister|Government|Parliament|Embassy|Department|Army|Navy|Forces|Cabinet|Office|Administration"
    r"|President|Secretary|Commission|Senate|Congress|Assembly|Mission|Delegation|Presidency|Ministers|State Council"
    r"|Security Council|Federation Council|Resolution)\b"
)
_CUT = re.compile(r"\s(?:and|in|the|for|on|of|&)\Z")
_JOINT = re.compile(r"\sand\s(?:the\s)?")
_BASED = re.compile(r"[\w.]+-(?:based|funded|linked|backed|led)\s")
_OF = re.compile(r"\sof\s(?:the\s)?")
_PLACE = re.compile(r"(?:,)?\sin\s")
_AFTER_PREPOSITION = re.compile(
    r"\b(at|with|from|of|for|to|heads?|leads?|directs?|runs?|chairs?|founded)\s(?:the\s|a\s|an\s|'s\s)?(?=[A-ZÀ-Ž])"
)
_STRONG = frozenset(
    {"at", "with", "from", "heads", "head", "leads", "lead", "directs", "direct", "runs", "run", "founded"}
)


def organisations_in(
    text: str, start: int, end: int, *, capitals: Sequence[Found] | None = None
) -> Iterator[tuple[int, int]]:
    """Places of names of organisations that no state is meant by, half-open, in order.

    A name counts by a word such as Institute, University or Foundation in it, or by being a known think tank.
    Only runs of capitalised words around such a word are looked at.
    capitals: the `capitalised_words` of the stretch, where they are known already.
    """
    text, reached = plain_quotes(text), start
    for at, _ in telling_words().places(text, start, end, capitals=capitals):
        if at >= reached and (run := _run_around(text, reached, at, end)):
            reached = run.end()
            yield from _within_run(text, run.start(), reached)


def _run_around(text: str, start: int, at: int, end: int) -> re.Match[str] | None:
    """The run of capitalised words that the word at `at` is part of; none goes on over a full stop."""
    runs = _RUN.finditer(text, text.rfind(".", start, at) + 1 or start, end)
    return next((run for run in runs if run.end() > at), None)


def _within_run(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    run = text[start:end]
    if " " not in run or not (_HEAD.search(run) or _known_first_words().intersection(run.split())):
        if run in _known():
            yield start, end
        return
    for low, high in _split(text, start, end):
        words = text[low:high]
        if " " in words and names_organisation(words):
            yield low, high
        else:
            yield from _known_in(text, low, high)


def names_organisation(words: str) -> bool:
    """Whether a name has a word such as Institute in it and none of a government, or is a known think tank's."""
    return words in _known() or bool(_HEAD.search(words) and not _GOVERNMENT.search(words))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run parted at "in", and at "and" where a whole name ends before it."""
    for low, high in _parted(text, start, end, _PLACE):
        at = _after_person(text, low, high)
        for joint in _JOINT.finditer(text, low, high):
            if _ends_name(text[at : joint.start()]):
                yield at, joint.start()
                at = joint.end()
        cut = _CUT.search(text, at, high)
        yield at, cut.start() if cut else high


def _after_person(text: str, start: int, end: int) -> int:
    """Where the name begins behind "Madrid-based" or behind a person's name and "of"."""
    if based := _BASED.match(text, start, end):
        start = based.end()
    of = _OF.search(text, start, end)
    if (
        of
        and " " in text[start : of.start()]
        and not _HEAD.search(text, start, of.start())
        and _HEAD.search(text, of.end(), end)
    ):
        return of.end()
    return start


def _parted(text: str, start: int, end: int, at: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in at.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _ends_name(words: str) -> bool:
    last = words.rsplit(" ", 1)[-1]
    return bool(_HEAD.fullmatch(last)) or words in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("organisations/commentators.csv"))


@cache
def _known_first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in _known())


@cache
def telling_words() -> FirstWords:
    """The words without one of which no run is an organisation's name."""
    return first_words([*_HEAD_WORDS, *_known_first_words()])


@cache
def _known_pattern() -> re.Pattern[str]:
    longest_first = sorted(_known(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def _known_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _known_pattern().finditer(text, start, end):
        yield match.start(), match.end()


def affiliation(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a description such as "a fellow at the Hill Institute in Oslo" names the organisation, if it does.

    What follows "at", "with" or "from" comes before what follows "of" or "for", which is often a topic.

    >>> words = "director of grand strategy at the Oak Institute in Oslo"
    >>> place = affiliation(words, 0, len(words))
    >>> words[place[0]:place[1]]
    'Oak Institute'
    """
    plain = plain_quotes(text)
    named = list(organisations_in(plain, start, end))
    weak: tuple[int, int] | None = None
    for match in _AFTER_PREPOSITION.finditer(plain, start, end):
        after = _name_from(plain, match.end(), end, named)
        if after and match.group(1) in _STRONG:
            return after
        if after and after in named:
            weak = weak or after
    return weak or (named[0] if named else None)


def _name_from(text: str, at: int, end: int, named: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The organisation that begins at `at`: a name with a telling word, else any capitalised run."""
    for low, high in named:
        if low <= at < high:
            return at, high
    run = _RUN.match(text, at, end)
    return next(_split(text, run.start(), run.end()), None) if run else None
