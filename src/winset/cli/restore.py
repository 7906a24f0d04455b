"""`winset restore`: the case of a backup, put back."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from winset.cli import inputs
from winset.cli.backup import held, told
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, one_line, progress

File = Annotated[Path, typer.Argument(metavar="FILE", help="A backup that `winset backup` wrote.", show_default=False)]
Replace = Annotated[bool, typer.Option("--replace", help="Instead of the case that is there, which is gone then.")]


def restore(file: File, case: inputs.KeptCase, *, replace: Replace = False, json: inputs.AsJson = False) -> int:
    """Put the case of a backup back, into a file or onto a server, wherever it was kept before.

    For example:

    winset restore tokyo-2023-07-01.backup tokyo.winset

    winset restore tokyo.backup postgresql://desk@db.example/office#tokyo --replace

    The backup is looked through first: what is not as its manifest says is not put back. The case is there whole or not
    at all, and never over another one unless you say so.
    """
    from winset.store import backing_up

    with progress("restoring") as shown:
        manifest = backing_up.restore(file, case, replace=replace, progress=shown)
    if json:
        print(json_format.dumps(of_schema("restore", {"file": str(file), "case": str(case), **told(manifest)})))
    else:
        print(one_line(f"{case}: {held(manifest)}, as of {manifest.created_at}"))
    return FINE
