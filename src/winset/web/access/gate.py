"""The gate: one way in for every route. It finds out who asks, and lets pass whose role is enough.

In this order: who it is (a token, a login's cookie, the one person at this machine), whether the role is enough,
whether the request comes from the desk's own pages; only then is the body read, and only as far as the route allows.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from winset.errors import NotConfigured
from winset.web.access import bodies, forgery
from winset.web.access.cookies import Cookies, new_word
from winset.web.access.roles import Person, Role

if TYPE_CHECKING:
    from winset.store.accounts import Accounts
    from winset.web.settings import Settings

LEAST_SECRET = 32  # characters
BEARER = "bearer "

Handle = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admits:
    """Whom a route admits, and with how much."""

    role: Role
    largest: int | None = None  # bytes of a body; None: what the settings allow
    uploads: bool = False  # whether it may bring documents
    by_token: bool = True  # whether a script may: not where accounts and tokens are made


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who a request is from, and by what it shows it."""

    person: Person | None
    kind: str  # "login", "visit", "token"
    word: str  # of the cookie; "" of a token


class Gate:
    """Lets requests in.  Raises NotConfigured without accounts where there must be some, or with too short a secret."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.accounts: Accounts | None = None
        self._alone: Person | None = None
        if settings.single_user is not None:
            self._alone = Person(name=settings.single_user, role=Role.ADMIN)
        else:
            from winset.store.accounts import Accounts
            from winset.store.logins import Logins

            if settings.accounts is None:
                raise NotConfigured("no accounts: name a file of them, or a database")
            if len(settings.secret) < LEAST_SECRET:
                raise NotConfigured(f"the secret is shorter than {LEAST_SECRET} characters")
            self.accounts = Accounts(settings.accounts)
            self.logins = Logins(self.accounts)
        self.cookies = Cookies(settings)

    def close(self) -> None:
        """Let go of the accounts."""
        if self.accounts is not None:
            self.accounts.close()

    async def admit(self, request: Request, admits: Admits, handle: Handle) -> Response:
        """The answer of `handle` to who may have it; else 401, 303 to the login, or HTTPException 403, 408, 413."""
        usual = self.settings.upload_bytes if admits.uploads else self.settings.body_bytes
        largest = admits.largest or usual
        body = bodies.Body(request.receive, largest, self.settings.patience)
        request._receive = body.receive  # FastAPI and Starlette read through it, whoever asks them to
        visitor = await self._visitor(request)
        request.state.person = visitor.person
        request.state.csrf = self.cookies.csrf(visitor.kind, visitor.word) if visitor.word else ""
        request.state.visitor = visitor
        if visitor.person is None and admits.role > Role.NOBODY:
            return self._remembered(request, visitor, _who_is_it(request))
        if visitor.person is not None and visitor.person.role < admits.role:
            have, need = visitor.person.role.word, admits.role.word
            raise HTTPException(403, f"{visitor.person.name} has the role {have}: this needs the role {need}.")
        if visitor.kind == "token" and not admits.by_token:
            raise HTTPException(403, "A token cannot do this: log in with a password.")
        await body.refuse_stated(request.scope)
        try:
            if visitor.kind != "token":
                await forgery.check(request, request.state.csrf, https=self.settings.https, largest=largest)
            return self._remembered(request, visitor, await handle(request))
        finally:
            await request.close()  # files that came with a form

    def log_in(self, response: Response, word: str) -> None:
        """Give a browser its new login, and take from it what it had before."""
        self.cookies.write(response, "login", word)
        self.cookies.clear(response, "visit")

    async def _visitor(self, request: Request) -> Visitor:
        if self._alone is not None:
            visit = self.cookies.read(request, "visit") or new_word()
            return Visitor(person=self._alone, kind="visit", word=visit)
        shown = request.headers.get("authorization")
        if shown is not None:
            return Visitor(person=await run_in_threadpool(self._with_token, shown), kind="token", word="")
        login = self.cookies.read(request, "login")
        if login is not None:
            account = await run_in_threadpool(self.logins.account, login)
            if account is not None:
                person = Person(name=account.name, role=Role.of(account.role))
                return Visitor(person=person, kind="login", word=login)
        return Visitor(person=None, kind="visit", word=self.cookies.read(request, "visit") or new_word())

    def _with_token(self, shown: str) -> Person | None:
        if self.accounts is None or not shown.lower().startswith(BEARER):
            return None
        found = self.accounts.with_token(shown[len(BEARER) :].strip())
        return None if found is None else Person(name=found[0].name, role=Role.of(found[1]))

    def _remembered(self, request: Request, visitor: Visitor, response: Response) -> Response:
        """The answer with a cookie, where the visit has none yet."""
        if visitor.kind == "visit" and self.cookies.read(request, "visit") is None:
            set_already = any(b"winset-login" in value for name, value in response.raw_headers if name == b"set-cookie")
            if not set_already:
                self.cookies.write(response, "visit", visitor.word)
        return response


def local(address: str | None) -> str:
    r"""A path of this desk, or "/" for what leads anywhere else.

    >>> local("/cases/tokyo?actor=FRA"), local("https://a.example/"), local("//a.example"), local("/\\a.example")
    ('/cases/tokyo?actor=FRA', '/', '/', '/')
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return "/"
    if "\\" in address or not address.isprintable() or " " in address:
        return "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else address


def _who_is_it(request: Request) -> Response:
    """To the login for a person at a browser; 401 for a script."""
    script = request.url.path.startswith("/api/") or "authorization" in request.headers
    if script:
        told = {"detail": "Log in, or send a token that holds: Authorization: Bearer winset_..."}
        return JSONResponse(told, status_code=401, headers={"WWW-Authenticate": "Bearer"})
    if "hx-request" in request.headers:  # the whole page must go to the login, not the part that was asked for
        return Response(status_code=401, headers={"HX-Redirect": _login(_page_of(request))})
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(_login(here if request.method == "GET" else "/"), status_code=303)


def _page_of(request: Request) -> str:
    try:
        parts = urlsplit(request.headers.get("hx-current-url", ""))
    except ValueError:
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _login(back: str) -> str:
    path = local(back)
    return "/login" if path == "/" else f"/login?next={quote(path, safe='/')}"
