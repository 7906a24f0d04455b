"""What a sentence tells of one instance of a kind of thing: since when, until when, its fate and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from winset.corpus.types import Anchor, anchor
from winset.sourcing.events.clauses import is_verb
from winset.sourcing.events.dated_words import Dated
from winset.sourcing.precedents.kind_sentences import PHRASE, KindSentence, Listed, Named
from winset.sourcing.precedents.kinds import CLOSES, EXISTS, LASTS, OPENS, STILL, called, singular
from winset.sourcing.precedents.named_places import NamedPlace
from winset.statements.phrases import CONJUNCTIONS, PREPOSITIONS

FINANCED = "financed by the host"

_TAIL = 40  # words behind a head in which its years and fate are told
_PURPOSE = 110  # characters
_ANCHOR = 260  # characters
_TO_YEAR = 8  # words from "joined" to its year
_DECADE = 9  # years
_HYPOTHETICAL = frozenset(
    "would could should may might will shall planned plan plans planning proposed proposal proposals propose proposes"
    " considering consider considered considers discussing discussed if whether possible potential expected expects"
    " hopes hope wants want wanted seeks sought future envisaged envisages mulls mulled idea bid candidate candidates"
    " lobbied unless suggested suggests suggestion calls called urged demands demanded opposes opposed"
    " rejects threatened threatens prospective speculation imagine imagining".split()
)
_BASE_OPENS = frozenset("open establish set create launch build send impose deploy found introduce host".split())
_DROPPED = frozenset("dropped shelved abandoned scrapped cancelled canceled rejected withdrawn failed".split())
_NEVER = re.compile(
    r"\bnever (?:been )?(?:built|opened|set up|established|materiali[sz]ed|realised|realized|deployed)\b"
)
_OVER = frozenset(CLOSES.values()) - {"moved", "suspended", "renewed", "extended"}
_HOST_PAYS = re.compile(
    r"\b(?:financed|funded|paid(?: for)?|borne)\b[^.;()]{0,40}?\b(?:by|from)\s(?:the\s|its\s)?host(?:ing)?\b", re.I
)
_JOINED = frozenset(("joined", "acceded", "admitted"))
_JOINS_WHAT = frozenset(
    "alliance bloc union club organisation organization council group community treaty euro".split()
)
_ENDS_PURPOSE = (CONJUNCTIONS - {"and", "or", "nor"}) | {"for", "until", "from", "since"}
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9]{1,6})\)")
_SET_UP = (
    r"(?:was|were|had been|is) (?:\w+ly )?(?:set up|founded|established|created|launched|formed|agreed|signed|adopted)"
    r" (?:in|on) [^.,;]{0,20}?(?:1[6-9]|20)\d\d"
)
ONE_IN = re.compile(r"\bthe (?:one|other one|other)s? (?:in|at) (?=[A-ZÀ-Þ])")
_NOT_AN_END = frozenset(("renewed", "extended", "suspended", "moved"))
_TURNS = frozenset(("while", "whereas", "but", "although"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One telling of one instance."""

    kind: str
    place: NamedPlace | None  # None: it has a name of its own
    name: str = ""
    since: str = ""  # as told
    until: str = ""
    fate: str = ""
    details: tuple[str, ...] = ()
    anchor: Anchor
    order: tuple[int, int]  # number of the document, and where it stands

    @property
    def key(self) -> str:
        """Equal where two tellings may be of one."""
        return self.place.key if self.place else self.name.casefold()


def instances(sentence: KindSentence, number: int) -> Iterator[Instance]:
    """The instances that a sentence of document `number` tells to be or to have been; not what is planned or denied."""
    if sentence.family.joins:
        yield from _joined(sentence, number)
    for named in sentence.named():
        yield from _told(sentence, named, number)


