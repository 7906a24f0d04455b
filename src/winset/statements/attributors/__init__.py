"""The attributors: each proposes who said what, one verifier checks every span."""

from winset.registry import Family
from winset.statements.attributors.according_to import according_to
from winset.statements.attributors.attitudes import attitudes
from winset.statements.attributors.quotation_marks import quotation_marks
from winset.statements.attributors.reporting_verbs import reporting_verbs
from winset.statements.attributors.speaker_labels import speaker_labels

ATTRIBUTORS = Family(
    "attributor",
    [
        quotation_marks,
        reporting_verbs,
        according_to,
        attitudes,
        speaker_labels,
    ],
)
