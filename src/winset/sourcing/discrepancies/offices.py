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
from winset.sourcing.discrepancies.pages import Page, Span, known, one_period
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


_MINISTER = re.compile(r"\b(?P<area>[A-Za-z]{4,20}) [Mm]inister,? \Z")
_AREAS = {"defense": "defence", "external": "foreign", "economic": "economy", "environmental": "environment"}
_NO_AREA = frozenset(
    "prime deputy first second third senior junior former state cabinet then acting interim chief".split()
)


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
        if len({row.office for row in rows}) > 1 and (found := _judged(rows)) is not None:
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
        if portrait.represents is not None and role.endswith("minister") and (area := _portfolio(page, span)):
            return _Held(page, person, span, portrait.represents, (), f"{area} minister", f"{area} minister")
        if role in _HEADS and portrait.rule in {"title and name", "expert's title and name"}:
            return _Held(page, person, span, None, portrait.titles, role, role)
    return None


def _portfolio(page: Page, span: Span) -> str | None:
    """The ministry that stands right before a name: "fisheries" of "Fisheries Minister Ana Reyes"."""
    found = _MINISTER.search(page.text, max(0, span[0] - _REACH), span[0])
    if found is None:
        return None
    area = found["area"].casefold()
    return None if area in _NO_AREA else _AREAS.get(area, area)


def _judged(rows: Sequence[_Held]) -> Discrepancy | None:
    for number, one in enumerate(rows):
        for two in rows[number + 1 :]:
            if _clash(one, two) and _one_time(one.page, two.page):
                return _discrepancy(one, two, rows)
    return None


def _clash(one: _Held, two: _Held) -> bool:
    if one.of != two.of:
        return one.office in _HEADS and two.office in _HEADS and one.office != two.office and None in {one.of, two.of}
    if one.of is not None and set(one.titles) & set(two.titles):
        return False
    return one.office != two.office and frozenset((one.office, two.office)) not in _ALSO


def _one_time(one: Page, two: Page) -> bool:
    return one.number == two.number or (
        one.day is not None and two.day is not None and one_period(one, two, days=_DAYS)
    )


def _discrepancy(one: _Held, two: _Held, rows: Sequence[_Held]) -> Discrepancy | None:
    day = one.page.day or two.page.day
    held = {row.title for row in known().holders.named(one.person.name, day) if one.of is None or row.of == one.of}
    fits = [bool(held & set(row.titles)) for row in (one, two)]
    if all(fits):
        return None
    documents = [len({row.page.number for row in rows if row.office == each.office}) for each in (one, two)]
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
