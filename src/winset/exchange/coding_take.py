"""A coding sheet that comes back: rulings, and for each row that cannot be used, why."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from winset.errors import BadJudgement, BadSheet, InvalidValue, OffScale, UnknownName
from winset.exchange.coding_columns import CODER, CODES, DOCUMENT, HASH, ID
from winset.exchange.coding_csv import csv_rows, unquoted
from winset.exchange.coding_export import MARK
from winset.exchange.coding_xlsx import MAGIC, OLD, xlsx_rows
from winset.ids import DocumentId, EvidenceId, StatementId
from winset.issues import Issue
from winset.positions.rulings import PROPOSAL_ITSELF, WORDS, Codes, Ruling, direction_of
from winset.positions.types import Voice

FILE_BYTES = 100_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST = 2_000  # characters of a name or reason
SAME = 0.01  # of direction, by which place and direction may differ

_TRUE, _FALSE = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
_SPELLINGS = {"favor": "favour"}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_UNDECODED = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that cannot be used."""

    row: int  # as a spreadsheet counts them: the header is 1
    reason: str
    id: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one sheet says."""

    rulings: tuple[Ruling, ...]
    refused: tuple[Refused, ...]
    empty: int = 0  # rows without any code
    repeated: int = 0  # rows that say again what an earlier one said


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a row is checked against."""

    issue: Issue
    statements: Mapping[StatementId, DocumentId]  # all of the case, with the document they stand in
    documents: Mapping[DocumentId, str]  # their names
    actor: Callable[[str], str]  # the id or label that a name means; raises UnknownName, BadJudgement
    coders: tuple[str, ...] = ()  # those who coded before: how they are spelled


def read_sheet(path: Path) -> bytes:
    """What is in the file.  Raises BadSheet where it cannot be read, or is too large."""
    try:
        with path.open("rb") as stream:
            payload = stream.read(FILE_BYTES + 1)
    except OSError as error:
        raise BadSheet(f"{path}: cannot be read: {error.strerror}") from None
    if len(payload) > FILE_BYTES:
        raise BadSheet(f"{path}: more than {FILE_BYTES // 10**6} MB: split the sheet")
    return payload


def take(payload: bytes, known: Known, *, name: str, coder: str = "") -> Taken:
    """The rulings in a sheet, CSV or workbook, and the rows that are refused; nothing is refused in silence.

    coder: of rows that name none.  Where one coder answers differently in two rows for one statement, both are refused.
    """
    refused: list[Refused] = []
    found: dict[tuple[StatementId, str], list[tuple[int, Ruling]]] = {}
    spelled = {each.casefold(): each for each in known.coders}
    number = empty = 0
    try:
        table = enumerate(_rows(payload, name), start=1)
        number, header = _header(table, name)
        for number, cells in table:
            if number > MOST_ROWS:
                raise BadSheet(f"more than {MOST_ROWS:,} rows: split the sheet; the rows before are taken")
            row = {column: unquoted(cell.strip()) for column, cell in zip(header, cells, strict=False)}
            if not any(row.get(column) for column in CODES):
                empty += any(cell.strip() for cell in cells)
                continue
            who = " ".join((row.get(CODER, "") or coder).split())
            who = spelled.setdefault(who.casefold(), who)
            try:
                _check_cells(cells, header)
                ruling = _ruling(row, who, known)
            except (BadSheet, InvalidValue, UnknownName) as error:
                refused.append(Refused(row=number, reason=str(error), id=row.get(ID, ""), coder=who))
            else:
                found.setdefault((ruling.statement_id, who), []).append((number, ruling))
    except BadSheet as error:  # the header, or the file from here on
        refused.append(Refused(row=number or 1, reason=str(error)))
    rulings: list[Ruling] = []
    repeated = 0
    for (id, who), said in found.items():
        if len({ruling.codes for _, ruling in said}) == 1:
            rulings.append(said[-1][1])
            repeated += len(said) - 1
            continue
        places = " and ".join(str(number) for number, _ in said)
        reason = f"rows {places} are two answers by {who} for one statement: keep one of them"
        refused += [Refused(row=number, reason=reason, id=id, coder=who) for number, _ in said]
    told = sorted((_printable(each) for each in refused), key=lambda each: each.row)
    return Taken(rulings=tuple(rulings), refused=tuple(told), empty=empty, repeated=repeated)


