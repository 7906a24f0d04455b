"""The words that attribute: reporting verbs, attitudes and what sort of complement each takes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SIBILANTS = ("s", "sh", "ch", "x", "z")
DOUBLING = {"commit", "rebut", "admit", "refer", "regret", "prefer", "beg", "plan", "tut", "dub", "quip"}
IRREGULAR = {
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "think": ("thinks", "thought", "thought", "thinking"),
    "feel": ("feels", "felt", "felt", "feeling"),
    "know": ("knows", "knew", "known", "knowing"),
    "find": ("finds", "found", "found", "finding"),
    "see": ("sees", "saw", "seen", "seeing"),
    "understand": ("understands", "understood", "understood", "understanding"),
    "make": ("makes", "made", "made", "making"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "come": ("comes", "came", "come", "coming"),
    "seek": ("seeks", "sought", "sought", "seeking"),
    "spell": ("spells", "spelled", "spelt", "spelling"),
    "stand": ("stands", "stood", "stood", "standing"),
    "withhold": ("withholds", "withheld", "withheld", "withholding"),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of one attributing verb."""

    lemma: str  # "call for"
    kinds: frozenset[str]  # complements it takes: say, tell, think, judge, want, urge, describe
    tense: str  # "base", "s", "past", "participle", "ing"; "past" where past and participle are one form
    particles: tuple[str, ...]  # words that follow: ("for",)


def forms(lemma: str) -> dict[str, str]:
    """Each inflected form of a verb and its tense.

    >>> sorted(forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    if lemma in IRREGULAR:
        third, past, participle, ing = IRREGULAR[lemma]
    else:
        third, past, ing = _regular(lemma)
        participle = past
    inflected = {lemma: "base", third: "s", ing: "ing", participle: "participle"}
    inflected[past] = "past"
    return inflected


def _regular(lemma: str) -> tuple[str, str, str]:
    if lemma in DOUBLING:
        stem = lemma + lemma[-1]
        return lemma + "s", stem + "ed", stem + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing" if not lemma.endswith("ee") else lemma + "ing"
    third = lemma + ("es" if lemma.endswith(SIBILANTS) else "s")
    return third, lemma + "ed", lemma + "ing"


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Every form, lower case, with the cues it may begin; longer particle sequences first."""
    kinds: dict[str, set[str]] = {}
    table = files("winset.statements") / "data" / "cues.csv"
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        for lemma in row["lemmas"].split():
            kinds.setdefault(lemma, set()).add(row["kind"])
    found: dict[str, list[Cue]] = {}
    for lemma, its_kinds in kinds.items():
        verb, *particles = lemma.split("_")
        for form, tense in forms(verb).items():
            cue = Cue(lemma.replace("_", " "), frozenset(its_kinds), tense, tuple(particles))
            found.setdefault(form, []).append(cue)
    return {form: tuple(sorted(entries, key=lambda cue: -len(cue.particles))) for form, entries in found.items()}
