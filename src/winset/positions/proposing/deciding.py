"""Which body decides, by which rule and on which day, as far as the documents say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from winset.actors.registry import Registry
from winset.corpus.types import Anchor, anchor
from winset.ids import DocumentId, PartialDate
from winset.positions.proposing.sentences import Sentence
from winset.positions.proposing.types import Found
from winset.statements.date_mentions import date_mentions

MOST_QUOTES = 3
WINDOW = 50  # characters shown on either side of what decides
ALL_AGREE = "all agree"
_RULE_WORDS = (  # what the words say -> the pattern; who decides makes a rule of the registry's family of it
    (
        ALL_AGREE,
        (
            r"\bunanim\w+|\bconsensus\b|\bagreement of (?:all|each|every)\b"
            r"|\b(?:all|each|every)\b[^.;]{0,40}\b(?:must|has to|have to|need to) agree\b"
        ),
    ),
    ("silence", r"\bsilence procedure\b|\bunder silence\b"),
    ("two-thirds-majority", r"\btwo[- ]thirds(?: majority)?\b"),
    ("qualified-majority", r"\bqualified majority\b"),
    ("simple-majority", r"\bsimple majority\b|\bmajority of (?:the )?(?:members|votes)\b|\bmajority vote\b"),
    ("veto", r"\bveto\w*\b"),
)
_RULES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _RULE_WORDS)
_BY_BODY = {  # how a body of the registry calls what the words say
    ("eu-council", ALL_AGREE): "eu-unanimity",
    ("eu-council", "veto"): "eu-unanimity",
    ("eu-council", "qualified-majority"): "eu-qualified-majority",
    ("unsc", "veto"): "unsc-substantive",
}
_NEED_THRESHOLDS = frozenset({"qualified-majority"})
DECIDES = 0.8  # weight of one mention, from which a body may be the one that decides
_LONG_PAST = 200  # days before the latest document


def bodies(
    near: Sequence[Sentence], about: Mapping[DocumentId, frozenset[int]], known: Registry, on: date
) -> tuple[Found, ...]:
    """The registry's bodies that are named, best first: with the proposal and with words of deciding beside them.

    One that is only named as a speaker ("the EU objected") decides nothing and is left out.
    """
    keys, names = _names(known)
    scores: dict[str, float] = defaultdict(float)
    quotes: dict[str, list[tuple[float, Anchor]]] = defaultdict(list)
    for sentence in near:
        decides, meets = sentence.has("deciding"), sentence.has("meetings")
        for match in names.finditer(sentence.text):
            if _runs_in(sentence.text, match) or known.bodies[keys[match.group()]].founded > on:
                continue
            key, span = keys[match.group()], match.span()
            weight = 0.3 + 1.0 * decides + 0.5 * meets + 0.5 * bool(_MEMBERS.match(sentence.text, span[1]))
            weight += 0.5 * (
                _ASKED.search(sentence.text, 0, span[0]) is not None and sentence.text[span[1] :][:4] == " to "
            )
            weight += 0.4 if sentence.number in about.get(sentence.document.id, frozenset()) else 0.0
            scores[key] += weight * (1.5 if sentence.prominent else 1.0)
            quotes[key].append((-weight, _around(sentence, *span)))
    deciders = [key for key in scores if min(weight for weight, _ in quotes[key]) <= -DECIDES]
    ranked = sorted(deciders, key=lambda key: (-scores[key], key))
    return tuple(_found(key, scores[key], quotes[key]) for key in ranked)


_MEMBERS = re.compile(
    r"(?:['’]s)?\s(?:\w+\s)?(?:leaders|ministers|members?|countries|states|allies|capitals|governments|delegations)\b"
)


_ASKED = re.compile(r"\b(?:want\w*|urge\w*|ask\w*|press\w*|call\w* on|request\w*)\s(?:the\s)?\Z")  # "to do" something


def _names(known: Registry) -> tuple[dict[str, str], re.Pattern[str]]:
    """Key of each body by its name and aliases, and a pattern of these, the longest first; keys are no words."""
    keys = {name: body.key for body in known.bodies.values() for name in (*body.aliases, body.name)}
    longest = sorted(keys, key=lambda name: (-len(name), name))
    return keys, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _runs_in(text: str, match: re.Match[str]) -> bool:
    """Whether another name runs into it: "the Peace and | Security Council"."""
    return " " in match.group() and re.search(r"[A-Z]\w+ and \Z", text[: match.start()]) is not None


def rules(body: str | None, near: Sequence[Sentence], known: Registry, on: date) -> tuple[Found, ...]:
    """The rules that the words speak of, as the body has them, best first."""
    own = _own_rule(body, known, on)
    scores: dict[str, float] = defaultdict(float)
    quotes: dict[str, list[tuple[float, Anchor]]] = defaultdict(list)
    for sentence in near:
        for kind, pattern in _RULES:
            match = pattern.search(sentence.text)
            if match is None:
                continue
            rule = _rule(kind, body, own)
            if rule is None:
                continue
            weight = 0.4 if kind == "veto" else 1.0
            scores[rule] += weight
            quotes[rule].append((-weight, _around(sentence, *match.span())))
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    return tuple(_found(key, scores[key], quotes[key]) for key in ranked)


def _own_rule(body: str | None, known: Registry, on: date) -> str:
    return known.body(body).rule_on(on) if body is not None else ""


def _rule(kind: str, body: str | None, own: str) -> str | None:
    """An id of the rules' family; None where the words do not name one that could be run."""
    named = _BY_BODY.get((body or "", kind))
    if named is not None:
        return named
    if kind == "silence":
        return "consensus-silence"
    if kind in (ALL_AGREE, "veto"):
        if "consensus" in own:
            return own
        return "consensus" if kind == ALL_AGREE and body != "unsc" else None
    other_body = own and own != kind and not own.endswith("majority")  # "two thirds" is then said of another body
    return None if kind in _NEED_THRESHOLDS or other_body else kind


