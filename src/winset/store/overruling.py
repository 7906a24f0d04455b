"""What persons said of statements, for a case that is read as columns: as few values as say it, and whose they are.

Codes and judgements are many, but what they come to is not: a thousand coders' "favour" is one change of a stance, and
what a judgement makes of a source it makes of all sources alike. So each kind is worked out once, by the very functions
that `pipeline.kept_cases.kept_material` asks for every statement.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, Connection, Select, select

from winset import records
from winset.actors.judgements import Judgement, Verb, is_label, judged
from winset.actors.judgements import holding as judgements_holding
from winset.actors.rooms import Room
from winset.actors.tables import folded
from winset.actors.types import MACHINE, Identification, SpeaksAs, Standing
from winset.ids import ActorId, DocumentId, EvidenceId, IssueId, StatementId
from winset.positions.rulings import Ruling, holding, ruled, taken_back, whose
from winset.positions.types import Stance, Voice
from winset.statements.types import Statement
from winset.store import tables, trail

if TYPE_CHECKING:
    from numpy.typing import NDArray

AT_ONCE = trail.AT_ONCE  # documents whose words are held at once
_CODES = ("stance", "direction", "firmness", "hedged", "conditional", "voice", "rung", "relevance", "actor")
_STATEMENT = StatementId(EvidenceId(""))
_ISSUE = IssueId("")
# two stances that have nothing in common
_ONE = Stance(
    statement_id=_STATEMENT, issue_id=_ISSUE, relevance=0.0, direction=-1.0, confidence=0.0, reason="", firmness=0.0,
    hedged=False, conditional=False, voice=Voice.OWN, rung="one",
)  # fmt: skip
_OTHER = Stance(
    statement_id=_STATEMENT, issue_id=_ISSUE, relevance=1.0, direction=1.0, confidence=1.0, reason="", firmness=1.0,
    hedged=True, conditional=True, voice=Voice.REPORTED, rung="other",
)  # fmt: skip
CHANGED = ("relevance", "direction", "confidence", "firmness", "hedged", "conditional", "voice", "rung")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coded:
    """What persons' codes make of stances: of the statement `ids[i]` that which `made[kind[i]]` says."""

    ids: NDArray[Any]  # bytes, shape (n,)
    kind: NDArray[Any]  # shape (n,)
    made: Sequence[Mapping[str, Any]]  # by the names of CHANGED, those that persons decide


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """Who sources are by persons' words: of the statement `ids[i]` it is `who[kind[i]]`."""

    ids: NDArray[Any]  # bytes, shape (n,)
    kind: NDArray[Any]  # shape (n,)
    who: Sequence[Identification]  # of some statement of that kind; only whom it names is meant


def gone_takes(connection: Connection) -> frozenset[int]:
    """The numbers of the takes that are taken back; only those that take something back are read."""
    undoing = select(tables.take).where(tables.take.c.undoes.is_not(None))
    return taken_back([records.take_value(row) for row in connection.execute(undoing).mappings()])


def coded(chunks: Iterable[Sequence[Sequence[Any]]], gone: Collection[int]) -> Coded:
    """What the codes that hold come to, as `positions.rulings.ruled` has it.

    chunks: columns of CODES_READ, some rows at a time, in the order in which they were said.
    gone: numbers of the takes that do not hold.
    """
    import numpy as np

    kinds: dict[tuple[Any, ...], int] = {}
    coders: dict[str, int] = {}
    parts: list[tuple[NDArray[Any], NDArray[Any]]] = [(np.zeros(0, dtype="S16"), np.zeros((0, 3), dtype="i4"))]
    for some, takes, by, *codes in chunks:
        number = [kinds.setdefault(each, len(kinds)) for each in zip(*codes, strict=True)]
        coder = [coders.setdefault(each, len(coders)) for each in by]
        parts.append((np.array(some, dtype="S16"), np.array([takes, coder, number], dtype="i4").T))
    ids, said = (np.concatenate(part) for part in zip(*parts, strict=True))
    if gone:
        held = ~np.isin(said[:, 0], list(gone))
        ids, said = ids[held], said[held]
    order = np.lexsort((said[:, 1], ids))  # by statement and coder; it is stable, so that the last word is last
    ids, said = ids[order], said[order]
    same = ids[1:] == ids[:-1]
    last = np.append(~(same & (said[1:, 1] == said[:-1, 1])), True)[: len(ids)]
    ids, said = ids[last], said[last]
    starts = np.flatnonzero(np.append(True, ids[1:] != ids[:-1])[: len(ids)])
    counts = np.diff(starts, append=len(ids))
    told = list(kinds)
    sets: dict[tuple[int, ...], int] = {}
    of = np.zeros(len(starts), dtype="i4")
    alone = counts == 1
    for number in np.unique(said[starts[alone], 2]).tolist():
        sets[(number,)] = len(sets)
    numbers = np.zeros(len(kinds) + 1, dtype="i4")
    for each, at in sets.items():
        numbers[each[0]] = at
    of[alone] = numbers[said[starts[alone], 2]]
    for place in np.flatnonzero(~alone).tolist():
        together = said[starts[place] : starts[place] + counts[place], 2].tolist()
        of[place] = sets.setdefault(tuple(sorted(together)), len(sets))
    made = [_made([_ruling(f"coder {n}", told[number]) for n, number in enumerate(each)]) for each in sets]
    return Coded(ids=ids[starts], kind=of, made=made)


