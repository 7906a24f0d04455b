"""What a folder of measuring data holds, and what is skipped and named where it is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.attribution import parts
from benchmarks.attribution.parts import Missing
from benchmarks.attribution.running import Bench, as_statements


@pytest.fixture(autouse=True)
def nothing_beside_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(parts, "BESIDE", tmp_path / "nowhere")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of data with nothing in it."""
    made = tmp_path / "shared" / "data"
    (made / "polnear").mkdir(parents=True)
    (made / "seeds_gold").mkdir()
    return made


def test_dev_is_taken_first_then_test_then_any_part_but_train(folder: Path) -> None:
    names = ("train", "other", "test", "dev")
    chosen = []
    for name in names:
        (folder / "polnear" / f"{name}.jsonl").write_text("", encoding="utf-8")
        if name != "train":
            chosen.append(parts.news(folder, part=None).name)
    assert chosen == ["other", "test", "dev"]
    assert parts.news(folder, part="test").name == "test"
    assert parts.news(folder, part="train").name == "train"
    assert not parts.news(folder, part="dev").known


def test_what_is_missing_is_named_without_the_path_of_the_machine(folder: Path) -> None:
    (folder / "polnear" / "train.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(Missing, match=r"^no polnear/\*\.jsonl but train, which the model has seen$"):
        parts.news(folder, part=None)
    with pytest.raises(Missing, match=r"^no seeds_gold/statements_test\.jsonl$"):
        parts.coded(folder, part="test")
    with pytest.raises(Missing, match=r"^no score/score_spans\.py beside the data$"):
        parts.scorer(folder, "score_spans")


def test_a_coded_document_that_is_missing_is_named(folder: Path) -> None:
    seeds = folder.parent / "seeds"
    seeds.mkdir()
    (seeds / "one.txt").write_text("One.", encoding="utf-8")
    assert parts.documents(folder, {"one.txt"}) == seeds
    with pytest.raises(Missing, match=r"^the coded document two\.txt is not in seeds/$"):
        parts.documents(folder, {"one.txt", "two.txt"})


def test_a_run_without_any_part_remarks_both_and_measures_nothing(folder: Path, tmp_path: Path) -> None:
    bench = Bench(folder, part=None, folder=tmp_path)
    bench.find()
    bench.winset()
    bench.winset_speed(runs=1)
    found = bench.outcome()
    assert found.remarks == ("Skipped: no polnear/*.jsonl.", "Skipped: no seeds_gold/statements_*.jsonl.")
    assert found.winset.figures == {}
    assert found.short == ()
    assert [(peer.name, peer.ran) for peer in found.peers] == [("textacy", False), ("sayswho", False)]


def test_a_peers_source_becomes_one_span_for_the_coded_documents(tmp_path: Path) -> None:
    path = tmp_path / "predicted.jsonl"
    one = {"source": [[4, 9], [12, 20]], "cue": [[21, 25]], "content": [[26, 40], [50, 60]]}
    path.write_text(json.dumps({"id": "one.txt", "attributions": [one]}) + "\n", encoding="utf-8")
    (line,) = as_statements(path)
    assert json.loads(line) == {"doc": "one.txt", "source": [4, 20], "contents": [[26, 40], [50, 60]]}
