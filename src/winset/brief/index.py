"""Looking things up in a Brief: by id, by actor, by origin; and the number each statement carries on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from winset.actors.types import Standing
from winset.brief.language_names import language_name
from winset.brief.types import Brief, CodedStatement, Party
from winset.corpus.types import Document
from winset.decisions.types import Blocker
from winset.ids import ActorId, DocumentId, StatementId
from winset.issues import Issue
from winset.positions.types import Position
from winset.statements.languages import foreign, is_whole
from winset.statements.segmentation import segments

NORMAL_90 = 1.645  # standard errors on each side of a 90% interval
NINE_IN_TEN = 1.2816  # standard errors from the middle at which a side is nine times in ten the right one
HALF_WAY = 0.5
NEAR_HALF_WAY = 0.1  # of the way from status quo to proposal: no leaning is read into less


class Stand(StrEnum):
    """Which of status quo and proposal an actor is nearer to, and whether that is so nine times in ten."""

    FOR = "for"
    LEANS_FOR = "leaning for"
    BETWEEN = "in between"
    LEANS_AGAINST = "leaning against"
    AGAINST = "against"


def stand(position: Position, issue: Issue) -> Stand:
    """For or against, read off the position: which end of the scale it is nearer to."""
    length = issue.proposal_value - issue.status_quo
    way = (position.value - issue.status_quo) / length  # 0: status quo, 1: proposal
    half_width = NINE_IN_TEN * position.std_error / abs(length)
    if way - half_width > HALF_WAY:
        return Stand.FOR
    if way + half_width < HALF_WAY:
        return Stand.AGAINST
    if abs(way - HALF_WAY) < NEAR_HALF_WAY:
        return Stand.BETWEEN
    return Stand.LEANS_FOR if way > HALF_WAY else Stand.LEANS_AGAINST


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Statements, and how many origins independent of one another they come from."""

    statements: tuple[StatementId, ...]  # that are shown
    origins: int
    number: int  # of statements, also of those that are not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLanguages:
    """What of a document is not in English, and was searched for quotation marks and speaker labels only."""

    names: tuple[str, ...]  # "French", the most frequent first
    paragraphs: int
    whole: bool  # all of the document


def on_record(party: Party) -> bool:
    """Whether words stand behind its position; an assumed one is not on record."""
    return party.position is not None and bool(party.position.evidence)


class Titles:
    """Documents by id, and what they are called."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: dict[DocumentId, Document] = {document.id: document for document in documents}

    def title(self, document_id: DocumentId) -> str:
        """A document's title, or the name the user knows it by."""
        document = self.documents.get(document_id)
        return (document.title or document.name) if document else f"document {document_id}"


class Index(Titles):
    """One Brief, ready for questions. Nothing here is computed that the Brief does not say."""

    def __init__(self, brief: Brief) -> None:
        super().__init__(brief.documents)
        self.brief = brief

    @cached_property
    def statements(self) -> dict[StatementId, CodedStatement]:
        """By id."""
        return {coded.id: coded for coded in self.brief.statements}

    @cached_property
    def other_languages(self) -> dict[DocumentId, OtherLanguages]:
        """Documents that are not in English, wholly or in part, as extraction saw them."""
        found = {document.id: _other_languages(document) for document in self.brief.documents}
        return {id: each for id, each in found.items() if each is not None}

    @cached_property
    def _by_text(self) -> dict[str, CodedStatement]:
        """By id as plain text: evidence may cite other things than statements."""
        return {str(id): coded for id, coded in self.statements.items()}

    @cached_property
    def parties(self) -> dict[ActorId, Party]:
        """By actor."""
        return {party.actor_id: party for party in self.brief.parties}

    @cached_property
    def members(self) -> tuple[Party, ...]:
        """Those with a seat, in the Brief's order."""
        return self.of(Standing.MEMBER)

    @cached_property
    def silent_members(self) -> tuple[Party, ...]:
        """Members with nothing on record: unknown, which is not consent."""
        return tuple(party for party in self.members if not on_record(party))

    @cached_property
    def likely_blockers(self) -> tuple[Blocker, ...]:
        """Members more likely than not to object."""
        return tuple(entry for entry in self.brief.forecast.blockers if entry.probability >= HALF_WAY)

    @cached_property
    def unattributed(self) -> tuple[CodedStatement, ...]:
        """Statements that belong to no party: their source was not identified."""
        owned = {statement_id for party in self.brief.parties for statement_id in party.statements}
        return tuple(coded for coded in self.brief.statements if coded.id not in owned)

    def of(self, *standings: Standing) -> tuple[Party, ...]:
        """The parties of these standings, in the Brief's order."""
        return tuple(party for party in self.brief.parties if party.standing in standings)

    def name(self, actor_id: ActorId) -> str:
        """As shown; the id itself where the Brief does not list the actor."""
        return self.parties[actor_id].name if actor_id in self.parties else str(actor_id)

    def known(self, ids: Iterable[str]) -> tuple[CodedStatement, ...]:
        """The statements among some evidence ids, in that order; other evidence is a data set's key."""
        found = (self._by_text.get(str(id)) for id in ids)
        return tuple(coded for coded in found if coded is not None)

    def evidence(self, party: Party) -> tuple[CodedStatement, ...]:
        """The statements behind its position."""
        return self.known(party.position.evidence) if party.position else ()

    def objection(self, blocker: Blocker) -> Support:
        """The statements in which a blocker opposes the proposal; all behind its position where none does outright."""
        party = self.parties.get(blocker.actor_id)
        behind = self.evidence(party) if party else ()
        against = tuple(coded for coded in behind if coded.stance.word == "oppose")
        found = support(against or behind)
        if party is None or party.opposing is None:
            return found
        return replace(found, origins=party.opposing.origins, number=party.opposing.statements)

    def behind(self, party: Party) -> Support:
        """What the statements behind its position weigh."""
        found = support(self.evidence(party))
        if party.position is None or not party.position.others:
            return found
        return replace(found, origins=party.position.origins, number=party.position.behind)


def support(statements: Sequence[CodedStatement]) -> Support:
    """What these statements weigh: ten articles that rest on one report are one origin."""
    return Support(
        statements=tuple(coded.id for coded in statements),
        origins=len({coded.origin.key for coded in statements}),
        number=len(statements),
    )


def relevant(coded: CodedStatement) -> bool:
    """Whether it is about the proposal at all."""
    return coded.stance.word != "none"


def by_machine(coder: str) -> bool:
    """Whether a coder's name is that of a method and not of a person."""
    return coder == "machine" or coder.startswith("machine:")


def _other_languages(document: Document) -> OtherLanguages | None:
    blocks = segments(document.text)
    tongues = foreign(document.text, blocks, tongue=document.language)
    if not tongues:
        return None
    names = Counter(map(language_name, tongues.values()))
    return OtherLanguages(
        names=tuple(name for name, _ in names.most_common()),
        paragraphs=len(tongues),
        whole=is_whole(blocks, tongues),
    )
