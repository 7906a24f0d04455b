"""What changed in a case since it was last looked at: a pure function of the sight of then and the brief of now."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from winset.actors.types import Standing
from winset.brief.answer import answer
from winset.brief.digest_types import (
    AddressNews,
    AnswerChange,
    BlockerChange,
    ChangedDocument,
    Digest,
    Moved,
    NewDiscrepancy,
    NewStatement,
    NotRead,
    ToldDocument,
    ToldOtherwise,
    Words,
)
from winset.brief.index import Index, on_record, stand
from winset.brief.sight import Address, Sight, discrepancy_key, place, rejection_key, shift_key
from winset.brief.types import Brief, CodedStatement, Party
from winset.brief.wording import shown
from winset.corpus.types import Anchor, Document
from winset.ids import DocumentId, StatementId
from winset.sourcing.types import Discrepancy, DiscrepancyKind
from winset.statements.segmentation import segments
from winset.statements.types import Statement

MOST = 1_000  # statements listed of one digest; those about the proposal first
SENTENCES = 5  # listed of a document that changed, on either side
MOVED = 5.0  # points of the issue's scale from which on a position is told as another
CHANCE = 0.10  # of adoption, from which on it is told as another
OPENING, CLOSING = frozenset('“„«"'), frozenset('”“»"')
APART = 1.96  # standard errors of the difference; two estimates of one place are further apart in one of 20 cases


def digest(before: Sight, brief: Brief, *, id: str, number: int, addresses: Mapping[str, Address], at: str) -> Digest:
    """What is otherwise than in `before`. The same arguments make the same digest.

    brief: of now; of a large case it may hold only what is new. addresses: how those watched answered.
    number, 1 for the first, and id are kept only where something changed.  at: ISO 8601, UTC.
    """
    found = _Found(before, brief)
    told = Digest(
        id=id,
        number=number,
        at=at,
        since=before.at,
        proposal=brief.issue.proposal,
        body=brief.body.name,
        on=brief.issue.on.text,
        answer=brief.forecast.outcome.value,
        adopted=brief.forecast.probability_adopted,
        changed_answer=found.changed_answer(),
        new_blockers=tuple(found.new_blockers()),
        former_blockers=tuple(found.former_blockers()),
        moved=tuple(found.moved()),
        statements=found.statements[:MOST],
        statements_left=max(0, len(found.statements) - MOST),
        corrections=tuple(found.discrepancies(corrections=True)),
        changed_documents=tuple(found.changed_documents()),
        discrepancies=tuple(found.discrepancies(corrections=False)),
        new_documents=tuple(each.id for each in found.new),
        not_read=tuple(
            NotRead(name=each.name, kind=each.kind, reason=each.reason)
            for each in brief.rejected
            if rejection_key(each) not in before.rejected
        ),
        addresses=tuple(_addresses(before.addresses, addresses)),
        other_version=before.version if before.version not in ("", brief.how_made.winset_version) else "",
    )
    if told.empty:
        return replace(told, number=0, other_version="")
    return replace(told, documents=tuple(found.documents(told)), cited=tuple(found.cited(told)))


class _Found:
    """One comparison, with what its parts have in common."""

    def __init__(self, before: Sight, brief: Brief) -> None:
        self.before, self.brief, self.index = before, brief, Index(brief)
        self.by_place = {place: id for id, place in before.documents.items()}  # the last that was read there
        self.new = [each for each in brief.documents if each.id not in before.documents]
        self.statements = self._statements()

    # -- the answer, who blocks, who moved

    def changed_answer(self) -> AnswerChange | None:
        before, now = self.before, self.brief.forecast
        if not before.outcome:
            return None
        if now.outcome.value == before.outcome and abs(now.probability_adopted - before.adopted) < CHANCE:
            return None
        return AnswerChange(
            before=before.outcome,
            after=now.outcome.value,
            adopted_before=before.adopted,
            adopted_after=now.probability_adopted,
            text=answer(self.index)[0].text,
        )

    def new_blockers(self) -> Iterator[BlockerChange]:
        for each in self.index.likely_blockers:
            if each.actor_id not in self.before.blockers:
                yield BlockerChange(
                    actor=self.index.name(each.actor_id),
                    actor_id=each.actor_id,
                    before=None,
                    after=each.probability,
                    alone=each.alone,
                    statements=tuple(self.index.objection(each).statements),
                )

    def former_blockers(self) -> Iterator[BlockerChange]:
        now = {each.actor_id: each for each in self.brief.forecast.blockers}
        likely = {each.actor_id for each in self.index.likely_blockers}
        for actor_id, was in self.before.blockers.items():
            if actor_id not in likely:
                still, party = now.get(actor_id), self.index.parties.get(actor_id)
                behind = self.index.evidence(party) if party else ()
                yield BlockerChange(
                    actor=was.name,
                    actor_id=actor_id,
                    before=was.probability,
                    after=still.probability if still else None,
                    alone=bool(still and still.alone),
                    statements=tuple(each.id for each in behind),
                )

    def moved(self) -> Iterator[Moved]:
        """Members first, then all others in the brief's order."""
        told = set()
        for party in self.brief.parties:
            told.add(party.actor_id)
            if (found := self._moved(party)) is not None:
                yield found
        for actor_id, was in self.before.positions.items():
            if actor_id not in told:  # nobody is identified as it any more
                yield Moved(
                    actor=was.name,
                    actor_id=actor_id,
                    standing=Standing.UNKNOWN.value,
                    before=was.value,
                    before_error=was.std_error,
                    stood=was.stands,
                    after=None,
                    after_error=None,
                    stands=None,
                    beyond=False,
                    shifted_on=None,
                    because=(),
                )

    def _moved(self, party: Party) -> Moved | None:
        was = self.before.positions.get(party.actor_id)
        now = party.position if on_record(party) else None
        shifted = [each for each in party.shifts if shift_key(each) not in self.before.shifts]
        stands = stand(now, self.brief.issue).value if now else None
        if was is None and now is None:
            return None
        far = math.inf if was is None or now is None else abs(now.value - was.value)
        if far < MOVED and not shifted and was is not None and was.stands == stands:
            return None
        error = math.hypot(was.std_error, now.std_error) if was and now else 0.0
        weights = {str(each.statement_id): abs(each.moved) for each in now.contributions} if now else {}
        fresh = [id for id in (now.evidence if now else ()) if str(id) not in self.before.statements]
        known: list[StatementId] = [each.id for each in self.index.known(map(str, fresh))]
        return Moved(
            actor=shown(party.name),
            actor_id=party.actor_id,
            standing=party.standing.value,
            before=was.value if was else None,
            before_error=was.std_error if was else None,
            stood=was.stands if was else None,
            after=now.value if now else None,
            after_error=now.std_error if now else None,
            stands=stands,
            beyond=was is not None and now is not None and far > APART * error,
            shifted_on=shifted[-1].on.text if shifted else None,
            because=tuple(sorted(known, key=lambda id: -weights.get(str(id), 0.0))),
        )

    # -- what was said

    def _statements(self) -> tuple[NewStatement, ...]:
        """Those about the proposal first, members' first among them, repeated ones behind what they repeat."""
        carried = self._carried()
        fresh = [
            each for each in self.brief.statements if each.id not in self.before.statements and each.id not in carried
        ]
        first = self._first_tellings(fresh)
        order = list(Standing)
        ranked = sorted(
            fresh,
            key=lambda each: (
                each.stance.word == "none",
                first.get(each.id) is not None,
                order.index(each.identification.standing),
                each.stance.word in ("neutral", "unclear"),
            ),
        )
        return tuple(self._told(each, repeats=first.get(each.id)) for each in ranked)

    def _carried(self) -> set[StatementId]:
        """Statements of a changed document that its earlier text made already, in the same words."""
        found: set[StatementId] = set()
        for document in self.new:
            earlier = self._earlier(document)
            if earlier is not None:
                there = {_wording(each) for each in self._of(earlier)}
                found |= {each.id for each in self._of(document.id) if _wording(each) in there}
        return found

    def _first_tellings(self, fresh: Sequence[CodedStatement]) -> dict[StatementId, StatementId]:
        """Of each new statement that tells again what another tells: that other, an old one where there is one.

        A text that was turned round tells nothing again: the same actor must be on the same side.
        """
        new = {each.id for each in fresh}
        first: dict[StatementId, StatementId] = {}
        for claim in self.brief.shared:
            leads: dict[tuple[object, ...], StatementId] = {}
            for id in sorted(claim.statement_ids, key=lambda id: id in new):
                each = self.index.statements.get(id)
                if each is None:
                    continue
                side = each.identification.actor_id, each.identification.represents, each.stance.word
                lead = leads.setdefault(side, id)
                if id in new and id != lead:
                    first[id] = lead
        return first

    def _told(self, each: CodedStatement, *, repeats: StatementId | None) -> NewStatement:
        statement, who = each.statement, each.identification
        party = self.index.parties.get(who.actor_id) if who.actor_id else None
        return NewStatement(
            id=each.id,
            actor=party.name if party else who.represents and shown(who.represents),
            actor_id=who.actor_id,
            speaker=who.speaker,
            role=who.role,
            standing=who.standing.value,
            stance=each.stance.word,
            hedged=statement.hedged or each.stance.hedged,
            conditional=each.stance.conditional,
            said_on=statement.said_on.text if statement.said_on else None,
            document=statement.document_id,
            source=_words(statement.source) if statement.source else None,
            cue=_words(statement.cue) if statement.cue else None,
            contents=tuple(map(_words, statement.contents)),
            words=self._stretch(statement.document_id, statement.start, statement.end),
            origin=each.origin.label,
            repeats=repeats,
        )

    def _stretch(self, document: DocumentId, start: int, end: int) -> Words:
        """The words from there to there, with the quotation marks that stand around them."""
        text = self.index.documents[document].text
        start -= text[start - 1 : start] in OPENING
        end += text[end : end + 1] in CLOSING
        return Words(document=document, start=start, end=end, exact=text[start:end])

    # -- documents

    def changed_documents(self) -> Iterator[ChangedDocument]:
        for document in self.new:
            earlier = self._earlier(document)
            old = self.index.documents.get(earlier) if earlier else None
            if old is None:
                continue
            was, now = _sentences(old), _sentences(document)
            gone = [words for told, words in was.items() if told not in now]
            come = [words for told, words in now.items() if told not in was]
            text = _flat(document.text)
            yield ChangedDocument(
                place=place(document),
                before=old.id,
                after=document.id,
                gone=tuple(gone[:SENTENCES]),
                come=tuple(come[:SENTENCES]),
                more=max(0, len(gone) - SENTENCES) + max(0, len(come) - SENTENCES),
                withdrawn=tuple(
                    each.id
                    for each in self._of(old.id)
                    if any(_flat(part.exact) not in text for part in _parts(each.statement))
                ),
            )

    def discrepancies(self, *, corrections: bool) -> Iterator[NewDiscrepancy]:
        for each in self.brief.discrepancies:
            if (each.kind is DiscrepancyKind.CORRECTION) is not corrections:
                continue
            if discrepancy_key(each) not in self.before.discrepancies:
                yield _discrepancy(each)

    def documents(self, told: Digest) -> Iterator[ToldDocument]:
        """All that any line speaks of, the new ones first, each once."""
        copies = {each.document_id: each.of for each in self.brief.duplicates if each.document_id != each.of}
        many = Counter(each.statement.document_id for each in self.brief.statements)
        about = Counter(each.statement.document_id for each in self.brief.statements if each.stance.word != "none")
        for id in dict.fromkeys((*told.new_documents, *self._cited_documents(told))):
            document = self.index.documents.get(DocumentId(id))
            if document is not None:
                yield ToldDocument(
                    id=document.id,
                    name=document.name,
                    title=document.title,
                    publisher=document.publisher,
                    published=document.published.text if document.published else None,
                    url=document.source_url,
                    new=document.id not in self.before.documents,
                    statements=many[document.id],
                    about=about[document.id],
                    copy_of=copies.get(document.id),
                )

    def cited(self, told: Digest) -> Iterator[NewStatement]:
        """Statements that a line rests on and that are not listed as new."""
        listed = {each.id for each in told.statements}
        wanted = dict.fromkeys(_cited_ids(told))
        for each in self.index.known(wanted):
            if each.id not in listed:
                yield self._told(each, repeats=None)

    def _cited_documents(self, told: Digest) -> Iterator[str]:
        yield from (each.document for each in told.statements)
        yield from (str(each.statement.document_id) for each in self.index.known(_cited_ids(told)))
        for found in (*told.corrections, *told.discrepancies):
            yield from (telling.words.document for telling in found.tellings)
        for changed in told.changed_documents:
            yield from (changed.after, changed.before)

    def _earlier(self, document: Document) -> DocumentId | None:
        """The version that was read before at the same place."""
        return self.by_place.get(place(document))

    def _of(self, document: DocumentId) -> list[CodedStatement]:
        return [each for each in self.brief.statements if each.statement.document_id == document]


