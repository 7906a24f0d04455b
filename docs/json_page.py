"""The page reference/json-output.md, made from the schemas that the package ships: a table for each command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from winset.cli.json_schemas import VERSIONS, forms, schema, schema_name

SHARED = ("span", "words", "date", "day", "share", "scale", "rejected")  # told once, at the head of the page
OWN_PAGE = {"brief": "[brief.json](brief-json.md)"}
WORDS = {"string": "text", "boolean": "true or false", "array": "list", "null": "null"}
HEAD = """\
# JSON

What every command prints with `--json`, field by field. `make docs` writes this page from the schemas in the package;
`winset schema` lists them, `winset schema COMMAND` prints one as JSON Schema (draft 2020-12):

    winset schema positions > positions.schema.json

    winset positions tokyo.winset --json > positions.json

## What holds

- **Which schema**: an object tells it in its field `schema`, `winset-positions/1`. Lists, JSON lines, and maps whose
  every name means something have no room for it; what they are is told here.
- **Version**: a schema grows by new fields, so skip those you do not know. A field that changes its meaning or its
  type, or goes, or a new word among those that a field may hold, raises the number behind the slash.
- **Always there**: a field without "if" is always there, `null` or an empty list where there is nothing to tell.
- **Words**: offsets count Unicode code points, half-open, and `document.text[start:end] == exact`.
- **Scales**: positions lie on 0 (status quo) to 100 (proposal), probabilities and confidences on 0 to 1, directions on
  -1 (against) to 1 (for). Dates are as precise as their source.
- **Errors** are no JSON: one line each on stderr, and exit status 2. What could not be read is listed in `rejected`,
  and the rest is told all the same.
- **Letters**: UTF-8, whatever the terminal is.

In the tables, `[]` is each entry of a list and `*` each name of a map.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """A place in an output."""

    path: str  # issues[].options[].label
    type: str  # in words
    about: str
    always: bool


def fields(of: Mapping[str, Any], form: Mapping[str, Any], *, shared: tuple[str, ...] = ()) -> Iterator[Field]:
    """Every place of a form, in order.  shared: definitions that are named instead of being told again."""

    def walk(path: str, node: Mapping[str, Any], about: str, *, always: bool) -> Iterator[Field]:
        node, name = _followed(of, node)
        about = about if name in shared else about or node.get("description", "")
        inner, nullable = _parts(node)
        if name in shared or (not inner and not _is_list(node) and not _is_map(node)):
            yield Field(path, name if name in shared else _type(of, node), about, always)
            return
        for part in inner or [node]:
            each, part_name = _followed(of, part)
            null = " or null" if nullable else ""
            if part_name in shared:
                yield Field(path, f"{part_name}{null}", about, always)
            elif _is_list(each):
                items, items_name = _followed(of, each["items"])
                if _is_leaf(items) or items_name in shared:
                    told = items_name if items_name in shared else _type(of, items)
                    yield Field(path, f"list of {told}{null}", about, always)
                else:
                    yield Field(path, f"list{null}", about, always)
                    yield from walk(f"{path}[]", each["items"], "", always=True)
            elif isinstance(each.get("additionalProperties"), dict):
                yield Field(path, f"map{null}", about, always)
                yield from walk(f"{path}.*" if path else "*", each["additionalProperties"], "", always=True)
            elif "properties" in each:
                if path and not path.endswith("]"):
                    yield Field(path, f"object{null}", about, always)
                for key, value in each["properties"].items():
                    yield from walk(
                        f"{path}.{key}" if path else key,
                        value,
                        value.get("description", ""),
                        always=key in each.get("required", ()),
                    )
            else:
                yield Field(path, f"{_type(of, each)}{null}", about, always)

    yield from walk("", form, "", always=True)


def _followed(of: Mapping[str, Any], node: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """What a node refers to, and under which name."""
    name = ""
    while "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        node = of["$defs"][name]
    return node, name


def _parts(node: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], bool]:
    """The alternatives of a node, null apart."""
    alternatives = node.get("anyOf", node.get("oneOf", []))
    parts = [each for each in alternatives if each.get("type") != "null"]
    return parts, len(parts) < len(alternatives)


def _is_list(node: Mapping[str, Any]) -> bool:
    return node.get("type") == "array" and "items" in node


def _is_map(node: Mapping[str, Any]) -> bool:
    return "properties" in node or isinstance(node.get("additionalProperties"), dict)


def _is_leaf(node: Mapping[str, Any]) -> bool:
    return not (_is_list(node) or _is_map(node) or "anyOf" in node or "oneOf" in node)


def _type(of: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    node, _ = _followed(of, node)
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return ", ".join("null" if word is None else f"`{word}`" for word in node["enum"])
    types = node.get("type", "anything")
    told = " or ".join(WORDS.get(each, each) for each in ([types] if isinstance(types, str) else types))
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None and high is not None:
        return f"{told}, {low} to {high}"
    if low not in (None, 0):
        return f"{told}, {low} or more"
    return told if high is None else f"{told}, at most {high}"


def page() -> str:
    """The whole page."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield HEAD
    yield "## Shared\n"
    yield "| Name | What it is |"
    yield "| --- | --- |"
    known = {name: each for command in VERSIONS for name, each in schema(command).get("$defs", {}).items()}
    for name in SHARED:
        within = ", ".join(f"`{key}`" for key in known[name].get("properties", ()))
        yield f"| {name} | {known[name]['description']}{f' {within}' if within else ''} |"
    for command in VERSIONS:
        of = schema(command)
        yield f"\n## {command}\n"
        about = of["description"].partition(" Grows by new fields")[0]
        yield f"`{schema_name(command)}`. {about}"
        if command in OWN_PAGE:
            yield f"\nIts fields are told in {OWN_PAGE[command]}."
            continue
        told = list(forms(of))
        own = {
            name: each for name, each in of.get("$defs", {}).items() if name not in SHARED and each not in _seen(told)
        }
        for when, form in told:
            yield "" if when == "always" else f"\n### {command}: {when}\n"
            yield from _table(of, form, (*SHARED, *own))
        for name, definition in own.items():
            yield f"\n### {command}: each {name}\n"
            if "description" in definition:
                yield f"{definition['description']}\n"
            yield from _table(of, definition, (*SHARED, *own))


def _seen(told: list[tuple[str, Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    return [form for _, form in told]


def _table(of: Mapping[str, Any], form: Mapping[str, Any], shared: tuple[str, ...]) -> Iterator[str]:
    rows = [each for each in fields(of, form, shared=shared) if each.path not in ("", "schema")]
    yield "| Field | Type | What it holds |"
    yield "| --- | --- | --- |"
    for each in rows:
        about = each.about if each.always else f"If there is any. {each.about}".strip()
        yield f"| `{each.path}` | {each.type} | {about} |"
