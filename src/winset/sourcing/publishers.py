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
    """A document as a reader knows it: its medium or publisher, else its title, its author, its name as a file."""
    if medium := publisher(document):
        return medium
    if document.publisher:
        return document.publisher
    if document.title:
        title = " ".join(document.title.split())
        return f"“{title}”" if len(title) <= _LONGEST_TITLE else f"“{title[: _LONGEST_TITLE - 1].rstrip()}…”"
    return f"text by {document.authors[0]}" if document.authors else document.name