def days(
    near: Sequence[Sentence], about: Mapping[DocumentId, frozenset[int]], latest: PartialDate | None
) -> tuple[Found, ...]:
    """Dates of meetings and votes named, best first.

    about: numbers of the sentences that speak of the proposal, by document.
    """
    scores: dict[str, float] = defaultdict(float)
    quotes: dict[str, list[tuple[float, Anchor]]] = defaultdict(list)
    for sentence in near:
        meets, decides = sentence.has("meetings"), sentence.has("deciding")
        if not meets and not decides:
            continue
        published = sentence.document.published
        for mention in date_mentions(sentence.document.text, sentence.start, sentence.end, published=published):
            if mention.date.precision == "year":
                continue
            ahead = published is not None and mention.date.latest >= published.earliest
            if latest is not None and (latest.latest - mention.date.latest).days > _LONG_PAST:
                continue
            day = _first_day(sentence, mention.start, mention.end) if mention.date.precision != "year" else None
            text = f"{mention.date.text[:7]}-{day:02}" if day else mention.date.text
            past = sentence.document.text[max(0, mention.start - 12) : mention.start].lower()
            weight = 1.0 * meets + 0.8 * decides + 1.0 * ahead
            weight += 1.0 if sentence.number in about.get(sentence.document.id, frozenset()) else 0.0
            weight += 0.5 if len(text) > 7 else 0.0  # noqa: PLR2004 - a day, not a month
            weight += 0.5 if _meeting_by(sentence, mention.start, mention.end) else 0.0
            if past.rstrip().endswith("date:"):
                continue  # a document's own head
            if past.rstrip().endswith(("since", "until now", "after", "in its report of")):
                weight -= 1.0
            if published is not None and not ahead and not _meeting_by(sentence, mention.start, mention.end):
                continue  # "the minister said on 3 June": when it was said, no meeting to come
            if weight > 1:
                scores[text] += weight
                span = mention.start - sentence.start, mention.end - sentence.start
                quotes[text].append((-weight, _around(sentence, *span)))
    for text in list(scores):  # a day within a month that is named too is that month's day
        if len(text) == 7 and any(other.startswith(f"{text}-") for other in scores):  # noqa: PLR2004 - YYYY-MM
            best = max((other for other in scores if other.startswith(f"{text}-")), key=lambda each: scores[each])
            scores[best] += scores.pop(text)
            quotes[best] += quotes.pop(text)
    ranked = sorted(sorted(scores, reverse=True), key=lambda key: -scores[key])  # of two alike the later
    return tuple(_found(key, scores[key], quotes[key]) for key in ranked)


_RANGE = re.compile(
    r"\b(?P<first>[0-3]?\d)(?:st|nd|rd|th)?\s?(?:-|–|and|to|or)\s?[0-3]?\d(?:st|nd|rd|th)?\s(?:of\s)?[A-Z][a-z]{2,8}\b"
    r"|\b[A-Z][a-z]{2,8}\.?\s(?P<second>[0-3]?\d)(?:st|nd|rd|th)?\s?(?:-|–|and|to|or)\s?[0-3]?\d\b"
)


def _first_day(sentence: Sentence, start: int, end: int) -> int | None:
    """Of a range such as "17 and 18 October" that holds the month, its first day."""
    for match in _RANGE.finditer(sentence.document.text, sentence.start, sentence.end):
        if match.start() < end and start < match.end():
            day = int(match["first"] or match["second"])
            return day if 1 <= day <= 28 else None  # noqa: PLR2004 - days that every month has
    return None


_MEETING = re.compile(
    r"\b(?:summit|ministerial|session|(?<!news )(?<!press )conference|meeting|meets?|vote|plenary|assembly)\b",
    re.IGNORECASE,
)


def _meeting_by(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the date is a meeting's: "the summit in May", "the 3 May vote"."""
    text = sentence.document.text
    return _MEETING.search(text, max(sentence.start, start - 40), min(sentence.end, end + 25)) is not None


def _around(sentence: Sentence, start: int, end: int) -> Anchor:
    """The words at an offset of the sentence with those on either side, whole words, for a person to check."""
    low, high = sentence.start + max(0, start - WINDOW), min(sentence.end, sentence.start + end + WINDOW)
    begins = [word.start for word in sentence.words if low <= word.start <= sentence.start + start]
    ends = [word.end for word in sentence.words if sentence.start + end <= word.end <= high]
    return anchor(sentence.document, min(begins, default=low), max(ends, default=high))


def _found(value: str, score: float, quotes: Sequence[tuple[float, Anchor]]) -> Found:
    unique = {(*quote.span, quote.document_id): (weight, quote) for weight, quote in quotes}
    best = sorted(unique.values(), key=lambda entry: (entry[0], entry[1].document_id, entry[1].start))
    return Found(value=value, score=round(score, 3), evidence=tuple(quote for _, quote in best[:MOST_QUOTES]))
