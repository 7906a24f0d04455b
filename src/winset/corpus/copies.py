"""Which documents are copies of which: cut, with another headline, in another order, edited, with words of their own.

A story that a newspaper has cut to a third and given a paragraph of its own is not nearly the agency's text, and rests
on it all the same. So each document is read in blocks of ten
words, and what counts is how many blocks of the shorter of two documents have words in common with the longer: an
editor's changes break runs of words everywhere and leave most blocks some; one shared press release fills a few blocks
and leaves the others none.

Source: Broder (1997) for containment of runs of words; Clough et al. (2002) for news text reused from agencies;
Edmonds (1967) for the tree of who copied whom, whose rings are broken here one at a time. The blocks and the threshold
are our own, measured by `make bench-copies`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from winset.corpus.types import Document, Duplicate
from winset.ids import DocumentId, on_unit_scale

RUN = 5  # words of a run
BLOCK = 10  # words of a block
COPIED = 0.55  # share of the shorter document's blocks from which it is a copy
FEWEST = 4  # blocks in common, below which short texts are alike by chance
NEAR = 12  # documents of one run that each is compared with: the first ones, and the last before it
MARKS = 1 << 15  # bits in which the runs of a text leave marks: a story of 350 words fills one in a hundred
AT_ONCE = 2_000_000  # marks that are looked up
READ = 4_000_000  # runs that are compared; of more, every second, fourth ... is
CELLS = 50_000_000  # documents of a family times their runs; of more, every second, fourth ... run is weighed
ALIKE = 0.8  # share from which on nobody doubts a copy; families of these tell what is standing text
STANDING = 8  # such families in which a run occurs that says nothing of who copied whom: an imprint, a phrase
FEW = 4  # documents of a family below which how long a document is counts less for its being the first
LEFT_OUT = 0.05  # what a run counts that a copy of the first leaves out, against one that it adds
FIRST = 3  # runs by which the first of a family is preferred: most copies are made of it

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")  # Han and kana write no spaces
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no word is lost in the product


def copies(documents: Sequence[Document], *, threshold: float = COPIED) -> tuple[Duplicate, ...]:
    """Each document that is a copy, in the order of `documents`; `of` is the one it was most likely copied from.

    A family is all documents that are joined by copies. Its first is no copy: of those with its earliest date the one
    from which the family takes the fewest words to tell. Every other is laid to the one, published no later, to which
    it adds the fewest runs. Documents without a date count as published when those before them were. `similarity` is
    the share of the blocks of the shorter that the longer has something of, 0-1. A document whose text occurs before
    is a copy of that, with `document_id` equal to `of`.
    threshold: from which share on, 0-1.
    Raises OffScale. Cost: linear in the text; in a family of n documents n * n * its runs.
    """
    on_unit_scale(threshold, "threshold of copies")
    first: dict[DocumentId, int] = {}
    for place, document in enumerate(documents):
        first.setdefault(document.id, place)
    told = [documents[place] for place in first.values()]  # each text once
    days = _days(told)
    texts = [_runs(document.text) for document in told]
    found = {
        document.id: Duplicate(name=document.name, document_id=document.id, of=told[of].id, similarity=share)
        for family in _families(texts, days, threshold)
        for each, of, share in _tree(family, texts, days)
        for document in [told[each]]
    }
    again = (
        Duplicate(name=document.name, document_id=document.id, of=document.id, similarity=1.0)
        if first[document.id] != place
        else found.get(document.id)
        for place, document in enumerate(documents)
    )
    return tuple(filter(None, again))


def runs(text: str) -> Any:
    """The runs of words of a text as numbers of 64 bits, in order, each once."""
    return _runs(text).distinct


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of five words of one text, as hashes."""

    in_order: Any  # uint64, as they stand
    distinct: Any  # the same sorted, each once


