"""The clues by which a source is identified, in the order in which they are tried: the first that answers decides."""

from __future__ import annotations

from collections.abc import Callable

from winset.actors.clues.bodies import body_by_noun, country_before, state_or_body
from winset.actors.clues.collectives import a_few, collective, unnamed
from winset.actors.clues.media import medium, organisation
from winset.actors.clues.officials import office_alone, office_before, unnamed_commentator
from winset.actors.clues.persons import named_without_description, person_in_full, surname
from winset.actors.clues.pronouns import pronoun
from winset.actors.clues.types import Finding, Hearing, Source

CLUES: tuple[Callable[[Hearing, Source], Finding | None], ...] = (
    pronoun,
    person_in_full,
    surname,
    medium,
    organisation,
    office_alone,
    unnamed_commentator,
    country_before,
    a_few,
    collective,
    state_or_body,
    body_by_noun,
    office_before,
    named_without_description,
    unnamed,
)
