"""Counting over any "or" of "and" of quotas, with abstention: player after player, states that decide alike merged.

A state is what each quota still needs once some players have voted. Two needs are one when no sum of the weights of
those to come lies between them, so layers stay narrow: the reduced decision diagram of Bolus (2011), made of arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from winset.decisions.simple_games.game import Quota, SimpleGame
from winset.errors import Uncountable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO, ABSTAIN, YES = range(3)
LOSES, WINS = -2, -1  # in place of a state's number: decided, however the rest votes
MOST_SUMS = 1 << 17  # sums of the weights to come that are written out
MOST_STATES = 1 << 19  # in one layer
MOST_IN_ALL = 1 << 24
MOST_BITS = 1 << 33  # of counts by size
WIDEST = 1 << 62

Ways: TypeAlias = tuple[tuple[Quota, ...], ...]
Times: TypeAlias = "Callable[[NDArray[Any]], NDArray[Any]]"  # puts a player's choice on top of those counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One vote a player may cast, and how many marks count it: `plain` without a mark and `marked` with one."""

    vote: int  # NO, ABSTAIN or YES
    plain: int = 0
    marked: int = 0


BINARY = (Choice(vote=NO, plain=1), Choice(vote=YES, marked=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Winning votes, as polynomials in the number of marks packed into integers of `slot` bits a coefficient."""

    slot: int  # 0: the sum of the coefficients alone
    n: int
    winning: int
    after: tuple[tuple[int, ...], ...]  # [player][vote]: votes of the others that win with that vote of the player

    def coefficients(self, packed: int) -> list[int]:
        """By the number of marks, 0 to n."""
        mask = (1 << self.slot) - 1
        return [packed >> self.slot * marks & mask for marks in range(self.n + 1)]


def layers_by_size(game: SimpleGame) -> tuple[list[int], list[list[int]]]:
    """Winning coalitions by size, and each player's swings by size.  Raises Uncountable."""
    counted = count(game.players, game.binary, BINARY, marks=True)
    swings = [[0, *counted.coefficients(with_it[YES] - with_it[NO])[:-1]] for with_it in counted.after]
    return counted.coefficients(counted.winning), swings


def layers_in_all(game: SimpleGame) -> tuple[int, list[int]]:
    """Winning coalitions, and each player's swings.  Raises Uncountable."""
    counted = count(game.players, game.binary, BINARY, marks=False)
    return counted.winning, [with_it[YES] - with_it[NO] for with_it in counted.after]


def pivotal_chances(game: SimpleGame) -> list[float]:
    """The chance of each player to decide, where the others say yes with one probability that may be any.

    The mean over all probabilities, which is the Shapley-Shubik index: a polynomial of degree n - 1 in them, so that
    Gauss-Legendre quadrature of n / 2 points leaves no error but that of floats, some 1e-13.
    Source: Owen (1972).
    """
    import numpy as np

    n = len(game.players)
    diagram = _diagram(game.players, game.binary, [NO, YES], minimal=False)
    points, shares = np.polynomial.legendre.leggauss(n // 2 + 1)
    chances = np.zeros(n)
    for yes, share in zip((1 + points) / 2, shares / 2, strict=True):
        times = [partial(np.multiply, chance) for chance in (1 - yes, yes)]
        below = _backward(diagram, times, [1.0] * (n + 1), "float64")
        after = _after(diagram, times, below, [1.0] * (n + 1))
        chances += share * np.array([own[YES] - own[NO] for own in after])
    return [float(chance) for chance in chances]


def count(
    players: Sequence[str], ways: Ways, choices: Sequence[Choice], *, marks: bool, minimal: bool = False
) -> Counted:
    """Winning votes of all players, and of the others for each vote of each player.

    choices: what a player may do, in which of the ways it counts.  marks: keep their number apart.
    minimal: only coalitions that lose without their last player in order of weight; then `ways` must put the
    players in one order.  In `after`, states that win already count for nothing, as they are no swings.
    Cost: states times the length of their counts.  Raises Uncountable.
    """
    n = len(players)
    total = sum(choice.plain + choice.marked for choice in choices)
    slot = (total**n).bit_length() + 1 if marks else 0
    diagram = _diagram(players, ways, [choice.vote for choice in choices], minimal=minimal)
    if diagram.states * slot * n > MOST_BITS:
        raise _too_many(n)
    exact: Any = object if marks or total**n >= WIDEST else "int64"
    decided = _decided(choices, n, slot, minimal=minimal)
    times = [partial(_times, choice, slot) for choice in choices]
    below = _backward(diagram, times, decided, exact)
    return Counted(
        slot=slot,
        n=n,
        winning=int(_child(below[0], diagram.root, decided[0])[0]),
        after=tuple((own[NO], own[ABSTAIN], own[YES]) for own in _after(diagram, times, below, decided)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Diagram:
    """Layers of undecided states, and where each vote leads: a number in the next layer, LOSES or WINS."""

    order: tuple[int, ...]  # players as they vote
    alike: tuple[int, ...]  # by place in that order: the last place of a player of the same weights
    root: NDArray[np.int64]  # shape (1,)
    sizes: tuple[int, ...]  # states in each layer
    votes: tuple[int, ...]  # what each choice is
    next: list[list[NDArray[np.int64]]]  # [layer][choice]

    @property
    def states(self) -> int:
        return sum(self.sizes)


def _diagram(players: Sequence[str], ways: Ways, votes: Sequence[int], *, minimal: bool) -> _Diagram:
    import numpy as np

    n = len(players)
    quotas = tuple(dict.fromkeys(quota for way in ways for quota in way))
    for quota in quotas:
        if sum(quota.weights) >= WIDEST:
            raise Uncountable(f"weights add up to {sum(quota.weights)}: allowed is below 2^62; round them")
    gains = [tuple(_gain(quota, player) for quota in quotas) for player in range(n)]  # [player][quota][vote]
    totals = [sum(quota.weights) for quota in quotas]

    def heaviest(player: int) -> tuple[Any, ...]:
        shares = [quota.weights[player] / total for quota, total in zip(quotas, totals, strict=True)]
        return (-max(shares), -sum(shares), [-weight for gain in gains[player] for weight in gain])

    rank = _ranked(quotas, n) if minimal else heaviest
    order = tuple(sorted(range(n), key=rank))
    last = {gains[player]: place for place, player in enumerate(order)}
    settle = _Settling(quotas, ways, [gains[player] for player in order])
    state = np.array([[quota.least for quota in quotas]], dtype=np.int64)
    state, root = settle(state, 0)
    sizes, arrows = [len(state)], []
    for layer, player in enumerate(order):
        gained = np.array([[gain[vote] for gain in gains[player]] for vote in votes], dtype=np.int64)
        reached = (state[None] - gained[:, None]).reshape(-1, len(quotas))
        kept = state.shape[0]
        state, leads = settle(reached, layer + 1)
        arrows.append([leads[number * kept : (number + 1) * kept] for number in range(len(votes))])
        sizes.append(len(state))
        if len(state) > MOST_STATES or sum(sizes) > MOST_IN_ALL:
            raise _too_many(n)
    return _Diagram(
        order=order,
        alike=tuple(last[gains[player]] for player in order),
        root=root,
        sizes=tuple(sizes),
        votes=tuple(votes),
        next=arrows,
    )


class _Settling:
    """Decides states where it can, and merges those from which the same votes win."""

    def __init__(self, quotas: Sequence[Quota], ways: Ways, gains: Sequence[Sequence[Sequence[int]]]) -> None:
        self.ways = [[quotas.index(quota) for quota in way] for way in ways]
        self.most = [[0] for _ in quotas]  # [quota][players to come]
        self.sums = [_sums([gain[quota] for gain in gains]) for quota in range(len(quotas))]
        for quota, most in enumerate(self.most):
            for gain in reversed(gains):
                most.append(most[-1] + gain[quota][YES])
        self.n = len(gains)

    def __call__(self, needs: NDArray[np.int64], layer: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """States kept, shape (states, quotas), and for each given one its number there, LOSES or WINS."""
        import numpy as np

        met: NDArray[np.bool_] = np.asarray(needs <= 0)
        attainable = np.array([most[self.n - layer] for most in self.most], dtype=np.int64)
        hopeless: NDArray[np.bool_] = np.asarray(needs > attainable)
        needed = np.zeros_like(met)
        wins = np.zeros(len(needs), dtype=bool)
        for way in self.ways:
            wins |= met[:, way].all(axis=1)
            needed[:, way] |= ~hopeless[:, way].any(axis=1, keepdims=True)
        undecided = ~wins & needed.any(axis=1)
        held = np.where(met, 0, np.where(needed, needs, WIDEST))[undecided]  # of lost ways alone: lost, one as another
        for quota, sums in enumerate(self.sums):
            if (known := sums.get(layer)) is not None:
                column = held[:, quota]
                reached = known[np.minimum(np.searchsorted(known, column), len(known) - 1)]
                held[:, quota] = np.where((column > 0) & (column < WIDEST), reached, column)
        states, number = _distinct(held)
        leads = np.full(len(needs), LOSES, dtype=np.int64)
        leads[wins] = WINS
        leads[undecided] = number
        return states, leads


def _distinct(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows that differ, and for each given one its number among them."""
    import numpy as np

    number = np.zeros(len(rows), dtype=np.int64)
    first = np.zeros(min(len(rows), 1), dtype=np.int64)
    for column in rows.T:
        values, place = np.unique(column, return_inverse=True)
        _, first, number = np.unique(number * len(values) + place.reshape(-1), return_index=True, return_inverse=True)
        number = number.reshape(-1)
    return rows[first], number


def _sums(gains: Sequence[Sequence[int]]) -> dict[int, NDArray[np.int64]]:
    """By layer: what the players from there on can add up to, ascending, as far as that is not too much."""
    import numpy as np

    reachable = np.zeros(1, dtype=np.int64)
    found = {len(gains): reachable}
    for layer in range(len(gains) - 1, -1, -1):
        reachable = np.unique(np.concatenate([reachable + gain for gain in sorted(set(gains[layer]))]))
        if len(reachable) > MOST_SUMS:
            break
        found[layer] = reachable
    return found


def _gain(quota: Quota, player: int) -> tuple[int, int, int]:
    """What a no, an abstention and a yes of the player add to the quota."""
    return (0, quota.abstaining[player] if quota.abstaining else 0, quota.weights[player])


def _ranked(quotas: Sequence[Quota], n: int) -> Any:
    """A key by which players fall in every vector of weights.  Raises Uncountable where there is none."""
    order = sorted(range(n), key=lambda player: [-quota.weights[player] for quota in quotas])
    for quota in quotas:
        ranked = [quota.weights[player] for player in order]
        if ranked != sorted(ranked, reverse=True):
            raise Uncountable(
                f"minimal winning coalitions of {n} players whose order differs from one weight to the other: allowed"
                " are 20 players then; take an index of swings, as banzhaf"
            )
    return order.index


def _decided(choices: Sequence[Choice], n: int, slot: int, *, minimal: bool) -> list[int]:
    """By layer: how often the players to come may vote once the game is won; with `minimal` they all stay out."""
    each = _packed(choices[0], slot) if minimal else sum(_packed(choice, slot) for choice in choices)
    found = [1]
    for _ in range(n):
        found.append(found[-1] * each)
    return found[::-1]


def _packed(choice: Choice, slot: int) -> int:
    return choice.plain + (choice.marked << slot)


def _times(choice: Choice, slot: int, counts: NDArray[Any]) -> NDArray[Any]:
    """A player's choice on top of those counted."""
    if not slot or not choice.marked:
        return counts * _packed(choice, slot) if _packed(choice, slot) != 1 else counts
    marked = counts << slot
    return marked * choice.marked + counts * choice.plain if choice.plain else marked * choice.marked


def _backward(diagram: _Diagram, times: Sequence[Times], decided: Sequence[Any], exact: Any) -> list[NDArray[Any]]:
    """By layer: how often each state wins."""
    import numpy as np

    below = [np.zeros(0, dtype=exact)]
    for layer in range(len(diagram.next) - 1, -1, -1):
        counts = np.zeros(diagram.sizes[layer], dtype=exact)
        for vote_of, leads in zip(times, diagram.next[layer], strict=True):
            counts = counts + vote_of(_child(below[-1], leads, decided[layer + 1]))
        below.append(counts)
    return below[::-1]


def _child(counts: NDArray[Any], leads: NDArray[np.int64], won: Any) -> NDArray[Any]:
    """The counts of the states led to, which may be LOSES, -2, or WINS, -1."""
    import numpy as np

    found: NDArray[Any] = np.concatenate([counts, np.array([0, won], dtype=counts.dtype)])[leads]
    return found


def _after(
    diagram: _Diagram, times: Sequence[Times], below: Sequence[NDArray[Any]], decided: Sequence[Any]
) -> list[list[Any]]:
    """By player and vote: how often the others come to an undecided state from which that vote leads to a win."""
    import numpy as np

    at: dict[int, list[Any]] = {}
    above = np.array([1] * diagram.sizes[0], dtype=below[0].dtype)  # how often each state of the layer comes up
    for layer, leads_of in enumerate(diagram.next):
        if layer in diagram.alike:  # players of the same weights have the same counts: one of them will do
            at[layer] = [0, 0, 0]
            for vote, leads in zip(diagram.votes, leads_of, strict=True):
                won = (above * _child(below[layer + 1], leads, decided[layer + 1])).sum()
                at[layer][vote] = won.item() if isinstance(won, np.generic) else won
        counts = np.zeros(diagram.sizes[layer + 1], dtype=above.dtype)
        for vote_of, leads in zip(times, leads_of, strict=True):
            undecided = leads >= 0
            np.add.at(counts, leads[undecided], vote_of(above[undecided]))
        above = counts
    by_player = {player: at[diagram.alike[place]] for place, player in enumerate(diagram.order)}
    return [by_player[player] for player in range(len(diagram.order))]


def _too_many(n: int) -> Uncountable:
    return Uncountable(
        f"{n} players with these weights: too many different coalitions for an exact count; round the weights to"
        " fewer figures, or ask for an estimate with --samples"
    )
