"""What is one's own: the password, and tokens for one's scripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from winset.errors import BadAccount
from winset.web.access.asking import Asking
from winset.web.access.gate import Gate
from winset.web.access.roles import Role
from winset.web.pages.accounts import ROLES, accounts_of
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages()


@pages.get("/tokens", role=Role.READER, by_token=False)
def listed(request: Request, person: Asking) -> Response:
    """One's tokens."""
    return _page(request, person.name)


@pages.post("/tokens", role=Role.READER, by_token=False)
def issued(
    request: Request, person: Asking, label: Annotated[str, Form()] = "", role: Annotated[str, Form()] = "reader"
) -> Response:
    """A new one; its word is shown this once."""
    try:
        token, word = accounts_of(request).issue(person.name, label, role=role, by=person.name)
    except BadAccount as error:
        return _page(request, person.name, refused=str(error), status=400)
    return _page(request, person.name, made=token.label, word=word)


@pages.post("/tokens/revoke", role=Role.READER, by_token=False)
def revoked(request: Request, person: Asking, number: Annotated[int, Form()]) -> Response:
    """One that opens nothing any more."""
    accounts_of(request).revoke(number, by=person.name, of=person.name)
    return RedirectResponse("/tokens", status_code=303)


@pages.post("/tokens/password", role=Role.READER, by_token=False)
def changed(
    request: Request, person: Asking, password: Annotated[str, Form()], new: Annotated[str, Form()]
) -> Response:
    """Another password of one's own: whoever sits down at an open desk does not know the old one."""
    accounts = accounts_of(request)
    gate: Gate = request.app.state.gate
    attempt = gate.logins.attempt(person.name, request.client.host if request.client else "nowhere")
    if attempt.wait:
        return _page(request, person.name, refused=f"Too many tries: wait {attempt.wait} s.", status=429)
    account = accounts.with_password(person.name, password)
    if account is None:
        return _page(request, person.name, refused="That is not the password that holds now.", status=400)
    gate.logins.succeeded(attempt)
    try:
        accounts.set_password(person.name, new, by=person.name)
    except BadAccount as error:
        return _page(request, person.name, refused=str(error), status=400)
    answer = RedirectResponse("/tokens", status_code=303)
    gate.log_in(answer, gate.logins.begin(account))  # all logins have ended with the old password, this one too
    return answer


def _page(
    request: Request, name: str, *, refused: str = "", made: str = "", word: str = "", status: int = 200
) -> Response:
    accounts = accounts_of(request)
    allowed = ROLES[: ROLES.index(accounts.account(name).role) + 1]
    told = {"tokens": accounts.tokens(name), "roles": allowed, "refused": refused, "made": made, "word": word}
    return page(request, "tokens.html", status=status, **told)
