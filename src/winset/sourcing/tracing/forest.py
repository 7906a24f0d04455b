"""Which of many things are one: sets that grow together."""

from __future__ import annotations


class Forest:
    """Numbers in sets; two sets become one. Source: Tarjan (1975), union with path halving."""

    def __init__(self, many: int) -> None:
        self._parent = list(range(many))

    def root(self, number: int) -> int:
        """The smallest number of its set."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def unite(self, one: int, other: int) -> None:
        """Make one set of both."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def sets(self) -> list[list[int]]:
        """Every set, by its smallest number, each in order."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            found.setdefault(self.root(number), []).append(number)
        return list(found.values())
