"""What a member gains or loses by an option, and so how it votes when it says what it thinks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from winset.decisions.counting import counted
from winset.decisions.profile import Profile
from winset.decisions.types import Case, Vote
from winset.ids import ActorId
from winset.issues import Issue
from winset.positions.types import Position

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


TIED = 1e-9  # points of the scale: options that differ by less in distance are equally near, but for rounding


@overload
def gain(ideal: float, *, salience: float, option: float, status_quo: float) -> float: ...
@overload
def gain(ideal: NDArray[Any], *, salience: NDArray[Any], option: Any, status_quo: Any) -> NDArray[Any]: ...
def gain(ideal: Any, *, salience: Any, option: float, status_quo: float) -> Any:
    """What the option is worth over the status quo: how much nearer it lies, times salience.

    ideal, option, status_quo: issue scale.  salience: 0-1.  Numbers, or arrays of one shape.
    Source: Enelow and Hinich (1984, ch. 2), salience-weighted distance in one dimension.

    >>> gain(90.0, salience=0.5, option=100, status_quo=0)
    40.0
    """
    return salience * (abs(status_quo - ideal) - abs(option - ideal))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ballots:
    """Who says yes and who says no, as the rule counts it; shape (d, m, seats). Neither is an abstention."""

    yes: NDArray[np.bool_]
    no: NDArray[np.bool_]


def ballots(profile: Profile, *, option: NDArray[np.float64], cost_of_objecting: float | None = None) -> Ballots:
    """The sincere votes of every seat on an option, in every draw; a member with nothing on record is SILENT.

    option: shape (d, m), the profile's scale.  cost_of_objecting: in place of the profile's.
    Silence and abstention count as the rule's text says.  Agrees with `sincere_vote` on each member.
    """
    cost = profile.cost_of_objecting[:, None, None] if cost_of_objecting is None else cost_of_objecting
    ideals = profile.positions[..., profile.seated]
    salience = profile.salience[..., profile.seated]
    worth = gain(
        ideals,
        salience=salience,
        option=option[..., None],
        status_quo=profile.status_quo[..., None],
    )
    yes, no = worth > TIED * salience, worth < -cost - TIED * salience  # NaN is neither
    return Ballots(**counted(profile.rule, yes=yes, no=no, silent=~profile.known[..., profile.seated]))


def consent_limits(profile: Profile, *, option: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far from the status quo, on the option's side of it, each seat goes without objecting; shape (d, m, seats).

    option: shape (d, m).  Unit: the profile's scale.  As far beyond its ideal point as the status quo falls short
    of it, and further where objecting costs; NaN for members that are indifferent or say nothing: they never object.
    A member objects to what lies farther than its limit, as in `ballots`.
    """
    import numpy as np

    ideals, salience = profile.positions[..., profile.seated], profile.salience[..., profile.seated]
    towards = np.sign(option - profile.status_quo)[..., None]
    limits: NDArray[np.float64] = ideals - profile.status_quo[..., None]
    limits *= 2 * towards
    np.maximum(limits, 0.0, out=limits)  # up to there its loss is nothing
    cost = profile.cost_of_objecting[:, None, None]
    if cost.any():
        with np.errstate(divide="ignore", invalid="ignore"):
            limits += np.where(cost > 0, cost / salience, 0.0)
    if not salience.all():
        np.copyto(limits, np.nan, where=salience == 0)
    return limits


def sincere_vote(position: Position, *, option: float, issue: Issue, cost_of_objecting: float = 0.0) -> Vote:
    """NO when it loses more than objecting costs, YES when it gains, else ABSTAIN.

    cost_of_objecting: in the unit of `gain`, scale points times salience.
    """
    worth = gain(position.value, salience=position.salience, option=option, status_quo=issue.status_quo)
    tied = TIED * position.salience
    if worth < -cost_of_objecting - tied:
        return Vote.NO
    return Vote.YES if worth > tied else Vote.ABSTAIN


def sincere_votes(case: Case, *, option: float) -> dict[ActorId, Vote]:
    """The vote of every seat on the option; a member with nothing on record is SILENT."""
    votes = {seat.actor_id: Vote.SILENT for seat in case.seats}
    for seat, position in case.on_record:
        votes[seat.actor_id] = sincere_vote(
            position, option=option, issue=case.issue, cost_of_objecting=case.cost_of_objecting
        )
    return votes


def consents_up_to(position: Position, *, issue: Issue, cost_of_objecting: float = 0.0) -> float:
    """The furthest point from the status quo towards the proposal that the member does not object to.

    As far beyond its ideal point as the status quo falls short of it; further where objecting costs.
    Issue scale, between status quo and proposal.

    >>> from winset.ids import PartialDate
    >>> issue = Issue(proposal="an office", body="club", rule="consensus", on=PartialDate("2024"))
    >>> member = Position(actor_id=ActorId("A"), issue_id=issue.id, value=30, std_error=0, salience=1,
    ...                   as_of=PartialDate("2024"), evidence=(), assumed="example")
    >>> consents_up_to(member, issue=issue)
    60.0
    """
    if position.salience == 0:
        return issue.proposal_value
    towards = 1 if issue.proposal_value > issue.status_quo else -1
    free = max(0.0, 2 * towards * (position.value - issue.status_quo))  # where its loss is still nothing
    reach = free + cost_of_objecting / position.salience
    if reach >= abs(issue.proposal_value - issue.status_quo) - TIED:
        return issue.proposal_value  # itself, not a sum that rounds to beside it
    return issue.status_quo + towards * reach
