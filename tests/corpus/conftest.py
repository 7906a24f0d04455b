"""Documents of every format, made in the test that needs them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from winset.corpus.reading import read
from winset.corpus.types import Document, Limits, Rejected

ARTICLE = (
    "The ministers of the Northern Compact met on Thursday to discuss a common coast guard station. "
    "Freedonia supports the plan, its foreign minister said, while Sylvania opposes it."
)
SECOND = "A decision needs the consent of every member. Diplomats expect the talks to go on until the autumn."

Line = tuple[str, float, float]  # words, x, y in points from the lower left corner
MakePdf = Callable[..., bytes]


def pdf(
    pages: Sequence[Sequence[Line]], *, info: str = "", size: float = 10, drawn: str = "", encrypted: bool = False
) -> bytes:
    """A minimal PDF with one Courier text line per `Line`; encrypted with a user password that is not empty.

    drawn: what further every page draws, in the operators of PDF; its font is F1.
    """
    font, first_page = 3, 4
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(words)}) Tj ET\n" for words, x, y in lines)
        stream = (shown + drawn).encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first_page + 2 * number + 1} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    trailer = ""
    if info:
        objects.append(f"<< {info} >>".encode())
        trailer += f" /Info {len(objects)} 0 R"
    if encrypted:
        owner, user = "4e" * 32, hashlib.md5(b"no key opens this", usedforsecurity=False).hexdigest() * 2
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -4 >>".encode())
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'ab' * 16}> <{'ab' * 16}>]"
    return _with_table(objects, trailer)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _with_table(objects: Sequence[bytes], trailer: str) -> bytes:
    body, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(body)


def column(words: str, *, x: float, top: float, width: int, leading: float = 14) -> list[Line]:
    """The words in rows of at most `width` characters, broken as a typesetter would."""
    rows: list[str] = []
    for word in words.split():
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += " " + word
        else:
            rows.append(word)
    return [(row, x, top - leading * number) for number, row in enumerate(rows)]


def page(body: str, *, head: str = "") -> str:
    """An HTML page around `body`."""
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def one(*sources: str | Path, limits: Limits | None = None) -> Document:
    """The single document that `sources` hold."""
    (found,) = read([str(source) for source in sources], limits=limits or Limits())
    assert isinstance(found, Document), found
    return found


def refused(*sources: str | Path, limits: Limits | None = None) -> Rejected:
    """The single refusal that `sources` end in."""
    (found,) = read([str(source) for source in sources], limits=limits or Limits())
    assert isinstance(found, Rejected), found
    assert "\n" not in found.reason
    return found


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Writes a file into the test's folder and returns its path."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write
