"""A kept case as material, whole or in part: persons' words before the machine's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from winset.ids import DocumentId, StatementId
from winset.pipeline.material import Material
from winset.pipeline.people import coded_actors, held_rulings, judged_codings, settlements
from winset.pipeline.registries import own_registries

if TYPE_CHECKING:
    from winset.actors.types import Identification
    from winset.corpus.types import Document
    from winset.positions.rulings import Ruling
    from winset.positions.types import Stance
    from winset.store.case_store import CaseStore
    from winset.store.types import Coding

WHOLE = 20_000  # statements up to which a case is worked out whole
AT_ONCE = 1_000  # documents of a larger one that are held


def is_large(store: CaseStore) -> bool:
    """Whether a case has more than WHOLE statements: then it is never held as a whole."""
    return store.counts()["statement"] > WHOLE


def kept_material(store: CaseStore) -> Material:
    """All that a kept case holds, without reading any input again: persons' words before the machine's.

    Raises UnknownName for a judgement on an actor that the registry does not hold.
    """
    documents, codings = store.documents(), store.codings()
    coded = held_rulings(store)
    counting = judged_codings(store, documents, codings, coded_actors(store, coded))
    return Material(
        documents=documents,
        codings=_ruled(counting, coded),
        rejected=store.rejected(),
        duplicates=store.duplicates(),
        runs=store.runs(),
        additions=own_registries(store),
        overruled=_overruled(codings, counting),
        machine_stances=_machine_stances(counting, coded),
        settled=settlements(store),
    )


def some_material(store: CaseStore, documents: Sequence[DocumentId], *, among: Collection[StatementId]) -> Material:
    """The same of some documents of a large case, with some of their statements.

    Whom persons named is whose a statement is, but its stance stays as it is; see `store.observations.columns`.
    """
    from winset.statements.attributing import UNANSWERED
    from winset.store import excerpts

    read = store.documents(documents)
    codings = tuple(_only(coding, among) for coding in store.codings(documents))
    counting, coded = _counting(store, read, codings, among)
    return Material(
        documents=read,
        codings=_ruled(counting, coded),
        rejected=store.rejected(),
        duplicates=excerpts.duplicates(store, documents),
        runs=excerpts.runs(store, of_step=UNANSWERED),
        additions=own_registries(store),
        overruled=_overruled(codings, counting),
        machine_stances=_machine_stances(counting, coded),
        settled=settlements(store),
    )


def by_document(store: CaseStore) -> Iterator[tuple[Document, Coding]]:
    """The same of every document of a large case with all of its statements, in order; see `some_material`.

    Some documents are read at a time, each time as they are then; what is added meanwhile comes too.
    """
    from winset.store import excerpts

    last = 0
    while following := excerpts.documents_after(store, last, limit=AT_ONCE):
        last, _ = following[-1]
        some = [id for _, id in following]
        read, codings = store.documents(some), store.codings(some)
        among = [statement.id for coding in codings for statement in coding.statements]
        counting, coded = _counting(store, read, codings, among)
        yield from zip(read, _ruled(counting, coded), strict=True)


def _counting(
    store: CaseStore, read: Sequence[Document], codings: Sequence[Coding], among: Collection[StatementId]
) -> tuple[tuple[Coding, ...], Mapping[StatementId, Sequence[Ruling]]]:
    """Some codings with the sources whom persons named, and what people coded of these statements."""
    from winset.positions.rulings import whose
    from winset.store import excerpts

    coded, at = excerpts.held_rulings(store, list(among))
    by_coders = whose(coded, at=at, judgements=store.judgements()) if coded else {}
    return judged_codings(store, read, codings, by_coders, stances_too=False), coded


def _only(coding: Coding, among: Collection[StatementId]) -> Coding:
    """A coding with some of its statements."""
    return replace(
        coding,
        statements=tuple(each for each in coding.statements if each.id in among),
        identifications=tuple(each for each in coding.identifications if each.statement_id in among),
        stances=tuple(each for each in coding.stances if each.statement_id in among),
    )


def _ruled(codings: tuple[Coding, ...], coded: Mapping[StatementId, Sequence[Ruling]]) -> tuple[Coding, ...]:
    """With people's codes before the machine's."""
    from winset.positions.rulings import ruled

    if not coded:
        return codings
    return tuple(
        replace(coding, stances=tuple(ruled(each, coded.get(each.statement_id, ())) for each in coding.stances))
        for coding in codings
    )


def _overruled(before: Sequence[Coding], counting: Sequence[Coding]) -> dict[StatementId, Identification]:
    """The machine's identifications, where a person spoke."""
    return {
        found.statement_id: found
        for coding, judged in zip(before, counting, strict=True)
        for found, counts in zip(coding.identifications, judged.identifications, strict=True)
        if counts is not found
    }


def _machine_stances(
    codings: Sequence[Coding], coded: Mapping[StatementId, Sequence[Ruling]]
) -> dict[StatementId, Stance]:
    """The machine's stances, where people coded otherwise."""
    from winset.positions.rulings import ruled

    return {
        stance.statement_id: stance
        for coding in codings
        for stance in coding.stances
        if stance.statement_id in coded and stance != ruled(stance, coded[stance.statement_id])
    }
