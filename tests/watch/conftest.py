"""A clock that nobody waits for, and a web server on its good and its bad days."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from winset.corpus.types import Limits
from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec, Issue, Seat
from winset.store.case_store import CaseStore
from winset.store.watching import Holder, Watching
from winset.watch.reading import Looked, Reader
from winset.watch.settings import Settings

START = datetime(2031, 5, 3, 7, 0, tzinfo=UTC)
BRIEF = Limits(file_bytes=200_000, fetch_seconds=5.0, redirects=3)
FILLING = (
    " The ministers met behind closed doors in the old customs house and spoke for three hours about the budget, the"
    " fishing grounds and the winter timetable of the ferries before anybody came to the matter of the day."
)


def local(ip: str) -> bool:
    """127.0.0.1 may be asked here; every other address is as forbidden as it ever was."""
    return ip == "127.0.0.1"


@dataclass
class FakeClock:
    """Time passes only where somebody sleeps."""

    time: datetime = START
    slept: list[float] = field(default_factory=list)
    woken: Callable[[], None] = lambda: None  # called at each sleep

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)
        self.woken()


Answer = Callable[["Site", BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What the server answers, by path, and what it was asked."""

    root: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What was asked since the last call."""
        found = [path for path, _ in self.asked]
        self.asked.clear()
        return found

    def text(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> None:
        """Answer so from now on; `headers` with _ for -."""
        payload = body if isinstance(body, bytes) else body.encode()

        def answer(_: Site, to: BaseHTTPRequestHandler) -> None:
            known = headers.get("ETag")
            unchanged = known is not None and to.headers.get("If-None-Match") == known and status == 200
            send(to, b"" if unchanged else payload, status=304 if unchanged else status, **headers)

        self.pages[path] = answer

    def article(self, path: str, *sentences: str, **headers: str) -> None:
        """A page with these sentences among others."""
        body = "".join(f"<p>{each}{FILLING}</p>" for each in sentences)
        self.text(
            path, f"<html><body><article><h1>The ferry talks</h1>{body}</article></body></html>", status=200, **headers
        )

    def feed(self, path: str, *links: str, more: str = "", **headers: str) -> None:
        """An RSS feed with an entry for each link; the newest first."""
        items = "".join(
            f"<item><guid>{link}</guid><title>About {link}</title><link>{self.root}{link}</link></item>"
            for link in links
        )
        rss = f"<rss version='2.0'><channel><title>Ferry Post</title>{items}{more}</channel></rss>"
        self.text(path, rss, status=200, Content_Type="application/rss+xml", **headers)


def send(to: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, **headers: str) -> None:
    """Answer a request; `headers` with _ for -."""
    to.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        to.send_header(name.replace("_", "-"), value)
    to.end_headers()
    to.wfile.write(body)


class Web(ThreadingHTTPServer):
    """Its clients hang up on it on purpose; that is no error to print."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Nothing onto the screen."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of one test."""
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path
            found.asked.append((path, self.headers))
            answer = found.pages.get(path)
            if answer is None:
                send(self, b"not here", status=404)
            else:
                answer(found, self)

        def log_message(self, *_: Any) -> None:
            """Nothing onto the screen."""

    web = Web(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    found.root = f"http://127.0.0.1:{web.server_address[1]}"
    yield found
    web.shutdown()
    thread.join()
    web.server_close()


SPEC = CaseSpec(
    issue=Issue(
        proposal="Open a ferry line to Reykjavik", body="Ferry Club", rule="consensus", on=PartialDate("2031-06-01")
    ),
    seats=tuple(
        Seat(actor_id=ActorId(id), name=name) for id, name in (("FRA", "France"), ("CAN", "Canada"), ("DEU", "Germany"))
    ),
    body_name="Ferry Club",
)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A kept case without documents, made once: to make one takes a tenth of a second."""
    found = tmp_path_factory.mktemp("blank") / "ferry.winset"
    CaseStore.create(found, SPEC).close()
    return found.read_bytes()


@pytest.fixture
def path(tmp_path: Path, blank: bytes) -> Path:
    """A kept case without documents."""
    found = tmp_path / "ferry.winset"
    found.write_bytes(blank)
    return found


@pytest.fixture
def store(path: Path) -> Iterator[CaseStore]:
    """The same, open."""
    with CaseStore.open(path) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    """At 7 in the morning of 3 May 2031."""
    return FakeClock()


def looked(store: CaseStore, clock: FakeClock, *sources: str, **changed: Any) -> Looked:
    """A round's reading alone, without looking back."""
    now, state = clock.now(), Watching(store, Holder.here("test"))
    state.take(now=now, until=now + timedelta(hours=1))
    reader = Reader(store, state, settings(*sources, **changed), clock, tell=lambda _: None, step=lambda: None)
    found = reader.read()
    state.release()
    return found


def settings(*sources: str, **changed: Any) -> Settings:
    """Those of a test: this machine may be asked."""
    given: Mapping[str, Any] = {"limits": BRIEF, "permit": local, "draws": 200, **changed}
    return Settings(sources=tuple(map(str, sources)), **given)
