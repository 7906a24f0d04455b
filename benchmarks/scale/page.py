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
IMAGES = PROJECT / "docs" / "images"
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
    image: str = ""  # file name of a picture, among those of the documentation
    image_about: str = ""

    def __str__(self) -> str:
        about = textwrap.fill(self.about, WIDTH, break_long_words=False, break_on_hyphens=False)
        parts = [f"## {self.title}", about, table(self.rows)]
        parts += [f"![{self.image_about}](../images/{self.image})"] if self.image else []
        parts.append(_machine(dated=not any("measured" in row for row in self.rows)))
        return "\n\n".join(parts) + "\n"


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


def rows_of(section: str) -> list[Row]:
    """The rows of a section's table, as `table` was given them.

    >>> made = [{"what": "a", "s": 1234, "MB": None}, {"what": "b", "s": None, "MB": 2.5}]
    >>> rows_of(table(made)) == made
    True
    """
    lines = [line[1:-1].split("|") for line in section.splitlines() if line.startswith("|")]
    columns, *rows = ([cell.strip() for cell in line] for line in lines)
    return [{name: _value(cell) for name, cell in zip(columns, row, strict=True)} for row in rows[1:]]


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


def _value(cell: str) -> str | int | float | None:
    if cell == "–":
        return None
    number = cell.replace(",", "")
    if re.fullmatch(r"-?\d+(\.\d+)?", number):
        return float(number) if "." in number else int(number)
    return cell


def _machine(*, dated: bool) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    about = f"{cores} cores, {platform.machine()}, Python {platform.python_version()}."
    return f"Measured on {today()}: {about}" if dated else f"Measured with {about}"


def today() -> str:
    """In UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%d")
