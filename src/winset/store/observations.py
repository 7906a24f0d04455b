"""The statements of a kept case as columns, for many actors and issues at once: plain SQL, no values in between."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from winset.actors.rooms import Room
from winset.actors.types import NOBODY
from winset.ids import PartialDate, content_id
from winset.issues import Issue
from winset.positions.aggregation import Columns
from winset.positions.observations import WORDS, place
from winset.positions.salience import rank
from winset.positions.types import Voice
from winset.statements.media import canonical_medium, medium_at
from winset.store import overruling
from winset.store.addresses import Place
from winset.store.case_store import CaseStore

if TYPE_CHECKING:
    from numpy.typing import NDArray

AT_ONCE = 1_000  # rows held as Python values: few enough to stay near the processor
FETCHED = 10_000  # the same of a server, each time a journey
UNDATED, NOBODYS = 2**31 - 1, -1  # days of what was not on record on the day; number of nobody known

# what most rows have in common becomes NULL or a number in the database, so that Python makes no text of it
_STATEMENTS = """
    SELECT id, document_id,
        CASE WHEN form IN ('direct', 'mixed') THEN 1 ELSE 0 END + CASE WHEN hedged THEN 2 ELSE 0 END,
        NULLIF(CAST(via AS TEXT), '[]'), said_on
    FROM statement WHERE id NOT IN (SELECT statement_id FROM left_out) ORDER BY rank"""
_SOURCES = """
    SELECT statement_id, actor_id,
        CASE WHEN actor_id IS NULL THEN CAST({array}(represents, speaker, speaks_as) AS TEXT) END,
        score, role
    FROM identification ORDER BY rank"""
_STANCES = """
    SELECT statement_id, issue_id, relevance, direction, confidence, firmness,
        CASE WHEN hedged THEN 1 ELSE 0 END + CASE WHEN conditional THEN 2 ELSE 0 END
        + CASE voice WHEN 'own' THEN 0 WHEN 'reported' THEN 4 WHEN 'ascribed' THEN 8 END, rung
    FROM stance ORDER BY rank"""
_ARRAY = {"sqlite": "json_array", "postgresql": "json_build_array"}  # the JSON of some values
_VOICES = (Voice.OWN, Voice.REPORTED, Voice.ASCRIBED)
_NEVER = 2**30  # the number of a day after all others: not known


def columns(
    case: CaseStore | Place | str,
    *,
    as_of: PartialDate | None = None,
    issues: Mapping[str, Issue] | None = None,
    room: Callable[[], Room] | None = None,
) -> Columns:
    """What persons and machine made of every statement of a kept case, a row for each stance; nobody's are left out.

    case: an open one, a file, or the address of a case on a server.
    as_of: only what is known to have been said until then, else everything, its age counted from the day of decision.
    issues: for issue ids other than the case's own, whose scales they have; those not given have the case's.
    A statement's origin is the medium that is credited for it, else its document's publisher, else the document;
    notes, links, near copies and places in a document are found from texts alone, see `sourcing.origins`. What
    persons coded goes before the machine's stance, as `positions.rulings.ruled` has it; what they marked as wrong or
    replaced is left out, and what they marked themselves is there. Whom they named, for one statement or by a
    judgement, is whose statement it is; but no text is read again: where `pipeline.kept_material` reads the stances of
    a document anew because its sources are others, here the machine's first ones stay.
    room: the actors of the case, asked for where persons named any; None: who is whom is told by the machine alone.
    Raises NotACase, NewerCase, LockedCase, CannotWrite, BadCase, NoServer, UnknownName for a
    judgement on an actor that the registry does not hold.  Cost: each table is read once, of the codes those that hold
    are joined; see `overruling.named` for judgements.
    """
    with contextlib.nullcontext(case) if isinstance(case, CaseStore) else CaseStore.open(case) as store:
        own = store.spec().issue
        with _uncollected(), store.database.transaction(writes=False) as connection:
            return _Reader(connection, own, issues or {}, as_of, room).columns()


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Rows hold no cycles, and looking for some among a million takes half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Numbers(dict[str, int]):
    """Numbers for names, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        return self.setdefault(name, len(self))


