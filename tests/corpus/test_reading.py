from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.conftest import ARTICLE, SECOND, column, one, page, pdf, refused

from winset.corpus.readers import READERS
from winset.corpus.reading import read
from winset.corpus.types import Document, Limits, Rejected, clean_text
from winset.errors import Unreadable

Put = Callable[[str, bytes | str], Path]


def kinds(*sources: str | Path) -> list[tuple[str, str]]:
    """(name, reader or kind of refusal) of each row."""
    rows = read([str(source) for source in sources])
    return [(row.name, row.reader if isinstance(row, Document) else row.kind) for row in rows]


def test_a_folder_of_every_format_is_read_in_order_and_at_any_depth(put: Put, tmp_path: Path) -> None:
    put("in/a.txt", ARTICLE)
    put("in/b.md", f"# Talks\n\n{ARTICLE}")
    put("in/c.html", page(f"<article><p>{ARTICLE}</p><p>{SECOND}</p></article>"))
    put("in/deep/er/d.pdf", pdf([column(ARTICLE, x=72, top=700, width=60)]))
    put("in/f.rss", f"<rss version='2.0'><channel><item><guid>1</guid><title>{SECOND}</title></item></channel></rss>")
    made = docx.Document()
    made.add_paragraph(ARTICLE)
    made.save(str(tmp_path / "in" / "e.docx"))
    put("in/g.png", b"\x89PNG\r\n\x1a\n")
    put("in/.hidden.txt", ARTICLE)
    put("in/.git/x.txt", ARTICLE)
    assert kinds(tmp_path / "in") == [
        *[("a.txt", "text"), ("b.md", "markdown"), ("c.html", "html"), ("d.pdf", "pdf"), ("e.docx", "docx")],
        *[("f.rss#1", "feed"), (str(tmp_path / "in" / "g.png"), "NotText")],
    ]


def test_a_bad_document_does_not_stop_the_others(put: Put, tmp_path: Path) -> None:
    bad, good = put("bad.txt", b"\x00\x00"), put("good.txt", ARTICLE)
    assert kinds(bad, tmp_path / "none.txt", good) == [
        ("bad.txt", "NotText"),
        (str(tmp_path / "none.txt"), "Missing"),
        ("good.txt", "text"),
    ]


def test_the_same_file_is_read_once(put: Put, tmp_path: Path) -> None:
    path = put("in/a.txt", ARTICLE)
    (tmp_path / "link.txt").symlink_to(path)
    assert kinds(path, path, tmp_path / "in", tmp_path / "in" / "*.txt", tmp_path / "link.txt") == [("a.txt", "text")]


def test_files_of_one_name_are_told_apart_by_their_paths(put: Put, tmp_path: Path) -> None:
    first, second, third = put("x/a.txt", ARTICLE), put("y/a.txt", SECOND), put("y/b.txt", SECOND)
    assert [name for name, _ in kinds(tmp_path / "x", tmp_path / "y")] == [str(first), str(second), third.name]


def test_a_glob_is_expanded_and_one_without_match_is_missing(put: Put, tmp_path: Path) -> None:
    put("a.txt", ARTICLE)
    put("b.txt", SECOND)
    put("c.md", SECOND)
    assert kinds(tmp_path / "*.txt") == [("a.txt", "text"), ("b.txt", "text")]
    row = refused(tmp_path / "*.pdf")
    assert (row.kind, "nothing matches" in row.reason) == ("Missing", True)


def test_a_file_whose_name_looks_like_a_glob_is_read(put: Put) -> None:
    assert one(put("a[1].txt", ARTICLE)).name == "a[1].txt"


def test_a_file_named_by_the_user_may_have_any_suffix(put: Put) -> None:
    assert one(put("a.transcript", ARTICLE)).reader == "text"


@pytest.mark.parametrize("source", ["none.txt", "", "a\x00b", "x" * 5000, "none/*.txt"])
def test_what_is_not_there_is_refused_in_one_line(source: str) -> None:
    row = refused(source)
    assert row.kind in {"Missing", "Unreadable"}
    assert row.name.isprintable()


