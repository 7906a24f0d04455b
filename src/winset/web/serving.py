"""Serving the desk: one process, and connections that are let go of when they only take up room.

uvicorn waits for ever for the head of a request, and for a browser to take what it was sent. A connection here is cut
when a head takes longer than HEAD seconds, or when nothing of an answer was taken for TAKE seconds; for the body of a
request see `access.bodies`.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from winset.errors import BadCase

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HEAD = 10.0  # seconds for the head of a request, from its first byte or the connection's beginning
TAKE = 30.0  # seconds in which 64 kB of an answer must have been taken
IDLE = 15  # seconds that a connection stays open between two requests
LONGEST_HEAD = 16_384  # bytes
AT_ONCE = 500  # connections; who comes then is told to try again
HANDED_OVER = 0.0005  # seconds after which a thread that computes lets one that answers go on; a tenth of what is usual
LAST_SECONDS = 5  # for what is under way when the server is told to end


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, but with patience that ends."""

    head, take = HEAD, TAKE
    _head_timer: asyncio.TimerHandle | None = None
    _take_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come, and has a while to say what for."""
        super().connection_made(transport)
        self._head_timer = self.loop.call_later(self.head, self._head_is_late)

    def data_received(self, data: bytes) -> None:
        """Some bytes: the whole head, a part of it, or of a body."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._forget_head()
        elif self._head_timer is None:  # the next request on this connection has begun, and has no end yet
            self._head_timer = self.loop.call_later(self.head, self._head_is_late)

    def pause_writing(self) -> None:
        """More was sent than has been taken."""
        super().pause_writing()
        self._take_timer = self.loop.call_later(self.take, self.transport.abort)

    def resume_writing(self) -> None:
        """Enough was taken."""
        super().resume_writing()
        self._forget_take()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone."""
        self._forget_head()
        self._forget_take()
        super().connection_lost(exc)

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.abort()

    def _forget_head(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _forget_take(self) -> None:
        if self._take_timer is not None:
            self._take_timer.cancel()
            self._take_timer = None


class Server(uvicorn.Server):
    """Tells when it can be reached."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, and then `ready` is called."""
        sys.setswitchinterval(HANDED_OVER)
        await super().startup(sockets)
        self._ready()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.  Raises BadCase for a port that is taken, an address that is not this machine's."""
    try:
        ((family, _, _, _, address), *_) = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        made = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadCase(f"--host {host}: no address of this machine") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # each connection inherits it; else the end of an answer waits 40 ms until its beginning is acknowledged
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.bind(address)
        made.listen()
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise BadCase(f"port {port} is taken: choose another with --port, or 0 for any that is free") from None
        raise BadCase(f"cannot listen at {host}, port {port}: {error.strerror}") from None
    made.set_inheritable(False)
    return made


def server(
    app: ASGIApp, *, proxies: str = "", ready: Callable[[], None] = lambda: None, protocol: Any = PatientProtocol
) -> Server:
    """A server of the desk; `run(sockets=[...])` serves until it is told to end.

    proxies: addresses, by commas, whose X-Forwarded-For and -Proto are believed.
    """
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # not a line for everybody who speaks no HTTP
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        limit_concurrency=AT_ONCE,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    return Server(config, ready)
