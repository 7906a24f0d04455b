"""A desk that serves a team: one account for each role, and browsers without a screen that are logged in as them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi import routing as fastapi_routing
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from winset.store.accounts import Accounts
from winset.store.passwords import Passwords
from winset.web.access.gate import Gate
from winset.web.access.roles import Role
from winset.web.app import create_app
from winset.web.settings import Settings

PASSWORD = "four quiet grey herons"
QUICK = Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
SECRET = "for tests alone, and for nothing else"
ADDRESS = "http://127.0.0.1"


@dataclass
class Team:
    """The desk, its accounts, and ways in. Everybody is called by their role."""

    app: FastAPI

    @property
    def gate(self) -> Gate:
        gate: Gate = self.app.state.gate
        return gate

    @property
    def accounts(self) -> Accounts:
        assert self.gate.accounts is not None
        return self.gate.accounts

    def client(self, role: Role | None = None, *, forms: bool = True) -> TestClient:
        """A browser; with `forms` it sends what the desk's own pages send along."""
        client = TestClient(self.app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=True)
        kind, word = "visit", "a visit that nobody else makes"
        if role is not None and role is not Role.NOBODY:
            kind, word = "login", self.gate.logins.begin(self.accounts.account(role.word))
        signed = self.gate.cookies._signers[kind].sign(word).decode()
        client.cookies.set(self.gate.cookies.name(kind), signed, domain="127.0.0.1", path="/")
        if forms:
            client.headers["X-CSRF-Token"] = self.gate.cookies.csrf(kind, word)
        return client

    def script(self, role: Role) -> TestClient:
        """A script with a token."""
        _, word = self.accounts.issue(role.word, "script", role=role.word, by="test")
        client = TestClient(self.app, base_url=ADDRESS, follow_redirects=False)
        client.headers["Authorization"] = f"Bearer {word}"
        return client


def team_over(*cases: Path, folder: Path, **settings: Any) -> Team:
    """A desk over these cases, with an account for each role."""
    place = folder / "team.accounts"
    with Accounts(place, make=True, passwords=QUICK) as accounts:
        for role in Role:
            if role is not Role.NOBODY:
                accounts.add(role.word, PASSWORD, role=role.word, by="test")
    given = {"places": tuple(map(str, cases)), "accounts": str(place), "secret": SECRET, **settings}
    team = Team(create_app(Settings(**given)))
    team.accounts.passwords = QUICK
    return team


@dataclass(frozen=True)
class Known:
    """A route of the desk with everything in its path filled in."""

    method: str
    path: str
    pattern: str
    route: Any


def routes(app: FastAPI) -> Iterator[Known]:
    """Every way in, routers unfolded, whatever kind of route it is."""
    unfolded = getattr(fastapi_routing, "iter_route_contexts", None)
    for found in unfolded(app.routes) if unfolded else app.routes:
        original = getattr(found, "original_route", found)
        pattern = getattr(found, "path", "") or ""
        for method in sorted(getattr(found, "methods", None) or {"ANY"}):
            yield Known(method, filled(pattern), pattern, original)


def filled(pattern: str, **known: str) -> str:
    """A path with a word for each of its parameters; a number where it wants one.

    >>> filled("/cases/{case}/log/{number:int}")
    '/cases/tokyo/log/1'
    """
    words = {"case": "tokyo", **known}

    def word(found: re.Match[str]) -> str:
        name, _, kind = found[1].partition(":")
        return words.get(name, "1" if kind in ("int", "float") or "number" in name else "word")

    return re.sub(r"\{([^}]+)\}", word, pattern)
