"""The chart of `winset power`: a bar for each member, as plain SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from winset.brief.drawing import FOR, LINE, MUTED, PAPER, SVG, element, text, wrapped

ROW, BAR, FONT = 20, 12, 12  # pixels
NAMES, BARS, FIGURES = 190, 360, 70  # across
TOP, BOTTOM, EDGE = 34, 12, 12


def chart(title: str, bars: Sequence[tuple[str, float]]) -> str:
    """One SVG: name, bar and figure of each, in the order given; the same bars give the same bytes."""
    longest = max((value for _, value in bars), default=0) or 1
    across, down = EDGE + NAMES + BARS + FIGURES, TOP + ROW * len(bars) + BOTTOM
    root = element("svg", xmlns=SVG, viewBox=f"0 0 {across} {down}", font_family="system-ui, sans-serif", role="img")
    root.append(element("title", title))
    root.append(element("rect", width=across, height=down, fill=PAPER))
    (head, *_) = wrapped(title, to=across - 2 * EDGE, font=FONT + 1, lines=1)
    root.append(text(head, EDGE, TOP / 2, font=FONT + 1, bold=True))
    left = EDGE + NAMES
    root.append(element("line", x1=left, x2=left, y1=TOP, y2=down - BOTTOM, stroke=LINE))
    for row, (name, value) in enumerate(bars):
        middle = TOP + ROW * (row + 0.5)
        (shown, *_) = wrapped(name, to=NAMES - EDGE, font=FONT, lines=1)
        root.append(text(shown, left - 6, middle, font=FONT, anchor="end"))
        length = BARS * value / longest
        root.append(element("rect", x=left, y=middle - BAR / 2, width=length, height=BAR, fill=FOR))
        root.append(text(f"{value:.4g}", left + length + 5, middle, font=FONT, color=MUTED))
    return ET.tostring(root, encoding="unicode") + "\n"
