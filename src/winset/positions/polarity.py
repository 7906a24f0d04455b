"""The words that say for or against, whatever is proposed."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from winset.statements.lexicon import forms

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")  # as the tables hold words
VERBS = ("verb", "intention")


@cache
def polarity(kind: str) -> dict[str, float]:
    """Word (lower case) -> -1 to +1.

    kind: verb and intention (every inflected form, particles after a space), noun, adjective, evaluation. An
    intention ("plans to") says for or against as a cue only: "the plan" inside what is said does not.

    Source: compiled by hand from the vocabulary of diplomatic reporting; no word of it names a proposal.
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
def cue_polarity() -> dict[str, float]:
    """What a cue says by itself: verbs and intentions together."""
    return polarity("verb") | polarity("intention")


def _inflected(entry: str) -> tuple[str, ...]:
    verb, *particles = entry.split("_")
    return tuple(" ".join((form, *particles)) for form in forms(verb))
