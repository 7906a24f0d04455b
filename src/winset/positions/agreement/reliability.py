"""Reliability data: what each coder said of each unit, as places in a list of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from winset.errors import InvalidValue

Code: TypeAlias = str | float
Matrix: TypeAlias = npt.NDArray[np.float64]

MISSING = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reliability:
    """Codes of one variable: a row for each unit, a column for each coder. Source: Krippendorff (2011), step 0."""

    values: tuple[Code, ...]  # in the order of their scale; for nominal values any order
    coders: tuple[str, ...]
    codes: npt.NDArray[np.int64]  # shape (units, coders): places in `values`, MISSING where not coded

    @property
    def pairable(self) -> Reliability:
        """The units that two coders or more have coded: others can be compared with nothing."""
        return self.rows((self.codes != MISSING).sum(axis=1) > 1)

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.codes)

    def rows(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Reliability:
        """Some of the units, by a mask or by their places, which may repeat."""
        return Reliability(values=self.values, coders=self.coders, codes=self.codes[chosen])

    def against_the_rest(self, value: Code) -> Reliability:
        """The same units with two values: this one, or another."""
        codes = np.where(self.codes == MISSING, MISSING, (self.codes == self.values.index(value)).astype(np.int64))
        return Reliability(values=("another", value), coders=self.coders, codes=codes)

    def numbers(self) -> Matrix:
        """The values as numbers, shape (values,); their places in the order where they are words."""
        if all(isinstance(value, (int, float)) for value in self.values):
            return np.array([float(value) for value in self.values])
        return np.arange(len(self.values), dtype=np.float64)


def reliability(by_coder: Mapping[str, Mapping[str, Code]], *, order: Sequence[Code] = ()) -> Reliability:
    """The data in which each coder has said a value of some units, by the unit's id.

    order: of the scale; without it numbers and words are sorted. Units are in the order of their ids, so that a seed
    draws the same samples on every machine.  Raises InvalidValue for a value that is not in `order`.

    >>> found = reliability({"Ada": {"s1": "favour", "s2": "oppose"}, "Ben": {"s1": "favour"}})
    >>> found.values, found.codes.tolist()
    (('favour', 'oppose'), [[0, 0], [1, -1]])
    """
    used = {value for said in by_coder.values() for value in said.values()}
    values = tuple(order) or tuple(sorted(used, key=lambda value: (isinstance(value, str), value)))
    if not used <= set(values):
        raise InvalidValue(f"codes {sorted(map(str, used - set(values)))} are not on the scale {values}")
    place = {value: number for number, value in enumerate(values)}
    units = sorted({unit for said in by_coder.values() for unit in said})
    codes = np.full((len(units), len(by_coder)), MISSING, dtype=np.int64)
    row = {unit: number for number, unit in enumerate(units)}
    for column, said in enumerate(by_coder.values()):
        for unit, value in said.items():
            codes[row[unit], column] = place[value]
    return Reliability(values=values, coders=tuple(by_coder), codes=codes)
