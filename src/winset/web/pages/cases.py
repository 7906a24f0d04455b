"""The cases that are served here."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages()


@pages.get("/", role=Role.READER)
def listed(request: Request, _person: Asking) -> HTMLResponse:
    """Every case with what it decides."""
    cases = [(name, each.store.spec(), each.store.counts()) for name, each in request.app.state.cases.items()]
    return page(request, "cases.html", cases=cases)
