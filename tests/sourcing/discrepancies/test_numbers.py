"""One quantity with two figures, one event in two places or on two days, one person in two offices."""

from __future__ import annotations

from typing import Any

from winset.sourcing.types import DiscrepancyKind


def test_a_vote_counted_twice(find: Any) -> None:
    (row,) = find(
        ("The assembly of the Lake Commission adopted the resolution on fishing with 93 votes.", "2020-03-04"),
        ("With 98 votes, the Lake Commission's assembly has adopted a resolution on fishing.", "2020-03-05"),
    )
    assert row.kind is DiscrepancyKind.NUMBER
    assert [telling.value for telling in row.tellings] == ["93 votes", "98 votes"]
    assert row.right is None


def test_the_figure_that_most_documents_tell_is_right(find: Any) -> None:
    (row,) = find(
        ("The Kassel depot of the agency stores 48 lorries for relief work.", "2020-03-04"),
        ("For relief work the agency stores 48 lorries at its Kassel depot.", "2020-03-04"),
        ("The agency's Kassel depot stores 84 lorries for relief work.", "2020-03-05"),
    )
    assert row.tellings[row.right].value == "48 lorries"


def test_how_many_members_a_body_has_the_registry_knows(find: Any) -> None:
    (row,) = find(
        ("Any change needs the consent of all of NATO's 30 members.", "2022-06-01"),
        ("NATO's 29 members must agree before anything is changed.", "2022-06-05"),
    )
    assert row.right == 0
    assert "registry" in row.why


def test_later_counts_and_parts_are_no_discrepancy(find: Any) -> None:
    assert (
        find(
            ("The flood in Beira killed 12 people, the ministry of health said.", "2020-01-02"),
            ("The flood in Beira killed 40 people, the ministry of health said.", "2020-06-02"),
        )
        == ()
    )
    assert (
        find(
            "The Kassel depot of the agency stores 48 lorries for relief work.",
            "The Kassel depot of the agency stores 48 lorries, 12 lorries of them for relief work in Africa.",
        )
        == ()
    )


def test_one_meeting_on_two_days(find: Any) -> None:
    (row,) = find(
        ("The ministers of Chile and Peru signed the fishing treaty in Arica on 3 April 2001.", "2001-04-10"),
        ("In Arica the ministers of Peru and Chile signed the treaty on fishing on 5 April 2001.", "2001-04-11"),
    )
    assert row.kind is DiscrepancyKind.DATE
    assert {telling.value for telling in row.tellings} == {"3 April 2001", "5 April 2001"}


def test_one_event_in_two_places(find: Any) -> None:
    (row,) = find(
        ("The ministers of Chile and Peru signed the fishing treaty in Arica on 3 April 2001.", "2001-04-10"),
        ("The ministers of Chile and Peru signed the fishing treaty in Tacna on 3 April 2001.", "2001-04-11"),
    )
    assert row.kind is DiscrepancyKind.PLACE
    assert {telling.value for telling in row.tellings} == {"Arica", "Tacna"}


def test_one_report_with_two_dates_in_two_lists(find: Any) -> None:
    (row,) = find(
        'It was read widely.[1]\n\nNotes\n\n[1] The Guardian, "Fishing towns turn against the lakes treaty", 3 April'
        " 2011.",
        'Many read it.[1]\n\nNotes\n\n[1] "Fishing towns turn against the lakes treaty", The Guardian, 8 April 2011.',
    )
    assert row.kind is DiscrepancyKind.DATE
    assert {telling.value for telling in row.tellings} == {"3 April 2011", "8 April 2011"}


def test_a_weekday_that_the_date_did_not_have(find: Any) -> None:
    (row,) = find("They met in Riga on Monday, 4 July 2023. The next meeting is on Tuesday, 11 July 2023.")
    assert row.why.startswith("4 July 2023 was a Tuesday")


def test_one_person_in_two_offices(find: Any) -> None:
    (row,) = find(
        ("Zambian Foreign Minister Chipo Banda left for Geneva.", "2020-03-04"),
        ("Zambian Defence Minister Chipo Banda left for Geneva on Tuesday.", "2020-03-05"),
    )
    assert row.kind is DiscrepancyKind.OFFICE
    assert [telling.value for telling in row.tellings] == ["foreign minister", "defence minister"]


def test_former_offices_and_later_ones_are_no_discrepancy(find: Any) -> None:
    assert (
        find(
            ("Zambian Foreign Minister Chipo Banda left for Geneva.", "2020-03-04"),
            ("Former Zambian Defence Minister Chipo Banda left for Geneva on Tuesday.", "2020-03-05"),
        )
        == ()
    )
    assert (
        find(
            ("Zambian Foreign Minister Chipo Banda left for Geneva.", "2020-03-04"),
            ("Zambian Defence Minister Chipo Banda left for Geneva.", "2022-03-05"),
        )
        == ()
    )
