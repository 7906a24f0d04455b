"""A case of several documents on which people have worked, small enough to be made for every test."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from tests.store.test_case_store import SPEC, coding, document

from winset.actors.judgements import Judgement, Verb
from winset.corpus.types import Document, Rejected
from winset.positions.rulings import Codes
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.types import Coding

AT = "2024-05-01T00:00:00Z"
DOCUMENTS = tuple(
    document(f"The mayor of town {number} said on Monday that the channel was “far too deep”. Nobody opposes it.", name)
    for number, name in enumerate(("first.txt", "second.txt", "third.txt", "fourth.txt"))
)
OTHERWISE = ("seal", "alembic_version", "indexed_document", "passage", "column_part")  # what is made, not kept


def made(place: Place | str) -> None:
    """The case, at a place where there is none."""
    with CaseStore.create(place, SPEC, created_at=AT) as store:
        for each in DOCUMENTS:
            store.add(each, coding(each), by="Ada", at=AT)
        store.reject(Rejected(name="scan.pdf", reason="scan.pdf: nothing in it", kind="Empty"))
        store.add_registry("own.csv", "csv", "id,name\nnorth,North\n", added_at=AT, by="Ada")
        store.add_judgement(
            Judgement(number=1, verb=Verb.IS, subject="Berlin", object="DEU", by="Ben", at=AT, why="so")
        )
        desk = Desk(store)
        ids = [coding(each).statements[0].id for each in DOCUMENTS]
        desk.code(ids[0], Codes(stance="oppose", direction=-1.0), by="Ada", at=AT, why="plain")
        desk.code(ids[0], Codes(stance="favour", direction=1.0), by="Ada", at=AT)
        desk.code(ids[1], Codes(stance="neutral", direction=0.0), by="Ben", at=AT)
        desk.judge(ids[2], "wrong", by="Ben", at=AT, why="no statement")


def again(_store: CaseStore, of: Document) -> Coding:
    """As the machine codes them."""
    return coding(of)


def held(path: Path) -> dict[str, list[Any]]:
    """Everything that is kept in a case file, by table."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        wanted = [name for name in names if name not in OTHERWISE and not name.startswith(("full_text", "passage"))]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in wanted}  # noqa: S608


def altered(path: Path, *statements: str) -> None:
    """Write to the file behind winset's back."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
