"""What is meant as files, on this machine and on stores; how these are cut into shares; what is in each."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.cluster.conftest import text_of, write_lines

from winset.cluster import places, sources
from winset.cluster.reading import cut, documents, entries
from winset.cluster.sources import Piece, Share, is_large, pieces_of, shares, target
from winset.corpus.reading import read
from winset.corpus.types import Document, Rejected
from winset.errors import CannotWrite, Missing, NotConfigured

PAGE = """<!doctype html><html><head><title>Plan {number}</title></head><body><article><h1>Plan {number}</h1>
<p>{text}</p><p>The council of ministers will come back to it in the autumn, as it has said before.</p></article></body>
</html>"""


@pytest.fixture
def memory() -> Iterator[Any]:
    """An empty store in memory."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def read_all(pieces: tuple[Piece, ...]) -> list[Document | Rejected]:
    return [each for entry in entries(Share(number=0, pieces=pieces)) for each in documents(entry)]


def named(found: list[Document | Rejected]) -> list[str]:
    return [each.name for each in found]


def warc(*, packed: bool, odd: bool = False) -> bytes:
    """An archive of six pages; `odd`: also what is no page."""
    parts = [_record("warcinfo", "", b"software: a test\r\n", "application/warc-fields")]
    for number in range(6):
        page = PAGE.format(number=number, text=text_of(number)).encode()
        parts.append(_answer(f"https://news.example/{number}", "200 OK", "text/html; charset=utf-8", page))
    if odd:
        parts.append(_answer("https://news.example/gone", "404 Not Found", "text/html", b"<html><body>gone"))
        parts.append(_answer("https://news.example/logo", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n\x00\x00"))
    return b"".join(gzip.compress(part) if packed else part for part in parts)


def _answer(address: str, status: str, kind: str, body: bytes) -> bytes:
    heads = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return _record("response", address, heads + body, "application/http; msgtype=response")


def _record(type: str, address: str, content: bytes, kind: str) -> bytes:  # noqa: A002
    heads = {
        "WARC-Type": type,
        "WARC-Record-ID": "<urn:uuid:12345678-1234-1234-1234-123456789012>",
        **({"WARC-Target-URI": address} if address else {}),
        "WARC-Date": "2023-06-14T10:00:00Z",
        "Content-Type": kind,
        "Content-Length": str(len(content)),
    }
    return (
        ("WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in heads.items()) + "\r\n").encode() + content + b"\r\n\r\n"
    )


def test_a_folder_means_what_it_means_without_a_cluster(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "b.md", "deep/a.txt", ".hidden.txt", "picture.xyz"):
        (tmp_path / name).write_text(text_of(len(name)))
    write_lines(tmp_path / "c.jsonl", range(3))
    assert read_all(pieces_of([str(tmp_path)])) == list(read([str(tmp_path)]))


def test_forms_that_only_a_cluster_reads_are_found_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "pages.warc.gz").write_bytes(warc(packed=True))
    parquet.write_table(pa.table({"id": [1], "text": [text_of(1)]}), tmp_path / "rows.parquet")
    assert [piece.kind for piece in pieces_of([str(tmp_path)])] == ["records", "rows"]


def test_a_store_is_read_like_a_folder(memory: Any, tmp_path: Path) -> None:
    for name in ("news/a.txt", "news/b.md", "news/.hidden/c.txt", "news/deep/a.txt", "news/odd.xyz"):
        memory.pipe_file(f"/{name}", text_of(len(name)).encode())
    found = pieces_of(["memory://news/", "memory://news/b.md", "memory://nothing/"])
    assert [(piece.name, piece.kind) for piece in found] == [
        ("memory:///news/a.txt", "file"),
        ("b.md", "file"),
        ("memory:///news/deep/a.txt", "file"),
        ("memory:///news/odd.xyz", "refusal"),
        ("memory://nothing/", "refusal"),
    ]
    told = read_all(found)
    assert [type(each) for each in told] == [Document, Document, Document, Rejected, Rejected]
    assert told[0].text == text_of(10)  # type: ignore[union-attr]
    assert "nothing is there" in told[4].reason  # type: ignore[union-attr]
    assert pieces_of(["memory://news/*.md"])[0].name == "b.md"


def test_a_password_in_an_address_is_never_shown() -> None:
    assert places.shown("sftp://me:secret@host/corpus") == "sftp://...@host/corpus"


def test_an_address_that_no_package_reads_is_told_in_one_line() -> None:
    with pytest.raises(NotConfigured, match="nosuchstore") as refused:
        places.look("nosuchstore://corpus/a.txt")
    assert "\n" not in str(refused.value)


def test_lines_cut_anywhere_are_the_lines_of_the_whole(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "corpus.jsonl", range(30))
    file.write_text(file.read_text() + "\n{broken\n" + json.dumps({"id": "last", "text": text_of(99)}))
    packed = tmp_path / "corpus.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    whole = list(read([str(file)]))
    for source in (file, packed):
        [piece] = pieces_of([str(source)])
        parts = cut(piece, 1_500)
        assert len(parts) > 3
        found = [each for part in parts for each in read_all((part,))]
        expected = [_renamed(each, source.name) for each in whole]
        assert found == expected
    assert whole[30].reason.startswith("corpus.jsonl line 32: is not JSON")  # type: ignore[union-attr]


def _renamed(each: Document | Rejected, name: str) -> Document | Rejected:
    if isinstance(each, Document):
        return each
    return Rejected(**{key: value.replace("corpus.jsonl", name) for key, value in asdict(each).items()})


def test_rows_of_parquet_are_documents_whatever_groups_they_lie_in(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": [f"row {number}" for number in range(25)],
            "text": [text_of(number) for number in range(24)] + [None],
            "published": [date(2023, 6, 1 + number) for number in range(25)],
            "publisher": ["The Example"] * 25,
            "whatever": list(range(25)),
        }
    )
    parquet.write_table(table, tmp_path / "rows.parquet", row_group_size=10)
    [piece] = pieces_of([str(tmp_path / "rows.parquet")])
    whole = read_all((piece,))
    assert named(whole) == [*(f"row {number}" for number in range(24)), "rows.parquet row 25"]
    assert isinstance(whole[24], Rejected)
    assert isinstance(whole[3], Document)
    assert (str(whole[3].published), whole[3].publisher, whole[3].text) == ("2023-06-04", "The Example", text_of(3))
    parts = cut(piece, 700)
    assert len(parts) > 3
    assert [each for part in parts for each in read_all((part,))] == whole


def test_a_table_without_the_columns_and_one_that_is_none_are_refused_in_a_line(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"body": ["x"]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 but no more")
    found = read_all(pieces_of([str(tmp_path / "a.parquet"), str(tmp_path / "b.parquet")]))
    assert [each.reason for each in found if isinstance(each, Rejected)][0] == (  # noqa: RUF015
        'a.parquet: has no column "id": name the columns id and text'
    )
    assert [each.kind for each in found if isinstance(each, Rejected)] == ["NotText", "Damaged"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("title", pa.array([b"A", b"\xff\xfe", b"C"], pa.binary()).view(pa.string())),
        ("published", pa.array([1, 10_000_000, 3], pa.int32()).view(pa.date32())),
    ],
)
def test_a_row_that_cannot_be_told_is_refused_alone(column: str, values: Any, tmp_path: Path) -> None:
    texts = ["Oslo said yes.", "Bonn said so.", "Rome said no."]
    parquet.write_table(pa.table({"id": ["a", "b", "c"], "text": texts, column: values}), tmp_path / "a.parquet")
    first, second, third = read_all(pieces_of([str(tmp_path / "a.parquet")]))
    assert (first.text, third.text) == (texts[0], texts[2])  # type: ignore[union-attr]
    assert isinstance(second, Rejected)
    assert second.reason.startswith("holds a string that is no UTF-8, or a date outside")


def test_a_record_without_an_address_ends_an_archive_in_one_line(tmp_path: Path) -> None:
    lines = (
        "WARC/1.0",
        "WARC-Type: response",
        "Content-Length: 4",
        "Content-Type: application/http",
        "",
        "odd\n",
        "",
        "",
    )
    (tmp_path / "a.warc").write_bytes("\r\n".join(lines).encode())
    (found,) = read_all(pieces_of([str(tmp_path / "a.warc")]))
    assert isinstance(found, Rejected)
    assert found.kind == "Damaged"
    assert "a damaged web archive (a record without what each must have" in found.reason
    assert "\n" not in found.reason


def test_a_strangers_bytes_are_not_written_to_the_screen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = _answer("https://a.example/\x1b[2J of ours", "200 OK", "text/plain", b"Oslo said yes.")
    (tmp_path / "a.warc").write_bytes(page.removesuffix(b"\r\n\r\n") + b"\x1b[2J more than it says\r\n" + page)
    assert read_all(pieces_of([str(tmp_path / "a.warc")]))
    assert capfd.readouterr() == ("", "")


def test_a_record_of_no_address_is_refused_alone(tmp_path: Path) -> None:
    pages = [
        _answer(address, "200 OK", "text/plain", b"Oslo said yes.")
        for address in ("https://a[b/1", "https://a.example/2")
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(pages))
    refused, page = read_all(pieces_of([str(tmp_path / "a.warc")]))
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith("https://a[b/1: the address that it is said to come from is none")
    assert isinstance(page, Document)


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_an_archive_are_read_as_if_they_had_been_fetched(packed: bool, tmp_path: Path) -> None:
    file = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    file.write_bytes(warc(packed=packed, odd=True))
    [piece] = pieces_of([str(file)])
    whole = read_all((piece,))
    assert named(whole) == [f"https://news.example/{name}" for name in (*range(6), "gone", "logo")]
    page = whole[2]
    assert isinstance(page, Document)
    assert (page.source_url, page.retrieved_at) == ("https://news.example/2", "2023-06-14T10:00:00Z")
    assert page.reader == "html"
    assert "plan 2" in page.text
    assert [type(each) for each in whole[6:]] == [Rejected, Rejected]
    assert "answered 404" in whole[6].reason  # type: ignore[union-attr]
    parts = cut(piece, 1_000)
    assert len(parts) > 2
    assert [each for part in parts for each in read_all((part,))] == whole


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_breaks_off_gives_what_came_before_and_a_line(packed: bool, tmp_path: Path) -> None:
    file = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    whole = warc(packed=packed)
    file.write_bytes(whole[: len(whole) * 3 // 4])
    found = read_all(pieces_of([str(file)]))
    assert [type(each) for each in found] == [*[Document] * (len(found) - 1), Rejected]
    assert named(found)[:-1] == [f"https://news.example/{number}" for number in range(4)]
    assert found[-1].reason == (  # type: ignore[union-attr]
        f"{file.name}: a damaged web archive (it breaks off in a record); fetch it again"
    )


def test_shares_follow_from_the_sources_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LEAST", 600)
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(text_of(number))
    found = pieces_of([str(tmp_path)])
    made = list(shares(found, target(found)))
    assert [piece for share in made for piece in share.pieces] == list(found)
    assert len({share.name for share in made}) == len(made) > 3
    assert [share.name for share in shares(pieces_of([str(tmp_path)]), target(found))] == [each.name for each in made]
    assert Share.from_value(json.loads(json.dumps(made[1].value()))) == made[1]
    os.utime(tmp_path / "0.txt", (1, 1))
    again = list(shares(pieces_of([str(tmp_path)]), target(found)))
    assert again[0].key != made[0].key  # a file that changed
    assert again[1:] == made[1:]


def test_only_what_is_large_and_holds_many_is_cut() -> None:
    large = Piece(kind="lines", name="x.jsonl", url="/x.jsonl", size=5_000)
    assert is_large(large, 4_000)
    assert not is_large(large, 6_000)
    assert is_large(Piece(kind="lines", name="x.jsonl.gz", url="/x.jsonl.gz", size=5_000), 6_000)  # it unpacks
    assert not is_large(Piece(kind="file", name="x.pdf", url="/x.pdf", size=5_000), 4_000)


def test_what_is_written_is_there_whole_or_not_at_all(tmp_path: Path, memory: Any) -> None:
    for place in (str(tmp_path / "a.bin"), f"file://{tmp_path}/b.bin", "memory://c.bin"):
        places.write(place, b"whole")
        assert places.content(place, most=10) == b"whole"
        places.write(place, b"anew")
        assert places.content(place, most=10) == b"anew"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.bin", "b.bin"]
    with pytest.raises(CannotWrite, match="cannot be written"):
        places.write(str(tmp_path / "no" / "such" / "folder"), b"")
    with pytest.raises(Missing, match="no such file"):
        places.content(str(tmp_path / "nothing"), most=1)
