"""`winset backup`: a kept case as it is now, in a file to be put away."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, counted, one_line, progress

if TYPE_CHECKING:
    from winset.store.backing_up import Manifest

File = Annotated[str, typer.Argument(metavar="FILE", help="The backup to be written.", show_default=False)]


def backup(case: inputs.KeptCase, file: File, *, json: inputs.AsJson = False) -> int:
    """Write a kept case into a backup, while others work on it. What is written is read again and looked through.

    For example:

    winset backup tokyo.winset tokyo-2023-07-01.backup

    winset backup postgresql://desk@db.example/office#tokyo tokyo.backup --json

    FILE holds the case as it was at one moment, packed, with a manifest and its SHA-256, and takes its name only when
    it is whole. A case that is damaged is not backed up: see `winset recover`.
    """
    from winset.pipeline.clock import now
    from winset.store.backing_up import back_up

    if file == outputs.STDOUT:
        from winset.errors import BadCase

        raise BadCase("-: a backup is read again when it is written: name a file")
    sources = [str(case)] if isinstance(case, Path) else []
    with outputs.beside(file, sources=sources) as written, progress("backing up") as shown:
        manifest = back_up(case, written, created_at=now(), progress=shown)
        size = written.stat().st_size
    if json:
        values = {"case": str(case), "file": file, "bytes": size, **told(manifest)}
        print(json_format.dumps(of_schema("backup", values), ensure_ascii=False))
    else:
        print(one_line(f"{file}: {held(manifest)}, {size:,} bytes, looked through"))
    return FINE


def told(manifest: Manifest) -> dict[str, Any]:
    """What a manifest says, for --json."""
    return {
        "proposal": manifest.proposal,
        "created_at": manifest.created_at,
        "winset_version": manifest.winset_version,
        "case_schema": manifest.schema,
        "sha256": manifest.sha256,
        "documents": manifest.documents,
        "statements": manifest.statements,
    }


def held(manifest: Manifest) -> str:
    """What a backup holds, in words."""
    return f"{counted(manifest.documents, 'document')}, {counted(manifest.statements, 'statement')}"
