"""A network made smaller: the heads and units that matter least go, and what is left learns from the whole network.

Source: importance of heads, Michel, Levy and Neubig 2019; importance by the squared slope of a gate, Molchanov et al.
2019; learning from a larger network's outputs, Hinton et al. 2015, and layers, Jiao et al. 2020 (TinyBERT); averaged
weights, Izmailov et al. 2018.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.attribution.network import HEAD_SIZE, HEADS, HIDDEN, LAYERS, WIDE, Layer
from training.attribution.training import keep_checkpoint, rate_at

FEWEST_HEADS = 3  # that a layer keeps

Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What making a network smaller is made of."""

    heads: int  # kept, in all layers together
    wide: int  # units kept in each layer
    passes: int
    rate: float = 3e-4  # of the top layer; each layer below learns `decay` times as fast
    decay: float = 0.95
    embedding_rate: float = 1.5e-4
    head_rate: float = 5e-4
    chain_rate: float = 1e-3
    warm_up: float = 0.04
    weight_decay: float = 0.01
    measured_on: int = 25  # batches that importance is measured on
    checkpoint_every: int = 500  # steps
    earlier: float = 0.0  # share that the last checkpoint has in the weights at the end


@dataclass(frozen=True, slots=True)
class Kept:
    """For each layer the numbers of the heads and of the wide units that stay, ascending."""

    heads: tuple[tuple[int, ...], ...]
    wide: tuple[tuple[int, ...], ...]


@contextmanager
def gates(network: Any) -> Iterator[list[Tensor]]:
    """Gates of 1 at each head and each wide unit while the block runs: the layers' (heads,), then their (wide,)."""
    heads = [torch.ones(layer.heads, requires_grad=True) for layer in network.layers]
    wide = [torch.ones(layer.wide.out_features, requires_grad=True) for layer in network.layers]
    hooks = []
    for layer, of_heads, of_wide in zip(network.layers, heads, wide, strict=True):
        hooks.append(layer.joined.register_forward_pre_hook(_gated(of_heads, HEAD_SIZE)))
        hooks.append(layer.narrow.register_forward_pre_hook(_gated(of_wide, 1)))
    try:
        yield [*heads, *wide]
    finally:
        for hook in hooks:
            hook.remove()


def _gated(gate: Tensor, size: int) -> Callable[[nn.Module, tuple[Tensor]], Tensor]:
    return lambda _, given: given[0] * gate.repeat_interleave(size)


def importance(
    network: Any, examples: Iterable[Batch], loss: Callable[[Batch], Tensor]
) -> tuple[list[Tensor], list[Tensor]]:
    """(of each layer's heads, of each layer's wide units): root of the summed squared slopes, one example at a time."""
    with gates(network) as every:
        total = [torch.zeros_like(gate) for gate in every]
        for example in examples:
            slopes = torch.autograd.grad(loss(example), every)
            total = [sum_ + slope**2 for sum_, slope in zip(total, slopes, strict=True)]
    roots = [sum_.sqrt() for sum_ in total]
    return roots[: len(network.layers)], roots[len(network.layers) :]


def kept(of_heads: Sequence[Tensor], of_wide: Sequence[Tensor], *, heads: int, wide: int) -> Kept:
    """The most important: `heads` of all layers, of each at least FEWEST_HEADS; `wide` units of each layer.

    Importance is divided by its layer's length before layers are compared, as Michel et al. do.
    """
    even = [layer / layer.norm() for layer in of_heads]
    chosen = [sorted(layer.topk(FEWEST_HEADS).indices.tolist()) for layer in even]
    others = sorted(
        (
            (float(value), number, head)
            for number, layer in enumerate(even)
            for head, value in enumerate(layer)
            if head not in chosen[number]
        ),
        reverse=True,
    )
    for _, number, head in others[: max(0, heads - FEWEST_HEADS * len(even))]:
        chosen[number].append(head)
    units = [sorted(layer.topk(wide).indices.tolist()) for layer in of_wide]
    return Kept(tuple(tuple(sorted(layer)) for layer in chosen), tuple(map(tuple, units)))


