"""One person or medium in two spellings."""

from __future__ import annotations

from typing import Any

from winset.sourcing.types import DiscrepancyKind


def test_a_spelling_that_the_registry_knows_is_right(find: Any) -> None:
    (row,) = find(
        ('Russian Foreign Minister Sergey Lavrof said that "the talks have led nowhere at all".', "2019-05-02"),
        ("The talks failed, said Sergey Lavrov, the Russian foreign minister.", "2019-05-02"),
    )
    assert row.kind is DiscrepancyKind.NAME
    assert [telling.value for telling in row.tellings] == ["Sergey Lavrof", "Sergey Lavrov"]
    assert row.right == 1
    assert "registry" in row.why


def test_the_usual_spelling_is_right_where_nobody_knows_the_person(find: Any) -> None:
    row = find(
        "Deputy harbour master Elena Korvatz opened the meeting. She spoke for an hour.",
        "The deputy harbour master Elena Korvatz closed the road.",
        "Deputy harbour master Elena Korvats did not answer questions.",
        "They asked deputy harbour master Elena Korvatz for help.",
    )[0]
    assert row.tellings[row.right].value == "Elena Korvatz"


def test_two_spellings_inside_one_document(find: Any) -> None:
    (row,) = find(
        "Ghanaian Foreign Minister Esi Agyeman met the envoys on Monday.\n\nAgyeman spoke of trust. The envoys"
        " left.\n\nOn Tuesday the Ghanaian foreign minister, Esi Agyemann, met the press.\n\nEsi Agyeman, the foreign"
        " minister of Ghana, will travel on Friday."
    )
    assert {telling.value for telling in row.tellings} == {"Esi Agyeman", "Esi Agyemann"}


def test_people_who_have_nearly_one_name_stay_two(find: Any) -> None:
    assert (
        find(
            "Senator Mark Hansen (Norway) spoke first, Senator Mark Hanson (Canada) second. Hansen agreed with Hanson.",
            "Mark Hansen met Mark Hanson.",
        )
        == ()
    )
    assert (
        find(
            "The novelist Jean Martin wrote to her publisher.",
            "The judge Jean Marlin wrote to the court.",
        )
        == ()
    )
    assert (
        find(
            ("South Korean President Park Chung-hee seized power in 1961.", "1975-01-02"),
            ("South Korean President Park Geun-hye took office in 2013.", "2014-01-02"),
        )
        == ()
    )


def test_a_medium_misspelt(find: Any) -> None:
    (row,) = find("The talks were first reported by the Washingon Post. A day later the Washington Post told more.")
    assert row.about.endswith("Washington Post")
    assert row.right == 1


def test_media_with_nearly_one_name_are_no_misspelling(find: Any) -> None:
    assert (
        find("The Irish Times and the Irish News reported it, and so did the Japan Times and the Straits Times.") == ()
    )
