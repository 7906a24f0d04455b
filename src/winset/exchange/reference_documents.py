"""A library of references as documents: the attached files read, under the names and dates that the entries give."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from winset.corpus.documents import cleaned
from winset.corpus.readers import read_payload
from winset.corpus.sources import content_of, printable, unopened
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import Missing, NotText, Unreadable
from winset.exchange.bibtex import read_bibtex
from winset.exchange.csl_json import read_csl
from winset.exchange.references import Library, Reference, line
from winset.exchange.ris import read_ris
from winset.ids import DocumentId

STANDARD = Limits()
SUFFIXES: dict[str, Callable[..., Library]] = {
    **dict.fromkeys((".bib", ".bibtex", ".biblatex"), read_bibtex),
    **dict.fromkeys((".ris",), read_ris),
    **dict.fromkeys((".json", ".csljson"), read_csl),
}
_STARTS = (
    (re.compile(rb"\A\s*[\[{]"), read_csl),
    (re.compile(rb"^TY  ?-", re.MULTILINE), read_ris),
    (re.compile(rb"^[ \t]*@\w+\s*[{(]", re.MULTILINE), read_bibtex),
)
_LOOKED_AT = 10_000  # bytes of a file whose suffix tells nothing


def read_references(path: Path, *, limits: Limits = STANDARD) -> Library:
    """The references in a file, by its suffix, or by how it begins where that tells nothing.

    Raises the kinds of Unreadable for a file that cannot be read; a bad entry is Rejected.
    """
    name = printable(path.name)
    payload = content_of(path, name=name, limits=limits)
    read = SUFFIXES.get(path.suffix.lower()) or _by_start(payload)
    if read is None:
        raise NotText(f"{name}: no references: winset reads CSL JSON (.json), BibTeX (.bib) and RIS (.ris)")
    return read(payload, name=name, limits=limits)


def _by_start(payload: bytes) -> Callable[..., Library] | None:
    start = payload[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    return next((read for begins, read in _STARTS if begins.search(start)), None)


def documents_of(
    references: Iterable[Reference],
    folder: Path,
    *,
    name: str,
    limits: Limits = STANDARD,
    known: Container[DocumentId] = (),
) -> Iterator[Document | Rejected]:
    """The documents in the attached files of each entry, in order, with the entry's details over what is found in them.

    folder: where the file of references lies; attached files are read below it and nowhere else.
    name: of the file of references, for messages and for where a detail was found.
    known: documents of the case; an entry that stands for one of them, and brings no file, is there already.
    An entry without a file is Rejected: what it has an address for can be added with it.  Several files of one entry
    are several documents; where they are copies of each other, that is found as with all documents.
    """
    for reference in references:
        place = f"{name}: {reference.key}"
        if not reference.files and reference.document_id not in known:
            yield _without_file(reference, place)
        for path in reference.files:
            try:
                for document in _read(path, folder, limits=limits):
                    yield described(document, reference, name=name)
            except Unreadable as error:
                yield Rejected(name=place, reason=line(str(error)), kind=type(error).__name__)


def described(document: Document, reference: Reference, *, name: str) -> Document:
    """The document with what its reference tells of title, authors, outlet, date and address.

    The language is taken only where the text did not tell it: an entry often gives that of the original.
    """
    told = {
        "title": cleaned(reference.title) or None,
        "authors": tuple(cleaned(author.in_words) for author in reference.authors),
        "publisher": cleaned(reference.outlet) or None,
        "published": reference.published,
        "source_url": reference.url or None,
        "language": None if document.language else reference.language or None,
    }
    known = {field: value for field, value in told.items() if value}
    places = [place for place in document.found_in if place[0] not in known]
    places += [(field, f"reference: {name}") for field in known]
    return replace(document, **known, found_in=tuple(places))  # type: ignore[arg-type]


def _without_file(reference: Reference, place: str) -> Rejected:
    about = f"“{reference.title[:60]}”" if reference.title else "the entry"
    if reference.url:
        reason = f"{about} has no file, so no text here: add it with its address, {reference.url}"
    else:
        reason = f"{about} has neither file nor address: attach its file, export with files, and read this again"
    return Rejected(name=place, reason=reason, kind="Missing")


def _read(told: str, folder: Path, *, limits: Limits) -> tuple[Document, ...]:
    """The documents in an attached file.  Raises the kinds of Unreadable."""
    path = _below(told, folder)
    shown = printable(told)
    payload = content_of(path, name=shown, limits=limits)
    return read_payload(payload, name=shown, limits=limits, suffix_of=path.name)


def _below(told: str, folder: Path) -> Path:
    """The file an entry means, which lies in `folder` or below, wherever links lead.  Raises Missing, NotText."""
    shown = printable(told)[:200]
    outside = Missing(f"{shown}: lies outside the folder of the references: export them with their files")
    if "://" in told or told.startswith("internal-pdf:"):
        raise Missing(f"{shown}: an address of another program's: export the references with their files")
    path = Path(told.replace("\\", "/"))
    windows = PureWindowsPath(told)
    if path.is_absolute() or windows.drive or windows.root or told.startswith("~") or ".." in path.parts:
        raise outside
    try:
        real = (folder / path).resolve(strict=True)
        if not real.is_relative_to(folder.resolve(strict=True)):
            raise outside
        mode = real.stat().st_mode
    except (OSError, RuntimeError, ValueError) as error:  # links in a ring; NUL, or a name too long
        raise unopened(shown, error if isinstance(error, OSError) else FileNotFoundError()) from None
    if not stat.S_ISREG(mode):
        raise NotText(f"{shown}: a folder, pipe or device: attach a file")
    return real
