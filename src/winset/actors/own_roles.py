"""Offices and memberships that a user's registries add, and where they contradict each other or the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from winset.actors.additions import Line, NewMembership, NewOffice, Span
from winset.actors.offices import Offices, Tenure
from winset.actors.own_actors import Own, OwnActors
from winset.actors.shipped_rows import SOMEWHERE, shipped_row
from winset.actors.tables import folded
from winset.actors.titles import offices_in
from winset.actors.types import Actor, ActorKind, Membership, Office
from winset.ids import ActorId, PartialDate

if TYPE_CHECKING:
    from winset.actors.registry import Registry

_SINGLE = frozenset(  # offices that one person holds at a time
    "president;prime minister;premier;chancellor;monarch;supreme leader;pope;foreign minister;defence minister"
    ";secretary general;high representative;commission president;council president;parliament president"
    ";executive secretary;director general;managing director;supreme allied commander".split(";")
)
_SPEAKING = frozenset({ActorKind.STATE, ActorKind.BODY})  # a role in one of them speaks for it
_DAY = timedelta(days=1)
_ALIKE = 0.85  # likeness of two spellings of one person, as in `clues.persons`


@dataclass(frozen=True, slots=True)
class OwnOffice:
    """An office told by a user's row, its actor found."""

    title: str  # in the words of the shipped tables, where they know it
    of: ActorId
    holder: str
    spellings: tuple[str, ...]  # folded
    row: NewOffice
    downloaded: bool

    @property
    def office(self) -> Office:
        """As the registry keeps it."""
        start, end = bounds(self.row.held)
        return Office(title=self.title, of=self.of, holder=self.holder, start=start, end=end)

    @property
    def tenure(self) -> Tenure:
        """As the holders keep it, with its narrowest dates where they are not the widest."""
        held, office = self.row.held, self.office
        return Tenure(
            office,
            self.spellings,
            surely_from=held.start.latest if held.start and held.start.latest != office.start else None,
            surely_until=held.end.earliest if held.end and held.end.earliest != office.end else None,
        )


def bounds(held: Span) -> tuple[date | None, date | None]:
    """First and last day that the dates may mean."""
    return held.start.earliest if held.start else None, held.end.latest if held.end else None


def own_offices(found: OwnActors, downloaded: frozenset[str]) -> tuple[OwnOffice, ...]:
    """Every office told, those of persons with a role in a state or body among them.

    downloaded: names of files that are a query's result or a dump.
    """
    told: dict[tuple[object, ...], OwnOffice] = {}
    left: dict[str, int] = {}
    for own in found.owns:
        for row in _offices_told(own, found):
            office = _found(own, row, found, row.at.file in downloaded)
            if office:
                key = (office.title, office.of, folded(office.holder), str(office.row.held))
                told.setdefault(key, office)
            elif row.at.file in downloaded:
                left[row.at.file] = left.get(row.at.file, 0) + 1
    found.notes += [f"{file}: {count:,} offices of nobody known were left out" for file, count in sorted(left.items())]
    return tuple(sorted(told.values(), key=lambda each: (each.row.at, each.title, each.holder)))


def _offices_told(own: Own, found: OwnActors) -> Iterator[NewOffice]:
    for entry in own.entries:
        yield from entry.offices
        for role in entry.memberships if own.kind is ActorKind.PERSON else ():
            of = found.meant(role.body, file=role.at.file)
            if of and _kind(of, found) in _SPEAKING:
                yield NewOffice(
                    title=role.role, of=role.body, holder=None, held=role.held, at=role.at, overrides=role.overrides
                )


def _found(own: Own, row: NewOffice, found: OwnActors, downloaded: bool) -> OwnOffice | None:
    of = found.meant(row.of, file=row.at.file)
    if of is None:
        if not downloaded:
            found.contradictions.append(
                f"{row.at}: the office {row.title!r} is of {row.of!r}, which is not known: "
                "write an id, an ISO code or a name, or a row that tells of it"
            )
        return None
    holder, spellings = own.name, {name.words: None for entry in own.entries for name in entry.names}
    if row.holder is not None:
        known = found.meant(row.holder, file=row.at.file)
        person = found.by_id.get(known) if known else None
        person = person if person and person.kind is ActorKind.PERSON else None
        holder = person.name if person else row.holder
        spellings = {name.words: None for entry in (person.entries if person else ()) for name in entry.names}
    names = _names(of, found)
    words = [folded(spelling) for spelling in (holder, *spellings)]
    words += [short for word in words for name in names if (short := word.removesuffix(f" of {name}")) != word]
    return OwnOffice(_title(row.title, names), of, holder, tuple(dict.fromkeys(words)), row, downloaded)


