from __future__ import annotations

import pytest

from winset.decisions.types import Case
from winset.errors import OffScale
from winset.ids import ActorId, PartialDate
from winset.issues import Issue, Seat
from winset.positions.prior import ANYWHERE, Prior, assumed_position

ISSUE = Issue(proposal="Adopt a fuel levy", body="league", rule="consensus", on=PartialDate("2024-05-01"))


def test_an_assumed_position_says_so_and_is_not_on_record() -> None:
    position = assumed_position(ActorId("LVA"), ISSUE)
    assert position.assumed is not None
    assert ANYWHERE.says in position.assumed
    assert (position.value, position.std_error, position.evidence) == (50.0, 40.0, ())
    case = Case(issue=ISSUE, seats=(Seat(actor_id=ActorId("LVA"), name="Latvia"),), positions=(position,))
    assert case.on_record == ()


def test_a_prior_is_declared_by_whoever_has_another() -> None:
    position = assumed_position(ActorId("LVA"), ISSUE, Prior(mean=20, sd=10, says="as in the last vote"))
    assert position.value == 20
    assert position.assumed == "nothing on record: as in the last vote"


@pytest.mark.parametrize("wrong", [{"mean": 101}, {"sd": 0}, {"sd": float("nan")}, {"salience": 2}])
def test_a_prior_off_the_scale_cannot_be_built(wrong: dict[str, float]) -> None:
    with pytest.raises(OffScale):
        Prior(**wrong)  # type: ignore[arg-type]
