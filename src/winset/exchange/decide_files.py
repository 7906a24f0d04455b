"""Input files of DEcide, the program for exchange models: actors, issues and their ends, who wants what.

    write_decide(read_decide(path), file)    goes both ways, but for remarks and the words of points

A row is told by its first cell: '#A' an actor, '#P' an issue, '#M' a point of its scale, '#D' what an actor wants on
an issue (position, salience, power), '#O' and '#/' remarks. Cells are parted by tabs, semicolons or commas and may
stand in single or double quotes. An issue's scale runs from its lowest point to its highest, else from 0 to 100.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import BadTable, CannotWrite, Missing, NotText
from winset.ids import SCALE_HIGH, SCALE_LOW, ActorId, slug
from winset.issues import Seat

DELIMITERS = "\t;,"
CELLS = {"#A": 2, "#P": 2, "#M": 3, "#D": 6, "#O": 1, "#/": 1}  # that a row must have
QUOTES = "'\""
FILE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an actor wants on an issue."""

    actor: str
    issue: str
    position: float  # 0-100, the issue's low end to its high end
    salience: float  # 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideFile:
    """What a file says, and the rows of it that cannot be used."""

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    ends: Mapping[str, tuple[float, float]]  # of each issue's scale, as written
    power: Mapping[str, float]  # of each actor that wants anything
    wishes: tuple[Wish, ...]
    refused: tuple[str, ...]  # one line each: file, row, what stands there, what may

    def profile(self, rule: str = "consensus") -> Profile:
        """One draw of it. Every actor has one seat and one vote; proposals and status quo are not known.

        rule: key of `RULES`; the exchange models take no account of it.
        """
        import numpy as np

        seats = tuple(Seat(actor_id=ActorId(slug(actor)), name=actor) for actor in self.actors)
        places = {actor: number for number, actor in enumerate(self.actors)}
        rows = {issue: number for number, issue in enumerate(self.issues)}
        positions = np.full((1, len(rows), len(places)), np.nan)
        salience = np.zeros(positions.shape)
        for wish in self.wishes:
            positions[0, rows[wish.issue], places[wish.actor]] = wish.position
            salience[0, rows[wish.issue], places[wish.actor]] = wish.salience
        return Profile(
            rule=RULES[rule](seats),
            actors=tuple(seat.actor_id for seat in seats),
            issues=self.issues,
            positions=positions,
            salience=salience,
            capability=np.array([self.power.get(actor, 0.0) for actor in self.actors]),
            status_quo=np.full((1, len(rows)), np.nan),
            proposal=np.full((1, len(rows)), np.nan),
            cost_of_objecting=np.zeros(1),
        )


def is_decide(text: str) -> bool:
    r"""Whether a text begins as DEcide's input files do.

    >>> is_decide("'#A'\t'Freedonia'\n"), is_decide("actor,position\n")
    (True, False)
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    return first.lstrip("\ufeff").strip().strip(QUOTES)[:2] in CELLS


def model_records(found: DecideFile) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Its wishes as header and numbered rows of a table of positions, on scales of 0 to 100 and 0 to 1."""
    header = ["actor", "issue", "position", "salience", "capability"]
    rows = [
        (number, [wish.actor, wish.issue, repr(wish.position), repr(wish.salience), repr(found.power[wish.actor])])
        for number, wish in enumerate(found.wishes, start=1)
    ]
    return header, rows


def write_decide(found: DecideFile, file: IO[bytes]) -> None:
    """Write what `read_decide` reads, cells parted by tabs, in UTF-8; positions on each issue's own scale.

    Raises CannotWrite for a name that the format cannot hold: with a tab, a line end or a quotation mark.
    """
    for name in (*found.actors, *found.issues):
        if any(sign in name for sign in "\t\r\n'\"") or name != name.strip() or not name:
            raise CannotWrite(f"{name!r}: a name in DEcide has no tab, line end or quotation mark: rename it")
    _write_rows(file, (["#A", actor, actor, ""] for actor in found.actors))
    for issue in found.issues:
        low, high = found.ends[issue]
        _write_rows(file, [["#P", issue, issue, ""], ["#M", issue, repr(low)], ["#M", issue, repr(high)]])
    for wish in found.wishes:
        low, high = found.ends[wish.issue]
        own = min(high, max(low, low + (wish.position - SCALE_LOW) / (SCALE_HIGH - SCALE_LOW) * (high - low)))
        numbers = [repr(own), repr(wish.salience), repr(found.power[wish.actor])]
        _write_rows(file, [["#D", wish.actor, wish.issue, *numbers]])


def _write_rows(file: IO[bytes], rows: Iterable[Sequence[str]]) -> None:
    for row in rows:
        file.write(("\t".join(row) + "\n").encode("utf-8"))


def read_decide(path: Path) -> DecideFile:
    """The actors, issues and wishes of a file; rows that cannot be used are told in `refused`.

    Raises Missing, NotText, and BadTable where no row at all can be used.
    """
    if not path.is_file():
        raise Missing(f"{path}: no such file: name an input file of DEcide")
    if path.stat().st_size > FILE_BYTES:
        raise NotText(f"{path.name}: is over {FILE_BYTES // 1_000_000} MB: no input file of DEcide is")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(f"{path.name}: is no UTF-8 text (byte {error.start}): save it in UTF-8") from None
    return decide_in(text, name=path.name)


