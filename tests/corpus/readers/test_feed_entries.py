"""Feeds that are read again and again: which entry is which, and which tells something else now."""

from __future__ import annotations

import pytest

from winset.corpus.readers.feed import FeedRead, read_entries
from winset.corpus.types import Limits
from winset.errors import Damaged, Empty, TooLarge

AT = "https://wire.example/news/all.rss"


def entries(*items: str, limits: Limits | None = None) -> FeedRead:
    rss = f"<rss version='2.0'><channel><title>Wire</title>{''.join(items)}</channel></rss>"
    return read_entries(rss.encode(), name="wire", limits=limits or Limits(), address=AT)


def test_an_entry_is_known_by_its_id_whatever_it_says() -> None:
    (before,) = entries("<item><guid>urn:1</guid><title>Old</title></item>").entries
    (after,) = entries("<item><guid>urn:1</guid><title>New</title></item>").entries
    assert before.key == after.key
    assert before.mark != after.mark


def test_without_an_id_by_its_link_and_without_a_link_by_its_words() -> None:
    one, two = entries("<item><link>/a</link><title>A</title></item>", "<item><title>B</title></item>").entries
    assert (one.link, two.link) == ("https://wire.example/a", None)
    assert one.document.source_url == "https://wire.example/a"
    again = entries("<item><title>B</title></item>", "<item><link>/a</link><title>Changed</title></item>").entries
    assert (again[1].key, again[0].key) == (one.key, two.key)


def test_an_id_that_several_entries_share_tells_none_of_them() -> None:
    found = entries(*(f"<item><guid>same</guid><title>{title}</title></item>" for title in "ABA")).entries
    assert [entry.document.text for entry in found] == ["A", "B"]
    assert len({entry.key for entry in found}) == 2


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "http://[", "data:,x"]
)
def test_only_web_addresses_are_links(link: str) -> None:
    (entry,) = entries(f"<item><guid>1</guid><title>A</title><link>{link}</link></item>").entries
    assert entry.link is None


def test_an_entry_that_holds_nothing_is_none() -> None:
    assert entries("<item/>", "<item><guid>1</guid></item>").entries == ()


def test_a_feed_without_entries_is_one_and_a_page_is_none() -> None:
    assert entries() == FeedRead(title="Wire", entries=(), left=0)
    with pytest.raises((Damaged, Empty)):
        read_entries(b"<html><body>Hello</body></html>", name="wire", limits=Limits())
    with pytest.raises(Empty, match="without entries"):
        read_entries(b"", name="wire", limits=Limits())


def test_the_rest_of_many_entries_is_counted() -> None:
    found = entries(*(f"<item><title>{n}</title></item>" for n in range(30)), limits=Limits(feed_entries=20))
    assert (len(found.entries), found.left) == (20, 10)


@pytest.mark.parametrize(
    "items", ["<b/>" * 100_001, "&" * 100_001, f"<b {'a=1 ' * 20_000}/>", "<item/></item>" * 20_001]
)
def test_a_feed_that_would_take_hours_to_take_apart_is_refused(items: str) -> None:
    with pytest.raises(TooLarge, match="ask for a shorter feed"):
        entries(items)


def test_an_updated_entry_is_another_although_its_words_are_the_same() -> None:
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>A</title><updated>2031-05-0{}T00:00:00Z</updated></entry></feed>"
    marks = {read_entries(atom.format(day).encode(), name="w", limits=Limits()).entries[0].mark for day in (1, 2)}
    assert len(marks) == 2
