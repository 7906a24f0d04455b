"""Sources that name several: "Hungary and Poland" say it each, so that each is heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from winset.actors.clues.types import Hearing
from winset.actors.person_names import bare
from winset.actors.places import Span
from winset.actors.tables import folded
from winset.actors.titles import COLLECTIVE, COMMENTATOR, OFFICE, PREPOSITION, PRESS
from winset.corpus.types import Document, anchor
from winset.statements.types import Statement

_WORDS = r"(?:and|or|&|as well as|along with|together with|joined by)"
_LINK = re.compile(rf"\s*,\s*(?:{_WORDS}\s)?|\s{_WORDS}\s|/")
_SEPARATOR = re.compile(rf"{_WORDS}|/")
_ARTICLE = re.compile(r"\s*(?:both\s)?(?:the\s)?[‘“\"'(]?", re.I)
_SPEAKING_FOR = re.compile(
    r"\b(?:leaders?|ministers?|governments?|presidents?|officials?|diplomats?|ambassadors?|representatives?|envoys?"
    r"|delegations?|delegates?|negotiators?|spokes\w+|embass(?:y|ies)|authorit(?:y|ies)|chancellors?|premiers?|heads?"
    r"|capitals?|ministries|ministry)\s(?:of|from|for)\s(?:both\s)?(?:the\s)?\Z",
    re.I,
)
_MEDIA = re.compile(r"\b(?:media|television|TV|broadcasters?|newspapers?|press|news agenc(?:y|ies)|tabloids?)\b", re.I)
_BETWEEN = re.compile(r"\b(?:between|among|amongst)\b", re.I)
_MOST_WORDS = 9  # of one part: a longer one is a clause


@dataclass(frozen=True, slots=True)
class _Head:
    """A name in the source that somebody answers to."""

    start: int
    end: int
    who: str  # actor id or folded name


def apart(document: Document, hearing: Hearing, statement: Statement) -> tuple[Statement, ...]:
    """One statement for each that the source names; the statement itself where it names one, or none to be known.

    "The foreign ministers of France and Japan" is "the foreign ministers of France" and "Japan"; "experts in France
    and Japan", "the US and its allies" and "the Ministry of Trade and Industry" stay whole.
    Cost: linear in the source's words.
    """
    if statement.source is None or not _LINK.search(hearing.reading.text, *statement.source.span):
        return (statement,)
    spans = _parts(hearing, *statement.source.span)
    if len(spans) == 1:
        return (statement,)
    return tuple(replace(statement, source=anchor(document, *span)) for span in spans)


def together(statements: Sequence[Statement]) -> tuple[bool, ...]:
    """For each statement, whether another source says the same words by the same cue: they were said jointly."""
    sources: dict[tuple[object, ...], set[Span]] = {}
    said = [_said(statement) for statement in statements]
    for statement, words in zip(statements, said, strict=True):
        if statement.source:
            sources.setdefault(words, set()).add(statement.source.span)
    return tuple(
        each.source is not None and len(sources[words]) > 1 for each, words in zip(statements, said, strict=True)
    )


def _said(statement: Statement) -> tuple[object, ...]:
    return (statement.cue.span if statement.cue else None, *[part.span for part in statement.contents])


def _parts(hearing: Hearing, start: int, end: int) -> list[Span]:
    """The stretch at its links, where each part names somebody else; else the stretch whole."""
    heads = _heads(hearing, start, end)
    if len({head.who for head in heads}) < 2 or _about(hearing, start, heads, end):  # noqa: PLR2004 - several
        return [(start, end)]
    every = _links(hearing, heads, start, end)
    words = [link for link in every if _SEPARATOR.search(link.group())]
    for links in (every, words) if words else ():
        spans = _between(hearing.reading.text, start, end, [link.span() for link in links])
        if _each_somebody(hearing, spans, heads):
            return spans
    return [(start, end)]


def _heads(hearing: Hearing, start: int, end: int) -> list[_Head]:
    """States, bodies and people named in the stretch, in order."""
    reading = hearing.reading
    found = [_Head(each.start, each.end, reading.meant(each)) for each in reading.mentions_in(start, end)]
    for named in reading.names_in(start, end):
        found.append(_Head(named.start, named.end, folded(bare(reading.text[named.start : named.end]))))
    for named in reading.single_names_in(start, end):
        short = folded(bare(reading.text[named.start : named.end]))
        if short in hearing.by_short_name or reading.registry.holders.called(short, reading.on):
            found.append(_Head(named.start, named.end, short))
    return sorted(found, key=lambda head: head.start)


def _about(hearing: Hearing, start: int, heads: Sequence[_Head], end: int) -> bool:
    """Whether the names only say where, about whom or of whose kind many are: "analysts in Oslo and Riga"."""
    text = hearing.reading.text
    before, behind, whole = text[start : heads[0].start], text[heads[-1].end : end], text[start:end]
    if COMMENTATOR.search(before) or PRESS.search(whole) or _BETWEEN.search(before):
        return True
    if PREPOSITION.search(before) and not _SPEAKING_FOR.search(before):
        return True
    return bool(COLLECTIVE.search(behind) or _MEDIA.search(behind) or COMMENTATOR.match(behind.lstrip()))


def _links(hearing: Hearing, heads: Sequence[_Head], start: int, end: int) -> list[re.Match[str]]:
    """Commas and conjunctions between names: none inside one, or inside an organisation's name or brackets."""
    reading = hearing.reading
    return [
        link
        for link in _LINK.finditer(reading.text, start, end)
        if not any(head.start < link.end() and link.start() < head.end for head in heads)
        and not reading.organisations.touches(link.start(), link.end())
        and reading.text.count("(", start, link.start()) == reading.text.count(")", start, link.start())
    ]


def _between(text: str, start: int, end: int, links: Sequence[Span]) -> list[Span]:
    """The stretches between the links, without articles' spaces and opening quotation marks."""
    edges = [start, *(at for link in links for at in link), end]
    spans = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        words = text[low:high]
        kept = words.strip(" ,‘’“”\"'")
        if kept:
            at = low + words.index(kept)
            spans.append((at, at + len(kept)))
    return spans


def _each_somebody(hearing: Hearing, spans: Sequence[Span], heads: Sequence[_Head]) -> bool:
    """Whether every part begins with a name of its own, or a title and a name, and they are all different."""
    text = hearing.reading.text
    known: set[str] = set()
    alone_before = False  # the part before is a bare name, to which an office would be the apposition
    for number, (start, end) in enumerate(spans):
        inside = [head for head in heads if start <= head.start and head.end <= end]
        if not inside or len(text[start:end].split()) > _MOST_WORDS:
            return False
        begins = _ARTICLE.match(text, start)
        office = OFFICE.search(text, start, end)
        if number and inside[0].start != (begins.end() if begins else start) and office is None:
            return False
        if number and alone_before and office and len(inside) == 1:
            return False  # "Ana Lind, the Danish minister, and ...": a description
        alone_before = len(inside) == 1 and " " in inside[0].who and inside[0].start == start
        who = {head.who for head in inside}
        if who & known:
            return False
        known |= who
    return len(spans) > 1
