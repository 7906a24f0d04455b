"""Who held which office when: the shipped holders, found by office, by name and by surname."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from winset.actors.tables import first_day, folded, last_day, parts, rows
from winset.actors.types import Office
from winset.ids import ActorId

_LEADERS = frozenset(
    "president;prime minister;premier;chancellor;monarch;supreme leader;pope;foreign minister;secretary general"
    ";commission president;council president;high representative".split(";")
)  # offices whose holders are named by surname alone, without an introduction


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held, with every spelling of its holder."""

    office: Office
    spellings: tuple[str, ...]  # folded; the holder's own first

    def on(self, day: date | None) -> bool:
        """Whether it was held that day; of no day, always."""
        start, end = self.office.start, self.office.end
        return day is None or ((start is None or start <= day) and (end is None or day <= end))


@dataclass(frozen=True)
class Offices:
    """The shipped holders of offices. A question without a day is answered over all time."""

    tenures: tuple[Tenure, ...]

    @cached_property
    def _by_spelling(self) -> dict[str, tuple[Tenure, ...]]:
        return _grouped((spelling, tenure) for tenure in self.tenures for spelling in tenure.spellings)

    @cached_property
    def _by_surname(self) -> dict[str, tuple[Tenure, ...]]:
        return _grouped(
            (surname, tenure)
            for tenure in self.tenures
            if tenure.office.title in _LEADERS
            for surname in {short for spelling in tenure.spellings for short in short_names(spelling)}
        )

    @cached_property
    def _by_actor(self) -> dict[str, tuple[Tenure, ...]]:
        return _grouped((tenure.office.of, tenure) for tenure in self.tenures)

    def on(self, day: date) -> tuple[Office, ...]:
        """Every office held that day."""
        return tuple(tenure.office for tenure in self.tenures if tenure.on(day))

    def named(self, name: str, day: date | None) -> tuple[Office, ...]:
        """Offices that a person of that full name held that day."""
        return tuple(tenure.office for tenure in self._by_spelling.get(folded(name), ()) if tenure.on(day))

    def called(self, surname: str, day: date | None) -> tuple[Office, ...]:
        """Leading offices whose holder goes by that surname; empty where two people do."""
        found = [tenure.office for tenure in self._by_surname.get(folded(surname), ()) if tenure.on(day)]
        return tuple(found) if len({office.holder for office in found}) == 1 else ()

    def holders(self, of: ActorId, titles: Iterable[str], day: date | None) -> tuple[Tenure, ...]:
        """Who held one of these offices of that state or body that day; several where an office has several."""
        wanted = frozenset(titles)
        return tuple(
            tenure for tenure in self._by_actor.get(of, ()) if tenure.office.title in wanted and tenure.on(day)
        )


def short_names(name: str) -> tuple[str, ...]:
    """What a person may be called after the first mention: the surname, with particles and without, or the first word.

    Chinese, Korean and Vietnamese names begin with the surname, and a text does not say which name is of which kind.

    >>> short_names("ursula von der leyen"), short_names("xi jinping")
    (('leyen', 'von der leyen', 'ursula'), ('jinping', 'xi'))
    """
    words = name.split()
    if len(words) == 1:
        return (name,)
    after_given = " ".join(words[1:])
    return tuple(dict.fromkeys((words[-1], after_given, words[0])))


def shipped_offices() -> Offices:
    """The holders in `data/offices`: own facts by the day where known, Wikidata's leaders of 2021-22 by the year."""
    own = [_tenure(row, (row["holder"], *parts(row["other_spellings"]))) for row in rows("offices/offices.csv")]
    leaders = [_tenure(row, (row["holder"],)) for row in rows("offices/leaders_wikidata.csv")]
    return Offices((*own, *leaders))


def _tenure(row: dict[str, str], spellings: tuple[str, ...]) -> Tenure:
    return Tenure(
        Office(
            title=row["title"],
            of=ActorId(row["of"]),
            holder=row["holder"],
            start=first_day(row["start"]),
            end=last_day(row["end"]),
        ),
        tuple(dict.fromkeys(folded(spelling) for spelling in spellings)),
    )


def _grouped(pairs: Iterable[tuple[str, Tenure]]) -> dict[str, tuple[Tenure, ...]]:
    groups: dict[str, list[Tenure]] = {}
    for key, tenure in pairs:
        groups.setdefault(key, []).append(tenure)
    return {key: tuple(group) for key, group in groups.items()}
