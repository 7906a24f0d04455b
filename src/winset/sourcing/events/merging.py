"""Which dated passages tell one event: the same kind of thing, the same names, dates that can be one."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from winset.actors.names import NameKind
from winset.actors.registry import registry
from winset.corpus.types import Anchor
from winset.ids import DocumentId, PartialDate
from winset.sourcing.events.kinds import MENTION, SHARES_A_TIME
from winset.sourcing.types import DatedPassage, Event
from winset.statements.media import find_media

_CAPITAL = re.compile(r"(?<![\w.])[A-ZÀ-Þ][\w’'-]*[\w]")
_SAY_LITTLE = frozenset(
    "the a an this that these those it its he she they we in on at by of for from to as and but or if after before"
    " during when while since until january february march april may june july august september october november"
    " december monday tuesday wednesday thursday friday saturday sunday president minister prime secretary general"
    " foreign chancellor chief ministry spokesman spokesperson spokeswoman government state states mr mrs ms dr"
    " summit meeting council commission according then last next earlier later both some many most all asked".split()
)
_ACTOR = "@"  # before the id of a state or body
MEDIUM = "#"  # before a medium's name
_NOUN = "="  # before the noun that names an event
_AROUND = 60  # characters on either side that tell which meaning a name has
_NEAR_DAYS = 2  # by which two documents may differ on the day of one event
_MOST_COMPARED = 20  # groups of one name and year that a telling is compared with
_MOST_TELLINGS = 10  # of a group
_EVERYDAY = 0.25  # share of the tellings whose clause holds a name
_FEW = 6  # tellings, below which no name is everyday
_MONTH = 31  # days
_STEM = 5  # letters by which "report" and "reported" are one
_ENOUGH = 2  # names that tell an event without a place
_PLACES = frozenset({NameKind.NAME, NameKind.CAPITAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One passage that dates one event, with what it is recognised by."""

    document: int  # number in the order of the documents
    document_id: DocumentId
    date: PartialDate
    until: PartialDate | None = None
    anchor: Anchor
    kind: str
    head: str = ""  # the noun or verb that names it, singular
    names: frozenset[str] = frozenset()  # states, bodies, media and other names, in one spelling
    places: frozenset[str] = frozenset()  # those of them that an "in" or "at" shows to be where it was
    planned: bool = False
    ongoing: bool = False
    noun: bool = False  # whether the head is a noun

    @property
    def first(self) -> datetime.date:
        """The first day it may have been."""
        return self.date.earliest

    @property
    def last(self) -> datetime.date:
        """The last day it may have been."""
        return self.until.latest if self.until else self.date.latest

    @property
    def order(self) -> tuple[int, int]:
        """Its place in the documents."""
        return self.document, self.anchor.start


@dataclass(slots=True)
class _Group:
    tellings: list[Telling] = field(default_factory=list)


