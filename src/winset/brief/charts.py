"""The chart of positions: a dot and its 90% interval for each actor, as SVG that the page's CSS colours."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.actors.types import Standing
from winset.brief.account import interval
from winset.brief.drawing import AGAINST, BETWEEN, FOR, LINE, MUTED, SVG, element, point, text, width, wrapped
from winset.brief.index import Index, Stand, on_record, stand
from winset.brief.standing import GROUPS, NOTES
from winset.brief.types import Brief, Party
from winset.brief.wording import listing, plus_minus, shown
from winset.issues import Issue
from winset.positions.types import Position

SHAPES = {Standing.MEMBER: "circle", Standing.COMMENTATOR: "diamond", Standing.MEDIUM: "diamond"}
ROW = 24  # pixels for one actor
TOP, RIGHT, BOTTOM = 38, 10, 22  # around the plot; the names are at its left
LINE_HEIGHT = 15  # of a name's second line
ENDS, LETTERS, TICKS = -26, -10, 14  # heights of status quo and proposal, options' letters and scale, from the plot
GAP = 8  # between two words on one line, at least
NEAR_THE_END = 65  # issue scale; no room for a word at the right of this


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One rendition: pixels for the plot and for the names at its left."""

    key: str
    plot: int
    names: int
    font: int

    def x(self, value: float) -> float:
        """Where a value of the issue scale is drawn."""
        return self.plot * value / 100


WIDE = Size(key="wide", plot=540, names=200, font=13)
NARROW = Size(key="narrow", plot=206, names=134, font=12)


def positions_svg(brief: Brief, size: Size = WIDE) -> str:
    """Positions with 90% intervals as one SVG element, fit to stand inside an HTML page; "" when there are none.

    The same brief gives the same bytes. Colours are classes (`drawing.CLASSES`) with a value for standing alone.
    """
    index = Index(brief)
    if not (groups := tuple(_placed(index))):
        return ""
    plot = element("g", transform=f"translate({size.names + 4},{TOP})")
    plot.extend((*_ends(brief.issue, size), *_letters(brief, size)))
    bottom = 0.0
    for group, placed in groups:
        plot.append(text(GROUPS[group], -size.names, bottom + 0.62 * ROW, font=size.font, color=MUTED, bold=True))
        top, rows = bottom + ROW, []
        bottom = top
        for party, position in placed:
            row, bottom = _row(index, party, position, bottom, size)
            rows.append(row)
        plot.extend((*_rungs(brief.issue, size, top, bottom), *rows))
    plot.extend(_ticks(size, bottom))
    title, desc = f"positions-{size.key}-title", f"positions-{size.key}-desc"
    box = f"0 0 {size.names + 4 + size.plot + RIGHT} {TOP + round(bottom) + BOTTOM}"
    root = element("svg", xmlns=SVG, viewBox=box, font_family="system-ui, sans-serif", role="img")
    root.attrib |= {"class": f"positions {size.key}", "aria-labelledby": f"{title} {desc}"}
    root.append(element("title", "Positions with 90% intervals", id=title))
    root.append(element("desc", " ".join(_description(index)), id=desc))
    root.append(plot)
    return ET.tostring(root, encoding="unicode")


def positions_in_words(brief: Brief) -> str:
    """What the chart shows, for who does not see it; "" where there is none."""
    index = Index(brief)
    return " ".join(_description(index)) if any(_placed(index)) else ""


def _placed(index: Index) -> Iterator[tuple[Standing, list[tuple[Party, Position]]]]:
    """Who is drawn, under which heading, from the top."""
    for group in GROUPS:
        if placed := [(party, party.position) for party in index.of(group) if party.position]:
            yield group, placed


def option_letters(brief: Brief) -> tuple[tuple[str, str, float], ...]:
    """The letters that stand for the issue's options on the axis: (letter, label, value)."""
    return letters(brief.issue)


def letters(issue: Issue) -> tuple[tuple[str, str, float], ...]:
    """A letter for each option, from the low end of the scale: (letter, label, value)."""
    ranked = sorted(issue.options, key=lambda option: option.value)
    return tuple((_letter(n), option.label, option.value) for n, option in enumerate(ranked))


