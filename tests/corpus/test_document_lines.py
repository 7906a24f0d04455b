"""One document a line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from winset.corpus.document_lines import documents_of_lines, lines, opened
from winset.corpus.reading import read
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import Damaged, Missing
from winset.ids import PartialDate

LIMITS = Limits(file_bytes=2_000)
TEXT = "The ministers will meet again on Thursday to vote on the plan, and this is what they said of it."


def found(path: Path, *rows: Any, limits: Limits = LIMITS) -> list[Document | Rejected]:
    path.write_bytes(b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows))
    return list(documents_of_lines(path, name="c.jsonl", limits=limits))


def test_a_line_is_a_document_named_by_its_id(tmp_path: Path) -> None:
    stated = {
        "id": "a/1", "text": TEXT, "title": "The plan", "authors": ["Ana Lind", " "], "publisher": "Coast Wire",
        "published": "2023-06", "language": "en", "source_url": "https://example.org/a", "further": [1],
    }  # fmt: skip
    (first, second) = found(tmp_path / "c.jsonl", stated, {"id": 7, "text": TEXT})
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, first.text, first.title, first.authors) == ("a/1", TEXT, "The plan", ("Ana Lind",))
    assert (first.publisher, first.published) == ("Coast Wire", PartialDate("2023-06"))
    assert (first.language, first.source_url) == ("en", "https://example.org/a")
    assert ("published", "JSON 'published'") in first.found_in
    assert (second.name, second.id) == ("7", first.id)


def test_what_a_line_does_not_state_its_text_may(tmp_path: Path) -> None:
    text = f"The plan\n\nPublished on 14 June 2023\n\n{TEXT}"
    (document,) = found(tmp_path / "c.jsonl", {"id": 1, "text": text, "title": "Another title"})
    assert isinstance(document, Document)
    assert (document.title, document.published) == ("Another title", PartialDate("2023-06-14"))


def test_the_text_is_clean(tmp_path: Path) -> None:
    raw = b'{"id": 1, "text": "cafe\\u0301\\r\\nsaid\\u0000 so \\ud800."}'
    (document,) = found(tmp_path / "c.jsonl", raw)
    assert isinstance(document, Document)
    assert document.text == "café\nsaid  so \ufffd."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"no JSON", "is not JSON: Expecting value (character 1)"),
        (b"[1]", 'is no object: write {"id": ..., "text": ...}'),
        (b'{"id": 1, "text": "\xff"}', "is not UTF-8 (byte 0xff): save it as UTF-8"),
        (b"[" * 1_900, 'is nested too deeply: write {"id": ..., "text": ...} alone'),
        (b'{"id": 1, "text": "x", "n": %s}' % (b"9" * 1_800), None),
        ({"text": TEXT}, 'has no "id": write {"id": ..., "text": ...}'),
        ({"id": 1}, 'has no "text": write {"id": ..., "text": ...}'),
        ({"id": 1, "text": None}, '"text" is no string: write {"id": ..., "text": ...}'),
        ({"id": True, "text": TEXT}, '"id" is no string and no integer: write one of them'),
        ({"id": " ", "text": TEXT}, '"id" is empty: give each document a name of its own'),
        ({"id": "x" * 1_001, "text": TEXT}, '"id" is longer than 1,000 characters: shorten it'),
        ({"id": 1, "text": TEXT, "title": 5}, '"title" is no string: write one, or leave it out'),
        (
            {"id": 1, "text": TEXT, "authors": [5]},
            '"authors" is no list of strings: write ["NAME", ...], or leave it out',
        ),
        ({"id": 1, "text": TEXT, "published": "soon"}, '"published" is no date: write YYYY, YYYY-MM or YYYY-MM-DD, or'),
        ({"id": 1, "text": TEXT, "language": "English!"}, '"language" is no language tag: write one as in "en" or'),
        ({"id": 1, "text": TEXT, "source_url": "ftp://x"}, '"source_url" is no address: write http(s)://..., or leave'),
        ({"id": 1, "text": "x" * 3_000}, "over 2,000 bytes, the most that are read of a line: split it up"),
        ({"id": 1, "text": " \n"}, "1: holds nothing but white space; give a document with text in it"),
    ],
)
def test_a_bad_line_is_told_and_costs_no_other(tmp_path: Path, row: Any, reason: str | None) -> None:
    good = {"id": "good", "text": TEXT}
    first, bad, last = found(tmp_path / "c.jsonl", good, row, good)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    if reason is None:  # of another field: nobody asks for it
        assert isinstance(bad, Document)
    else:
        assert isinstance(bad, Rejected)
        assert bad.name == "c.jsonl line 2"
        assert bad.reason.startswith(f"c.jsonl line 2: {reason}")
        assert "\n" not in bad.reason


def test_lines_are_counted_as_an_editor_counts_them_and_blank_ones_skipped(tmp_path: Path) -> None:
    path = tmp_path / "c.ndjson"
    path.write_bytes(b"\xef\xbb\xbf{}\r\n\n  \n{}\n{}")
    with opened(path, name="c") as stream:
        told = list(lines(stream, name="c", limits=LIMITS))
    assert [(line.number, line.end, (line.raw or b"").strip()) for line in told] == [
        (1, 7, b"{}"),
        (4, 14, b"{}"),
        (5, 16, b"{}"),
    ]
    for packed in (False, True):
        path.write_bytes(gzip.compress(path.read_bytes()) if packed else path.read_bytes())
        with opened(path, name="c") as stream:
            assert list(lines(stream, name="c", limits=LIMITS, start=told[0])) == told[1:]


def test_a_packed_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    rows = "".join(json.dumps({"id": number, "text": f"{TEXT} {number * 7919}"}) + "\n" for number in range(2_000))
    path.write_bytes(gzip.compress(rows.encode())[:-10])
    told = list(read([str(path)]))
    assert len(told) > 100
    assert all(isinstance(each, Document) for each in told[:-1])
    assert isinstance(told[-1], Rejected)
    assert (told[-1].name, told[-1].kind) == ("c.jsonl.gz", "Damaged")
    path.write_bytes(b"\x1f\x8b" + b"no gzip at all")
    with pytest.raises(Damaged), opened(path, name="c") as stream:
        list(lines(stream, name="c", limits=LIMITS))


@pytest.mark.parametrize("payload", [b"", b"\n \r\n", gzip.compress(b"")])
def test_a_file_without_a_line_is_told(tmp_path: Path, payload: bytes) -> None:
    (tmp_path / "c.jsonl").write_bytes(payload)
    (told,) = read([str(tmp_path / "c.jsonl")])
    assert isinstance(told, Rejected)
    assert (told.kind, told.reason) == ("Empty", 'c.jsonl: no line in it; write {"id": ..., "text": ...} in each')


def test_a_folder_means_its_files_of_lines_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    found(tmp_path / "b.jsonl", {"id": "one", "text": TEXT + " Once."}, {"id": "two", "text": TEXT + " Twice."})
    assert [each.name for each in read([str(tmp_path)])] == ["a.txt", "one", "two"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        opened(tmp_path / "c.jsonl", name="c.jsonl")
