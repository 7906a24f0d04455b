"""What the API takes and gives, checked at its edge. Offsets are half-open, in Unicode code points."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{1,64}$", description="As other answers give it.")]
StanceWord = Literal["favour", "oppose", "neutral", "unclear", "none"]
Why = Annotated[str, Field(max_length=2_000, description="The person's reason; kept with the change.")]
Seen = Annotated[
    int | None,
    Field(ge=0, le=2**53, description="The version that was seen; another one there now is refused with 409."),
]


class Given(BaseModel):
    """What a script sends: nothing else is taken, and no text for a number."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Refusal(BaseModel):
    """Why something was refused."""

    detail: str = Field(description="What came in, what is allowed, what to do.")
    change: Change | None = Field(default=None, description="With 409: what somebody else changed meanwhile.")


class Span(Given):
    """A place in a document's text."""

    start: int = Field(ge=0, le=2**31)
    end: int = Field(ge=1, le=2**31)


class Words(BaseModel):
    """Exact words at an exact place."""

    start: int
    end: int
    exact: str


class CaseListed(BaseModel):
    """A case that is served."""

    name: str = Field(description="As it stands in addresses.")
    proposal: str
    body: str
    on: str = Field(description="Day of decision.")
    documents: int
    statements: int
    version: int = Field(description="Number of the last change.")


class Option(BaseModel):
    """A named place between status quo and proposal."""

    label: str
    value: float


class Case(CaseListed):
    """A case with its scale."""

    rule: str = Field(description="Id of the decision rule.")
    status_quo: float
    proposal_value: float
    options: list[Option]
    big: bool = Field(description="Whether it is too large for what needs all of it at once.")


class DocumentListed(BaseModel):
    """A document with how far its statements are coded."""

    place: int = Field(description="`after` of the next page.")
    id: str
    name: str
    title: str | None
    published: str | None
    publisher: str | None
    language: str | None
    statements: int
    coded: int = Field(description="Of these, by who asks.")


class Document(BaseModel):
    """A document with its text."""

    id: str
    name: str
    title: str | None
    authors: list[str]
    published: str | None
    publisher: str | None
    language: str | None
    source_url: str | None
    text: str


class Stance(BaseModel):
    """What the machine reads of a statement."""

    stance: StanceWord
    direction: float
    relevance: float
    confidence: float
    firmness: float
    hedged: bool
    conditional: bool
    voice: str
    option: str | None
    reason: str


class Codes(Given):
    """What a person codes; what is left out is not coded."""

    stance: StanceWord | None = None
    direction: float | None = Field(default=None, ge=-1, le=1, description="-1 against to 1 for.")
    firmness: float | None = Field(default=None, ge=0, le=1)
    hedged: bool | None = None
    conditional: bool | None = None
    voice: Literal["own", "reported", "ascribed"] | None = None
    option: str | None = Field(
        default=None, max_length=300, description='Label of the option it speaks of; "proposal" for the proposal.'
    )
    relevance: float | None = Field(default=None, ge=0, le=1, description="That it is about the proposal.")
    actor: str | None = Field(
        default=None, min_length=1, max_length=200, description="Whose it is: a name, an id or nobody."
    )


class Statement(BaseModel):
    """A statement as who asks sees it."""

    id: str
    place: int = Field(description="`after` of the next page.")
    document_id: str
    document: str = Field(description="The document's name.")
    source: Words | None
    cue: Words | None
    contents: list[Words]
    form: str
    said_on: str | None
    speaker: str | None
    represents: str | None
    actor: str | None = Field(description="Id in the registry, as the machine identified it.")
    standing: str
    machine: Stance | None
    codes: Codes | None = Field(description="Own ones.")
    codes_version: int = Field(description="`seen` of accept and codes.")
    verdict: Literal["right", "wrong", "added", "replaced", "superseded"] | None
    version: int = Field(description="`seen` of the verdict and of spans.")
    replaced_by: str | None
    found_by: str = Field(description="machine, or the person who marked it.")
    coded_by: list[str]
    confidence: float


class Accepting(Given):
    """Taking over the machine's reading."""

    seen: Seen = None


class Coding(Codes):
    """Codes with a reason."""

    why: Why = ""
    seen: Seen = None


class Judging(Given):
    """Whether it is a statement at all."""

    verdict: Literal["right", "wrong"]
    why: Why = ""
    seen: Seen = None


class Marking(Given):
    """The words of a statement in a document."""

    source: Span | None = None
    cue: Span | None = None
    contents: list[Span] = Field(min_length=1, max_length=50)
    why: Why = ""


class Reshaping(Marking):
    """Other words for a statement; the old one is kept and no longer counts."""

    seen: Seen = None


class Undoing(Given):
    """Taking back a change."""

    number: int | None = Field(default=None, ge=1, le=2**53, description="Left out: one's own last that holds.")
    why: Why = ""


class Settling(Given):
    """What a person says of a discrepancy."""

    said: str = Field(
        max_length=20, description="Number of the telling that is right, from 1; or both, neither or none."
    )
    why: Why = ""
    seen: Seen = None


class Position(BaseModel):
    """Where an actor stands. Issue scale, 0-100."""

    actor: str
    actor_id: str
    member: bool = Field(description="Whether it has a vote.")
    position: float
    std_error: float
    low: float = Field(description="Of the 90% interval.")
    high: float
    salience: float = Field(description="0-1")
    origins: int = Field(description="Independent origins behind it.")
    assumed: str | None
    evidence: list[str] = Field(description="Ids of the statements behind it; of a big case how many there are.")


class Positions(BaseModel):
    """Where everyone with something on record stands."""

    version: int = Field(description="Number of the last change that counts in them.")
    behind: int = Field(description="Changes made since.")
    positions: list[Position]


class Telling(BaseModel):
    """One way in which a thing is told."""

    document: str
    start: int
    end: int
    exact: str
    value: str


class Settled(BaseModel):
    """A person's word on a discrepancy."""

    verdict: Literal["right", "both", "neither", "none"]
    right: int | None = Field(description="Index of the right telling, from 0.")
    by: str
    at: str
    why: str


class Discrepancy(BaseModel):
    """The same thing told differently."""

    id: str
    kind: str
    about: str
    tellings: list[Telling]
    right: int | None = Field(description="Index of the telling that the documents bear out, from 0.")
    why: str
    confidence: float
    settled: Settled | None
    version: int = Field(description="`seen` of a settlement.")


class Effect(BaseModel):
    """What a change did to one thing."""

    about: str = Field(description="Kind, id and, of codes, the coder: codes:9cdd0514860fd41c:Ada")
    version: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Change(BaseModel):
    """One act of one person. It is never altered."""

    number: int
    by: str
    at: str
    act: str
    why: str
    undoes: int | None
    undone_by: int | None
    effects: list[Effect]


class Listing(BaseModel):
    """One page of a list."""

    next: int | None = Field(description="`after`, or `before` of changes, of the next page; null: this is the last.")


class Cases(BaseModel):
    """The cases that are served."""

    cases: list[CaseListed]


class Documents(Listing):
    """A page of documents."""

    documents: list[DocumentListed]


class Statements(Listing):
    """A page of statements."""

    statements: list[Statement]


class Discrepancies(BaseModel):
    """All discrepancies."""

    discrepancies: list[Discrepancy]


class Changes(Listing):
    """A page of changes, the newest first."""

    changes: list[Change]


Refusal.model_rebuild()