def slimmed(layer: Layer, heads: Sequence[int], wide: Sequence[int]) -> Layer:
    """A layer of the heads and units that stay, with their weights."""
    made = Layer(len(heads), len(wide))
    rows = torch.tensor([head * HEAD_SIZE + at for head in heads for at in range(HEAD_SIZE)])
    units = torch.tensor(wide)
    with torch.no_grad():
        made.mixed.weight.copy_(layer.mixed.weight.view(3, HIDDEN, HIDDEN)[:, rows].reshape(-1, HIDDEN))
        made.mixed.bias.copy_(layer.mixed.bias.view(3, HIDDEN)[:, rows].reshape(-1))
        made.joined.weight.copy_(layer.joined.weight[:, rows])
        made.joined.bias.copy_(layer.joined.bias)
        made.wide.weight.copy_(layer.wide.weight[units])
        made.wide.bias.copy_(layer.wide.bias[units])
        made.narrow.weight.copy_(layer.narrow.weight[:, units])
        made.narrow.bias.copy_(layer.narrow.bias)
        made.norm_attention.load_state_dict(layer.norm_attention.state_dict())
        made.norm_output.load_state_dict(layer.norm_output.state_dict())
    return made


def slim(network: Any, staying: Kept) -> None:
    """Make a network smaller, in place."""
    for number, (heads, wide) in enumerate(zip(staying.heads, staying.wide, strict=True)):
        network.layers[number] = slimmed(network.layers[number], heads, wide)


