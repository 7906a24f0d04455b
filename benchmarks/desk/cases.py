"""A made case of many statements, half of them worked through by one coder, in a file or on a server.

Its rows are those that winset writes, trail included (`replayed` finds nothing wrong), but written in bulk.
"""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from winset import records
from winset.actors.types import SpeaksAs, Standing
from winset.ids import EvidenceId, IssueId, PartialDate, StatementId, content_id
from winset.issues import CaseSpec, Issue
from winset.positions.types import Stance, Voice
from winset.store import full_text, seals, tables, trail
from winset.store.addresses import CaseAddress, Place
from winset.store.case_store import CaseStore
from winset.store.changes import Key
from winset.store.desk import accepted

CODER = "ada"
IN_A_DOCUMENT = 50  # statements
DECIDED = date(2024, 5, 1)
AT = "2024-04-01T09:00:00Z"
MACHINE = "machine: made"
SEED = 0
AT_ONCE = 50_000  # rows in one go
WRONG_EVERY = 50  # of the statements that were worked through, one in so many was marked wrong

ACTORS = (
    ("FRA", "France"), ("DEU", "Germany"), ("POL", "Poland"), ("HUN", "Hungary"), ("EST", "Estonia"),
    ("ESP", "Spain"), ("ITA", "Italy"), ("GRC", "Greece"), ("TUR", "Turkey"), ("NOR", "Norway"),
    ("CAN", "Canada"), ("USA", "the United States"), ("ROU", "Romania"), ("BGR", "Bulgaria"), ("PRT", "Portugal"),
)  # fmt: skip
CUES = ("said", "insisted", "warned", "told reporters", "argued", "repeated")
SAID = (
    ("the fuel levy must be adopted without delay", 1.0, 0.85),
    ("the fuel levy would ruin small carriers", -0.7, 0.6),
    ("a fuel levy was acceptable if ports were spared", 0.5, 0.6),
    ("it would never agree to the fuel levy", -1.0, 0.85),
    ("the matter of the levy needed further study", 0.0, 0.6),
    ("its fishing fleet was the pride of the coast", 0.1, 0.2),
)
# in an order in which no row comes before one that it refers to
WRITTEN = tuple("change take document full_text statement identification stance ruling effect subject left_out".split())


