"""The chart of positions: Altair makes the specification, vl-convert the SVG, and the page's CSS the colours."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.actors.types import Standing
from winset.brief.index import NORMAL_95, Index, Stand, on_record, stand
from winset.brief.standing import GROUPS, NOTES
from winset.brief.types import Brief, Party
from winset.brief.wording import listing, plus_minus, shown
from winset.positions.types import Position

if TYPE_CHECKING:
    import altair as alt

# Each colour here is also a class name on the page, which gives it its light, dark and print value.
# Blue, orange and grey stay apart under every common colour blindness (Okabe and Ito 2008); shapes repeat them.
INK, MUTED, LINE = "#1c2126", "#5a646e", "#c9d1d9"
FOR, AGAINST, BETWEEN = "#1666a8", "#b4560b", "#626b74"
CLASSES = {INK: "ink", MUTED: "muted", LINE: "line", FOR: "for", AGAINST: "against", BETWEEN: "between"}
SHAPES = {Standing.MEMBER: "circle", Standing.COMMENTATOR: "diamond", Standing.MEDIUM: "diamond"}
ROW = 24  # pixels for one actor
DRAWN = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "title", "desc"})
KEPT = frozenset(
    (
        *("d", "x", "y", "x1", "x2", "y1", "y2", "r", "width", "height", "transform", "viewBox", "xmlns"),
        *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity", "opacity"),
        *("text-anchor", "font-size", "font-weight", "font-family"),
    )
)
Row = dict[str, Any]
SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One rendition: pixels for the plot and for the names at its left."""

    key: str
    plot: int
    names: int
    font: int


WIDE = Size(key="wide", plot=540, names=200, font=13)
NARROW = Size(key="narrow", plot=206, names=134, font=12)


def positions_svg(brief: Brief, size: Size = WIDE) -> str:
    """Positions with 95% intervals as one SVG element, fit to stand inside an HTML page; "" when there are none.

    The same brief gives the same bytes. Colours are classes (`CLASSES`) with a value for standing alone.
    """
    import vl_convert

    index = Index(brief)
    lines = tuple(_lines(index))
    if not lines:
        return ""
    return _for_a_page(vl_convert.vegalite_to_svg(_specification(index, lines, size)), brief, size)


def option_letters(brief: Brief) -> tuple[tuple[str, str, float], ...]:
    """The letters that stand for the issue's options on the axis: (letter, label, value)."""
    ranked = sorted(brief.issue.options, key=lambda option: option.value)
    return tuple((_letter(n), option.label, option.value) for n, option in enumerate(ranked))


def _letter(number: int) -> str:
    """A to Z, then AA."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)  # noqa: PLR2004 - letters


def _lines(index: Index) -> Iterator[Row]:
    """From the top: a heading for each standing, then its actors. `line` is the row's place, counted down from 0."""
    line = 0
    for group, heading in GROUPS.items():
        positions = [(party, party.position) for party in index.of(group) if party.position]
        if not positions:
            continue
        yield {"line": line + 0.62, "label": heading, "heading": True}
        for party, position in positions:
            line += 1
            yield {"line": line + 0.5, "heading": False, **_actor(index, party, position)}
        line += 1


def _actor(index: Index, party: Party, position: Position) -> Row:
    half = NORMAL_95 * position.std_error
    way = stand(position, index.brief.issue)
    color = BETWEEN if way is Stand.BETWEEN or not on_record(party) else FOR if way.endswith("for") else AGAINST
    return {
        "label": shown(party.name) + ("" if on_record(party) else " (assumed)"),
        "value": round(position.value, 2),
        "low": round(max(0.0, position.value - half), 2),
        "high": round(min(100.0, position.value + half), 2),
        "color": color,
        "shape": SHAPES.get(party.standing, "square"),
        "solid": 0 if party.standing is Standing.COMMENTATOR else 1,
    }


def _stretches(lines: Sequence[Row]) -> Iterator[Row]:
    """The lines of each group of actors from top to bottom: between headings, where the rungs are drawn."""
    tops = [line["line"] for line in lines if not line["heading"]]
    for top in tops:
        if top - 1 not in tops:
            bottom = top
            while bottom + 1 in tops:
                bottom += 1
            yield {"top": top - 0.5, "bottom": bottom + 0.5}


def _rungs(index: Index) -> Iterator[Row]:
    """Status quo and proposal by name, options by letter; letters that would touch share a place."""
    issue = index.brief.issue
    for label, value in (("status quo", issue.status_quo), ("proposal", issue.proposal_value)):
        align = "left" if value < 25 else "right" if value > 75 else "center"  # noqa: PLR2004 - keeps the label inside
        yield {"x": value, "label": label, "align": align, "option": False}
    places: dict[int, list[str]] = {}
    for letter, _, value in option_letters(index.brief):
        yield {"x": value, "label": "", "align": "", "option": True}
        places.setdefault(round(value / 4) * 4, []).append(letter)
    for place, letters in places.items():
        yield {"x": place, "label": ", ".join(letters), "align": "letter", "option": None}


