"""Accounts, their tokens and logins, and the wait after failures: on SQLite here, on PostgreSQL where there is one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from winset.errors import BadAccount, NoServer, NotACase, UnknownName
from winset.store import account_tables
from winset.store.account_database import AccountDatabase
from winset.store.accounts import Accounts
from winset.store.logins import IDLE, WHOLE, Logins
from winset.store.passwords import Passwords

PASSWORD = "four quiet grey herons"
QUICK = Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


class Clock:
    """A clock that stands still until it is told to go."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["file", "server"])
def accounts(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Accounts]:
    server: str = request.getfixturevalue("postgres") if request.param == "server" else ""
    place: str | Path = server or tmp_path / "people.accounts"
    if server:
        _drop(server)
    with Accounts(place, make=True, passwords=QUICK, clock=clock) as made:
        made.add("Ada", PASSWORD, role="coder", by="root")
        yield made
    if server:
        _drop(server)


def _drop(server: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS winset_accounts CASCADE")


def test_the_migrations_make_the_tables(accounts: Accounts) -> None:
    with accounts.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, account_tables.metadata) == []


def test_a_file_of_accounts_is_for_its_owner_only_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "people.accounts"
    with Accounts(path, make=True, passwords=QUICK) as made:
        made.add("Ada", PASSWORD, role="admin", by="root")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD.encode() not in path.read_bytes()
    with Accounts(path, passwords=QUICK) as opened:
        assert [(each.name, each.role) for each in opened.all()] == [("Ada", "admin")]


def test_what_is_no_file_of_accounts_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("just words, and more of them")
    with pytest.raises(NotACase, match="not a file of winset accounts"):
        Accounts(other, make=True)
    assert other.read_text() == "just words, and more of them"
    with pytest.raises(NotACase, match="no accounts there"):
        Accounts(tmp_path / "none")


def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(NoServer) as told:
        Accounts("postgresql://ada:verysecret@127.0.0.1:9/none")
    assert "verysecret" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [
        ("Bo", "elevenchars", "reader"),
        ("Bo", "aaaaaaaaaaaaaaaa", "reader"),
        ("lovelacelovelace", "lovelacelovelace", "reader"),
        ("Bo", "x" * 1_025, "reader"),
        ("", PASSWORD, "reader"),
        ("Bo\x1b[31m", PASSWORD, "reader"),
        ("B" * 65, PASSWORD, "reader"),
        ("Bo", PASSWORD, "owner"),
        ("ADA", PASSWORD, "reader"),
    ],
)
def test_names_passwords_and_roles_that_no_account_can_have(
    accounts: Accounts, name: str, password: str, role: str
) -> None:
    with pytest.raises(BadAccount):
        accounts.add(name, password, role=role, by="root")


def test_only_the_right_password_of_an_enabled_account_counts(accounts: Accounts) -> None:
    assert accounts.with_password(" ada ", PASSWORD)
    assert accounts.with_password("Ada", PASSWORD + "!") is None
    assert accounts.with_password("Nobody", PASSWORD) is None
    assert accounts.with_password("Nobody", "the password of nobody") is None
    accounts.set_disabled("Ada", True, by="root")
    assert accounts.with_password("Ada", PASSWORD) is None


