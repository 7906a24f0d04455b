"""Whatever the text: no crash, exact spans, and steps that grow with the text, not with its square."""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Callable
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.exchange.attribution_lines import BadRow, Row, rows
from winset.statements.attribution import attributions
from winset.statements.types import Form, Proposal

PLAIN = "Ana Lind said on Friday that the levy was dead. “We will not sign,” Riga’s envoy told reporters.\n\n"
SCRAPS = [
    *('"', "“", "”", "‘", "’", "''", "``", "«", "»", "„", "(", ")", "[1]", "…", "—", "- ", "1. ", "* ", ":", ".", "!"),
    *(
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "\u00a0",
        "\u2028",
        "\u0085",
        "\x0c",
        "\x00",
        "\x1b[31m",
        "\x7f",
        "\ufeff",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200f",
        "e\u0301",
        "\u0301",
        "\ud800",
        "\udfff",
        "\U0001f600",
        "\u0130",
        "ß",
        "ﬁ",
    ),
    *(
        "אמר השר",
        "قال الوزير",
        "部长说",
        "Минск заявил",
        "กล่าวว่า",
        "Ana Lind",
        "said",
        "that",
        "according to",
        "opposes",
    ),
    *(
        "References",
        "the levy",
        "is understood to",
        "x" * 90,
        "12.07.2023",
        "http://example.org/a?b",
        "Mr.",
        "No",
        "who",
    ),
]
SCRAPPY = st.lists(st.sampled_from(SCRAPS), max_size=40).flatmap(
    lambda found: st.sampled_from(["", " "]).map(lambda between: between.join(found))
)
ANY = st.text(st.characters() | st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Pi", "Pf"]), max_size=120)

HOSTILE: dict[str, Callable[[int], str]] = {
    "unclosed quotes": lambda n: "“no " * (n // 4),
    "unclosed straight quotes": lambda n: 'Ana said "no and ' * (n // 17),
    "nested quotes": lambda n: "“‘" * (n // 12) + " Ana said " + "’”" * (n // 12) + " no " * (n // 6),
    "one endless word": lambda n: "Ana said " + "x" * n,
    "one endless sentence": lambda n: "Ana said that Bo said that " * (n // 27),
    "commas": lambda n: "Ana, " * (n // 5),
    "brackets": lambda n: "(Ana [said " * (n // 11),
    "control characters": lambda n: "Ana\x00said\x1b no\x07 " * (n // 15),
    "right to left": lambda n: "\u202eאמר\u202c Ana \u2067said\u2069 " * (n // 20),
    "blank lines": lambda n: "Ana\n\n" * (n // 5),
    "line ends": lambda n: "\r\n" * (n // 4) + "Ana said no." + "\r" * (n // 2),
    "accents": lambda n: "Ana said e" + "\u0301" * n,
    "lone surrogates": lambda n: "Ana \ud800said\udfff " * (n // 11),
    "plain": lambda n: PLAIN * (n // len(PLAIN)),
}


def spans(found: Proposal) -> list[tuple[int, int]]:
    return [span for span in (found.source, found.cue, *found.contents) if span is not None]


def checked(text: str, *, threads: int = 1) -> list[Proposal]:
    """What is found, once each span is known to hold words of the text and the order to be the text's."""
    found = list(attributions(text, threads=threads))
    for each in found:
        assert spans(each)
        assert isinstance(each.form, Form)
        assert 0 <= each.confidence <= 1
        for start, end in spans(each):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(each.contents)))
    begins = [min(spans(each)) for each in found]
    assert begins == sorted(begins)
    return found


@settings(max_examples=60)
@given(text=ANY | SCRAPPY)
def test_any_text_gives_exact_spans(text: str) -> None:
    checked(text)


@settings(max_examples=30)
@given(scraps=st.lists(st.tuples(st.integers(0, len(PLAIN) * 2), st.sampled_from(SCRAPS)), max_size=12))
def test_a_damaged_text_gives_exact_spans(scraps: list[tuple[int, str]]) -> None:
    text = PLAIN * 2
    for at, scrap in scraps:
        text = text[:at] + scrap + text[at:]
    checked(text)


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_hostile_text_gives_exact_spans_whatever_the_threads(shape: str) -> None:
    text = HOSTILE[shape](1_500)
    assert checked(text) == checked(text, threads=2)


def test_ten_thousand_unclosed_quotes() -> None:
    checked("“" * 10_000 + "\n\nAna Lind said that it was over.")


def test_a_megabyte_in_one_line() -> None:
    checked("Ana said " + "x" * 600_000 + " \x00\u202e" * 100_000 + " " * 100_000 + "and Riga said no.")


def steps(text: str) -> int:
    """How many calls reading a text takes, of Python's functions and of those it has in C."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        for _ in attributions(text):
            pass
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("shape", HOSTILE)
def test_ten_times_the_text_takes_at_most_twelve_times_the_steps(shape: str) -> None:
    steps(HOSTILE[shape](400))  # what is loaded and remembered once
    assert steps(HOSTILE[shape](4_000)) <= 12 * steps(HOSTILE[shape](400))


GOOD = [json.dumps({"id": n, "text": PLAIN[n:], "more": {"a": [1, "é"]}}, ensure_ascii=n % 2 == 0) for n in range(6)]


def mutated(line: bytes, draw: random.Random) -> bytes:
    """The line with some bytes changed, taken out, doubled or put in."""
    changed = bytearray(line)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(changed) + 1)
        scrap = draw.choice(
            [b"", b'"', b"\\", b"{", b"}", b"\x00", b"\xff", b"\\u", b"\xed\xa0\x80", b"[" * 5_000, b"9e999"]
        )
        end = at + draw.choice([0, 1, 1, 2, 9])
        changed[at:end] = draw.choice([scrap, bytes([draw.randrange(256)]), changed[at:end] * 2])
    return bytes(changed).replace(b"\n", b"").replace(b"\r", b"") or b"x"


def test_damaged_lines_are_rows_or_complaints_and_the_others_stand() -> None:
    draw = random.Random(3)  # noqa: S311 - not a secret
    good = [line.encode() for line in GOOD]
    stream = [line for each in range(600) for line in (mutated(draw.choice(good), draw), good[each % len(good)])]
    found = list(rows(io.BytesIO(b"\n".join(stream)), name="in.jsonl"))
    numbered = {row.place.line: row for row in found}
    for number, line in enumerate(stream, start=1):
        row = numbered.get(number)
        if number % 2 == 0:
            expected = json.loads(line)
            assert isinstance(row, Row)
            assert (row.id, row.text) == (expected["id"], expected["text"])
        elif isinstance(row, BadRow):
            assert row.rejected.reason.isprintable()
            assert len(row.rejected.reason) < 200
        else:
            assert row is None or isinstance(row.text, str)
            assert row is not None or not line.strip()
    assert {type(row) for row in found} == {Row, BadRow}
