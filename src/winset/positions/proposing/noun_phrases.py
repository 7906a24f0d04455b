"""The things that sentences speak of: noun phrases read from the left, by closed word classes, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from winset.positions.proposing.words import issue_words
from winset.positions.relevance import stem
from winset.statements.lexicon import cues
from winset.statements.phrases import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    TIME_WORDS,
    VERBAL,
)
from winset.statements.tokens import Token
from winset.statements.word_classes import word_class

LONGEST = 14  # words
MOST_PREPOSITIONS = 3
ATTACHED = frozenset(["of", "on", "in", "for", "from", "against", "at", "with", "between", "by", "under", "to", "into"])
_NOUNS_TOO = word_class("nouns_too")
_NEVER = (
    AUXILIARIES
    | BE
    | NEGATIONS
    | CONJUNCTIONS
    | VERBAL
    | (PRONOUNS - {"its"})
    | ADVERBS
    | frozenset(
        {
            "them",
            "him",
            "us",
            "me",
            "himself",
            "itself",
            "themselves",
            "here",
            "there",
            "whom",
            "out",
            "up",
            "outright",
            "altogether",
        }
    )
) - {"first", "both", "each", "far"}
_OWNED = frozenset(["its", "his", "their", "her", "our", "my", "next", "order", "favour", "favor", "fact", "case"])
_OPENING = frozenset("the a an its his her their our all any every both no those these".split())  # of an object
_NO_PARTICIPLES = frozenset("seabed riverbed speed breed hundred indeed creed greed steed".split())
_STRONG = frozenset("led held made taken given seen drawn written brought built known met done begun found".split())
_LINKED = frozenset(["and", "or"])
_SAYS_LITTLE = issue_words("smaller") | frozenset(
    "new further possible proposed planned potential so-called such future percent per dollars euros million".split()
)
_VERDICTS = frozenset(  # said of a thing behind its name; never nouns
    "premature unacceptable unnecessary unlawful illegal dangerous reckless irresponsible unwise unhelpful"
    " counterproductive costly pointless impossible wrong welcome important necessary essential vital urgent"
    " possible inevitable overdue".split()
)
_SHORT_NAME = 5  # letters of a name that its adjective shares: Russia, Russian


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as a range of tokens: `core_end` is where its first preposition stands, or its end."""

    start: int
    end: int
    core_end: int


def phrase_at(words: Sequence[Token], start: int) -> Phrase | None:
    """The noun phrase that begins at token `start`, prepositional phrases with it; None where none begins.

    Cost: linear in its length, which is bounded.
    Source: Justeson & Katz (1995), the pattern (A|N)+ (P (A|N)+)*, with closed classes in place of a tagger.
    """
    at, core_end, prepositions = start, None, 0
    while at < len(words) and at - start < LONGEST:
        token = words[at]
        if token.lower in PREPOSITIONS:
            if at == start or prepositions == MOST_PREPOSITIONS or not _goes_on(words, at):
                break
            prepositions += 1
            core_end = at if core_end is None else core_end
        elif token.lower in _LINKED:
            if at == start or not _links(words, at):
                break
        elif not _belongs(words, at, start):
            break
        at += 1
    while at > start and (
        words[at - 1].lower in PREPOSITIONS | DETERMINERS | _LINKED or words[at - 1].lower in ("'s", "&")
    ):
        at -= 1
    if prepositions and _is_verdict(words, at - 1):
        at -= 1
    if core_end is None or core_end > at:
        core_end = at
    nouns = [word for word in words[start:core_end] if word.lower not in DETERMINERS and word.is_word]
    return Phrase(start, at, core_end) if nouns and words[start].lower not in _LINKED else None


def phrase_before(words: Sequence[Token], end: int) -> Phrase | None:
    """The noun phrase that ends just before token `end`: "the price cap | should be"; None where none does."""
    found = None
    for start in range(end - 1, max(-1, end - LONGEST - 1), -1):
        token = words[start]
        if not token.is_word and token.lower not in ("'s", "&"):
            break
        if token.lower in _NEVER and token.lower not in _LINKED:
            break
        if token.lower in PREPOSITIONS or token.lower in _LINKED or token.lower == "'s":
            continue
        phrase = phrase_at(words, start)
        if phrase is not None and phrase.end == end:
            found = phrase
    return found


def _belongs(words: Sequence[Token], at: int, start: int) -> bool:
    token = words[at]
    if not token.is_word:
        return token.lower in ("'s", "&", "%", "$", "€") and at >= start
    if token.lower in _NEVER:
        return False
    if at == start:
        return not _is_verb(token) or token.lower in _NOUNS_TOO
    before = words[at - 1]
    opens = before.lower in DETERMINERS or before.lower in PREPOSITIONS or before.lower == "'s"
    if token.lower in DETERMINERS:
        return before.lower in PREPOSITIONS or before.lower in DETERMINERS
    if token.lower in TIME_WORDS and token.is_capital:
        return before.lower in ("of", "for")
    if _is_verb(token):
        noun_too = token.lower in _NOUNS_TOO or (_is_plain(token) and _closed(words, at + 1))
        return opens or (noun_too and not _object_follows(words, at))
    if not opens and not token.is_capital and _governs(words, at):
        return False
    if _is_participle(token):
        return opens or before.lower.endswith("ly") or before.text[0].isdigit()
    if token.lower.endswith("ing") and not token.is_capital and not opens:
        return not _object_follows(words, at)
    if token.lower.endswith("ly") and not token.is_capital:
        return opens and not _ends(words, at + 1)
    return True


