"""What a body of documents rests on: outside sources, claims, discrepancies, events, precedents, questions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from winset.actors.types import Identification
from winset.corpus.types import Anchor, Document
from winset.errors import BadSpan
from winset.ids import DocumentId, PartialDate, StatementId, content_id
from winset.statements.types import Segment, Statement

MISSING = ""  # the value of a telling that is not there: the entry of a footnote, a date that should be printed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """One document as the steps before read it: what every function here that looks at a whole corpus takes."""

    document: Document
    segments: tuple[Segment, ...]
    statements: tuple[Statement, ...] = ()
    identifications: tuple[Identification, ...] = ()  # of the statements, in their order; may be empty: not resolved


class CreditKind(StrEnum):
    """What a document leans on. The last three are occasions: nothing was published, somebody said it there."""

    MEDIUM = "medium"  # "according to the Financial Times"
    DOCUMENT = "document"  # "its 2022 Strategic Concept affirmed"
    REFERENCE = "reference"  # a note or an entry of a reference list
    LINK = "link"  # an address in the body
    OCCASION = "occasion"  # a press conference, briefing, speech, visit, interview that the text names
    PERSON = "person"  # somebody is quoted, and neither outlet nor occasion is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A document names an outside source for something it says."""

    document_id: DocumentId
    origin: str  # the source's name in one spelling: "Financial Times", "press conference of Jens Stoltenberg"
    kind: str  # a CreditKind
    anchor: Anchor  # the words that give the credit
    dated: PartialDate | None = None  # of the source, where given
    url: str | None = None
    title: str | None = None  # of the report or document, where a note or link tells it
    marker: str | None = None  # "5" where the words are the note [5]
    entry: Anchor | None = None  # the entry of the reference list that a note was resolved to
    speaker: str | None = None  # who spoke: to the medium, on the occasion, or the person quoted; in one spelling
    place: str | None = None  # of an occasion, as told: "Bergen"
    broken: str | None = None  # why its link cannot be followed: the words rest on a source that is not told
    statement_ids: tuple[StatementId, ...] = ()  # statements that rest on it; empty: the whole document


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One outside source: what all credits that mean the same report, document or occasion have in common.

    A document of the corpus that others credit is a work too; `document_id` tells which.
    """

    name: str  # as shown: "Financial Times, 5 June 2023", "press conference of Jens Stoltenberg, 14 June 2023"
    kind: str  # a CreditKind; MEDIUM without date, title and address: which of its reports is not told
    medium: str | None = None
    dated: PartialDate | None = None  # the date most credits give
    title: str | None = None
    url: str | None = None
    document_id: DocumentId | None = None  # where it is itself among the documents
    told_in: DocumentId | None = None  # the one document in which its name says what is meant: "the communiqué"
    credits: tuple[Credit, ...] = ()  # in order of documents and place

    @property
    def key(self) -> str:
        """Equal for one work on every machine: by the document it is, else by its name, date, title and address."""
        if self.document_id is not None:
            return f"document:{self.document_id}"
        told = (self.name.casefold(), self.dated or "", self.title or "", self.url or "", self.told_in or "")
        kind = "named-document" if self.kind == CreditKind.DOCUMENT else self.kind
        return f"{kind}:{content_id('work', *told)}"

    @property
    def document_ids(self) -> tuple[DocumentId, ...]:
        """The documents that lean on it, in their order."""
        return tuple(dict.fromkeys(credit.document_id for credit in self.credits))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One document leans on a work, or on another document: by naming it, or by carrying its text."""

    document_id: DocumentId
    to: str  # key of a Work, or "document:" and an id
    how: str  # "credits", "copies", "retells" (the same utterance in the same words, without a credit)
    anchors: tuple[Anchor, ...]  # the words that show it, in `document_id`; empty for copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Which documents lean on what: the graph of origins."""

    works: tuple[Work, ...]  # most leaned on first
    arrows: tuple[Arrow, ...]
    cycles: tuple[tuple[DocumentId, ...], ...] = ()  # documents that lean on each other in a ring
    self_citations: tuple[Arrow, ...] = ()  # a document that names itself as its source


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Why two statements are held to be one claim."""

    first: StatementId
    second: StatementId
    why: str  # "quotation", "report", "occasion", "paraphrase", "copy"
    strength: float  # 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedClaim:
    """One utterance, or one report, however many documents tell it."""

    statement_ids: tuple[StatementId, ...]  # two or more, in order of documents and place
    document_ids: tuple[DocumentId, ...]
    words: Anchor  # of the fullest telling
    origins: tuple[str, ...]  # keys of the independent origins, see Origin.key
    labels: tuple[str, ...]  # of these, as shown
    said_on: PartialDate | None = None
    ties: tuple[Tie, ...] = ()
    quoted: tuple[Anchor, ...] = ()  # its words in quotations that no statement holds; then one statement may do

    @property
    def id(self) -> str:
        """The same for the same statements."""
        return content_id("claim", *self.statement_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one statement comes from in the end: an outside source, or the document's own reporting."""

    statement_id: StatementId
    key: str  # equal for statements that rest on one source
    label: str  # as shown: "Financial Times of 5 June 2023", "own reporting of Deutsche Welle"


