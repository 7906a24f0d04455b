"""The words that say for or against, whatever is proposed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from winset.statements.lexicon import forms

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")  # as the tables hold words
VERBS = ("verb", "denial", "refusal", "alarm", "regret", "intention", "request", "cue")  # first word inflected
CUE_ONLY = ("intention", "request", "cue")  # "the plan", "the call" inside what is said take no side
# where a phrase is in two kinds, the one named first here has it
KINDS = (
    *("masked", "abstention", "others", "turn", "verb", "siding", "denial", "refusal", "unable", "alarm", "regret"),
    *("removal", "contrary", "relief", "noun", "adjective", "evaluation", "preference"),
)
# beyond those of `statements.lexicon`, where only verbs that attribute are needed
IRREGULAR = {
    "throw": ("throws", "threw", "thrown", "throwing"),
    "give": ("gives", "gave", "given", "giving"),
    "hold": ("holds", "held", "held", "holding"),
    "drag": ("drags", "dragged", "dragged", "dragging"),
    "shrug": ("shrugs", "shrugged", "shrugged", "shrugging"),
    "swing": ("swings", "swung", "swung", "swinging"),
    "stick": ("sticks", "stuck", "stuck", "sticking"),
    "fight": ("fights", "fought", "fought", "fighting"),
    "get": ("gets", "got", "got", "getting"),
    "go": ("goes", "went", "gone", "going"),
    "put": ("puts", "put", "put", "putting"),
    "lend": ("lends", "lent", "lent", "lending"),
    "have": ("has", "had", "had", "having"),
    "take": ("takes", "took", "taken", "taking"),
    "shoot": ("shoots", "shot", "shot", "shooting"),
    "shut": ("shuts", "shut", "shut", "shutting"),
    "slam": ("slams", "slammed", "slammed", "slamming"),
    "dig": ("digs", "dug", "dug", "digging"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "set": ("sets", "set", "set", "setting"),
    "hit": ("hits", "hit", "hit", "hitting"),
    "stop": ("stops", "stopped", "stopped", "stopping"),
    "uphold": ("upholds", "upheld", "upheld", "upholding"),
    "opt": ("opts", "opted", "opted", "opting"),
    "demur": ("demurs", "demurred", "demurred", "demurring"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "concur": ("concurs", "concurred", "concurred", "concurring"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the table, in one of its forms."""

    words: tuple[str, ...]  # lower case
    value: float  # -1 to +1
    kind: str


@cache
def polarity(kind: str) -> dict[str, float]:
    """Word (lower case) -> -1 to +1.

    kind: one of KINDS or CUE_ONLY.  verb, denial, refusal, alarm, regret, intention, request: every inflected form,
    particles after a space.  An intention ("plans to") says for or against as a cue only.

    Source: compiled by hand from the vocabulary of diplomatic reporting; no word of it names a proposal. Signs of
    words that occur in coded sets of comments and claims were checked there.
    """
    table = files("winset.positions") / "data" / "polarity.csv"
    found: dict[str, float] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        if row["kind"] != kind:
            continue
        for entry in row["words"].split():
            for word in _inflected(entry) if kind in VERBS else (entry.replace("_", " "),):
                found[word] = float(row["polarity"])
    return found


@cache
def entries(*, cues: bool = False) -> dict[str, tuple[Entry, ...]]:
    """First word -> what begins with it, the longest first.  cues: with what counts as a cue only."""
    kinds = (*CUE_ONLY, *KINDS) if cues else KINDS
    found: dict[str, dict[tuple[str, ...], Entry]] = {}
    for kind in kinds:
        for phrase, value in polarity(kind).items():
            words = tuple(phrase.split())
            found.setdefault(words[0], {}).setdefault(words, Entry(words, value, kind))
    return {first: tuple(sorted(held.values(), key=lambda each: -len(each.words))) for first, held in found.items()}


@cache
def cue_polarity() -> dict[str, float]:
    """What a cue says by itself: verbs of every kind together."""
    return {word: value for kind in VERBS for word, value in polarity(kind).items()}


def _inflected(entry: str) -> Iterator[str]:
    verb, *particles = entry.split("_")
    for form in (verb, *IRREGULAR[verb]) if verb in IRREGULAR else forms(verb):
        yield " ".join((form, *particles))


def polarity_of(word: str) -> float | None:
    """That of a single word of any kind, lower case; None where it says nothing for or against."""
    return next((polarity(kind)[word] for kind in KINDS if word in polarity(kind)), None)
