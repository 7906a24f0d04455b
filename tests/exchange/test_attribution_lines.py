"""Rows in, lines out: spans count from the start of the text, in however many parts it was read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.exchange import attribution_lines, long_lines
from winset.exchange.attribution_lines import BadRow, Row, attribution_line, parts, rows, words
from winset.statements.types import Form, Proposal


def only(raw: bytes) -> Row | BadRow:
    (row,) = rows(io.BytesIO(raw), name="in.jsonl")
    return row


def each_word(text: str) -> Iterator[Proposal]:
    """Stands in for a model: each word is a cue."""
    at = 0
    for word in text.split(" "):
        if word.strip():
            yield Proposal(source=None, cue=(at, at + len(word)), contents=(), form=Form.ACT, confidence=1 / 3)
        at += len(word) + 1


@pytest.mark.parametrize(
    ("raw", "kind", "reason"),
    [
        (b"{}", "NotText", 'has no "id": write {"id": ..., "text": ...}'),
        (b'{"id": 1}', "NotText", 'has no "text": write {"id": ..., "text": ...}'),
        (b'{"ID": 1, "text": ""}', "NotText", 'has no "id": write {"id": ..., "text": ...}'),
        (b'{"id": 1, "text": null}', "NotText", '"text" is null: write a string'),
        (b'{"id": 1, "text": ["a"]}', "NotText", '"text" is a list: write a string'),
        (b'{"id": null, "text": ""}', "NotText", '"id" is null: write a string or an integer'),
        (b'{"id": true, "text": ""}', "NotText", '"id" is true: write a string or an integer'),
        (b'{"id": 1.0, "text": ""}', "NotText", '"id" is a number: write a string or an integer'),
        (b'{"id": NaN, "text": ""}', "NotText", '"id" is a number: write a string or an integer'),
        (b'{"id": {}, "text": ""}', "NotText", '"id" is an object: write a string or an integer'),
        (b'{"id": "%s", "text": ""}' % (b"x" * 1_001), "TooLarge", '"id" is longer than 1,000 characters: shorten it'),
    ],
)
def test_a_bad_row_is_named_with_its_line(raw: bytes, kind: str, reason: str) -> None:
    _, found = rows(io.BytesIO(b'{"id": 1, "text": ""}\n\n' + raw), name="in.jsonl")
    assert isinstance(found, BadRow)
    assert (found.rejected.name, found.rejected.kind, found.rejected.reason) == ("in.jsonl line 3", kind, reason)


def test_a_line_over_the_limit_is_a_bad_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lines, "LINE_LIMIT", 30)
    bad, good = rows(io.BytesIO(b"x" * 31 + b'\n{"id": 2, "text": ""}'), name="stdin")
    assert isinstance(bad, BadRow)
    assert bad.rejected.kind == "TooLarge"
    assert isinstance(good, Row)


@given(id=st.integers() | st.text(st.characters() | st.sampled_from('\ud800\udc00"\\\n\u2028'), max_size=20))
def test_an_id_comes_out_as_it_came_in(id: int | str) -> None:
    raw = json.dumps({"id": id, "text": "one two"}).encode()
    row = only(raw)
    assert isinstance(row, Row)
    line = "".join(piece.json for piece in attribution_line(row, each_word)).encode("utf-8", "backslashreplace")
    assert line.count(b"\n") == 1
    assert json.loads(line)["id"] == json.loads(raw)["id"]


@pytest.mark.parametrize("part", [4, 7, 30, 10**6])
@given(text=st.text(st.sampled_from('ab\n .é😀\ud800"\\'), max_size=60))
def test_spans_count_from_the_start_of_the_text(part: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, size in (("PLAIN", 0), ("STRING", 6), ("CHUNK", 8)):
            patch.setattr(long_lines, name, size)
        row = only(json.dumps({"id": 1, "text": text}).encode())
        assert isinstance(row, Row)
        text = json.loads(json.dumps(text))  # where two surrogates are one letter
        pieces = list(attribution_line(row, each_word))
        made = parts([text], part)
        assert "".join(made) == text
    found = json.loads("".join(piece.json for piece in pieces))["attributions"]
    cues = [text[slice(*span)] for each in found for span in each["cue"]]
    assert "".join("".join(cues).split()) == "".join(text.split())
    assert [sum(getattr(piece, name) for piece in pieces) for name in ("attributions", "words", "characters")] == [
        len(found),
        len(text.split()),
        len(text),
    ]


@given(pieces=st.lists(st.text(st.sampled_from("ab\n ."), max_size=9)), size=st.integers(1, 12))
def test_parts_follow_from_the_text_alone(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    found = list(parts(pieces, size))
    assert found == list(parts(text, size)) == list(parts([text], size))
    assert "".join(found) == text
    assert all(0 < len(part) <= size for part in found)


def test_a_part_ends_where_a_paragraph_does() -> None:
    text = "One two. Three.\n\nFour five."
    assert list(parts([text], 20)) == ["One two. Three.\n\n", "Four five."]
    assert list(parts(["a" * 25], 10)) == ["a" * 10, "a" * 10, "a" * 5]


def test_a_text_of_a_plain_line_is_one_part() -> None:
    assert long_lines.PLAIN <= attribution_lines.PART


@given(text=st.text(st.sampled_from("ab \n\u2003"), max_size=30), cut=st.integers(0, 30))
def test_words_are_counted_once(text: str, cut: int) -> None:
    assert words(text, 0, cut) + words(text, cut, len(text)) == len(text.split())