def _cited_ids(told: Digest) -> Iterator[str]:
    for blocker in (*told.new_blockers, *told.former_blockers):
        yield from blocker.statements
    yield from (id for moved in told.moved for id in moved.because)
    yield from (id for changed in told.changed_documents for id in changed.withdrawn)
    yield from (each.repeats for each in told.statements if each.repeats)


def _wording(each: CodedStatement) -> tuple[object, ...]:
    """What two versions of a text must share for a statement to be the same one."""
    who = each.identification
    return who.actor_id or who.represents, each.stance.word, _flat(each.statement.words)


def _parts(statement: Statement) -> tuple[Anchor, ...]:
    return (*statement.contents, *([statement.cue] if statement.cue else []))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _sentences(document: Document) -> dict[str, Words]:
    """Its sentences by their words."""
    text, id = document.text, document.id
    spans = (span for segment in segments(text) for span in segment.sentences)
    return {
        _flat(text[start:end]): Words(document=id, start=start, end=end, exact=text[start:end]) for start, end in spans
    }


def _words(part: Anchor) -> Words:
    return Words(document=part.document_id, start=part.start, end=part.end, exact=part.exact)


def _discrepancy(found: Discrepancy) -> NewDiscrepancy:
    return NewDiscrepancy(
        id=found.id,
        kind=found.kind.value,
        about=found.about,
        why=found.why,
        tellings=tuple(
            ToldOtherwise(value=each.value, right=number == found.right, words=_words(each.anchor))
            for number, each in enumerate(found.tellings)
        ),
    )


def _addresses(before: Mapping[str, Address], now: Mapping[str, Address]) -> Iterator[AddressNews]:
    for address, each in now.items():
        was = before.get(address, Address())
        if each.gone and not was.gone:
            yield AddressNews(address=address, what="gone", words=each.trouble)
        elif each.trouble and not was.trouble:
            yield AddressNews(address=address, what="fails", words=each.trouble)
        elif was.trouble and not each.trouble:
            yield AddressNews(address=address, what="answers again", words="")
        if each.moved_to and each.moved_to != was.moved_to:
            yield AddressNews(address=address, what="moved", words=each.moved_to)


def remembered(before: Sight, now: Sight, told: Digest) -> Sight:
    """What the next round is compared with: figures that were not told stay those of the last time they were.

    Else a position that creeps by a point a day would never be told to have moved.
    """
    moved = {each.actor_id for each in told.moved}
    return replace(
        now,
        positions={
            id: before.positions[id] if id in before.positions and id not in moved else stood
            for id, stood in now.positions.items()
        },
        adopted=before.adopted if before.outcome and told.changed_answer is None else now.adopted,
    )
