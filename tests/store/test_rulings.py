"""People's codes are kept beside the machine's, and nothing of either is ever changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import LockedCase, NotText, WinsetError
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.positions.rulings import SIDES, WORDS, Codes, Ruling, Take
from winset.positions.types import Stance, Voice
from winset.records import stance_row, stance_value
from winset.statements.types import Form, Statement
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.types import Coding

ISSUE = Issue(proposal="Dredge the harbour", body="Harbour Board", rule="consensus", on=PartialDate("2024"))
LETTER = Document(name="letter.txt", text="South opposes it.")
SAID = Statement(
    document_id=LETTER.id, source=anchor(LETTER, 0, 5), cue=anchor(LETTER, 6, 13), contents=(), form=Form.ACT
)
WHO = Identification(
    statement_id=SAID.id,
    speaker=None,
    represents=None,
    actor_id=None,
    standing=Standing.UNKNOWN,
    speaks_as=SpeaksAs.UNRESOLVED,
    score=0.3,
    rule="no clue",
)
unit = st.none() | st.floats(0, 1)
switch = st.none() | st.booleans()


@st.composite
def codes(draw: st.DrawFn) -> Codes:
    """Any codes that do not contradict each other."""
    word = draw(st.none() | st.sampled_from(WORDS))
    return Codes(
        stance=word,
        direction=SIDES.get(word or "") if draw(st.booleans()) else None,
        firmness=draw(unit),
        hedged=draw(switch),
        conditional=draw(switch),
        voice=draw(st.none() | st.sampled_from(Voice)),
        rung=draw(st.none() | st.text(max_size=5)),
        actor=draw(st.none() | st.text(max_size=5)),
        relevance=None if word else draw(unit),
    )


@pytest.fixture
def store(place: Place) -> Iterator[CaseStore]:
    """A case with one statement."""
    with CaseStore.create(place, CaseSpec(issue=ISSUE)) as found:
        found.add(LETTER, Coding(statements=(SAID,), identifications=(WHO,)))
        yield found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(given_codes=st.lists(codes().filter(lambda each: not each.is_empty), max_size=4), why=st.text(max_size=9))
def test_what_people_coded_comes_back_equal(store: CaseStore, given_codes: list[Codes], why: str) -> None:
    before, number = store.rulings(), len(store.takes()) + 1
    take = Take(number=number, by="Ada", at="2024-05-01T00:00:00Z", why=why, sheet="s.csv")
    rulings = [
        Ruling(statement_id=SAID.id, coder=f"coder {n}", codes=each, why=why, take=number)
        for n, each in enumerate(given_codes)
    ]
    store.add_take(take, rulings)
    assert store.rulings() == (*before, *rulings)
    assert store.takes()[-1] == take


def test_a_take_is_whole_or_not_at_all(store: CaseStore) -> None:
    good = Ruling(statement_id=SAID.id, coder="Ada", codes=Codes(stance="favour"), take=1)
    stranger = Ruling(statement_id="elsewhere", coder="Ada", codes=Codes(stance="favour"))  # type: ignore[arg-type]
    with pytest.raises(WinsetError):
        store.add_take(Take(number=1, by="Ada"), [good, stranger])
    with pytest.raises(NotText):
        store.add_take(Take(number=1, by="Ada", why="\ud800"), [good])
    assert (store.takes(), store.rulings()) == ((), ())
    store.add_take(Take(number=1, by="Ada"), [good])
    with pytest.raises(LockedCase, match="meanwhile"):
        store.add_take(Take(number=1, by="Ben"), [good])
    store.add_take(Take(number=2, by="Ada", undoes=1), [])
    assert [take.undoes for take in store.takes()] == [None, 1]
    assert store.rulings() == (good,)


def test_all_that_a_stance_tells_comes_back(store: CaseStore) -> None:
    stance = Stance(
        statement_id=SAID.id,
        issue_id=ISSUE.id,
        relevance=0.5,
        direction=-0.25,
        confidence=0.75,
        firmness=0.125,
        hedged=True,
        conditional=True,
        voice=Voice.ASCRIBED,
        rung="a smaller channel",
    )
    assert stance_value(stance_row(stance)) == stance
