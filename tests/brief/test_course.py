from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from winset.brief.course import LEFT, RIGHT, WIDTH, course_svg
from winset.brief.types import Brief, Party

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "g", "line", "rect", "circle", "text", "title"}


@pytest.fixture
def moving(compact_brief: Brief) -> Party:
    return next(party for party in compact_brief.parties if party.course)


def drawing(party: Party, brief: Brief) -> str:
    return course_svg(party.name, party.course, party.shifts, brief.issue, key="position-2-course")


def test_each_day_is_a_dot_and_each_shift_has_its_date(moving: Party, compact_brief: Brief) -> None:
    root = ET.fromstring(drawing(moving, compact_brief))  # noqa: S314 - our own output
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
    assert len(list(root.iter(f"{SVG}circle"))) == len(moving.course)
    words = [element.text for element in root.iter(f"{SVG}text")]
    assert words == ["0", "100", "2 May 2031", "April 2031", "2 May 2031"]


def test_it_says_what_it_shows(moving: Party, compact_brief: Brief) -> None:
    root = ET.fromstring(drawing(moving, compact_brief))  # noqa: S314 - our own output
    title = root.findall(f"{SVG}title")[0]
    assert root.get("aria-labelledby") == title.get("id") == "position-2-course-title"
    assert title.text == (
        "Boresia over time, with 90% intervals: April 2031 58 ± 24; 1 May 2031 61 ± 20; 2 May 2031 93 ± 7"
    )


def test_nothing_is_drawn_outside_and_nothing_styles_or_fetches(moving: Party, compact_brief: Brief) -> None:
    root = ET.fromstring(drawing(moving, compact_brief))  # noqa: S314 - our own output
    for element in root.iter():
        assert not {"style", "href", "onload"} & set(element.attrib)
        for name in ("x", "x1", "x2", "cx"):
            if name in element.attrib:
                assert -LEFT <= float(element.attrib[name]) <= WIDTH + RIGHT


def test_one_day_alone_is_no_course(moving: Party, compact_brief: Brief) -> None:
    for course in ((), moving.course[:1], moving.course[:1] * 2):
        assert drawing(replace(moving, course=course, shifts=()), compact_brief) == ""


def test_the_same_course_gives_the_same_bytes(moving: Party, compact_brief: Brief) -> None:
    turned = replace(moving, course=moving.course[::-1])
    assert drawing(turned, compact_brief) == drawing(moving, compact_brief)


def test_shifts_close_together_do_not_overprint_their_dates(moving: Party, compact_brief: Brief) -> None:
    again = replace(moving.shifts[0], on=moving.course[1].as_of)
    root = ET.fromstring(drawing(replace(moving, shifts=(*moving.shifts, again)), compact_brief))  # noqa: S314
    bold = [element.text for element in root.iter(f"{SVG}text") if element.get("font-weight")]
    assert bold == ["1 May 2031"]
