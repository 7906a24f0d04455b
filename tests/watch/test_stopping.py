"""Stopped anywhere and started again: nothing is lost, nothing comes twice, and two watchers are one too many."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.watch.conftest import FakeClock, Site, looked, settings

from winset.brief.digest_types import Digest
from winset.corpus.types import Document
from winset.errors import LockedCase, NoServer, Stale
from winset.pipeline.keeping import KeptOne, keep_each
from winset.store.addresses import CaseAddress, Place
from winset.store.case_store import CaseStore
from winset.store.watching import ENTRY, SIGHT, Holder, Watching
from winset.watch.watcher import Watcher

AGAINST = "France opposes the ferry line to Reykjavik, its president said on Monday."
FOR = "Canada supports the ferry line to Reykjavik, said its foreign minister on Tuesday."


class Stop(BaseException):
    """The power went."""


def stopping(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The power goes at the n-th step that writes to the case, before it or behind it."""
    from winset.store.files import CaseFile

    real, steps = CaseFile.transaction, iter(range(1, 10_000))

    def transaction(self: CaseFile, *, writes: bool) -> object:
        if writes and next(steps) == number:
            raise Stop
        return real(self, writes=writes)

    monkeypatch.setattr(CaseFile, "transaction", transaction)


def served(site: Site) -> str:
    """A feed of three entries, one of which has no article, and its address."""
    site.article("/a", AGAINST, ETag='"a"')
    site.article("/b", FOR)
    site.feed("/news.rss", "/b", "/a", more="<item><guid>c</guid><title>Germany waits.</title></item>", ETag='"1"')
    return f"{site.root}/news.rss"


def outcome(store: CaseStore) -> tuple[object, ...]:
    """What must be the same however often it was stopped: the documents, and what digests told."""
    state = Watching(store, Holder.here("test"))
    digests = state.latest(100)
    told = sorted(said["id"] for each in digests for said in each.value["statements"])
    new = sorted(id for each in digests for id in each.value["new_documents"])
    waiting = [held for held in state.values(ENTRY).values() if "waits" in held]
    return sorted(document.id for document in store.documents()), told, new, len(waiting)


