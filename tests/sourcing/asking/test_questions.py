"""Questions in the documents' own voice, told apart from all others; and what the documents say to them."""

from __future__ import annotations

import time

import pytest

from winset.corpus.types import Document, anchor
from winset.sourcing.asking.questions import questions, told_apart
from winset.sourcing.types import ReadDocument
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement

BEFORE = "The ministers met in Oslo on Monday. They spoke about the harbour for six hours.\n\n"


def read(text: str, *, title: str | None = None, said: str | None = None, language: str | None = None) -> ReadDocument:
    document = Document(name="a.txt", text=text, title=title, language=language)
    statements: tuple[Statement, ...] = ()
    if said is not None:
        at = text.index(said)
        words = anchor(document, at, at + len(said))
        statements = (Statement(document_id=document.id, source=None, cue=None, contents=(words,), form=Form.INDIRECT),)
    return ReadDocument(document=document, segments=segments(text), statements=statements)


def where(given: ReadDocument) -> list[tuple[str, str]]:
    return [(each.where, each.form) for each in told_apart(given)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Who will pay for the dredging once the fund is empty?",
        "And what if the pilots refuse?",
        "Is the levy a first step, or is it the last one that the coast will accept?",
        "How far can the club go without the southern ports (and the islands)?",
        "Does the phrase 'shared waters' mean the end of the treaty?",
        "What, then, is left of the plan?[4]",
        'Why did Lisbon call it a "poisoned gift"?',
        "Could [the new council](http://example.org/a?b=c) change that?",
    ],
)
def test_questions_of_the_documents_own_voice(sentence: str) -> None:
    assert where(read(f"{BEFORE}The plan raises several issues. {sentence} Nobody has said so yet.")) == [
        ("body", "direct")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is still unclear who will pay for the dredging.",
        "It remains to be seen whether the southern ports will follow.",
        "The question is whether the fund will last until winter.",
        "That raises the question of how the islands are to vote.",
        "Whether the pilots will accept this remains an open question.",
        "The more difficult question is who decides when the council cannot.",
    ],
)
def test_questions_without_a_mark(sentence: str) -> None:
    assert where(read(f"{BEFORE}The plan is bold. {sentence} The vote is in May.")) == [("body", "indirect")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister asked whether the fund would last.",
        "He did not know who would pay.",
        "The question of dredging was settled in March.",
        "It is clear who gains from it.",
        "The council will decide whether to dredge.",
        "There is no question that the harbour is too shallow.",
        "It remains the largest port in the north.",
        "The page is at http://example.org/search?harbour=1",
        "The fund (2009?) was small.",
    ],
)
def test_what_only_looks_like_a_question(sentence: str) -> None:
    assert where(read(f"{BEFORE}The plan is bold. {sentence} The vote is in May.")) == []


def test_quoted_questions_are_somebody_elses() -> None:
    first = f'{BEFORE}"Who is going to pay for all this?" the envoy asked. He left early.'
    text = f"{first} ‘So why not dredge it now?’ said another."
    assert "body" not in {place for place, _ in where(read(text))}


def test_a_question_in_a_quotation_over_paragraphs_is_quoted() -> None:
    text = (
        f'{BEFORE}"We have waited for years," she said.\n\n"The money is there. So why does nobody dredge it now?\n\n'
        '"I do not know," she added.'
    )
    assert {place for place, _ in where(read(text))} == {"quotation"}


def test_what_a_statement_reports_is_not_the_documents_own() -> None:
    text = f"{BEFORE}Who, the envoy wondered, is going to pay for all this? The room was silent."
    assert where(read(text, said="is going to pay for all this")) == [("body", "direct")]
    assert where(read(text, said="Who, the envoy wondered, is going to pay for all this?")) == [("quotation", "direct")]


def test_headings_titles_references_and_furniture_are_told_apart() -> None:
    text = (
        "Will the harbour be dredged before the winter, and will anybody on this coast pay for it?\n\n"
        f"{BEFORE}## Who pays?\n\nThe club decides in May. It has the money for one summer.\n\nWhat now?\n\n"
        "The pilots wait. Nobody knows for how long they can.\n\n"
        "Looking for something else? Search our site for older articles and sign up.\n\n"
        "References\n\n[1] Hall, A. (2019, May 3). Why are harbours silting up? Harbour Review.\n\n"
    )
    assert [place for place, _ in where(read(text))] == ["title", "heading", "heading", "furniture", "reference"]


def test_the_documents_title_is_a_title_wherever_it_stands() -> None:
    text = f"{BEFORE}Who pays for the northern harbours when the fund is empty for good?\n\nNobody does. It is a pity."
    title = "Who pays for the northern harbours when the fund is empty for good?"
    assert where(read(text, title=title)) == [("title", "direct")]


def test_labelled_questions_of_an_interview_are_the_interviewers() -> None:
    text = f"{BEFORE}Q: Will the fund last until the winter of next year?\n\nA: It will. We have counted it twice."
    assert [place for place, _ in where(read(text))] == ["quotation"]


def test_a_list_of_questions_is_asked() -> None:
    listed = "- Who pays for the dredging of the southern ports?\n- When does it begin, and who decides?\n"
    text = f"{BEFORE}The report leaves much open:\n\n{listed}"
    assert where(read(text)) == [("body", "direct")] * 2


def test_a_text_in_another_language_asks_nothing() -> None:
    text = (
        "Der Minister hat am Montag in Oslo über den Hafen gesprochen, und niemand hat ihm geantwortet. "
        "Wer soll das alles bezahlen, und wann wird endlich damit begonnen? Das weiß in dieser Stadt niemand so genau."
    )
    assert where(read(text, language="de")) == []


def test_a_question_gets_passages_and_never_another_question() -> None:
    text = (
        f"{BEFORE}Who will pay for the dredging of the harbour? Who pays for harbours in other countries?\n\n"
        "Norway will pay for the dredging of the harbour from its own fund. The pilots were not asked."
    )
    first, second = questions([read(text)])
    assert first.passages[0].anchor.exact.startswith("Norway will pay")
    assert not any("?" in passage.anchor.exact for question in (first, second) for passage in question.passages)
    assert all(passage.anchor.exact in text for passage in first.passages)


def test_an_indirect_question_is_no_answer_to_itself() -> None:
    text = f"{BEFORE}It is unclear who will pay for the dredging. Norway will pay for the dredging of the harbour."
    (question,) = questions([read(text)])
    assert not any("unclear" in passage.anchor.exact for passage in question.passages)


def test_a_question_that_nothing_answers_gets_no_passage() -> None:
    (question,) = questions([read(f"{BEFORE}It rained. Has any botanist ever counted the orchids of Madagascar?")])
    assert question.passages == ()


def test_no_documents_ask_nothing() -> None:
    assert questions([]) == ()
    assert questions([read("")]) == ()
    assert questions([read("?? ? !?\n\n?\n\n(?)")]) == ()


@pytest.mark.parametrize("text", ["?" * 300_000, "if " * 200_000, "whether it " * 100_000 + "remains", '"? ' * 100_000])
def test_hostile_texts_take_linear_time(text: str) -> None:
    began = time.perf_counter()
    told_apart(read(text))
    assert time.perf_counter() - began < 10
