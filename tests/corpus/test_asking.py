"""Conditional requests: what a server said of its version is shown to it again, and what it says of itself is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from winset.corpus.fetching import Validators, _less_safe, ask, fetch
from winset.corpus.types import Limits
from winset.errors import Unreachable

BRIEF = Limits(file_bytes=100_000, fetch_seconds=5.0, redirects=3)
REDIRECTS = {"/good": (301, "/page"), "/now": (302, "/page"), "/twice": (308, "/good"), "/mixed": (301, "/now")}
seen: list[dict[str, str]] = []


class Answers(BaseHTTPRequestHandler):
    """A server that knows its versions."""

    def do_GET(self) -> None:
        seen.append(dict(self.headers))
        if self.path in REDIRECTS:
            status, to = REDIRECTS[self.path]
            self.reply(b"", status, Location=to)
        elif self.path == "/busy":
            self.reply(b"", 503, **{"Retry-After": "120"})
        elif self.path == "/odd":
            self.reply(b"words", 200, ETag='"' + "x" * 2_000 + '"', **{"Last-Modified": "caf\xe9"})
        elif self.path == "/always304" or self.headers.get("If-None-Match") == '"v1"':
            self.reply(b"", 304, ETag='"v2"')
        else:
            self.reply(b"words", 200, ETag='"v1"', **{"Last-Modified": "Sat, 03 May 2031 06:00:00 GMT"})

    def reply(self, body: bytes, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing onto the screen."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    web = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{web.server_address[1]}"
    web.shutdown()
    thread.join()
    web.server_close()


def local(ip: str) -> bool:
    return ip == "127.0.0.1"


def test_what_a_server_says_of_its_version_is_shown_to_it_again(server: str) -> None:
    first = ask(f"{server}/page", limits=BRIEF, permit=local, agent="winset test")
    assert first.payload == b"words"
    assert first.validators == Validators(etag='"v1"', modified="Sat, 03 May 2031 06:00:00 GMT")
    again = ask(f"{server}/page", limits=BRIEF, permit=local, known=first.validators)
    assert again.payload is None
    assert again.validators == Validators(etag='"v2"', modified="Sat, 03 May 2031 06:00:00 GMT")
    assert seen[-2]["User-Agent"] == "winset test"
    assert "If-None-Match" not in seen[-2]
    assert seen[-1]["If-Modified-Since"] == "Sat, 03 May 2031 06:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_no_document(server: str) -> None:
    assert ask(f"{server}/always304", limits=BRIEF, permit=local).payload == b""
    assert fetch(f"{server}/always304", limits=BRIEF, permit=local).payload == b""


def test_validators_that_may_not_be_sent_back_are_not_kept(server: str) -> None:
    assert ask(f"{server}/odd", limits=BRIEF, permit=local).validators == Validators()


@pytest.mark.parametrize(
    ("path", "moved"), [("/page", False), ("/good", True), ("/twice", True), ("/now", False), ("/mixed", False)]
)
def test_only_redirects_for_good_all_the_way_are_a_move(server: str, path: str, moved: bool) -> None:
    answer = ask(f"{server}{path}", limits=BRIEF, permit=local)
    assert answer.url == f"{server}/page"
    assert answer.moved_to == (f"{server}/page" if moved else None)


def test_a_move_to_an_address_without_tls_is_followed_and_not_remembered() -> None:
    assert _less_safe("https://a.example", "http://a.example")
    assert not _less_safe("http://a.example", "https://a.example")


def test_a_refusal_holds_its_status_and_when_to_come_again(server: str) -> None:
    with pytest.raises(Unreachable, match="503") as refused:
        ask(f"{server}/busy", limits=BRIEF, permit=local)
    assert (refused.value.status, refused.value.retry_after) == (503, "120")
