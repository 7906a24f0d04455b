"""RSS and Atom: one Document an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from winset.corpus.datelines import stated_date
from winset.corpus.documents import cleaned, document, paragraphs
from winset.corpus.markup import visible_text
from winset.corpus.metadata import Metadata, people
from winset.corpus.types import Document, Limits
from winset.errors import Damaged, Empty, TooLarge
from winset.ids import PartialDate, content_id
from winset.registry import method

MOST_ENTRIES = 10_000  # of a feed that is read again and again; with the bounds below it takes seconds, not hours
MOST_MARKS = 100_000  # tags, and references such as &amp;
_LONG_TAG = re.compile(rb"<[^<>]{50000}")
_LINK = re.compile(r"https?://\S+")

_MAILED = re.compile(r"(?P<before>[^<@]*?)\s*<?[^\s@<>]+@[^\s@<>()]+>?\s*(?:\((?P<behind>[^()]*)\))?")


@method("feed", source="RFC4287")
def read_feed(payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """The entries in their order: headline, a blank line, then the entry's longest text without markup.

    A Document's name is the feed's, "#" and the entry's id or link (its number where it has neither).
    Raises Damaged, Empty for a feed without entries, TooLarge over `limits.feed_entries`.
    Source: RFC 4287 (Atom); RSS 2.0; read by feedparser, which fetches nothing when given bytes.
    """
    feed = _parsed(payload, name=name)
    if len(feed.entries) > limits.feed_entries:
        raise TooLarge(f"{name}: {len(feed.entries):,} entries; at most {limits.feed_entries:,} are read: split it up")
    return _documents(feed, name=name, limits=limits, most=len(feed.entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry, for who reads a feed again and again."""

    key: str  # equal for the same entry whenever the feed is read: by its id, its link, or its words
    mark: str  # another one when the feed tells it otherwise
    link: str | None  # http(s)
    document: Document  # the entry's own text


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRead:
    """A feed as it is now."""

    title: str | None
    entries: tuple[FeedEntry, ...]  # in its order, none twice
    left: int  # entries over `limits.feed_entries`, not read


def read_entries(payload: bytes, *, name: str, limits: Limits, address: str = "") -> FeedRead:
    """The first `limits.feed_entries` entries; a feed without any is none to complain of.

    name: of the feed, as for `read_feed`.  address: from where it came, for links that are told from there.
    Raises Damaged, Empty for what is no feed, TooLarge for one that would take minutes to take apart.
    """
    if payload.count(b"item>") + payload.count(b"entry>") > 2 * MOST_ENTRIES:
        raise TooLarge(f"{name}: more than {MOST_ENTRIES:,} entries; ask for a shorter feed")
    if payload.count(b"<") > MOST_MARKS or payload.count(b"&") > MOST_MARKS or _LONG_TAG.search(payload):
        raise TooLarge(f"{name}: over {MOST_MARKS:,} tags or references, or a tag without end; ask for a shorter feed")
    feed = _parsed(payload, name=name, may_be_empty=True)
    found: dict[str, FeedEntry] = {}
    documents = _documents(feed, name=name, limits=limits, most=limits.feed_entries)
    for entry, own_text in zip(feed.entries, documents, strict=False):
        link = str(entry.get("link") or "").strip()
        link = _absolute(link, "" if link == entry.get("id") else address)  # an RSS guid counts as a link, as it is
        if not link and own_text.text in (own_text.name, entry.get("link")):
            continue  # it holds nothing
        told = content_id("entry", own_text.text, link, dict.get(entry, "updated") or "")  # `get` would warn
        own = str(entry.get("id") or "").strip() or link
        key = content_id("entry", name, own) if own else content_id("entry", name, "", own_text.text)
        if key in found and found[key].mark != told:  # an id that several entries share tells none of them
            key = content_id("entry", name, own, own_text.text)
        placed = replace(own_text, source_url=link) if link else own_text
        found.setdefault(key, FeedEntry(key=key, mark=told, link=link or None, document=placed))
    title = " ".join(cleaned(str(feed.feed.get("title") or "")).split())
    return FeedRead(
        title=title or None, entries=tuple(found.values()), left=max(0, len(feed.entries) - limits.feed_entries)
    )