CODES_READ = """
    SELECT statement_id, take, coder, stance, direction, firmness, hedged, conditional, voice, rung, relevance, actor
    FROM ruling ORDER BY rank"""  # the codes in the order of _CODES


def named(connection: Connection, room: Callable[[], Room], gone: Collection[int]) -> Named | None:
    """Who sources are by persons' words, where those say otherwise than the machine; None: nowhere.

    room: the actors of the case, asked for where somebody said anything.  gone: as for `coded`.
    Raises UnknownName for a judgement on an actor that the registry does not hold.
    Cost: one look at each speaker's name and label; a judgement by a source's words reads every document once.
    """
    import numpy as np

    said = [records.judgement_value(row) for row in _all(connection, select(tables.judgement), tables.judgement.c.rank)]
    held = [each for each in judgements_holding(said) if each.verb is not Verb.UNDO]
    by_coders = _by_coders(connection, said, gone)
    if not held and not by_coders:
        return None
    among = room()
    sources = _touched(connection, held, by_coders, among)
    kinds: dict[tuple[Any, ...], list[str]] = {}
    own = set(by_coders) | {each.subject for each in held} | {id for each in held for id in each.scope.statements}
    homes = {id for each in held for id in each.scope.documents}
    for id, (home, words, *who) in sources.items():
        limited = (id if id in own else "", home if home in homes else "", words)
        kinds.setdefault((*limited, *who), []).append(id)
    who_is: list[Identification] = []
    ids: list[str] = []
    kind: list[int] = []
    for (_, home, words, *row), alike in kinds.items():
        before = _identification(alike[0], row)
        statement = cast(Statement, _Spoken(StatementId(EvidenceId(alike[0])), DocumentId(home), _Words(words)))
        coder = by_coders.get(before.statement_id)
        (after,) = judged([before], [statement], [coder], among) if coder else (before,)
        (after,) = judged([after], [statement], said, among)
        if after is not before:
            ids += alike
            kind += [len(who_is)] * len(alike)
            who_is.append(after)
    return Named(ids=np.array(ids, dtype="S16"), kind=np.array(kind, dtype="i4"), who=who_is)


@dataclass(frozen=True, slots=True)
class _Words:
    """Of an anchor, the words."""

    exact: str


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Of a statement, what judgements look at."""

    id: StatementId
    document_id: DocumentId
    source: _Words


_WHO = ("speaker", "represents", "actor_id", "standing", "role", "affiliation", "speaks_as")


def _touched(
    connection: Connection, held: Sequence[Judgement], by_coders: Collection[str], room: Room
) -> dict[str, tuple[Any, ...]]:
    """Each statement that a judgement may be about: its document, its source's words, whose the machine says it is."""
    who, statement = tables.identification.c, tables.statement.c
    ids, labels, names, actors, words = set(map(str, by_coders)), set[str](), set[str](), set[str](), set[str]()
    for each in held:
        if is_label(each.subject):
            labels.add(folded(each.subject))
        elif each.verb is Verb.IS:
            ids.add(each.subject)
            words.add(folded(each.subject))
            names.add(folded(each.subject))
        elif each.subject in room.registry.actors:
            actors.add(each.subject)
        else:
            names.add(folded(each.subject))
    spoken = dict(_spoken_in(connection, words - {""})) if words - {""} else {}
    asked: list[tuple[ColumnElement[Any], Sequence[str]]] = [
        (who.statement_id, sorted(ids | set(spoken))),
        (who.represents, _known(connection, who.represents, labels)),
        (who.speaker, _known(connection, who.speaker, names)),
        (who.actor_id, sorted(actors)),
    ]
    wanted = select(who.statement_id, statement.document_id, *(who[name] for name in _WHO)).join_from(
        tables.identification, tables.statement, who.statement_id == statement.id
    )
    wanted = wanted.where(who.by == MACHINE)
    found: dict[str, tuple[Any, ...]] = {}
    for column, values in asked:
        for some in trail.portions(values):
            for id, home, *row in connection.execute(wanted.where(column.in_(some))):
                found[id] = (home, spoken.get(id, ""), *row)
    return found


