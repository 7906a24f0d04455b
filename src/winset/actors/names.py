"""Names of states and bodies: the index of every alias, and where a text mentions one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from winset.actors.codes import CODES, telling_code
from winset.actors.guards import AMERICAN_CHAMBERS, Guard
from winset.actors.tables import first_day, last_day, parts, plain_quotes, rows
from winset.ids import ActorId
from winset.statements.first_words import FirstWords, Found, first_word, first_words

_SHORTEST = 4  # letters of a name in capitals: a shorter one is more often an abbreviation
_NO_NAMES = frozenset({"MALE"})
_PLURAL = re.compile(
    r"(?:[^\W\d_]*(?:an|ean|i|er|k|ot|elo|ino|nd|om|ro|ard|on|at|ne|al))\Z"
)  # Germans, Pakistanis, Cypriots
_OWNING = frozenset({" ", "'s ", "' ", "'s own "})


class NameKind(StrEnum):
    """What sort of word an alias is, which decides how far it may be trusted as a source."""

    NAME = "name"  # "France", "NATO"
    DEMONYM = "demonym"  # "French"
    PEOPLE = "people"  # "Germans"
    CAPITAL = "capital"  # "Paris"
    METONYM = "metonym"  # "the Kremlin"
    CODE = "code"  # "FRA", "FR"


_CAPITALISED = frozenset({NameKind.NAME, NameKind.CAPITAL})
_KINDS = {kind.value: kind for kind in NameKind}


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling and the actors it may mean, the likeliest first."""

    words: str
    actor_ids: tuple[ActorId, ...]
    kind: NameKind
    ambiguous: bool = False  # it means other things too: "Congo", "Paris"
    since: date | None = None  # first day the word meant the actor, inclusive
    until: date | None = None  # last day, inclusive: "Bonn" meant the government until it moved; None: still

    def holds_on(self, day: date | None) -> bool:
        """Whether the word meant the actor that day; without a day, whether it still does."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


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

    by_first_word: Mapping[str, tuple[Alias, ...]]
    first_words: FirstWords

    def mentions(
        self, text: str, start: int, end: int, on: date | None, *, capitals: Sequence[Found] | None = None
    ) -> Iterator[Mention]:
        """The names in `text[start:end]`, in order, the longest at each place; case counts. Cost: linear.

        capitals: the `capitalised_words` of the stretch, where they are known already.
        """
        text = plain_quotes(text)
        reached, previous, guard = start, None, Guard(text)
        for at, word in self.first_words.places(text, start, end, capitals=capitals):
            if at < reached or _inside_a_word(text, at):
                continue
            mention = _longest_at(self.by_first_word[word], text, at, end, on)
            if mention:
                reached = mention.end
                if _meant(guard, mention, previous):
                    previous = mention
                    yield mention


def _longest_at(entries: tuple[Alias, ...], text: str, at: int, end: int, on: date | None) -> Mention | None:
    for alias in entries:
        stop = at + len(alias.words)
        if stop > end or not text.startswith(alias.words, at):
            continue
        if (behind := text[stop : stop + 1]).isalnum() or behind == "_":
            continue
        if alias.holds_on(on):
            return Mention(at, stop, alias)
    return None


def _inside_a_word(text: str, at: int) -> bool:
    """Whether the word is the end of a longer one, or belongs to a file name, a domain or a handle."""
    if at == 0:
        return False
    before = text[at - 1]
    if before == "/":
        path = text[text.rfind(" ", 0, at) + 1 : at]
        return path.startswith("/") or "." in path or "//" in path
    return before.isalnum() or before in "@_#" or (before == "." and at > 1 and text[at - 2].isalnum())


def _meant(guard: Guard, mention: Mention, previous: Mention | None) -> bool:
    """Whether the words around let the name be the actor's."""
    words, start, end = mention.alias.words, mention.start, mention.end
    if mention.alias.kind is not NameKind.CODE:
        foreign = words in AMERICAN_CHAMBERS and previous is not None and previous.actor_id != mention.actor_id
        if foreign and guard.text[previous.end : start] in _OWNING:  # type: ignore[union-attr]  # there is one
            return False  # Peru's Congress, the Polish Senate
        return not guard.another_meaning(start, end, words)
    named = previous is not None and previous.actor_id == mention.actor_id and guard.text[previous.end : start] == " ("
    return named or telling_code(guard.text, start, end, words)


