"""Bodies that decide by consensus, each with clauses of its own, against the texts that lay them down."""

from __future__ import annotations

from datetime import date

import pytest

from winset.actors.registry import registry
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.types import Outcome, Vote
from winset.ids import ActorId, PartialDate
from winset.issues import Seat


def seats(number: int) -> tuple[Seat, ...]:
    return tuple(Seat(actor_id=ActorId(f"M{n}"), name=f"member {n}") for n in range(number))


def votes(rule: DecisionRule, *, yes: int = 0, no: int = 0, absent: int = 0) -> dict[ActorId, Vote]:
    """The first members say yes, the next no, the next are away; the others are silent."""
    said = [Vote.YES] * yes + [Vote.NO] * no + [Vote.ABSENT] * absent
    said += [Vote.SILENT] * (len(rule.seats) - len(said))
    return {seat.actor_id: vote for seat, vote in zip(rule.seats, said, strict=True)}


@pytest.mark.published("OSCE (2006), Rules of Procedure MC.DOC/1/06, II(A) and Annex 1(A): a written objection in time")
def test_a_written_objection_breaks_silence_until_the_period_ends() -> None:
    council = RULES["osce-consensus"](seats(57), deadline=PartialDate("2024-03-08"))
    objects = votes(council, no=1)
    for sent, expected in (("2024-03-08", Outcome.BLOCKED), ("2024-03-09", Outcome.ADOPTED)):
        dates = {ActorId("M0"): PartialDate(sent)}
        assert council.outcome(objects, on=PartialDate("2024-03-09"), dates=dates) is expected
    assert council.outcome({}, on=PartialDate("2024-03-08")) is Outcome.PENDING


@pytest.mark.published(
    "CSCE (1992), Prague Document, IV.16: without the consent of the state concerned; Yugoslavia 1992"
)
def test_yugoslavia_alone_did_not_stop_the_decision_of_july_1992_and_another_state_would_have() -> None:
    body = registry().seats("osce", date(1992, 7, 7))
    minus_one = RULES["osce-consensus"](body, without=ActorId("YUG"))
    agreed = {seat.actor_id: Vote.YES for seat in body}
    assert minus_one.outcome({**agreed, ActorId("YUG"): Vote.NO}) is Outcome.ADOPTED
    assert minus_one.outcome({**agreed, ActorId("RUS"): Vote.NO}) is Outcome.BLOCKED
    assert RULES["osce-consensus"](body).outcome({**agreed, ActorId("YUG"): Vote.NO}) is Outcome.BLOCKED


@pytest.mark.published("UNFCCC, FCCC/CP/2010/7: the Cancun Agreements, declared adopted over the objection of Bolivia")
def test_one_objection_blocks_in_cancun_unless_the_presidency_passes_over_it() -> None:
    parties = registry().seats("unfccc", date(2010, 12, 10))
    heard = {seat.actor_id: Vote.YES for seat in parties} | {ActorId("BOL"): Vote.NO}
    assert RULES["unfccc-consensus"](parties).outcome(heard) is Outcome.BLOCKED
    gavelled = RULES["unfccc-consensus"](parties, overruled=1)
    assert gavelled.outcome(heard) is Outcome.ADOPTED
    assert gavelled.outcome({**heard, ActorId("CUB"): Vote.NO}) is Outcome.BLOCKED
    assert "passing over up to 1 objection" in gavelled.name


@pytest.mark.published("UNFCCC (1996), FCCC/CP/1996/2, draft rule 31: two thirds of the parties for any decision")
def test_of_198_parties_132_must_be_there() -> None:
    conference = RULES["unfccc-consensus"](seats(198))
    assert conference.outcome(votes(conference, absent=66)) is Outcome.ADOPTED
    assert conference.outcome(votes(conference, absent=67)) is Outcome.BLOCKED


@pytest.mark.published("Marrakesh Agreement (1994), Article IX:1, note 1: no member present formally objects")
def test_absent_members_of_the_wto_do_not_object_and_a_majority_must_be_there() -> None:
    council = RULES["wto-consensus"](seats(166))
    assert council.outcome(votes(council, absent=82)) is Outcome.ADOPTED
    assert council.outcome(votes(council, absent=83)) is Outcome.BLOCKED
    assert council.outcome(votes(council, yes=165, no=1)) is Outcome.BLOCKED


@pytest.mark.published("Marrakesh Agreement (1994), Articles IX:1, IX:3 and XII:2: majority, three fourths, two thirds")
@pytest.mark.parametrize(
    ("id", "enough", "no"), [("wto-majority", 60, 59), ("wto-waiver", 125, 41), ("wto-accession", 111, 55)]
)
def test_where_consensus_fails_the_wto_votes_and_the_result_says_so(id: str, enough: int, no: int) -> None:
    council = RULES[id](seats(166))
    passes, fails = votes(council, yes=enough, no=no), votes(council, yes=enough - 1, no=no)
    assert (council.outcome(passes), council.outcome(fails)) == (Outcome.ADOPTED, Outcome.BLOCKED)
    assert council.decided_by(passes) is council.decided_by(fails) is council.fallback
    agreed = votes(council, yes=1)
    assert council.outcome(agreed) is Outcome.ADOPTED
    assert council.decided_by(agreed) is council
    assert not council.by_objection
    assert council.fallback is not None
    assert council.fallback.name in council.name


@pytest.mark.published("Constitutive Act of the African Union (2000), Article 7: consensus, else two thirds; quorum")
def test_37_of_55_states_decide_in_the_african_union_where_there_is_no_consensus() -> None:
    assembly = RULES["african-union"](seats(55))
    assert assembly.outcome(votes(assembly, yes=37, no=18)) is Outcome.ADOPTED
    assert assembly.outcome(votes(assembly, yes=36, no=19)) is Outcome.BLOCKED
    assert assembly.outcome(votes(assembly, yes=36, absent=18)) is Outcome.ADOPTED  # nobody objects
    assert assembly.outcome(votes(assembly, yes=36, absent=19)) is Outcome.BLOCKED  # no quorum
    assert assembly.decided_by(votes(assembly, yes=37, no=18)).name == "two thirds of the member states"
