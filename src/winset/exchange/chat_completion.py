"""A chat completion as far as it is read; imported only where a language model is asked, as pydantic is large."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Message(BaseModel):
    """What the model says."""

    content: str | None = None


class Choice(BaseModel):
    """One of the answers; more than one is not asked for."""

    message: Message
    finish_reason: str | None = None  # "length": broken off


class Completion(BaseModel):
    """The body of an answer; its further fields are not read."""

    choices: list[Choice] = Field(min_length=1)
