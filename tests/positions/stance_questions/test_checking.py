"""Only words that stand by the statement are taken from a language model's judgement of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from, text

from winset.corpus.types import Document, anchor
from winset.errors import BadSpan, NotAsAsked
from winset.ids import PartialDate
from winset.issues import Issue, Option
from winset.positions.stance_questions.answer import MOST, SCHEMA, Answer, Told, read_answer
from winset.positions.stance_questions.checking import LONGEST_WORDS, option_told, sentences_of, words_held
from winset.positions.stance_questions.questions import Question, questions
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement

WRITTEN = (
    "The harbour was quiet.\n\n"
    "Riga objected to the levy. It was late. Oslo welcomed it.\n\n"
    "Then Riga spoke again.\n\n"
    "Tampere was far away and in favour."
)
DOCUMENT = Document(name="a.txt", text=WRITTEN)
BLOCKS = segments(WRITTEN)
ISSUE = Issue(
    proposal="A levy on harbours",
    body="own",
    rule="consensus",
    on=PartialDate("2031"),
    options=(Option(label="a lower levy", value=40),),
)


def statement(source: str, cue: str, content: str) -> Statement:
    parts = []
    for words in (source, cue, content):
        start = WRITTEN.index(words)
        parts.append(anchor(DOCUMENT, start, start + len(words)))
    return Statement(document_id=DOCUMENT.id, source=parts[0], cue=parts[1], contents=(parts[2],), form=Form.ACT)


def question() -> Question:
    (only,) = questions(DOCUMENT, BLOCKS, [statement("Riga", "objected", "to the levy")])
    return only


def told(*words: str, **further: Any) -> Told:
    usual = {"statement": 1, "relevance": 0.9, "direction": -1, "firmness": 0.8, "hedged": False, "conditional": False}
    return Told.model_validate({**usual, "words": list(words), **further})


def held(*words: str, **further: Any) -> list[str]:
    asked = question()
    spans = words_held(told(*words, **further), asked.asked[0], asked, sentences_of(BLOCKS))
    return [WRITTEN[start:end] for start, end in spans]


def test_words_of_the_statements_sentence_hold_and_so_do_others_beside_them() -> None:
    assert held("objected to the levy") == ["objected to the levy"]
    assert held("objected", "The harbour was quiet") == ["The harbour was quiet", "objected"]
    assert held("objected", "Riga spoke again") == ["objected", "Riga spoke again"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "0 stretches"),
        (("objected",) * 6, "6 stretches"),
        (("refused the levy",), "does not stand"),
        (("object",), "does not stand"),  # within a word
        (("It was late",), "own sentence"),
        (("welcomed it",), "own sentence"),
        (("objected", "in favour"), "does not stand"),  # two paragraphs further down
        (("!",), "does not stand"),
        (("objected to " * LONGEST_WORDS,), "characters"),
    ],
)
def test_all_others_are_refused(words: tuple[str, ...], why: str) -> None:
    with pytest.raises(BadSpan, match=why):
        held(*words)


def test_what_is_about_something_else_needs_no_words() -> None:
    assert held(relevance=0.2) == []


def test_an_option_must_be_one_of_the_issues() -> None:
    assert option_told(told(), ISSUE) is None
    assert option_told(told(option=1), ISSUE) == "a lower levy"
    for number in (0, 2, -1):
        with pytest.raises(BadSpan):
            option_told(told(option=number), ISSUE)


@pytest.mark.parametrize(
    "change",
    [
        {"relevance": 1.1},
        {"direction": -1.5},
        {"direction": "for"},
        {"firmness": float("nan")},
        {"hedged": "no"},
        {"statement": "1"},
        {"option": "a lower levy"},
        {"words": "objected"},
    ],
)
def test_marks_off_their_scale_are_not_as_asked(change: dict[str, Any]) -> None:
    import json

    usual = told("objected").model_dump()
    assert read_answer(json.dumps({"stances": [usual]})) == Answer(stances=[told("objected")])
    with pytest.raises(NotAsAsked):
        read_answer(json.dumps({"stances": [{**usual, **change}]}))
    with pytest.raises(NotAsAsked):
        read_answer(json.dumps({"stances": [usual] * (MOST + 1)}))


def test_the_schema_asks_for_what_the_reader_reads() -> None:
    asked = SCHEMA["properties"]["stances"]["items"]
    read = Answer.model_json_schema()["$defs"]["Told"]["properties"]
    assert set(asked["properties"]) == set(asked["required"]) == set(read)


@given(words=lists(sampled_from(["objected", "levy", "Riga", ".", "“", "in favour"]) | text(max_size=8), max_size=6))
def test_whatever_is_told_only_words_of_the_document_pass(words: list[str]) -> None:
    try:
        found = held(*words)
    except BadSpan:
        return
    assert found
    assert all(each in WRITTEN for each in found)


def test_every_statement_is_asked_about_once() -> None:
    one = statement("Riga", "objected", "to the levy")
    other = statement("Oslo", "welcomed", "it")
    asked = list(questions(DOCUMENT, BLOCKS, [one, other] * 15))
    assert [len(each.asked) for each in asked] == [20, 10]
    assert [each.place for some in asked for each in some.asked] == list(range(30))
    assert [each.number for each in asked[1].asked] == list(range(1, 11))