@lru_cache(maxsize=1 << 17)
def _of_word(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _runs(text: str) -> _Runs:
    words = np.fromiter((_of_word(word) for word in _WORD.findall(text.casefold())), np.uint64)
    found = np.zeros(max(0, len(words) - RUN + 1), np.uint64)
    for step in range(RUN):
        found = found * _FACTOR + words[step : step + len(found)]
    found ^= found >> np.uint64(29)  # so that the low bits, by which runs are left out, hang on every word
    return _Runs(found, np.unique(found))


def _days(documents: Sequence[Document]) -> list[str]:
    """The dates, as texts that sort; those of undated documents as late as what came in before them."""
    days: list[str] = []
    latest = ""
    for document in documents:
        days.append(document.published.text if document.published else latest)
        latest = max(latest, days[-1])
    return days


def _families(texts: Sequence[_Runs], days: Sequence[str], threshold: float) -> Iterator[list[int]]:
    """The documents joined by copies, two or more, each in order of date."""
    pairs = _pairs(texts, days)
    up = list(range(len(texts)))
    _join(up, texts, pairs, max(threshold, ALIKE))
    own = _without_standing(texts, [_root(up, each) for each in range(len(texts))])
    up = list(range(len(texts)))
    _join(up, own, pairs, threshold)
    members: dict[int, list[int]] = {}
    for each in sorted(range(len(texts)), key=lambda each: (days[each], each)):
        members.setdefault(_root(up, each), []).append(each)
    yield from (family for family in members.values() if len(family) > 1)


def _join(up: list[int], texts: Sequence[_Runs], pairs: Any, threshold: float) -> None:
    for a, b in _likely(texts, pairs, threshold):
        one, other = _root(up, a), _root(up, b)
        if one != other and _share(texts[a], texts[b]) >= threshold:
            up[max(one, other)] = min(one, other)


def _likely(texts: Sequence[_Runs], pairs: Any, threshold: float) -> Iterator[tuple[int, int]]:
    """The pairs whose `_share` may reach the threshold, found many at once.

    Each run of the longer text leaves a mark; a run of the shorter without one is not in the longer. Other runs may
    have left it, so that a share is taken for too large at times, never for too small.
    Source: Bloom (1970), here with one hash.
    """
    sizes = np.array([len(text.in_order) for text in texts], np.int64)
    first = sizes[pairs[:, 0]] <= sizes[pairs[:, 1]]
    short, long = np.where(first, pairs.T, pairs.T[::-1])
    order = np.argsort(short, kind="stable")
    short, long, pairs = short[order], long[order], pairs[order]
    marked, at_mark = np.unique(long, return_inverse=True)
    marks = _marks([texts[each] for each in marked.tolist()])
    for begin, end in zip(*_spans(short), strict=True):
        runs = texts[short[begin]].in_order
        if not len(runs):
            continue
        runs = np.pad(runs, (0, -len(runs) % BLOCK), mode="edge").reshape(-1, BLOCK).T  # blocks as columns
        place = (runs % np.uint64(MARKS) >> np.uint64(3)).astype(np.int64)
        bit = np.uint8(1) << (runs % np.uint64(8)).astype(np.uint8)
        step = max(1, AT_ONCE // runs.size)
        for at in range(begin, end, step):
            among = slice(at, min(end, at + step))
            held = (marks[at_mark[among, None, None], place] & bit).any(axis=1).sum(axis=1)
            likely = (held >= FEWEST) & (held / runs.shape[1] >= threshold)
            yield from map(tuple, pairs[among][likely].tolist())


def _marks(texts: Sequence[_Runs]) -> Any:
    """(n, MARKS / 8) uint8."""
    marks = np.zeros((len(texts), MARKS // 8), np.uint8)
    for row, text in zip(marks, texts, strict=True):
        held = np.zeros(MARKS, np.bool_)
        held[text.distinct % np.uint64(MARKS)] = True
        row[:] = np.packbits(held, bitorder="little")
    return marks


def _spans(numbers: Any) -> tuple[list[int], list[int]]:
    """Where each number of a sorted array begins and ends."""
    begins = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]][: len(numbers)])
    return begins.tolist(), np.r_[begins[1:], len(numbers)][: len(begins)].tolist()


def _without_standing(texts: Sequence[_Runs], family: Sequence[int]) -> list[_Runs]:
    """The texts without the runs that many families have."""
    runs = np.concatenate([*(text.distinct for text in texts), np.zeros(0, np.uint64)])
    owner = np.repeat(np.array(family, np.int64), [len(text.distinct) for text in texts])
    sequence = np.lexsort((owner, runs))
    runs, owner = runs[sequence], owner[sequence]
    new_run = np.r_[True, runs[1:] != runs[:-1]][: len(runs)]
    new_family = new_run | np.r_[True, owner[1:] != owner[:-1]][: len(runs)]
    starts = np.flatnonzero(new_run)
    families = np.add.reduceat(new_family, starts, dtype=np.int64) if len(starts) else starts
    standing = runs[starts][families >= STANDING]
    if not len(standing):
        return list(texts)
    return [
        _Runs(text.in_order[~_held(text.in_order, standing)], text.distinct[~_held(text.distinct, standing)])
        for text in texts
    ]


def _root(up: list[int], at: int) -> int:
    while up[at] != at:
        up[at] = up[up[at]]
        at = up[at]
    return at


def _pairs(texts: Sequence[_Runs], days: Sequence[str]) -> Any:
    """(pairs, 2): documents with runs in common; found through the runs, not by trying all pairs.

    Of the documents that have one run each is paired with the earliest and with those just before it, so that what
    stands in thousands of documents makes thousands of pairs and not millions.
    """
    total = sum(len(text.distinct) for text in texts)
    every = np.uint64(1 << (total // READ).bit_length())
    kept = [text.distinct[text.distinct % every == 0] for text in texts]
    ranks = np.empty(len(texts), np.int64)
    by_rank = np.array(sorted(range(len(texts)), key=lambda each: (days[each], each)), np.int64)
    ranks[by_rank] = np.arange(len(texts))
    runs = np.concatenate([*kept, np.zeros(0, np.uint64)])
    owner = np.repeat(ranks, [len(each) for each in kept])
    sequence = np.lexsort((owner, runs))
    runs, owner = runs[sequence], owner[sequence]
    starts = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]][: len(runs)])
    begin = np.repeat(starts, np.diff(np.r_[starts, len(runs)]))  # of each, where the group of its run begins
    at = np.arange(len(runs))
    codes = [np.zeros(0, np.int64)]
    for step in range(1, NEAR + 1):
        before = at - step
        held = before >= begin
        codes.append(owner[at[held]] * len(texts) + owner[before[held]])
        early = begin + step - 1
        held = early < at - NEAR
        codes.append(owner[at[held]] * len(texts) + owner[early[held]])
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    pairs = pairs[counts >= max(1, FEWEST // int(every))]
    return np.stack((by_rank[pairs // max(len(texts), 1)], by_rank[pairs % max(len(texts), 1)]), axis=1)


def _share(a: _Runs, b: _Runs) -> float:
    """Share of the blocks of the shorter that have a run in common with the longer; 0 where these are too few."""
    short, long = (a, b) if len(a.in_order) <= len(b.in_order) else (b, a)
    if not len(short.in_order):
        return 0.0
    shared = _held(short.in_order, long.distinct)
    blocks = np.add.reduceat(shared, np.arange(0, len(shared), BLOCK), dtype=np.int64) > 0
    common = int(blocks.sum())
    return common / len(blocks) if common >= FEWEST else 0.0


def _held(runs: Any, among: Any) -> Any:
    """Of each run whether it is among sorted others."""
    places = np.searchsorted(among, runs)
    places[places == len(among)] = 0
    return among[places] == runs


def _tree(family: Sequence[int], texts: Sequence[_Runs], days: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Each copy of a family, what it was copied from and the share: of all trees nearly the one that adds least."""
    added = _added(family, texts)
    day_numbers = np.unique(np.array([days[each] for each in family]), return_inverse=True)[1]
    first = _first(added, np.array([len(texts[each].distinct) for each in family]), day_numbers)
    price = np.where(day_numbers[:, None] < day_numbers[None, :], np.inf, added)  # of a row copied from a column
    np.fill_diagonal(price, np.inf)
    price[:, first] -= FIRST
    price[first] = np.inf
    of = price.argmin(axis=1)
    of[first] = first
    while ring := _ring(of, first):
        outside = price[ring].copy()
        outside[:, ring] = np.inf
        step = int(np.argmin(outside.min(axis=1) - price[ring, of[ring]]))
        price[ring[step], ring] = np.inf  # who costs least to lay to another than those it goes round with
        of[ring[step]] = outside[step].argmin()
    for copy, source in enumerate(of.tolist()):
        if copy != first:
            yield family[copy], family[source], _share(texts[family[copy]], texts[family[source]])


def _first(added: Any, sizes: Any, day_numbers: Any) -> int:
    """The one of the earliest date from which the family takes the fewest runs to tell: its own, and what others add.

    What others leave out of it counts a little, so that a paragraph which it alone has speaks against it.
    """
    earliest = np.flatnonzero(day_numbers == day_numbers.min())
    own = sizes[earliest] * min(1.0, len(sizes) / FEW)
    told = own + added[:, earliest].sum(axis=0) + LEFT_OUT * added[earliest].sum(axis=1)
    return int(earliest[np.argmin(told)])


def _ring(of: Any, first: int) -> list[int]:
    """Documents of one day that would each be copied from the next; empty where there are none."""
    state = np.zeros(len(of), np.int8)  # 1: on the way now; 2: leads to the first
    state[first] = 2
    for start in range(len(of)):
        way = []
        at = start
        while state[at] == 0:
            state[at] = 1
            way.append(at)
            at = int(of[at])
        if state[at] == 1:
            return way[way.index(at) :]
        state[way] = 2
    return []


def _added(family: Sequence[int], texts: Sequence[_Runs]) -> Any:
    """(n, n) float32: how many runs a document (row) has that another (column) has not."""
    distinct = np.unique(np.concatenate([texts[each].distinct for each in family]))
    every = np.uint64(1 << (len(distinct) * len(family) // CELLS).bit_length())
    distinct = distinct[distinct % every == 0] if every > 1 else distinct
    has = np.stack([_held(distinct, texts[each].distinct) for each in family]).astype(np.float32)
    return has.sum(axis=1, keepdims=True) - has @ has.T
