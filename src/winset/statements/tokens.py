"""Words and marks of one sentence, with their places and whether they are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from winset.statements.quotations import Quotation

# the brackets of a Markdown link stand between words without parting them: "[Oslo](https://...) said"
_MARKUP = r"(?P<markup>\]\([^()\s]{0,500}\)|\[(?=[^\[\]\n]{1,300}\]\())"
_TOKEN = re.compile(
    _MARKUP + r"|(?:[A-Z]\.){2,}(?![^\W_])"  # U.S.
    r"|(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Adm|Amb|Rev|Hon|St|Jr|Sr|Sgt|Maj|No|[A-Z])\.(?=\s)"
    r"|[^\W_]+(?:[.’'\-–&/][^\W_]+)*"
    r"|[^\w\s]|_"
)


class Token(NamedTuple):
    """A word (possessive 's split off) or a mark."""

    start: int
    end: int
    text: str
    lower: str
    quote: int  # number of the quotation it stands in, -1 outside; the marks themselves count as inside

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or digit."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with an upper-case letter."""
        return self.text[0].isupper()


def tokens(text: str, start: int, end: int, marks: Sequence[Quotation]) -> list[Token]:
    """The tokens of `text[start:end]`; `marks` are the quotations that touch it, in order."""
    found: list[Token] = []
    quote, last = 0, len(marks)
    for match in _TOKEN.finditer(text, start, end):
        if match.lastgroup:
            continue  # markup
        at, word = match.start(), match.group()
        while quote < last and marks[quote].end <= at:
            quote += 1
        inside = quote if quote < last and marks[quote].start <= at else -1
        if len(word) > 2 and word[-1] in "sS" and word[-2] in "'’":  # noqa: PLR2004 - the two characters of 's
            # a possessive ending is a word of its own: it tells a source from what it says
            cut = match.end() - 2
            found.append(_token(at, word[:-2], inside))
            at, word = cut, word[-2:]
        found.append(_token(at, word, inside))
    return found


def next_word(words: Sequence[Token], at: int) -> str:
    """The word at a place in lower case, "" behind the end."""
    return words[at].lower if at < len(words) else ""


def quotation_at(words: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Token range of the quotation that stands at a place, from there on; None where none does."""
    if at >= len(words) or words[at].quote < 0:
        return None
    end = next((place for place in range(at, len(words)) if words[place].quote != words[at].quote), len(words))
    return at, end


def _token(start: int, word: str, quote: int) -> Token:
    return Token(start, start + len(word), word, word.lower().replace("’", "'"), quote)
