"""Whether a request that changes something comes from one of the desk's own pages.

Two checks, and both must hold: what the browser itself says of where the request comes from (Sec-Fetch-Site, Origin),
and a token that only this login's pages know. A script with a token in place of a cookie needs neither: no browser
sends it by itself.  Source: OWASP, Cross-Site Request Forgery Prevention.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from fastapi import HTTPException
from starlette.datastructures import UploadFile

if TYPE_CHECKING:
    from fastapi import Request

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))  # change nothing, by RFC 9110, 9.2.1
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
FIELD, HEADER = "csrf", "X-CSRF-Token"

REFUSED = "This did not come from a page of the desk, or the page is old: open it again, and send it once more."


async def check(request: Request, token: str, *, https: bool, largest: int) -> None:
    """Raises HTTPException 403 for a request that another site may have made; what is safe passes.

    largest: bytes of a form; its fields may have any part of it.
    """
    if request.method in SAFE:
        return
    _check_origin(request, https=https)
    sent = request.headers.get(HEADER)
    if sent is None and request.headers.get("content-type", "").split(";")[0].strip().lower() in FORMS:
        # remembered by the request, so the page finds it read
        field = (await request.form(max_part_size=largest)).get(FIELD)
        sent = None if isinstance(field, UploadFile) else field
    if not hmac.compare_digest((sent or "").encode("utf-8", "surrogatepass"), token.encode()):
        raise HTTPException(403, REFUSED)


def _check_origin(request: Request, *, https: bool) -> None:
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        raise HTTPException(403, REFUSED)
    origin = request.headers.get("origin")
    if origin is None:
        return
    scheme = "https" if https else request.url.scheme
    if origin.lower() != f"{scheme}://{request.headers.get('host', '')}".lower():
        raise HTTPException(403, REFUSED)
