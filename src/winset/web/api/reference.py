"""The API described: as OpenAPI for programs, and as one page for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse

from winset import __version__
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.api.answering import PREFIX, refusals
from winset.web.rendering import page
from winset.web.routing import Guarded, Pages

api = Pages(prefix=PREFIX, tags=["reference"])

ABOUT = """The cases of a winset desk as JSON, for scripts: the same acts and the same roles as its pages.

Send `Authorization: Bearer winset_...` with a token of your own; a desk for one person on its own machine takes no
tokens and only reads. Offsets are half-open, in Unicode code points into a document's text. Every refusal is an
object with `detail`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked, as the page shows it."""

    method: str
    path: str
    about: str
    role: str
    parameters: tuple[tuple[str, str, str], ...]  # name, what it takes, what it is
    body: str  # name of its schema; "" for none
    answers: tuple[tuple[str, str], ...]  # status and what it says


@api.get("/openapi.json", role=Role.READER, responses=refusals(), include_in_schema=False)
def openapi(request: Request, _person: Asking) -> JSONResponse:
    """The description for programs."""
    return JSONResponse(described(request))


@api.get("/reference", role=Role.READER, include_in_schema=False)
def reference(request: Request, _person: Asking) -> HTMLResponse:
    """The description for people."""
    told = described(request)
    schemas = told["components"]["schemas"]
    return page(request, "api/reference.html", about=ABOUT, operations=_operations(told), schemas=_schemas(schemas))


def described(request: Request) -> dict[str, Any]:
    """OpenAPI of this desk, made once."""
    app = request.app
    if not hasattr(app.state, "openapi"):
        from winset.web.api import ROUTERS

        routes = [route for router in ROUTERS for route in router.routes]
        told = get_openapi(title="winset desk", version=__version__, description=ABOUT, routes=routes)
        for route in routes:
            if isinstance(route, Guarded):
                for method in route.methods or ():
                    operation = told["paths"].get(route.path, {}).get(method.lower(), {})
                    operation["x-role"] = route.admits.role.word
        told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        told["security"] = [{"token": []}]
        app.state.openapi = told
    found: dict[str, Any] = app.state.openapi
    return found


def _operations(told: dict[str, Any]) -> list[Operation]:
    return [
        Operation(
            method=method.upper(),
            path=path,
            about=each.get("description", ""),
            role=each.get("x-role", ""),
            parameters=tuple(
                (one["name"], _type(one["schema"]), one.get("description", "")) for one in each.get("parameters", ())
            ),
            body=_name(each.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})),
            answers=tuple((status, _answer(found)) for status, found in each["responses"].items()),
        )
        for path, methods in told["paths"].items()
        for method, each in methods.items()
    ]


def _answer(found: dict[str, Any]) -> str:
    name = _name(found.get("content", {}).get("application/json", {}).get("schema", {}))
    return f"{name or 'an object'}" if found["description"] == "Successful Response" else found["description"]


def _schemas(schemas: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (
            name,
            schema.get("description", ""),
            [(key, _type(one), one.get("description", "")) for key, one in schema.get("properties", {}).items()],
        )
        for name, schema in schemas.items()
    ]


def _type(schema: dict[str, Any]) -> str:
    """In a word or two: "integer", "favour or oppose", "list of Words"."""
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("const") or schema.get("type", "anything"))


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
