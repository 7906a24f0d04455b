"""Words of a text and their word pieces, as BERT's uncased vocabulary cuts them.

Source: WordPiece, Devlin et al. 2019, section 3; the longest piece first. The vocabulary comes with the weights.
Our own few lines because the library that does this brings a model hub's client with it, and with that
35 MB and a way to the network; tests hold them against that library.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST_WORD = 100  # characters; BERT reads a longer one as unknown
MOST_PIECES = 12  # of one word; addresses and hashes need no more to be told apart
REMEMBERED = 50_000  # words; a text's own words come again and again

# a run of letters and digits, or one sign; ideographs are words of their own
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ebef"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+|[^\s]")


class Case:
    """How a word is written; an uncased vocabulary would not see it otherwise."""

    LOWER, CAPITAL, UPPER = range(3)


class Word(NamedTuple):
    """A word or sign with its place in the text and its pieces."""

    start: int
    end: int
    pieces: tuple[int, ...]
    case: int


@dataclass(slots=True)
class WordPieces:
    """A vocabulary; `words` reads a text with it."""

    vocabulary: Mapping[str, int]
    _known: dict[str, tuple[tuple[int, ...], int]] = field(default_factory=dict)

    def words(self, text: str, start: int, end: int) -> Iterator[Word]:
        """The words of `text[start:end]`; control characters and stray accents are none. Cost: linear."""
        known = self._known
        for match in _WORD.finditer(text, start, end):
            written = match.group()
            entry = known.get(written)
            if entry is None:
                entry = self._look_up(written)
                if len(known) < REMEMBERED and len(written) <= LONGEST_WORD:
                    known[written] = entry
            if entry[0]:
                yield Word(match.start(), match.end(), *entry)

    def _look_up(self, written: str) -> tuple[tuple[int, ...], int]:
        if len(written) > LONGEST_WORD:
            return (self.vocabulary["[UNK]"],), Case.LOWER
        plain = "".join(
            sign
            for sign in unicodedata.normalize("NFD", written.lower())
            if unicodedata.category(sign) not in ("Mn", "Cc", "Cf", "Cs", "Co", "Cn") and sign != "\ufffd"
        )
        if not plain:
            return (), Case.LOWER
        return self._cut(plain), _case(written)

    def _cut(self, plain: str) -> tuple[int, ...]:
        pieces: list[int] = []
        at = 0
        while at < len(plain):
            prefix = "##" if at else ""
            for end in range(len(plain), at, -1):
                piece = self.vocabulary.get(prefix + plain[at:end])
                if piece is not None:
                    pieces.append(piece)
                    at = end
                    break
            else:
                return (self.vocabulary["[UNK]"],)
        return tuple(pieces[:MOST_PIECES])


def _case(written: str) -> int:
    if not written[0].isupper():
        return Case.LOWER
    return Case.UPPER if len(written) > 1 and written.isupper() else Case.CAPITAL
