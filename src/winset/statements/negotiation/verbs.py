"""The predicates of negotiation reports and what each says for or against; verbs with their auxiliaries."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from winset.statements.lexicon import forms
from winset.statements.negotiation.types import Polarity
from winset.statements.phrases import ADVERBS, AUXILIARIES, BE, NEGATIONS
from winset.statements.tokens import Token, next_word

IRREGULAR = {
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "stand": ("stands", "stood", "stood", "standing"),
    "refer": ("refers", "referred", "referred", "referring"),
    "submit": ("submits", "submitted", "submitted", "submitting"),
}
PAST = frozenset(
    "took gave made put set brought held saw led found chose spoke had met sent kept told wrote began".split()
)
HAVE = frozenset({"has", "have", "had", "having", "hasn't", "haven't", "hadn't"})
NOT = NEGATIONS | {"cannot", "can't", "couldn't", "wouldn't", "won't"}
ABLE = frozenset({"able", "ready", "willing", "prepared"})
UNABLE = frozenset({"unable", "unwilling", "reluctant"})
LOOSE = ADVERBS | {"further", "jointly", "generally", "nevertheless", "nonetheless", "in", "turn"} - {"all"}
MOST_HELPERS = 8  # words before a verb that may belong to it
PRONOUNS = frozenset({"it", "they", "he", "she", "we"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one verb."""

    polarity: Polarity
    tense: str  # "base", "s", "past", "participle", "ing"; "past" where past and participle are one form
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its auxiliaries, as token places."""

    first: int
    at: int
    negated: bool
    passive: bool
    helped: bool  # whether an auxiliary stands before it
    tense: str
    polarity: Polarity  # the negation counted in

    @property
    def end(self) -> int:
        """Behind the verb; its particles belong to the point."""
        return self.at + 1


@cache
def verbs() -> dict[str, tuple[Entry, ...]]:
    """Every form, lower case; entries with more particles first."""
    found: dict[str, dict[tuple[str, tuple[str, ...]], Entry]] = {}
    for polarity, kind, words in _rows():
        for word in words if kind == "verb" else ():
            lemma, *particles = word.split("_")
            for form, tense in _forms(lemma).items():
                key = (tense, tuple(particles))
                found.setdefault(form, {}).setdefault(key, Entry(polarity, *key))
    return {form: tuple(sorted(its.values(), key=lambda entry: -len(entry.particles))) for form, its in found.items()}


@cache
def nouns() -> dict[str, Polarity]:
    """Nouns of what an actor put forward or holds against something, lower case."""
    return {word: polarity for polarity, kind, words in _rows() if kind == "noun" for word in words}


def finite(words: Sequence[Token], at: int) -> Verb | None:
    """The verb that begins at `at` with its auxiliaries, as a sentence's predicate; None where there is none."""
    return _read(words, at, participle=False)


def deed(words: Sequence[Token], at: int) -> Verb | None:
    """Any past form that begins at `at`, of a verb that the table lacks: what a party with its supporters "amended"."""
    while at < len(words) and (words[at].lower in LOOSE or _is_adverb(words[at])):
        at += 1
    if at >= len(words) or words[at].quote >= 0 or not words[at].text.islower():
        return None
    word = words[at].lower
    if word not in PAST and not (word.endswith("ed") and len(word) > len("need")):
        return None
    return Verb(at, at, False, False, False, "past", Polarity.REPORT)


def participle(words: Sequence[Token], at: int) -> Verb | None:
    """The "-ing" form that begins at `at`, adverbs before it."""
    return _read(words, at, participle=True)


def _read(words: Sequence[Token], at: int, *, participle: bool) -> Verb | None:
    negated = be = have = helped = False
    place = at
    while place < len(words) and place - at <= MOST_HELPERS:
        word = words[place].lower
        if word in NOT:
            negated = not negated if word == "not" or not negated else negated
            helped = helped or word in AUXILIARIES or word == "cannot"
            be, have = be or word in BE, have or word in HAVE
        elif word in AUXILIARIES:
            helped, be, have = True, be or word in BE, have or word in HAVE
        elif be and word in ABLE | UNABLE and next_word(words, place + 1) == "to":
            negated = negated != (word in UNABLE)
            be, place = False, place + 1
        elif word not in LOOSE and not _is_adverb(words[place]):
            break
        place += 1
    if place >= len(words) or words[place].quote >= 0 or (words[place].is_capital and place > 0):
        return None
    entry = _entry(words, place)
    if entry is None:
        return None
    opposed = be and words[place].lower == "opposed" and next_word(words, place + 1) == "to"
    if not _fits(entry, helped=helped, be=be, have=have, participle=participle):
        return None
    passive = be and entry.tense in ("past", "participle") and not opposed
    polarity = entry.polarity.turned if negated else entry.polarity
    return Verb(at, place, negated, passive, helped, entry.tense, polarity)


def _fits(entry: Entry, *, helped: bool, be: bool, have: bool, participle: bool) -> bool:
    if participle:
        return entry.tense == "ing" and not helped
    if not helped:
        return entry.tense in ("past", "s")
    if entry.tense == "base":
        return not be and not have
    if entry.tense == "ing":
        return be
    return entry.tense in ("past", "participle") and (be or have)


def _entry(words: Sequence[Token], place: int) -> Entry | None:
    for entry in verbs().get(words[place].lower, ()):
        end = place + 1 + len(entry.particles)
        if tuple(word.lower for word in words[place + 1 : end]) == entry.particles:
            return entry
    return None


def _is_adverb(token: Token) -> bool:
    return token.lower.endswith("ly") and len(token.lower) > len("only") and not token.is_capital


def _forms(lemma: str) -> dict[str, str]:
    if lemma not in IRREGULAR:
        return forms(lemma)
    third, past, done, ing = IRREGULAR[lemma]
    return {lemma: "base", third: "s", ing: "ing", done: "participle", past: "past"}


def _rows() -> list[tuple[Polarity, str, list[str]]]:
    table = files("winset.statements") / "data" / "negotiation_verbs.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return [(Polarity(row["polarity"]), row["kind"], row["words"].split()) for row in rows]
