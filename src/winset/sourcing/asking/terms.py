"""The terms of a text: stems of its words, and one term for each actor it names, however it is named there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from winset.sourcing.asking.stems import stem

if TYPE_CHECKING:
    from datetime import date

    from winset.actors.registry import Registry

Span = tuple[int, int]

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[.,]\d+)*")  # "U.S.", "1.5", "350,000"
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W_]+")
ACTOR = "actor9"  # with what the term of an actor begins, as no word does
_STAND_FOR = frozenset(("capital", "metonym"))  # kinds of alias
_ALSO_WORDS = frozenset(  # surnames that are words where a sentence begins with them
    "May March Will Bush Major Brown Rice Long Young King Bishop Pope Park Fox Hunt Cook Baker Carter Ban Li Sun Song"
    " An In So No Are Do Un Than Kim".split()
)
_LONGEST = 60  # letters of a term; the rest of an address or a hash tells nothing
EMPTY = frozenset(  # words that stand in every text
    "a about after again all also although am an and any are as at be because been before being between both but by"
    " can cannot could did do does doing done down during each either else ever every few for from further get gets"
    " got had has have having he her here hers him his how however i if in into is it its itself just last let like"
    " made make makes making many may me might more most much must my neither no nor not now of off often on once one"
    " only onto or other our out over own per rather same shall she should since so some such than that the their"
    " theirs them then there these they this those though through to too toward towards under until up upon very"
    " was way we well were what when where whether which while who whom whose why will with within without would yet"
    " you your yes s t d ll re ve m".split()
)


def written(text: str, start: int = 0, end: int | None = None) -> Iterable[tuple[int, str]]:
    """The words of `text[start:end]` in lower case without accents, each with its place.  Cost: linear."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield match.start(), plain(match.group())


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """Lower case, no accents, no stops within.

    >>> plain("Brasília"), plain("U.S."), plain("350,000"), plain("1.5")
    ('brasilia', 'us', '350000', '1d5')
    """
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in decomposed if sign.isalnum() or sign in ".,")
    word = word.lower()
    if word[:1].isdigit():
        return word.replace(",", "").replace(".", "d")[:_LONGEST]  # one term, for whatever cuts at stops
    return word.replace(".", "")[:_LONGEST]


def terms(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Stems of the words that tell something, in order, repeated ones too.

    >>> terms("The ministers have been opposing it.")
    ['minist', 'oppos']
    """
    return [stem(word) for _, word in written(text, start, end) if word and word not in EMPTY]


def actor_term(actor_id: str) -> str:
    """The one term under which an actor stands in the index.

    >>> actor_term("KOR"), actor_term("african-group")
    ('actor9kor', 'actor9africangroup')
    """
    return ACTOR + "".join(filter(str.isalnum, actor_id.lower()))


class Named:
    """Whom a text names: states and bodies by name, capital, demonym or metonym, and leaders by their surname."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._leaders: dict[tuple[str, date | None], str | None] = {}

    def within(self, text: str, *, on: date | None = None) -> list[tuple[int, int, str]]:
        """Half-open places and actor ids, in order.

        on: the day whose leaders are meant; None: a surname counts where all who ever led under it speak for one actor.
        Cost: linear.
        """
        found = [(m.start, m.end, str(m.actor_id)) for m in self._registry.mentions(text, on=on)]
        taken = [(start, end) for start, end, _ in found]
        for match in _CAPITALISED.finditer(text):
            leads = self._leads(match.group(), on)
            if leads is not None and not _inside(match.start(), taken):
                found.append((*match.span(), leads))
        return sorted(found)

    def plainly(self, text: str) -> str:
        """The text with the state's or organisation's name for its capital or seat: "France" for "Paris"."""
        for mention in reversed(self._registry.mentions(text)):
            if mention.alias.kind in _STAND_FOR:
                text = f"{text[: mention.start]}{self._registry.label(mention.actor_id)}{text[mention.end :]}"
        return text

    def _leads(self, surname: str, on: date | None) -> str | None:
        key = (surname, on)
        if surname in _ALSO_WORDS:
            return None
        if key not in self._leaders:
            offices = self._registry.holders.called(surname, on)
            of = {office.of for office in offices}
            self._leaders[key] = str(next(iter(of))) if len(of) == 1 else None
        return self._leaders[key]


def _inside(place: int, taken: Sequence[Span]) -> bool:
    from bisect import bisect_right

    at = bisect_right(taken, place, key=lambda span: span[0]) - 1
    return at >= 0 and place < taken[at][1]


def beginnings(question: str) -> tuple[str, ...]:
    """The words of a question that say something, each once, as beginnings of words for a search.

    >>> beginnings("Who opposes the fuel levy, and why?")
    ('oppos*', 'fuel*', 'levy*')
    """
    words = ["".join(filter(str.isalnum, word)).lower() for word in question.split()]
    stems = [stem(word) if word.startswith(stem(word)) else word for word in words if word and word not in EMPTY]
    return tuple(dict.fromkeys(f"{each}*" for each in stems))
