"""REFI-QDA files that mean harm, or are broken: one line each, and nothing outside is read or written."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from winset.errors import BadCase, Damaged, Encrypted, Missing, NotText, TooLarge, WinsetError
from winset.exchange.qda import archive as archives
from winset.exchange.qda import read_qdpx

Zip: TypeAlias = Callable[..., Path]

HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="p">'
SOURCE = '<TextSource guid="0000000c-0000-4000-8000-000000000000" name="Text" plainTextPath="internal://text.txt"/>'
GOOD = f"{HEAD}<Sources>{SOURCE}</Sources></Project>"
TEXT = "sources/text.txt"


@pytest.fixture
def packed(tmp_path: Path) -> Zip:
    """Writes an archive of these entries: name or ZipInfo, and content."""

    def write(*entries: tuple[str | zipfile.ZipInfo, str | bytes], xml: str | bytes = GOOD) -> Path:
        path = tmp_path / "in" / "case.qdpx"
        path.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("project.qde", xml)
            for name, content in entries:
                archive.writestr(name, content)
        return path

    return write


def refusal(path: Path, kind: type[WinsetError]) -> str:
    """The one line with which a file is refused; nothing new lies beside it or above it."""
    before = sorted(path.parent.parent.rglob("*"))
    with pytest.raises(kind) as caught:
        read_qdpx(path)
    assert sorted(path.parent.parent.rglob("*")) == before
    line = str(caught.value)
    assert "\n" not in line
    assert "case.qdpx" in line
    return line


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "sources/../../outside.txt",
        "/etc/outside.txt",
        "C:/outside.txt",
        "C:outside.txt",
        "..\\outside.txt",
        "\\\\server\\share\\outside.txt",
        "sources/..",
    ],
)
def test_an_entry_that_leads_out_of_the_archive_is_refused(packed: Zip, name: str) -> None:
    assert "leads out of the archive" in refusal(packed((TEXT, "text"), (name, "outside")), Damaged)


def test_an_entry_without_a_name_is_refused(packed: Zip) -> None:
    assert "an entry without a name" in refusal(packed((TEXT, "text"), (zipfile.ZipInfo(""), "nothing")), Damaged)


def test_a_link_is_refused(packed: Zip) -> None:
    link = zipfile.ZipInfo(TEXT)
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "is a link" in refusal(packed((link, "/etc/passwd")), Damaged)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [TEXT, "Sources/TEXT.txt", "sources\\text.txt"])
def test_two_entries_of_one_name_are_refused(packed: Zip, name: str) -> None:
    assert "in it twice" in refusal(packed((TEXT, "one"), (name, "two")), Damaged)


def test_a_bomb_is_refused_before_it_goes_off(packed: Zip) -> None:
    path = packed((TEXT, b" " * 30_000_000))
    project = read_qdpx(path)
    assert [(each.kind, "zip bomb" in each.reason) for each in project.rejected] == [("TooLarge", True)]
    assert tuple(project.documents) == ()
    assert "zip bomb" in refusal(packed((TEXT, "text"), xml=GOOD + " " * 30_000_000), TooLarge)


def test_an_entry_that_lies_about_its_size_ends_where_it_says(packed: Zip) -> None:
    path = packed((TEXT, "a" * 5_000))
    content = path.read_bytes().replace(struct.pack("<L", 5_000), struct.pack("<L", 50))
    path.write_bytes(content)
    assert [each.kind for each in read_qdpx(path).rejected] == ["Damaged"]  # the sum is not that of fifty letters


def test_an_archive_in_an_archive_is_not_opened(packed: Zip) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b" " * 1_000_000)
    project = read_qdpx(packed((TEXT, "text"), ("sources/inner.zip", inner.getvalue())))
    assert [each.document.text for each in project.documents] == ["text"]


def test_entries_that_overlap_are_refused(packed: Zip) -> None:
    path = packed((TEXT, "text" * 100), ("sources/b.txt", "text" * 100))
    with zipfile.ZipFile(path) as archive:
        first, second = (archive.getinfo(name).header_offset for name in (TEXT, "sources/b.txt"))
    content = path.read_bytes()
    listed = content.rindex(struct.pack("<L", second))
    path.write_bytes(content[:listed] + struct.pack("<L", first + 4) + content[listed + 4 :])
    assert "lie one in the other" in refusal(path, Damaged)


def test_too_many_entries_or_too_long_a_list_of_them_are_refused(packed: Zip, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed((TEXT, "text"), *((f"sources/{number}.txt", "") for number in range(30)))
    monkeypatch.setattr(archives, "MOST_ENTRIES", 20)
    assert "32 entries: at most 20" in refusal(path, TooLarge)
    monkeypatch.setattr(archives, "LONGEST_LIST", 1_000)
    assert "its list of entries alone" in refusal(path, TooLarge)
    monkeypatch.setattr(archives, "LARGEST", 100)
    assert "bytes: at most 100" in refusal(path, TooLarge)


def test_an_entry_that_wants_a_password_is_named(packed: Zip) -> None:
    path = packed((TEXT, "text"))
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):  # the second entry's flags, in the list and before it
        content[content.rindex(mark) + at] |= 1
    path.write_bytes(content)
    assert [each.kind for each in read_qdpx(path).rejected] == [Encrypted.__name__]


ENTITY = '<!DOCTYPE Project [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE Project ["
    '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)


@pytest.mark.parametrize(
    "xml",
    [
        ENTITY + GOOD.replace("</Project>", "<Description>&e;</Description></Project>"),
        LAUGHS + GOOD.replace("</Project>", "<Description>&a11;</Description></Project>"),
        LAUGHS + GOOD.replace('name="p"', 'name="&a11;"'),
        '<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/evil.dtd">' + GOOD,
        '<!DOCTYPE Project [<!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;]>' + GOOD,
    ],
)
def test_entities_and_document_types_are_refused(packed: Zip, xml: str) -> None:
    path = packed((TEXT, "text"), xml=xml)
    before = sorted(path.parent.parent.rglob("*"))
    with pytest.raises((BadCase, Damaged)) as caught:
        read_qdpx(path)
    assert sorted(path.parent.parent.rglob("*")) == before
    assert "root:" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (f"{HEAD}{'<Description>' * 5_000}{'</Description>' * 5_000}</Project>", Damaged),
        (f"{HEAD}<CodeBook><Codes>{'<Code>' * 400}{'</Code>' * 400}</Codes></CodeBook></Project>", Damaged),
        (GOOD.replace('name="p"', f'name="{"p" * 11_000_000}"'), Damaged),
        (GOOD[:-20], Damaged),
        (b"\xff\xfe\x00broken", Damaged),
        ("", Damaged),
        ("<CodeBook/>", NotText),
        ("<a><Project/></a>", NotText),
        ("no xml", Damaged),
    ],
)
def test_broken_xml_is_refused(
    packed: Zip, xml: str | bytes, kind: type[WinsetError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO", 10**9)  # not stopped before for what it packs to
    refusal(packed((TEXT, "text"), xml=xml), kind)


def test_what_is_no_project_is_refused(packed: Zip, tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"name a \.qdpx file"):
        read_qdpx(tmp_path / "nothing.qdpx")
    with pytest.raises(Damaged):
        read_qdpx(tmp_path)
    path = packed()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.txt", "text")
    assert "no project.qde in it" in refusal(path, NotText)
    whole = packed((TEXT, "text")).read_bytes()
    path.write_bytes(whole[:-30])
    assert "damaged archive" in refusal(path, Damaged)
    path.write_bytes(b"%PDF-1.7")
    assert "no REFI-QDA project" in refusal(path, NotText)


@pytest.mark.parametrize("text", [b"\x00\x01\x02\x03" * 50, b"\xff" * 9 + b"\x81" * 30])
def test_text_that_is_none_is_named(packed: Zip, text: bytes) -> None:
    assert [each.kind for each in read_qdpx(packed((TEXT, text))).rejected] == ["NotText"]


@pytest.mark.parametrize(
    "note",
    [
        '{"of": "x", "part": "content", "record": {}}',
        '{"of": "x", "part": "content", "record": {"statement": 5}}',
        '{"of": "x", "part": "content", "record": {"statement": {"contents": [["a", "b"]]}}}',
        '{"of": [], "part": {}, "record": []}',
        '{"of": "x", "part": [], "record": {}}',
        '{"of": "x", "part": "source"}',
        '{"document": {"name": 5}, "spec": 7}',
        '{"of": "\\ud800"}',
        "{" * 500,
        "[" * 100_000 + "}",
    ],
)
def test_what_winset_noted_and_others_broke_harms_nothing(packed: Zip, note: str) -> None:
    code = "00000001-0000-4000-8000-000000000000"
    xml = (
        f'{HEAD}<CodeBook><Codes><Code guid="{code}" name="Quay" isCodable="true"/></Codes></CodeBook><Sources>'
        f"{SOURCE[:-2]}><Description>winset: {note}</Description>"
        f'<PlainTextSelection guid="{code}" startPosition="0" endPosition="4"><Description>winset: {note}</Description>'
        f'<Coding guid="{code}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection></TextSource></Sources>'
        f"<Description>winset: {note}</Description></Project>"
    )
    project = read_qdpx(packed((TEXT, "text here"), xml=xml))
    [document] = project.documents
    assert [(each.concept, each.statement.words) for each in document.statements] == [("Quay", "text")]
    assert all("\n" not in each.reason for each in project.rejected)
