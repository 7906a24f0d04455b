"""What must hold of a case after whatever happened to it: nothing acknowledged is lost, nothing is half applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from winset.store import tables
from winset.store.case_store import CaseStore
from winset.store.changes import Change
from winset.store.desk import Desk, replayed

AT_ONCE = 200
ACTS = {  # what is pressed -> how the trail calls it
    "accept": ("accept", "code"),  # with whom the coder had named before, it is a code of its own
    "code": ("code",),
    "actor": ("code",),
    "wrong": ("wrong",),
    "right": ("right",),
    "spans": ("reshape",),
    "undo": ("undo",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An act that the desk acknowledged."""

    change: int  # the number that it told
    by: str
    act: str  # "accept", "code", "actor", "wrong", "right", "spans", "undo"
    about: str  # id of the statement; "" for an undo
    seen: int | None = None  # version of what it changed that was sent along


def wrong_in(store: CaseStore, kept: Iterable[Kept], documents: Iterable[str] = ()) -> list[str]:
    """What does not hold, one line each.

    kept: what was acknowledged.  documents: names of those whose reading was reported as done.
    """
    wrong = [*replayed(store), *_half(store)]
    acknowledged = list(kept)
    numbers = [each.change for each in acknowledged]
    wrong += [f"change {number} was acknowledged twice" for number in set(numbers) if numbers.count(number) > 1]
    changes = {change.number: change for change in _changes(store, after=min(numbers, default=1) - 1)}
    for each in acknowledged:
        change = changes.get(each.change)
        if change is None:
            wrong.append(f"{each}: acknowledged, and not in the trail")
            continue
        wrong += [f"{each}: {fault}" for fault in _faults(each, change)]
    there = {document.name for document in store.documents()} if documents else set()
    wrong += [f"document {name}: reported as read, and not in the case" for name in documents if name not in there]
    return wrong


def _faults(kept: Kept, change: Change) -> Iterator[str]:
    if change.by != kept.by:
        yield f"the trail says it was {change.by}"
    if change.act not in ACTS[kept.act]:
        yield f"the trail says it was: {change.act}"
    if kept.act == "undo":
        return
    kind = "codes" if kept.act in ("accept", "code", "actor") else "statement"
    about = [each for each in change.effects if each.key.about == kept.about and each.key.kind == kind]
    if not about:
        yield "the trail has no effect on it"
    elif kept.seen is not None and about[0].version != kept.seen + 1:
        yield f"it was seen at version {kept.seen} and kept as {about[0].version}: an update between was lost"


def _half(store: CaseStore) -> list[str]:
    """Changes without all of their effects, and rows that belong to none."""
    wrong: list[str] = []
    for change in _changes(store, after=0):
        kinds = sorted(each.key.kind for each in change.effects)
        judged = ["statement"] * 2
        fits = {
            "accept": kinds == ["codes"],
            "code": kinds == ["codes"],
            "wrong": kinds == ["statement"],
            "right": kinds == ["statement"],
            "add": kinds in (["document"], ["registry"]),
            "reshape": kinds == (judged if change.take is None else ["codes", *judged]),
            "undo": bool(kinds),
        }
        if not fits.get(change.act, True):
            wrong.append(f"change {change.number}, {change.act}: has the effects {kinds}")
        if change.act in ("accept", "code") and change.take is None:
            wrong.append(f"change {change.number}, {change.act}: has no take")
    with store.database.transaction(writes=False) as connection:
        take, ruling = tables.take.c, tables.ruling.c
        of_changes = select(tables.change.c.take).where(tables.change.c.take.is_not(None))
        alone = {
            "takes without a change": select(func.count()).where(take.rank.not_in(of_changes)),
            "rulings without a take": select(func.count()).where(ruling.take.not_in(select(take.rank))),
            "takes that bring nothing and take nothing back": select(func.count()).where(
                take.undoes.is_(None), take.rank.not_in(select(ruling.take))
            ),
        }
        statement = tables.statement.c
        for table in (tables.identification, tables.stance):
            alone[f"statements without {table.name}"] = select(func.count()).where(
                statement.id.not_in(select(table.c.statement_id))
            )
            alone[f"{table.name} of no statement"] = select(func.count()).where(
                table.c.statement_id.not_in(select(statement.id))
            )
        for what, query in alone.items():
            number = connection.execute(query).scalar_one()
            wrong += [f"{number} {what}"] if number else []
    return wrong


def _changes(store: CaseStore, *, after: int) -> Iterator[Change]:
    desk = Desk(store)
    while True:
        found = desk.changes(after=after, limit=AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return
        after = found[-1].number
