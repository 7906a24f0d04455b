"""Who published a document, and what to call it."""

from __future__ import annotations

import re

from winset.corpus.types import Document
from winset.statements.media import canonical_medium, medium_at

_SITE_OF = re.compile(r"[^|–—-]+\Z")  # the publisher in "Ferry stops | Reuters"
_DATELINE = re.compile(
    r"^[^\S\n]{0,8}[A-ZÀ-Þ][^\n()]{1,60}\((?P<agency>[A-Z][^()\n]{1,40})\)\s{0,2}(?:--?|[–—])\s", re.MULTILINE
)
_SHARED = re.compile(r"[,/]|\band\b")  # "(AFP, Reuters)"
_HEAD = 3_000  # characters in which a dateline stands
_LINE = re.compile(r"[^\W_][^\n]{2,400}")
_FIRST = 60  # characters of its first line by which a text without title and author is called
_LONGEST_TITLE = 90  # characters of a title as shown


def publisher(document: Document) -> str | None:
    """The medium that a document comes from, by the dateline of an agency, else by its metadata; None: not known.

    An agency's text is the agency's wherever it is printed.

    >>> publisher(Document(name="a", text="PORT HALE, March 5 (Reuters) - Reed said no.", publisher="The Guardian"))
    'Reuters'
    """
    agency = _DATELINE.search(document.text, 0, _HEAD)
    for named in _SHARED.split(agency["agency"]) if agency else ():
        if medium := canonical_medium(named.strip()):
            return medium
    if document.publisher and (medium := canonical_medium(document.publisher)):
        return medium
    if document.source_url and (medium := medium_at(document.source_url)):
        return medium
    site = _SITE_OF.search(document.title) if document.title else None
    return canonical_medium(site.group()) if site and site.start() > 0 else None


def shown(document: Document) -> str:
    """A document as a reader knows it: its medium or publisher, else its title, author, first words, name as a file."""
    if medium := publisher(document):
        return medium
    if document.publisher:
        return document.publisher
    if document.title:
        title = " ".join(document.title.split())
        return f"“{title}”" if len(title) <= _LONGEST_TITLE else f"“{title[: _LONGEST_TITLE - 1].rstrip()}…”"
    if document.authors:
        return f"the text by {document.authors[0]}"
    return _first_words(document.text) or document.name


def _first_words(text: str) -> str:
    """The first line as a reader sees it, a heading's signs taken off, in quotation marks; "" where there is none."""
    line = _LINE.search(text, 0, _HEAD)
    words = " ".join(line.group().split()) if line else ""
    if len(words) > _FIRST:
        words = f"{words[:_FIRST].rpartition(' ')[0] or words[:_FIRST]} …"
    return f"“{words}”" if words else ""
