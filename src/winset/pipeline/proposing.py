"""What the documents alone say is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.pipeline.material import Material, near

if TYPE_CHECKING:
    from winset.positions.proposing.types import Agenda

PROPOSER = "asked-for"


def proposed_agenda(material: Material, *, body: str | None = None, top: int = 5) -> Agenda | None:
    """What the documents alone say is to be decided, for a person to accept; None where nothing is asked for.

    body: key of the one that decides, where it is known.  top: issues to list.
    """
    from winset.actors.registry import registry
    from winset.positions.proposing import PROPOSERS
    from winset.sourcing.tracing.origins import publisher
    from winset.statements.segmentation import segments

    documents = material.documents
    first = {row.document_id: row.of for row in near(documents)}
    origin_of = {each.id: publisher(each) or first.get(each.id, each.id) for each in documents}
    return PROPOSERS[PROPOSER](
        documents,
        {document.id: segments(document.text) for document in documents},
        tuple(statement for coding in material.codings for statement in coding.statements),
        origin_of=origin_of,
        known=registry(material.additions),
        body=body,
        top=top,
    )
