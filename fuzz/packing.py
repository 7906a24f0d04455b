"""Plain text as the packed file that it describes, so that a mutator reaches what lies behind checksums.

    ==== word/document.xml
    <w:document>...

The bytes are parts, each under a line with its name; what stands before the first such line is the main part's. XML is
made sound, as a mutator breaks nearly every one, unless the bytes begin with "!". Bytes that begin like the packed
format itself are taken as they are, so the packing is fuzzed too.
"""

from __future__ import annotations

import io
import re
import sqlite3
import warnings
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

MARK = b"\n==== "
AS_IT_IS = b"!"  # begins bytes whose XML is left as broken as it is
_MOST_PARTS = 20
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DOCX = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxml'
    'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName='
    '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main'
    '+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-packa'
    "ge.core-properties"
    '+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.footnotes+xml"/></Types>',
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-'
    'properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Talks</dc:title><dc:creator>An'
    "a Lima</dc:creator>"
    "</cp:coreProperties>",
    "word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}"/>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
    'Target="word/document.xml"/><Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/'
    'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="h" Type="{_OFFICE}/'
    f'hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="n" '
    f'Type="{_OFFICE}/footnotes" '
    'Target="footnotes.xml"/></Relationships>',
}
_XLSX = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxml'
    'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName='
    '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="s"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="s" Type="{_OFFICE}/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
}


def parts(data: bytes, *, main: str) -> list[tuple[str, bytes]]:
    """The parts that the text describes, the main one first."""
    first, *others = data.split(MARK, _MOST_PARTS)
    found = [(main, first)]
    for other in others:
        name, _, content = other.partition(b"\n")
        found.append((name.decode("utf-8", "replace")[:80] or "part", content))
    return found


def sound(xml: bytes) -> bytes:
    """The XML with its tags closed, as a lenient parser understands it: a mutator breaks nearly every one."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:  # nothing in it that even a lenient one could close
        return xml
    return xml if root is None else bytes(etree.tostring(root, encoding="utf-8"))


def _sound_parts(data: bytes, *, main: str) -> list[tuple[str, bytes]]:
    """The parts, those of XML made sound unless the bytes begin with AS_IT_IS."""
    found = parts(data.removeprefix(AS_IT_IS), main=main)
    if data.startswith(AS_IT_IS):
        return found
    return [(name, sound(part) if name.endswith((".xml", ".qde", ".rels")) else part) for name, part in found]


def zipped(content: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of these parts, uncompressed; a name may be there twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, part in content:
            archive.writestr(zipfile.ZipInfo(name), part)  # of no day, so that the same text is the same file
    return buffer.getvalue()


def docx(data: bytes) -> bytes:
    """A DOCX whose body is what stands inside w:body."""
    if data.startswith(b"PK"):
        return data
    (_, body), *others = _sound_parts(data, main="")
    document = f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body>'.encode() + body + b"</w:body></w:document>"
    document = document if data.startswith(AS_IT_IS) else sound(document)
    return zipped(_over(_DOCX, [("word/document.xml", document), *others]))


def xlsx(data: bytes) -> bytes:
    """A workbook of one sheet whose rows are what stands inside sheetData."""
    if data.startswith(b"PK"):
        return data
    (_, rows), *others = _sound_parts(data, main="")
    sheet = f'<worksheet xmlns="{_S}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"
    return zipped(
        _over(_XLSX, [("xl/worksheets/sheet1.xml", sheet if data.startswith(AS_IT_IS) else sound(sheet)), *others])
    )


def qdpx(data: bytes) -> bytes:
    """A REFI-QDA archive: project.qde, and its sources."""
    return data if data.startswith(b"PK") else zipped(_sound_parts(data, main="project.qde"))


def pdf(data: bytes) -> bytes:
    """A PDF of one page that draws what the main part says; further parts are objects from number 6 on."""
    if b"%PDF-" in data[:1024]:
        return data
    (_, drawn), *others = parts(data, main="")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> "
            b"/XObject << /Fm 6 0 R /Gm 7 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        *(content for _, content in others),
    ]
    body, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(body)


# Lines that change a study file of DNA, or a case: TABLE COLUMN ROWID VALUE. The value is as SQL writes it: 1, 0.5,
# 'words', x'ff', NULL; "-" is every row.
_CHANGE = re.compile(
    r"(?P<table>\w{1,30}) (?P<column>\w{1,30}) (?P<row>-|\d{1,3})"
    r" (?P<value>NULL|-?\d{1,20}|-?\d{1,6}\.\d{1,6}|x'(?P<blob>(?:[0-9a-f]{2}){0,40})'|'(?P<words>[^\n]{0,300})')"
)


def changed(data: bytes, *, template: bytes, path: Path) -> None:
    """A database at `path`: the template with the changes that the lines tell, or bytes that are one themselves."""
    if data.startswith(b"SQLite"):
        path.write_bytes(data)
        return
    path.write_bytes(template)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        columns = _columns(database)
        for match in _CHANGE.finditer(data.decode("utf-8", "replace")):
            table, column, value = match["table"].upper(), match["column"].casefold(), _value(match)
            if column not in columns.get(table, ()):
                continue
            rows = f'UPDATE "{table}" SET "{column}" = ?'  # noqa: S608 - both are names of the template's own
            try:
                if match["row"] == "-":
                    database.execute(rows, (value,))
                else:
                    database.execute(f"{rows} WHERE rowid = ?", (value, int(match["row"])))
            except sqlite3.Error:  # a value that the schema itself refuses
                continue


def _columns(database: sqlite3.Connection) -> dict[str, set[str]]:
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table.upper(): {str(row[1]).casefold() for row in database.execute(f'PRAGMA table_info("{table}")')}
        for table in tables
    }


def _value(match: re.Match[str]) -> object:
    if match["blob"] is not None:
        return bytes.fromhex(match["blob"])
    if match["words"] is not None:
        return match["words"].replace("\\n", "\n")
    if match["value"] == "NULL":
        return None
    number = float(match["value"])
    whole = "." not in match["value"] and abs(number) < 1 << 63
    return int(match["value"]) if whole and abs(int(match["value"])) < 1 << 63 else number


def _over(base: dict[str, str], content: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The skeleton's parts but those that are given."""
    given = {name for name, _ in content}
    return [*((name, part.encode()) for name, part in base.items() if name not in given), *content]
