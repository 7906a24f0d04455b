"""News media and agencies by their names: where a text mentions one, and which one an address belongs to."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from winset.statements.first_words import FirstWords, Found, first_word, first_words

LONGEST_ALIAS = 60  # characters
_SHORTEST_SLIP, _LONG = 5, 8  # letters of a word that may have one slip, and two
_NAME_WORD = re.compile(r"[A-ZÀ-Þ][^\W_]*|\b(?:de|of|du|di|la)\b")
_CONTEXT = 40  # characters on either side in which an ambiguous name must be shown to be a medium
_NAMED_BEFORE = re.compile(
    r"(?:according to|told|citing|cites?|quot(?:ed|ing)(?: by| in)?|as per|spoke to|speaking to|speaks to"
    r"|(?:reported|cited|published|revealed|written|interviewed) (?:by|in)|interview (?:with|in|to|for|by)"
    r"|(?:article|report|reporting|story|piece|editorial|op-ed|column|commentary|essay) (?:by|in|for|from|of)"
    r"|writ(?:ing|es|ten|e) (?:in|for)|(?:editor|correspondent|journalist|reporter|columnist) (?:of|for|from|at|with)"
    r"|newspaper|magazine|daily|weekly|broadcaster|agency|journal|outlet|affiliated|source:|Photo:|Image:)"
    r"\s(?:the\s)?[“‘\"'*_]?\Z|[/(]\Z",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"[”’\"'*_]?(?:['’]s)?\s(?:newspaper|magazine|daily|weekly|journal|news agency|broadcaster|website|outlet"
    r"|tabloid|news|report(?:s|ed|edly|er|ing)?|article|story|interview|editorial|column|columnist|correspondent|journalist"
    r"|revealed|reveals|wrote|writes|quoted|quotes|cited|cites|published|publishes|(?:has|had|first) reported)\b|\)"
)
_FROM = r"(?:(?:a|an|the|one|this|that|its|recent|new|exclusive|earlier|media|news|press)\s+){0,4}"
_WORK = (
    r"(?:reports?|article|articles|story|stories|interview|editorial|commentary|newspaper|magazine|daily|weekly|journal"
    r"|news agency|broadcaster|website|outlet|piece|column|investigation|journalism|reporting|coverage|news)"
)
_PHRASE_BEFORE = re.compile(
    rf"{_FROM}(?:{_WORK}\s+(?:by|in|from|of|at)\s+)?(?:the\s+)?"
    r"(?:(?:(?!journalist|reporter|editor|correspondent|columnist|spokes|former|official)[\w’'-]+\s+){0,5})[“‘\"'*_(]?",
    re.IGNORECASE,
)
_PHRASE_AFTER = re.compile(
    rf"[”’\"'*_)]?(?:['’]s)?(?:\s+{_WORK}){{0,2}}(?:\s+(?:as above|online|\(online\)))?[.,;:]?", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"\b(?:journalist|reporter|editor|correspondent|columnist|spokes\w+|former|officials?|from|with|at|told|to)\b",
    re.IGNORECASE,
)
_AROUND_NAMES = "“”‘’\"'*_.,;:()[] "
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@\s]*@)?([\w.-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A newspaper, magazine, broadcaster, site or news agency."""

    name: str  # the one spelling used in credits and labels
    aliases: tuple[str, ...]  # other names that mean nothing else
    with_care: tuple[str, ...]  # names that mean other things too: "Time", "The Hill"
    domains: tuple[str, ...]
    country: str  # ISO 3166-1 alpha-3
    state_affiliated: bool  # owned or steered by a government or ruling party; public broadcasters on their own are not


