"""Dates as a timeline needs them: ranges, decades, weeks, bounds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.ids import PartialDate
from winset.sourcing.events.dated_words import dated_words

PUBLISHED = "2023-06-15"  # a Thursday


def dates(text: str, published: str | None = PUBLISHED) -> list[str]:
    found = dated_words(text, 0, len(text), published=PartialDate(published) if published else None)
    return [f"{each.date}/{each.until}" if each.until else str(each.date) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ran from 2013 to 2017.", ["2013/2017"]),
        ("It ran between 2003 and 2008.", ["2003/2008"]),
        ("the years 2015-2019", ["2015/2019"]),
        ("(2013–17)", ["2013/2017"]),
        ("from 2010 until May 2012", ["2010/2012-05"]),
        ("from 18 to 23 June", ["2023-06-18/2023-06-23"]),
        ("on May 3-5, 2021", ["2021-05-03/2021-05-05"]),
        ("June 28 - July 2, 2022", ["2022-06-28/2022-07-02"]),
        ("from January to March 2022", ["2022-01/2022-03"]),
        ("March-May 2021", ["2021-03/2021-05"]),
        ("in May and June 2021", ["2021-05/2021-06"]),
        ("since the 1990s", ["1990/1999"]),
        ("in the early 1980s", ["1980/1984"]),
        ("this week's session", ["2023-06-12/2023-06-18"]),
        ("over the weekend", ["2023-06-10/2023-06-11"]),
        ("the week of 5 June", ["2023-06-05/2023-06-11"]),
        ("After 9/11 it grew.", ["2001-09-11"]),
        ("the September 11 attacks", ["2001-09-11"]),
        ("In 2011 it began; in May that year it stopped.", ["2011", "2011-05"]),
        ("on 3 March 1956 and again on 5 June", ["1956-03-03", "1956-06-05"]),
        ("no later than 2028", ["2028"]),
        ("in 2016 and 2019", ["2016", "2019"]),
    ],
)
def test_what_the_words_mean(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text", ["9/11 of the members agreed", "ISSN 2406-5617", "call 2012-2013-44", "(1908–1997)", "a ratio of 3/4"]
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


def test_words_bound_a_date() -> None:
    text = "Since 2010, until June 2022, up to 2015, by the end of 2024 and before July 2023."
    found = dated_words(text, 0, len(text), published=PartialDate(PUBLISHED))
    assert [each.bound for each in found] == ["since", "until", "until", "by", "by"]


@given(st.text(alphabet="0123456789-–/ MayJunefrotwek'’s,.()and since", max_size=120))
def test_dates_do_not_overlap_and_end_after_they_begin(text: str) -> None:
    found = dated_words(text, 0, len(text), published=PartialDate(PUBLISHED))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(each.until is None or each.date.earliest <= each.until.latest for each in found)
