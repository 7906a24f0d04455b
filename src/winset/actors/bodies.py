"""Bodies of states by the shipped tables: who had a seat, with which weights, and who was a partner, on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from winset.actors.tables import first_day, last_day, parts, rows
from winset.actors.types import Body, Membership
from winset.errors import BadCase
from winset.ids import ActorId
from winset.issues import Seat

_PERMANENT = frozenset({"CHN", "FRA", "GBR", "RUS", "USA"})
_PRC_SEATED = date(1971, 10, 25)  # General Assembly resolution 2758
MEMBER_TABLES = {"nato": "organisations/nato_members.csv", "eu-council": "organisations/eu_members.csv"}


def shipped_bodies() -> Iterator[Body]:
    """NATO's Council, the EU's Council, the UN Security Council."""
    for row in rows("organisations/bodies.csv"):
        yield Body(
            key=row["key"],
            name=row["name"],
            organisation=ActorId(row["organisation"]),
            rule=row["rule"],
            founded=date.fromisoformat(row["founded"]),
            aliases=parts(row["aliases"]),
            source=row["source"],
        )


def memberships() -> dict[ActorId, tuple[Membership, ...]]:
    """Every role of every state in a body, a partner format or a group, by state."""
    found: dict[ActorId, list[Membership]] = {}
    for actor, membership in (*_members(), *_elected(), *_partners(), *_groups()):
        found.setdefault(actor, []).append(membership)
    return {actor: tuple(entries) for actor, entries in found.items()}


def _members() -> Iterator[tuple[ActorId, Membership]]:
    for body, table in MEMBER_TABLES.items():
        for row in rows(table):
            start, end = first_day(row["joined"]), last_day(row["left"])
            yield ActorId(row["iso3"]), Membership(body=body, role="member", start=start, end=end)


def _elected() -> Iterator[tuple[ActorId, Membership]]:
    for row in rows("organisations/unsc_elected.csv"):
        start, end = first_day(row["first_year"]), last_day(row["last_year"])
        yield ActorId(row["iso3"]), Membership(body="unsc", role="elected member", start=start, end=end)
    for iso3 in sorted(_PERMANENT):
        start = _PRC_SEATED if iso3 == "CHN" else date(1945, 10, 24)
        yield ActorId(iso3), Membership(body="unsc", role="permanent member", start=start)


def _partners() -> Iterator[tuple[ActorId, Membership]]:
    for row in rows("organisations/partners.csv"):
        start, end = first_day(row["start"]), last_day(row["end"])
        role = f"partner: {row['format']}"
        yield ActorId(row["iso3"]), Membership(body=row["body"], role=role, start=start, end=end)


def _groups() -> Iterator[tuple[ActorId, Membership]]:
    for row in rows("organisations/group_members.csv"):
        start, end = first_day(row["start"]), last_day(row["end"])
        yield ActorId(row["iso3"]), Membership(body=row["group"], role="member", start=start, end=end)


def seat(body: str, role: str, actor: ActorId, name: str, day: date) -> Seat:
    """The seat of a member, with the weights that the body's rules count."""
    if body == "unsc":
        return Seat(actor_id=actor, name=name, veto=role == "permanent member")
    return Seat(actor_id=actor, name=name, weights=_WEIGHTS.get(body, _no_weights)(actor, day))


def check_covered(body: str, day: date) -> None:
    """Raises BadCase where the members of that day are not shipped, rather than seat too few."""
    if body != "unsc":
        return
    years = {int(row["first_year"]) for row in rows("organisations/unsc_elected.csv")}
    first, last = min(years) + 1, max(years)
    if not first <= day.year <= last:
        raise BadCase(
            f"the elected members of the Security Council of {day.year} are not shipped yet: "
            f"take a date from {first} to {last}, or list the members in the case"
        )


def population(actor: ActorId, day: date) -> int | None:
    """A member's population as the Council counted it that year, or in the nearest earlier year shipped.

    Shipped are 2004 and 2006 to 2014; a later date takes 2014, an earlier one has none.
    Source: Council decisions amending its rules of procedure, Official Journal of the EU.
    """
    years = [row for row in rows("organisations/eu_population.csv") if row["iso3"] == actor]
    covered = [row for row in years if int(row["year"]) <= day.year]
    return int(max(covered, key=lambda row: row["year"])["population"]) if covered else None


def _eu_weights(actor: ActorId, day: date) -> tuple[tuple[str, int], ...]:
    people = population(actor, day)
    return (("population", people),) if people is not None else ()


def _no_weights(actor: ActorId, day: date) -> tuple[tuple[str, int], ...]:  # noqa: ARG001 - one signature for all bodies
    return ()


_WEIGHTS: dict[str, Callable[[ActorId, date], tuple[tuple[str, int], ...]]] = {"eu-council": _eu_weights}
