"""Who sends a request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from winset.web.access.roles import Person, Role


def asking(request: Request) -> Person:
    """The person behind a request."""
    return Person(name=request.app.state.settings.single_user or "nobody", role=Role.ADMIN)


Asking = Annotated[Person, Depends(asking)]
