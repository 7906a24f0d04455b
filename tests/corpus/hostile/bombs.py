"""Documents made to break who reads them, put together by code: no file of anybody's is kept here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
STRANGER = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY p SYSTEM "http://127.0.0.1:9/x">]>'


def word(body: str, *, declared: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word document whose body holds this XML."""
    document = (
        f'<?xml version="1.0"?>{declared}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        f'main"><w:body>{body}</w:body></w:document>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(words: str) -> str:
    """A paragraph of Word."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def zip_bomb(megabytes: int) -> bytes:
    """A Word document of which one part unpacks to so much nothing."""
    return word(paragraph("Small."), more={"word/media/image1.png": b"\x00" * (megabytes << 20)})


def lying_zip(megabytes: int) -> bytes:
    """The same, its list saying that the part has one byte."""
    packed = bytearray(zip_bomb(megabytes))
    at = packed.rfind(b"PK\x01\x02")
    packed[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(packed)


def nested_zip() -> bytes:
    """A Word document in an archive in an archive."""
    inner = zip_bomb(30)
    for _ in range(3):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", inner)
        inner = buffer.getvalue()
    return inner


def many_parts(count: int) -> bytes:
    """An archive of so many empty parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(str(number), b"")
    return buffer.getvalue()


def feed(body: str, *, declared: str = "") -> bytes:
    """A feed of one entry with this body."""
    return (
        f'<?xml version="1.0"?>{declared}<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>One'
        f"</title><description>{body}</description></item></channel></rss>"
    ).encode()


def objects_pdf(objects: Iterable[bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, whose table a reader has to make for itself."""
    body = bytearray(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return bytes(body + b"trailer\n<< %s >>\n%%%%EOF\n" % trailer)


def stream(content: bytes, about: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about, content)


def looping_pdf() -> bytes:
    """A PDF whose pages are their own parents."""
    return objects_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 3 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>",
        ]
    )


def looping_tables_pdf() -> bytes:
    """A PDF whose table of objects says that an earlier one is itself."""
    start = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R /Prev %d >>\n"
    return start + table % len(start) + b"startxref\n%d\n%%%%EOF\n" % len(start)


def calling_pdf(depth: int, times: int) -> bytes:
    """A PDF whose drawings call one another: the page one, that `times` another, `depth` deep."""
    first = 6
    font = b"/Font << /F1 4 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R"
        b" /Resources << %s /XObject << /D %d 0 R >> >> >>" % (font, first),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        stream(b"/D Do"),
    ]
    for level in range(depth):
        called = b"/XObject << /D %d 0 R >>" % (first + level + 1) if level + 1 < depth else b""
        drawn = b"/D Do " * times if called else b"BT /F1 9 Tf 40 700 Td (ha) Tj ET " * times
        about = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << %s %s >>" % (font, called)
        objects.append(stream(drawn, about))
    return objects_pdf(objects)


def unpacking_pdf(megabytes: int) -> bytes:
    """A PDF whose page unpacks to so much nothing."""
    return _page_of(_packed(megabytes), b"/FlateDecode")


def twice_packed_pdf(megabytes: int) -> bytes:
    """The same, packed twice, so that the first unpacking is small."""
    return _page_of(zlib.compress(_packed(megabytes), 9), b"[/FlateDecode /FlateDecode]")


def _packed(megabytes: int) -> bytes:
    """So many megabytes of blanks as zlib packs them, without packing more than one."""
    blanks, packer, total = b" " * (1 << 20), zlib.compressobj(9), 1
    first, again = (packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    for _ in range(megabytes):
        total = zlib.adler32(blanks, total)
    return first + again * (megabytes - 1) + b"\x03\x00" + struct.pack(">I", total)


def _page_of(content: bytes, unpacked_by: bytes) -> bytes:
    return objects_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
            stream(content, b"/Filter %s" % unpacked_by),
        ]
    )
