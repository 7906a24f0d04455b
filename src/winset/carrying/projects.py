"""A kept case as a project for other programs, and their projects as documents, statements and codes of a case.

    project_of(store)                        -> Project, a document at a time
    take_in(store, project, name=, by=)      -> what it brought

What a file of another program tells is kept as said by the people it names; the machine reads the same words beside
it, and neither is put over the other. Taking the same file in again brings nothing new.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from winset.errors import BadCase, UnknownName, WinsetError
from winset.exchange.projects import AS_CODED, Project, ProjectDocument, ProjectStatement
from winset.ids import DocumentId, StatementId, slug
from winset.pipeline.clock import now
from winset.pipeline.defaults import STANCE
from winset.pipeline.kept_cases import WHOLE, kept_material
from winset.pipeline.people import held_rulings
from winset.pipeline.registries import own_registries
from winset.positions.rulings import PROPOSAL_ITSELF, Codes, Ruling

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.actors.registry import Registry
    from winset.corpus.types import Document, Rejected
    from winset.issues import CaseSpec, Issue
    from winset.positions.types import Stance
    from winset.statements.types import Statement
    from winset.store.case_store import CaseStore
    from winset.store.desk import Desk, QueueRow
    from winset.store.types import Coding

OWN_ACTORS = "actors of "  # begins the name of a registry that a file brought
SHOWN, MOST_SHOWN = 60, 20  # letters of a name in a line, and names
PAGE = 500  # rows that are read at once of a large case
Progress: TypeAlias = Callable[[str], None]
Held: TypeAlias = Mapping[StatementId, Sequence[Ruling]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a project brought into a case."""

    added: tuple[str, ...] = ()  # names of documents
    again: tuple[str, ...] = ()  # of documents whose text was there already
    statements: int = 0  # new ones
    statements_again: int = 0
    codes: int = 0  # of people, that the case did not hold yet
    take: int | None = None  # their take; None: no codes
    concepts: tuple[str, ...] = ()  # what statements are about that the case does not ask
    actors: tuple[str, ...] = ()  # that the registry did not know; an own registry of the case knows them now
    rejected: tuple[Rejected, ...] = ()
    unkept: tuple[str, ...] = ()  # what the file holds that winset has no place for


def project_of(store: CaseStore) -> Project:
    """A kept case as a project; its documents may be read once. See `exchange.projects.LEFT_BEHIND` for what stays.

    Of more than WHOLE statements one document is held at a time, and its sources are as the machine identified them.
    """
    held = {id: tuple(replace(ruling, take=0) for ruling in rulings) for id, rulings in held_rulings(store).items()}
    large = store.counts()["statement"] > WHOLE
    return Project(spec=store.spec(), documents=(_paged if large else _whole)(store, held))


def documents_of(store: CaseStore) -> Iterator[Document]:
    """The documents of a kept case alone, one at a time, in the order in which they came."""
    from winset.store.desk import Desk

    desk, last = Desk(store), 0
    while found := desk.documents(coder="", after=last, limit=PAGE):
        yield from (desk.document(row.id) for row in found)
        last = found[-1].rank


