"""Several attributors, one statement: which proposal stands where two speak of the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from winset.statements.types import Form, Proposal

CELL = 512  # characters; neighbours are looked up by cell so that long documents stay linear
SAME = 0.5  # Jaccard of content characters from which two proposals are one statement
# Whose words stand: the record's own form, then what was learned from coded text, then the rules of grammar.
# On held-out news the network's spans are right more often than the rules' wherever both find a statement.
BEFORE = {"speaker-labels": 0, "negotiation-reports": 0, "trained-model": 1, "language-model": 1}
NETWORKS, RULES = 1, 2
IN_VAIN = "reporting-verbs"  # right one time in four where the network reads nothing, but for attitudes
DOUBT_LEFT = 0.6  # share of the doubt that stays when a rule finds what the network found
LEAST = 0.3  # confidence below which what only the network proposes is wrong twice as often as right

Spans = Sequence[tuple[int, int]]


def settled(proposed: Sequence[tuple[Proposal, str]]) -> list[tuple[Proposal, str]]:
    """One proposal for each statement, without those that another one's content already holds.

    Where two propose the same, the one whose method comes first in BEFORE stands, then the surer one. Where a
    network has read the text, a rule's proposal that shares words with what it read otherwise goes, and so does a
    clause in which it read nothing, unless either is a named actor's attitude.
    What stands inside another's content is kept only where it names its own source and attitude ("she said
    Riga opposes it") or where the outer source is but a report ("according to").  Cost: linear in the number
    of proposals, as each is compared with its neighbours in the text alone.
    """
    rank = [BEFORE.get(coder.partition(" ")[0], RULES) for _, coder in proposed]  # "language-model (MODEL)"
    coders = [coder for _, coder in proposed]
    attitude = [_attitude(candidate, coder) for candidate, coder in proposed]
    order = sorted(range(len(proposed)), key=lambda index: (rank[index], -proposed[index][0].confidence, index))
    kept: dict[int, Proposal] = {}
    confirmed: set[int] = set()
    speaker: dict[int, Proposal] = {}  # of what nobody was named for at first
    cells: dict[int, list[int]] = {}
    for index in order:
        candidate = proposed[index][0]
        places = range(candidate.start // CELL, candidate.end // CELL + 1)
        near = {other for cell in places for other in cells.get(cell, ())}
        twins = {other for other in near if _same(candidate, kept[other])}
        if twins:
            confirmed |= {other for other in twins if rank[other] < rank[index]}
            for other in twins:
                if kept[other].source is None and candidate.source is not None:
                    speaker.setdefault(other, candidate)
            continue
        if rank[index] == RULES and not attitude[index] and _contradicted(candidate, near, kept, rank):
            continue
        kept[index] = candidate
        for cell in places:
            cells.setdefault(cell, []).append(index)
    outer = {index for index in kept if coders[index] != "according-to"}
    gone = {
        index
        for index, candidate in kept.items()
        for other in cells[candidate.start // CELL]
        if other in outer and other != index and _within(candidate, kept[other])
        if not (attitude[index] and candidate.form is Form.ACT)
    }
    read = NETWORKS in rank
    gone |= {
        index
        for index, candidate in kept.items()
        if (coders[index] == "trained-model" and index not in confirmed and candidate.confidence < LEAST)
        or (read and coders[index] == IN_VAIN and not attitude[index])
    }
    for index, found in speaker.items():
        kept[index] = replace(kept[index], source=found.source, names=found.names)
    return [
        (_surer(kept[index]) if index in confirmed else kept[index], coders[index])
        for index in sorted(kept)
        if index not in gone
    ]


def _surer(found: Proposal) -> Proposal:
    return replace(found, confidence=round(1 - DOUBT_LEFT * (1 - found.confidence), 3))


def _contradicted(candidate: Proposal, near: set[int], kept: dict[int, Proposal], rank: Sequence[int]) -> bool:
    return any(rank[other] < RULES and _overlap(candidate.contents, kept[other].contents) for other in near)


def _attitude(found: Proposal, coder: str) -> bool:
    """Whether it is a named actor's attitude, in a verb ("opposes") or in a noun or adjective with its object."""
    return found.names and (found.form is Form.ACT or (coder == "attitudes" and bool(found.contents)))


def _overlap(one: Spans, other: Spans) -> int:
    shared = 0
    for start, end in one:
        for low, high in other:
            if start < high and low < end:
                shared += max(0, min(end, high) - max(start, low))
    return shared


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _same(one: Proposal, other: Proposal) -> bool:
    """One cue, or contents that are mostly the same words with sources that do not contradict."""
    if one.source and other.source and not _overlap([one.source], [other.source]):
        return False  # one thing, two that say it: "Oslo and Riga object"; "drew criticism from Oslo"
    if one.cue and other.cue and _overlap([one.cue], [other.cue]):
        return True
    if one.cue and other.cue and not (one.source and other.source):
        return False  # of what nobody is named for, another cue is another attribution
    if not one.contents or not other.contents:
        return False
    shared = _overlap(one.contents, other.contents)
    return shared >= SAME * (_length(one.contents) + _length(other.contents) - shared)


def _within(inner: Proposal, outer: Proposal) -> bool:
    return inner.cue is not None and bool(_overlap([inner.cue], outer.contents))
