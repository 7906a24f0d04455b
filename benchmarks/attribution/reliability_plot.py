"""The reliability plot: the share that is right in each bin of confidence, against the diagonal of a perfect one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.attribution.calibration import Bin

SIDE = 390  # of the square that is plotted in, pixels
LEFT, TOP, BELOW, RIGHT = 62, 64, 58, 20
INK, QUIET, BAR, MEAN = "#1f2933", "#66707a", "#9dbfdc", "#b3471d"
FONT = "font-family='Helvetica, Arial, sans-serif'"


def reliability_svg(bins: Sequence[Bin], *, title: str, subtitle: str) -> str:
    """An SVG picture; a bar for each bin that holds anything, its count at its foot, its mean confidence as a dot."""
    width, height = LEFT + SIDE + RIGHT, TOP + SIDE + BELOW
    size = f"viewBox='0 0 {width} {height}' width='{width}' height='{height}'"
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' aria-labelledby='title about' {FONT}>",
        f"<title id='title'>{escape(title)}</title>",
        f"<desc id='about'>{escape(_said(bins))}</desc>",
        f"<rect width='{width}' height='{height}' fill='#ffffff'/>",
        _text(LEFT, 24, title, size=16, anchor="start"),
        _text(LEFT, 44, subtitle, size=12, anchor="start", fill=QUIET),
        *_grid(),
        *(part for one in bins if one.count for part in _bar(one)),
        f"<line x1='{_x(0)}' y1='{_y(0)}' x2='{_x(1)}' y2='{_y(1)}' stroke='{QUIET}' stroke-dasharray='5 4'/>",
        *(
            f"<circle cx='{_x(one.confidence)}' cy='{_y(one.accuracy)}' r='3' fill='{MEAN}'/>"
            for one in bins
            if one.count
        ),
        *(_count(one) for one in bins if one.count),
        _text(_x(0.5), TOP + SIDE + 42, "confidence (dot: mean of the bin; number: attributions)", size=12),
        f"<g transform='rotate(-90 18 {_y(0.5)})'>{_text(18, _y(0.5), 'share that is right', size=12)}</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid() -> Iterator[str]:
    for tenth in range(0, 11, 2):
        at = tenth / 10
        yield f"<line x1='{_x(0)}' y1='{_y(at)}' x2='{_x(1)}' y2='{_y(at)}' stroke='#e3e7eb'/>"
        yield _text(LEFT - 8, _y(at) + 4, f"{at:.1f}", size=11, anchor="end", fill=QUIET)
        yield _text(_x(at), TOP + SIDE + 18, f"{at:.1f}", size=11, fill=QUIET)
    yield f"<rect x='{_x(0)}' y='{_y(1)}' width='{SIDE}' height='{SIDE}' fill='none' stroke='{QUIET}'/>"


def _bar(one: Bin) -> Iterator[str]:
    left, right, top = _x(one.low) + 1, _x(one.high) - 1, _y(one.accuracy)
    yield f"<rect x='{left:g}' y='{top:g}' width='{right - left:g}' height='{_y(0) - top:g}' fill='{BAR}'/>"


def _count(one: Bin) -> str:
    return _text((_x(one.low) + _x(one.high)) / 2, _y(0) - 6, str(one.count), size=10)  # clear of diagonal and dots


def _said(bins: Sequence[Bin]) -> str:
    held = [f"{one.low:.2f} to {one.high:.2f}: {one.accuracy:.2f} right of {one.count}" for one in bins if one.count]
    return "Share of attributions that is right, by confidence. " + "; ".join(held)


def _text(x: float, y: float, words: str, *, size: int, anchor: str = "middle", fill: str = INK) -> str:
    return f"<text x='{x:g}' y='{y:g}' font-size='{size}' text-anchor='{anchor}' fill='{fill}'>{escape(words)}</text>"


def _x(confidence: float) -> float:
    return round(LEFT + SIDE * confidence, 1)


def _y(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)