def take_in(
    store: CaseStore,
    project: Project,
    *,
    name: str,
    by: str,
    concept: str | None = None,
    machine: bool = False,
    progress: Progress | None = None,
) -> Brought:
    """Bring a project's documents, statements and codes into a case.

    name: the file's.  by: who takes it in.  concept: the one that is the case's proposal; the others are options of
    the case where they have the name of one, else no words on the proposal.  machine: whether the machine reads new
    documents too, as `winset add` does; what it finds stands beside what people marked.
    The whole file is read before the first document is kept, so that one that breaks off leaves the case as it was.
    Raises what the project's reader raises, BadCase for a concept that it does not have, LockedCase, CannotWrite.
    """
    from winset.store.desk import Desk
    from winset.store.types import Coding

    documents = _asking(project, store.spec().issue)
    concepts = tuple(dict.fromkeys(each.concept for found in documents for each in found.statements if each.concept))
    check_concept(concept, replace(project, documents=documents), name)
    unknown = _unknown_actors(documents, store)
    if unknown:
        _add_registry(store, name, _registry_csv(unknown), by)
    taking = _Taking(
        store=store,
        desk=Desk(store),
        by=by,
        name=name,
        concept=concept,
        machine=machine,
        ids=_own_ids(store),
    )
    apart = _Apart(store, taking.desk)
    for found in documents:
        document = found.document
        if progress is not None:
            progress(document.name)
        coding = taking.coding(found)
        if not store.has(document.id) and store.add(document, taking.with_machine(document, coding), by=by, at=now()):
            taking.added.append(document.name)
            taking.new += len(coding.statements)
        else:
            taking.again.append(document.name)
            there = taking.desk.rows([each.id for each in coding.statements], coder="")
            apart.see(found)
            for number, statement in enumerate(coding.statements):
                if statement.id in there:
                    continue
                one = Coding(
                    statements=(statement,),
                    identifications=coding.identifications[number : number + 1],
                    stances=coding.stances[number : number + 1],
                    runs=coding.runs,
                )
                taking.desk.add(one, by=by, at=now(), why=f"from {name}")
                taking.new += 1
            taking.old += len(there)
    take, codes = taking.keep_codes()
    asked = {taking.issue.proposal, *(option.label for option in taking.issue.options), concept}
    return Brought(
        added=tuple(taking.added),
        again=tuple(taking.again),
        statements=taking.new,
        statements_again=taking.old,
        codes=codes,
        take=take,
        concepts=tuple(each for each in concepts if each not in asked),
        actors=tuple(unknown),
        rejected=project.rejected,
        unkept=(*project.unkept, *taking.told(), *apart.told()),
    )


def _asking(project: Project, issue: Issue) -> tuple[ProjectDocument, ...]:
    """The documents; where the file asks another question than the case, its own is their statements' concept."""
    documents = tuple(project.documents)
    asked = project.spec.issue.proposal if project.spec else issue.proposal
    if asked == issue.proposal:
        return documents
    return tuple(
        replace(
            found,
            statements=tuple(each if each.concept else replace(each, concept=asked) for each in found.statements),
        )
        for found in documents
    )


class _Apart:
    """What a file says otherwise of documents and statements that are there: the case keeps its own word on them."""

    def __init__(self, store: CaseStore, desk: Desk) -> None:
        self._store, self._desk = store, desk
        self._speakers: Mapping[StatementId, str | None] | None = None
        self._documents = self._statements = 0

    def see(self, found: ProjectDocument) -> None:
        """Compare a document that is there, and its statements."""
        was, now = self._desk.document(found.document.id), found.document
        self._documents += any(
            getattr(was, name) != getattr(now, name) for name in ("title", "authors", "publisher", "published")
        )
        for each in found.statements:
            told = each.identification
            if told.rule != AS_CODED:  # else it is taken in as codes
                self._statements += self._speaker(each.statement.id, told.speaker) != told.speaker

    def told(self) -> Iterator[str]:
        """One line for each kind."""
        if self._documents:
            yield (
                f"title, authors, publisher or date of documents that are there and have others ({self._documents}): "
                f"`winset add` them anew where the file is right"
            )
        if self._statements:
            yield (
                f"who said what is there, where the case has another name ({self._statements}): "
                f"say it by `winset actors CASE is WORDS ACTOR`"
            )

    def _speaker(self, id: StatementId, otherwise: str | None) -> str | None:
        """As the case has it; otherwise: where it does not say, or is too large to be read at once."""
        if self._speakers is None:
            small = self._store.counts()["statement"] <= WHOLE
            codings = kept_material(self._store).codings if small else ()
            self._speakers = {who.statement_id: who.speaker for each in codings for who in each.identifications}
        return self._speakers.get(id, otherwise)


