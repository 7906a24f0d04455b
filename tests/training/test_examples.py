"""Coded articles become windows with tags and links that the chain allows."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

from training.attribution.examples import examples, parted

from winset.statements.tagging.tagger import tagger
from winset.statements.tagging.tags import OUTSIDE, follows, tag

TEXT = "Riga said it would agree. “We waited,” its envoy added."


def coded(*attributions: dict[str, Any]) -> dict[str, Any]:
    return {"text": TEXT, "attributions": list(attributions)}


def spans(words: str) -> list[list[int]]:
    at = TEXT.index(words)
    return [[at, at + len(words)]]


ARTICLE = coded(
    {"source": spans("Riga"), "cue": spans("said"), "content": spans("it would agree")},
    {"source": spans("its envoy"), "cue": spans("added"), "content": spans("“We waited,”")},
)


def test_each_span_begins_once_and_goes_on() -> None:
    (example,) = examples(ARTICLE, tagger().pieces)
    words = [TEXT[start:end] for start, end in example.window.spans]
    assert example.tags[words.index("Riga")] == tag("source", begins=True)
    assert example.tags[words.index("would")] == tag("content", begins=False)
    assert [span.attribution for span in example.spans["cue"]] == [0, 1]


def test_spans_that_share_a_word_stay_possible_for_the_chain() -> None:
    over = coded(
        {"source": [], "cue": spans("said it"), "content": spans("it would agree")},
        {"source": spans("would"), "cue": spans("agree"), "content": spans("We waited")},
    )
    (example,) = examples(over, tagger().pieces)
    assert all(follows(before, after) for before, after in pairwise([OUTSIDE, *example.tags]))


def test_windows_are_cut_elsewhere_by_chance_and_the_same_by_one_seed() -> None:
    article = {"text": "\n\n".join([TEXT] * 60), "attributions": []}
    chances = [random.Random(seed) for seed in (1, 1, 2)]  # noqa: S311 - not for secrets
    cut = [[len(each.tags) for each in examples(article, tagger().pieces, chance=chance)] for chance in chances]
    assert cut[0] == cut[1] != cut[2]


def test_held_out_articles_are_not_trained_on() -> None:
    articles = [{"id": number} for number in range(100)]
    train, held = parted(articles)
    assert len(held) == 5
    assert not [each for each in held if each in train]
