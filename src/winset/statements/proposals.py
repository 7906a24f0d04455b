"""Token ranges of an attribution, and the proposal of character spans that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from winset.statements.cue_groups import CueGroup
from winset.statements.lexicon import cues
from winset.statements.phrases import HEDGES, HEDGING_PARTICIPLES, PRONOUNS, conjuncts
from winset.statements.quotations import Quotation, covered
from winset.statements.sentences import Unit
from winset.statements.tokens import Token
from winset.statements.types import Form, Proposal

OWNED = frozenset({"his", "her", "its", "their", "our", "my", "those", "these", "both", "all"})
Span: TypeAlias = tuple[int, int]  # half-open, characters
ATTITUDES = frozenset({"judge", "want"})  # kinds of cue that say for or against by themselves


@dataclass(frozen=True, slots=True)
class Attribution:
    """Token ranges found in one unit, before they become character spans."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]
    group: CueGroup | None
    confidence: float
    hedged: bool = False  # beside what the group says
    attitude: bool = False  # likewise


def apart(words: Sequence[Token], found: Attribution) -> Iterator[Attribution]:
    """One attribution for each source of a list: what two say together, each says."""
    if found.source is None:
        yield found
        return
    for source in conjuncts(words, found.source):
        yield replace(found, source=source)


def proposal(unit: Unit, found: Attribution) -> Proposal:
    """The attribution as character spans; its form follows from how much of it is quoted."""
    words = unit.words

    def span(part: tuple[int, int]) -> tuple[int, int]:
        return words[part[0]].start, words[part[1] - 1].end

    contents = tuple(unquoted(span(part), unit.marks) for part in found.contents)
    group = found.group
    attitude = found.attitude or (group is not None and bool(group.cue.kinds & ATTITUDES))
    return Proposal(
        source=span(found.source) if found.source else None,
        cue=span(found.cue),
        contents=contents,
        form=form_of(quoted_share(contents, unit.marks), attitude=attitude),
        hedged=found.hedged or (group is not None and group.hedged),
        confidence=round(max(0.05, found.confidence), 2),
        names=found.source is not None and names_somebody(words[found.source[0]].lower),
    )


def unquoted(span: Span, marks: Sequence[Quotation]) -> Span:
    """A content that is one quotation, with one of its marks or both, is the words inside them."""
    for mark in marks:
        if span in ((mark.start, mark.end), (mark.start, mark.inner_end), (mark.inner_start, mark.end)):
            return mark.inner_start, mark.inner_end
    return span


def quoted_share(contents: Sequence[Span], marks: Sequence[Quotation]) -> float:
    """Share of the contents' characters that stands inside quotation marks, 0-1."""
    total = sum(end - start for start, end in contents) or 1
    return sum(covered(start, end, marks) * (end - start) for start, end in contents) / total


def names_somebody(first_word: str) -> bool:
    """Whether a source that begins with this word, in lower case, is a name or role: not "he", not "its members"."""
    return first_word not in PRONOUNS | OWNED


def is_attitude(cue: Sequence[str]) -> bool:
    """Whether one of a cue's words, in lower case, says for or against by itself."""
    forms = (form for word in cue for form in cues().get(word, ()))
    return any(form.kinds & ATTITUDES and set(form.particles) <= set(cue) for form in forms)


def is_hedged(cue: Sequence[str]) -> bool:
    """Whether a cue's words, in lower case, leave it open: "reportedly"; or others hold it so: "is understood to"."""
    held = any(word in HEDGING_PARTICIPLES and after == "to" for word, after in pairwise(cue))
    return held or any(word in HEDGES for word in cue)


def form_of(quoted: float, *, attitude: bool) -> Form:
    """Direct from 80% quoted, as PolNeAR's scorer counts; an attitude with nothing quoted is an act."""
    if quoted >= 0.8:  # noqa: PLR2004
        return Form.DIRECT
    if quoted > 0:
        return Form.MIXED
    return Form.ACT if attitude else Form.INDIRECT