@dataclass(slots=True, kw_only=True)
class _Taking:
    """One project on its way into a case."""

    store: CaseStore
    desk: Desk
    by: str
    name: str
    concept: str | None
    machine: bool
    ids: Mapping[str, str]  # of actors by name
    issue: Issue = field(init=False)
    spec: CaseSpec = field(init=False)
    registry: Registry = field(init=False)
    rulings: list[Ruling] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    new: int = 0
    old: int = 0
    replaced: int = 0  # codes of the case that the file's count instead of
    unknown: dict[str, None] = field(default_factory=dict)  # whom codes name and no registry of the case holds
    _known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from winset.actors.registry import registry

        self.spec = self.store.spec()
        self.issue = self.spec.issue
        self.registry = registry(own_registries(self.store))

    def coding(self, found: ProjectDocument) -> Coding:
        """The document's statements as the case keeps them; what people coded is set aside for a take."""
        from winset.store.types import Coding

        document, said = found.document, {each.statement.id: each for each in found.statements}
        machine = self._machine(document, [each.statement for each in said.values() if self._unread(each)])
        read = {
            who.statement_id: (who, stance)
            for who, stance in zip(machine.identifications, machine.stances, strict=True)
        }
        for each in said.values():
            self.rulings += self._ruled(each)
        return Coding(
            statements=tuple(each.statement for each in said.values()),
            identifications=tuple(
                read[id][0] if each.identification.rule == AS_CODED else each.identification
                for id, each in said.items()
            ),
            stances=tuple(read[id][1] if id in read else self._own(each.stance) for id, each in said.items()),
            runs=machine.runs,
        )

    def with_machine(self, document: Document, coding: Coding) -> Coding:
        """The coding, and beside it what the machine finds in the document where it is to read it."""
        from winset.pipeline.reading import code_document
        from winset.store.types import Coding

        if not self.machine:
            return coding
        found = code_document(document, self.spec, additions=own_registries(self.store))
        there = {each.id for each in coding.statements}
        new = [place for place, each in enumerate(found.statements) if each.id not in there]
        return Coding(
            statements=(*coding.statements, *(found.statements[place] for place in new)),
            identifications=(*coding.identifications, *(found.identifications[place] for place in new)),
            stances=(*coding.stances, *(found.stances[place] for place in new)),
            refused=found.refused,
            runs=(*coding.runs, *found.runs),
        )

    def told(self) -> Iterator[str]:
        """What of the codes this case has no place for."""
        if self.replaced:
            yield f"what the same coders had coded here otherwise ({self.replaced}): the file's counts, unless undone"
        if self.unknown:
            names = ", ".join(name[:SHOWN] for name in list(self.unknown)[:MOST_SHOWN])
            yield (
                f"whose statement it is, where codes name an actor that the case does not know ({names}): "
                f"import it into a case that `winset new --registry FILE` made with them"
            )

    def keep_codes(self) -> tuple[int | None, int]:
        """Number of the take with what people coded, and how many of their codes are new."""
        from winset.positions.rulings import Take

        held = {(each.statement_id, each.coder): each for said in held_rulings(self.store).values() for each in said}
        there = {key: (each.codes, each.why) for key, each in held.items()}
        new = [each for each in self.rulings if there.get((each.statement_id, each.coder)) != (each.codes, each.why)]
        self.replaced = sum((each.statement_id, each.coder) in held for each in new)
        if not new:
            return None, 0
        number = len(self.store.takes()) + 1
        take = Take(number=number, by=self.by, at=now(), why=f"from {self.name}", sheet=self.name)
        self.store.add_take(take, new)
        return number, len(new)

    def _unread(self, each: ProjectStatement) -> bool:
        """Whether the machine has to read it: nobody did, or another question was asked of it."""
        stance = each.stance
        mine = (
            stance is not None
            and stance.issue_id == self.issue.id
            and (stance.rung is None or stance.rung in self._rungs)
        )
        return not mine or each.identification.rule == AS_CODED

    @property
    def _rungs(self) -> frozenset[str]:
        """What a statement on the case's question may speak of."""
        return frozenset((PROPOSAL_ITSELF, *(option.label for option in self.issue.options)))

    def _own(self, stance: Stance | None) -> Stance:
        if stance is None:
            raise BadCase(f"{self.name}: a statement that nothing has read")  # `_unread` does not let it come to this
        return stance

    def _machine(self, document: Document, statements: Sequence[Statement]) -> Coding:
        """What the machine makes of statements that somebody else marked."""
        from winset.actors.resolution import identify
        from winset.positions.stance_taking import stances_by
        from winset.statements.segmentation import segments
        from winset.store.types import Coding

        if not statements:
            return Coding(statements=(), identifications=())
        who = identify(document, statements, self.registry, spec=self.spec)
        taken = stances_by(
            STANCE,
            statements,
            document=document,
            issue=self.issue,
            identifications=who,
            segments=segments(document.text),
            endpoint=None,
            otherwise=STANCE,
        )
        return Coding(statements=tuple(statements), identifications=who, stances=taken.stances, runs=tuple(taken.runs))

    def _ruled(self, each: ProjectStatement) -> Iterator[Ruling]:
        """What people coded of it, put to this case's question."""
        from winset.exchange.dna.fields import is_person

        id, told = each.statement.id, each.identification
        whose = None
        if told.rule == AS_CODED and is_person(told.by):
            whose = self._coded_actor(told.represents) or self._actor(told.speaker)
        rulings = each.rulings
        if whose is not None and told.by not in {ruling.coder for ruling in rulings}:
            rulings = (*rulings, Ruling(statement_id=id, coder=told.by, codes=Codes(actor=whose), why=told.why or ""))
        for ruling in rulings:
            codes, mine = ruling.codes, ruling.coder == told.by  # whose it is was not said by the other coders
            if mine and whose is not None and not codes.actor:
                codes = replace(codes, actor=whose)
            why = ruling.why
            if codes.actor is not None and self._actor(codes.actor) is None:  # of another case's own registry
                why = "; ".join(filter(None, (f"of “{codes.actor}”", why)))
                codes = replace(codes, actor=None)
                self.unknown.setdefault(ruling.codes.actor or "", None)
            if each.concept is not None and each.concept not in (self.concept, self.issue.proposal):
                if each.concept in {option.label for option in self.issue.options}:
                    codes = replace(codes, rung=each.concept)
                else:
                    why = "; ".join(filter(None, (f"“{each.concept}”: {codes.word or 'not coded'}", why)))
                    codes = Codes(stance="none", actor=codes.actor)
            if codes.rung is not None and codes.rung not in self._rungs:  # an option that this case does not have
                why = "; ".join(filter(None, (f"option “{codes.rung}”", why)))
                codes = replace(codes, rung=None)
            if codes.is_empty:
                continue
            yield Ruling(statement_id=id, coder=ruling.coder, codes=codes, why=why)

    def _actor(self, words: str | None) -> str | None:
        """As codes name it; None where nobody is named, or nobody knows who that is."""
        from winset.actors.judgements import whom

        if not words:
            return None
        if words not in self._known:
            try:
                self._known[words] = whom(self.ids.get(" ".join(words.split()), words), self.registry).key
            except UnknownName:
                self._known[words] = None
        return self._known[words]

    def _coded_actor(self, words: str | None) -> str | None:
        """Whom a file names: where no registry can hold the name, "#Quay" or "7", a label."""
        found = self._actor(words)
        if found is None and words and words.strip() and _addition({" ".join(words.split()): "it"}) is None:
            return self._actor(f"expert: {words}")
        return found


