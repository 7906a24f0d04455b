"""The forecast: what the body will do, how surely, who blocks, what could still pass, on which assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from winset import __version__
from winset.decisions.assumptions import otherwise, unknown_vote
from winset.decisions.concessions import concessions, first_objection, reach
from winset.decisions.consenting import consents
from winset.decisions.core import cores
from winset.decisions.counting import adopted
from winset.decisions.dissent import Dissent
from winset.decisions.draws import drawn, electing, sober
from winset.decisions.hinges import adopted_after, adopted_if
from winset.decisions.predictions import DEFAULT_MODELS, outlook, predictions
from winset.decisions.preferences import TIED, Ballots, ballots, consent_limits, consents_up_to
from winset.decisions.profile import Profile, profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Blocker, Case, Forecast, Hinge, Outcome, RungSupport
from winset.decisions.winset import winsets
from winset.errors import BadCase
from winset.ids import content_id, on_unit_scale
from winset.issues import Option
from winset.provenance import Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "sincere-voting"
LIKELY_ENOUGH = 0.05  # a member less likely than this to object is not called a blocker
HALF_WAY = 0.5
EXACT = 1e-9  # stands in for a standard error of 0
COUNTED_FOR_HINGES = 20_000  # draws at most, where every vote has to be counted again for each member


def forecast(
    case: Case,
    rule: DecisionRule,
    *,
    draws: int = 20_000,
    seed: int = 0,
    silent_objection: float = 0.05,
    models: Sequence[str] = DEFAULT_MODELS,
) -> Forecast:
    """What the rule makes of the positions when members vote sincerely and positions are as uncertain as stated.

    The model is sincere voting, with ideal points drawn around the positions on record; a member with a
    merely assumed position, or none, is unknown. In each draw the votes of the known adopt, block, or leave it to the
    unknown; the outcome is the likeliest of the three, PENDING for the last. Under a rule of objections silence lets
    pass, so the unknown decide nothing; where nobody is on record it is PENDING, at 0.5. Positions of actors without a
    seat change no vote.

    draws: 1 or more.  seed: 0 or more.  silent_objection: the chance with which each unknown member objects
    in the alternative to silence being consent, 0-1; an assumption of ours, not an estimate.
    models: keys of MODELS whose predictions are wanted beside it.
    Probabilities are shares of draws kept within 1/(draws+2) of 0 and 1. They carry the positions' uncertainty, not
    that of the model; `outlook` carries the model's.
    Raises BadCase, OffScale, UnknownMethod.  Cost: about twenty passes over draws x members.
    Source: Enelow and Hinich (1984, ch. 2) for the vote; the rule's own for the count.
    """
    on_unit_scale(silent_objection, "the chance that a silent member objects")
    return replace(
        voted(case, rule, draws=draws, seed=seed),
        predictions=predictions([case], rule, models=models, draws=draws, seed=seed)[0],
        outlook=outlook(case, rule, draws=draws, seed=seed),
        assumptions=tuple(otherwise(case, rule, draws=draws, seed=seed, silent_objection=silent_objection)),
        run_id=forecast_run(case, rule, draws=draws, seed=seed, silent_objection=silent_objection).id,
    )


def voted(case: Case, rule: DecisionRule, *, draws: int, seed: int = 0) -> Forecast:
    """The same without what stands beside the vote: no model of bargaining, no assumption against its alternative.

    For who waits while a position is moved: a tenth of the time, and of the same draws the same votes.
    Raises BadCase.  Cost: one pass over draws x members, for hinges one more for each member on record.
    """
    _check(case, rule, draws=draws, seed=seed)
    tally = _tally(case, rule, draws=draws, seed=seed)
    known = {seat.actor_id for seat, _ in case.on_record}
    at = _at_estimates(case, rule)
    outcome, probability = _outcome(tally, rule, anyone=bool(known))
    return Forecast(
        model=MODEL,
        outcome=outcome,
        probability=probability,
        probability_adopted=sober(tally.adopted, draws) if known else HALF_WAY,
        adopted_range=_range(tally, rule, anyone=bool(known)),
        blockers=_blockers(case, rule, tally),
        unknown=tuple(seat.actor_id for seat in rule.seats if seat.actor_id not in known),
        rungs=_rungs(case, rule, tally),
        winset=_open(winsets(at)),
        core=_interval(cores(at)),
        hinges=_hinges(rule, tally),
        concessions=tuple(concessions(tally.reached, issue=case.issue)) if known else (),
        predictions=(),
        outlook=None,
        assumptions=(),
        draws=draws,
        seed=seed,
    )


def forecast_run(
    case: Case, rule: DecisionRule, *, draws: int = 20_000, seed: int = 0, silent_objection: float = 0.05
) -> Run:
    """The stamp of that forecast: equal for equal issue, rule, seats, positions and settings."""
    positions = (content_id("position", position) for position in case.positions)
    settings = content_id(
        *("forecast", case.issue, rule, draws, silent_objection),
        *(case.cost_of_objecting, case.cost_error, case.capability),
    )
    return Run(step="decisions", method=MODEL, version=__version__, inputs=(settings, *sorted(positions)), seed=seed)


def _check(case: Case, rule: DecisionRule, *, draws: int, seed: int) -> None:
    if draws < 1 or seed < 0:
        raise BadCase(f"draws {draws}, seed {seed}: take at least 1 draw and a seed of 0 or more")
    if {seat.actor_id for seat in rule.seats} != {seat.actor_id for seat in case.seats}:
        raise BadCase(f"the rule {rule.id} was made for other seats than the case's: make it from case.seats")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Tally:
    """What was counted in the draws; shares of them, seats in the order of the rule, rungs in that of the scale."""

    draws: int
    objects: NDArray[np.float64]  # (seats,)
    adopted: float
    surely_adopted: float  # by the votes of the known, whatever the unknown do
    surely_blocked: float
    asked: tuple[int, ...]  # seats on record, surest to object first, k
    adopted_if: NDArray[np.float64]  # (2, k): with its yes, with its no
    adopted_after: NDArray[np.float64]  # (k,)
    rung_adopted: NDArray[np.float64]  # (rungs,)
    rung_objects: NDArray[np.float64]  # (rungs, seats)
    reached: NDArray[np.float64]  # (draws,)


def _tally(case: Case, rule: DecisionRule, *, draws: int, seed: int) -> _Tally:
    """One walk over the draws, a chunk at a time: memory does not grow with their number, but for `reached`."""
    import numpy as np

    asked = _surest_first(case, rule)
    sums: dict[str, NDArray[np.float64]] = {}
    counts: dict[str, int] = {}
    reached = []
    for chunk, known in enumerate(drawn([case], rule, draws=draws, seed=seed)):
        voting = _Voting(electing(known, seed=seed, chunk=chunk))
        reached.append(voting.reached())
        for name, votes in _counted(case, known, voting, asked=asked, so_far=counts):
            sums[name] = sums.get(name, 0) + votes.sum(axis=-1)
            counts[name] = counts.get(name, 0) + votes.shape[-1]
    shares = {name: np.asarray(total / counts[name]) for name, total in sums.items()}
    held = float(shares["adopted"])
    return _Tally(
        draws=draws,
        objects=shares["objects"],
        adopted=held,
        surely_adopted=float(shares.get("surely adopted", held)),
        surely_blocked=float(shares.get("surely blocked", 1 - held)),
        asked=asked,
        adopted_if=shares.get("adopted if", np.zeros((2, 0))),
        adopted_after=shares.get("adopted after", np.zeros(0)),
        rung_adopted=shares["rung adopted"],
        rung_objects=shares["rung objects"],
        reached=np.concatenate(reached),
    )


class _Voting:
    """Some draws, ready to vote on one option after the other."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.one_is_enough = profile.rule.one_no_decides
        self.limits = consent_limits(profile, option=profile.proposal) if self.one_is_enough else None

    def reached(self) -> NDArray[np.float64]:
        """How far from the status quo towards the proposal an option passes, shape (d,)."""
        profile = self.profile
        if self.limits is None:
            return reach(profile)[:, 0]
        return first_objection(self.limits, profile.proposal - profile.status_quo)[:, 0]

    def on(self, value: float) -> Ballots:
        """The votes on one option; where an objection is enough, all that do not object let it pass."""
        import numpy as np

        profile = self.profile
        option = np.full(profile.proposal.shape, value)
        if self.limits is None:
            return ballots(profile, option=option)
        way, whole = option - profile.status_quo, profile.proposal - profile.status_quo
        same_side = bool((np.sign(way[0]) == np.sign(whole[0])).all())
        limits = self.limits if same_side else consent_limits(profile, option=option)
        no = limits < np.abs(way)[..., None] - TIED
        return Ballots(yes=~no, no=no)