def _names(of: ActorId, found: OwnActors) -> frozenset[str]:
    actor = found.base.actors.get(of)
    own = found.by_id.get(of)
    if actor is None:
        return frozenset({folded(own.name)} if own else ())
    if of not in found.folded_names:
        found.folded_names[of] = frozenset(folded(name) for name in (actor.name, *actor.aliases))
    return found.folded_names[of]


def _title(words: str, names: frozenset[str]) -> str:
    """A title in the words of the shipped tables: "President of Ruritania" is "president", of a senate it is not.

    >>> _title("Minister of Foreign Affairs of Ruritania", frozenset({"ruritania"}))
    'foreign minister'
    >>> _title("President of the Senate of Ruritania", frozenset({"ruritania"}))
    'president of the senate of ruritania'
    """
    office = next(iter(offices_in(words, 0, len(words))), None)
    if office and office.start == 0 and office.titles:
        rest = folded(words[office.end :]).removeprefix("of ").removeprefix("the ")
        if not rest or rest in names or rest.removeprefix("republic of ").removeprefix("the ") in names:
            return office.titles[0]
    return " ".join(words.lower().split())


def _kind(id: ActorId, found: OwnActors) -> ActorKind | None:
    actor = found.base.actors.get(id)
    own = found.by_id.get(id)
    return actor.kind if actor else own.kind if own else None


def with_offices(holders: Offices, told: tuple[OwnOffice, ...], found: OwnActors) -> Offices:
    """The holders with the user's: shipped ones give way to a row that overrides them or comes after the last check."""
    _among_themselves(told, found)
    new: list[Tenure] = []
    changed: dict[Tenure, tuple[Tenure, ...]] = {}
    for each in told:
        same = holders.holders(each.of, (each.title,), None)
        near = (tenure for tenure in same if _touch(tenure.office, each.office))
        alike = next((tenure for tenure in near if _one_person(tenure.spellings, each.spellings)), None)
        if alike and not each.row.overrides:
            changed[alike] = tuple(
                replace(part, spellings=tuple(dict.fromkeys((*part.spellings, *each.spellings))))
                for part in changed.get(alike, (alike,))
            )
            continue
        if (each.title in _SINGLE or each.row.overrides) and not _give_way(each, same, changed, found):
            continue
        new.append(each.tenure)
    kept = [part for tenure in holders.tenures for part in changed.get(tenure, (tenure,))]
    return replace(holders, tenures=(*kept, *_ended(new, told, holders)))


def _among_themselves(told: Iterable[OwnOffice], found: OwnActors) -> None:
    """A contradiction for each office that two of the user's hold at one time, where one can hold it."""
    by_office: dict[tuple[str, str], list[OwnOffice]] = {}
    for each in told:
        if each.title in _SINGLE:
            by_office.setdefault((each.title, each.of), []).append(each)
    for rivals in by_office.values():
        for place, one in enumerate(rivals):
            for other in rivals[:place]:
                if _one_person(one.spellings, other.spellings) or not _open(other, one).surely_meets(_open(one, other)):
                    continue
                if one.downloaded and other.downloaded:
                    continue  # two presidencies at once, an acting one beside: the source says so
                first, second = sorted((one, other), key=lambda each: each.row.at)
                found.contradictions.append(
                    f"{second.row.at}: {second.title} of {second.of} was {second.holder} ({second.row.held}) here "
                    f"and {first.holder} ({first.row.held}) in {first.row.at}: correct the dates, or take one out"
                )


def _open(one: OwnOffice, beside: OwnOffice) -> Span:
    """The time of an office; where a download tells no end, it says nothing of the time after the next began."""
    held, other = one.row.held, beside.row.held
    if one.downloaded and held.end is None and held.start and other.start and held.start.earliest <= other.start.latest:
        return Span(held.start, PartialDate(max(held.start.earliest, other.start.earliest).isoformat()))
    return held


