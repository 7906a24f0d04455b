"""Desk: a kept case as those who check and code it work on it, one act at a time.

Each act is one transaction and one change of the trail. An act says which version of a thing was seen; where somebody
else was faster it is refused with the other's change (optimistic versions, no lost update).
Source: Kung and Robinson (1981), "On optimistic methods for concurrency control".

    page = desk.queue(coder="Ada", state="open")
    desk.accept(page[0].statement.id, by="Ada", at=now, seen=page[0].codes_version)
"""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, Select, String, and_, bindparam, exists, func, insert, select

from winset import records
from winset.actors.judgements import Judgement, Verb
from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.errors import BadJudgement, LockedCase, NotText, Stale, UnknownName
from winset.ids import DocumentId, StatementId
from winset.positions.rulings import SIDES, Codes, Ruling, Take
from winset.positions.types import Stance, Voice
from winset.statements.types import Statement
from winset.store import rows, tables, trail
from winset.store.case_store import CaseStore
from winset.store.changes import Change, Effect, Key, Subject, Value, replay
from winset.store.databases import insert_unless_there
from winset.store.done_places import DonePlaces, Places
from winset.store.types import Coding

BY_CODER: Any = bindparam("by_coder", type_=String())
State = Literal["all", "open", "coded", "wrong"]
STATES: tuple[State, ...] = ("all", "open", "coded", "wrong")
LASTING = frozenset({"add", "import", "recode"})  # acts that nobody takes back: documents and registries stay
HELD = 128  # documents kept in memory: their texts never change
MANY = 20_000  # codes of one coder from which on they are read before they are asked for
TRIES = 5  # to read a state that is not older than one that somebody else has read
AFTER_ALL = 2**31 - 1  # the largest place that a server keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One statement as one coder sees it: what the machine made of it, and what persons said."""

    place: int  # where it stands in the case; `after` of the next page
    document_id: DocumentId
    document_name: str
    statement: Statement
    identification: Identification  # the machine's
    stance: Stance | None  # the machine's; None: read without a proposal
    codes: Codes | None  # this coder's own
    codes_version: int  # 0: never coded by this coder
    why: str  # this coder's reason
    verdict: str | None  # "right", "wrong", "replaced", "added", "superseded"; None: nobody judged it
    version: int  # of the verdict; 0: never judged
    replaced_by: StatementId | None
    coded_by: tuple[str, ...]  # all whose codes hold, by name

    @property
    def by_machine(self) -> bool:
        """Whether the machine found it; else a person marked it, `statement.coder`."""
        return self.statement.coder.startswith(trail.MACHINE)

    @property
    def counts(self) -> bool:
        """Whether it counts: neither wrong nor replaced nor taken back."""
        return trail.counts({"verdict": self.verdict} if self.verdict else None, self.statement.coder)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One document with how far its statements are coded."""

    rank: int  # `after` of the next page
    id: DocumentId
    name: str
    title: str | None
    published: str | None
    publisher: str | None
    language: str | None
    statements: int  # that count
    coded: int  # of these, by the coder who asks
    coded_by_anyone: int


class Desk:
    """The acts and listings of one kept case. Every method is one transaction."""

    def __init__(self, store: CaseStore) -> None:
        self.store = store
        self._database = store.database
        self._documents: OrderedDict[str, Document] = OrderedDict()  # the last that were asked for
        self._lock = threading.Lock()
        self._done = DonePlaces()

    def version(self) -> int:
        """The number of the last change: what was worked out at the same version is current."""
        with self._reading() as connection:
            return trail.last_number(connection)

    # -- what there is

    def documents(self, *, coder: str, after: int = 0, limit: int = 100) -> tuple[DocumentRow, ...]:
        """The documents in the order in which they were added."""
        document, statement, subject = tables.document.c, tables.statement.c, tables.subject.c
        with self._reading() as connection:
            found = connection.execute(
                select(
                    *(document[name] for name in ("rank", "id", "name", "title", "published", "publisher", "language"))
                )
                .where(document.rank > after)
                .order_by(document.rank)
                .limit(limit)
            ).mappings()
            listed = list(found)
            ids = [row["id"] for row in listed]
            # asked of each statement of the page: joined, the codes of the whole case would be gone through
            held = exists().where(subject.kind == "codes", subject.about == statement.id, subject.value.is_not(None))
            counting = select(statement.document_id, func.count()).where(statement.document_id.in_(ids), _counting())
            counted = self._counts(connection, counting)
            anyone = self._counts(connection, counting.where(held))
            own = self._counts(connection, counting.where(held.where(subject.coder == coder)))
            return tuple(
                DocumentRow(
                    **row,
                    statements=counted.get(row["id"], 0),
                    coded=own.get(row["id"], 0),
                    coded_by_anyone=anyone.get(row["id"], 0),
                )
                for row in listed
            )

    def document(self, id: DocumentId) -> Document:
        """A document whole.  Raises UnknownName."""
        with self._reading() as connection:
            return self._document_in(connection, id)

    def queue(
        self,
        *,
        coder: str,
        document: DocumentId | None = None,
        actor: str | None = None,
        state: State = "all",
        after: int = 0,
        limit: int = 50,
    ) -> tuple[QueueRow, ...]:
        """Statements in the order in which they came into the case.

        coder: whose codes are shown, and who has coded or not.  actor: an id in the registry, by the machine's word.
        state: "open": counts, and this coder has not coded it; "coded": by this coder; "wrong": wrong or replaced.
        after: the place of the last row of the page before.
        Cost: that of the page, however large the case is, and however much of it is coded; see `done_places`.
        """
        statement, who = tables.statement.c, tables.identification.c
        for _ in range(TRIES):
            with self._reading() as connection:
                done = None
                if state != "all" and document is None:
                    done = self._done.at(connection, coder)
                    if done is None:  # somebody else has read a later state meanwhile: read that one too
                        continue
                    if actor is None:
                        return self._at(connection, done.after(after, state), coder=coder, state=state, limit=limit)
                    after = _begin(connection, done, state, after)
                place = statement.rank if actor is None else who.rank  # one order: each statement has one of both
                query = _joined().where(place > after, *_in_state(state)).order_by(place).limit(limit)
                if document is not None:
                    query = query.where(statement.document_id == document)
                if actor is not None:
                    query = query.where(who.actor_id == actor)
                found = connection.execute(query, {"by_coder": coder}).mappings().all()
                return self._rows(connection, found, by="rank" if actor is None else "who_rank")
        raise LockedCase(f"{self.store.place}: it changes faster than it can be read: try again")

    def row(self, statement_id: StatementId, *, coder: str) -> QueueRow:
        """One statement.  Raises UnknownName."""
        with self._reading() as connection:
            return self._row(connection, statement_id, coder)

    def rows(self, statement_ids: Iterable[StatementId], *, coder: str) -> Mapping[StatementId, QueueRow]:
        """Several statements at once, by their ids; those that are not there are left out."""
        found: list[QueueRow] = []
        with self._reading() as connection:
            for some in trail.portions(list(dict.fromkeys(statement_ids))):
                wanted = _joined().where(tables.statement.c.id.in_(some))
                there = connection.execute(wanted, {"by_coder": coder}).mappings().all()
                found += self._rows(connection, there, by="rank")
        return {row.statement.id: row for row in found}

    def value(self, kind: str, about: str, coder: str = "") -> Subject | None:
        """What is said now of one thing; None: nothing ever was."""
        key = Key(kind, about, coder)
        with self._reading() as connection:
            return trail.subjects(connection, [key]).get(key)

    def values(self, kind: str) -> Mapping[str, Subject]:
        """What is said now of all things of one kind, by their ids; codes are asked for one by one."""
        wanted = select(tables.subject).where(tables.subject.c.kind == kind, tables.subject.c.value.is_not(None))
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(tables.subject.c.about)).mappings()
            return {row["about"]: rows.subject_value(row) for row in found}

    def suggestions(self) -> tuple[Subject, ...]:
        """What is suggested of statements and not taken back, by statement and by who suggests it."""
        table = tables.subject
        wanted = select(table).where(table.c.kind == "suggestion", table.c.value.is_not(None))
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(table.c.about, table.c.coder)).mappings()
            return tuple(map(rows.subject_value, found))

    def changes(
        self,
        *,
        before: int | None = None,
        after: int | None = None,
        limit: int = 50,
        by: str | None = None,
        about: Key | None = None,
    ) -> tuple[Change, ...]:
        """Changes, the newest first; with `after` those that came after that one, the oldest first."""
        table = tables.change
        query = select(table.c.number).limit(limit)
        query = query.order_by(table.c.number if after is not None else table.c.number.desc())
        if before is not None:
            query = query.where(table.c.number < before)
        if after is not None:
            query = query.where(table.c.number > after)
        if by is not None:
            query = query.where(table.c.by == by)
        if about is not None:
            effect = tables.effect.c
            touched = select(effect.change).where(
                effect.kind == about.kind, effect.about == about.about, effect.coder == about.coder
            )
            query = query.where(table.c.number.in_(touched))
        with self._reading() as connection:
            return trail.changes(connection, connection.execute(query).scalars().all())

    def change(self, number: int) -> Change:
        """One change.  Raises UnknownName."""
        with self._reading() as connection:
            return trail.changes(connection, [number])[0]

    # -- what a person does

    def accept(self, statement_id: StatementId, *, by: str, at: str, seen: int | None = None) -> Change:
        """Take over what the machine reads of a statement as this coder's own code.

        seen: `codes_version`.  Raises UnknownName, BadJudgement where the machine reads nothing, Stale.
        """
        with self._writing() as connection:
            stance = self._row(connection, statement_id, by).stance
            if stance is None:
                raise BadJudgement(f"statement {statement_id}: the machine reads no stance: code it")
            return self._code(connection, statement_id, accepted(stance), by=by, at=at, act="accept", seen=seen)

    def code(
        self, statement_id: StatementId, codes: Codes, *, by: str, at: str, why: str = "", seen: int | None = None
    ) -> Change:
        """Keep a coder's codes of a statement, all of them: what counts instead of the codes before.

        codes: whom `actor` names must be checked before, with `actors.judgements.whom`.  seen: `codes_version`.
        Raises UnknownName, BadJudgement, Stale, NotText.
        """
        with self._writing() as connection:
            return self._code(connection, statement_id, codes, by=by, at=at, act="code", why=why, seen=seen)

    def judge(
        self,
        statement_id: StatementId,
        verdict: Literal["right", "wrong"],
        *,
        by: str,
        at: str,
        why: str = "",
        seen: int | None = None,
    ) -> Change:
        """Say that a statement is none, or that it is one after all. A wrong one is kept, and does not count.

        seen: `version`.  Raises UnknownName, BadJudgement for one that is replaced, Stale.
        """
        with self._writing() as connection:
            row = self._row(connection, statement_id, by)
            if row.verdict == "replaced" and (seen is None or seen == row.version):
                raise BadJudgement(f"statement {statement_id} is replaced by {row.replaced_by}: judge that one")
            wanted = trail.Wanted(key=Key("statement", statement_id), after={"verdict": verdict}, seen=seen)
            return trail.record(connection, [wanted], by=_named(by), at=at, act=verdict, why=why)

    def add(self, coding: Coding, *, by: str, at: str, why: str = "") -> Change:
        """Keep a statement that a person marked, made by `pipeline.keeping.mark`.

        Raises BadJudgement where it is there.
        """
        (statement,) = coding.statements
        with self._writing() as connection:
            self._refuse_twice(connection, statement)
            self._insert(connection, coding)
            wanted = trail.Wanted(key=Key("statement", statement.id), after={"verdict": "added"})
            return trail.record(connection, [wanted], by=_named(by), at=at, act="mark", why=why)

    def reshape(
        self,
        statement_id: StatementId,
        coding: Coding,
        *,
        by: str,
        at: str,
        why: str = "",
        seen: int | None = None,
    ) -> Change:
        """Give a statement other words: the new one counts, the old one is kept, this coder's codes go with it.

        coding: of the new one, made by `pipeline.keeping.mark`.  seen: `version`.
        Raises UnknownName, BadJudgement, Stale.
        """
        (statement,) = coding.statements
        with self._writing() as connection:
            old = self._row(connection, statement_id, by)
            if statement.document_id != old.document_id:
                raise BadJudgement(f"statement {statement_id} stands in another document")
            if statement.id == statement_id:
                raise BadJudgement(f"statement {statement_id} has these words already")
            self._refuse_twice(connection, statement)
            self._insert(connection, coding)
            also = [
                trail.Wanted(
                    key=Key("statement", statement_id),
                    after={"verdict": "replaced", "by": statement.id},
                    seen=seen,
                ),
                trail.Wanted(key=Key("statement", statement.id), after={"verdict": "added"}),
            ]
            if old.codes is None:
                return trail.record(connection, also, by=_named(by), at=at, act="reshape", why=why)
            ruling = Ruling(statement_id=statement.id, coder=by, codes=old.codes, why=old.why)
            take = Take(number=self._next(connection, tables.take), by=by, at=at, why=why)
            return trail.keep_take(connection, take, [ruling], act="reshape", also=also)

    def settle(
        self, discrepancy_id: str, value: Value, *, by: str, at: str, why: str = "", seen: int | None = None
    ) -> Change:
        """Say what is right where documents tell a thing differently.  Raises Stale."""
        return self._say(Key("discrepancy", discrepancy_id), value, by=by, at=at, act="settle", why=why, seen=seen)

    def keep_scenario(
        self, scenario_id: str, value: Value, *, by: str, at: str, why: str = "", seen: int | None = None
    ) -> Change:
        """Keep a what-if under a name.  Raises Stale."""
        return self._say(Key("scenario", scenario_id), value, by=by, at=at, act="keep", why=why, seen=seen)

    def suggest(
        self, statement_id: StatementId, value: Value, *, by: str, at: str, why: str = "", seen: int | None = None
    ) -> Change:
        """Keep what somebody would say of a statement and may not: an assistant, for a person to adopt.

        value: "codes", as `trail.codes_value` tells them, or a "verdict"; with "why". It counts for nothing.
        Raises UnknownName, BadJudgement, Stale.
        """
        key = Key("suggestion", statement_id, by)
        with self._writing() as connection:
            self._row(connection, statement_id, by)
            wanted = trail.Wanted(key=key, after=value, seen=seen)
            return trail.record(connection, [wanted], by=_named(by), at=at, act="suggest", why=why)

    def drop(self, kind: str, about: str, *, by: str, at: str, why: str = "", seen: int | None = None) -> Change:
        """Say nothing more of a scenario or discrepancy.  Raises UnknownName where nothing is said, Stale."""
        if kind not in ("scenario", "discrepancy"):
            raise BadJudgement(f"a {kind} cannot be dropped: a scenario or a settled discrepancy can")
        there = self.value(kind, about)
        if there is None or there.value is None:
            raise UnknownName(f"no {kind} {about!r} is kept")
        return self._say(Key(kind, about), None, by=by, at=at, act="drop", why=why, seen=seen)

    def undo(self, number: int | None = None, *, by: str, at: str, why: str = "") -> Change:
        """Take back a change, or this person's last one that holds; what is taken back stays in the trail.

        An undo can be taken back too.
        Raises UnknownName, BadJudgement where there is nothing to take back, Stale where something was changed since.
        """
        with self._writing() as connection:
            if number is None:
                number = self._last_of(connection, by)
            (change,) = trail.changes(connection, [number])
            if change.undone_by is not None:
                raise BadJudgement(f"change {number} is taken back already, by change {change.undone_by}")
            if change.act == "recode":
                raise BadJudgement(f"change {number} coded documents again: code them again as they were coded before")
            if change.act in LASTING:
                raise BadJudgement(f"change {number} added what stays: documents and registries are never removed")
            others = [each for each in change.effects if each.key.kind not in ("codes", "judgement")]
            now = trail.subjects(connection, [each.key for each in others])
            for each in others:
                later = now[each.key].change
                if later != number:
                    (other,) = trail.changes(connection, [later])
                    raise Stale(
                        f"{each.key}: {other.by} changed it since, in change {later}: take that back first", other
                    )
            also = [trail.Wanted(key=each.key, after=each.before) for each in others]
            if change.take is not None:
                take = Take(
                    number=self._next(connection, tables.take), by=_named(by), at=at, why=why, undoes=change.take
                )
                return trail.keep_take(connection, take, (), act="undo", also=also, undoes=number)
            if change.judgement is not None:
                judgement = Judgement(
                    number=self._next(connection, tables.judgement),
                    verb=Verb.UNDO,
                    by=by,
                    at=at,
                    why=why,
                    undoes=change.judgement,
                )
                return trail.keep_judgement(connection, judgement, undoes=number)
            return trail.record(connection, also, by=_named(by), at=at, act="undo", why=why, undoes=number)

    def prepare(self) -> None:
        """Read now what the first page of the queue would wait for: a second, of one who coded half a million."""
        subject = tables.subject.c
        often = select(subject.coder).where(subject.kind == "codes").group_by(subject.coder)
        with self._reading() as connection:
            coders = connection.execute(often.having(func.count() > MANY)).scalars().all()
        for coder in coders:
            self.queue(coder=coder, state="open", limit=1)

    # -- inside

    def _at(
        self, connection: Connection, places: Iterator[int], *, coder: str, state: State, limit: int
    ) -> tuple[QueueRow, ...]:
        """The first statements at these places that are in the state."""
        found: list[RowMapping] = []
        while len(found) < limit:
            some = list(islice(places, min(limit, trail.AT_ONCE)))
            if not some:
                break
            rank = tables.statement.c.rank
            query = _joined().where(rank.in_(some), *_in_state(state)).order_by(rank)
            found += connection.execute(query, {"by_coder": coder}).mappings()
        return self._rows(connection, found[:limit], by="rank")

    def _say(self, key: Key, value: Value | None, *, by: str, at: str, act: str, why: str, seen: int | None) -> Change:
        with self._writing() as connection:
            wanted = trail.Wanted(key=key, after=value, seen=seen)
            return trail.record(connection, [wanted], by=_named(by), at=at, act=act, why=why)

    def _code(
        self,
        connection: Connection,
        statement_id: StatementId,
        codes: Codes,
        *,
        by: str,
        at: str,
        act: str,
        why: str = "",
        seen: int | None = None,
    ) -> Change:
        there = select(tables.statement.c.id).where(tables.statement.c.id == statement_id)
        if connection.execute(there).scalar_one_or_none() is None:
            raise UnknownName(f"no statement {statement_id!r} in this case")
        ruling = Ruling(statement_id=statement_id, coder=by, codes=codes, why=why)
        take = Take(number=self._next(connection, tables.take), by=by, at=at, why=why)
        return trail.keep_take(connection, take, [ruling], act=act, seen=seen)

    def _refuse_twice(self, connection: Connection, statement: Statement) -> None:
        key = Key("statement", statement.id)
        there = trail.subjects(connection, [key]).get(key)
        if there is not None and trail.counts(there.value, statement.coder):
            raise BadJudgement(f"statement {statement.id}: these words are marked already")

    def _insert(self, connection: Connection, coding: Coding) -> None:
        """A person's statement; it may be there from before, taken back."""
        (statement,) = coding.statements
        there = select(tables.statement.c.id).where(tables.statement.c.id == statement.id)
        if connection.execute(there).scalar_one_or_none() is not None:
            return
        document = self._document_in(connection, statement.document_id)
        if coding.runs:
            connection.execute(
                insert_unless_there(connection, tables.run), [records.run_row(run) for run in coding.runs]
            )
        connection.execute(insert(tables.statement), records.statement_row(statement, document))
        connection.execute(insert(tables.identification), [*map(records.identification_row, coding.identifications)])
        if coding.stances:
            connection.execute(insert(tables.stance), [*map(records.stance_row, coding.stances)])

    def _last_of(self, connection: Connection, by: str) -> int:
        """The number of a person's last change that holds and is no undo."""
        table = tables.change
        before = None
        while True:
            query = (
                select(table.c.number)
                .where(table.c.by == by, table.c.act.not_in([*LASTING, "undo"]))
                .order_by(table.c.number.desc())
                .limit(20)
            )
            if before is not None:
                query = query.where(table.c.number < before)
            numbers = connection.execute(query).scalars().all()
            if not numbers:
                raise BadJudgement(f"nothing of {by or 'nobody'} is left to take back")
            for change in trail.changes(connection, numbers):
                if change.undone_by is None:
                    return change.number
            before = numbers[-1]

    def _next(self, connection: Connection, table: Any) -> int:
        return (connection.execute(select(func.max(table.c.rank))).scalar_one() or 0) + 1

    def _row(self, connection: Connection, statement_id: StatementId, coder: str) -> QueueRow:
        found = connection.execute(_one(), {"by_coder": coder, "wanted": statement_id}).mappings().all()
        if not found:
            raise UnknownName(f"no statement {statement_id!r} in this case")
        return self._rows(connection, found, by="rank")[0]

    def _rows(self, connection: Connection, found: Sequence[RowMapping], *, by: str) -> tuple[QueueRow, ...]:
        subject = tables.subject.c
        ids = [row["id"] for row in found]
        coded: dict[str, list[str]] = {id: [] for id in ids}
        held = select(subject.about, subject.coder).where(
            subject.kind == "codes", subject.about.in_(ids), subject.value.is_not(None)
        )
        for row in connection.execute(held.order_by(subject.coder)):
            coded[row.about].append(row.coder)
        documents = self._documents_in(connection, [row["document_id"] for row in found])
        return tuple(self._queue_row(documents[row["document_id"]], row, row[by], coded[row["id"]]) for row in found)

    def _queue_row(self, document: Document, row: RowMapping, place: int, coded: Sequence[str]) -> QueueRow:
        judged = row["judged"] or {}
        codes = row["codes"]
        return QueueRow(
            place=place,
            document_id=document.id,
            document_name=document.name,
            statement=records.statement_value(row, document),
            identification=records.identification_value(_part(row, "who_")),
            stance=records.stance_value(_part(row, "stance_")) if row["stance_statement_id"] is not None else None,
            codes=codes_of(codes) if codes else None,
            codes_version=row["codes_version"] or 0,
            why=(codes or {}).get("why", ""),
            verdict=judged.get("verdict"),
            version=row["judged_version"] or 0,
            replaced_by=judged.get("by"),
            coded_by=tuple(coded),
        )

    def _document_in(self, connection: Connection, id: str) -> Document:
        found = self._documents_in(connection, [id])
        if id not in found:
            raise UnknownName(f"no document {id!r} in this case")
        return found[id]

    def _documents_in(self, connection: Connection, ids: Iterable[str]) -> dict[str, Document]:
        """Those of these documents that are there, by their ids; the last that were asked for are at hand."""
        wanted = list(dict.fromkeys(ids))
        with self._lock:
            found = {id: self._documents[id] for id in wanted if id in self._documents}
        for some in trail.portions([id for id in wanted if id not in found]):
            there = connection.execute(select(tables.document).where(tables.document.c.id.in_(some))).mappings()
            found.update({row["id"]: records.document_value(row) for row in there})
        with self._lock:
            for id in wanted[-HELD:]:
                if id in found:
                    self._documents[id] = found[id]
                    self._documents.move_to_end(id)
            while len(self._documents) > HELD:
                self._documents.popitem(last=False)
        return found

    def _counts(self, connection: Connection, query: Select[Any]) -> dict[str, int]:
        grouped = query.group_by(tables.statement.c.document_id)
        return {row[0]: row[1] for row in connection.execute(grouped)}

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._database.transaction(writes=False) as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._database.transaction(writes=True) as connection:
                yield connection
        except UnicodeEncodeError as error:
            raise NotText("half a surrogate pair has no place in a case: write it in UTF-8") from error


