"""What is particular to a case on a PostgreSQL server, against a real one."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import make_url, text
from tests.postgres import fresh, role
from tests.store import test_case_store as cases

from winset.actors.judgements import Judgement, Verb
from winset.corpus.types import Document, Rejected
from winset.errors import (
    BadCase,
    CannotWrite,
    CaseExists,
    LockedCase,
    NewerCase,
    NoServer,
    NotACase,
    NotConfigured,
    NotText,
)
from winset.store import servers, tables
from winset.store.addresses import CaseAddress, ServerAddress
from winset.store.case_store import CaseStore
from winset.store.types import Coding

SPEC = cases.SPEC
NOTHING = Coding(statements=(), identifications=())


def _done(server: str, words: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(words.encode())


def _schema(case: str) -> str:
    return f'"{CaseAddress.read(case).schema}"'


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://h/d",
        "postgresql://h/d#",
        "postgresql://h/d#Tokyo",
        "postgresql://h/d#a b",
        'postgresql://h/d#a"; DROP SCHEMA public; --',
        f"postgresql://h/d#{'a' * 51}",
        "postgresql://h:port/d#a",
        "mysql://h/d#a",
    ],
)
def test_an_address_that_names_no_case_is_refused(address: str) -> None:
    with pytest.raises(BadCase):
        CaseAddress.read(address)


@pytest.mark.parametrize(
    "address", ["postgresql://ada:geheim@127.0.0.1:9/d#a", "postgresql://ada@127.0.0.1:9/d?password=geheim#a"]
)
def test_a_server_that_does_not_answer_is_told_in_one_line_without_the_password(address: str) -> None:
    with pytest.raises(NoServer) as told:
        CaseStore.open(address)
    assert "geheim" not in f"{told.value}{CaseAddress.read(address)!r}"
    assert "\n" not in str(told.value)
    with pytest.raises(BadCase) as refused:
        CaseStore.open(address.replace(":9/", ":nine/"))
    assert "geheim" not in str(refused.value)


def test_an_address_with_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(BadCase, match="sslmood"):
        CaseStore.open("postgresql://127.0.0.1:9/d?sslmood=require#a")


def test_without_the_driver_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NotConfigured, match=r"pip install 'winset\[postgres\]'"):
        CaseStore.open("postgresql://127.0.0.1:9/d#a")


def test_a_database_that_is_not_there_is_told(postgres: str) -> None:
    with pytest.raises(NoServer, match="nowhere"):
        CaseStore.open(f"{make_url(postgres).set(database='nowhere').render_as_string(hide_password=False)}#a")


def test_a_new_case_never_replaces_one(served: str) -> None:
    CaseStore.create(served, SPEC).close()
    with pytest.raises(CaseExists, match="is there already"):
        CaseStore.create(served, SPEC)


def test_nothing_and_schemas_of_others_are_not_cases(served: str, postgres: str) -> None:
    with pytest.raises(NotACase, match="nothing there"):
        CaseStore.open(served)
    _done(postgres, f"CREATE SCHEMA {_schema(served)}; CREATE TABLE {_schema(served)}.shopping (thing text)")
    with pytest.raises(NotACase, match="another program"):
        CaseStore.open(served)
    with pytest.raises(CaseExists):
        CaseStore.create(served, SPEC)


def test_an_empty_schema_that_somebody_prepared_is_taken(served: str, postgres: str) -> None:
    _done(postgres, f"CREATE SCHEMA {_schema(served)}")
    with CaseStore.create(served, SPEC) as store:
        assert store.spec() == SPEC


def test_a_case_that_cannot_be_made_leaves_nothing_behind(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("winset.store.case_store._write_case", interrupted)
    with pytest.raises(KeyboardInterrupt):
        CaseStore.create(served, SPEC)
    with pytest.raises(NotACase, match="nothing there"):
        CaseStore.open(served)


def test_two_who_make_the_same_case_at_once_make_one(served: str) -> None:
    def made(_: int) -> bool:
        try:
            CaseStore.create(served, SPEC).close()
        except CaseExists:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(made, range(2))) == [False, True]


def test_the_cases_of_a_database_are_listed(served: str, postgres: str) -> None:
    CaseStore.create(served, SPEC).close()
    _done(postgres, 'CREATE SCHEMA IF NOT EXISTS "case_of-wine"')
    try:
        found = servers.cases(ServerAddress(postgres))
    finally:
        _done(postgres, 'DROP SCHEMA "case_of-wine"')
    assert CaseAddress.read(served).name in found
    assert "of-wine" not in found
    assert list(found) == sorted(found)


def test_a_case_of_a_later_winset_is_left_alone(served: str, postgres: str) -> None:
    CaseStore.create(served, SPEC).close()
    later = f"'{tables.SCHEMA + 1:04d}'"
    _done(postgres, f"ALTER TABLE {_schema(served)}.alembic_version ALTER version_num TYPE text USING {later}")
    with pytest.raises(NewerCase, match="update winset"):
        CaseStore.open(served)


def test_a_writer_waits_for_another_and_then_says_so(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "PATIENCE", 0.2)
    bad = Rejected(name="a", reason="b", kind="Empty")
    with CaseStore.create(served, SPEC) as store, CaseStore.open(served) as other:
        with other.database.transaction(writes=True):
            with pytest.raises(LockedCase, match="another process"):
                store.reject(bad)
            assert store.rejected() == ()  # who reads waits for nobody
        store.reject(bad)
        assert store.rejected() == (bad,)


def test_writers_of_one_case_queue_up_and_those_of_another_do_not(served: str, postgres: str) -> None:
    numbers = 12

    def said(_: int) -> None:
        with CaseStore.open(served) as own, own.database.transaction(writes=True) as connection:
            last = connection.execute(text("SELECT coalesce(max(rank), 0) FROM rejection")).scalar_one()
            words = text("INSERT INTO rejection (rank, name, reason, kind) VALUES (:next, :next, '', '')")
            connection.execute(words, {"next": last + 1})

    with CaseStore.create(served, SPEC) as store:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(said, range(numbers)))
        assert store.counts()["rejection"] == numbers
        with (
            fresh(postgres) as another,
            CaseStore.create(another, SPEC) as free,
            store.database.transaction(writes=True),
        ):
            free.reject(Rejected(name="a", reason="b", kind="Empty"))


def test_one_reading_sees_one_state(served: str) -> None:
    with CaseStore.create(served, SPEC) as store, CaseStore.open(served) as other:
        with store.database.transaction(writes=False) as connection:
            count = text("SELECT count(*) FROM document")
            assert connection.execute(count).scalar_one() == 0
            other.add(Document(name="a", text="A whale."), NOTHING)
            assert connection.execute(count).scalar_one() == 0
        assert len(store.documents()) == 1


def test_a_reading_transaction_cannot_write(served: str) -> None:
    with (
        CaseStore.create(served, SPEC) as store,
        pytest.raises(CannotWrite),
        store.database.transaction(writes=False) as connection,
    ):
        connection.execute(text("DELETE FROM document"))


def test_a_server_that_goes_away_is_told_and_found_again(served: str, postgres: str) -> None:
    process = text("SELECT pg_backend_pid()")

    def cut(store: CaseStore) -> None:
        with store.database.transaction(writes=True) as connection:
            _done(postgres, f"SELECT pg_terminate_backend({connection.execute(process).scalar_one()})")
            connection.execute(text("DELETE FROM document"))

    with CaseStore.create(served, SPEC) as store:
        with pytest.raises(NoServer):
            cut(store)
        store.add(Document(name="a", text="A whale."), NOTHING)
        with store.database.transaction(writes=False) as connection:
            idle = connection.execute(process).scalar_one()
        _done(postgres, f"SELECT pg_terminate_backend({idle})")
        assert len(store.documents()) == 1


def test_a_text_that_the_server_cannot_hold_is_refused_and_nothing_is_kept(served: str) -> None:
    with CaseStore.create(served, SPEC) as store:
        with pytest.raises(NotText, match="NUL"):
            store.add(Document(name="a", text="torn \0 text"), NOTHING)
        with pytest.raises(NotText, match="NUL"):
            store.add_judgement(Judgement(number=1, verb=Verb.IS, subject="x", object="y", by="Ada", why="\0"))
        assert (store.documents(), store.judgements()) == ((), ())


def test_long_names_and_reasons_are_kept_once(served: str) -> None:
    letters = "".join(chr(0x4E00 + number * 7 % 9973) for number in range(3000))
    bad = Rejected(name=letters, reason=f"{letters}: it is empty", kind="Empty")
    with CaseStore.create(served, SPEC) as store:
        store.reject(bad)
        store.reject(bad)
        assert store.rejected() == (bad,)


def test_who_may_not_make_a_schema_is_told(served: str, postgres: str) -> None:
    with role(postgres, served) as address, pytest.raises(CannotWrite, match="cannot be written"):
        CaseStore.create(address, SPEC)


def test_many_threads_share_one_open_case(served: str) -> None:
    with CaseStore.create(served, SPEC) as store:
        ready = threading.Barrier(8)

        def add(number: int) -> bool:
            ready.wait()
            document = cases.document(f"{cases.TEXT} {number}", name=str(number))
            return store.add(document, cases.coding(document)) and len(store.documents()) > 0

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(add, range(8)))
        assert store.counts()["statement"] == 8
