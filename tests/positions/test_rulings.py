"""People's codes: what they may say, which count, and what they come to together."""

from __future__ import annotations

from typing import Any

import pytest

from winset.errors import BadJudgement, OffScale
from winset.ids import EvidenceId, IssueId, PartialDate, StatementId
from winset.issues import Issue
from winset.positions.agreement.reports import machine_codes, report
from winset.positions.rulings import (
    Codes,
    Ruling,
    Take,
    direction_of,
    holding,
    is_persons,
    joint,
    ruled,
    taken_back,
    to_undo,
)
from winset.positions.types import Stance, Voice

SAID = StatementId(EvidenceId("s1"))
MACHINES = Stance(
    statement_id=SAID,
    issue_id=IssueId("i"),
    relevance=0.7,
    direction=0.6,
    confidence=0.5,
    by="machine: lexicon",
    reason="“welcomes”",
    firmness=0.4,
    hedged=True,
)


def ruling(coder: str, take: int = 1, why: str = "", id: StatementId = SAID, **codes: Any) -> Ruling:
    return Ruling(statement_id=id, coder=coder, codes=Codes(**codes), take=take, why=why)


@pytest.mark.parametrize(
    ("codes", "refusal"),
    [
        ({"stance": "maybe"}, OffScale),
        ({"direction": 1.5}, OffScale),
        ({"firmness": -0.1}, OffScale),
        ({"relevance": float("nan")}, OffScale),
        ({"stance": "favour", "direction": -0.5}, BadJudgement),
        ({"stance": "favour", "direction": 0.1}, BadJudgement),
        ({"stance": "none", "direction": 1.0}, BadJudgement),
        ({"stance": "oppose", "relevance": 0.2}, BadJudgement),
        ({"stance": "none", "relevance": 0.8}, BadJudgement),
    ],
)
def test_codes_off_the_scale_or_against_each_other_are_refused(codes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        Codes(**codes)


@pytest.mark.parametrize("coder", ["", "  ", "machine", "Machine: lexicon"])
def test_a_coder_is_a_person_with_a_name(coder: str) -> None:
    with pytest.raises(BadJudgement):
        ruling(coder, stance="favour")


def test_a_place_on_the_scale_is_a_direction_between_status_quo_and_proposal() -> None:
    issue = Issue(
        proposal="Sail", body="Club", rule="consensus", on=PartialDate("2024"), status_quo=80, proposal_value=40
    )
    assert [direction_of(place, issue) for place in (80, 60, 50, 40)] == [-1, 0, 0.5, 1]
    with pytest.raises(OffScale, match="40 to 80"):
        direction_of(20, issue)


def test_what_people_did_not_code_stays_the_machines() -> None:
    found = ruled(MACHINES, [ruling("Ada", stance="oppose", why="a flat no", conditional=True)])
    assert (found.word, found.direction, found.relevance, found.confidence) == ("oppose", -1, 1, 1)
    assert (found.firmness, found.hedged, found.conditional) == (0.4, True, True)
    assert (found.by, found.reason) == ("person: Ada", "coded oppose; a flat no")
    assert is_persons(found)
    assert ruled(MACHINES, []) is MACHINES
    assert ruled(MACHINES, [ruling("Ada", actor="FRA")]) is MACHINES


def test_a_code_of_something_else_leaves_the_machines_side() -> None:
    found = ruled(MACHINES, [ruling("Ada", hedged=False, voice=Voice.OWN)])
    assert (found.word, found.direction, found.by) == ("favour", 0.6, "machine: lexicon")
    assert (found.hedged, found.voice) == (False, Voice.OWN)
    assert found.reason == "“welcomes”; hedged, voice by Ada"
    assert not is_persons(found)


@pytest.mark.parametrize(
    ("stance", "word"), [(word, word) for word in ("favour", "oppose", "neutral", "unclear", "none")]
)
def test_each_word_a_person_chooses_is_the_word_that_counts(stance: str, word: str) -> None:
    assert ruled(MACHINES, [ruling("Ada", stance=stance)]).word == word


def test_what_most_coders_say_counts_and_who_said_otherwise_is_told() -> None:
    said = [
        ruling("Ada", stance="favour", firmness=0.5, direction=0.4),
        ruling("Ben", stance="favour", firmness=1.0),
        ruling("Cy", stance="oppose", firmness=0.1),
        ruling("Di", hedged=True),
    ]
    found = ruled(MACHINES, said)
    assert (found.word, found.direction, found.firmness) == ("favour", 0.4, 0.75)
    assert found.confidence == pytest.approx(2 / 3)
    assert found.by == "person: Ada, Ben"
    assert found.reason == "coded favour; otherwise Cy oppose"
    together = joint(said)
    assert (together.coders, together.tie) == (("Ada", "Ben"), "")


def test_a_tie_is_unclear_and_moves_no_position() -> None:
    found = ruled(MACHINES, [ruling("Ada", stance="favour"), ruling("Ben", stance="oppose")])
    assert (found.word, found.direction, found.confidence) == ("unclear", 0, 0)
    assert found.reason == "coders disagree: Ada favour, Ben oppose"
    assert found.by == "person: Ada, Ben"


def test_of_as_many_yes_as_no_the_more_cautious_counts() -> None:
    said = [
        ruling("Ada", stance="favour", hedged=True, voice=Voice.OWN, rung="a smaller one", actor="FRA"),
        ruling("Ben", stance="favour", hedged=False, voice=Voice.ASCRIBED, rung="", actor="DEU"),
    ]
    codes = joint(said).codes
    assert (codes.hedged, codes.voice, codes.rung, codes.actor) == (True, Voice.ASCRIBED, None, None)
    assert joint(said[:1]).codes.rung == "a smaller one"
    assert ruled(MACHINES, [ruling("Ada", rung="")]).rung is None


def test_the_last_word_of_each_coder_holds_until_it_is_taken_back() -> None:
    first, later = ruling("Ada", take=1, stance="favour"), ruling("Ada", take=2, stance="oppose")
    other = ruling("Ben", take=1, stance="neutral")
    takes = [Take(number=1, by="Ada"), Take(number=2, by="Ada")]
    assert holding([first, other, later], takes) == {SAID: (later, other)}
    takes.append(Take(number=3, by="Ada", undoes=2))
    assert holding([first, other, later], takes) == {SAID: (first, other)}
    takes.append(Take(number=4, by="Ada", undoes=3))
    assert holding([first, other, later], takes) == {SAID: (later, other)}
    assert taken_back(takes) == {3}
    assert to_undo(takes, None).number == 2
    with pytest.raises(BadJudgement, match="taken back already, by 4"):
        to_undo(takes, 3)
    with pytest.raises(BadJudgement, match="no take 9"):
        to_undo(takes, 9)
    with pytest.raises(BadJudgement, match="nothing to take back"):
        to_undo([], None)
    with pytest.raises(BadJudgement, match="earlier one"):
        Take(number=2, by="Ada", undoes=2)


def test_a_report_tells_people_among_each_other_and_the_machine_with_them() -> None:
    ids = [StatementId(EvidenceId(f"s{number}")) for number in range(8)]
    words = ["favour", "oppose", "favour", "oppose", "neutral", "favour", "none", "unclear"]
    held: dict[StatementId, tuple[Ruling, ...]] = {
        id: (
            ruling("Ada", id=id, stance=word, firmness=0.1 * number),
            ruling("Ben", id=id, stance="oppose" if number == 0 else word, firmness=0.1 * number),
        )
        for number, (id, word) in enumerate(zip(ids, words, strict=True))
    }
    held[ids[7]] = held[ids[7]][:1]
    machine = dict.fromkeys(ids, MACHINES)
    found = report(held, machine, {}, seed=3)
    assert (found.coders, found.statements, found.shared, found.seed) == (("Ada", "Ben"), 8, 7, 3)
    people = {each.variable: each for each in found.people}
    assert set(people) == {"stance", "side", "firmness"}
    stance = people["stance"]
    assert (stance.units, stance.coders) == (7, ("Ada", "Ben"))
    assert [figure.coefficient for figure in stance.figures] == ["alpha-nominal"]
    assert stance.figures[0].spread is not None
    assert {value: alpha for value, _, alpha in stance.values}["neutral"] == 1
    firm = {figure.coefficient: figure.value for figure in people["firmness"].figures}
    assert firm == {"alpha-ordinal": 1, "alpha-interval": 1, "alpha-ratio": 1}
    assert {each.variable: [f.coefficient for f in each.figures] for each in found.pairs} == {
        "stance": ["kappa"],
        "side": ["kappa-linear", "kappa-quadratic"],
        "firmness": ["kappa-linear", "kappa-quadratic"],
    }
    joined = {each.variable: each for each in found.machine}
    assert joined["stance"].coders == ("machine", "people")
    assert [figure.coefficient for figure in joined["stance"].figures] == ["alpha-nominal", "kappa"]
    assert {each.coders for each in found.machine_pairs} == {("machine", "Ada"), ("machine", "Ben")}
    assert report(held, machine, {}, seed=3) == found


def test_the_machines_stance_is_read_as_a_person_would_have_coded_it() -> None:
    assert machine_codes(MACHINES, "FRA") == Codes(
        stance="favour",
        direction=0.6,
        firmness=0.4,
        hedged=True,
        conditional=False,
        voice=Voice.REPORTED,
        rung="",
        relevance=0.7,
        actor="FRA",
    )
    assert report({}, {}, {}).people == ()
