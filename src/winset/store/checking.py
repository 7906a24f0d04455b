"""What those who read and check ask of a kept case besides its `desk`: places in a document, who is heard, who judged.

STANCES["-1"]                     what one key says
stanced(codes, "-1")              a coder's codes with that stance instead of the one before
accept(desk, id, by=..., at=...)  the machine's stance, whom the coder named kept
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, func, select

from winset import records
from winset.actors.types import Identification
from winset.errors import BadJudgement, OffScale, UnknownName
from winset.ids import DocumentId, StatementId
from winset.positions.rulings import WORDS, Codes
from winset.store import tables, trail
from winset.store.desk import accepted, codes_of

if TYPE_CHECKING:
    from winset.store.case_store import CaseStore
    from winset.store.changes import Change
    from winset.store.desk import Desk


# A leaning has half the direction, so it speaks for a place half-way, and half the firmness, so it weighs less.
STANCES = {
    "-2": Codes(stance="oppose", direction=-1.0, firmness=1.0),
    "-1": Codes(stance="oppose", direction=-0.5, firmness=0.5),
    "0": Codes(stance="neutral", direction=0.0),
    "+1": Codes(stance="favour", direction=0.5, firmness=0.5),
    "+2": Codes(stance="favour", direction=1.0, firmness=1.0),
    "none": Codes(stance="none"),
    "unclear": Codes(stance="unclear"),
}
_FIRST = re.compile(r"\[\s*\[\s*(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a statement stands."""

    rank: int  # order in which it came into the case
    id: StatementId
    start: int  # of its first word, code points of the document's text


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Somebody who speaks in a case: as the machine read him or her first, and how often."""

    identification: Identification
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Who said last that a statement is right, wrong or replaced."""

    by: str
    at: str  # ISO 8601, UTC
    change: int


def stance_named(word: str) -> Codes:
    """What a step from -2 to +2 says, or a word alone.  Raises OffScale.

    >>> stance_named("2").firmness, stance_named("oppose").firmness
    (1.0, None)
    """
    if word in WORDS:
        return Codes(stance=word)
    found = STANCES.get(word) or STANCES.get(f"+{word}")
    if found is None:
        raise OffScale(f"stance {word!r}: write -2, -1, 0, +1, +2, {', '.join(WORDS)}")
    return found


def stanced(codes: Codes | None, said: Codes) -> Codes:
    """A coder's codes with another stance; relevance goes with the stance before, all else stays."""
    return replace(
        codes or Codes(), stance=said.stance, direction=said.direction, firmness=said.firmness, relevance=None
    )


def accept(desk: Desk, statement_id: StatementId, *, by: str, at: str, seen: int | None = None) -> Change:
    """The machine's stance as this coder's own; whom the coder named before stays named.

    Raises UnknownName, BadJudgement where the machine reads nothing, Stale.
    """
    there = desk.value("codes", statement_id, by)
    if there is None or not there.value or there.value.get("actor") is None:
        return desk.accept(statement_id, by=by, at=at, seen=seen)
    row = desk.row(statement_id, coder=by)
    if row.stance is None:
        raise BadJudgement(f"statement {statement_id}: the machine reads no stance: code it")
    codes = replace(accepted(row.stance), actor=there.value["actor"])
    return desk.code(statement_id, codes, by=by, at=at, why=row.why, seen=there.version if seen is None else seen)


def adopt(desk: Desk, statement_id: StatementId, *, by: str, at: str, why: str = "") -> Change:
    """What an assistant suggested of a statement, as a person's own code or verdict; the suggestion stays in the trail.

    Raises UnknownName where nothing is suggested, BadJudgement where several suggest different things.
    """
    found = [each for each in desk.suggestions() if each.key.about == statement_id]
    if not found:
        raise UnknownName(f"statement {statement_id}: nothing is suggested of it")
    said = {str({name: part for name, part in (each.value or {}).items() if name != "why"}) for each in found}
    if len(said) > 1:
        who = ", ".join(each.key.coder for each in found)
        raise BadJudgement(f"statement {statement_id}: {who} suggest different things: code it, or say right or wrong")
    value = found[0].value or {}
    reason = why or str(value.get("why", ""))
    if value.get("codes"):
        return desk.code(statement_id, codes_of(value["codes"]), by=by, at=at, why=reason)
    return desk.judge(statement_id, value["verdict"], by=by, at=at, why=reason)


