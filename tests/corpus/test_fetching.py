from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.corpus.conftest import ARTICLE, SECOND, page

from winset.corpus import fetching
from winset.corpus.fetching import fetch, public
from winset.corpus.reading import read
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import TooLarge, Unreachable

HTML = page(f"<article><h1>Station talks</h1><p>{ARTICLE}</p><p>{SECOND}</p></article>").encode()
BRIEF = Limits(file_bytes=100_000, fetch_seconds=2.0, redirects=3)


def local(ip: str) -> bool:
    """127.0.0.1 may be asked here; every other address is as forbidden as it ever was."""
    return ip == "127.0.0.1"


class Answers(BaseHTTPRequestHandler):
    """A web server on its good and its bad days."""

    hosts: tuple[str, ...] = ()

    def do_GET(self) -> None:
        route: Callable[[], None] = getattr(
            self, "answer_" + self.path.strip("/").split("?")[0].split(".")[0], self.gone
        )
        type(self).hosts += (self.headers["Host"],)
        route()

    def send(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def gone(self) -> None:
        self.send(b"gone", status=404)

    def answer_page(self) -> None:
        self.send(HTML, Content_Type="text/html; charset=utf-8")

    def answer_latin(self) -> None:
        self.send(HTML.replace(b"Freedonia", b"Fr\xe9donie"), Content_Type="text/html; charset=ISO-8859-1")

    def answer_feed(self) -> None:
        items = f"<item><guid>1</guid><title>{ARTICLE}</title><link>https://wire.example/1</link></item>"
        self.send(f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>".encode())

    def answer_moved(self) -> None:
        self.send(b"", status=302, Location="/page?x=1")

    def answer_loop(self) -> None:
        self.send(b"", status=301, Location="/loop")

    def answer_inside(self) -> None:
        port = self.headers["Host"].rsplit(":", 1)[1]
        self.send(b"", status=307, Location=f"http://127.0.0.2:{port}/page")

    def answer_metadata(self) -> None:
        self.send(b"", status=302, Location="http://169.254.169.254/latest/meta-data")

    def answer_file(self) -> None:
        self.send(b"", status=302, Location="file:///etc/passwd")

    def answer_large(self) -> None:
        self.send(b"x" * 200_000)

    def answer_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 10_000)
        except OSError:
            return  # the client has had enough

    def answer_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            return

    def answer_silent(self) -> None:
        time.sleep(2)

    def answer_packed(self) -> None:
        self.send(gzip.compress(HTML), Content_Encoding="gzip")

    def answer_bomb(self) -> None:
        self.send(gzip.compress(b" " * 20_000_000), Content_Encoding="gzip")

    def answer_short(self) -> None:
        self.send(HTML, Content_Length=str(len(HTML) + 100), Connection="close")
        self.close_connection = True

    def answer_unpackable(self) -> None:
        self.send(gzip.compress(HTML)[:100], Content_Encoding="gzip")

    def answer_odd(self) -> None:
        self.send(HTML, Content_Encoding="br")

    def answer_noise(self) -> None:
        self.wfile.write(b"\x00\xff no web server at all\r\n\r\n")

    def log_message(self, *_: Any) -> None:
        """Nothing onto the screen."""


class Web(ThreadingHTTPServer):
    """Its clients hang up on it on purpose; that is no error to print."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Nothing onto the screen."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    web = Web(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{web.server_address[1]}"
    web.shutdown()
    thread.join()
    web.server_close()


def refusal(url: str) -> Rejected:
    (row,) = read([url], limits=BRIEF, permit=local)
    assert isinstance(row, Rejected), row
    return row


def test_a_page_is_read_with_its_address_and_the_time(server: str) -> None:
    (document,) = read([f"{server}/page"], limits=BRIEF, permit=local)
    assert isinstance(document, Document)
    assert document.text == f"Station talks\n\n{ARTICLE}\n\n{SECOND}"
    assert document.name == document.source_url == f"{server}/page"
    assert document.retrieved_at is not None
    assert document.retrieved_at.endswith("Z")
    assert ("source_url", "address fetched") in document.found_in


def test_a_redirect_is_followed_and_the_address_that_answered_kept(server: str) -> None:
    assert fetch(f"{server}/moved", limits=BRIEF, permit=local).url == f"{server}/page?x=1"


def test_the_charset_of_the_answer_is_used(server: str) -> None:
    (document,) = read([f"{server}/latin"], limits=BRIEF, permit=local)
    assert isinstance(document, Document)
    assert "Frédonie" in document.text


def test_a_packed_answer_is_unpacked(server: str) -> None:
    assert fetch(f"{server}/packed", limits=BRIEF, permit=local).payload == HTML


def test_the_entries_of_a_feed_keep_their_own_links(server: str) -> None:
    (entry,) = read([f"{server}/feed"], limits=BRIEF, permit=local)
    assert isinstance(entry, Document)
    assert (entry.name, entry.source_url) == (f"{server}/feed#1", "https://wire.example/1")
    assert entry.retrieved_at


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("nothing-here", "Unreachable", "404"),
        ("loop", "Unreachable", "redirected more than 3 times"),
        ("inside", "Unreachable", "127.0.0.2"),
        ("metadata", "Unreachable", "169.254.169.254"),
        ("file", "Unreachable", "not http or https"),
        ("large", "TooLarge", "at most 100,000"),
        ("endless", "TooLarge", "100,000"),
        ("bomb", "TooLarge", "100,000"),
        ("odd", "Unreachable", "'br'"),
        ("short", "Unreachable", "broke off"),
        ("unpackable", "Unreachable", "broke off"),
        ("noise", "Unreachable", "web server"),
    ],
)
def test_an_answer_that_cannot_be_used_is_one_clear_line(server: str, path: str, kind: str, words: str) -> None:
    row = refusal(f"{server}/{path}")
    assert row.kind == kind
    assert words in row.reason
    assert "\n" not in row.reason


@pytest.mark.parametrize("path", ["slow", "silent"])
def test_time_is_limited_as_a_whole_not_only_between_two_bytes(server: str, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(Unreachable, match=r"no full answer in 0\.5 s"):
        fetch(f"{server}/{path}", limits=Limits(fetch_seconds=0.5), permit=local)
    assert time.monotonic() - started < 30  # not a measure of speed: without the limit it would never end


def test_an_address_that_is_not_public_is_not_even_asked(server: str) -> None:
    before = Answers.hosts
    with pytest.raises(Unreachable, match="not on the public Internet"):
        fetch(f"{server}/page", limits=BRIEF)
    assert Answers.hosts == before


def test_a_name_is_looked_up_once_and_asked_at_the_address_that_was_checked(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"]]  # a name that changes its mind
    port = int(server.rsplit(":", 1)[1])
    real = socket.getaddrinfo

    def resolve(host: str, *rest: Any, **named: Any) -> Any:
        if host != "wire.example":
            return real(host, *rest, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answers.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetch(f"http://wire.example:{port}/page", limits=BRIEF, permit=local).payload == HTML
    assert Answers.hosts[-1] == f"wire.example:{port}"
    assert answers == [["127.0.0.2"]]


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """A TLS server for the name wire.example, its port, and what a client must trust to believe it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "wire.example")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    unsigned = x509.CertificateBuilder(name, name, key.public_key(), 7, start, start + timedelta(days=36500))
    named = unsigned.add_extension(x509.SubjectAlternativeName([x509.DNSName("wire.example")]), critical=False)
    pem = named.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    shape = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "both.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *shape) + pem)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(tmp_path / "both.pem")
    web = Web(("127.0.0.1", 0), Answers)
    web.socket = ours.wrap_socket(web.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield web.server_address[1], ssl.create_default_context(cadata=pem.decode())
    web.shutdown()
    thread.join()
    web.server_close()


def test_a_certificate_must_bear_the_name_although_the_address_is_asked(
    sealed: tuple[int, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, trusting = sealed
    monkeypatch.setattr(fetching, "_trusting_context", lambda: trusting)
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **named: real("127.0.0.1" if host.endswith(".example") else host, *rest, **named),
    )
    assert fetch(f"https://wire.example:{port}/page", limits=BRIEF, permit=local).payload == HTML
    with pytest.raises(Unreachable, match="certificate does not hold"):
        fetch(f"https://other.example:{port}/page", limits=BRIEF, permit=local)


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Unreachable, match=r"10\.0\.0\.1"):
        fetch("http://wire.example/", limits=BRIEF, permit=local)


def test_a_host_that_nobody_knows_is_one_clear_line() -> None:
    assert "not known" in refusal("http://no-such-host.invalid/x").reason


def test_a_port_where_nothing_listens_is_one_clear_line() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "refuses the connection" in refusal(f"http://127.0.0.1:{port}/").reason


def test_a_server_without_a_certificate_is_one_clear_line(server: str) -> None:
    assert refusal(server.replace("http:", "https:") + "/page").kind == "Unreachable"


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "http://[::1", "http://a:99999/", "http://ex ample/", "http://\u2603..x/"]
)
def test_addresses_that_are_none_are_refused(url: str) -> None:
    assert refusal(url).kind == "Unreachable"


@pytest.mark.parametrize(
    "ip",
    [
        *["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"],  # noqa: S104
        *["224.0.1.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff0e::1", "2001:db8::1"],
        *["::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "no address", ""],
    ],
)
def test_addresses_that_are_not_public(ip: str) -> None:
    assert not public(ip)


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_addresses_that_are_public(ip: str) -> None:
    assert public(ip)


def test_the_limit_holds_for_what_is_fetched_directly_too(server: str) -> None:
    with pytest.raises(TooLarge):
        fetch(f"{server}/large", limits=BRIEF, permit=local)