def accepted(stance: Stance) -> Codes:
    """The codes of somebody who holds the machine's reading to be right."""
    word = stance.word
    if word in ("none", "unclear"):
        return Codes(stance=word)
    return Codes(
        stance=word,
        direction=stance.direction if word in SIDES else None,
        firmness=stance.firmness,
        hedged=stance.hedged,
        conditional=stance.conditional,
        voice=stance.voice,
        rung=stance.rung or "",
        relevance=stance.relevance,
    )


def codes_of(value: Value) -> Codes:
    """The codes that the trail tells; see `trail.codes_value`."""
    told = {name: code for name, code in value.items() if name not in ("why", "voice")}
    return Codes(**told, voice=Voice(value["voice"]) if value.get("voice") else None)


def replayed(store: CaseStore) -> tuple[str, ...]:
    """Where the state of a case is not what its trail comes to, one line each; empty: the trail replays to it.

    Played again: every effect in order, against the state; the codes, from the takes that hold; the judgements; which
    statements count.
    """
    wrong: list[str] = []
    with store.database.transaction(writes=False) as connection:
        numbers = connection.execute(select(tables.change.c.number).order_by(tables.change.c.number)).scalars().all()
        changes = trail.changes(connection, numbers)
        played = replay(changes)
        found = connection.execute(select(tables.subject)).mappings()
        there = {subject.key: subject for subject in map(rows.subject_value, found)}
        wrong += [
            f"{key}: the state is not what the changes come to"
            for key in sorted(played.keys() | there.keys())
            if played.get(key) != there.get(key)
        ]
        wrong += _broken(changes)
        ruled = select(tables.ruling.c.statement_id, tables.ruling.c.coder).distinct()
        coded = trail.codes_now(connection, [(row.statement_id, row.coder) for row in connection.execute(ruled)])
        for key in sorted(coded.keys() | {key for key in there if key.kind == "codes"}):
            told = there[key].value if key in there else None
            if coded.get(key) != told:
                wrong.append(f"{key}: the codes are not those of the takes that hold")
        coders = {
            row.id: row.coder
            for row in connection.execute(
                select(tables.statement.c.id, tables.statement.c.coder).where(
                    ~tables.statement.c.coder.like("machine%")
                    | tables.statement.c.id.in_([key.about for key in there if key.kind == "statement"])
                )
            )
        }
        told = {key.about: subject.value for key, subject in there.items() if key.kind == "statement"}
        out = {id for id, coder in coders.items() if not trail.counts(told.get(id), coder)}
        left_out = set(connection.execute(select(tables.left_out.c.statement_id)).scalars())
        wrong += [f"statement:{id}: counts, or does not, against its verdict" for id in sorted(out ^ left_out)]
        for table, kind in ((tables.judgement.c.rank, "judgement"), (tables.document.c.id, "document")):
            kept = {str(id) for id in connection.execute(select(table)).scalars()}
            known = {key.about for key in there if key.kind == kind}
            wrong += [f"{kind}:{id}: not in both the case and its trail" for id in sorted(kept ^ known)]
    return tuple(wrong)


