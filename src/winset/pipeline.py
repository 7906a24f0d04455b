"""The order of the steps, and nothing else: documents, statements, actors, stances, positions, forecast, brief.

    read_material(sources, spec)  or  keep_each(store, documents) and kept_material(store)   -> Material
    compose_brief(spec, material)                                                            -> Brief
    attributed(rows)                                                                         -> pieces of lines

Here and in the command line alone a clock is read.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from winset import __version__
from winset.errors import BadCase, UnknownName
from winset.ids import ActorId, DocumentId, PartialDate, StatementId, content_id
from winset.issues import CaseSpec, Issue, Option, Seat

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.actors.judgements import Judgement
    from winset.actors.rooms import Room
    from winset.actors.saying import Said
    from winset.actors.types import Body, Identification, Standing
    from winset.brief.types import Brief, Excerpt, Party
    from winset.corpus.types import Document, Duplicate, Limits, Rejected
    from winset.decisions.rule import DecisionRule
    from winset.decisions.types import Case
    from winset.exchange.attribution_lines import BadRow, Piece, Row
    from winset.exchange.coding_export import ToCode
    from winset.exchange.coding_take import Taken
    from winset.exchange.long_lines import Place
    from winset.exchange.position_cases import Question
    from winset.exchange.supposed import KeptScenario, Supposed
    from winset.exchange.tables import Cell, Sheet
    from winset.positions.estimation import Evidence
    from winset.positions.networks.types import Discourse, Participant
    from winset.positions.proposing.types import Agenda
    from winset.positions.rulings import Ruling, Take
    from winset.positions.types import Position, Stance
    from winset.provenance import Run
    from winset.sourcing.account import Account
    from winset.sourcing.asking.asked import Asked
    from winset.sourcing.asking.replies import Reply
    from winset.sourcing.asking.terms import Named
    from winset.sourcing.settling import Settlement
    from winset.sourcing.types import Discrepancy, Origin, ReadDocument
    from winset.statements.language_model.types import Endpoint
    from winset.statements.types import Segment, Statement
    from winset.store.case_store import CaseStore
    from winset.store.changes import Change
    from winset.store.passage_index import PassageIndex
    from winset.store.types import Coding
    from winset.store.weighed import Spoke, Weighed

DRAWS = 20_000
SEED = 0
LIKELY = 60  # documents of a large case that are asked a question: some seconds
ASKED_WORDS = 6  # of a question, by which they are looked for
SIFTED = 20  # passages among which those are looked for in which the actor asked about speaks
WHOLE = 20_000  # statements up to which a case is worked out whole
SHOWN = 120  # documents of a larger one in which a brief looks for the statements that weigh most
COMPARED = 2_000  # documents up to which new ones are compared with all texts
EACH = 4  # statements of one actor that are looked for among them, at most
OTHERS = 30  # actors without a vote, those who say most, that the brief of a larger case shows
PAGE = 500  # rows of a large case that are read at once
TRACED_WHOLE = 50  # documents; of a larger case the origins of an answer are worked out among the answer's own
AHEAD = 4  # short rows read ahead of the one that is written, for each thread
STANCE = "combined"
FIRST_STANCE = "lexicon"  # the method of cases that tell none: they are of a version that had no other
PROPOSER = "asked-for"
ESTIMATOR = "normal-shrinkage"

Progress = Callable[[str], None]
Origins: TypeAlias = "Mapping[StatementId, Origin]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Documents with their coding, in one order, and what could not be used: all that a brief is made of."""

    documents: tuple[Document, ...]
    codings: tuple[Coding, ...]
    rejected: tuple[Rejected, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()  # the same text under another name
    runs: tuple[Run, ...] = ()
    additions: tuple[Addition, ...] = ()  # the user's own registries, by which the sources were identified
    overruled: Mapping[StatementId, Identification] = field(default_factory=dict)  # the machine's, where a person spoke
    machine_stances: Mapping[StatementId, Stance] = field(default_factory=dict)  # the machine's, where people coded
    settled: Mapping[str, Settlement] = field(default_factory=dict)  # what people said of discrepancies, by their id


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOne:
    """What became of one document that came in."""

    name: str
    document: Document | None = None  # None: it could not be read
    new: bool = False  # else its text was there already
    statements: int = 0  # found in a new one
    rejected: Rejected | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """The sources of a kept case: who the machine says each is, and what persons said; all in one order."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    identifications: tuple[Identification, ...]  # the machine's, or that of the people who coded the statement
    judgements: tuple[Judgement, ...]
    room: Room


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWho:
    """What a person's word on a source did."""

    judgement: Judgement
    statements: tuple[StatementId, ...]  # that it settles; of an undo: whose source is another now
    found: Identified  # the sources as they were before

    @property
    def documents(self) -> int:
        """In how many documents these statements are."""
        of = {statement.id: statement.document_id for statement in self.found.statements}
        return len({of[id] for id in self.statements})


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """Where everybody stands, on which evidence."""

    positions: tuple[Position, ...]  # by actor id
    names: Mapping[ActorId, str]  # of all that have a seat or spoke
    members: tuple[ActorId, ...]  # with a vote on the day of decision
    evidence: tuple[Evidence, ...]  # in order of what was said first
    left_out: int = 0  # statements that were not on record on the day asked for

    def silent(self, issue: Issue, *, as_of: PartialDate | None = None) -> tuple[Position, ...]:
        """An assumed position for every member with nothing on record."""
        from winset.positions.prior import assumed_position

        known = {position.actor_id for position in self.positions}
        return tuple(assumed_position(member, issue, as_of=as_of) for member in self.members if member not in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """A case and the rule in force, ready to be decided."""

    case: Case
    rule: DecisionRule
    names: Mapping[ActorId, str]  # of every actor with a seat or a position


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A kept case as its coders see it: statements with the machine's codes, and what people coded."""

    issue: Issue
    statements: tuple[ToCode, ...]  # all of the case, in its order
    held: Mapping[StatementId, tuple[Ruling, ...]]  # one of each coder
    machine_actors: Mapping[StatementId, str]  # id or label of whom the machine alone says each is from
    rulings: tuple[Ruling, ...]  # all that were ever kept
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What one `winset code CASE take` did to a case."""

    read: Taken
    number: int | None  # of the take; None where the sheet says nothing new
    new: tuple[Ruling, ...]
    replaced: int  # of the new ones: how many count instead of an earlier code of the same coder


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributors:
    """Who codes the documents: methods in order of preference, and the language model that one of them asks."""

    methods: tuple[str, ...]
    stance: str = STANCE  # the one method that tells for or against
    endpoint: Endpoint | None = None


def attributors(names: Sequence[str], *, stance: str | None = None) -> Attributors:
    """The attributors of these names, and the stance method, ready to code; the default ones where there is none.

    A language model is set up from the environment, and only where a method that asks one is among the names.
    Raises UnknownMethod, NotConfigured.
    """
    from winset.positions.stances import STANCES
    from winset.statements.attributors import ATTRIBUTORS
    from winset.statements.extraction import DEFAULT

    methods = tuple(dict.fromkeys(ATTRIBUTORS[name].id for name in names)) or tuple(DEFAULT)
    side = STANCES[STANCE if stance is None else stance]
    if not any("endpoint" in needs for needs in (side.needs, *(ATTRIBUTORS[name].needs for name in methods))):
        return Attributors(methods=methods, stance=side.id)
    from winset.exchange.chat_endpoint import ChatEndpoint
    from winset.exchange.chat_settings import chat_settings

    return Attributors(methods=methods, stance=side.id, endpoint=ChatEndpoint(chat_settings(os.environ)))


def stated(
    *,
    proposal: str,
    body: str,
    on: str,
    rule: str | None = None,
    status_quo: float = 0.0,
    options: Iterable[str] = (),
    additions: tuple[Addition, ...] = (),
) -> CaseSpec:
    """What an analyst states, checked against the registry and the rules: nothing later needs to check it again.

    body: a key, name or alias in the registry.  on: YYYY-MM-DD, or a month or year, which then means its last day.
    rule: the body's own on that day where None.  options: "label=value", values on the issue's 0-100 scale.
    additions: the user's own registries.
    Raises UnknownBody, UnknownMethod, NotYetFounded, BadDate, BadCase, BadQuota, OffScale, Contradiction.
    """
    from winset.actors.registry import registry
    from winset.decisions.rules_in_force import rule_in_force

    day = PartialDate(on)
    known = registry(additions)
    found = known.body(body)
    seats = known.seats(found.key, day.latest)
    its_rule = rule or found.rule_on(day.latest)
    if not its_rule:
        raise BadCase(f"{found.name}: its row ({found.source}) tells no rule: write one there, or --rule NAME")
    if not seats:
        raise BadCase(
            f"{found.name}: nobody is a member on {day.latest}: tell its members in its registry, {found.source}"
        )
    rule_in_force(its_rule, seats)  # a rule that these members cannot have is refused now, not after an hour of reading
    issue = Issue(
        proposal=proposal.strip(),
        body=found.key,
        rule=its_rule.strip(),
        on=day,
        status_quo=status_quo,
        options=tuple(_option(option) for option in options),
    )
    return CaseSpec(issue=issue)


def read_documents(
    sources: Sequence[str], *, limits: Limits | None = None, progress: Progress | None = None
) -> Iterator[Document | Rejected]:
    """Every document the sources lead to, and every one that could not be read, as they come.

    sources: files, folders, globs, http(s) addresses.  progress: called with each name before it is read.
    """
    from winset.corpus.reading import read
    from winset.corpus.types import Limits

    return read(sources, limits=limits or Limits(), progress=progress)


def code_document(
    document: Document,
    spec: CaseSpec | None,
    *,
    by: Attributors | None = None,
    tell: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Coding:
    """Who said what in it, who that is and, where a proposal is given, for or against.

    by: the default attributors where None.  tell: hears, in one line, where a language model gave no answer
    that holds.  additions: the user's own registries.
    """
    from winset.actors.registry import registry
    from winset.actors.resolution import resolve
    from winset.positions.stance_taking import Taken, stances_by
    from winset.statements.extraction import extract
    from winset.store.types import Coding

    by = by or attributors(())
    extraction = extract(document, methods=by.methods, endpoint=by.endpoint)
    if extraction.unanswered and tell is not None:
        tell(f"{document.name}: coded without the language model: {extraction.unanswered}")
    known = registry(additions)
    who = resolve(document, extraction.statements, known, spec=spec, parts=extraction.segments)
    taken = Taken(stances=())
    if spec is not None:
        taken = stances_by(
            by.stance,
            who.statements,
            document=document,
            issue=spec.issue,
            identifications=who.identifications,
            segments=extraction.segments,
            endpoint=by.endpoint,
            otherwise=STANCE,
        )
    if taken.untold and tell is not None:
        many = f"{taken.untold} of {len(taken.stances)} statements"
        tell(f"{document.name}: {many} judged by {STANCE}, not by {by.stance}: {taken.why}")
    return Coding(
        statements=who.statements,
        identifications=who.identifications,
        stances=taken.stances,
        refused=extraction.refused,
        runs=(extraction.run, *extraction.asked, *taken.runs),
    )


def read_material(
    sources: Sequence[str],
    spec: CaseSpec | None,
    *,
    progress: Progress | None = None,
    by: Attributors | None = None,
    tell: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Material:
    """Read and code everything, once: a text that comes again under another name is a duplicate.

    by, tell, additions: as for `code_document`.
    """
    return material_of(read_documents(sources, progress=progress), spec, by=by, tell=tell, additions=additions)


def material_of(
    found: Iterable[Document | Rejected],
    spec: CaseSpec | None,
    *,
    by: Attributors | None = None,
    tell: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Material:
    """The same from documents that are read already."""
    from winset.corpus.types import Duplicate, Rejected

    documents: dict[DocumentId, Document] = {}
    codings: list[Coding] = []
    rejected: list[Rejected] = []
    duplicates: dict[str, Duplicate] = {}
    for each in found:
        if isinstance(each, Rejected):
            rejected.append(each)
        elif each.id not in documents:
            documents[each.id] = each
            codings.append(code_document(each, spec, by=by, tell=tell, additions=additions))
        elif each.name != documents[each.id].name:
            duplicates[each.name] = Duplicate(name=each.name, document_id=each.id, of=each.id, similarity=1.0)
    return Material(
        documents=tuple(documents.values()),
        codings=tuple(codings),
        rejected=tuple(rejected),
        duplicates=tuple(duplicates.values()),
        runs=tuple(run for coding in codings for run in coding.runs),
        additions=additions,
    )


def keep_each(store: CaseStore, found: Iterable[Document | Rejected], *, by: str = "") -> Iterator[KeptOne]:
    """Code and keep documents one by one: what is told of one is in the case.  by: who adds them, for the trail."""
    from winset.corpus.types import Rejected

    spec, own = store.spec(), own_registries(store)
    for each in found:
        if isinstance(each, Rejected):
            store.reject(each)
            yield KeptOne(name=each.name, rejected=each)
            continue
        if not store.has(each.id):
            coding = code_document(each, spec, additions=own)
            if store.add(each, coding, by=by, at=now()):
                yield KeptOne(name=each.name, document=each, new=True, statements=len(coding.statements))
                continue
        store.repeat(each)
        yield KeptOne(name=each.name, document=each)


def keep_payloads(
    store: CaseStore,
    payloads: Iterable[tuple[str, bytes]],
    *,
    by: str = "",
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Iterator[KeptOne]:
    """As `keep_each`, of files' bytes with the names by which people know them.  Writes no file."""
    from winset.corpus.reading import read_payloads
    from winset.corpus.types import Limits

    yield from keep_each(store, read_payloads(payloads, limits=limits or Limits(), progress=progress), by=by)


def near_copies(store: CaseStore, new: Collection[DocumentId]) -> tuple[Duplicate, ...]:
    """Documents that nearly are others, where one of the two is among the new ones.

    Cost: every text is read; of a case of more than COMPARED documents those that share runs of words with new ones,
    and once those that were never compared.
    """
    if not new:
        return ()
    there = store.documents() if store.counts()["document"] <= COMPARED else _likely_copies(store, new)
    return tuple(found for found in _near(there) if {found.document_id, found.of} & set(new))


def _likely_copies(store: CaseStore, new: Collection[DocumentId]) -> tuple[Document, ...]:
    """The new documents and those of which they may be copies; see `store.compared`."""
    from winset.store import compared, excerpts

    with store.database.transaction(writes=False) as connection:
        ranks = compared.ranks(connection, new)
    among = excerpts.documents_at(store, compared.candidates(store.database, set(ranks.values())))
    return store.documents(tuple(among.values()))


def mark(
    store: CaseStore,
    document: Document,
    *,
    source: tuple[int, int] | None,
    cue: tuple[int, int] | None,
    contents: Sequence[tuple[int, int]],
    by: str,
) -> Coding:
    """A statement that a person marks in a document of the case, for `Desk.add` and `Desk.reshape` to keep.

    source, cue, contents: half-open spans of its text; the words in quotation marks tell the form.  by: who marks it.
    The machine reads of it what the person did not say: the date, who the source is, for or against.
    Raises BadSpan.
    """
    from winset.actors.registry import registry
    from winset.actors.resolution import identify
    from winset.positions.stance_taking import stances_by
    from winset.statements.marking import marked
    from winset.statements.segmentation import segments
    from winset.store.types import Coding

    spec = store.spec()
    statement, run = marked(document, source=source, cue=cue, contents=contents, by=by)
    who = identify(document, (statement,), registry(own_registries(store)), spec=spec)
    taken = stances_by(
        STANCE,
        (statement,),
        document=document,
        issue=spec.issue,
        identifications=who,
        segments=segments(document.text),
        endpoint=None,
        otherwise=STANCE,
    )
    return Coding(statements=(statement,), identifications=who, stances=taken.stances, runs=(run, *taken.runs))


def kept_material(store: CaseStore) -> Material:
    """All that a kept case holds, without reading any input again: persons' words before the machine's.

    Raises UnknownName for a judgement on an actor that the registry does not hold.
    """
    documents, codings = store.documents(), store.codings()
    coded = held_rulings(store)
    counting = _judged(store, documents, codings, _coded_actors(store, coded))
    return Material(
        documents=documents,
        codings=_ruled(counting, coded),
        rejected=store.rejected(),
        duplicates=store.duplicates(),
        runs=store.runs(),
        additions=own_registries(store),
        overruled=_overruled(codings, counting),
        machine_stances=_machine_stances(counting, coded),
        settled=settlements(store),
    )


def _some_material(store: CaseStore, documents: Sequence[DocumentId], *, among: Collection[StatementId]) -> Material:
    """The same of some documents of a large case, with some of their statements.

    Whom persons named is whose a statement is, but its stance stays as it is; see `store.observations.columns`.
    """
    from winset.positions.rulings import whose
    from winset.statements.attributing import UNANSWERED
    from winset.store import excerpts

    read = store.documents(documents)
    codings = tuple(_only(coding, among) for coding in store.codings(documents))
    coded, at = excerpts.held_rulings(store, list(among))
    by_coders = whose(coded, at=at, judgements=store.judgements()) if coded else {}
    counting = _judged(store, read, codings, by_coders, stances_too=False)
    return Material(
        documents=read,
        codings=_ruled(counting, coded),
        rejected=store.rejected(),
        duplicates=excerpts.duplicates(store, documents),
        runs=excerpts.runs(store, of_step=UNANSWERED),
        additions=own_registries(store),
        overruled=_overruled(codings, counting),
        machine_stances=_machine_stances(counting, coded),
        settled=settlements(store),
    )


def _only(coding: Coding, among: Collection[StatementId]) -> Coding:
    """A coding with some of its statements."""
    return replace(
        coding,
        statements=tuple(each for each in coding.statements if each.id in among),
        identifications=tuple(each for each in coding.identifications if each.statement_id in among),
        stances=tuple(each for each in coding.stances if each.statement_id in among),
    )


def _ruled(codings: tuple[Coding, ...], coded: Mapping[StatementId, Sequence[Ruling]]) -> tuple[Coding, ...]:
    """With people's codes before the machine's."""
    from winset.positions.rulings import ruled

    if not coded:
        return codings
    return tuple(
        replace(coding, stances=tuple(ruled(each, coded.get(each.statement_id, ())) for each in coding.stances))
        for coding in codings
    )


def _overruled(before: Sequence[Coding], counting: Sequence[Coding]) -> dict[StatementId, Identification]:
    """The machine's identifications, where a person spoke."""
    return {
        found.statement_id: found
        for coding, judged in zip(before, counting, strict=True)
        for found, counts in zip(coding.identifications, judged.identifications, strict=True)
        if counts is not found
    }


def _machine_stances(
    codings: Sequence[Coding], coded: Mapping[StatementId, Sequence[Ruling]]
) -> dict[StatementId, Stance]:
    """The machine's stances, where people coded otherwise."""
    from winset.positions.rulings import ruled

    return {
        stance.statement_id: stance
        for coding in codings
        for stance in coding.stances
        if stance.statement_id in coded and stance != ruled(stance, coded[stance.statement_id])
    }


def is_large(store: CaseStore) -> bool:
    """Whether a case has more than WHOLE statements: then it is never held as a whole."""
    return store.counts()["statement"] > WHOLE


def material_at_hand(store: CaseStore) -> Material:
    """All that a kept case holds; of one of more than WHOLE statements what its brief shows, see `kept_brief`."""
    if not is_large(store):
        return kept_material(store)
    made = _Made(seed=SEED, draws=DRAWS, command="", started=0.0, estimator=ESTIMATOR, as_of=None)
    return _excerpt(store, store.spec(), made).material


def settlements(store: CaseStore) -> dict[str, Settlement]:
    """What people said of what is told differently, by the discrepancy's id; of what is no longer found too."""
    from winset.sourcing.settling import settlement
    from winset.store.desk import Desk

    said = Desk(store).values("discrepancy")
    return {id: settlement(id, subject.value) for id, subject in said.items() if subject.value is not None}


def settle(
    store: CaseStore, found: Discrepancy, says: str, *, by: str, why: str = "", seen: int | None = None
) -> Settlement:
    """Keep what a person says of a discrepancy: the number of the right telling, both, neither or none.

    seen: version of what was said before, 0 for nothing; None: whatever is there.  Raises BadJudgement, Stale.
    """
    from winset.sourcing.settling import settled
    from winset.store.desk import Desk

    said = settled(found, says, by=by, at=now(), why=why)
    Desk(store).settle(found.id, said.value(), by=by, at=said.at, why=said.why, seen=seen)
    return said


def coded(store: CaseStore) -> Coded:
    """The statements of a kept case for people to code, and what they coded."""
    from winset.actors.judgements import NOBODY_KNOWN
    from winset.exchange.coding_export import ToCode

    material = kept_material(store)
    return Coded(
        issue=store.spec().issue,
        statements=tuple(
            ToCode(
                document=document,
                statement=said,
                identification=who,
                stance=material.machine_stances.get(said.id, stance),
            )
            for document, coding in zip(material.documents, material.codings, strict=True)
            for said, who, stance in zip(coding.statements, coding.identifications, coding.stances, strict=True)
        ),
        held=held_rulings(store),
        machine_actors={
            who.statement_id: who.actor_id or who.represents or NOBODY_KNOWN
            for coding in store.codings()
            for who in coding.identifications
        },
        rulings=store.rulings(),
        takes=store.takes(),
    )


def held_rulings(store: CaseStore) -> Mapping[StatementId, tuple[Ruling, ...]]:
    """What people coded of each statement and nobody took back: one ruling of each coder."""
    from winset.positions.rulings import holding

    return holding(store.rulings(), store.takes())


def take_codes(store: CaseStore, payload: bytes, *, name: str, coder: str, by: str, why: str) -> TakenIn:
    """Keep what a coding sheet says that the case does not hold yet; a row that cannot be used keeps out no other.

    name: the sheet's.  coder: of rows that name none.  by, why: who takes it in, and the reason.
    """
    from winset.actors.judgements import whom
    from winset.exchange.coding_take import Known, take
    from winset.positions.rulings import Take

    found, earlier = identified(store), store.rulings()

    @cache
    def actor(words: str) -> str:
        return whom(words, found.room.registry, found.identifications).key

    known = Known(
        issue=store.spec().issue,
        statements={statement.id: statement.document_id for statement in found.statements},
        documents={document.id: document.name for document in found.documents},
        actor=actor,
        coders=tuple(dict.fromkeys(ruling.coder for ruling in earlier)),
    )
    read = take(payload, known, name=name, coder=coder)
    held = {(each.statement_id, each.coder): each for said in held_rulings(store).values() for each in said}
    there = {key: (each.codes, each.why) for key, each in held.items()}
    new = [each for each in read.rulings if there.get((each.statement_id, each.coder)) != (each.codes, each.why)]
    number = None
    if new:
        number = len(store.takes()) + 1
        store.add_take(Take(number=number, by=by, at=now(), why=why, sheet=name), new)
    return TakenIn(
        read=read,
        number=number,
        new=tuple(new),
        replaced=sum((each.statement_id, each.coder) in held for each in new),
    )


def undo_take(store: CaseStore, number: int | None, *, by: str, why: str) -> Take:
    """Take back what came with a take, the last one where `number` is None.  Raises BadJudgement."""
    from winset.positions.rulings import Take, to_undo

    takes = store.takes()
    undone = to_undo(takes, number)
    store.add_take(Take(number=len(takes) + 1, by=by, at=now(), why=why, undoes=undone.number), ())
    return undone


def own_registries(store: CaseStore) -> tuple[Addition, ...]:
    """The registries that a kept case keeps, read again."""
    kept = store.registries()
    if not kept:
        return ()
    from winset.exchange.registry_files import RegistryText

    return tuple(RegistryText(name=each.name, format=each.format, text=each.text).addition() for each in kept)


def identified(store: CaseStore) -> Identified:
    """Who the machine says each source of a kept case is, and what persons said about it since."""
    codings, room = store.codings(), _room(store)
    by_coders = _coded_actors(store, held_rulings(store))
    return Identified(
        documents=store.documents(),
        statements=tuple(statement for coding in codings for statement in coding.statements),
        identifications=tuple(who for coding in codings for who in _as_coded(coding, by_coders, room)),
        judgements=store.judgements(),
        room=room,
    )


def say_who(store: CaseStore, said: Said) -> SaidWho:
    """Keep what a person says about who a source is. Nothing is overwritten, all can be taken back.

    Raises BadCase, BadJudgement, UnknownName.
    """
    from winset.actors.judgements import applied
    from winset.actors.saying import counting, judgement

    found = identified(store)
    made = judgement(said, found, at=now())
    before = counting(found, may_fail=made.undoes is not None)
    after = applied(found.identifications, found.statements, (*found.judgements, made), found.room)
    if made.undoes is None:
        touched = after.touched[made.number]
    else:
        pairs = zip(before, after.identifications, strict=True)
        touched = tuple(counts.statement_id for was, counts in pairs if was != counts)
    store.add_judgement(made)
    return SaidWho(judgement=made, statements=touched, found=found)


def _room(store: CaseStore) -> Room:
    from winset.actors.registry import registry
    from winset.actors.rooms import room_of

    return room_of(registry(own_registries(store)), store.spec())


def _judged(
    store: CaseStore,
    documents: Sequence[Document],
    codings: Sequence[Coding],
    by_coders: Mapping[StatementId, Judgement],
    *,
    stances_too: bool = True,
) -> tuple[Coding, ...]:
    """The codings as they count: who a person says each source is, and the stances that follow from it."""
    judgements = store.judgements()
    if not judgements and not by_coders:
        return tuple(codings)
    issue, room = store.spec().issue, _room(store)
    from winset.actors.judgements import judged
    from winset.statements.segmentation import segments

    counting = []
    for document, coding in zip(documents, codings, strict=True):
        who = judged(_as_coded(coding, by_coders, room), coding.statements, judgements, room)
        if who == coding.identifications:
            counting.append(coding)
            continue
        if not stances_too:
            counting.append(replace(coding, identifications=who))
            continue
        stances = _stances(document, coding.statements, who, issue, segments(document.text))
        counting.append(replace(coding, identifications=who, stances=stances))
    return tuple(counting)


def _coded_actors(store: CaseStore, coded: Mapping[StatementId, Sequence[Ruling]]) -> dict[StatementId, Judgement]:
    """Whose each statement is by the people who coded it; see `positions.rulings.whose`."""
    from winset.positions.rulings import whose

    if not coded:
        return {}
    return whose(coded, at={take.number: take.at for take in store.takes()}, judgements=store.judgements())


def _as_coded(coding: Coding, by_coders: Mapping[StatementId, Judgement], room: Room) -> tuple[Identification, ...]:
    """The machine's identifications, but those that people coded."""
    from winset.actors.judgements import judged

    own = [by_coders[each.id] for each in coding.statements if each.id in by_coders]
    if not own:
        return coding.identifications
    return tuple(
        now if now is before else replace(now, rule="coded by a person")
        for before, now in zip(
            coding.identifications, judged(coding.identifications, coding.statements, own, room), strict=True
        )
    )


def _stances(
    document: Document,
    statements: Sequence[Statement],
    identifications: Sequence[Identification],
    issue: Issue,
    segments: Sequence[Segment],
) -> tuple[Stance, ...]:
    """For or against, by the one method in use."""
    from winset.positions.stances import STANCES

    return STANCES[STANCE](
        statements, document=document, issue=issue, identifications=identifications, segments=segments
    )


def attributed(
    rows: Iterable[Row | BadRow], *, threads: int
) -> Generator[tuple[Place, Iterable[Piece], Rejected | None]]:
    """For each row, in order: where its line ends, the pieces of its line of who said what, and why it has none.

    threads: of a long text so many windows are read at once, of short texts so many rows; the pieces are the same
    for every number. Memory: that of a part of one text, or of a few short ones.
    """
    from concurrent.futures import Future, ThreadPoolExecutor

    from winset.exchange.attribution_lines import Row, attribution_line
    from winset.statements.attribution import attributions

    def whole(row: Row) -> list[Piece]:
        return list(attribution_line(row, partial(attributions, threads=1)))

    ahead: deque[tuple[Place, Future[list[Piece]]]] = deque()
    room = 1  # until the first text is read, and with it the weights, once
    pool = ThreadPoolExecutor(threads)
    try:
        for row in rows:
            short = isinstance(row, Row) and not row.is_long
            while ahead and (not short or len(ahead) >= room):
                place, line = ahead.popleft()
                yield place, line.result(), None
                room = AHEAD * threads
            if not isinstance(row, Row):
                yield row.place, (), row.rejected
            elif short:
                ahead.append((row.place, pool.submit(whole, row)))
            else:
                yield row.place, attribution_line(row, partial(attributions, threads=threads)), None
            del row  # a long one is let go before the next is read
        while ahead:
            place, line = ahead.popleft()
            yield place, line.result(), None
    finally:
        pool.shutdown(cancel_futures=True)


def asked(
    question: str,
    sources: Sequence[str] | CaseStore,
    *,
    top: int = 5,
    spec: CaseSpec | None = None,
    progress: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Reply:
    """The passages of the documents that answer a question best; of theirs alone, and word for word.

    sources: files, folders, addresses, or a kept case, whose index is kept with it; of a large one the LIKELY documents
    that hold most of the question's words are asked.  spec, additions: as for `code_document`; a kept case has its own.
    Of documents that are no kept case only those are coded whose passages are shown.
    Raises BadQuestion, BadCase where no document could be read.  Cost: once some 5 ms a passage.
    """
    from winset.actors.registry import registry
    from winset.corpus.types import Rejected
    from winset.sourcing.asking.asked import asked as taken_apart
    from winset.sourcing.asking.terms import Named
    from winset.store.case_store import CaseStore
    from winset.store.passage_index import index_of

    case = sources if isinstance(sources, CaseStore) else None
    named = Named(registry(additions if case is None else own_registries(case)))
    apart = taken_apart(question, named)
    large = case is not None and is_large(case)
    found: Iterable[Document | Rejected] = (
        read_documents(sources, progress=progress)
        if not isinstance(sources, CaseStore)
        else _likely(sources, question)
        if large
        else sources.documents()
    )
    documents: dict[DocumentId, Document] = {}
    rejected: list[Rejected] = []
    for each in found:
        if isinstance(each, Rejected):
            rejected.append(each)
        else:
            documents.setdefault(each.id, each)

    def material(telling: Sequence[DocumentId]) -> Material:
        if case is not None and large:
            return _some_material(case, telling, among=_statements_in(case, telling))
        if case is not None:
            return kept_material(case)
        chosen = tuple(documents[id] for id in telling)
        codings = tuple(code_document(document, spec, additions=additions) for document in chosen)
        return Material(documents=chosen, codings=codings, additions=additions)

    kept = case.database if case is not None and not large else None  # of a large case the index would be as large
    with index_of(tuple(documents.values()), named, case=kept, progress=progress) as index:
        reply = replied(apart, index, documents, named, material=material, top=top)
    return replace(reply, rejected=tuple(rejected))


def _likely(case: CaseStore, question: str) -> tuple[Document, ...]:
    """The documents that hold the question's words, else all but one of them, else all but two ...: the oldest."""
    from winset.sourcing.asking.terms import beginnings
    from winset.store.full_text import searched

    words = beginnings(question)[:ASKED_WORDS]
    found: dict[DocumentId, None] = {}
    for many in range(len(words), 0, -1):
        for some in combinations(words, many):
            page = searched(case.database, " ".join(some), limit=LIKELY, each=1, documents=LIKELY)
            found.update(dict.fromkeys(hit.document_id for hit in page.hits))
        if len(found) >= LIKELY:
            break
    return case.documents(list(found)[:LIKELY])


def _statements_in(case: CaseStore, documents: Sequence[DocumentId]) -> frozenset[StatementId]:
    return frozenset(said.id for coding in case.codings(documents) for said in coding.statements)


def replied(
    question: Asked,
    index: PassageIndex,
    documents: Mapping[DocumentId, Document],
    named: Named,
    *,
    material: Callable[[Sequence[DocumentId]], Material],
    top: int = 5,
) -> Reply:
    """What indexed documents say to a question that is taken apart.

    material: codes documents, those of the passages that were found, or more.
    """
    from winset.sourcing.asking.ranking import away, best
    from winset.sourcing.asking.replies import Reply, who_says

    looked_at = max(top, SIFTED) if question.about_anything else top
    answer = best(question, index, documents.__getitem__, named, top=looked_at)
    telling = tuple(dict.fromkeys(passage.anchor.document_id for passage in answer.passages))
    read, origins = _origins_of(material(telling), telling)
    heard, score = who_says(answer.passages, read, origins, asked_about=question.actors), answer.score
    if question.about_anything:  # statements say better than words who speaks
        own = tuple(each for each in heard if each.identification and each.identification.actor_id == question.asked_of)
        heard = own or heard
        score = away(score, answer.threshold, above=bool(own))
    return Reply(
        question=question.words,
        answered=bool(heard) and score >= answer.threshold,
        score=score,
        threshold=answer.threshold,
        heard=heard[:top],
        documents=len(documents),
    )


def _origins_of(material: Material, telling: Collection[DocumentId]) -> tuple[Sequence[ReadDocument], Origins]:
    """The documents as read, and the origins of their statements; of a larger case among these documents alone."""
    from winset.sourcing.account import sources

    if len(material.documents) > TRACED_WHOLE:
        kept = [place for place, each in enumerate(material.documents) if each.id in telling]
        material = replace(
            material,
            documents=tuple(material.documents[place] for place in kept),
            codings=tuple(material.codings[place] for place in kept),
        )
    read = as_read(material)
    return read, sources(read, copies(material)).origins


def attribution_fingerprint() -> str:
    """A hash of all that decides what `attributed` finds: the version, the code and the weights of its layer."""
    import hashlib

    from winset import statements

    folder = Path(next(iter(statements.__path__)))
    made = hashlib.sha256(__version__.encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            made.update(path.relative_to(folder).as_posix().encode())
            made.update(path.read_bytes())
    return made.hexdigest()


def proposed_agenda(material: Material, *, body: str | None = None, top: int = 5) -> Agenda | None:
    """What the documents alone say is to be decided, for a person to accept; None where nothing is asked for.

    body: key of the one that decides, where it is known.  top: issues to list.
    """
    from winset.actors.registry import registry
    from winset.positions.proposing import PROPOSERS
    from winset.sourcing.tracing.origins import publisher
    from winset.statements.segmentation import segments

    documents = material.documents
    first = {row.document_id: row.of for row in _near(documents)}
    origin_of = {each.id: publisher(each) or first.get(each.id, each.id) for each in documents}
    return PROPOSERS[PROPOSER](
        documents,
        {document.id: segments(document.text) for document in documents},
        tuple(statement for coding in material.codings for statement in coding.statements),
        origin_of=origin_of,
        known=registry(material.additions),
        body=body,
        top=top,
    )


def compose_brief(
    spec: CaseSpec,
    material: Material,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
    command: str = "",
    started: float = 0.0,
    estimator: str = ESTIMATOR,
    as_of: PartialDate | None = None,
) -> Brief:
    """The brief on what the material says.  The same spec, material, seed and draws make the same brief.

    draws: of the forecast.  command: that would make it again.  started: reading of `stopwatch()` at the start.
    estimator: of the positions, by its id.  as_of: the day whose record counts; None: everything counts.
    Raises BadCase, BadQuota for a rule that the seats cannot have, UnknownMethod.
    """
    from winset.brief.parties import parties, with_accounts
    from winset.positions.estimation import positions, until
    from winset.sourcing.account import account

    duplicates = copies(material)
    read = as_read(material)
    rests_on = account(read, duplicates, proposal=spec.issue.proposal)
    evidence = until(_evidence(material, read, rests_on.origins), as_of)
    held = positions(evidence, issue=spec.issue, method=estimator, as_of=as_of)
    seats = seats_of(spec, material.additions)
    people = parties(spec, seats, evidence, held, documents=material.documents, additions=material.additions)
    return _brief(
        spec,
        material,
        rests_on,
        duplicates=duplicates,
        evidence=evidence,
        positions=held,
        parties=with_accounts(people, evidence, spec.issue, estimator, as_of),
        made=_Made(seed=seed, draws=draws, command=command, started=started, estimator=estimator, as_of=as_of),
    )


def kept_brief(
    store: CaseStore,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
    command: str = "",
    started: float = 0.0,
    estimator: str = ESTIMATOR,
    as_of: PartialDate | None = None,
) -> Brief:
    """The brief on a kept case of any size; the arguments are those of `compose_brief`.

    Of more than WHOLE statements it shows those of some SHOWN documents, in which the words stand that weigh most for
    each member and for the OTHERS that say most. Positions, what would change them and the forecast rest on all
    statements, as `estimated_from_columns` has it; what documents rest on, tell differently, date and ask is found in
    those that are shown, and shifts are not looked for.
    Raises BadCase, also where it holds no document, BadQuota, UnknownMethod, UnknownName.
    Cost: some 5 s for a million statements; of what was added since the last time, that of reading it once.
    """
    made = _Made(seed=seed, draws=draws, command=command, started=started, estimator=estimator, as_of=as_of)
    counts = store.counts()
    if not counts["document"]:
        raise BadCase(f"{store.place}: holds no document yet: add some with `winset add {store.place} DOCS...`")
    if is_large(store):
        return _excerpt_brief(store, counts, made)
    return compose_brief(
        store.spec(),
        kept_material(store),
        seed=seed,
        draws=draws,
        command=command,
        started=started,
        estimator=estimator,
        as_of=as_of,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """How a brief is asked for; see `compose_brief`."""

    seed: int
    draws: int
    command: str
    started: float
    estimator: str
    as_of: PartialDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Excerpt:
    """What a brief shows of a large case, and what it estimates of all of it."""

    weighed: Weighed
    spoke: tuple[Spoke, ...]  # all that speak
    people: tuple[ActorId, ...]  # whom it shows
    material: Material  # statements of these alone, of the documents in which they weigh most
    rows: Mapping[int, StatementId]  # which row of the columns each is


def _excerpt(store: CaseStore, spec: CaseSpec, made: _Made) -> _Excerpt:
    from winset.store.excerpts import documents_at, statements_at
    from winset.store.observations import said
    from winset.store.weighed import Weighed

    read = said(store, as_of=made.as_of, room=lambda: _room(store))
    weighed = Weighed(read, spec.issue, method=made.estimator, as_of=made.as_of)
    seated = [seat.actor_id for seat in seats_of(spec, own_registries(store))]
    spoke = weighed.spoke()
    others = [each.actor_id for each in spoke if each.actor_id not in set(seated)][:OTHERS]
    people = (*seated, *others)
    each = max(1, min(EACH, SHOWN // max(1, len(people))))
    ranks = weighed.documents(people, each=each)
    named = documents_at(store, ranks)
    rows = weighed.rows_in(ranks, people)
    ids = statements_at(store, list(rows))
    shown = {rows[rank]: id for rank, id in ids.items()}
    material = _some_material(store, tuple(named[rank] for rank in ranks), among=frozenset(shown.values()))
    return _Excerpt(weighed=weighed, spoke=spoke, people=people, material=material, rows=shown)


def _excerpt_brief(store: CaseStore, counts: Mapping[str, int], made: _Made) -> Brief:
    from winset.brief.parties import parties
    from winset.brief.types import Excerpt
    from winset.positions.estimation import by_actor, until
    from winset.sourcing.account import account

    spec = store.spec()
    found = _excerpt(store, spec, made)
    material, spoke = found.material, {each.actor_id: each for each in found.spoke}
    duplicates, read = copies(material), as_read(material)
    rests_on = account(read, duplicates, proposal=spec.issue.proposal)
    evidence = until(_evidence(material, read, rests_on.origins), made.as_of)
    labels = {id: origin.label.partition(", via ")[0] for id, origin in rests_on.origins.items()}
    shown, own = found.weighed.shown(found.rows, labels), by_actor(evidence)
    held = {id: each for id in found.people if (each := shown.position(id, own.get(id, ()))) is not None}
    seats = seats_of(spec, material.additions)
    people = parties(spec, seats, evidence, tuple(held.values()), documents=(), additions=material.additions)
    return _brief(
        spec,
        material,
        rests_on,
        duplicates=duplicates,
        evidence=evidence,
        positions=tuple(held.get(each.actor_id, each) for each in found.weighed.positions()),
        parties=tuple(
            replace(
                party,
                name=party.name if party.votes else spoke[party.actor_id].name,
                changes=shown.changes(party.position),
                course=shown.course(party.position),
                opposing=shown.opposing(party.actor_id),
            )
            if party.position is not None
            else party
            for party in people
        ),
        made=made,
        excerpt=Excerpt(
            documents=counts["document"],
            statements=found.weighed.said.statements,
            about=found.weighed.about(),
            nobodys=found.weighed.said.nobodys,
            actors=len(found.spoke),
        ),
    )


def _brief(
    spec: CaseSpec,
    material: Material,
    rests_on: Account,
    *,
    duplicates: tuple[Duplicate, ...],
    evidence: Sequence[Evidence],
    positions: tuple[Position, ...],
    parties: tuple[Party, ...],
    made: _Made,
    excerpt: Excerpt | None = None,
) -> Brief:
    from winset.brief.types import Brief, CodedStatement, HowMade
    from winset.decisions.forecasting import forecast
    from winset.decisions.rules_in_force import rule_in_force
    from winset.decisions.types import Case

    seats = seats_of(spec, material.additions)
    rule = rule_in_force(spec.issue.rule, seats, spec.thresholds)
    case = Case(issue=spec.issue, seats=seats, positions=positions)
    found = forecast(case, rule, draws=made.draws, seed=made.seed)
    return Brief(
        issue=spec.issue,
        body=body_of(spec, material.additions),
        rule_name=rule.name,
        rule_source=rule.source,
        forecast=found,
        parties=parties,
        statements=tuple(
            CodedStatement(
                statement=each.statement,
                identification=each.identification,
                stance=each.stance,
                origin=each.origin,
                overruled=material.overruled.get(each.statement.id),
                machine_stance=material.machine_stances.get(each.statement.id),
            )
            for each in evidence
        ),
        documents=material.documents,
        rejected=material.rejected,
        duplicates=duplicates,
        credits=rests_on.credits,
        events=rests_on.events,
        lineage=rests_on.lineage,
        shared=rests_on.claims,
        discrepancies=rests_on.discrepancies,
        settled=material.settled,
        precedents=rests_on.precedents,
        questions=rests_on.questions,
        refused_spans=sum(coding.refused for coding in material.codings),
        unanswered=_unanswered(material),
        as_of=made.as_of,
        excerpt=excerpt,
        how_made=HowMade(
            winset_version=__version__,
            methods=_methods(material, spec, found.model, made.estimator),
            seed=made.seed,
            draws=made.draws,
            generated_at=now(),
            seconds=stopwatch() - made.started if made.started else 0.0,
            command=made.command,
        ),
    )


def kept_tables(store: CaseStore, *, brief: Brief | None = None) -> Iterator[Sheet]:
    """A kept case as tables, with what people coded and judged, and who changed what.

    brief: of the case, where it is made already.
    Of more than WHOLE statements the tables are read row by row: the machine's reading of each statement, with no
    origin and no brief; positions without what moved them; no discrepancies and no timeline.
    """
    from winset.exchange.tables import change_sheet, coding_sheets, sheets

    if store.counts()["statement"] > WHOLE:
        yield from _large_tables(store)
    else:
        yield from sheets(brief or compose_brief(store.spec(), kept_material(store)))
    held = [each for every in held_rulings(store).values() for each in every]
    yield from coding_sheets(store.rulings(), store.takes(), held, store.judgements())
    yield change_sheet(change_rows(store))


def _large_tables(store: CaseStore) -> Iterator[Sheet]:
    from winset.exchange.tables import large_sheets
    from winset.store.desk import Desk

    desk = Desk(store)

    def documents() -> Iterator[tuple[Document, int]]:
        last = 0
        while found := desk.documents(coder="", after=last, limit=PAGE):
            yield from ((desk.document(row.id), row.statements) for row in found)
            last = found[-1].rank

    def statements() -> Iterator[tuple[str, Statement, Identification, Stance | None]]:
        last = 0
        while found := desk.queue(coder="", after=last, limit=PAGE):
            rows = (row for row in found if row.counts)
            yield from ((row.document_name, row.statement, row.identification, row.stance) for row in rows)
            last = found[-1].place

    def positions() -> Iterator[tuple[str, Position]]:
        held = estimated_from_columns(store)
        yield from ((held.names.get(each.actor_id, str(each.actor_id)), each) for each in held.positions)

    yield from large_sheets(documents(), statements(), positions())


def change_rows(store: CaseStore) -> Iterator[Sequence[Cell]]:
    """The trail of a kept case from the first change on, a row for each thing changed; see `exchange.tables`."""
    import json

    from winset.store.desk import Desk

    def told(value: Mapping[str, object] | None) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    desk, last = Desk(store), 0
    while found := desk.changes(after=last, limit=PAGE):
        for change in found:
            who = (change.number, change.by, change.at, change.act, change.why or None)
            head = (*who, change.undoes, change.undone_by)
            for effect in change.effects:
                yield (*head, str(effect.key), effect.version, told(effect.before), told(effect.after))
            if not change.effects:
                yield (*head, None, None, None, None)
        last = found[-1].number


def read_discourse(cases: Sequence[tuple[CaseSpec, Material]], *, as_of: PartialDate | None = None) -> Discourse:
    """Who is for or against what, over one case or several: what a network is made of.

    as_of: the day of the nodes' positions; which statements count, the network is asked.  With several issues a node
    has no position, and where they hear an actor in different capacities the first of `Standing` counts.
    """
    from winset.actors.types import Standing
    from winset.brief.parties import standing_of
    from winset.positions.estimation import by_actor, positions
    from winset.positions.networks.evidence import IssueEvidence, discourse

    order, issues = list(Standing), []
    nodes: dict[ActorId, tuple[str, Standing]] = {}
    held: dict[ActorId, Position] = {}
    for spec, material in cases:
        found = estimated(spec, material)
        issues.append(IssueEvidence(issue=spec.issue, evidence=found.evidence))
        for id, said in by_actor(found.evidence).items():
            node = (found.names[id], Standing.MEMBER if id in found.members else standing_of(said))
            nodes[id] = min(nodes.get(id, node), node, key=lambda known: order.index(known[1]))
        if len(cases) == 1:
            on_record = positions(found.evidence, issue=spec.issue, method=ESTIMATOR, as_of=as_of)
            held = {each.actor_id: each for each in on_record}
    return discourse(issues, participants(nodes, held))


def participants(
    nodes: Mapping[ActorId, tuple[str, Standing]], held: Mapping[ActorId, Position]
) -> tuple[Participant, ...]:
    """Actors as nodes of a network, members first, then by name; nodes: name and standing of each."""
    from winset.actors.types import Standing
    from winset.positions.networks.types import Participant

    order = list(Standing)
    actors = (
        Participant(
            id=id,
            name=name,
            standing=standing.value,
            position=held[id].value if id in held else None,
            std_error=held[id].std_error if id in held else None,
        )
        for id, (name, standing) in nodes.items()
    )
    return tuple(sorted(actors, key=lambda actor: (order.index(Standing(actor.standing)), actor.name, actor.id)))


def estimated(
    spec: CaseSpec, material: Material, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None
) -> Estimated:
    """Where everybody stands, without a forecast; estimator, as_of: as for `compose_brief`.

    Raises BadCase, UnknownMethod.
    """
    from winset.brief.parties import label_of
    from winset.positions.estimation import by_actor, positions, until
    from winset.sourcing.account import sources

    read = as_read(material)
    everything = _evidence(material, read, sources(read, copies(material)).origins)
    evidence = until(everything, as_of)
    seats = {seat.actor_id: seat.name for seat in seats_of(spec, material.additions)}
    spoke = {actor_id: label_of(said[0].identification) for actor_id, said in by_actor(evidence).items()}
    return Estimated(
        positions=positions(evidence, issue=spec.issue, method=estimator, as_of=as_of),
        names={**spoke, **seats},
        members=tuple(seats),
        evidence=tuple(evidence),
        left_out=len(everything) - len(evidence),
    )


def decided(
    spec: CaseSpec, material: Material, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None
) -> Tabled:
    """What a kept case puts to the vote, for `decisions` to answer; estimator, as_of: as for `compose_brief`.

    Raises BadCase, BadQuota for a rule that the seats cannot have, UnknownMethod.
    """
    return tabled(spec, estimated(spec, material, estimator=estimator, as_of=as_of), additions=material.additions)


def tabled(spec: CaseSpec, found: Estimated, *, additions: tuple[Addition, ...] = ()) -> Tabled:
    """The same from positions that are estimated already.  Raises BadCase, BadQuota."""
    from winset.decisions.rules_in_force import rule_in_force
    from winset.decisions.types import Case

    seats = seats_of(spec, additions)
    return Tabled(
        case=Case(issue=spec.issue, seats=seats, positions=found.positions),
        rule=rule_in_force(spec.issue.rule, seats, spec.thresholds),
        names=found.names,
    )


def estimated_kept(store: CaseStore, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None) -> Estimated:
    """Where everybody stands in a kept case of any size; of one of more than WHOLE statements from its columns."""
    if is_large(store):
        return estimated_from_columns(store, estimator=estimator, as_of=as_of)
    return estimated(store.spec(), kept_material(store), estimator=estimator, as_of=as_of)


def estimated_from_columns(
    store: CaseStore, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None
) -> Estimated:
    """Where everybody stands in a case too large to be held as values: persons' words applied, without the evidence.

    What moved a position is told as a number of statements. See `store.observations` for what an origin is there, and
    what it leaves out.  Raises BadCase, UnknownMethod, UnknownName for a judgement on an actor that the registry does
    not hold.  Cost: some 3 s for a million statements.
    """
    from winset.store.observations import said
    from winset.store.weighed import Weighed

    spec, additions = store.spec(), own_registries(store)
    seats = {seat.actor_id: seat.name for seat in seats_of(spec, additions)}
    read = said(store, as_of=as_of, room=lambda: _room(store))
    held = Weighed(read, spec.issue, method=estimator, as_of=as_of).positions()
    spoke = {ActorId(id): label for id, label in zip(read.columns.actors, read.labels, strict=True)}
    names = {each.actor_id: spoke.get(each.actor_id, str(each.actor_id)) for each in held}
    return Estimated(positions=held, names={**names, **seats}, members=tuple(seats), evidence=())


def question(
    spec: CaseSpec,
    found: Estimated,
    *,
    name: str,
    rule: str | None = None,
    on: PartialDate | None = None,
    cost_of_objecting: float = 0.0,
    additions: tuple[Addition, ...] = (),
) -> Question:
    """What a case asks of `decisions`, ready to be asked again with a change.

    name: of the case, as told in errors.  rule: another one than the case's, by name or in words.
    on: another day of decision: its members vote, by the body's rule of that day unless the case or `rule` names
    another; positions stay as they are on record.  cost_of_objecting: issue scale times salience, 0 or more.
    Raises BadCase, BadQuota, UnknownMethod, NotYetFounded.
    """
    from winset.decisions.rules_in_force import rule_in_force
    from winset.decisions.types import Case
    from winset.exchange.position_cases import Question, rule_maker

    spec = spec if on is None else _on_another_day(spec, on, additions)
    seats = seats_of(spec, additions)
    if not seats:
        raise BadCase(f"nobody is a member of {spec.issue.body} on {spec.issue.on}: take another day")
    make_rule = rule_maker(rule) if rule else lambda among: rule_in_force(spec.issue.rule, among, spec.thresholds)
    made = make_rule(seats)
    seated = {seat.actor_id for seat in made.seats}
    return Question(
        name=name,
        cases=(
            Case(
                issue=replace(spec.issue, rule=made.id),
                seats=made.seats,
                positions=found.positions,
                cost_of_objecting=cost_of_objecting,
            ),
        ),
        rule=made,
        make_rule=make_rule,
        names={**found.names, **{seat.actor_id: seat.name for seat in made.seats}},
        outsiders=tuple(each.actor_id for each in found.positions if each.actor_id not in seated),
    )


def _on_another_day(spec: CaseSpec, on: PartialDate, additions: tuple[Addition, ...]) -> CaseSpec:
    """The same case, decided on that day; a rule that was the body's own gives way to that of the day."""
    rule = spec.issue.rule
    if spec.body_name is None:
        body = body_of(spec, additions)
        if rule == body.rule_on(spec.issue.on.latest):
            rule = body.rule_on(on.latest)
    return replace(spec, issue=replace(spec.issue, on=on, rule=rule))


def kept_scenarios(store: CaseStore) -> tuple[KeptScenario, ...]:
    """The what-ifs that a case keeps under names, in order of these."""
    from winset.exchange.supposed import KeptScenario, Supposed
    from winset.store.desk import Desk

    desk, found = Desk(store), []
    for id, subject in desk.values("scenario").items():
        value, change = subject.value or {}, desk.change(subject.change)
        found.append(
            KeptScenario(
                id=id,
                name=str(value.get("name", id)),
                supposed=Supposed.from_value(value),
                by=change.by,
                at=change.at,
                version=subject.version,
            )
        )
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def kept_scenario(store: CaseStore, name: str) -> KeptScenario:
    """The one of that name or id, in any case of letters.  Raises UnknownName with the nearest."""
    from winset.exchange.position_cases import nearest

    kept = kept_scenarios(store)
    for each in kept:
        if name.strip().casefold() in (each.id, each.name.casefold()):
            return each
    names = [each.name for each in kept]
    raise UnknownName(f"no scenario {name!r} is kept: {nearest(name, names) if names else 'there is none'}")


def keep_scenario(store: CaseStore, name: str, supposed: Supposed, *, by: str) -> Change:
    """Keep a what-if under a name.  Raises BadCase for a name that is taken, Stale."""
    from winset.exchange.supposed import named
    from winset.store.desk import Desk

    name = named(name)
    desk, id = Desk(store), content_id("scenario", name.casefold())
    there = desk.value("scenario", id)
    if there is not None and there.value is not None:
        who = desk.change(there.change).by
        raise BadCase(f"a scenario {name!r} is kept already, by {who}: take another name, or drop that one")
    return desk.keep_scenario(id, supposed.as_value(name), by=by, at=now(), seen=there.version if there else 0)


def estimated_as_of(spec: CaseSpec, found: Estimated, as_of: PartialDate, *, estimator: str = ESTIMATOR) -> Estimated:
    """The same from what was on record that day, from evidence that is at hand."""
    from winset.positions.estimation import positions, until

    evidence = until(found.evidence, as_of)
    return replace(
        found,
        positions=positions(evidence, issue=spec.issue, method=estimator, as_of=as_of),
        evidence=tuple(evidence),
        left_out=len(found.evidence) - len(evidence),
    )


def seats_of(spec: CaseSpec, additions: tuple[Addition, ...] = ()) -> tuple[Seat, ...]:
    """The members with a vote on the day of decision: the case's own list, else the registry's."""
    from winset.actors.registry import registry

    return spec.seats or registry(additions).seats(spec.issue.body, spec.issue.on.latest)


def body_of(spec: CaseSpec, additions: tuple[Addition, ...] = ()) -> Body:
    """The body that decides, from the registry or, with its own list of members, from the case."""
    from winset.actors.registry import registry
    from winset.actors.types import Body

    if spec.body_name is None:
        return registry(additions).body(spec.issue.body)
    return Body(
        key=spec.issue.body,
        name=spec.body_name,
        organisation=ActorId(spec.issue.body),
        rule=spec.issue.rule,
        founded=spec.issue.on.earliest,  # not known, and not asked: its members are those of that day
        source="the case's own list of members",
    )


def now() -> str:
    """The time, as ISO 8601 in UTC; SOURCE_DATE_EPOCH stands in for the clock where it is set.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadCase(f"SOURCE_DATE_EPOCH is {epoch!r}: write seconds since 1970, or unset it") from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def stopwatch() -> float:
    """Seconds from some fixed moment, never 0; it stands still where SOURCE_DATE_EPOCH stands in for the clock."""
    return 1.0 if "SOURCE_DATE_EPOCH" in os.environ else 1.0 + time.perf_counter()


def _unanswered(material: Material) -> tuple[DocumentId, ...]:
    """The documents, in their order, that a language model was asked about in vain."""
    from winset.statements.attributing import UNANSWERED

    runs = {run.inputs for run in material.runs if run.step == UNANSWERED}
    return tuple(document.id for document in material.documents if (document.id,) in runs)


def _option(text: str) -> Option:
    label, _, value = text.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = None
    if number is None or not label:
        raise BadCase(f"option {text!r}: write LABEL=VALUE with a value from 0 to 100, as in 'contact point=20'")
    return Option(label=label.strip(), value=number)


def _near(documents: Sequence[Document]) -> tuple[Duplicate, ...]:
    from winset.corpus.copies import copies

    return copies(documents) if len(documents) > 1 else ()


def copies(material: Material) -> tuple[Duplicate, ...]:
    """The documents that are, or nearly are, others of them."""
    return (*material.duplicates, *_near(material.documents))


def accounted(spec: CaseSpec | None, material: Material) -> Account:
    """All that the documents rest on; with a case, precedents of its proposal too."""
    from winset.sourcing.account import account

    proposal = spec.issue.proposal if spec else None
    return account(as_read(material), copies(material), proposal=proposal)


def as_read(material: Material) -> tuple[ReadDocument, ...]:
    """The documents with their coding, as `sourcing` takes them."""
    from winset.sourcing.types import ReadDocument
    from winset.statements.segmentation import segments

    return tuple(
        ReadDocument(
            document=document,
            segments=tuple(segments(document.text)),
            statements=coding.statements,
            identifications=coding.identifications,
        )
        for document, coding in zip(material.documents, material.codings, strict=True)
    )


def _evidence(
    material: Material, read: Sequence[ReadDocument], found: Mapping[StatementId, Origin]
) -> tuple[Evidence, ...]:
    """Statements with all that was made of them, in order of what was said first; undated ones last."""
    from winset.positions.estimation import Evidence
    from winset.positions.salience import prominences

    evidence = (
        Evidence(
            statement=statement,
            identification=who,
            stance=stance,
            origin=found[statement.id],
            published=each.document.published,
            prominence=prominent,
        )
        for each, coding in zip(read, material.codings, strict=True)
        for statement, who, stance, prominent in zip(
            coding.statements,
            coding.identifications,
            coding.stances,
            prominences(each.segments, coding.statements),
            strict=True,
        )
    )
    return tuple(sorted(evidence, key=lambda each: each.said.text if each.said else "9999"))


def _made(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Which method made what; where several versions of winset did, of how many documents each."""
    counted = Counter((run.step, run.method, run.version) for run in runs)
    if len({version for _, _, version in counted}) < 2:  # noqa: PLR2004
        return [(step, method) for step, method, _ in counted]
    return [
        (step, f"{method} (winset {version}, {number} document{'s' * (number > 1)})")
        for (step, method, version), number in counted.items()
    ]


def _methods(material: Material, spec: CaseSpec, model: str, estimator: str) -> tuple[tuple[str, str], ...]:
    """Which method made what, each once, in the order of the steps; and where a person did."""
    made = _made(material.runs)
    said, coded = len(material.overruled), len(material.machine_stances)
    return (
        *(each for each in dict.fromkeys(made) if each[0] != "stances"),
        *([("actors", f"a person's word on {said} statement{'s' * (said > 1)}")] if said else []),
        *(dict.fromkeys(each for each in made if each[0] == "stances") or [("stances", FIRST_STANCE)]),
        *([("stances", f"people's codes on {coded} statement{'s' * (coded > 1)}")] if coded else []),
        ("positions", estimator),
        ("rule", spec.issue.rule),
        ("forecast", model),
    )
