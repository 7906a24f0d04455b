"""Attitudes without a reporting verb: "is not pleased with", "Oslo's opposition to", "criticism from Riga"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.corpus.types import Document
from winset.registry import method
from winset.statements.cue_groups import NOUNS_TOO
from winset.statements.phrases import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HEDGES,
    HEDGING_PARTICIPLES,
    NO_TAILS,
    PREPOSITIONS,
    PRONOUNS,
    can_speak,
    is_verb_like,
    left_phrase,
    right_phrase,
)
from winset.statements.proposals import Attribution, apart, proposal
from winset.statements.sentences import Unit, units
from winset.statements.tokens import Token, next_word, quotation_at
from winset.statements.types import Proposal, Segment
from winset.statements.word_classes import word_class

# adjective or participle after a form of "be", and the words that may lead to what it is about
LEADS = {
    "satisfied_adjectives": ("with", "about"),
    "opposed_adjectives": ("to",),
    "concerned_adjectives": ("about", "of", "by", "that", "at", "over"),
    "ready_adjectives": ("to", "on", "about"),
    "interested_adjectives": ("in",),
    "against_adjectives": (),
}
ADJECTIVES = {word: leads for name, leads in LEADS.items() for word in word_class(name)}
PHRASES = (("in", "favour", "of"), ("in", "favor", "of"), ("in", "support", "of"))
NOUNS = word_class("attitude_nouns")
PLAIN = word_class("plain_attitude_nouns")
ABOUT = word_class("about")
DREW = frozenset({"drew", "draws", "met", "won", "found"})
DEGREES = ADVERBS | {"not", "a", "little", "bit", "very", "less", "more", "been", "quite"}
BEFORE_BE = ADVERBS | AUXILIARIES | HEDGES | HEDGING_PARTICIPLES | {"not", "to"}
WANTED = frozenset({"needed", "required", "necessary", "lacking", "expected"})
NO_TITLES = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES  # upper case before a name, no part of it
NO_DESCRIPTIONS = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS | {"'s"}
UNSURE = HEDGING_PARTICIPLES | HEDGES
NEAR = 4  # words that may stand between the parts of an attitude
AGENTS = frozenset({"from", "by", "in", "of", "among"})


@method("attitudes", source="Pareti2016")
def attitudes(document: Document, segments: Sequence[Segment]) -> Iterator[Proposal]:
    """Adjectives of attitude with their holder, and nouns of attitude with an owner or a "from"."""
    for unit in units(document, segments):
        if unit.words[-1].text == "?":
            continue  # a question states no attitude
        for place, word in enumerate(unit.words):
            if word.quote >= 0:
                continue
            found = _adjective(unit, place) if word.lower in BE else _noun(unit, place) if word.lower in NOUNS else None
            for each in apart(unit.words, found) if found else ():
                yield proposal(unit, each)


def _adjective(unit: Unit, place: int) -> Attribution | None:
    words = unit.words
    near = range(place + 1, min(len(words), place + 1 + NEAR))
    at = next((at for at in near if words[at].lower not in DEGREES and not words[at].lower.endswith("ly")), None)
    if at is None:
        return None
    end = _after_adjective(words, at)
    before = _before_auxiliaries(words, place)
    source = left_phrase(words, before)
    if not end or source is None or not can_speak(words, source):
        return None
    if words[source[0]].lower in ("it", "this", "that", "which", "there"):
        return None
    content = _object(words, end)
    hedged = any(word.lower in UNSURE for word in words[before:place])
    return Attribution(source, (before, end), (content,), None, 0.75, hedged, attitude=True) if content else None


def _after_adjective(words: Sequence[Token], at: int) -> int:
    """Index after adjective and preposition, 0 where no attitude stands at `at`."""
    for phrase in PHRASES:
        if tuple(word.lower for word in words[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    leads = ADJECTIVES.get(words[at].lower)
    if leads is None:
        return 0
    if not leads:
        return at + 1
    return at + 2 if at + 1 < len(words) and words[at + 1].lower in leads else 0


def _before_auxiliaries(words: Sequence[Token], place: int) -> int:
    while place > 0 and words[place - 1].lower in BEFORE_BE:
        place -= 1
    return place


def _noun(unit: Unit, place: int) -> Attribution | None:
    words = unit.words
    owner = _owner(words, place)
    about = _about(words, place + 1)
    if owner is None:
        agent = _agent(words, place + 1)
        if agent is None:
            return None
        owner, start = agent
        if _is_wanted(words, owner[1]):
            return None
        about = about if about and about[0] < start else _about(words, owner[1])
    cue = (place, place + 1)
    about = about or _in_brackets(words, place + 1)
    if about is None:
        clause = _subject_of_deed(words, place, owner)
        if clause is None and words[place].lower not in PLAIN:
            return None
        return Attribution(owner, cue, (clause,) if clause else (), None, 0.55)
    return Attribution(owner, cue, (about,), None, 0.65)


def _owner(words: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Whose attitude it is: "Oslo's opposition", "Norwegian objections", "the Norwegian president's rejection"."""
    at = place
    while at > 0 and place - at < NEAR - 1 and _is_plain(words[at - 1]):
        at -= 1  # "public and private opposition"
    if at == 0:
        return None
    before = words[at - 1]
    if before.lower == "'s" or (before.text in "'’" and at >= 2 and words[at - 2].lower.endswith("s")):  # noqa: PLR2004
        owner = left_phrase(words, at - 1)
        return _nearest(words, owner) if owner and can_speak(words, owner) else None
    if before.is_capital and before.is_word and before.lower not in NO_TAILS:
        start = at - 1
        while start > 0 and words[start - 1].is_capital and words[start - 1].lower not in NO_TITLES:
            start -= 1
        return start, at
    return None


