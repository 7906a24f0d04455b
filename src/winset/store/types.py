"""Coding: what the machine made of one document, kept beside it; KeptRegistry: a user's own actors."""

from __future__ import annotations

from dataclasses import dataclass

from winset.actors.types import Identification
from winset.errors import BadSpan
from winset.positions.types import Stance
from winset.provenance import Run
from winset.statements.types import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The statements of one document with who made them and where they point: three tuples in one order."""

    statements: tuple[Statement, ...]
    identifications: tuple[Identification, ...]
    stances: tuple[Stance, ...] = ()  # empty: read without a proposal
    refused: int = 0  # spans that an attributor proposed and whose words did not hold
    runs: tuple[Run, ...] = ()  # the methods that made the above

    def __post_init__(self) -> None:
        ids = [statement.id for statement in self.statements]
        for judged in (self.identifications, self.stances or None):
            if judged is not None and [judgement.statement_id for judgement in judged] != ids:
                raise BadSpan("a coding needs one identification, and one stance, for each statement, in its order")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRegistry:
    """A file of a user's own actors, kept whole in the case."""

    name: str  # as the user knows it; unique in a case
    format: str  # "csv", "yaml", ...: which reader understands it
    text: str
    added_at: str = ""  # ISO 8601, UTC
