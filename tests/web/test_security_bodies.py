"""Bodies that are too large, clients that are too slow: against the server itself, by raw sockets."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import HTTPException, Request
from starlette.types import Message
from tests.web.team import team_over

from winset.web.access.bodies import Body
from winset.web.access.roles import Role
from winset.web.app import create_app
from winset.web.serving import LONGEST_HEAD, PatientProtocol, listening, server
from winset.web.settings import Settings

HEAD, BODY = 0.4, 0.4  # seconds, in place of 10 and 20
SECRET = "for tests alone, and for nothing else"


class Impatient(PatientProtocol):
    head, take = HEAD, 0.6


class Served:
    """A desk that really listens."""

    def __init__(self, port: int, cookie: str, token: str) -> None:
        self.port, self.cookie, self.token = port, cookie, token

    @contextlib.contextmanager
    def connected(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as made:
            yield made

    def head(self, method: str, path: str, *more: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {self.cookie}"]
        return "\r\n".join([*lines, f"X-CSRF-Token: {self.token}", *more, "", ""]).encode()

    def answered(self, sent: bytes) -> str:
        """The whole answer to these bytes, when the server has closed or has nothing more to say."""
        with self.connected() as client:
            client.sendall(sent)
            return read(client)


def read(client: socket.socket) -> str:
    """One answer with its body, or as much of it as comes."""
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while chunk := client.recv(65_536):
            got += chunk
            head, end, body = got.partition(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head)
            if end and length and len(body) >= int(length[1]):
                break
    return got.decode(errors="replace")


@pytest.fixture(scope="module")
def served(example_case: Path) -> Iterator[Served]:
    settings = Settings(places=(str(example_case),), single_user="ada", secret=SECRET, patience=BODY)
    app = create_app(settings)
    word = "a visit"
    cookies = app.state.gate.cookies
    cookie = f"{cookies.name('visit')}={cookies._signers['visit'].sign(word).decode()}"
    up = threading.Event()
    with listening("127.0.0.1", 0) as sock:
        made = server(app, ready=up.set, protocol=Impatient)
        thread = threading.Thread(target=made.run, kwargs={"sockets": [sock]})
        thread.start()
        assert up.wait(20)
        yield Served(sock.getsockname()[1], cookie, cookies.csrf("visit", word))
        made.should_exit = True
        thread.join(20)


def status(answer: str) -> str:
    return answer.partition("\r\n")[0]


def test_a_body_that_says_it_is_too_large_is_not_read(served: Served) -> None:
    answer = served.answered(served.head("POST", "/logout", "Content-Length: 99000000000"))
    assert "413" in status(answer)
    assert "connection: close" in answer.lower()


def test_a_body_in_chunks_is_counted_as_it_comes(served: Served) -> None:
    kind = "Content-Type: application/x-www-form-urlencoded"
    head = served.head("POST", "/cases/tokyo/log/undo", "Transfer-Encoding: chunked", kind)
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    with served.connected() as client:
        client.sendall(head)
        with contextlib.suppress(ConnectionError, TimeoutError):
            for _ in range(40):
                client.sendall(chunk)
        assert "413" in status(read(client))


def test_a_body_that_says_less_than_it_brings_is_cut_where_it_said(served: Served) -> None:
    answer = served.answered(served.head("POST", "/logout", "Content-Length: 5") + b"a=b&c" + b"x" * 100_000)
    assert "303" in status(answer)


@pytest.mark.parametrize("said", ["-1", "1e9", "5, 6", "0x10"])
def test_a_length_that_is_none_is_refused(served: Served, said: str) -> None:
    assert "400" in status(served.answered(served.head("POST", "/logout", f"Content-Length: {said}") + b"a=b"))


def test_a_head_that_is_too_long_is_refused(served: Served) -> None:
    for more in (LONGEST_HEAD, 300_000):  # in one piece, in several
        assert status(served.answered(served.head("GET", "/", "X-More: " + "x" * more))).split()[1] in ("400", "431")


def test_an_upload_of_nobody_is_not_even_read(tmp_path: Path) -> None:
    team = team_over(folder=tmp_path)
    read_bytes = 0

    def body() -> Iterator[bytes]:
        nonlocal read_bytes
        for _ in range(100):
            read_bytes += 1_000_000
            yield b"x" * 1_000_000

    for client in (team.client(), team.client(Role.READER)):
        answer = client.post("/accounts", content=body(), headers={"Content-Type": "multipart/form-data; boundary=x"})
        assert answer.status_code in (303, 403)
    team.gate.close()


def test_too_large_a_body_is_never_held() -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": True}

    async def asked() -> None:
        body = Body(receive, largest=1_000_000, patience=0.3)
        request = Request({"type": "http", "method": "POST", "headers": [], "path": "/"}, body.receive)
        with pytest.raises(HTTPException) as refused:
            await request.body()
        assert refused.value.status_code == 413

    tracemalloc.start()
    with ThreadPoolExecutor(1) as pool:  # a browser's tests may have left a loop running in this thread
        pool.submit(asyncio.run, asked()).result()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_500_000


def dribble(served: Served, sent: bytes, *, every: float, drop: bytes) -> float:
    """Seconds until the server lets go of a client that sends a little now and then."""
    began = time.monotonic()
    with served.connected() as client:
        client.sendall(sent)
        client.settimeout(every)
        while time.monotonic() - began < 15:
            try:
                if not client.recv(65_536):
                    break
            except TimeoutError:
                with contextlib.suppress(ConnectionError):
                    client.sendall(drop)
            except ConnectionError:
                break
    return time.monotonic() - began


def test_a_head_that_dribbles_is_cut_and_others_are_served_meanwhile(served: Served) -> None:
    times: list[float] = []
    half = served.head("GET", "/")[:-2]
    slow = [
        threading.Thread(target=lambda: times.append(dribble(served, half, every=0.05, drop=b"X-A: b\r\n")))
        for _ in range(20)
    ]
    for each in slow:
        each.start()
    assert "200" in status(served.answered(served.head("GET", "/")))
    for each in slow:
        each.join()
    assert len(times) == 20
    assert max(times) < 5
    assert min(times) >= HEAD * 0.9


def test_a_second_head_on_the_same_connection_has_no_more_time(served: Served) -> None:
    with served.connected() as client:
        client.sendall(served.head("GET", "/"))
        assert "200" in status(read(client))
        began = time.monotonic()
        client.sendall(b"GET / HTTP/1.1\r\n")
        while time.monotonic() - began < 10:
            try:
                client.sendall(b"X-A: b\r\n")
                time.sleep(0.05)
            except ConnectionError:
                break
        assert time.monotonic() - began < 5


def test_a_connection_that_says_nothing_is_cut(served: Served) -> None:
    assert dribble(served, b"", every=10, drop=b"") < 5


def test_a_body_that_dribbles_is_cut_and_others_are_served_meanwhile(served: Served) -> None:
    kind = "Content-Type: application/x-www-form-urlencoded"
    head = served.head("POST", "/cases/tokyo/log/undo", "Content-Length: 100000", kind).replace(b"X-CSRF", b"X-Other")
    times: list[float] = []
    slow = threading.Thread(target=lambda: times.append(dribble(served, head, every=0.05, drop=b"a")))
    slow.start()
    time.sleep(0.1)
    assert "200" in status(served.answered(served.head("GET", "/")))
    slow.join()
    assert BODY * 0.9 <= times[0] < 5


def test_a_body_that_dribbles_is_told_why(served: Served) -> None:
    kind = "Content-Type: application/x-www-form-urlencoded"
    head = served.head("POST", "/cases/tokyo/log/undo", "Content-Length: 100", kind).replace(b"X-CSRF", b"X-Other")
    assert "408" in status(served.answered(head))


def test_an_answer_that_nobody_takes_is_given_up(served: Served) -> None:
    """Many pages are asked for at once, and none is read: the buffers fill, and the server lets go."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.connect(("127.0.0.1", served.port))
        client.settimeout(10)
        asked = served.head("GET", "/static/htmx.min.js")
        began = time.monotonic()
        with contextlib.suppress(ConnectionError, TimeoutError):
            while time.monotonic() - began < 10:
                client.sendall(asked * 20)
        assert time.monotonic() - began < 9
    assert "200" in status(served.answered(served.head("GET", "/")))
