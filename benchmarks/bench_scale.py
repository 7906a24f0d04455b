"""Many documents: speed, memory, interruptions, clusters and big cases, written to docs/reference/scale-figures.md.

python -m benchmarks.bench_scale [--sizes 1000 10000] [--parts throughput ...] [--data ../shared/data] [--write]
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from benchmarks.attribution.parts import BESIDE
from benchmarks.measuring import PROJECT
from benchmarks.scale import PARTS, Row, Skipped
from benchmarks.scale.page import IMAGES, PAGE, Section, rows_of, sections, table, written


def main() -> int:
    """Measure part by part; print each, and write it where that is wanted."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], help="documents (1000 10000)")
    options.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="all of them")
    options.add_argument("--data", type=Path, default=BESIDE / "data", help="folder with enb/")
    options.add_argument("--write", action="store_true", help=f"write the sections of {PAGE.name} again")
    chosen = options.parse_args()
    for name in chosen.parts:
        part = importlib.import_module(f"benchmarks.scale.{name}")
        print(f"\n## {part.TITLE}\n")
        with tempfile.TemporaryDirectory() as folder:
            try:
                rows = part.main(sorted(chosen.sizes), folder=Path(folder), data=chosen.data)
            except Skipped as why:
                print(f"skipped: {why}")
                continue
        print(table(rows))
        if chosen.write:
            _write(part, rows)
            print(f"written: {PAGE.relative_to(PROJECT)}")
    return 0


def _write(part: ModuleType, rows: Sequence[Row]) -> None:
    """Its section of the page, and its picture."""
    if hasattr(part, "merged"):
        held = sections(PAGE.read_text("utf-8")) if PAGE.is_file() else {}
        rows = part.merged(rows_of(held[part.TITLE]) if part.TITLE in held else [], rows)
    image, image_about = getattr(part, "IMAGE", ""), getattr(part, "IMAGE_ABOUT", "")
    if image:
        (IMAGES / image).write_text(part.drawn(rows), encoding="utf-8")
    section = Section(title=part.TITLE, about=part.ABOUT, rows=rows, image=image, image_about=image_about)
    written(section, order=_titles())


def _titles() -> list[str]:
    """The headings of the page, as far as their parts are there."""
    found = [Path(__file__).parent / "scale" / f"{name}.py" for name in PARTS]
    return [importlib.import_module(f"benchmarks.scale.{path.stem}").TITLE for path in found if path.is_file()]


if __name__ == "__main__":
    raise SystemExit(main())
