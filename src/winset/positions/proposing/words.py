"""The words by which a proposal, what is offered instead and a decision are told, whatever they are about."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from winset.statements.lexicon import forms

_DOUBLED = frozenset({"ban", "cap", "scrap", "cut", "set", "put", "shut", "begin", "admit", "transfer", "plan", "bid"})
_STRONG = {  # past and participle of the verbs that do not end in -ed
    "set": ("set", "set"),
    "send": ("sent", "sent"),
    "withdraw": ("withdrew", "withdrawn"),
    "build": ("built", "built"),
    "cut": ("cut", "cut"),
    "shut": ("shut", "shut"),
    "put": ("put", "put"),
    "freeze": ("froze", "frozen"),
    "give": ("gave", "given"),
    "begin": ("began", "begun"),
    "sell": ("sold", "sold"),
    "buy": ("bought", "bought"),
    "hold": ("held", "held"),
    "pay": ("paid", "paid"),
    "write": ("wrote", "written"),
    "forgive": ("forgave", "forgiven"),
}


@cache
def issue_words(name: str) -> frozenset[str]:
    """The entries of a class as written, lower case, words of a phrase apart by a space; KeyError where it lacks.

    Source: compiled by hand from the vocabulary of diplomatic reporting; no word of it names a proposal.
    """
    return frozenset(entry.replace("_", " ") for entry in _table()[name])


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table = files("winset.positions") / "data" / "issue_words.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["class"]: tuple(row["words"].split()) for row in rows}


@cache
def verb_forms(name: str) -> dict[str, tuple[str, str, str]]:
    """Every form of the verbs of a class -> (verb, particle or "", "base", "s", "past" or "ing").

    >>> verb_forms("deeds")["banning"], verb_forms("deeds")["set"][:2]
    (('ban', '', 'ing'), ('set', 'up'))
    """
    found: dict[str, tuple[str, str, str]] = {}
    for entry in _table()[name]:
        verb, _, particle = entry.partition("_")
        for form, tense in _forms(verb).items():
            found.setdefault(form, (verb, particle, tense))
    return found


def _forms(verb: str) -> dict[str, str]:
    """Each form with its tense; base wins where two are spelled alike."""
    ing = f"{verb}{verb[-1]}ing" if verb in _DOUBLED else None
    if verb in _STRONG:
        stem = ing or (f"{verb.removesuffix('e')}ing")
        return dict.fromkeys(_STRONG[verb], "past") | {stem: "ing", f"{verb}s": "s", verb: "base"}
    if ing:
        return {f"{verb}{verb[-1]}ed": "past", ing: "ing", f"{verb}s": "s", verb: "base"}
    return {form: "past" if tense == "participle" else tense for form, tense in forms(verb).items()}


@cache
def deed_nouns() -> dict[str, str]:
    """Nouns of a deed -> its verb: "establishment" -> "establish".

    >>> deed_nouns()["renewal"]
    'renew'
    """
    return dict(entry.split(":", 1) for entry in _table()["deed_nouns"])
