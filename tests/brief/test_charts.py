from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from winset.brief.charts import GAP, NARROW, RIGHT, WIDE, Size, option_letters, positions_svg
from winset.brief.drawing import width
from winset.brief.types import Brief, Party
from winset.issues import Option

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "g", "path", "line", "rect", "circle", "text", "title", "desc"}
ROUNDED = 0.1  # pixels, to which the chart is drawn


def drawn(svg: str, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}{tag}"))  # noqa: S314 - our own output


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in drawn(svg, "text")]


def extent(words: ET.Element, size: Size) -> tuple[float, float]:
    """From where to where bold words reach, within the plot's own coordinates."""
    long = width(words.text or "", size.font, bold=True)
    left = float(words.attrib["x"]) - {"start": 0, "middle": long / 2, "end": long}[words.attrib["text-anchor"]]
    return left, left + long


def with_options(brief: Brief, *values: float) -> Brief:
    options = tuple(Option(label=f"option {n}", value=value) for n, value in enumerate(values))
    return replace(brief, issue=replace(brief.issue, options=options))


def with_parties(brief: Brief, change: Callable[[Party], Party]) -> Brief:
    return replace(brief, parties=tuple(map(change, brief.parties)))


def test_the_same_brief_gives_the_same_bytes(compact_brief: Brief) -> None:
    assert positions_svg(compact_brief) == positions_svg(compact_brief)


def test_only_actors_with_a_position_are_drawn_each_under_its_standing(compact_brief: Brief) -> None:
    shown = texts(positions_svg(compact_brief))
    assert {"Arvenia", "Boresia", "United Isles", "Estmark", "Dravia"} <= set(shown)
    assert "Kesh" not in shown
    headings = ["Members with a vote", "The body’s own officials", "Partners", "Outside powers", "Commentators"]
    assert [text for text in shown if text in headings] == headings


def test_status_quo_proposal_and_options_are_marked(compact_brief: Brief) -> None:
    shown = texts(positions_svg(compact_brief))
    assert {"status quo", "proposal", "A", "B"} <= set(shown)
    assert option_letters(compact_brief) == (
        ("A", "two visiting officers", 20),
        ("B", "a mission limited to one year", 55),
    )


def test_options_too_near_for_two_letters_share_a_place(compact_brief: Brief) -> None:
    assert "A, B" in texts(positions_svg(with_options(compact_brief, 40, 41)))
    assert {"A–C", "D"} <= set(texts(positions_svg(with_options(compact_brief, 40, 41, 42, 90))))


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("step", [1, 2, 3, 4, 7, 11, 50])
def test_no_letters_overprint_one_another_or_the_edge(compact_brief: Brief, size: Size, step: int) -> None:
    svg = positions_svg(with_options(compact_brief, *range(0, 101, step)), size)
    extents = [extent(words, size) for words in drawn(svg, "text") if re.fullmatch(r"[A-Z, –]+", words.text or "")]
    assert all(left[1] < right[0] for left, right in pairwise(extents))
    assert extents[-1][1] <= size.plot + RIGHT + ROUNDED
    assert extents[0][0] >= -size.names


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_status_quo_and_proposal_stand_side_by_side(compact_brief: Brief, size: Size) -> None:
    for status_quo in range(0, 101, 10):
        for proposal in range(5, 101, 10):
            issue = replace(compact_brief.issue, status_quo=status_quo, proposal_value=proposal)
            words = drawn(positions_svg(replace(compact_brief, issue=issue), size), "text")
            ends = sorted(extent(entry, size) for entry in words if entry.text in {"status quo", "proposal"})
            assert ends[0][1] + GAP <= ends[1][0] + ROUNDED, (status_quo, proposal)
            assert -size.names <= ends[0][0]
            assert ends[1][1] <= size.plot + RIGHT


