"""Documents that come in, files that go out: names that climb, kinds that lie, addresses of other people's networks."""

from __future__ import annotations

import io
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from winset.corpus import fetching
from winset.web.cases import OpenCase

TEXT = b"French President Emmanuel Macron said on 5 May 2023 that France opposes the liaison office in Tokyo."


@pytest.fixture
def case(desk_client: TestClient) -> OpenCase:
    found = desk_client.app.state.cases["tokyo"]  # type: ignore[attr-defined]
    assert isinstance(found, OpenCase)
    return found


def told(client: TestClient, path: str) -> str:
    """What a job tells when it has ended."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page = client.get(path).text
        if "hx-trigger" not in page.partition("<main")[2]:
            return page
        time.sleep(0.05)
    pytest.fail(f"{path} does not end")


def sent(client: TestClient, *files: tuple[str, bytes]) -> str:
    answer = client.post("/cases/tokyo/add/files", files=[("files", each) for each in files], follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return told(client, answer.headers["location"])


NAMES = (
    "../../../../etc/cron.d/evil.txt",
    "..\\..\\windows\\evil.txt",
    "/etc/evil.txt",
    "C:\\evil.txt",
    "....//....//evil.txt",
    "%2e%2e%2fevil.txt",
    "a\x00b.txt",
    "evil.txt\r\nSet-Cookie: a=b",
)


def test_path_traversal_in_uploads_a_name_is_a_name_and_no_place(
    desk_client: TestClient, case: OpenCase, tmp_path: Path
) -> None:
    before = {each for each in tmp_path.rglob("*") if each.is_file()}
    there = {each.name for each in case.store.documents()}
    sent(desk_client, *((name, TEXT + f" Number {number}.".encode()) for number, name in enumerate(NAMES)))
    named = {each.name for each in case.store.documents()} - there
    assert named >= {"evil.txt", "%2e%2e%2fevil.txt"}
    for name in named:
        assert not re.search(r"[/\\\x00-\x1f]", name), name
        assert name not in ("..", ".")
    made = {each for each in tmp_path.rglob("*") if each.is_file()} - before
    assert all(each.name.startswith("tokyo.winset") for each in made), made


def test_uploads_are_known_by_what_is_in_them(desk_client: TestClient, case: OpenCase) -> None:
    there = len(case.store.documents())
    page = sent(
        desk_client,
        ("program.txt", b"\x7fELF\x02\x01\x01" + b"\x00" * 200),
        ("picture.docx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200),
        ("broken.pdf", b"%PDF-1.7 and nothing else"),
        ("bomb.docx", _bomb()),
        ("empty.txt", b""),
    )
    assert len(case.store.documents()) == there
    assert {"program.txt", "picture.docx", "broken.pdf", "bomb.docx", "empty.txt"} <= {
        each.name for each in case.store.rejected()
    }
    assert "program.txt" in page


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w/>" + b" " * 201_000_000)
    return packed.getvalue()


def test_an_upload_over_the_limit_is_refused_before_it_is_read(desk_client: TestClient, case: OpenCase) -> None:
    there = len(case.store.documents())
    large = desk_client.post("/cases/tokyo/add/files", files={"files": ("a.txt", b"x" * 51_000_000)})
    assert large.status_code == 413
    assert len(case.store.documents()) == there


@pytest.mark.parametrize(
    "path",
    [
        "/cases/..%2f..%2fetc%2fpasswd/documents",
        "/cases/tokyo/documents/..%2f..%2fetc%2fpasswd",
        "/cases/tokyo/documents/../../../etc/passwd",
        "/cases/tokyo/leave/brief.%2fetc%2fpasswd",
        "/cases/tokyo/leave/tables.csv?table=../../etc/passwd",
        "/cases/tokyo/leave/tables.json?table=../../etc/passwd",
        "/cases/%2fetc%2fpasswd",
    ],
)
def test_path_traversal_in_exports_no_file_of_the_machine_goes_out(desk_client: TestClient, path: str) -> None:
    answer = desk_client.get(path)
    assert answer.status_code in (404, 422), path
    assert "root:" not in answer.text


def test_what_is_taken_along_is_saved_and_never_shown_in_the_desk(desk_client: TestClient) -> None:
    page = desk_client.get("/cases/tokyo/leave").text
    paths = {each for each in re.findall(r'href="(/cases/tokyo/leave/[^"]+)"', page) if "/brief." not in each}
    paths |= {"/cases/tokyo/leave/brief.html", "/cases/tokyo/leave/look"}
    files = 0
    for path in paths:
        answer = desk_client.get(path.replace("&amp;", "&"))
        shown = answer.headers["content-security-policy"].startswith("sandbox")
        if not shown:
            files += 1
            assert answer.headers["content-disposition"].startswith("attachment"), path
            name = answer.headers["content-disposition"].partition("filename")[2]
            assert not re.search(r"[/\\<>\r\n]", name.replace("*=UTF-8''", "").replace('="', "")), name
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert files > 3


class Inside(BaseHTTPRequestHandler):
    """A server of the own network: what it says must not come into a case."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(302 if self.path.startswith("/to/") else 200)
        if self.path.startswith("/to/"):
            self.send_header("Location", self.path.removeprefix("/to/"))
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(b"the secret of the machine " * 20)

    def log_message(self, *_args: object) -> None: ...


