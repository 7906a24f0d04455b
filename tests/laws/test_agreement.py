"""What every coefficient of agreement must obey."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import InvalidValue, OffScale
from winset.positions.agreement import COEFFICIENTS
from winset.positions.agreement.alpha import alpha_of_value, coincidences
from winset.positions.agreement.bootstrap import bootstrap
from winset.positions.agreement.reliability import MISSING, Reliability, reliability

ALPHAS = [each.id for each in COEFFICIENTS if each.id.startswith("alpha")]
KAPPAS = [each.id for each in COEFFICIENTS if each.id.startswith("kappa")]
VALUES = (0.0, 1.0, 2.0, 5.0)


@st.composite
def codings(draw: st.DrawFn, *, coders: int | None = None, complete: bool = False) -> Reliability:
    """Codes of some units by some coders."""
    width = coders or draw(st.integers(2, 4))
    code = st.integers(0 if complete else MISSING, len(VALUES) - 1)
    rows = draw(st.lists(st.lists(code, min_size=width, max_size=width), min_size=1, max_size=12))
    names = tuple(f"coder {number}" for number in range(width))
    return Reliability(values=VALUES, coders=names, codes=np.array(rows, dtype=np.int64))


@pytest.mark.parametrize("id", ALPHAS)
@given(data=codings(), seed=st.integers(0, 99))
def test_neither_the_order_of_coders_nor_of_units_matters(id: str, data: Reliability, seed: int) -> None:
    draw = np.random.default_rng(seed)
    mixed = Reliability(values=VALUES, coders=data.coders, codes=draw.permutation(draw.permutation(data.codes, 1), 0))
    one, other = COEFFICIENTS[id](data), COEFFICIENTS[id](mixed)
    assert (one is None) == (other is None)
    assert one is None or one == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize("id", [*ALPHAS, *KAPPAS])
@given(data=codings(coders=2, complete=True))
def test_full_agreement_is_one_and_nothing_is_more(id: str, data: Reliability) -> None:
    found = COEFFICIENTS[id](data)
    assert found is None or found <= 1 + 1e-9
    same = Reliability(values=VALUES, coders=data.coders, codes=data.codes[:, [0, 0]])
    agreed = COEFFICIENTS[id](same)
    assert agreed is None if len(set(data.codes[:, 0])) == 1 else agreed == pytest.approx(1)


@given(data=codings())
def test_units_that_one_coder_alone_has_coded_change_no_alpha(data: Reliability) -> None:
    for id in ALPHAS:
        assert COEFFICIENTS[id](data) == COEFFICIENTS[id](data.pairable)


@given(data=codings(), times=st.integers(1, 9), more=st.integers(0, 9))
def test_the_unit_of_an_interval_scale_does_not_matter(data: Reliability, times: int, more: int) -> None:
    moved = Reliability(values=tuple(times * value + more for value in VALUES), coders=data.coders, codes=data.codes)
    one, other = COEFFICIENTS["alpha-interval"](data), COEFFICIENTS["alpha-interval"](moved)
    assert (one is None and other is None) or one == pytest.approx(other)


@given(data=codings(coders=2, complete=True))
def test_nominal_alpha_is_scotts_pi_corrected_for_a_small_sample(data: Reliability) -> None:
    found = COEFFICIENTS["alpha-nominal"](data)
    if found is None:
        return
    shares = np.bincount(data.codes.ravel(), minlength=len(VALUES)) / data.codes.size
    expected = float((shares**2).sum())
    agreed = float((data.codes[:, 0] == data.codes[:, 1]).mean())
    pi = (agreed - expected) / (1 - expected)
    assert found == pytest.approx(pi + (1 - pi) / (2 * data.units))


@given(data=codings())
def test_coincidences_are_symmetric_and_sum_to_the_codes_that_can_be_compared(data: Reliability) -> None:
    found = coincidences(data)
    assert np.allclose(found, found.T)
    assert found.sum() == pytest.approx((data.pairable.codes != MISSING).sum())


@given(data=codings())
def test_with_two_values_each_is_told_as_reliably_as_both(data: Reliability) -> None:
    two = Reliability(values=(0.0, 1.0), coders=data.coders, codes=np.minimum(data.codes, 1))
    whole = COEFFICIENTS["alpha-nominal"](two)
    for value in two.values:
        single = alpha_of_value(two, value)
        assert (single is None and whole is None) or single == pytest.approx(whole)


@given(data=codings(coders=2))
def test_with_two_values_weights_change_no_kappa(data: Reliability) -> None:
    two = Reliability(values=(0.0, 1.0), coders=data.coders, codes=np.minimum(data.codes, 1))
    plain = COEFFICIENTS["kappa"](two)
    for id in KAPPAS:
        found = COEFFICIENTS[id](two)
        assert (found is None and plain is None) or found == pytest.approx(plain)


def test_a_narrower_interval_lies_within_a_wider_one_and_a_seed_repeats_it() -> None:
    draw = np.random.default_rng(7)
    truth = draw.integers(0, 3, 80)
    codes = np.stack([np.where(draw.random(80) < 0.8, truth, draw.integers(0, 3, 80)) for _ in range(3)], axis=1)
    data = Reliability(values=(0.0, 1.0, 2.0), coders=("a", "b", "c"), codes=codes)
    found = COEFFICIENTS["alpha-nominal"](data)
    narrow = bootstrap(COEFFICIENTS["alpha-nominal"], data, seed=1, coverage=0.5)
    wide = bootstrap(COEFFICIENTS["alpha-nominal"], data, seed=1)
    assert narrow is not None
    assert wide is not None
    assert found is not None
    assert wide.low < narrow.low < found < narrow.high < wide.high
    assert wide == bootstrap(COEFFICIENTS["alpha-nominal"], data, seed=1)
    assert wide != bootstrap(COEFFICIENTS["alpha-nominal"], data, seed=2)


def test_where_nothing_varies_or_nothing_can_be_compared_there_is_no_number() -> None:
    same = reliability({"a": {"1": "yes", "2": "yes"}, "b": {"1": "yes", "2": "yes"}})
    apart = reliability({"a": {"1": "yes"}, "b": {"2": "no"}})
    for data in (same, apart):
        for each in COEFFICIENTS:
            assert each(data) is None
    assert bootstrap(COEFFICIENTS["alpha-nominal"], same, seed=0) is None
    assert bootstrap(COEFFICIENTS["alpha-nominal"], apart, seed=0) is None


def test_what_a_coefficient_is_not_for_is_refused() -> None:
    three = reliability({name: {"1": 1.0} for name in "abc"})
    with pytest.raises(InvalidValue, match="two coders, not 3"):
        COEFFICIENTS["kappa"](three)
    with pytest.raises(OffScale, match="alpha-interval"):
        COEFFICIENTS["alpha-ratio"](reliability({"a": {"1": -1.0}, "b": {"1": 1.0}}))
    with pytest.raises(InvalidValue, match="not on the scale"):
        reliability({"a": {"1": "maybe"}}, order=("no", "yes"))
