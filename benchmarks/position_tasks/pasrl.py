"""Propositions of climate negotiations against coded sentences: actor, predicate, point.

Data: Ruiz Fabo, Plancq & Poibeau (2016), sentences of the Earth Negotiations Bulletin with their propositions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.position_tasks.negotiation_actors import actor, noted, spelled
from benchmarks.position_tasks.scoring import rows, scored

from winset.statements.negotiation.parsing import propositions
from winset.statements.negotiation.types import Proposition
from winset.statements.sentence_ends import sentences
from winset.statements.tokens import tokens

SPELLINGS = {  # common names, and groups written out
    "g77": "group of 77",
    "lmdc": "like minded group",
    "ldc": "least developed countries",
    "TUR": "turkey",
    "MKD": "macedonia",
    "CZE": "czech republic",
    "SWZ": "swaziland",
    "COD": "democratic republic of the congo",
    "ailac": "independent association of latin america and the caribbean",
    "alba": "bolivarian alliance for the peoples of our america",
}
_MARKS = re.compile(r"[\"“”„«»]")


def predict(given: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A prediction line for each row, from its text alone."""
    for row in given:
        unique = {tuple(each.values()): each for each in coded(row["text"])}
        yield {"id": row["id"], "props": list(unique.values())}


def coded(text: str) -> Iterator[dict[str, str]]:
    """The propositions of named sides, written as the set writes them."""
    for start, end in sentences(text):
        found = propositions(tokens(text, start, end, ()))
        for each in found:
            if each.point is None:
                continue
            written = {"predicate": each.words, "point": point(text, end, each, found), "polarity": each.polarity.value}
            for name in names(text, each):
                yield {"actor": name, **written}


def names(text: str, found: Proposition) -> tuple[str, ...]:
    """The set's names; "G-77/China" is two, the group and the state."""
    words = text[slice(*found.actor)]
    id = actor(words) or noted(text, found.actor[1])
    if id is None:
        return ()
    both = ("china",) if id == "g77" and "china" in words.lower() else ()
    return (spelled(id, SPELLINGS).lower(), *both)


def point(text: str, sentence_end: int, found: Proposition, others: Iterable[Proposition]) -> str:
    """The point in lower case without quotation marks, with its topic.

    In the set a noun's point goes on to the next noun of this kind or the end of its sentence.
    """
    assert found.point is not None
    start, end = found.point
    if found.nominal:
        nouns = [each.predicate[0] for each in others if each.nominal and each.predicate[0] > start]
        told = any(not each.nominal and min(each.predicate[0], each.actor[0]) >= end for each in others)
        end = min([*nouns, end if told else sentence_end])
    words = text[start:end]
    if found.topic is not None:
        about = text[slice(*found.topic)]
        words = f"{about} {words}" if words.lower().startswith("that ") else f"{words} {about}"
    return " ".join(_MARKS.sub("", words).lower().strip(" .,;:").split())


def measure(data: Path) -> dict[str, float]:
    """F1 of each kind that the set's own scorer reports."""
    gold = data / "pasrl" / "gold_dev.jsonl"
    answer = scored(data / "pasrl" / "score.py", gold, predict(rows(gold)))
    return {kind: figures["f1"] for kind, figures in answer.items() if isinstance(figures, dict)}
