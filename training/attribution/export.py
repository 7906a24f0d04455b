"""The trained network as one ONNX file: weights as 8-bit integers a column, operators fused by hand, parameters inside.

Source: dynamic quantisation of activations with symmetric weights per output channel, Jacob et al. 2018.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.attribution.network import HEAD_SIZE, HIDDEN, LINK_SIZE, POSITIONS, Network
from winset.statements.tagging.windows import WIDTH

OURS = "com.microsoft"  # ONNX Runtime's own operators
OPSET = 17
EPSILON = 1e-12


class Graph:
    """Nodes and weights as they are added, in order."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        """A constant."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        """A node with one output."""
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


STEPS = 127  # of a weight to each side of 0


def quantised(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """(in, out) weights as integers of up to STEPS, and one scale for each column."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-8).astype(np.float32) / STEPS
    return np.clip(np.rint(weight / scale), -STEPS, STEPS).astype(np.int8), scale


def export(network: Network, parameters: dict[str, Any], path: Path) -> None:
    """Write the network. Inputs: pieces, types (1, length) and firsts (words,), int64.

    Outputs: scores (1, words, tags) and links (1, words, link vectors).
    """
    own = {name: value.detach().to(torch.float32).numpy() for name, value in network.state_dict().items()}
    graph = Graph()
    hidden = _embedded(graph, own)
    for number in range(len(network.layers)):
        hidden = layer(graph, own, number, hidden)
    graph.add("Gather", [hidden, "firsts"], "words", axis=1)
    for head in ("tags", "links"):
        graph.weight(f"{head}.weight", own[f"{head}.weight"].T)
        graph.weight(f"{head}.bias", own[f"{head}.bias"])
        graph.add("MatMul", ["words", f"{head}.weight"], f"{head}.product")
        graph.add("Add", [f"{head}.product", f"{head}.bias"], "scores" if head == "tags" else "links")
    whole = [("pieces", [1, "length"]), ("types", [1, "length"]), ("firsts", ["words"])]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "attribution",
            [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in whole],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "words", size])
                for name, size in _outputs(own)
            ],
            initializer=graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)],
        ir_version=9,
        producer_name="winset",
    )
    helper.set_model_props(model, {"winset": json.dumps(parameters, ensure_ascii=False, sort_keys=True)})
    beside = path.with_suffix(".new")
    onnx.save(model, beside)
    beside.replace(path)


def _outputs(own: dict[str, NDArray[Any]]) -> list[tuple[str, int]]:
    return [("scores", len(own["tags.bias"])), ("links", len(own["links.bias"]))]


def _embedded(graph: Graph, own: dict[str, NDArray[Any]]) -> str:
    """The sum of a piece's three vectors, normalised; the pieces' table is stored as integers with a scale a row."""
    table, scale = quantised(own["pieces.weight"].T)
    graph.weight("pieces.table", table.T)
    graph.weight("pieces.scale", scale[:, None])
    graph.weight("positions.table", own["positions.weight"][: min(WIDTH, POSITIONS)])
    graph.weight("types.table", own["types.weight"])
    for name, value in (("zero", [0]), ("one", [1])):
        graph.weight(name, np.array(value, dtype=np.int64))
    graph.add("Gather", ["pieces.table", "pieces"], "pieces.rows")
    graph.add("Cast", ["pieces.rows"], "pieces.cast", to=TensorProto.FLOAT)
    graph.add("Gather", ["pieces.scale", "pieces"], "pieces.scales")
    graph.add("Mul", ["pieces.cast", "pieces.scales"], "pieces.vectors")
    graph.add("Gather", ["types.table", "types"], "types.vectors")
    graph.add("Shape", ["pieces"], "shape")
    graph.add("Gather", ["shape", "one"], "length")
    graph.add("Slice", ["positions.table", "zero", "length", "zero"], "positions.vectors")
    graph.add("Add", ["pieces.vectors", "types.vectors"], "sum.first")
    graph.add("Add", ["sum.first", "positions.vectors"], "sum")
    graph.weight("norm.weight", own["norm.weight"])
    graph.weight("norm.bias", own["norm.bias"])
    return graph.add("LayerNormalization", ["sum", "norm.weight", "norm.bias"], "embedded", axis=-1, epsilon=EPSILON)