def _broken(changes: Sequence[Change]) -> list[str]:
    """Where a change does not begin at what the one before it left, or a number is missing."""
    wrong: list[str] = []
    last: dict[Key, Effect] = {}
    for place, change in enumerate(changes, start=1):
        if change.number != place:
            wrong.append(f"change {place} is missing")
            break
        for effect in change.effects:
            before = last.get(effect.key)
            if (before.version if before else 0) + 1 != effect.version or (
                (before.after if before else None) != effect.before
            ):
                wrong.append(f"change {change.number}: {effect.key} does not begin at what was there")
            last[effect.key] = effect
    return wrong


def _named(by: str) -> str:
    if not by.strip() or by.strip().lower().split(":")[0] == trail.MACHINE:
        raise BadJudgement(f"{by!r}: name the person who does it")
    return by


def _counting() -> Any:
    out = tables.left_out.c.statement_id
    return ~exists(select(out).where(out == tables.statement.c.id))


def _begin(connection: Connection, done: Places, state: Literal["open", "coded", "wrong"], after: int) -> int:
    """Before which identification nothing is in the state that comes after this one: there a page may begin."""
    who, statement = tables.identification, tables.statement
    both = who.join(statement, statement.c.id == who.c.statement_id)
    next_one = select(statement.c.rank).select_from(both).where(who.c.rank > after).order_by(who.c.rank).limit(1)
    reached = connection.execute(next_one).scalar()
    place = None if reached is None else next(done.after(reached - 1, state), None)
    if place is None:
        return AFTER_ALL
    first = select(who.c.rank).select_from(both).where(statement.c.rank >= place).order_by(statement.c.rank).limit(1)
    begins = connection.execute(first).scalar()
    return AFTER_ALL if begins is None else max(after, begins - 1)


