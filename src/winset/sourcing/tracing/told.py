"""A credit with what it tells of its source: medium, day, title, address, and the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.ids import DocumentId, PartialDate, StatementId
from winset.sourcing.likeness import stems
from winset.sourcing.tracing.same_address import address_key, leads_to_a_page
from winset.sourcing.types import Credit, CreditKind, ReadDocument
from winset.statements.media import canonical_medium, medium_at
from winset.statements.types import Segment

_LONGEST = 1_500  # characters of a sentence or an entry that are read
_TITLE_WORD = re.compile(r"[^\W_]+")
_SITE_AFTER = re.compile(r"\s[|–—-]\s[^|–—]{2,40}\Z")  # "Ferry stops | Reuters"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_REPORTS = (CreditKind.MEDIUM, CreditKind.REFERENCE, CreditKind.LINK)


@dataclass(frozen=True, slots=True)
class Told:
    """One credit, read for joining."""

    credit: Credit
    medium: str | None
    address: str | None  # `address_key`, of a page
    title: tuple[str, ...]  # its words without case
    entry: str  # of the reference list, as far as it is read
    words: frozenset[str]  # stems of the sentence and the entry, without the medium's name
    sentence: str
    by: frozenset[str]  # who speaks: ids of actors, words of names

    @property
    def place(self) -> tuple[DocumentId, int, int, str, str]:
        """Sorts credits in one way whatever the order of the documents."""
        credit = self.credit
        return credit.document_id, credit.anchor.start, -credit.anchor.end, credit.kind, credit.origin

    @property
    def dated(self) -> PartialDate | None:
        """Of the source, as the credit gives it."""
        return self.credit.dated

    @property
    def document_id(self) -> DocumentId:
        """Whose credit it is."""
        return self.credit.document_id

    @property
    def is_bare(self) -> bool:
        """Whether it names a medium, and neither title nor page."""
        return self.medium is not None and not self.title and self.address is None


def told(read: Sequence[ReadDocument], credits: Sequence[Credit]) -> tuple[Told, ...]:  # noqa: A002 - the field's word
    """The credits of these documents, in an order that the order of the documents does not change."""
    sentences = {each.document.id: spans(each.segments) for each in read}
    documents = {each.document.id: each.document for each in read}
    who = {row.statement_id: row for each in read for row in each.identifications}
    rows = [
        _read(credit, documents[credit.document_id], sentences[credit.document_id], who)
        for credit in credits
        if credit.document_id in documents and _names_a_source(credit)
    ]
    return tuple(sorted(rows, key=lambda row: row.place))


def _names_a_source(credit: Credit) -> bool:
    """Whether it says more than that there was a link."""
    return credit.kind != CreditKind.LINK or leads_on(credit.url) or canonical_medium(credit.origin) is not None


def leads_on(url: str | None) -> bool:
    """Whether it is an address at all."""
    return url is not None and _ADDRESS.match(url) is not None


def title_words(title: str | None) -> tuple[str, ...]:
    """The words of a title without case and signs, and without the site behind it."""
    return tuple(_TITLE_WORD.findall(_SITE_AFTER.sub("", title[:_LONGEST]).casefold())) if title else ()


def agree(one: PartialDate | None, other: PartialDate | None, *, days: int = 0) -> bool:
    """Whether two dates may mean one day, `days` apart at most; a date that is not given agrees with any."""
    if one is None or other is None:
        return True
    gap = max((one.earliest - other.latest).days, (other.earliest - one.latest).days)
    return gap <= days


def is_day(date: PartialDate | None) -> bool:
    """Whether it is as precise as a day."""
    return date is not None and date.precision == "day"


def name_words(words: str) -> frozenset[str]:
    """What a name can be known by: its words without case, initials left out."""
    return frozenset(word for word in _TITLE_WORD.findall(words.casefold()) if len(word) > 2)  # noqa: PLR2004


def spans(segments: Iterable[Segment]) -> list[tuple[int, int]]:
    """The sentences of a document, of whatever kind, in order."""
    return sorted(span for part in segments for span in part.sentences)


def sentence_at(place: int, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence that holds a place, cut to what is read; a stretch around it where there is none."""
    number = bisect_right(sentences, place, key=itemgetter(0)) - 1
    if number >= 0 and place < sentences[number][1]:
        low, high = sentences[number]
        if high - low <= _LONGEST:
            return low, high
    return max(0, place - _LONGEST // 4), place + _LONGEST // 4


def _read(
    credit: Credit,
    document: Document,
    sentences: Sequence[tuple[int, int]],
    who: Mapping[StatementId, Identification],
) -> Told:
    start, end = sentence_at(credit.anchor.start, sentences)
    sentence = document.text[start:end]
    entry = credit.entry.exact[:_LONGEST] if credit.entry else ""
    if credit.kind == CreditKind.REFERENCE and not entry and credit.marker is None:
        entry = credit.anchor.exact[:_LONGEST]
    medium = None
    if credit.kind in _REPORTS:
        medium = canonical_medium(credit.origin) or (medium_at(credit.url) if credit.url else None)
    key = address_key(credit.url) if credit.url and leads_on(credit.url) else None
    title = credit.title if credit.kind != CreditKind.LINK or key else None  # else the words of a link, and no more
    if credit.kind == CreditKind.REFERENCE and medium is None:
        title = title or credit.origin
    said_by = [who[id] for id in credit.statement_ids if id in who]
    matter = _ADDRESS.sub(" ", f"{sentence} {title or ''} {entry}")
    return Told(
        credit=credit,
        medium=medium,
        address=key if key and leads_to_a_page(key) else None,
        title=title_words(title),
        entry=entry,
        words=frozenset(stems(matter)) - frozenset(stems(f"{credit.origin} {medium or ''}")),
        sentence=sentence,
        by=frozenset(
            part
            for row in said_by
            for part in ((row.actor_id or row.represents or "").casefold(), *name_words(row.speaker or ""))
            if part
        )
        | name_words(credit.speaker or ""),
    )
