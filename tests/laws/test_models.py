"""What every registered forecast model, and the winset, must obey."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.models import MODELS
from winset.decisions.rules import RULES
from winset.decisions.types import Case, Outcome, Vote
from winset.decisions.winset import acceptable, winset
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Seat
from winset.positions.types import Position

EVERY_MODEL = pytest.mark.parametrize("id", [model.id for model in MODELS])
LAW = settings(max_examples=40, deadline=None)
ANY_SIZE = ("consensus-silence", "consensus", "eu-unanimity", "simple-majority", "absolute-majority")
ON_SCALE = st.integers(0, 400).map(lambda quarter: quarter / 4)  # exact in binary, so that reflection is too


@st.composite
def cases(draw: st.DrawFn, *, min_known: int = 0) -> Case:
    size = draw(st.integers(max(1, min_known), 6))
    known = draw(st.integers(min_known, size))
    on = PartialDate("2024-05")
    rule = draw(st.sampled_from(ANY_SIZE))
    ends = draw(st.lists(ON_SCALE, min_size=2, max_size=2, unique=True))
    issue = Issue(proposal="it", body="club", rule=rule, on=on, status_quo=ends[0], proposal_value=ends[1])
    seats = tuple(
        Seat(actor_id=ActorId(f"M{number}"), name=f"member {number}", votes=draw(st.integers(1, 9)))
        for number in range(size)
    )
    positions = tuple(
        Position(
            actor_id=seat.actor_id,
            issue_id=issue.id,
            value=draw(ON_SCALE),
            std_error=draw(st.floats(0, 30)),
            salience=draw(st.floats(0.01, 1)),
            as_of=on,
            evidence=(EvidenceId("coded"),),
        )
        for seat in seats[:known]
    )
    return Case(issue=issue, seats=seats, positions=positions)


@EVERY_MODEL
@LAW
@given(case=cases(min_known=1))
def test_a_prediction_lies_within_the_positions_and_the_ends_it_needs(id: str, case: Case) -> None:
    predicted = MODELS[id](case, RULES[case.issue.rule](case.seats))
    allowed = [position.value for position in case.positions]
    if "proposal" in MODELS[id].needs:
        allowed += [case.issue.proposal_value, case.issue.status_quo]
    else:
        assert predicted is not None
    assert predicted is None or min(allowed) <= predicted <= max(allowed)


@EVERY_MODEL
@LAW
@given(case=cases(), data=st.data())
def test_renaming_and_reordering_members_changes_no_prediction(id: str, case: Case, data: st.DataObject) -> None:
    def new(actor: ActorId) -> ActorId:
        return ActorId(f"new {actor}")

    renamed = replace(
        case,
        seats=tuple(replace(seat, actor_id=new(seat.actor_id)) for seat in data.draw(st.permutations(case.seats))),
        positions=tuple(replace(position, actor_id=new(position.actor_id)) for position in case.positions),
    )
    rule = case.issue.rule
    assert MODELS[id](renamed, RULES[rule](renamed.seats)) == MODELS[id](case, RULES[rule](case.seats))


@EVERY_MODEL
@LAW
@given(case=cases(), value=ON_SCALE)
def test_an_actor_without_a_seat_or_with_an_assumed_position_moves_nothing(id: str, case: Case, value: float) -> None:
    stranger = Position(
        actor_id=ActorId("stranger"),
        issue_id=case.issue.id,
        value=value,
        std_error=0,
        salience=1,
        as_of=case.issue.on,
        evidence=(EvidenceId("coded"),),
    )
    silent = [seat.actor_id for seat in case.seats if case.position_of(seat.actor_id) is None]
    guesses = [replace(stranger, actor_id=actor, evidence=(), assumed="a guess") for actor in silent]
    crowded = replace(case, positions=(*case.positions, stranger, *guesses))
    rule = RULES[case.issue.rule](case.seats)
    assert MODELS[id](crowded, rule) == MODELS[id](case, rule)


@LAW
@given(ideals=st.lists(st.floats(0, 100), min_size=3, max_size=9), status_quo=st.floats(0, 100))
def test_a_stricter_quota_never_widens_the_winset(ideals: list[float], status_quo: float) -> None:
    found = [winset(ideals, status_quo=status_quo, quota=n) for n in range(len(ideals) // 2 + 1, len(ideals) + 1)]
    widths = [interval.high - interval.low if interval else 0 for interval in found]
    assert widths == sorted(widths, reverse=True)


@LAW
@given(ideals=st.lists(ON_SCALE, min_size=1, max_size=9), status_quo=ON_SCALE)
def test_the_winset_of_a_rule_is_that_of_its_quota_on_the_scale(ideals: list[float], status_quo: float) -> None:
    seats = tuple(Seat(actor_id=ActorId(f"M{number}"), name="member") for number in range(len(ideals)))
    of_rule = acceptable(
        RULES["absolute-majority"](seats),
        {seat.actor_id: ideal for seat, ideal in zip(seats, ideals, strict=True)},
        status_quo=status_quo,
    )
    of_quota = winset(ideals, status_quo=status_quo, quota=len(ideals) // 2 + 1)
    if of_quota is None or max(of_quota.low, 0) >= min(of_quota.high, 100):
        assert of_rule is None
    else:
        assert of_rule == (max(of_quota.low, 0), min(of_quota.high, 100))


@LAW
@given(case=cases(min_known=1), option=ON_SCALE)
def test_an_option_is_acceptable_exactly_when_sincere_members_adopt_it(case: Case, option: float) -> None:
    rule, start = RULES[case.issue.rule](case.seats), case.issue.status_quo
    ideals = {position.actor_id: position.value for position in case.positions}
    votes = {seat.actor_id: Vote.SILENT for seat in case.seats}
    for actor, ideal in ideals.items():
        nearer = abs(start - ideal) - abs(option - ideal)
        votes[actor] = Vote.YES if nearer > 0 else Vote.NO if nearer < 0 else Vote.ABSTAIN
    found = acceptable(rule, ideals, status_quo=start)
    at_an_end = option == start or (found is not None and option in {found.low, found.high})
    if not at_an_end:  # there the member that decides is indifferent, or nothing changes
        inside = found is not None and found.low < option < found.high
        assert inside is (rule.outcome(votes) is Outcome.ADOPTED)
