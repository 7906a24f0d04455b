"""When a document was published: the date it prints against the one its file tells, and what it cites from later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from winset.corpus.bylines import date_of, head_of
from winset.ids import PartialDate
from winset.sourcing.discrepancies.pages import Page, Span, meet
from winset.sourcing.types import Discrepancy, DiscrepancyKind
from winset.statements.date_mentions import date_mentions

_IN_TEXT = re.compile(r"line \d+|text|dateline|byline")
_HEAD = 2_500  # characters in which a document prints its date
_GRACE = timedelta(days=1)  # between time zones
_CONSULTED = re.compile(
    r"\b(?:accessed|retrieved|consulted|visited|last (?:seen|checked)|forthcoming|in press|to appear|abgerufen"
    r"|consulté)\b",
    re.I,
)
_UPDATED = re.compile(r"\b(?:updated|modified|revised|amended|corrected|last edited)\b", re.I)
_EVENT_AHEAD = re.compile(
    r"\b(?:conference|summit|meeting|workshop|annual|proceedings|symposium|programme|program|draft)\b", re.I
)


def publications(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Documents dated in two ways, and documents that cite what is dated after them."""
    for page in pages:
        printed = _printed(page)
        if printed is not None:
            yield printed
        later = _cites_later(page)
        if later is not None:
            yield later


def _printed(page: Page) -> Discrepancy | None:
    """The date that the text prints at its head against the one of its file or address."""
    document = page.read.document
    where = dict(document.found_in).get("published", "")
    if page.published is None or not where or _IN_TEXT.match(where):
        return None  # the text itself is where the date was found, or nobody says where
    told = date_of(head_of(page.text), language=document.language)
    if told is None or meet(told[0], page.published) or _UPDATED.search(told[1].words):
        return None
    apart = min(
        abs((told[0].earliest - page.published.latest).days), abs((page.published.earliest - told[0].latest).days)
    )
    if apart <= _GRACE.days:
        return None
    span = _span_of(page, told[0])
    if span is None:
        return None
    return Discrepancy(
        kind=DiscrepancyKind.PUBLICATION,
        about=f"when {document.name} was published",
        tellings=(
            page.telling(told[0].in_words, *span),
            page.telling(page.published.in_words, *_beginning(page)),
        ),
        why=f"The text prints {told[0].in_words}, while its {where} tells {page.published.in_words};"
        " the documents do not decide which is right.",
        confidence=0.85,
    )


def _span_of(page: Page, date: PartialDate) -> Span | None:
    found = date_mentions(page.text, 0, min(len(page.text), _HEAD), published=None)
    return next(((row.start, row.end) for row in found if row.date == date), None)


def _beginning(page: Page) -> Span:
    title = page.read.document.title
    at = page.text.find(title) if title else -1
    if title and at >= 0:
        return at, at + min(len(title), 200)
    start, end = page.read.segments[0].sentences[0] if page.read.segments else (0, min(len(page.text), 80))
    return start, min(end, start + 200)


def _cites_later(page: Page) -> Discrepancy | None:
    """The entry of the reference list that is dated after the document itself, by more than a day."""
    if page.published is None:
        return None
    late = [
        (entry, entry.dated)
        for entry in page.references.entries
        if entry.dated is not None
        and not entry.refers_back
        and entry.dated.earliest > page.published.latest + _GRACE
        and not _excused(page.text[entry.start : entry.end])
    ]
    if not late:
        return None
    own = _span_of(page, page.published) or _beginning(page)
    entry, dated = late[0]
    more = f", and {len(late) - 1} more" if len(late) > 1 else ""
    return Discrepancy(
        kind=DiscrepancyKind.PUBLICATION,
        about=f"when {page.read.document.name} was published",
        tellings=(
            page.telling(page.published.in_words, *own),
            page.telling(dated.in_words, entry.start, min(entry.end, entry.start + 160)),
        ),
        why=f"It is dated {page.published.in_words} and cites a source of {dated.in_words}{more}; one of these"
        " dates must be wrong.",
        confidence=0.75,
    )


def _excused(words: str) -> bool:
    return bool(_CONSULTED.search(words) or _UPDATED.search(words) or _EVENT_AHEAD.search(words))