def layer(graph: Graph, own: dict[str, NDArray[Any]], number: int, hidden: str) -> str:
    """The nodes of one transformer block; returns the name of what comes out."""
    name = f"layers.{number}"
    heads = own[f"{name}.joined.weight"].shape[1] // HEAD_SIZE
    graph.weight(f"{name}.shape.heads", np.array([1, -1, 3, heads, HEAD_SIZE], dtype=np.int64))
    graph.weight(f"{name}.shape.seen", np.array([1, -1, heads * HEAD_SIZE], dtype=np.int64))
    mixed = product(graph, own, f"{name}.mixed", hidden)
    joined = product(graph, own, f"{name}.joined", _attended(graph, name, mixed))
    middle = _normalised(graph, own, f"{name}.norm_attention", joined, hidden)
    wide = product(graph, own, f"{name}.wide", middle)
    graph.add("Gelu", [wide], f"{name}.bent", OURS)
    narrow = product(graph, own, f"{name}.narrow", f"{name}.bent")
    return _normalised(graph, own, f"{name}.norm_output", narrow, middle)


def _attended(graph: Graph, name: str, mixed: str) -> str:
    """Softmax attention in plain operators, faster than the runtime's fused one; its 1/sqrt is in the weights."""
    graph.add("Reshape", [mixed, f"{name}.shape.heads"], f"{name}.heads")
    graph.add("Transpose", [f"{name}.heads"], f"{name}.turned", perm=[2, 0, 3, 1, 4])
    parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
    graph.nodes.append(helper.make_node("Split", [f"{name}.turned"], [f"{part}.held" for part in parts], axis=0))
    for part in parts:
        graph.add("Squeeze", [f"{part}.held", "zero"], part)
    graph.add("Transpose", [f"{name}.key"], f"{name}.key.turned", perm=[0, 1, 3, 2])
    graph.add("MatMul", [f"{name}.query", f"{name}.key.turned"], f"{name}.alike")
    graph.add("Softmax", [f"{name}.alike"], f"{name}.shares", axis=-1)
    graph.add("MatMul", [f"{name}.shares", f"{name}.value"], f"{name}.mixture")
    graph.add("Transpose", [f"{name}.mixture"], f"{name}.mixture.turned", perm=[0, 2, 1, 3])
    return graph.add("Reshape", [f"{name}.mixture.turned", f"{name}.shape.seen"], f"{name}.seen")


def product(graph: Graph, own: dict[str, NDArray[Any]], name: str, value: str) -> str:
    """A product with weights as 8-bit integers."""
    turned, bias = own[f"{name}.weight"].T.copy(), own[f"{name}.bias"].copy()
    if name.endswith(".mixed"):  # queries divided by the root of their size, once and for all
        queries = len(bias) // 3
        turned[:, :queries] /= HEAD_SIZE**0.5
        bias[:queries] /= HEAD_SIZE**0.5
    weight, scale = quantised(turned)
    graph.weight(f"{name}.weight", weight)
    graph.weight(f"{name}.scale", scale)
    graph.weight(f"{name}.bias", bias)
    inputs = [value, f"{name}.weight", f"{name}.scale", "", f"{name}.bias"]
    return graph.add("DynamicQuantizeMatMul", inputs, f"{name}.product", OURS)


def _normalised(graph: Graph, own: dict[str, NDArray[Any]], name: str, value: str, beside: str) -> str:
    for part in ("weight", "bias"):
        graph.weight(f"{name}.{part}", own[f"{name}.{part}"])
    graph.add("Add", [value, beside], f"{name}.sum")  # the runtime's operator for both in one is six times slower
    inputs = [f"{name}.sum", f"{name}.weight", f"{name}.bias"]
    return graph.add("LayerNormalization", inputs, f"{name}.output", axis=-1, epsilon=EPSILON)


def parameters(network: Network, vocabulary: dict[str, int], confidence: list[float]) -> dict[str, Any]:
    """What decoding needs beside the network's outputs. confidence: weights of the evidence and, last, the bias."""
    transitions, opening = (part.detach() for part in network.chain())
    return {
        "transitions": transitions.tolist(),
        "opening": opening.tolist(),
        "nobody": (network.nobody.detach() / LINK_SIZE**0.5).tolist(),
        "nobody_bias": network.nobody_bias.detach().tolist(),
        "distance": network.distance.detach().tolist(),
        "link_size": LINK_SIZE,
        "width": WIDTH,
        "hidden": HIDDEN,
        "confidence": confidence,
        "vocabulary": sorted(vocabulary, key=vocabulary.__getitem__),
    }
