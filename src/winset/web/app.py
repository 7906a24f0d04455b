"""create_app: the desk, ready to be served. Routers are listed in `pages`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from winset import __version__
from winset.errors import Stale, UnknownName, WinsetError
from winset.web.cases import Cases
from winset.web.pages import ROUTERS
from winset.web.rendering import page
from winset.web.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The desk over the cases that the settings name.  Raises NotACase and its kin for one that cannot be opened."""
    cases = Cases(settings.places)

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        yield
        cases.close()

    app = FastAPI(
        title="winset desk", version=__version__, lifespan=living, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.settings = settings
    app.state.cases = cases
    app.mount("/static", StaticFiles(directory=str(files("winset.web") / "static")), name="static")
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(WinsetError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    return app


async def _refused(request: Request, error: Exception) -> HTMLResponse:
    """One clear line: what came in, what is allowed, what to do."""
    status = 400
    if isinstance(error, HTTPException):
        status, line = error.status_code, str(error.detail)
    else:
        line = str(error)
        status = 409 if isinstance(error, Stale) else 404 if isinstance(error, UnknownName) else 400
    part = "HX-Request" in request.headers
    return page(request, "_refused.html" if part else "refused.html", status=status, line=line, status_code=status)
