"""`winset sources`: what the documents rest on, and how much of it is one source."""

from __future__ import annotations

import contextlib
import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs, outputs
from winset.cli.accounts import account_of
from winset.cli.json_schemas import of_schema
from winset.cli.messages import one_line
from winset.errors import CannotWrite

if TYPE_CHECKING:
    from winset.cli.accounts import Read

FORMATS = {".svg": "svg", ".json": "json", ".graphml": "graphml", ".csv": "csv"}

Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="The graph as .svg, .graphml or .json; each credit as a row of .csv."
    ),
]


def sources(
    documents: inputs.Documents,
    *,
    output: Output = None,
    json: inputs.AsJson = False,
    proposal: inputs.Proposal = None,
    body: inputs.Body = None,
    on: inputs.On = None,
    option: inputs.Options = None,
    rule: inputs.Rule = None,
    status_quo: inputs.StatusQuo = 0.0,
    attributor: inputs.Attributors = None,
    registry: inputs.Registries = None,
) -> int:
    """What the documents rest on. Who leans on which outside source, and what several documents have from one.

    DOCS are documents, or one case file (.yaml), or one kept case; no proposal is needed.

    For example:

    winset sources reports/

    winset sources tokyo.winset -o origins.svg

    winset sources case.yaml --json | jq '.claims[] | select(.origins | length == 1)'
    """
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    form = _form(output)
    with contextlib.ExitStack() as opened:
        read_from = [*documents, *(registry or ())]
        write = opened.enter_context(outputs.output(output, sources=read_from)) if output else None
        found = account_of(documents, stated, registries=registry, attributor=attributor)
        if write is not None:
            write(_rendered(found, form))
    with outputs.output(outputs.STDOUT) as write:
        if json:
            write(_json(found))
        elif output is not None:
            from winset.cli.sources_listing import summary

            write(one_line(f"{summary(found)}: {output}") + "\n")
        else:
            from winset.cli.sources_listing import lines

            write("".join(f"{one_line(line)}\n" for line in lines(found)))
    return found.status


def _form(output: str | None) -> str:
    """The format that a file's name asks for.  Raises CannotWrite."""
    if output is None:
        return ""
    form = FORMATS.get(Path(output).suffix.lower())
    if form is None:
        raise CannotWrite(f"{output}: end its name with {', '.join(FORMATS)}, or use --json for stdout")
    return form


def _rendered(found: Read, form: str) -> str:
    from winset.exchange.lineage_files import credits_csv, graphml, picture

    if form == "json":
        return _json(found)
    writer = {"svg": picture, "graphml": graphml, "csv": credits_csv}[form]
    return writer(found.material.documents, found.account)


def _json(found: Read) -> str:
    from winset.exchange.lineage_files import sources_values

    values = found.values(sources_values(found.material.documents, found.account))
    return json_format.dumps(of_schema("sources", values), ensure_ascii=False, indent=1) + "\n"
