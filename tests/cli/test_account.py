"""`winset account`: people are let in from the command line, and no password is ever shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Winset

from winset.store.accounts import Accounts

PASSWORD = "four quiet grey herons"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINSET_PASSWORD", PASSWORD)
    monkeypatch.delenv("WINSET_DATABASE", raising=False)


def test_an_account_from_its_making_to_its_end(winset: Winset, folder: Path) -> None:
    team = ("--accounts", "team.accounts", "--by", "root")
    assert winset("account", "add", "Ada", "--role", "admin", *team).out == "Ada may log in as admin\n"
    assert winset("account", "add", "Bo", *team).out == "Bo may log in as reader\n"
    assert winset("account", "role", "bo", "editor", *team).out == "Bo is now editor; logins ended\n"
    word = winset("account", "token", "Bo", "weekly", "--role", "coder", *team).out.strip()
    assert word.startswith("winset_")
    assert winset("account", "tokens", *team).out == "1  Bo  coder  weekly: used never\n"
    winset("account", "revoke", "1", *team)
    winset("account", "password", "Bo", *team)
    winset("account", "disable", "Bo", *team)
    assert winset("account", *team).out == "Ada  admin\nBo   editor, shut out\n"
    winset("account", "enable", "Bo", *team)
    told = json.loads(winset("account", "log", "--json", *team).out)
    acts = ["enable", "disable", "password", "revoke", "token", "role", "add", "add"]
    assert [each["act"] for each in told] == acts
    assert {each["by"] for each in told} == {"root"}
    assert not any(PASSWORD in str(each) or word in str(each) for each in told)
    assert word not in winset("account", "tokens", "Bo", "--json", *team).out
    with Accounts(folder / "team.accounts") as accounts:
        assert accounts.with_password("Bo", PASSWORD)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["add", "Ada"], "which accounts?"),
        (["frob", "--accounts", "a"], "no verb 'frob'"),
        (["add", "--accounts", "a"], "write one of"),
        (["list", "--role", "admin", "--accounts", "a"], "takes no --role"),
        (["list", "--accounts", "none"], "no accounts there"),
        (["add", "Ada", "--role", "owner", "--accounts", "a"], "no role 'owner'"),
        (["list", "--database", "postgresql://ada:verysecret@127.0.0.1:9/none"], "does not answer"),
        (["list", "--database", "mysql://ada@x/y"], "mysql"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(winset: Winset, folder: Path, words: list[str], complaint: str) -> None:
    ended = winset("account", *words)
    assert ended.status == 2
    (line,) = ended.complaints
    assert complaint in line
    assert "verysecret" not in line


def test_a_short_password_is_refused_and_not_repeated(
    winset: Winset, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WINSET_PASSWORD", "secret")
    ended = winset("account", "add", "Ada", "--accounts", "team.accounts")
    assert ended.status == 2
    assert ended.complaints == ["a password of 6 characters: 12 to 1,024 are allowed"]
