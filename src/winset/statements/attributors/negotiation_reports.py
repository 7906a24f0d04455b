"""Negotiation reports: "X, supported by Y and opposed by Z, proposed ...": a statement of each, with its own stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.corpus.types import Document
from winset.registry import method
from winset.statements.negotiation.parsing import propositions
from winset.statements.negotiation.types import Polarity, Proposition, Role
from winset.statements.proposals import form_of, quoted_share, unquoted
from winset.statements.sentences import Unit, units
from winset.statements.types import Proposal, Segment

FEWEST = 3  # sentences with "supported by" and its kin before "with" and "for" are read so, too
STRONG, WEAK = 0.85, 0.75  # confidence
# no report of a negotiation is without one of these words; a text that has none costs one search
_JOINING = re.compile(
    r"\b(?:[Ss]upported|[Oo]pposed|seconded|echoed|contested|countered)\s+by\b|\b[Oo]n\s+behalf\s+of\b"
)

# without one of these a sentence names nobody beside or against those who speak; looked for before it is parsed
_BESIDE = re.compile(
    _JOINING.pattern
    + r"|[,)]\s+(?:(?:and|but|also)\s+)*(?:with|for|joined|together|along|alongside|backed|endorsed|speaking|challenged"
    r"|disputed|rejected|representing|including|particularly|especially|notably|in\s+particular)\b"
    r"|\A(?:With|Joined|Backed|Together)\b|[A-Z][\w)]*\s+(?:with|for)\s+(?:the\s+)?[A-Z]",
)


@method("negotiation-reports", source="RuizFabo2016")
def negotiation_reports(document: Document, segments: Sequence[Segment]) -> Iterator[Proposal]:
    """Each actor of a list with supporters, opponents or those it speaks for; its own statement each."""
    if _JOINING.search(document.text) is None:
        return
    read = [(unit, found) for unit in units(document, segments) if (found := _joint(unit))]
    record = sum(any(each.strong for each in found) for _, found in read) >= FEWEST
    for unit, found in read:
        for each in found:
            if record or each.strong:
                yield _proposal(unit, each)


def _joint(unit: Unit) -> tuple[Proposition, ...]:
    """The propositions of several who stand together or against each other; what one says alone is left to others."""
    if _BESIDE.search(unit.text) is None:
        return ()
    found = [each for each in propositions(unit.words) if each.point or each.polarity is not Polarity.REPORT]
    joint = {each.predicate for each in found if each.role is not Role.LEADING or each.spoken_for}
    return tuple(each for each in found if each.predicate in joint)


def _proposal(unit: Unit, found: Proposition) -> Proposal:
    contents = [unquoted(found.point, unit.marks)] if found.point else []
    if found.topic:
        contents.insert(0, found.topic)
    side = found.role is Role.OPPOSING or found.polarity is not Polarity.REPORT
    # who opposes those that are against is for it, which no words of the sentence say
    unsaid = found.role is Role.OPPOSING and found.polarity is Polarity.SUPPORT
    return Proposal(
        source=found.actor,
        cue=None if unsaid and contents else found.cue,
        contents=tuple(contents),
        form=form_of(quoted_share(contents, unit.marks), attitude=side),
        confidence=STRONG if found.strong else WEAK,
        names=True,
    )
