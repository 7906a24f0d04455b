"""The probabilistic Condorcet election of KTAB: a lottery over the positions held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from winset.decisions.contests import votes_for
from winset.decisions.profile import Profile
from winset.errors import BadCase
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from winset.decisions.contests import Votes

Voting: TypeAlias = Literal["proportional", "binary", "cubic", "proportional-binary", "proportional-cubic"]
Process: TypeAlias = Literal["uniform", "conditional"]

SHARES: dict[str, tuple[float, float, float]] = {  # of difference, sign and cube in a vote
    "proportional": (1.0, 0.0, 0.0),
    "binary": (0.0, 1.0, 0.0),
    "cubic": (0.0, 0.0, 1.0),
    "proportional-binary": (0.8, 0.2, 0.0),
    "proportional-cubic": (0.5, 0.0, 0.5),
}
STRAY = 1e-8  # votes, of all cast at full stakes, that any option gets: no contest is quite certain
EQUAL = 1e-10  # share of the scale; options as near as this are worth the same
CELLS = 40_000  # options x options x draws taken at once


@method("condorcet", source="KTAB2015")
def condorcet(
    profile: Profile,
    *,
    voting: Voting = "proportional",
    exponent: float = 1.0,
    process: Process = "uniform",
    status_quo: bool = False,
) -> NDArray[np.float64]:
    """The mean of the lottery over the distinct positions held, as pairwise contests make it; shape (d, m).

    voting, exponent, process, status_quo: as `lottery`.  NaN where nobody is on record, or those who are care
    nothing.  Raises BadCase.
    """
    import numpy as np

    chances = lottery(profile, voting=voting, exponent=exponent, process=process, status_quo=status_quo)
    options = _options(profile, status_quo=status_quo)
    stands = chances > 0
    mean = np.where(stands, chances * options, 0.0).sum(axis=-1)
    least = np.where(stands, options, np.inf).min(axis=-1)
    most = np.where(stands, options, -np.inf).max(axis=-1)
    return np.asarray(np.where(stands.any(axis=-1), np.clip(mean, least, np.maximum(most, least)), np.nan))


def lottery(
    profile: Profile,
    *,
    voting: Voting = "proportional",
    exponent: float = 1.0,
    process: Process = "uniform",
    status_quo: bool = False,
) -> NDArray[np.float64]:
    """The chance of each actor's position to be the outcome; shape (d, m, n), with status_quo (d, m, n + 1).

    An option held by several stands once, at the first of them: clones would win by their number. Each pair meets in
    a contest, won with the chance a^exponent / (a^exponent + b^exponent) where a and b are the votes.
    voting: an actor's votes are its capability times salience, times the difference in distance, the share of the
    scale ("proportional"), its sign ("binary"), its cube ("cubic"), or 4 parts to 1, and 1 to 1, of two.
    exponent: above 0; 1, 2, 4 and 8 are the published ones.  process: "uniform", the long run of contests between
    the winner so far and a challenger drawn evenly; or "conditional", the chance to win against every other option,
    given that one does.  status_quo: whether it stands too, where it is known.  All 0 where nobody is heard.
    Raises BadCase.  Cost: one linear system of that many options for each draw, the contests as in `votes_for`.
    """
    import numpy as np

    _check(voting, exponent, process)
    options = _options(profile, status_quo=status_quo)
    shape = options.shape
    options = options.reshape(-1, shape[-1])
    power = profile.weight.reshape(-1, profile.weight.shape[-1])
    whole = power.sum(axis=-1)
    distinct = ~np.isnan(options) & (whole > 0)[:, None]
    for later in range(1, shape[-1]):
        distinct[:, later] &= ~(distinct[:, :later] & (options[:, :later] == options[:, later, None])).any(axis=-1)
    held = np.where(power > 0, options[:, : power.shape[-1]], 0.0)
    place = np.where(distinct, options, 0.0)
    found = np.zeros(options.shape)
    step = max(1, CELLS // shape[-1] ** 2)
    for start in range(0, len(options), step):
        some = slice(start, start + step)
        distance = np.abs(held[some].T[:, None] - place[some].T[None]) / (profile.high - profile.low)
        share = power[some].T / np.where(whole[some] > 0, whole[some], 1.0)
        votes = votes_for(distance, share, None if voting == "proportional" else _votes(voting)) + STRAY
        beats = np.moveaxis(1 / (1 + (votes.swapaxes(0, 1) / votes) ** exponent), -1, 0)
        chances = _long_run if process == "uniform" else _given_one_wins
        found[some] = chances(beats, distinct[some])
    return found.reshape(shape)


def _options(profile: Profile, *, status_quo: bool) -> NDArray[np.float64]:
    """The positions that carry weight, NaN for the others, and the status quo behind them where it stands."""
    import numpy as np

    held = np.where(profile.weight > 0, profile.positions, np.nan)
    return np.concatenate([held, profile.status_quo[..., None]], axis=-1) if status_quo else held


def _votes(voting: Voting) -> Votes:
    import numpy as np

    straight, sign, cube = SHARES[voting]

    def votes(nearer: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[Any] = straight * nearer + sign * np.clip(nearer / EQUAL, -1, 1) + cube * nearer**3
        return found

    return votes


def _long_run(beats: NDArray[np.float64], distinct: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The chances that contests leave as they are: what flows to an option is what flows from it.

    beats: shape (draws, n, n), the chance of the first against the second.  distinct: shape (draws, n).
    """
    import numpy as np

    count = distinct.shape[-1]
    flow = beats * (distinct[:, :, None] & distinct[:, None, :] & ~np.eye(count, dtype=bool))
    lost = flow.sum(axis=1)
    flow -= distinct[:, :, None] & distinct[:, None, :]  # the chances add up to 1
    flow[:, range(count), range(count)] -= np.where(distinct, lost, 1.0)
    found = np.linalg.solve(flow, -distinct[..., None].astype(float))[..., 0]
    return _shares(np.maximum(found, 0.0) * distinct)


def _given_one_wins(beats: NDArray[np.float64], distinct: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The chance to win all contests, divided by that chance of all options together."""
    import numpy as np

    against = np.where(distinct[:, None, :] & ~np.eye(distinct.shape[-1], dtype=bool), np.log(beats), 0.0).sum(axis=-1)
    against = np.where(distinct, against, -np.inf)
    best = against.max(axis=-1, keepdims=True)
    return _shares(np.where(distinct, np.exp(against - np.where(np.isfinite(best), best, 0.0)), 0.0))


def _shares(found: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    whole = found.sum(axis=-1, keepdims=True)
    return np.asarray(found / np.where(whole > 0, whole, 1.0))


def _check(voting: str, exponent: float, process: str) -> None:
    if voting not in SHARES:
        raise BadCase(f"voting is {voting!r}: allowed are {', '.join(SHARES)}")
    if process not in {"uniform", "conditional"}:
        raise BadCase(f"process is {process!r}: allowed are uniform and conditional")
    if not 0 < exponent <= 8:  # noqa: PLR2004
        raise BadCase(f"exponent is {exponent}: allowed is above 0 and up to 8, where the stronger side all but wins")