def _whole(store: CaseStore, held: Held) -> Iterator[ProjectDocument]:
    material = kept_material(store)
    for document, coding in zip(material.documents, material.codings, strict=True):
        stances = coding.stances or (None,) * len(coding.statements)
        made = (
            ProjectStatement(
                statement=statement,
                identification=who,
                stance=material.machine_stances.get(statement.id, stance) if stance else None,
                rulings=tuple(held.get(statement.id, ())),
            )
            for statement, who, stance in zip(coding.statements, coding.identifications, stances, strict=True)
        )
        yield ProjectDocument(document=document, statements=_in_text_order(made))


def _paged(store: CaseStore, held: Held) -> Iterator[ProjectDocument]:
    from winset.store.desk import Desk

    desk, last = Desk(store), 0
    while found := desk.documents(coder="", after=last, limit=PAGE):
        for row in found:
            made = (
                ProjectStatement(
                    statement=each.statement,
                    identification=each.identification,
                    stance=each.stance,
                    rulings=tuple(held.get(each.statement.id, ())),
                )
                for each in _rows(desk, row.id)
                if each.counts
            )
            yield ProjectDocument(document=desk.document(row.id), statements=_in_text_order(made))
        last = found[-1].rank


def _rows(desk: Desk, document: DocumentId) -> Iterator[QueueRow]:
    found = desk.queue(coder="", document=document, after=0, limit=PAGE)
    yield from found
    while len(found) == PAGE:
        found = desk.queue(coder="", document=document, after=found[-1].place, limit=PAGE)
        yield from found


