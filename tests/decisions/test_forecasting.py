from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import pytest

from winset.decisions.forecasting import forecast, forecast_run
from winset.decisions.rules import RULES
from winset.decisions.types import Assumption, Case, Forecast, Outcome
from winset.errors import BadCase, OffScale
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Option, Seat
from winset.positions.types import Position

ON = PartialDate("2024-06-01")
DRAWS = 4_000
NOISE = 4 * math.sqrt(0.25 / DRAWS)  # four standard errors of a share of so many draws
SILENCE = "members with nothing on record do not object"


def stand(actor: str, value: float, std_error: float = 0.0, *, assumed: str | None = None) -> Position:
    return Position(
        actor_id=ActorId(actor),
        issue_id=Issue(proposal="it", body="club", rule="consensus", on=ON).id,
        value=value,
        std_error=std_error,
        salience=1,
        as_of=ON,
        evidence=() if assumed else (EvidenceId("coded"),),
        assumed=assumed,
    )


def case(*positions: Position, members: int = 5, options: tuple[Option, ...] = ()) -> Case:
    return Case(
        issue=Issue(proposal="it", body="club", rule="consensus", on=ON, options=options),
        seats=tuple(Seat(actor_id=ActorId(f"M{number}"), name=f"member {number}") for number in range(members)),
        positions=positions,
    )


def of(case: Case, rule: str = "consensus-silence", **settings: float) -> Forecast:
    return forecast(case, RULES[rule](case.seats), draws=DRAWS, **settings)  # type: ignore[arg-type]


def named(found: Forecast, name: str) -> Assumption:
    return next(assumption for assumption in found.assumptions if assumption.name.startswith(name))


def test_a_member_surely_against_blocks_a_consensus_alone() -> None:
    found = of(case(stand("M0", 5, 5), stand("M1", 95, 5)))
    assert found.outcome is Outcome.BLOCKED
    (blocker,) = found.blockers
    assert (blocker.actor_id, blocker.alone, blocker.consents_up_to) == ("M0", True, 10)
    assert found.winset == (0, 10)


def test_the_probability_of_an_objection_is_that_of_the_normal_distribution() -> None:
    found = of(case(stand("M0", 60, 20)))
    expected = NormalDist(60, 20).cdf(50)
    assert found.blockers[0].probability == pytest.approx(expected, abs=NOISE)
    assert found.probability_adopted == pytest.approx(1 - expected, abs=NOISE)


def test_independent_members_must_all_let_it_pass() -> None:
    found = of(case(stand("M0", 60, 20), stand("M1", 70, 30)))
    each = [1 - NormalDist(60, 20).cdf(50), 1 - NormalDist(70, 30).cdf(50)]
    assert found.probability_adopted == pytest.approx(math.prod(each), abs=NOISE)
    together = named(found, "errors").adopted_otherwise
    assert together == pytest.approx(min(each), abs=NOISE)


def test_blockers_come_by_falling_probability_and_unlikely_ones_not_at_all() -> None:
    found = of(case(stand("M0", 40, 20), stand("M1", 10, 20), stand("M2", 95, 10), stand("M3", 45, 20)))
    assert [blocker.actor_id for blocker in found.blockers] == ["M1", "M0", "M3"]


def test_a_probability_is_never_nearer_to_certain_than_the_draws_can_tell() -> None:
    blocked = of(case(stand("M0", 0)))
    assert blocked.probability_adopted == 1 / (DRAWS + 2)
    assert blocked.probability == blocked.blockers[0].probability == 1 - 1 / (DRAWS + 2)
    assert of(case(stand("M0", 100))).probability_adopted == 1 - 1 / (DRAWS + 2)


def test_nobody_on_record_leaves_it_pending() -> None:
    found = of(case(stand("M0", 50, 5, assumed="a guess"), stand("outsider", 0)))
    assert (found.outcome, found.probability, found.probability_adopted) == (Outcome.PENDING, 0.5, 0.5)
    assert found.unknown == ("M0", "M1", "M2", "M3", "M4")
    assert not found.blockers


def test_an_actor_without_a_seat_never_votes() -> None:
    alone = of(case(stand("M0", 80, 10)))
    crowded = of(case(stand("M0", 80, 10), stand("outsider", 0)))
    assert replace(crowded, run_id=alone.run_id) == alone


def test_an_assumed_position_is_not_on_record() -> None:
    found = of(case(stand("M0", 90, 5), stand("M1", 0, 0, assumed="a guess")))
    assert found.outcome is Outcome.ADOPTED
    assert "M1" in found.unknown


