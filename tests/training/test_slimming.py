"""A network made smaller: what stays is what mattered, with its weights; a stored teacher is what was stored."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from winset.statements.tagging.tagger import tagger

torch = pytest.importorskip("torch", reason="making networks smaller was not tested: no torch")
pytest.importorskip("onnx", reason="making networks smaller was not tested: no onnx")
pytest.importorskip("safetensors", reason="making networks smaller was not tested: no safetensors")
slimming = import_module("training.slimming")
made = import_module("training.attribution.network")
exporting = import_module("training.attribution.export")
distilling = import_module("training.attribution.distilling")

ARTICLE = {
    "text": "“We are against it,” Norway’s minister said on Monday. Sweden agrees, officials told reporters.",
    "attributions": [{"source": [[21, 38]], "cue": [[39, 43]], "content": [[0, 20]]}],
}


@pytest.fixture(scope="module")
def whole() -> Any:
    torch.manual_seed(3)
    network = made.Network()
    torch.nn.init.normal_(network.transitions)
    return network.eval()


@pytest.fixture(scope="module")
def teacher(whole: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("teacher") / "whole.onnx"
    exporting.export(whole, exporting.parameters(whole, dict(tagger().pieces.vocabulary), [0.0]), path)
    return slimming.Teacher(path)


def row() -> tuple[Any, Any]:
    return torch.tensor([[101, 2057, 2024, 2114, 2009, 102]]), torch.tensor([[0, 1, 0, 2, 0, 0]])


def test_a_gate_of_one_changes_nothing_and_goes_again(whole: Any) -> None:
    before = whole(*row())[0]
    with slimming.gates(whole) as every:
        assert [len(gate) for gate in every] == [12] * 6 + [1536] * 6
        assert torch.equal(whole(*row())[0], before)
    assert not any(layer.joined._forward_pre_hooks or layer.narrow._forward_pre_hooks for layer in whole.layers)


def test_what_does_nothing_matters_nothing(whole: Any) -> None:
    network = made.Network()
    network.load_state_dict(whole.state_dict())
    with torch.no_grad():
        network.layers[2].joined.weight[:, 32:64] = 0  # head 1 is heard by nobody
        network.layers[4].narrow.weight[:, 7] = 0
    of_heads, of_wide = slimming.importance(network, [row()], lambda each: network(*each)[0].square().sum())
    assert of_heads[2][1] == 0 != of_heads[2][0]
    assert of_wide[4][7] == 0 != of_wide[4][6]
    staying = slimming.kept(of_heads, of_wide, heads=71, wide=1535)
    assert staying.heads[2] == (0, *range(2, 12))
    assert staying.wide[4] == (*range(7), *range(8, 1536))
    slim = made.Network()
    slim.load_state_dict(network.state_dict())
    slimming.slim(slim, replace(staying, wide=(tuple(range(1536)),) * 4 + (staying.wide[4], tuple(range(1536)))))
    assert torch.allclose(slim(*row())[0], network(*row())[0], atol=1e-5)
    assert made.shape_of(slim.state_dict()) == ((12, 1536),) * 2 + ((11, 1536), (12, 1536), (12, 1535), (12, 1536))


def test_every_layer_keeps_some_heads() -> None:
    of_heads = [torch.full((12,), 1.0 if layer else 1e-6) for layer in range(6)]
    of_heads[0][5] = 1.0
    staying = slimming.kept(of_heads, [torch.arange(1536.0)] * 6, heads=36, wide=4)
    assert sum(map(len, staying.heads)) == 36
    assert min(map(len, staying.heads)) == slimming.FEWEST_HEADS
    assert staying.wide == ((1532, 1533, 1534, 1535),) * 6


def test_weights_loaded_again_have_their_shape(whole: Any) -> None:
    slim = made.Network()
    slimming.slim(slim, slimming.Kept(((0, 4, 9),) * 6, (tuple(range(8)),) * 6))
    again = made.loaded(slim.state_dict()).eval()
    assert torch.equal(again(*row())[0], slim.eval()(*row())[0])


def test_a_stored_network_is_the_one_that_was_stored(whole: Any, teacher: Any) -> None:
    again = distilling.restored(teacher).eval()
    pieces, types = row()
    given = {"pieces": pieces.numpy(), "types": types.numpy(), "firsts": np.arange(1, 5)}
    outputs, layers = teacher.taught(given)
    mine = whole.hidden(pieces, types)
    for theirs, ours, restored in zip(layers, mine, again.hidden(pieces, types), strict=True):
        assert torch.allclose(theirs, ours[0], atol=0.2)  # 8-bit weights
        assert torch.allclose(restored, ours, atol=0.2)
    assert torch.allclose(outputs["scores"], whole(pieces, types)[0][0, 1:5], atol=0.1)
    for name in ("transitions", "opening", "nobody", "nobody_bias", "distance"):
        mine_, theirs_ = dict(whole.named_parameters())[name], dict(again.named_parameters())[name]
        allowed = ~(whole.forbidden < 0) if name == "transitions" else torch.ones_like(mine_, dtype=torch.bool)
        if name == "opening":
            allowed = ~(whole.forbidden_opening < 0)
        assert torch.allclose(mine_[allowed], theirs_[allowed], atol=1e-5), name


def test_a_smaller_network_is_stored_and_read(whole: Any, tmp_path: Path) -> None:
    slim = made.loaded(whole.state_dict())
    slimming.slim(slim, slimming.Kept(((0, 4, 9), tuple(range(12)), *((1, 2, 3),) * 4), (tuple(range(64)),) * 6))
    path = tmp_path / "slim.onnx"
    exporting.export(slim, exporting.parameters(slim, dict(tagger().pieces.vocabulary), [0.0]), path)
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    pieces, types = row()
    scores, links = session.run(
        None, {"pieces": pieces.numpy(), "types": types.numpy(), "firsts": np.arange(6, dtype=np.int64)}
    )
    wanted = slim.eval()(pieces, types)
    assert np.allclose(scores, wanted[0].detach(), atol=0.1)
    assert np.allclose(links, wanted[1].detach(), atol=0.3)
    with pytest.raises(SystemExit, match="whole network"):
        distilling.restored(slimming.Teacher(path))


def test_distance_counts_only_where_pieces_are() -> None:
    taught = [[torch.randn(4, 384)] * 6, [torch.randn(2, 384)] * 6]
    layers = [torch.zeros(2, 4, 384) for _ in range(6)]
    for layer in layers:
        layer[0], layer[1, :2], layer[1, 2:] = taught[0][0], taught[1][0], 99.0
    present = torch.tensor([[True] * 4, [True, True, False, False]])
    assert slimming.unlike(layers, taught, present) == 0
    layers[5][0, 0] += 1
    assert slimming.unlike(layers, taught, present) > 0


def test_a_run_goes_on_where_it_stopped(teacher: Any, tmp_path: Path) -> None:
    recipe = replace(distilling.RECIPE, heads=24, wide=32, passes=4, measured_on=1, checkpoint_every=2)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = distilling.slimmer(teacher, [ARTICLE], ["Norway spoke. " * 9], tmp_path / "one", recipe)
    assert made.shape_of(one.state_dict()) != made.FULL

    class Stopped(Exception):
        pass

    def stops(*_: Any) -> None:
        keep(*_)
        raise Stopped

    keep = slimming.keep_checkpoint
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slimming, "keep_checkpoint", stops)
        with pytest.raises(Stopped):
            distilling.slimmer(teacher, [ARTICLE], ["Norway spoke. " * 9], tmp_path / "two", recipe)
    two = distilling.slimmer(teacher, [ARTICLE], ["Norway spoke. " * 9], tmp_path / "two", recipe)
    for (name, mine), theirs in zip(one.state_dict().items(), two.state_dict().values(), strict=True):
        assert torch.equal(mine, theirs), name
