"""Who copied whom: cut, reordered, edited, added to; and what looks like a copy and is none."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from benchmarks.copies.corpus import syndicated
from benchmarks.copies.scoring import scored
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.corpus.copies import _likely, _runs, _share, copies
from winset.corpus.types import Document, Duplicate
from winset.errors import OffScale
from winset.ids import DocumentId, PartialDate

WIRE = (
    "The council put off its decision on the northern levy until the spring, three diplomats said late on Monday.",
    "Riga had asked for more time to settle what the levy would cost its two remaining shipyards and their owners.",
    "The chair told delegates that nobody would be asked to vote before the auditors had sent in their last report.",
    "A first draft had foreseen a rate of four percent, which the southern members called far too little to matter.",
    "Talks go on in the second week of March, when ministers meet for the last time before the long summer recess.",
)
OTHER = (
    "A storm tore the roof from the old market hall in the harbour town early in the morning, and nobody was hurt.",
    "The mayor said that the hall would be closed until engineers had looked at each of its forty iron pillars.",
    "Traders were offered room in the former post office, which has stood empty for the better part of ten years.",
    "Insurers expect claims of several million, although the roof was to be renewed in the coming year anyway.",
)
OWN = "Our correspondent adds that shipyard workers in the port had gathered outside the hall with flags and whistles."


def told(*sentences: str, day: str | None = "2024-03-01", name: str = "one.txt", headline: str = "") -> Document:
    text = "\n\n".join([headline, *sentences] if headline else sentences)
    return Document(name=name, text=text, published=PartialDate(day) if day else None)


def of(*documents: Document) -> dict[DocumentId, DocumentId]:
    return {row.document_id: row.of for row in copies(documents)}


FIRST = told(*WIRE, headline="Council puts off levy")


@pytest.mark.parametrize(
    "copy",
    [
        told(*WIRE[:2], day="2024-03-02"),
        told(*WIRE[2:], day="2024-03-02"),
        told(*WIRE, day="2024-03-02", headline="No levy before spring, say diplomats in the north"),
        told(WIRE[0], WIRE[4], WIRE[2], WIRE[3], WIRE[1], day="2024-03-02"),
        told(*WIRE[:3], OWN, day="2024-03-02"),
        told(*(each.upper() for each in WIRE), day="2024-03-02"),
        told(*(each.replace("the", "a").replace("Monday", "Monday evening") for each in WIRE), day="2024-03-02"),
    ],
    ids=["its beginning", "its end", "another headline", "another order", "a paragraph added", "capitals", "edited"],
)
def test_a_copy_is_known_whatever_was_done_to_it(copy: Document) -> None:
    assert of(FIRST, copy) == {copy.id: FIRST.id}
    assert of(copy, FIRST) == {copy.id: FIRST.id}


def test_one_sentence_in_common_makes_no_copy() -> None:
    assert not of(FIRST, told(*OTHER, WIRE[0], day="2024-03-02"))


def test_a_standing_sentence_makes_no_copies() -> None:
    imprint = (
        "The Northern Messenger is a member of the press council and takes no responsibility for what others print."
    )
    short = [told(f"Notice {'abcdefghijklmnop'[n] * 9} of the day.", imprint, name=f"{n}.txt") for n in range(16)]
    longer = [told(*OTHER, imprint), told(*WIRE, imprint)]
    found = of(*longer, *short)
    assert not found.keys() & {longer[0].id, longer[1].id}


def test_a_copy_of_a_copy_is_laid_to_the_copy() -> None:
    second = told(*WIRE[:3], OWN, day="2024-03-02", name="two.txt")
    third = told(*WIRE[:2], OWN, day="2024-03-03", name="three.txt")
    assert of(third, second, FIRST) == {second.id: FIRST.id, third.id: second.id}


def test_nothing_is_a_copy_of_what_came_later() -> None:
    early = told(*WIRE[:3], day="2024-02-01")
    assert of(FIRST, early) == {FIRST.id: early.id}


def test_undated_documents_count_as_published_when_those_before_them_were() -> None:
    one, two = told(*WIRE, day=None), told(*WIRE[:3], day=None)
    assert of(one, two) == {two.id: one.id}


def test_the_same_text_again_is_a_copy_of_itself() -> None:
    again = told(*WIRE, name="again.txt", headline="Council puts off levy")
    (row,) = copies([FIRST, again])
    assert row == Duplicate(name="again.txt", document_id=FIRST.id, of=FIRST.id, similarity=1.0)


def test_texts_in_japanese_are_compared_by_their_signs() -> None:
    text = "東京に連絡事務所を開く計画について、加盟国の間で意見が分かれている。外務省は協議が続いていると述べた。" * 1
    later = "連絡事務所を開く計画について、加盟国の間で意見が分かれている。外務省は協議が続いていると述べた。終わり"
    assert of(told(text), told(later, day="2024-03-05"))


def test_a_threshold_off_the_scale_is_refused() -> None:
    with pytest.raises(OffScale, match="threshold of copies"):
        copies([], threshold=1.5)


@pytest.mark.parametrize("texts", [[], [""], ["", " "], ["one"], ["one two", "one two three"], ["a " * 50_000] * 3])
def test_too_little_text_is_no_copy_and_no_error(texts: list[str]) -> None:
    documents = [told(text, name=f"{n}.txt") for n, text in enumerate(texts)]
    assert all(row.of == row.document_id for row in copies(documents))


def test_a_syndicated_corpus_is_taken_apart() -> None:
    corpus = syndicated(700, seed=3)
    score = scored(corpus, {row.document_id: row.of for row in copies(corpus.documents)})
    assert score.f1 >= 0.97
    assert score.parents >= 0.82  # of so few; the benchmark tells it of 10,000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*WIRE, *OTHER, OWN]), max_size=6), max_size=8), st.randoms())
def test_no_document_is_its_own_ancestor_and_days_never_go_backwards(kinds: list[list[str]], chance: object) -> None:
    documents = [told(*each, day=f"2024-03-{1 + n % 3:02}", name=str(n)) for n, each in enumerate(kinds)]
    by_id = {document.id: document for document in reversed(documents)}
    parent = {row.document_id: row.of for row in copies(documents) if row.document_id != row.of}
    for child in parent:
        seen, at = {child}, child
        while at in parent:
            earlier, later = by_id[parent[at]].published, by_id[at].published
            assert earlier is not None
            assert later is not None
            assert earlier.text <= later.text
            at = parent[at]
            assert at not in seen
            seen.add(at)


def test_no_pair_that_is_alike_is_left_out_where_many_are_looked_at_at_once() -> None:
    texts = [_runs(document.text) for document in syndicated(120, seed=5).documents]
    texts.append(_runs("too short"))
    pairs = np.array(list(combinations(range(len(texts)), 2)))
    for threshold in (0.3, 0.55, 0.8):
        alike = {(a, b) for a, b in pairs.tolist() if _share(texts[a], texts[b]) >= threshold}
        likely = set(_likely(texts, pairs, threshold))
        assert alike <= likely
        assert len(likely) < len(pairs) / 2
        assert alike