def _in_state(state: State) -> list[Any]:
    subject = tables.subject.c
    own = exists(
        select(subject.about).where(
            subject.kind == "codes",
            subject.about == tables.statement.c.id,
            subject.coder == BY_CODER,
            subject.value.is_not(None),
        )
    )
    return {"all": [], "open": [_counting(), ~own], "coded": [own], "wrong": [~_counting()]}[state]


@cache
def _one() -> Select[Any]:
    """The row of one statement, `wanted`."""
    return _joined().where(tables.statement.c.id == bindparam("wanted"))


@cache
def _joined() -> Select[Any]:
    """Statements with who the machine says it is, its stance, the verdict, and the codes of one coder, `by_coder`."""
    statement, who, stance = tables.statement, tables.identification, tables.stance
    judged, codes = tables.subject.alias("of_statement"), tables.subject.alias("of_codes")
    joined = (
        statement.join(who, who.c.statement_id == statement.c.id)
        .outerjoin(stance, stance.c.statement_id == statement.c.id)
        .outerjoin(judged, and_(judged.c.kind == "statement", judged.c.about == statement.c.id, judged.c.coder == ""))
        .outerjoin(codes, and_(codes.c.kind == "codes", codes.c.about == statement.c.id, codes.c.coder == BY_CODER))
    )
    return select(
        *statement.c,
        *(column.label(f"who_{column.name}") for column in who.c),
        *(column.label(f"stance_{column.name}") for column in stance.c),
        judged.c.value.label("judged"),
        judged.c.version.label("judged_version"),
        codes.c.value.label("codes"),
        codes.c.version.label("codes_version"),
    ).select_from(joined)


@cache
def _labels(prefix: str) -> tuple[tuple[str, str], ...]:
    """What `_joined` calls the columns of a table that it takes a part of, and what they are called there."""
    table = {"who_": tables.identification, "stance_": tables.stance}[prefix]
    return tuple((f"{prefix}{column.name}", column.name) for column in table.c)


def _part(row: RowMapping, prefix: str) -> Mapping[str, Any]:
    return {name: row[label] for label, name in _labels(prefix)}
