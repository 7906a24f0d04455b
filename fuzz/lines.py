"""JSON lines: a corpus of any size, of which no line may spoil another."""

from __future__ import annotations

import codecs
import io
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fuzz import laws
from fuzz.target import Target
from winset.corpus.document_lines import documents_of_lines, lines, opened
from winset.corpus.types import Limits, Rejected
from winset.errors import Unreadable
from winset.exchange.attribution_lines import BadRow, Row, attribution_line, rows
from winset.statements.types import Form, Proposal

LIMITS = Limits(file_bytes=20_000, text_characters=20_000)
SPAN = 3  # characters of a span of the stand-in


def _each_word(text: str) -> Iterator[Proposal]:
    """Stands in for an attributor: a span now and then, all over the text."""
    for start in range(0, len(text) - SPAN, 7):
        yield Proposal(source=None, cue=None, contents=((start, start + SPAN),), form=Form.INDIRECT)


def _lines(data: bytes) -> None:
    """Every line that is not blank comes back once, in order, as a row or as a refusal; what is written is JSON."""
    found = list(rows(io.BytesIO(data), name="fuzzed.jsonl"))
    written = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    laws.holds(len(found) == sum(1 for line in written if line.strip()), "a line is lost, or counted twice")
    places = [each.place.line for each in found]
    laws.holds(places == sorted(set(places)), f"lines out of order: {places}")
    for each in found:
        if isinstance(each, BadRow):
            laws.rejected([each.rejected])
            continue
        _written(each)


def _written(row: Row) -> None:
    text = "".join(row.parts())
    line = "".join(piece.json for piece in attribution_line(row, _each_word))
    told = json.loads(line.encode("utf-8", "backslashreplace"))
    laws.holds(told["id"] == row.id, f"{row.id!r} came out as {told['id']!r}")
    for each in told["attributions"]:
        for start, end in each["content"]:
            laws.holds(0 <= start < end <= len(text), f"{start}-{end} of {len(text)} characters")


def _documents(data: bytes) -> None:
    """One document a line, as `winset add` takes them: each line is a document or says why not, wherever one begins."""
    path = Path(_folder().name) / "fuzzed.jsonl"
    path.write_bytes(data)
    try:
        found = list(documents_of_lines(path, name="fuzzed.jsonl", limits=LIMITS))
    except Unreadable as error:
        laws.told(error)
        return
    for each in found:
        if isinstance(each, Rejected):
            laws.rejected([each])
        else:
            laws.document(each)
    with opened(path, name="fuzzed.jsonl") as stream:
        numbered = list(lines(stream, name="fuzzed.jsonl", limits=LIMITS))
    laws.holds(len(numbered) == len(found), "a line is lost, or counted twice")
    if numbered:
        again = list(documents_of_lines(path, name="fuzzed.jsonl", limits=LIMITS, start=numbered[0]))
        laws.holds(again == found[1:], "from the second line on it reads otherwise")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="winset-fuzz-")


TARGETS = (
    Target(name="json-lines", group="lines", about="a corpus for `winset attribute`", run=_lines),
    Target(name="document-lines", group="lines", about="documents, one a line", run=_documents),
)
