"""Brief: everything the page says, as values; Claim: a sentence that cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from winset.actors.types import Body, Identification, Standing
from winset.corpus.types import Document, Duplicate, Rejected
from winset.decisions.types import Forecast
from winset.errors import NoEvidence
from winset.ids import ActorId, DocumentId, PartialDate, StatementId, on_issue_scale
from winset.issues import Issue
from winset.positions.types import Position, Shift, Stance
from winset.sourcing.settling import Settlement
from winset.sourcing.types import Credit, Discrepancy, Event, Lineage, Origin, Precedent, Question, SharedClaim
from winset.statements.types import Statement


class ClaimKind(StrEnum):
    """How a sentence of the brief is known."""

    QUOTED = "quoted"
    ESTIMATED = "estimated"
    MODELLED = "modelled"
    ASSUMED = "assumed"
    RECORDED = "recorded"  # from the registry: a membership, a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of the brief and what it cites: statement ids, a registry key ("nato"), a bibliography key."""

    text: str
    kind: ClaimKind
    cites: tuple[str, ...]
    caveat: str = ""

    def __post_init__(self) -> None:
        if not self.cites:
            raise NoEvidence(f"claim {self.text[:60]!r} cites nothing: pass cites=(...)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedStatement:
    """A statement with all that the later steps made of it."""

    statement: Statement
    identification: Identification
    stance: Stance
    origin: Origin
    overruled: Identification | None = None  # the machine's, where `identification` is a person's
    machine_stance: Stance | None = None  # the machine's, where `stance` is, or holds, people's codes

    @property
    def id(self) -> StatementId:
        """The statement's."""
        return self.statement.id


class ChangeKind(StrEnum):
    """What would be otherwise."""

    WITHOUT = "without"  # what rests on one origin left out
    FOR = "for"  # firm statements for the proposal added, each in the actor's own words and from a new source
    AGAINST = "against"  # the same, against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Where an actor would stand if one thing were otherwise: its position estimated again."""

    kind: ChangeKind
    value: float | None  # 0-100, issue scale; None: nothing would be left on record
    std_error: float | None  # same scale; None with `value`
    added: int = 0  # assumed statements, each of an origin of its own; 0 where something is left out
    statements: tuple[StatementId, ...] = ()  # those left out
    others: int = 0  # how many were left out besides, which the brief does not show
    origin: str = ""  # label of the origin left out
    crosses: bool = False  # whether it would then be nearer the other end of the scale

    def __post_init__(self) -> None:
        if self.value is not None:
            on_issue_scale(self.value, "where an actor would stand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much is on record, where the brief shows only some of it."""

    statements: int
    origins: int  # independent ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """How much a case holds of which the brief shows only a part; what it estimates rests on all of it."""

    documents: int
    statements: int
    about: int  # of these about the proposal
    nobodys: int  # of these nobody's in particular
    actors: int  # that spoke


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor of the brief: a member with its votes, or one without a vote."""

    actor_id: ActorId
    name: str
    standing: Standing
    votes: int  # 0: no vote
    position: Position | None  # None: nothing on record
    statements: tuple[StatementId, ...]  # all that it said, relevant or not, in order of date
    changes: tuple[Change, ...] = ()  # what would change its position
    course: tuple[Position, ...] = ()  # its position on each day that something was said; empty: one day, or none
    shifts: tuple[Shift, ...] = ()  # where it moved by more than the uncertainty
    opposing: Tally | None = None  # all in which it opposes the proposal; None: what is shown is all


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMade:
    """Versions, methods, seed and time: enough to make the brief again."""

    winset_version: str
    methods: tuple[tuple[str, str], ...]  # (step, method id)
    seed: int
    draws: int
    generated_at: str  # ISO 8601, UTC
    seconds: float
    command: str  # that would make it again


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The answer with all behind it; `brief.html`, `brief.markdown` and `brief.json` only render it."""

    issue: Issue
    body: Body
    rule_name: str  # "consensus under a silence procedure"
    rule_source: str
    forecast: Forecast
    parties: tuple[Party, ...]  # members first, then by standing and name
    statements: tuple[CodedStatement, ...]
    documents: tuple[Document, ...]
    rejected: tuple[Rejected, ...]
    duplicates: tuple[Duplicate, ...]
    credits: tuple[Credit, ...]
    events: tuple[Event, ...]
    refused_spans: int  # proposals of attributors whose words did not hold
    how_made: HowMade
    unanswered: tuple[DocumentId, ...] = ()  # a language model was asked about them in vain
    as_of: PartialDate | None = None  # only what was said by then counts; None: all that is on record
    lineage: Lineage = field(default_factory=lambda: Lineage(works=(), arrows=()))  # what the documents lean on
    shared: tuple[SharedClaim, ...] = ()  # told in two documents or more
    discrepancies: tuple[Discrepancy, ...] = ()
    settled: Mapping[str, Settlement] = field(default_factory=dict)  # what persons say of these, by their id
    precedents: tuple[Precedent, ...] = ()
    questions: tuple[Question, ...] = ()  # that the documents ask themselves
    excerpt: Excerpt | None = None  # of which case this shows only some statements; None: all are there
