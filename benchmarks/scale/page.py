"""The page of figures: a section a part, each written when its part was measured, the others left as they are."""

from __future__ import annotations

import os
import platform
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import PROJECT
from benchmarks.scale import Row

PAGE = PROJECT / "docs" / "reference" / "scale-figures.md"
WIDTH = 120
HEAD = """\
# At scale: figures

What one machine does with many documents, and how a big case is to work with. `make bench-scale` measures these figures
and writes this page, section by section; all of them depend on the machine. How they are measured:
[benchmarks](../../benchmarks/README.md#scale).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What one part has measured."""

    title: str
    about: str
    rows: Sequence[Row]

    def __str__(self) -> str:
        about = textwrap.fill(self.about, WIDTH, break_long_words=False, break_on_hyphens=False)
        return f"## {self.title}\n\n{about}\n\n{table(self.rows)}\n\n{_machine()}\n"


def table(rows: Sequence[Row]) -> str:
    """The rows as a table of Markdown, its columns in the order in which they first come.

    >>> print(table([{"what": "a", "s": 1234}, {"what": "b", "s": None, "MB": 2.5}]))
    | what |     s |  MB |
    | ---- | ----: | --: |
    | a    | 1,234 |   – |
    | b    |     – | 2.5 |
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    words = [all(isinstance(row.get(name), str | None) for row in rows) for name in columns]
    widths = [max(len(name), *(len(row[at]) for row in cells), 3) for at, name in enumerate(columns)]
    shown = [columns, *cells]
    lines = [
        " | ".join(
            text.ljust(width) if left else text.rjust(width)
            for text, width, left in zip(row, widths, words, strict=True)
        )
        for row in shown
    ]
    rule = " | ".join(
        "-" * width if left else "-" * (width - 1) + ":" for width, left in zip(widths, words, strict=True)
    )
    return "\n".join(f"| {line} |" for line in [lines[0], rule, *lines[1:]])


def written(section: Section, *, order: Sequence[str], page: Path = PAGE) -> None:
    """Put the section in its place on the page, instead of what it was."""
    held = sections(page.read_text("utf-8")) if page.is_file() else {}
    held[section.title] = str(section)
    known = [title for title in order if title in held]
    others = [title for title in held if title not in order]
    beside = page.with_suffix(".part")
    beside.write_text("\n".join([HEAD, *(held[title] for title in [*known, *others])]), encoding="utf-8")
    beside.replace(page)


def sections(page: str) -> dict[str, str]:
    """The sections of a page, by their titles.

    >>> sections("# Page\\n\\n## One\\n\\na\\n\\n## Two\\n\\nb\\n")
    {'One': '## One\\n\\na\\n', 'Two': '## Two\\n\\nb\\n'}
    """
    parts = re.split(r"(?m)^(?=## )", page)[1:]
    return {part.split("\n", 1)[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}


def _cell(value: str | int | float | None) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:,}"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    return f"Measured on {day}: {cores} cores, {platform.machine()}, Python {platform.python_version()}."
