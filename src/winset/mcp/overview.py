"""What a case is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.mcp import models, untrusted
from winset.mcp.answered import Answered
from winset.pipeline.seats import body_of, seats_of

if TYPE_CHECKING:
    from winset.mcp.cases import ServedCase


def overview(case: ServedCase, _given: models.Nothing) -> Answered:
    """The question, the body, the rule, the scale, and how much there is."""
    view, counts = case.view(), case.store.counts()
    issue = view.spec.issue
    value = models.Overview(
        case=case.name,
        version=view.version,
        documents=[],
        proposal=untrusted.shown(issue.proposal, at_most=untrusted.LINE),
        body=untrusted.shown(body_of(view.spec, view.additions).name, at_most=untrusted.NAME),
        rule=untrusted.shown(issue.rule, at_most=untrusted.NAME),
        on=issue.on.text,
        status_quo=issue.status_quo,
        proposal_value=issue.proposal_value,
        options=[f"{untrusted.shown(each.label, at_most=untrusted.NAME)} = {each.value:g}" for each in issue.options],
        members=len(seats_of(view.spec, view.additions)),
        documents_total=counts["document"],
        statements_total=counts["statement"],
        large=view.large,
        writes=case.by is not None,
    )
    scale = f"status quo {value.status_quo:g}, proposal {value.proposal_value:g}"
    size = f"{value.documents_total:,} documents, {value.statements_total:,} statements, {value.members} members"
    lines = [
        f"Case {value.case}: {value.proposal}",
        f"Decided by {value.body} on {value.on}, rule {value.rule}. Scale 0-100: {scale}.",
        *(f"Option {each}" for each in value.options),
    ]
    large = " It is too large to be worked out whole: no brief, discrepancies or timeline." if value.large else ""
    return Answered(head=f"{size}; version {value.version}.{large}", lines=tuple(lines), value=value)
