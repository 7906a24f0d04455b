"""Letters that are not what they look like: names in two alphabets, writing that is turned around, signs unseen.

Source: Unicode39, for words in mixed scripts; Boucher2023, for the characters that turn writing around.
"""

from __future__ import annotations

import re
import unicodedata

TURNS = "\u202a-\u202e\u2066-\u2069"  # embed, override or isolate a direction
_UNSEEN = "\u180e\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\u115f\u1160\u3164\uffa0\U000e0000-\U000e007f"
_JOINED = "\u200b\ufeff"  # of use where words are written without spaces; between letters of ours of none

_OUR_LETTER = "A-Za-zªºÀ-ÖØ-öø-\u052f\u1e00-\u1fff"  # Latin, Greek, Cyrillic
_HIDDEN = re.compile(f"[{TURNS}{_UNSEEN}]|(?<=[{_OUR_LETTER}])[{_JOINED}](?=[{_OUR_LETTER}])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ALPHABETS = {  # those whose letters look like each other's
    "Latin": re.compile("[A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Cyrillic": re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]"),
    "Armenian": re.compile("[\u0531-\u058f]"),
    "Cherokee": re.compile("[\u13a0-\u13ff\uab70-\uabbf]"),
}


def hidden(text: str) -> int:
    r"""How many characters of a text turn the direction of writing, or show nothing where a reader expects no gap.

    Joiners, soft hyphens and the marks of writing from the right are not among them: Persian, German and Hebrew
    need them.

    >>> hidden("Fran\u200bce said \u202eon\u202c"), hidden("می\u200cخواهم")
    (3, 0)
    """
    return 0 if text.isascii() else len(_HIDDEN.findall(text))


def seen(text: str) -> str:
    r"""The text with one visible sign for each of those, so that places in it stay what they are.

    >>> seen("Fran\u200bce")
    'Fran\ufffdce'
    """
    return text if text.isascii() else _HIDDEN.sub("\ufffd", text)


def alphabets(words: str) -> tuple[str, ...]:
    """The alphabets of a word that is written in several which look alike; empty where no word is.

    >>> alphabets("Fr\u0430nce and Japan"), alphabets("Москва and Paris")
    (('Latin', 'Cyrillic'), ())
    """
    if words.isascii():
        return ()
    for word in _WORD.findall(unicodedata.normalize("NFC", words)):
        found = tuple(name for name, letters in _ALPHABETS.items() if letters.search(word))
        if len(found) > 1:
            return found
    return ()
