"""DOCX: paragraphs and tables in order, with what tracked changes leave standing, and its notes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from winset.corpus.documents import check_size, cleaned, document, paragraphs
from winset.corpus.language import language
from winset.corpus.links import BlockMaker, LinkedBlock, placed, target_of
from winset.corpus.metadata import Metadata, metadata_of, people
from winset.corpus.types import Document, Limits
from winset.errors import Damaged, Encrypted, NoMainText, TooLarge
from winset.ids import PartialDate
from winset.registry import method

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RATIO = 200  # unpacked to packed; ordinary parts stay under 30
SMALL = 10_000_000  # bytes; below this no ratio hurts
CHUNK = 1 << 20
TEMPLATE_AUTHOR, TEMPLATE_DAY = "python-docx", "2013-12-23"  # what python-docx leaves in every file it makes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (  # what zipfile, lxml and python-docx raise on a file that is not what it claims
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError),
    *(IndexError, EOFError, OSError, NotImplementedError, RecursionError, SyntaxError),
)


@method("docx", source="ECMA376")
def read_docx(payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """The body's paragraphs and table rows, then footnotes and endnotes, paragraphs separated by a blank line.

    The size is checked before anything is parsed. Inserted words of tracked changes are in, deleted ones out.
    Raises TooLarge (a zip bomb too), Encrypted, Damaged, NoMainText.
    Source: ECMA-376, Office Open XML, through python-docx.
    """
    _check_archive(payload, name=name, limits=limits)
    try:
        text, properties, blocks = _opened(payload)
    except _BROKEN as error:
        raise Damaged(f"{name}: does not open as a Word document ({_short(error)}); save it anew as .docx") from None
    check_size(len(text), name=name, limits=limits)
    if not text.strip():
        raise NoMainText(f"{name}: a Word document without text (pictures only?); give one with text in it")
    stated = metadata_of(text, language=language(text))  # a byline is surer than the name of the account that saved
    metadata = properties.only("title").or_else(stated).or_else(properties)
    links = placed(blocks, text)
    return (
        document(text, name=name, metadata=metadata, limits=limits, media_type=MEDIA_TYPE, reader="docx", links=links),
    )


def _check_archive(payload: bytes, *, name: str, limits: Limits) -> None:
    """Raises TooLarge on a zip bomb, trusting first the archive's list and then only what really comes out."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise Encrypted(f"{name}: wants a password; save it without one")
            _check_unpacked(sum(entry.file_size for entry in entries), len(payload), name=name, limits=limits)
            unpacked = 0
            for entry in entries:
                with archive.open(entry) as part:
                    while chunk := part.read(CHUNK):
                        unpacked += len(chunk)
                        _check_unpacked(unpacked, len(payload), name=name, limits=limits)
    except _BROKEN as error:
        raise Damaged(f"{name}: a damaged Word document ({_short(error)}); fetch or save it again") from None


def _check_unpacked(unpacked: int, packed: int, *, name: str, limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes or (unpacked > SMALL and unpacked > RATIO * packed):
        raise TooLarge(
            f"{name}: unpacks {packed:,} bytes to {unpacked:,} (a zip bomb?); "
            f"at most {limits.unpacked_bytes:,}, and {RATIO} times its size, are read"
        )


def _opened(payload: bytes) -> tuple[str, Metadata, tuple[LinkedBlock, ...]]:
    import docx

    opened = docx.Document(io.BytesIO(payload))
    parts = [*_blocks(opened.element.body), *_notes(opened)]
    return cleaned(paragraphs(parts)), _properties(opened.core_properties), _linked(opened)


def _linked(opened: Any) -> tuple[LinkedBlock, ...]:
    """The body's paragraphs with their links to elsewhere; empty where there are none."""
    from lxml import etree  # type: ignore[import-untyped]

    targets = {
        name: relation.target_ref
        for name, relation in opened.part.rels.items()
        if relation.is_external and relation.reltype.endswith("/hyperlink")
    }
    if not targets:
        return ()
    made, gone = BlockMaker(), 0
    for event, element in etree.iterwalk(opened.element.body, events=("start", "end")):
        opens = event == "start"
        if element.tag == f"{_W}p":
            made.end_paragraph()
        elif element.tag in {f"{_W}moveFrom", f"{_W}del"}:
            gone += 1 if opens else -1
        elif element.tag == f"{_W}hyperlink" and opens:
            made.open(target_of(targets.get(element.get(_RELATION))))
        elif element.tag == f"{_W}hyperlink":
            made.close()
        elif element.tag == f"{_W}t" and opens and not gone:
            made.say(element.text)
    made.end_paragraph()
    return tuple(made.blocks)


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and table rows below an lxml element, content controls and insertions opened up."""
    for child in parent.iterchildren():
        if child.tag == f"{_W}p":
            yield _words(child)
        elif child.tag == f"{_W}tr":
            yield " | ".join(" ".join(_blocks(cell)).strip() for cell in child.iterchildren(f"{_W}tc"))
        elif child.tag not in {f"{_W}del", f"{_W}moveFrom", f"{_W}sectPr"} and isinstance(child.tag, str):
            yield from _blocks(child)


def _words(paragraph: Any) -> str:
    """The words of a paragraph: runs, links, insertions; no deleted ones, and no text box's second copy."""
    words: list[str] = []
    skipped = {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
    marks = {f"{_W}p": "\n", f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
    pending = list(reversed(list(paragraph)))
    while pending:
        element = pending.pop()
        if element.tag in skipped or element.tag == f"{_W}pPr":
            continue
        words.append(marks.get(element.tag, element.text or "" if element.tag == f"{_W}t" else ""))
        pending.extend(reversed(list(element)))
    return "".join(words)


def _notes(opened: Any) -> Iterator[str]:
    """Footnotes and endnotes, which python-docx keeps as unparsed parts."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for relation in opened.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            root = etree.fromstring(relation.target_part.blob, parser)
            for note in root:
                if note.get(f"{_W}type") is None:  # separators have a type
                    yield f"[{note.get(f'{_W}id')}] {' '.join(_blocks(note)).strip()}"


def _properties(core: Any) -> Metadata:
    author, created = core.author or "", core.created
    from_template = isinstance(created, datetime) and created.date().isoformat() == TEMPLATE_DAY
    authors = people(author) if author.strip() and author != TEMPLATE_AUTHOR else ()
    title = (core.title or "").strip() or None
    day = PartialDate(created.date().isoformat()) if isinstance(created, datetime) and not from_template else None
    places = (("title", title, "title"), ("authors", authors, "author"), ("published", day, "created"))
    found_in = tuple((field, f"core property {which}") for field, value, which in places if value)
    return Metadata(title=title, authors=authors, published=day, found_in=found_in)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
