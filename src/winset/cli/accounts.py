"""What `winset sources`, `discrepancies` and `timeline` have in common: documents in, what they rest on out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from winset.cli import inputs
from winset.cli.messages import BAD_INPUT, FINE, one_line
from winset.cli.reading import read

if TYPE_CHECKING:
    from winset.corpus.types import Anchor
    from winset.ids import DocumentId
    from winset.pipeline.material import Material
    from winset.sourcing.account import Account

EXCERPT = 110  # characters of a passage on a terminal; --json has all


@dataclass(frozen=True, kw_only=True)  # no slots: what is looked up often is kept
class Read:
    """The documents of a call, and what they rest on."""

    asked: inputs.Request
    material: Material
    account: Account

    @cached_property
    def _texts(self) -> dict[DocumentId, str]:
        return {document.id: document.text for document in self.material.documents}

    @cached_property
    def names(self) -> dict[DocumentId, str]:
        """What each document is called on a terminal: the file's name, or the address."""
        from winset.exchange.statement_lines import document_label

        return {document.id: document_label(document.name) for document in self.material.documents}

    def quoted(self, words: Anchor) -> str:
        """Words of a document as a terminal shows them: without the brackets and addresses of Markdown links."""
        from winset.brief.wording import without_links

        return excerpt(without_links(self._texts[words.document_id], *words.span))

    @property
    def status(self) -> int:
        """How the command ends: documents of a kept case that could not be read were told when they were added."""
        return FINE if self.asked.kept or not self.material.rejected else BAD_INPUT

    def values(self, values: dict[str, Any]) -> dict[str, Any]:
        """The same with the proposal, and what could not be read."""
        rejected = () if self.asked.kept else self.material.rejected
        return {
            "proposal": self.asked.spec.issue.proposal if self.asked.spec else None,
            **values,
            "rejected": [{"name": each.name, "reason": each.reason} for each in rejected],
        }


def account_of(
    documents: list[str],
    stated: inputs.Stated,
    *,
    registries: Sequence[str] | None,
    attributor: list[str] | None,
    may_lack_proposal: bool = True,
) -> Read:
    """What the documents rest on.

    Raises BadCase where a proposal must not be lacking and is, and what `inputs.request` and `reading.read` raise.
    """
    from winset.pipeline.material import accounted

    asked = inputs.request(documents, stated, may_lack_proposal=may_lack_proposal, registries=registries)
    if not may_lack_proposal:
        asked.case  # noqa: B018 - refuses a case file that states none
    material = read(asked, attributor=inputs.names(attributor), some=True)
    return Read(asked=asked, material=material, account=accounted(asked.spec, material))


def excerpt(words: str, *, to: int = EXCERPT) -> str:
    """Words of a document on one line, in quotation marks, cut between words.

    >>> excerpt("one two three", to=9)
    '“one two …”'
    """
    line = one_line(" ".join(words.split()))
    return f"“{line}”" if len(line) <= to else f"“{line[: to - 1].rsplit(' ', 1)[0]} …”"
