"""How a client reaches the server: by stdio, or by HTTP at this machine alone, with a token."""

from __future__ import annotations

import hmac
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.stdio import stdio_server

from winset.mcp.untrusted import shown

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"
PATH = "/mcp"
REFUSED = b"This server wants the token with which it was started."


class _Plain(logging.Formatter):
    """Escapes what a terminal would obey: a traceback may quote documents."""

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).split("\n")
        return "\n".join(map(shown, lines))


def log_to_stderr() -> None:
    """Stdout is the protocol's alone."""
    told = logging.StreamHandler(sys.stderr)
    told.setFormatter(_Plain("winset: %(message)s"))
    logging.basicConfig(handlers=[told], level=logging.WARNING)


def serve_stdio(server: Server[Any], *, interrupted: Callable[[], int]) -> None:
    """Until the client closes our input, or Ctrl-C.

    interrupted: says so, and gives the status to end with. The process ends at once: the SDK's thread that waits for
    a line of input cannot be called off, and what was acknowledged is in the case.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(interrupted()))

    async def run() -> None:
        async with stdio_server() as (reads, writes):
            await server.run(reads, writes, server.create_initialization_options())

    anyio.run(run)


def serve_http(server: Server[Any], *, port: int, token: str, ready: Callable[[str], None]) -> None:
    """Until Ctrl-C. Host and Origin must be this machine's (against DNS rebinding), and the token must be sent.

    ready: called with the address once it is listened at; port 0 takes any that is free.
    """
    import socket

    import uvicorn

    app = Guarded(server.streamable_http_app(streamable_http_path=PATH, host=HOST), token)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="on")
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
        ready(f"http://{HOST}:{listening.getsockname()[1]}{PATH}")
        uvicorn.Server(config).run(sockets=[listening])


class Guarded:
    """An app that answers nobody without the token: others on this machine reach its ports too."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._wanted = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what brings the token; refuse the rest with 401."""
        if scope["type"] == "http":
            sent = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(sent, self._wanted):
                headers = [(b"content-type", b"text/plain"), (b"www-authenticate", b"Bearer")]
                await send({"type": "http.response.start", "status": 401, "headers": headers})
                await send({"type": "http.response.body", "body": REFUSED})
                return
        await self._app(scope, receive, send)
