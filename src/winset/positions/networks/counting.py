"""Referrals -> counts: which of them count, and how often each actor takes each stance on each concept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from winset.positions.networks.kinds import Duplicates
from winset.positions.networks.types import Matrix, Referral


def counting(referrals: Iterable[Referral], duplicates: Duplicates) -> tuple[Referral, ...]:
    """The referrals that count, in order of their dates: of each set of duplicates the first.

    What one statement says twice of one concept counts once in any case.  Where a week, month or year is asked for
    and the date does not tell it, those of one document are duplicates.
    """
    found: dict[tuple[object, ...], Referral] = {}
    for referral in sorted(set(referrals), key=_order):
        same = (referral.actor_id, referral.concept, referral.level, *_within(referral, duplicates))
        found.setdefault(same, referral)
    return tuple(found.values())


def _order(referral: Referral) -> tuple[str, str, str, float]:
    return (referral.on.text if referral.on else "9999", referral.statement_id, referral.concept, referral.level)


def _within(referral: Referral, duplicates: Duplicates) -> tuple[object, ...]:
    """Equal for referrals that may be duplicates of one another."""
    document = ("document", referral.document_id)
    match duplicates:
        case Duplicates.INCLUDE:
            return (referral.statement_id,)
        case Duplicates.RANGE:
            return ()
        case Duplicates.ORIGIN:
            return ("origin", referral.origin) if referral.origin else document
        case Duplicates.DOCUMENT:
            return document
    if referral.on is None:
        return document
    first, last = (_period(day, duplicates) for day in (referral.on.earliest, referral.on.latest))
    return first if first == last else document


def _period(day: date, duplicates: Duplicates) -> tuple[object, ...]:
    if duplicates is Duplicates.WEEK:
        return ("week", *day.isocalendar()[:2])
    return ("month", day.year, day.month) if duplicates is Duplicates.MONTH else ("year", day.year)


def levels(referrals: Iterable[Referral]) -> tuple[float, ...]:
    """The levels of agreement in use, from the least."""
    return tuple(sorted({referral.level for referral in referrals}))


def counts(
    referrals: Iterable[Referral], actors: Sequence[str], concepts: Sequence[str], levels: Sequence[float]
) -> Matrix:
    """How often each actor refers to each concept at each level: shape (actors, concepts, levels).

    Source: Leifeld, Gruber & Bossner (2018), section 2.2: the array X with its entries x_ijk.
    """
    rows, columns, depths = ({id: n for n, id in enumerate(ids)} for ids in (actors, concepts, levels))
    found = np.zeros((len(actors), len(concepts), len(levels)))
    for referral in referrals:
        found[rows[referral.actor_id], columns[referral.concept], depths[referral.level]] += 1
    return found