def _told(sentence: KindSentence, named: Named, number: int) -> Iterator[Instance]:
    words, family = sentence.words, sentence.family
    tail = _tail(sentence, named)
    clause = max((cut for cut in sentence.cuts if cut <= named.low), default=0)
    before = [word.lower for word in words[clause : named.low]]
    around = [*before, *(word.lower for word in words[named.head + 1 : tail])]
    fate = _fate(sentence, named, tail)
    unreal = any(word in _HYPOTHETICAL for word in around) or any(
        left == "to" and right in _BASE_OPENS for left, right in pairwise(before)
    )
    if unreal and (dropped := [word for word in around if word in _DROPPED]):
        fate, unreal = f"plan {dropped[0]}", False
    elif never := _NEVER.search(sentence.text, words[named.low].start, words[tail - 1].end):
        fate, unreal = f"was {never.group()}", False
    exists = any(word in EXISTS or word in OPENS for word in around) or sentence.is_definite(named)
    exists = exists or (len(named.listed) > 1 and words[named.head].lower != singular(words[named.head].lower))
    shared = _shared_dates(sentence, named, clause, tail)
    purpose = _purpose(sentence, named)
    founded = _founded(sentence, named.head)
    for item in named.listed or (None,):
        dates = _dates_of(item, named.listed, shared)
        since, until, ended = _years(sentence, dates, clause, named.head)
        if fate in _OVER and len(dates) == 1 and not since and not until:
            until = _as_told(sentence.text, dates[0])  # "In 2013 the office in Bamako was closed"
        asides = tuple(item.asides) if item else ()
        paid = any(_HOST_PAYS.search(aside) for aside in asides)
        told = fate or ended or (FINANCED if paid else "")
        factual = bool(since or until or told)
        needs_years = sentence.is_bare(named) or family.strict or family.instant
        needs_years = needs_years or (
            item is not None and (not item.place.real or sentence.is_loose(named, item.place))
        )
        evident = bool(since or until) if needs_years else factual or (exists and item is not None)
        if not evident or (unreal and (not factual or _only_ahead(sentence, dates))):
            continue
        yield Instance(
            kind=named.name or _kind(sentence, named, item.place if item else None),
            place=item.place if item else None,
            name=named.name,
            since=since,
            until=until,
            fate=told,
            details=(*asides, *((purpose,) if purpose else ()), *founded),
            anchor=_anchor(
                sentence, named, item, dates if since or until else (), tail if told or item is None else named.reached
            ),
            order=(number, words[named.head].start),
        )


def of_the_kind(sentence: KindSentence, before: KindSentence, number: int) -> Iterator[Instance]:
    """The instances told by "the one in Lima opened in 2010": of the thing that `before` names last, or this sentence.

    Each needs its year, and nothing beside it may say that it is only planned.
    """
    words = sentence.words
    for match in ONE_IN.finditer(sentence.text, words[0].start if words else 0, words[-1].end if words else 0):
        at = sentence.index(match.end())
        place = sentence.places.get(at)
        named_by = next(
            (each for each in (sentence, before) if any(each.words[h].start < match.start() for h in each.heads)), None
        )
        if place is None or not place.known or named_by is None:
            continue
        stop = next(
            (
                to
                for to in range(sentence.index(place.end), len(words))
                if words[to].text in ",;:.—" or words[to].lower in ("and", "but", *_TURNS)
            ),
            len(words),
        )
        dates = [each for to, each in sorted(sentence.dates.items()) if at <= to < stop]
        around = [word.lower for word in words[max(0, at - 8) : stop]]
        since, until, ended = _years(sentence, dates, at, at)
        closes = any(word in CLOSES for word in around)
        if dates and not (since or until) and not closes:
            since = _as_told(sentence.text, dates[0])  # "the one in Lima opened in 2010, the one in Quito in 2012"
        if not (since or until) or any(word in _HYPOTHETICAL for word in around) or _only_ahead(sentence, dates):
            continue
        head = max(h for h in named_by.heads if named_by.words[h].start < match.start())
        phrase = Named(head=head, low=max(0, head - PHRASE), reached=head + 1)
        yield Instance(
            kind=_kind(named_by, phrase, None),
            place=place,
            since=since,
            until=until,
            fate=ended,
            anchor=anchor(sentence.document, match.start(), max(place.end, *(each.end for each in dates))),
            order=(number, match.start()),
        )


def _only_ahead(sentence: KindSentence, dates: Sequence[Dated]) -> bool:
    published = sentence.document.published
    return (
        not dates
        or any(each.bound == "by" for each in dates)
        or bool(published and all(each.date.earliest > published.latest for each in dates))
    )


