"""Who has a seat or a voice in a case that is served: the roll that charts and lists are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from winset.actors.types import Standing
from winset.brief.account import interval
from winset.brief.index import Stand, stand
from winset.brief.parties import label_of, standing_of
from winset.brief.standing import GROUPS, NOTES
from winset.brief.wording import plus_minus, shown
from winset.ids import ActorId
from winset.issues import Issue
from winset.pipeline.registries import own_registries
from winset.pipeline.seats import seats_of
from winset.positions.types import Position
from winset.store.actor_roll import actor_roll
from winset.web.background import REST, Made, newest, patience
from winset.web.cases import OpenCase, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One with a seat or a voice."""

    actor_id: ActorId
    label: str  # as the command line takes it: "France", "Ann Bee (expert: Hill Institute)"
    standing: Standing
    votes: int  # 0: no vote
    statements: int  # all that it said, also about other things

    @property
    def name(self) -> str:
        """As shown."""
        return shown(self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandRow:
    """One of them with where it stands."""

    entry: Entry
    position: Position
    low: float  # 90% interval, issue scale
    high: float
    stand: Stand
    counted: str  # statements that moved it: "5"

    @property
    def figure(self) -> str:
        """As shown: "18 ± 20"."""
        return plus_minus(self.position.value, self.position.std_error)

    @property
    def side(self) -> str:
        """Class of its colour: for, against, between."""
        if self.stand is Stand.BETWEEN:
            return "between"
        return "for" if self.stand in (Stand.FOR, Stand.LEANS_FOR) else "against"

    @property
    def shape(self) -> str:
        """A circle has a vote; a diamond comments; a square is any other."""
        if self.entry.standing is Standing.MEMBER:
            return "circle"
        return "diamond" if self.entry.standing in (Standing.COMMENTATOR, Standing.MEDIUM) else "square"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandGroup:
    """Those of one standing."""

    standing: Standing
    title: str
    note: str
    rows: tuple[StandRow, ...]  # from the low end of the scale to the high
    unknown: tuple[Entry, ...]  # with nothing on record for or against


def roll(case: OpenCase) -> Made[tuple[Entry, ...]] | None:
    """Members by name, then all others that spoke, by standing, who says most first; None: not worked out yet."""
    rest = REST if case.view().big else 0.0
    return newest(case, "roll", partial(_roll, case), wait=patience(case), rest=rest)


def _roll(case: OpenCase, view: View) -> tuple[Entry, ...]:
    additions = own_registries(case.store)
    seats = {seat.actor_id: seat for seat in seats_of(view.spec, additions)}
    spoke = {entry.actor_id: entry for entry in (_big(case) if view.big else _whole(view))}
    members = [
        Entry(
            actor_id=id,
            label=seat.name,
            standing=Standing.MEMBER,
            votes=seat.votes,
            statements=spoke[id].statements if id in spoke else 0,
        )
        for id, seat in seats.items()
    ]
    order = list(GROUPS)
    others = [entry for id, entry in spoke.items() if id not in seats]
    others.sort(key=lambda entry: (order.index(entry.standing), -entry.statements, entry.name))
    return (*sorted(members, key=lambda entry: entry.name), *others)


def _whole(view: View) -> Iterator[Entry]:
    from winset.positions.estimation import by_actor

    for id, said in by_actor(view.estimated.evidence).items():
        label = label_of(said[0].identification)
        yield Entry(actor_id=id, label=label, standing=standing_of(said), votes=0, statements=len(said))


def _big(case: OpenCase) -> Iterator[Entry]:
    for each in actor_roll(case.store):
        standing = Standing.OUTSIDE if each.standing is Standing.MEMBER else each.standing
        yield Entry(actor_id=each.actor_id, label=each.name, standing=standing, votes=0, statements=each.statements)


def stand_groups(entries: Sequence[Entry], positions: Iterable[Position], issue: Issue) -> tuple[StandGroup, ...]:
    """Members, partners, outside powers and commentators apart, as in the brief."""
    held = {position.actor_id: position for position in positions}
    groups = []
    for standing, title in GROUPS.items():
        own = [entry for entry in entries if entry.standing is standing]
        rows = [stand_row(entry, held[entry.actor_id], issue) for entry in own if entry.actor_id in held]
        if own:
            groups.append(
                StandGroup(
                    standing=standing,
                    title=title,
                    note=NOTES[standing],
                    rows=tuple(sorted(rows, key=lambda row: (row.position.value, row.entry.name))),
                    unknown=tuple(entry for entry in own if entry.actor_id not in held),
                )
            )
    return tuple(groups)


def stand_row(entry: Entry, position: Position, issue: Issue) -> StandRow:
    """One with its position."""
    low, high = interval(position)
    evidence = position.evidence
    told = len(evidence) == 1 and str(evidence[0]).endswith(" statements")  # of a big case the number alone is known
    return StandRow(
        entry=entry,
        position=position,
        low=low,
        high=high,
        stand=stand(position, issue),
        counted=str(evidence[0]).removesuffix(" statements") if told else f"{len(evidence):,}",
    )
