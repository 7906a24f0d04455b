"""Bargaining in a legislature against printed shares and the core it leads to."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.models import MODELS
from winset.decisions.models.baron_ferejohn import shares
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import BadQuota, OffScale
from winset.ids import ActorId
from winset.issues import Seat


def profile(positions: list[float], *, rule: str = "absolute-majority") -> Profile:
    club = tuple(Seat(actor_id=ActorId(f"M{place}"), name="member") for place in range(len(positions)))
    return Profile(
        rule=RULES[rule](club),
        actors=tuple(seat.actor_id for seat in club),
        issues=("issue",),
        positions=np.array(positions, dtype=float)[None, None],
        salience=np.ones((1, 1, len(positions))),
        capability=np.ones(len(positions)),
        status_quo=np.zeros((1, 1)),
        proposal=np.full((1, 1), np.nan),
        cost_of_objecting=np.zeros(1),
    )


@pytest.mark.published("Baron & Ferejohn (1989): three members, closed rule, no discounting")
def test_three_patient_members_divide_two_thirds_one_third_nothing() -> None:
    assert shares(3) == (Fraction(2, 3), Fraction(1, 3), 0)


@pytest.mark.published("Baron & Ferejohn (1989), proposition 3: 1 - d(n-1)/2n and d/n; with quota q 1 - d(q-1)/n")
@pytest.mark.parametrize("n", [3, 5, 9, 101])
@pytest.mark.parametrize("discount", [Fraction(0), Fraction(4, 5), Fraction(1)])
def test_the_proposer_pays_a_bare_majority_what_waiting_is_worth(n: int, discount: Fraction) -> None:
    found = shares(n, discount=discount)
    assert found[0] == 1 - discount * (n - 1) / (2 * n)
    assert found[1 : (n + 1) // 2] == (discount / n,) * ((n - 1) // 2)
    assert sum(found) == 1
    assert shares(n, discount=discount, quota=n)[0] == 1 - discount * (n - 1) / n
    assert shares(n, discount=discount, quota=n - 1)[0] == 1 - discount * (n - 2) / n
    assert shares(n, discount=float(discount))[0] == pytest.approx(float(found[0]))


@pytest.mark.published(
    "Banks & Duggan (2000): in one dimension the offers of ever more patient members meet in the core"
)
@pytest.mark.parametrize("positions", [[0, 30, 100], [5, 10, 35, 70, 95]])
def test_patient_members_end_at_the_median(positions: list[float]) -> None:
    model = MODELS["baron-ferejohn"]
    found = [model(profile(positions), discount=discount).item() for discount in (0.9, 0.99, 0.999, 0.999999)]
    median = float(np.median(positions))
    assert found[-1] == pytest.approx(median, abs=0.2)
    away = [round(abs(value - median), 9) for value in found]
    assert away == sorted(away, reverse=True)


@pytest.mark.published("Baron & Ferejohn (1989), Cho & Duggan (2003): the pivot's reach worked out by hand")
def test_three_members_at_the_ends_and_aside_of_the_middle() -> None:
    reach = np.sqrt(0.01 * 100**2 / (1 - 0.99 * 2 / 3))  # two of three offer its end, the third is the pivot itself
    assert reach < 30  # so that both ends are the pivot's, not the members'
    expected = (30 - reach + 30 + 30 + reach) / 3
    assert MODELS["baron-ferejohn"](profile([0, 30, 100]), discount=0.99).item() == pytest.approx(expected)
    far = np.sqrt((0.99 * 10**2 / 3 + 0.01 * 100**2) / (1 - 0.99 / 3))  # here the left member offers its own
    assert far > 10
    assert MODELS["baron-ferejohn"](profile([0, 10, 100]), discount=0.99).item() == pytest.approx(
        (0 + 10 + 10 + far) / 3
    )


@settings(max_examples=40, deadline=None)
@given(
    positions=st.lists(st.integers(0, 100).map(float), min_size=1, max_size=6),
    rule=st.sampled_from(("absolute-majority", "consensus", "two-thirds-majority")),
)
def test_without_a_next_session_everybody_offers_what_it_wants(positions: list[float], rule: str) -> None:
    found = MODELS["baron-ferejohn"](profile(positions, rule=rule), discount=0).item()
    assert found == pytest.approx(np.mean(positions))


@pytest.mark.parametrize("discount", [-0.1, 1.5])
def test_a_discount_off_its_scale_is_refused(discount: float) -> None:
    with pytest.raises(OffScale, match="discount"):
        shares(3, discount=discount)
    with pytest.raises(OffScale, match="discount"):
        MODELS["baron-ferejohn"](profile([10]), discount=discount)


def test_a_quota_beyond_the_members_is_refused() -> None:
    with pytest.raises(BadQuota, match="allowed is 1 to 3"):
        shares(3, quota=4)


def test_talks_that_end_well_are_refused() -> None:
    with pytest.raises(OffScale, match="allowed is 1 or more"):
        MODELS["baron-ferejohn"](profile([10]), no_agreement=0.5)
