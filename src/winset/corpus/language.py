"""The language of a text: py3langid, where there is enough text to say."""

from __future__ import annotations

import re
from math import exp

LETTERS_NEEDED = 40  # fewer letters than a short sentence decide nothing, except in scripts of few languages
SCRIPT_LETTERS_NEEDED = 8
SURE = 0.8  # share of the likelihood that the best language must hold
SAMPLE = 20_000  # code points; more text only repeats the answer
ENGLISH = "en"
NO_LANGUAGE = "zxx"  # numbers, markup, identifiers

ENGLISH_WORDS = frozenset(  # common in English, rare in what other languages write with Latin letters
    """
    the and of to that with for from this which were has have had been will would could should said they their his its
    not but by it he she who what there than when while because our you your about into after before it's don't
    """.split()
)
ENGLISH_SHARE = 0.1  # of all words; a third is usual, and at most a twentieth in other languages
FEWEST_WORDS = 6
WORDS_SAMPLE = 2_000  # code points
NAMES_SHARE = 0.75  # of the words with a capital: more are a list of names, which are of no language
CREOLES = frozenset({"pcm"})  # what headlines full of names are taken for
CREOLE_LETTERS = 200

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
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
    if plainly_english(sample):
        return ENGLISH
    letters = _LETTER.findall(sample)
    beyond_latin = sum(1 for letter in letters if _BEYOND_LATIN.match(letter))
    if len(letters) < LETTERS_NEEDED and beyond_latin < SCRIPT_LETTERS_NEEDED:
        return None
    if _lists_names(sample):
        return None
    best, share = _ranked(sample)
    if best in CREOLES and len(letters) < CREOLE_LETTERS:
        return None
    return best if share >= SURE and best != NO_LANGUAGE else None


def plainly_english(text: str) -> bool:
    """Whether so many of its first words are English ones that no other language need be thought of.

    False says nothing: headlines and lists hold few such words.  Cost: microseconds, whatever the text's length.

    >>> plainly_english("They said that the vote was theirs."), plainly_english("Oslo 2023")
    (True, False)
    """
    words = _WORD.findall(text[:WORDS_SAMPLE].lower().replace("’", "'"))
    if len(words) < FEWEST_WORDS:
        return False
    return sum(word in ENGLISH_WORDS for word in words) >= ENGLISH_SHARE * len(words)


def _lists_names(text: str) -> bool:
    words = _WORD.findall(text[:WORDS_SAMPLE])
    named = sum(1 for word in words if word[:1].isupper() and not word.isupper())
    return named > NAMES_SHARE * len(words)


def mostly_other_script(text: str) -> bool:
    """Whether most letters of its beginning are neither Latin nor marks."""
    if text.isascii():
        return False
    letters = _LETTER.findall(text[:WORDS_SAMPLE])
    return sum(_BEYOND_LATIN.match(letter) is not None for letter in letters) > len(letters) / 2


def _ranked(sample: str) -> tuple[str, float]:
    import py3langid

    scores = [(str(name), float(score)) for name, score in py3langid.rank(sample)]
    best, top = max(scores, key=lambda pair: pair[1])
    return best, 1 / sum(exp(score - top) for _, score in scores)