def _letter(number: int) -> str:
    """A to Z, then AA."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)  # noqa: PLR2004 - letters


def _ends(issue: Issue, size: Size) -> Iterator[ET.Element]:
    """Status quo and proposal by name, each at its line; the lower one gives way to the left."""
    (low, lower), (high, upper) = sorted(((issue.status_quo, "status quo"), (issue.proposal_value, "proposal")))
    inside = high > NEAR_THE_END
    free = size.x(high) - GAP - (width(upper, size.font, bold=True) if inside else 0)
    fits = size.x(low) + width(lower, size.font, bold=True) <= free
    at = size.x(low) if fits else min(size.x(low), free)
    yield text(lower, at, ENDS, font=size.font, bold=True, anchor="start" if fits else "end")
    yield text(upper, size.x(high), ENDS, font=size.font, bold=True, anchor="end" if inside else "start")


def _letters(brief: Brief, size: Size) -> Iterator[ET.Element]:
    """The options' letters above their rungs; those that would touch share a place."""
    places: list[tuple[tuple[str, float], ...]] = []  # letters, each with the x of its rung
    for letter, _, value in option_letters(brief):
        places.append(((letter, size.x(value)),))
        while len(places) > 1 and _shared(places[-1], size)[1] - _shared(places[-2], size)[2] < GAP:
            places[-2:] = [places[-2] + places[-1]]
    for place in places:
        words, left, right = _shared(place, size)
        yield text(words, (left + right) / 2, LETTERS, font=size.font, bold=True, anchor="middle")


def _shared(place: Sequence[tuple[str, float]], size: Size) -> tuple[str, float, float]:
    """What is written there, "A", "A, B" or "A–D", and from where to where it reaches."""
    (first, left), (last, right) = place[0], place[-1]
    words = {1: first, 2: f"{first}, {last}"}.get(len(place), f"{first}–{last}")
    half = width(words, size.font, bold=True) / 2
    middle = min((left + right) / 2, size.plot + RIGHT - half)
    return words, middle - half, middle + half


def _rungs(issue: Issue, size: Size, top: float, bottom: float) -> Iterator[ET.Element]:
    """Status quo, proposal and options, from the first to the last actor under one heading."""
    for option in issue.options:
        x = size.x(option.value)
        yield element("line", x1=x, x2=x, y1=top, y2=bottom, stroke=LINE, stroke_dasharray="3,3")
    for x in (size.x(issue.status_quo), size.x(issue.proposal_value)):
        yield element("line", x1=x, x2=x, y1=top, y2=bottom, stroke=MUTED)


def _ticks(size: Size, bottom: float) -> Iterator[ET.Element]:
    for value in (0, 25, 50, 75, 100):
        anchor = {0: "start", 100: "end"}.get(value, "middle")
        yield text(str(value), size.x(value), bottom + TICKS, font=size.font - 1, color=MUTED, anchor=anchor)


def _row(index: Index, party: Party, position: Position, top: float, size: Size) -> tuple[ET.Element, float]:
    """An actor's name, interval and point; and where the row ends."""
    name = _label(party)
    lines = wrapped(name, to=size.names - 16, font=size.font)
    bottom = top + ROW + LINE_HEIGHT * (len(lines) - 1)
    middle = (top + bottom) / 2
    row = element("g")
    row.append(element("title", f"{name}: {plus_minus(position.value, position.std_error)}"))
    row.extend(text(line, -size.names, top + ROW / 2 + LINE_HEIGHT * n, font=size.font) for n, line in enumerate(lines))
    color, (low, high) = _color(index, party, position), map(size.x, interval(position))
    row.append(element("line", x1=low, x2=high, y1=middle, y2=middle, stroke=color, stroke_width=3, opacity="0.55"))
    row.append(point(size.x(position.value), middle, shape=SHAPES.get(party.standing, "square"), color=color))
    return row, bottom


def _label(party: Party) -> str:
    return shown(party.name) + ("" if on_record(party) else " (assumed)")


def _color(index: Index, party: Party, position: Position) -> str:
    way = stand(position, index.brief.issue)
    return BETWEEN if way is Stand.BETWEEN or not on_record(party) else FOR if way.endswith("for") else AGAINST


def _description(index: Index) -> Iterator[str]:
    """What the chart shows, for who does not see it."""
    issue = index.brief.issue
    yield f"Scale from status quo at {issue.status_quo:.0f} to proposal at {issue.proposal_value:.0f}."
    for group, placed in _placed(index):
        named = [f"{_label(party)} {plus_minus(at.value, at.std_error)}" for party, at in placed]
        yield f"{GROUPS[group]}{f' ({NOTES[group]})' if NOTES[group] else ''}: {listing(named)}."
