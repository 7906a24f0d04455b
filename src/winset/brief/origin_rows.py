"""What the documents rest on, arranged for reading: outside sources, shared claims, discrepancies, questions.

HTML and Markdown lay out the same rows. Every row holds the words that show it, as links into the documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from winset.brief.index import Index, Titles, relevant
from winset.brief.page import Page, StatementRow
from winset.brief.resting import quoted, told_in, worth_an_answer
from winset.brief.timeline import PassageRow, passage_row
from winset.brief.wording import count, day, listing
from winset.corpus.types import Anchor
from winset.ids import DocumentId, PartialDate
from winset.sourcing.settling import Settlement, in_words
from winset.sourcing.types import (
    MISSING,
    CreditKind,
    Discrepancy,
    DiscrepancyKind,
    Precedent,
    Question,
    SharedClaim,
    Work,
)

KIND_WORDS = {
    CreditKind.MEDIUM: "medium",
    CreditKind.DOCUMENT: "document",
    CreditKind.REFERENCE: "note or reference",
    CreditKind.LINK: "link",
    CreditKind.OCCASION: "occasion",
    CreditKind.PERSON: "person",
}
# What changes most for a reader comes first; loose ends of notes last.
DISCREPANCY_WORDS = {
    DiscrepancyKind.CORRECTION: "correction",
    DiscrepancyKind.QUOTATION: "words of a quotation",
    DiscrepancyKind.NUMBER: "number",
    DiscrepancyKind.DATE: "date",
    DiscrepancyKind.FIRST: "said to be the first",
    DiscrepancyKind.OFFICE: "office held",
    DiscrepancyKind.PLACE: "place",
    DiscrepancyKind.NAME: "name",
    DiscrepancyKind.PUBLICATION: "date of publication",
    DiscrepancyKind.ADDRESS: "address",
    DiscrepancyKind.REFERENCE: "notes and references",
}
ASKED_IN = {"quotation": "in a quotation", "title": "in its title", "heading": "as a heading"}
DAY = 10  # characters of a time that tell its day
LONGEST_VALUE = 80  # characters that are shown above the words they stand in
TIES = {
    "quotation": "the same words quoted",
    "report": "the same report credited",
    "occasion": "the same occasion",
    "paraphrase": "the same told in other words",
    "copy": "a text copied",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """One document that leans on a work, with the words that show it."""

    document_id: DocumentId
    document: str  # title
    words: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """An outside source, and who leans on it."""

    work: Work
    name: str
    kind: str  # as shown
    leaning: tuple[Leaning, ...]
    statements: int  # that are credited to it
    alone: int  # shared claims that have no other origin

    @property
    def shared(self) -> bool:
        """Whether several documents meet in it; in a person alone they do not: he may speak twice."""
        return len(self.leaning) > 1 and not self.person

    @property
    def person(self) -> bool:
        """Whether all that is told is who was quoted."""
        return self.work.kind == CreditKind.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One thing that several documents tell, and how many origins it has in the end."""

    claim: SharedClaim
    words: str
    statements: tuple[StatementRow, ...]  # in order of documents and place
    quoted: tuple[PassageRow, ...]  # the same words in quotations that no statement holds
    documents: tuple[str, ...]  # titles
    origins: int
    labels: tuple[str, ...]  # of the origins
    about: bool  # the proposal
    why: str  # what ties the tellings
    when: str  # "" where unknown

    @property
    def single(self) -> bool:
        """Whether it all comes from one origin."""
        return self.origins == 1

    @property
    def weight(self) -> str:
        """As shown: "said in 4 documents, 1 origin"."""
        return f"said in {count(len(self.documents), 'document')}, {count(self.origins, 'origin')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingRow:
    """One way in which a thing is told."""

    value: str  # "" where it is not there
    right: bool  # borne out by the documents
    words: PassageRow

    @property
    def short(self) -> str:
        """The value where it is no long quotation, which its words show anyway."""
        if not self.value:
            return "not there"
        return self.value if len(self.value) <= LONGEST_VALUE else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscrepancyRow:
    """The same thing told differently."""

    discrepancy: Discrepancy
    kind: str  # as shown
    tellings: tuple[TellingRow, ...]
    settlement: Settlement | None = None  # a person's, beside the machine's view

    @property
    def settled(self) -> str:
        """As shown: "settled by Ada, 3 May 2031: “6 May” is right: the minutes say so"; "" where nobody did."""
        said = self.settlement
        if said is None:
            return ""
        on = f", {day(PartialDate(said.at[:DAY]))}" if said.at else ""
        why = f": {said.why}" if said.why else ""
        return f"settled by {said.by}{on}: {in_words(said, self.discrepancy)}{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentRow:
    """An earlier instance, and the words behind it."""

    precedent: Precedent
    years: str  # "2013 to 2017", "since 2010"; "" where not told
    fate: str
    words: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question that a document asks, and what the documents say to it."""

    question: Question
    where: str  # "in a quotation"; "" in the document's own text
    words: PassageRow
    passages: tuple[PassageRow, ...]


def work_rows(index: Index) -> tuple[WorkRow, ...]:
    """Outside sources, those in which most documents meet first, then those that carry most."""
    alone = Counter(claim.origins[0] for claim in index.brief.shared if len(claim.origins) == 1)
    rows = [work_row(index, work, alone[work.key]) for work in index.brief.lineage.works]
    return tuple(sorted(rows, key=lambda row: (-len(row.leaning), -row.alone, -row.statements)))


def work_row(index: Titles, work: Work, alone: int) -> WorkRow:
    """One of them; alone: shared claims that have no other origin."""
    words: dict[DocumentId, dict[Anchor, None]] = {}
    for credit in work.credits:
        words.setdefault(credit.document_id, {})[credit.anchor] = None
    credited = {id for credit in work.credits for id in credit.statement_ids}
    return WorkRow(
        work=work,
        name=work.name,
        kind="among the documents" if work.document_id else KIND_WORDS.get(CreditKind(work.kind), work.kind),
        leaning=tuple(
            Leaning(document_id=id, document=index.title(id), words=tuple(passage_row(index, each) for each in anchors))
            for id, anchors in words.items()
        ),
        statements=len(credited),
        alone=alone,
    )


def claim_rows(page: Page) -> tuple[ClaimRow, ...]:
    """Claims told in two documents or more: those about the proposal first, of one origin first, most told first.

    Of a claim only what is on record on the day of the brief is counted.
    """
    rows = [row for claim in page.brief.shared if (row := _claim(page, claim)) is not None]
    return tuple(sorted(rows, key=lambda row: (not row.about, not row.single, -len(row.documents))))


def _claim(page: Page, claim: SharedClaim) -> ClaimRow | None:
    rows = tuple(page.rows[id] for id in claim.statement_ids if id in page.rows)
    documents = told_in(page.index, claim)
    if len(documents) < 2:  # noqa: PLR2004 - what one document says is not shared
        return None
    return ClaimRow(
        claim=claim,
        words=passage_row(page.index, claim.words).words,
        statements=rows,
        quoted=tuple(passage_row(page.index, words) for words in quoted(page.index, claim)),
        documents=tuple(page.index.title(id) for id in documents),
        origins=max(1, len(claim.origins)),
        labels=claim.labels,
        about=any(relevant(row.coded) for row in rows),
        why=listing([TIES.get(why, why) for why in dict.fromkeys(tie.why for tie in claim.ties)]),
        when=day(claim.said_on) if claim.said_on else "",
    )


def discrepancy_rows(index: Index) -> tuple[DiscrepancyRow, ...]:
    """Most important first: in words about the proposal, then by kind, then the surest."""
    about = _about(index)
    order = list(DISCREPANCY_WORDS)
    ranked = sorted(
        index.brief.discrepancies,
        key=lambda each: (
            each.kind is DiscrepancyKind.REFERENCE,
            not any(_meets(telling.anchor, about) for telling in each.tellings),
            order.index(each.kind),
            -each.confidence,
        ),
    )
    return tuple(discrepancy_row(index, each, index.brief.settled.get(each.id)) for each in ranked)


def _about(index: Index) -> dict[DocumentId, list[tuple[int, int]]]:
    """Where each document speaks of the proposal."""
    found: dict[DocumentId, list[tuple[int, int]]] = {}
    for coded in index.brief.statements:
        if relevant(coded):
            spans = found.setdefault(coded.statement.document_id, [])
            parts = (coded.statement.source, coded.statement.cue, *coded.statement.contents)
            spans.extend(part.span for part in parts if part is not None)
    return found


def _meets(words: Anchor, places: dict[DocumentId, list[tuple[int, int]]]) -> bool:
    return any(start < words.end and words.start < end for start, end in places.get(words.document_id, ()))


def discrepancy_row(index: Titles, found: Discrepancy, said: Settlement | None = None) -> DiscrepancyRow:
    """One of them; said: what a person says of it."""
    return DiscrepancyRow(
        discrepancy=found,
        kind=DISCREPANCY_WORDS[found.kind],
        tellings=tuple(
            TellingRow(
                value="" if telling.value == MISSING else telling.value,
                right=is_right(found, number),
                words=passage_row(index, telling.anchor),
            )
            for number, telling in enumerate(found.tellings)
        ),
        settlement=said,
    )


def is_right(found: Discrepancy, number: int) -> bool:
    """Whether a telling is borne out: it is the right one, or says the same."""
    if found.right is None:
        return False
    value = found.tellings[found.right].value
    return number == found.right or (value != MISSING and found.tellings[number].value == value)


def precedent_rows(index: Index) -> tuple[PrecedentRow, ...]:
    """Earlier instances, in the order in which they were found."""
    return tuple(precedent_row(index, each) for each in index.brief.precedents)


def precedent_row(index: Titles, found: Precedent) -> PrecedentRow:
    """One of them."""
    return PrecedentRow(
        precedent=found,
        years=_years(found.since, found.until),
        fate="; ".join(part for part in (found.fate, found.detail) if part),
        words=tuple(passage_row(index, words) for words in found.anchors),
    )


def _years(since: str, until: str) -> str:
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else ""


def question_rows(index: Index) -> tuple[QuestionRow, ...]:
    """The documents' questions: those that nothing here answers first."""
    return open_questions(index, index.brief.questions)


def open_questions(index: Titles, questions: Iterable[Question]) -> tuple[QuestionRow, ...]:
    """Those of them that a reader may want answered: what nothing here answers first."""
    rows = [
        QuestionRow(
            question=each,
            where=ASKED_IN.get(each.where, ""),
            words=passage_row(index, each.anchor),
            passages=tuple(passage_row(index, passage.anchor) for passage in each.passages),
        )
        for each in worth_an_answer(questions)
    ]
    return tuple(sorted(rows, key=lambda row: bool(row.passages)))


def split(rows: Sequence[DiscrepancyRow]) -> tuple[tuple[DiscrepancyRow, ...], tuple[DiscrepancyRow, ...]]:
    """What is told differently, and the loose ends of notes."""
    loose = DiscrepancyKind.REFERENCE
    return (
        tuple(row for row in rows if row.discrepancy.kind is not loose),
        tuple(row for row in rows if row.discrepancy.kind is loose),
    )
