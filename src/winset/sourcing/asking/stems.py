"""Words without their endings, as the Porter stemmer takes them off.

Our own, so that the words of a question and those of an index are cut alike whatever database holds the index.
Source: Porter (1980), An algorithm for suffix stripping, Program 14(3).
"""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 40  # letters; a longer "word" is an address or a hash and stays as it is
_C, _V = "[^aeiou](?:[^aeiouy]*)", "[aeiouy](?:[aeiou]*)"
_ONE = re.compile(rf"\A(?:{_C})?{_V}{_C}")  # measure of one or more
_TWO = re.compile(rf"\A(?:{_C})?{_V}{_C}{_V}{_C}")
_EXACTLY_ONE = re.compile(rf"\A(?:{_C})?{_V}{_C}(?:{_V})?\Z")
_VOWEL = re.compile(rf"\A(?:{_C})?[aeiouy]")
_SHORT = re.compile(rf"\A{_C}[aeiouy][^aeiouwxy]\Z")
_STEP_2 = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"), ("entli", "ent"), ("ousli", "ous"), ("ation", "ate"),
    ("alism", "al"), ("aliti", "al"), ("iviti", "ive"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("iser", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("eli", "e"), ("logi", "log"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("alise", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "ise", "al", "er", "ic", "ou",
)  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a lower-case word; British and American endings meet.

    >>> [stem(word) for word in ("opposes", "opposition", "negotiating", "ratified", "organisation")]
    ['oppos', 'opposit', 'negoti', 'ratifi', 'organ']
    """
    if not 2 < len(word) <= _LONGEST or not word.isascii() or not word.isalpha():  # noqa: PLR2004 - "us", "to"
        return word
    return _fifth(_fourth(_third(_second(_first(word)))))


def _first(word: str) -> str:
    """Plurals and forms of verbs."""
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1] if _ONE.match(word[:-3]) else word
    else:
        for ending in ("ed", "ing"):
            if word.endswith(ending) and _VOWEL.match(word[: -len(ending)]):
                word = _mended(word[: -len(ending)])
                break
    return f"{word[:-1]}i" if word.endswith("y") and _VOWEL.match(word[:-1]) else word


def _mended(word: str) -> str:
    if word.endswith(("at", "bl", "iz", "is")):
        return f"{word}e"
    if len(word) > 1 and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        return word[:-1]
    return f"{word}e" if _SHORT.match(word) else word


def _second(word: str) -> str:
    return _exchanged(word, _STEP_2)


def _third(word: str) -> str:
    return _exchanged(word, _STEP_3)


def _exchanged(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in endings:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + instead if _ONE.match(rest) else word
    return word


def _fourth(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            fits = _TWO.match(rest) and (ending != "ion" or rest.endswith(("s", "t")))
            return rest if fits else word
    return word


def _fifth(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _TWO.match(rest) or (_EXACTLY_ONE.match(rest) and not _SHORT.match(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _TWO.match(word[:-1]) else word
