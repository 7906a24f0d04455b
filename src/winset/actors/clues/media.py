"""Media and other organisations as sources: "a Reuters report", "the Hill Institute's study"."""

from __future__ import annotations

import re

from winset.actors.clues.commentators import commentator
from winset.actors.clues.types import Finding, Hearing, Source
from winset.actors.titles import COMMENTATOR
from winset.actors.types import SpeaksAs
from winset.statements.media import canonical_medium

_ONE = re.compile(r"(?:an?|the|one)\s", re.I)


def medium(hearing: Hearing, source: Source) -> Finding | None:
    """The Global Times; a Reuters report; a journalist from Kyodo."""
    named = hearing.reading.media_in(*source.span)
    name = named[0].name if named else _whole(source.words)
    if name is None:
        return None
    return Finding(speaks_as=SpeaksAs.MEDIUM, label=f"media: {name}", affiliation=name, score=0.92, rule="medium")


def _whole(words: str) -> str | None:
    """The medium that the words as a whole name: "the Diplomat" does, "the diplomat" is a person."""
    name = words.removeprefix("the ").removeprefix("The ")
    return canonical_medium(words) if name[:1].isupper() else None


def organisation(hearing: Hearing, source: Source) -> Finding | None:
    """The Hill Institute; a study by the Hill Institute."""
    for place in hearing.reading.organisations_in(*source.span):
        one = COMMENTATOR.search(source.words) if _ONE.match(source.words) else None
        role = one.group().lower() if one else None
        name = hearing.reading.text[place.start : place.end]
        return commentator(hearing, None, name, 0.8, "organisation", role=role)
    return None
