"""Digests and sights as plain values, and back without loss: what the case keeps and what `--json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from winset.brief.digest_types import Digest
from winset.brief.sight import Sight
from winset.errors import NotACase

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SETS = ("statements", "shifts", "discrepancies", "rejected")  # of a sight; sorted, so that equal ones are written equal


def digest_value(digest: Digest) -> dict[str, Any]:
    """As JSON holds it, with `empty`, which a reader need not work out."""
    value: dict[str, Any] = _digests().dump_python(digest, mode="json")
    return {"schema": value.pop("schema"), "empty": digest.empty, **value}


def digest_of(value: Mapping[str, Any]) -> Digest:
    """The digest of which `value` was made.  Raises NotACase."""
    found: Digest = _made(_digests(), {name: each for name, each in value.items() if name != "empty"}, Digest)
    return found


def sight_value(sight: Sight) -> dict[str, Any]:
    """As JSON holds it."""
    value: dict[str, Any] = _sights().dump_python(sight, mode="json")
    return {name: sorted(each) if name in SETS else each for name, each in value.items()}


def sight_of(value: Mapping[str, Any]) -> Sight:
    """The sight of which `value` was made.  Raises NotACase."""
    found: Sight = _made(_sights(), value, Sight)
    return found


def digest_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `digest_value` returns."""
    schema = _digests().json_schema(mode="serialization")
    schema["properties"] = {"empty": {"type": "boolean"}, **schema["properties"]}
    schema["required"] = ["empty", *schema["properties"].keys() - {"empty"}]
    schema["required"].sort()
    return schema


def _made(adapter: TypeAdapter[Any], value: object, kind: type[Any]) -> Any:
    from pydantic import ValidationError

    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise NotACase(f"the case holds a {kind.__name__.lower()} that winset did not write: {error}") from None


@cache
def _digests() -> TypeAdapter[Digest]:
    from pydantic import TypeAdapter

    return TypeAdapter(Digest)


@cache
def _sights() -> TypeAdapter[Sight]:
    from pydantic import TypeAdapter

    return TypeAdapter(Sight)
