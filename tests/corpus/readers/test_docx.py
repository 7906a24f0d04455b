from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.conftest import ARTICLE, SECOND, one, refused, zipped

from winset.corpus.readers import READERS
from winset.corpus.types import Limits
from winset.errors import Unreadable

Put = Callable[[str, bytes | str], Path]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def written(*paragraphs: str) -> Any:
    made = docx.Document()
    for words in paragraphs:
        made.add_paragraph(words)
    return made


def test_paragraphs_and_tables_are_read_in_order(put: Put) -> None:
    made = written(ARTICLE)
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Freedonia", "in favour"
    made.add_paragraph(SECOND)
    document = one(put("a.docx", saved(made)))
    assert document.text == f"{ARTICLE}\n\nFreedonia | in favour\n\n{SECOND}"
    assert document.reader == "docx"


def test_tracked_insertions_are_in_and_deletions_out(put: Put) -> None:
    made = written("before ")
    inserted, deleted = "<w:r><w:t>Freedonia agrees.</w:t></w:r>", "<w:r><w:delText>not</w:delText></w:r>"
    runs = f"<w:p {W}><w:ins>{inserted}</w:ins><w:del>{deleted}</w:del></w:p>"
    made.element.body.insert(0, parse_xml(runs))
    assert one(put("a.docx", saved(made))).text == "Freedonia agrees.\n\nbefore"


def test_core_properties_stand_in_for_what_the_text_does_not_state(put: Put) -> None:
    made = written(ARTICLE)
    made.core_properties.title, made.core_properties.author = "Station talks", "Ana Lima; Bo Berg"
    made.core_properties.created = datetime(2023, 6, 14, tzinfo=UTC)
    document = one(put("a.docx", saved(made)))
    assert (document.title, document.authors) == ("Station talks", ("Ana Lima", "Bo Berg"))
    assert str(document.published) == "2023-06-14"
    assert ("published", "core property created") in document.found_in


def test_a_date_line_outranks_the_day_the_file_was_made(put: Put) -> None:
    made = written("Station talks go on", "15 September 2022", ARTICLE)
    made.core_properties.created = datetime(2023, 6, 14, tzinfo=UTC)
    assert str(one(put("a.docx", saved(made))).published) == "2022-09-15"


def test_the_properties_of_a_template_are_nobodys(put: Put) -> None:
    document = one(put("a.docx", saved(written(ARTICLE))))
    assert (document.authors, document.published) == ((), None)


def test_footnotes_are_read(put: Put) -> None:
    files = _parts(saved(written(ARTICLE)))
    files["word/footnotes.xml"] = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:t>Northern Wire, 3 June.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = files["word/_rels/document.xml.rels"].decode()
    files["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>", f'<Relationship Id="rF" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    ).encode()
    assert one(put("a.docx", zipped(files))).text == f"{ARTICLE}\n\n[1] Northern Wire, 3 June."


def _parts(payload: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_bomb_is_refused_before_it_is_parsed(put: Put) -> None:
    row = refused(put("a.docx", zipped({"word/document.xml": b" " * 60_000_000})))
    assert row.kind == "TooLarge"
    assert "zip bomb" in row.reason


def test_more_than_the_limit_unpacked_is_refused(put: Put) -> None:
    row = refused(put("a.docx", saved(written(ARTICLE))), limits=Limits(unpacked_bytes=5_000))
    assert row.kind == "TooLarge"


def test_entities_that_multiply_do_no_harm(put: Put) -> None:
    files = _parts(saved(written(ARTICLE)))
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    files["word/document.xml"] = (
        f'<!DOCTYPE d [<!ENTITY e0 "boom">{entities}]><w:document {W}><w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ).encode()
    assert refused(put("a.docx", zipped(files))).kind in {"Damaged", "NoMainText"}


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 and nothing behind it", zipped({"word/document.xml": b"<open"}), b"\x00\x01" * 99],
    ids=["cut short", "broken parts", "binary"],
)
def test_a_damaged_file_says_so(put: Put, content: bytes) -> None:
    assert refused(put("a.docx", content)).kind == "Damaged"


def test_a_document_of_pictures_alone_has_no_text(put: Put) -> None:
    assert refused(put("a.docx", saved(written()))).kind == "NoMainText"


def test_another_zip_archive_is_no_document(put: Put) -> None:
    row = refused(put("a.docx", zipped({"a.txt": b"text"})))
    assert (row.kind, "unpack it" in row.reason) == ("NotText", True)


def test_office_files_of_the_old_kind_and_encrypted_ones_are_told_apart(put: Put) -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 500
    assert refused(put("a.doc", ole)).kind == "NotText"
    assert refused(put("a.docx", ole + "EncryptedPackage".encode("utf-16-le"))).kind == "Encrypted"


WHOLE = saved(written(ARTICLE, SECOND))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=30))
def test_a_file_damaged_anywhere_gives_a_document_or_a_refusal(place: int, noise: bytes) -> None:
    hurt = WHOLE[:place] + noise + WHOLE[place + len(noise) :]
    try:
        documents = READERS["docx"](hurt, name="a.docx", limits=Limits())
    except Unreadable as refusal:
        assert "a.docx" in str(refusal)  # noqa: PT017 - the other lawful outcome
        return
    assert all(document.text.strip() for document in documents)


def test_links_stand_at_their_words(put: Put) -> None:
    opened = docx.Document()
    paragraph = opened.add_paragraph("The port closes, as ")
    name = opened.part.relate_to("https://a.example/1", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), name)
    paragraph._p.append(link)
    link.append(paragraph.add_run("the Gazette reported")._r)
    paragraph.add_run(", on Friday at the latest.")
    opened.add_paragraph("Nobody knew of it.")
    document = one(put("a.docx", saved(opened)))
    assert "The port closes, as the Gazette reported, on Friday" in document.text
    (found,) = document.links
    assert (document.text[found.start : found.end], found.target) == ("the Gazette reported", "https://a.example/1")
