"""What persons and later readings did to the machine's statements: left out, put in by hand, coded again; and the
order that statements of a document are in then.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, select

from winset.errors import NotACase
from winset.store import tables, trail

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Of a whole case."""

    left_out: Collection[str]  # statements that are wrong or were replaced
    marked: Collection[str]  # statements that persons marked in a text
    again: Collection[str]  # documents that were coded again: what was found then was written last


def marks(connection: Connection) -> Marks:
    """As they are now."""
    came_with_it = select(tables.change.c.number).where(tables.change.c.act == "add")
    said = select(tables.subject.c.about).where(
        tables.subject.c.kind == "statement", tables.subject.c.change.not_in(came_with_it)
    )
    by_person = ~tables.statement.c.coder.startswith(trail.MACHINE)
    marked = select(tables.statement.c.id).where(tables.statement.c.id.in_(said), by_person)
    return Marks(
        left_out=set(connection.execute(select(tables.left_out.c.statement_id)).scalars()),
        marked=set(connection.execute(marked).scalars()),
        again=_recoded(connection),
    )


def in_order(
    rows: Sequence[T], found: Marks, *, id: Callable[[T], str], place: Callable[[T], tuple[int, int]], again: bool
) -> list[T]:
    """The statements of one document in the order in which they count.

    rows: as written.  id, place: of a row; first and last character.  again: the document was coded again.
    """
    every = sorted(rows, key=lambda row: (*place(row), id(row))) if again else list(rows)
    said = [row for row in every if id(row) not in found.marked]
    if len(said) == len(every):
        return every
    for row in every:
        if id(row) in found.marked:  # it was written last, and stands before what begins after it
            later = (at for at, other in enumerate(said) if place(other)[0] > place(row)[0])
            said.insert(next(later, len(said)), row)
    return said


@contextlib.contextmanager
def understood(place: str) -> Iterator[None]:
    """A row that winset cannot have written is the file's fault, and is told as such.  Raises NotACase."""
    try:
        yield
    except NotACase:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise NotACase(f"{place}: holds a row that winset did not write: {error}") from error


def _recoded(connection: Connection) -> Collection[str]:
    if connection.execute(select(tables.recoding.c.number).limit(1)).scalar() is None:
        return ()
    subject, change = tables.subject.c, tables.change.c
    again = select(change.number).where(change.act == "recode")
    wanted = select(subject.about).where(subject.kind == "document", subject.change.in_(again))
    return set(connection.execute(wanted).scalars())
