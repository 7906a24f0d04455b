"""The trained model: a small network reads each sentence in its paragraph and links who, how and what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from winset.corpus.types import Document
from winset.registry import method
from winset.statements.phrases import conjuncts
from winset.statements.sentences import STATING
from winset.statements.tokens import tokens
from winset.statements.types import Proposal, Segment

_NO_SUBJECT = re.compile(r"(?:to\s|\w+ing\b)", re.IGNORECASE)
THREADS = 2  # windows read at once; the result is the same for every number


@method("trained-model", source="Newell2018")
def trained_model(document: Document, segments: Sequence[Segment]) -> Iterator[Proposal]:
    """Direct, mixed and indirect speech, beliefs and intentions, as a network trained on coded news reads them.

    Its weights come with the package (docs/reference/model-card.md); nothing is downloaded.
    """
    from winset.statements.tagging.reading import proposals
    from winset.statements.tagging.tagger import tagger

    ends = [end for segment in segments for _, end in segment.sentences]
    before: Proposal | None = None
    for read in proposals(document.text, segments, tagger(), kinds=STATING, threads=THREADS):
        found = _with_subject(document.text, read, before, ends)
        before = found if found.source else before
        yield from _apart(document.text, found)


def _with_subject(text: str, found: Proposal, before: Proposal | None, ends: Sequence[int]) -> Proposal:
    """A participle or infinitive alone has the subject of the clause before: "Oslo objected, going on to say"."""
    if found.source or before is None or found.cue is None or before.cue is None:
        return found
    bare = _NO_SUBJECT.match(text, *found.cue) or text[max(0, found.cue[0] - 3) : found.cue[0]] == "to "
    same_sentence = bisect_right(ends, before.cue[0]) == bisect_right(ends, found.cue[0])
    return replace(found, source=before.source, names=before.names) if bare and same_sentence else found


def _apart(text: str, found: Proposal) -> Iterator[Proposal]:
    """One proposal for each source of a list: what two say together, each says."""
    words = tokens(text, *found.source, ()) if found.source else []
    if not words:
        yield found
        return
    for first, end in conjuncts(words, (0, len(words))):
        yield replace(found, source=(words[first].start, words[end - 1].end))
