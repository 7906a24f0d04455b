"""The chart of an answer as SVG: where everybody stands, what can pass, where the models say it ends.

The same answer gives the same bytes. Points are members, squares actors without a vote, diamonds forecasts; blue lies
nearer to the proposal, orange nearer to the status quo; the band is what can beat the status quo.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.brief.drawing import AGAINST, BETWEEN, FOR, LINE, MUTED, PAPER, SVG, element, point, text, width, wrapped
from winset.brief.wording import percent
from winset.decisions.types import Case, Forecast
from winset.exchange.answers import Answer
from winset.exchange.position_cases import Question
from winset.ids import SCALE_HIGH, SCALE_LOW

PLOT, NAMES, RIGHT = 540, 200, 26  # pixels across: the plot, the names at its left, what is free at its right
ROW, FONT, TITLE = 24, 13, 15
HEAD, FOOT, APART = 66, 22, 26  # above the rows, below them, between two issues
NORMAL_90 = 1.645  # standard errors on each side of a 90% interval
LEADING = 15  # pixels from one line of the legend to the next
GAP = 8  # between two words on one line
BAND = "#dbe7f1"  # what can beat the status quo
TICKS = 5
LEGEND = (
    "Points: members. Squares: no vote. Blue: nearer to the proposal; orange: to the status quo. Dashes: options.",
    "Diamonds: forecasts. Bars: 90% of positions, four fifths of a model’s draws. Band: what can beat the status quo.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One line of the plot; values on 0-100."""

    name: str
    value: float
    low: float
    high: float
    shape: str
    color: str
    told: str  # for who points at it


def chart(answer: Answer) -> str:
    """The chart, an issue below the other; positions with 90% intervals."""
    root = element("svg", xmlns=SVG, font_family="system-ui, sans-serif", role="img")
    root.set("aria-labelledby", "decision-title decision-desc")
    root.append(element("title", f"What {answer.question.rule.name} makes of the positions", id="decision-title"))
    said = " ".join(
        f"{case.issue.proposal}: {told.outcome.value}, {percent(told.probability)}."
        for case, told in zip(answer.question.cases, answer.forecasts, strict=True)
    )
    root.append(element("desc", said, id="decision-desc"))
    across = NAMES + PLOT + RIGHT
    background = element("rect", x=0, y=0, width=across, height=0, fill=PAPER)
    root.append(background)
    bottom = 0.0
    for case, told in zip(answer.question.cases, answer.forecasts, strict=True):
        panel, height = _panel(answer.question, case, told)
        panel.set("transform", f"translate({NAMES},{bottom:g})")
        root.append(panel)
        bottom += height + APART
    for line in LEGEND:
        root.append(text(line, GAP, bottom - APART / 2, font=FONT - 2, color=MUTED))
        bottom += LEADING
    root.set("viewBox", f"0 0 {across} {bottom:g}")
    background.set("height", f"{bottom:g}")
    return ET.tostring(root, encoding="unicode") + "\n"


def _x(value: float) -> float:
    return PLOT * value / 100


def _panel(of: Question, case: Case, told: Forecast) -> tuple[ET.Element, float]:
    """One issue, and how high it is."""
    issue, rows, ends = case.issue, tuple(_actors(of, case)), tuple(_models(of, told))
    bottom = HEAD + ROW * (len(rows) + len(ends)) + (GAP if ends else 0)
    panel = element("g")
    headline = f"{issue.proposal}: {told.outcome.value}, {percent(told.probability)}"
    (title,) = wrapped(headline, to=PLOT + NAMES - GAP, font=TITLE, lines=1)
    panel.append(text(title, GAP - NAMES, TITLE, font=TITLE, bold=True))
    if told.winset:
        low, high = map(_x, told.winset)
        band = element("rect", x=low, y=HEAD - GAP, width=high - low, height=bottom - HEAD + GAP, fill=BAND)
        band.append(
            element("title", f"can beat the status quo: {_own(of, told.winset[0])} to {_own(of, told.winset[1])}")
        )
        panel.append(band)
    for rung in told.rungs:
        x = _x(rung.option.value)
        line = element("line", x1=x, x2=x, y1=HEAD - GAP, y2=bottom, stroke=LINE, stroke_dasharray="3,3")
        line.append(element("title", f"{rung.option.label}: {percent(rung.probability)}"))
        panel.append(line)
    for value in (issue.status_quo, issue.proposal_value):
        panel.append(element("line", x1=_x(value), x2=_x(value), y1=HEAD - GAP, y2=bottom, stroke=MUTED))
    panel.extend(_labels(case, told))
    for number, row in enumerate((*rows, *ends)):
        panel.append(_drawn(row, HEAD + ROW * (number + 0.5) + (GAP if number >= len(rows) else 0)))
    if ends:
        at = HEAD + ROW * len(rows) + GAP / 2
        panel.append(element("line", x1=GAP - NAMES, x2=PLOT, y1=at, y2=at, stroke=LINE))
    for number in range(TICKS):
        value = 100 * number / (TICKS - 1)
        anchor = "start" if number == 0 else "end" if number == TICKS - 1 else "middle"
        panel.append(text(_own(of, value), _x(value), bottom + FONT, font=FONT - 1, color=MUTED, anchor=anchor))
    return panel, bottom + FOOT


