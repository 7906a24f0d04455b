"""`winset serve`: who may be served, where; and a server that starts, answers and ends."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.cli.conftest import STATED, Winset

from winset.store.accounts import Accounts

PASSWORD = "four quiet grey herons"
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WINSET_SECRET", "WINSET_DATABASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def team(folder: Path) -> Path:
    """A file of accounts with one in it."""
    place = folder / "team.accounts"
    with Accounts(place, make=True) as accounts:
        accounts.add("Ada", PASSWORD, role="admin", by="test")
    return place


def refused(winset: Winset, *words: str) -> str:
    ended = winset("serve", *words)
    assert ended.status == 2
    (line,) = ended.complaints
    return line


@pytest.mark.parametrize(
    "elsewhere",
    [
        ["--host", "0.0.0.0"],  # noqa: S104 - which is refused
        ["--host", "::"],
        ["--host", "192.0.2.1"],
        ["--host", "desk.example"],
        ["--allowed-host", "desk.example"],
        ["--https"],
        ["--forwarded-allow-ips", "127.0.0.1"],
    ],
)
def test_any_other_address_demands_accounts_and_a_secret(
    winset: Winset, team: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: list[str]
) -> None:
    assert "people elsewhere need accounts" in refused(winset, "a.winset", *elsewhere)
    with_accounts = ["a.winset", "--accounts", str(team), *elsewhere]
    assert "WINSET_SECRET must hold 32" in refused(winset, *with_accounts)
    monkeypatch.setenv("WINSET_SECRET", "short")
    line = refused(winset, *with_accounts)
    assert "WINSET_SECRET must hold 32" in line
    assert "short" not in line


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "nothing to serve"),
        (["a.winset", "--accounts", "none"], "no accounts there"),
        (["none.winset"], "nothing there"),
        (["a.winset", "--forwarded-allow-ips", "*"], "IP addresses"),
        (["a.winset", "--allowed-host", "https://desk.example/"], "a name alone"),
        (["--database", "postgresql://ada:verysecret@127.0.0.1:9/none"], "does not answer"),
    ],
)
def test_what_cannot_be_served_is_told_in_a_line(
    winset: Winset, folder: Path, words: list[str], complaint: str
) -> None:
    line = refused(winset, *words, "--port", "0")
    assert complaint in line
    assert "verysecret" not in line


def test_accounts_that_nobody_can_use_serve_nobody(winset: Winset, folder: Path, team: Path) -> None:
    with Accounts(team) as accounts:
        accounts.set_disabled("Ada", True, by="test")
    assert "no account yet that could log in" in refused(winset, "a.winset", "--accounts", str(team))


def test_a_port_that_is_taken_is_told_in_a_line(winset: Winset, folder: Path) -> None:
    winset("new", "a.winset", *STATED)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refused(winset, "a.winset", "--port", str(port)).startswith(f"port {port} is taken")


def test_without_the_extra_one_line_says_what_to_install(
    winset: Winset, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import util

    monkeypatch.setattr(util, "find_spec", lambda _name: None)
    assert refused(winset, "a.winset") == "the desk needs packages of its own: pip install 'winset[web]'"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_it_serves_until_it_is_told_to_end(winset: Winset, folder: Path, team: Path) -> None:
    winset("new", "a.winset", *STATED)
    command = [shutil.which("winset") or "winset", "serve", "a.winset", "--port", "0"]
    if not shutil.which("winset"):
        command[:1] = [sys.executable, "-c", "from winset.cli import main; main()"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+/) serves 1 case, for (.*) alone; Ctrl-C ends it\n", line)
        assert found, line
        with urllib.request.urlopen(found[1], timeout=20) as answer:
            assert b"training centre" in answer.read()
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert told == "winset: ended; what was acknowledged is kept\n"


def test_accounts_of_a_database_are_found_there(winset: Winset, folder: Path, postgres: str) -> None:
    import psycopg

    def drop() -> None:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS winset_accounts CASCADE")

    drop()
    try:
        assert "people elsewhere need accounts" in refused(winset, "--database", postgres, "--host", "0.0.0.0")  # noqa: S104
        os.environ["WINSET_PASSWORD"] = PASSWORD
        assert winset("account", "add", "Ada", "--role", "admin", "--database", postgres).status == 0
        assert winset("account", "--database", postgres).out == "Ada  admin\n"
        assert "WINSET_SECRET must hold" in refused(winset, "--database", postgres, "--host", "0.0.0.0")  # noqa: S104
    finally:
        os.environ.pop("WINSET_PASSWORD", None)
        drop()
