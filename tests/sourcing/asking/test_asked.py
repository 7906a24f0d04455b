"""A question taken apart: kind, actors, whose word is asked for, terms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis.strategies import text

from winset.actors.registry import registry
from winset.errors import BadQuestion
from winset.sourcing.asking.asked import Wanted, asked
from winset.sourcing.asking.evidence import own_word, tells
from winset.sourcing.asking.stems import stem
from winset.sourcing.asking.terms import Named, actor_term, terms


@pytest.fixture(scope="module")
def named() -> Named:
    return Named(registry())


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who opposes the levy?", Wanted.WHO),
        ("Which countries want it?", Wanted.WHO),
        ("When does it begin?", Wanted.WHEN),
        ("Where will the fund sit?", Wanted.WHERE),
        ("How many ships are there?", Wanted.AMOUNT),
        ("What would the dredging cost?", Wanted.AMOUNT),
        ("Why did they leave?", Wanted.WHY),
        ("Is Oslo in favour?", Wanted.WHETHER),
        ("What did the pilots say?", Wanted.WHAT),
        ("levy on fish", Wanted.WHAT),
    ],
)
def test_what_kind_of_answer_is_wanted(named: Named, question: str, wanted: Wanted) -> None:
    assert asked(question, named).wanted is wanted


@pytest.mark.parametrize(
    ("question", "actor"),
    [
        ("How does Seoul see it?", "KOR"),
        ("What did Ottawa say about fish?", "CAN"),
        ("What was Lisbon's reaction?", "PRT"),
        ("Why keep it, according to Washington?", "USA"),
        ("Is Warsaw for or against the levy?", "POL"),
        ("How dear should it be, says New Delhi?", "IND"),
        ("Who spoke about trade with Chile?", None),
        ("What is the levy?", None),
    ],
)
def test_whose_word_is_asked_for(named: Named, question: str, actor: str | None) -> None:
    assert asked(question, named).asked_of == actor


@pytest.mark.parametrize(
    ("question", "anything"),
    [
        ("How does Seoul see it?", True),
        ("What was Lisbon's reaction?", True),
        ("What does Canada think of the plan?", True),
        ("What does Canada think of whaling?", False),
        ("How does Seoul see Tokyo?", False),
        ("Who sees it so?", False),
    ],
)
def test_whether_a_matter_is_asked_about(named: Named, question: str, anything: bool) -> None:
    assert asked(question, named).about_anything is anything


def test_capitals_and_leaders_are_the_states_terms(named: Named) -> None:
    assert actor_term("KOR") in asked("How does Seoul see it?", named).terms
    assert actor_term("FRA") in asked("What does Macron fear?", named).terms
    assert asked("How does Seoul see it?", named).plainly == "How does South Korea see it?"
    assert "they" in asked("How does Seoul see it?", named).without_the_one


@pytest.mark.parametrize("question", ["", "  \n", "?!", "…"])
def test_a_question_without_words_is_refused(named: Named, question: str) -> None:
    with pytest.raises(BadQuestion, match="no words"):
        asked(question, named)


class NotLookedInto(str):
    """Words of which the length alone may be asked."""

    def split(self, *_: object) -> list[str]:
        raise AssertionError("a question that is too long was looked into")

    __iter__ = split  # type: ignore[assignment]


def test_ten_megabytes_are_no_question_and_are_not_looked_into(named: Named) -> None:
    with pytest.raises(BadQuestion, match="10,000,000 characters"):
        asked(NotLookedInto("x" * 10_000_000), named)
    with pytest.raises(AssertionError, match="looked into"):
        asked(NotLookedInto("Who objects?"), named)


@settings(deadline=None)
@given(question=text(max_size=200))
def test_whatever_is_asked_is_taken_apart_or_refused(question: str) -> None:
    try:
        found = asked(question, Named(registry()))
    except BadQuestion:
        return
    assert all(word.isalnum() for word in found.terms)


@pytest.mark.published("Porter (1980), An algorithm for suffix stripping, section 2")
@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("caresses", "caress"), ("ponies", "poni"), ("cats", "cat"), ("agreed", "agre"), ("plastered", "plaster"),
        ("motoring", "motor"), ("sing", "sing"), ("hopping", "hop"), ("falling", "fall"), ("happy", "happi"),
        ("relational", "relat"), ("conditional", "condit"), ("formaliti", "formal"), ("triplicate", "triplic"),
        ("hopeful", "hope"), ("revival", "reviv"), ("adjustment", "adjust"), ("adoption", "adopt"),
        ("probate", "probat"), ("controll", "control"), ("roll", "roll"),
    ],
)  # fmt: skip
def test_porters_own_examples(word: str, cut: str) -> None:
    assert stem(word) == cut


def test_american_and_british_endings_meet() -> None:
    assert terms("The organisations criticised it") == terms("organizations criticized")


def test_who_leads_a_sentence_speaks_in_it() -> None:
    led, joined = "Chile, with Peru, opposed the levy.", "Ghana opposed the levy of which Chile is part."
    assert own_word(led, [(0, 5)]) == 1.0
    assert own_word(led, [(12, 16)]) == 0.7
    assert own_word(joined, [(joined.index("Chile"), joined.index("Chile") + 5)]) == 0.0


def test_a_number_is_told_by_a_figure_or_a_word_and_not_by_a_note() -> None:
    assert tells(Wanted.AMOUNT, "It has three boats.") == 1.0
    assert tells(Wanted.AMOUNT, "It has boats. [3]") == 0.0
    assert tells(Wanted.WHEN, "It began in March 2019.") == 1.0
    assert tells(Wanted.WHEN, "It has begun.") == 0.0