def _absolute(link: str, address: str) -> str:
    """An http(s) address, or "": nothing else is followed."""
    try:
        whole = urljoin(address, link) if link else ""
    except ValueError:
        return ""
    return whole if _LINK.fullmatch(whole) else ""


def _parsed(payload: bytes, *, name: str, may_be_empty: bool = False) -> Any:
    import feedparser

    try:
        feed = feedparser.parse(io.BytesIO(payload))  # a file object: of plain bytes it would take a path or an address
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError) as error:
        raise Damaged(f"{name}: this feed does not open ({type(error).__name__}); fetch it again") from None
    if not feed.entries and feed.bozo:
        reason = " ".join(str(feed.get("bozo_exception", "")).split())[:80]
        raise Damaged(f"{name}: a damaged feed ({reason}); fetch it again")
    if not feed.entries and not (may_be_empty and feed.get("version")):  # of no bytes at all it tells nothing
        raise Empty(f"{name}: a feed without entries; try again when it has some")
    return feed


def _documents(feed: Any, *, name: str, limits: Limits, most: int) -> tuple[Document, ...]:
    entries = feed.entries[:most]
    media_type = "application/atom+xml" if feed.version.startswith("atom") else "application/rss+xml"
    publisher, tongue = feed.feed.get("title"), _tongue(feed.feed.get("language"))
    named = zip(_names(entries, name), entries, strict=True)
    return tuple(
        _document(entry, name=own, limits=limits, media_type=media_type, publisher=publisher, tongue=tongue)
        for own, entry in named
    )


def _names(entries: Sequence[Any], feed_name: str) -> list[str]:
    """One name an entry, none twice."""
    names: dict[str, None] = {}
    for number, entry in enumerate(entries, start=1):
        own = " ".join(cleaned(str(entry.get("id") or entry.get("link") or number)).split())
        name = f"{feed_name}#{own}"
        names[name if name not in names else f"{name} ({number})"] = None
    return list(names)


def _document(
    entry: Any, *, name: str, limits: Limits, media_type: str, publisher: str | None, tongue: str | None
) -> Document:
    title = " ".join(visible_text(entry.get("title") or "").split())
    bodies = [part.get("value") or "" for part in entry.get("content", [])] + [entry.get("summary") or ""]
    body = max(map(visible_text, bodies), key=len)
    link = entry.get("link") or ""
    text = cleaned(paragraphs([title, body]) or link or name)  # an entry of a link alone is still an entry
    metadata = _metadata(entry, title=title, link=link, publisher=publisher)
    return document(
        text, name=name, metadata=metadata, limits=limits, media_type=media_type, reader="feed", tongue=tongue
    )


def _metadata(entry: Any, *, title: str, link: str, publisher: str | None) -> Metadata:
    authors = tuple(name for words in _written_by(entry) for name in people(words))
    published = _published(entry)
    source = (entry.get("source") or {}).get("title") or publisher
    address = link if _LINK.fullmatch(link) else None
    places = (
        ("title", title, "entry title"),
        ("authors", authors, "entry author"),
        ("publisher", source, "entry source" if source != publisher else "feed title"),
        ("published", published, "entry published"),
        ("source_url", address, "entry link"),
    )
    return Metadata(
        title=title or None,
        authors=authors,
        publisher=source or None,
        published=published,
        source_url=address,
        found_in=tuple((field, where) for field, value, where in places if value),
    )


def _written_by(entry: Any) -> list[str]:
    """The names of authors; of "desk@wire.example (Ana Lima)" the name, which feedparser cuts wrongly."""
    mailed = _MAILED.fullmatch((entry.get("author") or "").strip())
    if mailed:
        return [mailed["behind"] or mailed["before"] or ""]
    return [author.get("name") or "" for author in entry.get("authors", [])] or [entry.get("author") or ""]


def _published(entry: Any) -> PartialDate | None:
    """The day in the publisher's own time zone, as precise as written."""
    words = entry.get("published") or ""
    stated = stated_date(words)
    if stated or not words:
        return stated
    try:
        return PartialDate(parsedate_to_datetime(words).date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):  # neither ISO 8601 nor RFC 822: no date
        return None


def _tongue(stated: object) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", stated) if isinstance(stated, str) else None
    return found.group().lower() if found else None
