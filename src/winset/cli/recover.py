"""`winset recover`: a damaged case made whole, as a new one."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, progress, say

if TYPE_CHECKING:
    from winset.corpus.types import Document
    from winset.store.case_store import CaseStore
    from winset.store.recovering import Recovery
    from winset.store.types import Coding

SHOWN = 20  # of what was damaged or is lost, told one by one

From = Annotated[
    Path | None,
    typer.Option("--from", metavar="BACKUP", help="A backup of the same case, however old.", show_default=False),
]
New = Annotated[
    Path, typer.Option("-o", "--output", metavar="NEW", help="The case that is made whole.", show_default=False)
]


def recover(case: inputs.KeptCase, *, backup: From = None, output: New, json: inputs.AsJson = False) -> int:
    """Make a damaged case file whole, as a new one, and say what was damaged, where, and what became of it.

    For example:

    winset recover tokyo.winset -o tokyo-whole.winset

    winset recover tokyo.winset --from tokyo-2023-07-01.backup -o tokyo-whole.winset

    What its seals vouch for is taken over. In any other row the bit that flipped is looked for; else it comes from the
    backup, or the document is coded again; else it is lost, and named. CASE itself stays as it is.

    Ends with status 2 where something is lost.
    """
    from winset.pipeline.clock import now
    from winset.store.recovering import recover as recovered

    with progress("recovering") as shown:
        found = recovered(case, output, backup=backup, coder=_coded, at=now(), progress=shown)
    if json:
        values = {
            "case": str(case),
            "new": str(output),
            "backup": None if backup is None else str(backup),
            "damaged": [asdict(each) for each in found.damaged],
            "mended": found.mended,
            "from_backup": found.from_backup,
            "unverified": found.unverified,
            "coded_again": found.coded_again,
            "lost": [asdict(each) for each in found.lost],
            "lost_documents": found.lost_documents,
            "lost_codes": [
                {"statement": each.statement_id, "coder": each.coder, "codes": each.value} for each in found.lost_codes
            ],
            "documents": found.documents,
            "statements": found.statements,
        }
        print(json_format.dumps(of_schema("recover", values), ensure_ascii=False))
    else:
        _tell(found, output)
    return BAD_INPUT if found.lost or found.lost_documents or found.lost_codes else FINE


def _coded(store: CaseStore, document: Document) -> Coding:
    """A document coded as `winset add` does."""
    from winset.pipeline.reading import code_document
    from winset.pipeline.registries import own_registries

    return code_document(document, store.spec(), additions=own_registries(store))


def _tell(found: Recovery, new: Path) -> None:
    for each in found.damaged[:SHOWN]:
        print(one_line(f"damaged: {each}"))
    if len(found.damaged) > SHOWN:
        print(f"damaged: {len(found.damaged) - SHOWN:,} more")
    for number, words in (
        (found.mended, "with a bit turned back"),
        (found.from_backup, "from the backup"),
        (found.unverified, "taken without a seal that vouches for it"),
    ):
        if number:
            print(f"{counted(number, 'row')} {words}")
    if found.coded_again:
        print(one_line(f"coded again: {', '.join(found.coded_again[:SHOWN])}"))
    for each in found.lost[:SHOWN]:
        say(f"lost: {each}")
    if len(found.lost) > SHOWN:
        say(f"lost: {len(found.lost) - SHOWN:,} more")
    for name in found.lost_documents:
        say(f"lost: the document {name}: add it again with `winset add {new} ...`")
    for code in found.lost_codes:
        say(f"lost: what {code.coder} coded of statement {code.statement_id}: {code.value}")
    nothing = "" if found.damaged else "nothing was damaged; "
    held = f"{counted(found.documents, 'document')}, {counted(found.statements, 'statement')}, looked through"
    print(one_line(f"{new}: {nothing}{held}"))
