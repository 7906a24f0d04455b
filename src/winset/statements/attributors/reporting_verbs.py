"""Reporting verbs and attitudes in clauses: indirect and mixed speech, and acts such as "opposes"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.corpus.types import Document
from winset.registry import method
from winset.statements.clauses import attributions
from winset.statements.proposals import proposal
from winset.statements.sentences import units
from winset.statements.types import Proposal, Segment


@method("reporting-verbs", source="Pareti2016")
def reporting_verbs(document: Document, segments: Sequence[Segment]) -> Iterator[Proposal]:
    """Every clause of SOURCE, attributing verb and CONTENT, whatever part of it is quoted."""
    for unit in units(document, segments):
        for found in attributions(unit):
            yield proposal(unit, found)
