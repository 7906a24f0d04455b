"""Supposed: what is supposed to be otherwise in a case. It is a link, a command, and what is kept under a name."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from winset.errors import BadCase
from winset.exchange.position_cases import Question
from winset.exchange.what_ifs import Change, Scenario, change_words, scenarios
from winset.ids import PartialDate

LONGEST = 4_000  # characters of all changes together
SHOWN = 90  # characters of a name
DOCUMENTED = "as documented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """Changes made together, by another rule, on another day, on the record of a day."""

    changes: str = ""  # as for `winset decide --what-if`, parted by "; "
    rule: str | None = None  # None: the case's own
    on: PartialDate | None = None  # day of decision; None: the case's own
    as_of: PartialDate | None = None  # only what was on record that day counts; None: everything

    def __post_init__(self) -> None:
        if len(self.changes) > LONGEST:
            raise BadCase(f"a what-if of {len(self.changes):,} characters: at most {LONGEST:,} are taken")

    @property
    def nothing(self) -> bool:
        """Whether nothing is otherwise."""
        return self == Supposed()

    @property
    def words(self) -> str:
        """What is otherwise, in a line: "Germany=80; cost=5; by simple-majority"."""
        said = [
            self.changes,
            f"by {self.rule}" if self.rule else "",
            f"decided {self.on.text}" if self.on else "",
            f"as of {self.as_of.text}" if self.as_of else "",
        ]
        return "; ".join(filter(None, said)) or DOCUMENTED

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its parts by the names of the options, as a query string holds them; each change a what-if of its own."""
        changes = [part.strip() for part in self.changes.split(";") if part.strip()]
        return (
            *(("what-if", each) for each in changes),
            *((("rule", self.rule),) if self.rule else ()),
            *((("on", self.on.text),) if self.on else ()),
            *((("as-of", self.as_of.text),) if self.as_of else ()),
        )

    @property
    def query(self) -> str:
        """The query string of its link, "" where nothing is otherwise."""
        return urlencode(self.pairs)

    def command(self, place: str, *further: str) -> str:
        """One line for a shell that asks the same: place is the case's."""
        asked = [part for name, value in self.pairs if name != "what-if" for part in (f"--{name}", value)]
        changes = ["--what-if", self.changes] if self.changes else []
        return shlex.join(["winset", "decide", place, *asked, *changes, *further])

    def python(self, place: str) -> str:
        """Lines of Python that ask the same."""
        told = {
            "what_if": self.changes,
            "rule": self.rule,
            "on": self.on.text if self.on else None,
            "as_of": self.as_of.text if self.as_of else None,
        }
        given = "".join(f", {name}={value!r}" for name, value in told.items() if value)
        return f"import winset.api as ws\n\nanswer = ws.decide({place!r}{given})\nprint(answer)"

    def scenario(self, of: Question) -> Scenario | None:
        """The changes, read; None where there is none.  Raises BadTable, BadCase for a range, which asks several."""
        if not self.changes:
            return None
        found = scenarios([self.changes], of)
        if len(found) != 1:
            raise BadCase(f"what if {self.changes!r}: asks {len(found)} things: one number instead of a range")
        return found[0]

    def as_value(self, name: str) -> dict[str, Any]:
        """As a case keeps it under a name."""
        told = {"rule": self.rule, "on": self.on and self.on.text, "as-of": self.as_of and self.as_of.text}
        return {"name": name, "what-if": self.changes, **{key: value for key, value in told.items() if value}}

    @classmethod
    def from_value(cls, value: Mapping[str, Any]) -> Self:
        """What a case kept.  Raises BadDate, BadCase."""
        return cls.told(
            [str(value.get("what-if", ""))], rule=value.get("rule"), on=value.get("on"), as_of=value.get("as-of")
        )

    @classmethod
    def told(
        cls, what_ifs: Sequence[str], *, rule: str | None = None, on: str | None = None, as_of: str | None = None
    ) -> Self:
        """From the user's own words, all changes made together.  Raises BadDate, BadCase."""
        parts = [part.strip() for text in what_ifs for part in text.split(";") if part.strip()]
        return cls(
            changes="; ".join(parts),
            rule=(rule or "").strip() or None,
            on=PartialDate(on.strip()) if on and on.strip() else None,
            as_of=PartialDate(as_of.strip()) if as_of and as_of.strip() else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScenario:
    """A what-if that a case keeps under a name."""

    id: str
    name: str
    supposed: Supposed
    by: str
    at: str  # ISO 8601, UTC
    version: int


def named(name: str) -> str:
    """A name for a what-if, in one line.  Raises BadCase for none, one too long, or the one that is taken."""
    found = " ".join(name.split())
    if not found or len(found) > SHOWN or found.casefold() == DOCUMENTED:
        raise BadCase(f"a scenario named {name[:SHOWN]!r}: write 1 to {SHOWN} characters, not {DOCUMENTED!r}")
    return found


def told_again(changes: Sequence[Change], of: Question) -> str:
    """Changes as one text that reads as them."""
    return "; ".join(change_words(each, of) for each in changes)