def _ended(new: list[Tenure], told: tuple[OwnOffice, ...], holders: Offices) -> Iterator[Tenure]:
    """Downloaded tenures without an end, ended where the next holder of the same office began."""
    starts: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for each in told:
        if each.office.start:
            starts.setdefault((each.title, each.of), []).append((each.office.start, each.holder))
    open_ended = {
        (each.title, each.of, each.holder, each.office.start)
        for each in told
        if each.downloaded and each.row.held.end is None and each.title in _SINGLE
    }
    for tenure in new:
        office = tenure.office
        if office.start and (office.title, office.of, office.holder, office.start) in open_ended:
            others = [
                (each.office.start, each.office.holder) for each in holders.holders(office.of, (office.title,), None)
            ]
            later = [
                start
                for start, holder in (*starts[office.title, office.of], *others)
                if start and start > office.start and holder != office.holder
            ]
            if later:
                tenure = replace(tenure, office=replace(office, end=min(later) - _DAY))  # noqa: PLW2901
        yield tenure


def _touch(one: Office, other: Office) -> bool:
    """Whether two tenures share a day, or one of them is told by its year alone and lies beside the other."""
    return not (
        (one.end and other.start and one.end < other.start) or (other.end and one.start and other.end < one.start)
    )


def _give_way(
    each: OwnOffice, same: Iterable[Tenure], changed: dict[Tenure, tuple[Tenure, ...]], found: OwnActors
) -> bool:
    """Cut the shipped tenures that the row overrides or follows; whether the row stands.

    The others contradict it where they surely overlap: a user's own row is refused, one of a download left out.
    """
    stands = True
    for tenure in same:
        parts = changed.get(tenure, (tenure,))
        follows = _follows(each.office.start, tenure)
        if not (follows or any(_sure(_closed(each, part.office), part) for part in parts)):
            continue
        if not (follows or each.row.overrides):
            stands = False
            if each.downloaded:
                found.left_out.append(_disagrees(each, tenure))
            else:
                found.contradictions.append(
                    f"{_disagrees(each, tenure)}: correct the row, or write overrides: yes if yours is right"
                )
            continue
        if each.row.overrides:
            found.notes.append(f"{_disagrees(each, tenure)}; yours counts")
        changed[tenure] = tuple(piece for part in parts for piece in _outside(part, each.office))
    return stands


def _closed(each: OwnOffice, shipped: Office) -> Span:
    """The row's time; a download that tells no end says nothing of the time after a shipped holder began."""
    held = each.row.held
    if each.downloaded and held.end is None and held.start and shipped.start and held.start.earliest <= shipped.start:
        return Span(held.start, PartialDate(max(held.start.earliest, shipped.start).isoformat()))
    return held


