"""The form of a language model's answer on stances: marks on bounded scales, and the words that decided."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from winset.statements.language_model.answer import read_as

MOST = 100  # stances in one answer; a model that repeats itself without end gives more
_FIELDS: dict[str, Any] = {
    "statement": {"type": "integer"},
    "relevance": {"type": "number"},
    "direction": {"type": "number"},
    "firmness": {"type": "number"},
    "hedged": {"type": "boolean"},
    "conditional": {"type": "boolean"},
    "option": {"type": ["integer", "null"]},
    "words": {"type": "array", "items": {"type": "string"}},
}
_STANCE: dict[str, Any] = {
    "type": "object",
    "properties": _FIELDS,
    "required": list(_FIELDS),
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {  # as strict servers want it: every field required, nothing further, no ranges
    "type": "object",
    "properties": {"stances": {"type": "array", "items": _STANCE}},
    "required": ["stances"],
    "additionalProperties": False,
}

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]


class Told(BaseModel):
    """One stance, as the model tells it; further fields are not read."""

    statement: int = Field(strict=True)
    relevance: Share
    direction: float = Field(ge=-1, le=1, allow_inf_nan=False, strict=True)
    firmness: Share
    hedged: bool = Field(strict=True)
    conditional: bool = Field(strict=True)
    option: int | None = Field(default=None, strict=True)
    words: list[str]


class Answer(BaseModel):
    """All that a model tells of one question."""

    stances: list[Told] = Field(max_length=MOST)


def read_answer(text: str) -> Answer:
    """The answer, from the outermost braces.  Raises NotAsAsked, also for a mark off its scale."""
    return read_as(Answer, text)
