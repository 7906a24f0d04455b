"""One person with two offices at one time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.actors.people import Person
from winset.actors.portraits import portraits_at
from winset.actors.titles import FORMER
from winset.ids import ActorId
from winset.sourcing.discrepancies.names import plain_role
from winset.sourcing.discrepancies.pages import Page, Span, known, on_one_matter, one_period
from winset.sourcing.likeness import stem
from winset.sourcing.types import Discrepancy, DiscrepancyKind

_SURE = 0.9  # score of a portrait that tells an office of a state or body
_DAYS = 31  # between two publications within which nobody changes office, as far as is asked here
_REACH = 110  # characters in which "former" or "then" stands beside a name
_ONE_AT_A_TIME = {  # offices of a state or body that one person does not hold together
    "president": "head of state",
    "monarch": "head of state",
    "prime minister": "head of government",
    "chancellor": "head of government",
    "foreign minister": "foreign minister",
    "defence minister": "defence minister",
    "finance minister": "finance minister",
    "trade minister": "trade minister",
    "secretary general": "secretary general",
    "deputy foreign minister": "deputy foreign minister",
    "spokesperson": "spokesperson",
    "national security adviser": "national security adviser",
    "ambassador to the UN": "ambassador to the UN",
    "speaker": "speaker",
}
_ALSO = frozenset(  # pairs that happen: a head of government may keep a ministry
    frozenset(pair)
    for pair in (
        ("head of government", "foreign minister"),
        ("head of government", "defence minister"),
        ("head of government", "finance minister"),
        ("head of state", "head of government"),
        ("head of state", "defence minister"),
        ("finance minister", "trade minister"),
        ("foreign minister", "trade minister"),
    )
)
_HEADS = frozenset(  # what an organisation calls the one who runs it: each uses one of them
    (
        "executive director", "director general", "secretary general", "executive secretary", "managing director",
        "high commissioner",
    )
)  # fmt: skip


_AREA = r"(?P<area>[A-Za-z]{4,20}(?:(?:,\s|\sand\s)(?:the\s)?[A-Za-z]{4,20}){0,3})"
_AREAS_OF = (  # "Housing, Spatial Planning and the Environment"
    r"(?P<area>[A-Za-z][a-z]{2,20}(?:,?\s(?:and\s)?(?:the\s)?[A-Z][a-z]{2,20}|,?\sand\s(?:the\s)?[a-z]{3,20}){0,7})"
)
_RANK = r"(?P<rank>[Mm]inister|[Cc]ommissioner)"
_BEFORE = (  # what stands right before a name
    re.compile(rf"\b{_AREA} {_RANK},? \Z"),
    re.compile(rf"\b{_RANK} (?:for|of) (?:the )?{_AREAS_OF},? \Z"),
)
_BEHIND = (  # and right behind it
    re.compile(rf", (?:the )?(?:[A-Z][\w’'-]* ){{0,2}}{_AREA} {_RANK}\b"),
    re.compile(rf", (?:the )?(?:[A-Z][\w’'-]* ){{0,2}}{_RANK} (?:for|of) (?:the )?{_AREAS_OF}\b"),
)
_AREAS = {  # names of one ministry, by stem
    stem(word): name
    for name, words in {
        "foreign": "foreign external affairs overseas",
        "defence": "defence defense armed forces military war",
        "economy": "economy economic economics finance financial treasury budget business industry enterprise commerce"
        " trade",
        "environment": "environment environmental climate ecology ecological energy",
        "fisheries": "fisheries fishery fishing fish marine maritime oceans ocean",
        "farming": "agriculture agricultural farm farming farms food rural",
        "interior": "interior home internal security police",
        "justice": "justice law legal",
        "health": "health medical care social welfare",
        "labour": "labour labor employment work jobs",
        "education": "education schools universities science research higher",
        "transport": "transport transportation infrastructure roads railways",
    }.items()
    for word in words.split()
}
_NO_AREA = frozenset(
    "prime deputy first second third senior junior former state cabinet then acting interim chief high european"
    " assistant county federal union national regional new the his her their this that our incoming outgoing vice city"
    " resident parish independent special responsible".split()
)
_MATTER_DAYS = 31  # between two documents on one matter, one of which is undated


@dataclass(frozen=True)
class _Held:
    """A person said to hold an office."""

    page: Page
    person: Person
    span: Span
    of: ActorId | None
    titles: tuple[str, ...]
    office: str  # one of those that exclude one another
    role: str  # as told
    areas: frozenset[str] = frozenset()  # the ministries of a minister, one word for each


def offices(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Two offices given to one person at one time, of one state or body, or at the head of one organisation.

    Not: former and later ones, deputies, what the registry knows to have been held together.
    """
    told: dict[str, list[_Held]] = {}
    for page in pages:
        for person in page.people:
            for span in person.places:
                if (held := _held(page, person, span)) is not None:
                    told.setdefault(person.folded, []).append(held)
    for rows in told.values():
        if len({(row.office, row.areas) for row in rows}) > 1 and (found := _judged(rows)) is not None:
            yield found