def _in_text_order(made: Iterable[ProjectStatement]) -> tuple[ProjectStatement, ...]:
    return tuple(sorted(made, key=lambda each: (each.statement.start, each.statement.end, each.statement.id)))


def _add_registry(store: CaseStore, name: str, text: str, by: str) -> None:
    """Under the file's name, or one with a number where an earlier file of that name had other actors."""
    taken = {each.name for each in store.registries()}
    named = (f"{OWN_ACTORS}{name}" + (f" ({number})" if number > 1 else "") for number in count(1))
    store.add_registry(next(each for each in named if each not in taken), "csv", text, added_at=now(), by=by)


def check_concept(concept: str | None, project: Project, name: str) -> None:
    """Raises BadCase for a concept that no statement of the project is about, with those that there are."""
    if concept is None:
        return
    there = dict.fromkeys(each.concept for found in project.documents for each in found.statements if each.concept)
    if project.spec is not None:
        there[project.spec.issue.proposal] = None
    if concept not in there:
        raise BadCase(f"{name}: no statement is about {concept!r}: there is {', '.join(list(there)[:20]) or 'nothing'}")


def _unknown_actors(documents: Sequence[ProjectDocument], store: CaseStore) -> dict[str, str]:
    """Organisations that a file names and no registry knows, in order of their names, each with an id."""
    from winset.actors.judgements import is_label
    from winset.actors.registry import registry

    known = registry(own_registries(store))
    told = (each.identification for found in documents for each in found.statements)
    names = {" ".join(who.represents.split()) for who in told if who.rule == AS_CODED and who.represents}

    names -= set(_own_ids(store))
    new = sorted(words for words in names if words and not is_label(words) and not _is_actor(words, known))
    ids = {words: id for words, id in _ids(new, known).items() if _addition({words: id}) is not None}
    if ids:
        whole = _addition(ids)
        registry((*own_registries(store), *((whole,) if whole else ())))  # what it refuses, it refuses before a change
    return ids


def _addition(ids: Mapping[str, str]) -> Addition | None:
    """The own registry of these actors, as it would be read again; None for a name that no registry can hold."""
    from winset.exchange.registry_files import RegistryText

    try:
        return RegistryText(name=OWN_ACTORS.strip(), format="csv", text=_registry_csv(ids)).addition()
    except WinsetError:
        return None


def _registry_csv(ids: Mapping[str, str]) -> str:
    """An own registry of organisations, by name; a name may mean somebody of the shipped registry too."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("kind", "name", "id", "ambiguous"))
    writer.writerows(("organisation", name, id, "yes") for name, id in ids.items())
    return out.getvalue()


def _ids(names: Sequence[str], known: Registry) -> dict[str, str]:
    """An id for each name that no actor of the registry has."""
    found: dict[str, str] = {}
    for name in names:
        id, number = slug(name), 1
        while id in found.values() or _is_actor(id, known):
            number += 1
            id = f"{slug(name)}-{number}"
        found[name] = id
    return found


def _own_ids(store: CaseStore) -> dict[str, str]:
    """Of the actors that files brought, by name: a name that means others too is theirs in such a file."""
    kept = (each.text for each in store.registries() if each.name.startswith(OWN_ACTORS))
    return {row["name"]: row["id"] for text in kept for row in csv.DictReader(io.StringIO(text))}


def _is_actor(words: str, known: Registry) -> bool:
    from winset.actors.judgements import whom

    try:
        whom(words, known)
    except UnknownName:
        return False
    return True
