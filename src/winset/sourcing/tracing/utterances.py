"""A statement as it is compared with those of other documents: what it says, in which quoted words, whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from winset.actors.types import NOBODY, Identification, SpeaksAs
from winset.corpus.types import Anchor, Document, anchor
from winset.ids import DocumentId, PartialDate, StatementId
from winset.sourcing.crediting.places import place_of
from winset.sourcing.likeness import distance, is_content, stem
from winset.sourcing.tracing.same_occasion import occasion_kind
from winset.sourcing.tracing.told import sentence_at, spans
from winset.sourcing.types import CreditKind, ReadDocument, Work
from winset.statements.quotations import quotations
from winset.statements.types import Form, SegmentKind, Statement

Span = tuple[int, int]

LONGEST = 4_000  # characters of one content that are compared
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]{1,3})?")
_LINK_TARGET = re.compile(r"\]\([^)\s]{0,500}\)")
_NOTE = re.compile(r"\[\^?\d{1,4}\]")
_ADDED = re.compile(r"\\?\[[^\]\[\n]{1,40}\](?!\()")  # "We [the council] hope"
_SOMEBODY = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:in|at|from|near|of)\s\Z", re.IGNORECASE)
_NAME_PART = 5  # letters of a part of a name that stands for the whole
_SPELLING = 2  # letters by which two spellings of one long name may differ
_LONG_NAME = 8  # letters


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words they are, as far as is known."""

    people: frozenset[str] = frozenset()  # names without case
    parties: frozenset[str] = frozenset()  # actors by id, others by label
    is_own: bool = False  # of the statement's own source, rather than of others named in the sentence

    def agrees(self, other: Voice) -> bool | None:
        """Whether both are one speaker; None where that is not known."""
        if self.people and other.people:
            return any(_one_person(mine, theirs) for mine in self.people for theirs in other.people)
        if self.parties & other.parties:
            return True
        if self.parties and other.parties and self.is_own and other.is_own:
            return None if self._is_a_label != other._is_a_label else False
        return None

    @property
    def _is_a_label(self) -> bool:
        """Whether a person is known by a place of work alone, "expert: Guinea": that may be the state's man."""
        return bool(self.people) and all(party.startswith("expert: ") for party in self.parties)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one document tells: a statement, or a quotation outside of all statements."""

    document: Document
    anchor: Anchor  # its words, from the first content to the last
    statement: Statement | None  # None: a quotation that no statement holds
    stems: tuple[str, ...]  # of all its words, in order
    matter: frozenset[str]  # stems of its content words
    quotes: tuple[tuple[str, ...], ...]  # stems of what stands between quotation marks
    voice: Voice
    sentence: Span
    works: frozenset[str] = frozenset()  # keys of the works it rests on
    occasions: frozenset[tuple[str, PartialDate | None]] = frozenset()  # of what kind, and when
    near: frozenset[str] = frozenset()  # of these and of those that are credited in its paragraph: what it is about

    @property
    def said_on(self) -> PartialDate | None:
        """Where known."""
        return self.statement.said_on if self.statement else None

    @property
    def place(self) -> tuple[DocumentId, int, int, str]:
        """Sorts utterances in one way whatever the order of the documents."""
        return self.document.id, self.anchor.start, self.anchor.end, self.statement.id if self.statement else ""

    @property
    def text(self) -> str:
        """Its words as one line."""
        words = self.statement.words if self.statement else self.anchor.exact
        return plain(words[:LONGEST])

    @property
    def context(self) -> str:
        """The sentence it stands in."""
        return self.document.text[self.sentence[0] : self.sentence[1]]


def plain(words: str) -> str:
    """Without the targets of links, numbers of notes and what an editor added in brackets."""
    return _LINK_TARGET.sub("]", _ADDED.sub(" ", _NOTE.sub(" ", words))).replace("[", " ").replace("]", " ")


def word_stems(words: str) -> tuple[str, ...]:
    """The stems of all words, in order."""
    return tuple(stem(match.group()) for match in _WORD.finditer(plain(words[:LONGEST])))


def matter_of(words: str) -> frozenset[str]:
    """The stems of the words that say something by themselves."""
    return frozenset(
        stem(match.group())
        for match in _WORD.finditer(plain(words[:LONGEST]))
        if is_content(match.group()) and len(match.group()) > 1
    )


def utterances(
    each: ReadDocument, rests_on: Mapping[StatementId, Sequence[Work]], credited: Iterable[tuple[int, str]] = ()
) -> tuple[tuple[Utterance, ...], tuple[Utterance, ...]]:
    """The statements of one document, and the quotations of its body that no statement holds.

    rests_on: works, by the statement's id.  credited: places of credits, each with the key of its work.
    Cost: linear.
    """
    document = each.document
    sentences = spans(each.segments)
    quoted = [(row.inner_start, row.inner_end) for row in quotations(document.text, each.segments)]
    voices = _voices(each, sentences)
    paragraphs = [part.start for part in each.segments if part.kind is SegmentKind.BODY]
    near: dict[int, set[str]] = defaultdict(set)
    for at, work in credited:
        near[bisect_right(paragraphs, at)].add(work)
    said = tuple(
        _of_statement(
            document,
            row,
            quoted,
            sentences,
            voices.get(row.id, Voice()),
            works=rests_on.get(row.id, ()),
            near=near.get(bisect_right(paragraphs, place_of(row)), set()),
        )
        for row in each.statements
        if row.contents
    )
    held = sorted(part.span for row in each.statements for part in row.contents)
    body = [(part.start, part.end) for part in each.segments if part.kind is SegmentKind.BODY]
    loose = tuple(
        _of_quotation(document, span, sentences, near=near.get(bisect_right(paragraphs, span[0]), set()))
        for span in quoted
        if span[0] < span[1] <= span[0] + LONGEST and not _touched(span, held) and _touched(span, body)
    )
    return said, loose


def _touched(span: Span, among: Sequence[Span]) -> bool:
    number = bisect_left(among, span[1], key=itemgetter(0))
    return any(end > span[0] for _, end in among[max(0, number - 8) : number])


def _of_statement(
    document: Document,
    statement: Statement,
    quoted: Sequence[Span],
    sentences: Sequence[Span],
    voice: Voice,
    *,
    works: Sequence[Work],
    near: Iterable[str],
) -> Utterance:
    contents = [part.span for part in statement.contents]
    start, end = contents[0][0], contents[-1][1]
    text = " ".join(document.text[low : min(high, low + LONGEST)] for low, high in contents)
    keys = frozenset(work.key for work in works)
    return Utterance(
        document=document,
        anchor=statement.contents[0] if len(contents) == 1 else anchor(document, start, end),
        statement=statement,
        stems=word_stems(text),
        matter=matter_of(text),
        quotes=tuple(_quotes(document.text, statement, contents, quoted)),
        voice=voice,
        sentence=sentence_at(place_of(statement), sentences),
        works=keys,
        occasions=frozenset(
            (occasion_kind(work.name), work.dated) for work in works if work.kind == CreditKind.OCCASION
        ),
        near=keys.union(near),
    )


def _quotes(
    text: str, statement: Statement, contents: Sequence[Span], quoted: Sequence[Span]
) -> Iterator[tuple[str, ...]]:
    found = False
    for low, high in contents:
        number = bisect_right(quoted, low, key=itemgetter(0)) - 1
        for start, end in quoted[max(0, number) :]:
            if start >= high:
                break
            if end > low and (words := word_stems(text[max(start, low) : min(end, high)])):
                found = True
                yield words
    if not found and statement.form is Form.DIRECT:
        for low, high in contents:
            if words := word_stems(text[low:high]):
                yield words


def _of_quotation(document: Document, span: Span, sentences: Sequence[Span], *, near: Iterable[str]) -> Utterance:
    words = document.text[span[0] : span[1]]
    found = word_stems(words)
    return Utterance(
        document=document,
        anchor=anchor(document, *span),
        statement=None,
        stems=found,
        matter=matter_of(words),
        quotes=(found,),
        voice=Voice(),
        sentence=sentence_at(span[0], sentences),
        near=frozenset(near),
    )


def _voices(each: ReadDocument, sentences: Sequence[Span]) -> dict[StatementId, Voice]:
    """Whose words each statement is; where its source is a medium or unresolved, of those heard in its sentence."""
    place = {row.id: sentence_at(place_of(row), sentences)[0] for row in each.statements}
    heard: dict[int, list[Voice]] = defaultdict(list)
    own: dict[StatementId, Voice] = {}
    named_by = {row.id: row.source.exact if row.source else "" for row in each.statements}
    for row in each.identifications:
        if row.statement_id in place:
            own[row.statement_id] = voice = _voice(row, named_by[row.statement_id])
            if voice.is_own:
                heard[place[row.statement_id]].append(voice)
    return {
        id: voice
        if voice.is_own
        else Voice(
            people=frozenset(name for near in heard[place[id]] for name in near.people),
            parties=voice.parties.union(*(near.parties for near in heard[place[id]])),
        )
        for id, voice in own.items()
    }


def _voice(row: Identification, source: str) -> Voice:
    party = row.actor_id or (row.represents if row.speaks_as not in NOBODY else None)
    return Voice(
        people=frozenset([row.speaker.casefold()])
        if row.speaker and not _is_a_place(row.speaker, source)
        else frozenset(),
        parties=frozenset([party.casefold()]) if party else frozenset(),
        is_own=row.is_somebody and row.speaks_as is not SpeaksAs.MEDIUM,
    )


def _is_a_place(name: str, source: str) -> bool:
    """Whether somebody without a name is heard there: "a woman in Northford"."""
    return _SOMEBODY.match(source) is not None and _WHERE.search(source.partition(name)[0]) is not None


def _one_person(one: str, other: str) -> bool:
    if one == other:
        return True
    mine, theirs = one.split(), other.split()
    if mine[-1] == theirs[-1] and (len(mine) == 1 or len(theirs) == 1 or mine[0][0] == theirs[0][0]):
        return True
    return min(len(one), len(other)) >= _LONG_NAME and distance(one, other, _SPELLING) <= _SPELLING


def is_named(voice: Voice, words: str) -> bool:
    """Whether a stretch of text names the speaker: the whole name, or a part of it that is long enough."""
    here = frozenset(_WORD.findall(words.casefold().replace("’s", "").replace("'s", "")))
    for name in voice.people:
        parts = name.split()
        if all(part in here for part in parts) or (len(parts[-1]) >= _NAME_PART and parts[-1] in here):
            return True
    return False
