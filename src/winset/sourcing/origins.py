"""Where each statement comes from in the end. Ten articles resting on one report are one source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from winset.corpus.types import Document, Duplicate
from winset.ids import DocumentId, StatementId
from winset.sourcing.types import Credit, Origin
from winset.statements.media import canonical_medium, medium_at
from winset.statements.types import Statement

_ORDER = {"medium": 0, "reference": 1, "document": 2, "link": 3}  # what says most surely where words come from
_SITE_OF = re.compile(r"[^|–—-]+\Z")  # the publisher in "Ferry stops | Reuters"


def origins(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    credits: Sequence[Credit],  # noqa: A002 - the field's word
    duplicates: Sequence[Duplicate] = (),
) -> dict[StatementId, Origin]:
    """The origin of every statement, by its id; statements that rest on one source have one key.

    In this order: a medium that is credited with it, or is its source; a note that points to an entry; a document
    that is quoted; a link; for a near copy, what it is a copy of; else the reporting of the document itself. A document
    published by a medium has that medium's key, so that those who credit it and itself count once.
    statements of documents not given are left out.
    """
    by_id = {document.id: document for document in documents}
    first = {row.document_id: row.of for row in duplicates if row.document_id != row.of}
    credited = _credited(credits)
    said = [statement for statement in statements if statement.document_id in by_id]
    found = {statement.id: _origin(statement, by_id, credited) for statement in said}
    return _shared_by_copies(said, found, by_id, first)


def _credited(found: Iterable[Credit]) -> dict[StatementId, Credit]:
    """For each statement the credit that says most surely where it comes from."""
    best: dict[StatementId, Credit] = {}
    for credit in found:
        for id in credit.statement_ids:
            if id not in best or _ORDER[credit.kind] < _ORDER[best[id].kind]:
                best[id] = credit
    return best


def _origin(
    statement: Statement, documents: Mapping[DocumentId, Document], credited: Mapping[StatementId, Credit]
) -> Origin:
    document = documents[statement.document_id]
    credit = credited.get(statement.id)
    if credit is None:
        return _own(statement.id, document)
    medium = canonical_medium(credit.origin)
    if medium is not None and medium == publisher(document):
        return _own(statement.id, document)
    dated = f" of {credit.dated.in_words}" if credit.dated and medium else ""
    return Origin(
        statement_id=statement.id,
        key=f"medium:{medium}" if medium else f"{credit.kind}:{credit.url or credit.origin.casefold()}",
        label=f"{medium or credit.origin}{dated}, via {document.name}",
    )


def _own(id: StatementId, document: Document) -> Origin:
    medium = publisher(document)
    if medium is None:
        return Origin(statement_id=id, key=f"document:{document.id}", label=f"own reporting of {document.name}")
    return Origin(statement_id=id, key=f"medium:{medium}", label=f"own reporting of {medium} ({document.name})")


def publisher(document: Document) -> str | None:
    """The medium that published a document, by its metadata; None where none is known."""
    if document.publisher and (medium := canonical_medium(document.publisher)):
        return medium
    if document.source_url and (medium := medium_at(document.source_url)):
        return medium
    site = _SITE_OF.search(document.title) if document.title else None
    return canonical_medium(site.group()) if site and site.start() > 0 else None


def _shared_by_copies(
    statements: Sequence[Statement],
    found: Mapping[StatementId, Origin],
    documents: Mapping[DocumentId, Document],
    first: Mapping[DocumentId, DocumentId],
) -> dict[StatementId, Origin]:
    """The same, the statements of a near copy given the origin of the same words in the first document."""
    known = {(statement.document_id, _plain(statement)): found[statement.id] for statement in statements}
    shared: dict[StatementId, Origin] = {}
    for statement in statements:
        origin = found[statement.id]
        of = first.get(statement.document_id)
        if of is not None and of in documents and origin == _own(statement.id, documents[statement.document_id]):
            same = known.get((of, _plain(statement))) or _own(statement.id, documents[of])
            label = f"{same.label}, copied in {documents[statement.document_id].name}"
            origin = Origin(statement_id=statement.id, key=same.key, label=label)
        shared[statement.id] = origin
    return shared


def _plain(statement: Statement) -> str:
    """Its words without case, spacing and signs."""
    return " ".join(re.findall(r"\w+", statement.words.casefold()))
