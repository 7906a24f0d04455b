"""The form of a language model's answer: words and a paragraph's number, nothing that would have to be believed."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from winset.errors import NotAsAsked

T = TypeVar("T", bound=BaseModel)

MOST = 200  # attributions in one answer; a model that repeats itself without end gives more
_PART: dict[str, Any] = {"type": ["string", "null"]}
_ATTRIBUTION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "paragraph": {"type": "integer"},
        "source": _PART,
        "cue": _PART,
        "contents": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["paragraph", "source", "cue", "contents"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {  # as strict servers want it: every field required, nothing further
    "type": "object",
    "properties": {"attributions": {"type": "array", "items": _ATTRIBUTION}},
    "required": ["attributions"],
    "additionalProperties": False,
}

Words = Annotated[str | None, BeforeValidator(lambda value: value or None)]  # "" says as much as null


class Told(BaseModel):
    """One attribution, as the model tells it; further fields are not read."""

    paragraph: int
    source: Words = None
    cue: Words = None
    contents: list[str] = []


class Answer(BaseModel):
    """All that a model tells of one chunk."""

    attributions: list[Told] = Field(max_length=MOST)


def read_answer(text: str) -> Answer:
    r"""The answer, from the outermost braces: models without a schema put words or code marks around their JSON.

    Raises NotAsAsked.

    >>> read_answer('Here it is:\n```json\n{"attributions": []}\n```')
    Answer(attributions=[])
    """
    return read_as(Answer, text)


def read_as(form: type[T], text: str) -> T:
    """An answer of that form, from the outermost braces.  Raises NotAsAsked."""
    said = text.rpartition("</think>")[2]
    try:
        return form.model_validate_json(said[said.find("{") : said.rfind("}") + 1])
    except ValidationError as error:
        kind = error.errors(include_url=False, include_input=False)[0]["type"]
        got = "no whole JSON" if kind == "json_invalid" else f"JSON of another shape ({kind})"
        raise NotAsAsked(f"answers with {got}") from None
