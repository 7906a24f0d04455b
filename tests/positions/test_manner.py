"""How a stance is put."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document
from winset.positions.manner import CONDITION, CONDITION_SIGNS, FIRM, PLAIN, SOFT, conditional, firmness, voice
from winset.positions.types import Voice
from winset.statements.extraction import RULES, extract
from winset.statements.types import Statement


def said(text: str) -> Statement:
    found = extract(Document(name="made", text=text), methods=RULES).statements
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway firmly opposes the river station.", FIRM),
        ("Norway vetoed the river station.", FIRM),
        ("Norway opposes the river station.", PLAIN),
        ("Norway said the river station was a mistake.", PLAIN),
        ("Norway said it could not live with the river station.", FIRM),
        ("Norway said it would not block the river station.", PLAIN),
        ("Norway said there was no reason to refuse the river station.", PLAIN),
        ("Norway prefers the river station.", PLAIN),
        ("Norway is concerned about the river station.", SOFT),
        ("Norway said it had doubts about the river station.", SOFT),
    ],
)
def test_firm_words_and_soft_ones(text: str, wanted: float) -> None:
    assert firmness(said(text)) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "it would back the station only if the costs were shared",
        "it would not sign unless Riga did",
        "it could accept the station provided that no soldiers were sent",
        "it agreed on condition that the mandate ends in May",
        "its consent was subject to a vote at home",
        "it would vote in favour, on the understanding that nobody pays twice",
        "it would join the station, should they be willing to share it",
        "it could sign once the costs were known",
        "a vote must not come before the audit and not until it is public",
        "no boat would land without an invitation",
        "it would agree, assuming that Riga paid",
    ],
)
def test_conditions_are_seen(words: str) -> None:
    assert conditional(said(f"Norway said {words}."))


@pytest.mark.parametrize(
    "words", ["it would oppose the station even if Riga paid", "it asked whether the station was needed", "it agrees"]
)
def test_what_sets_no_condition(words: str) -> None:
    assert not conditional(said(f"Norway said {words}."))


def test_whose_words_they_are() -> None:
    assert voice(said("“We will never agree to the station,” Norway said.")) is Voice.OWN
    assert voice(said("Norway said the station was a mistake.")) is Voice.REPORTED
    assert voice(said("Norway opposes the station.")) is Voice.ASCRIBED


CONDITIONAL_WORDS = st.lists(
    st.sampled_from(
        "Even If unless provided providing that as long so on the condition conditional upon subject to in exchange"
        " return for understanding assumption proviso premise with assuming contingent hinges hinged depends on event"
        " absence of failing this should they agree were it to only when once not until before comes first without a"
        " mandate its approval met pending further Riga said".split()
    ),
    max_size=8,
).map(" ".join)


@given(CONDITIONAL_WORDS)
def test_every_condition_holds_one_of_the_signs(words: str) -> None:
    """What holds none of them is not searched."""
    if CONDITION.search(words):
        assert any(sign in words.lower() for sign in CONDITION_SIGNS)


def test_every_branch_of_a_condition_has_its_sign() -> None:
    texts = [
        *("if so", "unless so", "provided that", "providing that", "as long as", "on the condition", "conditional on"),
        *("subject to", "in exchange for", "in return for", "on the understanding", "on that assumption"),
        *("on the proviso", "on the premise", "with the proviso", "assuming that", "contingent on", "hinges on"),
        *("depends on", "in the event of", "in the absence of", "failing that", "should they be", "were it to"),
        *("only when", "once the", "not until", "not before", "come first", "without a mandate", "until it is met"),
        "pending approval",
    ]
    assert [text for text in texts if not CONDITION.search(text)] == []
    assert [text for text in texts if not any(sign in text for sign in CONDITION_SIGNS)] == []