@pytest.fixture
def inside() -> Iterator[HTTPServer]:
    handler = type("Handler", (Inside,), {"asked": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def asked_for(client: TestClient, *addresses: str) -> str:
    answer = client.post("/cases/tokyo/add/addresses", data={"addresses": "\n".join(addresses)}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return told(client, answer.headers["location"])


def test_ssrf_addresses_of_the_own_network_are_not_asked(
    desk_client: TestClient, case: OpenCase, inside: HTTPServer
) -> None:
    there, port = len(case.store.documents()), inside.server_port
    addresses = [
        f"http://127.0.0.1:{port}/a",
        f"http://localhost:{port}/b",
        f"http://[::1]:{port}/c",
        f"http://[::ffff:127.0.0.1]:{port}/d",
        f"http://2130706433:{port}/e",
        f"http://0x7f000001:{port}/f",
        f"http://127.1:{port}/g",
        f"http://0:{port}/h",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        f"http://user:word@127.0.0.1:{port}/i",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "/etc/passwd",
    ]
    page = asked_for(desk_client, *addresses)
    assert inside.RequestHandlerClass.asked == []  # type: ignore[attr-defined]
    assert len(case.store.documents()) == there
    assert "the secret of the machine" not in page
    assert "root:" not in page


def _looked_up(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Let the name news.example be at these addresses, one for each time it is looked up."""
    left, really = list(answers), socket.getaddrinfo

    def asked(host: str, port: int, **kwargs: object) -> object:
        if host == "news.example":
            ip = left.pop(0) if len(left) > 1 else left[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]
        return really(host, port, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", asked)


def test_ssrf_a_name_of_the_own_network_is_not_asked(
    desk_client: TestClient, inside: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _looked_up(monkeypatch, "127.0.0.1")
    page = asked_for(desk_client, f"http://news.example:{inside.server_port}/a")
    assert inside.RequestHandlerClass.asked == []  # type: ignore[attr-defined]
    assert "not on the public Internet" in page


def test_ssrf_a_redirect_into_the_own_network_is_not_followed(
    desk_client: TestClient, case: OpenCase, inside: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server plays a public one for the first hop: only the hop it is asked to make must be refused."""
    hops: list[str] = []
    jobs = desk_client.app.state.jobs  # type: ignore[attr-defined]

    def first_hop_is_public(ip: str) -> bool:
        hops.append(ip)
        return len(hops) == 1 or fetching.public(ip)

    monkeypatch.setattr(jobs, "permit", first_hop_is_public)
    there, base = len(case.store.documents()), f"http://127.0.0.1:{inside.server_port}"
    page = asked_for(desk_client, f"{base}/to/{base}/secret")
    assert inside.RequestHandlerClass.asked == [f"/to/{base}/secret"]  # type: ignore[attr-defined]
    assert len(case.store.documents()) == there
    assert "not on the public Internet" in page


def test_ssrf_a_name_that_changes_between_check_and_connection_gains_nothing(
    desk_client: TestClient, inside: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is looked up once, and the connection goes to the address that was checked."""
    _looked_up(monkeypatch, "192.0.2.7", "127.0.0.1")
    connected: list[str] = []

    class Nowhere:
        def connect(self) -> None:
            raise ConnectionRefusedError

        def close(self) -> None: ...

    def connect(_parts: object, ip: str, *, timeout: float) -> Nowhere:
        connected.append(ip)
        return Nowhere()

    monkeypatch.setattr(fetching, "_connection", connect)
    jobs = desk_client.app.state.jobs  # type: ignore[attr-defined]
    monkeypatch.setattr(jobs, "permit", lambda ip: ip == "192.0.2.7")
    asked_for(desk_client, f"http://news.example:{inside.server_port}/a")
    assert connected == ["192.0.2.7"]
    assert inside.RequestHandlerClass.asked == []  # type: ignore[attr-defined]
