"""Saying who one is, and leaving. Works without a script."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from winset.web.access.gate import Gate, local
from winset.web.access.roles import Role
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages()

LARGEST = 10_000  # bytes: a name, a password, a way back
WRONG = "No account has that name and that password, or it is shut out."


@pages.get("/login", role=Role.NOBODY, by_token=False)
def asked(request: Request, next: str = "/") -> Response:  # noqa: A002 - as it is called in the address
    """The form; who is in already goes on."""
    if request.state.person is not None:
        return RedirectResponse(local(next), status_code=303)
    return page(request, "login.html", back=local(next), name="", wrong="", wait=0)


@pages.post("/login", role=Role.NOBODY, by_token=False, largest=LARGEST)
async def tried(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """A login of its own, never one that was there before; a wrong name is answered like a wrong password."""
    gate: Gate = request.app.state.gate
    if gate.accounts is None:
        return RedirectResponse("/", status_code=303)
    address = request.client.host if request.client else "nowhere"
    word, wait = await run_in_threadpool(_login, gate, name, password, address)
    if word is None:
        status = 429 if wait else 401
        answer = page(request, "login.html", status=status, back=local(next), name=name[:80], wrong=WRONG, wait=wait)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer
    if request.state.visitor.kind == "login":  # who logs in again leaves the old login behind
        await run_in_threadpool(gate.logins.end, request.state.visitor.word)
    inside = RedirectResponse(local(next), status_code=303)
    gate.log_in(inside, word)
    return inside


@pages.post("/logout", role=Role.READER, by_token=False)
def left(request: Request) -> Response:
    """The login holds no more, wherever its cookie may lie."""
    gate: Gate = request.app.state.gate
    if gate.accounts is None:
        return RedirectResponse("/", status_code=303)
    gate.logins.end(request.state.visitor.word)
    answer = RedirectResponse("/login", status_code=303)
    gate.cookies.clear(answer, "login")
    return answer


def _login(gate: Gate, name: str, password: str, address: str) -> tuple[str | None, int]:
    """The word of a login, or None and the seconds to wait before the next try."""
    if gate.accounts is None:
        return None, 0
    attempt = gate.logins.attempt(name, address)
    if attempt.wait:
        return None, attempt.wait
    account = gate.accounts.with_password(name, password)
    if account is None:
        return None, 0
    gate.logins.succeeded(attempt)
    return gate.logins.begin(account), 0
