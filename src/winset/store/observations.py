"""The statements of a kept case as columns, for many actors and issues at once: plain SQL, no values in between."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from winset.actors.rooms import Room
from winset.actors.types import Identification, Standing
from winset.ids import PartialDate, content_id
from winset.issues import Issue
from winset.positions.aggregation import Columns
from winset.positions.observations import WORDS, place
from winset.positions.types import Voice
from winset.store import kept_columns, overruling, tables
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.kept_columns import NEVER, NOBODYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNDATED = 2**31 - 1  # days of what was not on record on the day
STANDINGS = tuple(Standing)
_VOICES = (Voice.OWN, Voice.REPORTED, Voice.ASCRIBED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """The columns of a case, and where each of their rows comes from; a row for each stance of somebody known."""

    columns: Columns
    labels: tuple[str, ...]  # of `columns.actors`: how the first of their statements names them
    standing: NDArray[Any]  # in which the actor speaks: number of STANDINGS
    rank: NDArray[Any]  # of the statement
    document: NDArray[Any]  # rank of its document
    said: NDArray[Any]  # the last day on which it may have been said, as an ordinal; NEVER: not known
    media: tuple[str, ...]  # whose numbers are the first of `columns.origin`; then come ranks of documents
    statements: int  # that count, of anybody, and were on record on the day
    nobodys: int  # of these nobody's in particular, which have no row


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
    judgement, is whose statement it is; but no text is read again: where `pipeline.kept_cases.kept_material` reads the
    stances of a document anew because its sources are others, here the machine's first ones stay.
    room: the actors of the case, asked for where persons named any; None: who is whom is told by the machine alone.
    Raises NotACase, NewerCase, LockedCase, CannotWrite, BadCase, NoServer, UnknownName for a
    judgement on an actor that the registry does not hold.  Cost: what is new is read once, all else is at hand; of
    the codes those that hold are joined; see `overruling.named` for judgements.
    """
    with contextlib.nullcontext(case) if isinstance(case, CaseStore) else CaseStore.open(case) as store:
        return said(store, as_of=as_of, issues=issues, room=room).columns


def said(
    store: CaseStore,
    *,
    as_of: PartialDate | None = None,
    issues: Mapping[str, Issue] | None = None,
    room: Callable[[], Room] | None = None,
) -> Said:
    """The same, with the statements that they are of.

    What is new since somebody asked last is read as rows, and kept as columns where it is much; see `kept_columns`.
    """
    own = store.spec().issue
    with kept_columns.uncollected():
        kept_columns.keep(store.database)
        with store.database.transaction(writes=False) as connection:
            return _Reader(connection, own, issues or {}, as_of, room).said()


