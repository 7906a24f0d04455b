"""What every registered index of power must obey, and the counts behind them against writing every coalition out."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product
from math import factorial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.counting import adopted
from winset.decisions.power import INDICES
from winset.decisions.rules import RULES
from winset.decisions.simple_games import by_layers
from winset.decisions.simple_games.abstentions import divisions
from winset.decisions.simple_games.by_halves import halves_by_size
from winset.decisions.simple_games.by_layers import layers_by_size, layers_in_all, pivotal_chances
from winset.decisions.simple_games.by_weight import weights_by_size, weights_in_all
from winset.decisions.simple_games.estimates import Estimate, estimated_penrose, estimated_shapley_shubik
from winset.decisions.simple_games.game import Quota, SimpleGame
from winset.decisions.simple_games.minimal import minimal_by_size
from winset.decisions.simple_games.of_rule import game_of
from winset.decisions.simple_games.swings import pivotal_shares, power_to_act, swings_by_size, swings_in_all
from winset.errors import BadCase, BadQuota, Uncountable
from winset.ids import ActorId
from winset.issues import Seat
from winset.registry import Method

EVERY_INDEX = pytest.mark.parametrize("index", list(INDICES), ids=lambda index: index.id)
LAW = settings(max_examples=40, deadline=None)
SUM_TO_ONE = {
    *("shapley-shubik", "banzhaf", "holler", "deegan-packel"),
    *("ternary-shapley-shubik", "ternary-banzhaf"),
}
NOT_MONOTONE = {"holler", "deegan-packel"}  # Deegan and Packel (1978) and Holler (1982): they look at minimal ones only


@st.composite
def weights(draw: st.DrawFn, players: int) -> tuple[int, ...]:
    found = draw(st.lists(st.integers(0, 6), min_size=players, max_size=players))
    return tuple(found) if any(found) else (1, *found[1:])


@st.composite
def games(draw: st.DrawFn, *, most: int = 6) -> SimpleGame:
    """One to three ways of one to three quotas, one of which excludes that the rest wins too."""
    n = draw(st.integers(1, most))

    def quota(of: tuple[int, ...], least: int) -> Quota:
        part = draw(st.sampled_from(("none", "some", "all")))
        held = {"none": (), "all": of, "some": tuple(weight // 2 for weight in of)}[part]
        return Quota(weights=of, least=draw(st.integers(max(1, least), sum(of))), abstaining=held)

    vectors = [draw(weights(n)) for _ in range(3)]
    ways = draw(st.lists(st.lists(st.sampled_from(vectors[1:]), max_size=2, unique=True), min_size=1, max_size=3))
    half = sum(vectors[0]) // 2 + 1
    return SimpleGame(
        players=tuple(ActorId(f"P{number}") for number in range(n)),
        ways=tuple((quota(vectors[0], half), *(quota(vector, 1) for vector in way)) for way in ways),
    )


def coalitions(game: SimpleGame) -> Iterator[frozenset[str]]:
    for inside in product((False, True), repeat=len(game.players)):
        yield frozenset(player for player, is_in in zip(game.players, inside, strict=True) if is_in)


def kinds(game: SimpleGame) -> list[tuple[tuple[int, int], ...]]:
    """What tells players apart: all that they add to each quota."""
    quotas = [quota for way in game.ways for quota in way]
    empty = (0,) * len(game.players)
    return [
        tuple((quota.weights[player], (quota.abstaining or empty)[player]) for quota in quotas)
        for player in range(len(game.players))
    ]


@EVERY_INDEX
@LAW
@given(game=games())
def test_every_player_has_a_share_from_0_to_1(index: Method[Any, Any], game: SimpleGame) -> None:
    shares = index(game)
    assert list(shares) == list(game.players)
    assert all(isinstance(share, Fraction) and 0 <= share <= 1 for share in shares.values())
    if index.id in SUM_TO_ONE:
        assert sum(shares.values()) == 1


def test_every_index_sums_to_one_or_is_no_share_of_a_whole() -> None:
    others = {"penrose", "coleman-prevent", "coleman-initiate", "ternary-penrose"}
    assert {index.id for index in INDICES} == SUM_TO_ONE | others


@EVERY_INDEX
@LAW
@given(game=games())
def test_players_of_the_same_weights_have_the_same_power(index: Method[Any, Any], game: SimpleGame) -> None:
    by_kind: dict[Any, set[Any]] = {}
    for kind, share in zip(kinds(game), index(game).values(), strict=True):
        by_kind.setdefault(kind, set()).add(share)
    assert all(len(shares) == 1 for shares in by_kind.values())


@EVERY_INDEX
@LAW
@given(game=games())
def test_a_dummy_has_no_power_and_a_player_that_decides_somewhere_has_some(
    index: Method[Any, Any], game: SimpleGame
) -> None:
    shares = index(game)
    for player in game.players:
        if index.id.startswith("ternary-"):
            votes = [dict(zip(game.players, cast, strict=True)) for cast in product("yan", repeat=len(game.players))]
            decides = any(wins(game, vote | {player: "y"}) != wins(game, vote | {player: "n"}) for vote in votes)
        else:
            decides = any(game.wins(each | {player}) != game.wins(each - {player}) for each in coalitions(game))
        assert (shares[player] > 0) is decides


def wins(game: SimpleGame, votes: dict[ActorId, str]) -> bool:
    return game.wins(
        {player for player, vote in votes.items() if vote == "y"},
        {player for player, vote in votes.items() if vote == "a"},
    )


@EVERY_INDEX
@LAW
@given(game=games(), data=st.data())
def test_renaming_and_reordering_players_changes_no_power(
    index: Method[Any, Any], game: SimpleGame, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(game.players))))

    def turned(values: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(values[place] for place in order) if values else ()

    other = SimpleGame(
        players=tuple(ActorId(f"new {game.players[place]}") for place in order),
        ways=tuple(
            tuple(replace(quota, weights=turned(quota.weights), abstaining=turned(quota.abstaining)) for quota in way)
            for way in reversed(game.ways)
        ),
    )
    assert index(other) == {ActorId(f"new {player}"): share for player, share in index(game).items()}


@EVERY_INDEX
@LAW
@given(game=games())
def test_more_weight_in_everything_is_never_less_power(index: Method[Any, Any], game: SimpleGame) -> None:
    if index.id in NOT_MONOTONE:
        return
    shares = list(index(game).values())
    held = kinds(game)
    for one, other in permutations(range(len(held)), 2):
        pairs = zip(held[one], held[other], strict=True)
        if all(part >= less and full - part >= whole - less for (full, part), (whole, less) in pairs):
            assert shares[one] >= shares[other]


def test_two_indices_are_not_monotone() -> None:
    game = SimpleGame.weighted({"A": 35, "B": 20, "C": 15, "D": 15, "E": 15}, quota=51)
    for id in NOT_MONOTONE:
        shares = INDICES[id](game)
        assert shares[ActorId("B")] < shares[ActorId("C")]


@EVERY_INDEX
def test_the_example_in_its_own_words(index: Method[Any, Any]) -> None:
    function = index.function
    (example,) = doctest.DocTestFinder().find(function, index.id, globs={**function.__globals__})
    assert doctest.DocTestRunner().run(example) == (0, 2)


def written_out(game: SimpleGame) -> tuple[list[int], list[list[int]], list[int], list[list[int]]]:
    """By size: winning coalitions, swings of each player, minimal winning ones, and those of each player."""
    n = len(game.players)
    winning, minimal = [0] * (n + 1), [0] * (n + 1)
    swings, inside = ([[0] * (n + 1) for _ in range(n)] for _ in range(2))
    for each in coalitions(game):
        if not game.wins(each):
            continue
        winning[len(each)] += 1
        needed = [player for player in each if not game.wins(each - {player})]
        for player in needed:
            swings[game.players.index(player)][len(each)] += 1
        if len(needed) == len(each):
            minimal[len(each)] += 1
            for player in needed:
                inside[game.players.index(player)][len(each)] += 1
    return winning, swings, minimal, inside


@settings(max_examples=100, deadline=None)
@given(game=games(most=7))
def test_every_way_of_counting_finds_what_writing_out_finds(game: SimpleGame) -> None:
    winning, swings, minimal, inside = written_out(game)
    assert layers_by_size(game) == (winning, swings)
    assert layers_in_all(game) == (sum(winning), [sum(own) for own in swings])
    stairs = game.staircase
    if stairs is not None:
        assert halves_by_size(stairs) == (winning, swings)
        assert weights_by_size(stairs) == (winning, swings)
        if stairs.of_weight_alone:
            assert weights_in_all(stairs) == (sum(winning), [sum(own) for own in swings])
    found = minimal_by_size(game)
    assert (list(found.winning), [list(own) for own in found.swings]) == (minimal, inside)
    shares = pivotal_shares(game)
    assert shares == tuple(
        sum(
            Fraction(many * factorial(size - 1) * factorial(len(own) - 1 - size), factorial(len(own) - 1))
            for size, many in enumerate(own)
            if many
        )
        for own in swings
    )
    assert pivotal_chances(game) == pytest.approx([float(share) for share in shares], abs=1e-12)


@settings(max_examples=12, deadline=None)
@given(game=games(most=12))
def test_up_to_twelve_players_all_ways_of_counting_agree(game: SimpleGame) -> None:
    winning, swings, _, _ = written_out(game)
    counted = swings_by_size(game)
    assert (list(counted.winning), [list(own) for own in counted.swings]) == (winning, swings)
    assert layers_by_size(game) == (winning, swings)
    assert power_to_act(game) == Fraction(sum(winning), 2 ** len(game.players))


@settings(max_examples=25, deadline=None)
@given(game=games(most=4))
def test_abstentions_are_counted_as_writing_out_all_roll_calls_does(game: SimpleGame) -> None:
    n = len(game.players)
    adopts = {cast: wins(game, dict(zip(game.players, cast, strict=True))) for cast in product("yan", repeat=n)}
    counted = divisions(game)
    assert counted.adopting == sum(adopts.values())
    for place, swings in enumerate(counted.swings):
        with_no = {cast: (*cast[:place], "n", *cast[place + 1 :]) for cast in adopts if cast[place] == "y"}
        assert swings == sum(adopts[cast] and not adopts[other] for cast, other in with_no.items())
    pivots = dict.fromkeys(range(n), 0)
    for order in permutations(range(n)):
        for cast in adopts:
            pivots[_pivot(order, cast, adopts)] += 1
    shares = INDICES["ternary-shapley-shubik"](game)
    assert list(shares.values()) == [Fraction(pivots[place], factorial(n) * 3**n) for place in range(n)]


def _pivot(order: tuple[int, ...], cast: tuple[str, ...], adopts: dict[tuple[str, ...], bool]) -> int:
    """The last voter needed to settle the outcome, whatever those that follow say."""
    for heard in range(1, len(order) + 1):
        said = set(order[:heard])
        best, worst = (tuple(vote if at in said else rest for at, vote in enumerate(cast)) for rest in "yn")
        if adopts[best] == adopts[worst]:
            return order[heard - 1]
    raise AssertionError("all have voted and nothing is settled")


OWN_QUOTA = [rule for rule in RULES if "thresholds" not in rule.needs]  # the other one shares these rules' clauses


@pytest.mark.parametrize("rule", OWN_QUOTA, ids=lambda rule: rule.id)
def test_a_rule_as_a_game_adopts_what_the_rule_adopts(rule: Method[Any, Any]) -> None:
    import numpy as np

    n = 15 if rule.id.startswith("unsc") or "population" in rule.needs else 5
    n = {"unsc-seven-votes": 11, "eu-weighted-votes": 6, "eu-weighted-votes-without-proposal": 6}.get(rule.id, n)
    seats = tuple(
        Seat(
            actor_id=ActorId(f"M{number}"),
            name="member",
            votes=(4, 4, 4, 2, 2, 1)[number] if rule.id.startswith("eu-weighted") else 1 + number % 4,
            veto=rule.id.startswith("unsc") and number < 5,
            weights=(("population", 1 + number * number),),
        )
        for number in range(n)
    )
    decided = rule(seats)
    game = game_of(decided)
    chance = np.random.default_rng(4)
    cast = np.where(chance.random((400, n)) < chance.random((400, 1)), 2, chance.integers(0, 3, (400, n)))
    yes, no = cast == 2, cast == 0
    yes, no = (np.where(cast == 1, decided.abstain_as == kind, side) for kind, side in (("yes", yes), ("no", no)))
    found = adopted(decided, yes=yes, no=no)
    for row, passes in zip(cast, found, strict=True):
        said_yes = {seat.actor_id for seat, vote in zip(seats, row, strict=True) if vote == 2}
        abstained = {seat.actor_id for seat, vote in zip(seats, row, strict=True) if vote == 1}
        assert game.wins(said_yes, abstained) == passes


@pytest.mark.parametrize(
    ("estimated", "id"), [(estimated_shapley_shubik, "shapley-shubik"), (estimated_penrose, "penrose")]
)
def test_an_estimate_is_near_the_exact_value_and_repeats_by_its_seed(estimated: Any, id: str) -> None:
    game = SimpleGame.weighted({"A": 35, "B": 20, "C": 15, "D": 15, "E": 14, "F": 0}, quota=51)
    found = estimated(game, samples=20_000, seed=1)
    assert found == estimated(game, samples=20_000, seed=1)
    for player, exact in INDICES[id](game).items():
        assert abs(found[player].value - exact) <= 4 * found[player].std_error + 1e-9
    assert found[ActorId("F")] == Estimate(value=0.0, std_error=0.0)


def test_counts_of_many_players_do_not_wrap() -> None:
    game = SimpleGame.weighted({f"P{number}": 1 + number % 3 for number in range(200)}, quota=205)
    counted = swings_in_all(game)
    assert counted.winning > 2**190
    assert sum(swings_by_size(game).swings[1]) == counted.swings[1]
    assert sum(INDICES["shapley-shubik"](game).values()) == 1


def test_where_the_exact_counts_are_too_large_shares_are_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    one = tuple(1 + 7 * number % 41 for number in range(30))
    other = tuple(1 + 11 * number % 43 for number in range(30))
    game = SimpleGame(
        players=tuple(ActorId(f"P{number}") for number in range(30)),
        ways=((Quota(weights=one, least=350), Quota(weights=other, least=sum(other) // 2)),),
    )
    exact = swings_by_size.__wrapped__(game)
    monkeypatch.setattr(by_layers, "MOST_BITS", 1000)
    with pytest.raises(Uncountable, match="round the weights"):
        swings_by_size(game)
    shares = INDICES["shapley-shubik"](game)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)
    first = sum(
        Fraction(many * factorial(size - 1) * factorial(30 - size), factorial(30))
        for size, many in enumerate(exact.swings[0])
        if many
    )
    assert shares[ActorId("P0")] == pytest.approx(float(first), abs=1e-12)


@pytest.mark.parametrize(
    ("players", "ways", "words"),
    [
        ((), ((Quota(weights=(), least=1),),), "without players"),
        (("A", "A"), ((Quota(weights=(1, 1), least=2),),), "A is two players"),
        (("A", "B"), (), "at least one quota"),
        (("A", "B"), ((),), "at least one quota"),
        (("A", "B"), ((Quota(weights=(1, 1, 1), least=2),),), "3 weights for 2 players"),
        (("A", "B"), ((Quota(weights=(1, -1), least=1),),), "a weight of -1"),
        (("A", "B"), ((Quota(weights=(1, 1), least=3),),), "allowed is 1 to 2"),
        (("A", "B"), ((Quota(weights=(1, 1), least=0),),), "allowed is 1 to 2"),
        (("A", "B"), ((Quota(weights=(1, 1), least=2, abstaining=(2, 0)),),), "abstaining at most that"),
        (("A", "B"), ((Quota(weights=(1, 1), least=1),),), "two disjoint coalitions could both win by 1 of 2"),
    ],
)
def test_a_game_that_cannot_be_is_refused(players: tuple[str, ...], ways: Any, words: str) -> None:
    with pytest.raises((BadCase, BadQuota), match=words):
        SimpleGame(players=tuple(map(ActorId, players)), ways=ways)


def test_samples_are_counted_in_whole_numbers_from_one() -> None:
    game = SimpleGame.weighted({"A": 1}, quota=1)
    with pytest.raises(BadCase, match="0 samples"):
        estimated_penrose(game, samples=0, seed=0)
