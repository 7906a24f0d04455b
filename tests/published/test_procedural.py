"""The agenda setter against the reversion table it is known for."""

from __future__ import annotations

import numpy as np
import pytest

from winset.decisions.models import MODELS
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import UnknownName
from winset.ids import ActorId
from winset.issues import Seat

SETTER = ActorId("bureau")


def profile(positions: list[float], *, status_quo: float, wanted: float, rule: str = "absolute-majority") -> Profile:
    club = tuple(Seat(actor_id=ActorId(f"M{place}"), name="member") for place in range(len(positions)))
    actors = (*(seat.actor_id for seat in club), SETTER)
    return Profile(
        rule=RULES[rule](club),
        actors=actors,
        issues=("issue",),
        positions=np.array([*positions, wanted])[None, None],
        salience=np.ones((1, 1, len(actors))),
        capability=np.ones(len(actors)),
        status_quo=np.full((1, 1), status_quo),
        proposal=np.full((1, 1), wanted),
        cost_of_objecting=np.zeros(1),
    )


@pytest.mark.published(
    "Romer & Rosenthal (1978): the setter gets what lies as far beyond the median as the reversion short"
)
@pytest.mark.parametrize(
    ("reversion", "offered"),
    [(0, 60), (10, 50), (20, 40), (30, 30), (40, 40), (90, 90)],
)
def test_the_worse_the_reversion_the_more_the_setter_gets(reversion: float, offered: float) -> None:
    spending = profile([10, 30, 50], status_quo=reversion, wanted=100)
    assert MODELS["procedural"](spending).item() == offered
    assert MODELS["procedural"](spending, setter=SETTER).item() == offered


@pytest.mark.published("Tsebelis (2002), ch. 2: under unanimity the member nearest the status quo sets how far it goes")
def test_a_commission_within_the_winset_gets_its_own_and_beyond_it_the_end() -> None:
    council = [40.0, 60.0, 90.0]
    for wanted, offered in ((30, 30), (80, 80), (95, 80)):
        moved = profile(council, status_quo=0, wanted=wanted, rule="eu-unanimity")
        assert MODELS["procedural"](moved, setter=SETTER).item() == offered


def test_a_setter_nobody_knows_is_refused_and_an_unknown_status_quo_gives_no_answer() -> None:
    with pytest.raises(UnknownName, match="there are M0, bureau"):
        MODELS["procedural"](profile([1], status_quo=0, wanted=1), setter=ActorId("nobody"))
    assert np.isnan(MODELS["procedural"](profile([1], status_quo=float("nan"), wanted=1))).all()
