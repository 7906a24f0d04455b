"""What was made of a share as tables of columns: the documents, who said what, who that is, for or against.

A table is Parquet; a share's tables travel together as one run of bytes, and no object is ever unpickled from it. Rows
are those of `records`, so that values come back without loss; the exact words stand beside their offsets for readers.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from winset import records
from winset.corpus.types import Document, Duplicate, Rejected
from winset.errors import NotConfigured, NotText
from winset.statements.types import Statement
from winset.store.types import Coding

SCHEMA = "winset-cluster/1"  # grows by new tables and columns; one that changes or goes makes it winset-cluster/2
Tables: TypeAlias = Mapping[str, bytes]  # name to Parquet

COLUMNS = {  # table -> column -> (Arrow's type, what stands in it)
    "documents": {
        "number": ("int32", "place in its share; what was refused or came again has one too"),
        "id": ("string", "the text's id: the same text has the same id on every machine"),
        "name": ("string", "file name, address, or the id that its line or row states"),
        "text": ("string", "NFC, line ends LF; offsets count its code points"),
        "title": ("string", ""),
        "authors": ("strings", ""),
        "publisher": ("string", ""),
        "published": ("string", "YYYY, YYYY-MM or YYYY-MM-DD, as precise as the document"),
        "language": ("string", "BCP 47"),
        "source_url": ("string", ""),
        "retrieved_at": ("string", "ISO 8601, UTC"),
        "media_type": ("string", ""),
        "reader": ("string", "which read it"),
        "found_in": ("pairs", "field, and where it was found"),
        "links": ("links", "words that lead somewhere: start, end, target"),
        "refused": ("int32", "proposed statements whose words did not hold"),
    },
    "statements": {
        "id": ("string", ""),
        "document_id": ("string", ""),
        "source_start": ("int32", "half-open, Unicode code points into the document's text"),
        "source_end": ("int32", ""),
        "cue_start": ("int32", ""),
        "cue_end": ("int32", ""),
        "contents": ("spans", "start and end of each part of what was said"),
        "source": ("string", "who said it, in the text's exact words"),
        "cue": ("string", "the exact words that introduce it"),
        "content": ("strings", "what was said, in exact words"),
        "form": ("string", "direct, indirect, mixed or act"),
        "hedged": ("bool", ""),
        "via": ("strings", "media that the sentence credits"),
        "said_on": ("string", ""),
        "confidence": ("double", "that source, cue and content are right, 0-1"),
        "coder": ("string", ""),
        "run_id": ("string", ""),
    },
    "identifications": {
        "statement_id": ("string", ""),
        "speaker": ("string", "the person who speaks"),
        "represents": ("string", "whom the source speaks for"),
        "actor_id": ("string", "in the registry"),
        "standing": ("string", "member, secretariat, partner, outside, commentator, medium or unknown"),
        "score": ("double", "0-1"),
        "rule": ("string", "what decided"),
        "by": ("string", ""),
        "role": ("string", ""),
        "affiliation": ("string", ""),
        "speaks_as": ("string", ""),
        "joint": ("bool", "said together with others"),
        "at": ("string", ""),
        "why": ("string", ""),
    },
    "stances": {
        "statement_id": ("string", ""),
        "issue_id": ("string", ""),
        "relevance": ("double", "that it is about the proposal, 0-1"),
        "direction": ("double", "-1 against to 1 for"),
        "confidence": ("double", "0-1"),
        "by": ("string", ""),
        "reason": ("string", "the words or rule that decided"),
        "firmness": ("double", "0-1"),
        "hedged": ("bool", ""),
        "conditional": ("bool", ""),
        "voice": ("string", "own, reported or ascribed"),
        "rung": ("string", "the option it speaks of; empty: the proposal itself"),
    },
    "runs": {
        "id": ("string", ""),
        "step": ("string", ""),
        "method": ("string", ""),
        "version": ("string", ""),
        "inputs": ("strings", ""),
        "seed": ("int64", ""),
    },
    "rejected": {
        "number": ("int32", "place in its share"),
        "name": ("string", ""),
        "reason": ("string", ""),
        "kind": ("string", ""),
    },
    "duplicates": {
        "number": ("int32", "place in its share"),
        "name": ("string", "of the document whose text came before under another name"),
        "document_id": ("string", ""),
        "of": ("string", ""),
        "similarity": ("double", "1: the same text"),
    },
}
NAMES = tuple(COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A document of a share, with what was made of it."""

    number: int
    document: Document
    coding: Coding | None  # None: its text is known already, and it was not coded again


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All that was made of a share, each list in the share's order."""

    coded: tuple[Coded, ...] = ()
    rejected: tuple[tuple[int, Rejected], ...] = ()
    duplicates: tuple[tuple[int, Duplicate], ...] = ()
    notes: tuple[str, ...] = ()  # lines for the user
    words: int = 0

    def in_order(self) -> Iterator[Coded | Rejected | Duplicate]:
        """Everything, as it came."""
        found: list[tuple[int, Coded | Rejected | Duplicate]] = [(each.number, each) for each in self.coded]
        found += [*self.rejected, *self.duplicates]
        for _, each in sorted(found, key=lambda pair: pair[0]):
            yield each


