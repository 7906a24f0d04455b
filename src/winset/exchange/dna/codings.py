"""One statement of a study file: as its columns tell it, and with winset's note as far as they still agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from winset.corpus.types import Document, anchor, clean_text
from winset.errors import BadCase
from winset.exchange.dna import notes, schema
from winset.exchange.dna.fields import MACHINE, SIDES, StatementFields, cut, is_person, statement_fields
from winset.exchange.dna.opening import AGREEMENT
from winset.exchange.project_records import statement_of
from winset.exchange.projects import ProjectStatement, as_coded
from winset.issues import CaseSpec
from winset.positions.rulings import Codes, Ruling
from winset.statements.types import Form, Statement

STANCES: Mapping[bool | None, str] = {agreement: word for word, agreement in SIDES.items()}
SOMEBODY = "Discourse Network Analyzer"  # who changed what the machine's coder is told to have coded
SHOWN = 40  # letters of a value that cannot be used

Values: TypeAlias = Mapping[int, object]  # of a statement, by variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Names of the variables that tell who spoke, for whom, of what, and whether for it."""

    person: str
    actor: str
    concept: str
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementType:
    """A type of statement: its variables by name, each with id and kind."""

    label: str
    variables: Mapping[str, tuple[int, str]]

    def has(self, name: str, *kinds: str) -> bool:
        """Whether it codes a variable of one of these kinds."""
        return self.variables.get(name, (0, ""))[1] in kinds

    def value(self, name: str, values: Values, kind: str = "short text") -> object:
        """What is coded; None where nothing is, or where the variable is of another kind."""
        return values.get(self.variables[name][0]) if self.has(name, kind) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the columns say of a statement."""

    fields: StatementFields
    direction: float | None  # of an agreement that is an integer, -1 to 1
    further: str  # what other variables say
    type: StatementType
    note: dict[str, Any] | None  # winset's


@dataclass(frozen=True, slots=True, kw_only=True)
class Codings:
    """How the statements of one file are to be read."""

    spec: CaseSpec | None
    named: Named
    direction: Callable[[int], float]  # what an integer agreement comes to, -1 to 1

    def told(self, of: StatementType, values: Values, *, span: tuple[int, int], coder: str) -> Told:
        """What the columns say.  Raises BadCase for values that its variables cannot have."""
        named, direction, agreement = self.named, None, None
        if of.has(named.agreement, "boolean"):
            agreement = _yes_or_no(named.agreement, of.value(named.agreement, values, "boolean"))
        elif of.has(named.agreement, "integer"):
            level = of.value(named.agreement, values, "integer")
            if level is not None and not isinstance(level, int):
                raise BadCase(f"its {named.agreement} is {str(level)[:SHOWN]!r}: allowed is a whole number")
            direction = None if level is None else self.direction(level)
        fields = StatementFields(
            span=span,
            person=text_of(of.value(named.person, values)),
            organization=text_of(of.value(named.actor, values)),
            concept=text_of(of.value(named.concept, values)),
            agreement=agreement,
            coder=coder,
        )
        note = notes.noted(of.value(schema.NOTE, values, "long text"))
        return Told(fields=fields, direction=direction, further=self._further(of, values), type=of, note=note)

    def noted(self, told: Told, document: Document) -> ProjectStatement:
        """The statement as noted, but for what the columns say otherwise.

        Raises BadCase for a note that does not fit.
        """
        note, fields = told.note or {}, told.fields
        record = notes.record(note)
        if note.get("document") != document.id:  # its places are places in another text
            each = statement_of(notes.placed(record, fields.span, same_text=False), document)
        else:
            each = statement_of(record, document)
            if statement_fields(each, "").span != fields.span:
                moved = notes.placed(record, fields.span, same_text=True, coder=fields.coder)
                each = statement_of(moved, document)
        return self._changed(each, told)

    def as_told(self, told: Told, document: Document) -> ProjectStatement:
        """A statement as people coded it in the program."""
        fields, of = told.fields, told.type
        said = Statement(
            document_id=document.id,
            source=None,
            cue=None,
            contents=(anchor(document, *fields.span),),
            form=Form.INDIRECT,
            confidence=1.0,
            coder=fields.coder,
        )
        found = as_coded(
            said,
            speaker=clean(fields.person) or None,
            represents=clean(fields.organization) or None,
            by=fields.coder,
        )
        concept, rung = self._concept(fields.concept)
        codes, why = self._codes(told, rung), told.further
        of_concepts = of.has(self.named.concept, "short text")
        if not of_concepts and not of.has(self.named.agreement, *AGREEMENT):
            codes = Codes(stance="none")  # a note on a passage takes no side on anything
            why = f"{of.label}: {told.further}" if told.further else of.label
        elif codes and of_concepts and not fields.concept.strip():
            why = "; ".join(filter(None, (f"{codes.word}, but of no {self.named.concept}", told.further)))
            codes = Codes(stance="unclear")
        if codes:
            rulings = (Ruling(statement_id=said.id, coder=fields.coder, codes=codes, why=why),)
            return ProjectStatement(statement=said, identification=found, rulings=rulings, concept=concept)
        return ProjectStatement(statement=said, identification=replace(found, why=why or None), concept=concept)

    def _changed(self, each: ProjectStatement, told: Told) -> ProjectStatement:
        """What somebody changed in the program counts; what it contradicts is dropped."""
        fields = told.fields
        was = statement_fields(each, self.spec.issue.proposal if self.spec else fields.concept)
        coder = fields.coder if is_person(fields.coder) else SOMEBODY
        if fields.organization != was.organization:
            speaker = each.identification.speaker if fields.person == was.person else clean(fields.person) or None
            represents = clean(fields.organization) or None
            found = as_coded(each.statement, speaker=speaker, represents=represents, by=coder)
            each = replace(each, identification=found, rulings=_of_nobody(each.rulings))
        elif fields.person != was.person:
            found = replace(each.identification, speaker=clean(fields.person) or None, by=coder)
            each = replace(each, identification=found)
        concept, rung = self._concept(fields.concept)
        if fields.concept != was.concept:  # what was said of the other one is not said of this one
            codes = self._codes(told, rung)
            ruling = [Ruling(statement_id=each.statement.id, coder=coder, codes=codes)] if codes else []
            return replace(each, concept=concept, stance=None, rulings=tuple(ruling))
        if self.spec is None and statement_fields(each, "").concept != fields.concept:
            each = replace(each, concept=concept)  # the question that the file no longer states
        if fields.agreement != was.agreement:
            each = replace(each, rulings=_overruled(each, coder, STANCES.get(fields.agreement, "unclear")))
        return each

    def _codes(self, told: Told, rung: str | None) -> Codes | None:
        """The agreement as a person's codes; None where there is none."""
        if told.fields.agreement is not None:
            return Codes(stance=STANCES[told.fields.agreement], rung=rung)
        return None if told.direction is None else Codes(direction=told.direction, rung=rung)

    def _concept(self, told: str) -> tuple[str | None, str | None]:
        """Concept and rung: (None, None) for the file's own question, (None, rung) for one of its options."""
        if self.spec is not None:
            if told == cut(self.spec.issue.proposal):
                return None, None
            for option in self.spec.issue.options:
                if told == cut(option.label):
                    return None, option.label
        return clean(told) or None, None

    def _further(self, of: StatementType, values: Values) -> str:
        """What other variables say: "intensity: 3; note: to be asked again"."""
        named = self.named
        used = {named.person, named.actor, named.concept, named.agreement}
        said = []
        for name, (id, kind) in of.variables.items():
            value = values.get(id)
            if name not in used and value not in (None, "") and not notes.is_note(value):
                answer = {0: "no", 1: "yes"}.get(value) if kind == "boolean" and isinstance(value, int) else None
                said.append(f"{name}: {answer or clean(str(value))}")
        return "; ".join(said)


