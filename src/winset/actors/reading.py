"""A document prepared for finding out who its sources are: names, media, organisations, quotations, sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from winset.actors.affiliations import names_organisation, organisations_in, telling_words
from winset.actors.names import Mention
from winset.actors.person_names import NameWord, full_names, name_words, single_names
from winset.actors.places import Place, Places, Span, in_order, places
from winset.actors.registry import Registry
from winset.actors.tables import plain_quotes
from winset.actors.types import ActorKind, Body
from winset.corpus.types import Document
from winset.ids import ActorId
from winset.statements.first_words import capitalised_words
from winset.statements.media import MediumMention, find_media, media_words
from winset.statements.segmentation import paragraphs
from winset.statements.sentence_ends import sentences
from winset.statements.types import Segment

_QUOTED = re.compile(  # the three marks first, by which it is found fast
    r"[“\"‘](?:(?<=“)[^“”\n]*”?|(?<=\")[^\"\n]*\"|(?<!\w‘)(?<=‘)[^‘’\n]*(?:’(?=\w)[^‘’\n]*)*’(?!\w))"
)
_ON_BEHALF = re.compile(r",?\s(?:(?:speaking\s)?(?:for|on behalf of|in the name of))\s(?:the\s)?")
_NO_MEDIUM = re.compile(
    r"\b(?:Institute|Foundation|Research|Centre|Center|University|College|School|Fund|Council|Society|Academy)\b"
)
_ARTICLE = len("The ")  # which is part of some media's names
_SHORT_QUOTE = 40  # characters: scare quotes and names are no speech


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document with all that the rules ask of it. Offsets are those of the document's text."""

    text: str  # with typewriter apostrophes, at the same offsets
    authors: tuple[str, ...]  # of the document
    on: date | None  # the day whose offices count
    registry: Registry
    body: Body | None  # before which the issue lies
    mentions: Places[Mention]  # states and bodies, those inside media and organisations left out
    media: Places[MediumMention]
    organisations: Places[Place]
    taken: Places[Any]  # all three: words that belong to no person's name
    original: str  # with the quotation marks as they stand
    given_parts: Sequence[Segment] | None
    name_words: Sequence[NameWord]  # capitalised words, of which names of people are made
    full_names: Places[Place]  # of people

    @cached_property
    def counts(self) -> Counter[ActorId]:
        """How often each actor is mentioned."""
        return Counter(mention.actor_id for mention in self.mentions.entries)

    @cached_property
    def paragraphs(self) -> Places[Place]:
        """Every segment."""
        if self.given_parts is not None:
            return places((part.start, part.end) for part in self.given_parts)
        words = self.original.strip()
        if words and self.original.isprintable():  # no line ends in it: a phrase is one paragraph
            start = self.original.index(words)
            return places([(start, start + len(words))])
        return places(paragraphs(self.original))

    @cached_property
    def _sentences(self) -> dict[int, Places[Place]]:
        """Those of each paragraph that has been asked about, by its start."""
        return {part.start: places(part.sentences) for part in self.given_parts or ()}

    def sentences_of(self, paragraph: Place) -> Places[Place]:
        """Its sentences; looked for when first asked."""
        found = self._sentences.get(paragraph.start)
        if found is None:
            found = self._sentences[paragraph.start] = places(sentences(self.original, paragraph.start, paragraph.end))
        return found

    def sentences_before(self, at: int, count: int) -> list[Span]:
        """The last few sentences that start before `at`, the nearest first."""
        found: list[Span] = []
        paragraph = self.paragraphs.before(at)
        while paragraph and len(found) < count:
            inside = [each for each in self.sentences_of(paragraph).entries if each.start < at]
            found += [(each.start, each.end) for each in reversed(inside)]
            paragraph = self.paragraphs.before(paragraph.start)
        return found[:count]

    @cached_property
    def quoted(self) -> Places[Place]:
        """What stands inside quotation marks, where it is long enough to be speech."""
        return places(m.span() for m in _QUOTED.finditer(self.original) if m.end() - m.start() > _SHORT_QUOTE)

    def sentence_at(self, at: int) -> Span:
        """The sentence that holds the character at `at`."""
        paragraph = self.paragraphs.holding(at)
        return _span(self.sentences_of(paragraph).holding(at) if paragraph else None, at)

    def paragraph_at(self, at: int) -> Span:
        """The paragraph that holds the character at `at`."""
        return _span(self.paragraphs.holding(at), at)

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """States and bodies named wholly within the stretch."""
        return self.mentions.within(start, end)

    def mentions_from(self, start: int, end: int) -> Sequence[Mention]:
        """States and bodies named within the stretch, or from within it: "The G77" of "the G77 and China"."""
        last = self.mentions.holding(end)
        return (*self.mentions_in(start, end), *((last,) if last is not None and start <= last.start < end else ()))

    def spoken_for(self, at: int) -> ActorId | None:
        """The body or group in whose name somebody speaks whose name ends at `at`: "Samoa, on behalf of AOSIS"."""
        link = _ON_BEHALF.match(self.text, at)
        group = self.mentions.holding(link.end()) if link else None
        if group is None or self.registry.actors[group.actor_id].kind is ActorKind.STATE:
            return None
        return self.meant(group)

    def media_in(self, start: int, end: int) -> Sequence[MediumMention]:
        """Media named within the stretch."""
        return self.media.within(start, end)

    def organisations_in(self, start: int, end: int) -> Sequence[Place]:
        """Other organisations named within the stretch."""
        return self.organisations.within(start, end)

    def names_in(self, start: int, end: int) -> Sequence[Place]:
        """People named in full within the stretch."""
        if self._cuts_a_name(start, end):
            return tuple(full_names(self.text, name_words(self.text, self.taken, start, end)))
        return self.full_names.within(start, end)

    @cached_property
    def single_names(self) -> Places[Place]:
        """People named by one name, outside full names; looked for when first asked."""
        found = single_names(self.text, self.name_words, self.taken, self.full_names, within=(0, len(self.text)))
        return in_order(found)

    def single_names_in(self, start: int, end: int) -> Sequence[Place]:
        """People named by one name within the stretch."""
        if self._cuts_a_name(start, end):
            words = name_words(self.text, self.taken, start, end)
            full = in_order(full_names(self.text, words))
            return tuple(single_names(self.text, words, self.taken, full, within=(start, end)))
        return self.single_names.within(start, end)

    def _cuts_a_name(self, start: int, end: int) -> bool:
        """Whether the stretch begins or ends inside a name: "Wen" of "Li Wen" is a name of its own there."""
        return self.full_names.cut_by(start, end)

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


