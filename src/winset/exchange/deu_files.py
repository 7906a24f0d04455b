"""Reads decisions with known outcomes as the DEU data set lays them out: a folder with issues.csv and positions.csv."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from winset.actors.bodies import eu_votes, seat
from winset.actors.tables import rows as shipped_rows
from winset.decisions.backtest.types import Agenda
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.errors import BadDate, BadTable, Missing, NotText
from winset.exchange.position_cells import NoNumber, is_empty, number, words
from winset.ids import SCALE_HIGH, SCALE_LOW, ActorId, PartialDate

ISSUES, POSITIONS = "issues.csv", "positions.csv"
ISSUE_COLUMNS = ("issue", "proposal", "council_vote", "intro", "final", "reference_point", "outcome")
POSITION_COLUMNS = ("issue", "actor", "position", "salience")
MOST_MISTAKES = 20  # told; a wrong file has one in every row

STATES = {  # the data set's codes; three of them are its own
    "at": "AUT",
    "be": "BEL",
    "bu": "BGR",
    "cr": "HRV",
    "cy": "CYP",
    "cz": "CZE",
    "dk": "DNK",
    "ee": "EST",
    "fi": "FIN",
    "fr": "FRA",
    "de": "DEU",
    "el": "GRC",
    "hu": "HUN",
    "ie": "IRL",
    "it": "ITA",
    "lv": "LVA",
    "lt": "LTU",
    "lu": "LUX",
    "mt": "MLT",
    "nl": "NLD",
    "pl": "POL",
    "pt": "PRT",
    "ro": "ROU",
    "sk": "SVK",
    "si": "SVN",
    "es": "ESP",
    "se": "SWE",
    "uk": "GBR",
}
OUTSIDERS = ("com", "ep")  # Commission and Parliament bargain as the largest state, and have no vote
PROPOSER = ActorId("com")
FOUNDED = date(1958, 1, 1)
FIFTEEN_UNTIL = date(2004, 4, 30)
LAST_WEIGHTED = date(2014, 10, 31)  # of weighted votes as the Council's rule: later ones count capability alone
UNANIMITY, MAJORITY = "Unan", "QMV"


@dataclass(frozen=True, slots=True)
class _Held:
    actor: str
    position: float  # NaN: none on record
    salience: float  # 0-1; NaN: not told


def read_agendas(folder: Path) -> tuple[Agenda, ...]:
    """One agenda for each proposal, in the order of the file.

    Capability is a member's votes in the Council at the time; the Commission and the Parliament count as the largest
    state, and what the Commission wants is what it proposed. A missing salience is the mean of those told on the
    issue, or 1/2 where none is; an empty reference point or outcome is not known. Members are those of the day of
    decision; where nobody that joined since 2004 is heard, the fifteen.
    Raises Missing, and BadTable with a line for every mistake: file, row, column, what stands there, what may.
    """
    issues = list(_rows(folder / ISSUES, ISSUE_COLUMNS))
    positions = list(_rows(folder / POSITIONS, POSITION_COLUMNS))
    mistakes = [*_mistaken_issues(issues), *_mistaken_positions(positions, issues)]
    if mistakes:
        more = len(mistakes) - MOST_MISTAKES
        raise BadTable(*mistakes[:MOST_MISTAKES], *([f"and {more} more mistakes in {folder}"] if more > 0 else []))
    held: dict[str, list[_Held]] = {row["issue"]: [] for _, row in issues}
    for _, row in positions:
        held[row["issue"]].append(_Held(row["actor"], _value(row["position"]), _value(row["salience"]) / SCALE_HIGH))
    proposals: dict[str, list[dict[str, str]]] = {}
    for _, row in issues:
        if held[row["issue"]]:
            proposals.setdefault(row["proposal"], []).append(row)
    if not proposals:
        raise BadTable(f"{folder}: no issue has a position: fill {POSITIONS}")
    return tuple(_agenda(key, rows, held) for key, rows in proposals.items())


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row with its name, as in "issues.csv row 2"; row 1 is the header."""
    if not path.is_file():
        raise Missing(f"{path}: no such file: a backtest reads {ISSUES} and {POSITIONS} of one folder")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise NotText(f"{path}: is no UTF-8 text (byte {error.start}): save it as CSV in UTF-8") from None
    reader = _cells(lines, path)
    header = [name.strip() for name in next(reader, [])]
    lacking = [column for column in columns if column not in header]
    if lacking:
        raise BadTable(f"{path.name}: column {', '.join(lacking)} is missing: it has {', '.join(header) or 'none'}")
    for count, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{path.name} row {count}"
        if len(cells) != len(header):
            raise BadTable(f"{where}: has {len(cells)} cells, the header {len(header)}: quote those with commas")
        yield where, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _cells(lines: Sequence[str], path: Path) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines)
    except csv.Error as error:  # a cell of over 100,000 characters
        raise BadTable(f"{path.name}: no table that can be read: {error}") from None


