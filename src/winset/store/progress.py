"""How far a kept case is checked: a few counts, however large it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select

from winset.store import tables, trail
from winset.store.case_store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts of a case at one moment."""

    statements: int  # all that were ever found or marked
    coded: int  # of those that count, with a code of anybody
    wrong: int  # that do not count: wrong, replaced, or taken back
    settled: int  # discrepancies that a person decided

    @property
    def open(self) -> int:
        """Statements that count and that nobody coded."""
        return self.statements - self.coded - self.wrong


def progress(store: CaseStore) -> Progress:
    """The counts.

    Cost: that of a walk along the index of what is coded; what is said of a statement is read only where a code was
    taken back or the statement is left out, for the index does not tell whether a code still holds.
    """
    subject, out = tables.subject.c, tables.left_out.c
    ever = select(subject.about).where(_CODES).distinct().subquery()
    left_out = select(func.count()).select_from(tables.left_out)
    touched = select(out.statement_id).where(exists().where(_CODES, subject.about == out.statement_id))
    settled = select(func.count()).where(subject.kind == "discrepancy", subject.value.is_not(None))
    with store.database.transaction(writes=False) as connection:
        gone = set(connection.execute(touched).scalars()) | _taken_back(connection)
        return Progress(
            statements=store.counts()["statement"],
            coded=connection.execute(select(func.count()).select_from(ever)).scalar_one() - len(gone),
            wrong=connection.execute(left_out).scalar_one(),
            settled=connection.execute(settled).scalar_one(),
        )


def _taken_back(connection: Connection) -> set[str]:
    """Statements that were coded and of which no code holds; only a take that takes another back makes one not hold.

    Asked step by step: together, a planner begins with all that was ever coded.
    """
    subject, effect = tables.subject.c, tables.effect.c
    undoing = select(tables.take.c.rank).where(tables.take.c.undoes.is_not(None))
    changes = select(tables.change.c.number).where(tables.change.c.take.in_(undoing))
    asked: set[str] = set()
    for some in trail.portions(connection.execute(changes).scalars().all()):
        effects = select(effect.about, effect.kind).where(effect.change.in_(some))
        asked.update(about for about, kind in connection.execute(effects) if kind == "codes")
    holding: set[str] = set()
    for portion in trail.portions(sorted(asked)):
        held = select(subject.about).where(_CODES, subject.about.in_(portion), subject.value.is_not(None))
        holding.update(connection.execute(held).scalars())
    return asked - holding


_CODES = tables.subject.c.kind == "codes"
