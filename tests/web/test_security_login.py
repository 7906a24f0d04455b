"""Logins: brute force, unknown names, session fixation, ways back that lead elsewhere, ends, roles that rise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.web.team import ADDRESS, PASSWORD, Team, team_over

from winset.store.logins import IDLE, WHOLE
from winset.web.access.roles import Role


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def team(tmp_path: Path, clock: Clock) -> Iterator[Team]:
    made = team_over(folder=tmp_path)
    made.accounts.clock = clock
    yield made
    made.gate.close()


def browser(team: Team) -> TestClient:
    return TestClient(team.app, base_url=ADDRESS, follow_redirects=False)


def form(client: TestClient, **fields: str) -> dict[str, str]:
    """What the form on the login's page sends, as a browser reads it there."""
    page = client.get("/login").text
    return {"csrf": page.partition('name="csrf" value="')[2].partition('"')[0], **fields}


def log_in(client: TestClient, name: str = "coder", password: str = PASSWORD, **fields: str) -> int:
    return client.post("/login", data=form(client, name=name, password=password, **fields)).status_code


def test_a_login_without_a_script_and_its_cookie(team: Team) -> None:
    client = browser(team)
    assert client.get("/tokens").headers["location"] == "/login?next=/tokens"
    answer = client.post("/login", data=form(client, name="Coder", password=PASSWORD, next="/tokens"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/tokens")
    given = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("winset-login"))
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    assert "Secure" not in given
    assert "Domain" not in given
    assert client.get("/tokens").status_code == 200


def test_under_tls_cookies_are_secure_and_of_this_host_alone(tmp_path: Path) -> None:
    team = team_over(folder=tmp_path, https=True)
    client = TestClient(team.app, base_url="https://127.0.0.1", follow_redirects=False)
    answer = client.post("/login", data=form(client, name="coder", password=PASSWORD))
    given = next(each for each in answer.headers.get_list("set-cookie") if "login" in each)
    assert given.startswith("__Host-winset-login=")
    assert "Secure" in given
    assert "Path=/" in given
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    team.gate.close()


def test_brute_force_of_one_account_waits_longer_and_longer(team: Team, clock: Clock) -> None:
    client = browser(team)
    assert [log_in(client, password=f"a wrong guess {n}") for n in range(7)] == [401] * 5 + [429] * 2
    waits = []
    for _ in range(4):
        answer = client.post("/login", data=form(client, name="coder", password="a wrong guess"))
        assert answer.status_code == 429
        waits.append(int(answer.headers["retry-after"]))
        clock.now += waits[-1]
        assert log_in(client, password="a wrong guess") == 401
    assert waits == [1, 2, 4, 8]
    assert log_in(browser(team)) == 429  # the right password, from elsewhere, must wait too: it may be a guess
    clock.now += 16
    assert log_in(client) == 303
    assert log_in(browser(team), password="a wrong guess") == 401  # and it begins anew


def test_brute_force_over_many_names_waits_by_address(team: Team) -> None:
    client = browser(team)
    assert {log_in(client, name=f"name {n}", password="a wrong guess") for n in range(20)} == {401}
    assert log_in(client, name="another", password="a wrong guess") == 429


def test_failures_are_kept_when_the_server_starts_again(team: Team, tmp_path: Path) -> None:
    from winset.web.app import create_app

    for n in range(5):
        log_in(browser(team), password=f"a wrong guess {n}")
    again = Team(create_app(team.gate.settings))
    again.accounts.clock, again.accounts.passwords = team.accounts.clock, team.accounts.passwords
    assert log_in(browser(again)) == 429
    again.gate.close()


def test_a_name_that_nobody_has_is_answered_like_a_wrong_password(team: Team) -> None:
    client = browser(team)
    fields = form(client, password="a wrong guess")
    answers = [client.post("/login", data={**fields, "name": name}) for name in ("coder", "nobody at all")]
    team.accounts.set_disabled("reader", True, by="test")
    answers.append(client.post("/login", data={**fields, "name": "reader", "password": PASSWORD}))
    assert {each.status_code for each in answers} == {401}
    shown = {
        each.text.replace(name, "NAME")
        for each, name in zip(answers, ("coder", "nobody at all", "reader"), strict=True)
    }
    assert len(shown) == 1


def test_session_fixation_no_word_from_before_the_login_holds_after_it(team: Team) -> None:
    planted = team.gate.cookies._signers["login"].sign("chosen by somebody else").decode()
    client = browser(team)
    client.cookies.set(team.gate.cookies.name("login"), planted, domain="127.0.0.1", path="/")
    before = form(client)["csrf"]
    answer = client.post("/login", data={"csrf": before, "name": "coder", "password": PASSWORD})
    held = client.cookies.get(team.gate.cookies.name("login"))
    assert answer.status_code == 303
    assert held not in (None, planted)
    assert team.gate.logins.account("chosen by somebody else") is None
    assert client.post("/logout", data={"csrf": before}).status_code == 403  # the form's word is another, too


def test_a_second_login_leaves_the_first_behind(team: Team) -> None:
    client = team.client(Role.CODER)
    word = team.gate.cookies._signers["login"].unsign(next(iter(client.cookies.values()))).decode()
    answer = client.post("/login", data={"name": "reader", "password": PASSWORD})
    assert answer.status_code == 303
    assert team.gate.logins.account(word) is None


def test_a_cookie_that_this_desk_did_not_sign_is_nobodys(team: Team) -> None:
    word = team.gate.logins.begin(team.accounts.account("admin"))
    name = team.gate.cookies.name("login")
    as_visit = team.gate.cookies._signers["visit"].sign(word).decode()
    for forged in (word, f"{word}.signature", as_visit, "x" * 10_000, "=", f"{word}.{word}.{word}"):
        client = browser(team)
        client.headers["Cookie"] = f"{name}={forged}"
        assert client.get("/tokens").status_code == 303


def test_logout_ends_the_login_in_the_store(team: Team) -> None:
    client = team.client(Role.CODER)
    held = dict(client.cookies)
    assert client.post("/logout").headers["location"] == "/login"
    client.cookies.update(held)  # whoever copied the cookie
    assert client.get("/tokens").status_code == 303


def test_a_login_ends_when_idle_and_when_old(team: Team, clock: Clock) -> None:
    client = team.client(Role.CODER)
    clock.now += IDLE - 1
    assert client.get("/tokens").status_code == 200
    clock.now += IDLE + 1
    assert client.get("/tokens").status_code == 303
    client = team.client(Role.CODER)
    for _ in range(WHOLE // 3600 - 1):
        clock.now += 3600
        assert client.get("/tokens").status_code == 200
    clock.now += 3600
    assert client.get("/tokens").status_code == 303


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: a=b",
        "evil.example",
        "",
    ],
)
def test_the_way_back_leads_nowhere_else(team: Team, back: str) -> None:
    client = browser(team)
    answer = client.post("/login", data=form(client, name="coder", password=PASSWORD, next=back))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/login", params={"next": back}).headers["location"] == "/"


