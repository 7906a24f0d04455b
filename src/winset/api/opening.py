"""`read` opens a case that is there; `case` makes one of documents and a proposal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from winset.api.cases import kept_case
from winset.api.frames import Frame, taken_apart
from winset.errors import BadCase, BadTable, Missing, WinsetError

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.api.opened import Case
    from winset.corpus.types import Document, Rejected
    from winset.exchange.registry_files import RegistryText
    from winset.issues import CaseSpec
    from winset.pipeline.material import Material
    from winset.pipeline.reading import Attributors

Place: TypeAlias = "str | os.PathLike[str]"
Documents: TypeAlias = "Place | Iterable[Place] | Mapping[str, str] | Frame"
Progress: TypeAlias = Callable[[str], None]
CASE_FILES = (".yaml", ".yml")
COLUMNS = ("text", "name", "title", "publisher", "published", "language", "source_url")  # of a frame of documents


def read(
    place: Place,
    *,
    attributor: str | Iterable[str] = (),
    stance: str | None = None,
    estimator: str | None = None,
    registry: Place | Iterable[Place] = (),
    progress: Progress | None = None,
) -> Case:
    """Open a case: a kept one, "tokyo.winset" or "postgresql://user@host/database#tokyo", or a case file, "case.yaml".

    A kept case is looked at, never changed. Of a case file the documents are read now: that takes seconds to minutes.
    estimator: of the positions, a name of `winset methods`.
    attributor, stance, registry: who codes a case file's documents, and actors of your own; a kept case is coded.
    progress: called with the name of each document before it is read.
    Raises Missing for a path where nothing is, BadCase, NotACase, NewerCase, NoServer, UnknownMethod, BadRegistry.
    """
    name = os.fspath(place) if isinstance(place, str | os.PathLike) else place
    if not isinstance(name, str) or not name.strip():
        raise BadCase(f"{place!r} is no place: give the path of a .winset or .yaml file, or postgresql://...#NAME")
    coders, files = _several(attributor), _several(registry)
    if "://" not in name and not Path(name).exists():
        raise Missing(
            f"{name}: there is no such file: give the path of a kept case (.winset) or of a case file (.yaml)"
        )
    kept = kept_case(name)
    if kept is not None:
        if given := [
            word for word, value in (("attributor", coders), ("stance", stance), ("registry", files)) if value
        ]:
            raise BadCase(f"{_shown(kept)}: is coded already: leave out {', '.join(given)}")
        return _kept(kept, estimator)
    if not name.lower().endswith(CASE_FILES):
        raise BadCase(
            f"{name}: is no case: give a .winset or .yaml file; documents go into ws.case(..., proposal=..., body=...),"
            " a table of positions into ws.decide(...)"
        )
    from winset.exchange.case_files import load_case

    found = load_case(Path(name), registries=[Path(each) for each in files])
    if not found.documents:
        raise BadCase(f"{name}: names no 'documents:': add them there, or give them to ws.case(...)")
    return _read(
        found.spec,
        found.documents,
        name=name,
        arguments=(name, *_registry_arguments(files)),
        registries=found.registries,
        additions=found.additions,
        coders=coders,
        stance=stance,
        estimator=estimator,
        progress=progress,
    )


def case(
    documents: Documents,
    *,
    proposal: str,
    body: str,
    on: date | str | None = None,
    rule: str | None = None,
    status_quo: float = 0.0,
    options: Mapping[str, float] | None = None,
    attributor: str | Iterable[str] = (),
    stance: str | None = None,
    estimator: str | None = None,
    registry: Place | Iterable[Place] = (),
    progress: Progress | None = None,
) -> Case:
    """Make a case of documents: who says what in them about a proposal, and where that leaves everybody.

    documents: files, folders, globs or http(s) addresses, one or several; or the texts themselves, {name: text}, or a
    frame with a column `text` and, where known, name, title, publisher, published, language, source_url.
    proposal: what is proposed, in a phrase.  body: who decides, "nato".  on: the day of decision; None: today.
    options: what lies between status quo (0) and proposal (100), {"contact point": 20}.  rule: None: the body's own.
    The rest as for `read`.  Nothing is kept: see `Case.keep`.
    Raises BadCase where no document could be read, UnknownBody, UnknownMethod, NotYetFounded, BadDate, BadRegistry.
    """
    from winset.pipeline.clock import now
    from winset.pipeline.stating import stated

    for word, given in (("proposal", proposal), ("body", body)):
        if not isinstance(given, str) or not given.strip():
            raise BadCase(f"{word}={given!r}: give words, as in proposal='Open a liaison office', body='nato'")
    coders, files = _several(attributor), _several(registry)
    texts = _registries(files)
    additions = tuple(text.addition() for text in texts)
    day = _day(on) or now()[:10]
    rungs = [f"{label}={value}" for label, value in (options or {}).items()]
    spec = stated(
        proposal=proposal,
        body=body,
        on=day,
        rule=rule,
        status_quo=status_quo,
        options=rungs,
        additions=additions,
    )
    found = documents if isinstance(documents, Mapping) else _places(documents)
    return _read(
        spec,
        found,
        name="the documents" if not isinstance(found, tuple) or len(found) > 1 else str(found[0]),
        arguments=(*(found if isinstance(found, tuple) else ("DOCS",)), *_stated(spec), *_registry_arguments(files)),
        registries=texts,
        additions=additions,
        coders=coders,
        stance=stance,
        estimator=estimator,
        progress=progress,
    )


def kept(case: Case, place: Place) -> Case:
    """Keep a case of documents at a place, whole or not at all, and open it there."""
    from winset.pipeline.clock import now
    from winset.store.case_store import CaseStore

    source, target = case.source, os.fspath(place)
    if source.read is None:
        raise BadCase(f"{source.name}: is kept already: copy the file, or keep a case made of documents")
    at, held = now(), source.read
    with CaseStore.create(target, source.spec, created_at=at) as store:
        for text in source.registries:
            store.add_registry(text.name, text.format, text.text, added_at=at)
        for document, coding in zip(held.documents, held.codings, strict=True):
            store.add(document, coding, at=at)
        for rejected in held.rejected:
            store.reject(rejected)
        by_id = {document.id: document for document in held.documents}
        for twin in held.duplicates:
            from dataclasses import replace

            store.repeat(replace(by_id[twin.of], name=twin.name))
    return _kept(target, case.estimator)


def _kept(place: str, estimator: str | None) -> Case:
    from winset.api.opened import Case, Source
    from winset.store.case_store import CaseStore

    by = _estimator(estimator)
    with CaseStore.open(place) as store:
        spec, counts, name = store.spec(), store.counts(), store.place
    source = Source(
        name=name,
        spec=spec,
        place=place,
        documents=counts["document"],
        statements=counts["statement"],
        arguments=(name,),
    )
    return Case(source=source, estimator=by)


def _read(
    spec: CaseSpec,
    documents: Sequence[str] | Mapping[str, str] | Frame,
    *,
    name: str,
    arguments: tuple[str, ...],
    registries: tuple[RegistryText, ...],
    additions: tuple[Addition, ...],
    coders: tuple[str, ...],
    stance: str | None,
    estimator: str | None,
    progress: Progress | None,
) -> Case:
    from winset.api.opened import Case, Source
    from winset.pipeline.reading import attributors

    by, chosen = attributors(coders, stance=stance), _estimator(estimator)
    material = _material(documents, spec, by=by, additions=additions, progress=progress)
    if not material.documents:
        told = "; ".join(f"{each.name}: {each.reason}" for each in material.rejected[:3])
        raise BadCase(f"no document could be read{': ' if told else ''}{told}")
    asked = (*(("--attributor", ",".join(coders)) if coders else ()), *(("--stance", stance) if stance else ()))
    source = Source(name=name, spec=spec, read=material, arguments=(*arguments, *asked), registries=registries)
    return Case(source=source, estimator=chosen)


def _material(
    documents: Sequence[str] | Mapping[str, str] | Frame,
    spec: CaseSpec,
    *,
    by: Attributors,
    additions: tuple[Addition, ...],
    progress: Progress | None,
) -> Material:
    from winset.pipeline.reading import material_of, read_documents

    if isinstance(documents, tuple):
        found: Iterable[Document | Rejected] = read_documents(documents, progress=progress)
    else:
        found = _texts(documents, progress)
    return material_of(found, spec, by=by, additions=additions)


def _texts(documents: Mapping[str, str] | Frame, progress: Progress | None) -> Iterable[Document | Rejected]:
    """Documents whose texts are at hand; a bad one as Rejected."""
    if isinstance(documents, Mapping):
        rows: list[dict[str, Any]] = [{"name": name, "text": text} for name, text in documents.items()]
    else:
        header, columns, _ = taken_apart(documents)
        if "text" not in header:
            raise BadTable(f"the frame, text: the column is missing; there are {', '.join(header) or 'none'}")
        known = [column for column in header if column in COLUMNS]
        held = {name: list(cells) for name, cells in zip(header, columns, strict=True)}
        rows = [{name: held[name][at] for name in known} for at in range(len(held["text"]))]
    for at, row in enumerate(rows):
        name = _words(row.get("name")) or f"row {at}"
        if progress is not None:
            progress(name)
        yield _document(name, row)


def _document(name: str, row: Mapping[str, Any]) -> Document | Rejected:
    from winset.api.days import partial
    from winset.corpus.documents import cleaned, document
    from winset.corpus.metadata import Metadata
    from winset.corpus.types import Limits, Rejected

    try:
        text, published = row.get("text"), row.get("published")
        known = _words(str(published)) if not isinstance(published, date) else published.isoformat()[:10]
        if not isinstance(text, str):
            raise BadTable(f"its text is {type(text).__name__}: give words")
        return document(
            cleaned(text),
            name=name,
            metadata=Metadata(
                title=_words(row.get("title")),
                publisher=_words(row.get("publisher")),
                published=partial(known) if known else None,
                source_url=_words(row.get("source_url")),
            ),
            limits=Limits(),
            media_type="text/plain",
            reader="text",
            tongue=_words(row.get("language")),
        )
    except WinsetError as error:
        return Rejected(name=name, reason=str(error), kind=type(error).__name__)


def _words(value: object) -> str | None:
    """Text of a cell; None where it is empty, in whatever way its library says so."""
    from winset.exchange.position_cells import is_empty

    return None if is_empty(value) or str(value) in ("None", "NaT", "nan", "<NA>") else str(value)


def _places(documents: Any) -> tuple[str, ...] | Frame:
    """The places of documents; a frame as it is."""
    if isinstance(documents, str | os.PathLike):
        return (os.fspath(documents),)
    if isinstance(documents, Iterable) and not hasattr(documents, "columns") and not hasattr(documents, "schema"):
        listed = list(documents)
        if listed and all(isinstance(each, str | os.PathLike) for each in listed):
            return tuple(os.fspath(each) for each in listed)
        if not listed:
            raise BadCase("no documents: give files, folders or addresses, {name: text}, or a frame with a column text")
        return listed
    return documents


def _registries(files: Sequence[str]) -> tuple[RegistryText, ...]:
    if not files:
        return ()
    from winset.exchange.registry_files import registry_texts

    return registry_texts([Path(each) for each in files])


def _stated(spec: CaseSpec) -> tuple[str, ...]:
    """The options of the command line that state the same."""
    issue = spec.issue
    rungs = (word for each in issue.options for word in ("--option", f"{each.label}={each.value:g}"))
    stays = ("--status-quo", f"{issue.status_quo:g}") if issue.status_quo else ()
    named = ("--proposal", issue.proposal, "--body", issue.body, "--on", str(issue.on), "--rule", issue.rule)
    return (*named, *rungs, *stays)


def _registry_arguments(files: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for each in files for word in ("--registry", each))


def _several(given: Place | Iterable[Place]) -> tuple[str, ...]:
    listed = (given,) if isinstance(given, str | os.PathLike) else given
    return tuple(os.fspath(each) for each in listed)


def _estimator(name: str | None) -> str:
    from winset.pipeline.defaults import ESTIMATOR
    from winset.positions.estimators import ESTIMATORS

    return ESTIMATORS[ESTIMATOR if name is None else name].id


def _day(on: date | str | None) -> str | None:
    from winset.api.days import partial

    return None if on is None else partial(on).text


def _shown(place: str) -> str:
    from winset.store.addresses import place as found

    return str(found(place))
