"""What stands on paper: headings, sentences, tables, a picture and quotations, one after the other.

`pdf` and `word` set the same blocks; `printed_sections` fills them from the page. A block holds words, never
markup: what a stranger wrote stays words in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from winset.brief.drawing import NO_XML
from winset.brief.wording import unbroken

# C0 and C1 controls, and what turns the direction of the words after it, are no signs on paper.
_NO_SIGN = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_NO_SIGN |= dict.fromkeys(map(ord, "\t\n\r"), 0x20)


class Style(StrEnum):
    """What a run of words is."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"  # said beside: sources, kinds, notes
    WARN = "warn"  # "single origin"
    EXACT = "exact"  # the words stated
    AROUND = "around"  # source and cue of a statement, and what stands between
    FOR = "for"
    AGAINST = "against"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind; `to` is the key of a heading or statement that they open, "" for none."""

    text: str
    style: Style = Style.PLAIN
    to: str = ""


Line: TypeAlias = tuple[Run, ...]


def run(text: str, style: Style = Style.PLAIN, *, to: str = "") -> Run:
    r"""Words as they can be printed: one sign for each that cannot.

    >>> run("a\x00b").text == "a\ufffdb"
    True
    """
    return Run(NO_XML.sub("\ufffd", unbroken(text).translate(_NO_SIGN)), style, to)


def line(*parts: Run | str) -> Line:
    """Runs in a row; plain words may be given as they are."""
    return tuple(run(part) if isinstance(part, str) else part for part in parts if part)


def joined(lines: Iterable[Line], between: str = ", ") -> Line:
    """Several lines as one."""
    made: list[Run] = []
    for each in lines:
        made += [*([run(between)] if made else []), *each]
    return tuple(made)


class Kind(StrEnum):
    """How a paragraph is set."""

    KICKER = "kicker"  # above the title
    VERDICT = "verdict"
    CLAIM = "claim"
    NOTE = "note"
    ITEM = "item"  # of a list
    SUBITEM = "subitem"
    QUOTATION = "quotation"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Of level 1 (the title) to 4; `key` is what links lead to."""

    level: int
    words: Line
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, list item or quotation."""

    kind: Kind
    words: Line
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A numbered statement: its exact words, and below them what is known of it."""

    number: int
    key: str
    words: Line
    facts: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; of a `whole` one the only cell reaches over all columns."""

    cells: tuple[Line, ...]
    whole: bool = False
    quiet: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Its head, whether it holds numbers, and how wide it is beside the others; 0: as wide as its words."""

    head: str
    number: bool = False
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads, with a caption that says what they are."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing as SVG, what it shows in words, and the line below it."""

    svg: str
    words: str
    caption: Line


Block: TypeAlias = Heading | Paragraph | Said | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A whole brief for paper."""

    title: str
    about: str  # "Brief for the North Atlantic Council, decision on 11 July 2023"
    day: str  # of the decision
    made: str  # for the foot of a page
    at: str  # ISO 8601, UTC: when the brief was made
    keywords: tuple[str, ...]
    blocks: tuple[Block, ...]