def test_a_wrong_name_is_hashed_like_a_wrong_password(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    hasher, asked = QUICK._hasher, []

    class Counting:
        current_hasher = hasher.current_hasher

        def verify(self, password: str, kept: str) -> bool:
            asked.append(kept)
            return hasher.verify(password, kept)

    monkeypatch.setitem(QUICK.__dict__, "_hasher", Counting())
    accounts.with_password("Ada", "a wrong password")
    accounts.with_password("Nobody at all", "a wrong password")
    assert len(asked) == 2
    assert all(kept.startswith("$argon2id$") for kept in asked)


def test_a_hash_of_weaker_parameters_is_made_anew_when_its_owner_comes(tmp_path: Path) -> None:
    path = tmp_path / "people.accounts"
    with Accounts(path, make=True, passwords=QUICK) as made:
        made.add("Ada", PASSWORD, role="admin", by="root")
    stronger = Passwords(PasswordHash((Argon2Hasher(time_cost=2, memory_cost=16, parallelism=1),)))
    with Accounts(path, passwords=stronger) as opened:
        assert opened.with_password("Ada", PASSWORD)
        with opened.database.reading() as connection:
            kept = connection.execute(account_tables.account.select()).mappings().one()["password_hash"]
        assert "m=16,t=2" in kept
        assert opened.with_password("Ada", PASSWORD)


def test_a_login_ends_when_idle_when_old_and_when_left(accounts: Accounts, clock: Clock) -> None:
    logins, ada = Logins(accounts), accounts.account("Ada")
    word = logins.begin(ada)
    assert logins.account(word) == ada
    assert logins.account(word[:-1] + "x") is None
    clock.now += IDLE - 1
    assert logins.account(word) == ada  # and it was used now
    clock.now += IDLE
    assert logins.account(word) is None
    word = logins.begin(ada)
    for _ in range(WHOLE // 3600):
        clock.now += 3600
        found = logins.account(word)
    assert found is None
    word = logins.begin(ada)
    logins.end(word)
    assert logins.account(word) is None


@pytest.mark.parametrize("change", ["role", "password", "disabled"])
def test_a_change_of_the_account_ends_its_logins(accounts: Accounts, change: str) -> None:
    logins = Logins(accounts)
    word = logins.begin(accounts.account("Ada"))
    match change:
        case "role":
            accounts.set_role("Ada", "reader", by="root")
        case "password":
            accounts.set_password("Ada", PASSWORD + "s", by="root")
        case _:
            accounts.set_disabled("Ada", True, by="root")
            accounts.set_disabled("Ada", False, by="root")
    assert logins.account(word) is None
    assert {each.act for each in accounts.changes()} & {change, "disable"}


def test_a_token_never_does_more_than_its_account(accounts: Accounts) -> None:
    with pytest.raises(BadAccount, match="coder"):
        accounts.issue("Ada", "night run", role="editor", by="Ada")
    token, word = accounts.issue("Ada", "night run", role="coder", by="Ada")
    account, role = accounts.with_token(word) or pytest.fail("the token opens nothing")
    assert (account.name, role) == ("Ada", "coder")
    accounts.set_role("Ada", "reader", by="root")
    assert accounts.with_token(word) == (accounts.account("Ada"), "reader")
    accounts.set_disabled("Ada", True, by="root")
    assert accounts.with_token(word) is None
    accounts.set_disabled("Ada", False, by="root")
    with pytest.raises(UnknownName):
        accounts.revoke(token.number, by="Bo", of="Bo")
    accounts.revoke(token.number, by="Ada", of="ada")
    assert accounts.with_token(word) is None
    assert accounts.with_token("winset_") is None


def test_neither_token_nor_login_is_kept_in_words(tmp_path: Path) -> None:
    path = tmp_path / "people.accounts"
    with Accounts(path, make=True, passwords=QUICK) as made:
        ada = made.add("Ada", PASSWORD, role="admin", by="root")
        words = [made.issue("Ada", "one", role="reader", by="Ada")[1], Logins(made).begin(ada)]
    kept = path.read_bytes()
    assert not any(word.encode() in kept for word in words)


def test_every_change_says_who_made_it(accounts: Accounts) -> None:
    accounts.set_role("Ada", "editor", by="Grace")
    accounts.set_role("Ada", "editor", by="Grace")  # nothing changes
    token, _ = accounts.issue("Ada", "one", role="reader", by="Ada")
    accounts.revoke(token.number, by="Grace")
    told = [(each.by, each.act, each.account, each.detail) for each in accounts.changes()]
    assert told == [
        ("Grace", "revoke", "Ada", "one"),
        ("Ada", "token", "Ada", "one, reader"),
        ("Grace", "role", "Ada", "coder to editor"),
        ("root", "add", "Ada", "coder"),
    ]


def test_failures_make_the_next_wait_longer_and_a_success_ends_it(accounts: Accounts, clock: Clock) -> None:
    logins = Logins(accounts)
    assert [logins.attempt("Ada", "192.0.2.1").wait for _ in range(5)] == [0] * 5
    assert logins.attempt("ADA", "192.0.2.2").wait == 1  # from another address too
    assert logins.attempt("Bo", "192.0.2.1").wait == 0
    waits = []
    for _ in range(12):
        wait = logins.attempt("Ada", "192.0.2.3").wait
        clock.now += wait
        assert logins.attempt("Ada", "192.0.2.3").wait == 0
        waits.append(wait)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    clock.now += 300
    logins.succeeded(logins.attempt("Ada", "192.0.2.3"))
    assert [logins.attempt("Ada", "192.0.2.9").wait for _ in range(5)] == [0] * 5


def test_an_address_that_tries_many_names_waits_too(accounts: Accounts) -> None:
    logins = Logins(accounts)
    waits = [logins.attempt(f"name {number}", "2001:db8::1").wait for number in range(20)]
    assert waits == [0] * 20
    assert logins.attempt("yet another", "2001:db8::ffff").wait == 1
    assert logins.attempt("yet another", "2001:db8:1::1").wait == 0


def test_a_hundred_tries_at_once_count_like_a_hundred_in_a_row(accounts: Accounts) -> None:
    logins = Logins(accounts)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: logins.attempt("Ada", "192.0.2.1").wait, range(40)))
    assert waits.count(0) == 5


def test_who_stood_in_line_need_not_wait_for_what_others_noted_meanwhile(accounts: Accounts, clock: Clock) -> None:
    logins = Logins(accounts)
    logins.attempt("Bo", "192.0.2.1")
    told = iter((clock.now - 2, clock.now))  # when it came, and when its turn was
    accounts.clock = lambda: next(told)
    assert logins.attempt("Ada", "192.0.2.1").wait == 0


def test_failures_of_yesterday_are_forgotten(accounts: Accounts, clock: Clock) -> None:
    logins = Logins(accounts)
    for _ in range(5):
        logins.attempt("Ada", "192.0.2.1")
    clock.now += 24 * 3600
    assert logins.attempt("Ada", "192.0.2.1").wait == 0
    assert logins.attempt("Ada", "192.0.2.1").wait == 0


def test_two_who_come_at_once_are_not_both_taken(accounts: Accounts) -> None:
    def add(_: int) -> bool:
        try:
            accounts.add("Bo", PASSWORD, role="reader", by="root")
        except BadAccount:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(4))) == 1


def test_a_database_can_be_shared_by_two_processes(tmp_path: Path) -> None:
    path = tmp_path / "people.accounts"
    with AccountDatabase(path, make=True) as one, AccountDatabase(path) as two:
        Accounts(one, passwords=QUICK).add("Ada", PASSWORD, role="admin", by="root")
        assert Accounts(two, passwords=QUICK).account("ada").name == "Ada"