@pytest.mark.parametrize("source", ["ftp://a.example/x", "file:///etc/hosts", "gopher://a.example"])
def test_other_schemes_are_not_asked(source: str) -> None:
    row = refused(source)
    assert (row.kind, "http(s)" in row.reason) == ("Unreachable", True)


def test_a_password_in_an_address_is_not_even_repeated() -> None:
    row = refused("https://ana:secret@wire.example/x")
    assert row.kind == "Unreachable"
    assert "secret" not in row.reason + row.name


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    row = refused(tmp_path)
    assert (row.kind, "empty folder" in row.reason) == ("Empty", True)


def test_links_that_lead_in_circles_end(put: Put, tmp_path: Path) -> None:
    put("in/a.txt", ARTICLE)
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    assert [kind for _, kind in kinds(tmp_path / "in")] == ["text", "Unreadable"]


def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{short}/s.txt")
        assert [kind for _, kind in kinds(tmp_path / "pipe.txt", f"{short}/s.txt", "/dev/zero")] == ["NotText"] * 3


def test_a_file_over_the_limit_is_not_read(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("a.txt", ARTICLE)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    row = refused(path, limits=Limits(file_bytes=10))
    assert (row.kind, "at most 10" in row.reason) == ("TooLarge", True)


def test_a_file_that_may_not_be_read_says_so(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("a.txt", ARTICLE)
    if os.geteuid() == 0:  # permissions do not bind the superuser: the system's answer is played to it

        def denied(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", denied)
    else:
        path.chmod(0)
    row = refused(path)
    assert (row.kind, "permissions" in row.reason) == ("Unreadable", True)


def test_names_that_are_no_utf_8_stay_printable(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9\n.txt"
    Path(os.fsdecode(path)).write_text(ARTICLE)
    assert one(tmp_path / "caf*.txt").name == "caf\ufffd\ufffd.txt"


def test_progress_hears_each_name_before_it_is_read(put: Put) -> None:
    first, second = put("a.txt", ARTICLE), put("b.txt", b"\x00")
    heard: list[str] = []
    for row in read([str(first), str(second)], progress=heard.append):
        assert heard[-1] == row.name
    assert heard == ["a.txt", "b.txt"]


def test_nothing_asked_is_nothing_read() -> None:
    assert list(read([])) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{\\rtf1 text}", "RTF"),
        (b"\x1f\x8b\x08 packed", "unpack"),
        (b"\xff\xd8\xff\xe0 picture", "OCR"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", ".docx"),
    ],
)
def test_formats_that_people_try_get_their_own_line(put: Put, content: bytes, words: str) -> None:
    row = refused(put("a.bin", content))
    assert (row.kind, words in row.reason) == ("NotText", True)


def test_every_reader_names_its_source() -> None:
    assert [reader.id for reader in READERS] == ["text", "markdown", "html", "pdf", "docx", "feed"]
    assert all(reader.source and reader.summary for reader in READERS)


def test_reading_twice_gives_the_same_documents(put: Put) -> None:
    path = put("a.html", page(f"<article><p class='date'>14 June 2023</p><p>{ARTICLE}</p><p>{SECOND}</p></article>"))
    assert list(read([str(path)])) == list(read([str(path)]))


STARTS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"<html><p>",
    b"<rss><channel><item>",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"---\n",
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(STARTS),
    st.binary(max_size=300),
    st.sampled_from(["", ".txt", ".md", ".html", ".pdf", ".docx", ".rss", ".xml"]),
)
def test_no_file_whatever_its_bytes_makes_reading_fail(start: bytes, rest: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(start + rest)
        rows = list(read([str(path)]))
    assert rows
    for row in rows:
        if isinstance(row, Rejected):
            assert issubclass(getattr(__import__("winset.errors", fromlist=[row.kind]), row.kind), Unreadable)
            assert "\n" not in row.reason
        else:
            assert row.text.strip()
            assert row.text == clean_text(row.text)
            assert row.text.encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_source_whatever_its_characters_makes_reading_fail(source: str) -> None:
    if source.strip() and Path("/").joinpath("x", source.replace("\x00", "")).exists():
        return
    for row in read(["/nowhere/" + source]):
        assert isinstance(row, Rejected)
        assert row.name.encode("utf-8")
