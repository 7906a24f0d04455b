"""Templates to answers. Everything is escaped: nothing of a document is ever trusted."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from winset import __version__
from winset.brief.html import visible
from winset.brief.wording import shortened

_YEAR = re.compile(r"([A-Za-z])(\d{4}[a-z]?)\b")  # of a key of the bibliography: Gallis2004 is read as Gallis 2004


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A template as an answer, whole pages and parts of them alike.

    The template gets, besides `context`: request, person, case (where the route opened one), csrf, csrf_field(), here.
    """
    person = getattr(request.state, "person", None)
    case = getattr(request.state, "case", None)
    csrf = getattr(request.state, "csrf", "")

    def csrf_field() -> Markup:
        return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf)

    given = {
        "request": request,
        "person": person,
        "case": case,
        "csrf": csrf,
        "csrf_field": csrf_field,
        "here": request.url.path,
        "release": __version__,
        **context,
    }
    return HTMLResponse(_environment().get_template(template).render(given), status_code=status)


def compile_all() -> None:
    """Make every template ready, so that nobody's first page waits for it."""
    for name in _environment().list_templates(extensions=["html"]):
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("winset.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,  # no control character of a document ever reaches a page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["moment"] = _moment
    made.filters["signed"] = lambda number: f"{number:+.0f}"
    made.filters["percent"] = lambda share: f"{100 * share:.0f}%"
    made.filters["cited"] = lambda key: _YEAR.sub(r"\1 \2", key)
    made.filters["counted"] = lambda number, noun: f"{number:,} {noun if number == 1 else noun + 's'}"
    made.filters["shortened"] = lambda text, to=320: shortened(text, to=to)
    return made


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
