"""Where an actor stood before: its position on days on which it said something, up to the day of the estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from winset.ids import PartialDate
from winset.issues import Issue
from winset.positions.estimation import METHOD, Evidence
from winset.positions.movement import course
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.types import Position

MOST = 24  # days that are estimated; a drawing as wide as a telephone shows no more


def past(
    rows: Sequence[Evidence],
    position: Position,
    *,
    issue: Issue,
    as_of: PartialDate | None = None,
    prior: Prior = ANYWHERE,
) -> tuple[Position, ...]:
    """The course of one position, each step as of its day; empty where everything was said on one day or undated.

    The last step is the position itself, on the day of the estimate, unless something was said later.
    rows: the evidence of this actor.  position: made from them.  as_of: its day, the decision's where None.
    """
    if position.assumed:
        return ()
    method = position.method or METHOD
    steps = course(rows, issue=issue, method=method, as_of=as_of, prior=prior, most_days=MOST)
    if len(steps) <= 1:
        return ()
    end = as_of or issue.on
    if end.latest > steps[-1].as_of.latest:
        steps = (*steps, replace(position, as_of=end, contributions=()))  # age alone has changed it since
    return steps