def test_stopped_at_any_write_it_goes_on_and_tells_each_thing_once(
    path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = f"{site.root}/news.rss"
    site.feed("/news.rss")
    with CaseStore.open(path) as store, Watcher(store, settings(feed), clock=FakeClock()) as watcher:
        watcher.round()  # the case as it was before
    original = path.read_bytes()
    site.article("/a", AGAINST, ETag='"a"')
    site.feed("/news.rss", "/a", more=f"<item><guid>b</guid><title>{FOR}</title></item>", ETag='"1"')

    def run(*, stopped_at: int | None) -> bool:
        """One round; whether the power went in it."""
        clock = FakeClock()
        with pytest.MonkeyPatch.context() as patch, CaseStore.open(path) as store:
            if stopped_at is not None:
                stopping(patch, stopped_at)
            watcher = Watcher(store, settings(feed), clock=clock, token=f"run {stopped_at}")
            try:
                watcher.__enter__()
                watcher.handed_over(watcher.round())
            except Stop:
                return True
            watcher.__exit__(None, None, None)
            return False

    assert not run(stopped_at=None)
    with CaseStore.open(path) as store:
        whole = outcome(store)
    assert len(whole[0]) == 2  # type: ignore[arg-type]
    monkeypatch.setattr("winset.store.watching._alive", lambda _: False)  # the one before is dead each time
    stops = 0
    for number in range(3, 40, 4):
        path.write_bytes(original)
        stopped = run(stopped_at=number)
        stops += stopped
        assert not run(stopped_at=None)
        with CaseStore.open(path) as store:
            assert outcome(store) == whole, f"stopped at write {number}"
        if not stopped:
            break
    assert stops >= 3


def test_an_entry_that_brings_the_watcher_down_each_time_is_given_up_and_the_others_are_read(
    store: CaseStore, site: Site, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = "".join(
        f"<item><guid>{n}</guid><title>{title}</title></item>" for n, title in enumerate(["Calm", "Poison"])
    )
    site.feed("/news.rss", more=items)

    def keep(of: CaseStore, documents: list[Document], *, by: str) -> Iterator[KeptOne]:
        if documents[0].text == "Poison":
            raise Stop
        return keep_each(of, documents, by=by)

    monkeypatch.setattr("winset.watch.reading.keep_each", keep)
    for _ in range(3):
        with pytest.raises(Stop):
            looked(store, clock, f"{site.root}/news.rss")
        Watching(store, Holder.here("test")).release()
    assert looked(store, clock, f"{site.root}/news.rss").waiting == 0
    assert [document.text for document in store.documents()] == ["Calm"]
    assert "begun 3 times" in store.rejected()[0].reason


def test_what_was_not_handed_over_is_handed_on_once_more(path: Path, site: Site, clock: FakeClock) -> None:
    feed = served(site)
    with CaseStore.open(path) as store:
        with Watcher(store, settings(feed), clock=clock) as watcher:
            first = watcher.round().handed_on  # stopped before anybody had it
        with Watcher(store, settings(feed), clock=clock) as watcher:
            again = watcher.round()
            assert again.digest.empty
            assert [each.id for each in again.handed_on] == [each.id for each in first]
            watcher.handed_over(again)
        with Watcher(store, settings(feed), clock=clock) as watcher:
            assert watcher.round().handed_on == ()


KILLED = """
    import os, signal, sys
    from datetime import timedelta
    from tests.watch.conftest import settings
    from winset.store.case_store import CaseStore
    from winset.watch.watcher import Watcher

    def tell(name):
        if name.endswith("/b"):
            os.kill(os.getpid(), signal.SIGKILL)

    with CaseStore.open(sys.argv[1]) as store, Watcher(store, settings(sys.argv[2], delay=0.0), tell=tell) as watcher:
        watcher.round()
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_in_the_middle_the_next_watcher_takes_over_at_once(path: Path, site: Site, project: Path) -> None:
    feed = served(site)
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), path, feed], check=False, capture_output=True, cwd=project
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with CaseStore.open(path) as store:
        assert 0 < store.counts()["document"] < 3
        with Watcher(store, settings(feed, delay=0.0)) as watcher:
            digest = watcher.round().digest
        assert store.counts()["document"] == 3
    assert len(digest.new_documents) == 3, "what came before it was killed is told too"
    assert len({said.id for said in digest.statements}) == len(digest.statements)
    assert site.paths().count("/a") == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A case in a file, and one on a server."""
    from tests.watch.conftest import SPEC

    found: Place = tmp_path / "ferry.winset"
    if request.param == "postgresql":
        found = CaseAddress.read(request.getfixturevalue("served_case"))
    CaseStore.create(found, SPEC).close()
    return found


@pytest.fixture
def served_case(request: pytest.FixtureRequest) -> str:
    """The address of a case on a server."""
    return str(request.getfixturevalue("served"))


def test_a_second_watcher_is_refused_and_changes_nothing(place: Place, clock: FakeClock) -> None:
    with CaseStore.open(place) as store, CaseStore.open(place) as other:
        first, second = Watcher(store, settings(), clock=clock), Watcher(other, settings(), clock=clock)
        with first, pytest.raises(LockedCase, match=f"process {os.getpid()}"), second:
            pass
        with Watcher(other, settings(), clock=clock):
            pass


def test_rounds_are_kept_on_a_server_as_in_a_file(place: Place, site: Site, clock: FakeClock) -> None:
    feed = served(site)
    with CaseStore.open(place) as store, Watcher(store, settings(feed), clock=clock) as watcher:
        found = watcher.round()
        assert len(found.digest.new_documents) == 3
        watcher.handed_over(found)
        assert watcher.round().handed_on == ()
        assert [each.id for each in watcher.latest()] == [found.digest.id]


def test_a_lease_ends_with_its_time_and_the_one_who_lost_it_stops(place: Place, clock: FakeClock) -> None:
    with CaseStore.open(place) as store, CaseStore.open(place) as other:
        late = Watching(store, Holder(host="elsewhere", pid=1, token="late"))
        late.take(now=clock.now(), until=clock.now() + timedelta(minutes=10))
        held = Watching(other, Holder.here("new"))
        with pytest.raises(LockedCase, match="on elsewhere"):
            held.take(now=clock.now(), until=clock.now() + timedelta(minutes=10))
        clock.time += timedelta(minutes=11)
        held.take(now=clock.now(), until=clock.now() + timedelta(minutes=10))
        with pytest.raises(Stale, match="took over"):
            late.put({(SIGHT, ""): {"a": 1}})
        late.release()
        held.put({(SIGHT, ""): {"a": 1}})
        assert held.value(SIGHT, "") == {"a": 1}


def test_a_round_that_the_store_cannot_take_is_told_and_the_next_goes_on(
    store: CaseStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    with Watcher(store, settings(), clock=clock) as watcher:
        real, fails = watcher.round, [NoServer("the server is away"), LockedCase("somebody writes")]

        def round_() -> object:
            if fails:
                raise fails.pop()
            return real()

        monkeypatch.setattr(watcher, "round", round_)
        found: Digest = next(watcher.rounds(trouble=said.append)).digest
    assert found.empty
    assert said == ["somebody writes", "the server is away"]
    assert len(clock.slept) == 2
