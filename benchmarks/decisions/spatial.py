"""Winsets in the plane and where agendas lead, on gridvoting's example; winsets of a million draws in one dimension."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.decisions.rows import Row, seconds
from benchmarks.peer_environments import NotInstalled, told

from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.decisions.spatial import Dominance, Space, dominance, grid, stationary_distribution
from winset.decisions.winset import winsets
from winset.ids import ActorId
from winset.issues import Seat

VOTERS = ((-15.0, -9.0), (0.0, 17.0), (15.0, -9.0))  # Brewer, Juybari and Moberly (2023), tables 4 and 5
REACH = 40  # the grid runs from -40 to 40 both ways: 6,561 alternatives
RECORDED = 104.7  # seconds that gridvoting 0.70 took where the limit was set
TIMES = 50
CLOSE = 1e-6
MEMBERS, DRAWS, SECONDS = 32, 1_000_000, 3.0
PEER = f"""
import json, sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np
import gridvoting
start = time.perf_counter()
grid = gridvoting.Grid(x0=-{REACH}, x1={REACH}, y0=-{REACH}, y1={REACH})
utility = grid.spatial_utilities(voter_ideal_points={[list(voter) for voter in VOTERS]}, metric="sqeuclidean")
model = gridvoting.VotingModel(utility_functions=utility, majority=2, zi=True, number_of_voters=3,
                               number_of_feasible_alternatives=grid.len)
model.analyze()
whole = time.perf_counter() - start
start = time.perf_counter()
chain = model._get_transition_matrix()
matrix = time.perf_counter() - start
sizes = (chain > 0).sum(axis=1) - (np.diag(chain) > 0)
np.save(sys.argv[1], np.column_stack([grid.points, sizes, model.stationary_distribution]))
print(json.dumps([matrix, whole]))
"""


def rows(data: Path, peers: Path | None) -> Iterator[Row]:  # noqa: ARG001 - the example is written here
    """Winsets alone, winsets with the stationary distribution, agreement with the peer; a million draws on a line."""
    relation = plane()
    often = stationary_distribution(relation)
    alone = seconds(lambda: plane().sizes)
    whole = seconds(lambda: stationary_distribution(plane()))
    found = measured_peer(peers) if peers else None
    remark = "" if found else f"the peer was not run: {RECORDED:g} s is the time recorded for it elsewhere"
    matrix, theirs, table = found or (None, RECORDED, None)
    yield Row(
        what=f"winsets of all {len(often):,} alternatives of gridvoting's example",
        ours=alone,
        unit="s",
        must="no limit of its own",
        holds=True,
        peer=matrix,
        peer_name="gridvoting, its matrix",
    )
    yield Row(
        what="the same with the stationary distribution of the zero-intelligence agenda",
        ours=whole,
        unit="s",
        must=f"at most 1/{TIMES} of gridvoting (aim 1/1,000)",
        holds=whole * TIMES <= theirs,
        peer=theirs,
        peer_name="gridvoting",
        remark=remark,
    )
    if table is not None:
        yield from agreement(relation, often, table)
    drawn = council()
    for rule in ("consensus", "absolute-majority"):
        taken = seconds(lambda rule=rule: winsets(under(drawn, rule)), runs=1)  # type: ignore[misc]
        yield Row(
            what=f"winsets on a line, {MEMBERS} members, {rule}, {DRAWS:,} draws",
            ours=taken,
            unit="s",
            must=f"under {SECONDS:g} s" if rule == "consensus" else "no limit",
            holds=taken < SECONDS or rule != "consensus",
        )


def agreement(relation: Dominance, often: np.ndarray, table: np.ndarray) -> Iterator[Row]:
    """What the peer says of the same alternatives."""
    order = np.lexsort((table[:, 1], table[:, 0]))  # the last dimension runs fastest here
    differing = int((relation.sizes != table[order, 2]).sum())
    apart = float(np.abs(often - table[order, 3]).max())
    yield Row(
        what="winsets of another size than gridvoting's", ours=differing, unit="", must="none", holds=differing == 0
    )
    yield Row(
        what="stationary distribution, greatest difference from gridvoting's",
        ours=apart,
        unit="",
        must=f"at most {CLOSE:g}",
        holds=apart <= CLOSE,
    )


def measured_peer(python: Path) -> tuple[float | None, float, np.ndarray] | None:
    """Seconds for its matrix, and for all; a row for each alternative: place, size of winset, how often it is held."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "found.npy"
        try:
            matrix, whole = json.loads(told(python, "-c", PEER, kept))
        except NotInstalled:
            return None
        return matrix, whole, np.load(kept)


def plane() -> Dominance:
    """The relation of the example, from nothing."""
    club = tuple(Seat(actor_id=ActorId(f"V{place}"), name="voter") for place in range(len(VOTERS)))
    rule = RULES["absolute-majority"](club)
    return dominance(Space(rule=rule, ideals=np.array(VOTERS), alternatives=grid(low=-REACH, high=REACH)))


def council() -> tuple[np.ndarray, tuple[Seat, ...]]:
    """Members from 40 to 96 of the scale with errors of 15; the positions, (draws, 1, members), and seats."""
    seats = tuple(Seat(actor_id=ActorId(f"M{number}"), name="member") for number in range(MEMBERS))
    numbers = np.random.default_rng(0)
    at = 40 + 1.8 * np.arange(MEMBERS) + 15 * numbers.standard_normal((DRAWS, 1, MEMBERS))
    return np.clip(at, 0, 100), seats


def under(drawn: tuple[np.ndarray, tuple[Seat, ...]], rule: str) -> Profile:
    """Those members under a rule, status quo at 20."""
    positions, seats = drawn
    return Profile(
        rule=RULES[rule](seats),
        actors=tuple(seat.actor_id for seat in seats),
        issues=("it",),
        positions=positions,
        salience=np.broadcast_to(0.5, positions.shape),
        capability=np.ones(MEMBERS),
        status_quo=np.full((DRAWS, 1), 20.0),
        proposal=np.full((DRAWS, 1), 100.0),
        cost_of_objecting=np.zeros(DRAWS),
    )
