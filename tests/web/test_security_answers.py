"""What every answer carries, and under which names the desk is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.web.team import ADDRESS, SECRET, Team, routes, team_over

from winset.web.access.roles import Role
from winset.web.access.shield import ALWAYS, CONTENT_SECURITY_POLICY
from winset.web.app import create_app
from winset.web.settings import Settings


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    made = team_over(folder=tmp_path_factory.mktemp("team"))
    yield made
    made.gate.close()


def test_the_policy_allows_no_script_or_style_in_a_page() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")


def test_every_answer_carries_the_policy_refusals_and_mistakes_too(team: Team) -> None:
    client = team.client(Role.ADMIN)
    paths = [each.path for each in routes(team.app) if each.method == "GET"]
    asked = [*paths, "/nowhere", "/cases/none", "/static/desk.css", "/static/none", "/static/../app.py"]
    for path in asked:
        answer = client.get(path)
        for name, value in ALWAYS.items():
            assert answer.headers.get(name) == value, path
        assert answer.headers["cache-control"] in ("no-store", "no-cache"), path
        assert "server" not in answer.headers
    for method in ("PUT", "PROPFIND", "TRACE"):
        assert client.request(method, "/").headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_a_mistake_of_ours_says_nothing_and_is_covered(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("where the passwords are")

    monkeypatch.setattr(team.accounts, "changes", broken)
    client = team.client(Role.ADMIN)
    client = TestClient(team.app, base_url=ADDRESS, raise_server_exceptions=False, cookies=client.cookies)
    answer = client.get("/accounts")
    assert answer.status_code == 500
    assert "passwords are" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "127.0.0.1:80@evil.example", "[::1", "x"],
)
def test_dns_rebinding_another_name_for_this_machine_is_not_served(team: Team, host: str) -> None:
    assert team.client(Role.ADMIN).get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "LOCALHOST:80", "[::1]:8765"])
def test_the_names_of_this_machine_are_served(team: Team, host: str) -> None:
    assert TestClient(team.app, base_url=ADDRESS).get("/login", headers={"Host": host}).status_code == 200


def test_behind_a_proxy_the_one_person_at_this_machine_would_be_everybody() -> None:
    client = TestClient(create_app(Settings(single_user="ada", secret=SECRET)), base_url=ADDRESS)
    assert client.get("/").status_code == 200
    for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"):
        assert client.get("/", headers={name: "203.0.113.5"}).status_code == 403


def test_where_all_addresses_are_listened_to_numbers_are_served_and_unknown_names_are_not(tmp_path: Path) -> None:
    team = team_over(folder=tmp_path, hosts=("desk.example.org",), any_ip=True)
    client = TestClient(team.app, base_url=ADDRESS)
    for host, status in {
        "desk.example.org": 200,
        "192.0.2.4:8765": 200,
        "[2001:db8::1]": 200,
        "other.org": 421,
    }.items():
        assert client.get("/login", headers={"Host": host}).status_code == status
    team.gate.close()


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/%00", "/%00"],
)
def test_static_files_are_those_of_the_folder(team: Team, path: str) -> None:
    answer = team.client(Role.ADMIN).get(path)
    assert answer.status_code in (400, 404)
    assert "create_app" not in answer.text


def test_an_address_that_is_too_long_is_refused(team: Team) -> None:
    assert team.client(Role.ADMIN).get("/" + "x" * 9_000).status_code == 414
    assert team.client(Role.ADMIN).get("/?q=" + "x" * 9_000).status_code == 414