def _tail(sentence: KindSentence, named: Named) -> int:
    """Where what is told of it ends: at the next such noun, another clause's subject, or the sentence's end."""
    words, head, reached = sentence.words, named.head, named.reached
    following = (at for at in sentence.heads if at >= reached and not sentence.joined_heads(head, at))
    stop = min(len(words), max(reached, head + 1) + _TAIL, next(following, len(words)))
    return next((at for at in range(reached, stop) if words[at].text in ";:—" or words[at].lower in _TURNS), stop)


def _fate(sentence: KindSentence, named: Named, tail: int) -> str:
    words, at = sentence.words, named.low - 1
    if at >= 0 and words[at].lower in CLOSES and not (at and words[at - 1].lower in ("to", "not", "be")):
        return CLOSES[words[at].lower]
    for at in range(named.head + 1, tail):
        lower, following = words[at].lower, words[at + 1].lower if at + 1 < len(words) else ""
        if lower in LASTS:
            return f"{lower} {following}" if following in STILL else (f"{lower} in force" if following == "in" else "")
        if lower == "still" and following in STILL:
            return f"still {following}"
        if lower in CLOSES and words[at - 1].lower not in ("to", "not", "never", "the", "a"):
            return CLOSES[lower]
    return ""


def _shared_dates(sentence: KindSentence, named: Named, clause: int, tail: int) -> list[Dated]:
    """The dates of the clause that stand with no place of a list."""
    own = {id(each) for item in named.listed for each in item.dates}
    dates = sorted(sentence.dates.items())
    inside = [(at, each) for at, each in dates if clause <= at < tail and id(each) not in own]
    first = min((sentence.index(item.place.start) for item in named.listed), default=named.reached)
    return [each for at, each in inside if at < named.head or named.head < at < first or at >= named.reached]


def _dates_of(item: Listed | None, listed: Sequence[Listed], shared: Sequence[Dated]) -> list[Dated]:
    """A place's own dates; with them, or without, those of the clause, where it is told of no other place too."""
    if item is None or len(listed) == 1:
        return [*(item.dates if item else ()), *shared]
    if item.dates:
        return list(item.dates)
    return [each for each in shared if each.bound == "since"] if any(each.dates for each in listed) else list(shared)


def _years(sentence: KindSentence, dates: Sequence[Dated], clause: int, head: int) -> tuple[str, str, str]:
    """Since when, until when, and the fate that a verb with the last date tells."""
    since = until = fate = ""
    previous = clause
    for each in sorted(dates, key=lambda dated: dated.start):
        at = sentence.index(each.start)
        inside = [word.lower for word in sentence.words[min(previous, at) : at]]
        if at <= head:  # "In 2010 it opened an office"
            inside = [word.lower for word in sentence.words[at:head]]
        closing = [word for word in inside if word in CLOSES]
        opening = [word for word in inside if word in OPENS]
        previous = at
        if each.until is not None and each.bound != "since":
            decade = each.date.earliest.year % 10 == 0 and each.until.earliest.year == each.date.earliest.year + _DECADE
            if decade:
                since = since or _as_told(sentence.text, each)
            else:
                since, until = since or each.date.in_words, each.until.in_words
        elif each.bound == "since":
            since = since or _as_told(sentence.text, each)
        elif each.bound == "until":
            until = until or _as_told(sentence.text, each)
        elif closing and (not opening or inside.index(closing[-1]) > inside.index(opening[-1])):
            fate = CLOSES[closing[-1]]
            if fate in _NOT_AN_END and not until:
                continue
            until = until or _as_told(sentence.text, each)
        elif opening or sentence.family.instant or sentence.family.joins:
            since = since or _as_told(sentence.text, each)
    return since, until, fate


def _as_told(text: str, dated: Dated) -> str:
    """Without its preposition: "2010", "the 1990s", "March 2018"."""
    if dated.until is not None:
        words = re.sub(
            r"\A(?:since|from|in|during|until|by|throughout|of)\s+",
            "",
            text[dated.start : dated.end],
            flags=re.I,
        )
        return " ".join(words.split())
    return dated.date.in_words


