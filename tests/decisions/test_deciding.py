"""Hinges, concessions and ways to consent against the plain rule, one draw at a time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.concessions import concessions, reach
from winset.decisions.consenting import consents
from winset.decisions.counting import adopted
from winset.decisions.draws import CHUNK, drawn, electing, sober
from winset.decisions.forecasting import forecast
from winset.decisions.hinges import adopted_after, adopted_if
from winset.decisions.models import MODELS
from winset.decisions.preferences import ballots, consent_limits, sincere_votes
from winset.decisions.profile import Profile, profile
from winset.decisions.rules import RULES
from winset.decisions.types import Case, Outcome, Vote, Way
from winset.errors import BadCase
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Option, Seat, Threshold
from winset.positions.types import Position

LAW = settings(max_examples=40, deadline=None)
ON = PartialDate("2024-06-01")
ISSUE = Issue(proposal="it", body="club", rule="consensus", on=ON)
RULE_IDS = ("consensus-silence", "consensus", "eu-unanimity", "simple-majority", "absolute-majority")
ON_SCALE = st.integers(0, 200).map(lambda half: half / 2)


def stand(number: int, value: float, std_error: float = 0.0, salience: float = 1.0) -> Position:
    return Position(
        actor_id=ActorId(f"M{number}"),
        issue_id=ISSUE.id,
        value=value,
        std_error=std_error,
        salience=salience,
        as_of=ON,
        evidence=(EvidenceId("coded"),),
    )


def case(*values: float | None, issue: Issue = ISSUE, cost: float = 0.0, salience: float = 1.0) -> Case:
    return Case(
        issue=issue,
        seats=tuple(Seat(actor_id=ActorId(f"M{number}"), name=f"member {number}") for number in range(len(values))),
        positions=tuple(stand(n, value, salience=salience) for n, value in enumerate(values) if value is not None),
        cost_of_objecting=cost,
    )


def estimate(found: Case, rule: str) -> Profile:
    return profile([found], RULES[rule](found.seats))


def passes(of: Profile, value: float) -> bool:
    cast = ballots(of, option=np.full(of.proposal.shape, value))
    return bool(adopted(of.rule, yes=cast.yes, no=cast.no)[0, 0])


@LAW
@given(
    values=st.lists(st.one_of(st.none(), ON_SCALE), min_size=1, max_size=6),
    rule=st.sampled_from(RULE_IDS),
    cost=st.sampled_from((0.0, 3.0)),
    ends=st.lists(ON_SCALE, min_size=2, max_size=2, unique=True),
)
def test_what_lies_nearer_than_the_reach_passes_and_what_lies_farther_does_not(
    values: list[float | None], rule: str, cost: float, ends: list[float]
) -> None:
    issue = replace(ISSUE, status_quo=ends[0], proposal_value=ends[1])
    of = estimate(case(*values, issue=issue, cost=cost, salience=0.5), rule)
    reached = float(reach(of)[0, 0])
    assert 0 <= reached <= 1
    whole = issue.proposal_value - issue.status_quo
    for share in (reached - 0.01, reached + 0.01):
        if 0 < share <= 1:
            assert passes(of, issue.status_quo + share * whole) is (share < reached)


@LAW
@given(
    values=st.lists(st.one_of(st.none(), ON_SCALE), min_size=1, max_size=6),
    option=ON_SCALE,
    cost=st.sampled_from((0.0, 4.0)),
)
def test_a_seat_objects_to_what_lies_beyond_its_limit(values: list[float | None], option: float, cost: float) -> None:
    of = estimate(case(*values, cost=cost, salience=0.5, issue=replace(ISSUE, status_quo=30.0)), "simple-majority")
    asked = np.full(of.proposal.shape, option)
    beyond = consent_limits(of, option=asked) < np.abs(asked - of.status_quo)[..., None]
    assert (beyond == ballots(of, option=asked).no).all()


@LAW
@given(values=st.lists(ON_SCALE, min_size=1, max_size=6), rule=st.sampled_from(RULE_IDS), data=st.data())
def test_adoption_with_one_vote_known_is_what_the_rule_makes_of_that_vote(
    values: list[float], rule: str, data: st.DataObject
) -> None:
    of = estimate(case(*values), rule)
    cast = ballots(of, option=of.proposal)
    seat = data.draw(st.integers(0, len(values) - 1))
    found = adopted_if(of.rule, cast, asked=[seat])[:, 0, 0, 0]
    for yes, answer in zip((True, False), found.tolist(), strict=True):
        said = {True: cast.yes.copy(), False: cast.no.copy()}
        said[yes][..., seat], said[not yes][..., seat] = True, False
        assert answer == bool(adopted(of.rule, yes=said[True], no=said[False])[0, 0])
    assert found[0] >= found[1]
    everybody = adopted_after(of.rule, cast, order=range(len(values)))[:, 0, 0]
    assert everybody.tolist() == sorted(everybody.tolist())
    assert everybody[-1]


def test_the_least_concession_is_where_the_most_reluctant_member_turns() -> None:
    options = (Option(label="small", value=20), Option(label="smaller", value=10))
    found = case(20, 90, 95, issue=replace(ISSUE, options=options))
    reached = np.concatenate(
        [reach(each)[:, 0] for each in drawn([found], RULES["consensus"](found.seats), draws=9, seed=0)]
    )
    steps = tuple(concessions(reached, issue=found.issue))
    assert [(step.value, step.points, step.rung) for step in steps] == [(40.0, 60.0, "small")] * 3


def test_a_concession_for_a_better_chance_is_never_smaller() -> None:
    found = replace(case(40, 60, 80), positions=(stand(0, 40, 15), stand(1, 60, 20), stand(2, 80, 10)))
    for rule in RULE_IDS:
        steps = forecast(found, RULES[rule](found.seats), draws=2_000).concessions
        assert [step.points for step in steps] == sorted(step.points for step in steps)


def test_a_blocker_may_abstain_where_an_abstention_does_not_block() -> None:
    found = case(0, 80)
    ways = {
        rule: consents(found.positions[0], found, RULES[rule](found.seats)) for rule in ("eu-unanimity", "consensus")
    }
    assert [consent.way for consent in ways["eu-unanimity"]] == [Way.ABSTAIN, Way.MOVE]
    move = ways["eu-unanimity"][-1]
    assert (move.points, move.to, move.loss) == (100, 0, 0)
    assert ways["eu-unanimity"][0].loss == 100


def test_a_blocker_may_stay_outside_or_reserve_where_the_text_says_so() -> None:
    found = case(0, 80, 90, 95)
    seats = tuple(replace(seat, weights=(("population", 10),)) for seat in found.seats)
    aside = consents(found.positions[0], found, RULES["eu-constructive-abstention"](seats))
    assert [(consent.way, consent.loss) for consent in aside] == [(Way.OPT_OUT, 0), (Way.MOVE, 0)]
    reserved = consents(found.positions[0], found, RULES["osce-consensus"](found.seats))
    assert Way.RESERVE in {consent.way for consent in reserved}
    assert reserved[-1].way is Way.MOVE


def test_where_every_vote_counts_as_no_unless_it_is_yes_only_a_move_is_left() -> None:
    found = case(20, 80)
    both = RULES["qualified-majority"](found.seats, (Threshold(of="members", share=Fraction(1)),))
    [only] = consents(found.positions[0], found, both)
    assert (only.way, only.points, only.to) == (Way.MOVE, 60, 40)


def test_where_a_yes_is_needed_a_dear_objection_moves_nothing_less() -> None:
    found = case(20, 80, cost=10)
    both = RULES["qualified-majority"](found.seats, (Threshold(of="members", share=Fraction(1)),))
    [only] = consents(found.positions[0], found, both)
    assert (only.way, only.to, only.loss) == (Way.MOVE, 40, 0)
    assert consents(found.positions[0], found, RULES["consensus"](found.seats))[-1].to == 50


def test_a_member_halfway_is_indifferent_though_the_scale_was_rounded() -> None:
    start, end, half = (100 * (rung - 1) / 6 for rung in (2, 3, 2.5))  # rungs of a scale of seven
    issue = replace(ISSUE, status_quo=start, proposal_value=end)
    for rule in ("consensus", "osce-consensus"):
        found = case(half, 100, issue=issue)
        assert sincere_votes(found, option=end)[ActorId("M0")] is Vote.ABSTAIN
        answer = forecast(found, RULES[rule](found.seats), draws=98)
        assert (answer.probability_adopted, answer.blockers) == (sober(1, 98), ())
        assert {step.value for step in answer.concessions} == {end}


def test_a_member_that_cannot_stop_it_needs_nothing() -> None:
    found = case(0, 80, 90)
    [only] = consents(found.positions[0], found, RULES["absolute-majority"](found.seats))
    assert (only.way, only.points) == (Way.NOTHING, 0)


def test_the_unknown_decide_a_vote_that_the_known_do_not() -> None:
    found = case(5, 90, None, None, None)
    rule = RULES["absolute-majority"](found.seats)
    answer = forecast(found, rule, draws=2_000)
    assert answer.outcome is Outcome.PENDING
    assert answer.probability > 0.99
    assert answer.adopted_range[0] < 0.01
    assert answer.adopted_range[1] > 0.99
    known = forecast(case(5, 90, 90, 95, None), rule, draws=2_000)
    assert known.outcome is Outcome.ADOPTED
    assert known.adopted_range[0] == known.adopted_range[1] == known.probability


def test_under_objections_silence_decides_nothing() -> None:
    answer = forecast(case(5, 90, None), RULES["consensus"](case(5, 90, None).seats), draws=100)
    assert answer.outcome is Outcome.BLOCKED
    assert answer.adopted_range == (answer.probability_adopted, answer.probability_adopted)


def test_where_nobody_is_on_record_objections_may_come_or_not() -> None:
    answer = forecast(case(None, None), RULES["consensus"](case(None, None).seats), draws=98)
    assert (answer.outcome, answer.probability_adopted) == (Outcome.PENDING, 0.5)
    assert answer.adopted_range == (sober(0, 98), sober(1, 98))


def test_abstentions_that_block_are_counted_in_every_draw() -> None:
    found = replace(case(30, 90, 90), cost_of_objecting=50.0)  # the first loses 40: it abstains, a third of all
    seats = tuple(replace(seat, weights=(("population", 10),)) for seat in found.seats)
    rule = RULES["eu-constructive-abstention"](seats)
    assert rule.outcome(sincere_votes(found, option=100)) is Outcome.BLOCKED
    answer = forecast(replace(found, seats=seats), rule, draws=98)
    assert answer.probability_adopted == sober(0, 98) == answer.assumptions[0].adopted_if_held
    assert [step.value for step in answer.concessions] == pytest.approx([60] * 3, abs=0.05)
    assert [hinge.adopted_if_yes for hinge in answer.hinges if hinge.actor_id == "M0"] == [sober(1, 98)]


def test_a_member_that_may_not_care_is_told_without_a_gap() -> None:
    alone, pair = case(50), case(20, 60)
    for found, salience in ((alone, 0.01), (pair, 0.0)):
        unsure = tuple(replace(held, salience=salience, salience_error=1.0) for held in found.positions)
        answer = forecast(replace(found, positions=unsure), RULES["consensus"](found.seats), draws=1, seed=1)
        assert answer.outlook is None
        assert not any(np.isnan([each.low, each.high]).any() for each in answer.predictions)


@pytest.mark.parametrize("unknown", ["status_quo", "proposal"])
def test_a_vote_on_what_is_not_known_has_no_result(unknown: str) -> None:
    of = estimate(case(20, 80), "consensus")
    given = {unknown: np.full((1, 1), np.nan)}
    assert np.isnan(MODELS["sincere-voting"](replace(of, **given)))  # type: ignore[arg-type]


def test_a_member_with_an_opt_out_is_no_blocker() -> None:
    found = case(0, 90, 20)
    rule = RULES["eu-unanimity"](found.seats, not_taking_part=(ActorId("M0"),))
    answer = forecast(found, rule, draws=98)
    assert [blocker.actor_id for blocker in answer.blockers] == ["M2"]
    assert [rung.objectors for rung in answer.rungs] == [("M2",)]


def test_the_vote_that_turns_it_is_named_first() -> None:
    found = case(0, 90, 80)
    answer = forecast(found, RULES["consensus"](found.seats), draws=500)
    first, *others = answer.hinges
    assert first.actor_id == "M0"
    assert first.flips
    assert (first.adopted_if_yes, first.adopted_if_no) == (sober(1, 500), sober(0, 500))
    assert not any(hinge.flips for hinge in others)


def test_models_answer_beside_each_other_and_say_whether_it_would_pass() -> None:
    found = case(0, 90, 90)
    answer = forecast(found, RULES["consensus"](found.seats), draws=500, models=("compromise", "median"))
    assert [(each.model, each.value) for each in answer.predictions] == [("compromise", 60), ("median", 90)]
    assert all(each.passes < 0.01 for each in answer.predictions)
    vote = forecast(found, RULES["absolute-majority"](found.seats), draws=500, models=("median",))
    assert vote.predictions[0].passes > 0.99


def test_draws_come_in_chunks_and_do_not_hang_on_their_number() -> None:
    found = replace(case(40, 60), positions=(stand(0, 40, 15), stand(1, 60, 20)))
    rule = RULES["consensus"](found.seats)
    many = list(drawn([found], rule, draws=CHUNK + 5, seed=3))
    assert [len(each.positions) for each in many] == [CHUNK, 5]
    first = next(drawn([found], rule, draws=CHUNK, seed=3))
    assert (many[0].positions == first.positions).all()
    values = many[0].positions[:, 0]
    assert values.mean(axis=0) == pytest.approx([40, 60], abs=1)
    assert values.std(axis=0) == pytest.approx([15, 20], abs=1.2)  # clipping takes a little


def test_salience_and_cost_are_drawn_where_they_are_uncertain() -> None:
    unsure = replace(stand(0, 40), salience=0.5, salience_error=0.1)
    found = replace(case(40), positions=(unsure,), cost_of_objecting=5.0, cost_error=1.0)
    [some] = drawn([found], RULES["consensus"](found.seats), draws=4_000, seed=0)
    assert some.salience.std() == pytest.approx(0.1, abs=0.01)
    assert some.salience.mean() == pytest.approx(0.5, abs=0.01)
    assert (some.cost_of_objecting.mean(), some.cost_of_objecting.std()) == pytest.approx((5, 1), abs=0.06)


def test_another_members_words_move_no_draw_of_the_rest() -> None:
    rule = RULES["simple-majority"](case(1, 2, 3).seats)
    [one] = drawn([replace(case(40, 60, None), positions=(stand(0, 40, 9), stand(1, 60, 9)))], rule, draws=50, seed=1)
    [two] = drawn([replace(case(None, 60, 7), positions=(stand(1, 60, 9), stand(2, 7, 9)))], rule, draws=50, seed=1)
    assert (one.positions[:, 0, 1] == two.positions[:, 0, 1]).all()
    filled = [electing(each, seed=1, chunk=0) for each in (one, two)]
    assert not np.isnan(filled[0].positions).any()
    assert (filled[0].positions[:, 0, 1] == filled[1].positions[:, 0, 1]).all()


def test_a_profile_needs_the_seats_of_its_rule() -> None:
    with pytest.raises(BadCase, match="made for other seats"):
        profile([case(1, 2)], RULES["consensus"](case(1).seats))
    with pytest.raises(BadCase, match="no issue was given"):
        profile([], RULES["consensus"](case(1).seats))
