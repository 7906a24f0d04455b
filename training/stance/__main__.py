"""Train, make smaller, fit the heads, measure on what was kept apart, and export.

python -m training.stance [--data ../shared/data] [--out build/stance] [--teacher FILE] [--install]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from training.attribution import starting_point
from training.slimming import Teacher
from training.stance import examples, heads
from training.stance.calibration import Held, temperature, weights
from training.stance.distilling import slimmer
from training.stance.examples import COAL
from training.stance.export import export, export_encoder
from training.stance.figures import Coal, Speeches, figures
from training.stance.meaning import encoder, vectors
from training.stance.network import Network, from_pretrained, loaded
from training.stance.training import Recipe, read, rows, train
from training.stance.training_sets import parted
from winset.positions.stance_network.network import WEIGHTS
from winset.statements.meaning.vectors import WEIGHTS as MEANING

THREADS = 2  # sums in another order round otherwise, so the number belongs to the recipe
LARGEST = 30_000_000  # bytes; what the package may grow by
CONFLICT_RIDGE, DEBATE_RIDGE = 1_000.0, 0.1
FITTED_ON = ("ibmclaims/dev.jsonl", "epcoal/sentences_dev.jsonl", "unscon/edu_dev.jsonl")


def main() -> None:
    """The whole road; training goes on from its last checkpoint where it was interrupted."""
    usual = Recipe()
    options = argparse.ArgumentParser(prog="python -m training.stance", description="Train the stance network.")
    options.add_argument("--data", type=Path, default=Path("../shared/data"), help="newsmtsc/, enb/, epcoal/ and so on")
    options.add_argument("--out", type=Path, default=Path("build/stance"), help="checkpoints and weights")
    options.add_argument(
        "--teacher", type=Path, help="a whole network as stored, to learn from, instead of training one"
    )
    options.add_argument("--install", action="store_true", help="put the weights into the package")
    chosen = options.parse_args()
    torch.set_num_threads(THREADS)
    chosen.out.mkdir(parents=True, exist_ok=True)
    pieces = starting_point.vocabulary()
    trained, apart = parted(chosen.data, seed=usual.seed)
    teacher = chosen.teacher or _whole(usual, trained, chosen.out)
    network = _smaller(Teacher(teacher), trained, chosen.data, chosen.out).eval()

    held = [Held(each, share) for each, share in zip(apart, _stances(network, apart, pieces), strict=True)]
    coal, claims = list(examples.epcoal(chosen.data)), list(examples.ibmclaims(chosen.data))
    of_coal = [Held(each, share) for each, share in zip(coal, _stances(network, coal, pieces), strict=True)]
    of_claims = [Held(each, share) for each, share in zip(claims, _stances(network, claims, pieces), strict=True)]
    fitted = weights([*held, *of_coal])

    meaning = vectors(encoder(), [each.statement for each in coal], pieces)
    wanted = np.array([each.label for each in coal])
    learned = heads.fitted(meaning, wanted, ridge=DEBATE_RIDGE)
    without = heads.held_out(meaning, wanted, [each.group for each in coal], ridge=DEBATE_RIDGE)

    speeches = list(examples.unscon(chosen.data))
    pooled = read(network, rows(speeches, pieces))[0].numpy().astype(np.float64)
    middle, spread = pooled.mean(axis=0), pooled.std(axis=0)
    even = (pooled - middle) / spread
    conflicts = np.array([each.label for each in speeches])
    weight, bias = heads.fitted(even, conflicts, ridge=CONFLICT_RIDGE)
    unseen = heads.held_out(even, conflicts, [each.group for each in speeches], ridge=CONFLICT_RIDGE)
    _put_conflict(network, weight / spread[:, None], bias - (middle / spread) @ weight)

    temperatures = {
        "stance": 1.0,  # `together` corrects it
        "conflict": temperature(unseen, conflicts),
        "about": temperature(_about(network, apart, pieces), np.array([each.about for each in apart])),
    }
    told = figures(
        invented=held,
        claims=of_claims,
        coal=Coal(of_coal, without, chosen.data),
        speeches=Speeches(speeches, unseen),
        weight=fitted,
    )
    told["fitted_on"] = [hashlib.sha256((chosen.data / name).read_bytes()).hexdigest()[:16] for name in FITTED_ON]
    told["temperatures"] = temperatures
    print(json.dumps(told, indent=1))
    beside = {"weights.json": fitted, "cross_validated.json": told}
    for name, value in beside.items():
        (chosen.out / name).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    np.savez_compressed(
        chosen.out / "debates.npz",
        proposals=np.array([COAL]),
        weights=learned[0][None].astype(np.float32),
        bias=learned[1][None].astype(np.float32),
    )
    export(network, temperatures, chosen.out / "stance.onnx")
    export_encoder(encoder(), chosen.out / "meaning.onnx")
    made = [chosen.out / name for name in ("stance.onnx", "meaning.onnx", "debates.npz", "weights.json")]
    size = sum(path.stat().st_size for path in made)
    for path in made:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    if size > LARGEST:
        raise SystemExit(f"the weights have {size} bytes, more than {LARGEST}: use a smaller network")
    if chosen.install:
        for path in made:
            shutil.copyfile(path, MEANING if path.name == MEANING.name else WEIGHTS.with_name(path.name))
        shutil.copyfile(chosen.out / "cross_validated.json", Path(__file__).with_name("cross_validated.json"))


def _whole(recipe: Recipe, trained: list[examples.Coded], out: Path) -> Path:
    """The whole network, trained from the published encoder, as it is stored."""
    torch.manual_seed(recipe.seed)
    network = from_pretrained(starting_point.folder() / "model.safetensors")
    finished, path = out / "trained.pt", out / "whole.onnx"
    if finished.exists():
        network.load_state_dict(torch.load(finished, weights_only=True))
    else:
        pieces = starting_point.vocabulary()
        train(network, rows(trained, pieces), pieces, recipe, out)
    export(network.eval(), {}, path)
    return path


def _smaller(teacher: Teacher, trained: list[examples.Coded], data: Path, out: Path) -> Network:
    """The network that ships, before its head of conflict is fitted."""
    finished = out / "smaller.pt"
    if finished.exists():
        return loaded(torch.load(finished, weights_only=True))
    network = slimmer(teacher, trained, data, out)
    torch.save(network.state_dict(), finished)
    return network


def _stances(network: Network, coded: list[examples.Coded], pieces: dict[str, int]) -> list[tuple[float, ...]]:
    return [tuple(row) for row in read(network, rows(coded, pieces))[1]["stance"].tolist()]


def _about(network: Network, coded: list[examples.Coded], pieces: dict[str, int]) -> heads.Floats:
    return read(network, rows(coded, pieces))[1]["about"].numpy().astype(np.float64)


def _put_conflict(network: Network, weight: heads.Floats, bias: heads.Floats) -> None:
    with torch.no_grad():
        network.heads["conflict"].weight.copy_(torch.tensor(weight.T))
        network.heads["conflict"].bias.copy_(torch.tensor(bias))


if __name__ == "__main__":
    main()
