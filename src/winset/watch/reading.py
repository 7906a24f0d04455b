"""One round's reading: what is new at the sources comes into the case, each step kept before the next begins.

A feed that answered is noted together with its new entries, which then wait; an entry waits no more once its document
is in the case. So a stop at any moment loses no entry, and what is done twice makes no second document: the same text
is the same document.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from winset.brief.sight import Address
from winset.corpus.fetching import Answer, Fetched, Validators
from winset.corpus.formats import format_of
from winset.corpus.readers import read_payload
from winset.corpus.readers.feed import FeedRead
from winset.corpus.reading import documents_at, feed_in, rejected
from winset.corpus.sources import Source, content_of, expanded
from winset.corpus.types import Document, Rejected
from winset.errors import Damaged, Empty, Missing, TooLarge, Unreachable, Unreadable
from winset.pipeline.keeping import keep_each
from winset.records import document_row, document_value
from winset.store.case_store import CaseStore
from winset.store.watching import ADDRESS, ENTRY, FILE, Watching
from winset.watch.manners import Manners, Resting, passing, wait
from winset.watch.settings import Clock, Settings

BY = "winset watch"  # as the trail tells who added a document
TRIES = 4  # for an article that does not come, before the entry's own text is taken
BEGUN = 3  # times that an entry is begun without coming to an end, before it is given up
WAITING = frozenset(("waits", "tries", "begun", "not_before", "order"))  # what is known of an entry only while it waits
GONE = 410
FEED = "feed"
FEED_NAMES = frozenset(("feed", "feeds", "rss", "atom", "feed.php", "rss.php"))  # last parts of a feed's address
FEED_SUFFIXES = (".rss", ".atom", ".xml", ".rdf", ".feed")
FULLER = 0.9  # an article that is shorter than this share of its entry is a notice, not the article

Value = Mapping[str, Any]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How the sources stand after a round's reading."""

    addresses: Mapping[str, Address]
    waiting: int  # entries left for another round


