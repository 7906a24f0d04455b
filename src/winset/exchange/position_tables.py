r"""A table of positions: what each actor wants on each issue, in a row of its own. No document is needed beside it.

actor,issue,position,salience,capability,std_error
Ruritania,mesh size,70,0.9,4,10

Columns are in COLUMNS, in any order and any case; cells are parted by commas, semicolons or tabs. Nothing is taken
silently: a column that must be there and is not, an empty cell, a number off its scale is a mistake, told with its row
(as a spreadsheet counts: the header is row 1) and its column, and all mistakes of a table are told together.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from winset.errors import BadTable
from winset.exchange.position_cells import LONGEST_NAME, NoNumber, is_empty, number, words
from winset.exchange.registry_rows import shortened

COLUMNS = {
    "actor": "who: any name; with a body, an ISO code or a name that the registry knows",
    "issue": "what is to be decided",
    "position": "what the actor wants, a number on the scale; or the word unknown",
    "salience": "how much the issue matters to it, 0-1 unless the scale of salience is given",
    "capability": "what it can put in, 0 or more, the same in all rows of the actor",
    "std_error": "standard error of the position, in its unit; without the column positions are taken as exact",
    "salience_error": "standard error of the salience, in its unit",
    "proposal": "what is proposed on the issue, on the scale; the same in all rows of the issue",
    "status_quo": "where things stand without a decision; the same in all rows of the issue",
    "votes": "its votes, a whole number; without the column each has one",
    "veto": "yes or no",
}
NEEDED = ("actor", "issue", "position", "salience", "capability")
SETTABLE = ("issue", "salience", "capability")  # one value for all rows may stand in for the column
UNKNOWN = "unknown"  # for a position: the actor has a seat, and nothing is on record
DELIMITERS = ",;\t|"
FILE_BYTES = 50_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_YES, _NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The numbers between which positions run in a table. Inside winset all run from 0 to 100."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(100)

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise BadTable(f"scale {self}: write the lower end first, as in 0..100")

    def issue_value(self, value: Fraction) -> float:
        """On 0-100."""
        return float(100 * (value - self.low) / (self.high - self.low))

    def issue_points(self, points: Fraction) -> float:
        """A distance, on 0-100."""
        return float(100 * points / (self.high - self.low))

    def own(self, value: float) -> float:
        """A value of 0-100 on the table's own scale."""
        return float(self.low) + value * float(self.high - self.low) / 100

    def own_points(self, points: float) -> float:
        """A distance on 0-100 in the table's own unit."""
        return points * float(self.high - self.low) / 100

    def __str__(self) -> str:
        return f"{float(self.low):g}..{float(self.high):g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a table is to be read: its scales, and one value for all rows where it lacks a column."""

    scale: Scale = Scale()
    salience_out_of: Fraction = Fraction(1)
    issue: str | None = None
    salience: Fraction | None = None
    capability: Fraction | None = None
    rule: str = ""  # a further column that this text names holds weights, as in "2/3 of shoreline"
    python: bool = False  # whether messages name arguments of Python, not options of the command line

    def names(self, column: str) -> bool:
        """Whether the rule names a column that is none of COLUMNS."""
        spelt = re.escape(column).replace("_", r"[\W_]")
        return column not in COLUMNS and re.search(rf"(?<!\w){spelt}(?!\w)", self.rule.casefold()) is not None

    def option(self, name: str, value: str) -> str:
        """How the user gives that setting: "--salience 1", or "salience=1" in Python."""
        return f"{name}={value}" if self.python else f"--{name.replace('_', '-')} {value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """One row, on winset's own scales."""

    row: int
    actor: str
    issue: str
    value: float | None  # 0-100; None: unknown
    std_error: float  # same scale
    salience: float  # 0-1
    salience_error: float
    capability: Fraction  # 0 or more
    proposal: float | None  # 0-100; None: the table does not say
    status_quo: float | None
    votes: int
    veto: bool
    weights: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTable:
    """A table of positions, checked: no two rows of one actor on one issue, one capability for each actor."""

    name: str  # of the file, as messages call it
    rows: tuple[PositionRow, ...]  # at least one
    reading: Reading
    has: frozenset[str]  # the known columns that it has

    @property
    def actors(self) -> tuple[str, ...]:
        """In the order of the rows."""
        return tuple(dict.fromkeys(row.actor for row in self.rows))

    @property
    def issues(self) -> tuple[str, ...]:
        """In the order of the rows."""
        return tuple(dict.fromkeys(row.issue for row in self.rows))

    def first_rows(self) -> Mapping[str, PositionRow]:
        """For each actor its first row, which has its capability, votes and weights."""
        found: dict[str, PositionRow] = {}
        for row in self.rows:
            found.setdefault(row.actor, row)
        return found

    def at(self, row: int) -> str:
        """The place of a row, for messages and as evidence: "positions.csv row 12"."""
        return f"{self.name} row {row}"

    def scale_words(self, value: float) -> str:
        """A value of 0-100 as the table writes it."""
        return f"{self.reading.scale.own(value):g}"


