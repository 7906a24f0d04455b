"""What is answered when something is refused: one clear line, as a page, as a part of one, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from winset.errors import LockedCase, NoServer, Stale, UnknownName, WinsetError
from winset.store.changes import Change
from winset.web.rendering import page

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

BUSY = 503


def answer_refusals(app: FastAPI) -> None:
    """Let the desk answer all refusals itself."""
    for kind in (WinsetError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, refused)


async def refused(request: Request, error: Exception) -> Response:
    """What came in, what is allowed, what to do."""
    headers = None
    if isinstance(error, HTTPException):
        status, line, headers = error.status_code, str(error.detail), error.headers
    elif isinstance(error, RequestValidationError):
        status, line = 422, _mistakes(error)
    elif isinstance(error, Stale):
        status, line = 409, str(error)
    elif isinstance(error, UnknownName):
        status, line = 404, str(error)
    elif isinstance(error, LockedCase | NoServer):
        status, line = BUSY, str(error)
    else:
        status, line = 400, str(error)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": line, **_other(error)}, status_code=status, headers=headers)
    template = "_refused.html" if "HX-Request" in request.headers else "refused.html"
    answer = page(request, template, status=status, line=line, status_code=status)
    answer.headers.update(headers or {})
    return answer


def _other(error: Exception) -> dict[str, Any]:
    """What somebody else changed meanwhile, for a script that was slower."""
    from winset.web.api import values

    found = error.change if isinstance(error, Stale) else None
    return {"change": values.change(found).model_dump()} if isinstance(found, Change) else {}


def _mistakes(error: RequestValidationError) -> str:
    """Which fields do not hold what they should; not what they hold."""
    told = [f"{'.'.join(str(part) for part in each['loc'][1:]) or 'body'}: {each['msg']}" for each in error.errors()]
    return "; ".join(told)
