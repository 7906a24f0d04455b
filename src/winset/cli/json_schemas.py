"""The JSON Schemas of what `--json` prints: one file for each command, shipped with the package.

A schema grows by new fields, which a reader skips. A field that changes its meaning, or goes, makes a new file with the
next number; what a command prints says by which schema it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from winset.errors import UnknownName

VERSIONS: Mapping[str, int] = {  # every command that prints JSON, in the order of the help
    "brief": 1,
    "issue": 1,
    "positions": 1,
    "decide": 1,
    "backtest": 1,
    "new": 1,
    "add": 1,
    "watch": 1,
    "status": 1,
    "actors": 1,
    "check": 1,
    "code": 1,
    "recode": 1,
    "statements": 1,
    "tables": 1,
    "export": 1,
    "import": 1,
    "ask": 1,
    "sources": 1,
    "discrepancies": 1,
    "timeline": 1,
    "network": 1,
    "attribute": 1,
    "who": 1,
    "power": 1,
    "members": 1,
    "methods": 1,
    "serve": 1,
    "mcp": 1,
    "account": 1,
    "backup": 1,
    "restore": 1,
    "recover": 1,
    "doctor": 1,
    "schema": 1,
}
CALLED = {"watch": "digest"}  # outputs that other things than the command name too: a case keeps digests
ELSEWHERE = {"brief": ("winset.brief", "schema")}  # older than this folder; everything else lies in winset/schemas


def schema_name(command: str) -> str:
    """As the field `schema` of an output has it.

    >>> schema_name("status")
    'winset-status/1'
    """
    return f"winset-{CALLED.get(command, command)}/{VERSIONS[command]}"


def of_schema(command: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an output behind the name of its schema.

    >>> of_schema("status", {"statements": 3})
    {'schema': 'winset-status/1', 'statements': 3}
    """
    return {"schema": schema_name(command), **values}


def schema(command: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what a command prints.  Raises UnknownName."""
    from importlib.resources import files

    if command not in VERSIONS:
        raise UnknownName(f"no schema {command!r}: there are {', '.join(VERSIONS)}")
    package, folder = ELSEWHERE.get(command, ("winset", "schemas"))
    file = files(package).joinpath(folder, f"{command}-{VERSIONS[command]}.schema.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def forms(of: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a command prints when, in words, and the schema of it; a command that always prints the same has one form.

    >>> [when for when, _ in forms(schema("statements"))]
    ['each line of the output', '--json']
    """
    several = [of["$defs"][each["$ref"].rpartition("/")[2]] for each in of.get("anyOf", ())]
    yield from ((each["title"], each) for each in several or [{**of, "title": "always"}])
