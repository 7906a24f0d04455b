"""What fuzzing found and what was done about it; the inputs lie in regressions/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """One finding that is none any more."""

    target: str
    found: str  # what came out that must not
    done: str


MENDED: tuple[Mended, ...] = (
    Mended(
        target="refi-qda",
        found="IndexError: an archive with an entry of no name ended the command with a traceback",
        done="refused in one line (`exchange/qda/archive.py`)",
    ),
    Mended(
        target="feed-entries",
        found="AttributeError: a watched feed that answered with no bytes ended the round with a traceback",
        done="refused in one line, as an empty one (`corpus/readers/feed.py`)",
    ),
    Mended(
        target="positions",
        found="csv.Error: a lone carriage return in an input file of DEcide ended the command with a traceback",
        done="it ends a row, as other line ends do; a cell too long for any name is told, in files of KTAB and of past "
        "decisions too (`exchange/decide_files.py`, `ktab_files.py`, `deu_files.py`)",
    ),
)
