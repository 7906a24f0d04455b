"""Word pieces: the library's own cut is the measure."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.statements.tagging.tagger import tagger
from winset.statements.tagging.wordpieces import Case, WordPieces

HARD = [
    "Oslo's envoy said: “We shan't!”",
    "naïve café, Åse Ødegård; İstanbul",
    "NATO-led 3.5% U.S.A. e-mail@example.org",
    "東京 and Київ and 서울",
    "a\u0000b \ufffd c\u200bd soft\u00adhyphen",
    "Antidisestablishmentarianism co-operation",
    "x" * 150,
    "\ud800 lone",
]


@cache
def library() -> object:
    tokenizers = pytest.importorskip("tokenizers")
    vocabulary = dict(tagger().pieces.vocabulary)
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


def ours(text: str) -> list[int]:
    return [piece for word in tagger().pieces.words(text, 0, len(text)) for piece in word.pieces]


@pytest.mark.parametrize(
    "text", [text for text in HARD if "\ud800" not in text and "\u0000" not in text and "\u200b" not in text]
)
def test_pieces_are_those_of_the_library(text: str) -> None:
    assert ours(text) == library().encode(text, add_special_tokens=False).ids  # type: ignore[attr-defined]


LETTERS = st.characters(min_codepoint=0xC0, max_codepoint=0x17F, categories=("Lu", "Ll"))


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126) | LETTERS | st.sampled_from("“”‘’–—…«»"), max_size=60)
)
def test_western_text_is_cut_as_the_library_cuts_it(text: str) -> None:
    if not any(len(word.pieces) == 12 for word in tagger().pieces.words(text, 0, len(text))):
        assert ours(text) == library().encode(text, add_special_tokens=False).ids  # type: ignore[attr-defined]


@given(st.text(max_size=80))
def test_words_stand_in_order_and_hold_something(text: str) -> None:
    words = list(tagger().pieces.words(text, 0, len(text)))
    assert all(text[word.start : word.end].strip() for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


@pytest.mark.parametrize("text", HARD)
def test_hard_words_have_places(text: str) -> None:
    assert all(0 <= word.start < word.end <= len(text) for word in tagger().pieces.words(text, 0, len(text)))


def test_case_is_told_apart() -> None:
    small = WordPieces({"[UNK]": 0, "nato": 1, "oslo": 2, "said": 3})
    assert [word.case for word in small.words("NATO Oslo said", 0, 14)] == [Case.UPPER, Case.CAPITAL, Case.LOWER]
