"""Role: what a person may do at the desk; Person: who asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """Each may do what those before it may."""

    NOBODY = 0  # has not said who they are: the page on which one does
    READER = 1  # sees everything
    CODER = 2  # accepts, codes, marks as wrong, edits spans, takes back what is their own
    EDITOR = 3  # adds documents, settles discrepancies, identifies actors, keeps scenarios, takes back what is others'
    ADMIN = 4  # makes accounts

    @property
    def word(self) -> str:
        """As it is written: "coder"."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Role:
        """The role that a word names: the other way round."""
        return cls[word.upper()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody at the desk."""

    name: str
    role: Role
