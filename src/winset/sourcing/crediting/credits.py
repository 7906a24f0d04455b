"""Where a document names the outside source it rests on: media, documents, notes, links, occasions and persons."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter

from winset.actors.types import Identification
from winset.corpus.types import Anchor, Document, anchor
from winset.ids import PartialDate, StatementId
from winset.sourcing.crediting.addresses import ADDRESS, LINK, trimmed, why_broken
from winset.sourcing.crediting.credit_words import (
    BackMention,
    back_mentions,
    by_last_word,
    document_credits,
    document_named,
    is_bound_to_speaker,
    medium_credit,
    rests_wholly_on,
    unlisted_media,
)
from winset.sourcing.crediting.occasions import ASKED, Occasion, occasions
from winset.sourcing.crediting.places import Sentences, place_of
from winset.sourcing.crediting.pointers import Pointer
from winset.sourcing.crediting.references import Reference, references
from winset.sourcing.crediting.speakers import Quoted, Speakers, responses, unnamed
from winset.sourcing.types import Credit, CreditKind
from winset.statements.date_mentions import DateMention, date_mentions
from winset.statements.media import MediumMention, canonical_medium, find_media, medium_at, misspelt_medium
from winset.statements.types import Form, Segment, SegmentKind, Statement

Span = tuple[int, int]

MEDIUM, DOCUMENT, REFERENCE = CreditKind.MEDIUM, CreditKind.DOCUMENT, CreditKind.REFERENCE
LINKED, OCCASION, PERSON = CreditKind.LINK, CreditKind.OCCASION, CreditKind.PERSON

_DATE_NEAR = 12  # characters between a credit and its date: "a Reuters report on May 3"
_SAID_BEFORE = 3_000  # characters back to what "the newspaper" can mean
_TOUCHING = 25  # characters between a cue and the occasion on which it was said: "told them on a tour"
_REACH = 1_500  # characters within which somebody goes on speaking on one occasion
_LONGEST_SENTENCE = 4_000  # characters of a sentence that are read
_WORDS_BESIDE = 12  # characters of a sentence besides a link that leads nowhere: fewer, and it is furniture
_LONGEST_LINE = 250  # characters of a byline
_LONGEST_ADDRESS = 2_000  # characters
_YEAR = re.compile(r"(?:1[89]|20)\d\d\b")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_TITLE = re.compile(
    r"[^.;\n]{0,30}?\b(?:titled|entitled|headlined|called|under the (?:headline|title))\s[“\"‘']"
    r"(?P<title>[^”\"\n]{5,200}?)[”\"’'](?!\w)"
)
_MISSPELT = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w’'-]{1,30}\s){2,4})(?=(?:newspaper|magazine|daily|news agency|reported|revealed|wrote"
    r"|reports|report|article)\b)"
)
_SHARED = re.compile(
    r"(?:facebook\.com/sharer|twitter\.com/(?:intent|share)|x\.com/intent|linkedin\.com/share|wa\.me"
    r"|t\.me/share|mailto:|reddit\.com/submit)"
)
_SENDS = re.compile(
    r"\b(?:TV|Television|Radio|Broadcast\w*|BBC|CNN|Sky|Al Jazeera|Al Arabiya|NHK|Welle|NPR|PBS|ITV|Channel"
    r"|Fox|MSNBC|CNBC|ABC|CBS|NBC|RT|CGTN|Euronews|France 24)\b"
)
_WIRES = re.compile(
    r"\b(?:Reuters|Associated Press|Agence|Agency|Kyodo|Xinhua|TASS|Interfax|Yonhap|Bloomberg|Agentur"
    r"|Adnkronos|EFE|ANSA|Novosti|International)\b"
)
_ACCORDING = re.compile(r"(?:as )?(?:according|reported|quoted)\b", re.IGNORECASE)
_OF_WHAT_IS_TOLD = re.compile(r",\s(?:on|in|at|by|since)\b")
_TELLING = re.compile(r"\b(?:told|tells?|telling|wr[io]te|writing|read|reading)\s\Z", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]*[a-z][\w’'-]*\s){1,3}[A-ZÀ-Þ][\w’'-]*[a-z]\w*")


@dataclass(frozen=True, slots=True)
class _Given:
    """A credit, and the key of the speaker whose next statements rest on it too."""

    credit: Credit
    bound: str | None = None


def credits(  # noqa: A001 - the field's word; the interpreter's own is for its prompt
    document: Document,
    segments: Sequence[Segment],
    statements: Sequence[Statement],
    identifications: Sequence[Identification] = (),
) -> tuple[Credit, ...]:
    """The outside sources that a document names, in text order, each with the statements that rest on it.

    statements: those of this document; others are ignored.  identifications: of the statements; without them
    speakers go by their words. A credit carries the statements of its sentence, those of the next sentences of the
    paragraph as long as they go on without a source of their own, and, where somebody spoke to the medium or on the
    occasion, what he says next. Somebody who is quoted with neither outlet nor occasion is credited once. An entry
    of a bibliography that nothing points to stands for the whole document: its `statement_ids` are empty.
    Cost: linear.
    """
    own = [statement for statement in statements if statement.document_id == document.id]
    reading = _Reading(document, segments, own, Sentences(segments, own), Speakers(own, identifications, document.text))
    named = [*reading.documents(), *reading.links()]
    media = list(reading.media([each.credit for each in named]))
    outlets = _Spans(each.credit for each in media if each.credit.kind is MEDIUM)
    named = [each for each in named if each.credit.kind is not DOCUMENT or not outlets.touches(each.credit.anchor)]
    named += media
    taken = _Spans(each.credit for each in named)
    named += [each for each in reading.whole() if not taken.touches(each.credit.anchor)]
    named += reading.notes()
    apart = _Spans(each.credit for each in named if each.credit.kind in (MEDIUM, DOCUMENT))
    named += [each for each in reading.occasions(named) if not apart.touches(each.credit.anchor)]
    given = reading.carried(named)
    persons = list(reading.persons(given))
    found = sorted((*given, *persons), key=lambda each: (each.anchor.start, -each.anchor.end, each.kind))
    return tuple(_without_repeats(found))


def _without_repeats(found: Sequence[Credit]) -> Iterator[Credit]:
    """Without a credit that lies inside one for the same origin, such as the link on the words "Reuters reported".

    The outer one gets the address of the first link in it.
    """
    reached: dict[str, int] = {}
    kept: list[Credit] = []
    last: dict[str, int] = {}
    paper: int | None = None  # the document credited last
    for credit in found:
        if (
            credit.kind is LINKED
            and credit.url
            and paper is not None
            and credit.anchor.end <= kept[paper].anchor.end
            and kept[paper].url is None
        ):  # "according to the [revised plan](...)": its address
            kept[paper] = replace(kept[paper], url=credit.url)
            continue
        if credit.anchor.end > reached.get(credit.origin, -1):
            reached[credit.origin] = credit.anchor.end
            last[credit.origin] = len(kept)
            if credit.kind is DOCUMENT:
                paper = len(kept)
            kept.append(credit)
        elif credit.kind is LINKED and credit.url and kept[last[credit.origin]].kind is MEDIUM:
            outer = kept[last[credit.origin]]
            kept[last[credit.origin]] = replace(outer, url=outer.url or credit.url)
    return iter(kept)


class _Spans:
    """Places of credits, to be asked whether another touches one."""

    def __init__(self, found: Iterable[Credit]) -> None:
        self._spans = sorted(credit.anchor.span for credit in found)
        self._longest = max((end - start for start, end in self._spans), default=0)

    def touches(self, words: Anchor) -> bool:
        at = bisect_left(self._spans, (words.start - self._longest, 0))
        while at < len(self._spans) and self._spans[at][0] < words.end:
            if self._spans[at][1] > words.start:
                return True
            at += 1
        return False


def _source_at(row: Statement) -> int:
    return row.source.start if row.source else row.start


def _holds(words: Anchor, place: int) -> bool:
    return words.start <= place < words.end


@dataclass(frozen=True, slots=True)
class _Reading:
    """One document, with what its credits are read from."""

    document: Document
    segments: Sequence[Segment]
    statements: Sequence[Statement]
    sentences: Sentences
    speakers: Speakers
    _sources: list[Statement] = field(init=False)  # statements with a source, by its place

    def __post_init__(self) -> None:
        sources = sorted((row for row in self.statements if row.source), key=_source_at)
        object.__setattr__(self, "_sources", sources)

    def media(self, others: Sequence[Credit]) -> Iterator[_Given]:
        """The named media, and "the same newspaper"; a later "the Reuters report" has the date given with the first.

        others: documents that are credited, for one of which "the report" may stand.
        """
        text = self.document.text
        dated: dict[str, PartialDate] = {}
        papers = sorted((each for each in others if each.kind == DOCUMENT), key=lambda each: each.anchor.start)
        starts = [each.anchor.start for each in papers]
        heard: list[tuple[int, str]] = []
        for mention in self._media_mentions():
            number = self.sentences.at(mention.start)
            if number is None:
                continue
            sentence = self.sentences.spans[number]
            name = mention.name if isinstance(mention, MediumMention) else None
            kind = MEDIUM
            if isinstance(mention, BackMention):
                at = bisect_left(starts, mention.start) - 1
                paper = papers[at] if at >= 0 and mention.piece else None
                if paper is not None and paper.anchor.end > mention.start:
                    continue
                meant = _meant(mention, heard)
                if paper is not None and (meant is None or paper.anchor.start > meant[0]):
                    kind, meant = DOCUMENT, (paper.anchor.end, paper.origin)
                if meant is None or mention.start - meant[0] > _SAID_BEFORE:
                    continue
                name = meant[1]
                if mention.piece and _TELLING.search(text, max(0, mention.start - 12), mention.start):
                    continue  # "telling the story"
                mention = MediumMention(mention.start, mention.end, name)  # noqa: PLW2901
            spoken = self._spoken_by(mention)
            words = medium_credit(text, mention, sentence, is_source=bool(spoken))
            if words is None or name is None:
                continue
            on = self._date_at(words, sentence) or dated.get(name)
            if on is not None:
                dated[name] = on
            if kind is MEDIUM:
                heard.append((mention.start, name))
            title = _TITLE.match(text, mention.end, min(sentence[1], mention.end + 260))
            rests = spoken or self.sentences.resting(text, number)
            bound = self._bound(words, rests) if is_bound_to_speaker(text[words[0] : words[1]]) else None
            yield self._given(
                kind,
                name,
                words,
                dated=on,
                rests=rests,
                title=title["title"].rstrip(" ,.") if title else None,
                bound=bound,
            )

    def _media_mentions(self) -> list[MediumMention | BackMention]:
        """Media of the list, those that only their shape tells, misspelt ones, and words for one named before."""
        text = self.document.text
        listed = find_media(text)
        taken = [mention.start for mention in listed]
        found: list[MediumMention | BackMention] = list(listed)
        low, high = (self.sentences.spans[0][0], self.sentences.spans[-1][1]) if self.sentences.spans else (0, 0)
        for mention in sorted(unlisted_media(text, low, high), key=attrgetter("start")):
            at = bisect_left(taken, mention.end)
            if not (at and listed[at - 1].end > mention.start):
                meant = misspelt_medium(mention.name)
                found.append(MediumMention(mention.start, mention.end, meant) if meant else mention)
        for match in _MISSPELT.finditer(text, low, high):
            if meant := misspelt_medium(match.group()):
                found.append(MediumMention(match.start(), match.end() - 1, meant))
        found += by_last_word(text, [each for each in found if isinstance(each, MediumMention)], high)
        found += back_mentions(text, low, high)
        return list(_apart(sorted(found, key=lambda each: (each.start, -each.end))))

    def _spoken_by(self, mention: MediumMention) -> tuple[StatementId, ...]:
        """The statements that a medium, or a person at it, makes itself, and those told inside them."""
        at = bisect_right(self._sources, mention.start, key=_source_at)
        made = []
        for row in self._sources[max(0, at - 4) : at]:
            if row.source and row.form is not Form.ACT and _holds(row.source, mention.start):
                made.append(row)
        if not made:
            return ()
        parts = [part for by in made for part in by.contents]
        near = self._between(min(part.start for part in parts), max(part.end for part in parts)) if parts else ()
        told = [row for row in near if any(_holds(part, place_of(row)) for part in parts)]
        return tuple(dict.fromkeys(row.id for row in (*made, *told)))

    def _between(self, low: int, high: int) -> Sequence[Statement]:
        """The statements that begin in a stretch of the text, or a sentence before it."""
        said = self.speakers.statements
        first = bisect_left(said, low - _LONGEST_SENTENCE, key=attrgetter("start"))
        return said[first : bisect_left(said, high + 1, key=attrgetter("start"))]

    def _date_at(self, words: Span, sentence: Span) -> PartialDate | None:
        """The date given with a credit."""
        low, high = max(sentence[0], words[0] - 4 * _DATE_NEAR), min(sentence[1], words[1] + 4 * _DATE_NEAR)
        mentions = date_mentions(self.document.text, low, high, published=self.document.published)
        gaps = [(max(words[0] - mention.end, mention.start - words[1], 0), self._past(mention)) for mention in mentions]
        near = [row for row in gaps if row[0] <= _DATE_NEAR]
        if _OF_WHAT_IS_TOLD.match(self.document.text, words[1], sentence[1]) and _ACCORDING.match(
            self.document.text, *words
        ):
            near = []  # "according to Reuters, on Monday the port closed"
        return min(near, key=lambda row: row[0])[1] if near else None

    def _past(self, mention: DateMention) -> PartialDate:
        """Its date; the year before where it was taken for a day to come: what was said has been said."""
        published = self.document.published
        if published is None or not mention.relative or mention.date.earliest <= published.latest:
            return mention.date
        year, rest = int(mention.date.text[:4]) - 1, mention.date.text[4:]
        return PartialDate(f"{year}{rest}") if rest != "-02-29" else mention.date

    def _bound(self, words: Span, rests: Sequence[StatementId]) -> str | None:
        """The key of the speaker who said it to the medium or on the occasion."""
        row = self._nearest(words, rests)
        return self.speakers.keys.get(row.id) if row else None

    def _nearest(self, words: Span, rests: Sequence[StatementId]) -> Statement | None:
        """Of the statements that rest on a credit, the one whose cue stands nearest to it."""
        own = set(rests)
        near = [row for row in self._between(words[0], words[1] + _LONGEST_SENTENCE) if row.id in own]
        return min(near, key=lambda row: abs(place_of(row) - words[0]), default=None)

    def whole(self) -> Iterator[_Given]:
        """Media on whose copy the whole document rests, by its byline or a line at its edge; and those who ask."""
        text = self.document.text
        for segment in self.segments:
            if (
                segment.kind in (SegmentKind.REFERENCE, SegmentKind.CAPTION)
                or segment.end - segment.start > _LONGEST_LINE
            ):
                continue
            for start, end, name in rests_wholly_on(text, segment.start, segment.end):
                yield self._given(MEDIUM, name, (start, end), rests=())

    def documents(self) -> Iterator[_Given]:
        """Documents that are quoted, or that a statement has as its source."""
        text = self.document.text
        named = [
            row
            for low, high in self.sentences.spans
            for row in document_credits(text, (low, min(high, low + _LONGEST_SENTENCE)))
        ]
        for row in self.statements:
            if row.source and (name := document_named(row.source.exact)):
                named.append((row.source.start, row.source.end, name))
        reached = -1
        for start, end, name in sorted(named, key=lambda row: (row[0], -row[1])):
            number = self.sentences.at(start)
            if start < reached or number is None or find_media(text[start:end]):
                continue
            reached = end
            year = _YEAR.search(name) or _YEAR.match(text, end + 1)
            rests = self.sentences.resting(text, number)
            dated = PartialDate(year.group()) if year else self._date_at((start, end), self.sentences.spans[number])
            yield self._given(DOCUMENT, name, (start, end), dated=dated, rests=rests)

    def notes(self) -> Iterator[_Given]:
        """Footnotes, each resolved to its entry, and the entries that no number points to."""
        listed = references(self.document, self.segments)
        resting: dict[int, list[StatementId]] = {}
        for pointer in listed.pointers:
            number = self.sentences.at(pointer.start)
            if number is None:
                continue
            rests = self.sentences.resting(self.document.text, number)
            if pointer.entry is not None:
                resting.setdefault(pointer.entry.start, []).extend(rests)
                yield from self._note(pointer.entry, (pointer.start, pointer.end), rests, pointer)
            elif pointer.credits_somebody:
                year = _YEAR.search(pointer.marker)
                dated = PartialDate(year.group()) if year else None
                yield self._given(
                    REFERENCE,
                    pointer.marker,
                    (pointer.start, pointer.end),
                    rests=rests,
                    dated=dated,
                    marker=pointer.marker,
                )
        for entry in listed.entries:
            rests = tuple(dict.fromkeys(resting.get(entry.start, ())))
            yield from self._note(entry, (entry.start, entry.end), rests)

    def _note(
        self, entry: Reference, words: Span, rests: tuple[StatementId, ...], pointer: Pointer | None = None
    ) -> Iterator[_Given]:
        if entry.label is not None:
            yield self._given(
                REFERENCE,
                entry.label,
                words,
                dated=entry.dated,
                rests=rests,
                url=entry.url,
                title=entry.title,
                marker=pointer.marker if pointer else entry.marker,
                entry=anchor(self.document, entry.start, entry.end),
            )

    def links(self) -> Iterator[_Given]:
        """Links in the body, also those that lead nowhere; the reference list's are its entries'."""
        text = self.document.text
        reached = -1
        for (start, end), target, words in self._links():
            if start < reached:
                continue
            number, url = self.sentences.at(start), trimmed(target[:_LONGEST_ADDRESS])
            host = _HOST.match(url)
            reached = end
            if number is None or _SHARED.search(url):
                continue
            rests = self.sentences.resting(text, number)
            if words and (not target or target.startswith("#")):
                low, high = self.sentences.spans[number]
                if (high - low) - (end - start) > _WORDS_BESIDE:
                    name = canonical_medium(words) or " ".join(words.split())
                    yield self._given(LINKED, name, (start, end), rests=rests, title=words, broken="it leads nowhere")
            elif host is not None and ADDRESS.match(url) and why_broken(url) is None:
                name = medium_at(url) or host.group(1)
                yield self._given(LINKED, name, (start, end), rests=rests, url=url, title=words or None)

    def _links(self) -> list[tuple[Span, str, str]]:
        """Place, target and words of each link: of the document's own, of Markdown's, of bare addresses."""
        text = self.document.text
        found = []
        for link in self.document.links:
            words = text[link.start : link.end]
            found.append(((link.start, link.end), 0, link.target, "" if ADDRESS.match(words) else words))
        for match in LINK.finditer(text) if "](" in text else ():
            target, words = match["target"], match["words"]
            if text[match.start() - 1 : match.start()] == "!":
                target = words = ""  # a picture
            elif target.startswith("#") and target != "#":
                words = ""  # a place in the document, which may well be there
            found.append((match.span(), 1, target, words))
        for match in ADDRESS.finditer(text):
            url = trimmed(match.group())
            found.append(((match.start(), match.start() + len(url)), 2, url, ""))
        return [(span, target, words) for span, _, target, words in sorted(found, key=itemgetter(0, 1))]

    def occasions(self, media: Iterable[_Given] = ()) -> Iterator[_Given]:
        """What was said at a press conference, in a speech, to reporters; "the briefing" is the one told of before."""
        text = self.document.text
        told: dict[str, Credit] = {}
        spoken_to = {self.sentences.at(each.credit.anchor.start): True for each in media if each.bound}
        for number, (low, high) in enumerate(self.sentences.spans):
            own = self.sentences.within(number)
            sentence = (low, min(high, low + _LONGEST_SENTENCE))
            for occasion in occasions(text, sentence, spoken=bool(own)):
                words = (occasion.start, occasion.end)
                if self._in_quotation(words) or (occasion.noun == "interview" and spoken_to.get(number)):
                    continue
                rests = self.sentences.resting(text, number)
                before = told.get(occasion.noun) if occasion.known else None
                nearest = self._nearest(words, own)
                if occasion.by_name and (nearest is None or self.speakers.person(nearest) is None):
                    continue
                speaker, key = self._speaker(words, sentence, nearest)
                speaker = speaker or (before.speaker if before else None)
                on = self._date_at(words, sentence) or (before.dated if before else None)
                name = _called(occasion, speaker)
                mine = tuple(id for id in rests if key is None or self.speakers.keys.get(id) in (key, None))
                given = self._given(
                    DOCUMENT if occasion.published else OCCASION,
                    before.origin if before else name,
                    words,
                    dated=_closer(on, nearest.said_on if nearest else None),
                    rests=mine or rests,
                    bound=key,
                    speaker=speaker,
                    place=occasion.place or (before.place if before else None),
                )
                told[occasion.noun] = given.credit
                yield given
            if asked := self._asked(sentence, told.values()):
                yield asked

    def _asked(self, sentence: Span, told: Iterable[Credit]) -> _Given | None:
        """A question put to somebody on the occasion told of before: "Asked whether it would close, Reed laughed"."""
        text = self.document.text
        asked = ASKED.match(text, *sentence)
        number = self.sentences.at(sentence[0])
        if asked is None or number is None:
            return None
        answer = text[asked.end() : sentence[1]]
        for before in told:
            surname = (before.speaker or "").rpartition(" ")[2]
            near = sentence[0] - before.anchor.end <= 2 * _REACH
            if before.kind is OCCASION and surname and near and re.search(rf"\b{re.escape(surname)}\b", answer):
                return self._given(
                    OCCASION,
                    before.origin,
                    asked.span("words"),
                    dated=before.dated,
                    rests=self.sentences.resting(text, number),
                    bound=(before.speaker or "").casefold(),
                    speaker=before.speaker,
                    place=before.place,
                )
        return None

    def _speaker(self, words: Span, sentence: Span, nearest: Statement | None) -> tuple[str | None, str | None]:
        """Who spoke on an occasion, and his key: the person named last before it, else who speaks in the sentence."""
        text = self.document.text
        person = self.speakers.person(nearest) if nearest else None
        beside = nearest is not None and nearest.cue is not None and _beside(nearest.cue, words)
        if person is None or not beside:
            names = _NAME_BEFORE.findall(text, sentence[0], words[0])
            if names and (called := self.speakers.called(names[-1])):
                return called, called.casefold()
        if nearest is None:
            return None, None
        return person or self.speakers.name(nearest), self.speakers.keys.get(nearest.id)

    def _in_quotation(self, words: Span) -> bool:
        """Whether somebody quoted speaks of it."""
        text = self.document.text
        number = self.sentences.at(words[0])
        own = set(self.sentences.within(number)) if number is not None else set()
        for row in self._between(*words):
            quoted = row.form is Form.DIRECT or (row.form is Form.MIXED and row.id in own)
            for part in row.contents:
                if part.start <= words[0] and words[1] <= part.end:
                    before = text[part.start : words[0]]
                    if row.form is Form.DIRECT or (
                        quoted and before.count("“") + before.count('"') % 2 > before.count("”")
                    ):
                        return True
        return False

    def carried(self, given: Sequence[_Given]) -> list[Credit]:
        """The credits, those bound to a speaker with what he says next: until another one for him, or another day."""
        bound = {
            id: number
            for number, each in enumerate(given)
            if each.bound is not None
            for id in each.credit.statement_ids
            if self.speakers.keys.get(id) == each.bound
        }
        covered = {id for each in given for id in each.credit.statement_ids}
        current: dict[str, int] = {}
        reached: dict[int, int] = {}
        more: dict[int, list[StatementId]] = {}
        firsts = sorted(
            (each.credit.anchor.start, number) for number, each in enumerate(given) if each.bound is not None
        )
        at = 0
        for row in self.speakers.statements:
            while at < len(firsts) and firsts[at][0] < row.start:
                number = firsts[at][1]
                current[given[number].bound or ""] = number
                at += 1
            key = self.speakers.keys[row.id]
            if row.id in bound and key is not None:
                current[key] = bound[row.id]
            elif row.id not in covered and key in current and self.speakers.goes_on(row):
                number = current[key]
                credit = given[number].credit
                near = credit.kind is MEDIUM or row.start - reached.get(number, credit.anchor.end) <= _REACH
                if near and _one_day(row.said_on, credit.dated):
                    reached[number] = row.end
                    more.setdefault(number, []).append(row.id)
        return (
            [
                replace(
                    each.credit, statement_ids=tuple(dict.fromkeys((*each.credit.statement_ids, *more.get(number, ()))))
                )
                for number, each in enumerate(given)
            ]
            if more
            else [each.credit for each in given]
        )

    def persons(self, given: Sequence[Credit]) -> Iterator[Credit]:
        """Those who are quoted, with neither outlet nor occasion told."""
        covered = {id for each in given for id in each.statement_ids}
        bound = {
            key
            for each in given
            if each.kind in (OCCASION, MEDIUM) and each.speaker
            for key in (each.speaker.casefold(),)
        }
        in_body = {
            row.id for row in self.statements if self.sentences.at(row.start) is not None and not self._is_label(row)
        }
        found = list(self.speakers.quoted(covered, bound, in_body))
        known = {each.speaker for each in found if each.speaker}
        for span in self.sentences.spans:
            found += [
                each for each in responses(self.document.text, span) if self.speakers.called(each.name) not in known
            ]
        some = [each for span in self.sentences.spans for each in unnamed(self.document.text, span)]
        taken = _Spans([*given, *map(self._person, found)] if some else ())
        for each in some:
            if not taken.touches(anchor(self.document, *each.words)) and not self._in_quotation(each.words):
                found.append(each)
        for quoted in found:
            yield self._person(quoted)

    def _is_label(self, row: Statement) -> bool:
        """Whether the source stands before a colon at the head of its line, as in a transcript."""
        if row.source is None or self.document.text[row.source.end : row.source.end + 1] != ":":
            return False
        return row.source.start == 0 or self.document.text[row.source.start - 1] in "\n*_"

    def _person(self, quoted: Quoted) -> Credit:
        return self._given(
            PERSON,
            quoted.name,
            quoted.words,
            rests=tuple(row.id for row in quoted.statements),
            dated=next((row.said_on for row in quoted.statements if row.said_on), None),
            speaker=quoted.speaker,
        ).credit

    def _given(
        self,
        kind: CreditKind,
        origin: str,
        words: Span,
        *,
        rests: tuple[StatementId, ...],
        dated: PartialDate | None = None,
        url: str | None = None,
        title: str | None = None,
        marker: str | None = None,
        entry: Anchor | None = None,
        bound: str | None = None,
        speaker: str | None = None,
        place: str | None = None,
        broken: str | None = None,
    ) -> _Given:
        if bound is not None and speaker is None:
            speaker = self.speakers.named.get(bound)
        credit = Credit(
            document_id=self.document.id,
            origin=origin,
            kind=kind,
            anchor=anchor(self.document, *words),
            dated=dated,
            url=url,
            title=title,
            marker=marker,
            entry=entry,
            speaker=speaker,
            place=place,
            broken=broken,
            statement_ids=rests,
        )
        return _Given(credit, bound)


def _beside(cue: Anchor, words: Span) -> bool:
    return cue.start <= words[1] + _TOUCHING and words[0] <= cue.end + _TOUCHING


def _meant(mention: BackMention, heard: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The medium credited last that the word fits: "the paper" is no agency and no broadcaster."""
    for at, name in reversed(heard[-8:]):
        sends, wires = _SENDS.search(name) is not None, _WIRES.search(name) is not None
        if mention.word in {"paper", "newspaper", "daily", "tabloid", "weekly", "magazine"}:
            fits = not (sends or wires)
        elif mention.word in {"agency", "news agency", "newswire"}:
            fits = wires
        elif mention.word in {"broadcaster", "network", "channel", "station"}:
            fits = sends
        else:
            fits = mention.same or not mention.ambiguous or mention.word == "interview"
        if fits:
            return at, name
    return None


def _called(occasion: Occasion, speaker: str | None) -> str:
    """Its name: "press conference of Ada Reed", "speech in Bergen", "briefing"."""
    if speaker:
        return f"{occasion.noun} of {speaker}"
    return f"{occasion.noun} in {occasion.place}" if occasion.place else occasion.noun


def _closer(one: PartialDate | None, two: PartialDate | None) -> PartialDate | None:
    """The first, or the second where that is the same more precisely."""
    if one is None or (two is not None and two.text.startswith(one.text)):
        return two
    return one


def _one_day(one: PartialDate | None, two: PartialDate | None) -> bool:
    """Whether two dates can be one."""
    return one is None or two is None or one.text.startswith(two.text) or two.text.startswith(one.text)


def _apart(found: Sequence[MediumMention | BackMention]) -> Iterator[MediumMention | BackMention]:
    reached = -1
    for mention in found:
        if mention.start >= reached:
            reached = mention.end
            yield mention
