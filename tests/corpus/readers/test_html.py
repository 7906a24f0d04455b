from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.corpus.conftest import ARTICLE, SECOND, one, page, refused

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
