"""Asking who is meant by some words, or by spans of one text, without a case and without statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from winset.actors.places import Span
from winset.actors.registry import Registry
from winset.actors.resolution import resolve
from winset.actors.titles import offices_in
from winset.actors.types import Identification, Office
from winset.corpus.types import Document, anchor, clean_text
from winset.errors import BadSpan
from winset.ids import PartialDate
from winset.statements.types import Form, Statement

REMEMBERED = 65_536  # answers, some 50 MB: texts name the same sources again and again


def who_is(words: str, registry: Registry, *, on: date | None) -> tuple[Identification, ...]:
    """Who is meant by the words alone, as the source of something said: one answer, several for joint sources.

    Unresolved is an answer: "he" and "the minister" mean nobody without a text before them.
    on: the day whose offices count; None: any day.  Raises BadSpan where there are no words.
    Cost: that of a document of these words; none where the same was asked shortly before.

    >>> from winset.actors.registry import registry
    >>> [(each.represents, each.role) for each in who_is("the French foreign minister", registry(), on=None)]
    [('France', 'foreign minister')]
    """
    return _who_is(words, on, registry)


def who_are(
    document: Document, spans: Sequence[Span], registry: Registry, *, on: date | None = None
) -> tuple[tuple[Identification, ...], ...]:
    """Who is meant by each of these spans of the text, each as the source of something said there.

    The text is read once, and what is heard first helps with what comes later: "the minister" is the one heard
    before.  So an answer may depend on which other spans are asked about.
    spans: half-open, code points of the document's text, in any order.  on: for a document without a date.
    Raises BadSpan for one that is not in the text.  Cost: linear in the text and the spans.
    """
    if document.published is None and on is not None:
        document = replace(document, published=PartialDate(on.isoformat()))
    asked = tuple(_said_by(document, *span) for span in dict.fromkeys(spans))
    found: dict[Span, list[Identification]] = {span: [] for span in spans}
    resolved = resolve(document, asked, registry, spec=None)
    for statement, each in zip(resolved.statements, resolved.identifications, strict=True):
        found[_asked_about(statement)].append(each)
    return tuple(tuple(found[span]) for span in spans)


def offices_of(who: Identification, words: str, registry: Registry, *, on: date | None) -> tuple[Office, ...]:
    """The listed offices through which an official is meant, with holder and dates.

    Of the offices that the words name those of that day, else those that the named speaker held that day.
    Empty for who speaks for no state or body, and for what is not listed.
    """
    if who.actor_id is None:
        return ()
    titles = [title for office in offices_in(words, 0, len(words)) for title in office.titles]
    held = tuple(tenure.office for tenure in registry.holders.holders(who.actor_id, titles, on))
    if who.speaker is None:
        return held
    own = tuple(office for office in registry.holders.named(who.speaker, on) if office.of == who.actor_id)
    return tuple(office for office in own if office in held) or own


def _said_by(document: Document, start: int, end: int) -> Statement:
    """A statement of which only the source is known; what is said with it are the source's own words."""
    source = anchor(document, start, end)
    return Statement(document_id=document.id, source=source, cue=source, contents=(), form=Form.ACT)


def _asked_about(statement: Statement) -> Span:
    """The whole span; the source of one that is set apart is only a part of it."""
    assert statement.cue is not None  # noqa: S101 - `_said_by` gives every statement one
    return statement.cue.span


@lru_cache(maxsize=REMEMBERED)
def _who_is(words: str, on: date | None, registry: Registry) -> tuple[Identification, ...]:
    text = clean_text(words)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start >= end:
        raise BadSpan("no words to ask about: write who is meant, as a text would name them")
    published = PartialDate(on.isoformat()) if on else None
    (found,) = who_are(Document(name="words", text=text, published=published), [(start, end)], registry)
    return found