def read(
    document: Document,
    registry: Registry,
    *,
    on: date | None,
    body: Body | None,
    parts: Sequence[Segment] | None = None,
) -> Reading:
    """The document prepared.  parts: its segments, where they are known already.  Cost: linear in its length."""
    text = plain_quotes(document.text)
    capitals = capitalised_words(text, 0, len(text), _wanted(registry))  # one pass; no word has a quotation mark
    states, own_media, commenting = _own_apart(registry.mentions(text, on=on, capitals=capitals), registry)
    media = in_order([*find_media(document.text, capitals=capitals), *own_media])
    named = in_order(states)
    found = dict(organisations_in(text, 0, len(text), capitals=capitals))
    media = in_order(medium for medium in media.entries if not _in_longer_name(text, medium, found))
    organisations = places([*_organisations(text, found.items(), named, media), *_spans(in_order(commenting))])
    mentions = in_order([mention for mention in named.entries if not _hidden(mention, media, organisations)])
    taken: Places[Any] = in_order([*mentions.entries, *media.entries, *organisations.entries])
    words = name_words(text, taken, 0, len(text))
    return Reading(
        text=text,
        authors=document.authors,
        on=on,
        registry=registry,
        body=body,
        mentions=mentions,
        media=media,
        organisations=organisations,
        taken=taken,
        name_words=words,
        full_names=in_order(full_names(text, words)),
        original=document.text,
        given_parts=parts,
    )


@lru_cache(maxsize=4)
def _wanted(registry: Registry) -> frozenset[str]:
    """The capitalised words by which names of states, bodies, media and organisations are looked for."""
    return frozenset().union(
        *(words.capitalised for words in (registry.names.first_words, media_words(), telling_words()))
    )


def _own_apart(
    mentions: Sequence[Mention], registry: Registry
) -> tuple[list[Mention], list[MediumMention], list[Mention]]:
    """States and bodies; media, and organisations that speak for no state, of a user's own registry."""
    states: list[Mention] = []
    media: list[MediumMention] = []
    commenting: list[Mention] = []
    for mention in mentions:
        if registry.actors[mention.actor_id].kind is ActorKind.MEDIUM:
            media.append(MediumMention(mention.start, mention.end, registry.label(mention.actor_id)))
        else:
            (commenting if mention.actor_id in registry.commenting else states).append(mention)
    return states, media, commenting


def _in_longer_name(text: str, medium: MediumMention, ends: Mapping[int, int]) -> bool:
    """Whether a medium's name only begins another organisation's: the Observer Research Foundation.

    ends: of the organisations, by where they begin.
    """
    end = max(ends.get(medium.start, 0), ends.get(medium.start + _ARTICLE, 0))
    return medium.end < end and _NO_MEDIUM.search(text, medium.end, end) is not None


def _organisations(
    text: str, found: Iterable[Span], named: Places[Mention], media: Places[MediumMention]
) -> Iterator[Span]:
    """Organisations that are more than a state's or a body's name, and no medium."""
    for start, end in found:
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
    outer = organisations.holding(mention.start)
    return (outer is not None and mention.end <= outer.end) or media.touches(mention.start, mention.end)


def _spans(named: Places[Any]) -> Iterator[Span]:
    return ((entry.start, entry.end) for entry in named.entries)


def _span(place: Place | None, at: int) -> Span:
    return (place.start, place.end) if place else (at, at)
