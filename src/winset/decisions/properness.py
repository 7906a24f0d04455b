"""Whether a proposal and its opposite could both pass: two disjoint coalitions, each meeting all it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from winset.issues import Threshold

STEPS = 20_000  # states of the search; the bound below settles every rule of the registry in the first


class Clause(NamedTuple):
    """What the yes side must weigh, members in the order of the seats."""

    weights: tuple[int, ...]
    quota: int
    share: Threshold | None = None  # of the votes cast, whatever their number; None: of all


def both_reached(one: Sequence[Clause], other: Sequence[Clause]) -> bool:
    """Whether some coalition meets all clauses of `one` while the rest meets all clauses of `other`.

    Exact where the search ends within its steps, as it does below some 15 members or few different weights; beyond
    them True, so that no rule is taken for proper that is not. Thresholds of the votes cast must exclude one another
    however many abstain: two shares of one vector that exceed the whole.
    Cost: members times clauses for most rules, else up to STEPS states.
    """
    if any(clause.share for clause in one) and any(clause.share for clause in other):
        if any(_exclude(a.share, b.share) for a in one for b in other if a.share and b.share):
            return False
        one, other = ([clause for clause in side if clause.share is None] for side in (one, other))
    return _Search(one, other).found()


def _exclude(one: Threshold, other: Threshold) -> bool:
    """Whether no votes cast divide into two sides that each have their share."""
    together = one.share + other.share
    return one.of == other.of and (together > 1 or (together == 1 and (one.more_than or other.more_than)))


class _Search:
    """Every seat to one side or the other, the heaviest first, cut off where one side cannot get what it lacks."""

    def __init__(self, one: Sequence[Clause], other: Sequence[Clause]) -> None:
        clauses = (*one, *other)
        self.half = len(one)
        self.lacking = tuple(clause.quota for clause in clauses)
        largest = [max(1, *clause.weights) for clause in clauses]
        columns = zip(*(clause.weights for clause in clauses), strict=True)
        self.seats = sorted(
            columns, key=lambda column: [w / top for w, top in zip(column, largest, strict=True)], reverse=True
        )
        self.left = [[0] * len(clauses)]  # what the seats from here on weigh
        for column in reversed(self.seats):
            self.left.append([a + b for a, b in zip(self.left[-1], column, strict=True)])
        self.left.reverse()
        self.rivals = [
            (i, self.half + j) for i, a in enumerate(one) for j, b in enumerate(other) if a.weights == b.weights
        ]
        self.dead: set[tuple[int, tuple[int, ...]]] = set()

    def found(self) -> bool:
        """Whether such a division of the seats exists; True as well where the steps do not suffice to tell."""
        stack = [(0, self.lacking)]
        while stack:
            place, lacking = stack.pop()
            if (place, lacking) in self.dead or self._hopeless(place, lacking):
                continue
            if max(lacking, default=0) <= 0 or len(self.dead) >= STEPS:
                return True
            self.dead.add((place, lacking))
            column = self.seats[place]
            for side in (0, 1):
                inside = range(self.half) if side == 0 else range(self.half, len(lacking))
                less = tuple(max(0, need - column[i]) if i in inside else need for i, need in enumerate(lacking))
                stack.append((place + 1, less))
        return False

    def _hopeless(self, place: int, lacking: tuple[int, ...]) -> bool:
        left = self.left[place]
        return any(need > have for need, have in zip(lacking, left, strict=True)) or any(
            lacking[a] + lacking[b] > left[a] for a, b in self.rivals
        )
