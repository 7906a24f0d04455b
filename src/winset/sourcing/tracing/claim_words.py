"""The words by which a claim is shown: one readable clause or quotation, of the telling that gives the cleanest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from winset.corpus.types import Anchor, anchor
from winset.sourcing.tracing.utterances import Utterance
from winset.statements.types import Form

_LONG = 45  # words of a telling that nobody reads in a list
_LEAST = 6  # words that a first sentence must have to stand alone
_READ = 1_500  # characters
_THAT = re.compile(r"[\s,:]*(?:that|how|whether)\s", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…][”’\"']?(?:\[\d{1,3}\])?\s+(?=[“‘\"']?[A-ZÀ-Þ])")
_SHORTENED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|vs|No|U\.S|U\.N)\.\Z")
_TAIL = re.compile(r"(?:\[\^?\d{1,4}\]|[\s,;:])+\Z")
_NEXT_VERB = re.compile(
    r",\s(?:while\s|also\s)?(?:stating|saying|adding|arguing|claiming|noting|warning|stressing|insisting|explaining)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|does|did)\b", re.I)
_LINK = re.compile(
    r"\b(?:and|but|or|that|which|who|whom|whose|because|as|if|when|while|where|what|than|though|although|so|until|since"
    r"|before|after|whether|how|why)\b|[,;:—–“”\"]",
    re.IGNORECASE,
)


def claim_words(rows: Sequence[Utterance]) -> Anchor:
    """The cleanest telling, of several the fullest, of these the first; cut to a clause or its first sentence.

    rows: tellings of one claim, one or more, in order.  Cost: linear in their words.
    """
    best = min(range(len(rows)), key=lambda number: (_faults(rows[number]), -len(rows[number].stems), number))
    return _cut(rows[best])


def _faults(row: Utterance) -> int:
    """How far a telling is from a clause that can be read alone."""
    if row.statement is None:
        return 0
    words = row.anchor.exact[:_READ]
    form = row.statement.form
    faults = 2 * (form is Form.ACT) + (len(row.stems) > _LONG)
    if form is not Form.DIRECT:
        sentences = [match for match in _SENTENCE.finditer(words) if not _SHORTENED.search(words[: match.start() + 1])]
        faults += 2 * bool(sentences) + 2 * (_NEXT_VERB.search(words) is not None) + 2 * _runs_on(words)
    return faults + 3 * (words.count("“") != words.count("”") or words.count('"') % 2 == 1) * (form is not Form.DIRECT)


def _runs_on(words: str) -> bool:
    """Whether two finite verbs follow each other with nothing between that joins two clauses."""
    found = list(_FINITE.finditer(words))
    return any(
        _LINK.search(words, one.end(), other.start()) is None and other.start() - one.end() > 1 + len("not been")
        for one, other in pairwise(found)
    )


def _cut(row: Utterance) -> Anchor:
    """From behind "that" to the end of the clause."""
    text, (start, end) = row.document.text, row.anchor.span
    if led := _THAT.match(text, start, end):
        start = led.end()
    for match in _SENTENCE.finditer(text, start, min(end, start + _READ)):
        stop = match.start() + len(match.group().rstrip())
        if len(text[start:stop].split()) >= _LEAST and not _SHORTENED.search(text, start, match.start() + 1):
            end = stop
            break
    if (row.statement is None or row.statement.form is not Form.DIRECT) and (
        more := _NEXT_VERB.search(text, start, end)
    ):
        end = more.start() if len(text[start : more.start()].split()) >= _LEAST else end
    if tail := _TAIL.search(text, max(start, end - 20), end):
        end = max(tail.start(), start + 1)
    return anchor(row.document, start, end)
