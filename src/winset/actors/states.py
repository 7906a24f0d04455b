"""When states existed, and which came after which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from winset.actors.tables import first_day, last_day, rows
from winset.ids import ActorId

STATE_TABLES = ("countries/countries.csv", "countries/former_states.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One state after another: by dissolution, separation, union, accession, continuation or restoration."""

    successor: ActorId
    predecessor: ActorId
    on: date  # first day of the successor, or of its being one again
    kind: str
    begins: bool  # whether the successor begins to exist with it: Germany did not in 1990
    source: str  # the act, treaty or resolution


def successions() -> Iterator[Succession]:
    """The shipped ones, those of one predecessor together."""
    for row in rows("countries/successions.csv"):
        yield Succession(
            successor=ActorId(row["successor"]),
            predecessor=ActorId(row["predecessor"]),
            on=date.fromisoformat(row["on"]),
            kind=row["kind"],
            begins=row["begins"] == "1",
            source=row["source"],
        )


def existences() -> dict[ActorId, tuple[date | None, date | None]]:
    """First and last day of the states that ended, and the first of those that began with a succession."""
    found: dict[ActorId, tuple[date | None, date | None]] = {}
    for succession in successions():
        if succession.begins:
            found.setdefault(succession.successor, (succession.on, None))
    for row in rows("countries/former_states.csv"):
        found[ActorId(row["iso3"])] = (first_day(row["since"]), last_day(row["until"]))
    return found
