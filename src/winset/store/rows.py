"""Rows of what only the store knows, and back: registries that were added, changes and the state they come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from winset.records import Row
from winset.store.changes import Change, Effect, Key, Subject
from winset.store.types import KeptRegistry


def registry_row(file: KeptRegistry) -> dict[str, Any]:
    """A user's own actors, as they were written."""
    return {"name": file.name, "format": file.format, "text": file.text, "added_at": file.added_at}


def registry_value(row: Row) -> KeptRegistry:
    """The file of which `row` was made."""
    return KeptRegistry(name=row["name"], format=row["format"], text=row["text"], added_at=row["added_at"])


def change_value(row: Row, effects: Sequence[Effect], *, undone_by: int | None = None) -> Change:
    """The change of which `row` was made."""
    return Change(
        number=row["number"],
        by=row["by"],
        at=row["at"],
        act=row["act"],
        why=row["why"],
        undoes=row["undoes"],
        take=row["take"],
        judgement=row["judgement"],
        effects=tuple(effects),
        undone_by=undone_by,
    )


def effect_value(row: Row) -> Effect:
    """What a change did to one thing."""
    return Effect(key=_key(row), version=row["version"], before=row["before"], after=row["after"])


def subject_value(row: Row) -> Subject:
    """A thing as it is now."""
    return Subject(key=_key(row), version=row["version"], value=row["value"], change=row["change"])


def _key(row: Row) -> Key:
    return Key(row["kind"], row["about"], row["coder"])