class _Reader:
    """Statements, sources and stances, each read once, joined by the statement's id."""

    def __init__(
        self,
        connection: Connection,
        own: Issue,
        issues: Mapping[str, Issue],
        as_of: PartialDate | None,
        room: Callable[[], Room] | None,
    ) -> None:
        self._connection = connection
        self._room = room
        self._gone = overruling.gone_takes(connection)
        self._own, self._issues = own, issues
        self._on, self._dated_only = (as_of or own.on).latest, as_of is not None
        self._actors, self._subjects, self._origins = _Numbers(), _Numbers(), _Numbers()

    def columns(self) -> Columns:
        """All of it."""
        import numpy as np

        said, who, held = self._statements(), self._sources(), self._stances()
        at, by = _rows_of(held["id"], among=said["id"]), _rows_of(held["id"], among=who["id"])
        found = (at >= 0) & (by >= 0)
        kept = np.flatnonzero(found & (who["actor"][by] != NOBODYS) & (said["days"][at] != UNDATED))
        at, by = at[kept], by[kept]
        words = held["words"][kept]
        return Columns(
            actors=tuple(self._actors),
            issues=tuple(self._subjects),
            actor=who["actor"][by],
            issue=held["issue"][kept],
            origin=said["origin"][at],
            value=held["value"][kept],
            direction=held["direction"][kept],
            relevance=held["relevance"][kept],
            confidence=held["confidence"][kept],
            score=who["score"][by],
            words=np.where(said["quoted"][at] & (words != WORDS[Voice.ASCRIBED]), WORDS[Voice.OWN], words),
            firmness=held["firmness"][kept],
            hedged=held["hedged"][kept] | said["hedged"][at],
            conditional=held["conditional"][kept],
            days=said["days"][at],
            prominence=np.full(len(kept), np.nan),
            rank=who["rank"][by],
        )

    def _statements(self) -> dict[str, NDArray[Any]]:
        import numpy as np

        @cache
        def ordinal(day: str | None) -> int:
            return PartialDate(day).latest.toordinal() if day else _NEVER

        @cache
        def credited(via: str) -> int:
            medium = next(filter(None, map(canonical_medium, json.loads(via))), None)
            return self._origins[f"medium:{medium}"] if medium else -1

        documents: dict[str, int] = {}
        homes: list[int] = []
        published: list[int] = []
        query = "SELECT id, published, publisher, source_url FROM document"
        for id, day, publisher, url in self._connection.exec_driver_sql(query):
            medium = canonical_medium(publisher or "") or medium_at(url or "")
            documents[id] = len(homes)
            homes.append(self._origins[f"medium:{medium}" if medium else f"document:{id}"])
            published.append(ordinal(day))

        def converted() -> Iterator[Sequence[Sequence[Any]]]:
            for ids, of, marks, vias, dates in self._chunks(_STATEMENTS):
                media = [credited(via) if via else -1 for via in vias]
                yield ids, list(map(documents.__getitem__, of)), marks, media, list(map(ordinal, dates))

        kinds = {"id": "S16", "document": "i4", "marks": "i1", "medium": "i4", "said": "i4"}
        found = _arrays(converted(), kinds)
        at, medium_of = found["document"], found["medium"]
        known_by = np.minimum(found["said"], np.array(published, dtype="i4")[at])
        origin = np.where(medium_of >= 0, medium_of, np.array(homes, dtype="i4")[at])
        marks = {"quoted": found["marks"] & 1 > 0, "hedged": found["marks"] & 2 > 0}
        return found | marks | {"origin": origin, "days": self._days(known_by)}

    def _days(self, known_by: NDArray[Any]) -> NDArray[Any]:
        """Between the days, as numbers, and the day of interest; UNDATED for what does not count then."""
        import numpy as np

        on, dated = self._on.toordinal(), known_by != _NEVER
        if self._dated_only:
            return np.where(dated & (known_by <= on), on - known_by, UNDATED)
        return np.where(dated, on - known_by, 0)

    def _sources(self) -> dict[str, NDArray[Any]]:
        @cache
        def number(actor_id: str | None, told: str | None) -> int:
            """As `Evidence.actor_id` names it; told: represents, speaker and speaks_as of one without an id."""
            if actor_id is not None:
                return self._actors[actor_id]
            represents, speaker, speaks_as = json.loads(told or "")
            if represents is None or speaks_as in NOBODY:
                return NOBODYS
            return self._actors[content_id("source", represents, speaker or "")]

        @cache
        def ranks(role: str | None) -> float:
            found = rank(role)
            return float("nan") if found is None else found

        def converted() -> Iterator[Sequence[Sequence[Any]]]:
            for ids, actors, told, scores, roles in self._chunks(_SOURCES):
                yield ids, list(map(number, actors, told)), scores, list(map(ranks, roles))

        found = _arrays(converted(), {"id": "S16", "actor": "i4", "score": "f8", "rank": "f8"})
        self._name(found, ranks)
        return found

    def _name(self, found: dict[str, NDArray[Any]], ranks: Callable[[str | None], float]) -> None:
        """Put whom persons named in the place of the machine's."""
        import numpy as np

        said = overruling.named(self._connection, self._room, self._gone) if self._room else None
        if said is None or not len(said.ids):
            return
        told = (
            each.actor_id or (content_id("source", each.represents, each.speaker or "") if each.is_somebody else None)
            for each in said.who
        )
        actors = np.array([NOBODYS if id is None else self._actors[id] for id in told], dtype="i4")
        at = _rows_of(said.ids, among=found["id"])
        known = at >= 0
        at, kind = at[known], said.kind[known]
        found["actor"][at] = actors[kind]
        found["score"][at] = np.array([each.score for each in said.who])[kind]
        found["rank"][at] = np.array([ranks(each.role) for each in said.who])[kind]

    def _stances(self) -> dict[str, NDArray[Any]]:
        import numpy as np

        subjects: dict[tuple[str, str | None], int] = {}  # an issue with an option of it

        def converted() -> Iterator[Sequence[Sequence[Any]]]:
            for ids, issues, relevance, direction, *rest in self._chunks(_STANCES):
                confidence, firmness, marks, rungs = rest
                numbers = [subjects.setdefault(asked, len(subjects)) for asked in zip(issues, rungs, strict=True)]
                yield ids, numbers, direction, relevance, confidence, firmness, marks

        kinds = {"id": "S16", "subject": "i4", "direction": "f8", "relevance": "f8", "confidence": "f8"}
        kinds |= {"firmness": "f8", "marks": "i1"}
        found = _arrays(converted(), kinds)
        self._overrule(found, subjects)
        # the places for which words wholly against and wholly for it speak; between them it is a line
        asked = [(self._issues.get(issue_id, self._own), rung) for issue_id, rung in subjects]
        ends = np.array([[place(side, issue, rung=rung) for side in (-1.0, 1.0)] for issue, rung in asked]).reshape(
            -1, 2
        )
        low, high = ends[found["subject"]].T
        numbers = np.array([self._subjects[issue_id] for issue_id, _ in subjects], dtype="i4")
        value = low + (high - low) * (1 + found["direction"]) / 2
        marks = {"hedged": found["marks"] & 1 > 0, "conditional": found["marks"] & 2 > 0}
        words = np.array([WORDS[voice] for voice in _VOICES])[found["marks"] >> 2]
        return found | marks | {"issue": numbers[found["subject"]], "value": value, "words": words}

    def _overrule(self, found: dict[str, NDArray[Any]], subjects: dict[tuple[str, str | None], int]) -> None:
        """Put what persons coded in the place of what the machine made of it, of stances on the case's own issue."""
        import numpy as np

        codes = overruling.coded(self._chunks(overruling.CODES_READ), self._gone)
        if not len(codes.ids):
            return
        of = _rows_of(found["id"], among=codes.ids)
        about = np.array([issue_id == self._own.id for issue_id, _ in subjects], dtype=bool)
        at = np.flatnonzero((of >= 0) & about[found["subject"]])
        kind = codes.kind[of[at]]

        def put(values: Sequence[float | None], where: NDArray[Any]) -> None:
            """The values that are decided, by kind, over those there."""
            decided = np.array([value is not None for value in values], dtype=bool)[kind]
            column = np.array([value or 0 for value in values], dtype=where.dtype)
            where[at[decided]] = column[kind[decided]]

        for name in ("direction", "relevance", "confidence", "firmness"):
            put([each.get(name) for each in codes.made], found[name])
        for name, bit in (("hedged", 1), ("conditional", 2)):
            said = found["marks"] & bit
            put([bit * each[name] if name in each else None for each in codes.made], said)
            found["marks"] = found["marks"] & ~bit | said
        voice = found["marks"] >> 2
        put([_VOICES.index(each["voice"]) if "voice" in each else None for each in codes.made], voice)
        found["marks"] = found["marks"] & 3 | voice << 2
        rungs = [(self._own.id, each["rung"]) if "rung" in each else None for each in codes.made]
        numbers = [None if each is None else subjects.setdefault(each, len(subjects)) for each in rungs]
        put(numbers, found["subject"])

    def _chunks(self, query: str) -> Iterator[Sequence[Any]]:
        """The columns of a query, some rows at a time."""
        dialect = self._connection.dialect.name
        query = query.replace("{array}", _ARRAY[dialect])
        driver = self._connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a connection of ours
        # the driver's own cursor: its rows are plain tuples; a server's would hand over all of them at once
        on_server = dialect == "postgresql"
        with contextlib.closing(driver.cursor("columns", binary=True) if on_server else driver.cursor()) as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(FETCHED if on_server else AT_ONCE):
                yield list(zip(*rows, strict=True))


def _arrays(chunks: Iterable[Sequence[Sequence[Any]]], kinds: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """Each column as one array of its kind, by name."""
    import numpy as np

    parts: list[list[NDArray[Any]]] = [[np.zeros(0, dtype=kind)] for kind in kinds.values()]
    for chunk in chunks:
        for column, part, kind in zip(chunk, parts, kinds.values(), strict=True):
            part.append(np.array(column, dtype=kind))
    return {name: np.concatenate(part) for name, part in zip(kinds, parts, strict=True)}


def _rows_of(ids: NDArray[Any], *, among: NDArray[Any]) -> NDArray[Any]:
    """For each id its last row among others, -1 where there is none; most tables are in one order already."""
    import numpy as np

    if np.array_equal(ids, among):
        return np.arange(len(ids))
    if not len(among):
        return np.full(len(ids), -1)
    order = np.argsort(among, kind="stable")
    ranked = among[order]
    at = np.searchsorted(ranked, ids, side="right") - 1
    return np.where((at >= 0) & (ranked[np.maximum(at, 0)] == ids), order[np.maximum(at, 0)], -1)
