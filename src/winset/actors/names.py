"""Names of states and bodies: the index of every alias, and where a text mentions one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from winset.actors.guards import another_meaning
from winset.actors.tables import parts, plain_quotes, rows
from winset.ids import ActorId

_WORD = re.compile(r"\w+")
_PLURAL = re.compile(
    r"(?:[^\W\d_]*(?:an|ean|i|er|k|ot|elo|ino|nd|om|ro|ard|on|at|ne|al))\Z"
)  # Germans, Pakistanis, Cypriots


class NameKind(StrEnum):
    """What sort of word an alias is, which decides how far it may be trusted as a source."""

    NAME = "name"  # "France", "NATO"
    DEMONYM = "demonym"  # "French"
    PEOPLE = "people"  # "Germans"
    CAPITAL = "capital"  # "Paris"
    METONYM = "metonym"  # "the Kremlin"


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling and the actors it may mean, the likeliest first."""

    words: str
    actor_ids: tuple[ActorId, ...]
    kind: NameKind
    ambiguous: bool = False  # it means other things too: "Congo", "Paris"
    since: date | None = None  # the actor did not exist before


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor's name at a place in a text, half-open."""

    start: int
    end: int
    alias: Alias

    @property
    def actor_id(self) -> ActorId:
        """The likeliest actor."""
        return self.alias.actor_ids[0]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Every alias by its first word, the longest first."""

    by_first_word: dict[str, tuple[Alias, ...]]

    def mentions(self, text: str, start: int, end: int, on: date | None) -> Iterator[Mention]:
        """The names in `text[start:end]`, in order, the longest at each place; case counts. Cost: linear."""
        text = plain_quotes(text)
        reached = start
        for word in _WORD.finditer(text, start, end):
            if word.start() < reached or word.group() not in self.by_first_word or _inside_address(text, word.start()):
                continue
            mention = self._longest_at(text, word.start(), end, on)
            if mention:
                reached = mention.end
                if not another_meaning(text, mention.start, mention.end, mention.alias.words):
                    yield mention

    def _longest_at(self, text: str, at: int, end: int, on: date | None) -> Mention | None:
        for alias in self.by_first_word[_WORD.match(text, at).group()]:  # type: ignore[union-attr]  # a word stands at `at`
            stop = at + len(alias.words)
            if stop > end or not text.startswith(alias.words, at) or text[stop : stop + 1].isalnum():
                continue
            if on is None or alias.since is None or alias.since <= on:
                return Mention(at, stop, alias)
        return None


def _inside_address(text: str, at: int) -> bool:
    """Whether the word belongs to a file name, a domain or a handle."""
    return at > 0 and (text[at - 1] in "@_/#" or (at > 1 and text[at - 1] == "." and text[at - 2].isalnum()))


def name_index(aliases: Iterable[Alias]) -> NameIndex:
    """The index of these aliases; of two with the same words the first is kept."""
    unique: dict[str, Alias] = {}
    for alias in aliases:
        unique.setdefault(alias.words, alias)
    by_word: dict[str, list[Alias]] = {}
    for alias in sorted(unique.values(), key=lambda alias: -len(alias.words)):
        first = _WORD.match(alias.words)
        if first:
            by_word.setdefault(first.group(), []).append(alias)
    return NameIndex({word: tuple(entries) for word, entries in by_word.items()})


def shipped_aliases() -> Iterator[Alias]:
    """Aliases of the shipped tables, the trusted kinds first."""
    yield from _names_of_states()
    yield from _names_of_organisations()
    yield from _further_names()
    yield from _metonyms()
    yield from _capitals()


def _names_of_states() -> Iterator[Alias]:
    for row in rows("countries/countries.csv"):
        actor = (ActorId(row["iso3"]),)
        for words in (row["name"], row["official"], *parts(row["aliases"])):
            yield Alias(plain_quotes(words), actor, NameKind.NAME)
    given = {row["alias"] for row in rows("names/names.csv")}
    for row in rows("countries/countries.csv"):
        for words in parts(row["demonyms"]):
            if words not in given:
                yield Alias(words, (ActorId(row["iso3"]),), NameKind.DEMONYM)
                yield from _plural(words, ActorId(row["iso3"]), ambiguous=False)


def _plural(demonym: str, actor: ActorId, *, ambiguous: bool) -> Iterator[Alias]:
    if _PLURAL.search(demonym):
        yield Alias(f"{demonym}s", (actor,), NameKind.PEOPLE, ambiguous)


def _further_names() -> Iterator[Alias]:
    for row in rows("names/names.csv"):
        ambiguous = row["ambiguous"] == "1"
        yield Alias(plain_quotes(row["alias"]), (ActorId(row["actor"]),), NameKind(row["kind"]), ambiguous)
        if row["kind"] == "demonym":
            yield from _plural(row["alias"], ActorId(row["actor"]), ambiguous=ambiguous)


def _names_of_organisations() -> Iterator[Alias]:
    for row in rows("organisations/organisations.csv"):
        for words in (row["name"], *parts(row["aliases"])):
            bare = plain_quotes(words).removeprefix("the ")
            yield Alias(bare, (ActorId(row["key"]),), NameKind.NAME, since=date.fromisoformat(row["founded"]))


def _metonyms() -> Iterator[Alias]:
    for row in rows("names/metonyms.csv"):
        actors = tuple(ActorId(actor) for actor in parts(row["actors"]))
        kind = NameKind.CAPITAL if row["kind"] == "capital" else NameKind.METONYM
        yield Alias(plain_quotes(row["alias"]), actors, kind, row["ambiguous"] == "1")


def _capitals() -> Iterator[Alias]:
    for row in rows("countries/countries.csv"):
        for words in parts(row["capital"]):
            yield Alias(plain_quotes(words), (ActorId(row["iso3"]),), NameKind.CAPITAL)
