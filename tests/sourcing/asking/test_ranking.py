"""Which passages answer: on documents made up for it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import lists, sampled_from, text

from winset.actors.registry import registry
from winset.corpus.types import Document
from winset.errors import BadQuestion
from winset.sourcing.asking.asked import asked
from winset.sourcing.asking.passages import LONGEST, passages
from winset.sourcing.asking.ranking import SHOWN_TOGETHER, Answer, best
from winset.sourcing.asking.terms import Named
from winset.statements.segmentation import segments
from winset.store.passage_index import index_of

HARBOUR = Document(
    name="harbour.txt",
    text="Norway will pay for the dredging of the northern harbour from its oil fund. The work begins in May 2031.\n\n"
    "Portugal opposed the plan because trawlers would lose their fishing grounds. Is that fair? Nobody answered.\n\n"
    "Chile said that it would abstain. Its envoy praised the pilots of Bergen.",
)
COPY = Document(
    name="copy.txt",
    text="Somebody else wrote this.\n\nPortugal opposed the plan because trawlers would lose their fishing grounds.",
)
WEATHER = Document(name="weather.txt", text="It rained in Bergen for the whole week. The lamps of the quay went out.")

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask() -> Ask:
    named = Named(registry())

    def answer(question: str, *documents: Document, top: int = 5) -> Answer:
        by_id = {each.id: each for each in documents}
        with index_of(documents, named) as index:
            return best(asked(question, named), index, by_id.__getitem__, named, top=top)

    return answer


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Who pays for the dredging?", "Norway will pay"),
        ("Why is Lisbon against the plan?", "Portugal opposed"),
        ("When does the work begin?", "Norway will pay"),  # shown with the sentence behind it, which tells
        ("What did Santiago say?", "Chile said"),
    ],
)
def test_the_passage_that_tells_it_comes_first(ask: Ask, question: str, begins: str) -> None:
    first = ask(question, HARBOUR, WEATHER).passages[0]
    assert first.anchor.exact.startswith(begins)
    assert first.anchor.holds_in(HARBOUR)


@pytest.mark.parametrize("question", ["Who pays for the dredging?", "Why is Lisbon against the plan?"])
def test_a_plain_question_is_answered(ask: Ask, question: str) -> None:
    assert ask(question, HARBOUR, WEATHER).answered


@pytest.mark.parametrize(
    "question",
    [
        "What does Seoul say about the harbour?",
        "Who won the chess championship of 1972?",
        "How many orchids grow in Madagascar?",
    ],
)
def test_nothing_here_answers_it(ask: Ask, question: str) -> None:
    assert not ask(question, HARBOUR, WEATHER).answered


def test_an_open_question_about_an_actor_is_answered_by_what_it_says(ask: Ask) -> None:
    answer = ask("How does Lisbon see it?", HARBOUR, WEATHER)
    assert answer.answered
    assert answer.passages[0].anchor.exact.startswith("Portugal opposed")
    assert not ask("How does Seoul see it?", HARBOUR, WEATHER).answered


def test_scores_fall_and_lie_between_0_and_1(ask: Ask) -> None:
    scores = [each.score for each in ask("Who pays for the dredging?", HARBOUR, WEATHER).passages]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_questions_answer_nothing(ask: Ask) -> None:
    shown = ask("Is that fair?", HARBOUR, WEATHER, top=9).passages
    assert not any(each.anchor.exact == "Is that fair?" for each in shown)


def test_one_sentence_is_shown_once(ask: Ask) -> None:
    shown = ask("Why is Lisbon against the plan?", HARBOUR, COPY, top=9).passages
    assert sum("trawlers" in each.anchor.exact for each in shown) == 1


def test_passages_do_not_overlap(ask: Ask) -> None:
    spans = sorted(each.anchor.span for each in ask("What about the harbour?", HARBOUR, top=9).passages)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all(end - start <= SHOWN_TOGETHER for start, end in spans)


def test_no_documents_answer_nothing(ask: Ask) -> None:
    empty = Document(name="empty.txt", text="")
    assert ask("Who pays?", empty) == ask("Who pays?")
    assert not ask("Who pays?").answered


def test_the_same_question_gets_the_same_answer(ask: Ask) -> None:
    assert ask("Who opposes the plan?", HARBOUR, WEATHER) == ask("Who opposes the plan?", HARBOUR, WEATHER)


SIGNS = sampled_from(
    ['"', "'", "*", "NEAR(", "OR", "AND NOT", "terms:", "^", "-", ")", "(", ";--", "\\", "%", "who", "pays"]
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(signs=lists(SIGNS, max_size=8), rest=text(max_size=20))
def test_operators_and_quotes_in_a_question_are_harmless(ask: Ask, signs: list[str], rest: str) -> None:
    try:
        answer = ask(" ".join([*signs, rest]), WEATHER)
    except BadQuestion:
        return
    assert all(each.anchor.holds_in(WEATHER) for each in answer.passages)


def test_passages_are_sentences_of_the_body_and_long_ones_are_cut() -> None:
    text = "# The harbour\n\nIt is deep enough. Yes.\n\n" + "ports and " * 200 + "quays."
    document = Document(name="a.txt", text=text)
    found = [text[start:end] for start, end in passages(document, segments(text))]
    assert found[0] == "It is deep enough."
    assert all(len(each) <= LONGEST for each in found)
    assert " ".join(found[1:]).split() == text.split("Yes.")[1].split()


def test_passages_in_another_language_are_left_out() -> None:
    text = "Der Hafen ist tief genug für alle Schiffe, die im Winter aus dem Norden kommen und hier ankern wollen."
    assert passages(Document(name="a.txt", text=text, language="de"), segments(text)) == ()
