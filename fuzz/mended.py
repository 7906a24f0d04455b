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
    Mended(
        target="web-archive",
        found="AttributeError, ValueError: a record of an answer that tells no address, one that is none, or no "
        "length, ended the command with a traceback",
        done="the archive is told as damaged, after what came before, or the record alone; one of no length goes on "
        "to the end (`cluster/reading.py`, `corpus/reading.py`)",
    ),
    Mended(
        target="parquet",
        found="UnicodeDecodeError, OverflowError: a string that is no UTF-8, as a cell or a column's name, or a date "
        "of the year 27,000, ended the command with a traceback",
        done="the row is refused alone, the file where its columns cannot be told (`cluster/reading.py`)",
    ),
    Mended(
        target="parser-answers",
        found="a reader that was taken over could refuse without a reason, give a title of several lines, or half a "
        "character, which no store takes",
        done="such an answer is no sound one, spaces are put in order (`corpus/confined/answers.py`)",
    ),
    Mended(
        target="positions",
        found="a complaint about an actor whose name holds control characters passed them on, which break its line",
        done="they are shown as such in complaints about tables and registries (`errors.py`)",
    ),
    Mended(
        target="rules",
        found="a rule of four pages was quoted whole in the complaint about it",
        done="its begin and its end are told (`decisions/rule_expressions.py`)",
    ),
)
