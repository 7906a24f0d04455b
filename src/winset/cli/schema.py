"""`winset schema`: the JSON Schema of what a command prints with `--json`."""

from __future__ import annotations

import json as json_format
from typing import Annotated

import typer

from winset.cli import completing, inputs
from winset.cli.json_schemas import VERSIONS, forms, of_schema, schema_name
from winset.cli.json_schemas import schema as schema_of
from winset.cli.messages import FINE

LINES = "each line"  # how the title of a form begins that is one line of an output

Command = Annotated[
    str | None,
    typer.Argument(
        metavar="COMMAND",
        help="Of which command. Without one, a list.",
        show_default=False,
        autocompletion=completing.commands_with_schema,
    ),
]


def schema(command: Command = None, *, json: inputs.AsJson = False) -> int:
    """What a command's --json looks like, as JSON Schema. Fields with their units; without a name, a list.

    A schema grows by new fields, which a reader skips. A field that changes its meaning, or goes, raises the version.

    For example:

    winset schema

    winset schema positions > positions.schema.json
    """
    if command is not None:
        print(json_format.dumps(schema_of(command), ensure_ascii=False, indent=1))
        return FINE
    rows = []
    for name, version in VERSIONS.items():
        of = schema_of(name)
        titles = [when for when, _ in forms(of)]
        rows.append(
            {
                "command": name,
                "name": schema_name(name),
                "id": of["$id"],
                "version": version,
                "lines": any(when.startswith(LINES) for when in titles),
                "forms": titles,
            }
        )
    if json:
        print(json_format.dumps(of_schema("schema", {"schemas": rows}), ensure_ascii=False, indent=1))
        return FINE
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        print(f"{row['name']:<{width}}  {'; '.join(row['forms'])}")
    return FINE
