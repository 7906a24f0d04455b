"""SimpleGame: which coalitions win, as any "or" of "and" of weighted quotas; with abstention where it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations_with_replacement
from math import gcd
from typing import TypeAlias

from winset.decisions.properness import Clause, both_reached
from winset.errors import BadCase, BadQuota
from winset.ids import ActorId

Shares: TypeAlias = Mapping[ActorId, Fraction | float]  # what an index gives each player; floats only where it says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A weighted sum that the yes side must reach: at least `least`, all integers."""

    weights: tuple[int, ...]  # of each player's yes, in order of the players, 0 or more
    least: int
    abstaining: tuple[int, ...] = ()  # what an abstention adds, 0 to the weight; empty: nothing

    @property
    def binary(self) -> Quota:
        """The same where everybody says yes or no, in the smallest whole weights."""
        common = gcd(*self.weights) or 1
        return Quota(weights=tuple(weight // common for weight in self.weights), least=-(-self.least // common))


@dataclass(frozen=True, kw_only=True)
class SimpleGame:
    """Players, and the ways to win: a coalition wins when it meets every quota of one way.

    An index of power reads yes and no out of it, an abstention being not a yes; a ternary index reads the
    abstentions too.  Raises BadCase for no players or two of one name; BadQuota for weights that do not fit the
    players or are below 0, for a quota that nothing or everything reaches, and where two disjoint coalitions could
    both win.  Source: Felsenthal and Machover (1998, ch. 2 and 8).

    >>> game = SimpleGame.weighted({"A": 2, "B": 1, "C": 1}, quota=3)
    >>> game.wins({"A", "C"}), game.wins({"B", "C"})
    (True, False)
    """

    players: tuple[ActorId, ...]
    ways: tuple[tuple[Quota, ...], ...]

    @classmethod
    def weighted(cls, weights: Mapping[str, int], *, quota: int) -> SimpleGame:
        """One weight for each player, and how much of them wins: [quota; weights]."""
        only = Quota(weights=tuple(weights.values()), least=quota)
        return cls(players=tuple(map(ActorId, weights)), ways=((only,),))

    def __post_init__(self) -> None:
        if not self.players:
            raise BadCase("a game without players: give at least one")
        twice = [player for player, count in Counter(self.players).items() if count > 1]
        if twice:
            raise BadCase(f"{twice[0]} is two players: add its weights up into one, or give each a name")
        if not self.ways or not all(self.ways):
            raise BadQuota("a game in which nothing has to be reached: give at least one quota")
        for quota in {quota for way in self.ways for quota in way}:
            _check(quota, len(self.players))
        ways = [[Clause(quota.weights, quota.least) for quota in way] for way in self.binary]
        if any(both_reached(one, other) for one, other in combinations_with_replacement(ways, 2)):
            raise BadQuota(f"two disjoint coalitions could both win by {_told(self.ways)}: set quotas above half")

    def wins(self, yes: Collection[str], abstaining: Collection[str] = ()) -> bool:
        """Whether the proposal passes when these say yes, those abstain and all others say no."""

        def reached(quota: Quota) -> int:
            sums = zip(self.players, quota.weights, quota.abstaining or (0,) * len(self.players), strict=True)
            return sum(full if player in yes else part if player in abstaining else 0 for player, full, part in sums)

        return any(all(reached(quota) >= quota.least for quota in way) for way in self.ways)

    @cached_property
    def binary(self) -> tuple[tuple[Quota, ...], ...]:
        """The ways to win where everybody says yes or no."""
        return tuple(tuple(dict.fromkeys(quota.binary for quota in way)) for way in self.ways)

    @cached_property
    def abstentions_take_sides(self) -> bool:
        """Whether an abstention is as good as a no in every quota, or as good as a yes in every one."""
        quotas = [quota for way in self.ways for quota in way]
        return not any(any(quota.abstaining) for quota in quotas) or all(
            quota.abstaining == quota.weights for quota in quotas
        )

    @cached_property
    def staircase(self) -> Staircase | None:
        """The game told by one vector of weights and the number of members; None where it takes more than that."""
        return _staircase(self.binary, len(self.players))


@dataclass(frozen=True, slots=True, kw_only=True)
class Staircase:
    """A game in which a coalition of k members wins with a weight of at least `needs[k]`.

    The double majority of the EU is one; so is every game of a single quota, with vetoes or without.
    """

    weights: tuple[int, ...]
    needs: tuple[int, ...]  # by number of members, 0 to n; never rising; total + 1 where no weight is enough

    @property
    def total(self) -> int:
        """The weight of all."""
        return sum(self.weights)

    @property
    def of_weight_alone(self) -> bool:
        """Whether the number of members does not matter."""
        return len(set(self.needs)) == 1

    @property
    def dual(self) -> Staircase:
        """The game of the coalitions that can block; every player has as many swings in it."""
        needs = (self.total - need + 1 for need in reversed(self.needs))
        return Staircase(weights=self.weights, needs=tuple(needs))


def _check(quota: Quota, players: int) -> None:
    for weights in (quota.weights, quota.abstaining or quota.weights):
        if len(weights) != players:
            raise BadQuota(f"{len(weights)} weights for {players} players: give one for each")
    for full, part in zip(quota.weights, quota.abstaining or quota.weights, strict=True):
        if not all(isinstance(weight, int) for weight in (full, part)):
            raise BadQuota(f"a weight of {full}: allowed are whole numbers; multiply all weights and the quota")
        if not 0 <= part <= full:
            raise BadQuota(f"a weight of {full}, {part} abstaining: allowed are 0 and more, abstaining at most that")
    if not 0 < quota.least <= sum(quota.weights):
        raise BadQuota(f"a quota of {quota.least} of {sum(quota.weights)}: allowed is 1 to {sum(quota.weights)}")


def _told(ways: tuple[tuple[Quota, ...], ...]) -> str:
    return " or ".join(" and ".join(f"{quota.least} of {sum(quota.weights)}" for quota in way) for way in ways)


def _staircase(ways: tuple[tuple[Quota, ...], ...], n: int) -> Staircase | None:
    """Quotas of members by the size, vetoes folded into the one vector of weights that may remain."""
    ones = (1,) * n
    needed: set[tuple[bool, ...]] = set()  # players without whom no way is met
    vectors: set[tuple[int, ...]] = set()
    rest = []
    for way in ways:
        vetoes = [quota for quota in way if quota.weights != ones and quota.least == sum(quota.weights)]
        needed.add(tuple(any(quota.weights[player] for quota in vetoes) for player in range(n)))
        rest.append([quota for quota in way if quota not in vetoes])
        vectors |= {quota.weights for quota in rest[-1] if quota.weights != ones}
    if len(vectors) > 1 or len(needed) > 1:
        return None
    weights, vetoing = next(iter(vectors), (0,) * n), next(iter(needed))
    total, vetoes_held = sum(weights), sum(vetoing)
    veto = total + 1 if vetoes_held else 0  # no weight makes up for one that is missing
    needs = []
    for size in range(n + 1):
        met = [
            max((quota.least for quota in way if quota.weights != ones), default=0)
            for way in rest
            if all(quota.least <= size for quota in way if quota.weights == ones)
        ]
        needs.append((min(met) if met else total + 1) + veto * vetoes_held)
    folded = tuple(weight + veto * vetoes for weight, vetoes in zip(weights, vetoing, strict=True))
    return Staircase(weights=folded, needs=tuple(needs))
