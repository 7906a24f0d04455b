from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import BadCase, NoEvidence, OffScale, UnknownMethod
from winset.ids import ActorId, IssueId, PartialDate
from winset.issues import Issue, Option
from winset.positions.estimation import Evidence, positions
from winset.positions.types import Position, Stance, Voice
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
    said_on: str | None = None,
    published: str | None = None,
    **stance: Any,
) -> Evidence:
    start = number * 23
    statement = Statement(
        document_id=DOCUMENT.id,
        source=anchor(DOCUMENT, start, start + 4),
        cue=anchor(DOCUMENT, start + 5, start + 12),
        contents=(anchor(DOCUMENT, start + 13, start + 21),),
        form=Form.ACT,
        confidence=0.8,
        said_on=PartialDate(said_on) if said_on else None,
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
        stance=replace(
            Stance(statement_id=statement.id, issue_id=ISSUE.id, relevance=0.9, direction=direction, confidence=0.85),
            **stance,
        ),
        origin=Origin(statement_id=statement.id, key=origin, label=origin),
        published=PartialDate(published) if published else None,
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


@pytest.mark.parametrize(
    "weaker",
    [{"hedged": True}, {"conditional": True}, {"firmness": 0.2}, {"voice": Voice.ASCRIBED}, {"confidence": 0.4}],
)
def test_weaker_words_make_a_position_less_sure(weaker: dict[str, Any]) -> None:
    (plain,) = positions([evidence(0)], issue=ISSUE)
    (weak,) = positions([evidence(0, **weaker)], issue=ISSUE)
    assert weak.std_error > plain.std_error
    assert plain.value < weak.value < 50


def test_old_words_make_a_position_less_sure() -> None:
    (fresh,) = positions([evidence(0, said_on="2024-04-30")], issue=ISSUE)
    (old,) = positions([evidence(0, said_on="2019-04-30")], issue=ISSUE)
    assert old.std_error > fresh.std_error


def test_quoted_words_are_the_actors_own_unless_somebody_else_judged_them() -> None:
    quoted = evidence(0)
    quoted = replace(quoted, statement=replace(quoted.statement, form=Form.DIRECT))
    assert quoted.voice is Voice.OWN
    assert replace(quoted, stance=replace(quoted.stance, voice=Voice.ASCRIBED)).voice is Voice.ASCRIBED
    assert evidence(0).voice is Voice.REPORTED


@pytest.mark.parametrize(
    ("direction", "rung", "place"),
    [(1.0, None, 100), (-1.0, None, 0), (1.0, "a pilot", 40), (-1.0, "a pilot", 0), (1.0, "status quo", 0)],
)
def test_a_statement_speaks_for_the_place_of_its_option(direction: float, rung: str | None, place: float) -> None:
    issue = replace(ISSUE, options=(Option(label="a pilot", value=40),))
    (position,) = positions([evidence(0, direction=direction, rung=rung)], issue=issue)
    assert position.contributions[0].value == place


def test_against_the_status_quo_is_for_the_proposal() -> None:
    (position,) = positions([evidence(0, direction=-1.0, rung="status quo")], issue=ISSUE)
    assert position.contributions[0].value == 100


def test_an_option_that_the_issue_lacks_is_refused_with_those_it_has() -> None:
    with pytest.raises(BadCase, match="'status quo'"):
        positions([evidence(0, rung="a committee")], issue=ISSUE)


def test_only_what_was_said_by_then_counts() -> None:
    rows = [
        evidence(0, origin="a", said_on="2024-01-10"),
        evidence(1, origin="b", said_on="2024-03-10", direction=1.0),
        evidence(2, origin="c"),
    ]
    (january,) = positions(rows, issue=ISSUE, as_of=PartialDate("2024-01"))
    (march,) = positions(rows, issue=ISSUE, as_of=PartialDate("2024-03-10"))
    assert january.evidence == (rows[0].statement.id,)
    assert january.as_of == PartialDate("2024-01-10")
    assert march.evidence == (rows[0].statement.id, rows[1].statement.id)
    assert positions(rows, issue=ISSUE, as_of=PartialDate("2023")) == ()


def test_a_vague_date_counts_from_the_day_its_document_was_published() -> None:
    row = evidence(0, said_on="2024", published="2024-02-02")
    assert positions([row], issue=ISSUE, as_of=PartialDate("2024-02-01")) == ()
    assert len(positions([row], issue=ISSUE, as_of=PartialDate("2024-02-02"))) == 1


def test_what_is_said_after_the_day_changes_nothing_of_the_position_on_it() -> None:
    before = [evidence(0, said_on="2024-01-10")]
    after = [*before, evidence(1, origin="b", said_on="2024-02-10", direction=1.0)]
    day = PartialDate("2024-01-31")
    assert positions(before, issue=ISSUE, as_of=day) == positions(after, issue=ISSUE, as_of=day)


def test_a_position_names_its_estimator() -> None:
    assert {
        positions([evidence(0)], issue=ISSUE, method=name)[0].method for name in ("logit-scale", "weighted-mean")
    } == {"logit-scale", "weighted-mean"}
