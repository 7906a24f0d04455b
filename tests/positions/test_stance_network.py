"""The stance methods `combined` and `trained-model`, and the network behind them."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from benchmarks.measuring import PROJECT

from winset.actors.registry import registry
from winset.corpus.types import Document
from winset.pipeline.reading import attributors, code_document
from winset.pipeline.stating import stated
from winset.positions.criticism import criticisms
from winset.positions.sides import Side
from winset.positions.stance_network.debates import debate
from winset.positions.stance_network.network import WEIGHTS, Reading, stance_network
from winset.positions.stance_network.pieces import CONTEXT, LONGEST, PROPOSAL, STATEMENT, row
from winset.positions.stance_network.sides import together
from winset.positions.stance_network.speech import Said, readings
from winset.statements.meaning.vectors import sentence_encoder
from winset.statements.tagging.tagger import tagger

LARGEST = 30_000_000  # bytes of all weights of stance together
ASKED = {
    "proposal": "Open a ferry line to the island",
    "context": "The council met on Monday.",
    "statement": "The line would ruin the harbour.",
}


def test_the_weights_are_those_of_the_model_card_and_small() -> None:
    card = (PROJECT / "docs" / "reference" / "stance-model-card.md").read_text(encoding="utf-8")
    files = [path for path in WEIGHTS.parent.iterdir() if path.is_file()]
    assert {path.name for path in files} == {"stance.onnx", "debates.npz", "weights.json"}
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in card for path in files)
    assert sum(path.stat().st_size for path in files) < LARGEST


def test_one_answer_alone_in_company_and_in_threads() -> None:
    network = stance_network()
    alone = network.read(**ASKED)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: network.read(**ASKED), range(12))) == {alone}
    said = [Said(ASKED["statement"], ASKED["context"]), Said("It is raining.")]
    assert readings(said, proposal=ASKED["proposal"])[0] == readings(said[:1], proposal=ASKED["proposal"])[0]


def test_the_word_vectors_are_the_attributors() -> None:
    network = stance_network()
    assert network.table.pieces is tagger().pieces
    vectors = network.table.vectors(list(range(1000, 1200)))
    assert vectors.shape == (1, 200, 384)
    assert 0.5 < np.linalg.norm(vectors[0], axis=1).mean() < 3  # bytes read from another place would be noise


@pytest.mark.parametrize(
    "text",
    ["", " ", "(" * 10_000, "\u202e\u202d" * 50, "\x00\x07\ud800", "no " * 100_000, "語" * 5_000, "a" * 1_000_000],
    ids=["empty", "blank", "brackets", "marks", "control", "long", "ideographs", "one word"],
)
def test_hostile_texts_are_read_like_any_other(text: str) -> None:
    for part in ASKED:
        found = stance_network().read(**{**ASKED, part: text})
        assert found.against + found.neutral + found.favour == pytest.approx(1)
        assert 0 <= found.conflict <= 1
        assert 0 <= found.about <= 1


def test_a_row_holds_the_three_texts_each_cut_to_its_length() -> None:
    pieces, types = row(tagger().pieces, "open " * 90, "first " * 90 + "last", "words " * 300)
    assert len(pieces) == len(types) == sum(LONGEST) + 4
    assert [types.count(kind) for kind in (PROPOSAL, CONTEXT, STATEMENT)] == [26, 41, 97]
    last = tagger().pieces.vocabulary["last"]
    assert last in pieces  # a context keeps its end


def test_neither_side_is_preferred() -> None:
    reading = Reading(against=0.2, neutral=0.3, favour=0.5, conflict=0.1, about=0.9)
    turned = Reading(against=0.5, neutral=0.3, favour=0.2, conflict=0.1, about=0.9)
    one, other = together(reading, Side(0.6, 0.7, "")), together(turned, Side(-0.6, 0.7, ""))
    assert (one.against, one.favour) == pytest.approx((other.favour, other.against))
    assert one.against + one.neutral + one.favour == pytest.approx(1)


def test_a_learned_debate_is_for_its_own_matter_only() -> None:
    assert debate("Subsidies that keep coal mines open until 2018") is not None
    for proposal in ("Open a liaison office in Tokyo", "Ban the import of ivory", "Renew the mission's mandate"):
        assert debate(proposal) is None


def test_like_sentences_lie_near_one_another() -> None:
    harm, hurt, fish = sentence_encoder().vectors(
        ["The tax would harm small farms.", "Small farmers would suffer from the levy.", "Cod spawn in spring."]
    )
    assert np.linalg.norm(harm) == pytest.approx(1, abs=1e-4)
    assert harm @ hurt > harm @ fish


def test_who_is_criticised_is_the_state_named_last() -> None:
    units = [
        "We thank the Secretary-General for his briefing.",
        "France has violated the agreement and lied to this Council.",
        "That aggression is a shameful crime against its neighbours.",
    ]
    thanks, breach, crime = criticisms(units, speaker="Norway", registry=registry(), on=date(2020, 1, 1))
    assert (thanks.found, thanks.target) == (False, None)
    assert (breach.found, breach.target) == (True, "France")
    assert (crime.found, crime.target) == (True, "France")


@pytest.mark.parametrize("method", ["combined", "trained-model"])
def test_a_method_reads_a_document(method: str) -> None:
    spec = stated(proposal="Open a training centre in Reykjavik", body="nato", on="2023-07-11")
    text = (
        "France opposes the training centre in Reykjavik. Canada welcomed the plan to open the centre in Reykjavik.\n"
    )
    coding = code_document(Document(name="a.txt", text=text), spec, by=attributors((), stance=method))
    assert len(coding.stances) == len(coding.statements) > 1
    assert {stance.by for stance in coding.stances} == {f"machine: {method.replace('-', ' ')}"}
    assert ("stances", method) in {(run.step, run.method) for run in coding.runs}
    if method == "combined":
        assert [stance.word for stance in coding.stances] == ["oppose", "favour"]


def test_invented_statements_are_whole() -> None:
    seen = set()
    for path in sorted((PROJECT / "training" / "stance" / "invented").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            assert set(told) == {"topic", "proposal", "counter", "context", "cue", "content", "side"}
            assert told["side"] in {"favour", "oppose", "neutral", "none"}
            assert (told["proposal"], told["content"]) not in seen
            seen.add((told["proposal"], told["content"]))
    assert len(seen) > 2_500
