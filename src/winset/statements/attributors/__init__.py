"""The attributors: each proposes who said what, one verifier checks every span."""

from collections.abc import Iterator

from winset.registry import Family
from winset.statements.attributors.according_to import according_to
from winset.statements.attributors.attitudes import attitudes
from winset.statements.attributors.language_model import language_model
from winset.statements.attributors.negotiation_reports import negotiation_reports
from winset.statements.attributors.quotation_marks import quotation_marks
from winset.statements.attributors.reporting_verbs import reporting_verbs
from winset.statements.attributors.speaker_labels import speaker_labels
from winset.statements.attributors.trained_model import trained_model
from winset.statements.types import Proposal

ATTRIBUTORS: Family[..., Iterator[Proposal]] = Family(  # document and segments, and what the method needs
    "attributor",
    [
        trained_model,
        quotation_marks,
        reporting_verbs,
        according_to,
        attitudes,
        speaker_labels,
        negotiation_reports,
        language_model,
    ],
)
