"""What holds for every answer, of pages, files and refusals: where it may be asked for, what a browser may do with it.

The names under which the desk may be asked for are checked because of DNS rebinding: a page of another site, whose name
its owner points at this machine, would otherwise be of the same origin as the desk.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from winset.web.settings import Settings

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {allowed}" for name, allowed in POLICY.items())

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # not no-referrer, under which a browser's own forms come from nowhere
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
NOT_KEPT = "no-store"  # what a case holds stays out of the browser's cache, and of any between
TWO_YEARS = "max-age=63072000"

LONGEST_ADDRESS = 8_000  # bytes of path and query: RFC 9110, 4.1, wants that many to be understood
LONGEST_HEAD = 16_000  # bytes of all headers
BY_A_PROXY = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")


class Shield:
    """Stands outside of everything, errors included."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = frozenset(host.lower() for host in settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it. No web sockets: the desk has none."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        unread = _may_have_body(scope)

        async def noted() -> Message:
            nonlocal unread
            message = await receive()
            unread = unread and message["type"] == "http.request" and message.get("more_body", False)
            return message

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._cover(scope, headers)
                if unread:  # what is left of the body shall not keep the connection
                    headers["Connection"] = "close"
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await PlainTextResponse(f"{refusal[1]}\n", status_code=refusal[0])(scope, noted, shielded)
            return
        await self._app(scope, noted, shielded)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and words for what is not let in at all."""
        headers = Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, "The address is too long."
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEAD:
            return 431, "The request's headers are too long."
        if "\0" in scope["path"]:
            return 400, "The address holds a NUL."
        if len(headers.getlist("host")) != 1 or not self._asked_for(headers["host"]):
            return 421, "This desk is not served under that name: winset serve --allowed-host NAME"
        if self._settings.single_user is not None and any(name in BY_A_PROXY for name, _ in scope["headers"]):
            return 403, "Behind a proxy the desk needs accounts: winset serve --accounts FILE"
        return None

    def _asked_for(self, host: str) -> bool:
        name = host.lower()
        if name.startswith("["):
            bare, closed, rest = name.partition("]")
            bare, port = bare + closed, rest.removeprefix(":")
        else:
            bare, _, port = name.partition(":")
        if port and not (port.isascii() and port.isdigit()):
            return False
        return bare in self._hosts or (self._settings.any_ip and _is_ip(bare))

    def _cover(self, scope: Scope, headers: MutableHeaders) -> None:
        own = headers.get("content-security-policy", "")
        for name, value in ALWAYS.items():
            headers[name] = value
        if own.startswith("sandbox"):  # a finished brief, shown in a frame in which nothing runs
            headers["Content-Security-Policy"] = own
            if "frame-ancestors 'self'" in own:
                headers["X-Frame-Options"] = "SAMEORIGIN"
        headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else NOT_KEPT)
        if self._settings.https:
            headers["Strict-Transport-Security"] = TWO_YEARS


def _may_have_body(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"transfer-encoding" or (name == b"content-length" and value != b"0"):
            return True
    return False


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
