"""Servers that are slow, busy, moved, gone or hostile: one line each, and the others are still read."""

from __future__ import annotations

import gzip
import socket
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest
from tests.watch.conftest import START, FakeClock, Site, local, looked, send, settings

from winset.brief.digest_types import Digest
from winset.corpus.types import Limits
from winset.store.case_store import CaseStore
from winset.store.watching import ADDRESS, HOST, Holder, Watching
from winset.watch.watcher import Watcher

AGAINST = "France opposes the ferry line to Reykjavik, its president said on Monday."
ITEM = f"<item><guid>1</guid><title>{AGAINST}</title></item>"
FEED = f"<rss version='2.0'><channel><title>W</title>{ITEM}</channel></rss>"
LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a '"
    + "ha" * 50
    + "'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 40}'>" for a, b in zip("abcdef", "bcdefg", strict=True))
    + "]><rss version='2.0'><channel><title>&g;</title><item><guid>1</guid><title>Calm words &g;</title></item>"
    + "</channel></rss>"
)
OUTSIDE = (
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    "<rss version='2.0'><channel><item><guid>1</guid><title>Read &x; here</title></item></channel></rss>"
)


def news(digest: Digest) -> list[tuple[str, str]]:
    """What addresses do otherwise."""
    return [(each.what, each.words) for each in digest.addresses]


def endless(_: Site, to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    try:
        while True:
            to.wfile.write(b"<rss>" + b" " * 10_000)
    except OSError:
        return


def dripping(_: Site, to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    stop = threading.Event()
    try:
        for _number in range(200):
            to.wfile.write(b"<")
            stop.wait(0.05)
    except OSError:
        return


def broken_off(_: Site, to: BaseHTTPRequestHandler) -> None:
    send(to, FEED.encode(), Content_Length=str(len(FEED) + 100), Connection="close")
    to.close_connection = True


BOMB = gzip.compress(b" " * 20_000_000)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (endless, "over 200,000 bytes"),
        (dripping, "no full answer"),
        (broken_off, "broke off"),
        (lambda _, to: send(to, BOMB, Content_Encoding="gzip"), "200,000"),
        (lambda _, to: send(to, b""), "an empty answer"),
        (lambda _, to: send(to, b"<rss version='2.0'><chan"), "a damaged feed"),
        (lambda _, to: send(to, b"<html><body>Sign in, please</body></html>"), "not with a feed"),
        (lambda _, to: send(to, b"", status=302, Location="/news.rss"), "redirected more than 3 times"),
        (lambda _, to: send(to, b"", status=302, Location="http://169.254.169.254/meta"), "not on the public Internet"),
        (lambda _, to: send(to, b"", status=302, Location="file:///etc/passwd"), "not http or https"),
        (lambda _, to: send(to, b"no", status=404), "answers 404"),
        (lambda _, to: send(to, b"no", status=500), "answers 500"),
        (lambda _, to: to.wfile.write(b"\x00\xff no web server at all\r\n\r\n"), "web server"),
        (lambda _, to: send(to, FEED.encode(), Content_Encoding="br"), "'br'"),
    ],
)
def test_a_feed_that_cannot_be_read_is_one_line_and_the_others_are_read(
    store: CaseStore, site: Site, clock: FakeClock, answer: object, words: str
) -> None:
    site.pages["/news.rss"] = answer  # type: ignore[assignment]
    site.text("/good.rss", FEED)
    limits = Limits(file_bytes=200_000, fetch_seconds=0.5 if answer is dripping else 5.0, redirects=3)
    bad, good = f"{site.root}/news.rss", f"{site.root}/good.rss"
    told = looked(store, clock, bad, good, limits=limits).addresses
    assert words in told[bad].trouble
    assert told[bad].trouble.startswith(site.root)
    assert "\n" not in told[bad].trouble
    assert told[good].trouble == ""
    assert store.counts()["document"] == 1
    site.text("/news.rss", FEED.replace(AGAINST, "All is calm at the quay."))
    clock.time += timedelta(days=2)
    assert looked(store, clock, bad, good).addresses[bad].trouble == ""
    assert store.counts()["document"] == 2


