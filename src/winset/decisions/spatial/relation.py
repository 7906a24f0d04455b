"""Which alternative the rule adopts over which: the winsets of all of them, a bit for each pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted, counted
from winset.decisions.spatial.space import Space
from winset.errors import BadCase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDING = 1e-12  # of the largest distance: alternatives nearer to a tie than that are tied
WORD = 64  # bits: rows are padded to whole words, which are combined eight bytes at a time
BLOCK = 2**18  # bytes, pairs or ballots worked on at once, to stay in the processor's cache
FEW = 9  # members: up to here the rule is asked once for every profile of yes, abstain and no
NO, IDLE, YES = range(3)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dominance:
    """Who beats whom among a alternatives, as bits: place y of a row is bit 7 - y % 8 of its byte y // 8.

    One relation read both ways; no alternative beats itself.
    """

    space: Space
    winsets: NDArray[np.uint8]  # (a, bytes): row x holds what is adopted over x
    beaten: NDArray[np.uint8]  # (a, bytes): row y holds what y is adopted over

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Of each winset, in alternatives; shape (a,)."""
        return bits_set(self.winsets)

    def winset(self, place: int) -> NDArray[np.bool_]:
        """The alternatives adopted over that one; shape (a,)."""
        return unpacked(self.winsets[place], len(self.winsets))


def winset_of(space: Space, status_quo: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which alternatives the rule adopts over a status quo when members vote for what lies nearer; shape (a,).

    status_quo: shape (k,), an alternative or not. A member at equal distance abstains, one without an ideal point is
    silent, as the rule counts it; objecting is free.  The status quo itself is never in its winset.
    Cost: one count of votes for each alternative.
    Source: Shepsle and Weingast (1984) for the winset W(x).
    """
    import numpy as np

    if status_quo.shape != space.alternatives.shape[1:] or not np.isfinite(status_quo).all():
        raise BadCase(f"the status quo is {status_quo.tolist()}: give a number for each of the space's dimensions")
    apart, here = space.distances(space.alternatives), space.distances(status_quo[None, :])
    near_enough = ROUNDING * np.maximum(apart.max(axis=1, keepdims=True), here)
    yes, no = (apart < here - near_enough).T, (apart > here + near_enough).T
    silent = np.broadcast_to(np.isnan(here[:, 0]), yes.shape)
    passes = adopted(space.rule, **counted(space.rule, yes=yes, no=no, silent=silent))
    return np.asarray(passes & ~(space.alternatives == status_quo).all(axis=1))


def dominance(space: Space) -> Dominance:
    """The winsets of all alternatives; votes are cast and counted as in `winset_of`.

    Members see alternatives in order of distance, so a row of "nearer than x" is a row of bits already known for
    all that lie as far as x; a rule over up to nine members on record is an "or" of "and" of such rows.
    Cost: for few members, or where only objections count, about a*a/64 operations for each coalition that just
    wins; else a count of votes for each pair.
    """
    import numpy as np

    apart = space.distances(space.alternatives)
    known = np.flatnonzero(~np.isnan(apart[:, 0]))
    tiers = [_tiers(apart[seat]) for seat in known]
    if _all_must_bear(space):
        ways = [(IDLE,) * len(known)]
    elif len(known) <= FEW:
        ways = list(_least_ways(space, known))
    else:
        return _counted_pair_by_pair(space, tiers, known)
    layers = [_layers(tier) for tier in tiers]
    everyone = _everyone(len(space.alternatives))
    there = _joined(
        ways, [{YES: (layer, tier), IDLE: (layer, tier + 1)} for layer, tier in _zip(layers, tiers)], everyone
    )
    outside = [everyone & ~layer for layer in layers]
    back = _joined(
        ways, [{YES: (layer, tier + 1), IDLE: (layer, tier)} for layer, tier in _zip(outside, tiers)], everyone
    )
    for rows in (there, back):
        _clear_diagonal(rows)
    return Dominance(space=space, winsets=there, beaten=back)


def bits_set(rows: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many bits of each row are set; shape (rows,)."""
    import numpy as np

    if hasattr(np, "bitwise_count"):  # since numpy 2.0
        return np.asarray(np.bitwise_count(rows.view(np.uint64)).sum(axis=1, dtype=np.int64))
    of_byte = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.uint8)
    return np.asarray(of_byte[rows].sum(axis=1, dtype=np.int64))


def unpacked(rows: NDArray[np.uint8], count: int) -> NDArray[np.bool_]:
    """The first `count` bits of each row as booleans."""
    import numpy as np

    return np.unpackbits(rows, axis=-1, count=count).view(np.bool_)


