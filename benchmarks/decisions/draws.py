"""A million draws of a council of 32 under consensus, with blockers, hinges and concessions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.decisions.rows import Row, seconds

from winset.decisions.forecasting import forecast
from winset.decisions.rules import RULES
from winset.decisions.types import Case
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Seat
from winset.positions.types import Position

MEMBERS = 32
DRAWS = 1_000_000
SECONDS = 10.0
ON = PartialDate("2024")


def rows(data: Path, peers: Path | None) -> Iterator[Row]:  # noqa: ARG001 - needs neither data nor peer: none does this
    """One row: no peer does this."""
    case = council()
    rule = RULES["consensus"](case.seats)
    taken = seconds(lambda: forecast(case, rule, draws=DRAWS))
    yield Row(
        what=f"{MEMBERS} members, consensus, {DRAWS:,} draws with blockers, hinges and concessions",
        ours=taken,
        unit="s",
        must=f"under {SECONDS:g} s (aim 1 s)",
        holds=taken < SECONDS,
    )


def council() -> Case:
    """Members from 40 to 96 of the scale, all as uncertain."""
    issue = Issue(proposal="it", body="club", rule="consensus", on=ON)
    actors = [ActorId(f"M{number}") for number in range(MEMBERS)]
    return Case(
        issue=issue,
        seats=tuple(Seat(actor_id=actor, name=actor) for actor in actors),
        positions=tuple(
            Position(
                actor_id=actor,
                issue_id=issue.id,
                value=40 + 1.8 * number,
                std_error=15,
                salience=0.5,
                as_of=ON,
                evidence=(EvidenceId("made"),),
            )
            for number, actor in enumerate(actors)
        ),
    )
