"""What commands print as JSON, held against the shipped schemas, and nothing in it that these do not tell of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import jsonschema

from winset.cli.json_schemas import VERSIONS, schema


def closed(node: Any) -> Any:
    """The same schema, which allows no field that it does not tell of. Ours grow; a test must not overlook it."""
    if isinstance(node, list):
        return [closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {name: closed(each) for name, each in node.items()}
    if node.get("type") == "object" and "properties" in node and "additionalProperties" not in node:
        inner["additionalProperties"] = False
    return inner


@cache
def validator(command: str, form: str = "", *, may_grow: bool = False) -> Any:
    """Of everything that a command prints, or of one of its forms alone, by its name in `$defs`.

    may_grow: as a reader has it, who skips what it does not know.
    """
    of = schema(command) if may_grow else closed(schema(command))
    if form:
        of = {"$schema": of["$schema"], "$ref": f"#/$defs/{form}", "$defs": of["$defs"]}
    return jsonschema.Draft202012Validator(of)


def faults(command: str, value: Any, form: str = "") -> list[str]:
    """What is wrong with an output, one line each."""
    found = []
    for error in validator(command, form).iter_errors(value):
        best = jsonschema.exceptions.best_match([error])
        where = "".join(f"[{part!r}]" for part in best.absolute_path)
        found.append(f"winset {command} --json{where}: {best.message[:300]}")
    return found


def printed(out: str) -> Iterator[Any]:
    """The values of an output: one, or one a line; none where it is not JSON."""
    try:
        yield json.loads(out)
    except ValueError:
        for line in out.splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                return


def hold(arguments: Sequence[str], out: str) -> None:
    """Whatever a call with `--json` printed is what its schema tells."""
    if "--json" not in arguments or not arguments or arguments[0] not in VERSIONS:
        return
    for value in printed(out):
        found = faults(arguments[0], value)
        assert found == [], f"tell of it in src/winset/schemas/{arguments[0]}-{VERSIONS[arguments[0]]}.schema.json"


def without(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The same without a field."""
    return {name: each for name, each in value.items() if name != key}
