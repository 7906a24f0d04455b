"""Documents: each reader on bytes of its format, and the choice between them."""

from __future__ import annotations

from collections.abc import Callable

from fuzz import laws, packing
from fuzz.target import Target
from winset.corpus.confined.answers import documents_of, feed_of
from winset.corpus.formats import format_of
from winset.corpus.readers import READERS
from winset.corpus.readers.feed import read_entries
from winset.corpus.types import Limits
from winset.errors import Unreadable

LIMITS = Limits(file_bytes=200_000, unpacked_bytes=5_000_000, text_characters=200_000, pdf_pages=20, feed_entries=50)
NAME = "fuzzed"
SUFFIXES = (".txt", ".md", ".html", ".pdf", ".docx", ".rss", "")  # of the choice between readers, by the last byte


def _reading(reader: str, packed: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        try:
            found = READERS[reader](packed(data), name=NAME, limits=LIMITS)
        except Unreadable as error:
            laws.told(error)
            return
        laws.holds(bool(found), "neither a document nor a refusal")
        for each in found:
            laws.document(each)

    return run


def _any(data: bytes) -> None:
    suffix = SUFFIXES[data[-1] % len(SUFFIXES)] if data else ""
    try:
        found = READERS[format_of(data, name=f"{NAME}{suffix}")](data, name=NAME, limits=LIMITS)
    except Unreadable as error:
        laws.told(error)
        return
    for each in found:
        laws.document(each)


def _entries(data: bytes) -> None:
    """As `winset watch` reads a feed: again and again, each entry known by its key."""
    try:
        found = read_entries(data, name=NAME, limits=LIMITS, address="https://example.org/feed")
    except Unreadable as error:
        laws.told(error)
        return
    keys = [entry.key for entry in found.entries]
    laws.holds(len(set(keys)) == len(keys), "two entries of one key")
    for entry in found.entries:
        laws.document(entry.document)


def _answers(data: bytes) -> None:
    """What the process that parses may say once a document has taken it over."""
    for reader in ("html", "feed"):
        try:
            found = documents_of(data, reader, name=NAME, limits=LIMITS)
        except Unreadable as error:
            laws.told(error)
            continue
        for each in found:
            laws.document(each)
            laws.holds(each.reader == reader, "a document of another reader")
    try:
        _, entries, left = feed_of(data, name=NAME, limits=LIMITS)
    except Unreadable as error:
        laws.told(error)
        return
    laws.holds(left >= 0, "less than nothing is left")
    for _, _, _, document in entries:
        laws.document(document)


def _target(name: str, about: str, run: Callable[[bytes], None], words: str = "") -> Target:
    return Target(name=name, group="readers", about=about, run=run, words=words)


TARGETS = (
    _target("text", "a plain text in any encoding", _reading("text")),
    _target("markdown", "a Markdown text", _reading("markdown"), words="text"),
    _target("html", "a page", _reading("html")),
    _target("pdf", "a PDF, or what its page draws", _reading("pdf", packing.pdf)),
    _target("docx", "a DOCX, or its parts before they are packed", _reading("docx", packing.docx)),
    _target("feed", "a feed", _reading("feed")),
    _target("feed-entries", "a feed that is watched", _entries, words="feed"),
    _target("any-document", "bytes of which the content says what they are", _any, words="html"),
    _target("parser-answers", "what the confined parser answers", _answers),
)
