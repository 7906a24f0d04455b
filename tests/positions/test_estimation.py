from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis.strategies import floats, lists, tuples

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import NoEvidence, OffScale, UnknownMethod
from winset.ids import ActorId, IssueId, PartialDate
from winset.issues import Issue
from winset.positions.estimation import Evidence, positions
from winset.positions.estimators import ESTIMATORS
from winset.positions.types import Position, Stance
from winset.sourcing.types import Origin
from winset.statements.types import Form, Statement

ISSUE = Issue(proposal="Adopt a fuel levy", body="league", rule="consensus", on=PartialDate("2024-05-01"))
DOCUMENT = Document(name="text", text="Riga opposes the levy. " * 40)


def evidence(
    number: int,
    *,
    direction: float = -1.0,
    origin: str = "a",
    actor: str | None = "LVA",
    standing: Standing = Standing.MEMBER,
) -> Evidence:
    start = number * 23
    statement = Statement(
        document_id=DOCUMENT.id,
        source=anchor(DOCUMENT, start, start + 4),
        cue=anchor(DOCUMENT, start + 5, start + 12),
        contents=(anchor(DOCUMENT, start + 13, start + 21),),
        form=Form.ACT,
        confidence=0.8,
    )
    return Evidence(
        statement=statement,
        identification=Identification(
            statement_id=statement.id,
            speaker=None,
            represents="Latvia" if actor else "expert: Institute",
            actor_id=ActorId(actor) if actor else None,
            standing=standing,
            speaks_as=SpeaksAs.ACTOR,
            score=0.9,
            rule="test",
        ),
        stance=Stance(
            statement_id=statement.id, issue_id=ISSUE.id, relevance=0.9, direction=direction, confidence=0.85
        ),
        origin=Origin(statement_id=statement.id, key=origin, label=origin),
    )


def test_ten_reports_of_one_origin_say_no_more_than_one() -> None:
    (one,) = positions([evidence(0)], issue=ISSUE)
    (ten,) = positions([evidence(number) for number in range(10)], issue=ISSUE)
    assert (one.value, one.std_error, one.origins) == (ten.value, ten.std_error, ten.origins)


def test_independent_origins_make_the_position_surer() -> None:
    (one,) = positions([evidence(0)], issue=ISSUE)
    (three,) = positions([evidence(number, origin=f"o{number}") for number in range(3)], issue=ISSUE)
    assert three.std_error < one.std_error
    assert three.value < one.value < 50
    assert three.origins == 3


def test_contradictory_origins_are_less_sure_than_agreeing_ones() -> None:
    (agree,) = positions([evidence(0), evidence(1, origin="b")], issue=ISSUE)
    (differ,) = positions([evidence(0), evidence(1, origin="b", direction=1.0)], issue=ISSUE)
    assert differ.std_error > agree.std_error
    assert differ.value == pytest.approx(50, abs=1)


def test_the_scale_may_run_the_other_way() -> None:
    issue = replace(ISSUE, status_quo=100.0, proposal_value=0.0)
    (position,) = positions([evidence(0)], issue=issue)
    assert position.value > 50


def test_what_is_not_about_the_issue_moves_nobody() -> None:
    row = evidence(0)
    other = replace(row, stance=replace(row.stance, relevance=0.1))
    assert positions([other], issue=ISSUE) == ()


def test_an_expert_has_a_position_of_its_own_and_its_country_none() -> None:
    (position,) = positions([evidence(0, actor=None, standing=Standing.COMMENTATOR)], issue=ISSUE)
    assert position.actor_id != ActorId("LVA")


def test_a_medium_that_reports_the_plan_takes_no_side() -> None:
    assert positions([evidence(0, direction=0.0, standing=Standing.MEDIUM)], issue=ISSUE) == ()


def test_every_position_cites_its_statements() -> None:
    rows = [evidence(0), evidence(1)]
    (position,) = positions(rows, issue=ISSUE)
    assert set(position.evidence) == {row.statement.id for row in rows}


def test_an_unknown_estimator_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownMethod, match="normal-shrinkage"):
        positions([evidence(0)], issue=ISSUE, method="normal")


@pytest.mark.parametrize(("value", "std_error"), [(101, 1), (-1, 1), (float("nan"), 1), (50, -1), (50, float("nan"))])
def test_a_position_off_its_scale_cannot_be_built(value: float, std_error: float) -> None:
    with pytest.raises(OffScale):
        Position(
            actor_id=ActorId("a"), issue_id=IssueId("i"), value=value, std_error=std_error, salience=0.5,
            as_of=PartialDate("2024"), evidence=(evidence(0).statement.id,),
        )  # fmt: skip


def test_a_position_without_evidence_must_name_its_assumption() -> None:
    with pytest.raises(NoEvidence):
        Position(
            actor_id=ActorId("a"), issue_id=IssueId("i"), value=5, std_error=1, salience=0.5,
            as_of=PartialDate("2024"), evidence=(),
        )  # fmt: skip


@pytest.mark.parametrize("name", [estimator.id for estimator in ESTIMATORS])
@given(rows=lists(tuples(floats(0, 100), floats(0.01, 1)), min_size=1, max_size=30))
def test_every_estimate_stays_on_the_scale_and_between_prior_and_evidence(
    name: str, rows: list[tuple[float, float]]
) -> None:
    values, weights = [value for value, _ in rows], [weight for _, weight in rows]
    value, std_error = ESTIMATORS[name](values, weights)
    assert min([*values, 50]) - 1e-6 <= value <= max([*values, 50]) + 1e-6
    assert 0 < std_error <= 40
