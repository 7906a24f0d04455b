"""Roles: one mechanism, and no route beside it. All routes are walked as everybody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from fastapi.responses import Response
from starlette.routing import Mount
from tests.web.team import Known, Team, routes, team_over

from winset.web.access.gate import Admits, Gate
from winset.web.access.roles import Role
from winset.web.routing import Guarded, Pages

BESIDE_THE_GATE = {"static"}  # by name: files that come with winset, the same for everybody
OPEN = {("GET", "/login"), ("POST", "/login")}
BY_READERS = {("POST", path) for path in ("/logout", "/tokens", "/tokens/revoke", "/tokens/password")}  # their own
SAFE = ("GET", "HEAD", "OPTIONS")
REACHED = 299


@pytest.fixture(scope="module")
def team(example_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The desk, of which every page only says that it was reached: what is walked here is the way in."""
    made = team_over(example_case, folder=tmp_path_factory.mktemp("team"))
    admit = made.gate.admit

    async def reached(_request: Request) -> Response:
        return Response(status_code=REACHED)

    def only_the_way_in(request: Request, admits: Admits, _handle: Any) -> Awaitable[Response]:
        return admit(request, admits, reached)

    made.gate.admit = only_the_way_in  # type: ignore[method-assign,assignment]
    yield made
    made.gate.close()


def walked(team: Team) -> list[Known]:
    return [each for each in routes(team.app) if isinstance(each.route, Guarded)]


def test_every_route_is_under_the_mechanism(team: Team) -> None:
    beside = [each for each in routes(team.app) if not isinstance(each.route, Guarded)]
    assert {each.route.name for each in beside if isinstance(each.route, Mount)} == BESIDE_THE_GATE
    assert [each for each in beside if not isinstance(each.route, Mount)] == []
    assert len(walked(team)) > 15


def test_what_is_open_to_nobody_is_the_login_alone(team: Team) -> None:
    opened = {(each.method, each.pattern) for each in walked(team) if each.route.admits.role is Role.NOBODY}
    assert opened == OPEN


def test_a_reader_changes_nothing_but_what_is_their_own(team: Team) -> None:
    changing = {
        (each.method, each.pattern)
        for each in walked(team)
        if each.method not in SAFE and each.route.admits.role <= Role.READER
    }
    assert {each for each in changing if not each[1].endswith("/decide")} <= OPEN | BY_READERS


def test_accounts_are_made_by_admins_who_sit_at_a_browser(team: Team) -> None:
    for each in walked(team):
        if each.pattern.startswith("/accounts"):
            assert each.route.admits.role is Role.ADMIN
        if each.pattern.startswith(("/accounts", "/tokens", "/log")) and "{" not in each.pattern:
            assert not each.route.admits.by_token, each.pattern


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.word)
def test_every_route_as_everybody(team: Team, role: Role) -> None:
    client = team.client(role)
    for each in walked(team):
        admits: Admits = each.route.admits
        answer = client.request(each.method, each.path)
        if role is Role.NOBODY and admits.role > Role.NOBODY:
            if each.path.startswith("/api/"):
                assert answer.status_code == 401, each
                assert answer.headers["www-authenticate"] == "Bearer"
            else:
                assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login"), each
        else:
            assert answer.status_code == (REACHED if role >= admits.role else 403), (each, answer.text)


@pytest.mark.parametrize("role", list(Role)[1:], ids=lambda role: role.word)
def test_every_route_by_token(team: Team, role: Role) -> None:
    client = team.script(role)
    for each in walked(team):
        admits: Admits = each.route.admits
        allowed = role >= admits.role and admits.by_token
        assert client.request(each.method, each.path).status_code == (REACHED if allowed else 403), each


def test_a_token_that_does_not_hold_opens_nothing_whatever_cookie_lies_beside_it(team: Team) -> None:
    client = team.client(Role.ADMIN)
    for each in walked(team):
        if each.route.admits.role > Role.NOBODY:
            answer = client.request(each.method, each.path, headers={"Authorization": "Bearer winset_none"})
            assert answer.status_code == 401, each
    for shown in ("Bearer ", "Basic YWRtaW46YWRtaW4=", "winset_none", "Bearer " + "x" * 5_000):
        assert client.get("/accounts", headers={"Authorization": shown}).status_code == 401


def test_a_changing_route_wants_the_token_of_the_own_pages(team: Team) -> None:
    client = team.client(Role.ADMIN, forms=False)
    for each in walked(team):
        if each.method not in SAFE:
            assert client.request(each.method, each.path).status_code == 403, each


def test_a_part_of_a_page_sends_the_whole_page_to_the_login(team: Team) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/cases/tokyo/check?state=open"}
    answer = team.client().get("/tokens", headers=asked)
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/login?next=/cases/tokyo/check%3Fstate%3Dopen"


def endpoint() -> None: ...


@pytest.mark.parametrize("register", ["get", "post", "put", "patch", "delete", "options", "head", "trace"])
def test_a_route_without_a_role_cannot_be_registered(register: str) -> None:
    with pytest.raises(TypeError):
        getattr(Pages(), register)("/somewhere")(endpoint)


@pytest.mark.parametrize(
    "register",
    [
        lambda pages: pages.add_api_route("/somewhere", endpoint),
        lambda pages: pages.add_api_route("/somewhere", endpoint, role="admin"),
        lambda pages: pages.add_route("/somewhere", endpoint),
        lambda pages: pages.mount("/somewhere", endpoint),
        lambda pages: pages.add_websocket_route("/somewhere", endpoint),
        lambda pages: pages.websocket("/somewhere")(endpoint),
    ],
)
def test_no_other_way_of_registering_goes_around_it(register: Callable[[Pages], None]) -> None:
    with pytest.raises(TypeError):
        register(Pages())


def test_without_accounts_nobody_is_let_in(tmp_path: Path) -> None:
    from winset.errors import NotACase, NotConfigured
    from winset.web.settings import Settings

    with pytest.raises(NotConfigured, match="no accounts"):
        Gate(Settings(secret="x" * 40))
    with pytest.raises(NotACase):
        Gate(Settings(accounts=str(tmp_path / "none"), secret="x" * 40))
    team = team_over(folder=tmp_path)
    with pytest.raises(NotConfigured, match="secret"):
        Gate(Settings(accounts=team.gate.settings.accounts, secret="short"))