def tables(result: Result) -> dict[str, bytes]:
    """The result as Parquet.  Raises NotText for half a surrogate pair, which no file of text can hold."""
    coded = [(each.document, each.coding) for each in result.coded if each.coding is not None]
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [_document(each) for each in result.coded],
        "statements": [_statement(said, document) for document, coding in coded for said in coding.statements],
        "identifications": [records.identification_row(who) for _, coding in coded for who in coding.identifications],
        "stances": [records.stance_row(stance) for _, coding in coded for stance in coding.stances],
        "runs": list({run.id: records.run_row(run) for _, coding in coded for run in coding.runs}.values()),
        "rejected": [
            {"number": number, "name": each.name, "reason": each.reason, "kind": each.kind}
            for number, each in result.rejected
        ],
        "duplicates": [
            {
                "number": number,
                "name": each.name,
                "document_id": each.document_id,
                "of": each.of,
                "similarity": each.similarity,
            }
            for number, each in result.duplicates
        ],
    }
    return {name: parquet_of(name, rows[name]) for name in NAMES}


def parquet_of(name: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows of a table as Parquet, its schema and what its columns mean with them.  Raises NotText."""
    arrow, parquet = arrows()
    schema = _schema(name)
    try:
        columns = [arrow.array([row[field.name] for row in rows], type=field.type) for field in schema]
    except UnicodeEncodeError as error:
        raise NotText(f"{name}: holds half a surrogate pair: save it as UTF-8") from error
    file = io.BytesIO()
    parquet.write_table(arrow.Table.from_arrays(columns, schema=schema), file, compression="zstd")
    return file.getvalue()


def rows_of(payload: bytes, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a table."""
    _, parquet = arrows()
    found: list[dict[str, Any]] = parquet.read_table(
        io.BytesIO(payload), columns=list(columns) if columns else None, use_threads=False
    ).to_pylist()
    return found


def result_of(found: Tables, *, notes: Sequence[str] = (), words: int = 0) -> Result:
    """The result of which the tables were made."""
    who = {row["statement_id"]: records.identification_value(row) for row in rows_of(found["identifications"])}
    stances = {row["statement_id"]: records.stance_value(row) for row in rows_of(found["stances"])}
    said: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(found["statements"]):
        said.setdefault(row["document_id"], []).append(row)
    runs: dict[str, list[Any]] = {}
    for row in rows_of(found["runs"]):
        runs.setdefault(row["inputs"][0] if row["inputs"] else "", []).append(records.run_value(row))
    coded = []
    for row in rows_of(found["documents"]):
        document = records.document_value(row)
        coding = None
        if row["refused"] is not None:
            spoken = tuple(records.statement_value(each, document) for each in said.get(document.id, ()))
            coding = Coding(
                statements=spoken,
                identifications=tuple(who[each.id] for each in spoken),
                stances=tuple(stances[each.id] for each in spoken if each.id in stances),
                refused=row["refused"],
                runs=tuple(runs.get(document.id, ())),
            )
        coded.append(Coded(number=row["number"], document=document, coding=coding))
    return Result(
        coded=tuple(coded),
        rejected=tuple((row["number"], records.rejection_value(row)) for row in rows_of(found["rejected"])),
        duplicates=tuple((row["number"], records.duplicate_value(row)) for row in rows_of(found["duplicates"])),
        notes=tuple(notes),
        words=words,
    )


def packed(found: Tables, about: Mapping[str, Any]) -> bytes:
    """The tables in one run of bytes, behind a line of JSON that says how long each is and what else is to be said.

    >>> unpacked(packed({"documents": b"PAR1"}, {"words": 7}))
    ({'documents': b'PAR1'}, {'words': 7})
    """
    head = {"tables": {name: len(payload) for name, payload in found.items()}, "about": dict(about)}
    return json.dumps(head).encode() + b"\n" + b"".join(found.values())


def unpacked(payload: bytes) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The tables of which `payload` was made, and what else was said."""
    head, _, rest = payload.partition(b"\n")
    told = json.loads(head)
    found, at = {}, 0
    for name, length in told["tables"].items():
        found[name] = rest[at : at + length]
        at += length
    return found, told["about"]


def arrows() -> tuple[Any, Any]:
    """The libraries of columns.  Raises NotConfigured."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise NotConfigured("a cluster's results are Parquet, which needs: pip install 'winset[cluster]'") from None
    return pyarrow, parquet


def _document(each: Coded) -> dict[str, Any]:
    row = records.document_row(each.document)
    row["links"] = [dict(zip(("start", "end", "target"), link, strict=True)) for link in row["links"] or ()]
    return {**row, "number": each.number, "refused": each.coding.refused if each.coding else None}


def _statement(said: Statement, document: Document) -> dict[str, Any]:
    return {
        **records.statement_row(said, document),
        "source": said.source.exact if said.source else None,
        "cue": said.cue.exact if said.cue else None,
        "content": [part.exact for part in said.contents],
    }


def _schema(name: str) -> Any:
    arrow, _ = arrows()
    link = arrow.struct([("start", arrow.int32()), ("end", arrow.int32()), ("target", arrow.string())])
    types = {
        "string": arrow.string(),
        "strings": arrow.list_(arrow.string()),
        "pairs": arrow.list_(arrow.list_(arrow.string())),
        "spans": arrow.list_(arrow.list_(arrow.int32())),
        "links": arrow.list_(link),
        "int32": arrow.int32(),
        "int64": arrow.int64(),
        "double": arrow.float64(),
        "bool": arrow.bool_(),
    }
    fields = [
        arrow.field(column, types[kind], metadata={"about": about} if about else None)
        for column, (kind, about) in COLUMNS[name].items()
    ]
    return arrow.schema(fields, metadata={"schema": SCHEMA, "table": name})