def _specification(index: Index, lines: Sequence[Row], size: Size) -> Row:
    import altair as alt

    height = ROW * round(lines[-1]["line"] + 0.5)
    scale = alt.Scale(domain=[0, 100], nice=False, zero=False)
    ticks = alt.Axis(
        values=[0, 25, 50, 75, 100],
        grid=False,
        domain=False,
        ticks=False,
        labelColor=MUTED,
        labelFontSize=size.font - 1,
    )
    down_scale = alt.Scale(domain=[0, height / ROW], reverse=True, nice=False)
    down = alt.Y("line:Q", axis=None, scale=down_scale)
    color = alt.Color("color:N", scale=None)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=ticks, title=None)

    marked = list(_rungs(index))
    rungs = alt.Chart(alt.InlineData(values=marked))
    stretches = [{**rung, **part} for rung in marked if rung["option"] is not None for part in _stretches(lines)]
    verticals = alt.Chart(alt.InlineData(values=stretches))
    top_down: Row = {"y": alt.Y("top:Q", axis=None, scale=down_scale), "y2": "bottom:Q"}
    rows = alt.Chart(alt.InlineData(values=list(lines)))
    actors = rows.transform_filter("!datum.heading")
    names: Row = {"align": "left", "baseline": "middle", "fontSize": size.font}
    at_left: Row = {"x": alt.value(-size.names), "y": down, "text": "label:N"}
    aligns: tuple[tuple[str, Any, int], ...] = (
        ("left", "left", -26),
        ("right", "right", -26),
        ("center", "center", -26),
    )
    layers = (
        verticals.transform_filter("!datum.option").mark_rule(color=MUTED).encode(x=x("x"), **top_down),
        verticals.transform_filter("datum.option")
        .mark_rule(color=LINE, strokeDash=[3, 3])
        .encode(x=x("x"), **top_down),
        *(
            rungs.transform_filter(f"datum.align === '{align}'")
            .mark_text(align=way, fontSize=size.font, fontWeight=600, color=INK)
            .encode(x=x("x"), y=alt.value(above), text="label:N")
            for align, way, above in (*aligns, ("letter", "center", -10))
        ),
        rows.transform_filter("datum.heading").mark_text(**names, color=MUTED, fontWeight=600).encode(**at_left),
        actors.mark_text(**names, color=INK, limit=size.names - 30).encode(**at_left),
        actors.mark_rule(strokeWidth=3, opacity=0.55).encode(x=x("low"), x2="high:Q", y=down, color=color),
        actors.mark_point(size=95, opacity=1, strokeWidth=2).encode(
            x=x("value"),
            y=down,
            color=color,
            fill=alt.Fill("color:N", scale=None),
            fillOpacity=alt.FillOpacity("solid:Q", scale=None),
            shape=alt.Shape("shape:N", scale=None),
        ),
    )
    chart = (
        alt.layer(*layers)
        .properties(width=size.plot, height=height)
        .properties(
            autosize=alt.AutoSizeParams(type="none"),
            padding={"left": size.names + 4, "top": 38, "right": 10, "bottom": 22},
        )
        .configure(aria=False, background="transparent", font="system-ui, sans-serif")
        .configure_view(stroke=None)
    )
    specification: Row = chart.to_dict(validate=False)  # its parts were checked as they were built
    return specification


def _for_a_page(svg: str, brief: Brief, size: Size) -> str:
    """Only drawing, no roles, no styles; a title and a description; a viewBox instead of a fixed width."""
    root = ET.fromstring(svg)  # noqa: S314 - vl-convert's own output, names inside it escaped
    _strip(root)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib |= {"xmlns": SVG, "class": f"positions {size.key}", "role": "img"}
    root.set("aria-labelledby", f"positions-{size.key}-title positions-{size.key}-desc")
    for place, (tag, text) in enumerate((("title", "Positions with 95% intervals"), ("desc", _description(brief)))):
        element = ET.Element(tag, {"id": f"positions-{size.key}-{tag}"})
        element.text = text
        root.insert(place, element)
    return ET.tostring(root, encoding="unicode")


def _strip(element: ET.Element) -> None:
    element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    classes = [
        f"{kind}-{CLASSES[color.lower()]}"
        for kind in ("fill", "stroke")
        if (color := element.get(kind, "")).lower() in CLASSES
    ]
    for name in [name for name in element.attrib if name not in KEPT]:
        del element.attrib[name]
    if classes:
        element.set("class", " ".join(classes))
    for child in list(element):
        if child.tag.removeprefix(f"{{{SVG}}}") not in DRAWN or _draws_nothing(child):
            element.remove(child)
        else:
            _strip(child)


def _draws_nothing(element: ET.Element) -> bool:
    return element.get("class", "") in {"background", "foreground"} or element.get("display") == "none"


def _description(brief: Brief) -> str:
    """What the chart shows, for who does not see it."""
    return " ".join(_group_sentences(Index(brief)))


def _group_sentences(index: Index) -> Iterator[str]:
    issue = index.brief.issue
    yield f"Scale from status quo at {issue.status_quo:.0f} to proposal at {issue.proposal_value:.0f}."
    for group, heading in GROUPS.items():
        named = [
            f"{shown(party.name)} {plus_minus(party.position.value, party.position.std_error)}"
            for party in index.of(group)
            if party.position
        ]
        if named:
            yield f"{heading}{f' ({NOTES[group]})' if NOTES[group] else ''}: {listing(named)}."
