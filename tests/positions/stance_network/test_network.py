"""What the shipped stance network reads, alone and in company, and where its word table lies."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from winset.positions.stance_network.network import WEIGHTS, Reading, stance_network
from winset.statements.meaning.piece_table import WIDTH, PieceTable
from winset.statements.meaning.vectors import WEIGHTS as MEANING
from winset.statements.tagging.sessions import opened
from winset.statements.tagging.tagger import WEIGHTS as ATTRIBUTION
from winset.statements.tagging.tagger import tagger

PROPOSAL = "Open a river station in Oslo"
SAID = [
    "Riga opposes the plan",
    "Riga welcomed the station",
    "The harvest was good",
    "",
    "x" * 5_000,
    "Oslo would veto it. " * 300,
]
HOSTILE = {
    "control characters": "\0\x01\x1b[2J" * 500,
    "lone surrogates": "\ud800\udfff" * 500,
    "brackets": "(" * 10_000,
    "right-to-left marks": "\u202eOslo said no\u202c\u200f" * 2_000,
    "accents alone": "e" + "\u0301" * 20_000,
    "marks of the network itself": "[SEP] [MASK] " * 2_000,
    "a word of a megabyte": "a" * 1_000_000,
    "a megabyte of sentences": "Riga opposes the levy. " * 45_000,
    "a megabyte of line ends": "\n" * 1_000_000,
}
TABLE = "97fb7962a86aef81"  # first digits of SHA-256 of the word pieces' vectors and their scales
FILES = {"stance.onnx", "debates.npz", "weights.json"}
CARD = [*(WEIGHTS.with_name(name) for name in sorted(FILES)), MEANING]


def read(statement: str, *, proposal: str = PROPOSAL, context: str = "") -> Reading:
    return stance_network().read(proposal=proposal, context=context, statement=statement)


def sound(reading: Reading) -> bool:
    shares = (reading.against, reading.neutral, reading.favour, reading.conflict, reading.about)
    return all(0 <= share <= 1 for share in shares) and abs(sum(shares[:3]) - 1) < 1e-5


def test_plain_words_are_read_as_what_they_are() -> None:
    against, favour, other = map(read, SAID[:3])
    assert against.lean < -0.3
    assert favour.lean > 0.3
    assert other.about < min(against.about, favour.about)
    assert other.conflict < against.conflict


def test_company_changes_nothing() -> None:
    alone = [read(each) for each in SAID]
    assert [read(each) for each in reversed(SAID)] == alone[::-1]


def test_threads_change_nothing() -> None:
    alone = [read(each) for each in SAID]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, SAID * 6)) == alone * 6


def test_every_thread_gets_the_same_network() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len({id(each) for each in pool.map(lambda _: stance_network(), range(8))}) == 1


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_comes_in_is_read(text: str) -> None:
    assert sound(read(text, proposal=text, context=text))


@pytest.mark.parametrize("given", [("", "", ""), (PROPOSAL, "", ""), ("", "Riga spoke.", ""), ("", "", "It agreed")])
def test_texts_may_be_empty(given: tuple[str, str, str]) -> None:
    proposal, context, statement = given
    assert sound(read(statement, proposal=proposal, context=context))


def test_what_lies_beyond_what_is_read_changes_nothing() -> None:
    long = "Riga opposes the station. " * 40
    assert read(long + "It welcomes it after all.") == read(long)
    assert read("It agreed", context="Riga opposes it. " + "word " * 500) == read("It agreed", context="word " * 500)


@pytest.mark.parametrize("weights", [WEIGHTS, MEANING], ids=lambda path: path.name)
def test_the_word_table_lies_where_the_file_says(weights: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="the attributor's file was not taken apart: onnx is not here")
    told, file = opened(weights)[1], ATTRIBUTION.read_bytes()
    size = len(tagger().pieces.vocabulary)
    shared = {
        "table_at": (size * WIDTH, (size, WIDTH), onnx.TensorProto.INT8),
        "scale_at": (size * 4, (size, 1), onnx.TensorProto.FLOAT),
    }
    kept = {
        hashlib.sha256(each.raw_data).hexdigest(): (tuple(each.dims), each.data_type)
        for each in onnx.load(ATTRIBUTION).graph.initializer
    }
    for name, (length, shape, kind) in shared.items():
        part = file[told[name] : told[name] + length]
        dims, found = kept[hashlib.sha256(part).hexdigest()]
        assert np.prod(dims) == np.prod(shape)
        assert found == kind


@pytest.mark.parametrize("weights", [WEIGHTS, MEANING], ids=lambda path: path.name)
def test_the_shared_table_is_the_one_the_networks_were_trained_on(weights: Path) -> None:
    table = PieceTable.shared(opened(weights)[1])
    digest = hashlib.sha256(table.table.tobytes() + table.scale.tobytes()).hexdigest()
    assert digest[:16] == TABLE, "other word pieces in the attributor's file: train the stance network anew"


def test_the_table_tells_a_word_from_another() -> None:
    table = PieceTable.shared(opened(WEIGHTS)[1])
    known = table.pieces.vocabulary
    (france, spain, cheese) = table.vectors([known[word] for word in ("france", "spain", "cheese")])[0]
    assert np.isfinite(table.scale).all()

    def alike(one: np.ndarray, other: np.ndarray) -> float:
        return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    assert alike(france, spain) > alike(france, cheese)


def test_the_files_stay_under_thirty_megabytes() -> None:
    found = {path.name: path.stat().st_size for path in WEIGHTS.parent.iterdir() if path.is_file()}
    assert found.keys() == FILES
    assert sum(found.values()) < 30_000_000


@pytest.mark.parametrize("path", CARD, ids=lambda path: path.name)
def test_the_model_card_speaks_of_the_files_that_ship(path: Path, project: Path) -> None:
    card = project / "docs" / "reference" / "stance-model-card.md"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert f"`{path.name}` `{digest}`" in card.read_text(encoding="utf-8")
