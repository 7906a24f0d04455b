"""Kept documents coded again: what the machine said before gives way to what it says now, what persons said stays.

A statement is its words. Where the new coding has the same source, cue and content, the statement that somebody coded
or judged is the same one, read anew. Where it has not, it stays for as long as somebody stands for it, and what the
machine found in its place is passed over; a statement that nobody ever touched goes. Each portion of documents is one
transaction and one change of the trail, and the case is what it was for all others meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update

from winset import __version__, records
from winset.corpus.types import Document
from winset.errors import BadCase, LockedCase
from winset.ids import DocumentId, EvidenceId, StatementId
from winset.provenance import Run
from winset.statements.types import Statement
from winset.store import kept_columns, tables, trail
from winset.store.case_store import CaseStore
from winset.store.changes import Key
from winset.store.databases import insert_unless_there
from winset.store.types import Coding

GONE = {"verdict": "superseded"}  # of a statement that was touched, for which nobody stands and that is no longer found
SHARED = 0.5  # of the shorter content: from there on two statements of one source are two readings of the same words

Spans: TypeAlias = tuple[Any, ...]  # source, cue and contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoding:
    """One coding of all documents again: by what, and how far it is."""

    number: int
    by: str
    why: str
    started_at: str  # ISO 8601, UTC
    methods: tuple[str, ...]  # attributors
    stance: str
    version: str  # of winset
    older: bool  # only documents that another version of winset coded
    last: int = 0  # rank of the last document that it has come to
    until: int  # rank of the last document that there was when it began
    done: int = 0  # documents that were coded again
    failed: int = 0  # documents that could not be, and are as they were
    ended_at: str | None = None

    @property
    def same(self) -> tuple[Any, ...]:
        """What two runs of one coding have in common."""
        return self.methods, self.stance, self.version, self.older


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One document as it is coded now."""

    rank: int
    document: Document
    coding: Coding | None  # None: it stays as it is
    failed: bool = False  # for it could not be coded
    read: Coding | None = None  # statements of the case that the new coding does not hold and that stay, read anew


