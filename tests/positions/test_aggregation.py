"""The columns give what the rows give."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from tests.positions.evidence import ISSUE, said

from winset.positions.aggregation import Columns, aggregated, sided, trust
from winset.positions.estimation import Evidence, positions
from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import WORDS
from winset.positions.salience import rank
from winset.positions.types import Voice
from winset.statements.types import Form

ON = ISSUE.on.latest


def columns(rows: Sequence[Evidence]) -> Columns:
    actors, origins = sorted({str(row.actor_id) for row in rows}), sorted({row.origin.key for row in rows})
    readings = [row.reading(ISSUE, ON) for row in rows]
    nan = float("nan")
    return Columns(
        actors=tuple(actors),
        issues=(str(ISSUE.id),),
        actor=np.array([actors.index(str(row.actor_id)) for row in rows], dtype=np.int32),
        issue=np.zeros(len(rows), dtype=np.int32),
        origin=np.array([origins.index(row.origin.key) for row in rows], dtype=np.int32),
        value=np.array([reading.value for reading in readings]),
        direction=np.array([row.stance.direction for row in rows]),
        relevance=np.array([row.stance.relevance for row in rows]),
        confidence=np.array([reading.confidence for reading in readings]),
        score=np.array([reading.score for reading in readings]),
        words=np.array([WORDS[reading.voice] for reading in readings]),
        firmness=np.array([reading.firmness for reading in readings]),
        hedged=np.array([reading.hedged for reading in readings], dtype=bool),
        conditional=np.array([reading.conditional for reading in readings], dtype=bool),
        days=np.array([reading.days for reading in readings], dtype=np.int32),
        prominence=np.full(len(rows), nan),
        rank=np.array([nan if (it := rank(row.identification.role)) is None else it for row in rows], dtype=float),
    )


def many(count: int, *, seed: int) -> list[Evidence]:
    draw = random.Random(seed)  # noqa: S311 - not a secret
    return [
        said(
            number,
            draw.choice([-1.0, -0.6, -0.1, 0.0, 0.15, 0.5, 1.0]),
            date.fromordinal(draw.randrange(738_000, 739_000)).isoformat() if draw.random() < 0.9 else None,
            actor=draw.choice(["AUT", "BEL", "CYP", "DNK"]),
            origin=f"o{draw.randrange(12)}",
            role=draw.choice([None, "president", "foreign minister", "spokesperson"]),
            form=draw.choice([Form.ACT, Form.DIRECT, Form.INDIRECT]),
            score=draw.choice([0.5, 0.9, 1.0]),
            relevance=draw.choice([0.1, 0.4999, 0.5, 0.9]),
            confidence=draw.choice([0.1, 0.3, 0.6, 0.95]),
            firmness=draw.choice([0.2, 1.0]),
            hedged=draw.random() < 0.2,
            conditional=draw.random() < 0.2,
            voice=draw.choice(list(Voice)),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("method", [estimator.id for estimator in ESTIMATORS])
@pytest.mark.parametrize("count", [1, 7, 40, 400])
def test_columns_and_rows_agree(method: str, count: int) -> None:
    rows = many(count, seed=count)
    expected = positions(rows, issue=ISSUE, method=method)
    found = aggregated(columns(rows), method=method)
    assert found.actor_id == tuple(each.actor_id for each in expected)
    assert found.issue_id == (ISSUE.id,) * len(expected)
    assert found.value == pytest.approx([each.value for each in expected], abs=0.051)
    assert found.std_error == pytest.approx([each.std_error for each in expected], abs=0.051)
    assert found.salience == pytest.approx([each.salience for each in expected], abs=0.0051)
    assert found.salience_error == pytest.approx([each.salience_error for each in expected], abs=0.0051)
    assert found.origins.tolist() == [each.origins for each in expected]
    assert found.statements.tolist() == [len(each.evidence) for each in expected]


def test_the_weight_and_side_of_a_row_are_those_of_its_statement() -> None:
    rows = many(200, seed=3)
    found = columns(rows)
    assert trust(found) == pytest.approx([row.reading(ISSUE, ON).weight for row in rows])
    assert sided(found).tolist() == [row.counts for row in rows]


def test_nobody_on_record_makes_no_position() -> None:
    found = aggregated(columns([said(0, 0.0, actor="AUT")]))
    assert found.actor_id == ()
    assert len(found.value) == 0
