"""How a stance is put: firmly or not, on a condition or not, in whose words."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from winset.positions.polarity import WORD
from winset.positions.types import Voice
from winset.statements.types import Form, Statement

FIRM, PLAIN, SOFT = 1.0, 0.8, 0.5
LONGEST_PHRASE = 4  # words of the table's longest entries
# a condition on what is said; "even if" and "whether" set none
CONDITION = re.compile(
    r"(?<!even )(?<!as )\bif\b(?! not\b.{0,20}\bmore\b)|\bunless\b|\bprovided (?:that|the|it|they|its|there)\b"
    r"|\bproviding that\b|\b(?:as|so) long as\b|\bon (?:the )?condition\b|\bconditional (?:up)?on\b|\bsubject to\b"
    r"|\bin (?:exchange|return) for\b|\bon (?:the|that) (?:understanding|assumption|proviso|premise)\b"
    r"|\bwith the proviso\b|\bassuming (?:that|the)\b|\bcontingent (?:up)?on\b|\bhing(?:es|ed|ing) on\b"
    r"|\bdepend(?:s|ed|ing|ent)? on\b|\bin the (?:event|absence) of\b|\bfailing (?:that|this|which)\b"
    r"|\bshould (?:they|it|he|she|we|the \w+|this|that) (?:be|not|agree|fail|refuse|accept|get|receive|come)\b"
    r"|\bwere (?:it|they|the \w+) to\b|\bonly (?:when|after|once|with)\b"
    r"|\bonce (?:the|it|they|we|its|their|all|there)\b"
    r"|\bnot (?:until|before)\b|\bcomes? first\b|\bwithout (?:an?|the|its|prior|our|their|any) "
    r"(?:\w+ )?(?:invitation|consent|mandate|guarantees?|approval|agreement|assurances?|safeguards?|authori[sz]ation)\b"
    r"|\buntil\b(?=.{0,60}\b(?:met|resolved|addressed|settled|guaranteed|agreed)\b)"
    r"|\bpending\b(?= (?:a|an|the|further|clarification|approval|agreement)\b)",
    re.IGNORECASE | re.DOTALL,
)
# what any condition holds; most statements hold none, and are not searched further
CONDITION_SIGNS = (
    *("if", "unless", "provid", "long as", "condition", "subject to", "exchange", "return", "understanding"),
    *("assum", "proviso", "premise", "contingent", "hing", "depend", "event", "absence", "failing", "should", "were"),
    *("only", "once", "until", "before", "first", "without", "pending"),
)
REACH = 400  # characters that are searched; a condition stands near what it conditions


@cache
def _words(kind: str) -> frozenset[str]:
    """The words and phrases of a kind, lower case. Source: compiled by hand from diplomatic usage."""
    table = files("winset.positions").joinpath("data/manner.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(
        word.replace("_", " ") for row in csv.DictReader(table) if row["kind"] == kind for word in row["words"].split()
    )


@cache
def _phrases() -> frozenset[str]:
    return _words("masked") | _words("firm") | _words("soft")


@cache
def _first_words() -> frozenset[str]:
    """Those of all phrases: where none of them stands, no phrase does."""
    return frozenset(phrase.split(" ", 1)[0] for phrase in _phrases())


def firmness(statement: Statement) -> float:
    """0-1: FIRM for a veto, a vote or "categorically", SOFT for concern, doubt or a leaning, PLAIN between.

    Soft words in the cue win over firm ones in what is said: who "is concerned that it must end" is concerned.
    Source: words compiled by hand; three grades, as more are not told apart reliably.
    """
    words = [word.lower() for part in (statement.cue, *statement.contents) if part for word in WORD.findall(part.exact)]
    held = {
        phrase
        for at, word in enumerate(words)
        if word in _first_words()
        for size in range(1, min(LONGEST_PHRASE, len(words) - at) + 1)
        if (phrase := " ".join(words[at : at + size])) in _phrases()
    }
    cue = {word.lower() for word in WORD.findall(statement.cue.exact)} if statement.cue else set()
    if cue & _words("soft"):
        return SOFT
    phrases = held - {part for phrase in held & _words("masked") for part in _parts(phrase)}
    if phrases & _words("firm"):
        return FIRM
    return SOFT if phrases & _words("soft") else PLAIN


def _parts(phrase: str) -> set[str]:
    """Every run of a phrase's words: "will not block" is none of its firm "will not" and "block"."""
    words = phrase.split()
    return {" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)}


def conditional(statement: Statement) -> bool:
    """Whether what is said holds only on a condition that is named.

    Only the statement's own words are read; a condition set out two sentences later is not seen.
    """
    words = statement.words[:REACH]
    return _may_hold_condition(words) and CONDITION.search(words) is not None


def _may_hold_condition(words: str) -> bool:
    if not words.isascii():
        return True  # a few signs of other alphabets count as a letter of ours, whatever their case
    plain = words.lower()
    for sign in CONDITION_SIGNS:  # noqa: SIM110 - a loop costs half of what `any` does here
        if sign in plain:
            return True
    return False


def voice(statement: Statement) -> Voice:
    """Quoted words are the actor's own; a paraphrase, or anything credited, is reported; a bare attitude ascribed."""
    if statement.form in (Form.DIRECT, Form.MIXED):
        return Voice.OWN
    return Voice.REPORTED if statement.via or statement.form is Form.INDIRECT else Voice.ASCRIBED
