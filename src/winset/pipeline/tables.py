"""A kept case as tables, the trail of its changes with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from winset.pipeline.brief import compose_brief
from winset.pipeline.estimating import estimated_from_columns
from winset.pipeline.kept_cases import is_large, kept_material
from winset.pipeline.people import held_rulings

if TYPE_CHECKING:
    from winset.actors.types import Identification
    from winset.brief.types import Brief
    from winset.corpus.types import Document
    from winset.exchange.tables import Cell, Sheet
    from winset.positions.types import Position, Stance
    from winset.statements.types import Statement
    from winset.store.case_store import CaseStore

PAGE = 500  # rows of a large case that are read at once


def kept_tables(store: CaseStore, *, brief: Brief | None = None) -> Iterator[Sheet]:
    """A kept case as tables, with what people coded and judged, and who changed what.

    brief: of the case, where it is made already.
    Of more than WHOLE statements the tables are read row by row: the machine's reading of each statement, with no
    origin and no brief; positions without what moved them; no discrepancies and no timeline.
    """
    from winset.exchange.tables import change_sheet, coding_sheets, sheets

    if is_large(store):
        yield from _large_tables(store)
    else:
        yield from sheets(brief or compose_brief(store.spec(), kept_material(store)))
    held = [each for every in held_rulings(store).values() for each in every]
    yield from coding_sheets(store.rulings(), store.takes(), held, store.judgements())
    yield change_sheet(change_rows(store))


def _large_tables(store: CaseStore) -> Iterator[Sheet]:
    from winset.exchange.tables import large_sheets
    from winset.store.desk import Desk

    desk = Desk(store)

    def documents() -> Iterator[tuple[Document, int]]:
        last = 0
        while found := desk.documents(coder="", after=last, limit=PAGE):
            yield from ((desk.document(row.id), row.statements) for row in found)
            last = found[-1].rank

    def statements() -> Iterator[tuple[str, Statement, Identification, Stance | None]]:
        last = 0
        while found := desk.queue(coder="", after=last, limit=PAGE):
            rows = (row for row in found if row.counts)
            yield from ((row.document_name, row.statement, row.identification, row.stance) for row in rows)
            last = found[-1].place

    def positions() -> Iterator[tuple[str, Position]]:
        held = estimated_from_columns(store)
        yield from ((held.names.get(each.actor_id, str(each.actor_id)), each) for each in held.positions)

    yield from large_sheets(documents(), statements(), positions())


def change_rows(store: CaseStore) -> Iterator[Sequence[Cell]]:
    """The trail of a kept case from the first change on, a row for each thing changed; see `exchange.tables`."""
    import json

    from winset.store.desk import Desk

    def told(value: Mapping[str, object] | None) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    desk, last = Desk(store), 0
    while found := desk.changes(after=last, limit=PAGE):
        for change in found:
            who = (change.number, change.by, change.at, change.act, change.why or None)
            head = (*who, change.undoes, change.undone_by)
            for effect in change.effects:
                yield (*head, str(effect.key), effect.version, told(effect.before), told(effect.after))
            if not change.effects:
                yield (*head, None, None, None, None)
        last = found[-1].number