class Reader:
    """Reads what is new into one case."""

    def __init__(
        self,
        store: CaseStore,
        state: Watching,
        settings: Settings,
        clock: Clock,
        *,
        tell: Tell,
        step: Callable[[], None],
    ) -> None:
        """tell: hears what is read.  step: called before each, to keep the lease."""
        self._store, self._state, self._settings, self._clock = store, state, settings, clock
        self._manners = Manners(state, settings, clock)
        self._tell, self._step = tell, step

    def read(self) -> Looked:
        """One round."""
        addresses = []
        for source in expanded(self._settings.sources):
            self._step()
            if source.refusal is not None:
                self._refused(source, source.refusal)
            elif source.path is not None:
                self._file(source, source.path)
            else:
                addresses.append(source.name)
                self._address(source.name)
        waiting = self._entries()
        held = self._state.values(ADDRESS)
        return Looked(addresses={url: _as_told(held.get(url, {})) for url in addresses}, waiting=waiting)

    # -- files

    def _refused(self, source: Source, refusal: Unreadable) -> None:
        """An empty folder, or a pattern that nothing matches yet, is a place where files will come."""
        waits = isinstance(refusal, Empty) or (isinstance(refusal, Missing) and "*" in source.name)
        if not waits:
            self._store.reject(rejected(source.name, refusal))

    def _file(self, source: Source, path: Path) -> None:
        about, before = os.path.realpath(path), _version(path)
        held = self._state.value(FILE, about)
        if held is not None and held["version"] == before:
            return
        self._tell(source.name)
        try:
            payload = content_of(path, name=source.name, limits=self._settings.limits)
            if _version(path) != before:
                return  # it is being written: another round
            if format_of(payload, name=source.name) == FEED:
                feed = feed_in(payload, name=source.name, limits=self._settings.limits)
                self._state.put({(FILE, about): {"version": before}, **self._new_entries(source.name, feed)})
                return
            self._keep(read_payload(payload, name=source.name, limits=self._settings.limits))
        except Unreadable as error:
            self._store.reject(rejected(source.name, error))
        self._state.put({(FILE, about): {"version": before}})

    # -- addresses

    def _address(self, url: str) -> None:
        held = dict(self._state.value(ADDRESS, url) or {})
        if held.get("gone") or _later(held, self._clock.now()):
            return
        self._tell(url)
        asked = held.get("moved_to") or url
        try:
            answer = self._manners.ask(asked, _known(held))
            read = self._at_address(url, held, answer)
        except Resting:
            return
        except Unreadable as error:
            self._failed(url, held, error, moved=asked != url)
            return
        fine = {name: each for name, each in held.items() if name not in ("failures", "not_before", "trouble")}
        if answer.moved_to:
            fine["moved_to"] = answer.moved_to
        validators = {"etag": answer.validators.etag, "modified": answer.validators.modified}
        self._state.put({(ADDRESS, url): {**fine, **validators, **read.noted}, **read.entries})
        if read.left:
            self._store.reject(_too_many(url, read.left, self._settings))

    def _at_address(self, url: str, held: Value, answer: Answer) -> _Read:
        """What is in the answer. Documents of a page are in the case when this returns, entries of a feed wait."""
        if answer.payload is None:
            return _Read()
        digest = hashlib.sha256(answer.payload).hexdigest()
        if digest == held.get("payload"):
            return _Read()
        if not answer.payload.strip():
            raise Empty(f"{url}: an empty answer; look at it in a browser")
        limits, name_at = self._settings.limits, urlsplit(answer.url).path.rpartition("/")[2]
        kind = format_of(answer.payload, name=name_at or url)
        if kind == FEED:
            feed = feed_in(answer.payload, name=url, limits=limits, address=answer.url)
            noted = {"payload": digest, "kind": FEED}
            return _Read(noted=noted, entries=self._new_entries(url, feed), left=feed.left)
        if held.get("kind") == FEED or _named_as_feed(url):
            raise Damaged(f"{url}: answers with a page ({kind}), not with a feed; look whether the feed has moved")
        self._keep(documents_at(_fetched(answer), name=url, limits=limits))
        return _Read(noted={"payload": digest, "kind": kind})

    def _failed(self, url: str, held: Value, error: Unreadable, *, moved: bool) -> None:
        """Remember that it failed, and when to try again."""
        told = rejected(url, error).reason
        status = error.status if isinstance(error, Unreachable) else None
        if moved and status in (404, GONE):  # the new place was none: ask at the old one again
            left = ("moved_to", "etag", "modified", "payload")
            held = {name: each for name, each in held.items() if name not in left}
        elif status == GONE:
            gone = f"{url}: answers 410, gone for good: it is asked no more; leave it out"
            self._state.put({(ADDRESS, url): {"gone": True, "trouble": gone}})
            return
        failures = int(held.get("failures", 0)) + 1
        until = self._clock.now() + wait(failures, every=self._settings.every, seed=self._settings.seed, about=url)
        trouble = {"failures": failures, "not_before": until.isoformat(), "trouble": told}
        self._state.put({(ADDRESS, url): {**held, **trouble}})

    # -- entries

    def _new_entries(self, feed_name: str, feed: FeedRead) -> dict[tuple[str, str], Value]:
        """The entries that were not read in this form yet, each as one that waits."""
        found: dict[tuple[str, str], Value] = {}
        known = self._state.several(ENTRY, [entry.key for entry in feed.entries])
        for order, entry in enumerate(reversed(feed.entries)):  # the newest stands first in a feed
            held = known.get(entry.key, {})
            if held.get("mark") == entry.mark:
                continue
            found[ENTRY, entry.key] = {
                **{
                    name: held[name] for name in ("etag", "modified") if name in held and held.get("link") == entry.link
                },
                "mark": entry.mark,
                "feed": feed_name,
                "link": entry.link,
                "order": order,
                "tries": 0,
                "waits": document_row(entry.document),
            }
        return found

    def _entries(self) -> int:
        """Read the entries that wait, the oldest first; how many are left waiting."""
        waiting = [(key, held) for key, held in self._state.values(ENTRY).items() if "waits" in held]
        waiting.sort(key=lambda each: (each[1]["feed"], each[1]["waits"]["published"] or "", each[1]["order"]))
        due = [each for each in waiting if not _later(each[1], self._clock.now())]
        read = 0
        for key, held in due[: self._settings.most]:
            self._step()
            read += self._entry(key, held)
        return len(waiting) - read

    def _entry(self, key: str, held: Value) -> bool:
        """Read one; whether it waits no more."""
        own = document_value(held["waits"])
        begun = int(held.get("begun", 0)) + 1
        if begun > BEGUN:  # it brings winset down, or takes more memory than there is: the others shall be read
            self._store.reject(_never_ended(held["link"] or own.name))
            self._state.put({(ENTRY, key): {"mark": held["mark"], "feed": held["feed"], "link": held["link"]}})
            return True
        self._tell(held["link"] or own.name)
        self._state.put({(ENTRY, key): {**held, "begun": begun}})
        left = {name: each for name, each in held.items() if name not in WAITING}
        if not (self._settings.follow and held["link"]):
            self._keep([own])
            self._state.put({(ENTRY, key): left})
            return True
        article = self._article(held)
        if article.later is not None:
            self._state.put({(ENTRY, key): article.later})
            return False
        if article.rejected is not None:
            self._store.reject(article.rejected)
        kept = own if article.unchanged else _fuller(article.document, own)
        if not article.unchanged and kept.text not in (
            held["link"],
            kept.name,
        ):  # an entry of a link alone says nothing
            self._keep([kept])
        if kept is own and not article.unchanged:  # whose next version the article's server knows nothing of
            left = {name: each for name, each in left.items() if name not in ("etag", "modified")}
        else:
            left |= article.noted
        self._state.put({(ENTRY, key): left})
        return True

    def _article(self, held: Value) -> _Article:
        """The article that an entry leads to."""
        link = str(held["link"])
        try:
            allowed = self._manners.may_follow(link)
            if allowed is None:
                raise Unreachable(f"{link}: its host does not tell what robots may read; try later")
            if not allowed:
                return _Article(rejected=_asked_not_to(link))
            answer = self._manners.ask(link, _known(held))
            noted = {"etag": answer.validators.etag, "modified": answer.validators.modified}
            if answer.payload is None:
                return _Article(unchanged=True, noted=noted)
            documents = documents_at(_fetched(answer), name=link, limits=self._settings.limits)
        except Resting:
            return _Article(later=held)
        except Unreachable as error:
            tries = int(held["tries"]) + 1
            if passing(error) and tries < TRIES:
                until = self._clock.now() + wait(
                    tries, every=self._settings.every, seed=self._settings.seed, about=link
                )
                return _Article(later={**held, "tries": tries, "not_before": until.isoformat()})
            return _Article(rejected=rejected(link, error))
        except Unreadable as error:
            return _Article(rejected=rejected(link, error))
        if len(documents) != 1 or documents[0].reader == FEED:
            return _Article()
        return _Article(document=documents[0], noted=noted)

    def _keep(self, documents: Sequence[Document]) -> None:
        today = self._clock.now()
        for _ in keep_each(self._store, [_not_from_the_future(each, today) for each in documents], by=BY):
            self._step()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What an address held that is new."""

    noted: Value = field(default_factory=dict)  # to be remembered of the address
    entries: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Article:
    """What became of an entry's link."""

    document: Document | None = None
    unchanged: bool = False
    rejected: Rejected | None = None
    later: Value | None = None  # how the entry goes on waiting
    noted: Value = field(default_factory=dict)


