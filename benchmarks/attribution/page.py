"""The page of figures in the documentation, and files that are written whole or not at all."""

from __future__ import annotations

import textwrap
from pathlib import Path

from benchmarks.attribution.outcome import Outcome
from benchmarks.attribution.reliability_plot import reliability_svg
from benchmarks.attribution.table import table
from benchmarks.measuring import PROJECT

PAGE = PROJECT / "docs" / "reference" / "attribution-figures.md"
PLOT = PROJECT / "docs" / "images" / "attribution-reliability.svg"
PARTS = {
    "news": "American political news with source, cue and content marked by hand (PolNeAR, Newell2018), the part",
    "coded": "documents about one decision, coded by two careful coders working apart, the part",
}

HEAD = """\
# Attribution: figures

Who said what, held against what people marked, beside other systems. `make bench-attribution` measures these figures
and writes this page; only the speeds depend on the machine. What is counted, and how the others are run:
[benchmarks](../../benchmarks/README.md#attribution).
"""
CALIBRATION = f"""\
## Calibration

An attribution counts as right where its content matches a coder's (Jaccard of words at least .5) and their sources
overlap. Attributions are put into fifteen bins by confidence; the calibration error is the distance of a bin's mean
confidence from its share of right ones, averaged over the attributions.

![Reliability plot](../images/{PLOT.name})
"""


def page(outcome: Outcome) -> str:
    """The figures as a page of Markdown; the same figures give the same page."""
    sections = [
        HEAD,
        table(outcome),
        "\n".join(_bullet(line) for line in notes(outcome)) + "\n",
    ]
    if outcome.bins:
        sections.append(CALIBRATION)
    return "\n".join(sections)


def notes(outcome: Outcome) -> list[str]:
    """What a reader of the table must know, line by line; each on one line."""
    lines = [
        f"Measured on {PARTS[need]} `{part.name}` (SHA-256 {part.digest}…)"
        + ("." if part.known else "; not the development part, so limits hold within the tolerance set for such parts.")
        for need, part in outcome.parts.items()
    ]
    if outcome.versions:
        ran = ", ".join(f"{name} {version}" for name, version in outcome.versions.items())
        lines.append(f"Run beside winset: {ran}.")
    lines.append("† published, not run: measured by others on the development parts.")
    if outcome.speed:
        lines.append(
            f"Speed: `winset attribute --threads 2` over {outcome.speed.documents} "
            f"{'document' if outcome.speed.documents == 1 else 'documents'} of {outcome.speed.words:,} words together, "
            "less its start; the others over the same news, article by article, less theirs, each in one process."
        )
    return [*lines, *outcome.remarks]


def plot(outcome: Outcome) -> str:
    """The reliability plot of the outcome's bins."""
    count, error = sum(one.count for one in outcome.bins), outcome.winset.figures["ece"]
    return reliability_svg(
        outcome.bins,
        title="Is an attribution's confidence what it says?",
        subtitle=f"{count:,} attributions, PolNeAR {outcome.parts['news'].name}; calibration error {error:.3f}",
    )


def write_page(outcome: Outcome) -> tuple[Path, ...]:
    """Write the page, and the plot where there are confidences; the paths written."""
    write_whole(PAGE, page(outcome))
    if not outcome.bins:
        return (PAGE,)
    write_whole(PLOT, plot(outcome))
    return PAGE, PLOT


def write_whole(path: Path, text: str) -> None:
    """Write the file in one step: a reader finds the old text or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _bullet(line: str) -> str:
    return textwrap.fill(line, 118, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
