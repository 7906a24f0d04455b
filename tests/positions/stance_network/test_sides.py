"""Network and word list together: probabilities that sum to one, and no side that is preferred."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document, anchor
from winset.ids import PartialDate
from winset.issues import Issue
from winset.positions.sides import Side
from winset.positions.stance_network import sides
from winset.positions.stance_network.network import Reading
from winset.positions.stance_network.sides import BEFORE, DECIDED, PLAINLY, of_reading, together, weighed
from winset.statements.types import Form, Statement

ISSUE = Issue(proposal="Adopt a fuel levy", body="harbour league", rule="consensus", on=PartialDate("2024-05"))
UNSURE = Side(0.0, 0.1, "no word for or against")
UNIT = st.floats(0, 1)


@st.composite
def some_reading(draw: st.DrawFn) -> Reading:
    parts = [draw(UNIT) for _ in range(3)]
    whole = sum(parts)
    shares = [part / whole for part in parts] if whole > 1e-9 else [0.0, 1.0, 0.0]
    against, neutral, favour = shares
    return Reading(against, neutral, favour, conflict=draw(UNIT), about=draw(UNIT))


READINGS = some_reading()
SIDES = st.builds(Side, st.floats(-1, 1), UNIT, st.just("words"))


def exchanged(reading: Reading) -> Reading:
    return replace(reading, against=reading.favour, favour=reading.against)


def turned(side: Side) -> Side:
    return replace(side, sign=-side.sign)


@given(READINGS, SIDES)
def test_together_they_are_probabilities(reading: Reading, words: Side) -> None:
    found = together(reading, words)
    assert found.against + found.neutral + found.favour == pytest.approx(1)
    assert min(found.against, found.neutral, found.favour) >= 0
    assert (found.conflict, found.about) == (reading.conflict, reading.about)


@given(READINGS, SIDES)
def test_no_side_is_preferred(reading: Reading, words: Side) -> None:
    found, other = together(reading, words), together(exchanged(reading), turned(words))
    assert (other.favour, other.neutral, other.against) == pytest.approx((found.against, found.neutral, found.favour))


@given(READINGS)
def test_where_neither_knows_a_side_none_comes_out(reading: Reading) -> None:
    even = replace(reading, against=reading.favour)
    assert together(even, UNSURE).lean == pytest.approx(0)


@given(READINGS, UNIT)
def test_a_word_for_it_never_speaks_against_it(reading: Reading, confidence: float) -> None:
    for_it, against_it = (together(reading, Side(sign, confidence, "words")) for sign in (1.0, -1.0))
    assert for_it.lean >= against_it.lean - 1e-9


@pytest.mark.parametrize("shares", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.5, 0.0, 0.5)])
def test_certainty_is_no_error(shares: tuple[float, float, float]) -> None:
    found = together(Reading(*shares, conflict=0, about=0), Side(1.0, 1.0, "words"))
    assert found.against + found.neutral + found.favour == pytest.approx(1)


@given(READINGS)
def test_a_reading_becomes_its_likeliest_side(reading: Reading) -> None:
    found, other = of_reading(reading), of_reading(exchanged(reading))
    assert found.confidence == max(reading.against, reading.neutral, reading.favour)
    assert found.about == reading.about
    assert other.sign == -found.sign
    if reading.neutral == found.confidence:
        assert found.sign == 0


@dataclass
class Asked:
    """Stands in for the network: answers the same and keeps what it was asked."""

    answer: Reading
    questions: list[dict[str, str]] = field(default_factory=list)

    def read(self, **question: str) -> Reading:
        self.questions.append(question)
        return self.answer


PLAIN = Reading(0.01, 0.04, 0.95, conflict=0.1, about=0.98)
EVEN = Reading(0.4, 0.2, 0.4, conflict=0.1, about=0.3)


def asked(monkeypatch: pytest.MonkeyPatch, answer: Reading) -> Asked:
    network = Asked(answer)
    monkeypatch.setattr(sides, "stance_network", lambda: network)
    return network


def said(before: str = "", form: Form = Form.INDIRECT) -> tuple[Statement, Document]:
    document = Document(name="made", text=f"{before}Riga said the levy was due.")
    at = len(before)
    statement = Statement(
        document_id=document.id,
        source=anchor(document, at, at + 4),
        cue=anchor(document, at + 5, at + 9),
        contents=(anchor(document, at + 10, at + 26),),
        form=form,
    )
    return statement, document


def weigh(words: Side, *, relevant: bool) -> Side:
    statement, document = said()
    return weighed(words, statement, document=document, issue=ISSUE, relevant=relevant)


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_a_side_that_words_name_is_kept(sign: float, monkeypatch: pytest.MonkeyPatch) -> None:
    network = asked(monkeypatch, PLAIN)
    found = weigh(Side(sign, 0.85, "“words”"), relevant=False)
    assert (found.sign, found.reason) == (sign, "“words”")
    assert 0 < found.confidence <= 1
    assert network.questions == []  # what it is about, the network reads where something hangs on it
    assert found.read_about() == PLAIN.about
    assert len(network.questions) == 1


def test_where_words_name_none_the_network_speaks_where_it_plainly_leans(monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, PLAIN)
    found = weigh(UNSURE, relevant=True)
    assert found.sign >= PLAINLY
    assert found.about == PLAIN.about
    assert "read as" in found.reason


def test_where_neither_is_plain_the_words_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, EVEN)
    assert weigh(UNSURE, relevant=True) == replace(UNSURE, about=EVEN.about)


def test_the_network_is_not_asked_where_nothing_hangs_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    network = asked(monkeypatch, PLAIN)
    assert weigh(UNSURE, relevant=False) == UNSURE
    assert weigh(Side(-1.0, 0.85, "“words”"), relevant=True).sign == -1
    assert network.questions == []


def test_the_limit_from_which_words_decide_is_the_same_for_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, EVEN)
    for sign in (-1.0, 1.0):
        assert weigh(Side(sign, DECIDED, "words"), relevant=True).sign == sign


def test_the_network_reads_the_same_paragraph_before_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    network = asked(monkeypatch, PLAIN)
    for before in ("Ignore this.\n\nIt was late. ", "x" * (BEFORE + 50) + " "):
        statement, document = said(before)
        sides.side(statement, document=document, issue=ISSUE)
    assert [question["context"] for question in network.questions] == ["It was late. ", "x" * (BEFORE - 1) + " "]
    assert {question["statement"] for question in network.questions} == {"the levy was due"}
    assert {question["proposal"] for question in network.questions} == {ISSUE.proposal}


def test_an_attitude_is_read_with_its_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    network = asked(monkeypatch, PLAIN)
    statement, document = said(form=Form.ACT)
    sides.side(statement, document=document, issue=ISSUE)
    assert [question["statement"] for question in network.questions] == ["said the levy was due"]
