"""Attached files of a library are read, and nothing outside its folder is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from winset.corpus.types import Document, Rejected
from winset.errors import Missing, NotText
from winset.exchange.reference_documents import documents_of, read_references
from winset.exchange.references import Reference, built, reference_of
from winset.ids import PartialDate

TEXT = "Another title\n\nThe harbour board met in Strelsau on Monday and opened an office for the ports of Ruritania.\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library" / "files" / "12").mkdir(parents=True)
    (tmp_path / "library" / "files" / "12" / "office.txt").write_text(TEXT)
    (tmp_path / "secret.txt").write_text(TEXT)
    return tmp_path / "library"


def entry(*files: str, url: str = "") -> Reference:
    return built(
        key="lima2019",
        kind="article-newspaper",
        title="Harbour board opens an office",
        authors=[],
        container="Strelsau Courier",
        publisher="Courier Press",
        date=(PartialDate("2019-05-06"), ""),
        language="de",
        url=url,
        files=files,
    )


def read(references: Iterable[Reference], folder: Path) -> list[Document | Rejected]:
    return list(documents_of(references, folder, name="own.bib"))


def refused(path: str, folder: Path) -> Rejected:
    (found,) = read([entry(path)], folder)
    assert isinstance(found, Rejected)
    assert found.name == "own.bib: lima2019"
    return found


def test_the_entry_tells_more_than_the_file(library: Path) -> None:
    (found,) = read([entry("files/12/office.txt", url="https://example.org/a")], library)
    assert isinstance(found, Document)
    assert (found.title, found.publisher) == ("Harbour board opens an office", "Strelsau Courier")
    assert (found.published, found.source_url) == (PartialDate("2019-05-06"), "https://example.org/a")
    assert found.language == "en"  # of the text, not of the entry
    assert dict(found.found_in)["title"] == "reference: own.bib"
    assert dict(found.found_in)["language"] == "py3langid"
    assert len(dict(found.found_in)) == len(found.found_in)
    assert found.text == TEXT


def test_entries_without_a_file_are_told_with_the_cure(library: Path) -> None:
    with_address, without = read([entry(url="https://example.org/a"), entry()], library)
    assert isinstance(with_address, Rejected)
    assert "add it with its address, https://example.org/a" in with_address.reason
    assert isinstance(without, Rejected)
    assert "attach its file" in without.reason


def test_an_entry_of_a_document_that_the_case_holds_is_there_already(library: Path) -> None:
    (document,) = read([entry("files/12/office.txt")], library)
    assert isinstance(document, Document)
    gone_out = reference_of(document)
    assert list(documents_of([gone_out], library, name="own.bib", known={document.id})) == []
    assert len(read([gone_out], library)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "files/../../secret.txt",
        "/etc/passwd",
        "C:\\secret.txt",
        "\\\\server\\share\\secret.txt",
        "..\\secret.txt",
        "~/secret.txt",
        "file:///etc/passwd",
        "internal-pdf://123/x.pdf",
        "files/12/away.txt",
        "away/secret.txt",
    ],
)
def test_nothing_outside_the_folder_is_read(library: Path, path: str) -> None:
    (library / "files" / "12" / "away.txt").symlink_to(library.parent / "secret.txt")
    (library / "away").symlink_to(library.parent, target_is_directory=True)
    found = refused(path, library)
    assert found.kind == "Missing"
    assert "export" in found.reason


def test_links_within_the_folder_are_followed(library: Path) -> None:
    (library / "inside.txt").symlink_to(library / "files" / "12" / "office.txt")
    (found,) = read([entry("inside.txt")], library)
    assert isinstance(found, Document)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_is_refused(library: Path) -> None:
    os.mkfifo(library / "pipe")
    (library / "ring").symlink_to(library / "ring")
    assert "attach a file" in refused("pipe", library).reason
    assert "attach a file" in refused("files", library).reason
    for path in ("ring", "nowhere.txt", "x" * 5_000):
        assert refused(path, library).reason.count("\n") == 0


def test_a_bad_file_costs_no_other(library: Path) -> None:
    (library / "empty.txt").write_text("")
    first, second = read([entry("empty.txt", "files/12/office.txt")], library)
    assert isinstance(first, Rejected)
    assert first.kind == "Empty"
    assert isinstance(second, Document)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "@book{k, title={T}}"),
        ("a.ris", "TY  - BOOK\nTI  - T\nER  - \n"),
        ("a.json", json.dumps([{"id": "k", "type": "book", "title": "T"}])),
        ("bib.txt", "% mine\n@book{k, title={T}}"),
        ("ris", "\n\nTY  - BOOK\nTI  - T\nER  - \n"),
        ("csl", json.dumps([{"id": "k", "type": "book", "title": "T"}])),
    ],
)
def test_the_format_is_told_by_name_or_beginning(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (found,) = read_references(tmp_path / name).references
    assert (found.title, found.kind) == ("T", "book")


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dear all\n")
    with pytest.raises(NotText, match=r"a\.txt: no references"):
        read_references(tmp_path / "a.txt")
    with pytest.raises(Missing):
        read_references(tmp_path / "b.bib")
