"""Where people are named: in full, or by one name. Asked through `Reading`, which has looked once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.actors.places import Place, Places, Span
from winset.actors.tables import rows

NameWord = tuple[int, int, bool]  # a capitalised word, half-open, and whether it may be part of a person's name

_CAPITAL, _SMALL = "A-ZÀ-ÖØ-ÞĀ-Ž", "a-zß-öø-ÿā-ž"
_LETTERS = rf"[{_CAPITAL}][\w'-]*[{_SMALL}]\w*"
_TOKEN = (
    rf"(?:(?:al|el|as|ad|ash|ul)-{_LETTERS}|{_LETTERS}|[A-Z]\.(?:-?[A-Z]\.)?|[A-Z]{{2}}(?=\s[A-Z][a-z])|U(?=\s[A-Z]))"
)
_WORD = re.compile(rf"(?<![\w-]){_TOKEN}")
_CAPITALISED = re.compile(  # the same without articles before a hyphen: begins with a set of letters, so found fast
    rf"[{_CAPITAL}](?<![\w-].)(?:[\w'-]*[{_SMALL}]\w*|(?<=[A-Z])(?:\.(?:-?[A-Z]\.)?|[A-Z](?=\s[A-Z][a-z]))"
    rf"|(?<=U)(?=\s[A-Z]))"
)
_ARTICLE = re.compile(rf"-(?:(?<=al-)|(?<=el-)|(?<=as-)|(?<=ad-)|(?<=ul-)|(?<=ash-))(?=[{_CAPITAL}])")
_PARTICLES = re.compile(
    r"\s(?:(?:de|da|dos|del|della|di|du|van|von|der|den|ter|ten|bin|bint|ibn|al|el|la|le|zu|af|y|e)\s){1,3}"
)
_ELIDED = frozenset({" d'", " D'", " l'", " L'"})  # Giscard d'Estaing
_LONGEST_PARTICLES = len(" della della della ")
_SURNAME_PARTICLE = r"(?:[Vv]on|[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Aa]l|[Dd]i|[Dd]el|[Ll]e)\s"
_SURNAME = re.compile(rf"(?<![\w-])(?:{_SURNAME_PARTICLE}){{0,2}}{_TOKEN}(?![\w-])")
_PARTICLES_BEFORE = re.compile(rf"(?<![\w-])(?:{_SURNAME_PARTICLE}){{1,2}}\Z")
_AFTER_PARTICLE = tuple(
    f"{word} " for word in "von Von van Van de De den Den der Der al Al di Di del Del le Le".split()
)
_LONGEST_BEFORE = len("von der ")
_NO_NAME = frozenset(row["word"] for row in rows("names/capitalised_words.csv"))  # titles, months, heads of sentences
_PARTICLE_FIRST = frozenset("Von Van De Der Den Del Di Le La El Al Du Bin".split())
_FEWEST, _MOST = 2, 5  # words of a full name: given name and surname, to double names


def name_words(text: str, taken: Places[Place], start: int, end: int) -> list[NameWord]:
    """The words in the stretch that begin with a capital, in order, and whether each may be part of a name.

    text: with typewriter apostrophes.  taken: words that belong to no person's name.  Cost: linear.
    """
    pattern = _WORD if "-" in text and _ARTICLE.search(text, start, end) else _CAPITALISED
    words = [(match.start(), match.end(), match.group()) for match in pattern.finditer(text, start, end)]
    return [(at, stop, not (_plain(word) in _NO_NAME or taken.touches(at, stop))) for at, stop, word in words]


def full_names(text: str, words: Sequence[NameWord]) -> Iterator[Place]:
    """Places of full names: two capitalised words at least, particles between them, no title, state or organisation.

    words: those of the text, or of the stretch asked about.
    """
    name: list[Span] = []
    for start, end, may_be in words:
        if name and not (may_be and _joined(text, name[-1][1], start)):
            yield from _full(text, name)
            name = []
        if may_be:
            name.append((start, end))
    yield from _full(text, name)


def single_names(
    text: str, words: Sequence[NameWord], taken: Places[Place], full: Places[Place], *, within: Span
) -> Iterator[Place]:
    """Places of names of one word, with its particles: "Merkel", "von der Leyen"; parts of full names are left out.

    words: those of the stretch `within`, as `full_names` takes them.
    """
    reached, end = within
    for at, stop, may_be in words:
        if at < reached:
            continue
        if _alone(text, at, stop, end):
            if may_be and not full.touches(at, stop):
                yield Place(at, stop - _possessive(text[at:stop]))
            continue
        before = _PARTICLES_BEFORE.search(text, max(reached, at - _LONGEST_BEFORE), at)
        match = _SURNAME.search(text, before.start() if before else at, end)
        if match is None:
            return
        reached = match.end()
        if not full.touches(*match.span()) and not _no_name(text, taken, match.span()):
            yield Place(match.start(), reached - _possessive(match.group()))


def bare(name: str) -> str:
    """A name without the possessive."""
    return name.removesuffix("'s").removesuffix("'")


def _joined(text: str, end: int, start: int) -> bool:
    """Whether only a space, or particles, stand between the words of a name."""
    if start - end == 1:
        return text[end].isspace()
    if text[end:start] in _ELIDED:
        return True
    return start - end <= _LONGEST_PARTICLES and _PARTICLES.fullmatch(text, end, start) is not None


def _alone(text: str, at: int, stop: int, end: int) -> bool:
    """Whether a word is surely all of a name of one word: no particle stands before it, nor is it one."""
    if stop < end and (text[stop] == "-" or text[stop].isalnum()):
        return False
    if text[at:stop] in _PARTICLE_FIRST:
        return False
    return text[at - 2 : at - 1] not in "nrlei" or not text.endswith(_AFTER_PARTICLE, 0, at)


def _full(text: str, tokens: list[Span]) -> Iterator[Place]:
    while tokens and text[tokens[0][0] : tokens[0][1]] in _PARTICLE_FIRST:
        tokens = tokens[1:]  # "Von der Leyen" at the head of a sentence is a surname
    if _FEWEST <= len(tokens) <= _MOST:
        start, end = tokens[0][0], tokens[-1][1]
        yield Place(start, end - _possessive(text[start:end]))


def _possessive(name: str) -> int:
    """How many characters of it are the possessive ending."""
    return len(name) - len(bare(name))


def _no_name(text: str, taken: Places[Place], token: Span) -> bool:
    return _plain(text[token[0] : token[1]]) in _NO_NAME or taken.touches(*token)


def _plain(word: str) -> str:
    return bare(word).rstrip(".")
