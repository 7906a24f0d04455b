"""How much a request may bring, and how slowly: counted as it comes, before anything of it is kept.

Too slow is what Apache's mod_reqtimeout calls it by default: 20 seconds, and one more for every 500 bytes that came.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass

from fastapi import HTTPException
from starlette.types import Message, Receive, Scope

LEAST_RATE = 500  # bytes a second, when the patience for the first ones has ended
DRAINED_FOR = 5.0  # seconds in which the rest of too large a body is thrown away, so that its sender reads the answer


@dataclass(slots=True)
class Body:
    """The body of one request, on its way in.

    Raises, when it is read: HTTPException 413 and 408.
    """

    receive_all: Receive
    largest: int  # bytes
    patience: float  # seconds
    came: int = 0
    ended: bool = False
    _began: float | None = None

    async def receive(self) -> Message:
        """In place of the server's own."""
        if self.ended:  # what comes now is only that the browser has gone
            return await self.receive_all()
        if self._began is None:
            self._began = time.monotonic()
        left = self._began + self.patience + self.came / LEAST_RATE - time.monotonic()
        try:
            async with asyncio.timeout(max(left, 0)):
                message = await self.receive_all()
        except TimeoutError:
            raise HTTPException(408, "The request came too slowly: send it again over a better line.") from None
        self.came += len(message.get("body", b""))
        self.ended = message["type"] != "http.request" or not message.get("more_body", False)
        if self.came > self.largest:
            await self._drain()
            raise too_large(self.largest)
        return message

    async def refuse_stated(self, scope: Scope) -> None:
        """Raises HTTPException 413 for a body that says it is too large, 400 for one that says no length."""
        stated = [value for name, value in scope["headers"] if name == b"content-length"]
        if not stated:
            return
        if len(stated) > 1 or not stated[0].isdigit():
            raise HTTPException(400, "The request does not say how long it is.")
        if int(stated[0]) > self.largest:
            await self._drain()
            raise too_large(self.largest)

    async def _drain(self) -> None:
        left = min(DRAINED_FOR, self.patience)
        until = time.monotonic() + left
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(
                left
            ):  # one timer: those of parts that are there at once would pile up in the loop
                while not self.ended and time.monotonic() < until:
                    message = await self.receive_all()
                    self.ended = message["type"] != "http.request" or not message.get("more_body", False)


def too_large(largest: int) -> HTTPException:
    """What is answered to a body of more than `largest` bytes."""
    return HTTPException(413, f"More than {largest:,} bytes: send less at once.")
