"""A registry of the user's own as CSV: one row for each actor, and one more for each further membership or office.

kind,name,id,aliases,body,role,start,end
body,Harbour Board,harbour-board,Board of the Harbour,,,,
state,Ruritania,RUR,Kingdom of Ruritania|Strelsau,Harbour Board,member,1990,

Columns are in COLUMNS, in any order; only `name`, or one of `id`, `iso` and `wikidata`, must be there. Cells are parted
by commas, semicolons or tabs, as spreadsheets do. Aliases are parted by a bar; dates are YYYY, YYYY-MM or YYYY-MM-DD.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator

from winset.actors.additions import Addition, Line
from winset.errors import BadRegistry
from winset.exchange.registry_rows import Mistakes, entry_of

COLUMNS = {
    "kind": "person, state, body, organisation (or think tank, university, company, party), medium; empty: as known",
    "name": "the name by which a brief calls it",
    "id": "an id of your own, or the id of a shipped actor that the row adds to",
    "aliases": "other names, parted by a bar",
    "since": "first day on which the name and the aliases of the row were in use; of a body, its foundation",
    "until": "last day on which they were in use",
    "body": "a body, state, organisation or medium that it is a member of: id, ISO code or name",
    "role": "in it: member, senior fellow, spokesperson; empty: member",
    "title": "an office that it holds: president, foreign minister",
    "of": "whose office that is: id, ISO code or name of a state, body or organisation",
    "start": "first day of the membership or the office",
    "end": "last day; empty: still",
    "iso": "ISO 3166-1 code of a state, two letters or three",
    "wikidata": "Wikidata id, Q142",
    "rule": "of a body: its decision rule, a name that `winset methods` lists",
    "ambiguous": "yes: the names of the row mean other actors too",
    "overrides": "yes: the row is right where the shipped registry says something else",
    "note": "for yourself; not read",
}
NAMING = ("name", "id", "iso", "wikidata")
MOST_ROWS = 100_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t"


def read_csv(text: str, *, name: str) -> Addition:
    r"""The registry in `text`; `name` is for messages.  Raises BadRegistry with a line for each mistake.

    >>> found = read_csv("kind,name,body\nstate,Ruritania,nato\n", name="own.csv")
    >>> found.entries[0].name, str(found.entries[0].at), found.entries[0].memberships[0].role
    ('Ruritania', 'own.csv:2', 'member')
    """
    rows = records(text, name=name)
    _, header = next(rows)
    _check_columns(header, name)
    mistakes = Mistakes()
    entries = []
    for number, cells in rows:
        at = Line(name, number)
        if len(cells) > len(header):
            mistakes.add(
                at, f"{len(cells)} cells, the header has {len(header)}: put a cell that holds a mark in quotes"
            )
            continue
        entry = entry_of(dict(zip(header, cells, strict=False)), at, mistakes)
        if entry:
            entries.append(entry)
    mistakes.tell()
    return Addition(name, tuple(entries))


def records(text: str, *, name: str) -> Iterator[tuple[int, list[str]]]:
    """Header and rows of a table that are not empty, each with its line, cells without white space around them.

    Raises BadRegistry for an empty table, a damaged one, one of too many rows, and a header that names a column twice.
    """
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadRegistry(f"{name}:{line}: a NUL byte: this is no CSV text; save the table again, as CSV in UTF-8")
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    number, count = 0, 0
    try:
        for cells in reader:
            start, number = number + 1, reader.line_num
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            if count == 0:
                stripped = _header(stripped, f"{name}:{start}")
            elif count > MOST_ROWS:
                raise BadRegistry(f"{name}:{start}: more than {MOST_ROWS:,} rows: split the file, or leave out rows")
            count += 1
            yield start, stripped
    except csv.Error as error:
        raise BadRegistry(f"{name}:{number + 1}: no valid CSV: {error}") from None
    if count == 0:
        raise BadRegistry(f"{name}:1: nothing in it: begin with the names of the columns, as in kind,name,aliases")


def _header(cells: list[str], at: str) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]  # spreadsheets keep the columns that were once used
    if len(cells) > MOST_COLUMNS:
        raise BadRegistry(f"{at}: {len(cells):,} columns: a registry has at most {len(COLUMNS)}")
    twice = next((cell for place, cell in enumerate(cells) if cell and cell in cells[:place]), None)
    if twice:
        raise BadRegistry(f"{at}: the column {twice!r} stands twice: give each column its own name")
    return cells


def _check_columns(header: list[str], name: str) -> None:
    """Raises BadRegistry for a column that is not known, and where none names the actor."""
    header[:] = [cell.lower() for cell in header]
    for place, column in enumerate(header):
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(COLUMNS)}"
            raise BadRegistry(f"{name}:1: column {place + 1}, {column[:40]!r}, is not known: {meant}")
    if not set(NAMING) & set(header):
        raise BadRegistry(f"{name}:1: the column 'name' is missing: write kind,name,aliases and what else is known")