def _labels(case: Case, told: Forecast) -> Iterator[ET.Element]:
    """Names of the places on the scale, on the first of two lines where they do not touch what stands there."""
    issue = case.issue
    places = [(issue.status_quo, "status quo"), (issue.proposal_value, "proposal")]
    places += [
        (rung.option.value, rung.option.label) for rung in told.rungs if rung.option.value != issue.proposal_value
    ]
    taken: list[list[tuple[float, float]]] = [[], []]
    for value, label in places:
        (words,) = wrapped(label, to=PLOT / 3, font=FONT - 1, lines=1)
        ends = label in ("status quo", "proposal")
        wide = width(words, FONT - 1, bold=ends)
        left = min(max(_x(value) - wide / 2, 0.0), PLOT + RIGHT - GAP / 2 - wide)
        for line, there in enumerate(taken):
            if all(left > end + GAP or left + wide < start - GAP for start, end in there):
                there.append((left, left + wide))
                yield text(words, left, HEAD - GAP - 9 - 15 * line, font=FONT - 1, bold=ends)
                break


def _actors(of: Question, case: Case) -> Iterator[_Row]:
    """Members by position, then who has no vote."""
    seated = {seat.actor_id for seat in of.rule.seats}
    issue = case.issue
    middle, way = (issue.status_quo + issue.proposal_value) / 2, issue.proposal_value - issue.status_quo
    held = [each for each in case.positions if each.actor_id in seated or each.actor_id in of.outsiders]
    for each in sorted(held, key=lambda each: (each.actor_id not in seated, each.value, each.actor_id)):
        member = each.actor_id in seated
        for_it = (each.value - middle) * way
        reach = NORMAL_90 * each.std_error
        note = f"{_own(of, each.value)}{f' ± {_points(of, each.std_error)}' if each.std_error else ''}"
        yield _Row(
            name=of.names[each.actor_id] + ("" if member else " (no vote)"),
            value=each.value,
            low=max(SCALE_LOW, each.value - reach),
            high=min(SCALE_HIGH, each.value + reach),
            shape="circle" if member else "square",
            color=BETWEEN if each.assumed or not for_it else FOR if for_it > 0 else AGAINST,
            told=f"{of.names[each.actor_id]}: {note}, salience {each.salience:.2g}",
        )


def _models(of: Question, told: Forecast) -> Iterator[_Row]:
    """The default forecast with its interval, then every model."""
    ends: Sequence[tuple[str, float, float, float]] = [
        (each.model, each.value, each.low, each.high) for each in told.predictions
    ]
    if told.outlook:
        ends = [
            (f"forecast, {percent(told.outlook.nominal)}", told.outlook.value, told.outlook.low, told.outlook.high),
            *ends,
        ]
    for name, value, low, high in ends:
        said = f"{name}: {_own(of, value)}, {_own(of, low)} to {_own(of, high)}"
        yield _Row(name=name, value=value, low=low, high=high, shape="diamond", color=MUTED, told=said)


def _drawn(row: _Row, middle: float) -> ET.Element:
    group = element("g")
    group.append(element("title", row.told))
    (name,) = wrapped(row.name, to=NAMES - 2 * GAP, font=FONT, lines=1)
    group.append(text(name, GAP - NAMES, middle, font=FONT))
    low, high = _x(row.low), _x(row.high)
    if high > low:
        line = element("line", x1=low, x2=high, y1=middle, y2=middle, stroke=row.color, stroke_width=3, opacity="0.55")
        group.append(line)
    group.append(point(_x(row.value), middle, shape=row.shape, color=row.color))
    return group


def _own(of: Question, value: float) -> str:
    return f"{of.scale.own(value):.3g}"


def _points(of: Question, points: float) -> str:
    return f"{of.scale.own_points(points):.2g}"
