"""The floors that stance and positions hold on coded sets. A change may raise them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.measuring import PROJECT
from benchmarks.position_tasks import coded, enb, epcoal, ibmclaims, pasrl, unscon

# first digits of the file's SHA-256, and the floors; on epcoal and unscon heads were fitted: see HELD_OUT
FLOORS: dict[str, tuple[Callable[[Path], dict[str, float]], str, str, dict[str, float]]] = {
    "pasrl": (pasrl.measure, "pasrl/gold_dev.jsonl", "221655ba4a71db5c", {"exact_triple": 0.95, "actor_stance": 0.95}),
    "enb": (enb.measure, "enb/silver_dev.jsonl", "7e894472c87574ae", {"recall_actor_and_polarity": 0.94}),
    "epcoal": (epcoal.measure, "epcoal/sentences_dev.jsonl", "899c7d318f2531b6", {"macro_f1": 0.84, "votes_auc": 0.95}),
    "unscon": (unscon.measure, "unscon/edu_dev.jsonl", "1dcb1e38049d8d58", {"macro_f1": 0.74}),
    "ibmclaims": (ibmclaims.measure, "ibmclaims/dev.jsonl", "6caa45822a9ad2fb", {"accuracy": 0.51}),
    "coded": (coded.measure, "seeds_gold/statements_dev.jsonl", "c65c34190b8d0ecc", {"sided_found_and_right": 0.99}),
}
HELD_OUT = {"epcoal": {"macro_f1": 0.65, "votes_auc": 0.92}, "unscon": {"macro_f1": 0.73}}
CALIBRATION = 0.05


@pytest.mark.parametrize("name", FLOORS)
def test_a_coded_set(name: str, shared: Path) -> None:
    measure, file, digest, floors = FLOORS[name]
    path = shared / "data" / file
    if not path.is_file():
        pytest.skip(f"needs {file} of ../shared/data")
    found = hashlib.sha256(path.read_bytes()).hexdigest()[: len(digest)]
    assert found == digest, "the gold set changed: measure its floors anew"
    figures = measure(shared / "data")
    assert {figure: figures[figure] for figure, floor in floors.items() if figures[figure] < floor} == {}


def test_the_shipped_figures_on_texts_that_nothing_was_fitted_on() -> None:
    told = json.loads((PROJECT / "training" / "stance" / "cross_validated.json").read_text(encoding="utf-8"))[
        "held_out"
    ]
    short = {
        (name, figure): told[name][figure]
        for name, floors in HELD_OUT.items()
        for figure, floor in floors.items()
        if told[name][figure] < floor
    }
    assert short == {}
    assert told["calibration_error"] <= CALIBRATION
