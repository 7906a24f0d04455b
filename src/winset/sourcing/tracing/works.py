"""Which credits mean the same outside source: one report, document, occasion or person, however it is credited."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from winset.corpus.types import Document
from winset.ids import DocumentId, PartialDate
from winset.sourcing.tracing.publishers import shown
from winset.sourcing.tracing.same_address import address_key
from winset.sourcing.tracing.same_occasion import is_a_name, join_documents, join_occasions, join_persons
from winset.sourcing.tracing.same_report import Reports
from winset.sourcing.tracing.told import Told, is_day, leads_on, told
from winset.sourcing.types import Credit, CreditKind, ReadDocument, Work

UNTOLD = "which report is not told"  # behind the name of a medium that is credited without more
UNDATED = "date not told"  # behind one of which only the address is told
_OWNED = re.compile(r"(?P<whose>[a-z][\w -]{2,40})['’]s (?P<what>[a-zé]{3,20})")  # "summit’s communiqué"
_LEAST_SURE = (CreditKind.OCCASION, CreditKind.DOCUMENT, CreditKind.REFERENCE, CreditKind.LINK, CreditKind.PERSON)


def works(read: Sequence[ReadDocument], credits: Sequence[Credit]) -> tuple[Work, ...]:  # noqa: A002 - the field's word
    """The outside sources that credits mean, those most leaned on first.

    One report is known by its address, else by title, else by medium and day; one that is credited without all these
    is the only one of the medium, or the one it shares most words with, else a work of its own for the medium. An
    occasion is known by who speaks and the day. A work that is one of the documents has its id.
    credits of documents not given are left out.  Cost: near linear in the credits.
    """
    rows = told(read, credits)
    reports = Reports(read, rows)
    reports.join()
    join_documents(rows, reports.forest)
    join_occasions(rows, reports.forest)
    join_persons(rows, reports.forest)
    order = {each.document.id: number for number, each in enumerate(read)}
    known: dict[str, tuple[list[Told], Document | None]] = {}
    for nodes in reports.forest.sets():
        members = [rows[node] for node in nodes if node < len(rows)]
        here = [reports.documents[reports.ids[node - len(rows)]] for node in nodes if node >= len(rows)]
        if members:
            document = _the_document(here)
            same, _ = known.setdefault(_work(members, document, order).key, ([], document))
            same += members  # of two that are called the same nobody can tell which is which
    found = [_work(members, document, order) for members, document in known.values()]
    return tuple(sorted(found, key=lambda work: (-len(work.document_ids), -len(work.credits), work.name, work.key)))


def is_told(work: Work) -> bool:
    """Whether it is one report, document or occasion, rather than a medium or a person without more."""
    if work.kind == CreditKind.PERSON:
        return False
    known = work.dated is not None or work.title is not None or work.url is not None or work.document_id is not None
    return known or work.kind != CreditKind.MEDIUM


def _the_document(here: Sequence[Document]) -> Document | None:
    """Of documents that one work leads to, the first published."""
    return min(here, key=lambda row: (str(row.published or "9999"), row.id)) if here else None


def _work(rows: Sequence[Told], document: Document | None, order: Mapping[DocumentId, int]) -> Work:
    medium = _most(row.medium for row in rows)
    kind = CreditKind.MEDIUM.value if medium else _kind(rows)
    dated = _dated(rows, document)
    title = _most(row.credit.title for row in rows if row.title) or (document.title if document else None)
    url = _address(rows) or (document.source_url if document else None)
    in_order = sorted(rows, key=lambda row: (order[row.document_id], row.place))
    return Work(
        name=shown_with_day(document) if document else _name(rows, kind, medium, dated, title, url),
        kind=kind,
        medium=medium,
        dated=dated,
        title=title,
        url=url,
        document_id=document.id if document else None,
        told_in=_at_home(rows, kind, dated) if document is None else None,
        credits=tuple(row.credit for row in in_order),
    )


def shown_with_day(document: Document) -> str:
    """A document of the corpus as a work: "Deutsche Welle, 15 June 2023"."""
    return f"{shown(document)}, {document.published.in_words}" if document.published else shown(document)


def _at_home(rows: Sequence[Told], kind: str, dated: PartialDate | None) -> DocumentId | None:
    """The document of an occasion without a day, or of a document whose name says little."""
    if kind == CreditKind.OCCASION:
        return rows[0].document_id if dated is None else None
    if kind == CreditKind.DOCUMENT and not any(is_a_name(row.credit.origin) for row in rows):
        return rows[0].document_id
    return None


def _kind(rows: Sequence[Told]) -> str:
    kinds = {row.credit.kind for row in rows}
    return next(kind.value for kind in (*_LEAST_SURE, CreditKind.MEDIUM) if kind in kinds)


def _most(values: Iterable[str | None]) -> str | None:
    """The value most often given, the longer one of two, then by the alphabet."""
    counts = Counter(filter(None, values))
    return min(counts, key=lambda value: (-counts[value], -len(value), value)) if counts else None


def _dated(rows: Sequence[Told], document: Document | None) -> PartialDate | None:
    """The day that most documents give, of several the first: the rest are of print and of other time zones."""
    if document is not None and document.published is not None:
        return document.published
    given = [row for row in rows if row.dated is not None]
    if all(row.credit.kind == CreditKind.PERSON for row in rows) and len({row.dated for row in given}) > 1:
        return None  # a person speaks on many days
    days = [row for row in given if is_day(row.dated)] or given
    by: dict[PartialDate, list[Told]] = defaultdict(list)
    for row in days:
        if row.dated is not None:
            by[row.dated].append(row)
    if not by:
        return None
    return min(by, key=lambda date: (-len({row.document_id for row in by[date]}), date.earliest, -len(date.text)))


def _address(rows: Sequence[Told]) -> str | None:
    """The address most often given, whatever its tracking parameters: of its spellings the shortest."""
    given = [row.credit.url for row in rows if row.credit.url and leads_on(row.credit.url)]
    counts = Counter(address_key(url) for url in given)
    return min(given, key=lambda url: (-counts[address_key(url)], address_key(url), len(url), url)) if given else None


def _name(  # noqa: PLR0917 - what is told of a work, in the order in which it is shown
    rows: Sequence[Told], kind: str, medium: str | None, dated: PartialDate | None, title: str | None, url: str | None
) -> str:
    name = medium or _most(row.credit.origin for row in rows) or ""
    if kind == CreditKind.DOCUMENT and (owned := _OWNED.fullmatch(name)):
        name = f"{owned['what'].capitalize()} of the {owned['whose']}"
    if kind == CreditKind.PERSON:
        return name
    if dated is not None and (dated.in_words in name or (kind == CreditKind.DOCUMENT and dated.text[:4] in name)):
        return name
    if dated is not None:
        return f"{name}, {dated.in_words}"
    if medium is None:
        return name
    if title is not None:
        return f"{name}, “{title}”"
    return f"{name} ({UNDATED if url else UNTOLD})"
