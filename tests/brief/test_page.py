from __future__ import annotations

from dataclasses import replace

from winset.brief.page import Page, in_order
from winset.brief.types import Brief
from winset.corpus.types import Document, anchor
from winset.statements.types import Form, Statement

TEXT = 'He said "we will not" and, after a long pause in the hall, "never" to the reporters. Kesh objects.'
DOCUMENT = Document(name="a.txt", text=TEXT)


def statement(source: str | None, cue: str | None, *contents: str) -> Statement:
    def place(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    return Statement(
        document_id=DOCUMENT.id,
        source=anchor(DOCUMENT, *place(source)) if source else None,
        cue=anchor(DOCUMENT, *place(cue)) if cue else None,
        contents=tuple(anchor(DOCUMENT, *place(words)) for words in contents),
        form=Form.DIRECT,
    )


def read(made: Statement) -> str:
    return "".join(words for _, words in in_order(made, TEXT))


def test_a_statement_reads_as_in_its_document_with_long_gaps_left_out() -> None:
    assert read(statement("He", "said", "we will not", "never")) == 'He said "we will not" […] "never"'


def test_a_bare_attitude_is_its_source_and_cue() -> None:
    assert read(statement("Kesh", "objects")) == "Kesh objects"


def test_a_source_inside_the_content_is_shown_once() -> None:
    inside = in_order(statement("the reporters", None, "to the reporters"), TEXT)
    assert "".join(words for role, words in inside if role != "gap") == "to the reporters"


def test_numbers_run_through_the_page_in_reading_order(compact_brief: Brief) -> None:
    page = Page(compact_brief)
    shown = [row.number for group in page.speaking for actor in group.actors for row in actor.about]
    assert shown == list(range(1, len(shown) + 1))
    assert sorted(page.numbers.values()) == list(range(1, len(compact_brief.statements) + 1))


def test_the_blocker_comes_first_among_the_members(compact_brief: Brief) -> None:
    turned = replace(
        compact_brief, parties=(compact_brief.parties[1], compact_brief.parties[0], *compact_brief.parties[2:])
    )
    assert Page(turned).speaking[0].actors[0].name == "Arvenia"


def test_the_quotation_shown_for_a_blocker_is_in_its_own_words(compact_brief: Brief) -> None:
    page = Page(compact_brief)
    quoted = page.quotation(compact_brief.forecast.blockers[0])
    assert quoted is not None
    assert quoted.coded.statement.form is Form.DIRECT
    assert quoted.speaker == "Mira Solen"


def test_citations_in_a_row_become_a_run(compact_brief: Brief) -> None:
    page = Page(compact_brief)
    by_number = {row.number: row.coded.id for row in page.rows.values()}
    runs, others = page.cites([by_number[5], by_number[3], by_number[4], by_number[9], "treaty"])
    assert [(first.number, last.number) for first, last in runs] == [(3, 5), (9, 9)]
    assert others == ("treaty",)


def test_sources_that_were_not_identified_have_their_own_place(compact_brief: Brief) -> None:
    last = Page(compact_brief).speaking[-1]
    assert last.title == "Sources not identified"
    assert [row.coded.identification.represents for row in last.actors[0].about] == [None]


def test_the_timeline_keeps_the_precision_of_its_sources(compact_brief: Brief) -> None:
    dates = [entry.date for entry in Page(compact_brief).timeline]
    assert dates == ["2029", "28 April 2031", "1 May 2031", "2 May 2031", "August 2031"]


def test_an_origin_names_all_that_rests_on_it(compact_brief: Brief) -> None:
    ledger = next(row for row in Page(compact_brief).origins if row.label.startswith("Evening Ledger"))
    assert len(ledger.statements) == 5
    assert len(ledger.documents) == 3
    assert ledger.actors == ("Arvenia",)
