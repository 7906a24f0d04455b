"""Endpoint: a language model as this layer sees it. What reaches a network is made at the edge and passed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypedDict, TypeVar

T = TypeVar("T")


class Message(TypedDict):
    """One turn of what a model is told."""

    role: Literal["system", "user"]
    content: str


class Endpoint(Protocol):
    """A language model that can be asked."""

    @property
    def model(self) -> str:
        """Its name, as its server knows it."""

    @property
    def host(self) -> str:
        """Where the documents go: "localhost:11434"."""

    def ask(self, messages: Sequence[Message], *, schema: Mapping[str, Any], read: Callable[[str], T]) -> T:
        """The answer as `read` understands it.

        schema: JSON Schema of the answer, for servers that can hold a model to one.
        read: raises NotAsAsked for an answer in another form; the model is then asked again, a bounded number of
        times.  Raises NoAnswer.
        """
