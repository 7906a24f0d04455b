"""Whom a case hears: every actor, expert and crowd with its speakers, and the sources that a person should check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from winset.actors.spoken import Attributed
from winset.actors.tables import folded
from winset.actors.types import MACHINE, Identification, SpeaksAs, Standing
from winset.ids import ActorId, DocumentId

UNSURE = 0.5  # score below which a person should look


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A statement with who its source is taken to be."""

    statement: Attributed
    who: Identification

    @property
    def words(self) -> str:
        """The source's own words; "" where the text names nobody."""
        return self.statement.source.exact if self.statement.source else ""

    @property
    def to_check(self) -> bool:
        """Whether the machine found nobody, or is not sure, and no person has said who it is."""
        if self.who.by != MACHINE or self.statement.source is None:
            return False
        return self.is_lost or (self.who.is_somebody and self.who.score < UNSURE)

    @property
    def is_lost(self) -> bool:
        """Whether it belongs to nobody, by the machine or by a person's word."""
        return self.who.speaks_as is SpeaksAs.UNRESOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person who spoke for an actor."""

    name: str
    roles: tuple[str, ...]  # the most frequent first
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One actor, expert, medium, crowd or unresolved source with all that it said."""

    label: str  # "France", "expert: Hill Institute"; of an unresolved one the source's own words
    actor_id: ActorId | None
    speaks_as: SpeaksAs
    standing: Standing
    sources: tuple[Source, ...]

    @property
    def documents(self) -> tuple[DocumentId, ...]:
        """Where it is heard, in their order."""
        return tuple(dict.fromkeys(source.statement.document_id for source in self.sources))

    @property
    def lowest_score(self) -> float:
        """Of its statements."""
        return min(source.who.score for source in self.sources)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """By name, the one who said most first."""
        found: dict[str, list[Identification]] = {}
        for source in self.sources:
            if source.who.speaker is not None:
                found.setdefault(source.who.speaker, []).append(source.who)
        rows = [
            Speaker(name=name, roles=_frequent(each.role for each in said if each.role), statements=len(said))
            for name, said in found.items()
        ]
        return tuple(sorted(rows, key=lambda row: -row.statements))

    @property
    def rules(self) -> tuple[tuple[str, int], ...]:
        """What decided, with the number of statements, the most frequent first."""
        return tuple(Counter(source.who.rule for source in self.sources).most_common())

    @property
    def roles(self) -> tuple[str, ...]:
        """Of those who spoke without a name."""
        return _frequent(source.who.role for source in self.sources if source.who.role and source.who.speaker is None)


def heard(sources: Sequence[Source]) -> tuple[Heard, ...]:
    """One row for each label, the one with most statements first; unresolved sources by their words."""
    rows: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        rows.setdefault(_key(source), []).append(source)
    found = (_heard(row) for row in rows.values())
    return tuple(sorted(found, key=lambda row: (-len(row.sources), folded(row.label))))


def to_check(sources: Iterable[Source]) -> tuple[Heard, ...]:
    """Sources to check by the words they have and the actor they were taken for, the most frequent first."""
    rows: dict[tuple[str, str | None], list[Source]] = {}
    for source in sources:
        if source.to_check:
            rows.setdefault((folded(source.words), source.who.represents), []).append(source)
    found = (_heard(row) for row in rows.values())
    return tuple(sorted(found, key=lambda row: (-len(row.sources), folded(row.sources[0].words))))


def _key(source: Source) -> tuple[str, str]:
    who = source.who
    if who.actor_id is not None:
        return "actor", who.actor_id
    return ("label", folded(who.represents)) if who.represents is not None else ("words", folded(source.words))


def _heard(sources: Sequence[Source]) -> Heard:
    who = sources[0].who
    return Heard(
        label=who.represents or sources[0].words,
        actor_id=who.actor_id,
        speaks_as=who.speaks_as,
        standing=who.standing,
        sources=tuple(sources),
    )


def _frequent(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word, _ in Counter(words).most_common())