class Teacher:
    """The whole network as it is stored, 8-bit weights and all: its outputs, and what each of its layers gives."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        model = onnx.load(path)
        self.weights = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        self.told: dict[str, Any] = json.loads({each.key: each.value for each in model.metadata_props}["winset"])
        self.outputs = [each.name for each in model.graph.output]
        for number in range(LAYERS):
            name = f"layers.{number}.norm_output.output"
            model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "length", HIDDEN]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        made = model.SerializeToString()
        self.session = onnxruntime.InferenceSession(made, options, providers=["CPUExecutionProvider"])

    def taught(self, given: dict[str, Any]) -> tuple[dict[str, Tensor], list[Tensor]]:
        """(each output by its name, what each layer gives (length, HIDDEN)) for one row."""
        found = [torch.from_numpy(value[0]) for value in self.session.run(None, given)]
        return dict(zip(self.outputs, found, strict=False)), found[len(self.outputs) :]

    def put_layers(self, network: nn.Module) -> None:
        """Write the stored weights of the layers, the positions, the types and the first norm into a whole network."""
        own = network.state_dict()
        with torch.no_grad():
            for name in ("norm.weight", "norm.bias", "types.table", "positions.table"):
                value = torch.from_numpy(self.weights[name].copy())
                own[name.replace("table", "weight")][: len(value)].copy_(value)
            for number in range(LAYERS):
                layer = f"layers.{number}"
                for part in ("mixed", "joined", "wide", "narrow"):
                    weight, bias = self._product(f"{layer}.{part}")
                    own[f"{layer}.{part}.weight"].copy_(torch.from_numpy(weight))
                    own[f"{layer}.{part}.bias"].copy_(torch.from_numpy(bias))
                for part in ("norm_attention.weight", "norm_attention.bias", "norm_output.weight", "norm_output.bias"):
                    own[f"{layer}.{part}"].copy_(torch.from_numpy(self.weights[f"{layer}.{part}"].copy()))

    def _product(self, name: str) -> tuple[Any, Any]:
        """(weights (out, in), bias) as they are trained: the root that is in the stored queries taken out of them."""
        weight = (self.weights[f"{name}.weight"].astype(np.float32) * self.weights[f"{name}.scale"]).T.copy()
        bias = self.weights[f"{name}.bias"].copy()
        if name.endswith(".mixed"):
            weight[:HIDDEN] *= HEAD_SIZE**0.5
            bias[:HIDDEN] *= HEAD_SIZE**0.5
        if weight.shape not in {(3 * HEADS * HEAD_SIZE, HIDDEN), (HIDDEN, HIDDEN), (WIDE, HIDDEN), (HIDDEN, WIDE)}:
            raise SystemExit(f"{name} is {weight.shape}: the teacher must be a whole network, not one made smaller")
        return weight, bias


def unlike(layers: Sequence[Tensor], taught: Sequence[Sequence[Tensor]], present: Tensor) -> Tensor:
    """How far layers are from the teacher's: mean squared distance over its variance; the last counts four times.

    layers: (batch, length, HIDDEN) each. taught: for each row, what each layer gives (its own length, HIDDEN).
    present: (batch, length), where there is a piece.
    """
    total = torch.zeros(())
    for number, layer in enumerate(layers):
        theirs = torch.zeros(layer.shape)
        for row, each in enumerate(taught):
            theirs[row, : len(each[number])] = each[number]
        far = ((layer.float() - theirs) ** 2).sum(-1)[present].mean() / spread(theirs[present])
        total = total + far * (2.0 if number == len(layers) - 1 else 0.5)
    return total


def spread(vectors: Tensor) -> Tensor:
    """Variance of vectors (count, size), summed; of a single one, which has none, its squared length."""
    return vectors.var(0).sum() if len(vectors) > 1 else (vectors**2).sum()


def distil(
    network: nn.Module,
    batches: Callable[[int], Sequence[Batch]],
    loss: Callable[[Batch], Tensor],
    recipe: Recipe,
    folder: Path,
) -> None:
    """Train in place on `batches(pass)`; goes on from the last checkpoint in `folder` where there is one."""
    optimiser = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.weight_decay)
    current, of_pass = batches(0), 0
    a_pass = len(current)
    total = recipe.passes * a_pass
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate_at(step, total, recipe.warm_up))
    checkpoint, done = folder / "slimming.pt", 0
    if checkpoint.exists():
        before = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(before["network"])
        optimiser.load_state_dict(before["optimiser"])
        schedule.load_state_dict(before["schedule"])
        done = before["step"]
    recent: list[float] = []
    started = time.monotonic()
    for step in range(done, total):
        if step // a_pass != of_pass:
            of_pass = step // a_pass
            current = batches(of_pass)
        torch.manual_seed(step)
        value = loss(current[min(step % a_pass, len(current) - 1)])
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        recent = [*recent[-49:], float(value.detach())]
        if (step + 1) % 50 == 0:
            left = (time.monotonic() - started) / (step + 1 - done) * (total - step - 1) / 60
            print(f"step {step + 1}/{total} loss {np.mean(recent):.4f}, {left:.0f} min left", flush=True)
        if (step + 1) % recipe.checkpoint_every == 0:
            keep_checkpoint(checkpoint, network, optimiser, schedule, step + 1)
    if recipe.earlier and checkpoint.exists():
        _mix(network, torch.load(checkpoint, weights_only=True)["network"], recipe.earlier)


def _mix(network: nn.Module, earlier: dict[str, Tensor], share: float) -> None:
    """Move the trained weights towards those of an earlier step, which generalises better (Izmailov et al. 2018)."""
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.lerp_(earlier[name], share)


def _groups(network: nn.Module, recipe: Recipe) -> list[dict[str, Any]]:
    """The parameters, each with its learning rate; the words' own vectors stay as published."""
    found = []
    for name, parameter in network.named_parameters():
        if name == "pieces.weight":
            parameter.requires_grad_(requires_grad=False)
            continue
        rate = recipe.head_rate
        if name.startswith("layers."):
            rate = recipe.rate * recipe.decay ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "types", "norm")):
            rate = recipe.embedding_rate
        elif name in ("transitions", "opening", "distance", "nobody_bias"):
            rate = recipe.chain_rate
        group: dict[str, Any] = {"params": [parameter], "lr": rate}
        if parameter.ndim == 1 or name in ("transitions", "distance"):
            group["weight_decay"] = 0.0
        found.append(group)
    return found
