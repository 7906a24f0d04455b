"""Power of 27 states under the double majority, and of 193 weighted players, beside power-bdd and powerindices."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.decisions.rows import Row, seconds

from winset.actors.registry import registry
from winset.decisions.power import INDICES
from winset.decisions.rules import RULES
from winset.decisions.simple_games import minimal, swings
from winset.decisions.simple_games.game import Quota, SimpleGame
from winset.decisions.simple_games.of_rule import game_of
from winset.ids import ActorId

DAY = date(2021, 1, 1)  # twenty-seven members
EXACT = "decision/reference/power_exact.json"
PLAYERS = 193
PATIENCE = 300  # seconds for a peer

BDD = """
import io, contextlib, json, time
from power_bdd.bdd import BDD, WeightedGame
game = json.loads({given!r})
start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    one = [1] * len(game["people"])
    members = BDD(WeightedGame(game["members"], list(one)))
    people = BDD(WeightedGame(game["least"], list(game["people"])))
    enough = BDD(WeightedGame(game["enough"], list(one)))
    both = members & people | enough
    found = [both.calc_banzhaf(), both.calc_shapley()]
print(json.dumps([time.perf_counter() - start, [list(map(float, values)) for values in found]]))
"""
POWERINDICES = """
import json, time
import powerindices
game = json.loads({given!r})
start = time.perf_counter()
found = list(map(float, getattr(powerindices, game["index"])(game["quota"], game["weights"])))
print(json.dumps([time.perf_counter() - start, found]))
"""


def rows(data: Path, peers: Path | None) -> Iterator[Row]:
    """Banzhaf and Shapley-Shubik in time and to the last digit, and the counts of the reference."""
    yield from _double_majority(peers)
    for total in (10_000, 100_000):
        yield from _many_players(total, peers if total == 10_000 else None)
    yield from _reference(data)


def _double_majority(peers: Path | None) -> Iterator[Row]:
    seats = registry(()).seats("eu-council", DAY)
    council = game_of(RULES["eu-qualified-majority"](seats))
    ours = seconds(lambda: _shares(council, "banzhaf", "shapley-shubik"), runs=7)
    people = next(quota for way in council.ways for quota in way if len(set(quota.weights)) > 1)
    by_members = [[quota.least for quota in way if len(set(quota.weights)) == 1] for way in council.ways]
    with_people = next(number for number, way in enumerate(council.ways) if people in way)
    given = {
        "people": people.weights,
        "least": people.least,
        "members": max(by_members[with_people]),
        "enough": max(by_members[1 - with_people]),
    }
    answer = _asked(peers, BDD, given)
    peer = None if answer is None else answer[0]
    yield Row(
        what=f"Banzhaf and Shapley-Shubik, double majority of {len(seats)} states",
        ours=ours,
        unit="s",
        must="as fast as power-bdd, .73 s where it is not there (aim 1/20)",
        holds=ours <= (0.73 if peer is None else peer),
        peer=peer,
        peer_name="power-bdd",
    )
    if answer is not None:
        _, (penrose, shapley) = answer
        own = [list(map(float, INDICES[id](council).values())) for id in ("penrose", "shapley-shubik")]
        furthest = max(
            abs(a - b)
            for mine, theirs in zip(own, (penrose, shapley), strict=True)
            for a, b in zip(mine, theirs, strict=True)
        )
        yield Row(
            what="  greatest difference from power-bdd's values",
            ours=furthest,
            unit="",
            must="none beyond rounding of floats",
            holds=furthest < 1e-12,
        )


def _many_players(total: int, peers: Path | None) -> Iterator[Row]:
    weights = skewed(total)
    game = SimpleGame.weighted(
        {f"player {number}": weight for number, weight in enumerate(weights)}, quota=sum(weights) // 2 + 1
    )
    for id, must, aim, name in (("banzhaf", 0.2, 0.05, "compute_pbi"), ("shapley-shubik", 20.0, 1.0, "")):
        ours = seconds(lambda id=id: _shares(game, id), runs=3)  # type: ignore[misc]
        given = {"quota": sum(weights) // 2 + 1, "weights": weights, "index": name}
        answer = _asked(peers, POWERINDICES, given) if name else None
        yield Row(
            what=f"{id}, {PLAYERS} weighted players, weights of {sum(weights):,} in all",
            ours=ours,
            unit="s",
            must=f"under {must:g} s (aim {aim:g} s)",
            holds=ours < must,
            peer=None if answer is None else answer[0],
            peer_name="powerindices" if answer else "",
            remark="" if name else "powerindices takes minutes and overflows; not run",
        )


def _reference(data: Path) -> Iterator[Row]:
    known = json.loads((data / EXACT).read_text("utf-8"))
    right = 0
    for game, found in _printed(known):
        right += list(swings.swings_in_all(game).swings) == found["swings"]
    yield Row(
        what="games of the reference whose swings all agree",
        ours=right,
        unit="games",
        must="all 3, to the last swing",
        holds=right == 3,
    )


def _printed(known: dict[str, dict[str, list[int]]]) -> Iterator[tuple[SimpleGame, dict[str, list[int]]]]:
    yield _weighted(39, [7] * 5 + [1] * 10), known["UNSC15"]
    yield _weighted(12, [4, 4, 4, 2, 2, 1]), known["EEC6_1958"]
    council = game_of(RULES["eu-weighted-votes"](registry(()).seats("eu-council", date(2009, 6, 1))))
    nice = known["EU27_Nice_2009"]
    at = {_plain(name): swing for name, swing in zip(nice["players"], nice["swings"], strict=True)}
    names = {seat.actor_id: seat.name for seat in registry(()).seats("eu-council", date(2009, 6, 1))}
    yield council, {"swings": [at[_plain(names[player])] for player in council.players]}


def _plain(name: object) -> str:
    """One of the two spellings of a state."""
    return {"Czech Republic": "Czechia"}.get(str(name), str(name))


def _weighted(quota: int, weights: Sequence[int]) -> SimpleGame:
    players = tuple(ActorId(f"P{number}") for number in range(len(weights)))
    return SimpleGame(players=players, ways=((Quota(weights=tuple(weights), least=quota),),))


def skewed(total: int) -> list[int]:
    """Weights of 193 players that fall as the shares of an assessed budget do: the first has a fifth, most a unit."""
    falling = [1 / rank**1.35 for rank in range(1, PLAYERS + 1)]
    return [max(1, round(total * share / sum(falling))) for share in falling]


def _shares(game: SimpleGame, *ids: str) -> None:
    """What a user waits for, nothing remembered."""
    for counted in (swings.swings_by_size, swings.swings_in_all, swings.pivotal_shares, minimal.minimal_in_all):
        counted.cache_clear()
    made = SimpleGame(players=game.players, ways=game.ways)
    for id in ids:
        INDICES[id](made)


def _asked(peers: Path | None, program: str, given: object) -> tuple[float, Any] | None:
    """What the peer's program prints; None where the peer is not there, or does not answer in time."""
    if peers is None:
        return None
    line = [str(peers), "-c", program.format(given=json.dumps(given))]
    try:
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    taken, found = json.loads(done.stdout.splitlines()[-1])
    return taken, found
