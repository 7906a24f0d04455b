"""What a report rests on, and when things happened."""

from __future__ import annotations

from dataclasses import dataclass

from winset.corpus.types import Anchor
from winset.ids import DocumentId, PartialDate, StatementId


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A document names an outside source for something it says."""

    document_id: DocumentId
    origin: str  # the source's name in one spelling: "Financial Times"
    kind: str  # "medium", "document", "reference", "link"
    anchor: Anchor  # the words that give the credit
    dated: PartialDate | None = None  # of the source, where given
    url: str | None = None
    statement_ids: tuple[StatementId, ...] = ()  # statements that rest on it; empty: the whole document


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one statement comes from in the end: an outside source, or the document's own reporting."""

    statement_id: StatementId
    key: str  # equal for statements that rest on one source
    label: str  # as shown: "Financial Times, via 000.txt", "own reporting of 002.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something with a date in a document."""

    date: PartialDate
    anchor: Anchor  # the sentence
    document_id: DocumentId
    kind: str  # "publication", "statement", "mention"
    planned: bool = False  # after the document's own date, or said to be planned
