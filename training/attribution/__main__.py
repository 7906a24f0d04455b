"""Train, make smaller, calibrate, export and measure the attributor.

python -m training.attribution [--data ../shared/data/polnear] [--out build/attribution] [--passes 8] [--teacher FILE]
    [--install]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from training.attribution import starting_point
from training.attribution.calibration import calibrated, expected_calibration_error, judged
from training.attribution.distilling import reports, slimmer
from training.attribution.examples import articles, parted
from training.attribution.export import export, parameters
from training.attribution.network import Network, from_pretrained, loaded
from training.attribution.training import Recipe, train
from training.slimming import Teacher
from winset.statements.tagging.linking import EVIDENCE
from winset.statements.tagging.tagger import WEIGHTS, tagger

THREADS = 2  # sums in another order round otherwise, so the number belongs to the recipe
LARGEST = 30_000_000  # bytes; what the package may grow by


def main() -> None:
    """The whole road; goes on from the last checkpoint where it was interrupted."""
    usual = Recipe()
    options = argparse.ArgumentParser(prog="python -m training.attribution", description="Train the attributor.")
    options.add_argument("--data", type=Path, default=Path("../shared/data/polnear"), help="train.jsonl and dev.jsonl")
    options.add_argument("--out", type=Path, default=Path("build/attribution"), help="checkpoints and weights")
    options.add_argument("--passes", type=int, default=usual.passes)
    options.add_argument("--seed", type=int, default=usual.seed)
    options.add_argument(
        "--teacher", type=Path, help="a whole network as stored, to learn from, instead of training one"
    )
    options.add_argument("--install", action="store_true", help="put the weights into the package")
    chosen = options.parse_args()
    if not (chosen.data / "train.jsonl").exists():
        raise SystemExit(f"no train.jsonl in {chosen.data}: get PolNeAR and name its folder with --data")
    recipe = Recipe(passes=chosen.passes, seed=chosen.seed)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    chosen.out.mkdir(parents=True, exist_ok=True)
    _same_recipe(chosen.out / "recipe.json", recipe)
    coded, held = parted(articles(chosen.data / "train.jsonl"))
    pieces = starting_point.vocabulary()
    teacher = chosen.teacher or _whole(recipe, coded, chosen.out)
    network = _smaller(Teacher(teacher), coded, reports(chosen.data), chosen.out)
    path, unsure = chosen.out / "attribution.onnx", chosen.out / "uncalibrated.onnx"
    export(network, parameters(network, pieces, [0.0] * (EVIDENCE + 1)), unsure)
    export(network, parameters(network, pieces, calibrated(tagger(unsure), held)), path)
    size = path.stat().st_size
    print(f"{path}: {size / 1e6:.1f} MB, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    if size > LARGEST:
        raise SystemExit(f"the weights have {size} bytes, more than {LARGEST}: use a smaller network")
    if (chosen.data / "dev.jsonl").exists():
        dev = articles(chosen.data / "dev.jsonl")
        rows = judged(tagger(path), dev)
        right, coded_there = sum(correct for _, _, correct in rows), sum(len(each["attributions"]) for each in dev)
        print(f"dev: {len(rows)} proposed, {right} right, {coded_there} coded; make bench-attribution scores in full")
        print(f"dev: expected calibration error {expected_calibration_error(rows):.3f}")
    if chosen.install:
        shutil.copyfile(path, WEIGHTS)
        print(f"installed as {WEIGHTS}")


def _same_recipe(path: Path, recipe: Recipe) -> None:
    """Refuse to go on from checkpoints of another recipe."""
    written = json.dumps(asdict(recipe), sort_keys=True)
    if path.exists() and path.read_text(encoding="utf-8") != written:
        raise SystemExit(f"{path} is of another recipe: choose another folder with --out")
    path.write_text(written, encoding="utf-8")


def _whole(recipe: Recipe, coded: list[dict[str, Any]], out: Path) -> Path:
    """The whole network, trained from the published encoder, as it is stored."""
    torch.manual_seed(recipe.seed)
    network = from_pretrained(starting_point.folder() / "model.safetensors")
    finished, path = out / "whole.pt", out / "whole.onnx"
    pieces = starting_point.vocabulary()
    if finished.exists():
        network.load_state_dict(torch.load(finished, weights_only=True))
    else:
        train(network, coded, pieces, recipe, out)
        torch.save(network.state_dict(), finished)
    export(network, parameters(network, pieces, [0.0] * (EVIDENCE + 1)), path)
    return path


def _smaller(teacher: Teacher, coded: list[dict[str, Any]], reports: list[str], out: Path) -> Network:
    """The network that ships."""
    finished = out / "smaller.pt"
    if finished.exists():
        return loaded(torch.load(finished, weights_only=True))
    network = slimmer(teacher, coded, reports, out)
    torch.save(network.state_dict(), finished)
    return network


if __name__ == "__main__":
    main()
