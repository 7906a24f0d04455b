"""create_app: the desk, ready to be served. Routers are listed in `pages`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from winset import __version__
from winset.web.access.gate import Gate
from winset.web.access.shield import Shield
from winset.web.api import ROUTERS as API
from winset.web.cases import Cases
from winset.web.pages import ROUTERS
from winset.web.reading_jobs import Jobs
from winset.web.refusals import answer_refusals
from winset.web.settings import Settings


class Desk(FastAPI):
    """FastAPI behind the shield, which covers the answers to its own mistakes too."""

    def build_middleware_stack(self) -> ASGIApp:
        """FastAPI's own, and the shield around it."""
        return Shield(super().build_middleware_stack(), self.state.settings)


def create_app(settings: Settings) -> FastAPI:
    """The desk over the cases that the settings name.

    Raises NotACase and its kin for a case or accounts that cannot be opened, NotConfigured where accounts are lacking.
    """
    gate = Gate(settings)
    cases = Cases(settings.places, settings.database)

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.jobs.close()
        cases.close()
        gate.close()

    app = Desk(
        title="winset desk", version=__version__, lifespan=living, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.settings = settings
    app.state.cases = cases
    app.state.gate = gate
    app.state.jobs = Jobs()
    app.mount("/static", StaticFiles(directory=str(files("winset.web") / "static")), name="static")
    for router in (*ROUTERS, *API):
        app.include_router(router)
    answer_refusals(app)
    return app
