"""The page of the tools that `winset mcp` offers, from the tools themselves; `make docs` writes it."""

from __future__ import annotations

from typing import Any

from winset.mcp.schemas import schema
from winset.mcp.tools import TOOLS, Tool

HEAD = """\
# Tools for an assistant

What [`winset mcp`](../how-to/use-with-an-assistant.md) offers. `make docs` writes this page from the tools; a test
compares.

Every answer comes twice: as text, in which all that comes from documents stands between `<untrusted-N>` and
`</untrusted-N>` with a number N that is new each time, and as structured content by the tool's output schema, in which
`untrusted_text` holds exact words. `start` and `end` are half-open and count Unicode code points of the document's
text: `text[start:end]` is `untrusted_text`. Every answer also has `case`, `version` (number of the case's last change)
and `documents`: those cited, with `document_id`, title, publisher, date and address. Lists come in pages:
`next_cursor` of one answer is `cursor` of the next. A refusal is one line, marked as an error.

Documents are resources too: `winset://document/ID`, and `winset://document/ID/2` for the next part of a long one.
"""


def page() -> str:
    """The page."""
    sections = [section(tool) for tool in TOOLS]
    return "\n".join([HEAD, *sections])


def section(tool: Tool) -> str:
    """One tool: what it does, takes and gives."""
    writes = " Only with `--write`." if tool.writes else ""
    lines = [f"## {tool.name}", "", f"{tool.title}. {tool.description}{writes}", ""]
    takes = schema(tool.takes)
    given = takes.get("properties", {})
    if given:
        lines += ["Takes:", ""]
        required = takes.get("required", ())
        lines += [_given(name, part, takes, needed=name in required) for name, part in given.items()]
        lines.append("")
    base = ("case", "version", "documents")
    gives = [f"`{name}`" for name in tool.gives.model_fields if name not in base]
    lines += [f"Gives {', '.join(gives)}.", ""]
    return "\n".join(lines)


def _given(name: str, part: dict[str, Any], takes: dict[str, Any], *, needed: bool) -> str:
    kinds = "; ".join(filter(None, (_kind(part, takes), "required" if needed else _default(part))))
    said = part.get("description", "")
    return f"- `{name}` ({kinds}){f': {said}' if said else ''}"


def _kind(part: dict[str, Any], takes: dict[str, Any]) -> str:
    if "$ref" in part:
        return _kind(takes["$defs"][part["$ref"].rpartition("/")[2]], takes)
    if "anyOf" in part:
        return " or ".join(_kind(each, takes) for each in part["anyOf"] if each.get("type") != "null")
    if "enum" in part:
        return ", ".join(map(str, part["enum"]))
    if part.get("type") == "array":
        return f"list of {_kind(part['items'], takes)}, at most {part['maxItems']}"
    bounds = [f"{word} {part[key]:,}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in part]
    return " ".join([str(part.get("type", "anything")), *bounds])


def _default(part: dict[str, Any]) -> str:
    default = part.get("default")
    return "" if default in (None, []) else f"{default} where left out"
