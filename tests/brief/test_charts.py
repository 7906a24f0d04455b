from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from winset.brief.charts import NARROW, WIDE, option_letters, positions_svg
from winset.brief.types import Brief
from winset.issues import Option

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own output


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
    near = (Option(label="one", value=40), Option(label="two", value=41))
    shown = texts(positions_svg(replace(compact_brief, issue=replace(compact_brief.issue, options=near))))
    assert "A, B" in shown


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
    svg = positions_svg(hostile_brief)
    root = ET.fromstring(svg)  # noqa: S314 - our own output
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "g", "path", "line", "rect", "circle", "text", "title", "desc"}
        assert not {"style", "href", "onload"} & set(element.attrib)
    assert "<script" not in svg


def test_an_interval_ends_where_the_scale_ends(compact_brief: Brief) -> None:
    root = ET.fromstring(positions_svg(compact_brief))  # noqa: S314 - our own output
    for line in root.iter(f"{SVG}line"):
        if line.get("stroke-width") == "3":
            start = float((line.get("transform") or "translate(0,").removeprefix("translate(").split(",")[0])
            assert 0 <= start <= start + float(line.get("x2") or 0) <= WIDE.plot


def test_no_positions_make_no_chart(empty_brief: Brief) -> None:
    assert positions_svg(empty_brief) == ""