@dataclass(slots=True, kw_only=True)
class Difference:
    """What coding documents again did to the case."""

    documents: int = 0
    failed: int = 0
    same: int = 0  # statements that were there with the same words
    new: int = 0
    gone: int = 0
    held: int = 0  # that are no longer found, and stay because a person stands for them
    passed_over: int = 0  # found now, in the place of one that a person stands for

    def add(self, other: Difference) -> None:
        """Count another one in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """A method that made what a case holds, and of how many documents."""

    step: str
    method: str
    version: str  # of winset
    documents: int


@dataclass(slots=True)
class _Old:
    """A statement that is there."""

    row: RowMapping
    touched: bool  # somebody said something of it at some time
    stands: bool  # a person stands for it: marked, coded or judged it, and it counts
    spans: Spans = field(init=False)

    def __post_init__(self) -> None:
        row = self.row
        contents = tuple(tuple(part) for part in row["contents"])
        source, cue = (_span(row[f"{part}_start"], row[f"{part}_end"]) for part in ("source", "cue"))
        self.spans = (source, cue, contents)

    @property
    def by_machine(self) -> bool:
        return str(self.row["coder"]).startswith(trail.MACHINE)


@dataclass(slots=True)
class _Plan:
    """What becomes of the statements of one document."""

    kept: dict[str, int] = field(default_factory=dict)  # id of one that is there -> which of the new coding it is
    new: list[int] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)  # that stay, and are to be read anew
    held: int = 0
    passed_over: int = 0


def unfinished(store: CaseStore) -> Recoding | None:
    """The coding that was begun last, where it has not come to its end."""
    with store.database.transaction(writes=False) as connection:
        found = _last(connection)
    return found if found is not None and found.ended_at is None else None


def recodings(store: CaseStore) -> tuple[Recoding, ...]:
    """All that were ever begun, in their order."""
    with store.database.transaction(writes=False) as connection:
        found = connection.execute(select(tables.recoding).order_by(tables.recoding.c.number)).mappings()
        return tuple(map(_value, found))


def begun(
    store: CaseStore,
    *,
    by: str,
    at: str,
    methods: Sequence[str],
    stance: str,
    older: bool = False,
    why: str = "",
    anew: bool = False,
) -> Recoding:
    """The coding that is to be worked on: one that was interrupted and is the same, else a new one.

    by: who does it.  at: ISO 8601, UTC.  older: only documents that another version of winset coded.
    anew: give up one that was interrupted.  Raises BadCase for one that was interrupted and is another, LockedCase.
    """
    table = tables.recoding
    with store.database.transaction(writes=True) as connection:
        there = _last(connection)
        until = connection.execute(select(func.max(tables.document.c.rank))).scalar_one() or 0
        new = Recoding(
            number=there.number + 1 if there else 1, by=by, why=why, started_at=at, methods=tuple(methods),
            stance=stance, version=__version__, older=older, until=until,
        )  # fmt: skip
        if there is not None and there.ended_at is None:
            if not anew and there.same == new.same:
                return there
            if not anew:
                made = f"{', '.join(there.methods)}; {there.stance}; winset {there.version}"
                raise BadCase(
                    f"{store.place}: coding it again ({made}) came as far as document {there.last} of {there.until}: "
                    "go on with the same options and version, or begin --anew"
                )
            connection.execute(update(table).where(table.c.number == there.number).values(ended_at=at))
        row = {name: getattr(new, name) for name in Recoding.__slots__}
        connection.execute(insert(table), {**row, "methods": list(new.methods)})
    return new


def to_code(
    store: CaseStore, recoding: Recoding, *, made: Sequence[MadeBy], after: int, limit: int
) -> tuple[tuple[int, Document, bool], ...]:
    """The documents after that rank that the coding concerns, with their ranks, and whether each is to be coded.

    made: what made the case as it was when the run began; see `made_by`.
    """
    document = tables.document.c
    wanted = select(tables.document).where(document.rank > after, document.rank <= recoding.until)
    with store.database.transaction(writes=False) as connection:
        found = connection.execute(wanted.order_by(document.rank).limit(limit)).mappings().all()
        methods = [each.method for each in made if (each.step, each.version) == ("statements", recoding.version)]
        ids = [row["id"] for row in found] if recoding.older else []
        current = _current(connection, ids, methods, recoding.version)
    return tuple((row["rank"], records.document_value(row), row["id"] not in current) for row in found)


def to_read(store: CaseStore, document: Document, coding: Coding) -> tuple[Statement, ...]:
    """The statements of a document that stay though the coding does not hold them: for them, too, it is read anew."""
    with store.database.transaction(writes=False) as connection:
        old = _there(connection, [document.id])[document.id]
    wanted = set(_plan(old, coding).read)
    return tuple(records.statement_value(each.row, document) for each in old if each.row["id"] in wanted)


def code_again(
    store: CaseStore, recoding: Recoding, portion: Sequence[Coded], *, made: Sequence[MadeBy], at: str
) -> tuple[Recoding, Difference]:
    """Keep the documents as they are coded now, in one transaction; how far the coding is then.

    made: as for `to_code`.  portion: as `to_code` tells them, in their order.
    It ends before a document of which somebody said something after `to_read` was asked.
    Raises LockedCase where another process has come further meanwhile, CannotWrite, BadSpan.
    """
    done = Difference()
    with store.database.transaction(writes=True) as connection:
        there = _last(connection)
        if there is None or (there.number, there.last, there.ended_at) != (recoding.number, recoding.last, None):
            raise LockedCase(f"{store.place}: another process codes it again: let it, or try again when it is done")
        coded = {each.document.id: each for each in portion if each.coding is not None}
        old = _there(connection, list(coded))
        wanted: list[trail.Wanted] = []
        last = recoding.last
        writing = _Writing(connection, made)
        for each in portion:
            done.failed += each.failed
            if each.coding is not None:
                plan = _plan(old[each.document.id], each.coding)
                if set(plan.read) != {said.id for said in (each.read.statements if each.read else ())}:
                    break
                told = {"name": each.document.name, "recoded": recoding.number}
                wanted.append(trail.Wanted(key=Key("document", each.document.id), after=told))
                wanted += [trail.Wanted(key=Key("statement", id), after=GONE) for id in plan.superseded]
                writing.document(each, plan, old[each.document.id])
                done.add(_difference(plan))
            last = each.rank
        writing.close()
        kept_columns.forget(connection)
        if wanted:
            trail.record(connection, wanted, by=recoding.by, at=at, act="recode", why=recoding.why)
        further = replace(
            recoding, last=last, done=recoding.done + done.documents, failed=recoding.failed + done.failed
        )
        _keep(connection, further)
    return further, done


def ended(store: CaseStore, recoding: Recoding, *, at: str) -> Recoding:
    """The coding, come to its end."""
    further = replace(recoding, ended_at=at)
    with store.database.transaction(writes=True) as connection:
        _keep(connection, further)
    return further


def made_by(store: CaseStore) -> tuple[MadeBy, ...]:
    """Which method of which version made what the case holds, those of one step together.

    Cost: a walk along an index, one entry a document and step.
    """
    run = tables.run.c
    counted = select(run.step, run.method, run.version, func.count()).group_by(run.step, run.method, run.version)
    with store.database.transaction(writes=False) as connection:
        found = connection.execute(counted.order_by(run.step, run.method, run.version)).all()
    return tuple(MadeBy(step=row[0], method=row[1], version=row[2], documents=row[3]) for row in found)


def _plan(old: Sequence[_Old], coding: Coding) -> _Plan:
    plan = _Plan()
    by_id = {each.row["id"]: each for each in old}
    by_spans = {each.spans: each for each in old if each.touched}
    left: list[int] = []
    for place, statement in enumerate(coding.statements):
        same = by_id.get(statement.id) or by_spans.get(_spans(statement))
        if same is None:
            left.append(place)
        elif same.row["id"] not in plan.kept:
            plan.kept[same.row["id"]] = place
    unfound = [each for each in old if each.row["id"] not in plan.kept]
    standing = [each.spans for each in unfound if each.stands]
    for place in left:
        if any(_alike(_spans(coding.statements[place]), spans) for spans in standing):
            plan.passed_over += 1
        else:
            plan.new.append(place)
    for each in unfound:
        id = each.row["id"]
        if not each.touched:
            plan.gone.append(id)
            continue
        plan.read.append(id)
        plan.held += each.stands and each.by_machine
        if not each.stands and each.by_machine and not each.row["out"]:
            plan.superseded.append(id)
    return plan


def _difference(plan: _Plan) -> Difference:
    return Difference(
        documents=1,
        same=len(plan.kept),
        new=len(plan.new),
        gone=len(plan.gone) + len(plan.superseded),
        held=plan.held,
        passed_over=plan.passed_over,
    )


class _Writing:
    """The rows of documents as they are coded now, written together: a table at a time."""

    def __init__(self, connection: Connection, made: Sequence[MadeBy]) -> None:
        self._connection, self._made = connection, made
        self._gone: list[str] = []
        self._runs: list[dict[str, Any]] = []
        self._old_runs: set[str] = set()
        self._statements: list[dict[str, Any]] = []
        self._read: list[dict[str, Any]] = []  # statements that are there, with what is read of them now
        self._who: dict[str, dict[str, Any]] = {}
        self._stances: dict[str, dict[str, Any]] = {}
        self._refused: list[dict[str, Any]] = []

    def document(self, coded: Coded, plan: _Plan, old: Sequence[_Old]) -> None:
        """One document."""
        coding, document = coded.coding, coded.document
        assert coding is not None  # noqa: S101 - those that could not be coded never come here
        who = {each.statement_id: each for each in coding.identifications}
        stances = {each.statement_id: each for each in coding.stances}
        by_id = {each.row["id"]: each for each in old}
        for id, place in plan.kept.items():
            statement, own = coding.statements[place], StatementId(EvidenceId(id))
            if by_id[id].by_machine:  # a person's is as the person marked it
                row = records.statement_row(statement, document) | {"id": id, "coder": by_id[id].row["coder"]}
                if any(by_id[id].row[name] != row[name] for name in _ANEW):
                    self._read.append({f"to_{name}": row[name] for name in ("id", *_ANEW)})
            self._side(id, replace(who[statement.id], statement_id=own), stances.get(statement.id))
        for place in plan.new:
            statement = coding.statements[place]
            self._statements.append(records.statement_row(statement, document))
            self._side(statement.id, who[statement.id], stances.get(statement.id))
        if coded.read is not None:
            again = {each.statement_id: each for each in coded.read.stances}
            for each in coded.read.identifications:
                self._side(each.statement_id, each, again.get(each.statement_id))
        self._gone += plan.gone
        self._refused.append({"to_id": document.id, "refused": coding.refused})
        runs = [records.run_row(run) for run in (*coding.runs, *(coded.read.runs if coded.read else ()))]
        self._runs += runs
        stay = {each.row["run_id"] for each in old if each.row["id"] not in plan.gone and not each.by_machine}
        stay |= {by_id[id].row["run_id"] for id in plan.read}
        before = {
            Run(step=each.step, method=each.method, version=each.version, inputs=(document.id,)).id
            for each in self._made
        }
        self._old_runs |= before - stay - {row["id"] for row in runs}

    def close(self) -> None:
        """Write it."""
        connection = self._connection
        for some in trail.portions(self._gone):
            for table in (tables.identification, tables.stance, tables.left_out):
                connection.execute(delete(table).where(table.c.statement_id.in_(some)))
            connection.execute(delete(tables.statement).where(tables.statement.c.id.in_(some)))
        for some in trail.portions(sorted(self._old_runs)):
            connection.execute(delete(tables.run).where(tables.run.c.id.in_(some)))
        if self._runs:
            connection.execute(insert_unless_there(connection, tables.run), self._runs)
        if self._statements:
            connection.execute(insert(tables.statement), self._statements)
        if self._read:
            table = tables.statement
            anew = update(table).values({name: bindparam(f"to_{name}") for name in _ANEW})
            connection.execute(anew.where(table.c.id == bindparam("to_id")), self._read)
        self._sides(tables.identification, self._who)
        self._sides(tables.stance, self._stances)
        if self._refused:
            table = tables.document
            refused = update(table).where(table.c.id == bindparam("to_id"))
            connection.execute(refused.values(refused_spans=bindparam("refused")), self._refused)

    def _side(self, id: str, who: Any, stance: Any) -> None:
        self._who[id] = records.identification_row(who)
        if stance is not None:
            self._stances[id] = records.stance_row(replace(stance, statement_id=StatementId(EvidenceId(id))))

    def _sides(self, table: Any, rows: Mapping[str, dict[str, Any]]) -> None:
        """Bring what is said of statements to these rows; what is the same stays as it was written."""
        there: dict[str, RowMapping] = {}
        for some in trail.portions(list(rows)):
            found = self._connection.execute(select(table).where(table.c.statement_id.in_(some))).mappings()
            there.update({row["statement_id"]: row for row in found})
        new = [row for id, row in rows.items() if id not in there]
        if new:
            self._connection.execute(insert(table), new)
        other = [row for id, row in rows.items() if id in there and any(there[id][name] != row[name] for name in row)]
        if other:
            names = [name for name in other[0] if name != "statement_id"]
            said = update(table).where(table.c.statement_id == bindparam("of"))
            values = [{"of": row["statement_id"]} | {f"to_{name}": row[name] for name in names} for row in other]
            self._connection.execute(said.values({name: bindparam(f"to_{name}") for name in names}), values)


_ANEW = ("form", "hedged", "via", "said_on", "confidence", "run_id")  # what is read anew of a statement with its words


def _there(connection: Connection, documents: Sequence[DocumentId]) -> dict[DocumentId, list[_Old]]:
    """The statements of documents as they are, and what persons said of them."""
    found: dict[DocumentId, list[_Old]] = {id: [] for id in documents}
    held: list[RowMapping] = []
    out = tables.left_out.c.statement_id
    columns = select(tables.statement, out.is_not(None).label("out")).outerjoin(
        tables.left_out, out == tables.statement.c.id
    )
    for some in trail.portions(documents):
        query = columns.where(tables.statement.c.document_id.in_(some)).order_by(tables.statement.c.rank)
        held += connection.execute(query).mappings()
    ids = [row["id"] for row in held]
    touched, stands = _said(connection, ids)
    judged = _judged(connection)
    for row in held:
        by_machine = row["coder"].startswith(trail.MACHINE)
        spoken = row["id"] in touched or row["id"] in judged or not by_machine
        standing = not row["out"] and (row["id"] in stands or row["id"] in judged or not by_machine)
        found[row["document_id"]].append(_Old(row, spoken, standing))
    return found


def _said(connection: Connection, ids: Sequence[str]) -> tuple[set[str], set[str]]:
    """Of which statements anybody ever said anything, and which of them somebody coded or held to be right."""
    subject, ruling = tables.subject.c, tables.ruling.c
    touched: set[str] = set()
    stands: set[str] = set()
    for some in trail.portions(ids):
        of = select(subject.kind, subject.about, subject.value).where(subject.about.in_(some))
        for kind in ("statement", "codes", "suggestion"):
            for _, about, value in connection.execute(of.where(subject.kind == kind)):
                touched.add(about)
                if value is not None and (kind == "codes" or (kind == "statement" and trail.counts(value, ""))):
                    stands.add(about)
        touched.update(connection.execute(select(ruling.statement_id).where(ruling.statement_id.in_(some))).scalars())
    return touched, stands


def _judged(connection: Connection) -> set[str]:
    """The statements that judgements on sources name one by one."""
    judgement = tables.judgement.c
    found: set[str] = set()
    for subject, scope in connection.execute(select(judgement.subject, judgement.scope)):
        found.update([subject, *(scope or {}).get("statements", ())])
    return found


def _current(connection: Connection, documents: Sequence[str], methods: Sequence[str], version: str) -> set[str]:
    """Those of the documents whose statements this version of winset found, by any of these methods."""
    run = tables.run.c
    ids = {
        Run(step="statements", method=method, version=version, inputs=(document,)).id: document
        for document in documents
        for method in methods
    }
    found: set[str] = set()
    for some in trail.portions(list(ids)):
        found.update(ids[id] for id in connection.execute(select(run.id).where(run.id.in_(some))).scalars())
    return found


def _last(connection: Connection) -> Recoding | None:
    table = tables.recoding
    found = connection.execute(select(table).order_by(table.c.number.desc()).limit(1)).mappings().one_or_none()
    return None if found is None else _value(found)


def _value(row: Mapping[str, Any] | RowMapping) -> Recoding:
    return Recoding(**{**row, "methods": tuple(row["methods"])})


def _keep(connection: Connection, recoding: Recoding) -> None:
    table = tables.recoding
    values = {name: getattr(recoding, name) for name in ("last", "done", "failed", "ended_at")}
    connection.execute(update(table).where(table.c.number == recoding.number).values(values))


def _spans(statement: Statement) -> Spans:
    source, cue = (part.span if part else None for part in (statement.source, statement.cue))
    return source, cue, tuple(part.span for part in statement.contents)


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)


def _alike(one: Spans, other: Spans) -> bool:
    """Whether two statements are readings of the same words: of one source, and most of the shorter is in both."""
    first, second = (_places([spans[0]]) for spans in (one, other))
    if bool(first) != bool(second) or (first and not first & second):
        return False
    words, others = (_places(spans[2] or [spans[1]]) for spans in (one, other))
    return len(words & others) > SHARED * min(len(words), len(others))


def _places(spans: Iterable[tuple[int, int] | None]) -> set[int]:
    return {place for span in spans if span for place in range(*span)}