def _fetched(answer: Answer) -> Fetched:
    return Fetched(payload=answer.payload or b"", url=answer.url, retrieved_at=answer.retrieved_at)


def _known(held: Value) -> Validators:
    return Validators(etag=held.get("etag", ""), modified=held.get("modified", ""))


def _later(held: Value, now: datetime) -> bool:
    return bool(held.get("not_before")) and datetime.fromisoformat(held["not_before"]) > now


def _as_told(held: Value) -> Address:
    return Address(trouble=held.get("trouble", ""), gone=bool(held.get("gone")), moved_to=held.get("moved_to", ""))


def _version(path: Path) -> str:
    """Another one when the file was written; "" where it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}:{found.st_size}"


def _named_as_feed(url: str) -> bool:
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
    return last in FEED_NAMES or last.endswith(FEED_SUFFIXES)


def _fuller(article: Document | None, own: Document) -> Document:
    """The article with what only its entry tells; the entry's own text where that is the fuller of the two."""
    if article is None or len(article.text) + len(article.title or "") < FULLER * len(own.text):
        return own
    lacking = {
        name: getattr(own, name)
        for name in ("title", "publisher", "published", "authors")
        if not getattr(article, name)
    }
    places = tuple((name, "feed entry") for name, value in lacking.items() if value)
    return replace(article, **lacking, found_in=(*article.found_in, *places))


def _not_from_the_future(document: Document, now: datetime) -> Document:
    """Without a date of publication that lies after the day on which it was read, wherever that day began."""
    if document.published is None or document.published.earliest <= (now + timedelta(days=1)).date():
        return document
    places = tuple(place for place in document.found_in if place[0] != "published")
    return replace(document, published=None, found_in=places)


def _asked_not_to(link: str) -> Rejected:
    reason = f"{link}: robots.txt of its host asks that it is not read; the entry's own words were taken"
    return Rejected(name=link, reason=reason, kind=Unreachable.__name__)


def _never_ended(name: str) -> Rejected:
    reason = f"{name}: was begun {BEGUN} times, and each time winset was stopped in it; look at it, and report it"
    return Rejected(name=name, reason=reason, kind=Unreadable.__name__)


def _too_many(url: str, left: int, settings: Settings) -> Rejected:
    most = settings.limits.feed_entries
    reason = f"{url}: {most + left:,} entries; the first {most:,} are read; ask for a shorter feed"
    return Rejected(name=f"{url} (entries {most + 1:,} to {most + left:,})", reason=reason, kind=TooLarge.__name__)
