"""The peer: documents that share enough identical sentences are one family; a copy is of the one that shares most."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from winset.corpus.types import Document
from winset.ids import DocumentId

COMMON = 100  # documents of one sentence above which it tells nothing
SHARES = (0.2, 0.25, 0.3)  # of the shorter's sentences; the best of them is told
_SENTENCE_END = re.compile(r"(?<=\.)\s+|\n+")


def by_sentences(documents: Sequence[Document], *, share: float) -> dict[DocumentId, DocumentId]:
    """What each copy is a copy of."""
    ordered = sorted(documents, key=lambda one: (one.published.text if one.published else "", one.name))
    own = [set(filter(None, _SENTENCE_END.split(document.text))) for document in ordered]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, sentences in enumerate(own):
        for sentence in sorted(sentences):
            holders[sentence].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if len(numbers) <= COMMON:
            shared.update((later, earlier) for at, later in enumerate(numbers) for earlier in numbers[:at])
    best: dict[int, tuple[int, int]] = {}
    for (later, earlier), count in shared.items():
        if count >= share * min(len(own[later]), len(own[earlier])):
            best[later] = max(best.get(later, (0, 0)), (count, -earlier))
    return {ordered[later].id: ordered[-earlier].id for later, (_, earlier) in best.items()}