def test_the_effect_of_taking_silence_for_consent_is_measured() -> None:
    found = of(case(stand("M0", 100), members=32), silent_objection=0.05)
    silence = named(found, SILENCE)
    assert silence.adopted_if_held == found.probability_adopted
    assert silence.adopted_otherwise == pytest.approx(0.95**31, abs=NOISE)
    assert "5%" in silence.otherwise
    assert "31 of 32" in silence.text


def test_nothing_is_assumed_about_silence_where_everybody_spoke() -> None:
    found = of(case(*(stand(f"M{number}", 90, 5) for number in range(5))))
    assert not found.unknown
    assert SILENCE not in {assumption.name for assumption in found.assumptions}


def test_where_votes_are_counted_the_unknown_are_spread_and_both_extremes_are_shown() -> None:
    found = of(case(stand("M0", 100), members=3), "absolute-majority")
    assert found.probability_adopted == pytest.approx(0.75, abs=NOISE)  # one more of two even chances
    ways = [a.adopted_otherwise for a in found.assumptions if a.name.startswith("members with nothing")]
    assert ways == [1 - 1 / (DRAWS + 2), 1 / (DRAWS + 2)]


def test_one_of_three_blocks_no_majority_alone() -> None:
    found = of(case(stand("M0", 0), members=3), "absolute-majority")
    assert found.blockers[0].alone is False


def test_an_objection_that_costs_more_than_the_loss_is_not_made() -> None:
    mild = case(stand("M0", 49))
    assert of(mild).outcome is Outcome.BLOCKED
    assert named(of(mild), "an objection costs").adopted_otherwise == 1 - 1 / (DRAWS + 2)
    assert of(replace(mild, cost_of_objecting=3.0)).outcome is Outcome.ADOPTED


def test_each_rung_names_who_on_record_objects_to_it() -> None:
    options = (Option(label="a pilot", value=15), Option(label="half", value=50))
    found = of(case(stand("M0", 10, 1), stand("M1", 30, 1), options=options))
    assert [(rung.option.label, rung.objectors) for rung in found.rungs] == [
        ("a pilot", ()),
        ("half", ("M0",)),
        ("it", ("M0", "M1")),
    ]
    chances = [rung.probability for rung in found.rungs]
    assert chances == sorted(chances, reverse=True)


def test_an_option_that_is_the_status_quo_is_not_put_to_the_vote() -> None:
    found = of(case(stand("M0", 10), options=(Option(label="wait", value=0),)))
    assert [rung.option.label for rung in found.rungs] == ["it"]


def test_the_same_seed_gives_the_same_forecast_and_another_one_other_draws() -> None:
    split = case(stand("M0", 50, 20), stand("M1", 60, 20))
    assert of(split, seed=3) == of(split, seed=3)
    assert of(split, seed=3).probability_adopted != of(split, seed=4).probability_adopted


def test_one_member_speaking_moves_no_draw_of_another() -> None:
    before = of(case(stand("M0", 45, 20)))
    after = of(case(stand("M0", 45, 20), stand("M3", 20, 20)))
    assert before.blockers[0] == next(blocker for blocker in after.blockers if blocker.actor_id == "M0")


def test_the_run_changes_with_a_position_and_not_with_their_order() -> None:
    one, other = stand("M0", 45, 20), stand("M1", 60, 10)
    rule = RULES["consensus"](case().seats)
    assert forecast_run(case(one, other), rule).id == forecast_run(case(other, one), rule).id
    assert forecast_run(case(one, other), rule).id != forecast_run(case(one), rule).id
    assert forecast(case(one), rule).run_id == forecast_run(case(one), rule).id


def test_a_rule_made_for_other_seats_is_refused() -> None:
    with pytest.raises(BadCase, match="other seats"):
        forecast(case(members=3), RULES["consensus"](case(members=4).seats))


@pytest.mark.parametrize(("draws", "seed"), [(0, 0), (10, -1)])
def test_draws_and_seed_that_cannot_be_are_refused(draws: int, seed: int) -> None:
    with pytest.raises(BadCase, match="at least 1 draw"):
        forecast(case(), RULES["consensus"](case().seats), draws=draws, seed=seed)


def test_a_chance_off_its_scale_is_refused() -> None:
    with pytest.raises(OffScale, match="silent member"):
        of(case(), silent_objection=1.5)
