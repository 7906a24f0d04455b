"""Which referrals count."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.positions.networks.made import discourse, referral

from winset.positions.networks.building import network
from winset.positions.networks.counting import counting, counts
from winset.positions.networks.kinds import Duplicates, Kind

SAID = [
    referral("i", "a", 1, 0, document="first", origin="wire", on="2024-01-01"),  # Monday of week 1
    referral("i", "a", 1, 1, document="first", origin="wire", on="2024-01-02"),
    referral("i", "a", 1, 2, document="second", origin="wire", on="2024-01-08"),
    referral("i", "a", 1, 3, document="second", origin="letter", on="2024-02-01"),
    referral("i", "a", 1, 4, document="third", origin="", on="2025-01-01"),
    referral("i", "a", -1, 5, document="first", origin="wire", on="2024-01-01"),
    referral("i", "b", 1, 6, document="first", origin="wire", on="2024-01-01"),
    referral("j", "a", 1, 7, document="first", origin="wire", on="2024-01-01"),
]


@pytest.mark.parametrize(
    ("duplicates", "left"),
    [
        (Duplicates.INCLUDE, [0, 1, 2, 3, 4]),
        (Duplicates.ORIGIN, [0, 3, 4]),
        (Duplicates.DOCUMENT, [0, 2, 4]),
        (Duplicates.WEEK, [0, 2, 3, 4]),
        (Duplicates.MONTH, [0, 3, 4]),
        (Duplicates.YEAR, [0, 4]),
        (Duplicates.RANGE, [0]),
    ],
)
def test_the_same_stance_counts_once_within(duplicates: Duplicates, left: list[int]) -> None:
    found = [int(each.statement_id.rpartition("-")[2]) for each in counting(SAID, duplicates)]
    assert sorted(found) == [*left, 5, 6, 7]


def test_the_earliest_of_duplicates_stays_whatever_the_order() -> None:
    assert counting(reversed(SAID), Duplicates.RANGE) == counting(SAID, Duplicates.RANGE)
    assert counting(SAID, Duplicates.RANGE)[0].on is not None


def test_weeks_are_those_of_iso_8601_across_new_year() -> None:
    said = [referral("i", "a", 1, n, on=on) for n, on in enumerate(("2024-12-30", "2025-01-05", "2025-01-06"))]
    assert len(counting(said, Duplicates.WEEK)) == 2
    assert len(counting(said, Duplicates.YEAR)) == 2


@pytest.mark.parametrize("duplicates", [Duplicates.WEEK, Duplicates.MONTH, Duplicates.YEAR])
def test_a_date_that_does_not_tell_the_period_leaves_the_document(duplicates: Duplicates) -> None:
    said = [referral("i", "a", 1, n, document=document) for n, document in enumerate(("one", "one", "two"))]
    assert len(counting(said, duplicates)) == 2
    vague = [referral("i", "a", 1, n, document="one", on="2024") for n in range(2)]
    assert len(counting(vague, duplicates)) == 1


def test_one_statement_counts_once_on_a_concept_even_where_it_comes_twice() -> None:
    twice = [referral("i", "a", 1), referral("i", "a", 1)]
    assert len(counting(twice, Duplicates.INCLUDE)) == 1


def test_counts_have_a_cell_for_each_actor_concept_and_level() -> None:
    found = counts(SAID, ["i", "j"], ["a", "b"], [-1.0, 1.0])
    np.testing.assert_array_equal(found, [[[1, 5], [0, 1]], [[0, 1], [0, 0]]])


def test_only_what_surely_lies_between_two_days_counts() -> None:
    days = ["2024-01-31", "2024-02-01", "2024-02", "2024-02-29", "2024", None]
    said = [referral("i", "a", 1, n, on=on) for n, on in enumerate(days)]

    def numbers(since: date | None, until: date | None) -> list[str]:
        made = network(discourse(said), kind=Kind.TWO_MODE, duplicates=Duplicates.INCLUDE, since=since, until=until)
        return sorted(each.statement_id[-1] for each in made.referrals)

    assert numbers(date(2024, 2, 1), date(2024, 2, 29)) == ["1", "2", "3"]
    assert numbers(None, date(2024, 2, 28)) == ["0", "1"]
    assert numbers(date(2024, 2, 2), None) == ["3"]
    assert len(numbers(None, None)) == len(days)
