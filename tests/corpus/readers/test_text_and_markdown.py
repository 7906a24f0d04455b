from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.conftest import ARTICLE, SECOND, one, refused

from winset.corpus.readers import READERS, read_payload
from winset.corpus.types import Limits, clean_text
from winset.errors import Unreadable

Put = Callable[[str, bytes | str], Path]


def test_text_is_kept_entire(put: Put) -> None:
    written = f"Cafe\u0301 talks\r\n\r\n  {ARTICLE}\r{SECOND}\n\n"
    document = one(put("a.txt", written))
    assert document.text == f"Café talks\n\n  {ARTICLE}\n{SECOND}\n\n"
    assert (document.reader, document.media_type, document.language) == ("text", "text/plain", "en")
    assert ("language", "py3langid") in document.found_in


def test_markdown_is_kept_as_its_source(put: Put) -> None:
    written = f"# Station *talks*\n\n**{ARTICLE}** [more](https://a.example)\n"
    document = one(put("a.md", written))
    assert (document.text, document.title) == (written, "Station talks")
    assert (document.reader, document.media_type) == ("markdown", "text/markdown")


def test_markdown_that_opens_with_a_piece_of_html_is_still_markdown(put: Put) -> None:
    assert one(put("a.md", f"<p align='center'><img src='x.png'></p>\n\n# Talks\n\n{ARTICLE}\n")).reader == "markdown"


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\ufeff \n".encode("utf-16")])
def test_nothing_but_white_space_is_empty(put: Put, content: bytes) -> None:
    assert refused(put("a.txt", content)).kind == "Empty"


def test_binary_under_a_text_name_says_so(put: Put) -> None:
    row = refused(put("a.txt", b"\x00\x01\x02" * 50))
    assert row.kind == "NotText"
    assert "binary" in row.reason


def test_a_legacy_text_is_read_right(put: Put) -> None:
    written = "Le président a rejeté la proposition près de la frontière, où les coûts sont élevés."
    assert one(put("a.txt", written.encode("cp1252"))).text == written


def test_too_many_characters_are_refused(put: Put) -> None:
    row = refused(put("a.txt", ARTICLE), limits=Limits(text_characters=50))
    assert row.kind == "TooLarge"
    assert "at most 50" in row.reason


@settings(deadline=None)
@given(st.text(min_size=1))
def test_offsets_are_those_of_the_file_after_its_one_normalisation(text: str) -> None:
    try:
        (document,) = READERS["text"](text.encode(), name="a.txt", limits=Limits())
    except Unreadable:
        return
    assert document.text == clean_text(text)


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a", "a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.rss", "a.xml"]))
def test_any_bytes_give_sound_documents_or_one_refusal(payload: bytes, name: str) -> None:
    try:
        documents = read_payload(payload, name=name, limits=Limits())
    except Unreadable as refusal:
        assert name in str(refusal)  # noqa: PT017 - the other lawful outcome
        return
    for document in documents:
        assert document.text.strip()
        assert document.text == clean_text(document.text)
        assert document.text.encode("utf-8")
        assert document.reader in READERS
