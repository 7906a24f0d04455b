"""Where each statement comes from in the end. Ten articles resting on one report are one source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from winset.corpus.types import Document, Duplicate
from winset.ids import DocumentId, StatementId
from winset.sourcing.crediting.places import place_of
from winset.sourcing.tracing.publishers import publisher, shown
from winset.sourcing.tracing.resting import rests_on
from winset.sourcing.tracing.told import agree
from winset.sourcing.types import CreditKind, Origin, ReadDocument, SharedClaim, Work
from winset.statements.types import Statement

__all__ = ["origins", "publisher"]

_HEAD = 400  # characters in which a transcript says that it is one
_RECORD = re.compile(
    r"^[^\w\n]{0,8}(?:(?:unofficial |edited |full )?(?:transcript|verbatim record)"
    r"|(?:regular |joint )?press (?:conference|briefing)|(?:opening )?remarks|keynote|speech|address|statement)"
    r"(?: (?:of|by|from|with)\b|:|[^\S\n]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_SPOKEN = (CreditKind.MEDIUM, CreditKind.OCCASION)  # what a paragraph goes on telling of
_BESIDE = 12  # statements of one voice in one paragraph that are looked at
_NAMED = 3  # documents that a label names; more are counted


def origins(
    read: Sequence[ReadDocument],
    works: Sequence[Work],
    claims: Sequence[SharedClaim],
    duplicates: Sequence[Duplicate] = (),
) -> dict[StatementId, Origin]:
    """The origin of every statement, by its id; statements that rest on one source have one key.

    In this order: the outside work that is credited with it (a medium's report, a note's entry, an occasion, a
    document, a link); where that work is one of the documents, what this one rests on for the same claim, and so on;
    for a near copy, what it is a copy of; what its paragraph credits with the same voice's nearest statement; else the
    reporting of the document itself. What nothing is credited with
    and another document tells too has the origin told there: an occasion that is named, else the outside work, else
    it counts once, as the reporting of the first that published it.
    A document published by a medium has that medium's key, and so has a report of a medium of which no more is told,
    so that those who credit it and itself count once. Somebody who is merely quoted is no origin.
    duplicates: the documents that carry another's text.  Cost: linear.
    """
    return _Tracing(read, works, claims, duplicates).found()


@dataclass(frozen=True, slots=True)
class _Source:
    """An origin without the statement: a key, how it is called, and the work it is, if it is one."""

    key: str
    label: str
    work: Work | None = None  # None: own reporting


class _Tracing:
    """Every statement followed to its source."""

    def __init__(
        self,
        read: Sequence[ReadDocument],
        works: Sequence[Work],
        claims: Sequence[SharedClaim],
        duplicates: Sequence[Duplicate],
    ) -> None:
        self.documents: dict[DocumentId, Document] = {each.document.id: each.document for each in read}
        self.statements = [row for each in read for row in each.statements if row.document_id in self.documents]
        self.by_id = {row.id: row for row in self.statements}
        self.who = {row.statement_id: row for each in read for row in each.identifications}
        self.paragraphs = {each.document.id: [part.start for part in each.segments] for each in read}
        self.claims = claims
        self.claim_of = {id: claim for claim in claims for id in claim.statement_ids}
        self.first = {row.document_id: row.of for row in duplicates if row.document_id != row.of}
        self.rests_on = rests_on(read, works)
        self.listed = self._listed(works)
        self.listed_as = {work.document_id: work.medium for work in works if work.document_id and work.medium}
        self.traced: dict[StatementId, _Source] = {}
        self.root = lru_cache(maxsize=None)(self._root)
        self.own = lru_cache(maxsize=None)(self._own)

    def found(self) -> dict[StatementId, Origin]:
        """All of them."""
        for statement in self.statements:
            self._trace(statement)
        self._share_with_copies()
        for claim in self.claims:
            self._share(claim)
        self._share_with_copies()  # again: what they copy may have found its origin in a claim
        return {
            row.id: Origin(statement_id=row.id, key=self.traced[row.id].key, label=self.traced[row.id].label)
            for row in self.statements
        }

    # what is credited ------------------------------------------------------------------------------------------

    @staticmethod
    def _listed(works: Sequence[Work]) -> dict[DocumentId, set[str]]:
        """Keys of the works that each document credits anywhere."""
        listed: dict[DocumentId, set[str]] = defaultdict(set)
        for work in works:
            key = _key(work)
            for id in work.document_ids:
                listed[id].add(key)
        return listed

    # following -------------------------------------------------------------------------------------------------

    def _trace(self, statement: Statement) -> None:
        """Follow one statement through the documents here; those of a ring have the origin of its first document."""
        path: list[Statement] = []
        at: Statement | None = statement
        source: _Source | None = None
        while at is not None and source is None:
            if at.id in self.traced:
                source = self.traced[at.id]
            elif at in path:
                ring = path[path.index(at) :]
                source = min((self.own(row.document_id) for row in ring), key=lambda own: self._age(own.key))
            else:
                path.append(at)
                source, at = self._step(at)
        for row in path:
            self.traced[row.id] = source or self.own(row.document_id)

    def _step(self, statement: Statement) -> tuple[_Source | None, Statement | None]:
        """What a statement rests on: a source, or a statement of another document here to go on with."""
        document = self.documents[statement.document_id]
        found = [work for work in self.rests_on.get(statement.id, ()) if _is_known(work)]
        work = found[0] if found else self._told_beside(statement)
        if work is None or self._is_its_own(work, document):
            return self.own(document.id), None
        if work.document_id in self.documents:
            cited = self._told_there(statement, work.document_id)
            return (None, cited) if cited is not None else (self.own(work.document_id), None)
        return _Source(_key(work), _label(work), work), None

    def _told_beside(self, statement: Statement) -> Work | None:
        """The report or occasion that its paragraph credits with the nearest statement of the same voice.

        "Ada Roe spoke out against it. She told a news conference ..." is one speech, and so is one report's telling.
        """
        own = self.who.get(statement.id)
        if own is None or own.actor_id is None or not own.is_somebody:
            return None
        place = place_of(statement)
        near: list[tuple[int, StatementId, Work]] = []
        for other in self.by_voice.get((*self._paragraph(statement), own.actor_id), ())[:_BESIDE]:
            theirs = self.who[other.id]
            works = [work for work in self.rests_on.get(other.id, ()) if work.kind in _SPOKEN and _is_known(work)]
            one_voice = own.speaker is None or theirs.speaker is None or own.speaker == theirs.speaker
            if works and one_voice and agree(statement.said_on, other.said_on, days=1):
                near.append((abs(place_of(other) - place), other.id, works[0]))
        return min(near, key=lambda each: each[:2])[2] if near else None

    def _paragraph(self, statement: Statement) -> tuple[DocumentId, int]:
        """Its document, and the number of its paragraph there."""
        return statement.document_id, bisect_right(self.paragraphs[statement.document_id], place_of(statement))

    @cached_property
    def by_voice(self) -> dict[tuple[DocumentId, int, str], list[Statement]]:
        """The statements of each paragraph by actor."""
        found: dict[tuple[DocumentId, int, str], list[Statement]] = defaultdict(list)
        for row in self.statements:
            who = self.who.get(row.id)
            if who is not None and who.actor_id is not None and who.is_somebody:
                found[(*self._paragraph(row), who.actor_id)].append(row)
        return found

    def _is_its_own(self, work: Work, document: Document) -> bool:
        """Whether the credit is to the document itself, or to its publisher without naming another report."""
        if work.document_id is not None:
            return self.root(work.document_id) == self.root(document.id)
        root = self.documents[self.root(document.id)]
        return (
            not _tells_a_report(work)
            and work.medium is not None
            and work.medium
            in (
                publisher(document),
                publisher(root),
            )
        )

    def _told_there(self, statement: Statement, id: DocumentId) -> Statement | None:
        """The same claim as the document here tells it that is credited with it."""
        claim = self.claim_of.get(statement.id)
        told = [self.by_id[other] for other in claim.statement_ids if other in self.by_id] if claim else []
        return next((row for row in told if row.document_id == id), None)

    # copies ----------------------------------------------------------------------------------------------------

    def _root(self, id: DocumentId) -> DocumentId:
        """What a copy is a copy of in the end."""
        seen = {id}
        while (of := self.first.get(id)) in self.documents and of not in seen:
            assert of is not None  # noqa: S101 - it is among the documents
            seen.add(of)
            id = of
        return id

    def _share_with_copies(self) -> None:
        """What a copy tells without a credit of its own has the origin of the same words in what it copies."""
        known = {
            (row.document_id, _plain(row)): self.traced[row.id] for row in self.statements if not self._copied(row)
        }
        for row in self.statements:
            work = self.traced[row.id].work
            if self._copied(row):
                root = self.root(row.document_id)
                same = known.get((root, _plain(row)))
                if work is None or (same is not None and work.told_in == row.document_id):
                    self.traced[row.id] = same or self.own(root)

    def _copied(self, statement: Statement) -> bool:
        return self.root(statement.document_id) != statement.document_id

    # claims ----------------------------------------------------------------------------------------------------

    def _share(self, claim: SharedClaim) -> None:
        """One origin for what documents tell without saying from where; an occasion for all that is told of it."""
        told = [self.by_id[id] for id in claim.statement_ids if id in self.by_id]
        outside = {self.traced[row.id].key: self.traced[row.id] for row in told if self.traced[row.id].work is not None}
        occasions = {key: source for key, source in outside.items() if _is_occasion(source)}
        uncredited = [row for row in told if self.traced[row.id].work is None]
        if len(occasions) == 1:
            (occasion,) = occasions.values()
            for row in told:
                self.traced[row.id] = occasion
        elif outside:
            for row in uncredited:
                self.traced[row.id] = self._likeliest(row, outside, told)
        elif len({self.traced[row.id].key for row in uncredited}) > 1:
            self._follow_tellers(uncredited)
            if len({self.traced[row.id].key for row in uncredited}) > 1:
                self._retold(uncredited)

    def _likeliest(self, row: Statement, outside: Mapping[str, _Source], told: Sequence[Statement]) -> _Source:
        """Of several outside works, one that the document lists; else the one told first, so that none is added."""
        listed = sorted(set(outside) & self.listed[row.document_id])
        if listed:
            return outside[listed[0]]
        first = min(
            (each for each in told if self.traced[each.id].key in outside),
            key=lambda each: (self._age_of(each.document_id), each.start, each.id),
        )
        return outside[self.traced[first.id].key]

    def _follow_tellers(self, told: Sequence[Statement]) -> None:
        """Those who tell it have it from the one that is the record of it, or that they credit somewhere."""
        ids = sorted({row.document_id for row in told}, key=self._age_of)
        records = [id for id in ids if _is_a_record(self.documents[id])]
        for row in told:
            leads = [
                id
                for id in ids
                if f"document:{id}" in self.listed[row.document_id]
                and f"document:{row.document_id}" not in self.listed[id]
            ]
            for id in (records if len(records) == 1 else leads)[:1]:
                self.traced[row.id] = self.own(id)

    def _retold(self, told: Sequence[Statement]) -> None:
        """One utterance, and nobody says where: the first that published it stands for all."""
        ids = sorted({self.root(row.document_id) for row in told}, key=self._age_of)
        tellers = list(dict.fromkeys(shown(self.documents[id]) for id in ids))
        key = min((self.traced[row.id].key for row in told), key=self._age)
        label = f"one utterance, told by {_listing(tellers)}; {_neither(len(tellers))} says where"
        for row in told:
            self.traced[row.id] = _Source(key, label if len(tellers) > 1 else self.traced[row.id].label)

    # documents -------------------------------------------------------------------------------------------------

    def _own(self, id: DocumentId) -> _Source:
        document = self.documents[id]
        medium = publisher(document) or self.listed_as.get(id)
        key = f"medium:{medium}" if medium else f"document:{id}"
        return _Source(key, f"own reporting of {medium or shown(document)}")

    def _age_of(self, id: DocumentId) -> tuple[str, str]:
        """Sorts documents by their day, undated ones last."""
        published = self.documents[id].published
        return (published.text if published else "9999", id)

    def _age(self, key: str) -> tuple[str, str]:
        """Sorts the keys of own reporting by the first document that has them."""
        return self._first_of_key().get(key, ("9999", key))

    def _first_of_key(self) -> dict[str, tuple[str, str]]:
        if not hasattr(self, "_ages"):
            ages: dict[str, tuple[str, str]] = {}
            for id in self.documents:
                key = self.own(id).key
                ages[key] = min(ages.get(key, ("9999", "~")), self._age_of(id))
            self._ages = ages
        return self._ages


def _is_a_record(document: Document) -> bool:
    """Whether it is the transcript or text of what was said, by the words at its head."""
    return _RECORD.search(document.text, 0, _HEAD) is not None


def _key(work: Work) -> str:
    """The key of an outside work; of a medium of which no report is told, the medium's own."""
    if work.medium is not None and not _tells_a_report(work) and work.document_id is None:
        return f"medium:{work.medium}"
    return work.key


def _tells_a_report(work: Work) -> bool:
    return work.dated is not None or work.title is not None or work.url is not None


def _label(work: Work) -> str:
    """How a work is called: "Financial Times of 5 June 2023"."""
    if work.medium is None or not _tells_a_report(work):
        return work.medium or work.name
    return f"{work.medium} of {work.dated.in_words}" if work.dated else work.name


def _is_known(work: Work) -> bool:
    """Whether enough is told of it to be an origin: of an occasion its day."""
    return work.kind != CreditKind.OCCASION or work.dated is not None


def _is_occasion(source: _Source) -> bool:
    return source.work is not None and source.work.kind == CreditKind.OCCASION


def _listing(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _neither(many: int) -> str:
    return "neither" if many == 2 else "none of them"  # noqa: PLR2004 - "neither" is of two


def _plain(statement: Statement) -> str:
    """Its words without case, spacing and signs."""
    return " ".join(re.findall(r"\w+", statement.words.casefold()))