def test_a_role_that_changes_ends_the_login_and_the_next_one_has_another_word(team: Team) -> None:
    admin, coder = team.client(Role.ADMIN), team.client(Role.CODER)
    assert admin.post("/accounts/role", data={"name": "coder", "role": "reader"}).status_code == 303
    assert coder.get("/tokens").status_code == 303


def test_role_escalation_nobody_gives_themselves_more(team: Team) -> None:
    for role in (Role.READER, Role.CODER, Role.EDITOR):
        client = team.client(role)
        for path, fields in (
            ("/accounts", {"name": "mine", "password": PASSWORD, "role": "admin"}),
            ("/accounts/role", {"name": role.word, "role": "admin"}),
            ("/accounts/password", {"name": "admin", "password": "now it is mine alone"}),
            ("/accounts/disabled", {"name": "admin", "disabled": "true"}),
        ):
            assert client.post(path, data=fields).status_code == 403
        higher = Role(role + 1).word
        assert client.post("/tokens", data={"label": "more", "role": higher}).status_code == 400
        assert client.post("/tokens", data={"label": "none", "role": "owner"}).status_code == 400
        # a role in a form, a cookie or a header is nobody's
        client.cookies.set("role", "admin")
        assert client.get("/accounts", params={"role": "admin"}, headers={"X-Role": "admin"}).status_code == 403
    assert {account.name: account.role for account in team.accounts.all()} == {
        role.word: role.word for role in Role if role
    }


def test_nobody_revokes_the_token_of_another(team: Team) -> None:
    token, word = team.accounts.issue("admin", "theirs", role="admin", by="admin")
    assert team.client(Role.CODER).post("/tokens/revoke", data={"number": str(token.number)}).status_code == 404
    assert team.accounts.with_token(word)


def test_an_admin_does_not_shut_themselves_out(team: Team) -> None:
    admin = team.client(Role.ADMIN)
    assert admin.post("/accounts/role", data={"name": " ADMIN", "role": "reader"}).status_code == 400
    assert admin.post("/accounts/disabled", data={"name": "admin", "disabled": "true"}).status_code == 400


def test_what_an_admin_does_is_noted_and_no_password_is_shown(team: Team) -> None:
    admin = team.client(Role.ADMIN)
    fields = {"name": "<b>Bo</b>", "password": "a password like no other", "role": "coder"}
    assert admin.post("/accounts", data=fields).status_code == 303
    assert admin.post("/accounts", data=fields).status_code == 400
    assert admin.post("/accounts/disabled", data={"name": "<b>Bo</b>", "disabled": "true"}).status_code == 303
    page = admin.get("/accounts").text
    assert "a password like no other" not in page
    assert "<b>Bo" not in page
    assert "&lt;b&gt;Bo" in page
    assert [(each.by, each.act) for each in team.accounts.changes(limit=2)] == [("admin", "disable"), ("admin", "add")]


def test_a_new_password_needs_the_old_one_and_ends_all_other_logins(team: Team) -> None:
    here, there = team.client(Role.CODER), team.client(Role.CODER)
    wrong = here.post("/tokens/password", data={"password": "a wrong guess", "new": "another four grey herons"})
    assert wrong.status_code == 400
    done = here.post("/tokens/password", data={"password": PASSWORD, "new": "another four grey herons"})
    assert done.status_code == 303
    assert here.get("/tokens").status_code == 200
    assert there.get("/tokens").status_code == 303
    assert log_in(browser(team), password="another four grey herons") == 303


def test_the_word_of_a_token_is_shown_once(team: Team) -> None:
    client = team.client(Role.EDITOR)
    page = client.post("/tokens", data={"label": "weekly", "role": "reader"}).text
    word = "winset_" + page.partition("winset_")[2].partition("<")[0]
    assert word not in client.get("/tokens").text
    script = TestClient(team.app, base_url=ADDRESS, headers={"Authorization": f"Bearer {word}"})
    assert script.get("/", follow_redirects=False).status_code == 200
    client.post("/tokens/revoke", data={"number": "1"})
    assert script.get("/", follow_redirects=False).status_code == 401
