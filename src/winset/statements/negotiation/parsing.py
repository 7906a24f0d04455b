"""The propositions of one sentence of a report: every actor with its predicate and point.

Told apart: PARTY VERB POINT with its further verbs ("noted ..., but asked that ..."), PARTY being a list of names
with those they speak for, their supporters and opponents; POINT was VERB by PARTY; "with PARTY urging POINT";
PARTY's NOUN POINT and NOUN by PARTY POINT. Whoever opposes a party does not share its predicate: "not proposed".
Source of the scheme: Ruiz Fabo, Plancq & Poibeau (2016); the grammar is our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from winset.statements.negotiation.heads import BESIDE, OPENING, Head, Place, heads, topic
from winset.statements.negotiation.nominal import nominals
from winset.statements.negotiation.parties import Member, Party, Range, cue_at, party
from winset.statements.negotiation.passives import passives
from winset.statements.negotiation.types import Polarity, Proposition, Role
from winset.statements.negotiation.verbs import PRONOUNS, Verb, finite, nouns, participle, verbs
from winset.statements.phrases import AUXILIARIES, DETERMINERS
from winset.statements.tokens import Token, next_word

ANSWERING = frozenset(
    {"responding", "replying", "answering", "referring", "speaking", "thanking", "commenting"}
)  # to whom, not what
EDGES = ",;:.–—"
TOLD = frozenset(
    "expressed stressed urged welcomed underscored highlighted emphasized called said noted opposed".split()
)
CLAUSAL = frozenset({"that", "which", "who", "whether", "how", "if", "to"})
LONGEST_SUBJECT = 5  # words of the subject of a clause that follows
OPPOSED_NOUNS = {noun for noun, polarity in nouns().items() if polarity is Polarity.OPPOSE}


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a point ends and what comes there."""

    end: int
    at: int  # where to go on
    verb: Verb | None = None  # of the same subject
    joining: tuple[Member, ...] = ()  # who shares that verb only
    trailing: Party | None = None  # ", supported by X" behind the point


def propositions(words: Sequence[Token]) -> tuple[Proposition, ...]:
    """What each named actor is told to have said or done, in one sentence.

    words: of one sentence; nobody is looked for inside its quotation marks.  Spans are characters of the text that
    the tokens come from.  Cost: linear in the words.
    """
    found: list[Proposition] = []
    clauses = heads(words)
    for number, head in enumerate(clauses):
        about = topic(words, head.start) if number == 0 and head.place is not Place.INSIDE else None
        found.extend(_clause(words, clauses, number, about))
    for passive in passives(words, clauses):
        found.extend(passive.propositions)
        if next_word(words, passive.end) == "," and next_word(words, passive.end + 1) in ("who", "which"):
            found.extend(_relative(words, passive.party, passive.end + 2))
    found.extend(nominals(words, clauses))
    unique = {(each.actor, each.predicate): each for each in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda each: (each.predicate, each.actor)))


def _clause(words: Sequence[Token], clauses: Sequence[Head], number: int, about: Range | None) -> Iterator[Proposition]:
    head = clauses[number]
    if head.verb is None:
        return
    yield from _opening_participle(words, head)
    told = head.place is Place.INSIDE
    actors, verb, strong = head.party.members, head.verb, head.party.strong
    joining: tuple[Member, ...] = ()
    while True:
        inner: list[tuple[Head, Verb]] = []
        stop = _stop(words, clauses, number, verb, inner)
        members = (*actors, *joining)
        if stop.trailing is not None:
            members = (*members, *stop.trailing.members)
            strong = strong or stop.trailing.strong
        shared = replace(head.party, members=members, strong=strong)
        yield from _told(words, shared, verb, (verb.end, stop.end), about, told=told)
        if stop.trailing is not None and next_word(words, stop.at) in ("who", "which"):
            yield from _relative(words, stop.trailing, stop.at + 1)
        for other, further in inner:
            yield from _told(words, other.party, further, (further.end, stop.end), None, told=True)
        if stop.verb is None:
            return
        verb, joining = stop.verb, stop.joining if stop.verb.tense != "ing" else joining
        if verb.tense == "ing":  # "..., noting that": the rest of the subject's own words
            about = None
        if joining or verb.tense == "ing":  # who opposed the first need not oppose what others join in
            actors = tuple(member for member in head.party.members if member.role is not Role.OPPOSING)


