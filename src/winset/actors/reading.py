"""A document prepared for finding out who its sources are: names, media, organisations, quotations, sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from winset.actors.affiliations import names_organisation, organisations_in
from winset.actors.names import Mention
from winset.actors.places import Place, Places, Span, in_order, places
from winset.actors.registry import Registry
from winset.actors.tables import plain_quotes
from winset.actors.types import Body
from winset.corpus.types import Document
from winset.ids import ActorId
from winset.statements.media import MediumMention, find_media
from winset.statements.segmentation import segments

_QUOTED = re.compile(r"“[^“”\n]*”?|\"[^\"\n]*\"|(?<!\w)‘[^‘’\n]*(?:’(?=\w)[^‘’\n]*)*’(?!\w)")
_SHORT_QUOTE = 40  # characters: scare quotes and names are no speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with all that the rules ask of it. Offsets are those of the document's text."""

    text: str  # with typewriter apostrophes, at the same offsets
    on: date | None  # the day whose offices count
    registry: Registry
    body: Body | None  # before which the issue lies
    mentions: Places[Mention]  # states and bodies, those inside media and organisations left out
    media: Places[MediumMention]
    organisations: Places[Place]
    taken: Places[Place]  # all three: words that belong to no person's name
    paragraphs: Places[Place]
    sentences: Places[Place]
    quoted: Places[Place]  # what stands inside quotation marks, where it is long enough to be speech
    counts: Counter[ActorId]  # how often each actor is mentioned

    def sentence_at(self, at: int) -> Span:
        """The sentence that holds the character at `at`."""
        return _span(self.sentences.holding(at), at)

    def paragraph_at(self, at: int) -> Span:
        """The paragraph that holds the character at `at`."""
        return _span(self.paragraphs.holding(at), at)

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """States and bodies named wholly within the stretch."""
        return self.mentions.within(start, end)

    def media_in(self, start: int, end: int) -> Sequence[MediumMention]:
        """Media named within the stretch."""
        return self.media.within(start, end)

    def organisations_in(self, start: int, end: int) -> Sequence[Place]:
        """Other organisations named within the stretch."""
        return self.organisations.within(start, end)

    def in_quotation(self, at: int) -> bool:
        """Whether the character is part of somebody's quoted words."""
        return self.quoted.holding(at) is not None

    def meant(self, mention: Mention) -> ActorId:
        """Which of the actors that a name may mean: that of the body asked about, else the one named most."""
        choices = mention.alias.actor_ids
        if len(choices) == 1:
            return choices[0]
        if self.body and self.body.organisation in choices:
            return self.body.organisation
        return max(choices, key=lambda actor: (self.counts[actor], -choices.index(actor)))


def read(document: Document, registry: Registry, *, on: date | None, body: Body | None) -> Reading:
    """The document prepared. Cost: linear in its length."""
    text = plain_quotes(document.text)
    media = in_order(find_media(document.text))
    named = in_order(registry.mentions(text, on=on))
    organisations = places(_organisations(text, named, media))
    mentions = in_order(mention for mention in named.entries if not _hidden(mention, media, organisations))
    parts = segments(document.text)
    return Reading(
        text=text,
        on=on,
        registry=registry,
        body=body,
        mentions=mentions,
        media=media,
        organisations=organisations,
        taken=places([*_spans(mentions), *_spans(media), *_spans(organisations)]),
        paragraphs=places((part.start, part.end) for part in parts),
        sentences=places(sentence for part in parts for sentence in part.sentences),
        quoted=places(m.span() for m in _QUOTED.finditer(document.text) if m.end() - m.start() > _SHORT_QUOTE),
        counts=Counter(mention.actor_id for mention in mentions.entries),
    )


def _organisations(text: str, named: Places[Mention], media: Places[MediumMention]) -> Iterator[Span]:
    """Organisations that are more than a state's or a body's name, and no medium."""
    for start, end in organisations_in(text, 0, len(text)):
        if media.touches(start, end):
            continue
        if names_organisation(_without(text, start, end, named.within(start, end))):
            yield start, end


def _without(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str:
    """The words of a stretch, the mentions left out."""
    kept = []
    for mention in mentions:
        kept.append(text[start : mention.start])
        start = mention.end
    return " ".join(" ".join([*kept, text[start:end]]).split())


def _hidden(mention: Mention, media: Places[MediumMention], organisations: Places[Place]) -> bool:
    """Whether a state's name is only part of a longer name."""
    return media.touches(mention.start, mention.end) or any(
        outer.start <= mention.start and mention.end <= outer.end
        for outer in [organisations.holding(mention.start)]
        if outer
    )


def _spans(named: Places[Any]) -> Iterator[Span]:
    return ((entry.start, entry.end) for entry in named.entries)


def _span(place: Place | None, at: int) -> Span:
    return (place.start, place.end) if place else (at, at)
