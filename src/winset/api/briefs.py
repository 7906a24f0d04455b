"""Brief: the answer in sentences that cite, to be read here or taken along."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winset.api.tables import Table
from winset.errors import CannotWrite

if TYPE_CHECKING:
    from winset.brief.types import Brief as Composed

FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
}
CLAIMS = {
    "section": "of the brief",
    "text": "a sentence",
    "kind": "quoted, estimated, modelled, assumed or recorded: how it is known",
    "caveat": "",
    "cites": "ids of statements, keys of the registry and of the bibliography",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Brief:
    """What `winset brief` writes."""

    held: Composed

    @property
    def answer(self) -> str:
        """The answer in sentences that can be read aloud."""
        from winset.brief.claims import claims

        return " ".join(claim.text for claim in claims(self.held)[0].claims[:2])

    @property
    def claims(self) -> Table:
        """Every sentence with what it cites."""
        from winset.brief.claims import claims

        rows = (
            {
                "section": section.title,
                "text": claim.text,
                "kind": claim.kind.value,
                "caveat": claim.caveat or None,
                "cites": list(claim.cites),
            }
            for section in claims(self.held)
            for claim in section.claims
        )
        return Table.of("claims", rows, columns=CLAIMS, shown=("section", "text", "kind"))

    def to_dict(self) -> dict[str, Any]:
        """The object of `winset brief --json`."""
        from winset.brief.json import as_dict

        return as_dict(self.held)

    def html(self) -> str:
        """One page that needs nothing else."""
        from winset.brief.html import render

        return render(self.held)

    def markdown(self) -> str:
        """The same as Markdown."""
        from winset.brief.markdown import render

        return render(self.held)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as .html, .pdf, .docx, .md or .json, whole or not at all.  Raises CannotWrite, NotConfigured."""
        from winset.api.files import write

        form = FORMATS.get(Path(path).suffix.lower())
        if form is None:
            raise CannotWrite(f"{path}: end its name with .html, .pdf, .docx, .md or .json")
        if form == "pdf":
            from winset.brief import pdf

            write(path, pdf.render(self.held))
        elif form == "docx":
            from winset.brief import word

            write(path, word.render(self.held))
        elif form == "json":
            write(path, json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n")
        else:
            write(path, self.html() if form == "html" else self.markdown())

    def __str__(self) -> str:
        return self.answer

    def __repr__(self) -> str:
        return f"<Brief “{self.held.issue.proposal}”: {self.answer}>"

    def _repr_html_(self) -> str:
        from winset.api import html
        from winset.brief.claims import claims

        parts = []
        for section in claims(self.held):
            if section.key == "made":
                continue
            sentences = "".join(
                f"<p>{html.safe(claim.text)} {html.muted(f'[{claim.kind.value}, {len(claim.cites)} cited]')}</p>"
                for claim in section.claims
            )
            opened = " open" if section.key in ("answer", "standing") else ""
            parts.append(f"<details{opened}><summary><b>{html.safe(section.title)}</b></summary>{sentences}</details>")
        note = html.muted('.save("brief.html") writes all of it, with every quotation.')
        return html.framed(*parts, f"<p>{note}</p>")
