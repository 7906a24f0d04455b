"""Digest: what changed in a case between two looks at it, as plain values that every form of it is made from."""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA = "winset-digest/1"  # grows by new fields; a field that changes or goes makes it winset-digest/2


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Exact words: `document.text[start:end] == exact`, in Unicode code points, half-open."""

    document: str  # id
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDocument:
    """A document that the digest speaks of."""

    id: str
    name: str
    title: str | None
    publisher: str | None
    published: str | None  # as precise as its source
    url: str | None
    new: bool
    statements: int  # in it, that count
    about: int  # of these, about the proposal
    copy_of: str | None  # id of the document whose text it nearly is


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatement:
    """A statement that was not there before."""

    id: str
    actor: str | None  # whom it counts for, as shown; None: nobody in particular
    actor_id: str | None
    speaker: str | None
    role: str | None
    standing: str
    stance: str  # favour, oppose, neutral, unclear; none: not about the proposal
    hedged: bool
    conditional: bool
    said_on: str | None
    document: str
    source: Words | None
    cue: Words | None
    contents: tuple[Words, ...]
    words: Words  # from the first of these to the last, as they stand
    origin: str  # label of where it comes from in the end
    repeats: str | None  # id of the statement that told it first: the same words, or the same report


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An actor whose position is another than before."""

    actor: str
    actor_id: str
    standing: str
    before: float | None  # 0-100, issue scale; None: nothing was on record
    before_error: float | None
    stood: str | None  # "for", "leaning against", ...
    after: float | None  # None: nothing is on record any more
    after_error: float | None
    stands: str | None
    beyond: bool  # whether the two estimates are further apart than chance puts them in one of 20 cases
    shifted_on: str | None  # since when its own words speak for another place, where they clearly do
    because: tuple[str, ...]  # ids of its new statements, the one that moved it most first


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerChange:
    """A member that has become likely to object, or no longer is."""

    actor: str
    actor_id: str
    before: float | None  # probability of objecting, 0-1; None: below one half, not kept
    after: float | None
    alone: bool  # whether its objection is enough
    statements: tuple[str, ...]  # ids of those behind it now


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """The answer of the vote, or its chance, is another."""

    before: str  # adopted, blocked, pending
    after: str
    adopted_before: float  # probability of adoption, 0-1
    adopted_after: float
    text: str  # the answer now, as the brief's headline tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOtherwise:
    """One way in which a thing is told."""

    value: str  # "" where it is not there
    right: bool  # borne out by the documents
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDiscrepancy:
    """The same thing told differently, or a correction that a document prints."""

    id: str
    kind: str
    about: str
    why: str
    tellings: tuple[ToldOtherwise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDocument:
    """A document whose text at its address, or under its name, is another than it was. Both stay in the case."""

    place: str
    before: str  # id
    after: str  # id
    gone: tuple[Words, ...]  # sentences of the old text that the new one lacks
    come: tuple[Words, ...]  # and the other way round
    more: int  # further sentences that differ, which are not listed
    withdrawn: tuple[str, ...]  # ids of statements of the old text whose words the new one lacks; they still count


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """What could not be read."""

    name: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressNews:
    """An address that is watched answers otherwise than before."""

    address: str
    what: str  # "fails", "answers again", "gone", "moved"
    words: str  # why, or where to


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What changed; empty where nothing did."""

    schema: str = SCHEMA
    id: str  # urn:uuid:..., the same for the same round of a case
    number: int  # 1, 2, 3 ... of the digests of a case that are not empty; 0: an empty one
    at: str  # ISO 8601, UTC
    since: str  # when the case was looked at before
    proposal: str
    body: str
    on: str  # day of decision
    answer: str  # adopted, blocked, pending: now
    adopted: float  # probability, 0-1
    changed_answer: AnswerChange | None = None
    new_blockers: tuple[BlockerChange, ...] = ()
    former_blockers: tuple[BlockerChange, ...] = ()
    moved: tuple[Moved, ...] = ()
    statements: tuple[NewStatement, ...] = ()
    statements_left: int = 0  # new ones over the limit, which are not listed
    corrections: tuple[NewDiscrepancy, ...] = ()
    changed_documents: tuple[ChangedDocument, ...] = ()
    discrepancies: tuple[NewDiscrepancy, ...] = ()
    new_documents: tuple[str, ...] = ()  # ids
    not_read: tuple[NotRead, ...] = ()
    addresses: tuple[AddressNews, ...] = ()
    other_version: str = ""  # of winset, where another one made the figures before
    whole: bool = True  # False: too large a case for origins and discrepancies
    documents: tuple[ToldDocument, ...] = ()  # all that any line speaks of
    cited: tuple[NewStatement, ...] = ()  # statements that a line rests on and that are not new

    @property
    def empty(self) -> bool:
        """Whether nothing changed that is told of."""
        told = (
            self.changed_answer,
            *(self.new_blockers, self.former_blockers, self.moved, self.statements, self.corrections),
            *(self.changed_documents, self.discrepancies, self.new_documents, self.not_read, self.addresses),
        )
        return not any(told)