def _rows(payload: bytes, name: str) -> Iterator[list[str]]:
    if payload.startswith(OLD):
        raise BadSheet(f"{name}: an old workbook, or one with a password: save it as .xlsx without one")
    if payload.startswith(MAGIC):
        return xlsx_rows(payload, name=name, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    return csv_rows(payload, name=name)


def _header(table: Iterator[tuple[int, list[str]]], name: str) -> tuple[int, list[str]]:
    """The first row with anything in it, and its number.  Raises BadSheet for a header that cannot be used."""
    for number, cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        names = [cell.strip().lower() for cell in cells]
        twice = next((each for place, each in enumerate(names) if each and each in names[:place]), None)
        if twice:
            raise BadSheet(f"the column {twice[:40]!r} stands twice: keep one of them")
        lacking = [column for column in (ID, HASH) if column not in names]
        if lacking:
            only = "; there is one column only: part cells by commas, semicolons or tabs" if len(names) == 1 else ""
            raise BadSheet(f"the columns id and text_hash tell what a row is about: keep {' and '.join(lacking)}{only}")
        if not set(names) & set(CODES):
            raise BadSheet(f"no column holds codes: there are {', '.join(CODES)}")
        return number, names
    raise BadSheet(f"{name}: nothing in it: write it with `winset code CASE -o {name}`")


def _check_cells(cells: Sequence[str], header: Sequence[str]) -> None:
    """Raises BadSheet for a row whose cells cannot be told apart, or whose bytes are no letters."""
    if any(cells[len(header) :]):
        raise BadSheet(
            f"{len(cells)} cells, the header has {len(header)}: put a cell that holds a mark in quotation marks"
        )
    if _UNDECODED.search("".join(cells)):
        raise BadSheet("not UTF-8: save the sheet as CSV in UTF-8, or as .xlsx")


def _ruling(row: Mapping[str, str], coder: str, known: Known) -> Ruling:
    """Raises BadSheet, OffScale, BadJudgement, UnknownName with all that is wrong with the row."""
    if not coder:
        raise BadSheet("nobody coded it: fill in the column 'coder', or give --coder NAME")
    id = _statement(row, known)
    values: dict[str, object] = {}
    wrong: list[str] = []
    for column in CODES:
        text = row.get(column, "")
        if not text:
            continue
        try:
            values[column] = _code(column, " ".join(text.split()), known)
        except (BadSheet, BadJudgement, OffScale, UnknownName) as error:
            wrong.append(str(error))
    if wrong:
        raise BadSheet("; ".join(wrong))
    why = row.get("why", "")
    for text in (coder, why):
        if len(text) > LONGEST:
            raise BadSheet(f"{len(text):,} characters in a name or reason: at most {LONGEST:,} are kept")
    _settle_place(values, known.issue)
    return Ruling(statement_id=id, coder=coder, codes=Codes(**values), why=" ".join(why.split()))  # type: ignore[arg-type]


def _statement(row: Mapping[str, str], known: Known) -> StatementId:
    """The statement that a row is about.  Raises BadSheet for one that is not there, or of another text."""
    id, text = (row.get(column, "").removeprefix(MARK) for column in (ID, HASH))
    for column, cell in ((ID, id), (HASH, text)):
        if not cell:
            raise BadSheet(f"the cell {column!r} is empty: keep what the sheet had there")
    said = StatementId(EvidenceId(id))
    if said in known.statements:
        own = known.statements[said]
        if text != own:
            raise BadSheet(
                f"made for another version of the text of {known.documents[own]}: "
                f"its hash is {text[:40]}, the case has {own}: export the sheet again"
            )
        return said
    if text not in known.documents and row.get(DOCUMENT) in known.documents.values():
        raise BadSheet(
            f"an old version of the text: {row[DOCUMENT]} with hash {text[:40]} is not in the case: "
            "export the sheet again"
        )
    if _NUMBER.fullmatch(id):
        raise BadSheet(f"id {id[:40]!r}: a spreadsheet made a number of it: export the sheet again, as .xlsx")
    raise BadSheet(f"no statement {id[:40]!r} in the case: is it the sheet of another one?")


def _code(column: str, text: str, known: Known) -> object:
    """A cell's code.  Raises BadSheet, OffScale, UnknownName, BadJudgement."""
    lowered = text.casefold()
    if column == "stance":
        word = _SPELLINGS.get(lowered, lowered)
        if word not in WORDS:
            raise OffScale(f"stance {text[:40]!r}: write {', '.join(WORDS[:-1])} or {WORDS[-1]}")
        return word
    if column in ("hedged", "conditional"):
        if lowered not in _TRUE | _FALSE:
            raise OffScale(f"{column} {text[:40]!r}: write yes or no")
        return lowered in _TRUE
    if column == "voice":
        if lowered not in tuple(Voice):
            raise OffScale(f"voice {text[:40]!r}: write {', '.join(Voice)}")
        return Voice(lowered)
    if column == "rung":
        return _rung(lowered, known.issue)
    if column == "actor":
        return known.actor(text)
    number = _number(column, text)
    low, high = {"direction": (-1, 1), "place": (0, 100)}.get(column, (0, 1))
    if not low <= number <= high:
        raise OffScale(f"{column} {number:g}: allowed is {low} to {high}")
    return number


def _number(column: str, text: str) -> float:
    try:
        number = float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise OffScale(f"{column} {text[:40]!r}: write a number")
    return number


def _rung(lowered: str, issue: Issue) -> str:
    labels = {option.label.casefold(): option.label for option in issue.options}
    if lowered in labels:
        return labels[lowered]
    if lowered in ("proposal", issue.proposal.casefold()):
        return PROPOSAL_ITSELF
    there = "".join(f", {label!r}" for label in labels.values())
    raise OffScale(f"rung {lowered[:40]!r}: there are 'proposal'{there}")


def _settle_place(values: dict[str, object], issue: Issue) -> None:
    """Turn a place into a direction.  Raises OffScale, BadJudgement where both are given and differ."""
    place = values.pop("place", None)
    if place is None:
        return
    found = direction_of(float(str(place)), issue)
    given = values.setdefault("direction", found)
    if abs(float(str(given)) - found) > SAME:
        raise BadJudgement(f"place {place} is direction {found:.2f}, not {given}: give one of them")


def _printable(refused: Refused) -> Refused:
    """Without what no file can hold: bytes that were no UTF-8."""
    reason, id, coder = (
        text.encode("utf-8", "replace").decode() for text in (refused.reason, refused.id, refused.coder)
    )
    return Refused(row=refused.row, reason=reason, id=id, coder=coder)