def person_name(name: object, id: object) -> str:
    """A coder's name; never one that begins as the machine's do."""
    found = clean(name) or f"coder {id}"
    return f"coder {found}" if found.lower().split(":")[0].strip() == MACHINE else found


def text_of(value: object) -> str:
    """A text as it stands; "" for what is none."""
    return value if isinstance(value, str) else ""


def clean(value: object) -> str:
    """A name or a phrase for winset to keep: NFC, without blanks at its ends."""
    return clean_text(text_of(value).replace("\x00", "\ufffd")).strip()


def _yes_or_no(name: str, value: object) -> bool | None:
    """Raises BadCase for what is neither."""
    if value is None:
        return None
    if value not in (0, 1) or not isinstance(value, int):
        raise BadCase(f"its {name} is {str(value)[:SHOWN]!r}: allowed is 0 or 1")
    return bool(value)


def _of_nobody(rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """What people coded, but for whose statement it is."""
    left = (replace(each.codes, actor=None) for each in rulings)
    return tuple(replace(each, codes=codes) for each, codes in zip(rulings, left, strict=True) if not codes.is_empty)


def _overruled(each: ProjectStatement, coder: str, word: str) -> tuple[Ruling, ...]:
    """The rulings with one more, without those that say otherwise."""
    agreeing = [one for one in each.rulings if one.coder != coder and one.codes.word in (None, word)]
    ruling = Ruling(statement_id=each.statement.id, coder=coder, codes=Codes(stance=word))
    return tuple(sorted((*agreeing, ruling), key=lambda one: one.coder))