def _is_verb(token: Token) -> bool:
    """A form of an attributing verb in lower case; as a noun it counts where the place is a noun's."""
    return not token.is_capital and token.lower in cues() and not token.lower.endswith("ing")


def _is_plain(token: Token) -> bool:
    """Whether the form is a noun's too: "point", "points", not "pointed"."""
    return any(cue.tense in ("base", "s") for cue in cues()[token.lower])


def _is_verdict(words: Sequence[Token], at: int) -> bool:
    """Whether a word tells what somebody thinks of the name before it: "called the entry of Malta | premature"."""
    token = words[at]
    return words[at - 1].is_capital and not token.is_capital and token.lower in _VERDICTS


def _closed(words: Sequence[Token], at: int) -> bool:
    """Whether the phrase ends there: "a contact point | for", "a contact point."."""
    return _ends(words, at) or words[at].lower in PREPOSITIONS


def _object_follows(words: Sequence[Token], at: int) -> bool:
    """Whether what comes next is an object of its own: "the plan pitting | the north against ..."."""
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    glued = at + 2 < len(words) and words[at + 2].start == following.end
    opens_quotation = following.text in "“\"'‘" and glued
    return following.lower in DETERMINERS | {"that", "to"} or opens_quotation


def _governs(words: Sequence[Token], at: int) -> bool:
    """Whether a word is a verb by what follows: "the levy hits | the poor", "ran into"; a noun takes "of the poor"."""
    following = words[at + 1].lower if at + 1 < len(words) else ""
    return following in _OPENING or following in ("into", "out", "up", "itself", "themselves")


def _is_participle(token: Token) -> bool:
    """Whether a word may be one: "proposed"; "seabed", "need" and "Russian-backed" are not, or stand before a noun."""
    word = token.lower
    ends = word.endswith("ed") and len(word) > 4 and "-" not in word  # noqa: PLR2004
    return (ends or word in _STRONG) and not token.is_capital and word not in _NO_PARTICIPLES


def _ends(words: Sequence[Token], at: int) -> bool:
    return at >= len(words) or not words[at].is_word


def _goes_on(words: Sequence[Token], at: int) -> bool:
    """Whether the preposition binds to the noun before it and not to the verb: place, matter and measure, no time."""
    preposition = words[at].lower
    if preposition not in ATTACHED or at + 1 >= len(words):
        return False
    following = words[at + 1]
    if not following.is_word and following.text not in "$€":
        return False
    if preposition == "of":
        return following.lower not in _NEVER
    number = following.text[0].isdigit() or following.text in "$€"
    time = following.lower in TIME_WORDS or (following.text.isdigit() and len(following.text) == 4)  # noqa: PLR2004
    if preposition in ("to", "by", "into"):
        return (number and not time) or (preposition != "to" and _measure(words, at + 1))
    if time or (preposition in ("in", "at", "on") and number):
        return False
    after = words[at + 2] if at + 2 < len(words) else following
    if following.lower in ("this", "the", "a", "an") and after.lower in TIME_WORDS:
        return False
    return following.lower not in _OWNED and following.lower not in _NEVER


def _measure(words: Sequence[Token], at: int) -> bool:
    """Whether a number or "percent" comes within two words: "by eight percent"."""
    return any(word.lower in ("percent", "per", "%", "half", "third", "all") for word in words[at : at + 2])


def _links(words: Sequence[Token], at: int) -> bool:
    """Whether "and" joins two nouns of one phrase: "loss and damage", not "the office and said"."""
    if at + 1 >= len(words):
        return False
    left, right = words[at - 1], words[at + 1]
    if not right.is_word or left.lower in DETERMINERS or right.lower in DETERMINERS | PREPOSITIONS | _NEVER:
        return False
    return left.is_capital == right.is_capital and not left.is_capital and not _is_verb(right)


def core_stems(words: Sequence[Token], phrase: Phrase) -> tuple[str, ...]:
    """Stems of the telling words of the core, the head last."""
    return tuple(_stems(words[phrase.start : phrase.core_end]))


def term_stems(words: Sequence[Token], phrase: Phrase) -> frozenset[str]:
    """Stems of all telling words of a phrase."""
    return frozenset(_stems(words[phrase.start : phrase.end]))


def _stems(tokens: Sequence[Token]) -> list[str]:
    return [
        term(token)
        for token in tokens
        if token.is_word
        and token.lower not in DETERMINERS | PREPOSITIONS | _LINKED | _OWNED | {"'s"}
        and token.lower not in TIME_WORDS
        and not token.text[0].isdigit()
        and token.lower not in _SAYS_LITTLE
    ]


def term(token: Token) -> str:
    """The stem of a word; a name shares that of its adjective where both begin alike: "Japan", "Japanese"."""
    if token.is_capital and not token.text.isupper() and len(token.lower) > _SHORT_NAME:
        return token.lower[:_SHORT_NAME]
    return stem(token.lower)


def written(words: Sequence[Token], start: int, end: int) -> str:
    """The words as the text has them, on one line, link targets left out.

    >>> from winset.statements.tokens import tokens
    >>> line = "a [small](http://x.org) office"
    >>> written(tokens(line, 0, len(line), ()), 0, 3)
    'a small office'
    """
    parts: list[str] = []
    for number, token in enumerate(words[start:end], start):
        glued = number > start and words[number - 1].end == token.start
        parts.append(token.text if glued or not parts else f" {token.text}")
    return "".join(parts)


def is_vague(head: str) -> bool:
    """Whether a head, as a stem, says nothing of what is proposed: "role", "issue"."""
    return head in _vague()


@cache
def _vague() -> frozenset[str]:
    words = issue_words("vague_heads")
    return words | {stem(word) for word in words}
