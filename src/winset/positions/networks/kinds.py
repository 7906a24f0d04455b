"""What a network can be: the names that its options take."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What joins two nodes. Source: Leifeld, Gruber & Bossner (2018), chapter 2."""

    CONGRUENCE = "congruence"  # two actors are for, or against, the same
    CONFLICT = "conflict"  # one is for what the other is against
    SUBTRACT = "subtract"  # congruence less conflict
    TWO_MODE = "two-mode"  # an actor and a concept: for less against


class Normalisation(StrEnum):
    """What a weight is divided by, so that who talks most is not in the middle for that alone."""

    NONE = "none"
    AVERAGE = "average"  # of both actors' referrals
    JACCARD = "jaccard"  # what both refer to, together or alone
    COSINE = "cosine"  # the product of both actors' referrals
    ACTIVITY = "activity"  # two-mode: the actor's referrals
    PROMINENCE = "prominence"  # two-mode: the referrals to the concept


class Duplicates(StrEnum):
    """Within what the same stance of the same actor on the same concept counts once."""

    INCLUDE = "include"  # each counts
    ORIGIN = "origin"  # independent origin: five articles on one report count once
    DOCUMENT = "document"
    WEEK = "week"  # ISO 8601 week
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"  # all of what is counted


TWO_MODE_ONLY = frozenset({Normalisation.ACTIVITY, Normalisation.PROMINENCE})