class _Numbers(dict[str, int]):
    """Numbers for names, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        return self.setdefault(name, len(self))


class _Reader:
    """Statements, sources and stances, joined by the statement's id."""

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
        self._held = kept_columns.read(connection)
        self._actors = _Numbers({id: number for number, (id, _) in enumerate(self._held.actors)})
        self._labels = dict(self._held.actors)
        self._subjects = _Numbers()

    def said(self) -> Said:
        """All of it."""
        import numpy as np

        said, who, held = self._statements(), self._sources(), self._stances()
        at, by = rows_of(held["id"], among=said["id"]), rows_of(held["id"], among=who["id"])
        found = (at >= 0) & (by >= 0)
        counted = found & (said["days"][at] != UNDATED)
        kept = np.flatnonzero(counted & (who["actor"][by] != NOBODYS))
        at, by = at[kept], by[kept]
        words = held["words"][kept]
        columns = Columns(
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
            rank=who["place"][by],
        )
        return Said(
            columns=columns,
            labels=tuple(self._labels.get(id, id) for id in self._actors),
            standing=who["standing"][by],
            rank=said["rank"][at],
            document=said["document"][at],
            said=said["known"][at],
            media=self._held.media,
            statements=int(np.count_nonzero(counted)),
            nobodys=int(np.count_nonzero(counted)) - len(kept),
        )

    def _statements(self) -> dict[str, NDArray[Any]]:
        """Those that count."""
        import numpy as np

        found, documents = dict(self._held.columns["statement"]), self._held.columns["document"]
        out = self._connection.execute(select(tables.left_out.c.statement_id)).scalars().all()
        if out:
            stays = rows_of(found["id"], among=np.array(out, dtype="S16")) < 0
            found = {name: column[stays] for name, column in found.items()}
        home = np.searchsorted(documents["rank"], found["document"])
        # the first numbers of origins are those of media, then come those of documents of no medium
        own = np.where(documents["medium"] >= 0, documents["medium"], len(self._held.media) + documents["rank"])
        known_by = np.minimum(found["said"], documents["published"][home])
        marks = {"quoted": found["marks"] & 1 > 0, "hedged": found["marks"] & 2 > 0}
        origin = np.where(found["medium"] >= 0, found["medium"], own[home])
        return found | marks | {"origin": origin, "days": self._days(known_by), "known": known_by}

    def _days(self, known_by: NDArray[Any]) -> NDArray[Any]:
        """Between the days, as numbers, and the day of interest; UNDATED for what does not count then."""
        import numpy as np

        on, dated = self._on.toordinal(), known_by != NEVER
        if self._dated_only:
            return np.where(dated & (known_by <= on), on - known_by, UNDATED)
        return np.where(dated, on - known_by, 0)

    def _sources(self) -> dict[str, NDArray[Any]]:
        """Whose each is, by persons' words before the machine's."""
        import numpy as np

        found = dict(self._held.columns["identification"])
        said = overruling.named(self._connection, self._room, self._gone) if self._room else None
        if said is None or not len(said.ids):
            return found
        found |= {name: found[name].copy() for name in ("actor", "score", "place", "standing")}
        actors = np.array([self._number(who) for who in said.who], dtype="i4")
        at = rows_of(said.ids, among=found["id"])
        known = at >= 0
        at, kind = at[known], said.kind[known]
        found["actor"][at] = actors[kind]
        found["score"][at] = np.array([each.score for each in said.who])[kind]
        found["place"][at] = np.array([kept_columns.place(each.role) for each in said.who])[kind]
        found["standing"][at] = np.array([STANDINGS.index(each.standing) for each in said.who], dtype="i1")[kind]
        return found

    def _number(self, who: Identification) -> int:
        if who.actor_id is None and not who.is_somebody:
            return NOBODYS
        id = who.actor_id or content_id("source", who.represents, who.speaker or "")
        alone = who.actor_id is not None or who.speaker is None
        self._labels.setdefault(id, str(who.represents or id) if alone else f"{who.speaker} ({who.represents})")
        return self._actors[id]

    def _stances(self) -> dict[str, NDArray[Any]]:
        import numpy as np

        found = {name: column.copy() for name, column in self._held.columns["stance"].items()}
        subjects = {asked: number for number, asked in enumerate(self._held.subjects)}
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

        codes = overruling.coded(kept_columns.chunks(self._connection, overruling.CODES_READ), self._gone)
        if not len(codes.ids):
            return
        of = rows_of(found["id"], among=codes.ids)
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


def rows_of(ids: NDArray[Any], *, among: NDArray[Any]) -> NDArray[Any]:
    """For each id its last row among others, -1 where there is none; most tables are in one order already.

    ids, among: shape (n,), of 16 bytes each.
    """
    import numpy as np

    if np.array_equal(ids, among):
        return np.arange(len(ids))
    if not len(among) or not len(ids):
        return np.full(len(ids), -1)
    keys, wanted = _keys(among), _keys(ids)  # numbers are sorted ten times as fast as texts
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    at = np.maximum(np.searchsorted(ranked, wanted, side="right") - 1, 0)
    rows = order[at]
    alike = ranked[at] == wanted
    same = among[rows] == ids
    if not np.array_equal(alike, same):  # two ids of one key: once in a hundred million cases of a million statements
        order = np.argsort(among, kind="stable")
        at = np.maximum(np.searchsorted(among[order], ids, side="right") - 1, 0)
        rows = order[at]
        same = among[rows] == ids
    return np.where(same, rows, -1)


def _keys(ids: NDArray[Any]) -> NDArray[Any]:
    """A number of 64 bits for each."""
    import numpy as np

    halves = np.ascontiguousarray(ids).view("u8").reshape(-1, 2)
    found: NDArray[Any] = (halves[:, 0] * np.uint64(0x9E3779B97F4A7C15)) ^ halves[:, 1]
    return found
