"""Documents with their coding: what a brief is made of, the copies among them, and all that they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from winset.ids import StatementId
from winset.issues import CaseSpec

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.actors.types import Identification
    from winset.corpus.types import Document, Duplicate, Rejected
    from winset.positions.types import Stance
    from winset.provenance import Run
    from winset.sourcing.account import Account
    from winset.sourcing.settling import Settlement
    from winset.sourcing.types import ReadDocument
    from winset.store.types import Coding


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Documents with their coding, in one order, and what could not be used: all that a brief is made of."""

    documents: tuple[Document, ...]
    codings: tuple[Coding, ...]
    rejected: tuple[Rejected, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()  # the same text under another name
    runs: tuple[Run, ...] = ()
    additions: tuple[Addition, ...] = ()  # the user's own registries, by which the sources were identified
    overruled: Mapping[StatementId, Identification] = field(default_factory=dict)  # the machine's, where a person spoke
    machine_stances: Mapping[StatementId, Stance] = field(default_factory=dict)  # the machine's, where people coded
    settled: Mapping[str, Settlement] = field(default_factory=dict)  # what people said of discrepancies, by their id


def copies(material: Material) -> tuple[Duplicate, ...]:
    """The documents that are, or nearly are, others of them."""
    return (*material.duplicates, *near(material.documents))


def near(documents: Sequence[Document]) -> tuple[Duplicate, ...]:
    """Those of the documents that nearly are others of them."""
    from winset.corpus.copies import copies

    return copies(documents) if len(documents) > 1 else ()


def as_read(material: Material) -> tuple[ReadDocument, ...]:
    """The documents with their coding, as `sourcing` takes them."""
    from winset.sourcing.types import ReadDocument
    from winset.statements.segmentation import segments

    return tuple(
        ReadDocument(
            document=document,
            segments=tuple(segments(document.text)),
            statements=coding.statements,
            identifications=coding.identifications,
        )
        for document, coding in zip(material.documents, material.codings, strict=True)
    )


def accounted(spec: CaseSpec | None, material: Material) -> Account:
    """All that the documents rest on; with a case, precedents of its proposal too."""
    from winset.sourcing.account import account

    proposal = spec.issue.proposal if spec else None
    return account(as_read(material), copies(material), proposal=proposal)
