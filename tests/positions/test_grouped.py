"""Arrays of one actor's statements give the figures that its statements give one by one."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from tests.positions.evidence import ISSUE, said

from winset.brief.past import MOST
from winset.ids import ActorId
from winset.positions.aggregation import Columns
from winset.positions.contributions import contributions
from winset.positions.estimation import Evidence, heard
from winset.positions.grouped import NEVER, Grouped, heaviest
from winset.positions.movement import course
from winset.positions.observations import WORDS, joined
from winset.positions.salience import salience
from winset.positions.types import Voice

DAY = ISSUE.on.latest


def _rows(seed: int) -> list[Evidence]:
    draw = random.Random(seed)  # noqa: S311 - no secret
    return [
        said(
            number,
            draw.choice((-1.0, -0.5, 0.0, 0.6, 1.0)),
            (DAY - timedelta(days=draw.randrange(900))).isoformat() if draw.random() < 0.9 else None,
            origin=f"o{draw.randrange(12)}",
            actor=draw.choice(("EST", "LVA")),
            voice=draw.choice(tuple(Voice)),
            confidence=draw.choice((0.2, 0.6, 0.9)),
            role=draw.choice((None, "president", "spokesperson")),
        )
        for number in range(80)
    ]


def _grouped(rows: list[Evidence]) -> Grouped:
    actors, origins = ["EST", "LVA"], sorted({row.origin.key for row in rows})
    readings = [row.reading(ISSUE, DAY) for row in rows]
    ranks = [heard(row).rank for row in rows]
    columns = Columns(
        actors=tuple(actors),
        issues=(ISSUE.id,),
        actor=np.array([actors.index(str(row.actor_id)) for row in rows], dtype="i4"),
        issue=np.zeros(len(rows), dtype="i4"),
        origin=np.array([origins.index(row.origin.key) for row in rows], dtype="i4"),
        value=np.array([each.value for each in readings]),
        direction=np.array([row.stance.direction for row in rows]),
        relevance=np.array([row.stance.relevance for row in rows]),
        confidence=np.array([each.confidence for each in readings]),
        score=np.array([each.score for each in readings]),
        words=np.array([WORDS[each.voice] for each in readings]),
        firmness=np.array([each.firmness for each in readings]),
        hedged=np.array([each.hedged for each in readings]),
        conditional=np.array([each.conditional for each in readings]),
        days=np.array([each.days for each in readings], dtype="i4"),
        prominence=np.full(len(rows), np.nan),
        rank=np.array([np.nan if rank is None else rank for rank in ranks]),
    )
    days = np.array([row.known_by.toordinal() if row.known_by else NEVER for row in rows])
    return Grouped(columns, ISSUE.id, days)


@pytest.mark.parametrize("seed", range(4))
def test_each_statement_does_what_it_does_among_values(seed: int) -> None:
    rows = _rows(seed)
    grouped = _grouped(rows)
    for actor in ("EST", "LVA"):
        used = [(at, row) for at, row in enumerate(rows) if row.actor_id == actor and row.counts]
        readings = [row.reading(ISSUE, DAY) for _, row in used]
        expected = dict(zip([at for at, _ in used], contributions(readings, method="normal-shrinkage"), strict=True))
        own = grouped.own(actor)
        assert sorted(own.row.tolist()) == sorted(expected)
        shares, moved = own.share(), own.moved(np.arange(len(own.row)), method="normal-shrinkage")
        for place, row in enumerate(own.row.tolist()):
            assert shares[place] == pytest.approx(expected[row].weight, abs=1e-6)
            assert moved[place] == pytest.approx(expected[row].moved, abs=0.0051)
        seen, told = own.origins()[0], joined(readings)
        for name in ("values", "weights", "spreads"):
            assert list(getattr(seen, name)) == pytest.approx(list(getattr(told, name)), abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_past_is_that_of_values(seed: int) -> None:
    rows = _rows(seed)
    grouped = _grouped(rows)
    for step in course(rows, issue=ISSUE, most_days=MOST):
        day = step.as_of.latest.toordinal()
        then = grouped.own(step.actor_id).until(day)
        assert len(then.row) == len(step.evidence)
        assert len(then.origins()[1]) == step.origins
        (cares,) = grouped.saliences(step.actor_id, [day])
        assert cares == pytest.approx((step.salience, step.salience_error), abs=0.0051)
        seen = then.origins()[0]
        assert sum(seen.weights) > 0


def test_all_that_one_says_tells_what_it_cares_for() -> None:
    rows = [row for row in _rows(1) if row.known_by is not None]
    grouped = _grouped(rows)
    own = [heard(row) for row in rows if row.actor_id == "EST"]
    (found,) = grouped.saliences("EST", [date.max.toordinal()])
    assert found == pytest.approx(salience(own))


def test_the_heaviest_come_from_different_origins_and_from_both_sides() -> None:
    rows = _rows(2)
    own = _grouped(rows).own(ActorId("EST"))
    chosen = heaviest(own, number=5)
    assert len({int(own.origin[at]) for at in chosen}) == 5
    assert len({own.value[at] > own.value.mean() for at in chosen}) == 2
    dated = np.where(own.day == NEVER, 0, own.day)
    assert dated[chosen[0]] == dated.max()


def test_nobody_has_nothing_to_show() -> None:
    grouped = _grouped(_rows(0))
    assert heaviest(grouped.own("XXX"), number=3) == ()
    assert grouped.latest().keys() == {"EST", "LVA"}
