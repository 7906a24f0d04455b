"""At scale: one module a part, each of which measures and gives rows for docs/reference/scale-figures.md.

A part is a module of this package with

    TITLE: str                                       # heading of its section on the page
    ABOUT: str                                       # a sentence or two under it: what is measured, and how
    def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]

sizes: documents, smallest first; a part that measures another thing may choose its own.
folder: scratch, empty, deleted afterwards.  data: the folder of measuring data, which may be missing.
A part may have, too,

    def merged(before: Sequence[Row], rows: Sequence[Row]) -> list[Row]   # what the page shows, of earlier runs too
    IMAGE: str                                                            # file name of a picture under the table
    IMAGE_ABOUT: str                                                      # what it shows, in words
    def drawn(rows: Sequence[Row]) -> str                                 # the picture, as SVG

A part that cannot run here raises `Skipped`. The columns of its table are the names of its rows' values, in the order
in which they first come. `benchmarks.bench_scale` runs the parts that PARTS names and writes the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Row: TypeAlias = Mapping[str, str | int | float | None]  # column to value; numbers are printed as they come, rounded

PARTS = ("throughput", "peers", "interrupted", "dask", "big_case", "full_text")  # modules, in the order of the page


class Skipped(Exception):
    """A part that cannot be measured on this machine; the message says why, in one line."""