@dataclass(slots=True)
class _Mistakes:
    """Of one table, in the order of its rows."""

    name: str
    lines: list[tuple[int, str]] = field(default_factory=list)  # number of the row, and what is told

    def add(self, row: int, column: str, reason: str) -> None:
        at = self.name if row < 0 else f"{self.name} row {row}"  # the columns of a frame have no row
        self.lines.append((row, f"{at}, {column}: {reason}"))

    def tell(self) -> None:
        if self.lines:
            ranked = sorted(self.lines, key=lambda line: line[0])  # the order of a row's own mistakes stays
            raise BadTable(*shortened(line for _, line in ranked))


def read_positions(path: Path, reading: Reading | None = None) -> PositionTable:
    """The table at `path`: CSV of any of the DELIMITERS, in UTF-8 or, marked as such, UTF-16.

    Raises BadTable, with one line for each mistake.
    """
    try:
        with path.open("rb") as stream:
            payload = io.BytesIO(stream.read(FILE_BYTES + 1))
    except OSError as error:
        raise BadTable(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise BadTable(f"{str(path)!r}: cannot be read: a NUL byte is in its name") from None
    return positions_from(payload, name=path.name, reading=reading)


def positions_from(stream: BinaryIO, *, name: str, reading: Reading | None = None) -> PositionTable:
    """The table that a stream holds, standard input say; `name` is for messages.  Raises BadTable."""
    payload = stream.read(FILE_BYTES + 1)
    if len(payload) > FILE_BYTES:
        raise BadTable(f"{name}: more than {FILE_BYTES // 10**6} MB: split it by issue")
    return positions_in(_decoded(payload, name), name=name, reading=reading)


def positions_in(text: str, *, name: str, reading: Reading | None = None) -> PositionTable:
    r"""The table in `text`; `name` is for messages.  Raises BadTable.

    >>> table = positions_in("actor;issue;position;salience;capability\nA;quota;4;1;2\n", name="own.csv",
    ...                      reading=Reading(scale=Scale(low=Fraction(4), high=Fraction(10))))
    >>> [(row.actor, row.value, row.capability) for row in table.rows]
    [('A', 0.0, Fraction(2, 1))]
    """
    if (model := _model_input(text, name)) is not None:
        header, records = model
        return positions_of(header, records, name=name, reading=_unscaled(reading, name))
    rows = list(_records(text, name))
    if not rows:
        raise BadTable(f"{name}: nothing in it: begin with the names of the columns, {','.join(NEEDED)}")
    (first, header), *records = rows
    return positions_of(header, records, name=name, reading=reading or Reading(), header_row=first)


def positions_of(
    header: Sequence[str],
    records: Iterable[tuple[int, Sequence[object]]],
    *,
    name: str,
    reading: Reading,
    header_row: int = 1,
) -> PositionTable:
    """The table of rows that were taken apart already: (number of the row, its cells).  Raises BadTable.

    header_row: number of the row that names the columns; below 0 where none does.
    """
    mistakes = _Mistakes(name)
    columns = _columns(header, mistakes, header_row, reading)
    mistakes.tell()
    rows: list[PositionRow] = []
    count = 0
    nameless = [place for place, title in enumerate(header) if not str(title).strip()]
    for count, (at, cells) in enumerate(records, 1):  # noqa: B007 - counted for the message below
        if any(not is_empty(cell) for cell in cells[len(header) :]):
            reason = (
                f"{len(cells)} cells, the header has {len(header)}: put a cell that holds the mark between cells in "
                "quotes, and write numbers with a decimal point"
            )
            mistakes.add(at, "all columns", reason)
            continue
        for place in nameless:
            if place < len(cells) and not is_empty(cells[place]):
                reason = f"holds {words(cells[place])!r}, and the column has no name: name it, or empty it"
                mistakes.add(at, f"column {place + 1}", reason)
        found = {column: cells[place] for column, place in columns.items() if place < len(cells)}
        made = _row(at, found, reading, mistakes, columns)
        if made:
            rows.append(made)
    if not count:
        mistakes.add(header_row, "actor", "no actor: the table has columns and no row; add one for each position")
    _check_together(rows, mistakes)
    mistakes.tell()
    return PositionTable(name=name, rows=tuple(rows), reading=reading, has=frozenset(columns))


def _model_input(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]]] | None:
    """Header and rows of an input file of DEcide or KTAB; None for any other text.  Raises BadTable."""
    from winset.exchange.decide_files import decide_in, is_decide, model_records
    from winset.exchange.ktab_files import is_ktab, ktab_in

    read = decide_in if is_decide(text) else ktab_in if is_ktab(text) else None
    if read is None:
        return None
    found = read(text, name=name)
    if found.refused:
        raise BadTable(*shortened(found.refused))
    return model_records(found)


