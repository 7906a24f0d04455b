from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.conftest import ARTICLE, SECOND, Line, column, one, pdf, refused

from winset.corpus.readers import READERS
from winset.corpus.types import Limits
from winset.errors import Unreadable

Put = Callable[[str, bytes | str], Path]


def test_rows_are_joined_to_paragraphs(put: Put) -> None:
    first = column(ARTICLE, x=72, top=700, width=60)
    second = column(SECOND, x=72, top=first[-1][2] - 30, width=60)
    document = one(put("a.pdf", pdf([[*first, *second]])))
    assert document.text == f"{ARTICLE}\n\n{SECOND}"
    assert (document.reader, document.media_type) == ("pdf", "application/pdf")


def test_a_paragraph_goes_on_over_the_end_of_a_page(put: Put) -> None:
    rows = column(f"{ARTICLE} {SECOND}", x=72, top=700, width=60)
    later: list[Line] = [(words, x, y + 100) for words, x, y in rows[3:]]
    assert one(put("a.pdf", pdf([rows[:3], later]))).text == f"{ARTICLE} {SECOND}"


def test_a_word_broken_at_the_end_of_a_row_is_one_word_again(put: Put) -> None:
    rows: list[Line] = [
        ("The ministers discussed the common coast guard sta-", 72, 700),
        ("tion and a treaty between Freedonia and the Anglo-", 72, 686),
        ("Sylvanian union.", 72, 672),
    ]
    assert one(put("a.pdf", pdf([rows]))).text == (
        "The ministers discussed the common coast guard station and a treaty between Freedonia and the Anglo- "
        "Sylvanian union."
    )


def test_two_columns_are_read_one_after_the_other(put: Put) -> None:
    left = column(" ".join([ARTICLE, SECOND] * 2), x=50, top=700, width=40)
    right = column(" ".join([SECOND, ARTICLE] * 2), x=320, top=700, width=40)
    title: Line = ("A title that runs over the whole width of the page, and on, and on, to its very right end", 50, 760)
    text = one(put("a.pdf", pdf([[title, *left, *right]]))).text
    assert text.startswith(f"{title[0]}\n\n{ARTICLE} {SECOND}")
    assert f"{SECOND} {ARTICLE}" in text


def test_words_that_are_only_set_apart_are_apart(put: Put) -> None:
    drawn = "BT /F1 10 Tf 72 700 Td [(Freedonia)-300(supports)-300(the)-300(plan.)] TJ ET"
    assert one(put("a.pdf", pdf([[]], drawn=drawn))).text == "Freedonia supports the plan."


@pytest.mark.parametrize("matrix", ["0 1 -1 0 40 300", "0 -1 1 0 40 300", "-1 0 0 -1 540 600", ".7 .7 -.7 .7 200 500"])
def test_a_stamp_across_the_page_comes_last(put: Put, matrix: str) -> None:
    stamp = f"BT /F1 9 Tf {matrix} Tm (For discussion only) Tj ET"
    rows = column(f"{ARTICLE} {SECOND}", x=72, top=640, width=60)
    text = one(put("a.pdf", pdf([rows], drawn=stamp))).text
    assert text.startswith(f"{ARTICLE} {SECOND}\n\n")
    after = text.removeprefix(f"{ARTICLE} {SECOND}").split()
    assert after == ["For", "discussion", "only"][:: -1 if "." in matrix else 1]  # a slanted one from top to bottom


def test_a_page_that_lies_on_its_side_is_read_like_any_other(put: Put) -> None:
    rows = column(ARTICLE, x=72, top=500, width=60)
    drawn = "".join(f"BT /F1 10 Tf 0 1 -1 0 {595 - y} {x} Tm ({words}) Tj ET\n" for words, x, y in rows)
    assert one(put("a.pdf", pdf([[]], drawn=drawn))).text == ARTICLE


def test_running_heads_and_page_numbers_are_left_out(put: Put) -> None:
    bodies = [" ".join([word, ARTICLE, word, SECOND, word]) for word in ("Aye.", "Nay.", "Perhaps.", "Never mind.")]
    pages = [
        [("Harbour Council Papers", 72, 800), *column(body, x=72, top=700, width=60), (f"Page {number}", 280, 40)]
        for number, body in enumerate(bodies, start=1)
    ]
    text = one(put("a.pdf", pdf(pages))).text
    assert "Harbour Council Papers" not in text
    assert "Page" not in text
    assert text.count("Freedonia supports the plan") == 4


