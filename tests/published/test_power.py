"""Indices of power against printed figures and independent counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from winset.actors.registry import registry
from winset.decisions.power import INDICES
from winset.decisions.rules import RULES
from winset.decisions.simple_games.abstentions import divisions
from winset.decisions.simple_games.game import Quota, SimpleGame
from winset.decisions.simple_games.of_rule import game_of
from winset.decisions.simple_games.swings import power_to_act, swings_in_all
from winset.ids import ActorId
from winset.issues import Seat

if TYPE_CHECKING:
    from winset.decisions.simple_games.game import Shares

# fmt: off
POPULATION_2019 = {  # Eurostat, table tps00001
    "MT": 493559, "LU": 613894, "CY": 875898, "EE": 1324820, "LV": 1919968, "SI": 2080908, "LT": 2794184,
    "HR": 4076246, "IE": 4904226, "SK": 5450421, "FI": 5517919, "DK": 5806081, "BG": 7000039, "AT": 8858775,
    "HU": 9772756, "SE": 10230185, "PT": 10276617, "CZ": 10649800, "EL": 10722287, "BE": 11467923, "NL": 17282163,
    "RO": 19401658, "PL": 37972812, "ES": 46934632, "IT": 60359546, "FR": 66647112, "UK": 67028048, "DE": 83019214,
}
SWINGS_2019 = [
    4017952, 4045042, 4103512, 4203842, 4336604, 4372318, 4531058, 4814956, 4998766, 5120062, 5134840, 5198764,
    5463004, 5872882, 6074742, 6175832, 6186044, 6268424, 6284284, 6449002, 7737050, 8214968, 11202308, 13789984,
    17141214, 18591148, 18686788, 22844114,
]
SHAPLEY_2019 = [
    .008840, .009002, .009358, .009975, .010788, .011016, .012007, .013785, .014940, .015713, .015808, .016225,
    .017905, .020594, .021879, .022539, .022617, .023150, .023267, .024336, .033007, .036381, .062415, .075047,
    .099542, .111314, .112094, .146456,
]
SWINGS_2009 = {
    "AUT": 871639, "BEL": 1038461, "BGR": 871639, "CYP": 352373, "CZE": 1038461, "DNK": 614697, "EST": 352373,
    "FIN": 614697, "FRA": 2193649, "DEU": 2193669, "GRC": 1038461, "HUN": 1038461, "IRL": 614697, "ITA": 2193639,
    "LVA": 352375, "LTU": 614697, "LUX": 352373, "MLT": 265573, "NLD": 1120101, "POL": 2091343, "PRT": 1038461,
    "ROU": 1200467, "SVK": 614697, "SVN": 352375, "ESP": 2091373, "SWE": 871639, "GBR": 2193647,
}
# fmt: on


def weighted(quota: int, *weights: int) -> SimpleGame:
    return SimpleGame.weighted({f"P{number}": weight for number, weight in enumerate(weights)}, quota=quota)


def shares(index: str, game: SimpleGame) -> list[Fraction | float]:
    found: Shares = INDICES[index](game)
    return list(found.values())


def security_council() -> SimpleGame:
    permanent = ("CHN", "FRA", "GBR", "RUS", "USA")
    names = (*permanent, *(f"E{number}" for number in range(1, 11)))
    seats = tuple(Seat(actor_id=ActorId(name), name=name, veto=name in permanent) for name in names)
    return game_of(RULES["unsc-substantive"](seats))


def council_of_2019() -> SimpleGame:
    members = (1,) * 28
    people = Quota(weights=tuple(POPULATION_2019.values()), least=333_763_100)
    return SimpleGame(
        players=tuple(map(ActorId, POPULATION_2019)),
        ways=((Quota(weights=members, least=16), people), (Quota(weights=members, least=25),)),
    )


@pytest.mark.published("Gregersen, ed. (2011), Britannica Guide to Statistics and Probability: Banzhaf index")
def test_luxembourg_had_no_power_in_the_council_of_1958() -> None:
    council = SimpleGame.weighted({"DE": 4, "FR": 4, "IT": 4, "BE": 2, "NL": 2, "LU": 1}, quota=12)
    big, middle = Fraction(5, 21), Fraction(1, 7)
    assert shares("banzhaf", council) == [big, big, big, middle, middle, 0]
    assert shares("shapley-shubik", council) == [Fraction(14, 60)] * 3 + [Fraction(9, 60)] * 2 + [0]
    assert shares("coleman-prevent", council)[:1] == [Fraction(10, 14)]
    assert shares("coleman-initiate", council)[3:4] == [Fraction(6, 50)]


@pytest.mark.published("Shapley and Shubik (1954): the permanent members of the Council of eleven hold 98.7 per cent")
def test_permanent_members_of_the_security_council_of_1946() -> None:
    permanent = tuple(f"V{number}" for number in range(5))
    names = (*permanent, *(f"E{number}" for number in range(6)))
    seats = tuple(Seat(actor_id=ActorId(name), name=name, veto=name in permanent) for name in names)
    found = shares("shapley-shubik", game_of(RULES["unsc-seven-votes"](seats)))
    assert found == [Fraction(76, 385)] * 5 + [Fraction(1, 462)] * 6
    assert round(float(sum(found[:5])), 3) == 0.987


@pytest.mark.published("Felsenthal and Machover (1998): the Security Council, 848 and 84 swings")
@pytest.mark.parametrize("council", [security_council(), weighted(39, *[7] * 5, *[1] * 10)], ids=["rule", "weights"])
def test_the_security_council(council: SimpleGame) -> None:
    counted = swings_in_all(council)
    assert (counted.winning, counted.swings) == (848, (848,) * 5 + (84,) * 10)
    assert shares("shapley-shubik", council) == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10
    assert shares("penrose", council)[4:6] == [Fraction(848, 2**14), Fraction(84, 2**14)]
    assert [round(float(share), 4) for share in shares("banzhaf", council)[4:6]] == [0.1669, 0.0165]
    assert [round(float(share), 7) for share in shares("coleman-prevent", council)[4:6]] == [1, 0.0990566]
    assert [round(float(share), 7) for share in shares("coleman-initiate", council)[4:6]] == [0.0265664, 0.0026316]
    assert power_to_act(council) == Fraction(848, 2**15)


@pytest.mark.published("Felsenthal and Machover (1998, ch. 8): the Security Council with abstention")
def test_a_permanent_member_that_may_abstain_has_less_power_than_one_that_may_not() -> None:
    council = security_council()
    assert divisions(council).adopting == 146_796
    assert power_to_act(council) < Fraction(divisions(council).adopting, 3**15) * 3
    with_it, without = shares("ternary-shapley-shubik", council), shares("shapley-shubik", council)
    assert with_it[0] < without[0]
    assert with_it[5] > without[5]
    assert sum(with_it) == 1
    assert shares("ternary-banzhaf", council)[0] < shares("banzhaf", council)[0]
    assert sum(shares("ternary-penrose", council)) < sum(shares("penrose", council))


@pytest.mark.published("Holler (1982) and Deegan and Packel (1978): a game in which the second has less than the third")
def test_five_parties() -> None:
    game = weighted(51, 35, 20, 15, 15, 15)
    assert shares("holler", game) == [Fraction(many, 15) for many in (4, 2, 3, 3, 3)]
    assert shares("deegan-packel", game) == [Fraction(3, 10), Fraction(3, 20), *[Fraction(11, 60)] * 3]


@pytest.mark.published("Banzhaf (1965): three of six districts of Nassau County have no power")
def test_nassau_county() -> None:
    third = Fraction(1, 3)
    assert shares("banzhaf", weighted(58, 31, 31, 28, 21, 2, 2)) == [third, third, third, 0, 0, 0]
    assert shares("penrose", weighted(58, 31, 31, 28, 21, 2, 2))[0] == Fraction(1, 2)


@pytest.mark.published("Baldwin, Berglof, Giavazzi and Widgren (2001), Nice Try: passage probabilities of the Council")
@pytest.mark.parametrize(
    ("game", "per_cent"),
    [
        (weighted(12, 4, 4, 4, 2, 2, 1), 21.9),
        (weighted(45, *[10] * 4, *[5] * 3, *[3] * 2, 2), 13.7),
        (weighted(54, *[10] * 4, 8, *[5] * 4, *[3] * 2, 2), 9.8),
        (weighted(62, *[10] * 4, 8, *[5] * 4, *[4] * 2, *[3] * 3, 2), 7.8),
    ],
    ids=["6 members", "10 members", "12 members", "15 members"],
)
def test_the_council_of_the_eu_acts_less_easily_with_every_accession(game: SimpleGame, per_cent: float) -> None:
    assert round(100 * float(power_to_act(game)), 1) == per_cent


@pytest.mark.published("an independent count of the double majority of 28 members, populations of 2019")
def test_the_double_majority() -> None:
    council = council_of_2019()
    counted = swings_in_all(council)
    assert counted.winning == 30_415_198
    assert list(counted.swings) == SWINGS_2019
    assert [round(float(share), 6) for share in shares("shapley-shubik", council)] == SHAPLEY_2019


@pytest.mark.published("an independent count of the Treaty of Nice: votes, members and population of 2009")
def test_the_three_quotas_of_nice() -> None:
    known, day = registry(()), date(2009, 6, 1)
    council = game_of(RULES["eu-weighted-votes"](known.seats("eu-council", day)))
    counted = swings_in_all(council)
    assert counted.winning == 2_718_737
    assert dict(zip(council.players, counted.swings, strict=True)) == SWINGS_2009
    votes = SimpleGame(players=council.players, ways=(council.ways[0][:2],))
    assert swings_in_all(votes).winning == 2_718_758  # twenty-one coalitions fail by the clause on population alone
