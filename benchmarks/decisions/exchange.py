"""The exchange model on the positions before Copenhagen 2009: one round in many draws, beside decide-exchange-model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.decisions.rows import Row, seconds
from benchmarks.peer_environments import NotInstalled, told

from winset.decisions.exchanges import exchanges
from winset.decisions.models import MODELS
from winset.decisions.profile import Profile
from winset.exchange.decide_files import read_decide

DRAWS = 2_000
MUST, AIM = 200, 5_000  # times as fast as the peer
SPREAD = 10.0  # points: standard deviation of the drawn positions
FILES = {"sample_data.txt": "emission/decide_sample_data.txt", "copenhagen.csv": "climate/decide_copenhagen.csv"}
RECORDED = "reference/exchange_deterministic.json"
PEER = "decide-exchange-model"
RUNS = 5
ONE_ROUND = """
import json, sys, time
from decide.data.modelfactory import ModelFactory
from decide.data.reader import InputDataFile
from decide.model import equalgain
from decide.model.utils import ModelLoop

class Silent:
    def __getattr__(self, name):
        return lambda *_, **__: None

equalgain.EqualGainModel.VERBOSE = False
factory = ModelFactory(InputDataFile.open(sys.argv[1]))
taken = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    model = factory(model_klass=equalgain.EqualGainModel, randomized_value=None)
    ModelLoop(model, Silent(), 0).loop()
    taken.append(time.perf_counter() - start)
print(json.dumps(sorted(taken)[len(taken) // 2]))
"""


def rows(data: Path, peers: Path | None) -> Iterator[Row]:
    """Time of a repetition in both readings, and how far the first round is from the program's."""
    folder = data / "decision"
    recorded = json.loads((folder / RECORDED).read_text("utf-8"))
    path = folder / FILES["copenhagen.csv"]
    peer, remark = asked(peers, path)
    if peer is None:
        peer = recorded["copenhagen.csv"]["round1"]["seconds"]
        remark = f"{remark}: the time recorded with its figures, on another machine"
    drawn = drawn_positions(read_decide(path).profile(), DRAWS)
    for model in ("exchange", "exchange-program"):
        taken = seconds(lambda model=model: MODELS[model](drawn)) / DRAWS  # type: ignore[misc]
        yield Row(
            what=f"{model}, 11 actors, 7 issues, one round, a draw of {DRAWS:,}",
            ours=1e3 * taken,
            unit="ms",
            must=f"at most 1/{MUST} of the peer (aim 1/{AIM:,})",
            holds=taken * MUST <= peer,
            peer=1e3 * peer,
            peer_name=PEER,
            remark=remark,
        )
    for name, file in FILES.items():
        furthest = distance(read_decide(folder / file).profile(), recorded[name]["round1"])
        yield Row(
            what=f"exchange-program, {name}: greatest distance from the program's first round, exchange by exchange",
            ours=furthest,
            unit="points",
            must="all exchanges in their order, to the precision recorded",
            holds=furthest < 1e-9,
        )


def asked(peers: Path | None, path: Path) -> tuple[float | None, str]:
    """Median seconds of one round of the peer, with its model made anew each time; or None and why."""
    if peers is None:
        return None, f"{PEER} not installed"
    try:
        return float(json.loads(told(peers, "-c", ONE_ROUND, path, str(RUNS)))), ""
    except NotInstalled as why:
        return None, f"{PEER} does not run here ({why})"


def drawn_positions(profile: Profile, draws: int) -> Profile:
    """The positions with errors, in many draws."""
    numbers = np.random.default_rng(0)
    shape = (draws, *profile.positions.shape[1:])
    unknown = np.full(shape[:2], np.nan)
    return replace(
        profile,
        positions=np.clip(profile.positions + numbers.normal(0, SPREAD, shape), profile.low, profile.high),
        salience=np.broadcast_to(profile.salience, shape).copy(),
        status_quo=unknown,
        proposal=unknown,
        cost_of_objecting=np.zeros(draws),
    )


def distance(profile: Profile, recorded: dict[str, list[list[float]]]) -> float:
    """The greatest difference of any position before or after any exchange; infinite where their number differs."""
    (found,) = exchanges(profile, programmed=True)
    if len(found.exchanges) != len(recorded["realised"]):
        return float("inf")
    furthest = 0.0
    for exchange, row in zip(found.exchanges, recorded["realised"], strict=True):
        for concession, (start, end) in zip(exchange.concessions, (row[2:4], row[6:8]), strict=True):
            furthest = max(furthest, abs(concession.start - start), abs(concession.end - end))
    return furthest
