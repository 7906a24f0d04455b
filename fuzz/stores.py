"""Kept cases: a file that says it is a case, whose cells hold what winset never wrote."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fuzz import laws, packing
from fuzz.importers import empty_case, folder
from fuzz.made import project
from fuzz.target import Target
from winset.carrying.projects import take_in
from winset.errors import WinsetError
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.people import held_rulings
from winset.store.case_store import CaseStore


def _kept(data: bytes) -> None:
    """It is opened and read, or refused."""
    path = folder() / "kept.winset"
    packing.changed(data, template=_template(), path=path)
    try:
        with CaseStore.open(path) as store:
            material = kept_material(store)
            held_rulings(store)
            store.counts()
            store.spec()
    except WinsetError as error:
        laws.told(error)
        return
    for document, coding in zip(material.documents, material.codings, strict=True):
        laws.statements(coding.statements, document)


@cache
def _template() -> bytes:
    """The coded project as a case."""
    path = folder() / "template.winset"
    path.write_bytes(empty_case())
    with CaseStore.open(path) as store:
        take_in(store, project(), name="made", by="fuzzer")
    return Path(path).read_bytes()


TARGETS = (Target(name="kept-case", group="stores", about="a case with other cells than winset wrote", run=_kept),)
