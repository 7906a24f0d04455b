"""The brief in sentences, each with words behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from winset.brief.claims import claims
from winset.ids import EvidenceId, StatementId
from winset.mcp import models, statement_values, untrusted
from winset.mcp.answered import Answered

if TYPE_CHECKING:
    from winset.brief.types import Claim
    from winset.mcp.cases import ServedCase, View
    from winset.mcp.citing import Cites

CLAIMS = 20  # of one answer
EVIDENCE = 2  # statements behind each
IDS = 10
LONGEST = 1_200  # characters of a sentence


def brief(case: ServedCase, given: models.AskingBrief) -> Answered:
    """One section of it."""
    view = case.view()
    cites = case.cites(view)
    section = next(each for each in claims(view.index.brief) if each.key == given.section)
    told = [_claim(each, view, cites) for each in section.claims[:CLAIMS]]
    value = models.Brief(
        case=case.name, version=view.version, documents=cites.documents, title=section.title, claims=told
    )
    left = len(section.claims) - len(told)
    head = f"{section.title}: {len(told)} sentences{f', {left} more are left out' if left else ''}."
    return Answered(head=head, lines=(*_lines(told, cites), *cites.lines()), value=value)


def _claim(claim: Claim, view: View, cites: Cites) -> models.Claim:
    ids = [StatementId(EvidenceId(id)) for id in claim.cites]
    behind = [view.evidence[id] for id in ids if id in view.evidence]
    return models.Claim(
        text=untrusted.shown(claim.text, at_most=LONGEST),
        kind=claim.kind.value,
        caveat=untrusted.shown(claim.caveat, at_most=LONGEST),
        evidence=[statement_values.of_evidence(each, cites, view) for each in behind[:EVIDENCE]],
        evidence_ids=[each.statement.id for each in behind[:IDS]],
    )


def _lines(told: list[models.Claim], cites: Cites) -> Iterator[str]:
    for number, each in enumerate(told, start=1):
        caveat = f" ({each.caveat})" if each.caveat else ""
        yield f"{number}. {each.text}{caveat} [{each.kind}]"
        for said in each.evidence:
            yield from statement_values.lines(said, cites, lead="  - ")
