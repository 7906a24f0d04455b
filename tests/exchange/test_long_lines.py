"""Lines of any length: what is read is what JSON says, however it is cut on the way."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winset.errors import NotText, TooLarge, Unreadable
from winset.exchange import long_lines
from winset.exchange.long_lines import LongString, lines, parsed, skipped


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line is a long one, read and decoded a few bytes at a time."""
    for name, size in (("PLAIN", 0), ("STRING", 6), ("CHUNK", 8)):
        monkeypatch.setattr(long_lines, name, size)


def whole(value: Any) -> Any:
    return "".join(value.pieces()) if isinstance(value, LongString) else value


def read(raw: bytes | bytearray) -> dict[str, Any]:
    return {key: whole(value) for key, value in parsed(raw).items()}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
ANY_TEXT = st.text(st.characters() | st.sampled_from('\\"\ud800\udfff😀é\u2028/'))  # surrogates among them
KEYS = st.sampled_from(["id", "text", "x"])  # a long key of another field is nobody's concern


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.dictionaries(KEYS, VALUES | ANY_TEXT), escaped=st.booleans())
def test_a_long_line_says_what_json_says(small: None, found: dict[str, Any], escaped: bool) -> None:
    raw = json.dumps(found, ensure_ascii=escaped).encode("utf-8", "backslashreplace")
    top = {key: value for key, value in found.items() if isinstance(value, str)}
    got = read(raw)
    assert {key: got[key] for key in top} == {key: json.loads(raw)[key] for key in top}
    assert set(got) == set(found)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("before", range(14))
@pytest.mark.parametrize(
    "piece",
    [r"\ud83d\ude00", r"\ud83d", r"\ude00\ud83d", r"\ud83d\ud83d\ude00", r"\\ud83d", "\\\\\\\\\\\\\\n", "😀", r"\""],
)
def test_a_letter_is_whole_wherever_it_is_cut(before: int, piece: str) -> None:
    raw = f'{{"text": "{"x" * before}{piece}{piece}-"}}'.encode()
    assert read(raw) == json.loads(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"no", "is not JSON: Expecting value"),
        (b'{"id": 1', "is not JSON"),
        (b'{"id": 1} {"id": 2}', "is not JSON: Extra data"),
        (b'{"text": "a', "is not JSON"),
        (b'{"text": "a\x00 or so"}', "is not JSON: Invalid control character"),
        (b'{"text": "some \\q"}', "is not JSON: Invalid \\escape"),
        (b'{"text": "some \\u12"}', "is not JSON: Invalid \\uXXXX escape"),
        (b'{"text": "\xff"}', "is not UTF-8 (byte 0xff"),
        (b'{"text": "\xed\xa0\x80"}', "is not UTF-8"),
        (b'{"text": "\xe2\x82', "is not UTF-8"),
        ('{"text": "a"}'.encode("utf-16"), "is not UTF-8"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"x": ' * 100_000, "is nested too deeply"),
        (b"[1]", "is a list, not an object"),
        (b"null", "is null, not an object"),
        (b'"text"', "is a string, not an object"),
        (b"NaN", "is a number, not an object"),
    ],
)
@pytest.mark.parametrize("plain", [0, 10**9])
def test_what_is_no_object_is_refused(monkeypatch: pytest.MonkeyPatch, raw: bytes, reason: str, plain: int) -> None:
    monkeypatch.setattr(long_lines, "PLAIN", plain)
    monkeypatch.setattr(long_lines, "STRING", 6)
    with pytest.raises(NotText) as refused:
        parsed(raw)
    if not (plain == 0 and raw == b'{"text": "a'):  # said in other words there
        assert str(refused.value).startswith(reason)
    assert "\n" not in str(refused.value)


def test_numbers_of_any_size_do_no_harm() -> None:
    digits = "9" * 50_000
    assert parsed(f'{{"id": 9007199254740993, "x": {digits}, "y": 1e999, "z": NaN}}'.encode())["id"] == 2**53 + 1


def test_much_beside_the_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("PLAIN", 0), ("STRING", 6), ("REST", 100)):
        monkeypatch.setattr(long_lines, name, size)
    assert len(read(b'{"id": 1, "text": "%s"}' % (b"x" * 1_000))["text"]) == 1_000
    for raw in (b'{"text": "long", "x": [%s]}' % (b"0," * 100), b'{"x": [%s' % (b'"a",' * 100), b" " * 200):
        with pytest.raises(TooLarge, match="beside its long strings"):
            parsed(raw)


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, 200), st.integers(0, 3), st.binary(max_size=3) | st.sampled_from([b'"', b"\\", b"{", b"\n"])
    ),
    max_size=4,
)


@settings(max_examples=300)
@given(found=st.fixed_dictionaries({"id": st.integers(), "text": ANY_TEXT}), mutations=MUTATIONS)
def test_a_damaged_line_is_read_or_refused_alike_at_every_length(
    found: dict[str, Any], mutations: list[tuple[int, int, bytes]]
) -> None:
    raw = bytearray(json.dumps(found, ensure_ascii=len(mutations) % 2 == 0).encode("utf-8", "backslashreplace"))
    for at, size, content in mutations:
        raw[at : at + size] = content
    answers = []
    for plain, string, chunk in ((0, 6, 8), (0, 6, 13), (10**9, 10**9, 10**6)):
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (("PLAIN", plain), ("STRING", string), ("CHUNK", chunk)):
                patch.setattr(long_lines, name, value)
            try:
                answers.append({key: value for key, value in read(raw).items() if isinstance(value, str)})
            except Unreadable:
                answers.append({"refused": ""})
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("chunk", [3, 10**6])
def test_lines_with_their_places(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(long_lines, "CHUNK", chunk)
    content = b'\xef\xbb\xbf{"a": 1}\r\n\n \t\r\nlonger\xef\xbb\xbf\n\xe2\x80\xa8 \x85 \x0c x\rlast'
    found = list(lines(io.BytesIO(content)))
    assert [raw for _, raw in found] == [b'{"a": 1}\r\n', b"longer\xef\xbb\xbf\n", b"\xe2\x80\xa8 \x85 \x0c x\rlast"]
    assert [place.line for place, _ in found] == [1, 4, 5]
    for place, _ in found:
        assert place.seen.hexdigest() == sha256(content[: place.read]).hexdigest()
        stream = io.BytesIO(content)
        assert skipped(stream, place.read).hexdigest() == place.seen.hexdigest()
        assert [raw for _, raw in lines(stream, place)] == [raw for other, raw in found if other.read > place.read]
    assert found[-1][0].read == len(content)


def test_a_line_over_the_limit_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lines, "CHUNK", 4)
    monkeypatch.setattr(long_lines, "LINE_LIMIT", 10)
    stream = io.BytesIO(b"123456789\n" + b"x" * 50 + b"\n" + b" " * 50 + b"\n1234567890")
    assert [(place.line, raw) for place, raw in lines(stream)] == [
        (1, b"123456789\n"),
        (2, None),
        (3, None),
        (4, b"1234567890"),
    ]