def _unscaled(reading: Reading | None, name: str) -> Reading:
    """How to read what has been put on winset's scales already.  Raises BadTable for a scale of the user's."""
    reading = reading or Reading()
    if reading.scale != Scale() or reading.salience_out_of != 1:
        raise BadTable(f"{name}: states its own scales: leave out {reading.option('scale', '...')} and its like")
    return replace(reading, issue=None, salience=None, capability=None)


def _decoded(payload: bytes, name: str) -> str:
    if payload.startswith(b"PK\x03\x04"):
        raise BadTable(f"{name}: is a workbook or an archive: save the sheet as CSV in UTF-8")
    try:
        return payload.decode("utf-16" if payload.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = payload.count(b"\n", 0, error.start) + 1
        raise BadTable(f"{name} row {row}: is no UTF-8 text: save the table as CSV in UTF-8") from None


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with its number."""
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise BadTable(f"{name} row {row}: a NUL byte: this is no text; save the table as CSV in UTF-8")
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    at = count = 0
    try:
        for at, cells in enumerate(reader, 1):
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            count += 1
            if count > MOST_ROWS + 1:
                raise BadTable(f"{name} row {at}: more than {MOST_ROWS:,} rows: split the table by issue")
            yield at, stripped
    except csv.Error as error:
        raise BadTable(f"{name} row {at + 1}: no valid CSV: {error}") from None


def _columns(header: Sequence[str], mistakes: _Mistakes, at: int, reading: Reading) -> dict[str, int]:
    """The place of each column that is read."""
    known = (*COLUMNS, *filter(reading.names, map(column_name, header)))
    found: dict[str, int] = {}
    strange = []
    if len(header) > MOST_COLUMNS:
        raise BadTable(f"{mistakes.name} row {at}: {len(header):,} columns: a table has at most {MOST_COLUMNS}")
    for place, title in enumerate(header):
        column = column_name(title)
        if not str(title).strip():  # a spreadsheet leaves empty columns behind; one that holds something is refused
            continue
        if column in found:
            mistakes.add(at, words(str(title)), "the column stands twice: give each its own name")
        elif column in known:
            found[column] = place
        else:
            strange.append(title)
    lacking = [column for column in NEEDED if column not in found]
    for title in strange:  # a mistyped name must not pass for a column that is not wanted
        absent = [column for column in known if column not in found]
        near = difflib.get_close_matches(column_name(title), absent, n=1, cutoff=0.75)
        if near:
            meant = f"did you mean {near[0]}? Rename it, or leave it out"
            mistakes.add(at, words(str(title)), f"is no known column: {meant}")
            lacking = [column for column in lacking if column != near[0]]
    for column in lacking:
        if column not in SETTABLE:
            mistakes.add(at, column, f"the column is missing: {COLUMNS[column]}; the header is {_shown(header)}")
        elif getattr(reading, column) is None:
            other = reading.option(column, "1" if column != "issue" else repr("NAME") if reading.python else "NAME")
            mistakes.add(at, column, f"the column is missing: add it, or say {other} for all rows")
    for column in ("salience", "capability"):
        if column in found and getattr(reading, column) is not None:
            mistakes.add(at, column, f"the table has the column: leave out {reading.option(column, '...')}")
    return found


def column_name(title: str) -> str:
    """A column's title as COLUMNS has it.

    >>> column_name(" Std. Error ")
    'std_error'
    """
    return re.sub(r"[\W_]+", "_", str(title).strip().casefold()).strip("_")


def _shown(header: Sequence[str]) -> str:
    text = ", ".join(words(str(title)) for title in header)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def _row(
    at: int, cells: Mapping[str, object], reading: Reading, mistakes: _Mistakes, columns: Mapping[str, int]
) -> PositionRow | None:
    before = len(mistakes.lines)

    def name(column: str) -> str:
        cell = cells.get(column)
        text = "" if is_empty(cell) else " ".join(str(cell).split())
        if not text:
            mistakes.add(at, column, "is empty: every row names its " + column)
        elif len(text) > LONGEST_NAME:
            mistakes.add(at, column, f"has {len(text)} characters: at most {LONGEST_NAME} make a name")
        return text

    def cell(
        column: str, allowed: str, low: Fraction, high: Fraction | None, *, off: str = "", none: str = ""
    ) -> Fraction:
        """The number in a column that the table has; 0 where it holds none, and the mistake is noted."""
        try:
            value = number(cells.get(column))
        except NoNumber as reason:
            mistakes.add(at, column, f"{reason}; allowed is {allowed}{none}")
            return Fraction(0)
        if value < low or (high is not None and value > high):
            mistakes.add(at, column, f"is {float(value):g}: allowed is {allowed}{off}")
        return value

    scale, out_of = reading.scale, reading.salience_out_of
    on_scale = f"{float(scale.low):g} to {float(scale.high):g}"
    ends = "(LOW, HIGH)" if reading.python else "LOW..HIGH"
    another = f"; correct it, or another scale is given by {reading.option('scale', ends)}"
    none = f", or {UNKNOWN} for an actor with nothing on record"

    def place(column: str) -> float | None:
        if column not in columns or (column != "position" and is_empty(cells.get(column))):
            return None
        value = cell(column, on_scale, scale.low, scale.high, off=another, none=none if column == "position" else "")
        return scale.issue_value(value)

    def optional(column: str, unit: Fraction, low: str) -> float:
        return float(cell(column, low, Fraction(0), None) / unit) if column in columns else 0.0

    actor = name("actor")
    issue = name("issue") if "issue" in columns else " ".join(str(reading.issue).split())
    unknown = str(cells.get("position")).strip().casefold() == UNKNOWN
    value = None if unknown else place("position")
    salience = reading.salience
    if "salience" in columns and not (unknown and is_empty(cells.get("salience"))):
        more = (
            f"; correct it, or another range is given by {reading.option('salience_out_of', '100')}"
            if out_of == 1
            else ""
        )
        salience = cell("salience", f"0 to {float(out_of):g}", Fraction(0), out_of, off=more) / out_of
    capability = reading.capability
    if "capability" in columns:
        capability = cell("capability", "0 or more", Fraction(0), None)
    votes = cell("votes", "a whole number, 0 or more", Fraction(0), None) if "votes" in columns else Fraction(1)
    if votes.denominator != 1:
        mistakes.add(at, "votes", f"is {float(votes):g}: allowed is a whole number, 0 or more")
    error = optional("std_error", Fraction(1), "0 or more")
    salience_error = optional("salience_error", out_of, f"0 to {float(out_of):g}")
    if salience_error > 1:
        mistakes.add(at, "salience_error", f"is {salience_error * float(out_of):g}: allowed is 0 to {float(out_of):g}")
    weights = tuple(
        (column, cell(column, "0 or more", Fraction(0), None)) for column in columns if column not in COLUMNS
    )
    proposal, status_quo, veto = place("proposal"), place("status_quo"), _veto(at, cells, columns, mistakes)
    if len(mistakes.lines) > before:
        return None
    return PositionRow(
        row=at,
        actor=actor,
        issue=issue,
        value=value,
        std_error=scale.issue_points(Fraction(repr(error))) if error else 0.0,
        salience=float(salience or 0),
        salience_error=salience_error,
        capability=capability if capability is not None else Fraction(0),
        proposal=proposal,
        status_quo=status_quo,
        votes=int(votes),
        veto=veto,
        weights=weights,
    )


def _veto(at: int, cells: Mapping[str, object], columns: Mapping[str, int], mistakes: _Mistakes) -> bool:
    if "veto" not in columns:
        return False
    said = str(cells.get("veto")).strip().casefold()
    if said not in _YES | _NO:
        mistakes.add(at, "veto", f"is {words(cells.get('veto'))!r}: allowed is yes or no")
    return said in _YES


def _check_together(rows: Sequence[PositionRow], mistakes: _Mistakes) -> None:
    """What only shows beside other rows: an actor twice on an issue, or with two capabilities or spellings."""
    spellings: dict[tuple[str, str], tuple[str, int]] = {}
    pairs: dict[tuple[str, str], int] = {}
    firsts: dict[str, PositionRow] = {}
    issues: dict[str, PositionRow] = {}
    for row in rows:
        for column, spelt in (("actor", row.actor), ("issue", row.issue)):
            other, at = spellings.setdefault((column, spelt.casefold()), (spelt, row.row))
            if other != spelt:
                mistakes.add(row.row, column, f"is {spelt!r}, row {at} writes {other!r}: write one name in one way")
        first = pairs.setdefault((row.actor.casefold(), row.issue.casefold()), row.row)
        if first != row.row:
            reason = f"{row.actor!r} on {row.issue!r} stands in row {first} too: leave one of them"
            mistakes.add(row.row, "actor", reason)
        mine, issue = firsts.setdefault(row.actor, row), issues.setdefault(row.issue, row)
        for column, own, held in (
            ("capability", row.capability, mine.capability),
            ("votes", row.votes, mine.votes),
            ("veto", row.veto, mine.veto),
            *((name, each, dict(mine.weights)[name]) for name, each in row.weights),
        ):
            if own != held:
                said = f"is {_plain(own)}, row {mine.row} gives {row.actor!r} {_plain(held)}"
                mistakes.add(row.row, column, f"{said}: an actor has one {column} in all rows")
        for column in ("proposal", "status_quo"):
            if getattr(row, column) != getattr(issue, column):
                reason = f"differs from row {issue.row}: an issue has one {column} in all its rows"
                mistakes.add(row.row, column, reason)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{float(value):g}" if isinstance(value, Fraction | int) else str(value)