def packed(rows: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Booleans of the last axis as bits, padded to whole words."""
    import numpy as np

    bits = np.packbits(rows, axis=-1)
    spare = _width(rows.shape[-1]) - bits.shape[-1]
    return np.ascontiguousarray(np.pad(bits, [(0, 0)] * (bits.ndim - 1) + [(0, spare)]))


def _width(count: int) -> int:
    return -(-count // WORD) * WORD // 8


def _zip(
    layers: list[NDArray[np.uint8]], tiers: list[NDArray[np.intp]]
) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.intp]]]:
    return zip(layers, tiers, strict=True)


def _tiers(apart: NDArray[np.float64]) -> NDArray[np.intp]:
    """The place of each alternative in the order of distance, tied ones in one; from 0."""
    import numpy as np

    order = np.argsort(apart, kind="stable")
    farther = np.diff(apart[order], prepend=apart[order[:1]]) > ROUNDING * apart.max()
    found = np.empty(len(apart), dtype=np.intp)
    found[order] = np.cumsum(farther)
    return found


def _layers(tier: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Row t holds the alternatives in tiers before t; shape (tiers + 1, bytes)."""
    import numpy as np

    places = np.arange(len(tier))
    layers = np.zeros((int(tier.max()) + 2, _width(len(tier))), dtype=np.uint8)
    np.bitwise_or.at(layers, (tier + 1, places // 8), (128 >> places % 8).astype(np.uint8))
    words = layers.view(np.uint64)
    np.bitwise_or.accumulate(words, axis=0, out=words)
    return layers


def _everyone(count: int) -> NDArray[np.uint8]:
    import numpy as np

    return packed(np.ones(count, dtype=bool))


def _all_must_bear(space: Space) -> bool:
    """Whether an alternative passes exactly when nobody on record is farther from it, whoever they are."""
    rule = space.rule
    plain = not (rule.overrules or rule.blocking_abstentions or rule.must_abstain or rule.not_taking_part)
    return plain and rule.by_objection and len(rule.seats) > FEW and _idle_is_no_objection(space)


def _idle_is_no_objection(space: Space) -> bool:
    import numpy as np

    nobody = np.zeros((1, len(space.rule.seats)), dtype=bool)
    silent = np.asarray(np.isnan(space.ideals[None]).any(axis=-1))
    return bool(adopted(space.rule, **counted(space.rule, yes=nobody, no=nobody, silent=silent))[0])


def _least_ways(space: Space, known: NDArray[np.intp]) -> Iterator[tuple[int, ...]]:
    """Profiles of votes under which the rule just adopts: any member on record less willing, and it does not."""
    import numpy as np

    every = list(product((NO, IDLE, YES), repeat=len(known)))
    levels = np.array(every, dtype=np.intp).reshape(len(every), len(known))
    shape = (len(levels), len(space.rule.seats))
    yes, no = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    yes[:, known], no[:, known] = levels == YES, levels == NO
    silent = np.broadcast_to(np.isnan(space.ideals).any(axis=1), shape)
    passes = adopted(space.rule, **counted(space.rule, yes=yes, no=no, silent=silent))
    steps = 3 ** np.arange(len(known))[::-1]  # one level less of that member, as a step in the list
    for place in np.flatnonzero(passes):
        less = place - steps[levels[place] > NO]
        if not passes[less].any():
            yield tuple(levels[place].tolist())


def _joined(
    ways: list[tuple[int, ...]],
    members: list[dict[int, tuple[NDArray[np.uint8], NDArray[np.intp]]]],
    everyone: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """Rows of bits in which some way has all it needs.

    members: for each, by level needed, rows of bits and which of them belongs to each alternative.
    """
    import numpy as np

    count = len(members[0][YES][1]) if members else int(bits_set(everyone[None, :])[0])
    rows = np.zeros((count, len(everyone)), dtype=np.uint8)
    words, whole = rows.view(np.uint64), everyone.view(np.uint64)
    step = max(1, BLOCK // len(everyone))
    for first in range(0, count, step):
        part = slice(first, first + step)
        gathered: dict[tuple[int, int], NDArray[np.uint64]] = {}
        for way in ways:
            needed = [(place, level) for place, level in enumerate(way) if level != NO]
            met: NDArray[np.uint64] | None = None
            for key in needed:
                if key not in gathered:
                    layer, of = members[key[0]][key[1]]
                    gathered[key] = layer.view(np.uint64)[of[part]]
                met = gathered[key] if met is None else met & gathered[key]
            words[part] |= whole if met is None else met
    return rows


def _counted_pair_by_pair(space: Space, tiers: list[NDArray[np.intp]], known: NDArray[np.intp]) -> Dominance:
    """For many members: a count of votes for each pair of alternatives, a block of rows at a time."""
    import numpy as np

    count, seats = len(space.alternatives), len(space.rule.seats)
    place = np.zeros((count, seats), dtype=np.int32)  # of members not on record all alike
    for seat, tier in zip(known, tiers, strict=True):
        place[:, seat] = tier
    silent = np.isnan(space.ideals).any(axis=1)
    rows = np.zeros((count, _width(count)), dtype=np.uint8)
    turned = np.zeros((_width(count) * 8, _width(count)), dtype=np.uint8)
    step = 8 * max(1, BLOCK // (count * seats))
    for first in range(0, count, step):
        yes = place[None, :, :] < place[first : first + step, None, :]
        no = place[None, :, :] > place[first : first + step, None, :]
        votes = counted(space.rule, yes=yes, no=no, silent=np.broadcast_to(silent, yes.shape))
        passes = adopted(space.rule, **votes)
        rows[first : first + step] = packed(passes)
        sideways = np.packbits(passes.T, axis=1)
        turned[:count, first // 8 : first // 8 + sideways.shape[1]] = sideways
    for side in (rows, turned[:count]):
        _clear_diagonal(side)
    return Dominance(space=space, winsets=rows, beaten=np.ascontiguousarray(turned[:count]))


def _clear_diagonal(rows: NDArray[np.uint8]) -> None:
    import numpy as np

    places = np.arange(len(rows))
    rows[places, places // 8] &= ~(128 >> places % 8).astype(np.uint8)
