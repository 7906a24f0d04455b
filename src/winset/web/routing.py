"""Pages: a router every route of which says who may use it. There is no other way onto the desk."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from winset.web.access.gate import Admits, Gate
from winset.web.access.roles import Role

F = TypeVar("F", bound=Callable[..., Any])


class Guarded(APIRoute):
    """A route behind the gate. Each has a class of its own, because FastAPI copies routes by their class."""

    admits: Admits

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's own, behind the gate."""
        handle, admits = super().get_route_handler(), self.admits

        async def guarded(request: Request) -> Response:
            gate: Gate = request.app.state.gate
            return await gate.admit(request, admits, handle)

        return guarded


class Pages(APIRouter):
    """As FastAPI's router; `role` is the least that a person must have.

    @pages.get("/cases/{case}/documents", role=Role.READER)

    largest: bytes that a request may bring; None: a million, or with `uploads` as much as documents may have.
    by_token: whether a script may use it with a token.
    """

    def add_api_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        role: Role | None = None,
        largest: int | None = None,
        uploads: bool = False,
        by_token: bool = True,
        **kwargs: Any,
    ) -> None:
        """Raises TypeError for a route that does not say its role."""
        if not isinstance(role, Role):
            raise TypeError(f"{path}: say who may use it, role=Role.READER or more")
        admits = Admits(role=role, largest=largest, uploads=uploads, by_token=by_token)
        kind = type("Guarded", (Guarded,), {"admits": admits})
        super().add_api_route(path, endpoint, route_class_override=kind, **kwargs)

    def api_route(  # type: ignore[override]
        self, path: str, *, methods: Sequence[str], role: Role | None = None, **kwargs: Any
    ) -> Callable[[F], F]:
        """A route for some methods."""

        def registered(endpoint: F) -> F:
            self.add_api_route(path, endpoint, methods=list(methods), role=role, **kwargs)
            return endpoint

        return registered

    def get(self, path: str, *, role: Role | None = None, **kwargs: Any) -> Callable[[F], F]:
        """A page that changes nothing."""
        return self.api_route(path, methods=["GET"], role=role, **kwargs)

    def post(self, path: str, *, role: Role | None = None, **kwargs: Any) -> Callable[[F], F]:
        """An action."""
        return self.api_route(path, methods=["POST"], role=role, **kwargs)

    def put(self, path: str, *, role: Role | None = None, **kwargs: Any) -> Callable[[F], F]:
        """An action that may be sent twice."""
        return self.api_route(path, methods=["PUT"], role=role, **kwargs)

    def patch(self, path: str, *, role: Role | None = None, **kwargs: Any) -> Callable[[F], F]:
        """An action on a part."""
        return self.api_route(path, methods=["PATCH"], role=role, **kwargs)

    def delete(self, path: str, *, role: Role | None = None, **kwargs: Any) -> Callable[[F], F]:
        """An action that takes something away."""
        return self.api_route(path, methods=["DELETE"], role=role, **kwargs)

    def add_route(self, path: str, *_args: Any, **_kwargs: Any) -> None:
        """Raises TypeError: such a route would have no role."""
        raise TypeError(f"{path}: take get, post, put, patch or delete, which say who may use it")

    def mount(self, path: str, *_args: Any, **_kwargs: Any) -> None:
        """Raises TypeError, as `add_route`."""
        self.add_route(path)

    def add_websocket_route(self, path: str, *_args: Any, **_kwargs: Any) -> None:
        """Raises TypeError, as `add_route`."""
        self.add_route(path)

    def add_api_websocket_route(self, path: str, *_args: Any, **_kwargs: Any) -> None:
        """Raises TypeError, as `add_route`."""
        self.add_route(path)
