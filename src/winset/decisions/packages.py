"""Packages: several issues decided in one vote. What passes only together, who gives what to whom, what is best.

Models of exchange let actors trade positions and take no account of who can say no. Here the rule decides: a package
is found only if the body adopts it over the status quo when its members vote sincerely on the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from winset.decisions.package_search import Stakes, all_that_pass, along_the_scale, best, by_pairs, front, stakes
from winset.decisions.profile import Profile
from winset.errors import BadCase, OffScale
from winset.ids import ActorId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from winset.decisions.package_search import Score

MOST_SETS = 4096  # sets of proposals put to the vote together


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One outcome for each issue, and what members make of it."""

    values: tuple[float, ...]  # in order of the issues, the profile's scale
    gains: tuple[tuple[ActorId, float], ...]  # of every seat, over the status quo: scale points times salience
    objectors: tuple[ActorId, ...]  # who says no to it, and is outvoted
    given_up: float  # shares of the way from status quo to proposal, added over the issues with a proposal

    @property
    def total(self) -> float:
        """The sum of all gains."""
        return sum(gain for _, gain in self.gains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Proposals that pass together; at least one of them fails alone, and in every smaller set of these."""

    issues: tuple[str, ...]
    carried: tuple[str, ...]  # those of them that fail alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """What one member gets and gives in a logroll."""

    actor_id: ActorId
    gets: str  # issue
    worth: float  # of it, to the member: scale points times salience
    gives: str  # issue
    costs: float  # its loss there, 0 or more; less than `worth`


@dataclass(frozen=True, slots=True, kw_only=True)
class Logroll:
    """A change on each of two issues that passes only with the other, and by which whoever can block gains."""

    issues: tuple[str, str]
    values: tuple[float, float]
    bargains: tuple[Bargain, ...]  # of those that lose on one of the two and gain more on the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What can be decided on all issues together."""

    issues: tuple[str, ...]
    alone: tuple[bool | None, ...]  # whether each proposal passes by itself; None: there is none
    together: bool | None  # whether all proposals pass in one vote
    bundles: tuple[Bundle, ...]
    logrolls: tuple[Logroll, ...]  # the best for each pair of issues that has one, by falling sum of gains
    total: Package | None  # of all that pass, that with the greatest sum of gains; None: none passes
    product: Package | None  # with the greatest product of gains (Nash), where all who care can gain
    nearest: Package | None  # that gives up least of the proposals; None where there are none, too
    front: tuple[Package, ...]  # none better for one and worse for none, by falling sum; at most fifty
    passing: int | None  # how many packages of the rungs pass; None: they were not counted through
    gap: float  # by how much a greater sum of gains than that of `total` is not excluded; 0 where counted through


def packages(
    profile: Profile,
    *,
    draw: int = 0,
    rungs: Sequence[Sequence[float]] | None = None,
    limit: int = 200_000,
) -> Packages:
    """The packages that the rule adopts over the status quo on all issues, in one draw.

    rungs: for each issue the outcomes that may be chosen, the profile's scale; the status quo is always among them.
    None: status quo, proposal and all positions of members; the best packages are then moved along the scale to where
    they are better still (compass search; a local optimum, and said to be no more).
    limit: most packages held at once. Up to there all are counted through, apart from those that fail whatever is
    added; beyond it, a coordinate search over pairs of issues, from the status quo and from the proposals: `passing`
    is then None, and `gap` says what it may have missed.
    Members with nothing on record on an issue have no stake in it; actors without a seat do not vote.
    Raises BadCase for an unknown status quo, OffScale for a rung off the scale.
    Source: Tsebelis (2002, ch. 2) for the winset of several issues; Riker and Brams (1973) for logrolling.
    """
    _check(profile, draw, rungs)
    at = stakes(profile, draw)
    steps = _rungs(at, rungs)
    found = all_that_pass(at, steps, limit=limit)
    scores = {"total": at.total, "product": at.product}
    if _asked(at).any():
        scores["nearest"] = at.kept
    chosen: dict[str, NDArray[np.float64]] = {}
    for name, score in scores.items():
        if found is not None:
            place = best(at, found, score)
            if place is None:
                continue
            held = found[place]
        else:
            reached = _searched(at, steps, score, [*chosen.values()])
            if reached is None:
                continue
            held = reached
        chosen[name] = held if rungs is not None else along_the_scale(at, held, score)
    seats = [seat.actor_id for seat in profile.rule.seats]
    shown = {name: _package(at, values, seats) for name, values in chosen.items()}
    total = shown.get("total")
    return Packages(
        issues=profile.issues,
        alone=tuple(_alone(at)),
        together=_passes(at, _with_proposals(at, range(len(profile.issues)))) if _asked(at).any() else None,
        bundles=tuple(_bundles(at, profile.issues)),
        logrolls=tuple(_logrolls(at, steps, profile.issues, seats)),
        total=total,
        product=shown.get("product"),
        nearest=shown.get("nearest"),
        front=() if found is None else tuple(_package(at, values, seats) for values in front(at, found)),
        passing=None if found is None else len(found),
        gap=0.0 if found is not None else _most(at, steps) - (total.total if total else 0.0),
    )


def _check(profile: Profile, draw: int, rungs: Sequence[Sequence[float]] | None) -> None:
    import numpy as np

    if not 0 <= draw < len(profile.positions):
        raise BadCase(f"draw {draw} of a profile with {len(profile.positions)}: count from 0")
    for issue, value in zip(profile.issues, profile.status_quo[draw].tolist(), strict=True):
        if np.isnan(value):
            raise BadCase(f"the status quo of {issue!r} is unknown: a package is adopted over it; state one")
    if rungs is None:
        return
    if len(rungs) != len(profile.issues):
        raise BadCase(f"rungs of {len(rungs)} issues for {len(profile.issues)}: give some for each, in their order")
    for issue, values in zip(profile.issues, rungs, strict=True):
        for value in values:
            if not profile.low <= value <= profile.high:  # NaN fails too
                raise OffScale(f"rung {value} of {issue!r}: the scale runs from {profile.low:g} to {profile.high:g}")


def _rungs(at: Stakes, given: Sequence[Sequence[float]] | None) -> list[NDArray[np.float64]]:
    """What may be chosen on each issue: the status quo, then by distance from it; the proposal's side first."""
    import numpy as np

    found = []
    for issue, start in enumerate(at.status_quo.tolist()):
        proposal = float(at.proposal[issue])
        if given is not None:
            values = {float(value) for value in given[issue]}
        else:
            values = set(at.positions[issue][at.salience[issue] > 0].tolist())
            if not np.isnan(proposal):
                values.add(proposal)
        towards = -1 if proposal < start else 1
        values.discard(start)
        rest = sorted(values, key=lambda value: (abs(value - start), towards * (start - value)))
        found.append(np.array([start, *rest]))
    return found


def _asked(at: Stakes) -> NDArray[np.bool_]:
    """Which issues have a proposal that would change something."""
    import numpy as np

    return np.asarray(np.abs(at.proposal - at.status_quo) > 0)


def _with_proposals(at: Stakes, issues: Sequence[int]) -> NDArray[np.float64]:
    """The proposals of these issues, no change on the others; (m,)."""
    values = at.status_quo.copy()
    for issue in issues:
        if _asked(at)[issue]:
            values[issue] = at.proposal[issue]
    return values


def _passes(at: Stakes, values: NDArray[np.float64]) -> bool:
    return bool(at.passes(at.gains(values[None]))[0])


def _alone(at: Stakes) -> Iterator[bool | None]:
    for issue, asked in enumerate(_asked(at).tolist()):
        yield _passes(at, _with_proposals(at, [issue])) if asked else None


def _bundles(at: Stakes, issues: Sequence[str]) -> Iterator[Bundle]:
    """For each proposal that fails alone, the smallest sets with it that pass; no more than 4096 sets are tried."""
    asked = [issue for issue, has in enumerate(_asked(at).tolist()) if has]
    fails = {issue for issue in asked if not _passes(at, _with_proposals(at, [issue]))}
    carried: dict[int, list[frozenset[int]]] = {issue: [] for issue in fails}
    tried = 0
    for size in range(2, len(asked) + 1):
        for some in combinations(asked, size):
            tried += 1
            if tried > MOST_SETS:
                return
            mine = frozenset(some)
            open_ = [issue for issue in some if issue in fails and not any(one <= mine for one in carried[issue])]
            if open_ and _passes(at, _with_proposals(at, some)):
                for issue in open_:
                    carried[issue].append(mine)
                yield Bundle(
                    issues=tuple(issues[issue] for issue in some),
                    carried=tuple(issues[issue] for issue in some if issue in fails),
                )


def _logrolls(
    at: Stakes, rungs: Sequence[NDArray[np.float64]], issues: Sequence[str], seats: Sequence[ActorId]
) -> list[Logroll]:
    import numpy as np

    blocks = np.array([at.rule.blocks_alone(seat) for seat in seats])
    found: list[tuple[float, int, Logroll]] = []
    for one, other in combinations(range(len(rungs)), 2):
        first, second = at.worth(one, rungs[one][1:]), at.worth(other, rungs[other][1:])
        first_fails, second_fails = ~at.passes(first), ~at.passes(second)
        if not first_fails.any() or not second_fails.any():
            continue
        both = first[:, None, :] + second[None, :, :]
        cares = blocks & ((at.salience[one] > 0) | (at.salience[other] > 0))
        good = at.passes(both) & first_fails[:, None] & second_fails & (both[..., cares] > at.nothing).all(axis=-1)
        if not good.any():
            continue
        total = np.where(good, both.sum(axis=-1), -np.inf)
        row, column = np.unravel_index(int((total >= total.max() - at.nothing).argmax()), total.shape)
        bargains = []
        for seat, here, there in zip(seats, first[row].tolist(), second[column].tolist(), strict=True):
            if here + there > at.nothing and min(here, there) < -at.nothing:
                gets, gives = (one, other) if here > there else (other, one)
                bargains.append(
                    Bargain(
                        actor_id=seat,
                        gets=issues[gets],
                        worth=max(here, there),
                        gives=issues[gives],
                        costs=-min(here, there),
                    )
                )
        values = (float(rungs[one][1:][row]), float(rungs[other][1:][column]))
        roll = Logroll(issues=(issues[one], issues[other]), values=values, bargains=tuple(bargains))
        found.append((-float(total[row, column]), len(found), roll))
    return [roll for _, _, roll in sorted(found, key=lambda each: each[:2])]


def _searched(
    at: Stakes, rungs: Sequence[NDArray[np.float64]], score: Score, others: Sequence[NDArray[np.float64]]
) -> NDArray[np.float64] | None:
    """The best of several searches: from the status quo, from all proposals where they pass, from other packages."""
    import numpy as np

    starts = [at.status_quo, *others]
    proposed = _with_proposals(at, range(len(rungs)))
    if _passes(at, proposed):
        starts.append(proposed)
    ends = np.array([by_pairs(at, rungs, start, score) for start in starts])
    ends = ends[(ends != at.status_quo).any(axis=1)]
    place = best(at, ends, score)
    return None if place is None else np.asarray(ends[place])


def _most(at: Stakes, rungs: Sequence[NDArray[np.float64]]) -> float:
    """More than this no package of the rungs is worth to all together, whether it passes or not."""
    return sum(float(at.worth(issue, values).sum(axis=1).max()) for issue, values in enumerate(rungs))


def _package(at: Stakes, values: NDArray[np.float64], seats: Sequence[ActorId]) -> Package:
    gains = at.gains(values[None])
    against = at.objects(gains)[0].tolist()
    return Package(
        values=tuple(values.tolist()),
        gains=tuple(zip(seats, gains[0].tolist(), strict=True)),
        objectors=tuple(seat for seat, objects in zip(seats, against, strict=True) if objects),
        given_up=-float(at.kept(values[None])[0]),
    )
