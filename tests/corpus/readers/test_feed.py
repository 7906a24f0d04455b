from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.conftest import ARTICLE, SECOND, refused

from winset.corpus.readers import READERS
from winset.corpus.reading import read
from winset.corpus.types import Document, Limits
from winset.errors import Unreadable

Put = Callable[[str, bytes | str], Path]

RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel>
<title>Northern Wire</title><language>en-GB</language>
<item><title>Station talks</title><link>https://wire.example/1</link>
<author>desk@wire.example (Ana Lima)</author>
<pubDate>Thu, 15 Jun 2023 23:30:00 -0500</pubDate>
<description>&lt;p&gt;{ARTICLE}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;
&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
<item><title>Only a headline</title><guid>urn:2</guid></item>
<item><link>https://wire.example/3</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Council</title><entry><id>urn:a</id>
<title>On the station</title><published>2023-06-14T00:00:00Z</published><author><name>Bo Berg</name></author>
<link href="https://council.example/a"/>
<content type="html">&lt;p&gt;{ARTICLE}&lt;/p&gt;</content><summary>Short.</summary>
</entry></feed>"""


def entries(*paths: Path) -> list[Document]:
    found = list(read([str(path) for path in paths]))
    assert all(isinstance(document, Document) for document in found), found
    return [document for document in found if isinstance(document, Document)]


def test_every_rss_entry_is_a_document(put: Put) -> None:
    first, second, third = entries(put("wire.rss", RSS))
    assert first.text == f"Station talks\n\n{ARTICLE}\n\n{SECOND}"
    assert (first.name, first.source_url) == ("wire.rss#https://wire.example/1", "https://wire.example/1")
    assert (first.title, first.authors, first.publisher) == ("Station talks", ("Ana Lima",), "Northern Wire")
    assert str(first.published) == "2023-06-15"
    assert first.media_type == "application/rss+xml"
    assert (second.name, second.text, second.language) == ("wire.rss#urn:2", "Only a headline", "en")
    assert third.text == "https://wire.example/3"


def test_an_atom_entry_gives_its_longest_text(put: Put) -> None:
    (entry,) = entries(put("council.xml", ATOM))
    assert entry.text == f"On the station\n\n{ARTICLE}"
    assert (entry.authors, entry.publisher, str(entry.published)) == (("Bo Berg",), "Harbour Council", "2023-06-14")
    assert entry.media_type == "application/atom+xml"
    assert ("published", "entry published") in entry.found_in


def test_a_feed_is_known_by_its_content_whatever_its_name(put: Put) -> None:
    assert entries(put("a.txt", ATOM))[0].reader == "feed"


def test_two_entries_of_one_id_keep_two_names(put: Put) -> None:
    double = ATOM.replace("</feed>", ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")] + "</feed>")
    assert [entry.name for entry in entries(put("a.xml", double))] == ["a.xml#urn:a", "a.xml#urn:a (2)"]


def test_a_feed_without_entries_is_empty(put: Put) -> None:
    empty = "<rss version='2.0'><channel><title>Northern Wire</title></channel></rss>"
    assert refused(put("a.rss", empty)).kind == "Empty"


@pytest.mark.parametrize("content", ["<rss version='2.0'><channel><item", "<rss", "<feed>&boom;"])
def test_a_damaged_feed_says_so(put: Put, content: str) -> None:
    assert refused(put("a.rss", content)).kind in {"Damaged", "Empty"}


def test_too_many_entries_are_refused(put: Put) -> None:
    assert refused(put("a.rss", RSS), limits=Limits(feed_entries=2)).kind == "TooLarge"


def test_entities_that_multiply_or_fetch_do_no_harm(put: Put, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret words")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "boom">{entities}<!ENTITY file SYSTEM "file://{tmp_path}/secret">]>'
    body = "<rss version='2.0'><channel><item><title>a &e11; &file;</title></item></channel></rss>"
    texts = [str(found) for found in read([str(put("a.rss", head + body))])]
    assert texts
    assert not any("secret words" in text or "boomboom" in text for text in texts)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(RSS)), st.binary(min_size=1, max_size=30))
def test_a_feed_damaged_anywhere_gives_documents_or_a_refusal(place: int, noise: bytes) -> None:
    whole = RSS.encode()
    try:
        documents = READERS["feed"](whole[:place] + noise + whole[place:], name="a.rss", limits=Limits())
    except Unreadable as refusal:
        assert "a.rss" in str(refusal)  # noqa: PT017 - the other lawful outcome
        return
    assert all(document.text.strip() for document in documents)