def decide_in(text: str, *, name: str) -> DecideFile:
    """As `read_decide`, of a text; `name` is for messages.  Raises BadTable."""
    found = _Reading(name)
    rows = list(_rows(text, name))
    for number, cells in rows:
        found.declare(number, cells)
    found.check_points()
    for number, cells in rows:
        if cells[0] == "#D":
            found.want(number, cells)
    if not found.wishes:
        lines = [*found.refused] or [f"{name}: no row starts with #D: it is no input file of DEcide"]
        raise BadTable(*lines[:20])
    return DecideFile(
        actors=tuple(found.actors),
        issues=tuple(found.issues),
        ends=found.ends,
        power=found.power,
        wishes=tuple(found.wishes.values()),
        refused=tuple(found.refused),
    )


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not empty, with its number, counted from 1.  Raises BadTable."""
    lines = [line.rstrip("\n") for line in io.StringIO(text, newline=None)]
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        delimiter = max(DELIMITERS, key=line.count)  # the first of those that part it most
        quote = "'" if line.lstrip().startswith("'") else '"'
        try:
            cells = next(csv.reader([line], delimiter=delimiter, quotechar=quote, strict=False))
        except csv.Error as error:  # a cell of over 100,000 characters
            raise BadTable(f"{name} row {number}: no row that can be read: {error}") from None
        yield number, [cell.strip().strip(QUOTES).strip() for cell in cells]


class _Reading:
    """What was read so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.actors: dict[str, int] = {}
        self.issues: dict[str, int] = {}
        self.ends: dict[str, tuple[float, float]] = {}
        self.power: dict[str, float] = {}
        self.wishes: dict[tuple[str, str], Wish] = {}
        self.refused: list[str] = []
        self._points: list[tuple[int, str, float]] = []

    def declare(self, number: int, cells: Sequence[str]) -> None:
        """Take an actor, an issue, a point of its scale."""
        kind = cells[0]
        if kind not in CELLS:
            self._refuse(number, f"{kind[:40]!r} begins no row: allowed are {', '.join(CELLS)}")
        elif len(cells) < CELLS[kind]:
            self._refuse(number, f"{len(cells)} cells after {kind}, {CELLS[kind]} are needed")
        elif kind in ("#A", "#P"):
            known = self.actors if kind == "#A" else self.issues
            what = "actor" if kind == "#A" else "issue"
            if not cells[1]:
                self._refuse(number, f"the {what} has no name: give it one")
            elif cells[1] in known:
                self._refuse(number, f"{what} {cells[1]!r} stands in row {known[cells[1]]} already: name it once")
            elif kind == "#A" and slug(cells[1]) in {slug(actor) for actor in known}:
                self._refuse(number, f"actor {cells[1]!r} reads like one before it: tell them apart by more than signs")
            else:
                known[cells[1]] = number
        elif kind == "#M" and (point := self._number(number, "point", cells[2])) is not None:
            self._points.append((number, cells[1], point))

    def check_points(self) -> None:
        """Make the ends of every issue's scale of its points, once all issues are known."""
        for number, issue, point in self._points:
            if issue not in self.issues:
                self._refuse(number, f"issue {issue!r} has no row: write '#P' rows for all issues")
                continue
            low, high = self.ends.get(issue, (point, point))
            self.ends[issue] = (min(low, point), max(high, point))
        for issue, number in self.issues.items():
            low, high = self.ends.get(issue, (SCALE_LOW, SCALE_HIGH))
            if low == high:
                self._refuse(number, f"the scale of {issue!r} has one point, {low:g}: it is taken as 0 to 100")
                low, high = SCALE_LOW, SCALE_HIGH
            self.ends[issue] = (low, high)

    def want(self, number: int, cells: Sequence[str]) -> None:
        """Take what an actor wants on an issue."""
        if len(cells) < CELLS["#D"]:
            return None  # refused before
        _, actor, issue, *_ = cells
        if actor not in self.actors:
            return self._refuse(number, f"actor {actor!r} has no row: write '#A' rows for all actors")
        if issue not in self.issues:
            return self._refuse(number, f"issue {issue!r} has no row: write '#P' rows for all issues")
        if (actor, issue) in self.wishes:
            return self._refuse(number, f"{actor} wants something on {issue} in an earlier row: leave one")
        low, high = self.ends[issue]
        position = self._number(number, "position", cells[3], low, high)
        salience = self._number(number, "salience", cells[4], 0, 1)
        power = self._number(number, "power", cells[5], 0, math.inf)
        if position is None or salience is None or power is None:
            return None
        if self.power.setdefault(actor, power) != power:
            return self._refuse(
                number,
                f"power of {actor} is {power:g}, {self.power[actor]:g} in an earlier row: it has one on all issues",
            )
        share = (position - low) / (high - low)
        self.wishes[actor, issue] = Wish(
            actor=actor, issue=issue, position=SCALE_LOW + share * (SCALE_HIGH - SCALE_LOW), salience=salience
        )
        return None

    def _number(self, row: int, column: str, cell: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if low <= value <= high and math.isfinite(value):
            return value
        allowed = f"{low:g} to {high:g}" if math.isfinite(high) else "a number" if low < 0 else f"{low:g} or more"
        self._refuse(row, f"{column} is {cell[:40]!r}: allowed is {allowed}")
        return None

    def _refuse(self, row: int, reason: str) -> None:
        self.refused.append(f"{self.name} row {row}: {reason}")
