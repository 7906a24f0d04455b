"""What every registered forecast model, and the winset, must obey."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from winset.decisions.models import MODELS
from winset.decisions.profile import Profile, profile
from winset.decisions.rules import RULES
from winset.decisions.types import Case, Outcome, Vote
from winset.decisions.winset import acceptable, winset
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Seat
from winset.positions.types import Position

EVERY_MODEL = pytest.mark.parametrize("id", [model.id for model in MODELS])
LAW = settings(max_examples=40, deadline=None)
ANY_SIZE = ("consensus-silence", "consensus", "eu-unanimity", "simple-majority", "absolute-majority")
ONE_WAY = (  # where the scale is turned over
    "median",  # the lower of two middle positions is the upper
    "exchange-program",  # its limit on plans binds upward moves only
)
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


@st.composite
def profiles(draw: st.DrawFn, *, min_known: int = 0) -> Profile:
    """One to three draws of one or two issues, some actors unknown, some without a seat."""
    seats = draw(st.integers(max(1, min_known), 5))
    size = seats + draw(st.integers(0, 2))
    shape = (draw(st.integers(1, 3)), draw(st.integers(1, 2)))
    rule = RULES[draw(st.sampled_from(ANY_SIZE))](
        tuple(Seat(actor_id=ActorId(f"M{number}"), name=f"member {number}") for number in range(seats))
    )
    cells = shape[0] * shape[1] * size
    known = np.array(draw(st.lists(st.booleans(), min_size=cells, max_size=cells))).reshape(*shape, size)
    known[..., :min_known] = True

    def filled(values: st.SearchStrategy[float], *shape: int) -> NDArray[np.float64]:
        count = int(np.prod(shape))
        return np.array(draw(st.lists(values, min_size=count, max_size=count)), dtype=float).reshape(shape)

    return Profile(
        rule=rule,
        actors=tuple(ActorId(f"M{number}") for number in range(size)),
        issues=tuple(f"issue {number}" for number in range(shape[1])),
        positions=np.where(known, filled(ON_SCALE, *shape, size), np.nan),
        salience=np.where(known, filled(st.sampled_from((0.25, 0.5, 0.75, 1.0)), *shape, size), 0.0),
        capability=filled(st.sampled_from((1.0, 2.0, 3.0, 8.0)), size),
        status_quo=filled(ON_SCALE, *shape),
        proposal=filled(ON_SCALE, *shape),
        cost_of_objecting=np.zeros(shape[0]),
    )


def same(left: NDArray[np.float64], right: NDArray[np.float64]) -> bool:
    return np.allclose(left, right, rtol=0, atol=1e-6, equal_nan=True)


@EVERY_MODEL
@LAW
@given(profile=profiles())
def test_a_prediction_lies_within_the_positions_and_the_ends_it_needs(id: str, profile: Profile) -> None:
    model = MODELS[id]
    predicted = model(profile)
    assert predicted.shape == profile.status_quo.shape
    allowed = profile.positions
    for end in ("status_quo", "proposal"):
        if end in model.needs:
            allowed = np.concatenate([allowed, getattr(profile, end)[..., None]], axis=-1)
    least = np.where(np.isnan(allowed), np.inf, allowed).min(axis=-1)
    most = np.where(np.isnan(allowed), -np.inf, allowed).max(axis=-1)
    assert np.all(np.isnan(predicted) | ((predicted >= least - 1e-6) & (predicted <= most + 1e-6)))


@EVERY_MODEL
@LAW
@given(profile=profiles(min_known=1))
def test_where_somebody_is_on_record_there_is_a_prediction(id: str, profile: Profile) -> None:
    assert not np.isnan(MODELS[id](profile)).any()


@EVERY_MODEL
@LAW
@given(profile=profiles(), data=st.data())
def test_renaming_and_reordering_actors_changes_no_prediction(id: str, profile: Profile, data: st.DataObject) -> None:
    seats = len(profile.rule.seats)
    order = [
        *data.draw(st.permutations(range(seats))),
        *data.draw(st.permutations(range(seats, len(profile.actors)))),
    ]
    renamed = tuple(replace(seat, actor_id=ActorId(f"new {seat.actor_id}")) for seat in profile.rule.seats)
    shuffled = replace(
        profile,
        rule=replace(profile.rule, seats=tuple(renamed[number] for number in order[:seats])),
        actors=tuple(ActorId(f"new {profile.actors[number]}") for number in order),
        positions=profile.positions[..., order],
        salience=profile.salience[..., order],
        capability=profile.capability[order],
    )
    assert same(MODELS[id](shuffled), MODELS[id](profile))


@EVERY_MODEL
@LAW
@given(profile=profiles(), factor=st.sampled_from((-0.25, 0.5, 2.0)), shift=st.sampled_from((0.0, 16.0, -64.0)))
def test_another_scale_gives_the_same_prediction_on_it(id: str, profile: Profile, factor: float, shift: float) -> None:
    if factor < 0 and id in ONE_WAY:
        factor = -factor
    ends = sorted((profile.low * factor + shift, profile.high * factor + shift))
    other = replace(
        profile,
        positions=profile.positions * factor + shift,
        status_quo=profile.status_quo * factor + shift,
        proposal=profile.proposal * factor + shift,
        cost_of_objecting=profile.cost_of_objecting * abs(factor),
        low=ends[0],
        high=ends[1],
    )
    assert same(MODELS[id](other), MODELS[id](profile) * factor + shift)


@EVERY_MODEL
@LAW
@given(profile=profiles())
def test_every_draw_is_answered_by_itself(id: str, profile: Profile) -> None:
    whole = MODELS[id](profile)
    for draw in range(len(profile.positions)):
        one = replace(
            profile,
            positions=profile.positions[[draw]],
            salience=profile.salience[[draw]],
            status_quo=profile.status_quo[[draw]],
            proposal=profile.proposal[[draw]],
            cost_of_objecting=profile.cost_of_objecting[[draw]],
        )
        assert same(MODELS[id](one)[0], whole[draw])


@EVERY_MODEL
@LAW
@given(case=cases(), value=ON_SCALE)
def test_an_outsider_without_capability_or_an_assumed_position_moves_nothing(id: str, case: Case, value: float) -> None:
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
    model = MODELS[id]
    assert same(model(profile([crowded], rule)), model(profile([case], rule)))


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
