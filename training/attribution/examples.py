"""Coded articles as windows with their tags and links."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from winset.statements.quotations import quotations
from winset.statements.segmentation import segments
from winset.statements.tagging.tags import OUTSIDE, ROLES, follows, tag
from winset.statements.tagging.windows import WIDTH, Window, windows
from winset.statements.tagging.wordpieces import WordPieces

HELD_OUT_EVERY = 20  # articles; those calibrate confidence and are never trained on
NARROWEST = 64  # pieces of a pass's first window
NULL = -1


@dataclass(frozen=True, slots=True)
class Span:
    """A contiguous stretch of words of one role, as places of its first and last word in the window."""

    first: int
    last: int
    attribution: int


@dataclass(slots=True)
class Example:
    """A window with the truth: a tag for each word, and the spans of each role."""

    window: Window
    tags: list[int]
    spans: dict[str, list[Span]]


def articles(path: Path) -> list[dict[str, Any]]:
    """The coded articles of a file, one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def parted(coded: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Articles to train on and articles to calibrate on."""
    held = [article for number, article in enumerate(coded) if number % HELD_OUT_EVERY == 0]
    return [article for number, article in enumerate(coded) if number % HELD_OUT_EVERY], held


def read(text: str, vocabulary: WordPieces, *, first_width: int = WIDTH) -> list[Window]:
    """The windows of a text as the attributor makes them, of whatever kind its paragraphs are."""
    blocks = segments(text)
    marks = quotations(text, blocks)
    paragraphs = (block.sentences for block in blocks)
    return list(windows(text, paragraphs, marks, vocabulary, first_width=first_width))


def examples(
    article: dict[str, Any], vocabulary: WordPieces, *, chance: random.Random | None = None
) -> Iterator[Example]:
    """The windows of an article with their truth; with `chance`, cut elsewhere at each call."""
    width = chance.randint(NARROWEST, WIDTH) if chance else WIDTH
    for window in read(article["text"], vocabulary, first_width=width):
        yield _coded(window, article["attributions"])


def _coded(window: Window, attributions: Sequence[dict[str, Any]]) -> Example:
    starts = [start for start, _ in window.spans]
    low, high = starts[0], window.spans[-1][1]
    tags = [0] * len(starts)
    spans: dict[str, list[Span]] = {role: [] for role in ROLES}
    for number, attribution in enumerate(attributions):
        for role in ROLES:
            for start, end in attribution[role]:
                if end <= low or start >= high:
                    continue
                inside = [place for place, (begin, stop) in enumerate(window.spans) if begin < end and stop > start]
                if not inside:
                    continue
                first, last = inside[0], inside[-1]
                tags[first] = tag(role, begins=True)
                tags[first + 1 : last + 1] = [tag(role, begins=False)] * (last - first)
                spans[role].append(Span(first, last, number))
    for place, (before, after) in enumerate(pairwise([OUTSIDE, *tags])):
        if not follows(before, after):  # a word that two spans share broke one of them: it goes on as one of its own
            tags[place] = after - 1
    return Example(window, tags, spans)
