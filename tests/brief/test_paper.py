"""The brief as PDF and DOCX: the same sentences, the same figures with their words behind them, and nothing run."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from winset.brief import pdf, word
from winset.brief.claims import claims
from winset.brief.printed import Heading, Paragraph, Printed, Said, Table
from winset.brief.printed_sections import printed
from winset.brief.types import Brief
from winset.errors import NotConfigured


@pytest.fixture(scope="module")
def compact_pdf(compact_brief: Brief) -> bytes:
    return pdf.render(compact_brief)


@pytest.fixture(scope="module")
def compact_docx(compact_brief: Brief) -> bytes:
    return word.render(compact_brief)


def words_of(paper: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(paper)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return squeezed(" ".join(pages))


def words_in(package: bytes) -> str:
    import docx

    document: Any = docx.Document(io.BytesIO(package))
    body = document.element.body
    return squeezed(" ".join("".join(each.itertext()) for each in body.iter() if each.tag.endswith("}p")))


def squeezed(text: str) -> str:
    """Without what line ends, ligatures and hyphens do to it."""
    return re.sub(r"\s+", "", text.replace("\ufb01", "fi").replace("\ufb02", "fl").replace("\u00ad", ""))


def lines(paper: Printed) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for block in paper.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.words)
            case Said():
                found += [block.words, block.facts]
            case Table():
                found += [cell for row in block.rows for cell in row.cells]
    return found


def test_both_say_every_sentence_of_the_brief(compact_brief: Brief, compact_pdf: bytes, compact_docx: bytes) -> None:
    in_pdf, in_docx = words_of(compact_pdf), words_in(compact_docx)
    for section in claims(compact_brief):
        for claim in section.claims:
            text = squeezed(claim.text.removeprefix("Blocked. "))
            assert text in in_docx, claim.text
            assert text in in_pdf, claim.text


def test_both_hold_every_statement_word_for_word(compact_brief: Brief, compact_pdf: bytes, compact_docx: bytes) -> None:
    in_pdf, in_docx = words_of(compact_pdf), words_in(compact_docx)
    texts = {document.id: document.text for document in compact_brief.documents}
    assert compact_brief.statements
    for coded in compact_brief.statements:
        for part in coded.statement.contents:
            exact = squeezed(texts[part.document_id][part.start : part.end])
            assert exact in in_pdf
            assert exact in in_docx


def test_the_same_brief_gives_the_same_bytes(compact_brief: Brief, compact_pdf: bytes, compact_docx: bytes) -> None:
    assert pdf.render(compact_brief) == compact_pdf
    assert word.render(compact_brief) == compact_docx


def test_the_pdf_is_a4_tagged_titled_and_in_english(compact_pdf: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(compact_pdf)
    assert document.is_tagged()
    assert document.get_metadata_value("Title").startswith("Blocked: ")
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert b"pdfuaid:part" in compact_pdf or b"/Lang" in compact_pdf
    assert [entry.get_title() for entry in document.get_toc()][1] == "1. The answer"


def test_every_link_of_the_paper_leads_somewhere(compact_brief: Brief) -> None:
    values = pdf._values(printed(compact_brief))
    keys = pdf._keys(values["blocks"])
    assert len(keys) == len(set(keys))
    links = {run.to for each in lines(printed(compact_brief)) for run in each if run.to}
    assert {link for link in links if link.startswith("statement-")} <= set(keys)
    assert links <= set(keys)


def test_an_annex_too_long_for_paper_says_so(many_brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winset.brief.printed_sections.MOST_SAID", 50)
    blocks = printed(many_brief).blocks
    assert sum(isinstance(block, Said) for block in blocks) == 50
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    assert f"{len(many_brief.statements) - 50} more statements" in last.words[0].text
    assert pdf.render(many_brief).startswith(b"%PDF-")  # numbers without a place lead nowhere


def test_every_figure_of_the_paper_opens_its_words(compact_brief: Brief) -> None:
    """A position with its error stands in a line that leads to a statement, or says that it is assumed."""
    for block in printed(compact_brief).blocks:
        rows = block.rows if isinstance(block, Table) else ()
        units = [tuple(run for cell in row.cells for run in cell) for row in rows]
        if isinstance(block, Paragraph):
            units.append(block.words)
        for unit in units:
            text = "".join(run.text for run in unit)
            if re.search(r"\d\s±\s\d", text):
                assert "ssumed" in text or any(run.to.startswith("statement-") for run in unit), text


def test_links_of_the_docx_lead_to_its_bookmarks(compact_docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(compact_docx)) as package:
        document = package.read("word/document.xml").decode()
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', document)
    anchors = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', document))
    assert len(names) == len(set(names))
    assert anchors
    assert anchors <= set(names)
    assert document.count("<w:tblHeader/>") == document.count("<w:tbl>")
    assert 'descr="' in document  # the chart, in words


def test_headings_of_the_docx_are_headings(compact_docx: bytes) -> None:
    import docx

    found = docx.Document(io.BytesIO(compact_docx)).paragraphs
    styles = [paragraph.style.name for paragraph in found if paragraph.style]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 9  # eight sections and the annex


@pytest.mark.parametrize("name", ["empty_brief", "assumed_brief", "hostile_brief", "many_brief"])
def test_any_brief_can_be_printed(name: str, request: pytest.FixtureRequest) -> None:
    import docx

    brief: Brief = request.getfixturevalue(name)
    assert pdf.render(brief).startswith(b"%PDF-")
    assert docx.Document(io.BytesIO(word.render(brief))).paragraphs


HOSTILE = (
    '#panic() #read("/etc/hostname")',
    "$x$ *a* _b_ @c <d> `e` \\",
    "a\x00b\x1bc\ud800d\u202ee\ufffff",
    "日本語 ✕ عربى",
)


def test_words_of_strangers_are_words(compact_brief: Brief) -> None:
    """No markup, no code and no control character of theirs does anything."""
    brief = replace(compact_brief, issue=replace(compact_brief.issue, proposal=" ; ".join(HOSTILE)))
    in_pdf, in_docx = words_of(pdf.render(brief)), words_in(word.render(brief))
    for words in HOSTILE:
        if words.isprintable():
            assert squeezed(words) in in_docx
        if words.isascii() and words.isprintable():
            assert squeezed(words) in in_pdf


def test_without_typst_a_pdf_is_refused_and_a_docx_is_without_chart(
    compact_brief: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NotConfigured, match=r"pip install 'winset\[pdf\]'"):
        pdf.render(compact_brief)
    with zipfile.ZipFile(io.BytesIO(word.render(compact_brief))) as package:
        assert not [name for name in package.namelist() if name.startswith("word/media/")]
