"""The brief as DOCX, to be worked on: real headings, tables with header rows, links from figures to their words.

Word processors draw no SVG of ours, so the chart is in it where typst (extra `pdf`) is there to draw it; its
figures stand in the tables all the same.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from winset.brief import pdf
from winset.brief.printed import Heading, Kind, Line, Paragraph, Picture, Printed, Row, Run, Said, Style, Table
from winset.brief.printed_sections import printed
from winset.brief.types import Brief

if TYPE_CHECKING:
    from docx.document import Document

STYLES = {
    Kind.ITEM: "List Bullet",
    Kind.SUBITEM: "List Bullet 2",
    Kind.QUOTATION: "Quote",
    Kind.CAPTION: "Caption",
}
COLORS = {
    Style.QUIET: "4F565D",
    Style.AROUND: "4F565D",
    Style.WARN: "6B3A00",
    Style.FOR: "0B4F86",
    Style.AGAINST: "8F4206",
}
BOLD = frozenset({Style.STRONG, Style.FOR, Style.AGAINST})
LINE = "B9C0C7"
HALF_POINTS = 17  # of what is said beside
WIDTH = 172  # millimetres between the margins
LONGEST_NAME = 40  # characters of a bookmark, Word's own limit
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the date of every part: the same brief gives the same bytes


def render(brief: Brief) -> bytes:
    """The whole brief. The same brief gives the same bytes, with and without the chart."""
    paper = printed(brief)
    document = _document(paper)
    names = {key: _name(key) for key in _keys(paper)}
    writer = _Writer(document, names)
    for block in paper.blocks:
        writer.write(block)
    written = io.BytesIO()
    document.save(written)
    return _undated(written.getvalue())


def _document(paper: Printed) -> Document:
    """An empty A4 document with its properties, styles and foot."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    made = docx.Document()
    at = datetime.fromisoformat(paper.at).astimezone(UTC).replace(tzinfo=None)
    about = made.core_properties
    about.title, about.subject, about.author = paper.title[:255], paper.about[:255], "winset"
    about.keywords, about.comments, about.language = ", ".join(paper.keywords)[:255], paper.made, "en-GB"
    about.created = about.modified = at
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin = section.bottom_margin = Mm(19)
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 11.5)):
        style: Any = made.styles[name]
        style.font.size, style.font.name = Pt(size), "Calibri"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1C, 0x21, 0x26)
    normal: Any = made.styles["Normal"]
    normal.paragraph_format.space_after = Pt(5)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{paper.made}    ").font.size = Pt(8)
    foot._p.append(_field("PAGE"))  # python-docx has no fields
    return made


