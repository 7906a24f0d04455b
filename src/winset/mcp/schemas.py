"""JSON Schemas of what tools take and give, without the titles that only repeat the names: a third of their length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel


def schema(of: type[BaseModel]) -> dict[str, Any]:
    """Draft 2020-12; the root is an object."""
    found: dict[str, Any] = _untitled(of.model_json_schema())
    return found


def _untitled(part: Any) -> Any:
    if isinstance(part, list):
        return [_untitled(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {name: _untitled(each) for name, each in part.items() if not (name == "title" and isinstance(each, str))}
