from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.corpus.datelines import date_in_line, stated_date


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("June 15, 2023", "2023-06-15"),
        ("**14 September 2023**", "2023-09-14"),
        ("14 September 2023– DOI: [10.1/x](https://doi.org/10.1/x)", "2023-09-14"),
        ("2023-06-15", "2023-06-15"),
        ("Published: 15.06.2023, 10:30", "2023-06-15"),
        ("Posted on Wednesday, 14 June 2023 | 5 min read", "2023-06-14"),
        ("Wed., Sept. 3rd, 2021", "2021-09-03"),
        ("By Ana Lima and Bo Berg | 14 June 2023", "2023-06-14"),
        ("Ana Lima, June 14, 2023", "2023-06-14"),
        ("OSLO, June 14, 2023 (Northern Wire) — The minister said that nothing had been decided.", "2023-06-14"),
        ("2023年6月15日 10:00", "2023-06-15"),
        ("OSLO, Northern Wire - Jun 14, 2023 - 23:41", "2023-06-14"),
        ("OSLO, Northern Wire, Jun 14, 2023", "2023-06-14"),
        ("OSLO, June 14, 2023. /WIRE/. The minister said that nothing had been decided.", "2023-06-14"),
        ("Comment by [Ana Lima](https://example.org), Elm Institute | June 14, 2023", "2023-06-14"),
        ("Washington, D.C., Jun. 14, 2023 - The minister said that nothing had been decided.", "2023-06-14"),
        ("BRUSSELS, 13–14 June 2023 – The minister said that nothing had been decided.", "2023-06-14"),
        ("May 2023", "2023-05"),
    ],
)
def test_a_date_in_a_line_of_its_own_is_found_as_precisely_as_written(line: str, expected: str) -> None:
    assert str(date_in_line(line)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "On June 15, 2023, the council met in Oslo.",
        "June 15, 2023, was the day on which the council met",
        "14 June 2023 in Oslo was cold",
        "May 2023 was a good month.",
        "In January 2023",
        "Last updated 14 June 2023",
        "31 June 2023",
        "06/07/2023",
        "2023",
        "The summit of 15 June 2023",
        "",
    ],
)
def test_running_prose_updates_and_ambiguous_days_are_no_date_of_publication(line: str) -> None:
    assert date_in_line(line) is None


@pytest.mark.parametrize(
    ("line", "tongue", "expected"),
    [
        ("15 juin 2023", "fr", "2023-06-15"),
        ("Publié le 15 juin 2023", "fr", "2023-06-15"),
        ("Mittwoch, 14. Juni 2023", "de", "2023-06-14"),
        ("15 czerwca 2023", "pl", "2023-06-15"),
        ("Juni 2023", "de", "2023-06"),
    ],
)
def test_the_months_of_other_languages_are_known(line: str, tongue: str, expected: str) -> None:
    assert str(date_in_line(line, language=tongue)) == expected


def test_prose_of_other_languages_is_no_date_either() -> None:
    assert date_in_line("La France a dit non en juin 2023", language="fr") is None


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_iso_date_is_read_back(day: date) -> None:
    assert str(stated_date(day.isoformat())) == day.isoformat()


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_line_breaks_it(line: str) -> None:
    found = date_in_line(line)
    assert found is None or found.precision in {"day", "month"}


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Posted by Ana Lima, economist, Oslo, on 2 April 2026", "2026-04-02"),
        ("Written by Ana Lima on April 2, 2026", "2026-04-02"),
        ("Published by the ministry on 2 April 2026, the report says little", "None"),
        ("Posted by the gate on 2 April 2026 stood a guard.", "None"),
    ],
)
def test_a_line_that_says_who_posted_it_may_end_with_the_day(line: str, date: str) -> None:
    assert str(date_in_line(line)) == date
