"""The coded texts of the stance network: the invented ones as they ship, the others by rows of our own."""

from __future__ import annotations

import json
import random
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from training.stance import examples, training_sets
from training.stance.examples import ABOUT, AGAINST, FOR, INVENTED, NEUTRAL, SIDES, STANCE, one

FIELDS = {"topic", "proposal", "counter", "context", "cue", "content", "side"}
FILES = sorted(INVENTED.glob("*.jsonl"))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_invented_lines_are_whole_and_have_a_known_side(path: Path) -> None:
    for row in lines(path):
        assert row.keys() == FIELDS
        assert all(isinstance(value, str) for value in row.values())
        assert row["side"] in {"oppose", "none", "neutral", "favour"}
        assert row["side"] in SIDES
        assert all(row[name].strip() for name in FIELDS - {"context"})
        assert row["proposal"] != row["counter"]
        assert not [sign for value in row.values() for sign in value if unicodedata.category(sign).startswith("C")]


def test_no_invented_line_stands_twice() -> None:
    counted = Counter((row["proposal"], _plain(row["content"])) for path in FILES for row in lines(path))
    assert [each for each, times in counted.items() if times > 1] == []


def _plain(words: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in words.casefold()).split())


def test_neither_side_is_invented_much_more_often() -> None:
    counted = Counter(row["side"] for path in FILES for row in lines(path))
    assert 0.9 < counted["favour"] / counted["oppose"] < 1.1


def test_invented_lines_become_examples() -> None:
    coded = list(examples.invented())
    rows = [row for path in FILES for row in lines(path)]
    assert len(coded) == len(rows) == len({each.id for each in coded})
    for each, row in zip(coded, rows, strict=True):
        assert each.task == STANCE
        assert each.label == one(SIDES[row["side"]])
        assert each.about == one(int(row["side"] != "none"), 2)
        assert each.statement.endswith(row["content"])
        assert each.statement == each.statement.strip()
        assert each.proposal == row["proposal"]
    assert {each.task for each in coded}.isdisjoint({ABOUT})


def test_every_other_invented_line_is_read_with_its_verb(tmp_path: Path) -> None:
    row = dict.fromkeys(FIELDS, "x") | {"cue": ":", "content": "No.", "side": "oppose"}
    write(tmp_path / "a.jsonl", row, row, row | {"cue": "said"})
    assert [each.statement for each in examples.invented(tmp_path)] == ["No.", "No.", "said No."]


def test_an_unknown_side_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", dict.fromkeys(FIELDS, "perhaps"))
    with pytest.raises(KeyError):
        list(examples.invented(tmp_path))


def test_a_debate_keeps_what_each_coder_said_and_english_only(tmp_path: Path) -> None:
    row = {"id": "1", "lang": "EN", "prev": "So.", "text": "No aid.", "speaker": "A", "n_codings": 4}
    counts = {"n_anti": 3, "n_neutral": 1, "n_pro": 0}
    write(tmp_path / "epcoal" / "sentences_dev.jsonl", row | counts, row | counts | {"lang": "DE"})
    (found,) = examples.epcoal(tmp_path)
    assert found.label == (0.75, 0.25, 0.0)
    assert (found.context, found.statement, found.group) == ("So.", "No aid.", "A")


def test_the_unit_before_is_a_context_in_the_same_speech_only(tmp_path: Path) -> None:
    row = {"speaker": "Chad", "meeting": "m", "speech_no": 1, "conflict": 0}
    rows = [row | {"id": str(number), "text": str(number)} for number in range(3)]
    rows[2] |= {"speech_no": 2, "conflict": 1}
    write(tmp_path / "unscon" / "edu_dev.jsonl", *rows)
    found = list(examples.unscon(tmp_path))
    assert [each.context for each in found] == ["", "0", ""]
    assert [each.label for each in found] == [(1.0, 0.0), (1.0, 0.0), (0.0, 1.0)]


def test_claims_are_for_or_against(tmp_path: Path) -> None:
    row = {"id": "1", "proposal": "Ban it", "claim": "It hurts", "topic_id": "t"}
    write(tmp_path / "ibmclaims" / "dev.jsonl", row | {"label": "pro"}, row | {"label": "con"})
    assert [each.label for each in examples.ibmclaims(tmp_path)] == [one(FOR), one(AGAINST)]


def reports(data: Path, count: int = 40) -> None:
    rows = [
        {"id": f"r{number}", "section_id": f"s{number}", "text": f"Chad spoke of {number}."}
        | {"stances": [{"towards_text": f"point {number}", "stance": ("support", "oppose")[number % 2]}]}
        for number in range(count)
    ]
    write(data / "enb" / "silver_dev.jsonl", *rows)
    news = [
        {"id": str(n), "target": "Riga", "text": f"Riga {n}.", "label": ("negative", "neutral", "positive")[n % 3]}
        for n in range(count)
    ]
    write(data / "newsmtsc" / "train.jsonl", *news)


def test_reports_are_the_same_by_one_seed(tmp_path: Path) -> None:
    reports(tmp_path)
    one_way, again, other = (list(examples.enb(tmp_path, random.Random(seed))) for seed in (1, 1, 2))  # noqa: S311
    assert one_way == again != other
    assert {each.label for each in one_way if not each.id} == {one(NEUTRAL)}


def test_a_topic_kept_apart_is_not_trained_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports(tmp_path)
    monkeypatch.setattr(training_sets, "NEWS", 20)
    monkeypatch.setattr(training_sets, "REPORTS", 20)
    trained, apart = training_sets.parted(tmp_path, seed=9)
    assert (trained, apart) == training_sets.parted(tmp_path, seed=9)
    assert {each.group for each in trained}.isdisjoint(each.group for each in apart)
    assert {each.set for each in apart} == {"invented"}
    assert {each.set for each in trained} == {"invented", "newsmtsc", "enb"}  # heads alone are fitted on the others
    invented = [each for each in trained if each.set == "invented"]
    assert len(invented) + len(apart) == len(list(examples.invented()))
    assert 0.08 < len(apart) / len(invented) < 0.25


def test_no_proposal_kept_apart_is_trained_on_under_another_topic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports(tmp_path)
    monkeypatch.setattr(training_sets, "NEWS", 20)
    monkeypatch.setattr(training_sets, "REPORTS", 20)
    trained, apart = training_sets.parted(tmp_path, seed=9)
    both = {each.proposal for each in trained} & {each.proposal for each in apart}
    assert sorted(both) == []
