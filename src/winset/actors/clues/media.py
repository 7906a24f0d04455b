"""Media and other organisations as sources: "a Reuters report", "the Hill Institute's study"."""

from __future__ import annotations

from winset.actors.clues.persons import commentator
from winset.actors.clues.types import Finding, Hearing, Source, Voice
from winset.statements.media import canonical_medium


def medium(hearing: Hearing, source: Source) -> Finding | None:
    """The Global Times; a Reuters report; a journalist from Kyodo."""
    named = hearing.reading.media_in(*source.span)
    name = named[0].name if named else canonical_medium(source.words)
    if name is None:
        return None
    return Finding(voice=Voice.MEDIUM, label=f"media: {name}", score=0.92, rule="medium")


def organisation(hearing: Hearing, source: Source) -> Finding | None:
    """The Hill Institute; a study by the Hill Institute."""
    for place in hearing.reading.organisations_in(*source.span):
        return commentator(None, hearing.reading.text[place.start : place.end], 0.8, "organisation")
    return None
