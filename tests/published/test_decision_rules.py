"""Decision rules against the texts that lay them down."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import comb

import numpy as np
import pytest

from winset.decisions.counting import adopted
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.types import Outcome, Vote
from winset.ids import ActorId
from winset.issues import Seat, Threshold

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
ELECTED = tuple(f"E{number}" for number in range(1, 11))
# fmt: off
POPULATION_2014 = {  # hundreds of inhabitants, as the Council used them in 2014
    "AUT": 84519, "BEL": 111616, "BGR": 72846, "HRV": 42621, "CYP": 8659, "CZE": 105161, "DNK": 56026,
    "EST": 13248, "FIN": 54267, "FRA": 656332, "DEU": 805237, "GRC": 110625, "HUN": 99088, "IRL": 45911,
    "ITA": 596852, "LVA": 20238, "LTU": 29719, "LUX": 5370, "MLT": 4214, "NLD": 167796, "POL": 385333,
    "PRT": 104873, "ROU": 200575, "SVK": 54108, "SVN": 20588, "ESP": 467043, "SWE": 95559, "GBR": 637301,
}
# fmt: on
BY_SIZE = sorted(POPULATION_2014, key=POPULATION_2014.__getitem__, reverse=True)
BY_SIZE_OF_27 = [state for state in BY_SIZE if state != "GBR"]


def seats(*actors: str) -> tuple[Seat, ...]:
    return tuple(Seat(actor_id=ActorId(actor), name=actor) for actor in actors)


def security_council() -> tuple[Seat, ...]:
    return tuple(Seat(actor_id=ActorId(actor), name=actor, veto=actor in PERMANENT) for actor in (*PERMANENT, *ELECTED))


def european_council(states: list[str]) -> DecisionRule:
    return RULES["eu-qualified-majority"](
        tuple(
            Seat(actor_id=ActorId(state), name=state, weights=(("population", POPULATION_2014[state]),))
            for state in states
        )
    )


def outcome(rule: DecisionRule, *, yes: object = (), no: object = (), rest: Vote = Vote.ABSTAIN) -> Outcome:
    """The outcome when those say yes, those say no, and everybody else does `rest`."""
    assert isinstance(yes, (tuple, list, set))
    assert isinstance(no, (tuple, list, set))
    votes = {seat.actor_id: rest for seat in rule.seats}
    return rule.outcome({**votes, **dict.fromkeys(yes, Vote.YES), **dict.fromkeys(no, Vote.NO)})


@pytest.mark.published(
    "Gallis (2004), NATO's Decision-Making Procedure, CRS RS21510, Background: one letter of objection"
)
def test_one_ally_breaking_silence_blocks_and_thirty_one_silent_allies_adopt() -> None:
    council = RULES["consensus-silence"](seats(*(f"A{number}" for number in range(31))))
    assert outcome(council, rest=Vote.SILENT) is Outcome.ADOPTED
    assert outcome(council, no=["A7"], rest=Vote.SILENT) is Outcome.BLOCKED
    assert outcome(council, no=["A7"], rest=Vote.YES) is Outcome.BLOCKED


@pytest.mark.published("Gallis (2004), CRS RS21510, Background: three letters of objection in February 2003")
def test_belgium_france_and_germany_stopped_the_request_of_february_2003() -> None:
    allies = ["BEL", "CAN", "CZE", "DNK", "FRA", "DEU", "GRC", "HUN", "ISL", "ITA"]
    allies += ["LUX", "NLD", "NOR", "POL", "PRT", "ESP", "TUR", "GBR", "USA"]
    council = RULES["consensus-silence"](seats(*allies))
    assert outcome(council, no=["BEL", "FRA", "DEU"], rest=Vote.SILENT) is Outcome.BLOCKED


@pytest.mark.published("OSCE (2006), Rules of Procedure MC.DOC/1/06, II(A): consensus is the absence of any objection")
@pytest.mark.parametrize("rest", [Vote.SILENT, Vote.ABSENT, Vote.ABSTAIN, Vote.YES])
def test_consensus_is_the_absence_of_an_objection(rest: Vote) -> None:
    council = RULES["consensus"](seats("A", "B", "C"))
    assert outcome(council, yes=["A"], rest=rest) is Outcome.ADOPTED
    assert outcome(council, yes=["A"], no=["B"], rest=rest) is Outcome.BLOCKED


@pytest.mark.published("TFEU (OJ C 202, 7.6.2016), Article 238(4): abstention does not prevent unanimity")
def test_an_abstention_does_not_prevent_unanimity_but_a_no_and_an_empty_chair_do() -> None:
    council = RULES["eu-unanimity"](seats("A", "B", "C"))
    assert outcome(council, yes=["A", "B"], rest=Vote.ABSTAIN) is Outcome.ADOPTED
    assert outcome(council, yes=["A", "B"], rest=Vote.NO) is Outcome.BLOCKED
    assert outcome(council, yes=["A", "B"], rest=Vote.ABSENT) is Outcome.BLOCKED


@pytest.mark.published("UN General Assembly, Rules of Procedure A/520/Rev.17, rules 85 and 86")
def test_a_simple_majority_is_of_those_who_vote_and_a_tie_rejects() -> None:
    assembly = RULES["simple-majority"](seats("A", "B", "C", "D", "E"))
    assert outcome(assembly, yes=["A"]) is Outcome.ADOPTED
    assert outcome(assembly, yes=["A", "B"], no=["C"], rest=Vote.ABSENT) is Outcome.ADOPTED
    assert outcome(assembly, yes=["A", "B"], no=["C", "D"]) is Outcome.BLOCKED
    assert outcome(assembly) is Outcome.BLOCKED


@pytest.mark.published("UN General Assembly, Rules of Procedure A/520/Rev.17, rules 83 and 86")
def test_exactly_two_thirds_of_those_voting_are_enough_for_an_important_question() -> None:
    assembly = RULES["two-thirds-majority"](seats(*"ABCDEFGHI"))
    assert outcome(assembly, yes=list("ABCDEF"), no=list("GHI")) is Outcome.ADOPTED
    assert outcome(assembly, yes=list("ABCDE"), no=list("GHI")) is Outcome.BLOCKED
    assert outcome(assembly, yes=list("AB"), no=list("C")) is Outcome.ADOPTED


@pytest.mark.published("TFEU (OJ C 202, 7.6.2016), Article 238(1): a majority of the component members")
def test_an_absolute_majority_of_27_is_14_whoever_stays_away() -> None:
    council = RULES["absolute-majority"](seats(*BY_SIZE_OF_27))
    assert outcome(council, yes=BY_SIZE_OF_27[:14], rest=Vote.ABSENT) is Outcome.ADOPTED
    assert outcome(council, yes=BY_SIZE_OF_27[:13], rest=Vote.ABSENT) is Outcome.BLOCKED


@pytest.mark.published("Treaty of Rome (1957), Article 148(2): weights 4, 4, 4, 2, 2, 1; twelve votes adopt")
def test_luxembourg_turned_no_vote_in_the_council_of_1958() -> None:
    weights = {"DEU": 4, "FRA": 4, "ITA": 4, "BEL": 2, "NLD": 2, "LUX": 1}
    council = RULES["qualified-majority"](
        tuple(Seat(actor_id=ActorId(state), name=state, votes=votes) for state, votes in weights.items()),
        (Threshold(of="votes", share=Fraction(12, 17)),),
    )
    assert outcome(council, yes=["DEU", "FRA", "ITA"]) is Outcome.ADOPTED
    others = ["DEU", "FRA", "ITA", "BEL", "NLD"]
    for size in range(6):
        for friends in combinations(others, size):
            assert outcome(council, yes=friends) is outcome(council, yes=[*friends, "LUX"])


@pytest.mark.published("TEU (OJ C 202, 7.6.2016), Article 16(4): 55 % of members, at least fifteen")
def test_fifteen_of_27_with_two_thirds_of_the_people_adopt_and_fourteen_do_not() -> None:
    council = european_council(BY_SIZE_OF_27)
    assert outcome(council, yes=BY_SIZE_OF_27[:15], rest=Vote.NO) is Outcome.ADOPTED
    assert outcome(council, yes=BY_SIZE_OF_27[:14], rest=Vote.NO) is Outcome.BLOCKED
    assert outcome(council, yes=BY_SIZE_OF_27[:14], rest=Vote.ABSTAIN) is Outcome.BLOCKED


@pytest.mark.published("TEU (OJ C 202, 7.6.2016), Article 16(4): 55 % of 28 members is 16")
def test_fifteen_of_28_are_not_55_per_cent() -> None:
    council = european_council(BY_SIZE)
    assert outcome(council, yes=BY_SIZE[:16]) is Outcome.ADOPTED
    assert outcome(council, yes=BY_SIZE[:15]) is Outcome.BLOCKED


@pytest.mark.published("TEU (OJ C 202, 7.6.2016), Article 16(4): 65 % of the population")
def test_twenty_small_members_do_not_adopt_against_the_population_of_seven_large_ones() -> None:
    council = european_council(BY_SIZE_OF_27)
    assert outcome(council, yes=BY_SIZE_OF_27[7:], rest=Vote.NO) is Outcome.BLOCKED


@pytest.mark.published("TEU (OJ C 202, 7.6.2016), Article 16(4): a blocking minority includes at least four members")
def test_three_large_members_with_more_than_35_per_cent_do_not_block_and_four_do() -> None:
    council = european_council(BY_SIZE)
    people = [POPULATION_2014[state] for state in BY_SIZE]
    assert 100 * sum(people[:3]) > 35 * sum(people)
    assert outcome(council, no=BY_SIZE[:3], rest=Vote.YES) is Outcome.ADOPTED
    assert outcome(council, no=[*BY_SIZE[:3], "MLT"], rest=Vote.YES) is Outcome.BLOCKED
    assert outcome(council, yes=BY_SIZE[3:-1], no=BY_SIZE[:3], rest=Vote.ABSTAIN) is Outcome.BLOCKED


@pytest.mark.published("UN Charter, Article 27(3), as amended 1965")
def test_the_security_council_needs_nine_and_no_permanent_no() -> None:
    council = RULES["unsc-substantive"](security_council())
    nine = [*PERMANENT[1:], *ELECTED[:5]]
    assert outcome(council, yes=nine, rest=Vote.ABSTAIN) is Outcome.ADOPTED  # one permanent member abstains
    assert outcome(council, yes=nine, no=["CHN"]) is Outcome.BLOCKED
    assert outcome(council, yes=[*PERMANENT[1:], *ELECTED], no=["CHN"]) is Outcome.BLOCKED
    assert outcome(council, yes=nine[1:], rest=Vote.ABSTAIN) is Outcome.BLOCKED
    assert outcome(council, yes=nine, no=ELECTED[5:], rest=Vote.ABSENT) is Outcome.ADOPTED


@pytest.mark.published("UN Charter, Article 27(2), as amended 1965")
def test_nobody_has_a_veto_on_procedural_matters() -> None:
    council = RULES["unsc-procedural"](security_council())
    assert outcome(council, yes=ELECTED[:9], no=PERMANENT) is Outcome.ADOPTED
    assert outcome(council, yes=ELECTED[:8], rest=Vote.NO) is Outcome.BLOCKED


@pytest.mark.published("UN Charter, Article 27(3): yes, abstain and no, counted in closed form")
def test_146796_of_all_profiles_with_abstention_pass_in_the_security_council() -> None:
    council = RULES["unsc-substantive"](security_council())
    elected = np.array(list(product((-1, 0, 1), repeat=10)))
    passing = 0
    for permanent in product((-1, 0, 1), repeat=5):
        profiles = np.hstack([np.tile(permanent, (len(elected), 1)), elected])
        passing += int(adopted(council, yes=profiles == 1, no=profiles == -1).sum())
    closed_form = sum(
        comb(5, permanent_yes) * comb(10, yes) * 2 ** (10 - yes)  # the other elected members abstain or say no
        for permanent_yes in range(6)
        for yes in range(9 - permanent_yes, 11)
    )
    assert passing == closed_form == 146_796


@pytest.mark.published("UN Charter, Article 27(3): five permanent and at least four of ten elected members")
def test_848_coalitions_win_in_the_security_council_without_abstention() -> None:
    council = RULES["unsc-substantive"](security_council())
    profiles = np.array(list(product((False, True), repeat=15)))
    assert int(adopted(council, yes=profiles, no=~profiles).sum()) == sum(comb(10, yes) for yes in range(4, 11)) == 848


@pytest.mark.published(
    "UN Security Council, 6 February 1976: draft S/11967 on the Comoros, 11 to 1 (France), 3 abstaining"
)
def test_a_party_to_a_dispute_that_must_abstain_has_no_veto() -> None:
    for_it = ["CHN", "RUS", *ELECTED[1:]]  # the United Kingdom, the United States and Italy abstained
    assert len(for_it) == 11
    assert outcome(RULES["unsc-substantive"](security_council()), yes=for_it, no=["FRA"]) is Outcome.BLOCKED
    as_party = RULES["unsc-substantive"](security_council(), parties=(ActorId("FRA"),))
    assert outcome(as_party, yes=for_it, no=["FRA"]) is Outcome.ADOPTED
    assert outcome(as_party, yes=["CHN", "RUS", *ELECTED[1:7]], rest=Vote.YES, no=["GBR"]) is Outcome.BLOCKED


@pytest.mark.published(
    "UN Security Council, resolution 138 (1960): eight to none, two abstaining, Argentina not voting"
)
def test_a_party_to_a_dispute_still_counts_as_a_member_of_the_council_of_eleven() -> None:
    members = ("CHN", "FRA", "GBR", "SUN", "USA", "ARG", "CEY", "ECU", "ITA", "POL", "TUN")
    body = tuple(Seat(actor_id=ActorId(key), name=key, veto=number < 5) for number, key in enumerate(members))
    council = RULES["unsc-seven-votes"](body, parties=(ActorId("ARG"),))
    assert outcome(council, yes=[key for key in members if key not in ("ARG", "POL", "SUN")]) is Outcome.ADOPTED
    assert outcome(council, yes=["CHN", "FRA", "GBR", "USA", "ARG", "CEY", "ECU"]) is Outcome.BLOCKED