def _one_person(spellings: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two holders of one office at one time are one person, spelt nearly alike or with fewer names."""
    return any(
        set(one.split()) <= set(other.split())
        or set(other.split()) <= set(one.split())
        or SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", "")).ratio() >= _ALIKE
        for one in spellings
        for other in others
    )


def _disagrees(each: OwnOffice, tenure: Tenure) -> str:
    office = tenure.office
    row = shipped_row(("offices",), office.holder, office.of, office.title)
    row = row if row != SOMEWHERE else shipped_row(("offices",), office.holder, office.of)
    return (
        f"{each.row.at}: {each.title} of {each.of} was {each.holder} ({each.row.held}) here "
        f"and {office.holder} ({office.start or '…'} to {office.end or 'now'}) in {row}"
    )


def _follows(start: date | None, tenure: Tenure) -> bool:
    """Whether a day lies behind the one on which a holder who is still in office was last checked."""
    checked = tenure.surely_until
    return tenure.office.end is None and start is not None and checked is not None and checked < start


def _sure(held: Span, tenure: Tenure) -> bool:
    """Whether the row's time and a shipped tenure overlap, whatever the imprecise dates of both mean."""
    first, last = tenure.surely_from or tenure.office.start, tenure.surely_until or tenure.office.end
    starts = [each for each in (held.start.latest if held.start else None, first) if each]
    ends = [each for each in (held.end.earliest if held.end else None, last) if each]
    return not starts or not ends or max(starts) < min(ends)


def _outside(tenure: Tenure, by: Office) -> Iterator[Tenure]:
    """What is left of a tenure before and after another."""
    office = tenure.office
    if by.start and (office.start is None or office.start < by.start):
        yield replace(tenure, office=replace(office, end=by.start - _DAY), surely_until=None)
    if by.end and (office.end is None or by.end < office.end):
        yield replace(tenure, office=replace(office, start=by.end + _DAY), surely_from=None)


def roles_of(own: Own, found: OwnActors) -> Iterator[tuple[Membership, NewMembership]]:
    """The memberships of an actor, their bodies found; an organisation that nothing else tells of is implied."""
    for entry in own.entries:
        for row in entry.memberships:
            of = _body(row, own, found)
            if of:
                start, end = bounds(row.held)
                yield Membership(body=of, role=row.role, start=start, end=end), row


def _body(row: NewMembership, own: Own, found: OwnActors) -> str | None:
    """The key by which the registry counts its members."""
    of = found.meant(row.body, file=row.at.file)
    if own.kind is ActorKind.PERSON:
        return of or found.implied_by(row.body, row.at)
    if of is not None:
        words = row.body.casefold()
        for body in found.base.bodies.values():
            named = {name.casefold() for name in (body.key, body.name, *body.aliases)}
            if words in named or body.organisation == of:
                return body.key
        return of
    found.contradictions.append(
        f"{row.at}: {own.name} is {row.role} of {row.body!r}, which is not known: "
        "write a body's id or name, or a row that tells of it"
    )
    return None


def with_roles(actor: Actor, told: Iterable[tuple[Membership, NewMembership]], found: OwnActors) -> Actor:
    """The actor with the user's memberships; where they contradict, it is collected."""
    kept: list[tuple[Membership, Line | None]] = [(each, None) for each in actor.memberships]
    for membership, row in sorted(told, key=lambda each: each[1].at):
        clashing = [
            (each, at)
            for each, at in kept
            if (each.body, each.role) == (membership.body, membership.role) and _overlap(each, membership)
        ]
        if any(_compatible(each, row.held) for each, _ in clashing):
            continue
        if clashing and actor.kind is not ActorKind.PERSON and not row.overrides:
            each, at = clashing[0]
            where = at or _member_row(actor.id, each)
            found.contradictions.append(
                f"{row.at}: {actor.name} is {row.role} of {membership.body} {row.held} here and "
                f"{each.start or '…'} to {each.end or 'now'} in {where}: correct the dates, or write overrides: yes"
            )
            continue
        if row.overrides:
            kept = [entry for entry in kept if entry not in clashing]
            found.notes += [
                f"{row.at}: {actor.name} is {row.role} of {membership.body} {row.held}, "
                f"whatever {at or _member_row(actor.id, each)} says"
                for each, at in clashing
            ]
        kept.append((membership, row.at))
    return replace(actor, memberships=tuple(each for each, _ in kept))


def _overlap(one: Membership, other: Membership) -> bool:
    return not (
        (one.end and other.start and one.end < other.start) or (other.end and one.start and other.end < one.start)
    )


def _compatible(shipped: Membership, held: Span) -> bool:
    """Whether imprecise or missing dates of a row mean what is known already."""
    start = held.start is None or shipped.start is None or held.start.earliest <= shipped.start <= held.start.latest
    end = (
        held.end.earliest <= shipped.end <= held.end.latest
        if held.end and shipped.end
        else not (held.end or (shipped.end and held.start is not None))
    )
    return start and end


def _member_row(id: ActorId, membership: Membership) -> str:
    row = shipped_row(("organisations",), id, membership.start.isoformat() if membership.start else id)
    return row if row != SOMEWHERE else f"{SOMEWHERE}'s members of {membership.body}"


def respelled(registry: Registry, own: Own, holders: Offices) -> Offices:
    """Shipped tenures of a person whom the user gives further spellings."""
    spellings = tuple(dict.fromkeys(folded(name.words) for entry in own.entries for name in entry.names))
    held = registry.holders.named(own.name, None)
    if len(spellings) < 2 or not held:  # noqa: PLR2004 - a name and an alias
        return holders
    return replace(
        holders,
        tenures=tuple(
            replace(tenure, spellings=tuple(dict.fromkeys((*tenure.spellings, *spellings))))
            if tenure.office in held
            else tenure
            for tenure in holders.tenures
        ),
    )