def made(place: Place, *, statements: int, worked: int | None = None) -> float:
    """A new kept case, the same for the same numbers; returns the seconds that it took.

    worked: how many statements, from the first, CODER has worked through; None: half of them.
    """
    started = time.perf_counter()
    issue = Issue(proposal="Adopt a fuel levy", body="nato", rule="consensus", on=PartialDate(DECIDED.isoformat()))
    CaseStore.create(place, CaseSpec(issue=issue), created_at=AT).close()
    portions = _portions(issue.id, statements, statements // 2 if worked is None else worked)
    if isinstance(place, Path):
        into_file(place, portions)
    else:
        onto_server(place, portions)
    return time.perf_counter() - started


@dataclass(slots=True)
class Portion:
    """Rows of each table, to be written together."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in WRITTEN})

    def add(self, table: str, **values: Any) -> None:
        """A row; values in the order of `COLUMNS`."""
        self.rows[table].append(tuple(values[name] for name in COLUMNS[table]))


COLUMNS: dict[str, tuple[str, ...]] = {
    "document": ("id", "name", "text", "title", "authors", "publisher", "published", "language", "media_type"),
    "full_text": ("document", "words"),  # its rank, and a list of words; in a file the first is the row's number
    "statement": ("id", "document_id", "source_start", "source_end", "cue_start", "cue_end", "contents", "form"),
    "identification": ("statement_id", "speaker", "represents", "actor_id", "standing", "score", "rule", "by"),
    "stance": ("statement_id", "issue_id", "relevance", "direction", "confidence", "by", "reason", "firmness"),
    "change": ("number", "by", "at", "act", "why", "take"),
    "effect": ("change", "kind", "about", "coder", "version", "after"),
    "subject": ("kind", "about", "coder", "version", "value", "change"),
    "take": ("rank", "by", "at", "why", "sheet"),
    "ruling": ("statement_id", "take", "coder", "why"),
    "left_out": ("statement_id",),
}
COLUMNS["document"] += ("reader", "found_in", "refused_spans")
COLUMNS["statement"] += ("hedged", "via", "said_on", "confidence", "coder", "run_id")
COLUMNS["identification"] += ("role", "speaks_as", "joint")
COLUMNS["stance"] += ("hedged", "conditional", "voice")
CODED = ("stance", "direction", "firmness", "hedged", "conditional", "voice", "rung", "relevance")
COLUMNS["ruling"] += CODED


class _Said(NamedTuple):
    """One sentence of a document: who says what, and where its words stand."""

    document_id: str
    day: str
    actor: str
    represents: str
    begins: int
    cue_at: int
    cue: str
    content_at: int
    said: int  # which of SAID


class Maker:
    """Rows of documents with their statements, one document after the other."""

    def __init__(self, issue_id: IssueId, worked: int, *, seed: int = SEED) -> None:
        self._draw = random.Random(seed)
        self._issue_id = issue_id
        self._worked = worked
        self._changes = self._takes = self._made = 0
        self._codes = [self._accepted(direction, sure) for _, direction, sure in SAID]

    def _accepted(self, direction: float, sure: float) -> tuple[dict[str, Any], str]:
        """The codes of who accepts what the machine made of a saying: as a ruling has them, and as JSON."""
        codes = accepted(self._stance("", direction, sure))
        ruling = {name: getattr(codes, name) for name in CODED} | {"voice": codes.voice and codes.voice.value}
        return ruling, json.dumps(trail.codes_value(codes))

    def _stance(self, id: str, direction: float, sure: float) -> Stance:
        return Stance(
            statement_id=StatementId(EvidenceId(id)),
            issue_id=self._issue_id,
            relevance=0.2 if sure < 0.5 else 0.9,
            direction=direction,
            confidence=sure,
            reason="made",
            voice=Voice.REPORTED,
        )

    def document(self, number: int, statements: int, to: Portion) -> None:
        """One document with so many statements."""
        draw = self._draw
        parts, spans, at = [f"Wire report {number} on the levy\n\n"], [], 0
        at = len(parts[0])
        for place in range(statements):
            (actor, name), cue, said = draw.choice(ACTORS), draw.choice(CUES), draw.randrange(len(SAID))
            source = name[0].upper() + name[1:]
            sentence = f"{source} {cue} that {SAID[said][0]}. "
            second, third = at + len(source) + 1, at + len(source) + len(cue) + 7  # " that " before the content
            spans.append((actor, name, at, second, cue, third, said))
            at += len(sentence)
            parts.append(sentence if (place + 1) % 5 else sentence.rstrip() + "\n")
        text = "".join(parts)
        day = (DECIDED - timedelta(days=draw.randrange(1500))).isoformat()
        id = content_id("document", text)
        name = f"report-{number:05}.txt"
        to.add(
            "document", id=id, name=name, text=text, title=f"Wire report {number}", authors="[]", published=day,
            publisher=("Harbour Gazette", "Coast Wire", "Union Post")[number % 3], language="en", reader="text",
            media_type="text/plain", found_in="[]", refused_spans=0,
        )  # fmt: skip
        to.add("full_text", document=number + 1, words=full_text.known(text))
        self._change(to, "add", Key("document", id), json.dumps({"name": name}))
        for actor, represents, begins, cue_at, cue, content_at, said in spans:
            self._statement(to, _Said(id, day, actor, represents, begins, cue_at, cue, content_at, said))

    def _statement(self, to: Portion, told: _Said) -> None:
        document_id, day, actor, represents, begins, cue_at, cue, content_at, said = told
        words, direction, sure = SAID[said]
        source, named = (begins, cue_at - 1), (cue_at, cue_at + len(cue))
        content = (content_at, content_at + len(words))
        spans = [f"{start}-{end}" for start, end in (source, named, content)]
        id = content_id("statement", document_id, *spans, MACHINE)
        to.add(
            "statement", id=id, document_id=document_id, source_start=source[0], source_end=source[1],
            cue_start=named[0], cue_end=named[1], contents=json.dumps([content]), form="indirect", hedged=False,
            via="[]", said_on=day, confidence=0.8, coder=MACHINE, run_id="",
        )  # fmt: skip
        to.add(
            "identification", statement_id=id, speaker=None, represents=represents, actor_id=actor, rule="made",
            standing=Standing.MEMBER.value, score=0.9, by="machine", role=None, speaks_as=SpeaksAs.ACTOR.value,
            joint=False,
        )  # fmt: skip
        row = records.stance_row(self._stance(id, direction, sure))
        to.add("stance", **row)
        if self._made < self._worked:
            self._work(to, id, said)
        self._made += 1

    def _work(self, to: Portion, id: str, said: int) -> None:
        if self._made % WRONG_EVERY == WRONG_EVERY - 1:
            self._change(to, "wrong", Key("statement", id), json.dumps({"verdict": "wrong"}))
            to.add("left_out", statement_id=id)
            return
        self._takes += 1
        ruling, told = self._codes[said]
        to.add("take", rank=self._takes, by=CODER, at=AT, why="", sheet="")
        to.add("ruling", statement_id=id, take=self._takes, coder=CODER, why="", **ruling)
        self._change(to, "accept", Key("codes", id, CODER), told, take=self._takes)

    def _change(self, to: Portion, act: str, key: Key, after: str, *, take: int | None = None) -> None:
        self._changes += 1
        by = "" if act == "add" else CODER
        to.add("change", number=self._changes, by=by, at=AT, act=act, why="", take=take)
        about = {"kind": key.kind, "about": key.about, "coder": key.coder, "version": 1, "change": self._changes}
        to.add("effect", **about, after=after)
        to.add("subject", **about, value=after)


def _portions(issue_id: IssueId, statements: int, worked: int) -> Iterator[Portion]:
    maker, portion = Maker(issue_id, worked), Portion()
    for number in range(-(-statements // IN_A_DOCUMENT)):
        maker.document(number, min(IN_A_DOCUMENT, statements - number * IN_A_DOCUMENT), portion)
        if len(portion.rows["statement"]) >= AT_ONCE:
            yield portion
            portion = Portion()
    yield portion


def into_file(path: Path, portions: Iterator[Portion]) -> None:
    """Write the rows to a new case in a file."""
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("PRAGMA synchronous = OFF")
        file.execute("PRAGMA cache_size = -1000000")
        made_after = _without_indexes(file)
        for portion in portions:
            for table, held in portion.rows.items():
                marks = ", ".join("?" * len(COLUMNS[table]))
                names = "rowid, words" if table == "full_text" else _names(table)
                rows = ((rank, " ".join(words)) for rank, words in held) if table == "full_text" else held
                file.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
        for line in made_after:
            file.execute(line)
        seals.seal(file)
    file.close()


def _without_indexes(file: sqlite3.Connection) -> list[str]:
    """Drop the indexes that can be made afterwards; the lines that make them."""
    found = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in found:
        file.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def onto_server(address: CaseAddress, portions: Iterator[Portion]) -> None:
    """Write the rows to a new case on a server."""
    import psycopg

    with psycopg.connect(address.server.url) as connection:
        connection.execute(f'SET search_path = "{address.schema}"'.encode())
        connection.execute("SET session_replication_role = replica")  # no foreign keys are checked
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '512MB'")
        indexes = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %s AND indexname LIKE 'ix_%%'",
            [address.schema],
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"'.encode())
        for portion in portions:
            for table, held in portion.rows.items():
                line = f'COPY "{table}" ({_names(table)}) FROM STDIN'
                with connection.cursor().copy(line.encode()) as copied:
                    for row in held:
                        copied.write_row((row[0], _vector(*row)) if table == "full_text" else row)
        for _, definition in indexes:
            connection.execute(definition.encode())
        for table, column in (("take", "rank"), ("change", "number")):
            last = f"(SELECT coalesce(max({column}), 1) FROM {table})"
            connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {last})".encode())
    with psycopg.connect(address.server.url, autocommit=True) as connection:
        for table in tables.metadata.tables:  # what the server itself does after a while
            connection.execute(f'VACUUM ANALYZE "{address.schema}"."{table}"'.encode())


def _vector(rank: int, words: Sequence[str]) -> str:
    """Words as a tsvector is written; they are letters, digits and the signs of the index alone."""
    return " ".join(f"'{word}'" for word in (*words, full_text.block_sign(rank)))


def _names(table: str) -> str:
    return ", ".join(f'"{name}"' for name in COLUMNS[table])
