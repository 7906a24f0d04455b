from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.corpus.conftest import ARTICLE, SECOND, one, page, refused

from winset.corpus.types import Document

Put = Callable[[str, bytes | str], Path]

BODY = f"<article><h1>Station talks</h1><p>{ARTICLE}</p><p>{SECOND}</p></article>"
FURNITURE = "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>{}<footer>Contact the desk</footer>"


def test_the_article_is_read_and_nothing_around_it(put: Put) -> None:
    html = page(FURNITURE.format(BODY) + "<script>var secret = 'never shown to any reader of it';</script>")
    document = one(put("a.html", html))
    assert document.text == f"Station talks\n\n{ARTICLE}\n\n{SECOND}"
    assert (document.reader, document.media_type, document.language) == ("html", "text/html", "en")


def test_metadata_come_with_where_they_were_found(put: Put) -> None:
    head = (
        "<title>Station talks - Northern Wire</title><meta property='og:title' content='Station talks'>"
        "<meta property='og:site_name' content='Northern Wire'><meta name='author' content='Ana Lima'>"
        "<meta property='article:published_time' content='2023-06-15T22:00:00-05:00'>"
        "<link rel='canonical' href='https://wire.example/station'>"
    )
    document = one(put("a.html", page(BODY, head=head)))
    assert (document.title, document.authors, document.publisher) == ("Station talks", ("Ana Lima",), "Northern Wire")
    assert (str(document.published), document.source_url) == ("2023-06-15", "https://wire.example/station")
    assert ("published", "meta article:published_time") in document.found_in
    assert ("title", "trafilatura metadata") in document.found_in


@pytest.mark.parametrize(
    ("head", "body", "date", "where"),
    [
        ("<meta name='dc.date' content='2023-06'>", BODY, "2023-06", "meta dc.date"),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2023-06-14T08:00Z"}]}</script>',
            BODY,
            "2023-06-14",
            "JSON-LD datePublished",
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', BODY, "None", ""),
        ("", f"<p class='date'>June 14, 2023</p>{BODY}", "2023-06-14", "htmldate"),
        ("", f"<p class='date'>1 June 2023</p>{BODY}", "2023-06-01", "htmldate"),
        ("", BODY.replace("on Thursday", "on 2023-06-14"), "None", ""),
        ("", BODY, "None", ""),
    ],
    ids=["month only", "linked data", "broken linked data", "a date's own element", "a first day", "prose", "none"],
)
def test_the_date_is_the_pages_own_and_no_more_precise_than_written(
    put: Put, head: str, body: str, date: str, where: str
) -> None:
    document = one(put("a.html", page(body, head=head)))
    assert str(document.published) == date
    assert dict(document.found_in).get("published", "") == where


def test_a_host_name_is_no_publisher(put: Put) -> None:
    document = one(put("a.html", page(BODY, head="<link rel='canonical' href='https://www.wire.example/x'>")))
    assert document.publisher is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<div id='root'></div><script>var text = 'A sentence in a script. Another one, to be long enough.';</script>",
        "<nav><a href='/'>Home</a> <a>About</a></nav>",
        "<ul>" + "".join(f"<li><a href='/{n}'>The story of number {n} today</a></li>" for n in range(20)) + "</ul>",
        "<form>Name <input> Password <input></form><p>Please enable JavaScript to continue.</p>",
    ],
    ids=["nothing", "script", "menu", "list of links", "form"],
)
def test_a_page_without_an_article_says_so(put: Put, body: str) -> None:
    row = refused(put("a.html", page(body)))
    assert row.kind == "NoMainText"
    assert "no article" in row.reason


def test_a_page_is_known_by_its_content_whatever_its_name(put: Put) -> None:
    assert one(put("a.txt", "\n<!-- saved -->\n" + page(BODY))).reader == "html"


def test_the_charset_a_page_declares_is_used(put: Put) -> None:
    html = page(BODY.replace("Freedonia", "Frédonie"), head="<meta charset='windows-1252'>").encode("cp1252")
    assert "Frédonie" in one(put("a.html", html)).text


def test_entities_of_half_characters_do_no_harm(put: Put) -> None:
    document = one(put("a.html", page(BODY.replace("Freedonia", "&#xD800;&#1;Freedonia"))))
    assert document.text.encode("utf-8")
    assert "Freedonia" in document.text


def test_bottomless_nesting_is_refused_or_read_but_never_breaks(put: Put) -> None:
    row = refused(put("a.html", page("<div>" * 60_000 + BODY + "</div>" * 60_000)))
    assert row.kind in {"NoMainText", "TooLarge"}


