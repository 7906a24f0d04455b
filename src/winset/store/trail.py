"""The trail inside a transaction: what writes to a case records here what it did, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from winset import records
from winset.actors.judgements import Judgement
from winset.errors import Stale, UnknownName
from winset.positions.rulings import Codes, Ruling, Take
from winset.store import rows, tables
from winset.store.changes import Change, Effect, Key, Subject, Value
from winset.store.databases import insert_unless_there

AT_ONCE = 300  # keys in one SQL statement, with what else it names below 999, the limit of older SQLite
LEFT_OUT = frozenset({"wrong", "replaced", "superseded"})  # verdicts under which a statement does not count
MACHINE = "machine"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be said of a thing."""

    key: Key
    after: Value | None
    seen: int | None = None  # the version that the person saw, 0 for nothing; None: whatever is there


def record(
    connection: Connection,
    wanted: Sequence[Wanted],
    *,
    by: str,
    at: str,
    act: str,
    why: str = "",
    undoes: int | None = None,
    take: int | None = None,
    judgement: int | None = None,
) -> Change:
    """Write a change with its effects, and what they come to.

    Raises Stale where a thing has another version than was seen: somebody else was faster.
    """
    now = subjects(connection, [each.key for each in wanted])
    for each in wanted:
        there = now.get(each.key)
        if each.seen is not None and each.seen != (there.version if there else 0):
            raise _stale(connection, each.key, there)
    number = last_number(connection) + 1
    row = {"number": number, "by": by, "at": at, "act": act, "why": why, "undoes": undoes, "take": take}
    connection.execute(insert(tables.change), {**row, "judgement": judgement})
    effects = tuple(_effect(each, now.get(each.key)) for each in wanted)
    if effects:
        connection.execute(insert(tables.effect), [_effect_row(number, each) for each in effects])
        _come_to(connection, [(number, each) for each in effects], now)
        _leave_out(connection, effects)
    return Change(
        number=number, by=by, at=at, act=act, why=why, undoes=undoes, take=take, judgement=judgement, effects=effects
    )


def record_each(connection: Connection, acts: Sequence[Sequence[Wanted]], *, by: str, at: str, act: str) -> None:
    """Write changes one after another, each with its effects; no two of them may touch the same thing."""
    now = subjects(connection, [each.key for wanted in acts for each in wanted])
    first = last_number(connection) + 1
    empty = {"by": by, "at": at, "act": act, "why": "", "undoes": None, "take": None, "judgement": None}
    heads = [{"number": number, **empty} for number, _ in enumerate(acts, start=first)]
    if not heads:
        return
    connection.execute(insert(tables.change), heads)
    effects = [
        (number, _effect(each, now.get(each.key))) for number, wanted in enumerate(acts, first) for each in wanted
    ]
    if effects:
        connection.execute(insert(tables.effect), [_effect_row(number, each) for number, each in effects])
        _come_to(connection, effects, now)
        _leave_out(connection, [each for _, each in effects])


def last_number(connection: Connection) -> int:
    """The number of the last change; 0 where there is none."""
    return connection.execute(select(func.max(tables.change.c.number))).scalar_one() or 0


def subjects(connection: Connection, keys: Iterable[Key]) -> dict[Key, Subject]:
    """What is said now of these things; those of which nothing was ever said are not among them."""
    table = tables.subject
    found: dict[Key, Subject] = {}
    alike: dict[tuple[str, str], list[str]] = {}  # of rows of values, SQLite would look at the whole table
    for key in dict.fromkeys(keys):
        alike.setdefault((key.kind, key.coder), []).append(key.about)
    for (kind, coder), abouts in alike.items():
        of = select(table).where(table.c.kind == kind, table.c.coder == coder)
        for some in portions(abouts):
            for row in connection.execute(of.where(table.c.about.in_(some))).mappings():
                subject = rows.subject_value(row)
                found[subject.key] = subject
    return found


