"""Sources as JSON lines in, who is meant as JSON lines out: words alone, or spans of a text."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from winset.actors.asking import offices_of, who_are, who_is
from winset.actors.registry import Registry
from winset.actors.types import Identification
from winset.corpus.types import Document, Rejected, clean_text
from winset.errors import BadDate, NotText, TooLarge, Unreadable
from winset.exchange.attribution_lines import BadRow
from winset.exchange.long_lines import LINE_LIMIT, PLAIN, STRING, LongString, Place, Raw, kind_of, lines, parsed
from winset.ids import PartialDate

LONGEST_WORDS = 2_000  # characters of a source
TOGETHER = 1_000  # rows of one text that are read ahead
SHAPE = '{"source": "the French president"} or {"text": ..., "source": [start, end]}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A line that asks who is meant: words, or a span of a text."""

    place: Place
    id: object  # as given; None where there is none
    words: str
    given: str | list[int]  # the source as it stands in the line
    text: str | None = None  # clean; None for words alone
    span: tuple[int, int] = (0, 0)  # in the clean text
    on: PartialDate | None = None


def asked(stream: BinaryIO, *, name: str) -> Iterator[Asked | BadRow]:
    """The questions of a stream of lines, in order; other fields are ignored, blank lines are skipped.

    name: of the stream, for complaints.
    """
    for place, raw in lines(stream):
        try:
            yield _asked(place, raw)
        except (Unreadable, BadDate) as error:
            rejected = Rejected(name=f"{name} line {place.line}", reason=str(error), kind=type(error).__name__)
            yield BadRow(place=place, rejected=rejected)


def answered(rows: Iterable[Asked | BadRow], registry: Registry, *, on: date) -> Iterator[str | Rejected]:
    """The line that answers each question, its end included, or why it cannot be; in order.

    Questions that follow each other about one text of one day are answered together: the text is read once, and who
    is heard first helps with "he" and "the minister" later.
    on: for lines without a date.  Memory: that of one text and its questions.
    """
    for _, group in itertools.groupby(rows, key=_together):
        while batch := list(itertools.islice(group, TOGETHER)):
            yield from _answers(batch, registry, on=on)


def identification_dict(who: Identification, words: str, registry: Registry, *, on: date | None) -> dict[str, Any]:
    """Who is meant, as plain values; `offices` holds the listed ones of an official, with holder and days."""
    return {
        "speaker": who.speaker,
        "role": who.role,
        "represents": who.represents,
        "actor_id": who.actor_id,
        "speaks_as": who.speaks_as.value,
        "affiliation": who.affiliation,
        "joint": who.joint,
        "score": who.score,
        "rule": who.rule,
        "offices": [
            {
                "title": office.title,
                "of": office.of,
                "holder": office.holder,
                "start": office.start.isoformat() if office.start else None,
                "end": office.end.isoformat() if office.end else None,
            }
            for office in offices_of(who, words, registry, on=on)
        ],
    }


def _together(row: Asked | BadRow) -> tuple[str, PartialDate | None] | None:
    return (row.text, row.on) if isinstance(row, Asked) and row.text is not None else None


def _answers(batch: list[Asked | BadRow], registry: Registry, *, on: date) -> Iterator[str | Rejected]:
    first = batch[0]
    if isinstance(first, Asked) and first.text is not None:
        published = first.on or PartialDate(on.isoformat())
        document = Document(name="text", text=first.text, published=published)
        spans = [row.span for row in batch if isinstance(row, Asked)]
        for row, found in zip(batch, who_are(document, spans, registry), strict=True):
            assert isinstance(row, Asked)  # noqa: S101 - rows of one text
            yield _line(row, found, registry, on=published.latest)
        return
    for row in batch:
        if isinstance(row, BadRow):
            yield row.rejected
        else:
            day = row.on.latest if row.on else on
            yield _line(row, who_is(row.words, registry, on=day), registry, on=day)


def _line(row: Asked, found: tuple[Identification, ...], registry: Registry, *, on: date) -> str:
    told: dict[str, Any] = {"line": row.place.line}
    if row.id is not None:
        told["id"] = row.id
    told |= {
        "source": row.given,
        "words": row.words,
        "on": on.isoformat(),
        "who": [identification_dict(each, row.words, registry, on=on) for each in found],
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _asked(place: Place, raw: Raw | None) -> Asked:
    if raw is None:
        raise TooLarge(f"is over {LINE_LIMIT // 1_000_000} MB: ask about a shorter text")
    found = parsed(raw)
    if any(isinstance(found.get(field), LongString) for field in ("source", "text", "id")):
        raise TooLarge(f"is over {PLAIN // 1_000_000} MB, with more than {STRING:,} bytes in a field: shorten the text")
    source, text = found.get("source"), found.get("text")
    if source is None:
        raise NotText(f'has no "source": write {SHAPE}')
    on, id = _day(found), found.get("id")
    if isinstance(id, dict | list):
        raise NotText(f'"id" is {kind_of(id)}: write a string or an integer')
    if isinstance(source, str):
        return Asked(place=place, id=id, words=_words(source), given=source, on=on)
    if not _is_span(source):
        raise NotText(f'"source" is {kind_of(source)}: write {SHAPE}')
    if not isinstance(text, str):
        raise NotText(f'"source" is a span, and "text" is {kind_of(text)}: write {SHAPE}')
    start, end = source
    if not 0 <= start < end <= len(text):
        raise NotText(
            f'"source" is {source}, and "text" has {len(text):,} characters: write 0 <= start < end <= length'
        )
    words = _words(text[start:end])
    clean, span = _cleaned(text, start, end)
    return Asked(place=place, id=id, words=words, given=source, text=clean, span=span, on=on)


def _is_span(source: object) -> bool:
    return isinstance(source, list) and len(source) == 2 and all(type(at) is int for at in source)  # noqa: PLR2004


def _words(source: str) -> str:
    if not source.strip():
        raise NotText('"source" has no words: name who is meant')
    if len(source) > LONGEST_WORDS:
        raise TooLarge(f'"source" is longer than {LONGEST_WORDS:,} characters: name only who is meant')
    return source


def _day(found: dict[str, Any]) -> PartialDate | None:
    for field in ("published", "on"):
        value = found.get(field)
        if value is not None:
            if not isinstance(value, str):
                raise NotText(f'"{field}" is {kind_of(value)}: write "YYYY-MM-DD"')
            return PartialDate(value)
    return None


def _cleaned(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    r"""The text as documents have it, and where the span is there.

    >>> _cleaned("one\r\ntwo", 5, 8)
    ('one\ntwo', (4, 7))
    """
    clean = clean_text(text)
    if clean == text:
        return text, (start, end)
    before, words = clean_text(text[:start]), clean_text(text[start:end])
    if not clean.startswith(before + words):
        raise NotText(f'"source" is [{start}, {end}], which cuts a letter or a line end in two: move it')
    return clean, (len(before), len(before) + len(words))
