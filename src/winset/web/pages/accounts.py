"""Accounts of this desk, for its admins: who may come in, in which role, and who changed what."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from winset.errors import BadAccount
from winset.store.accounts import Accounts, folded
from winset.web.access.asking import Asking
from winset.web.access.gate import Gate
from winset.web.access.roles import Role
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages()

ROLES = ("reader", "coder", "editor", "admin")


def accounts_of(request: Request) -> Accounts:
    """The accounts of this desk; 404 where it serves one person without any."""
    gate: Gate = request.app.state.gate
    if gate.accounts is None:
        raise HTTPException(404, "This desk serves one person, without accounts: see `winset serve --accounts`.")
    return gate.accounts


@pages.get("/accounts", role=Role.ADMIN, by_token=False)
def listed(request: Request) -> Response:
    """Everybody, and what was done to accounts."""
    return _page(request)


@pages.post("/accounts", role=Role.ADMIN, by_token=False)
def added(
    request: Request,
    person: Asking,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    role: Annotated[str, Form()],
) -> Response:
    """One more."""
    try:
        accounts_of(request).add(name, password, role=role, by=person.name)
    except BadAccount as error:
        return _page(request, refused=str(error), status=400)
    return _back()


@pages.post("/accounts/role", role=Role.ADMIN, by_token=False)
def moved(request: Request, person: Asking, name: Annotated[str, Form()], role: Annotated[str, Form()]) -> Response:
    """Another role; the account's logins end."""
    _not_oneself(person.name, name)
    accounts_of(request).set_role(name, role, by=person.name)
    return _back()


@pages.post("/accounts/disabled", role=Role.ADMIN, by_token=False)
def shut_out(
    request: Request, person: Asking, name: Annotated[str, Form()], disabled: Annotated[bool, Form()]
) -> Response:
    """Out, or in again."""
    _not_oneself(person.name, name)
    accounts_of(request).set_disabled(name, disabled, by=person.name)
    return _back()


@pages.post("/accounts/password", role=Role.ADMIN, by_token=False)
def reset(request: Request, person: Asking, name: Annotated[str, Form()], password: Annotated[str, Form()]) -> Response:
    """Another password, for who has forgotten theirs."""
    _not_oneself(person.name, name)
    try:
        accounts_of(request).set_password(name, password, by=person.name)
    except BadAccount as error:
        return _page(request, refused=str(error), status=400)
    return _back()


def _not_oneself(person: str, name: str) -> None:
    """So that the last admin does not shut the door from outside; `winset account` can."""
    if folded(person) == folded(name):
        raise HTTPException(400, "Nobody changes their own account here: another admin does, or `winset account`.")


def _page(request: Request, *, refused: str = "", status: int = 200) -> Response:
    accounts = accounts_of(request)
    told = {"accounts": accounts.all(), "changes": accounts.changes(limit=50), "roles": ROLES}
    return page(request, "accounts.html", status=status, refused=refused, **told)


def _back() -> Response:
    return RedirectResponse("/accounts", status_code=303)