def test_more_options_than_letters_still_have_names(compact_brief: Brief) -> None:
    many = tuple(Option(label=f"option {n}", value=n * 3) for n in range(1, 31))
    letters = [
        letter
        for letter, _, _ in option_letters(replace(compact_brief, issue=replace(compact_brief.issue, options=many)))
    ]
    assert letters[24:28] == ["Y", "Z", "AA", "AB"]


def test_the_chart_scales_and_says_what_it_shows(compact_brief: Brief) -> None:
    for size in (WIDE, NARROW):
        root = ET.fromstring(positions_svg(compact_brief, size))  # noqa: S314 - our own output
        assert "viewBox" in root.attrib
        assert "width" not in root.attrib
        title, desc = root.findall(f"{SVG}title")[0], root.findall(f"{SVG}desc")[0]
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert "Arvenia 6 ± 5" in (desc.text or "")


def test_nothing_in_the_chart_can_run_style_or_fetch(hostile_brief: Brief) -> None:
    for size in (WIDE, NARROW):
        svg = positions_svg(hostile_brief, size)
        root = ET.fromstring(svg)  # noqa: S314 - our own output
        for element in root.iter():
            assert element.tag.removeprefix(SVG) in DRAWN
            assert not {"style", "href", "onload"} & set(element.attrib)
        assert "<script" not in svg


def test_what_xml_cannot_hold_is_replaced(compact_brief: Brief) -> None:
    named = with_parties(compact_brief, lambda party: replace(party, name=f"{party.name}\x00\x1b\ud800\uffff!"))
    assert "Arvenia\ufffd\ufffd\ufffd\ufffd!" in texts(positions_svg(named))


def test_who_votes_is_a_circle_and_a_commentator_is_hollow(compact_brief: Brief) -> None:
    svg = positions_svg(compact_brief)
    assert [round(float(circle.attrib["cx"])) for circle in drawn(svg, "circle")] == [
        round(WIDE.plot * value / 100) for value in (6, 93, 64)
    ]
    assert [circle.get("class") for circle in drawn(svg, "circle")] == ["fill-against", "fill-for", "fill-for"]
    assert [square.get("class") for square in drawn(svg, "rect")] == ["fill-between", "fill-for", "fill-against"]
    assert [diamond.get("class") for diamond in drawn(svg, "path")] == [
        "fill-paper stroke-against",
        "fill-paper stroke-for",
    ]


def test_an_assumed_position_says_so_and_takes_no_side(compact_brief: Brief) -> None:
    def assumed(party: Party) -> Party:
        return replace(party, position=party.position and replace(party.position, evidence=(), assumed="silent"))

    svg = positions_svg(with_parties(compact_brief, assumed), NARROW)
    assert "(assumed)" in " ".join(texts(svg))
    assert {circle.get("class") for circle in drawn(svg, "circle")} == {"fill-between"}


def test_an_interval_ends_where_the_scale_ends(compact_brief: Brief) -> None:
    lines = [line for line in drawn(positions_svg(compact_brief), "line") if line.get("stroke-width") == "3"]
    assert len(lines) == len([party for party in compact_brief.parties if party.position])
    for line in lines:
        assert 0 <= float(line.attrib["x1"]) <= float(line.attrib["x2"]) <= WIDE.plot


def test_a_long_name_takes_more_lines_and_makes_room_for_them(compact_brief: Brief) -> None:
    shown = texts(positions_svg(compact_brief, NARROW))
    assert shown[shown.index("(former harbour") - 1 :][:3] == ["expert", "(former harbour", "master)"]
    heights = [float(words.attrib["y"]) for words in drawn(positions_svg(compact_brief, NARROW), "text")[4:-5]]
    assert all(below - above > 13 for above, below in pairwise(heights))


def test_a_row_tells_its_whole_name_and_figures(compact_brief: Brief) -> None:
    titles = [title.text for title in drawn(positions_svg(compact_brief, NARROW), "title")]
    assert "expert (former harbour master): 12 ± 20" in titles


def test_no_positions_make_no_chart(empty_brief: Brief) -> None:
    assert positions_svg(empty_brief) == ""
