"""The documents: their list, their words, and whether words stand in them as they are cited."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from winset.corpus.types import anchor
from winset.errors import BadCase
from winset.ids import DocumentId
from winset.mcp import models, untrusted
from winset.mcp.answered import Answered, more
from winset.mcp.citing import cited_document
from winset.mcp.paging import place

if TYPE_CHECKING:
    from winset.corpus.types import Document
    from winset.mcp.cases import ServedCase

PLACES = 10  # of the same words that are told
AUTHORS = 5
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›″", '"') | dict.fromkeys("‘’‚‛′`", "'") | dict.fromkeys("‐‑‒–—―", "-"))


def documents(case: ServedCase, given: models.Paged) -> Answered:
    """In the order in which they were added."""
    view, after = case.view(), place(given.cursor)
    rows = case.desk.documents(coder="", after=after, limit=given.limit)
    listed = [_listed(case.desk.document(row.id), number, row.statements) for number, row in enumerate(rows, start=1)]
    value = models.Documents(
        case=case.name,
        version=view.version,
        documents=[],
        next_cursor=str(rows[-1].rank) if len(rows) == given.limit else None,
        total=case.store.counts()["document"],
        listed=listed,
    )
    head = f"{len(listed)} of {value.total:,} documents.{more(value.next_cursor)}"
    return Answered(head=head, lines=tuple(map(_line, listed)), value=value)


def document_text(case: ServedCase, given: models.Reading) -> Answered:
    """The words from one place on."""
    view = case.view()
    cites = case.cites(view)
    document = case.desk.document(DocumentId(given.document_id))
    length = len(document.text)
    if given.start >= length:
        raise BadCase(f"start {given.start}: the document has {length:,} characters; write 0 to {length - 1}")
    end = min(given.start + given.characters, length)
    words = cites.stretch(document, given.start, end, at_most=given.characters)
    value = models.DocumentText(
        case=case.name,
        version=view.version,
        documents=cites.documents,
        words=words,
        characters=length,
        next_start=end if end < length else None,
    )
    onward = f" More: start {end}." if end < length else " This is its end."
    head = f"Characters {given.start} to {end} of {length:,}.{onward}"
    return Answered(head=head, lines=(*_paragraphs(words.untrusted_text), *cites.lines()), value=value)


def check_citation(case: ServedCase, given: models.Citing) -> Answered:
    """Whether the words stand there; where they do, or nearly do, if not."""
    view = case.view()
    cites = case.cites(view)
    document = case.desk.document(DocumentId(given.document_id))
    words = unicodedata.normalize("NFC", given.exact).split()
    if not words:
        raise BadCase("exact: write the words that are to be cited")
    found = [match.span() for match in _in_a_row(words, document.text)]
    holds = any(given.start in (None, start) for start, _ in found)
    places = [cites.words(anchor(document, *span), at_most=span[1] - span[0]) for span in found[:PLACES]]
    nearly = _in_a_row(_plain(" ".join(words)).split(), _plain(document.text)) if not found else iter(())
    near = next((match.span() for match in nearly), None)
    nearest = cites.stretch(document, *near, at_most=len(given.exact) * 2) if near else None
    value = models.Citation(
        case=case.name,
        version=view.version,
        documents=cites.documents,
        holds=holds,
        places=places,
        nearest=nearest,
    )
    head = "The citation holds." if holds else "The citation does not hold: do not give these words as a quotation."
    if found and not holds:
        head = "The citation does not hold: the words stand elsewhere in the document."
    elif nearest is not None:
        head += " The document has them with other quotation marks, dashes or capitals."
    lines = [*map(cites.quoted, places), *([cites.quoted(nearest)] if nearest else []), *cites.lines()]
    return Answered(head=head, lines=tuple(lines), value=value)


def _listed(document: Document, number: int, statements: int) -> models.ListedDocument:
    return models.ListedDocument(
        **cited_document(document, number).model_dump(),
        authors=[untrusted.shown(each, at_most=untrusted.NAME) for each in document.authors[:AUTHORS]],
        language=untrusted.name(document.language),
        characters=len(document.text),
        statements=statements,
    )


def _line(each: models.ListedDocument) -> str:
    told = (
        each.title,
        each.publisher,
        ", ".join(each.authors),
        each.published or "undated",
        each.address,
        f"{each.characters:,} characters, {each.statements} statements",
        f"document_id {each.document_id}",
    )
    return " | ".join(filter(None, told))


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield untrusted.shown(line)


def _in_a_row(words: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """Where the words stand one after the other; line ends and spaces between them are alike."""
    return re.finditer(r"\s+".join(map(re.escape, words)), text)


def _plain(text: str) -> str:
    """As many characters as before: letters that fold to several stay."""
    told = text.translate(_QUOTES)
    low = told.lower()
    return low if len(low) == len(told) else told
