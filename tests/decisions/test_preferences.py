from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.preferences import consents_up_to, sincere_vote, sincere_votes
from winset.decisions.types import Case, Vote
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Seat
from winset.positions.types import Position

ON = PartialDate("2024")
ISSUE = Issue(proposal="it", body="club", rule="consensus", on=ON)


def position(value: float, *, salience: float = 1.0, actor: str = "A") -> Position:
    return Position(
        actor_id=ActorId(actor),
        issue_id=ISSUE.id,
        value=value,
        std_error=0,
        salience=salience,
        as_of=ON,
        evidence=(EvidenceId("coded"),),
    )


@pytest.mark.parametrize(("value", "vote"), [(49, Vote.NO), (50, Vote.ABSTAIN), (51, Vote.YES)])
def test_a_member_votes_for_what_lies_nearer_and_abstains_at_the_middle(value: float, vote: Vote) -> None:
    assert sincere_vote(position(value), option=100, issue=ISSUE) is vote


def test_a_loss_below_the_cost_of_objecting_is_borne_without_consent() -> None:
    assert sincere_vote(position(45), option=100, issue=ISSUE, cost_of_objecting=10) is Vote.ABSTAIN
    assert sincere_vote(position(44), option=100, issue=ISSUE, cost_of_objecting=10) is Vote.NO


def test_a_member_that_cares_less_bears_a_greater_loss() -> None:
    assert sincere_vote(position(30, salience=0.2), option=100, issue=ISSUE, cost_of_objecting=10) is Vote.ABSTAIN
    assert sincere_vote(position(30, salience=0.9), option=100, issue=ISSUE, cost_of_objecting=10) is Vote.NO


def test_a_member_with_nothing_on_record_is_silent() -> None:
    seats = tuple(Seat(actor_id=ActorId(actor), name=actor) for actor in "AB")
    case = Case(issue=ISSUE, seats=seats, positions=(position(90), position(10, actor="outsider")))
    assert sincere_votes(case, option=100) == {"A": Vote.YES, "B": Vote.SILENT}


@pytest.mark.parametrize(("value", "furthest"), [(0, 0), (10, 20), (50, 100), (90, 100)])
def test_a_member_consents_as_far_beyond_its_ideal_as_the_status_quo_falls_short(value: float, furthest: float) -> None:
    assert consents_up_to(position(value), issue=ISSUE) == furthest


def test_a_proposal_below_the_status_quo_is_measured_downwards() -> None:
    cut = Issue(proposal="a cut", body="club", rule="consensus", on=ON, status_quo=80, proposal_value=20)
    assert consents_up_to(position(70), issue=cut) == 60
    assert consents_up_to(position(90), issue=cut) == 80


def test_a_member_that_does_not_care_consents_to_everything() -> None:
    assert consents_up_to(position(0, salience=0), issue=ISSUE) == 100


@settings(deadline=None, max_examples=100)
@given(
    value=st.floats(0, 100),
    salience=st.floats(0.01, 1),
    cost=st.floats(0, 50),
    ends=st.tuples(st.floats(0, 100), st.floats(0, 100)).filter(lambda ends: ends[0] != ends[1]),
    part=st.floats(0, 1),
)
def test_it_objects_exactly_to_what_lies_beyond(
    value: float, salience: float, cost: float, ends: tuple[float, float], part: float
) -> None:
    start, end = ends
    issue = Issue(proposal="it", body="club", rule="consensus", on=ON, status_quo=start, proposal_value=end)
    furthest = consents_up_to(position(value, salience=salience), issue=issue, cost_of_objecting=cost)
    assert min(start, end) <= furthest <= max(start, end)
    option = start + part * (end - start)
    vote = sincere_vote(position(value, salience=salience), option=option, issue=issue, cost_of_objecting=cost)
    if abs(option - furthest) > 1e-9 * max(1, cost / salience):  # nearer, rounding decides
        assert (vote is Vote.NO) is (abs(option - start) > abs(furthest - start))
