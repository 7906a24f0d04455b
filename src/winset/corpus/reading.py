"""Paths and addresses in, Documents and Rejected rows out; a bad one never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from winset.corpus.confined import parsing
from winset.corpus.document_lines import documents_of_lines
from winset.corpus.fetching import Fetched, Permit, fetch, public
from winset.corpus.formats import SUFFIXES, holds_lines
from winset.corpus.links import absolute
from winset.corpus.readers import read_payload
from winset.corpus.readers.feed import FeedEntry, FeedRead
from winset.corpus.sources import Source, content_of, expanded, printable
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import Damaged, Unreadable

STANDARD = Limits()
LONGEST_NAME = 150  # characters of a file name that somebody else chose
LONGEST_SUFFIX = 10


def read(
    sources: Sequence[str],
    *,
    limits: Limits = STANDARD,
    progress: Callable[[str], None] | None = None,
    permit: Permit = public,
) -> Iterator[Document | Rejected]:
    """Every document that the files, folders, globs and http(s) addresses hold, in order; a bad one as Rejected.

    progress: called with each name before it is read.
    permit: says of an IP address whether it may be asked; only tests need another than `public`.
    Raises nothing for a bad document.
    """
    meant = expanded(sources)
    parsing.expect(map(_likely, meant))
    for source in meant:
        if progress is not None:
            progress(source.name)
        yield from read_one(source, limits=limits, permit=permit)


def read_one(source: Source, *, limits: Limits = STANDARD, permit: Permit = public) -> Iterator[Document | Rejected]:
    """Every document of one of the files and addresses that `sources.expanded` found; as `read`."""
    try:
        yield from _found(source, limits=limits, permit=permit)
    except Unreadable as error:
        yield rejected(source.name, error)


def read_payloads(
    payloads: Iterable[tuple[str, bytes]],
    *,
    limits: Limits = STANDARD,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Document | Rejected]:
    """Every document that files' bytes hold, in order; a bad one as Rejected.

    payloads: (name as the user knows it, bytes); taken one at a time.  progress: as for `read`.
    Raises nothing for a bad document.
    """
    for name, payload in payloads:
        if progress is not None:
            progress(name)
        try:
            yield from read_payload(payload, name=name, limits=limits)
        except Unreadable as error:
            yield rejected(name, error)


def documents_at(fetched: Fetched, *, name: str, limits: Limits = STANDARD) -> tuple[Document, ...]:
    """The documents in what an address answered, as `read` makes them.

    name: the address as the user knows it.  Raises the kinds of Unreadable.
    """
    try:
        suffix_of = urlsplit(fetched.url).path.rpartition("/")[2]
    except ValueError as error:  # of an archive, which may tell anything
        raise Damaged(f"{name}: the address that it is said to come from is none ({error}); fetch it again") from None
    documents = read_payload(fetched.payload, name=name, limits=limits, suffix_of=suffix_of)
    return tuple(_from_address(document, fetched.url, fetched.retrieved_at) for document in documents)


def feed_in(payload: bytes, *, name: str, limits: Limits = STANDARD, address: str = "") -> FeedRead:
    """A feed as it is now, for who reads it again and again: as `readers.feed.read_entries`, in another process."""
    title, entries, left = parsing.entries(payload, name=name, limits=limits, address=address)
    return FeedRead(
        title=title,
        entries=tuple(FeedEntry(key=key, mark=mark, link=link, document=own) for key, mark, link, own in entries),
        left=left,
    )


def rejected(name: str, error: Unreadable) -> Rejected:
    """What could not be read, and why, in one line."""
    return Rejected(name=name, reason=_one_line(error), kind=type(error).__name__)


def base_name(told: str, *, otherwise: str = "unnamed") -> str:
    r"""What a file is to be called that somebody else named: no folders, on one line, at most LONGEST_NAME characters.

    otherwise: where nothing of the name is left.

    >>> base_name("../../etc/passwd"), base_name("C:\\talks\\minutes.pdf"), base_name(" .. ", otherwise="file 2")
    ('passwd', 'minutes.pdf', 'file 2')
    """
    name = printable(" ".join(told.replace("\\", "/").rpartition("/")[2].split()))
    if not name.strip(". \ufffd"):
        return otherwise
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot or len(suffix) > LONGEST_SUFFIX:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"


def _found(source: Source, *, limits: Limits, permit: Permit) -> Iterable[Document | Rejected]:
    if source.path is not None and source.refusal is None and holds_lines(source.path.name):
        return documents_of_lines(source.path, name=source.name, limits=limits)
    return _documents(source, limits=limits, permit=permit)


def _likely(source: Source) -> str:
    """The reader that a source looks made for."""
    if source.refusal is not None:
        return ""
    return SUFFIXES.get(source.path.suffix.lower(), "") if source.path else "html"


def _documents(source: Source, *, limits: Limits, permit: Permit) -> tuple[Document, ...]:
    if source.refusal is not None:
        raise source.refusal
    if source.path is not None:
        payload = content_of(source.path, name=source.name, limits=limits)
        return read_payload(payload, name=source.name, limits=limits)
    return documents_at(fetch(source.name, limits=limits, permit=permit), name=source.name, limits=limits)


def _from_address(document: Document, url: str, retrieved_at: str) -> Document:
    """A feed's entry keeps its own link; anything else came from where it was fetched."""
    if document.reader == "feed" and document.source_url:
        return replace(document, retrieved_at=retrieved_at)
    places = tuple(place for place in document.found_in if place[0] != "source_url")
    return replace(
        document,
        source_url=url,
        retrieved_at=retrieved_at,
        found_in=(*places, ("source_url", "address fetched")),
        links=absolute(document, url),
    )


def _one_line(error: Unreadable) -> str:
    return printable(" ".join(str(error).split()))
