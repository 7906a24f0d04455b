"""A kept case as what `decide` is asked about, in place of a table."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from winset.exchange.position_cases import Question


def kept_case(given: object) -> str | None:
    """Where a kept case is, given as a path or as an address of a server; None for anything else."""
    if not isinstance(given, str | os.PathLike):
        return None
    from winset.store.addresses import is_address
    from winset.store.header import is_sqlite

    place = os.fspath(given)
    if is_address(place) or place.lower().endswith(".winset") or is_sqlite(Path(place)):
        return place
    return None


def question_of(
    place: str, *, rule: str | None, on: date | str | None, cost_of_objecting: float, as_of: date | str | None
) -> Question:
    """What the case asks, from the positions that its documents give.

    on: another day of decision than its own.  as_of: only what was on record that day counts.
    Raises NotACase, BadCase, BadDate, UnknownMethod.
    """
    from winset.api.opening import read

    found = read(place)._question(rule=rule, on=on, cost_of_objecting=cost_of_objecting, as_of=as_of)
    return replace(found, name=place)
