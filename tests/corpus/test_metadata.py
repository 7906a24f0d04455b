from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.conftest import ARTICLE, SECOND, one

from winset.corpus.bylines import authors_in, names_in, publisher_in
from winset.corpus.metadata import metadata_of
from winset.corpus.types import clean_text

BODY = f"{ARTICLE}\n\n{SECOND}\n"


def test_a_news_page_pasted_as_text_gives_title_author_and_date_with_their_lines() -> None:
    menu = "1. Skip to content\n2. Skip to main menu\n\n"
    text = f"{menu}Compact at odds over station\n\nAna Lima in Oslo\nJune 15, 2023\n\n{BODY}"
    found = metadata_of(text, language="en")
    assert (found.title, found.authors, str(found.published)) == (
        "Compact at odds over station",
        ("Ana Lima",),
        "2023-06-15",
    )
    assert found.found_in == (("title", "line 4"), ("authors", "line 6"), ("published", "line 7"))
    assert found.publisher is None


def test_markdown_gives_its_highest_heading_and_bold_byline() -> None:
    head = "## Comment 12\n\n# Prospects of the [station](https://a.example)\n\nBy **Bo O. Berg**\n\n14 September 2023"
    text = f"{head}\n\n{BODY}"
    found = metadata_of(text, language="en")
    assert (found.title, found.authors) == ("Prospects of the station", ("Bo O. Berg",))
    assert str(found.published) == "2023-09-14"


def test_prose_from_the_first_line_on_has_no_title_author_or_date() -> None:
    text = ARTICLE.replace("on Thursday", "on 14 June 2023, by Ana Lima's account,") + " " + SECOND
    assert metadata_of(text, language="en").found_in == ()


def test_a_first_line_of_name_and_role_is_the_author() -> None:
    found = metadata_of(
        f"Chie Mori, Adviser, Harbour Institute – Former Ambassador to Freedonia\n{BODY}", language="en"
    )
    assert found.authors == ("Chie Mori",)


def test_a_masthead_names_the_publisher_and_the_foot_its_author() -> None:
    text = (
        f"The Harbour Council’s online magazine\n\nAbout | Contributors | Submissions\n\nWhat a station changes\n\n"
        f"{BODY}\nDr Philippa Stone-Reed is a Senior Fellow in maritime affairs at the Harbour Council."
    )
    found = metadata_of(text, language="en")
    assert (found.title, found.publisher) == ("What a station changes", "Harbour Council")
    assert found.authors == ("Philippa Stone-Reed",)


def test_somebody_quoted_before_is_not_the_author_at_the_foot() -> None:
    text = f"Station talks go on\n\n{BODY}\nStone said so too.\n\nPhilippa Stone is a fellow at the Harbour Council."
    assert metadata_of(text, language="en").authors == ()


def test_a_copyright_line_names_the_publisher() -> None:
    found = metadata_of(f"Station talks go on\n\n{BODY}\n© 2023 Northern Wire. All rights reserved.", language="en")
    assert found.publisher == "Northern Wire"


def test_front_matter_is_used() -> None:
    text = (
        f"---\ntitle: 'Station: yes or no'\nauthor:\n  - Ana Lima\n  - name: Bo Berg\ndate: 2023-06\n"
        f"publisher: Northern Wire\nurl: https://wire.example/1\n---\n\n# Another heading\n\n{BODY}"
    )
    found = metadata_of(text, language="en")
    assert (found.title, found.authors, str(found.published)) == (
        "Station: yes or no",
        ("Ana Lima", "Bo Berg"),
        "2023-06",
    )
    assert (found.publisher, found.source_url) == ("Northern Wire", "https://wire.example/1")
    assert dict(found.found_in)["published"] == "front matter 'date'"


@pytest.mark.parametrize("block", ["a: [", "- 1\n- 2", "x", "a: &a [*a]", "date: 2023-13-45", "[" * 5000])
def test_rules_around_something_else_are_no_front_matter(block: str) -> None:
    assert metadata_of(f"---\n{block}\n---\n{BODY}", language="en").title != "a"


def test_a_header_of_keys_is_used() -> None:
    text = f"Title: Station talks\nBy: Ana Lima and Bo Berg\nPublished: 15 June 2023\nURL: https://wire.example/1\n\n{BODY}"
    found = metadata_of(text, language="en")
    assert (found.title, found.authors, str(found.published)) == (
        "Station talks",
        ("Ana Lima", "Bo Berg"),
        "2023-06-15",
    )
    assert (found.publisher, found.source_url) == (None, "https://wire.example/1")
    assert dict(found.found_in)["title"] == "header line 1"


@pytest.mark.parametrize(
    "words", ["the committee of ministers", "Oslo", "NORTHERN COMPACT MEETS TODAY", "Ana lima", ""]
)
def test_what_is_no_name_is_no_name(words: str) -> None:
    assert names_in(words) == ()


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    assert authors_in("By Thursday the ministers had agreed") == ()


def test_a_publisher_is_only_what_a_masthead_names() -> None:
    assert publisher_in("Freedonia's foreign minister") is None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB. \n#-*|:,12/[](){}©'’&—年é")))
def test_no_text_breaks_it_and_every_field_says_where_it_was_found(text: str) -> None:
    found = metadata_of(clean_text(text), language="en")
    stated = {field for field in ("title", "authors", "publisher", "published", "source_url") if getattr(found, field)}
    assert {field for field, _ in found.found_in} == stated


def test_a_line_made_to_hurt_takes_no_time() -> None:
    assert metadata_of("[" * 2_000_000 + "\n" + "![" * 100_000, language=None).title is None


@pytest.mark.parametrize(
    ("number", "title", "authors", "published"),
    [
        ("000", "289ed76c760e", ("Teri Schultz",), "2023-06-15"),
        ("001", "25e177bc630f", ("Siegfried O. Wolf",), "2023-09-14"),
        ("002", None, (), None),
        ("003", None, ("Masahiro Tauchi",), None),
        ("004", "8ccd52905bae", ("Philip Shetler-Jones",), None),
    ],
)
def test_published_texts_give_what_they_state(
    shared: Path, number: str, title: str | None, authors: tuple[str, ...], published: str | None
) -> None:
    if not (shared / "seeds").is_dir():
        pytest.skip("needs ../shared/seeds")
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    document = one(path)
    assert document.text == clean_text(path.read_text("utf-8"))
    assert (document.authors, document.language) == (authors, "en")
    found = (
        sha256(document.title.encode()).hexdigest()[:12] if document.title else None
    )  # the titles are not ours to keep
    assert found == title
    assert (str(document.published) if document.published else None) == published
    assert document.name == path.name
