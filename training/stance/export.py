"""The networks as ONNX files without the table of word pieces, which lies in the attributor's file already."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from training.attribution.export import EPSILON, OPSET, OURS, Graph, layer, quantised
from training.attribution.network import HIDDEN, LAYERS
from training.stance.meaning import Encoder
from training.stance.network import Network
from winset.positions.stance_network.network import HEADS
from winset.positions.stance_network.pieces import LONGEST, STATEMENT
from winset.statements.meaning.vectors import LONGEST as SENTENCE
from winset.statements.tagging.tagger import WEIGHTS as ATTRIBUTION

LONGEST_ROW = sum(LONGEST) + len(LONGEST) + 1


def export(network: Network, temperatures: dict[str, float], path: Path) -> None:
    """Write the network. Inputs: vectors (1, length, HIDDEN) of the pieces, types (1, length) int64.

    Outputs: stance (1, 3), conflict (1, 2), about (1, 2): scores before softmax.
    """
    own = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
    graph = Graph()
    hidden = _embedded(graph, own)
    for number in range(len(network.layers)):
        hidden = layer(graph, own, number, hidden)
    pooled = _pooled(graph, hidden)
    for head in HEADS:  # the head of sentiment only helps in training
        graph.weight(f"{head}.weight", own[f"heads.{head}.weight"].T)
        graph.weight(f"{head}.bias", own[f"heads.{head}.bias"])
        graph.add("MatMul", [pooled, f"{head}.weight"], f"{head}.product")
        graph.add("Add", [f"{head}.product", f"{head}.bias"], head)
    given = [
        helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "length", HIDDEN]),
        helper.make_tensor_value_info("types", TensorProto.INT64, [1, "length"]),
    ]
    out = [
        helper.make_tensor_value_info(head, TensorProto.FLOAT, [1, len(own[f"heads.{head}.bias"])]) for head in HEADS
    ]
    told = {**shared_table(own["pieces.weight"]), "temperatures": temperatures}
    _written(graph, "stance", (given, out), told, path)


def export_encoder(encoder: Encoder, path: Path) -> None:
    """Write the sentence encoder. Input: vectors (1, length, HIDDEN). Output: meaning (1, HIDDEN), of length 1."""
    own = {name: value.detach().float().numpy() for name, value in encoder.network.state_dict().items()}
    graph = Graph()
    graph.weight("positions.table", own["positions.weight"][: SENTENCE + 2])
    graph.weight("type", encoder.type.detach().numpy()[None, None])
    for name, value in (("zero", [0]), ("one", [1])):
        graph.weight(name, np.array(value, dtype=np.int64))
    graph.add("Shape", ["vectors"], "shape")
    graph.add("Gather", ["shape", "one"], "length")
    graph.add("Slice", ["positions.table", "zero", "length", "zero"], "positions.vectors")
    graph.add("Add", ["vectors", "type"], "sum.first")
    graph.add("Add", ["sum.first", "positions.vectors"], "sum")
    graph.weight("norm.weight", own["norm.weight"])
    graph.weight("norm.bias", own["norm.bias"])
    inputs = ["sum", "norm.weight", "norm.bias"]
    hidden = graph.add("LayerNormalization", inputs, "embedded", axis=-1, epsilon=EPSILON)
    for number in range(LAYERS):
        hidden = layer(graph, own, number, hidden)
    graph.add("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
    graph.add("LpNormalization", ["mean"], "meaning", axis=1, p=2)
    given = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "length", HIDDEN])
    out = helper.make_tensor_value_info("meaning", TensorProto.FLOAT, [1, HIDDEN])
    _written(graph, "meaning", ([given], [out]), shared_table(own["pieces.weight"]), path)


def _written(graph: Graph, name: str, values: tuple[list[Any], list[Any]], told: dict[str, Any], path: Path) -> None:
    model = helper.make_model(
        helper.make_graph(graph.nodes, name, *values, initializer=graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)],
        ir_version=9,
        producer_name="winset",
    )
    helper.set_model_props(model, {"winset": json.dumps(told, sort_keys=True)})
    beside = path.with_suffix(".new")
    onnx.save(model, beside)
    beside.replace(path)


def shared_table(pieces: NDArray[np.float32]) -> dict[str, int]:
    """Where the very same table lies in the attributor's file; ends the program where it does not."""
    file = ATTRIBUTION.read_bytes()
    table, scale = quantised(pieces.T)
    at = {"table_at": file.find(np.ascontiguousarray(table.T).tobytes()), "scale_at": file.find(scale.tobytes())}
    if min(at.values()) < 0:
        raise SystemExit(f"{ATTRIBUTION.name} holds other word pieces: train both from one starting point")
    return at


def _embedded(graph: Graph, own: dict[str, NDArray[Any]]) -> str:
    graph.weight("positions.table", own["positions.weight"][:LONGEST_ROW])
    graph.weight("types.table", own["types.weight"])
    for name, value in (("zero", [0]), ("one", [1])):
        graph.weight(name, np.array(value, dtype=np.int64))
    graph.add("Gather", ["types.table", "types"], "types.vectors")
    graph.add("Shape", ["types"], "shape")
    graph.add("Gather", ["shape", "one"], "length")
    graph.add("Slice", ["positions.table", "zero", "length", "zero"], "positions.vectors")
    graph.add("Add", ["vectors", "types.vectors"], "sum.first")
    graph.add("Add", ["sum.first", "positions.vectors"], "sum")
    graph.weight("norm.weight", own["norm.weight"])
    graph.weight("norm.bias", own["norm.bias"])
    return graph.add("LayerNormalization", ["sum", "norm.weight", "norm.bias"], "embedded", axis=-1, epsilon=EPSILON)


def _pooled(graph: Graph, hidden: str) -> str:
    """The first vector beside the mean of the statement's; a statement has at least its closing mark."""
    graph.weight("statement", np.array(STATEMENT, dtype=np.int64))
    graph.weight("last", np.array([2], dtype=np.int64))
    graph.add("Equal", ["types", "statement"], "own")
    graph.add("Cast", ["own"], "own.number", to=TensorProto.FLOAT)
    graph.add("Unsqueeze", ["own.number", "last"], "own.column")
    graph.add("Mul", [hidden, "own.column"], "own.vectors")
    graph.add("ReduceSum", ["own.vectors", "one"], "own.sum", keepdims=0)
    graph.add("ReduceSum", ["own.number", "one"], "own.count", keepdims=1)
    graph.add("Div", ["own.sum", "own.count"], "mean")
    graph.add("Gather", [hidden, "zero"], "first.held", axis=1)
    graph.add("Squeeze", ["first.held", "one"], "first")
    return graph.add("Concat", ["first", "mean"], "pooled", axis=1)
