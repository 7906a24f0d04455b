"""Where a document names the outside source it rests on: media, documents, notes and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.corpus.types import Anchor, Document, anchor
from winset.ids import PartialDate, StatementId
from winset.sourcing.credit_words import document_credits, document_named, medium_credit
from winset.sourcing.places import Sentences, place_of
from winset.sourcing.references import Reference, markers, references
from winset.sourcing.types import Credit
from winset.statements.dates import date_mentions
from winset.statements.media import MediumMention, find_media, medium_at
from winset.statements.types import Segment, Statement

Span = tuple[int, int]

_DATE_NEAR = 12  # characters between a credit and its date: "a Reuters report on May 3"
_YEAR = re.compile(r"(?:1[89]|20)\d\d\b")
_LINK = re.compile(r"\[[^\]\n]{1,300}\]\((?P<target>https?://[^)\s]+)\)|<?(?P<bare>https?://[^\s<>\])”\"]+)>?")
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)")


def credits(  # noqa: A001 - the field's word; the interpreter's own is for its prompt
    document: Document, segments: Sequence[Segment], statements: Sequence[Statement]
) -> tuple[Credit, ...]:
    """The outside sources that a document names, in text order, each with the statements that rest on it.

    statements: those of this document; others are ignored. A credit carries the statements of its sentence, and
    those of the next sentences of the paragraph as long as they go on without a source of their own. A bibliography
    entry that no number points to stands for the whole document: its `statement_ids` are empty.
    """
    own = [statement for statement in statements if statement.document_id == document.id]
    reading = _Reading(document, segments, own, Sentences(segments, own))
    found = (*reading.media(), *reading.documents(), *reading.notes(), *reading.links())
    return tuple(
        _without_repeats(sorted(found, key=lambda credit: (credit.anchor.start, -credit.anchor.end, credit.kind)))
    )


def _without_repeats(found: Sequence[Credit]) -> Iterator[Credit]:
    """Without a credit that lies inside one for the same origin, such as the link on the words "Reuters reported"."""
    reached: dict[str, int] = {}
    for credit in found:
        if credit.anchor.end > reached.get(credit.origin, -1):
            reached[credit.origin] = credit.anchor.end
            yield credit


def _holds(words: Anchor, place: int) -> bool:
    return words.start <= place < words.end


@dataclass(frozen=True, slots=True)
class _Reading:
    """One document, with what its credits are read from."""

    document: Document
    segments: Sequence[Segment]
    statements: Sequence[Statement]
    sentences: Sentences

    def media(self) -> Iterator[Credit]:
        """The named media; a later "the Reuters report" has the date that was given with the first."""
        text = self.document.text
        dated: dict[str, PartialDate] = {}
        for mention in find_media(text):
            number = self.sentences.at(mention.start)
            if number is None:
                continue
            sentence = self.sentences.spans[number]
            spoken = self._spoken_by(mention)
            words = medium_credit(text, mention, sentence, is_source=bool(spoken))
            if words is None:
                continue
            on = self._date_at(words, sentence) or dated.get(mention.name)
            if on is not None:
                dated[mention.name] = on
            rests = spoken or self.sentences.resting(text, number)
            yield self._credit("medium", mention.name, words, dated=on, rests=rests)

    def _spoken_by(self, mention: MediumMention) -> tuple[StatementId, ...]:
        """The statements that a medium, or a person at it, makes itself, and those told inside them."""
        made = [row for row in self.statements if row.source and _holds(row.source, mention.start)]
        told = [
            row for row in self.statements if any(_holds(part, place_of(row)) for by in made for part in by.contents)
        ]
        return tuple(dict.fromkeys(row.id for row in (*made, *told)))

    def _date_at(self, words: Span, sentence: Span) -> PartialDate | None:
        """The date given with a credit."""
        low, high = max(sentence[0], words[0] - 4 * _DATE_NEAR), min(sentence[1], words[1] + 4 * _DATE_NEAR)
        mentions = date_mentions(self.document.text, low, high, published=self.document.published)
        gaps = [(max(words[0] - mention.end, mention.start - words[1], 0), mention.date) for mention in mentions]
        near = [row for row in gaps if row[0] <= _DATE_NEAR]
        return min(near, key=lambda row: row[0])[1] if near else None

    def documents(self) -> Iterator[Credit]:
        """Documents that are quoted, or that a statement has as its source."""
        text = self.document.text
        named = [row for sentence in self.sentences.spans for row in document_credits(text, sentence)]
        for row in self.statements:
            if row.source and (name := document_named(row.source.exact)):
                named.append((row.source.start, row.source.end, name))
        for start, end, name in named:
            number = self.sentences.at(start)
            if number is None or find_media(text, start, end):
                continue
            year = _YEAR.search(name)
            dated = PartialDate(year.group()) if year else None
            rests = self.sentences.resting(text, number)
            yield self._credit("document", name, (start, end), dated=dated, rests=rests)

    def notes(self) -> Iterator[Credit]:
        """Footnotes, each resolved to its entry, and the entries that no number points to."""
        listed = references(self.document, self.segments)
        pointed_at = set()
        for marker, start, end in markers(self.document.text, self.segments):
            pointed_at.add(marker)
            entry, number = listed.entry(marker), self.sentences.at(start)
            if entry is not None and number is not None:
                yield from self._note(entry, (start, end), self.sentences.resting(self.document.text, number))
        for entry in listed.entries:
            if entry.marker not in pointed_at:
                yield from self._note(entry, (entry.start, entry.end), ())

    def _note(self, entry: Reference, words: Span, rests: tuple[StatementId, ...]) -> Iterator[Credit]:
        if entry.label is not None:
            yield self._credit("reference", entry.label, words, dated=entry.dated, rests=rests, url=entry.url)

    def links(self) -> Iterator[Credit]:
        """Links in the body; those in the reference list are its entries'."""
        text = self.document.text
        for match in _LINK.finditer(text):
            number, url = self.sentences.at(match.start()), (match["target"] or match["bare"]).rstrip(".,;)")
            host = _HOST.match(url)
            if number is not None and host is not None:
                name = medium_at(url) or host.group(1)
                yield self._credit("link", name, match.span(), rests=self.sentences.resting(text, number), url=url)

    def _credit(
        self,
        kind: str,
        origin: str,
        words: Span,
        *,
        rests: tuple[StatementId, ...],
        dated: PartialDate | None = None,
        url: str | None = None,
    ) -> Credit:
        return Credit(
            document_id=self.document.id,
            origin=origin,
            kind=kind,
            anchor=anchor(self.document, *words),
            dated=dated,
            url=url,
            statement_ids=rests,
        )
