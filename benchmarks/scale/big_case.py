"""A hundred documents more in a case of a million statements: until its brief is current."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import WINSET, Spent, cold
from benchmarks.scale import Row
from benchmarks.scale.cases import IN_A_DOCUMENT, made
from benchmarks.scale.texts import articles

TITLE = "A big case, and a hundred documents more"
ABOUT = (
    "A made case in a file, with a brief that is current. A hundred articles are added with `winset add`, and `winset"
    " brief` makes the brief again: both as a user calls them, start of Python and reading of weights included. Must:"
    " under 30 s together for 1,000,000 statements, under 2 GB. The first brief and the first document added make ready"
    " what a case has already that grew by `winset add`. Then what other commands take on it: `statements` writes"
    " them all, merging is a person's word that one actor counts as another."
)
NEW = 100  # documents that are added
ASKED = ("positions", "decide", "status", "timeline", "discrepancies", "network", "actors", "statements")


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:  # noqa: ARG001 - as all parts
    """Rows for cases of so many documents, ten statements in each."""
    return [_row(size, folder) for size in sizes]


def _row(documents: int, folder: Path) -> Row:
    case, news = folder / f"big-{documents}.winset", folder / f"news-{documents}"
    made(case, documents=documents)
    news.mkdir()
    for number, article in enumerate(articles(NEW, seed=documents)):
        (news / f"{number:03}.txt").write_text(article["text"], encoding="utf-8")
    first = _brief(case, folder)
    compared = cold([WINSET, "add", case, news / "000.txt"])  # once, all texts are made ready to be compared
    added, brief = cold([WINSET, "add", case, news]), _brief(case, folder)
    others = {command: cold([WINSET, command, case]) for command in ASKED}
    others["merging two"] = cold([WINSET, "actors", case, "merge", "Albania", "Belgium", "--by", "Ada"])
    peak = max(each.peak_megabytes for each in (first, compared, added, brief))
    return {
        "statements": documents * IN_A_DOCUMENT,
        "first brief, s": round(first.seconds, 1),
        "first add, s": round(compared.seconds, 1),
        "add 100, s": round(added.seconds, 1),
        "brief, s": round(brief.seconds, 1),
        "together, s": round(added.seconds + brief.seconds, 1),
        "peak, MB": round(peak),
        **{f"{command}, s": round(spent.seconds, 1) for command, spent in others.items()},
        "peak of these, MB": round(max(spent.peak_megabytes for spent in others.values())),
    }


def _brief(case: Path, folder: Path) -> Spent:
    return cold([WINSET, "brief", case, "-o", folder / f"{case.stem}.html"])