def _mistaken_issues(rows: Sequence[tuple[str, Mapping[str, str]]]) -> Iterator[str]:
    counts = Counter(row["issue"] for _, row in rows)
    rules: dict[str, str] = {}
    for where, row in rows:
        for column in ("issue", "proposal"):
            if not row[column]:
                yield f"{where}, column {column}: is empty: name it"
        if counts[row["issue"]] > 1:
            yield f"{where}, column issue: {words(row['issue'])} stands in {counts[row['issue']]} rows: leave one"
        rule = row["council_vote"]
        if not rule.startswith((UNANIMITY, MAJORITY)):
            yield f"{where}, column council_vote: is {words(rule)!r}: allowed are {MAJORITY} and {UNANIMITY}"
        elif rules.setdefault(row["proposal"], rule) != rule:
            yield f"{where}, column council_vote: is {rule}, in another row of that proposal {rules[row['proposal']]}"
        for column in ("intro", "final"):
            try:
                _ = PartialDate(row[column]) if row[column] else None
            except BadDate as error:
                yield f"{where}, column {column}: {error}"
        if not row["intro"] and not row["final"]:
            yield f"{where}, column final: is empty, and intro too: one day is needed, for the votes of the time"
        for column in ("reference_point", "outcome"):
            yield from _off_scale(where, column, row[column])


def _mistaken_positions(
    rows: Sequence[tuple[str, Mapping[str, str]]], issues: Sequence[tuple[str, Mapping[str, str]]]
) -> Iterator[str]:
    known = {row["issue"] for _, row in issues}
    counts = Counter((row["issue"], row["actor"]) for _, row in rows)
    for where, row in rows:
        if row["issue"] not in known:
            yield f"{where}, column issue: {words(row['issue'])} is not in {ISSUES}: add it there"
        if row["actor"] not in STATES and row["actor"] not in OUTSIDERS:
            yield (
                f"{where}, column actor: {words(row['actor'])!r} is unknown: allowed are {', '.join(OUTSIDERS)} and "
                f"{', '.join(STATES)}"
            )
        if counts[row["issue"], row["actor"]] > 1:
            yield f"{where}, column actor: {words(row['actor'])} stands twice on {words(row['issue'])}: leave one row"
        for column in ("position", "salience"):
            yield from _off_scale(where, column, row[column])


def _off_scale(where: str, column: str, cell: str) -> Iterator[str]:
    if is_empty(cell):
        return
    try:
        value = number(cell)
    except NoNumber as error:
        yield f"{where}, column {column}: {error}"
        return
    if not SCALE_LOW <= value <= SCALE_HIGH:
        yield f"{where}, column {column}: is {words(cell)}: allowed is {SCALE_LOW:g} to {SCALE_HIGH:g}"


def _value(cell: str) -> float:
    return float("nan") if is_empty(cell) else float(number(cell))


def _agenda(key: str, rows: Sequence[Mapping[str, str]], held: Mapping[str, Sequence[_Held]]) -> Agenda:
    import numpy as np

    heard = {each.actor for row in rows for each in held[row["issue"]]}
    day = _day(rows[0], heard)
    rule, votes = _rule(rows[0]["council_vote"], day)
    largest = max(votes.values())
    actors = [*(seat.actor_id for seat in rule.seats), *(ActorId(code) for code in OUTSIDERS if code in heard)]
    place = {actor: number for number, actor in enumerate(actors)}
    cells = np.full((2, 1, len(rows), len(actors)), np.nan)
    for number_, row in enumerate(rows):
        told = [each.salience for each in held[row["issue"]] if each.salience == each.salience]
        usual = sum(told) / len(told) if told else 0.5
        for each in held[row["issue"]]:
            salience = each.salience if each.salience == each.salience else usual
            cells[:, 0, number_, place[ActorId(STATES.get(each.actor, each.actor))]] = each.position, salience
    return Agenda(
        key=key,
        profile=Profile(
            rule=rule,
            actors=tuple(actors),
            issues=tuple(row["issue"] for row in rows),
            positions=cells[0],
            salience=np.where(np.isnan(cells[0]), 0.0, cells[1]),
            capability=np.array([votes.get(actor, largest) for actor in actors], dtype=float),
            status_quo=np.array([[_value(row["reference_point"]) for row in rows]]),
            proposal=cells[0][..., place[PROPOSER]] if PROPOSER in place else np.full((1, len(rows)), np.nan),
            cost_of_objecting=np.zeros(1),
        ),
        outcomes=tuple(_value(row["outcome"]) for row in rows),
    )


def _day(row: Mapping[str, str], heard: set[str]) -> date:
    """The day whose members and votes count: the decision's, or the nearest on which all those heard were members."""
    terms = [_term(STATES[code]) for code in heard if code in STATES]
    joined = max((first for first, _ in terms), default=FOUNDED)
    left = min((last for _, last in terms if last is not None), default=date.max)
    day = PartialDate(row["final"] or row["intro"]).latest
    if joined <= FIFTEEN_UNTIL:
        day = min(day, FIFTEEN_UNTIL)  # of a decision after an enlargement the new members were not asked
    return min(max(day, joined), left)


def _term(state: str) -> tuple[date, date | None]:
    """From when to when it is a member."""
    found = next(row for row in shipped_rows("organisations/eu_members.csv") if row["iso3"] == state)
    return date.fromisoformat(found["joined"]), date.fromisoformat(found["left"]) if found["left"] else None


def _rule(council_vote: str, day: date) -> tuple[DecisionRule, dict[ActorId, int]]:
    """The Council's rule that day, and the votes that stand for capability."""
    members = [
        ActorId(row["iso3"])
        for row in shipped_rows("organisations/eu_members.csv")
        if row["joined"] <= day.isoformat() and (not row["left"] or day.isoformat() <= row["left"])
    ]
    seats = tuple(seat("eu-council", "member", member, member, day) for member in members)
    votes = {member: eu_votes(member, min(day, LAST_WEIGHTED)) or 0 for member in members}
    if council_vote.startswith(UNANIMITY):
        return RULES["eu-unanimity"](seats), votes
    return RULES["eu-weighted-votes" if day <= LAST_WEIGHTED else "eu-qualified-majority"](seats), votes