def _nearest(words: Sequence[Token], owner: tuple[int, int]) -> tuple[int, int]:
    """The owner next to the attitude: in "the reason for President Lind's opposition" it is hers."""
    cut = next((at for at in range(owner[1] - 1, owner[0], -1) if words[at].lower in ("for", "to", "about")), None)
    return (cut + 1, owner[1]) if cut is not None and can_speak(words, (cut + 1, owner[1])) else owner


def _is_plain(word: Token) -> bool:
    """A lower-case word that only describes the attitude."""
    return (
        word.is_word
        and not word.is_capital
        and word.lower not in NO_DESCRIPTIONS
        and not is_verb_like(word)
        and not word.lower.endswith("ed")
    )


def _agent(words: Sequence[Token], at: int) -> tuple[tuple[int, int], int] | None:
    """The phrase after "from" or "by", directly or behind what the attitude is about."""
    for place in range(at, min(len(words), at + 12)):
        if words[place].text in ",;.:—–" or words[place].quote >= 0:
            return None
        if words[place].lower in AGENTS and (words[place].lower in ("from", "by") or place == at):
            agent = right_phrase(words, place + 1)
            if (
                agent
                and can_speak(words, agent)
                and (
                    words[place].lower in ("from", "by") or words[agent[0]].is_capital or words[agent[0]].lower == "the"
                )
            ):
                return agent, place
    return None


def _in_brackets(words: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The quotation that a bracket right behind gives: "Oslo's criticism (“…”)"."""
    return quotation_at(words, at + 1) if next_word(words, at) == "(" else None


def _is_wanted(words: Sequence[Token], at: int) -> bool:
    """Whether it is only called for: "support from all members is needed" says that it is lacking."""
    after = {word.lower for word in words[at : at + 2 * NEAR]}
    return bool(after & WANTED) and bool(after & BE)


def _about(words: Sequence[Token], at: int) -> tuple[int, int] | None:
    if at < len(words) and words[at].lower in ABOUT:
        return _object(words, at + 1)
    return None


def _object(words: Sequence[Token], start: int) -> tuple[int, int] | None:
    """From `start` to the next mark, agent or clause."""
    at = start
    while at < len(words) and at - start < 60:  # noqa: PLR2004
        word = words[at]
        if word.quote < 0 and (
            word.text in ",;.:—–!?)"
            or (at > start and word.lower in ("because", "while", "from", "by", "which", "who", "and"))
            or (at > start and _is_finite(word))
        ):
            break
        at += 1
    return (start, at) if at > start else None


def _is_finite(word: Token) -> bool:
    """A verb that is no noun as well: "the plan" goes on, "echoes" ends it."""
    return is_verb_like(word) and word.lower not in NOUNS_TOO


def _subject_of_deed(words: Sequence[Token], place: int, owner: tuple[int, int]) -> tuple[int, int] | None:
    """What drew the attitude: the subject of "sparked criticism from", "drew opposition from"."""
    if owner[0] < place:
        return None
    near = range(place - 1, max(0, place - 1 - NEAR), -1)
    verb = next((at for at in near if words[at].lower in DREW or words[at].lower.endswith("ed")), None)
    deed = left_phrase(words, verb) if verb is not None else None
    if deed is None:
        return None
    comma = next((at for at in range(*deed) if words[at].text == ","), deed[1])
    return deed[0], comma
