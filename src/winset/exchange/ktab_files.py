"""Input files of KTAB's spatial model of politics: actors with power, a position and a salience on each dimension.

The first row tells name, description, number of actors and of dimensions; the second names the columns; then one row
for each actor: name, description, power, and for each dimension position and salience, both from 0 to 100.
Source of the format: KAPSARC Toolkit for Behavioral Analysis, `smpc --csv` and its examples.
"""

from __future__ import annotations

import csv
import io
import math
from typing import IO

from winset.errors import BadTable, CannotWrite
from winset.exchange.decide_files import DecideFile, Wish
from winset.ids import SCALE_HIGH, SCALE_LOW, slug

FIRST = 3  # cells of an actor's row before the first dimension
COUNTS = (2, 3)  # places of the number of actors and of dimensions in the first row
LOSSES = (
    "actors without a position on every issue: KTAB has no unknown",
    "ends of scales other than 0 to 100",
    "the proposal, the status quo, the rule, votes and vetoes, standard errors",
)


def is_ktab(text: str) -> bool:
    r"""Whether a text begins as KTAB's scenarios do.

    >>> is_ktab("Quota,,3,1,\nActor,Description,Power,Pstn1,Sal1,\n"), is_ktab("actor,position\n")
    (True, False)
    """
    rows = [line for line in text.lstrip("\ufeff").split("\n", 3)[:2] if line.strip()]
    return len(rows) > 1 and rows[1].lower().replace(" ", "").startswith("actor,description,")


def ktab_in(text: str, *, name: str) -> DecideFile:
    """The actors and what they want; rows that cannot be used are told in `refused`.  name: for messages.

    The issues are named as the columns of positions are.  Raises BadTable where no row at all can be used.
    """
    try:
        rows = [
            (number, [cell.strip() for cell in cells])
            for number, cells in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")), start=1)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:  # a cell of over 100,000 characters
        raise BadTable(f"{name}: no table that can be read: {error}") from None
    if len(rows) < FIRST or not is_ktab(text):
        raise BadTable(f"{name}: is no scenario of KTAB: row 1 names it, row 2 begins Actor,Description,Power")
    issues = _issues(rows[1][1], name)
    refused = _miscounted(rows, issues, name)
    power: dict[str, float] = {}
    wishes: list[Wish] = []
    for number, cells in rows[2:]:
        told, why = _actor(cells, issues, power)
        if why:
            refused.append(f"{name} row {number}: {why}")
        else:
            power[cells[0]] = told[0]
            wishes += [
                Wish(actor=cells[0], issue=issue, position=told[1 + 2 * place], salience=told[2 + 2 * place] / 100)
                for place, issue in enumerate(issues)
            ]
    if not wishes:
        raise BadTable(*(refused or [f"{name}: no row tells an actor"])[:20])
    return DecideFile(
        actors=tuple(power),
        issues=issues,
        ends=dict.fromkeys(issues, (SCALE_LOW, SCALE_HIGH)),
        power=power,
        wishes=tuple(wishes),
        refused=tuple(refused),
    )


def write_ktab(found: DecideFile, file: IO[bytes], *, title: str) -> None:
    """Write what `ktab_in` reads, in UTF-8; actors without a position on every issue are left out.

    Raises CannotWrite for issues whose names KTAB could not tell apart, and where no actor is left.
    """
    if len({_told(issue) for issue in found.issues}) < len(found.issues):
        raise CannotWrite("two issues are called alike once commas and line ends are gone: rename one")
    wishes = {(wish.actor, wish.issue): wish for wish in found.wishes}
    whole = [actor for actor in found.actors if all((actor, issue) in wishes for issue in found.issues)]
    if not whole:
        raise CannotWrite("no actor has a position on every issue, and KTAB has no unknown")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((_told(title), "", len(whole), len(found.issues), ""))
    columns = [column for issue in found.issues for column in (_told(issue), f"Salience of {_told(issue)}")]
    writer.writerow(("Actor", "Description", "Power", *columns, ""))
    for actor in whole:
        own = [wishes[actor, issue] for issue in found.issues]
        numbers = [repr(round(number, 12)) for wish in own for number in (wish.position, 100 * wish.salience)]
        writer.writerow((_told(actor), "", repr(found.power[actor]), *numbers, ""))
    file.write(out.getvalue().encode("utf-8"))


def _issues(header: list[str], name: str) -> tuple[str, ...]:
    columns = header[FIRST:]
    while columns and not columns[-1]:
        columns.pop()
    if not columns or len(columns) % 2:
        raise BadTable(
            f"{name} row 2: {len(columns)} columns after Power: write a position and a salience for each issue"
        )
    issues = tuple(columns[::2])
    if len(set(issues)) < len(issues) or not all(issues):
        raise BadTable(f"{name} row 2: two dimensions have one name, or none: name each column of positions")
    return issues


def _miscounted(rows: list[tuple[int, list[str]]], issues: tuple[str, ...], name: str) -> list[str]:
    """What the first row says of the file that is not so."""
    lines = []
    for place, what, there in zip(COUNTS, ("actors", "dimensions"), (len(rows) - 2, len(issues)), strict=True):
        told = rows[0][1][place] if place < len(rows[0][1]) else ""
        if told != str(there):
            lines.append(f"{name} row 1: tells {told[:20]!r} {what}, there are {there}: the rows are taken as they are")
    return lines


def _actor(cells: list[str], issues: tuple[str, ...], known: dict[str, float]) -> tuple[list[float], str]:
    """Power, then position and salience of each dimension; and why the row cannot be used."""
    actor, wanted = cells[0], FIRST + 2 * len(issues)
    if not actor:
        return [], "the actor has no name: give it one"
    if actor in known or slug(actor) in map(slug, known):
        return [], f"actor {actor[:40]!r} stands in an earlier row: name it once"
    if len(cells) < wanted:
        return [], f"{len(cells)} cells, {wanted} are needed"
    told = []
    for place, cell in enumerate(cells[2:wanted]):
        highest = SCALE_HIGH if place else math.inf
        try:
            number = float(cell)
        except ValueError:
            number = math.nan
        if not (0 <= number <= highest and math.isfinite(number)):
            what = ("salience" if place % 2 == 0 else "position") if place else "power"
            allowed = "0 to 100" if place else "0 or more"
            return [], f"{what} of {actor[:40]} is {cell[:40]!r}: allowed is {allowed}"
        told.append(number)
    return told, ""


def _told(words: str) -> str:
    """A name as KTAB can read it back: it parts cells at every comma, in quotation marks or not."""
    return " ".join(words.replace(",", ";").replace('"', "'").split())
