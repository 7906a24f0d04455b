"""A language model's server on its good and its bad days: real HTTP on 127.0.0.1, answers by script."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]
LONGEST_WAIT = 20.0  # seconds; no test may hang on a server that is slow on purpose


@dataclass
class ChatServer:
    """Answers the n-th question with the n-th behaviour, and all further ones with the last."""

    url: str = ""
    behaviours: list[Behaviour] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)  # bodies, in order
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def does(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)

    def settings(self, **further: str) -> dict[str, str]:
        """The environment that configures it."""
        return {"WINSET_LLM_URL": self.url, "WINSET_LLM_MODEL": "stub-1", **further}


class Handler(BaseHTTPRequestHandler):
    chat: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.chat.asked.append(body)
        self.chat.headers.append(dict(self.headers))
        self.chat.paths.append(self.path)
        number = min(len(self.chat.asked), len(self.chat.behaviours)) - 1
        self.chat.behaviours[number](self)

    def do_GET(self) -> None:
        self.chat.paths.append(f"GET {self.path}")
        self.send_error(404)

    def send(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        usual = {"Content_Type": "application/json", "Content_Length": str(len(body))}
        for name, value in {**usual, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def lines(self) -> dict[int, str]:
        """The paragraphs of the question by number, as a model sees them."""
        asked = self.chat.asked[-1]["messages"][-1]["content"]
        return {int(number): words for number, words in re.findall(r"^fence-\S+ (\d+): (.*)$", asked, re.MULTILINE)}

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the client hung up, as it should


@contextmanager
def serving() -> Iterator[ChatServer]:
    """A server for one test."""
    chat = ChatServer()
    with Server(("127.0.0.1", 0), type("Bound", (Handler,), {"chat": chat})) as server:
        chat.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield chat
        finally:
            chat.closing.set()
            server.shutdown()
            thread.join()


def completion(content: str | None, *, finish_reason: str = "stop") -> bytes:
    """The body of a chat completion."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish_reason}
    return json.dumps({"object": "chat.completion", "model": "stub-1", "choices": [choice]}).encode()


def told(paragraph: int, source: str | None, cue: str | None, *contents: str) -> dict[str, Any]:
    """One attribution, as a model writes it."""
    return {"paragraph": paragraph, "source": source, "cue": cue, "contents": list(contents)}


def tells(*attributions: dict[str, Any]) -> Behaviour:
    """These attributions."""
    return says(json.dumps({"attributions": list(attributions)}, ensure_ascii=False))


def says(content: str | None, *, finish_reason: str = "stop") -> Behaviour:
    """These words."""
    return lambda handler: handler.send(completion(content, finish_reason=finish_reason))


def fails(status: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    """This status."""
    return lambda handler: handler.send(body, status=status, **headers)


def sleeps(handler: Handler) -> None:
    """No answer before the server is closed."""
    handler.chat.closing.wait(LONGEST_WAIT)


def drips(handler: Handler) -> None:
    """A header line now and then, so that no single wait is long."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000):
        if handler.chat.closing.wait(0.02):
            return
        handler.wfile.write(f"X-{number}: x\r\n".encode())


def hangs_up(handler: Handler) -> None:
    """Half of what it promised."""
    body = completion('{"attributions": []}')
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def pours(handler: Handler) -> None:
    """An answer without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.close_connection = True
    while not handler.chat.closing.is_set():
        handler.wfile.write(b" " * 65_536)


def refuses_schemas(otherwise: Behaviour) -> Behaviour:
    """400 where a schema is asked for, as older servers do."""
    return lambda handler: (fails(400) if "response_format" in handler.chat.asked[-1] else otherwise)(handler)