def test_what_fails_is_told_once_and_again_when_it_answers(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/news.rss", "no", status=500)
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        first, again = watcher.round(), watcher.round()
        site.text("/news.rss", FEED)
        clock.time += timedelta(days=2)
        last = watcher.round()
    assert [what for what, _ in news(first.digest)] == ["fails"]
    assert (first.troubled, again.digest.empty, again.troubled) == (True, True, True)
    assert (news(last.digest), last.troubled) == ([("answers again", "")], False)


def test_a_feed_without_entries_is_no_trouble(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/news.rss", "<rss version='2.0'><channel><title>W</title></channel></rss>")
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        found = watcher.round()
    assert (found.digest.empty, found.troubled) == (True, False)


@pytest.mark.parametrize("payload", [LAUGHS, OUTSIDE])
def test_entities_are_not_unfolded_and_nothing_of_this_machine_is_read(
    store: CaseStore, site: Site, clock: FakeClock, payload: str
) -> None:
    site.text("/news.rss", payload)
    looked(store, clock, f"{site.root}/news.rss")
    for document in store.documents():
        assert len(document.text) < 20_000
        assert "root:" not in document.text


def test_failures_are_asked_ever_more_rarely_and_success_forgets_them(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    site.text("/news.rss", "no", status=500)
    feed, asked = f"{site.root}/news.rss", []
    state = Watching(store, Holder.here("test"))
    for number in range(25):
        looked(store, clock, feed)
        clock.time += timedelta(minutes=30)
        if site.paths():
            asked.append(number)
    assert (state.value(ADDRESS, feed) or {})["failures"] == len(asked)
    waits = [later - earlier for earlier, later in pairwise(asked)]
    assert waits == sorted(waits)
    assert waits[0] == 1, "the first failure may pass by the next round"
    assert waits[-1] > 4
    site.text("/news.rss", FEED)
    clock.time += timedelta(days=1)
    looked(store, clock, feed)
    assert "failures" not in (state.value(ADDRESS, feed) or {})


@pytest.mark.parametrize(
    ("busy", "until"),
    [
        ((503, "7200"), START + timedelta(hours=2)),
        ((429, "Sat, 03 May 2031 10:00:00 GMT"), START + timedelta(hours=3)),
        ((503, "99999999999999999999"), START + timedelta(days=7)),
    ],
)
def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(
    store: CaseStore, site: Site, clock: FakeClock, busy: tuple[int, str], until: datetime
) -> None:
    site.text("/a.rss", "busy", status=busy[0], Retry_After=busy[1])
    site.text("/b.rss", FEED)
    sources = [f"{site.root}/{name}.rss" for name in "ab"]
    looked(store, clock, *sources)
    assert site.paths() == ["/a.rss"], "the other feed of the host is not asked either"
    state = Watching(store, Holder.here("test"))
    (held,) = state.values(HOST).values()
    assert held["until"] == until.isoformat()
    clock.time = until - timedelta(minutes=1)
    looked(store, clock, *sources)
    assert site.paths() == []
    clock.time += timedelta(minutes=2)
    site.text("/a.rss", FEED)
    looked(store, clock, *sources)
    assert site.paths() == ["/a.rss", "/b.rss"]
    assert state.values(HOST) == {}


def test_one_question_at_a_time_and_a_second_between_two(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/a.rss", FEED)
    site.text("/b.rss", FEED)
    looked(store, clock, f"{site.root}/a.rss", f"{site.root}/b.rss", delay=2.5)
    assert clock.slept == [2.5]


def test_moved_for_good_is_remembered_and_told_once(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/old.rss", "", status=301, Location="/new.rss")
    site.text("/new.rss", FEED)
    with Watcher(store, settings(f"{site.root}/old.rss"), clock=clock) as watcher:
        assert news(watcher.round().digest) == [("moved", f"{site.root}/new.rss")]
        site.paths()
        assert watcher.round().digest.empty
        assert site.paths() == ["/new.rss"]
        site.text("/new.rss", "", status=404)
        watcher.round()
        clock.time += timedelta(days=1)
        site.text("/old.rss", FEED)
        site.paths()
        watcher.round()
    assert site.paths() == ["/old.rss"], "where the new place is none, the old one is asked again"
    assert store.counts()["document"] == 1


def test_moved_for_now_is_asked_again_at_the_old_place(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/old.rss", "", status=302, Location="/new.rss")
    site.text("/new.rss", FEED)
    for _ in range(2):
        looked(store, clock, f"{site.root}/old.rss")
        assert site.paths() == ["/old.rss", "/new.rss"]


def test_a_feed_that_is_gone_is_asked_no_more(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/news.rss", "gone", status=410)
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        ((what, words),) = news(watcher.round().digest)
        assert (what, words.count("\n")) == ("gone", 0)
        site.paths()
        clock.time += timedelta(days=30)
        assert watcher.round().digest.empty
    assert site.paths() == []


def test_private_addresses_are_refused_in_feeds_and_in_their_entries(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    from winset.corpus.fetching import public

    site.text("/news.rss", FEED)
    with Watcher(store, settings(f"{site.root}/news.rss", permit=public), clock=clock) as watcher:
        ((_, words),) = news(watcher.round().digest)
    assert "not on the public Internet" in words
    assert site.paths() == []


def test_an_entry_that_leads_inside_is_not_followed(store: CaseStore, site: Site, clock: FakeClock) -> None:
    port = site.root.rsplit(":", 1)[1]
    inside = f"<item><guid>1</guid><title>{AGAINST}</title><link>http://127.0.0.2:{port}/secret</link></item>"
    script = "<item><guid>2</guid><title>Calm at the quay</title><link>javascript:alert(1)</link></item>"
    site.feed("/news.rss", more=inside + script)
    for _ in range(5):
        looked(store, clock, f"{site.root}/news.rss")
        clock.time += timedelta(days=1)
    assert "/secret" not in site.paths()
    assert [document.reader for document in store.documents()] == ["feed", "feed"], "their own words were taken"
    assert [each.name for each in store.rejected()] == [f"http://127.0.0.2:{port}/secret"]


def test_an_article_that_does_not_come_is_tried_again_and_then_its_entry_is_read(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    site.text("/a", "later", status=502)
    site.feed("/news.rss", "/a", ETag='"1"')
    tried = 0
    for _ in range(12):
        waiting = looked(store, clock, f"{site.root}/news.rss").waiting
        tried += site.paths().count("/a")
        clock.time += timedelta(hours=1)
    assert (tried, waiting) == (4, 0)
    assert [document.text for document in store.documents()] == ["About /a"]
    (row,) = store.rejected()
    assert "502" in row.reason


def test_robots_are_heeded_for_links_that_nobody_named(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    site.article("/private/a", AGAINST)
    site.article("/b", AGAINST)
    site.feed("/private/news.rss", "/private/a", "/b")
    looked(store, clock, f"{site.root}/private/news.rss")
    assert "/private/a" not in site.paths()
    assert {document.name for document in store.documents()} == {
        f"{site.root}/b",
        f"{site.root}/private/news.rss#/private/a",
    }
    (row,) = store.rejected()
    assert "robots.txt" in row.reason


def test_robots_that_cannot_be_told_keep_entries_waiting(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.text("/robots.txt", "", status=500)
    site.article("/a", AGAINST)
    site.feed("/news.rss", "/a")
    feed = f"{site.root}/news.rss"
    assert looked(store, clock, feed).waiting == 1
    assert "/a" not in site.paths()
    site.text("/robots.txt", "")
    clock.time += timedelta(hours=1)
    assert looked(store, clock, feed).waiting == 0
    assert "/a" in site.paths()


def test_a_feed_of_very_many_entries_is_cut_and_said_to_be(store: CaseStore, site: Site, clock: FakeClock) -> None:
    items = "".join(f"<item><guid>{n}</guid><title>Item {n}</title></item>" for n in range(60))
    site.feed("/news.rss", more=items)
    limits = Limits(file_bytes=2_000_000, feed_entries=50)
    assert looked(store, clock, f"{site.root}/news.rss", limits=limits, most=3).waiting == 47
    (row,) = store.rejected()
    assert "60 entries" in row.reason


def test_a_feed_that_would_take_minutes_is_refused(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.feed("/news.rss", more="<item><guid/></item>" * 30_000)
    limits = Limits(file_bytes=2_000_000)
    told = looked(store, clock, f"{site.root}/news.rss", limits=limits).addresses
    assert "10,000 entries" in told[f"{site.root}/news.rss"].trouble


def test_entries_without_ids_and_links_are_told_apart_by_their_words(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    for titles in (["One thing", "Another thing"], ["A third thing", "One thing", "Another thing"]):
        site.feed("/news.rss", more="".join(f"<item><title>{title}</title></item>" for title in titles))
        looked(store, clock, f"{site.root}/news.rss")
    assert sorted(document.text for document in store.documents()) == ["A third thing", "Another thing", "One thing"]


def test_an_entry_with_changing_text_is_one_that_changed(store: CaseStore, site: Site, clock: FakeClock) -> None:
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        site.feed("/news.rss", more=ITEM)
        watcher.round()
        site.feed("/news.rss", more=ITEM.replace("Monday", "Tuesday"))
        digest = watcher.round().digest
    assert [each.gone[0].exact for each in digest.changed_documents] == [AGAINST]


def test_a_server_without_tls_asked_for_it_is_one_line(store: CaseStore, site: Site, clock: FakeClock) -> None:
    with Watcher(store, settings(f"{site.root.replace('http', 'https')}/news.rss"), clock=clock) as watcher:
        ((what, words),) = news(watcher.round().digest)
    assert what == "fails"
    assert "\n" not in words


def test_a_port_where_nobody_listens_is_one_line(store: CaseStore, clock: FakeClock) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert local("127.0.0.1")
    with Watcher(store, settings(f"http://127.0.0.1:{port}/news.rss"), clock=clock) as watcher:
        ((_, words),) = news(watcher.round().digest)
    assert "refuses the connection" in words
