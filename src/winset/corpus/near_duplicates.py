"""Which documents carry the same text, or nearly.

Candidates come from MinHash and banded LSH by rensa; each is then checked by the exact Jaccard similarity, so
nothing is reported that is not so. rensa stands in for datasketch because datasketch brings scipy, 143 MB, with
which the base install would be over its limit of 400 MB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from winset.corpus.types import Document, Duplicate
from winset.ids import DocumentId, on_unit_scale

WORDS = 5  # of a shingle
PERMUTATIONS = 128
SEED = 20  # of the permutations: any, but always the same
MISSED = 0.001  # chance of missing a pair that stands exactly at the threshold

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")  # Han and kana write no spaces

Shingles = frozenset[str]


def near_duplicates(documents: Sequence[Document], *, threshold: float = 0.7) -> tuple[Duplicate, ...]:
    """Each document that is, or nearly is, one before it, in the order of `documents`.

    `of` is the first document whose text is identical (then it equals `document_id`, similarity 1.0), else the
    first whose similarity reaches `threshold`. Upper case and punctuation make no difference.
    threshold: Jaccard similarity of the sets of word 5-shingles, 0-1.
    Raises OffScale. Cost: linear in the text, plus the candidate pairs.
    Source: Broder (1997) for resemblance by shingles; Leskovec, Rajaraman and Ullman (2014, ch. 3) for the bands.
    """
    from rensa import RMinHash, RMinHashLSH

    on_unit_scale(threshold, "threshold of near_duplicates")
    index = RMinHashLSH(threshold, PERMUTATIONS, _bands(threshold))
    first_place: dict[DocumentId, int] = {}
    kept: list[tuple[DocumentId, Shingles]] = []  # each distinct text once, at its place in the index
    found = []
    for document in documents:
        if document.id in first_place:
            found.append(_duplicate(document, of=document.id, similarity=1.0))
            continue
        words = shingles(document.text)
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(sorted(words))
        candidates = sorted(index.query(sketch)) if words else []
        close = ((kept[place][0], jaccard(words, kept[place][1])) for place in candidates)
        near = next(((of, similarity) for of, similarity in close if similarity >= threshold), None)
        if near:
            found.append(_duplicate(document, of=near[0], similarity=near[1]))
        first_place[document.id] = len(kept)
        kept.append((document.id, words))
        if words:
            index.insert(first_place[document.id], sketch)
    return tuple(found)


def shingles(text: str) -> Shingles:
    """The text's runs of five words, without regard to case; a shorter text is one run.

    >>> sorted(shingles("One two three, four five SIX"))
    ['one two three four five', 'two three four five six']
    """
    words = _WORD.findall(text.casefold())
    runs = [words[start : start + WORDS] for start in range(max(1, len(words) - WORDS + 1))]
    return frozenset(" ".join(run) for run in runs if run)


def jaccard(a: Shingles, b: Shingles) -> float:
    """Share of the shingles of either that both have, 0-1.

    >>> jaccard(frozenset("ab"), frozenset("bc"))
    0.3333333333333333
    """
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if a or b else 1.0


def _bands(threshold: float) -> int:
    """The fewest bands of equal height that still find a pair at the threshold, but for a chance of MISSED.

    Two sketches agree in a band of r rows with probability s^r, and in none of b bands with (1 - s^r)^b.
    """
    heights = [rows for rows in (32, 16, 8, 4, 2) if (1 - threshold**rows) ** (PERMUTATIONS // rows) <= MISSED]
    return PERMUTATIONS // (heights[0] if heights else 1)


def _duplicate(document: Document, *, of: DocumentId, similarity: float) -> Duplicate:
    return Duplicate(name=document.name, document_id=document.id, of=of, similarity=similarity)