def spots(store: CaseStore, document_id: DocumentId) -> tuple[Spot, ...]:
    """The statements of a document in the order of its text, whoever marked them.  Cost: linear in them."""
    statement = tables.statement.c
    contents = cast(statement.contents, String)  # read as text: JSON of thousands of rows takes as long as all else
    query = select(
        statement.rank, statement.id, statement.source_start, statement.cue_start, contents.label("contents")
    ).where(statement.document_id == document_id)
    with store.database.transaction(writes=False) as connection:
        found = [
            Spot(rank=rank, id=StatementId(id), start=_start(source, cue, contents))
            for rank, id, source, cue, contents in connection.execute(query)
        ]
    return tuple(sorted(found, key=lambda spot: (spot.start, spot.rank)))


def heard(store: CaseStore) -> tuple[Heard, ...]:
    """Everybody who speaks, those heard most often first.  Cost: the table of identifications is read once."""
    who = tables.identification.c
    first, counted = func.min(who.rank), func.count()
    query = select(first, counted).group_by(who.speaker, who.represents, who.actor_id)
    with store.database.transaction(writes=False) as connection:
        often: dict[int, int] = {row[0]: row[1] for row in connection.execute(query)}
        found: list[Heard] = []
        for some in trail.portions(list(often)):
            for row in connection.execute(select(tables.identification).where(who.rank.in_(some))).mappings():
                found.append(Heard(identification=records.identification_value(row), statements=often[row["rank"]]))
    return tuple(sorted(found, key=lambda each: -each.statements))


def last_document(store: CaseStore) -> int:
    """The rank of the document that came last: what was worked out of the texts at the same rank is current."""
    with store.database.transaction(writes=False) as connection:
        return int(connection.execute(select(func.max(tables.document.c.rank))).scalar_one() or 0)


def document_named(store: CaseStore, words: str) -> DocumentId:
    """The document of that id, name or file name.  Raises UnknownName where there is none, or several."""
    document = tables.document.c
    with store.database.transaction(writes=False) as connection:
        named = connection.execute(select(document.id, document.name)).all()
    by_id = [id for id, name in named if id == words] or [id for id, name in named if name == words]
    found = by_id or [id for id, name in named if name.rpartition("/")[2] == words]
    if len(found) != 1:
        several = f": there are {len(found)}, name it by its id" if found else " in the case"
        raise UnknownName(f"no document {words!r}{several}" if not found else f"document {words!r}{several}")
    return DocumentId(found[0])


def judged_by(store: CaseStore, ids: Collection[StatementId]) -> dict[StatementId, Judged]:
    """Who judged these statements last; those that nobody judged are not among them."""
    subject, change = tables.subject.c, tables.change.c
    found: dict[StatementId, Judged] = {}
    with store.database.transaction(writes=False) as connection:
        for some in trail.portions(list(ids)):
            query = (
                select(subject.about, change.by, change.at, change.number)
                .select_from(tables.subject.join(tables.change, change.number == subject.change))
                .where(subject.kind == "statement", subject.coder == "", subject.about.in_(some))
            )
            for row in connection.execute(query):
                found[StatementId(row.about)] = Judged(by=row.by, at=row.at, change=row.number)
    return found


def persons(store: CaseStore, *, at_most: int = 200) -> tuple[str, ...]:
    """Everybody who changed the case, by name.  Cost: one look into the index for each, however much they did."""
    by, found = tables.change.c.by, [""]
    with store.database.transaction(writes=False) as connection:
        while len(found) <= at_most:
            following = connection.execute(select(func.min(by)).where(by > found[-1])).scalar()
            if following is None:
                break
            found.append(following)
    return tuple(found[1:])


def places(words: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a text as written, "12-40,52-60"; none where nothing is written.

    Raises BadJudgement.

    >>> places("12-40, 52-60")
    ((12, 40), (52, 60))
    """
    found = []
    for part in filter(None, (part.strip() for part in words.split(","))):
        start, dash, end = part.partition("-")
        if not (dash and start.isdecimal() and end.isdecimal() and int(start) < int(end)):
            raise BadJudgement(f"place {part!r}: write START-END, counted in characters of the text, as 12-40")
        found.append((int(start), int(end)))
    return tuple(found)


def place(words: str) -> tuple[int, int] | None:
    """One stretch as written, or none.  Raises BadJudgement for several."""
    found = places(words)
    if len(found) > 1:
        raise BadJudgement(f"{words}: a source and a cue are one stretch; only a content has several")
    return found[0] if found else None


def _start(source: int | None, cue: int | None, contents: str) -> int:
    """Where a statement begins.  contents: "[[start, end], ...]", in text order, so that the first is the least."""
    first = _FIRST.match(contents)
    return min(start for start in (source, cue, int(first[1]) if first else None) if start is not None)