def _relative(words: Sequence[Token], others: Party, at: int) -> Iterator[Proposition]:
    """Those brought in last say something themselves: "..., opposed by Riga, who asked for time"."""
    verb = finite(words, at)
    if verb is not None and not verb.passive:
        members = tuple(replace(member, role=Role.LEADING, cue=None) for member in others.members)
        yield from _told(words, replace(others, members=members), verb, (verb.end, len(words)), None, told=False)


def _opening_participle(words: Sequence[Token], head: Head) -> Iterator[Proposition]:
    """What the subject of the sentence notes before it: "Noting that ..., Oslo said"."""
    if head.place is Place.INSIDE or head.start == 0:
        return
    verb = participle(words, 0)
    if verb is None or words[verb.at].lower in ANSWERING or verb.end >= head.start or words[head.start].text != ",":
        return
    if any(words[at].text in ";:" for at in range(head.start)):
        return
    leading = tuple(member for member in head.party.members if member.role is Role.LEADING)
    yield from _told(words, replace(head.party, members=leading), verb, (verb.end, head.start), None, told=False)


def _stop(
    words: Sequence[Token], clauses: Sequence[Head], number: int, verb: Verb, inner: list[tuple[Head, Verb]]
) -> _Stop:
    """Where the point of a verb ends: at another's clause, at a further verb, at those who support or oppose it."""
    following = {head.start: head for head in clauses[number + 1 :]}
    within: Head | None = None
    at = verb.end
    skip = -1
    while at < len(words):
        token = words[at]
        if token.quote >= 0:
            at += 1
            continue
        if at in following:
            if following[at].place is Place.INSIDE or (at > 0 and words[at].lower in ("that", "which")):
                within = following[at]
                at = within.end
                continue
            return _Stop(at, len(words))
        if (inside := _begins_inside(following, at)) is not None:
            within = inside
            at = within.end
            continue
        if at > skip and (found := _turn(words, at)) is not None:
            if found.verb is not None and found.verb.helped and within is not None:
                inner.append((within, found.verb))
                skip = found.verb.end
            else:
                return found
        if token.lower in ("and", "while", "but") and _another_sentence(words, at, verb):
            return _Stop(at, len(words))
        if token.text == ";" and _new_sentence(at, following):
            return _Stop(at, len(words))
        at += 1
    return _Stop(len(words), len(words))


def _another_sentence(words: Sequence[Token], at: int, verb: Verb) -> bool:
    """Whether a clause about something else follows what is a noun phrase: "withdrew its text and the rest was"."""
    if any(word.lower in CLAUSAL or word.lower in AUXILIARIES for word in words[verb.end : at]):
        return False
    if next_word(words, at + 1) not in DETERMINERS | PRONOUNS:
        return False
    for word in words[at + 2 : at + 2 + LONGEST_SUBJECT]:
        if word.lower in AUXILIARIES and word.lower not in ("be", "been", "being"):
            return True
        if not word.is_word or word.lower in CLAUSAL:
            return False
    return False


def _begins_inside(following: dict[int, Head], at: int) -> Head | None:
    head = following.get(at)
    return head if head is not None and head.place is Place.INSIDE else None


def _new_sentence(at: int, following: dict[int, Head]) -> bool:
    return at in following or at + 1 in following


def _turn(words: Sequence[Token], at: int) -> _Stop | None:
    """What at this place ends the point of the verb: a further verb, a participle, or who is for or against."""
    place, comma = at, words[at].text in ",;"
    if comma:
        place += 1
    conjunction = next_word(words, place) if next_word(words, place) in ("and", "but", "or", "then", "yet") else ""
    if conjunction:
        place += 1
    if not comma and not conjunction:
        return None
    if next_word(words, place) == "then":
        place += 1
    parenthetical = next_word(words, place) == ","
    start = place + parenthetical
    if (cue := cue_at(words, start)) is not None and cue[1] is not None:
        role = cue[1]
        others = party(
            words,
            cue[0] + (next_word(words, cue[0]) == ","),
            role=role,
            cue=(start, cue[0]),
            strong=cue[2],
            closing=True,
        )
        if others is not None:
            behind = others.end + (next_word(words, others.end) == ",")
            further = finite(words, behind)
            if further is not None and not further.passive and (conjunction or comma):
                return _Stop(at, further.end, further, others.members)
            ended = others.end >= len(words) or words[others.end].text in ",.;)"
            if ended and comma and cue[2] and participle(words, behind) is None:
                return _Stop(at, behind, trailing=others)
    further = finite(words, place)
    if further is not None and not further.passive and _same_subject(words, at, further, conjunction):
        return _Stop(at, further.end, further)
    if comma and not conjunction:
        further = participle(words, place)
        listed = next_word(words, place + 1) in ("and", "or", ",") and next_word(words, place + 2) not in OPENING
        if further is not None and further.at == place and not listed:
            return _Stop(at, further.end, further)
    return None