class DiscrepancyKind(StrEnum):
    """What is told differently."""

    NAME = "name"  # one person or thing, two spellings
    OFFICE = "office"  # one person, two offices at one time
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    ADDRESS = "address"  # one link, two spellings
    QUOTATION = "quotation"  # one utterance, two wordings
    FIRST = "first"  # "the first in the region" against "not the first"
    CORRECTION = "correction"  # the document says itself what was wrong
    REFERENCE = "reference"  # a note without an entry, an entry without a note, one that leads nowhere
    PUBLICATION = "publication"  # the date in the text against the date in the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One way in which a thing is told: the value, and the words that tell it."""

    value: str  # what differs, as told: "Jon Lind", "6 May 2019"; MISSING where it is not there
    anchor: Anchor  # the words that tell it, enough of them to be judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """The same thing told differently, side by side; or one that a document contradicts or corrects itself."""

    kind: DiscrepancyKind
    about: str  # what is told: "name of the Chinese Foreign Ministry's spokesman", "note [7]"
    tellings: tuple[Telling, ...]  # two or more values; one telling for what is missing
    right: int | None = None  # number of the telling that the documents bear out; None: they do not decide it
    why: str  # one sentence: what decides it, or why nothing does
    confidence: float = 0.5  # that it is one thing told differently, 0-1

    def __post_init__(self) -> None:
        if not self.tellings or (self.right is not None and not 0 <= self.right < len(self.tellings)):
            raise BadSpan(f"discrepancy about {self.about!r} has {len(self.tellings)} tellings; right is {self.right}")

    @property
    def id(self) -> str:
        """The same for the same kind and the same words at the same places, on every machine."""
        told = (part for each in self.tellings for part in (each.anchor.document_id, *each.anchor.span, each.value))
        return content_id("discrepancy", self.kind.value, *told)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPassage:
    """One passage that dates an event."""

    date: PartialDate
    anchor: Anchor  # the words for the event, with its date: a clause rather than a sentence
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something with a date in one document or several."""

    date: PartialDate  # the one most passages give, the most precise where they agree
    until: PartialDate | None = None  # last day of what took longer: "from 2013 to 2017", "since the 1990s"
    anchor: Anchor  # of the passage that tells it best
    document_id: DocumentId  # that passage's
    kind: str  # "publication", "statement", "mention", or more exactly "meeting", "vote", "report", "visit", ...
    planned: bool = False  # after the document's own date, or said to be planned
    ongoing: bool = False  # "since 2010": it has begun then and goes on
    passages: tuple[DatedPassage, ...] = ()  # all that tell it, the best first; empty: the one passage alone
    spread: tuple[PartialDate, PartialDate] | None = None  # earliest and latest date given, where they differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """An earlier instance of the kind of thing that is proposed."""

    kind: str  # "liaison office"
    place: str  # as told: "Lagos, Nigeria"
    since: str = ""  # as told: "2013", "the 1990s"; empty: not told
    until: str = ""
    fate: str = ""  # "closed", "remained open"; empty: not told
    detail: str = ""  # what else its words tell of it: "five Central Asian partners"
    anchors: tuple[Anchor, ...]  # the words behind it, the fullest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence or two of one document, as an answer to a question."""

    anchor: Anchor
    score: float  # 0-1, how surely it answers
    statement_id: StatementId | None = None  # the statement made in it, which tells actor, date and origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that a document asks in its own voice."""

    document_id: DocumentId
    anchor: Anchor
    passages: tuple[Passage, ...] = ()  # the best the other sentences say to it; empty: nothing here answers it
    form: str = "direct"  # or "indirect": "it is unclear whether ..."
    where: str = "body"  # else "quotation", "title", "heading", "reference", "furniture"