def named_in(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The names in a stretch, in one spelling, and those of them that are places it tells of.

    >>> names, places = named_in("Oslo's envoy Lind met the Finns in Riga", 0, 39)
    >>> sorted(names), sorted(places)
    (['@FIN', '@LVA', '@NOR', 'lind'], ['@LVA'])
    """
    low = max(0, start - _AROUND)
    text, start, end = text[low : end + _AROUND], start - low, end - low  # the whole of a long text costs at every call
    names: set[str] = set()
    places: set[str] = set()
    taken: list[tuple[int, int]] = []
    known = registry()
    for mention in known.mentions(text, start, end):
        names.add(_ACTOR + mention.actor_id)
        taken.append((mention.start, mention.end))
        if mention.alias.kind in _PLACES and _where(text, start, mention.start):
            places.add(_ACTOR + mention.actor_id)
    for medium in find_media(text, start, end):
        names.add(MEDIUM + medium.name.casefold())
        taken.append((medium.start, medium.end))
    for match in _CAPITAL.finditer(text, start, end):
        if any(low <= match.start() < high for low, high in taken):
            continue
        word = re.sub(r"['’]s?\Z", "", match.group()).casefold()
        if word not in _SAY_LITTLE and len(word) > 1:
            names.add(word)
            if _where(text, start, match.start()):
                places.add(word)
    return frozenset(names), frozenset(places)


def _where(text: str, start: int, at: int) -> bool:
    return (
        re.search(r"\b(?:in|at|to|visit(?:s|ed|ing)?|near)\s(?:the\s)?\Z", text[max(start, at - 14) : at]) is not None
    )


def merged(tellings: Sequence[Telling]) -> list[Event]:
    """The events, each with all its passages.

    The more precise tellings are gathered first; each later one joins the first group all of whose tellings it can be
    one with.  Cost: each is compared with at most 20 groups of a name and year.
    """
    everyday = _everyday(tellings)
    ranked = sorted(tellings, key=lambda each: ((each.last - each.first).days, each.order))
    groups: list[_Group] = []
    by_name: dict[tuple[str, int], list[_Group]] = defaultdict(list)
    for telling in ranked:
        group = _group_of(telling, by_name, everyday)
        if group is None:
            group = _Group()
            groups.append(group)
        group.tellings.append(telling)
        for name in _found_by(telling):
            listed = by_name[name, telling.first.year]
            if not listed or listed[-1] is not group:
                listed.append(group)
    return [_event(group.tellings) for group in groups]


def _everyday(tellings: Sequence[Telling]) -> frozenset[str]:
    """Names in so many tellings that they tell no event from another: the body that all documents are about."""
    counted = Counter(name for telling in tellings for name in telling.names)
    least = max(_FEW, _EVERYDAY * len(tellings))
    return frozenset(name for name, count in counted.items() if count >= least)


def _group_of(
    telling: Telling, by_name: dict[tuple[str, int], list[_Group]], everyday: frozenset[str]
) -> _Group | None:
    seen: set[int] = set()
    for name in sorted(_found_by(telling)):
        for group in by_name.get((name, telling.first.year), ())[-_MOST_COMPARED:]:
            if id(group) not in seen:
                seen.add(id(group))
                if all(_are_one(telling, other, everyday) for other in group.tellings[:_MOST_TELLINGS]):
                    return group
    return None


def _found_by(telling: Telling) -> frozenset[str]:
    """Its names and the noun that names it."""
    return telling.names | ({_NOUN + telling.head[:_STEM]} if telling.noun and telling.head else set())


def _are_one(one: Telling, other: Telling, everyday: frozenset[str]) -> bool:
    """Whether two tellings are of one event; where in doubt they are two."""
    shared = one.names & other.names
    specific = shared - everyday
    near = _apart(one, other)
    if near is None or one.ongoing != other.ongoing or _conflict(one, other):
        return False
    if one.until is not None and other.until is not None and (one.last - one.first).days > _MONTH:
        return bool(specific)  # "from 2003 to 2014" of the same place
    if not _kinds_agree(one, other, shared):
        return False
    same_head = bool(one.head) and one.head[:_STEM] == other.head[:_STEM]
    if near:  # the days differ: two documents on one thing, or two things
        return one.document != other.document and same_head and len(specific) >= _ENOUGH
    if _is_day(one) and _is_day(other):
        if one.document == other.document and one.noun and other.noun and same_head:
            return True  # "Monday's debate", "at the debate on Monday"
        if same_head and one.names == other.names:
            return bool(one.names)  # told twice in the same words
        return len(specific) >= (1 if same_head or _reports(one, other, shared) else _ENOUGH)
    if one.noun and other.noun and same_head:
        in_a_month = any((each.last - each.first).days <= _MONTH for each in (one, other))
        return _one_text(one, other, shared) or (bool(shared) and (in_a_month or _same_place(one, other)))
    return len(shared) >= _ENOUGH and _same_place(one, other) and (same_head or one.kind == other.kind != MENTION)


def _same_place(one: Telling, other: Telling) -> bool:
    return bool(one.places & other.names or other.places & one.names)


def _conflict(one: Telling, other: Telling) -> bool:
    """Two places for one thing: both tell one, and neither tells the other's."""
    return bool(one.places and other.places) and not _same_place(one, other)


def _reports(one: Telling, other: Telling, shared: frozenset[str]) -> bool:
    """Whether both are of what one medium published."""
    kinds = {one.kind, other.kind} <= {"report", "statement", "publication"}
    return kinds and any(name.startswith(MEDIUM) for name in shared)


def _one_text(one: Telling, other: Telling, shared: frozenset[str]) -> bool:
    """Whether both call a text by name and year, and no other owner of it is named: "the 2022 Arctic Strategy"."""
    owners = [{name for name in each.names if name.startswith(_ACTOR)} for each in (one, other)]
    named = [name for name in shared if not name.startswith(_ACTOR)]
    apart = bool(owners[0] and owners[1] and not owners[0] & owners[1])
    return one.kind == other.kind == "decision" and one.date == other.date and len(named) >= _ENOUGH and not apart


def _kinds_agree(one: Telling, other: Telling, shared: frozenset[str]) -> bool:
    if one.kind == other.kind or _reports(one, other, shared):
        return True
    return other.kind in SHARES_A_TIME.get(one.kind, ()) and (one.head == other.head or _is_day(one) or _is_day(other))


def _is_day(telling: Telling) -> bool:
    return telling.date.precision == "day" and telling.until is None


def _apart(one: Telling, other: Telling) -> int | None:
    """Days between the two, 0 where they can be one date, None where they are too far apart."""
    if one.first <= other.last and other.first <= one.last:
        both_end = one.until is not None and other.until is not None
        return 0 if not both_end or (one.first, one.last) == (other.first, other.last) else None
    gap = max(one.first, other.first) - min(one.last, other.last)
    return gap.days if gap <= datetime.timedelta(days=_NEAR_DAYS) and _is_day(one) and _is_day(other) else None


def _event(tellings: Sequence[Telling]) -> Event:
    counted = Counter((telling.date, telling.until) for telling in tellings)
    best = min(
        tellings,
        key=lambda each: ((each.last - each.first).days, -counted[each.date, each.until], each.order),
    )
    ranked = sorted(tellings, key=lambda each: (each.date != best.date, not each.noun and not each.head, each.order))
    told = ranked[0]
    apart = max(each.first for each in tellings) > min(each.last for each in tellings)
    dates = sorted({each.date for each in tellings}, key=lambda each: (each.earliest, each.latest))
    kinds = Counter(each.kind for each in tellings if each.kind != MENTION)
    return Event(
        date=best.date,
        until=best.until,
        anchor=told.anchor,
        document_id=told.document_id,
        kind=told.kind if told.kind != MENTION or not kinds else kinds.most_common(1)[0][0],
        planned=all(each.planned for each in tellings),
        ongoing=best.ongoing,
        passages=tuple(DatedPassage(date=each.date, anchor=each.anchor, until=each.until) for each in ranked),
        spread=(dates[0], dates[-1]) if apart else None,
    )
