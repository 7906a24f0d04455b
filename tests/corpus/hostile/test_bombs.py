from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.corpus.conftest import ARTICLE, SECOND, page, pdf
from tests.corpus.hostile import bombs

from winset.corpus.readers import read_payload
from winset.corpus.reading import feed_in, read, read_payloads
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import Damaged, TooLarge, Unreadable

Put = Callable[[str, bytes | str], Path]
LITTLE = Limits(reading_seconds=2, reading_bytes=400_000_000, unpacked_bytes=20_000_000)

REFUSED: dict[
    str, tuple[Callable[[], bytes], str, str]
] = {  # name: (what makes it, the kind of refusal, words of its line)
    "zip-bomb.docx": (lambda: bombs.zip_bomb(30), "TooLarge", "a zip bomb?"),
    "lying-list.docx": (lambda: bombs.lying_zip(30), "Damaged", "a damaged Word document"),
    "in-one-another.docx": (bombs.nested_zip, "NotText", "a ZIP archive that is no Word document"),
    "parts.docx": (lambda: bombs.many_parts(20_001), "TooLarge", "more than 20,000 parts"),
    "laughs.docx": (
        lambda: bombs.word(bombs.paragraph("&l9;"), declared=bombs.BILLION),
        *("Damaged", "does not open as a Word document"),
    ),
    "deep.docx": (
        lambda: bombs.word("<w:sdt>" * 100_000 + bombs.paragraph("Deep.") + "</w:sdt>" * 100_000),
        *("Damaged", "does not open as a Word document"),
    ),
    "deep.html": (lambda: page("<div>" * 1_000_000 + f"<p>{ARTICLE}</p>").encode(), "NoMainText", "no article"),
    "attributes.html": (
        lambda: page(f"<p {' '.join(f'a{number}=1' for number in range(70_000))}>{ARTICLE} {SECOND}</p>").encode(),
        *("TooLarge", "takes longer to read than the 2 s"),
    ),
    "pages-of-pages.pdf": (bombs.looping_pdf, "Damaged", "page 1 does not open"),
    "tables-of-tables.pdf": (bombs.looping_tables_pdf, "NoMainText", "no text layer"),
    "drawings.pdf": (lambda: bombs.calling_pdf(10, 10), "TooLarge", "of memory that reading one document may take"),
    "long-stream.pdf": (lambda: bombs.unpacking_pdf(21), "TooLarge", "streams unpack to over 20,000,000 bytes"),
    "packed-twice.pdf": (lambda: bombs.twice_packed_pdf(1024), "TooLarge", "memory"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bomb_is_refused_with_its_own_line(name: str) -> None:
    make, kind, words = REFUSED[name]
    (row,) = read_payloads([(name, make())], limits=LITTLE)
    assert isinstance(row, Rejected)
    assert (row.kind, words in row.reason, "\n" in row.reason) == (kind, True, False), row.reason
    assert row.reason.startswith(f"{name}: ")


def test_what_comes_after_a_bomb_is_read() -> None:
    rows = read_payloads(
        [
            ("good.pdf", pdf([[(SECOND, 40, 700)]])),
            ("bomb.pdf", bombs.calling_pdf(10, 10)),
            ("again.pdf", pdf([[(ARTICLE, 40, 700)]])),
        ],
        limits=LITTLE,
    )
    assert [row.text if isinstance(row, Document) else row.kind for row in rows] == [SECOND, "TooLarge", ARTICLE]


def test_a_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(1 << 30)  # of which the disk holds nothing
    (row,) = read([str(tmp_path / "long.txt")])
    assert isinstance(row, Rejected)
    assert (row.kind, "1,073,741,824 bytes; at most 50,000,000" in row.reason) == ("TooLarge", True)


@pytest.mark.parametrize(
    ("name", "make", "text"),
    [
        ("a.rss", bombs.feed, "One\n\nBefore  after."),
        ("a.docx", lambda body, declared: bombs.word(bombs.paragraph(body), declared=declared), "Before"),
    ],
)
def test_an_entity_brings_no_file_and_no_address(name: str, make: Callable[..., bytes], text: str) -> None:
    payload = make("Before &e;&p; after.", declared=bombs.STRANGER)
    (found,) = read_payload(payload, name=name, limits=LITTLE)
    assert found.text == text


def test_entities_of_entities_do_not_unfold_in_a_feed() -> None:
    payload = bombs.feed("&l9;", declared=bombs.BILLION)
    (found,) = read_payload(payload, name="a.rss", limits=LITTLE)
    assert len(found.text) < len(payload)
    assert feed_in(payload, name="a.rss", limits=LITTLE).entries[0].document.text == found.text


def test_a_page_of_one_endless_word_keeps_its_article() -> None:
    payload = page(f"<article><p>{ARTICLE}</p><p>{SECOND}</p><p>{'x' * 1_000_000}</p></article>").encode()
    (found,) = read_payload(payload, name="a.html", limits=LITTLE)
    assert found.text.startswith(ARTICLE)
    assert found.text.endswith("x" * 1_000_000)


def test_bottomless_data_in_a_page_is_passed_over() -> None:
    data = f"<script type='application/ld+json'>{'[' * 500_000}</script>"
    (found,) = read_payload(page(f"<p>{ARTICLE}</p><p>{SECOND}</p>", head=data).encode(), name="a.html", limits=LITTLE)
    assert found.text == f"{ARTICLE}\n\n{SECOND}"


BROKEN = {  # what: (bytes, words of the line)
    "half a character": (b"The treaty \xc3", "save it as UTF-8"),
    "a character too long": (b"The treaty \xc0\xaf\xe0\x80\xaf holds.", "save it as UTF-8"),
    "a surrogate": (b"The treaty \xed\xa0\x80 holds.", "save it as UTF-8"),
    "beyond the last": (b"The treaty \xf4\x90\x80\x80 holds.", "save it as UTF-8"),
    "half of UTF-16": ("The treaty".encode("utf-16") + b"\x00", "breaks it further on; save it as UTF-8"),
    "a surrogate in UTF-16": (b"\xff\xfeT\x00\x00\xd8T\x00", "breaks it further on; save it as UTF-8"),
    "no UTF-32": (b"\xff\xfe\x00\x00T\x00\x00\x00\xff\xff\xff\xff", "it holds NUL bytes"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_bytes_that_are_no_characters_are_refused_and_never_guessed(what: str) -> None:
    payload, words = BROKEN[what]
    (row,) = read_payloads([("a.txt", payload)], limits=LITTLE)
    assert isinstance(row, Rejected), row
    assert (row.kind, words in row.reason) == ("NotText", True), row.reason


@pytest.mark.parametrize("kind", [Damaged, TooLarge])
def test_a_bomb_among_feeds_is_told_to_the_watch(kind: type[Unreadable]) -> None:
    payload = b"no feed" if kind is Damaged else b"<item>" * 30_000
    with pytest.raises(kind, match=r"^wire: "):
        feed_in(payload, name="wire", limits=LITTLE)
