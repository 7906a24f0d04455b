"""Actor, Membership, Body, and who a source was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from winset.ids import ActorId, StatementId, on_unit_scale

MACHINE = "machine"  # who judged, where no person did


class ActorKind(StrEnum):
    """Source: Popolo and FollowTheMoney, with bodies and media told apart from other organisations."""

    PERSON = "person"
    STATE = "state"
    BODY = "body"  # an organisation of states: NATO, the EU
    ORGANISATION = "organisation"
    MEDIUM = "medium"


class Standing(StrEnum):
    """In what capacity a source speaks on the issue before the body."""

    MEMBER = "member"  # a state with a vote
    SECRETARIAT = "secretariat"  # the body itself, its officials
    PARTNER = "partner"  # a state in a partner format of the body
    OUTSIDE = "outside"  # any other state or organisation of states
    COMMENTATOR = "commentator"  # expert, think tank, former official, author
    MEDIUM = "medium"
    UNKNOWN = "unknown"  # not identified, or a collective such as "some allies"


class SpeaksAs(StrEnum):
    """What a source is: whose voice its words are."""

    ACTOR = "actor"  # a state, a body or a group of states, or one who speaks for it
    EXPERT = "expert"  # expert, think tank, former official: speaks for no state
    MEDIUM = "medium"
    AUTHOR = "author"  # of the document itself
    COLLECTIVE = "collective"  # "some NATO members", "analysts": many, and nobody's position
    ANONYMOUS = "anonymous"  # "a person familiar with the matter", or nobody named
    UNRESOLVED = "unresolved"


NOBODY = frozenset({SpeaksAs.COLLECTIVE, SpeaksAs.ANONYMOUS, SpeaksAs.UNRESOLVED})  # nobody's position in particular


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A role in a body for a time. Source: Popolo membership."""

    body: str  # key of the body, "nato"
    role: str  # "member", "permanent member", "partner"
    start: date | None = None  # first day, inclusive
    end: date | None = None  # last day, inclusive; None: still

    def holds_on(self, day: date) -> bool:
        """Whether it was in force that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone or something whose position can be asked for."""

    id: ActorId  # ISO 3166-1 alpha-3 for states ("FRA"), the key for bodies ("nato"), else a slug
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()  # ("wikidata", "Q142")
    since: date | None = None  # first and last day it existed, inclusive; as far as its beginning or end is shipped
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office held by a person for a time: what "the French president" means on a date."""

    title: str  # "president", "foreign minister", "spokesperson", "secretary general"
    of: ActorId  # state or body
    holder: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRule:
    """The rule by which a body decided for a time."""

    rule: str  # key in decisions.rules.RULES
    start: date  # first and last day, inclusive
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body of states: who votes, by which rule unless another is named, since when."""

    key: str  # "nato"
    name: str  # "North Atlantic Council"
    organisation: ActorId  # whose organ it is
    rule: str  # key in decisions.rules.RULES; the one in force now
    founded: date
    aliases: tuple[str, ...] = ()
    source: str = ""
    past_rules: tuple[PastRule, ...] = ()

    def rule_on(self, day: date) -> str:
        """The key of the rule in force that day."""
        return next((past.rule for past in self.past_rules if past.start <= day <= past.end), self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """Who the source of a statement is and whom it represents: a judgement that a later one may overrule.

    Source of judgements kept beside what they judge: record linkage as in nomenklatura.
    """

    statement_id: StatementId
    speaker: str | None  # a person's full name, where one is named
    represents: str | None  # label: "France", "expert: Hudson Institute", "media: Nikkei Asia"; None: unresolved
    actor_id: ActorId | None  # in the registry, when `represents` is one
    standing: Standing
    speaks_as: SpeaksAs
    role: str | None = None  # "foreign minister", "spokesperson", "senior fellow"; as far as told
    affiliation: str | None = None  # organisation or medium of one who speaks for no state
    joint: bool = False  # named together with others as the source of the same words: "Hungary and Poland"
    score: float  # 0-1
    rule: str  # what decided: "demonym and office", "surname after first mention"
    by: str = MACHINE
    at: str | None = None  # when a person judged, ISO 8601 in UTC; what the machine did its runs tell
    why: str | None = None  # the person's reason

    def __post_init__(self) -> None:
        on_unit_scale(self.score, "an identification's score")

    @property
    def is_somebody(self) -> bool:
        """Whether it is one actor, expert or medium, whose position can be asked for."""
        return self.represents is not None and self.speaks_as not in NOBODY
