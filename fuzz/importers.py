"""Files of other programs: each format that `winset import` and its sister commands take."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from zlib import crc32

from fuzz import laws, packing
from fuzz.made import documents, project
from fuzz.target import Target
from winset.actors.registry import registry
from winset.carrying.imports import IMPORTS, Asked
from winset.carrying.projects import take_in
from winset.errors import InvalidValue, UnknownName, WinsetError
from winset.exchange.bibtex import read_bibtex, write_bibtex
from winset.exchange.claim_reviews import read_claim_reviews
from winset.exchange.coding_take import Known, take
from winset.exchange.csl_json import read_csl, write_csl
from winset.exchange.deu_files import ISSUES, POSITIONS, read_agendas
from winset.exchange.dna import write_dna
from winset.exchange.position_tables import positions_from
from winset.exchange.projects import Project
from winset.exchange.references import Library, Reference
from winset.exchange.ris import read_ris, write_ris
from winset.issues import CaseSpec
from winset.pipeline.clock import now
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.stating import stated
from winset.store.case_store import CaseStore

ONE_IN = 20  # of the files that can be read is taken into a case, which costs a hundred times the reading


def _into_a_case(found: Project) -> None:
    """What was read can be kept, and a case that took it in can be read again."""
    path = folder() / "fuzzed.winset"
    path.write_bytes(empty_case())
    with CaseStore.open(path) as store:
        try:
            take_in(store, found, name="fuzzed", by="fuzzer")
        except WinsetError as error:
            laws.told(error)
    with CaseStore.open(path) as store:
        for document in kept_material(store).documents:
            laws.document(document)


def _importing(method: str, suffix: str, put: Callable[[bytes, Path], object]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        path = folder() / f"fuzzed{suffix}"
        put(data, path)
        try:
            found = IMPORTS[method](path, Asked(by="fuzzer"), documents)
        except WinsetError as error:
            laws.told(error)
            return
        laws.rejected(found.rejected)
        for each in found.documents:
            laws.document(each)
        if found.project is not None:
            for held in found.project.documents:
                laws.statements([said.statement for said in held.statements], held.document)
            if crc32(data) % ONE_IN == 0 and any(held.statements for held in found.project.documents):
                _into_a_case(found.project)

    return run


def _whole(reference: Reference) -> Reference | None:
    """All of it, as CSL-JSON and RIS keep it."""
    return reference


def _without_odd_paths(reference: Reference) -> Reference | None:
    """What BibTeX keeps of it: see `bibtex.LOSSES`.  None: it had nothing else."""
    try:
        return replace(reference, files=tuple(path for path in reference.files if not set(path) & set("{}%#\\")))
    except InvalidValue:
        return None


def _referring(
    read: Callable[..., Library], write: Callable[..., int], kept: Callable[[Reference], Reference | None] = _whole
) -> Callable[[bytes], None]:
    """References that were read are written and read again as the same, but for what the format cannot hold."""

    def run(data: bytes) -> None:
        try:
            found = read(data, name="fuzzed")
        except WinsetError as error:
            laws.told(error)
            return
        laws.rejected(found.rejected)
        if not found.references:
            return
        written = io.StringIO()
        write(found.references, written)
        again = read(written.getvalue().encode(), name="fuzzed")
        keys = [each.key for each in found.references]
        if len(set(keys)) == len(keys):
            same = tuple(left for each in found.references if (left := kept(each)) is not None)
            laws.holds(again.references == same, f"{found.references!r} came back as {again.references!r}")

    return run


def _reviews(data: bytes) -> None:
    try:
        found = read_claim_reviews(data, name="fuzzed")
    except WinsetError as error:
        laws.told(error)
        return
    laws.rejected(found.rejected)


def _table(data: bytes) -> None:
    """A table of positions, or an input file of DEcide or KTAB."""
    try:
        found = positions_from(io.BytesIO(data), name="fuzzed.csv")
    except WinsetError as error:
        laws.told(error)
        return
    for row in found.rows:
        laws.holds(row.value is None or 0 <= row.value <= 100, f"{row!r} stands off the scale")  # noqa: PLR2004
        laws.holds(0 <= row.salience <= 1, f"{row!r} is off the scale of salience")
        laws.holds(isinstance(row.capability, Fraction) and row.capability >= 0, f"{row!r} has less than no power")


def _backtest(data: bytes) -> None:
    """A folder of past decisions: what was wanted, and what came of it."""
    decided = folder() / "decided"
    decided.mkdir(exist_ok=True)
    for name in (ISSUES, POSITIONS):
        (decided / name).unlink(missing_ok=True)
    for name, part in packing.parts(data, main=ISSUES):
        if name in (ISSUES, POSITIONS):
            (decided / name).write_bytes(part)
    try:
        found = read_agendas(decided)
    except WinsetError as error:
        laws.told(error)
        return
    for agenda in found:
        laws.holds(len(agenda.outcomes) == len(agenda.profile.issues), f"{agenda.key}: an outcome for each issue")


def _sheet(packed: Callable[[bytes], bytes]) -> Callable[[bytes], None]:
    """A sheet of people's codes; a bad row is told and the others count."""

    def run(data: bytes) -> None:
        try:
            found = take(packed(data), _known(), name="fuzzed.csv", coder="Ada")
        except WinsetError as error:
            laws.told(error)
            return
        for each in found.refused:
            laws.holds(bool(each.reason.strip()), "a row refused without a reason")
            each.reason.encode("utf-8")
        for ruling in found.rulings:
            laws.holds(ruling.statement_id in _known().statements, "a code for a statement that is not there")

    return run


