"""Signed cookies: one holds a login, the other tells one visit from the next before anybody has logged in.

Both hold a random word and its signature, and nothing else. They go back only to this desk, not with requests that
other sites make a browser send, and no script can read them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, Signer

if TYPE_CHECKING:
    from fastapi import Request
    from fastapi.responses import Response

    from winset.web.settings import Settings

KINDS = ("login", "visit")
LONGEST = 200  # characters of a cookie that is looked at


class Cookies:
    """The cookies of one desk."""

    def __init__(self, settings: Settings) -> None:
        self._secret = settings.secret
        self._https = settings.https
        self._port = settings.port
        self._signers = {
            kind: Signer(settings.secret, salt=f"winset {kind}", key_derivation="hmac", digest_method=hashlib.sha256)
            for kind in KINDS
        }

    def name(self, kind: str) -> str:
        """How the cookie is called. `__Host-`: a browser takes it from this host alone, through TLS.

        Source: RFC 6265bis, 4.1.3.2.
        """
        return f"__Host-winset-{kind}" if self._https else f"winset-{kind}-{self._port}"

    def read(self, request: Request, kind: str) -> str | None:
        """The word of a cookie that this desk signed; None where there is none."""
        found = request.cookies.get(self.name(kind), "")
        if not found or len(found) > LONGEST:
            return None
        try:
            return self._signers[kind].unsign(found.encode("utf-8", "surrogatepass")).decode("ascii")
        except (BadSignature, UnicodeDecodeError):
            return None

    def write(self, response: Response, kind: str, word: str) -> None:
        """Give a browser the cookie, until it is closed."""
        response.set_cookie(
            self.name(kind),
            self._signers[kind].sign(word).decode("ascii"),
            path="/",
            secure=self._https,
            httponly=True,
            samesite="lax",
        )

    def clear(self, response: Response, kind: str) -> None:
        """Take the cookie from a browser."""
        response.delete_cookie(self.name(kind), path="/", secure=self._https, httponly=True, samesite="lax")

    def csrf(self, kind: str, word: str) -> str:
        """What a form must send along, so that it can only be one of this login's own pages that sends it."""
        key = hashlib.sha256(f"winset csrf\0{self._secret}".encode()).digest()
        return hmac.new(key, f"{kind}\0{word}".encode(), hashlib.sha256).hexdigest()


def new_word() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)
