"""Requests that another site makes a browser send: refused, with accounts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.web.team import ADDRESS, SECRET, Team, team_over

from winset.web.access.forgery import HEADER
from winset.web.access.roles import Role
from winset.web.app import create_app
from winset.web.settings import Settings

ACTED = "/tokens"
FIELDS = {"label": "one", "role": "reader"}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = team_over(folder=tmp_path)
    yield made
    made.gate.close()


def test_a_form_of_the_own_page_is_taken_by_field_and_by_header(team: Team) -> None:
    client = team.client(Role.CODER)
    token = client.headers.pop(HEADER)
    assert client.post(ACTED, data=FIELDS).status_code == 403
    assert client.post(ACTED, data={**FIELDS, "csrf": token}).status_code == 200
    assert client.post(ACTED, data={**FIELDS, "csrf": token}, files={"f": b""}).status_code == 200
    assert client.post(ACTED, data=FIELDS, headers={HEADER: token}).status_code == 200


@pytest.mark.parametrize("sent", ["", "x", "é" * 64, "0" * 64])
def test_another_token_is_refused(team: Team, sent: str) -> None:
    client = team.client(Role.CODER)
    client.headers.pop(HEADER)
    assert client.post(ACTED, data={**FIELDS, "csrf": sent}).status_code == 403
    assert client.post(ACTED, data=FIELDS, files={"csrf": ("a.txt", sent.encode())}).status_code == 403


def test_the_token_of_another_login_is_refused(team: Team) -> None:
    client, other = team.client(Role.CODER), team.client(Role.EDITOR)
    assert client.post(ACTED, data=FIELDS, headers={HEADER: other.headers[HEADER]}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8000"},  # another port is another site's
        {"Origin": "https://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": ADDRESS, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_a_browser_says_of_another_site_is_refused_even_with_the_token(
    team: Team, headers: dict[str, str]
) -> None:
    assert team.client(Role.CODER).post(ACTED, data=FIELDS, headers=headers).status_code == 403


def test_what_a_browser_says_of_the_own_page_is_taken(team: Team) -> None:
    headers = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
    assert team.client(Role.CODER).post(ACTED, data=FIELDS, headers=headers).status_code == 200


def test_a_login_cannot_be_forged_either(team: Team) -> None:
    client = TestClient(team.app, base_url=ADDRESS, follow_redirects=False)
    assert client.post("/login", data={"name": "coder", "password": "whatever it is"}).status_code == 403


def test_a_script_needs_no_token_of_a_page(team: Team) -> None:
    script = team.script(Role.ADMIN)
    answer = script.post("/logout")
    assert (answer.status_code, "token cannot do this" in answer.text) == (403, True)  # not for want of a page's token


def test_single_user_mode_is_guarded_alike() -> None:
    app = create_app(Settings(single_user="ada", secret=SECRET))
    client = TestClient(app, base_url=ADDRESS, follow_redirects=False)
    assert client.post("/logout").status_code == 403
    token = client.get("/").text.partition('"X-CSRF-Token": "')[2].partition('"')[0]
    assert len(token) == 64
    assert client.post("/logout", headers={HEADER: token}).status_code == 303
    assert client.post("/logout", data={"csrf": token}).status_code == 303
    assert TestClient(app, base_url=ADDRESS).post("/logout", headers={HEADER: token}).status_code == 403