def _counted(
    case: Case, known: Profile, voting: _Voting, *, asked: tuple[int, ...], so_far: dict[str, int]
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Every count of one chunk by its name, draws on the last axis."""
    import numpy as np

    rule = known.rule
    cast = voting.on(case.issue.proposal_value)
    yield "objects", cast.no[:, 0].T
    yield "adopted", adopted(rule, yes=cast.yes, no=cast.no)[:, 0]
    if not rule.by_objection and len(asked) < len(rule.seats):
        for name, yes in (("surely adopted", False), ("surely blocked", True)):
            moved = unknown_vote(known, cast, yes=yes)
            passes = adopted(rule, yes=moved.yes, no=moved.no)[:, 0]
            yield name, ~passes if yes else passes
    if asked and (voting.one_is_enough or so_far.get("adopted if", 0) < COUNTED_FOR_HINGES):
        yield "adopted if", adopted_if(rule, cast, asked=asked)[..., 0]
        yield "adopted after", adopted_after(rule, cast, order=asked)[..., 0]
    on_rungs = [cast if rung.value == case.issue.proposal_value else voting.on(rung.value) for rung in _changes(case)]
    yield "rung objects", np.stack([each.no[:, 0].T for each in on_rungs])
    yield "rung adopted", np.stack([adopted(rule, yes=each.yes, no=each.no)[:, 0] for each in on_rungs])


def _surest_first(case: Case, rule: DecisionRule) -> tuple[int, ...]:
    """Seats on record by falling loss in standard errors, which needs no draw; of equal ones by falling votes."""
    held = {seat.actor_id: position for seat, position in case.on_record}
    start, end = case.issue.status_quo, case.issue.proposal_value
    way = 1 if end > start else -1

    def surety(number: int) -> tuple[float, int, str]:
        position, votes = held[rule.seats[number].actor_id], rule.seats[number].votes
        return way * (position.value - (start + end) / 2) / (position.std_error + EXACT), -votes, position.actor_id

    return tuple(sorted((n for n, seat in enumerate(rule.seats) if seat.actor_id in held), key=surety))


def _outcome(tally: _Tally, rule: DecisionRule, *, anyone: bool) -> tuple[Outcome, float]:
    if not anyone and rule.by_objection:
        return Outcome.PENDING, HALF_WAY
    chances = {
        Outcome.ADOPTED: tally.surely_adopted,
        Outcome.PENDING: max(0.0, 1 - tally.surely_adopted - tally.surely_blocked),
        Outcome.BLOCKED: tally.surely_blocked,
    }
    likeliest = max(reversed(chances), key=lambda outcome: chances[outcome])  # of equal ones the more cautious
    return likeliest, sober(chances[likeliest], tally.draws)


def _range(tally: _Tally, rule: DecisionRule, *, anyone: bool) -> tuple[float, float]:
    """Adoption at worst and at best; anything where nobody is on record, for then silence is no consent."""
    low, high = tally.surely_adopted, 1 - tally.surely_blocked
    if not anyone and rule.by_objection:
        low, high = 0.0, 1.0
    return sober(low, tally.draws), sober(high, tally.draws)


def _blockers(case: Case, rule: DecisionRule, tally: _Tally) -> tuple[Blocker, ...]:
    """Members on record that may object to the proposal, the surest first; equal ones by votes, then by id.

    Those whose no the rule does not count, being outside or bound to abstain, stop nothing.
    """
    counts, dissent = {seat.actor_id for seat in rule.may_vote}, Dissent(rule)
    objects = dict(zip((seat.actor_id for seat in rule.seats), tally.objects.tolist(), strict=True))
    found = [
        Blocker(
            actor_id=seat.actor_id,
            probability=sober(objects[seat.actor_id], tally.draws),
            alone=dissent.blocks(seat.actor_id),
            consents_up_to=consents_up_to(position, issue=case.issue, cost_of_objecting=case.cost_of_objecting),
            consents=consents(position, case, rule, dissent=dissent),
        )
        for seat, position in case.on_record
        if seat.actor_id in counts and objects[seat.actor_id] >= LIKELY_ENOUGH
    ]
    votes = {seat.actor_id: seat.votes for seat in rule.seats}
    return tuple(sorted(found, key=lambda each: (-each.probability, -votes[each.actor_id], each.actor_id)))


def _hinges(rule: DecisionRule, tally: _Tally) -> tuple[Hinge, ...]:
    """Members on record by what their vote changes, then by how sure they are to object."""
    likely = tally.adopted > HALF_WAY
    found = []
    for place, seat in enumerate(tally.asked):
        with_yes, with_no = tally.adopted_if[:, place].tolist()
        found.append(
            Hinge(
                actor_id=rule.seats[seat].actor_id,
                objects=sober(float(tally.objects[seat]), tally.draws),
                adopted_if_yes=sober(with_yes, tally.draws),
                adopted_if_no=sober(with_no, tally.draws),
                rank=place + 1,
                adopted_after=sober(float(tally.adopted_after[place]), tally.draws),
                flips=(with_no <= HALF_WAY) if likely else (with_yes > HALF_WAY),
            )
        )
    return tuple(
        sorted(found, key=lambda hinge: (hinge.adopted_if_no - hinge.adopted_if_yes, -hinge.objects, hinge.actor_id))
    )


def _changes(case: Case) -> tuple[Option, ...]:
    return tuple(option for option in case.issue.rungs if option.value != case.issue.status_quo)


def _rungs(case: Case, rule: DecisionRule, tally: _Tally) -> tuple[RungSupport, ...]:
    """Every option but the status quo, in order of the scale, put to the vote in the same draws."""
    counts = {seat.actor_id for seat, _ in case.on_record} & {seat.actor_id for seat in rule.may_vote}
    return tuple(
        RungSupport(
            option=option,
            objectors=tuple(
                seat.actor_id
                for seat, share in zip(rule.seats, objects.tolist(), strict=True)
                if share > HALF_WAY and seat.actor_id in counts
            ),
            probability=sober(float(passes), tally.draws),
        )
        for option, objects, passes in zip(_changes(case), tally.rung_objects, tally.rung_adopted, strict=True)
    )


def _at_estimates(case: Case, rule: DecisionRule) -> Profile:
    """The positions' best estimates; where votes are counted the unknown stand at the mean of their draws."""
    import numpy as np

    found = profile([case], rule)
    if rule.by_objection:
        return found
    blank = np.isnan(found.positions)
    blank[..., len(rule.seats) :] = False
    return replace(
        found,
        positions=np.where(blank, (found.low + found.high) / 2, found.positions),
        salience=np.where(blank, 1.0, found.salience),
    )


def _open(ends: tuple[NDArray[np.float64], NDArray[np.float64]]) -> tuple[float, float] | None:
    """The same, but both ends at the status quo say that nothing passes."""
    found = _interval(ends)
    return found if found and found[0] < found[1] else None


def _interval(ends: tuple[NDArray[np.float64], NDArray[np.float64]]) -> tuple[float, float] | None:
    """Both ends for the one issue of the one draw; None where nothing lies between them."""
    low, high = float(ends[0][0, 0]), float(ends[1][0, 0])
    return (low, high) if low <= high else None  # NaN: none