def name_index(aliases: Iterable[Alias]) -> NameIndex:
    """The index of these aliases; of two with the same words and dates the first is kept.

    Where words have another meaning for a time ("Yugoslavia" from 1992 to 2003), that meaning goes before in this time.
    """
    unique: dict[tuple[str, date | None, date | None], Alias] = {}
    given = tuple(aliases)
    for alias in (*given, *_in_capitals(given)):
        unique.setdefault((alias.words, alias.since if alias.until else None, alias.until), alias)
    by_word: dict[str, list[Alias]] = {}
    for alias in sorted(unique.values(), key=lambda alias: (-len(alias.words), alias.until is None)):
        if first := first_word(alias.words):
            by_word.setdefault(first, []).append(alias)
    return index_by({word: tuple(entries) for word, entries in by_word.items()})


def _in_capitals(aliases: Iterable[Alias]) -> Iterator[Alias]:
    """Names and capitals as datelines and reports of negotiations write them: "NORWAY", "TOKYO"."""
    for alias in aliases:
        words = alias.words.upper()
        if alias.kind in _CAPITALISED and len(words) >= _SHORTEST and words != alias.words and words not in _NO_NAMES:
            yield replace(alias, words=words)


def index_by(by_first_word: Mapping[str, tuple[Alias, ...]]) -> NameIndex:
    """The index of aliases that stand under their first words already."""
    return NameIndex(by_first_word, first_words(alias.words for group in by_first_word.values() for alias in group))


def shipped_aliases() -> Iterator[Alias]:
    """Aliases of the shipped tables, the trusted kinds first."""
    yield from _names_of_states()
    yield from _names_of_organisations()
    yield from _further_names()
    yield from _metonyms()
    yield from _capitals()
    yield from _former_states()
    yield from _codes()


def _names_of_states() -> Iterator[Alias]:
    for row in rows("countries/countries.csv"):
        actor = (ActorId(row["iso3"]),)
        for words in (row["name"], row["official"], *parts(row["aliases"])):
            yield Alias(plain_quotes(words), actor, NameKind.NAME)
    given = {row["alias"] for table in ("names/names.csv", "names/metonyms.csv") for row in rows(table)}
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
        ambiguous, actor = row["ambiguous"] == "1", (ActorId(row["actor"]),)
        since, until = first_day(row["since"]), last_day(row["until"])
        yield Alias(plain_quotes(row["alias"]), actor, NameKind(row["kind"]), ambiguous, since, until)
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
        kind = _KINDS.get(row["kind"], NameKind.METONYM)
        yield Alias(plain_quotes(row["alias"]), actors, kind, row["ambiguous"] == "1")


def _capitals() -> Iterator[Alias]:
    for row in rows("countries/countries.csv"):
        for words in parts(row["capital"]):
            yield Alias(plain_quotes(words), (ActorId(row["iso3"]),), NameKind.CAPITAL)


def _former_states() -> Iterator[Alias]:
    """Names of dissolved states, which mean them on any day, and their capitals while they were."""
    for row in rows("countries/former_states.csv"):
        actor, since, until = (ActorId(row["iso3"]),), first_day(row["since"]), last_day(row["until"])
        names_until = None if row["lasting"] == "1" else until
        for words in (row["name"], row["official"], *parts(row["aliases"])):
            yield Alias(words, actor, NameKind.NAME, since=None if names_until is None else since, until=names_until)
        for words in parts(row["demonyms"]):
            yield Alias(words, actor, NameKind.DEMONYM)
            yield Alias(f"{words}s", actor, NameKind.PEOPLE)
        for words in parts(row["capital"]):
            yield Alias(words, actor, NameKind.CAPITAL, since=since, until=until)


def _codes() -> Iterator[Alias]:
    for code, actor in CODES:
        yield Alias(code, (ActorId(actor),), NameKind.CODE)
