"""The language of a text: py3langid, where there is enough text to say."""

from __future__ import annotations

import re
from math import exp

LETTERS_NEEDED = 40  # fewer letters than a short sentence decide nothing, except in scripts of few languages
SCRIPT_LETTERS_NEEDED = 8
SURE = 0.8  # share of the likelihood that the best language must hold
SAMPLE = 20_000  # code points; more text only repeats the answer
NO_LANGUAGE = "zxx"  # numbers, markup, identifiers

_LETTER = re.compile(r"[^\W\d_]")
_BEYOND_LATIN = re.compile(r"[\u0370-\uffdc]")


def language(text: str) -> str | None:
    """The text's language as BCP 47 ("en", "ja"), or None where it is too short or too mixed to say.

    Source: Lui and Baldwin (2012), langid.py, in Barbaresi's py3langid with its 139 languages.

    >>> language("The ministers will meet again on Thursday to vote on the plan.")
    'en'
    >>> language("Oslo 2023") is None
    True
    """
    sample = text[:SAMPLE]
    letters = _LETTER.findall(sample)
    beyond_latin = sum(1 for letter in letters if _BEYOND_LATIN.match(letter))
    if len(letters) < LETTERS_NEEDED and beyond_latin < SCRIPT_LETTERS_NEEDED:
        return None
    best, share = _ranked(sample)
    return best if share >= SURE and best != NO_LANGUAGE else None


def _ranked(sample: str) -> tuple[str, float]:
    import py3langid

    scores = [(str(name), float(score)) for name, score in py3langid.rank(sample)]
    best, top = max(scores, key=lambda pair: pair[1])
    return best, 1 / sum(exp(score - top) for _, score in scores)
