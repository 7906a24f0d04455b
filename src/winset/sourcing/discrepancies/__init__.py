"""The same thing told differently: one finder a kind, all asked in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from winset.sourcing.discrepancies.addresses import addresses
from winset.sourcing.discrepancies.corrections import corrections
from winset.sourcing.discrepancies.dates import dates
from winset.sourcing.discrepancies.firsts import firsts
from winset.sourcing.discrepancies.missing_references import missing_references
from winset.sourcing.discrepancies.names import names
from winset.sourcing.discrepancies.numbers import numbers
from winset.sourcing.discrepancies.offices import offices
from winset.sourcing.discrepancies.pages import Page, pages
from winset.sourcing.discrepancies.places import places
from winset.sourcing.discrepancies.publications import publications
from winset.sourcing.discrepancies.quotations import quotations
from winset.sourcing.types import Credit, Discrepancy, DiscrepancyKind, ReadDocument

FINDERS: tuple[Callable[[Sequence[Page]], Iterator[Discrepancy]], ...] = (
    names,
    offices,
    numbers,
    dates,
    places,
    addresses,
    quotations,
    firsts,
    corrections,
    missing_references,
    publications,
)
_ORDER = {kind: number for number, kind in enumerate(DiscrepancyKind)}


def discrepancies(
    read: Sequence[ReadDocument],
    *,
    credits: Sequence[Credit] = (),  # noqa: A002 - the field's word
) -> tuple[Discrepancy, ...]:
    """Where documents, or one document in two places, tell the same thing differently, by kind and place.

    credits: of all the documents.  Nothing is reported that is merely rounder, shorter, later, or about something
    else; a text that comes twice is looked at once.  Cost: near linear; only what shares a name, an unusual word,
    an address or a title is ever compared.
    """
    looked_at = pages(read, credits)
    numbers = {page.read.document.id: page.number for page in looked_at}
    found = [row for finder in FINDERS for row in finder(looked_at)]

    def order(row: Discrepancy) -> tuple[int, int, int]:
        first = row.tellings[0].anchor
        return _ORDER[row.kind], numbers[first.document_id], first.start

    return tuple(sorted(found, key=order))
