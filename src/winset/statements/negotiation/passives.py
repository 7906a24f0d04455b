"""POINT was VERB by PARTY: "The proposal was supported by Oslo, but opposed by Riga"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.statements.negotiation.heads import BESIDE, INSIDE, Head
from winset.statements.negotiation.parties import Party, Range, party
from winset.statements.negotiation.types import Polarity, Proposition, Role
from winset.statements.negotiation.verbs import verbs
from winset.statements.phrases import ADVERBS, AUXILIARIES, BE, NEGATIONS, PREPOSITIONS
from winset.statements.tokens import Token, next_word

REDUCED = frozenset({"supported", "opposed", "favored", "favoured"})  # "text supported by Oslo" needs no "was"
MOST_HELPERS = 6
LONGEST_SUBJECT = 40  # words


@dataclass(frozen=True, slots=True)
class Passive:
    """A party behind "by" and what it is told to have done."""

    party: Party
    end: int  # behind the party
    propositions: tuple[Proposition, ...]


def passives(words: Sequence[Token], clauses: Sequence[Head]) -> Iterator[Passive]:
    """One proposition for each actor behind "by"; those against it have "not" before the same verb."""
    taken = [(head.start, head.end) for head in clauses]
    for at in range(1, len(words) - 2):
        if next_word(words, at + 1) != "by" or words[at].quote >= 0 or words[at].lower not in verbs():
            continue
        if any(start <= at < end for start, end in taken):
            continue
        first, negated, be = _helpers(words, at)
        if not be and (words[at].lower not in REDUCED or words[at - 1].text in ",;" or not words[at - 1].is_word):
            continue
        if not be and words[at - 1].lower in ("and", "but"):
            continue
        entries = [entry for entry in verbs()[words[at].lower] if not entry.particles and entry.tense != "base"]
        shared = party(words, at + 2, cue=(at, at + 2), strong=True)
        if shared is None or not entries:
            continue
        polarity = entries[0].polarity.turned if negated else entries[0].polarity
        subject = _subject(words, first)
        found = tuple(_each(words, at, shared, subject, polarity, negated=negated))
        yield Passive(shared, shared.end, found)


def _each(
    words: Sequence[Token], at: int, shared: Party, subject: Range | None, polarity: Polarity, *, negated: bool
) -> Iterator[Proposition]:
    for member in shared.members:
        against = member.role is Role.OPPOSING
        turned = Polarity.SUPPORT if polarity is Polarity.OPPOSE else Polarity.OPPOSE
        cue = member.cue if member.cue and member.role is not Role.SUPPORTING else (at, at + 2)
        yield Proposition(
            actor=(words[member.name[0]].start, words[member.name[1] - 1].end),
            role=member.role,
            cue=(words[cue[0]].start, words[cue[1] - 1].end),
            predicate=(words[at].start, words[at].end),
            words=("not " if negated != against else "") + words[at].lower,
            point=(words[subject[0]].start, words[subject[1] - 1].end) if subject else None,
            topic=None,
            polarity=turned if against else polarity,
            negated=negated,
            strong=shared.opposed,
        )


def _helpers(words: Sequence[Token], at: int) -> tuple[int, bool, bool]:
    """(where the auxiliaries begin, whether they negate, whether one is a form of "to be")."""
    first, negated, be = at, False, False
    while first > 0 and at - first < MOST_HELPERS:
        word = words[first - 1].lower
        if word in NEGATIONS:
            negated = True
        elif word not in AUXILIARIES and word not in ADVERBS and not word.endswith("ly"):
            break
        be = be or word in BE
        first -= 1
    return first, negated, be


def _subject(words: Sequence[Token], end: int) -> Range | None:
    """The noun phrase before the verb, back to where its clause begins."""
    if end and words[end - 1].lower in ("which", "that"):
        end -= 1 + (end > 1 and words[end - 2].text == ",")
        return _noun_phrase(words, end)
    while end and words[end - 1].text == ",":
        end -= 1
    start = end
    while start and end - start < LONGEST_SUBJECT:
        token = words[start - 1]
        if token.text in ";:." or token.lower in ("while", "whereas", "but", "although", "however"):
            break
        if token.lower in INSIDE - {"as", "than"} or (token.lower in verbs() and not _noun_too(words, start - 1)):
            break
        start -= 1
    start = _past_opening(words, start, end)
    while start < end and (words[start].text in "," or words[start].lower in BESIDE):
        start += 1
    return (start, end) if start < end else None


def _past_opening(words: Sequence[Token], start: int, end: int) -> int:
    """Past a phrase that says when or where: "In plenary, the text was"."""
    if start < end and words[start].lower in PREPOSITIONS | {"following"}:
        return next((at + 1 for at in range(start, end) if words[at].text == ","), start)
    return start


def _noun_too(words: Sequence[Token], at: int) -> bool:
    """Whether a word that may be a verb stands as a noun or before one: "the proposed text", "to support"."""
    before = words[at - 1].lower if at else ""
    return at == 0 or before in ("the", "a", "an", "to", "of", "this", "that", "for", "its") or words[at].is_capital


def _noun_phrase(words: Sequence[Token], end: int) -> Range | None:
    for start in range(end - 1, max(-1, end - LONGEST_SUBJECT), -1):
        if words[start].lower in ("a", "an", "the", "this", "its", "their", "these"):
            return start, end
    return None