def _held(page: Page, person: Person, span: Span) -> _Held | None:
    """The office that the words beside a name give, where it is one that is held alone, and held now."""
    low, high = page.sentence_at(span[0])
    around = max(low, span[0] - _REACH), min(high, span[1] + _REACH)
    if FORMER.search(page.text, *around) or "then-" in page.text[slice(*around)]:
        return None
    for portrait in portraits_at(page.names, span):
        role = plain_role(portrait.role)
        if portrait.represents is not None and portrait.score >= _SURE:
            office = next((_ONE_AT_A_TIME[each] for each in portrait.titles if each in _ONE_AT_A_TIME), None)
            if office is not None:
                return _Held(
                    page, person, span, portrait.represents, portrait.titles, office, role or portrait.titles[0]
                )
        if role in _HEADS and portrait.rule in {"title and name", "expert's title and name"}:
            return _Held(page, person, span, None, portrait.titles, role, role)
    if (held := _portfolio(page, span)) is not None:
        rank, role, areas = held
        return _Held(page, person, span, None, (), rank, role, areas)
    return None


def _portfolio(page: Page, span: Span) -> tuple[str, str, frozenset[str]] | None:
    """Rank, words and ministries that stand beside a name: "fisheries" of "Fisheries Minister Ana Reyes"."""
    low, high = page.sentence_at(span[0])
    before = page.text[max(low, span[0] - _REACH) : span[0]]
    behind = page.text[span[1] : min(high, span[1] + _REACH)]
    found = next((match for each in _BEFORE if (match := each.search(before))), None)
    found = found or next((match for each in _BEHIND if (match := each.match(behind))), None)
    if found is None:
        return None
    words = [word for word in re.findall(r"[A-Za-z]+", found["area"]) if word not in {"and", "the"}]
    if any(word.casefold() in _NO_AREA or known().mentions(word) for word in words):
        return None
    rank = found["rank"].casefold()
    areas = frozenset(_AREAS.get(stem(word), stem(word)) for word in words)
    return rank, f"{' '.join(found['area'].split()).casefold()} {rank}", areas


def _covers_both(rows: Sequence[_Held], one: _Held, two: _Held) -> bool:
    """Whether somebody gives an office with both ministries: then either is its short name."""
    return any(row.areas & one.areas and row.areas & two.areas for row in rows)


def _judged(rows: Sequence[_Held]) -> Discrepancy | None:
    for number, one in enumerate(rows):
        for two in rows[number + 1 :]:
            if _clash(one, two) and _one_time(one.page, two.page) and not _covers_both(rows, one, two):
                return _discrepancy(one, two, rows)
    return None


def _clash(one: _Held, two: _Held) -> bool:
    if one.areas or two.areas:
        return bool(one.areas and two.areas) and one.office == two.office and not one.areas & two.areas
    if one.of != two.of:
        return one.office in _HEADS and two.office in _HEADS and one.office != two.office and None in {one.of, two.of}
    if one.of is not None and set(one.titles) & set(two.titles):
        return False
    return one.office != two.office and frozenset((one.office, two.office)) not in _ALSO


def _one_time(one: Page, two: Page) -> bool:
    return one.number == two.number or (
        one_period(one, two, days=_DAYS)
        if one.day is not None and two.day is not None
        else on_one_matter(one, two, days=_MATTER_DAYS)
    )


def _discrepancy(one: _Held, two: _Held, rows: Sequence[_Held]) -> Discrepancy | None:
    day = one.page.day or two.page.day
    held = {row.title for row in known().holders.named(one.person.name, day) if one.of is None or row.of == one.of}
    fits = [bool(held & set(row.titles)) for row in (one, two)]
    if all(fits):
        return None
    documents = [
        len({row.page.number for row in rows if (row.office, row.areas) == (each.office, each.areas)})
        for each in (one, two)
    ]
    right: int | None = None
    why = "The documents do not decide it: as many give the one office as the other."
    if any(fits):
        right = fits.index(True)
        why = f"The registry of office holders has {one.person.name} as {(one, two)[right].role}."
    elif documents[0] != documents[1]:
        right = documents.index(max(documents))
        roles = [(one, two)[each].role for each in (right, 1 - right)]
        why = f"{documents[right]} documents say {roles[0]}, {documents[1 - right]} says {roles[1]}."
    return Discrepancy(
        kind=DiscrepancyKind.OFFICE,
        about=f"the office of {one.person.name}",
        tellings=tuple(row.page.telling(row.role, *row.span) for row in (one, two)),
        right=right,
        why=why,
        confidence=0.8 if right is not None else 0.55,
    )