def test_a_title_that_the_running_heads_repeat_is_kept(put: Put) -> None:
    words = ("Aye.", "Nay.", "Perhaps.")
    pages = [[("Harbour Paper", 72, 800), *column(f"{word} {ARTICLE}", x=72, top=600, width=60)] for word in words]
    pages[0] = [("Preface", 72, 800), *pages[0][1:]]
    whole = pdf([*pages, pages[1]]).replace(b"/F1 10 Tf 72 800 Td (Preface)", b"/F1 24 Tf 72 700 Td (Harbour Paper)", 1)
    text = one(put("a.pdf", whole)).text
    assert text.startswith("Harbour Paper\n\nAye.")
    assert text.count("Harbour Paper") == 1


def test_title_byline_and_date_are_taken_from_the_page_before_the_file(put: Put) -> None:
    lines: list[Line] = [
        ("Station talks go on", 72, 780),
        ("By Ana Lima", 72, 750),
        ("14 June 2023", 72, 730),
        *column(ARTICLE, x=72, top=700, width=60),
    ]
    info = "/Title (Microsoft Word - draft.docx) /Author (account7) /CreationDate (D:20200101120000Z)"
    document = one(put("a.pdf", pdf([lines], info=info)))
    assert (document.title, document.authors) == ("Station talks go on", ("Ana Lima",))
    assert str(document.published) == "2023-06-14"


def test_what_the_page_does_not_state_the_file_may(put: Put) -> None:
    info = "/Title (Station talks) /Author (Ana Lima) /CreationDate (D:20230614120000Z)"
    document = one(put("a.pdf", pdf([column(ARTICLE, x=72, top=700, width=60)], info=info)))
    assert (document.title, document.authors, str(document.published)) == ("Station talks", ("Ana Lima",), "2023-06-14")
    assert ("published", "PDF CreationDate") in document.found_in


def test_a_password_is_asked_for_in_one_line(put: Put) -> None:
    row = refused(put("a.pdf", pdf([column(ARTICLE, x=72, top=700, width=60)], encrypted=True)))
    assert row.kind == "Encrypted"
    assert "password" in row.reason


def test_a_file_without_pages_is_not_taken_for_the_encrypted_one_before_it(put: Put) -> None:
    assert refused(put("a.pdf", pdf([[]], encrypted=True))).kind == "Encrypted"
    assert refused(put("b.pdf", pdf([]))).kind == "NoMainText"
    assert refused(put("c.pdf", b"%PDF-1.7\nno more")).kind == "Damaged"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\nno more than this", b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>"]
)
def test_a_damaged_file_says_so(put: Put, content: bytes) -> None:
    assert refused(put("a.pdf", content)).kind == "Damaged"


def test_a_file_cut_short_is_damaged_or_read_but_never_breaks(put: Put) -> None:
    whole = pdf([column(ARTICLE, x=72, top=700, width=60)])
    assert refused(put("a.pdf", whole[: len(whole) // 3])).kind in {"Damaged", "NoMainText"}


def test_binary_under_the_name_of_a_pdf_is_damaged(put: Put) -> None:
    assert refused(put("a.pdf", b"\x00\x01\x02" * 99)).kind == "Damaged"


def test_a_scan_says_that_it_has_no_text_layer(put: Put) -> None:
    row = refused(put("a.pdf", pdf([[]])))
    assert row.kind == "NoMainText"
    assert "no text layer" in row.reason


def test_too_many_pages_are_refused(put: Put) -> None:
    row = refused(put("a.pdf", pdf([[("One", 72, 700)]] * 3)), limits=Limits(pdf_pages=2))
    assert (row.kind, "at most 2" in row.reason) == ("TooLarge", True)


def test_too_many_characters_are_refused(put: Put) -> None:
    rows = column(f"{ARTICLE} {SECOND}", x=72, top=700, width=60)
    row = refused(put("a.pdf", pdf([rows, rows])), limits=Limits(text_characters=400))
    assert (row.kind, "at most 400" in row.reason) == ("TooLarge", True)


def test_a_stream_that_unpacks_without_end_is_refused_before_it_is_unpacked(put: Put) -> None:
    bomb = zlib.compress(b" " * 30_000_000, 9)
    whole = pdf([[("One", 72, 700)]])
    hurt = whole.replace(b"xref\n0", b"9 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + bomb + b"\nendstream\nxref\n0")
    assert refused(put("a.pdf", hurt), limits=Limits(unpacked_bytes=10_000_000)).kind == "TooLarge"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1500), st.binary(min_size=1, max_size=30))
def test_a_file_damaged_anywhere_gives_a_document_or_a_refusal(place: int, noise: bytes) -> None:
    whole = pdf([column(ARTICLE, x=72, top=700, width=60)])
    hurt = whole[:place] + noise + whole[place + len(noise) :]
    try:
        documents = READERS["pdf"](hurt, name="a.pdf", limits=Limits())
    except Unreadable as refusal:
        assert "a.pdf" in str(refusal)  # noqa: PT017 - the other lawful outcome
        return
    assert all(document.text.strip() for document in documents)