def _known(connection: Connection, column: ColumnElement[Any], wanted: Collection[str]) -> list[str]:
    """Which names of the column are these, folded."""
    if not wanted:
        return []
    names = connection.execute(select(column).where(column.is_not(None)).distinct()).scalars()
    return [name for name in names if folded(name) in wanted]


def _spoken_in(connection: Connection, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Statements whose source's words are these, folded; with the words as the first of them were written."""
    document, statement = tables.document.c, tables.statement.c
    meant: dict[str, bool] = {}
    last = 0
    texts = select(document.rank, document.id, document.text).order_by(document.rank).limit(AT_ONCE)
    spans = select(statement.id, statement.document_id, statement.source_start, statement.source_end)
    spans = spans.where(statement.source_start.is_not(None))
    while some := connection.execute(texts.where(document.rank > last)).all():
        last = some[-1][0]
        held = {id: text for _, id, text in some}
        for id, home, start, end in connection.execute(spans.where(statement.document_id.in_(list(held)))):
            words = held[home][start:end]
            if words not in meant:
                meant[words] = folded(words) in wanted
            if meant[words]:
                yield id, words


def _by_coders(
    connection: Connection, said: Sequence[Judgement], gone: Collection[int]
) -> dict[StatementId, Judgement]:
    """Whose each statement is by those who coded it; see `positions.rulings.whose`."""
    ruling, take = tables.ruling, tables.take
    some = select(ruling.c.statement_id).where(ruling.c.actor.is_not(None))
    found = _all(connection, select(ruling).where(ruling.c.statement_id.in_(some)), ruling.c.rank)
    held = holding([each for each in map(records.ruling_value, found) if each.take not in gone], ())
    at: dict[int, str] = {}
    for numbers in trail.portions(sorted({each.take for rulings in held.values() for each in rulings})):
        for number, when in connection.execute(select(take.c.rank, take.c.at).where(take.c.rank.in_(numbers))):
            at[number] = when
    return whose(held, at=at, judgements=said)


def _all(connection: Connection, query: Select[Any], order: ColumnElement[Any]) -> Sequence[Any]:
    return connection.execute(query.order_by(order)).mappings().all()


def _ruling(coder: str, codes: tuple[Any, ...]) -> Ruling:
    row = {"statement_id": "", "coder": coder, "why": "", "take": 0, **dict(zip(_CODES, codes, strict=True))}
    for name in ("hedged", "conditional"):  # a file has them as numbers
        row[name] = None if row[name] is None else bool(row[name])
    return records.ruling_value(row)


def _made(rulings: Sequence[Ruling]) -> dict[str, Any]:
    """What `ruled` makes equal in two stances that have nothing in common: that is what persons decide."""
    one, other = ruled(_ONE, rulings), ruled(_OTHER, rulings)
    pairs = {name: (getattr(one, name), getattr(other, name)) for name in CHANGED}
    return {name: now for name, (now, other_now) in pairs.items() if now == other_now}


def _identification(id: str, row: Sequence[Any]) -> Identification:
    found = dict(zip(_WHO, row, strict=True))
    return Identification(
        statement_id=StatementId(EvidenceId(id)),
        speaker=found["speaker"],
        represents=found["represents"],
        actor_id=ActorId(found["actor_id"]) if found["actor_id"] is not None else None,
        standing=Standing(found["standing"]),
        score=1.0,  # which a person's word makes it anyway
        rule="",
        by=MACHINE,
        role=found["role"],
        affiliation=found["affiliation"],
        speaks_as=SpeaksAs(found["speaks_as"]),
    )