@dataclass(frozen=True, slots=True)
class MediumMention:
    """A medium's name in a text, half-open; an article before it counts only where it is part of the name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Alias:
    words: str  # without a leading "The "
    article: bool  # whether "the" or "The" must stand before it
    careful: bool
    names: tuple[str, ...]  # several only where careful: "The Times"


@cache
def media() -> tuple[Medium, ...]:
    """Every medium known by name; compiled from their own mastheads and imprints."""
    lines = files("winset.statements").joinpath("data/media.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Medium(
            name=row["name"],
            aliases=_several(row["aliases"]),
            with_care=_several(row["with_care"]),
            domains=_several(row["domains"]),
            country=row["country"],
            state_affiliated=row["state_affiliated"] == "1",
        )
        for row in csv.DictReader(lines)
    )


def find_media(
    text: str, start: int = 0, end: int | None = None, *, capitals: Sequence[Found] | None = None
) -> tuple[MediumMention, ...]:
    """The media named in `text[start:end]`, in order; the longest name wins, case counts.

    A name with another meaning counts only beside words such as "reported", "newspaper" or "told".
    Of several media with one short name ("the Times") the one mentioned before is meant. Cost: linear.
    capitals: the `capitalised_words` of the stretch, where they are known already.

    >>> find_media("In time, Time magazine asked the Financial Times.")
    (MediumMention(start=9, end=22, name='Time'), MediumMention(start=33, end=48, name='Financial Times'))
    """
    end = len(text) if end is None else end
    found: list[MediumMention] = []
    reached = start
    for at, word in media_words().places(text, start, end, capitals=capitals):
        if at >= reached and (mention := _mention_at(text, _index()[word], at, found, start=start, end=end)):
            found.append(mention)
            reached = mention.end
    return tuple(found)


def canonical_medium(words: str) -> str | None:
    """The one spelling of the medium that `words` as a whole name; None where they name none, or a person at one.

    >>> canonical_medium("the FT"), canonical_medium("a report in Kyodo"), canonical_medium("Time flies")
    ('Financial Times', 'Kyodo News', None)
    """
    words = " ".join(words.split())[: 4 * LONGEST_ALIAS]
    if exact := _exact_names().get(words.strip(_AROUND_NAMES).casefold().removeprefix("the ")):
        return exact
    mentions = find_media(words)
    if len(mentions) != 1 or _PEOPLE.search(before := words[: mentions[0].start]):
        return None
    around = _PHRASE_BEFORE.fullmatch(before) and _PHRASE_AFTER.fullmatch(words[mentions[0].end :])
    return mentions[0].name if around else None


def misspelt_medium(words: str) -> str | None:
    """The medium whose name stands in `words` with a slip of one word; None where none or several come to mind.

    Only for words that surely hold a medium's name, such as an entry of a reference list: a name of two words or
    more, one of which differs by a letter, or by two where it is long. Looks at the first 300 characters.

    >>> misspelt_medium("Finacnial Times, 5 March"), misspelt_medium("Port Times"), misspelt_medium("Kyiv Toast")
    ('Financial Times', None, None)
    """
    said = [match.group().casefold() for match in islice(_NAME_WORD.finditer(words, 0, 300), 40)]
    found = {
        name
        for at in range(len(said))
        for count in (2, 3, 4)
        if at + count <= len(said)
        for name in _with_one_slip(tuple(said[at : at + count]))
    }
    return found.pop() if len(found) == 1 else None


def medium_at(url: str) -> str | None:
    """The medium whose site an address belongs to.

    >>> medium_at("https://www.ft.com/content/1"), medium_at("https://example.org")
    ('Financial Times', None)
    """
    host = _HOST.match(url.strip("<>[]() "))
    labels = host.group(1).lower().split(".") if host else []
    return next((_domains()[site] for at in range(len(labels)) if (site := ".".join(labels[at:])) in _domains()), None)


def _several(field: str) -> tuple[str, ...]:
    return tuple(filter(None, field.split("|")))


@cache
def _exact_names() -> dict[str, str]:
    """Every name, without case and article; a name that two media share only where one is called so in full."""
    names: dict[str, str] = {}
    for medium in media():
        for alias in (medium.name, *medium.aliases):
            names.setdefault(alias.casefold().removeprefix("the "), medium.name)
    for entry in _index_entries():
        if entry.careful and len(entry.names) == 1:
            names.setdefault(entry.words.casefold(), entry.names[0])
    return names


def _with_one_slip(said: tuple[str, ...]) -> Iterator[str]:
    for place, word in enumerate(said):
        for meant, name in _with_one_word_open().get((place, said[:place] + said[place + 1 :]), ()):
            if word != meant and _is_slip(word, meant):
                yield name


@cache
def _with_one_word_open() -> dict[tuple[int, tuple[str, ...]], list[tuple[str, str]]]:
    """Names of several words, by all words but one: that word, and the medium."""
    found: dict[tuple[int, tuple[str, ...]], list[tuple[str, str]]] = {}
    for medium in media():
        for alias in (medium.name, *medium.aliases):
            words = tuple(match.group().casefold() for match in _NAME_WORD.finditer(alias.removeprefix("The ")))
            for place, word in enumerate(words if len(words) > 1 else ()):
                if len(word) >= _SHORTEST_SLIP:
                    found.setdefault((place, words[:place] + words[place + 1 :]), []).append((word, medium.name))
    return found


def _is_slip(word: str, meant: str) -> bool:
    """Whether one or two letters were added, lost or changed, or two neighbours changed places."""
    most = 2 if len(meant) >= _LONG else 1
    if word[0] != meant[0] or abs(len(word) - len(meant)) > most or len(word) > LONGEST_ALIAS:
        return False
    older: list[int] = []
    before = list(range(len(meant) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, other in enumerate(meant, 1):
            cost = min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == meant[column - 2] and word[row - 2] == other
            now.append(min(cost, older[column - 2] + 1) if swapped else cost)
        older, before = before, now
    return before[-1] <= most


@cache
def _domains() -> dict[str, str]:
    return {domain: medium.name for medium in media() for domain in medium.domains}


@cache
def _index_entries() -> tuple[_Alias, ...]:
    owners: dict[tuple[str, bool], list[str]] = {}
    for medium in media():
        for alias in dict.fromkeys((medium.name, *medium.aliases, *medium.with_care)):
            owners.setdefault((alias, alias in medium.with_care), []).append(medium.name)
    return tuple(
        _Alias(alias.removeprefix("The "), alias.startswith("The "), careful, tuple(names))
        for (alias, careful), names in owners.items()
    )


@cache
def _index() -> dict[str, tuple[_Alias, ...]]:
    """Aliases by their first word, the longest first."""
    by_word: dict[str, list[_Alias]] = {}
    for alias in _index_entries():
        first = first_word(alias.words)
        if first:
            by_word.setdefault(first, []).append(alias)
    return {word: tuple(sorted(rows, key=lambda row: (-len(row.words), row.careful))) for word, rows in by_word.items()}


@cache
def media_words() -> FirstWords:
    """The first words of their names, by which they are looked for."""
    return first_words(entry.words for entry in _index_entries())


def _mention_at(
    text: str, aliases: tuple[_Alias, ...], at: int, before: list[MediumMention], *, start: int, end: int
) -> MediumMention | None:
    """The longest of the names that begins at `at`, where a word does."""
    inside_word = at - 1 > start and text[at - 1] in "-.'’" and text[at - 2].isalnum()
    if inside_word or (at > start and text[at - 1] == "_"):
        return None
    for alias in aliases:
        stop = at + len(alias.words)
        if stop > end or not text.startswith(alias.words, at) or _goes_on(text, stop, end):
            continue
        article = at - start >= 4 and text[at - 4 : at] in ("the ", "The ")  # noqa: PLR2004 - length of "the "
        if (alias.article and not article) or (alias.careful and not _shown(text, at, stop, alias.article)):
            continue
        name = alias.names[0] if len(alias.names) == 1 else _meant(alias, before)
        if name:
            return MediumMention(at - 4 if alias.article else at, stop, name)
    return None


def _goes_on(text: str, stop: int, end: int) -> bool:
    """Whether the word goes on behind `stop`: a letter or digit, or a hyphen with one behind it."""
    if stop >= end:
        return False
    return text[stop].isalnum() or (text[stop] == "-" and stop + 1 < end and text[stop + 1].isalnum())


def _shown(text: str, start: int, stop: int, article: bool) -> bool:
    """Whether the words around show that a medium is meant."""
    low = start - 4 if article else start
    before = text[max(0, low - _CONTEXT) : low]
    return _NAMED_BEFORE.search(before) is not None or _NAMED_AFTER.match(text, stop, stop + _CONTEXT) is not None


def _meant(alias: _Alias, before: list[MediumMention]) -> str | None:
    """Of several media with one short name, the one named last before it, else the one called just that."""
    for mention in reversed(before):
        if mention.name in alias.names:
            return mention.name
    full = f"The {alias.words}" if alias.article else alias.words
    return full if full in alias.names else None