class _Writer:
    """Blocks into one document, in order."""

    def __init__(self, document: Document, names: dict[str, str]) -> None:
        self.document = document
        self.names = names  # bookmark of each key
        self.marks = 0

    def write(self, block: object) -> None:
        """One block."""
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block)
            case Said():
                self._said(block)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    def _heading(self, block: Heading) -> None:
        words = "".join(run.text for run in block.words)
        made = self.document.add_heading(level=block.level - 1)
        if block.key == "annex":
            made.paragraph_format.page_break_before = True
        made.add_run(words)
        self._mark(made, block.key)

    def _paragraph(self, block: Paragraph) -> None:
        from docx.shared import Pt

        made = self.document.add_paragraph(style=STYLES.get(block.kind))
        self._line(made, block.words)
        if block.kind is Kind.VERDICT:
            for number, run in enumerate(made.runs):
                run.font.size = Pt(12 if number else 18)
        self._mark(made, block.key)

    def _said(self, block: Said) -> None:
        from docx.shared import Mm, Pt

        made = self.document.add_paragraph()
        made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Mm(9), Mm(-9)
        made.paragraph_format.tab_stops.add_tab_stop(Mm(9))
        made.paragraph_format.keep_together = True
        made.add_run(f"{block.number}\t").font.size = Pt(8.5)
        for run in block.words:
            added = self._run(made, run)
            added.bold = run.style is Style.EXACT or added.bold
        made.add_run().add_break()
        self._line(made, block.facts, small=True)
        self._mark(made, block.key)

    def _table(self, block: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        caption = self.document.add_paragraph(style="Caption")
        caption.add_run(block.caption)
        caption.paragraph_format.keep_with_next = True
        self._mark(caption, block.key)
        table: Any = self.document.add_table(rows=1, cols=len(block.columns), style="Normal Table")
        table.autofit = False
        layout = table._tbl.tblPr.find(qn("w:tblLayout"))  # python-docx draws no single lines
        layout.addprevious(_hairlines())
        head = table.rows[0]
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # python-docx has no header rows
        for cell, column in zip(head.cells, block.columns, strict=True):
            self._line(cell.paragraphs[0], (Run(column.head, Style.STRONG),), small=True)
            if column.number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for row in block.rows:
            self._row(table, block, row)
        for cells, width in zip(table.columns, _widths(block), strict=True):
            cells.width = Mm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, _widths(block), strict=True):
                if len(set(row.cells)) > 1:
                    cell.width = Mm(width)
        self.document.add_paragraph().paragraph_format.space_after = Mm(1)

    def _row(self, table: Any, block: Table, row: Row) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement

        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = added.cells
        if row.whole:
            cells = (cells[0].merge(cells[-1]),) if len(cells) > 1 else cells
        for number, (cell, words) in enumerate(zip(cells, row.cells, strict=True)):
            paragraph = cell.paragraphs[0]
            quiet = tuple(Run(run.text, Style.QUIET, run.to) if row.quiet else run for run in words)
            self._line(paragraph, quiet, small=True)
            if not row.whole and block.columns[number].number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number == 0:
                self._mark(paragraph, row.key)

    def _picture(self, block: Picture) -> None:
        from docx.shared import Mm

        if not pdf.is_there():
            return
        self.document.add_picture(io.BytesIO(pdf.png(block.svg)), width=Mm(WIDTH))
        drawn = self.document.inline_shapes[-1]._inline.docPr  # python-docx has no words for pictures
        drawn.set("descr", block.words)
        drawn.set("name", "Positions")
        self._line(self.document.add_paragraph(style="Caption"), block.caption)

    def _line(self, paragraph: Any, words: Line, *, small: bool = False) -> None:
        from docx.shared import Pt

        for run in words:
            added = self._run(paragraph, run)
            if small:
                added.font.size = Pt(HALF_POINTS / 2)

    def _run(self, paragraph: Any, run: Run) -> Any:
        """The words as a run; inside a link where they lead somewhere."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        added = paragraph.add_run(run.text)
        if run.style in BOLD:
            added.bold = True
        if run.style in COLORS:
            added.font.color.rgb = RGBColor.from_string(COLORS[run.style])
        if run.style is Style.QUIET:
            added.font.size = Pt(HALF_POINTS / 2)
        if run.style is Style.CODE:
            added.font.name = "Consolas"
        if run.to in self.names:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), self.names[run.to])
            link.set(qn("w:history"), "1")
            added._r.addprevious(link)  # python-docx makes no links
            link.append(added._r)
            added.underline = True
        return added

    def _mark(self, paragraph: Any, key: str) -> None:
        """A bookmark over the paragraph, where links lead."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if key not in self.names:
            return
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), self.names[key])
        first = paragraph._p.pPr
        if first is not None:
            first.addnext(start)
        else:
            paragraph._p.insert(0, start)
        paragraph._p.append(end)


def _keys(paper: Printed) -> Iterator[str]:
    """Of every place that a link may lead to."""
    for block in paper.blocks:
        if not isinstance(block, Picture) and block.key:
            yield block.key
        if isinstance(block, Table):
            yield from (row.key for row in block.rows if row.key)


def _name(key: str) -> str:
    """As a bookmark may be called.

    >>> _name("statement-12")
    'statement_12'
    """
    return re.sub(r"\W", "_", key)[:LONGEST_NAME]


def _widths(block: Table) -> list[float]:
    """Of the columns, in millimetres; one that is as wide as its words gets that of a few digits."""
    narrow = 15.0
    shares = sum(column.share for column in block.columns)
    left = WIDTH - narrow * sum(column.share == 0 for column in block.columns)
    return [left * column.share / shares if column.share else narrow for column in block.columns]


def _hairlines() -> Any:
    """Grey lines between the rows of a table, none between its columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        drawn = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            drawn.set(qn(f"w:{name}"), value)
        borders.append(drawn)
    return borders


def _field(name: str) -> Any:
    """The number of the page, worked out by who opens it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field, run, words = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), name)
    words.text = "1"
    run.append(words)
    field.append(run)
    return field


def _undated(package: bytes) -> bytes:
    """The same package without the time at which it was packed."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(written, "w", compression=zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, date_time=SAME_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(entry))
    return written.getvalue()