def changes(connection: Connection, numbers: Sequence[int]) -> tuple[Change, ...]:
    """The changes of these numbers, with their effects, in the order given.  Raises UnknownName for one not there."""
    heads: dict[int, Any] = {}
    effects: dict[int, list[Effect]] = {}
    for some in portions(list(numbers)):
        for row in connection.execute(select(tables.change).where(tables.change.c.number.in_(some))).mappings():
            heads[row["number"]] = row
            effects[row["number"]] = []
        found = select(tables.effect).where(tables.effect.c.change.in_(some)).order_by(tables.effect.c.rank)
        for row in connection.execute(found).mappings():
            effects[row["change"]].append(rows.effect_value(row))
    missing = [number for number in numbers if number not in heads]
    if missing:
        raise UnknownName(f"no change {missing[0]}: the last one is {last_number(connection)}")
    undone = _taken_back(connection, tables.change, "number", numbers)
    return tuple(rows.change_value(heads[number], effects[number], undone_by=undone.get(number)) for number in numbers)


def codes_now(connection: Connection, pairs: Iterable[tuple[str, str]]) -> dict[Key, Value | None]:
    """The codes of each coder on each statement, as the takes that hold come to.

    pairs: (statement id, coder).
    """
    wanted = {Key("codes", statement, coder): None for statement, coder in pairs}
    found: dict[Key, Value | None] = dict(wanted)
    for some in portions(sorted({key.about for key in wanted})):
        kept = select(tables.ruling).where(tables.ruling.c.statement_id.in_(some)).order_by(tables.ruling.c.rank)
        held = connection.execute(kept).mappings().all()
        gone = _taken_back(connection, tables.take, "rank", {row["take"] for row in held})
        for row in held:
            key = Key("codes", row["statement_id"], row["coder"])
            if key in found and row["take"] not in gone:
                ruling = records.ruling_value(row)
                found[key] = codes_value(ruling.codes, ruling.why)
    return found


def codes_of_take(connection: Connection, take: Take) -> list[tuple[str, str]]:
    """(statement, coder) that a take touches: its own rulings, and those of the take that it takes back."""
    touched: list[tuple[str, str]] = []
    number: int | None = take.number
    while number is not None:
        held = select(tables.ruling.c.statement_id, tables.ruling.c.coder).where(tables.ruling.c.take == number)
        touched += [(row.statement_id, row.coder) for row in connection.execute(held)]
        number = connection.execute(select(tables.take.c.undoes).where(tables.take.c.rank == number)).scalar()
    return list(dict.fromkeys(touched))


def keep_take(
    connection: Connection,
    take: Take,
    rulings: Sequence[Ruling],
    *,
    act: str = "",
    seen: int | None = None,
    also: Sequence[Wanted] = (),
    undoes: int | None = None,
) -> Change:
    """Write a take with its rulings, and the change that it is.

    act: "take" or "undo" where empty.  seen: the version of the codes that the coder saw, of a single ruling.
    also: what the same act says of other things.  undoes: the change that it takes back, where that is known.
    """
    connection.execute(insert(tables.take), records.take_row(take))
    if rulings:
        connection.execute(insert(tables.ruling), [records.ruling_row(ruling, take.number) for ruling in rulings])
    told = codes_now(connection, codes_of_take(connection, take))
    if undoes is None and take.undoes is not None:
        undoes = _change_of(connection, take.undoes)
    wanted = [Wanted(key=key, after=after, seen=seen) for key, after in told.items()]
    return record(
        connection,
        [*also, *wanted],
        by=take.by,
        at=take.at,
        act=act or ("take" if take.undoes is None else "undo"),
        why=take.why,
        undoes=undoes,
        take=take.number,
    )


def keep_judgement(connection: Connection, judgement: Judgement, *, undoes: int | None = None) -> Change:
    """Write a judgement, and the change that it is."""
    row = records.judgement_row(judgement)
    connection.execute(insert(tables.judgement), row)
    told = {name: row[name] for name in ("verb", "subject", "object", "speaker", "scope", "undoes") if row[name]}
    if undoes is None and judgement.undoes is not None:
        of = select(tables.change.c.number).where(tables.change.c.judgement == judgement.undoes)
        undoes = connection.execute(of).scalar()
    return record(
        connection,
        [Wanted(key=Key("judgement", str(judgement.number)), after=told)],
        by=judgement.by,
        at=judgement.at,
        act=judgement.verb.value,
        why=judgement.why,
        undoes=undoes,
        judgement=judgement.number,
    )


def codes_value(codes: Codes, why: str = "") -> Value:
    """Codes as the trail tells them: what is coded, and why."""
    told: dict[str, Any] = {}
    for field in fields(codes):
        code = getattr(codes, field.name)
        if code is not None:
            told[field.name] = code.value if field.name == "voice" else code
    return told | ({"why": why} if why else {})


