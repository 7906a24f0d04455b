"""What is taken as given before anything is said, and how surely one statement can be read. Declared, never hidden."""

from __future__ import annotations

import math
from dataclasses import dataclass

from winset.errors import OffScale
from winset.ids import ActorId, PartialDate, on_issue_scale, on_unit_scale
from winset.issues import Issue
from winset.positions.types import Position

READING_SD = 25.0  # of one firm statement read by a machine: a quarter of the scale; falls as statements agree
# of what "for" and "against" mean on this scale, the same for every statement, so that it never falls: they tell the
# half of the scale, and a place anywhere in 50 points has this standard deviation
SHARED_SD = 50 / math.sqrt(12)
WIDEST = 50.0  # no distribution on 0-100 has a larger standard deviation (Popoviciu 1935)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Where an actor may stand, and how much it may care, before anything is known of it."""

    mean: float = 50.0  # issue scale
    sd: float = 40.0  # same scale
    salience: float = 0.5  # 0-1
    salience_error: float = 0.29  # of an even distribution on 0-1
    says: str = "anywhere on the scale, before anything is said"

    def __post_init__(self) -> None:
        on_issue_scale(self.mean, "a prior's mean")
        on_unit_scale(self.salience, "a prior's salience")
        on_unit_scale(self.salience_error, "standard error of a prior's salience")
        if not self.sd > 0:
            raise OffScale(f"standard deviation of a prior is {self.sd}: allowed is more than 0")


# the 5,534 coded positions of governments and EU bodies in DEU III lie about the middle with a standard deviation of 43
ANYWHERE = Prior()


def assumed_position(
    actor_id: ActorId, issue: Issue, prior: Prior = ANYWHERE, *, as_of: PartialDate | None = None
) -> Position:
    """The prior as a position, marked as assumed, for a model that needs one of every actor.

    It rests on no words: `decisions` does not count it as being on record, and who shows it shows the assumption.

    >>> issue = Issue(proposal="Adopt a levy", body="league", rule="consensus", on=PartialDate("2024-05-01"))
    >>> assumed_position(ActorId("A"), issue).assumed
    'nothing on record: anywhere on the scale, before anything is said'
    """
    return Position(
        actor_id=actor_id,
        issue_id=issue.id,
        value=prior.mean,
        std_error=prior.sd,
        salience=prior.salience,
        salience_error=prior.salience_error,
        as_of=as_of or issue.on,
        evidence=(),
        assumed=f"nothing on record: {prior.says}",
    )
