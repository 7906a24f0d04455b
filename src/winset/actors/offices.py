"""Who held which office when: the shipped holders, found by office, by name and by surname."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from winset.actors.tables import first_day, folded, last_day, parts, rows
from winset.actors.types import Office
from winset.ids import ActorId

_WHOLE = len("2024-10-01")  # a date known to the day
TABLES = ("leaders", "ministers", "offices")  # own facts, all of one form
_WIKIDATA = "leaders_wikidata"

_LEADERS = frozenset(
    "president;prime minister;premier;chancellor;monarch;supreme leader;pope;foreign minister;secretary general"
    ";commission president;council president;high representative".split(";")
)  # offices whose holders are named by surname alone, without an introduction
_SURNAME_FIRST = frozenset("CHN TWN KOR PRK VNM KHM SGP".split())  # also written the other way round: Jae-myung Lee
_SURNAME_LAST = frozenset("HUN JPN".split())  # written here given name first, at home the other way round
_BY_FIRST_NAME = frozenset("BRN ERI ETH IDN ISL LAO MMR MNG MYS THA".split())  # the first word is the name for short
_FATHER_FOLLOWS = frozenset(("bin", "ibn"))


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held, with every spelling of its holder.

    The office's dates are the widest that the table allows: "2024" began on 1 January.  `surely_from` and
    `surely_until` are the narrowest: "2024" began by 31 December, and who is still in office was so when last checked.
    """

    office: Office
    spellings: tuple[str, ...]  # folded; the holder's own first
    acting: bool = False  # in place of a holder who is not there, or until one is chosen
    surely_from: date | None = None  # None: as the office says
    surely_until: date | None = None

    def on(self, day: date | None) -> bool:
        """Whether it may have been held that day; of no day, always."""
        start, end = self.office.start, self.office.end
        return day is None or ((start is None or start <= day) and (end is None or day <= end))

    def certain_on(self, day: date | None) -> bool:
        """Whether the table vouches for it that day: within its dates as precise as they are, and no later than
        the holder was last checked.  Of no day, never.
        """
        return (
            day is not None
            and self.on(day)
            and (self.surely_from is None or self.surely_from <= day)
            and (self.surely_until is None or day <= self.surely_until)
        )

    def ended_before(self, day: date) -> bool:
        """Whether it was over by that day."""
        return self.office.end is not None and self.office.end < day


@dataclass(frozen=True)
class Offices:
    """The shipped holders of offices. A question without a day is answered over all time.

    On the day of a handover both hold it, unless the table knows the last day of the one before.
    """

    tenures: tuple[Tenure, ...]

    @cached_property
    def _by_spelling(self) -> dict[str, tuple[Tenure, ...]]:
        return _grouped(
            (order, tenure)
            for tenure in self.tenures
            for order in {order for spelling in tenure.spellings for order in _orders(spelling, tenure.office.of)}
        )

    @cached_property
    def _by_surname(self) -> dict[str, tuple[Tenure, ...]]:
        return _grouped(
            (surname, tenure)
            for tenure in self.tenures
            if tenure.office.title in _LEADERS
            for surname in {short for spelling in tenure.spellings for short in _surnames(spelling, tenure.office.of)}
        )

    @cached_property
    def _by_actor(self) -> dict[str, tuple[Tenure, ...]]:
        return _grouped((tenure.office.of, tenure) for tenure in self.tenures)

    def on(self, day: date) -> tuple[Office, ...]:
        """Every office held that day."""
        return tuple(tenure.office for tenure in self.tenures if tenure.on(day))

    def tenures_of(self, name: str, day: date | None) -> tuple[Tenure, ...]:
        """What anybody of that full name held that day, surname first or last; two people of one name both count."""
        return tuple(tenure for tenure in self._by_spelling.get(folded(name), ()) if tenure.on(day))

    def named(self, name: str, day: date | None) -> tuple[Office, ...]:
        """Offices that anybody of that full name held that day: of two people, where two share it and the day."""
        return tuple(tenure.office for tenure in self.tenures_of(name, day))

    def called(self, surname: str, day: date | None) -> tuple[Office, ...]:
        """Leading offices whose holder goes by that surname; empty where two people do."""
        found = [tenure.office for tenure in self._by_surname.get(folded(surname), ()) if tenure.on(day)]
        return tuple(found) if _one_person(found) else ()

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


def _surnames(name: str, of: str) -> Iterator[str]:
    """What a holder is called without an introduction; a given name only where it is the custom.

    >>> list(_surnames("andres manuel lopez obrador", "MEX"))
    ['manuel lopez obrador', 'lopez obrador', 'obrador']
    >>> list(_surnames("kim jong un", "PRK")), list(_surnames("tamim bin hamad", "QAT"))
    (['jong un', 'un', 'kim'], ['bin hamad'])
    """
    words = name.split()
    for place in range(1, len(words)):
        if words[place - 1] not in _FATHER_FOLLOWS:  # "Salman" is another than Mohammed bin Salman
            yield " ".join(words[place:])
    if len(words) == 1 or of in _SURNAME_FIRST or of in _BY_FIRST_NAME:
        yield words[0]


def _orders(name: str, of: str) -> tuple[str, ...]:
    """A full name with its surname first and last, where both are usual.

    >>> _orders("viktor orban", "HUN"), _orders("xi jinping", "CHN"), _orders("emmanuel macron", "FRA")
    (('viktor orban', 'orban viktor'), ('xi jinping', 'jinping xi'), ('emmanuel macron',))
    """
    words = name.split()
    if len(words) > 1 and of in _SURNAME_LAST:
        return name, " ".join((words[-1], *words[:-1]))
    if len(words) > 1 and of in _SURNAME_FIRST:
        return name, " ".join((*words[1:], words[0]))
    return (name,)


def _one_person(offices: Iterable[Office]) -> bool:
    """Whether the offices are surely one person's: one name, and of one state, for a namesake may rule another."""
    held = tuple(offices)
    states = {office.of for office in held if office.of.isupper()}
    return len({office.holder for office in held}) == 1 and len(states) <= 1


def shipped_offices() -> Offices:
    """The holders in `data/offices`: own facts by the day where known, and Wikidata's leaders of 2021-22 by the year
    for offices that the former leave open.
    """
    own = (_tenure(row) for table in TABLES for row in rows(f"offices/{table}.csv"))
    return Offices((*own, *(_tenure(row) for row in rows(f"offices/{_WIKIDATA}.csv"))))


def _tenure(row: dict[str, str]) -> Tenure:
    holder, others = row["holder"], row.get("other_spellings")
    names = (holder, *parts(others)) if others else (holder,)
    start, surely_from = _days(row["start"])
    surely_until, end = _days(row["end"])
    return Tenure(
        Office(title=row["title"], of=ActorId(row["of"]), holder=holder, start=start, end=end),
        tuple([folded(name) for name in names]),
        row.get("acting") == "1",
        surely_from,
        surely_until or _days(row.get("checked_on", ""))[0],
    )


@cache
def _days(cell: str) -> tuple[date | None, date | None]:
    """The first and the last day that a partial date may mean; one who leaves mostly does so as the next begins."""
    if len(cell) == _WHOLE:
        day = date.fromisoformat(cell)
        return day, day
    return first_day(cell), last_day(cell)


def _grouped(pairs: Iterable[tuple[str, Tenure]]) -> dict[str, tuple[Tenure, ...]]:
    groups: dict[str, list[Tenure]] = {}
    for key, tenure in pairs:
        groups.setdefault(key, []).append(tenure)
    return {key: tuple(group) for key, group in groups.items()}
