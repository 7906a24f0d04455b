"""Plain SVG: elements whose colours are classes, and how much room a text takes without a font at hand."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from bisect import bisect_right
from itertools import accumulate

# Each colour here is also a class name on the page, which gives it its light, dark and print value.
# Blue, orange and grey stay apart under every common colour blindness (Okabe and Ito 2008); shapes repeat them.
PAPER, INK, MUTED, LINE = "#ffffff", "#1c2126", "#5a646e", "#c9d1d9"
FOR, AGAINST, BETWEEN = "#1666a8", "#b4560b", "#626b74"
WARN = "#8a4b00"
CLASSES = {
    PAPER: "paper",
    INK: "ink",
    MUTED: "muted",
    LINE: "line",
    FOR: "for",
    AGAINST: "against",
    BETWEEN: "between",
    WARN: "warn",
}
SVG = "http://www.w3.org/2000/svg"
TO_BASELINE = 0.33  # from the middle of a line of words down to its baseline, in font sizes
RADIUS = 5.5  # of a point, pixels
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SLIM, BROAD = frozenset("fijlrtI.,:;'’()[]|-/ "), frozenset("mwMW@%…—")


def element(tag: str, words: str = "", **attributes: str | float) -> ET.Element:
    """An element; `_` in an attribute's name stands for a hyphen. What XML cannot hold in `words` becomes U+FFFD."""
    made = ET.Element(tag, {name.replace("_", "-"): _shown(value) for name, value in attributes.items()})
    colors = [f"{kind}-{CLASSES[color]}" for kind in ("fill", "stroke") if (color := made.get(kind, "")) in CLASSES]
    if colors:
        made.set("class", " ".join(colors))
    made.text = NO_XML.sub("\ufffd", words)
    return made


def _shown(value: str | float) -> str:
    """Numbers to a tenth of a pixel: 24, 302.4."""
    return value if isinstance(value, str) else str(round(value, 1)).removesuffix(".0")


def text(
    words: str, x: float, middle: float, *, font: int, color: str = INK, bold: bool = False, anchor: str = "start"
) -> ET.Element:
    """Words that start at `x`, have their middle or their end there; `middle` is the height of their middle."""
    weight = {"font_weight": "600"} if bold else {}
    y = middle + TO_BASELINE * font
    return element("text", words, x=x, y=y, text_anchor=anchor, font_size=font, fill=color, **weight)


def point(x: float, y: float, *, shape: str, color: str) -> ET.Element:
    """A "circle" or a "square", filled, or a hollow "diamond"."""
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=RADIUS, fill=color)
    if shape == "square":
        return element("rect", x=x - RADIUS, y=y - RADIUS, width=2 * RADIUS, height=2 * RADIUS, fill=color)
    outline = f"M{_shown(x - RADIUS)} {_shown(y)}l{RADIUS} {-RADIUS}l{RADIUS} {RADIUS}l{-RADIUS} {RADIUS}z"
    return element("path", d=outline, fill=PAPER, stroke=color, stroke_width=2)


def width(words: str, font: int, *, bold: bool = False) -> float:
    """Pixels that hold the words in any of the page's fonts; fitted to the broadest in use, DejaVu Sans."""
    return (1.12 if bold else 1) * font * sum(map(_letter_width, words))


def _letter_width(letter: str) -> float:
    """In font sizes."""
    if unicodedata.combining(letter):
        return 0.0
    if letter in BROAD or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.38 if letter in SLIM else 0.71 if letter.isupper() else 0.61


def wrapped(words: str, *, to: float, font: int, lines: int = 3) -> tuple[str, ...]:
    """The words on lines at most `to` pixels wide, broken before a bracket where that will do; the rest cut off.

    >>> wrapped("Lena Oduya (Strand Institute)", to=170, font=12)
    ('Lena Oduya', '(Strand Institute)')
    """
    ends = list(accumulate(font * _letter_width(letter) for letter in words))
    fitting = bisect_right(ends, to)
    if fitting == len(words):
        return (words,)
    bracket, space = words.find(" (", 1, fitting + 2), words.rfind(" ", 1, fitting + 1)
    split = bracket if bracket > 0 else space
    if lines == 1 or split < 0:
        return (words[: bisect_right(ends, to - width("…", font))].rstrip() + "…",)
    return (words[:split], *wrapped(words[split + 1 :], to=to, font=font, lines=lines - 1))