def _change_of(connection: Connection, take: int) -> int | None:
    """The change that a take was, where it was nothing else."""
    number = connection.execute(select(tables.change.c.number).where(tables.change.c.take == take)).scalar()
    if number is None:
        return None
    kinds = select(tables.effect.c.kind).where(tables.effect.c.change == number).distinct()
    return number if set(connection.execute(kinds).scalars()) <= {"codes"} else None


def _effect(wanted: Wanted, there: Subject | None) -> Effect:
    return Effect(
        key=wanted.key,
        version=there.version + 1 if there else 1,
        before=there.value if there else None,
        after=wanted.after,
    )


def _effect_row(number: int, effect: Effect) -> dict[str, Any]:
    return {
        "change": number,
        "kind": effect.key.kind,
        "about": effect.key.about,
        "coder": effect.key.coder,
        "version": effect.version,
        "before": effect.before,
        "after": effect.after,
    }


def _come_to(connection: Connection, effects: Sequence[tuple[int, Effect]], now: Mapping[Key, Subject]) -> None:
    """Bring the state to what the effects say, each with the number of its change."""
    table = tables.subject
    told = [(each, {"version": each.version, "value": each.after, "change": number}) for number, each in effects]
    new = [_key_row(each.key) | values for each, values in told if each.key not in now]
    if new:
        connection.execute(insert(table), new)
    known = [(each, values) for each, values in told if each.key in now]
    if known:
        there = (
            update(table)
            .where(table.c.kind == bindparam("in_kind"), table.c.about == bindparam("in_about"))
            .where(table.c.coder == bindparam("in_coder"))
        )
        connection.execute(
            there,
            [{f"in_{name}": part for name, part in _key_row(each.key).items()} | values for each, values in known],
        )


def _key_row(key: Key) -> dict[str, str]:
    return {"kind": key.kind, "about": key.about, "coder": key.coder}


def _leave_out(connection: Connection, effects: Sequence[Effect]) -> None:
    """Keep the list of statements that do not count."""
    about = {effect.key.about: effect.after for effect in effects if effect.key.kind == "statement"}
    if not about:
        return
    coders = {}
    for some in portions([id for id, after in about.items() if after is None]):
        found = select(tables.statement.c.id, tables.statement.c.coder).where(tables.statement.c.id.in_(some))
        coders.update({row.id: row.coder for row in connection.execute(found)})
    out = [id for id, after in about.items() if not counts(after, coders.get(id, MACHINE))]
    back = [id for id in about if id not in set(out)]
    for some in portions(back):
        connection.execute(delete(tables.left_out).where(tables.left_out.c.statement_id.in_(some)))
    if out:
        connection.execute(insert_unless_there(connection, tables.left_out), [{"statement_id": id} for id in out])


def counts(value: Value | None, coder: str) -> bool:
    """Whether a statement counts: what the machine found unless a person put it aside, a person's while it holds."""
    if value is None:
        return coder.startswith(MACHINE)
    return value.get("verdict") not in LEFT_OUT


def _taken_back(connection: Connection, table: Table, number: str, numbers: Iterable[int]) -> dict[int, int]:
    """Which of these rows a later one that holds takes back, and which one that is; the undone undoes nothing.

    table: of changes or takes.  number: the column that its `undoes` names.
    """
    found: dict[int, int] = {}
    rounds: list[dict[int, int]] = []
    asked = sorted(numbers)
    while asked:
        undoing: dict[int, int] = {}
        for some in portions(asked):
            query = select(table.c[number], table.c.undoes).where(table.c.undoes.in_(some))
            undoing.update({row[0]: row[1] for row in connection.execute(query)})
        rounds.append(undoing)
        asked = sorted(undoing)
    for undoing in reversed(rounds):
        found.update({undone: by for by, undone in sorted(undoing.items()) if by not in found})
    return found


def _stale(connection: Connection, key: Key, there: Subject | None) -> Stale:
    if there is None:
        return Stale(f"{key.kind} {key.about}: nothing is said of it any more: look at it again")
    (other,) = changes(connection, [there.change])
    who = other.by or "somebody"
    return Stale(
        f"{key.kind} {key.about}: {who} changed it meanwhile (change {other.number}, {other.act}, {other.at}): "
        f"look at it again",
        other,
    )


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in portions that one SQL statement can hold."""
    """As many as one SQL statement may name, again and again."""
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
