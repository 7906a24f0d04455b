"""PARTY's NOUN POINT, NOUN by PARTY POINT: "Oslo's proposal to ...", "an objection from Riga to ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.statements.negotiation.heads import Head, Place
from winset.statements.negotiation.parties import Member, Party, Range, cue_at, name_at, party
from winset.statements.negotiation.types import Polarity, Proposition, Role
from winset.statements.negotiation.verbs import nouns, verbs
from winset.statements.phrases import AUXILIARIES
from winset.statements.tokens import Token, next_word

COMPLEMENTS = frozenset({"to", "for", "that", "against", "on", "regarding", "concerning", "about", "of", "over"})
BETWEEN = 3  # adjectives between owner and noun
TURNS = frozenset({"although", "but", "while", "whereas", "which", "however", "though"})
OWNED = frozenset({"of", "for", "to"})


def nominals(words: Sequence[Token], clauses: Sequence[Head]) -> Iterator[Proposition]:
    """What a noun says its owner put forward or holds against; a noun without a point says nothing."""
    for at in range(1, len(words) - 1):
        token = words[at]
        if token.quote >= 0 or token.lower not in nouns() or (token.is_capital and words[at - 1].lower != "'s"):
            continue
        owner, behind = _owner_before(words, at), at + 1
        if owner is None:
            owner, behind = _owner_behind(words, at)
        if owner is None:
            continue
        shared, behind = _with_others(words, owner, behind)
        behind = _past_occasion(words, behind)
        if next_word(words, behind) not in COMPLEMENTS:
            continue
        if next_word(words, behind) == "of" and owner.end > at and not token.lower.startswith("withdrawal"):
            continue
        yield from _each(words, at, shared, (behind, _end(words, behind, clauses)))


def _owner_before(words: Sequence[Token], at: int) -> Party | None:
    """Who owns it: "Oslo's new proposal", "a G-77/China proposal", "Oslo and Riga's proposal"."""
    place = at - 1
    steps = 0
    while place > 0 and steps < BETWEEN and words[place].is_word and not words[place].is_capital:
        if words[place].lower in verbs() or words[place].lower in ("by", "the", "a", "of", "and", "to", "in", "for"):
            return None
        place, steps = place - 1, steps + 1
    if words[place].lower in ("'s", "'"):
        place -= 1
    elif steps:
        return None
    start = _name_before(words, place)
    if start is None:
        return None
    return Party(start, place + 1, (Member((start, place + 1), Role.LEADING, None, strong=False),), strong=False)


def _name_before(words: Sequence[Token], last: int) -> int | None:
    """Where the name begins that ends with this word; the longest such."""
    best = None
    for start in range(last, max(-1, last - 8), -1):
        if name_at(words, start) == last + 1:
            best = start
    return best


def _owner_behind(words: Sequence[Token], at: int) -> tuple[Party | None, int]:
    """Who made it: "a proposal by Oslo and Riga"; "from", too."""
    if next_word(words, at + 1) not in ("by", "from"):
        return None, at + 1
    found = party(words, at + 2)
    if found is None:
        return None, at + 1
    return found, found.end


def _with_others(words: Sequence[Token], owner: Party, behind: int) -> tuple[Party, int]:
    """Past ", supported by X," between the noun and what it is about."""
    comma = next_word(words, behind) == ","
    cue = cue_at(words, behind + comma)
    if cue is None or cue[1] is None or not cue[2]:
        return owner, behind + comma if comma and owner.end == behind else behind
    others = party(words, cue[0], role=cue[1], cue=(behind + comma, cue[0]), strong=True)
    if others is None:
        return owner, behind
    end = others.end + (next_word(words, others.end) == ",")
    return Party(owner.start, end, (*owner.members, *others.members), strong=True), end


def _past_occasion(words: Sequence[Token], at: int) -> int:
    """Past where and when it was made: "a proposal by Oslo at the last session to ..."."""
    if next_word(words, at) not in ("at", "in", "during", "from"):
        return at
    for place in range(at + 1, min(len(words), at + 7)):
        if words[place].lower in ("to", "that", "for"):
            return place
        if words[place].text in ",;" or words[place].lower in AUXILIARIES:
            break
    return at


def _end(words: Sequence[Token], start: int, clauses: Sequence[Head]) -> int:
    """Where the point ends: before another clause, a finite verb of the outer sentence, a turn or the end."""
    another = {head.start for head in clauses if head.place is not Place.INSIDE}
    within = next_word(words, start) == "that"
    for at in range(start + 1, len(words)):
        token = words[at]
        if token.quote >= 0:
            continue
        if at in another:
            return at
        if token.lower in ("that", "which", "who"):
            within = True
        if token.text == ";" or (token.text == "," and next_word(words, at + 1) in TURNS):
            return at
        if token.lower in AUXILIARIES and not within and token.lower not in ("be", "been", "have", "do", "get"):
            return at
    return len(words) - (words[-1].text in ".!?")


def _each(words: Sequence[Token], at: int, shared: Party, point: Range) -> Iterator[Proposition]:
    polarity = nouns()[words[at].lower]
    for member in shared.members:
        against = member.role is Role.OPPOSING
        turned = Polarity.SUPPORT if polarity is Polarity.OPPOSE else Polarity.OPPOSE
        cue = member.cue if against and member.cue else (at, at + 1)
        yield Proposition(
            actor=(words[member.name[0]].start, words[member.name[1] - 1].end),
            role=member.role,
            cue=(words[cue[0]].start, words[cue[1] - 1].end),
            predicate=(words[at].start, words[at].end),
            words=("not " if against else "") + words[at].lower,
            point=(words[point[0]].start, words[point[1] - 1].end),
            topic=None,
            polarity=turned if against else polarity,
            negated=False,
            nominal=True,
            strong=shared.strong,
        )
