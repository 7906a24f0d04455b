"""Who stands together: groups that agree more among themselves than their activity alone would make them."""

from __future__ import annotations

import numpy as np

from winset.errors import BadCase
from winset.ids import ActorId
from winset.positions.networks.kinds import Kind
from winset.positions.networks.types import Matrix, Network

ENOUGH = 1e-12  # a gain below it is rounding


def camps(network: Network) -> tuple[tuple[ActorId, ...], ...]:
    """Groups of actors by greedy modularity, the largest first; who agrees with nobody is a group of its own.

    Of a subtract network only weights above 0 count.  Raises BadCase for a conflict or two-mode network: a camp
    agrees.  The same network gives the same camps: of equal gains the first in the order of the actors is taken.
    Source: Clauset, Newman & Moore (2004), on weights as in Newman (2004).
    """
    if network.kind not in {Kind.CONGRUENCE, Kind.SUBTRACT}:
        raise BadCase(f"no camps in a {network.kind} network: ask for congruence or subtract")
    groups = communities(np.maximum(network.weights, 0))
    named = (tuple(network.actors[place].id for place in group) for group in groups)
    return tuple(sorted(named, key=lambda group: -len(group)))


def communities(weights: Matrix) -> list[list[int]]:
    """Rows that belong together, by merging the two groups that add most to the modularity until none adds any.

    weights: symmetric, none below 0, 0 on the diagonal.
    Cost: rows^2 as a rule, rows^3 at worst.
    """
    groups = {row: [row] for row in range(len(weights))}
    total = weights.sum()
    if not total:
        return list(groups.values())
    between = weights / total  # e_ij of the paper: the share of all ends of edges that join group i and group j
    ends = between.sum(axis=1)  # a_i
    gain: Matrix = 2 * (between - np.outer(ends, ends))
    np.fill_diagonal(gain, -np.inf)
    best = gain.argmax(axis=1)  # with whom each group gains most; kept, since few change when two are joined
    every = np.arange(len(weights))
    while len(groups) > 1:
        first = int(gain[every, best].argmax())
        one, two = sorted((first, int(best[first])))
        if gain[one, two] <= ENOUGH:
            break
        groups[one] += groups.pop(two)
        between[one] += between[two]
        between[:, one] = between[one]
        ends[one] += ends[two]
        gain[one] = np.where(np.isneginf(gain[one]), -np.inf, 2 * (between[one] - ends[one] * ends))
        gain[two] = -np.inf
        gain[one, two] = -np.inf
        gain[:, one], gain[:, two] = gain[one], -np.inf
        stale = np.isin(best, (one, two)) | (every == one)
        best[stale] = gain[stale].argmax(axis=1)
        held, new = gain[every, best], gain[:, one]
        best[(new > held) | ((new == held) & (one < best))] = one
    return [sorted(group) for group in groups.values()]


def modularity(weights: Matrix, groups: list[list[int]]) -> float:
    """The share of weight inside groups less what chance would put there: -1/2 to 1; 0 without any weight.

    Source: Newman (2004).
    """
    total = weights.sum()
    if not total:
        return 0.0
    ends = weights.sum(axis=1) / total
    return float(sum(weights[np.ix_(group, group)].sum() / total - ends[group].sum() ** 2 for group in groups))