def _same_subject(words: Sequence[Token], at: int, further: Verb, conjunction: str) -> bool:
    """Whether a verb behind "and" is a predicate rather than "and proposed amendments" or ", proposed by Oslo,"."""
    behind = next_word(words, further.end)
    if behind in ("by", "in", "as", "at", "") and not further.helped:
        return False
    if not conjunction:
        listed = words[at - 1].is_capital  # "Most states, Oslo among them, opposed"
        return (words[further.at].lower in TOLD and not listed) or behind in (
            "that",
            "the",
            "to",
            "for",
            "a",
            "an",
            "its",
            "their",
            "on",
            "how",
            "whether",
            "with",
        )
    return True


def _told(
    words: Sequence[Token], shared: Party, verb: Verb, point: Range, about: Range | None, *, told: bool
) -> Iterator[Proposition]:
    """One proposition for each member of the party."""
    if shared.opposed:
        verb, point = _refused(words, verb, point)
    span = _trimmed(words, point)
    polarity = _polarity(words, verb, span)
    predicate = words[verb.at].start, words[verb.at].end
    group = words[verb.first].start, words[verb.at].end
    for member in shared.members:
        against = member.role is Role.OPPOSING
        negated = verb.negated != against
        yield Proposition(
            actor=_span(words, member.name),
            role=member.role,
            cue=_span(words, member.cue) if against and member.cue else group,
            predicate=predicate,
            words=("not " if negated else "") + words[verb.at].lower,
            point=_span(words, span) if span else None,
            topic=_span(words, about) if about else None,
            polarity=_turned(polarity) if against else polarity,
            negated=verb.negated,
            spoken_for=shared.spoken_for,
            told=told,
            strong=shared.strong,
        )


def _turned(polarity: Polarity) -> Polarity:
    """Of whoever opposes those who hold it."""
    return Polarity.SUPPORT if polarity is Polarity.OPPOSE else Polarity.OPPOSE


def _refused(words: Sequence[Token], verb: Verb, point: Range) -> tuple[Verb, Range]:
    """What is opposed in "said it could not support X" is the refusal, not that it was said."""
    at = point[0] + (next_word(words, point[0]) == "that")
    if next_word(words, at) in PRONOUNS:
        inner = finite(words, at + 1)
        if inner is not None and inner.negated and inner.end < point[1]:
            return inner, (inner.end, point[1])
    return verb, point


def _polarity(words: Sequence[Token], verb: Verb, point: Range | None) -> Polarity:
    """The verb's, or that of the noun which a colourless verb has as its object: "expressed reservations"."""
    if verb.polarity is not Polarity.REPORT or point is None or verb.at not in range(len(words)):
        return verb.polarity
    lemma = {entry.polarity for entry in verbs().get(words[verb.at].lower, ())}
    if words[verb.at].lower in ("expressed", "voiced", "raised", "stated", "reiterated") and lemma:
        for token in words[point[0] : point[0] + 3]:
            if token.lower in OPPOSED_NOUNS and not verb.negated:
                return Polarity.OPPOSE
            if token.lower == "support" and not verb.negated:
                return Polarity.SUPPORT
    return verb.polarity


def _trimmed(words: Sequence[Token], point: Range) -> Range | None:
    """The point without marks and conjunctions at its ends."""
    start, end = point
    while start < end:
        aside = 2 if words[start].lower == "inter" else 1 if words[start].lower in OPENING else 0
        if words[start].text in EDGES:
            start += 1
        elif aside and next_word(words, start + aside) in (",", ":"):
            start += aside + 1
        else:
            break
    while end > start and (words[end - 1].text in EDGES or words[end - 1].lower in BESIDE - {"with"}):
        end -= 1
    return (start, end) if start < end else None


def _span(words: Sequence[Token], place: Range) -> tuple[int, int]:
    return words[place[0]].start, words[place[1] - 1].end