def _actor(name: str) -> str:
    try:
        return str(registry().actor(name).id)
    except UnknownName:
        raise UnknownName("no such actor: name one of the registry") from None


@cache
def _known() -> Known:
    held = project().documents
    return Known(
        issue=_spec().issue,
        statements={said.statement.id: each.document.id for each in held for said in each.statements},
        documents={each.document.id: each.document.name for each in held},
        actor=_actor,
        coders=("Ada",),
    )


@cache
def _spec() -> CaseSpec:
    return stated(proposal="Dredge the harbour", body="nato", on="2023-07-11", options=["a smaller channel=40"])


@cache
def _template() -> bytes:
    """A study file of our own project, which the lines of an input change."""
    path = folder() / "template.dna"
    write_dna(project(), path)
    return path.read_bytes()


@cache
def empty_case() -> bytes:
    """A case file without a document, which each import gets a copy of."""
    path = folder() / "empty.winset"
    CaseStore.create(path, _spec(), created_at=now()).close()
    return path.read_bytes()


def folder() -> Path:
    """Where this process puts the files that a format wants as files."""
    return Path(_held().name)


@cache
def _held() -> tempfile.TemporaryDirectory[str]:
    """In memory where the system has such a place; gone when the process ends."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of a random name in it
    return tempfile.TemporaryDirectory(prefix="winset-fuzz-", dir=memory if memory.is_dir() else None)


def _target(name: str, about: str, run: Callable[[bytes], None], words: str = "") -> Target:
    return Target(name=name, group="importers", about=about, run=run, words=words)


def _as_it_is(data: bytes, path: Path) -> None:
    path.write_bytes(data)


def _as_qdpx(data: bytes, path: Path) -> None:
    path.write_bytes(packing.qdpx(data))


def _as_dna(data: bytes, path: Path) -> None:
    packing.changed(data, template=_template(), path=path)


TARGETS = (
    _target("dna", "a study file, or changes to one", _importing("dna", ".dna", _as_dna)),
    _target("refi-qda", "a project of NVivo and others", _importing("refi-qda", ".qdpx", _as_qdpx)),
    _target("web-annotation", "annotations", _importing("web-annotation", ".jsonld", _as_it_is)),
    _target("csl-json", "references", _referring(read_csl, write_csl)),
    _target("bibtex", "references", _referring(read_bibtex, write_bibtex, _without_odd_paths)),
    _target("ris", "references", _referring(read_ris, write_ris)),
    _target("claim-review", "fact checks", _reviews),
    _target("positions", "a table of positions, DEcide, KTAB", _table),
    _target("backtest", "decisions with known outcomes", _backtest, words="positions"),
    _target("coding-sheet", "people's codes as CSV", _sheet(bytes)),
    _target("coding-workbook", "people's codes as XLSX, or its rows", _sheet(packing.xlsx), words="coding-sheet"),
)
