"""Where they stand: stance and positions on coded sets, each by its own scorer, against what must be reached.

python -m benchmarks.bench_positions [--data ../shared/data] [--json] [--no-speed]
Any folder with the same file names can be put in place of the data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.attribution.calibration import Judged, calibration_error, equal_width
from benchmarks.measuring import PROJECT
from benchmarks.position_tasks import coded, enb, epcoal, ibmclaims, pasrl, unscon
from benchmarks.position_tasks.scoring import rows

BESIDE = PROJECT.parent / "shared" / "data"
HELD_OUT = PROJECT / "training" / "stance" / "cross_validated.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure with what it must reach; None: only told."""

    set: str
    figure: str
    file: str  # whose text was read
    must: float | None = None
    aim: float | None = None
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A measured figure."""

    measure: Measure
    value: float
    fitted: bool  # the text was among what the weights were fitted on: see the held-out figure
    held_out: float | None

    @property
    def short(self) -> bool:
        """Whether it misses what it must reach; on text that was fitted on, the held-out figure decides."""
        if self.measure.must is None:
            return False
        value = self.held_out if self.fitted and self.held_out is not None else self.value
        return value > self.measure.must if self.measure.at_most else value < self.measure.must


TASKS: dict[str, tuple[Callable[[Path], dict[str, float]], str]] = {
    "pasrl": (pasrl.measure, "pasrl/gold_dev.jsonl"),
    "enb": (enb.measure, "enb/silver_dev.jsonl"),
    "epcoal": (epcoal.measure, "epcoal/sentences_dev.jsonl"),
    "unscon": (unscon.measure, "unscon/edu_dev.jsonl"),
    "ibmclaims": (ibmclaims.measure, "ibmclaims/dev.jsonl"),
    "coded": (coded.measure, "seeds_gold/statements_dev.jsonl"),
}
MUST = {
    ("pasrl", "exact_triple"): (0.72, 0.85),
    ("pasrl", "actor_stance"): (0.94, 0.97),
    ("epcoal", "macro_f1"): (0.58, 0.66),
    ("epcoal", "votes_auc"): (0.90, 1.0),
    ("unscon", "macro_f1"): (0.68, 0.75),
    ("coded", "sided_found_and_right"): (0.70, 0.95),
}
CALIBRATION = Measure(set="all", figure="calibration_error", file="", must=0.07, at_most=True)


def main() -> int:
    """Print what was measured; exit status 1 where something must be reached and is not."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, default=BESIDE, help="folder with pasrl/, epcoal/ and so on")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    held = json.loads(HELD_OUT.read_text(encoding="utf-8"))
    found: list[Found] = []
    for name, (task, file) in TASKS.items():
        path = chosen.data / file
        if not path.is_file():
            print(f"skipped: {name}, {path} is not there")
            continue
        fitted = hashlib.sha256(path.read_bytes()).hexdigest()[:16] in held["fitted_on"]
        for figure, value in task(chosen.data).items():
            must, aim = MUST.get((name, figure), (None, None))
            measure = Measure(set=name, figure=figure, file=file, must=must, aim=aim)
            found.append(Found(measure, value, fitted, held["held_out"].get(name, {}).get(figure)))
    if not found:
        raise SystemExit(f"{chosen.data} has nothing to measure on")
    error = _calibration(chosen.data)
    if error is not None:
        fitted = any(each.fitted for each in found)
        found.append(Found(CALIBRATION, error, fitted, held["held_out"]["calibration_error"]))
    if chosen.json:
        print(json.dumps([{**asdict(each), "short": each.short} for each in found], indent=1))
    else:
        print(*table(found), sep="\n")
    short = [each for each in found if each.short]
    for each in short:
        print(f"NOT REACHED: {each.measure.set} {each.measure.figure}")
    return 1 if short else 0


def table(found: list[Found]) -> list[str]:
    """As lines of Markdown."""
    lines = ["| set | figure | measured | on text not fitted on | must reach | aim |", "|---|---|---|---|---|---|"]
    for each in found:
        told = each.measure
        must = "" if told.must is None else f"{'< ' if told.at_most else ''}{told.must:.3g}"
        aim = "" if told.aim is None else f"{told.aim:.3g}"
        apart = "the same" if not each.fitted else "" if each.held_out is None else f"{each.held_out:.3f}"
        lines.append(f"| {told.set} | {told.figure} | {each.value:.3f} | {apart} | {must} | {aim} |")
    return lines


def _calibration(data: Path) -> float | None:
    """Expected calibration error of the stances' confidence over the sets that code single statements, in ten bins.

    Source: Guo et al. 2017, equation 3.
    """
    judged: list[Judged] = []
    coal, claims = data / epcoal.FOLDER / epcoal.FILE, data / ibmclaims.FOLDER / ibmclaims.FILE
    if coal.is_file():
        gold = {row["id"]: row["label"] for row in rows(coal) if row["label"] != "tie"}
        told = [row for row in epcoal.predict(rows(coal)) if row["id"] in gold]
        judged += [Judged(confidence=row["sure"], right=row["label"] == gold[row["id"]]) for row in told]
    if claims.is_file():
        gold = {row["id"]: row["label"] for row in rows(claims)}
        told = list(ibmclaims.predict(rows(claims)))
        judged += [Judged(confidence=row["sure"], right=row["label"] == gold[row["id"]]) for row in told]
    if (data / coded.FOLDER / coded.FILE).is_file():
        judged += [Judged(confidence=sure, right=right) for sure, right in coded.sides(data)]
    return calibration_error(equal_width(judged, bins=10)) if judged else None


if __name__ == "__main__":
    raise SystemExit(main())