def _kind(sentence: KindSentence, named: Named, place: NamedPlace | None) -> str:
    """The noun with the words that tell its kind, lower case, in the singular: "regional liaison office"."""
    at = named.head
    while at > named.low:
        before = sentence.words[at - 1]
        inside = place is not None and place.start <= before.start < place.end
        if inside or not before.is_word or before.lower not in sentence.family.modifiers:
            break
        at -= 1
    words = [word.lower for word in sentence.words[at : named.head]]
    return " ".join([*words, called(sentence.words[named.head].lower)])


def _purpose(sentence: KindSentence, named: Named) -> str:
    """What it is for, where its words say so: "for dialogue with five partners"."""
    words, head = sentence.words, named.head
    if head + 1 >= len(words) or words[head + 1].lower != "for" or "for" in sentence.family.prepositions:
        return ""
    end = head + 2
    while end < len(words) and not is_verb(words, end) and words[end].text not in ",;.()—":
        if words[end].lower in _ENDS_PURPOSE or end in sentence.dates:
            break
        if any(item.place.start <= words[end].start < item.place.end for item in named.listed):
            end -= 1
            break
        end += 1
    said = sentence.text[words[head + 1].start : words[end - 1].end] if end > head + 2 else ""
    return " ".join(said.split()) if 0 < len(said) <= _PURPOSE else ""


def _founded(sentence: KindSentence, head: int) -> tuple[str, ...]:
    """What the next sentence tells of an acronym that stands in the name: "The RNH was founded in 2001"."""
    if sentence.following is None:
        return ()
    low = sentence.words[max(0, head - PHRASE)].start
    for acronym in reversed(_ACRONYM.findall(sentence.text[low : sentence.words[head].start])):
        start, end = sentence.following
        match = re.match(rf"(?:The )?{acronym} {_SET_UP}", sentence.text[start : min(end, start + 200)])
        if match:
            return (match.group(),)
    return ()


def _anchor(sentence: KindSentence, named: Named, item: Listed | None, dates: Sequence[Dated], tail: int) -> Anchor:
    words = sentence.words
    start, least = words[named.low].start, words[named.head].end
    if item is not None:
        start, least = min(start, item.place.start), max(least, item.place.end)
    start = min((each.start for each in dates if least - each.start <= _ANCHOR), default=start) if dates else start
    start = min(start, words[named.low].start)
    end = max([least, *(each.end for each in dates)])
    if tail > named.reached:
        last = tail - 1 if words[tail - 1].is_word or words[tail - 1].text not in ".,;" else tail - 2
        end = max(end, words[last].end)
    if sentence.text[end : end + 1] == ")":
        end += 1
    return anchor(sentence.document, start, end if end - start <= _ANCHOR else max(least, start + 1))


def _joined(sentence: KindSentence, number: int) -> Iterator[Instance]:
    """Of "Norway and Iceland joined in 1949"."""
    words = sentence.words
    for at, word in enumerate(words):
        if word.lower not in _JOINED or not _is_of_the_body(sentence, at):
            continue
        listed: list[NamedPlace] = []
        by_end = {sentence.index(place.end): place for place in sentence.places.values() if place.known}
        back = at
        while back > 0:
            if back in by_end:
                listed.append(by_end[back])
                back = sentence.index(by_end[back].start)
            elif words[back - 1].lower in ("and", ",", "were", "was", "had", "have", "has", "both", "then", "all"):
                back -= 1
            else:
                break
        ahead = [word.lower for word in words[back:at]]
        dates = [each for place, each in sorted(sentence.dates.items()) if at < place <= at + _TO_YEAR][:1]
        if not listed or not dates or any(each in _HYPOTHETICAL for each in ahead):
            continue
        for place in reversed(listed):
            yield Instance(
                kind="accession",
                place=place,
                since=dates[0].date.in_words,
                anchor=anchor(sentence.document, min(each.start for each in listed), dates[0].end),
                order=(number, word.start),
            )


def _is_of_the_body(sentence: KindSentence, at: int) -> bool:
    following = sentence.words[at + 1] if at + 1 < len(sentence.words) else None
    if following is None or not following.is_word or following.lower in PREPOSITIONS or at + 1 in sentence.dates:
        return True
    if following.is_capital:
        return True
    behind = sentence.words[at + 2].lower if at + 2 < len(sentence.words) else ""
    return following.lower == "the" and (
        behind in _JOINS_WHAT or (at + 2 < len(sentence.words) and sentence.words[at + 2].is_capital)
    )
