"""Who sends a request, as a page asks for it. `gate` has found it out before any page is reached."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request

from winset.web.access.roles import Person


def asking(request: Request) -> Person:
    """The person behind a request."""
    person = getattr(request.state, "person", None)
    if person is None:  # a page for anybody that asks who it is
        raise HTTPException(401, "Log in first.")
    return cast(Person, person)


Asking = Annotated[Person, Depends(asking)]
