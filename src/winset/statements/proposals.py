"""Token ranges of an attribution, and the proposal of character spans that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from winset.statements.cue_groups import CueGroup
from winset.statements.phrases import PRONOUNS, conjuncts
from winset.statements.quotations import covered
from winset.statements.sentences import Unit
from winset.statements.tokens import Token
from winset.statements.types import Form, Proposal

OWNED = frozenset({"his", "her", "its", "their", "our", "my", "those", "these", "both", "all"})
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

    contents = tuple(_unquoted(unit, span(part)) for part in found.contents)
    total = sum(end - start for start, end in contents) or 1
    quoted = sum(covered(start, end, unit.marks) * (end - start) for start, end in contents) / total
    group = found.group
    return Proposal(
        source=span(found.source) if found.source else None,
        cue=span(found.cue),
        contents=contents,
        form=form_of(quoted, attitude=group is not None and bool(group.cue.kinds & ATTITUDES)),
        hedged=found.hedged or (group is not None and group.hedged),
        confidence=round(max(0.05, found.confidence), 2),
        names=found.source is not None and words[found.source[0]].lower not in PRONOUNS | OWNED,
    )


def _unquoted(unit: Unit, span: tuple[int, int]) -> tuple[int, int]:
    """A content that is one quotation is the words inside its marks."""
    for mark in unit.marks:
        if mark.start == span[0] and mark.end == span[1]:
            return mark.inner_start, mark.inner_end
    return span


def form_of(quoted: float, *, attitude: bool) -> Form:
    """Direct from 80% quoted, as PolNeAR's scorer counts; an attitude with nothing quoted is an act."""
    if quoted >= 0.8:  # noqa: PLR2004
        return Form.DIRECT
    if quoted > 0:
        return Form.MIXED
    return Form.ACT if attitude else Form.INDIRECT
