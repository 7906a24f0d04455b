"""The trail of changes and the state that it comes to. What was done before there was one becomes its beginning."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

CODES = ("stance", "direction", "firmness", "hedged", "conditional", "voice", "rung", "relevance", "actor", "why")


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("change.number")),
        sa.Column("take", sa.Integer, sa.ForeignKey("take.rank")),
        sa.Column("judgement", sa.Integer, sa.ForeignKey("judgement.rank")),
    )
    op.create_index("ix_change_by_number", "change", ["by", "number"])
    op.create_index("ix_change_undoes", "change", ["undoes"])
    op.create_index("ix_change_take", "change", ["take"])
    op.create_table(
        "effect",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("change", sa.Integer, sa.ForeignKey("change.number"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
    )
    op.create_index("ix_effect_change", "effect", ["change"])
    op.create_index("ix_effect_kind_about_coder", "effect", ["kind", "about", "coder"])
    op.create_table(
        "subject",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("about", sa.String, primary_key=True),
        sa.Column("coder", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("value", sa.JSON),
        sa.Column("change", sa.Integer, sa.ForeignKey("change.number"), nullable=False),
    )
    op.create_index("ix_subject_coder_kind", "subject", ["coder", "kind"])
    op.create_table(
        "left_out",
        sa.Column("statement_id", sa.String, sa.ForeignKey("statement.id"), primary_key=True),
    )
    op.drop_index("ix_identification_actor_id", "identification")
    op.create_index("ix_identification_actor_id_rank", "identification", ["actor_id", "rank"])
    _Beginning(op.get_bind()).write()


class _Beginning:
    """Documents, judgements and takes of an older case, each a change, in the order of their times."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._changes: list[dict[str, Any]] = []
        self._effects: list[dict[str, Any]] = []
        self._subjects: dict[tuple[str, str, str], dict[str, Any]] = {}

    def write(self) -> None:
        for id, name in self._all("SELECT id, name FROM document ORDER BY rank"):
            self._add("", "", "add", [("document", id, "", {"name": name})])
        judgements = self._all(
            'SELECT rank, verb, subject, object, speaker, scope, "by", at, why, undoes FROM judgement ORDER BY rank'
        )
        takes = self._all('SELECT rank, "by", at, why, sheet, undoes FROM take ORDER BY rank')
        said = [(row[7], 0, row[0], row) for row in judgements] + [(row[2], 1, row[0], row) for row in takes]
        # the order within each list is kept even where its times are not in order
        latest = ["", ""]
        timed = []
        for at, which, rank, row in sorted(said, key=lambda each: (each[1], each[2])):
            latest[which] = max(latest[which], at)
            timed.append((latest[which], which, rank, row))
        self._takes = takes
        self._said: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = {}  # of a statement by a coder, in order
        self._of_take: dict[int, list[tuple[str, str]]] = {}
        query = f"SELECT take, statement_id, coder, {', '.join(CODES)} FROM ruling ORDER BY rank"  # noqa: S608
        for row in self._all(query):
            self._said.setdefault((row[1], row[2]), []).append((row[0], _codes(row[3:])))
            self._of_take.setdefault(row[0], []).append((row[1], row[2]))
        for _, which, _, row in sorted(timed, key=lambda each: each[:3]):
            self._judge(row) if which == 0 else self._take(row)
        self._insert("change", self._changes)
        self._insert("effect", self._effects)
        self._insert("subject", list(self._subjects.values()))

    def _judge(self, row: Any) -> None:
        scope = json.loads(row[5]) if isinstance(row[5], str) else row[5]
        value = {"verb": row[1], "subject": row[2], "object": row[3], "speaker": row[4], "scope": scope}
        told = {name: each for name, each in value.items() if each} | ({"undoes": row[9]} if row[9] else {})
        self._add(row[6], row[7], row[1], [("judgement", str(row[0]), "", told)], why=row[8], judgement=row[0])

    def _take(self, row: Any) -> None:
        number, by, at, why, _sheet, undoes = row
        kept = [take for take in self._takes if take[0] <= number]
        gone: set[int] = set()
        for take in reversed(kept):
            if take[5] is not None and take[0] not in gone:
                gone.add(take[5])
        about = list(self._of_take.get(number, ()))
        back = undoes
        while back is not None:  # an undo of an undo touches what the first one touched
            about += self._of_take.get(back, ())
            back = next(take[5] for take in kept if take[0] == back)
        effects = []
        for statement, coder in dict.fromkeys(about):
            held = [value for take, value in self._said[statement, coder] if take <= number and take not in gone]
            effects.append(("codes", statement, coder, held[-1] if held else None))
        self._add(by, at, "undo" if undoes else "take", effects, why=why, take=number)

    def _add(self, by: str, at: str, act: str, effects: list[Any], *, why: str = "", **links: int) -> None:
        number = len(self._changes) + 1
        self._changes.append(
            {"number": number, "by": by, "at": at, "act": act, "why": why, "undoes": None, "take": None}
            | {"judgement": None, **links}
        )
        for kind, about, coder, after in effects:
            before = self._subjects.get((kind, about, coder))
            version = before["version"] + 1 if before else 1
            key = {"kind": kind, "about": about, "coder": coder, "version": version}
            told = None if before is None else before["value"]
            self._effects.append({**key, "change": number, "before": told, "after": after})
            self._subjects[kind, about, coder] = {**key, "change": number, "value": after}

    def _all(self, query: str) -> list[Any]:
        return list(self._connection.execute(sa.text(query)))

    def _insert(self, name: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            json_type = sa.JSON(none_as_null=True)
            columns = [
                sa.column(key, json_type) if key in ("before", "after", "value") else sa.column(key) for key in rows[0]
            ]
            self._connection.execute(sa.insert(sa.table(name, *columns)), rows)


def _codes(row: Any) -> dict[str, Any]:
    codes = dict(zip(CODES, row, strict=True))
    for name in ("hedged", "conditional"):  # SQLite has no booleans
        codes[name] = None if codes[name] is None else bool(codes[name])
    return {name: code for name, code in codes.items() if code is not None and (name != "why" or code)}
