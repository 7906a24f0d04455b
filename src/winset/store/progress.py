"""How far a kept case is checked: a few counts, however large it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from winset.store import tables
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
    """The counts."""
    subject = tables.subject.c
    out = select(tables.left_out.c.statement_id)
    coded = select(func.count(func.distinct(subject.about))).where(
        subject.kind == "codes", subject.value.is_not(None), subject.about.not_in(out)
    )
    left_out = select(func.count()).select_from(tables.left_out)
    settled = select(func.count()).where(subject.kind == "discrepancy", subject.value.is_not(None))
    with store.database.transaction(writes=False) as connection:
        return Progress(
            statements=store.counts()["statement"],
            coded=connection.execute(coded).scalar_one(),
            wrong=connection.execute(left_out).scalar_one(),
            settled=connection.execute(settled).scalar_one(),
        )