def test_no_library_writes_onto_the_screen(put: Put, capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        refused(put("a.html", "<html><p>x</p>"))
    finally:
        root.handlers = handlers
    assert capfd.readouterr() == ("", "")


def linked(document: Document) -> list[tuple[str, str]]:
    return [(document.text[link.start : link.end], link.target) for link in document.links]


def with_words(words: str) -> str:
    return BODY.replace("</article>", f"{words}</article>")


@pytest.mark.parametrize(
    ("words", "links"),
    [
        (
            "<p>As <a href='https://a.example/1'>the Gazette</a> and <a href='/b?x=1'>the Post</a> both reported.</p>",
            [("the Gazette", "https://a.example/1"), ("the Post", "https://wire.example/b?x=1")],
        ),
        (
            (
                "<p>He said it once <a href='https://a.example/1'>here</a>, and then again <a href='//b.example/2'>here"
                "</a>, and after that he was silent for the rest of the year.</p>"
            ),
            [("here", "https://a.example/1"), ("here", "https://b.example/2")],
        ),
        (
            (
                "<p>The talks about the northern ferry had long <a href=''>failed</a>, as <a href='#'>they</a> said in "
                "Bergen last week, and by <a href='http://'>all</a> accounts nothing came of them until the autumn.</p>"
            ),
            [("failed", ""), ("they", "#"), ("all", "http://")],
        ),
        (
            (
                "<p>See <a href='#n9'>the note</a>, which nobody ever wrote, and <a href='#n1'>this</a>.</p>"
                "<p id='n1'>A note on the ferry and the port, with enough words in it to be read at all.</p>"
            ),
            [("the note", "#n9")],
        ),
        (
            (
                "<p>Write to <a href='mailto:a@b.example'>us</a> or <a href='javascript:x()'>click</a>, and then do "
                "<a href='https://twitter.com/intent/tweet?u=1'>share</a> all of this with many other people.</p>"
            ),
            [],
        ),
        (
            (
                "<table><tr><td><a href='https://a.example/1'>The northern port</a></td><td>12 ships</td></tr></table>"
                "<ul><li>The <a href='https://a.example/2'>ferry</a> sails on Friday at the latest.</li></ul>"
            ),
            [("The northern port", "https://a.example/1"), ("ferry", "https://a.example/2")],
        ),
        ("<p>日本の<a href='https://a.example/1'>新聞</a>はそれを伝えた。</p>", [("新聞", "https://a.example/1")]),
        (
            (
                "<p>It is the <a href='https://a.example/1'>same</a> line twice over.</p>"
                "<p>It is the <a href='https://a.example/2'>same</a> line twice over.</p>"
            ),
            [],
        ),
    ],
    ids=["relative", "same words", "nowhere", "in the page", "no page", "cells", "no spaces", "not told apart"],
)
def test_links_stand_at_their_words(put: Put, words: str, links: list[tuple[str, str]]) -> None:
    head = "<link rel='canonical' href='https://wire.example/station'>"
    assert linked(one(put("a.html", page(with_words(words), head=head)))) == links


def test_links_of_menus_are_none_and_change_no_word(put: Put) -> None:
    words = "<p>The World of ferries is told of in <a href='/ferries'>another story</a> of this paper.</p>"
    document = one(put("a.html", page(FURNITURE.format(with_words(words)))))
    assert linked(document) == [("another story", "/ferries")]
    bare = one(put("b.html", page(with_words(re.sub(r"</?a\b[^>]*>", "", words)))))
    assert (document.text, document.id, bare.links) == (bare.text, bare.id, ())


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Posted by <a href='/t'>Ana Lima</a>, economist, Oslo, on 2 April 2026", "2026-04-02"),
        ("Published: 2 April 2026", "2026-04-02"),
        ("Published on April 2, 2026", "2026-04-02"),
    ],
)
def test_the_line_that_says_when_it_was_posted_dates_the_page(put: Put, line: str, date: str) -> None:
    document = one(put("a.html", page(f"<p class='byline'>{line}</p>{BODY}")))
    assert str(document.published) == date


def test_role_and_place_in_a_byline_are_no_authors(put: Put) -> None:
    line = "<p class='byline'>Posted by <a href='/t'>Ana Lima</a>, economist, Oslo, on 2 April 2026</p>"
    assert one(put("a.html", page(f"{line}{BODY}"))).authors == ("Ana Lima",)
