"""Bodies of states by the shipped tables: who had a seat, with which weights, and who was a partner, on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from winset.actors.tables import first_day, last_day, parts, rows
from winset.actors.types import Body, Membership, PastRule
from winset.errors import BadCase
from winset.ids import ActorId
from winset.issues import Seat

MEMBER_TABLES = {
    "nato": "organisations/nato_members.csv",
    "eu-council": "organisations/eu_members.csv",
    "un-general-assembly": "organisations/un_members.csv",
    "osce": "organisations/osce_members.csv",
    "wto": "organisations/wto_members.csv",
    "unfccc": "organisations/unfccc_parties.csv",
    "african-union": "organisations/african_union_members.csv",
}
TERM_TABLES = {  # of the Security Council, by role
    "permanent member": "organisations/unsc_permanent.csv",
    "elected member": "organisations/unsc_elected.csv",
}
EU_VOTES = "weighted votes"  # a member's votes of the Treaties of Rome to Nice, as a weight of its seat
_LAST_DAY_OF_EU_VOTES = date(2014, 10, 31)  # Protocol (No 36) on transitional provisions, Article 3
_first, _last = cache(first_day), cache(last_day)  # many states joined on one day


def shipped_bodies() -> Iterator[Body]:
    """The bodies that decide, each with the rules it decided by."""
    for row in rows("organisations/bodies.csv"):
        yield Body(
            key=row["key"],
            name=row["name"],
            organisation=ActorId(row["organisation"]),
            rule=row["rule"],
            founded=date.fromisoformat(row["founded"]),
            aliases=parts(row["aliases"]),
            source=row["source"],
            past_rules=tuple(_past_rules(row["key"])),
        )


def _past_rules(body: str) -> Iterator[PastRule]:
    for row in rows("organisations/body_rules.csv"):
        if row["body"] == body:
            start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
            yield PastRule(rule=row["rule"], start=start, end=end)


def memberships() -> dict[ActorId, tuple[Membership, ...]]:
    """Every role in a body, a partner format or a group, by the state, or the organisation, that has it."""
    found: dict[ActorId, list[Membership]] = {}
    for actor, membership in (*_members(), *_council(), *_partners(), *_groups()):
        found.setdefault(actor, []).append(membership)
    return {actor: tuple(entries) for actor, entries in found.items()}


def _members() -> Iterator[tuple[ActorId, Membership]]:
    for body, table in MEMBER_TABLES.items():
        for row in rows(table):
            start, end = _first(row["joined"]), _last(row["left"])
            yield ActorId(row["iso3"]), Membership(body=body, role="member", start=start, end=end)


def _council() -> Iterator[tuple[ActorId, Membership]]:
    for role, table in TERM_TABLES.items():
        for row in rows(table):
            start, end = _first(row["start"]), _last(row["end"])
            yield ActorId(row["iso3"]), Membership(body="unsc", role=role, start=start, end=end)


def _partners() -> Iterator[tuple[ActorId, Membership]]:
    for row in rows("organisations/partners.csv"):
        start, end = _first(row["start"]), _last(row["end"])
        role = f"partner: {row['format']}"
        yield ActorId(row["iso3"]), Membership(body=row["body"], role=role, start=start, end=end)


def _groups() -> Iterator[tuple[ActorId, Membership]]:
    for row in rows("organisations/group_members.csv"):
        start, end = _first(row["start"]), _last(row["end"])
        yield ActorId(row["iso3"]), Membership(body=row["group"], role="member", start=start, end=end)


def seat(body: str, role: str, actor: ActorId, name: str, day: date) -> Seat:
    """The seat of a member, with the votes, the veto and the weights that the body's rules count."""
    return _SEATS.get(body, _equal_seat)(role, actor, name, day)


def _equal_seat(role: str, actor: ActorId, name: str, day: date) -> Seat:  # noqa: ARG001 - one signature for all bodies
    return Seat(actor_id=actor, name=name)


def _council_seat(role: str, actor: ActorId, name: str, day: date) -> Seat:  # noqa: ARG001
    return Seat(actor_id=actor, name=name, veto=role == "permanent member")


def _eu_seat(role: str, actor: ActorId, name: str, day: date) -> Seat:  # noqa: ARG001
    votes, people = eu_votes(actor, day), population(actor, day)
    weights = ((EU_VOTES, votes), ("population", people))
    return Seat(
        actor_id=actor,
        name=name,
        votes=votes if votes is not None and day <= _LAST_DAY_OF_EU_VOTES else 1,
        weights=tuple((of, weight) for of, weight in weights if weight is not None),
    )


_SEATS: dict[str, Callable[[str, ActorId, str, date], Seat]] = {"unsc": _council_seat, "eu-council": _eu_seat}


def check_covered(body: str, day: date) -> None:
    """Raises BadCase where the members of that day are not shipped, rather than seat too few."""
    if body != "unsc":
        return
    starts = [start for row in rows(TERM_TABLES["elected member"]) if (start := _first(row["start"]))]
    if day < min(starts) or day.year > max(starts).year:  # of a year later than that only half of the seats is known
        raise BadCase(
            f"the elected members of the Security Council of {day} are not shipped: "
            f"take a date from {min(starts)} to {max(starts).year}-12-31, or list the members in the case"
        )


def eu_votes(actor: ActorId, day: date) -> int | None:
    """A member's weighted votes in the Council that day; None where none were counted, since April 2017.

    From November 2014 to March 2017 they counted where a member asked for it.
    Source: Treaty of Rome, Article 148(2), as the Acts of Accession and the Treaty of Nice changed it.
    """
    for row in rows("organisations/eu_votes.csv"):
        if row["iso3"] == actor and date.fromisoformat(row["start"]) <= day <= date.fromisoformat(row["end"]):
            return int(row["votes"])
    return None


def population_year(day: date) -> int | None:
    """The year whose count `population` takes on that day; None before the first."""
    years = {int(row["year"]) for row in rows("organisations/eu_population.csv")}
    return max((year for year in years if year <= day.year), default=None)


def population(actor: ActorId, day: date) -> int | None:
    """A member's population as the Council counted it that year, or in the nearest earlier year shipped.

    Shipped are 2004, 2006 to 2014 and 2016; 2005 was counted as 2004. A later date takes 2016, an earlier one has none.
    Source: Council decisions amending its rules of procedure, Official Journal of the EU.
    """
    years = [row for row in rows("organisations/eu_population.csv") if row["iso3"] == actor]
    covered = [row for row in years if int(row["year"]) <= day.year]
    return int(max(covered, key=lambda row: row["year"])["population"]) if covered else None
