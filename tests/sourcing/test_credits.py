"""Which outside sources a document names, and which statements rest on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.sourcing.credits import credits as credited
from winset.sourcing.types import Credit
from winset.statements.segmentation import segments
from winset.statements.types import Statement

if TYPE_CHECKING:
    from tests.sourcing.conftest import Coded, Gold, Row, Say

MEDIA_RECALL_FLOOR = 0.90  # of the coded media and documents; raise it, never lower it quietly
PRECISION_FLOOR = 1.0
LINK_RECALL_FLOOR = 0.55  # of their links to statements


def found(text: str, *statements: Statement, published: str | None = None) -> tuple[Credit, ...]:
    document = Document(name="a.txt", text=text, published=PartialDate(published) if published else None)
    return credited(document, segments(text), statements)


@pytest.mark.parametrize(
    ("text", "origin", "words"),
    [
        ("The port closes, according to the Financial Times.", "Financial Times", "according to the Financial Times"),
        ("Quoted by Kyodo News, Reed agreed.", "Kyodo News", "Quoted by Kyodo News"),
        ("Reed told DW that it closes.", "Deutsche Welle", "told DW"),
        ("Nikkei Asia revealed the plan.", "Nikkei Asia", "Nikkei Asia revealed"),
        ("A Reuters report on the port came first.", "Reuters", "A Reuters report"),
        ("There were reactions to the Guardian story.", "The Guardian", "reactions to the Guardian story"),
    ],
)
def test_a_medium_is_credited_with_the_words_that_say_so(text: str, origin: str, words: str) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, credit.anchor.exact) == ("medium", origin, words)


@pytest.mark.parametrize("text", ["He owns shares of the Financial Times.", "Photo: Ada Lee/AFP", "The Times change."])
def test_a_medium_that_is_only_mentioned_is_not_credited(text: str) -> None:
    assert found(text) == ()


def test_a_report_keeps_the_date_it_was_given_first() -> None:
    text = "A Reuters report on March 3rd told of it. Nobody knew. The Reuters report claimed more."
    assert [str(credit.dated) for credit in found(text, published="2021-03-12")] == ["2021-03-03", "2021-03-03"]


@pytest.mark.parametrize(
    ("text", "origin", "dated"),
    [
        ("Its 2019 Maritime Strategy affirmed that ports matter.", "2019 Maritime Strategy", "2019"),
        ("Ports matter, according to ministry documents.", "ministry documents", None),
    ],
)
def test_a_quoted_document_is_credited(text: str, origin: str, dated: str | None) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, str(credit.dated)) == ("document", origin, str(dated))


def test_a_document_that_is_a_statements_source_is_credited(say: Say) -> None:
    document = Document(name="a.txt", text="The port policies of Freeland mention the ferry.")
    statement = say(document, "The port policies of Freeland", "mention", "the ferry")
    (credit,) = credited(document, segments(document.text), [statement])
    assert (credit.origin, credit.statement_ids) == ("port policies of Freeland", (statement.id,))


def test_a_credit_carries_the_statements_of_its_sentence_and_those_that_go_on(say: Say) -> None:
    text = "According to Reuters, Reed said it closes. “It must,” she added. Lee denied that it is old."
    document = Document(name="a.txt", text=text)
    said = say(document, "Reed", "said", "it closes")
    added = say(document, "she", "added", "It must")
    denied = say(document, "Lee", "denied", "it is old")
    (credit,) = credited(document, segments(text), [said, added, denied])
    assert credit.statement_ids == (said.id, added.id)


def test_a_journalists_question_does_not_make_the_answer_the_mediums(say: Say) -> None:
    text = "Asked by a reporter from Kyodo News whether it closes, Reed denied that."
    document = Document(name="a.txt", text=text)
    asked = say(document, "a reporter from Kyodo News", "Asked", "whether it closes")
    denied = say(document, "Reed", "denied", "that")
    (credit,) = credited(document, segments(text), [asked, denied])
    assert credit.statement_ids == (asked.id,)


def test_a_footnote_is_resolved_to_its_entry_and_an_unnumbered_entry_stands_for_the_document(say: Say) -> None:
    text = "Reed said it closes.[1]\n\n[1] 2021/3/5 https://www.reuters.com/a\n[2] https://www.ft.com/b"
    document = Document(name="a.txt", text=text)
    said = say(document, "Reed", "said", "it closes")
    note, entry = credited(document, segments(text), [said])
    assert (note.kind, note.origin, note.dated) == ("reference", "Reuters", PartialDate("2021-03-05"))
    assert (note.anchor.exact, note.url, note.statement_ids) == ("[1]", "https://www.reuters.com/a", (said.id,))
    assert (entry.origin, entry.statement_ids) == ("Financial Times", ())


def test_links_credit_the_medium_or_site_they_lead_to() -> None:
    text = "It [closes](https://www.ft.com/a), as [all](https://port.example/b) know, [see](#)."
    assert [(credit.kind, credit.origin) for credit in found(text)] == [
        ("link", "Financial Times"),
        ("link", "port.example"),
    ]


def test_coded_media_and_documents_are_found(gold: Gold, coded: Coded) -> None:
    documents, statements = coded
    rows = [row for row in gold("lineage_dev") if row["record_type"] == "credit"]
    wanted = [
        row for row in rows if str(row["source_type"]).startswith(("media", "official documents", "official document"))
    ]
    every = [
        (document.name, credit)
        for document in documents
        for credit in credited(document, segments(document.text), list(statements.values()))
    ]

    def agree(row: Row, name: str, credit: Credit) -> bool:
        start, end = row["span"]
        return bool(row["doc"] == name and credit.anchor.start < end and start < credit.anchor.end)

    recall = sum(any(agree(row, *credit) for credit in every) for row in wanted) / len(wanted)
    precision = sum(any(agree(row, *credit) for row in rows) for credit in every) / len(every)
    assert recall >= MEDIA_RECALL_FLOOR
    assert precision >= PRECISION_FLOOR
    links = [(row, statements[id].id) for row in wanted for id in row["statement_ids"] if id in statements]
    kept = [any(agree(row, *credit) and id in credit[1].statement_ids for credit in every) for row, id in links]
    assert sum(kept) / len(kept) >= LINK_RECALL_FLOOR
