"""What one round and the next come to, against a server that behaves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.watch.conftest import FakeClock, Site, settings

from winset.exchange.digest_values import digest_value, sight_of
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.watching import SIGHT, Watching
from winset.watch.watcher import Watcher

AGAINST = "France opposes the ferry line to Reykjavik, its president said on Monday."
FOR = "Canada supports the ferry line to Reykjavik, said its foreign minister on Tuesday."


def test_new_articles_come_into_the_case_and_the_digest_quotes_them(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    site.article("/a", AGAINST)
    site.article("/b", FOR)
    site.feed("/news.rss", "/b", "/a")
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        digest = watcher.round().digest
    assert site.paths() == ["/news.rss", "/robots.txt", "/a", "/b"]
    assert {document.source_url for document in store.documents()} == {f"{site.root}/a", f"{site.root}/b"}
    assert {document.publisher for document in store.documents()} == {"Ferry Post"}
    assert (digest.number, digest.at, digest.answer) == (1, "2031-05-03T07:00:03Z", "blocked")
    assert [each.actor for each in digest.new_blockers] == ["France"]
    assert {(each.actor, each.before) for each in digest.moved} == {("Canada", None), ("France", None)}
    assert digest.changed_answer is not None
    texts = {document.id: document.text for document in store.documents()}
    assert digest.statements
    for said in digest.statements:
        for words in (said.words, *said.contents, *filter(None, (said.source, said.cue))):
            assert texts[words.document][words.start : words.end] == words.exact  # type: ignore[index]
    by = {change.by for change in Desk(store).changes()}
    assert by == {"winset watch"}


def test_a_second_round_with_nothing_new_asks_conditionally_and_changes_nothing(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    site.article("/a", AGAINST, ETag='"a1"')
    site.feed("/news.rss", "/a", ETag='"f1"', Last_Modified="Sat, 03 May 2031 06:00:00 GMT")
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        watcher.handed_over(watcher.round())
        site.asked.clear()
        before = (store.counts(), Desk(store).version(), watcher.state.value(SIGHT, ""))
        again = watcher.round()
        assert (store.counts(), Desk(store).version(), watcher.state.value(SIGHT, "")) == before
    ((asked, headers),) = site.asked
    assert asked == "/news.rss"
    assert headers["If-None-Match"] == '"f1"'
    assert headers["If-Modified-Since"] == "Sat, 03 May 2031 06:00:00 GMT"
    assert headers["User-Agent"].startswith("winset/")
    assert again.digest.empty
    assert (again.handed_on, again.troubled, again.digest.number) == ((), False, 0)


def test_a_server_without_validators_is_told_from_its_words(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.article("/a", AGAINST)
    site.feed("/news.rss", "/a")
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        watcher.round()
        site.paths()
        assert watcher.round().digest.empty
    assert site.paths() == ["/news.rss"]


def test_an_article_that_changes_is_told_with_its_sentences_and_what_it_no_longer_tells(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    site.article("/a", AGAINST, ETag='"1"')
    site.feed("/news.rss", "/a", ETag='"1"')
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        watcher.round()
        site.article("/a", "France supports the ferry line to Reykjavik, its president said on Monday.", ETag='"2"')
        changed = f"<item><guid>/a</guid><title>Corrected</title><link>{site.root}/a</link></item>"
        site.feed("/news.rss", more=changed, ETag='"2"')
        digest = watcher.round().digest
    (each,) = digest.changed_documents
    assert [words.exact for words in each.gone] == [AGAINST]
    assert "supports" in each.come[0].exact
    assert each.place == f"{site.root}/a"
    cited = {said.id: said.actor for said in digest.cited}
    assert {cited[id] for id in each.withdrawn} == {"France"}
    assert [said.stance for said in digest.statements if said.actor == "France"] == ["favour"] * 2
    new = {said.id for said in digest.statements}
    assert {said.repeats for said in digest.statements} <= {None, *new}, "turned round, it repeats nothing old"


def test_an_entry_that_changes_over_the_same_article_reads_it_no_second_time(
    store: CaseStore, site: Site, clock: FakeClock
) -> None:
    site.article("/a", AGAINST, ETag='"1"')
    site.feed("/news.rss", "/a", ETag='"1"')
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        watcher.round()
        changed = f"<item><guid>/a</guid><title>Other words</title><link>{site.root}/a</link></item>"
        site.feed("/news.rss", more=changed, ETag='"2"')
        site.asked.clear()
        assert watcher.round().digest.empty
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert store.counts()["document"] == 1


def test_a_page_is_watched_too(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.article("/statement", AGAINST)
    with Watcher(store, settings(f"{site.root}/statement"), clock=clock) as watcher:
        assert watcher.round().digest.new_documents
        site.article("/statement", AGAINST, FOR)
        digest = watcher.round().digest
    assert [each.gone for each in digest.changed_documents] == [()]
    assert {said.actor for said in digest.statements} == {"Canada"}, "what it told before is not new"
    assert site.paths() == ["/statement", "/statement"], "robots.txt is for links that nobody named"


def test_without_following_the_entries_own_words_are_read(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.feed("/news.rss", more=f"<item><title>{AGAINST}</title><link>{site.root}/a</link></item>")
    with Watcher(store, settings(f"{site.root}/news.rss", follow=False), clock=clock) as watcher:
        watcher.round()
    assert site.paths() == ["/news.rss"]
    assert [document.text for document in store.documents()] == [AGAINST]


def test_relative_links_are_followed_from_where_the_feed_is(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.article("/news/a", AGAINST)
    site.feed("/news/all.rss", more="<item><guid>1</guid><title>A</title><link>a</link></item>")
    with Watcher(store, settings(f"{site.root}/news/all.rss"), clock=clock) as watcher:
        watcher.round()
    assert "/news/a" in site.paths()


def test_an_entry_that_is_fuller_than_its_page_is_read_itself(store: CaseStore, site: Site, clock: FakeClock) -> None:
    notice = "We value your privacy. Press accept to go on reading. " * 4
    site.text("/a", f"<html><body><article><p>{notice}</p></article></body></html>")
    whole = " ".join([AGAINST] * 6)
    item = f"<item><guid>a</guid><title>A</title><link>{site.root}/a</link><description>{whole}</description></item>"
    site.feed("/news.rss", more=item)
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        watcher.round()
    assert [document.reader for document in store.documents()] == ["feed"]


def test_a_date_after_today_is_not_taken(store: CaseStore, site: Site, clock: FakeClock) -> None:
    dates = ("Sun, 04 May 2031 01:00:00 +1300", "Fri, 01 Jan 2066 00:00:00 GMT")
    items = "".join(
        f"<item><guid>{n}</guid><title>{AGAINST} {n}</title><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    site.feed("/news.rss", more=items)
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        watcher.round()
    assert {str(document.published) for document in store.documents()} == {"2031-05-04", "None"}


def test_files_and_feed_files_of_a_folder_are_read_once(
    store: CaseStore, site: Site, clock: FakeClock, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with Watcher(store, settings(str(inbox), str(tmp_path / "*.md")), clock=clock) as watcher:
        assert not watcher.round().troubled, "an empty folder, or a pattern without a match, is where files will come"
        (inbox / "a.txt").write_text(AGAINST)
        (inbox / "b.rss").write_text(f"<rss version='2.0'><channel><item><title>{FOR}</title></item></channel></rss>")
        (inbox / "c.pdf").write_bytes(b"%PDF-none")
        first = watcher.round()
        assert {document.name for document in store.documents()} == {"a.txt", "b.rss#1"}
        assert [each.name for each in first.digest.not_read] == ["c.pdf"]
        assert first.troubled
        assert watcher.round().digest.empty
        (inbox / "c.pdf").unlink()
        (inbox / "a.txt").write_text(f"{AGAINST} {FOR}")
        assert [each.place for each in watcher.round().digest.changed_documents] == ["a.txt"]
    assert sight_of(Watching(store, watcher.state.holder).value(SIGHT, "")["sight"]).documents  # type: ignore[index]


def test_what_people_add_and_judge_between_two_rounds_is_told_too(
    store: CaseStore, site: Site, clock: FakeClock, tmp_path: Path
) -> None:
    from winset.bulk.keeping import keep

    (tmp_path / "a.txt").write_text(AGAINST)
    with Watcher(store, settings(str(tmp_path / "none*.txt")), clock=clock) as watcher:
        watcher.round()
        keep(store, [str(tmp_path / "a.txt")], by="Ada")
        assert [each.actor for each in watcher.round().digest.new_blockers] == ["France"]
        for coding in store.codings():
            for statement in coding.statements:
                Desk(store).judge(statement.id, "wrong", by="Ada", at="")
        digest = watcher.round().digest
    assert [(each.actor, each.after) for each in digest.former_blockers] == [("France", None)]
    assert [(each.actor, each.after) for each in digest.moved] == [("France", None)]


def test_the_rest_of_a_long_feed_waits_for_the_next_round(store: CaseStore, site: Site, clock: FakeClock) -> None:
    items = [f"<item><guid>{n}</guid><title>Item {n}. {FOR}</title></item>" for n in range(5)]
    site.feed("/news.rss", more="".join(items), ETag='"1"')
    with Watcher(store, settings(f"{site.root}/news.rss", most=2), clock=clock) as watcher:
        left = [watcher.round().waiting for _ in range(3)]
    assert left == [3, 1, 0]
    assert store.counts()["document"] == 5


def test_digests_go_on_from_one_another(store: CaseStore, site: Site, clock: FakeClock) -> None:
    site.feed("/news.rss", more=f"<item><title>{AGAINST}</title></item>")
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        first = watcher.round().digest
        clock.time += timedelta(hours=1)
        site.feed("/news.rss", more=f"<item><title>{FOR}</title></item>")
        second = watcher.round()
    assert (second.digest.number, second.digest.since) == (2, first.at)
    assert [each.number for each in second.handed_on] == [1, 2], "the first was handed over to nobody"
    assert digest_value(second.handed_on[1]) == digest_value(second.digest)
    assert first.id != second.digest.id


@pytest.mark.parametrize("every", [timedelta(minutes=30), timedelta(hours=2)])
def test_rounds_begin_on_schedule(store: CaseStore, site: Site, clock: FakeClock, every: timedelta) -> None:
    site.feed("/news.rss", more=f"<item><title>{AGAINST}</title></item>")
    with Watcher(store, settings(f"{site.root}/news.rss", every=every), clock=clock) as watcher:
        rounds = watcher.rounds()
        at = [next(rounds).digest.at for _ in range(3)]
    hours = every.total_seconds() / 3600
    assert at == [f"2031-05-03T{7 + int(n * hours):02d}:{int(n * hours % 1 * 60):02d}:00Z" for n in range(3)]


def test_a_case_too_large_to_be_worked_out_whole_tells_what_is_new(
    store: CaseStore, site: Site, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winset.pipeline.kept_cases.WHOLE", 1)
    site.feed("/news.rss", more=f"<item><title>{FOR}</title></item>")
    with Watcher(store, settings(f"{site.root}/news.rss"), clock=clock) as watcher:
        watcher.round()
        site.feed("/news.rss", more=f"<item><title>{AGAINST}</title></item>")
        digest = watcher.round().digest
        assert watcher.round().digest.empty
    assert not digest.whole
    assert [each.actor for each in digest.new_blockers] == ["France"]
    assert [each.actor for each in digest.moved] == ["France"]
    assert {said.actor for said in digest.statements} == {"France"}
    assert len(digest.new_documents) == 1
