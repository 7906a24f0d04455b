"""A position over time as SVG: one step for each day that something was said, its 90% interval behind it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from itertools import pairwise

from winset.brief.account import interval
from winset.brief.drawing import AGAINST, BETWEEN, FOR, INK, LINE, MUTED, SVG, element, text, width
from winset.brief.wording import day, plus_minus, shown
from winset.issues import Issue
from winset.positions.types import Position, Shift

WIDTH, HEIGHT = 300, 96  # of the plot, pixels; drawn about as large as it is on a telephone
LEFT, RIGHT, TOP, BOTTOM = 26, 14, 20, 20  # around it
FONT = 11
DOT = 3.5  # radius, pixels
GAP = 6  # between two words on one line, at least


def course_svg(name: str, course: Sequence[Position], shifts: Sequence[Shift], issue: Issue, *, key: str) -> str:
    """The course of one position as an SVG element, time from left to right; "" where there is none to draw.

    course: at least two positions of one actor, each as of another day.  shifts: among those days.
    key: fragment from which the ids are made.  The same values give the same bytes.
    """
    steps = sorted(course, key=lambda step: (step.as_of.earliest, step.as_of.latest))
    days = {step.as_of.text: step.as_of.earliest.toordinal() for step in steps}
    days |= {shift.on.text: shift.on.earliest.toordinal() for shift in shifts}
    first, last = min(days.values(), default=0), max(days.values(), default=0)
    if len({step.as_of.text for step in steps}) < 2 or first == last:  # noqa: PLR2004 - a line has two ends
        return ""
    x = {text: WIDTH * (found - first) / (last - first) for text, found in days.items()}
    plot = element("g", transform=f"translate({LEFT},{TOP})")
    plot.extend((*_scale(issue), *_band(steps, x), *_shifts(shifts, x), *_line(steps, x), *_dots(steps, x, issue)))
    plot.extend(_dates(steps))
    root = element("svg", xmlns=SVG, viewBox=f"0 0 {LEFT + WIDTH + RIGHT} {TOP + HEIGHT + BOTTOM}", role="img")
    root.attrib |= {"class": "course", "font-family": "system-ui, sans-serif", "aria-labelledby": f"{key}-title"}
    told = "; ".join(f"{day(step.as_of)} {plus_minus(step.value, step.std_error)}" for step in steps)
    root.append(element("title", f"{shown(name)} over time, with 90% intervals: {told}", id=f"{key}-title"))
    root.append(plot)
    return ET.tostring(root, encoding="unicode")


def _y(value: float) -> float:
    """The top of the plot is 100."""
    return HEIGHT * (1 - value / 100)


def _scale(issue: Issue) -> Iterator[ET.Element]:
    """Status quo and proposal as lines, the options as broken ones; the places by number."""
    for option in issue.options:
        y = _y(option.value)
        yield element("line", x1=0, x2=WIDTH, y1=y, y2=y, stroke=LINE, stroke_dasharray="3,3")
    for value in (issue.status_quo, issue.proposal_value):
        yield element("line", x1=0, x2=WIDTH, y1=_y(value), y2=_y(value), stroke=MUTED)
        yield text(f"{value:.0f}", -GAP, _y(value), font=FONT, color=MUTED, anchor="end")


def _band(steps: Sequence[Position], x: dict[str, float]) -> Iterator[ET.Element]:
    """The interval of each step, until the next."""
    for step, following in pairwise([*steps, steps[-1]]):
        low, high = interval(step)
        left, right = x[step.as_of.text], x[following.as_of.text]
        if right > left:
            y, tall = _y(high), _y(low) - _y(high)
            yield element("rect", x=left, y=y, width=right - left, height=tall, fill=BETWEEN, opacity="0.2")


def _line(steps: Sequence[Position], x: dict[str, float]) -> Iterator[ET.Element]:
    """Where it stood, held until something else was said."""
    for step, following in pairwise(steps):
        left, right = x[step.as_of.text], x[following.as_of.text]
        here, there = _y(step.value), _y(following.value)
        yield element("line", x1=left, x2=right, y1=here, y2=here, stroke=INK, stroke_width=2)
        yield element("line", x1=right, x2=right, y1=here, y2=there, stroke=INK, stroke_width=2)


def _dots(steps: Sequence[Position], x: dict[str, float], issue: Issue) -> Iterator[ET.Element]:
    middle = (issue.status_quo + issue.proposal_value) / 2
    upwards = issue.proposal_value > issue.status_quo
    for step in steps:
        color = BETWEEN if step.value == middle else FOR if (step.value > middle) == upwards else AGAINST
        dot = element("circle", cx=x[step.as_of.text], cy=_y(step.value), r=DOT, fill=color)
        dot.append(element("title", f"{day(step.as_of)}: {plus_minus(step.value, step.std_error)}"))
        yield dot


def _shifts(shifts: Sequence[Shift], x: dict[str, float]) -> Iterator[ET.Element]:
    """A broken line down the plot on the day of each shift, named above where there is room."""
    reached = -float(LEFT)
    for shift in sorted(shifts, key=lambda each: x[each.on.text]):
        at, words = x[shift.on.text], day(shift.on)
        yield element("line", x1=at, x2=at, y1=-4, y2=HEIGHT, stroke=MUTED, stroke_dasharray="2,3")
        half = width(words, FONT, bold=True) / 2
        middle = min(max(at, half - LEFT), WIDTH + RIGHT - half)
        if middle - half >= reached:
            yield text(words, middle, -TOP / 2 - 1, font=FONT, bold=True, anchor="middle")
            reached = middle + half + GAP


def _dates(steps: Sequence[Position]) -> Iterator[ET.Element]:
    """The first and the last day, under the two ends."""
    bottom = HEIGHT + BOTTOM / 2 + 2
    yield text(day(steps[0].as_of), 0, bottom, font=FONT, color=MUTED)
    yield text(day(steps[-1].as_of), WIDTH, bottom, font=FONT, color=MUTED, anchor="end")
