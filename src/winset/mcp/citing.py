"""Exact words at exact places: what is cited is verified against the document before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from winset.errors import BadSpan
from winset.ids import DocumentId
from winset.mcp import untrusted
from winset.mcp.models import CitedDocument, Words
from winset.statements.sentence_ends import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from winset.corpus.types import Anchor, Document

LONGEST = 1_600  # characters of one passage
AROUND = 300  # characters looked at on each side of words for where their sentence ends


class Cites:
    """The citations of one answer, and the documents that they stand in, numbered as they come."""

    def __init__(self, document: Callable[[DocumentId], Document]) -> None:
        self._document = document
        self._cited: dict[DocumentId, CitedDocument] = {}
        self.spent = 0  # characters

    def words(self, anchor: Anchor, *, at_most: int = LONGEST) -> Words:
        """The words of an anchor, or their beginning.  Raises BadSpan where they do not stand there."""
        return self.stretch(self.verify(anchor), anchor.start, anchor.end, at_most=at_most)

    def verify(self, anchor: Anchor) -> Document:
        """The document in which the words of an anchor stand.  Raises BadSpan where they do not."""
        document = self._document(anchor.document_id)
        if not anchor.holds_in(document):
            raise BadSpan(f"span {anchor.start}-{anchor.end} of document {anchor.document_id} holds other words")
        return document

    def around(self, document_id: DocumentId, start: int, end: int, *, at_most: int = LONGEST) -> Words:
        """The sentences in which a stretch stands; the stretch alone where no sentence ends near it."""
        document = self._document(document_id)
        text = document.text
        low, high = max(0, start - AROUND), min(len(text), end + AROUND)
        gap, next_gap = text.rfind("\n\n", low, start), text.find("\n\n", end, high)
        low, high = (gap + 2 if gap >= 0 else low), (next_gap if next_gap >= 0 else high)  # in its paragraph
        found = [each for each in sentences(text, low, high) if each[0] < end and each[1] > start]
        begins, stops = (found[0][0], found[-1][1]) if found else (start, end)
        if begins == low and low and gap < 0:  # cut by us, in the middle of a sentence
            begins = start
        if stops == high < len(text) and next_gap < 0:
            stops = end
        return self.stretch(document, min(begins, start), max(stops, end), at_most=at_most)

    def stretch(self, document: Document, start: int, end: int, *, at_most: int = LONGEST) -> Words:
        """What stands at a place of a document."""
        last = min(end, start + at_most, len(document.text))
        exact = document.text[start:last]
        self._cited.setdefault(document.id, cited_document(document, len(self._cited) + 1))
        self.spent += len(exact)
        return Words(
            document_id=document.id,
            start=start,
            end=last,
            untrusted_text=exact,
            cut=last < end,
            unseen_characters=untrusted.unseen(exact),
        )

    @property
    def documents(self) -> list[CitedDocument]:
        """Those that were cited, by their numbers."""
        return list(self._cited.values())

    def number(self, document_id: str) -> int:
        """The number of a document that was cited."""
        return self._cited[DocumentId(document_id)].number

    def quoted(self, words: Words) -> str:
        """Words with their place, as a line shows them: “the very words” [1: 12-26]."""
        cut = " …" if words.cut else ""
        place = f"[{self.number(words.document_id)}: {words.start}-{words.end}]"
        return f"“{untrusted.shown(words.untrusted_text)}”{cut} {place}"

    def lines(self) -> Iterator[str]:
        """The documents behind the numbers in brackets."""
        if self._cited:
            yield "Documents:"
        for each in self.documents:
            told = (each.title, each.publisher, each.published, each.address)
            yield f"[{each.number}] {' | '.join(part for part in told if part)} | document_id {each.document_id}"


def cited_document(document: Document, number: int) -> CitedDocument:
    """What is known of a document, for a reference."""
    return CitedDocument(
        number=number,
        document_id=document.id,
        title=untrusted.shown(document.title or label(document.name), at_most=untrusted.TITLE),
        publisher=untrusted.name(document.publisher),
        published=document.published.text if document.published else None,
        address=untrusted.shown(document.source_url, at_most=untrusted.TITLE) if document.source_url else None,
    )


def label(name: str) -> str:
    """A document's name without the folders of the machine that it was read on; an address whole."""
    return name if "://" in name else name.replace("\\", "/").rpartition("/")[2] or name


def held(
    documents: Mapping[DocumentId, Document], otherwise: Callable[[DocumentId], Document]
) -> Callable[[DocumentId], Document]:
    """Finds documents: those at hand first."""
    return lambda id: documents[id] if id in documents else otherwise(id)
