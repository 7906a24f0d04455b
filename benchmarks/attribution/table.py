"""The table of figures, as Markdown that reads well in a terminal too."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.attribution.figures import MEASURES, Measure
from benchmarks.attribution.outcome import Outcome

NOT_MEASURED = "–"


def table(outcome: Outcome) -> str:
    """A row for each measure: winset, what must be reached, whether it is, and everybody else."""
    winset, *others = outcome.systems
    head = ["measure", winset.title, "must reach", "reached", *(system.title for system in others)]
    rows = [
        [
            measure.label,
            _shown(measure, winset.figures.get(measure.key)),
            _limit(measure, known=outcome.known(measure)),
            verdict(measure, winset.figures.get(measure.key), known=outcome.known(measure)),
            *(_shown(measure, system.figures.get(measure.key)) for system in others),
        ]
        for measure in MEASURES
    ]
    return markdown(head, rows)


def verdict(measure: Measure, figure: float | None, *, known: bool) -> str:
    """One word on whether the limit holds; nothing where there is no limit."""
    if measure.limit_on(known=known) is None:
        return ""
    if figure is None:
        return "not measured"
    return "yes" if measure.holds(figure, known=known) else "NO"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with its columns aligned; every column but the first is flush right."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [_line(head, widths), _line(rule, widths), *(_line(row, widths) for row in rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]) + " |"


def _shown(measure: Measure, figure: float | None) -> str:
    return NOT_MEASURED if figure is None else format(figure, measure.shown)


def _limit(measure: Measure, *, known: bool) -> str:
    limit = measure.limit_on(known=known)
    if limit is None:
        return ""
    return ("under " if measure.at_most else "") + format(limit, measure.shown)
