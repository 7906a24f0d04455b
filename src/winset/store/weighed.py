"""Where actors of a case too large to be held stand, and which of their statements to show for it.

Every figure rests on all statements of the case; what is named for it are those that weigh most.

    weighed = Weighed(said, spec.issue, method="normal-shrinkage", as_of=None)
    ranks = weighed.documents(actors, each=4)          # of the documents to show
    shown = weighed.shown(ranks, ids)                  # once these are read
    shown.position(actor, evidence)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from winset.actors.types import Standing
from winset.brief.past import MOST
from winset.brief.types import Change, Tally
from winset.brief.what_would_change import Origins, Told, changes, leaned_on
from winset.ids import ActorId, EvidenceId, PartialDate, StatementId
from winset.issues import Issue
from winset.positions.aggregation import RELEVANT, Aggregate, aggregated
from winset.positions.estimation import Evidence
from winset.positions.estimation import latest as latest_of
from winset.positions.estimators import DRAWN, ESTIMATORS
from winset.positions.grouped import NEVER, Grouped, Own, heaviest
from winset.positions.movement import picked
from winset.positions.types import Contribution, Position
from winset.store.observations import STANDINGS, Said

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """One who speaks in a case."""

    actor_id: ActorId
    name: str
    standing: Standing  # that of most of its statements
    statements: int  # about the issue or not


class Weighed:
    """The positions on one issue of a case, with what is behind each."""

    def __init__(self, said: Said, issue: Issue, *, method: str, as_of: PartialDate | None) -> None:
        """as_of: the day whose record counts, as `said` was read with; None: everything counts."""
        self.said, self.issue, self.method, self.as_of = said, issue, method, as_of
        self.grouped = Grouped(said.columns, issue.id, said.said)
        self._found = aggregated(said.columns, method=method)
        found = zip(self._found.actor_id, self._found.issue_id, strict=True)
        self._own: dict[ActorId, Own] = {}
        self._latest = self.grouped.latest()
        self._row = {actor: at for at, (actor, issue_id) in enumerate(found) if issue_id == issue.id}

    @property
    def found(self) -> Aggregate:
        """The estimates of all actors."""
        return self._found

    def spoke(self) -> tuple[Spoke, ...]:
        """Everybody who speaks, the one with most statements behind a position first."""
        import numpy as np

        said, count = self.said, len(self.said.labels)
        many = np.bincount(said.columns.actor, minlength=count)
        pairs = said.columns.actor.astype("i8") * len(STANDINGS) + said.standing
        often = np.bincount(pairs, minlength=count * len(STANDINGS)).reshape(count, len(STANDINGS))
        told = [
            Spoke(
                actor_id=ActorId(id),
                name=said.labels[at],
                standing=STANDINGS[int(often[at].argmax())],
                statements=int(many[at]),
            )
            for at, id in enumerate(said.columns.actors)
            if many[at]
        ]
        return tuple(sorted(told, key=lambda each: (-self._behind(each.actor_id), each.name, each.actor_id)))

    def about(self) -> int:
        """Statements of somebody about the issue."""
        import numpy as np

        return int(np.count_nonzero(self.said.columns.relevance >= RELEVANT))

    def position(self, actor: ActorId) -> Position | None:
        """Where one stands, what is behind it told as a number alone."""
        at = self._row.get(actor)
        if at is None:
            return None
        found, number, latest = self._found, int(self._found.statements[at]), self._latest.get(actor)
        return Position(
            actor_id=actor,
            issue_id=self.issue.id,
            value=round(float(found.value[at]), 1),
            std_error=round(float(found.std_error[at]), 1),
            salience=round(float(found.salience[at]), 2),
            salience_error=round(float(found.salience_error[at]), 2),
            as_of=PartialDate(date.fromordinal(latest).isoformat()) if latest else self.issue.on,
            evidence=(EvidenceId(f"{number:,} statements"),),
            others=number - 1,
            origins=int(found.origins[at]),
            method=self.method,
        )

    def positions(self) -> tuple[Position, ...]:
        """The same of all actors, by actor id."""
        return tuple(found for actor in self._row if (found := self.position(ActorId(actor))) is not None)

    def own(self, actor: ActorId) -> Own:
        """The statements of one actor for or against."""
        if actor not in self._own:
            self._own[actor] = self.grouped.own(actor)
        return self._own[actor]

    def documents(self, actors: Sequence[ActorId], *, each: int) -> tuple[int, ...]:
        """Ranks of the documents that hold what weighs most for these actors, and of the origin each leans on most."""
        import numpy as np

        ranks: set[int] = set()
        for actor in actors:
            own, position = self.own(actor), self.position(actor)
            if position is None:
                continue
            origins, keys = self.origins(own, {}, {})
            gone = np.flatnonzero(own.origin == keys[leaned_on(origins, position, issue=self.issue)])
            places = [*heaviest(own, number=each), int(gone[own.weight[gone].argmax()])]
            ranks.update(self.said.document[own.row[places]].tolist())
        return tuple(sorted(ranks))

    def rows_in(self, documents: Collection[int], actors: Collection[ActorId]) -> dict[int, int]:
        """Statements of these actors in these documents: rank of each, and its row."""
        import numpy as np

        columns, wanted = self.said.columns, set(actors)
        numbers = [at for at, id in enumerate(columns.actors) if id in wanted]
        inside = np.isin(self.said.document, np.array(sorted(documents), dtype="i4"))
        rows = np.flatnonzero(inside & np.isin(columns.actor, np.array(numbers, dtype="i4")))
        return dict(zip(self.said.rank[rows].tolist(), rows.tolist(), strict=True))

    def shown(self, ids: Mapping[int, StatementId], labels: Mapping[StatementId, str]) -> Shown:
        """What is told of positions where these statements are shown.

        ids: of statements, by rows.  labels: of their origins.
        """
        return Shown(self, ids, labels)

    def _behind(self, actor: str) -> int:
        at = self._row.get(actor)
        return 0 if at is None else int(self._found.statements[at])

    def origins(
        self, own: Own, ids: Mapping[int, StatementId], labels: Mapping[StatementId, str]
    ) -> tuple[Origins, NDArray[Any]]:
        """What each origin says, and which origin each is.

        ids: of the statements that are shown, by rows.  labels: of their origins.
        """
        import numpy as np

        seen, keys = own.origins(ordered=False)
        weights = np.asarray(seen.weights)

        def told(at: int) -> Told:
            rows = own.row[own.origin == keys[at]].tolist()
            shown = tuple(ids[row] for row in rows if row in ids)
            return Told(labels[shown[0]] if shown else "", shown, len(rows) - len(shown))

        return Origins(seen=seen, shares=(weights / weights.sum()).tolist(), told=told), keys


class Shown:
    """Positions with the statements that are shown for them."""

    def __init__(self, of: Weighed, ids: Mapping[int, StatementId], labels: Mapping[StatementId, str]) -> None:
        self._of, self._ids, self._labels = of, ids, labels

    def position(self, actor: ActorId, evidence: Sequence[Evidence]) -> Position | None:
        """Where one stands, with what the statements that are shown did to it.

        evidence: what is shown of this actor, in the order in which it is told.
        """
        import numpy as np

        found = self._of.position(actor)
        if found is None:
            return None
        of, own = self._of, self._of.own(actor)
        at = {self._ids[row]: place for place, row in enumerate(own.row.tolist()) if row in self._ids}
        named = [each for each in evidence if each.statement.id in at]
        places = np.array([at[each.statement.id] for each in named], dtype="i8")
        if not named:
            return found
        share, moved = own.share(), own.moved(places, method=of.method)
        behind = found.behind
        return replace(
            found,
            evidence=tuple(each.statement.id for each in named),
            others=behind - len(named),
            as_of=latest_of(named, of.issue),
            contributions=tuple(
                Contribution(
                    statement_id=each.statement.id,
                    origin=each.origin.key,
                    value=round(float(own.value[place]), 1),
                    weight=round(min(1.0, float(share[place])), 6),
                    moved=round(points, 2),
                )
                for each, place, points in zip(named, places.tolist(), moved, strict=True)
            ),
        )

    def opposing(self, actor: ActorId) -> Tally:
        """All in which one opposes the proposal; all that it says for or against where it never does."""
        import numpy as np

        own = self._of.own(actor)
        against = self._of.said.columns.direction[own.row] < 0
        origin = own.origin[against] if against.any() else own.origin
        return Tally(statements=len(origin), origins=len(np.unique(origin)))

    def changes(self, position: Position) -> tuple[Change, ...]:
        """What would change a position; see `brief.what_would_change`."""
        own = self._of.own(position.actor_id)
        return changes(self._of.origins(own, self._ids, self._labels)[0], position, issue=self._of.issue)

    def course(self, position: Position) -> tuple[Position, ...]:
        """Where it stood before; see `brief.past`. A step before all that is shown names a number of statements."""
        import numpy as np

        of, own = self._of, self._of.own(position.actor_id)
        days = [day for day in np.unique(own.day).tolist() if day != NEVER]
        chosen = picked(days, MOST)
        cares = of.grouped.saliences(position.actor_id, chosen)
        steps = [self._then(position, own, day, told) for day, told in zip(chosen, cares, strict=True)]
        if len(steps) <= 1:
            return ()
        end = of.as_of or of.issue.on
        if end.latest > steps[-1].as_of.latest:
            steps.append(replace(position, as_of=end, contributions=()))  # age alone has changed it since
        return tuple(steps)

    def _then(self, position: Position, own: Own, day: int, cares: tuple[float, float]) -> Position:
        of, by_then = self._of, own.until(day)
        seen, keys = by_then.origins(ordered=of.method in DRAWN)
        found = ESTIMATORS[of.method](seen)
        named = tuple(self._ids[row] for row in by_then.row.tolist() if row in self._ids)
        number = len(by_then.row)
        return replace(
            position,
            value=round(found.value, 1),
            std_error=round(found.std_error, 1),
            salience=round(cares[0], 2),
            salience_error=round(cares[1], 2),
            as_of=PartialDate(date.fromordinal(day).isoformat()),
            evidence=named or (EvidenceId(f"{number:,} statements"),),
            others=number - max(1, len(named)),
            origins=len(keys),
            contributions=(),
        )
