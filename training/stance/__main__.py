"""Train, cross-validate, calibrate and export the stance network.

python -m training.stance [--data ../shared/data] [--out build/stance] [--install]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from training.attribution import starting_point
from training.stance import examples
from training.stance.calibration import Held, temperature, weights
from training.stance.examples import CONFLICT, STANCE, Coded
from training.stance.export import export
from training.stance.figures import figures
from training.stance.network import Network, from_pretrained
from training.stance.training import Recipe, read, rows, train
from winset.positions.stance_network.network import WEIGHTS

THREADS = 2  # sums in another order round otherwise, so the number belongs to the recipe
FOLDS = 3
REPLAYED = 2_500  # texts of each general set that the second round goes over again
LARGEST = 30_000_000  # bytes; what the package may grow by
GENERAL, CLOSE = Recipe(passes=2), Recipe(passes=4, rate=1e-4, head_rate=4e-4, warm_up=0.1)


def main() -> None:
    """First the large general sets, then the small close ones; goes on from where it was interrupted."""
    options = argparse.ArgumentParser(prog="python -m training.stance", description="Train the stance network.")
    options.add_argument("--data", type=Path, default=Path("../shared/data"), help="vast/, newsmtsc/, enb/ and so on")
    options.add_argument("--out", type=Path, default=Path("build/stance"), help="checkpoints and weights")
    options.add_argument("--install", action="store_true", help="put the weights into the package")
    chosen = options.parse_args()
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    pieces = starting_point.vocabulary()
    chance = random.Random(GENERAL.seed)  # noqa: S311 - for sampling
    vast, newsmtsc = list(examples.vast(chosen.data)), list(examples.newsmtsc(chosen.data))
    enb = list(examples.enb(chosen.data, chance))
    general = _trained(None, [*vast, *newsmtsc, *enb], GENERAL, chosen.out / "general", pieces)
    close = [
        *examples.ibmclaims(chosen.data, chance),
        *examples.epcoal(chosen.data),
        *examples.unscon(chosen.data),
    ]
    again = [*chance.sample(vast, REPLAYED), *chance.sample(newsmtsc, REPLAYED), *chance.sample(enb, REPLAYED // 2)]
    held = [each for fold in range(FOLDS) for each in _held(fold, close, again, general, chosen.out, pieces)]
    fitted = weights(held)
    temperatures = {task: temperature([each for each in held if each.coded.task == task]) for task in (STANCE, CONFLICT)}
    (chosen.out / "weights.json").write_text(json.dumps(fitted, indent=1) + "\n")
    told = figures(held, fitted, temperatures)
    (chosen.out / "cross_validated.json").write_text(json.dumps(told, indent=1) + "\n")
    print(json.dumps(told, indent=1))
    network = _trained(general, [*close, *again], CLOSE, chosen.out / "close", pieces)
    path = chosen.out / "stance.onnx"
    export(network, temperatures, path)
    size = path.stat().st_size
    print(f"{path}: {size / 1e6:.1f} MB, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    if size > LARGEST:
        raise SystemExit(f"the weights have {size} bytes, more than {LARGEST}: use a smaller network")
    if chosen.install:
        shutil.copyfile(path, WEIGHTS)
        shutil.copyfile(chosen.out / "weights.json", WEIGHTS.with_name("weights.json"))


def _held(
    fold: int, close: Sequence[Coded], again: Sequence[Coded], general: Network, out: Path, pieces: dict[str, int]
) -> list[Held]:
    """What a network says of a third of the speakers, meetings and motions that it was not trained on."""
    groups: dict[str, list[str]] = {}
    for each in close:
        known = groups.setdefault(each.set, [])
        if each.group not in known:
            known.append(each.group)
    away = {(name, group) for name, found in groups.items() for at, group in enumerate(found) if at % FOLDS == fold}
    kept = [each for each in close if (each.set, each.group) not in away]
    network = _trained(general, [*kept, *again], CLOSE, out / f"fold{fold}", pieces)
    asked = [each for each in close if (each.set, each.group) in away and each.id]
    shares = read(network, rows(asked, pieces))[1]
    return [
        Held(each, tuple(shares[each.task][number].tolist()), fold) for number, each in enumerate(asked)
    ]


def _trained(
    start: Network | None, coded: Sequence[Coded], recipe: Recipe, folder: Path, pieces: dict[str, int]
) -> Network:
    """The network of a folder, trained there if it is not yet."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    network = from_pretrained(starting_point.folder() / "model.safetensors")
    if (folder / "trained.pt").exists():
        network.load_state_dict(torch.load(folder / "trained.pt", weights_only=True))
        return network.eval()
    if start is not None:
        network.load_state_dict(start.state_dict())
    train(network, rows(coded, pieces), pieces, replace(recipe), folder)
    return network


if __name__ == "__main__":
    main()
