"""The questions that documents ask in their own voice, and what the rest of the documents says to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from winset.corpus.types import anchor
from winset.sourcing.asking.question_words import INDIRECT, LABEL, MAY_ASK, TO_THE_READER
from winset.sourcing.types import Question, ReadDocument
from winset.statements.languages import foreign
from winset.statements.quotations import Quotation, quotations, touching
from winset.statements.types import Segment, SegmentKind

LONGEST = 1_000  # characters; a longer sentence is none
MOST = 200  # questions with answers looked for; a text of so many is a questionnaire
_TITLE_WITHIN = 3  # paragraphs from the head among which an unmarked title stands
_LEAST_WORDS = 2
_TALK = 160  # characters; what a page asks its reader is short
_CLOSING = 40  # characters: marks and notes behind a question's own mark
_ENDS = re.compile(r"[?？](?=[\"'”’»)\]*_\s]*(?:\[\^?\w{1,4}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]){0,4}\s*\Z)")
_WORD = re.compile(r"[^\W\d_]{2,}")

BODY, QUOTED, TITLE, HEADING, REFERENCE, FURNITURE = "body", "quotation", "title", "heading", "reference", "furniture"
_WHERE = {
    SegmentKind.HEADING: HEADING,
    SegmentKind.REFERENCE: REFERENCE,
    SegmentKind.BOILERPLATE: FURNITURE,
    SegmentKind.CAPTION: FURNITURE,
}


def questions(read: Sequence[ReadDocument]) -> tuple[Question, ...]:
    """The questions of the documents' own voice, in order, each with the best passages of the documents.

    Left out, see `told_apart`: those that are quoted or reported, and those in titles, headings, references and
    page furniture. No passage is the asking sentence or another question.  Cost: near linear.
    """
    found = [question for each in read for question in told_apart(each) if question.where == BODY]
    if not found:
        return ()
    from winset.sourcing.asking.few import answers

    looked_for = found[:MOST]
    passages = answers(read, looked_for)
    answered = [replace(question, passages=given) for question, given in zip(looked_for, passages, strict=True)]
    return (*answered, *found[MOST:])


def told_apart(read: ReadDocument) -> tuple[Question, ...]:
    """Every question of a document, with where it stands and without passages; English only.  Cost: linear."""
    text, segments = read.document.text, read.segments
    abroad = foreign(text, segments, tongue=read.document.language)
    quoted = quotations(text, segments)
    said = sorted((part.start, part.end) for each in read.statements for part in each.contents)
    found: list[Question] = []
    for number, segment in enumerate(segments):
        if number in abroad:
            continue
        for start, end in segment.sentences:
            if end - start > LONGEST:
                continue
            for span, form, at in _asked(text, start, end):
                where = _where(read, number, segment, span, at, quoted=quoted, said=said)
                words = anchor(read.document, *span)
                found.append(Question(document_id=read.document.id, anchor=words, form=form, where=where))
    return tuple(found)


def _asked(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], str, int]]:
    """(span, form, place of the mark or words that ask) of the question that a sentence is, if any."""
    if mark := _ENDS.search(text, max(start, end - _CLOSING), end):
        if len(_WORD.findall(text, start, end)) >= _LEAST_WORDS:
            yield (start, end), "direct", mark.start()
    elif MAY_ASK.search(text, start, end) and (words := INDIRECT.search(text, start, end)):
        yield (start, end), "indirect", words.start()


def _where(
    read: ReadDocument,
    number: int,
    segment: Segment,
    span: tuple[int, int],
    at: int,
    *,
    quoted: Sequence[Quotation],
    said: Sequence[tuple[int, int]],
) -> str:
    text, document = read.document.text, read.document
    start, end = span
    if segment.kind is not SegmentKind.BODY:
        return _WHERE[segment.kind]
    if any(mark.start <= at < mark.end for mark in touching(quoted, start, end)) or _is_reported(at, said):
        return QUOTED
    if start == segment.start and LABEL.match(text, start, end):
        return QUOTED
    if document.title and text[start:end].strip("#*_ \n").casefold() == document.title.strip().casefold():
        return TITLE
    if number < _TITLE_WITHIN and len(segment.sentences) == 1 and _is_first_alone(read.segments, number):
        return TITLE
    if end - start <= _TALK and TO_THE_READER.search(text, start, end):
        return FURNITURE
    return BODY


def _is_reported(at: int, said: Sequence[tuple[int, int]]) -> bool:
    """Whether the place lies in what a statement says that somebody said."""
    before = bisect_right(said, at, key=itemgetter(0))
    return any(start <= at < end for start, end in said[max(0, before - 4) : before])


def _is_first_alone(segments: Sequence[Segment], number: int) -> bool:
    """Whether no running text stands before it: a question above the text is its title."""
    return not any(each.kind is SegmentKind.BODY and len(each.sentences) > 1 for each in segments[:number]) and any(
        len(each.sentences) > 1 for each in segments[number + 1 :]
    )
