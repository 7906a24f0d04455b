"""Pages: a router every route of which says who may use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, HTTPException

from winset.web.access.asking import Asking
from winset.web.access.roles import Role


class Pages(APIRouter):
    """As FastAPI's router; `role` is the least that a person must have.

    @pages.get("/documents", role=Role.READER)
    """

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        """Raises TypeError for a route that does not say its role."""
        role = getattr(endpoint, "winset_role", None)
        if role is None:
            raise TypeError(f"{path}: say who may use it, role=Role.READER or more")
        demanded = [Depends(_demand(role)), *(kwargs.pop("dependencies", None) or ())]
        super().add_api_route(path, endpoint, dependencies=demanded, **kwargs)

    def get(self, path: str, *, role: Role, **kwargs: Any) -> Callable[..., Any]:  # type: ignore[override]
        """A page that changes nothing."""
        return self._marked(super().get(path, **kwargs), role)

    def post(self, path: str, *, role: Role, **kwargs: Any) -> Callable[..., Any]:  # type: ignore[override]
        """An action."""
        return self._marked(super().post(path, **kwargs), role)

    def _marked(self, register: Callable[..., Any], role: Role) -> Callable[..., Any]:
        def marked(endpoint: Callable[..., Any]) -> Callable[..., Any]:
            endpoint.winset_role = role  # type: ignore[attr-defined]
            return register(endpoint)  # type: ignore[no-any-return]

        return marked


def _demand(role: Role) -> Callable[..., None]:
    def demanded(person: Asking) -> None:
        if person.role < role:
            raise HTTPException(403, f"{person.name} is a {person.role.word}: this needs the role {role.word}")

    return demanded
