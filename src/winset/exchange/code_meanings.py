"""What the codes of a code book tell: whose statement, who says it, for or against, or what it is about.

Nothing in a code book says it. The name of a code, of the group it stands in, or of a set that holds it, does; for
other names the user says which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from winset.exchange.coded_passages import Group
from winset.positions.rulings import WORDS

GROUPS: Mapping[Group, tuple[str, ...]] = {  # names of groups, folded, without plural s
    Group.ACTOR: (
        *("actor", "organisation", "organization", "state", "member state", "country", "countrie", "institution"),
        *("akteur", "akteure", "organisationen", "acteur", "pay", "staaten", "länder"),
    ),
    Group.PERSON: ("person", "people", "speaker", "personen", "personne", "sprecher"),
    Group.STANCE: (
        *("stance", "agreement", "position", "attitude", "stellungnahme", "zustimmung", "haltung", "accord"),
    ),
    Group.CONCEPT: ("concept", "topic", "theme", "issue", "konzept", "thema", "themen", "thème", "sujet"),
    Group.WORDS: ("word",),
}
STANCES: Mapping[str, tuple[str, ...]] = {  # names of codes in a group of stances, or in one that the user names
    "favour": (
        *("favour", "favor", "in favour", "in favor", "for", "pro", "agree", "agrees", "agreement", "support"),
        *("supports", "yes", "positive", "approve", "zustimmung", "dafür", "ja", "pour", "d'accord", "true", "+", "1"),
    ),
    "oppose": (
        *("oppose", "opposes", "against", "contra", "con", "disagree", "disagrees", "disagreement", "opposition"),
        *("no", "negative", "reject", "ablehnung", "dagegen", "nein", "contre", "pas d'accord", "false", "-", "-1"),
    ),
    "neutral": ("neutral", "mixed", "balanced", "0"),
    "unclear": ("unclear", "ambiguous", "ambivalent", "unklar"),
    "none": ("none", "irrelevant", "not about it", "not relevant"),
}
ANYWHERE = frozenset(  # of them, the ones that are hardly about anything else, in whatever group they stand
    {"favour", "favor", "in favour", "in favor", "agree", "agreement", "zustimmung"}
    | {"oppose", "against", "disagree", "disagreement", "ablehnung"}
)
_PREFIX = re.compile(r"\s*([^:/\\>]{1,40}?)\s*(?:::?|/|\\|>)\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Names of groups or of codes, where the usual ones do not tell; case does not count."""

    actor: str | None = None
    person: str | None = None
    agreement: str | None = None
    concept: str | None = None

    def group(self, name: str) -> Group | None:
        """What a group of that name tells; None where the name does not say."""
        named = {
            Group.ACTOR: self.actor,
            Group.PERSON: self.person,
            Group.STANCE: self.agreement,
            Group.CONCEPT: self.concept,
        }
        folded = _folded(name)
        for group, wanted in named.items():
            if wanted is not None and _folded(wanted) == folded:
                return group
        return next(
            (
                group
                for group, names in GROUPS.items()
                if named.get(group) is None and (folded in names or folded.removesuffix("s") in names)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class CodeName:
    """A code: what it tells and the name in which it does."""

    group: Group
    name: str


def meaning(name: str, groups: tuple[str, ...], naming: Naming) -> CodeName | None:
    """What a code of that name tells; None where it is a group itself, and tells nothing on its own.

    groups: the codes above it and the sets that hold it, the nearest first.
    """
    for each in groups:
        group = naming.group(each)
        if group is not None:
            return _in_group(group, name)
    split = _PREFIX.fullmatch(name)
    group = naming.group(split[1]) if split else None
    if split and group is not None:
        return _in_group(group, split[2].strip())
    if _folded(name) in ANYWHERE:
        return _in_group(Group.STANCE, name)
    return None if naming.group(name) and not groups else CodeName(Group.CONCEPT, name)


def _in_group(group: Group, name: str) -> CodeName | None:
    if group is not Group.STANCE:
        return CodeName(group, name)
    word = stance_word(name)
    return CodeName(group, word) if word else None


def stance_word(name: str) -> str | None:
    """The stance that a code's name means; None for another."""
    folded = _folded(name)
    return next((word for word in WORDS if folded in STANCES[word]), None)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
