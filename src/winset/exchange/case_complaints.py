"""What pydantic found wrong, as one clause in the words of the case file."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from winset.exchange.yaml_nodes import Path, Tree


def place_of(details: ErrorDetails) -> Path:
    """Where the mistake stands, without the two forms in which options may come, and without key marks."""
    return tuple(part for part in details["loc"] if part not in ("as_mapping", "as_list", "[key]"))


_WANTED = {
    "string_type": "words",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "names with values, as in 'contact point: 20'",
    "model_type": "names with values, as in '{name: Ruritania, votes: 4}'",
    "model_attributes_type": "names with values, as in '{name: Ruritania, votes: 4}'",
    "finite_number": "a number",
    "int_from_float": "a whole number",
}


_ENTRIES = {
    "options": "option",
    "members": "member",
    "thresholds": "threshold",
    "documents": "document",
    "registries": "registry",
}


def complaint(details: ErrorDetails, tree: Tree) -> str:
    """One clause for one mistake: the field, what came in, what is allowed."""
    kind, value, limits = details["type"], details["input"], details.get("ctx", {})
    path = place_of(details)
    field = _field(path, tree)
    if kind == "missing":
        return f"{_field(path[:-1], tree) or 'the case'} lacks {path[-1]!r}"
    if kind == "extra_forbidden":
        return f"{field} is not a field of a case file{_meant(path)}"
    if kind in ("string_too_short", "string_pattern_mismatch", "too_short"):
        return f"{field} is empty"
    if kind == "string_too_long":
        return f"{field} has more than {limits['max_length']} characters"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{field} is {value}: allowed is {'0 to 10^15' if path[0] == 'members' else '0 to 100'}"
    if kind == "value_error":
        return f"{field}: {limits['error']}"
    return f"{field} is {_short(value)}: write {_WANTED.get(kind, details['msg'].lower())}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - room for one line


def _field(path: Path, tree: Tree) -> str:
    """The field as its author would call it: "option 'contact point'", "member 'Ruritania', votes"."""
    if len(path) < 2 or path[0] not in _ENTRIES:  # noqa: PLR2004 - a field of the case itself
        return ", ".join(repr(part) for part in path)
    entry: Any = tree.plain[path[0]]
    entry = entry[path[1]] if isinstance(path[1], int) else path[1]
    label = entry.get("name") or entry.get("label") if isinstance(entry, dict) else entry
    head = f"{_ENTRIES[str(path[0])]} {label!r}" if isinstance(label, str) else f"{path[0]}, number {_ordinal(path[1])}"
    return ", ".join([head, *(repr(part) for part in path[2:] if part not in ("value", "name"))])


def _ordinal(place: str | int) -> str | int:
    """People count from one."""
    return place + 1 if isinstance(place, int) else repr(place)


def _meant(path: Path) -> str:
    from winset.exchange.case_model import CaseModel, Member, Rung, Share

    inside: dict[str, type[BaseModel]] = {"members": Member, "thresholds": Share, "options": Rung}
    model = inside.get(str(path[0]), CaseModel) if len(path) > 1 else CaseModel
    near = difflib.get_close_matches(str(path[-1]), model.model_fields, n=1)
    return f": did you mean {near[0]!r}?" if near else f": there are {', '.join(model.model_fields)}"
