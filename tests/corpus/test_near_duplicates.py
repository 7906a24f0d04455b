from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.conftest import ARTICLE, SECOND

from winset.corpus.near_duplicates import jaccard, near_duplicates, shingles
from winset.corpus.types import Document, Duplicate
from winset.errors import OffScale

WORDS = "harbour station minister vote member council coast guard plan treaty north talks paper border delay".split()


def document(text: str, name: str = "a") -> Document:
    return Document(name=name, text=text)


def story(seed: int, words: int = 400) -> str:
    drawn = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(drawn.choice(WORDS) for _ in range(words))


def test_the_same_text_under_another_name_is_the_same_document() -> None:
    first, second = document(ARTICLE, "a"), document(ARTICLE, "b")
    assert near_duplicates([first, second]) == (Duplicate(name="b", document_id=first.id, of=first.id, similarity=1.0),)


@pytest.mark.parametrize(
    "copy",
    [
        story(1, 400).rsplit(" ", 60)[0],
        "Another headline altogether\n\n" + story(1),
        story(1) + "\n\n" + SECOND,
        story(1).upper().replace(" ", ",  "),
    ],
    ids=["cut at the end", "under another headline", "with a paragraph added", "in capitals and commas"],
)
def test_a_near_copy_is_known_as_one(copy: str) -> None:
    original, changed = document(story(1), "a"), document(copy, "b")
    (found,) = near_duplicates([original, document(story(2), "c"), changed])
    assert (found.name, found.of, found.document_id) == ("b", original.id, changed.id)
    assert found.similarity == pytest.approx(jaccard(shingles(original.text), shingles(changed.text)))
    assert 0.7 <= found.similarity <= 1


def test_other_texts_of_the_same_words_are_not_copies() -> None:
    assert near_duplicates([document(story(seed), str(seed)) for seed in range(30)]) == ()


def test_a_text_in_a_script_without_spaces_is_compared_by_its_characters() -> None:
    written = "外務大臣は火曜日に、政府はこの提案を支持すると述べた。新しい事務所は来年に開設される予定である。"
    (found,) = near_duplicates([document(written), document(written + "以上。")])
    assert found.similarity > 0.9


def test_texts_without_words_are_copies_only_when_identical() -> None:
    assert near_duplicates([document("---"), document("***")]) == ()
    assert len(near_duplicates([document("---"), document("---", "b")])) == 1


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_off_the_scale_is_refused(threshold: float) -> None:
    with pytest.raises(OffScale, match="threshold"):
        near_duplicates([], threshold=threshold)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), max_size=8))
def test_every_pair_at_the_threshold_is_found_and_no_other(drawn: list[tuple[int, int]]) -> None:
    documents = [document(story(seed, 120 + more), str(place)) for place, (seed, more) in enumerate(drawn)]
    found = {duplicate.name: duplicate for duplicate in near_duplicates(documents)}
    for place, later in enumerate(documents):
        similarities = [jaccard(shingles(later.text), shingles(before.text)) for before in documents[:place]]
        assert (later.name in found) == any(similarity >= 0.7 for similarity in similarities)


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_the_same_documents_give_the_same_answer(order: list[int]) -> None:
    documents = [document(story(number // 2) + " end" * number, str(number)) for number in order]
    assert near_duplicates(documents) == near_duplicates(list(documents))


@settings(deadline=None)
@given(st.text(), st.text())
def test_similarity_is_symmetric_and_on_its_scale(a: str, b: str) -> None:
    one, other = shingles(a), shingles(b)
    assert jaccard(one, other) == jaccard(other, one)
    assert 0 <= jaccard(one, other) <= 1
    assert jaccard(one, one) == 1
