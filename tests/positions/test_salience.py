from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document, anchor
from winset.positions.salience import Heard, prominences, rank, salience
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement

CUES = st.none() | st.floats(0, 1)
HEARD = st.lists(
    st.builds(Heard, about=st.booleans(), origin=st.sampled_from("abcd"), prominence=CUES, rank=CUES),
    min_size=1,
    max_size=20,
)


@given(heard=HEARD)
def test_salience_and_its_error_are_shares(heard: list[Heard]) -> None:
    value, error = salience(heard)
    assert 0 < value < 1
    assert 0 < error <= 0.25


@given(heard=HEARD)
def test_speaking_of_the_issue_once_more_makes_it_no_less_salient(heard: list[Heard]) -> None:
    assert salience([*heard, Heard(about=True, origin="new")])[0] >= salience(heard)[0]


@given(heard=HEARD)
def test_speaking_of_something_else_makes_it_less_salient(heard: list[Heard]) -> None:
    assert salience([*heard, Heard(about=False, origin="new")])[0] < salience(heard)[0]


def test_a_president_in_the_headline_shows_more_salience_than_an_official_at_the_end() -> None:
    loud = [Heard(about=True, origin=str(n), prominence=1.0, rank=1.0) for n in range(3)]
    quiet = [Heard(about=True, origin=str(n), prominence=0.0, rank=1 / 3) for n in range(3)]
    assert salience(loud)[0] == pytest.approx(4 / 5)
    assert salience(quiet)[0] < salience(loud)[0]


def test_ten_articles_on_one_report_look_once() -> None:
    one = [Heard(about=True, origin="a")] * 10
    ten = [Heard(about=True, origin=str(number)) for number in range(10)]
    assert salience(one)[0] == salience(ten)[0]
    assert salience(one)[1] > salience(ten)[1]


@pytest.mark.published("Laplace (1774), rule of succession: 1 of 1 is 2/3; the sun of 3 of 3 is 4/5")
def test_the_rule_of_succession() -> None:
    assert salience([Heard(about=True)])[0] == pytest.approx(2 / 3)
    assert salience([Heard(about=True)] * 3)[0] == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("president", 1.0),
        ("Prime Minister", 1.0),
        ("secretary-general", 1.0),
        ("foreign minister", 2 / 3),
        ("deputy foreign minister", 1 / 3),
        ("press secretary", 1 / 3),
        ("spokesperson", 1 / 3),
        ("central bank president", 1 / 3),
        ("", None),
        (None, None),
    ],
)
def test_ranks_of_offices(role: str | None, expected: float | None) -> None:
    assert rank(role) == expected


PARAGRAPHS = [f"Paragraph {number} says that Riga objects to the levy and goes on for a while." for number in range(6)]


def statement(document: Document, at: int, form: Form) -> Statement:
    return Statement(
        document_id=document.id, source=None, cue=None, contents=(anchor(document, at, at + 4),), form=form
    )


def test_the_first_paragraphs_are_prominent_and_quoted_words_half_so() -> None:
    document = Document(name="text", text="\n\n".join(PARAGRAPHS))
    last = document.text.rindex("Riga")
    said = [
        statement(document, document.text.index("Riga"), Form.INDIRECT),
        statement(document, last, Form.DIRECT),
        statement(document, last, Form.INDIRECT),
    ]
    assert prominences(segments(document.text), said) == [1.0, 0.5, 0.0]


def test_a_short_text_tells_nothing_of_prominence() -> None:
    document = Document(name="text", text="\n\n".join(PARAGRAPHS[:2]))
    assert prominences(segments(document.text), [statement(document, 0, Form.DIRECT)]) == [None]
