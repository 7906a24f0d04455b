"""That whose each statement is comes back the same by the light reading of a case and by the whole one."""

from __future__ import annotations

from winset.actors.spoken import Attributed
from winset.store.case_store import CaseStore
from winset.store.spoken import heard


def check(store: CaseStore) -> None:
    """Assert it, order and all."""
    found, codings = heard(store), store.codings()
    assert [(each.id, each.name, each.title) for each in found.documents] == [
        (each.id, each.name, each.title) for each in store.documents()
    ]
    assert [
        (each.id, each.document_id, each.source.exact if each.source else None, each.words) for each in found.statements
    ] == [
        (each.id, each.document_id, each.source.exact if each.source else None, each.words)
        for coding in codings
        for each in coding.statements
    ]
    assert found.identifications == tuple(who for coding in codings for who in coding.identifications)


def _told(each: Attributed) -> tuple[str, str, str | None, str]:
    return each.id, each.document_id, each.source.exact if each.source else None, each.words
