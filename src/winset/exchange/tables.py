"""A case as tables: documents, statements word for word, codes, positions, forecast, discrepancies, timeline, trail.

    sheets(brief)                         -> what the case says
    coding_sheets(rulings, ...)           -> what people coded and judged
    change_sheet(rows)                    -> who changed what, when

A table is a name, its columns with what they mean, and rows that are made as they are read. Offsets are half-open, in
Unicode code points into the document's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from winset.actors.judgements import Judgement
from winset.actors.types import Identification
from winset.brief.account import interval
from winset.brief.index import Index, on_record, stand
from winset.brief.page import Page
from winset.brief.types import Brief, CodedStatement, Party
from winset.corpus.types import Anchor, Document
from winset.ids import ActorId, DocumentId
from winset.positions.rulings import Ruling, Take, taken_back
from winset.positions.types import Position, Stance
from winset.sourcing.rows import event_rows
from winset.sourcing.types import Origin
from winset.statements.types import Statement

Cell: TypeAlias = str | float | bool | tuple[str, ...] | None
Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table. `rows` may be read once only."""

    name: str  # of the sheet and of the file
    about: str
    columns: Mapping[str, str]  # name and what stands in it
    rows: Iterable[Row]


NAMES = {  # in the order of a workbook
    "documents": "What was read.",
    "statements": "Who said what, word for word.",
    "positions": "Where everyone stands.",
    "contributions": "What moved each position, and by how much.",
    "forecast": "The answer in figures.",
    "blockers": "Who may block, and what it accepts.",
    "options": "What could pass.",
    "discrepancies": "What is told differently, each telling with its words.",
    "timeline": "What happened when, as told.",
    "refused": "What could not be read.",
    "codes": "What people coded.",
    "judgements": "What people said of who a source is.",
    "changes": "Who changed what, when.",
}
DOCUMENTS = {
    "id": "the text's id: the same text has the same id on every machine",
    "name": "file name or address, as it was given",
    "title": "",
    "publisher": "",
    "authors": "",
    "published": "YYYY, YYYY-MM or YYYY-MM-DD, as precise as the document",
    "language": "BCP 47",
    "address": "where it was fetched",
    "characters": "of the text, Unicode code points",
    "statements": "how many were found in it",
}
STATEMENTS = {
    "id": "",
    "number": "by which the brief cites it",
    "document_id": "",
    "document": "its title, else its name",
    "start": "where the first of its words stands",
    "end": "where the last of its words ends",
    "source": "who said it, in the text's exact words",
    "source_at": "start..end",
    "cue": "the exact words that introduce it",
    "cue_at": "start..end",
    "content": "what was said, in exact words, one after the other",
    "content_at": "start..end of each",
    "form": "direct, indirect, mixed or act",
    "said_on": "",
    "speaker": "the person who speaks, as identified",
    "role": "",
    "represents": "whom the source speaks for, as identified",
    "actor_id": "in the registry",
    "standing": "member, secretariat, partner, outside, commentator, medium or unknown",
    "identified_by": "machine, or the person who said so",
    "identified_why": "the rule, or the person's reason",
    "stance": "favour, oppose, neutral, unclear or none (not about the proposal)",
    "direction": "-1 against to 1 for",
    "relevance": "that it is about the proposal, 0-1",
    "stance_confidence": "0-1",
    "firmness": "0-1",
    "hedged": "",
    "conditional": "",
    "voice": "own, reported or ascribed",
    "option": "the option it speaks of; empty: the proposal itself",
    "stance_by": "machine, or the persons whose codes count",
    "stance_why": "the words or rule that decided",
    "machine_stance": "what the machine read where a person says otherwise",
    "origin": "of all that tells the same, once",
    "origin_id": "",
    "confidence": "that source, cue and content are right, 0-1",
    "coder": "who found it: machine, or a person",
}
POSITIONS = {
    "actor": "",
    "actor_id": "",
    "standing": "",
    "votes": "0: no vote",
    "position": "0-100, issue scale; empty: nothing on record",
    "std_error": "same scale",
    "low_90": "of the 90% interval",
    "high_90": "",
    "stands": "for, leaning for, in between, leaning against, against or unknown",
    "on_record": "whether words stand behind it",
    "assumed": "the assumption that made it, where no words did",
    "salience": "0-1",
    "salience_error": "",
    "origins": "independent origins behind it",
    "estimator": "",
    "evidence": "ids of the statements behind it",
    "said": "ids of all that it said",
}
CONTRIBUTIONS = {
    "actor_id": "",
    "statement_id": "",
    "origin_id": "",
    "speaks_for": "the place it speaks for, taken alone; 0-100, issue scale",
    "weight": "0-1, of all that moved the position",
    "moved": "points of the scale by which it moved the position",
}
FORECAST = {"what": "", "value": "", "about": "what the figure means"}
BLOCKERS = {
    "actor": "",
    "actor_id": "",
    "objects": "probability that it objects, 0-1",
    "alone": "whether its objection is enough",
    "accepts_up_to": "furthest point it does not object to; 0-100, issue scale",
    "ways": "what the rule leaves it besides an objection",
    "adopted_if_yes": "probability of adoption with its yes",
    "adopted_if_no": "and with its no",
    "evidence": "ids of the statements in which it objects",
}
OPTIONS = {
    "option": "",
    "at": "0-100, issue scale",
    "passes": "probability, 0-1",
    "objectors": "members on record that are likely to object",
}
DISCREPANCIES = {
    "id": "",
    "kind": "",
    "about": "what is told differently",
    "telling": "number of this telling, from 1",
    "value": "as told here",
    "document_id": "",
    "start": "",
    "end": "",
    "exact": "the exact words",
    "borne_out": "whether the documents bear this telling out",
    "why": "",
    "confidence": "0-1",
    "settled": "what a person said of it",
    "settled_by": "",
    "settled_why": "",
}
TIMELINE = {
    "event_id": "passages of one event share it",
    "date": "",
    "until": "",
    "kind": "",
    "planned": "",
    "ongoing": "",
    "document_id": "",
    "start": "",
    "end": "",
    "exact": "the exact words",
}
CODES = {
    "take": "number of the sheet or act it came with",
    "by": "who took it in",
    "at": "",
    "statement_id": "",
    "coder": "",
    "stance": "",
    "direction": "",
    "firmness": "",
    "hedged": "",
    "conditional": "",
    "voice": "",
    "option": "",
    "relevance": "",
    "actor": "",
    "why": "",
    "holds": "whether it counts: not taken back, and the coder's last",
}
JUDGEMENTS = {
    "number": "",
    "verb": "is, merge, split or undo",
    "subject": "",
    "object": "",
    "speaker": "",
    "documents": "ids it is limited to",
    "statements": "ids it is limited to",
    "by": "",
    "at": "",
    "why": "",
    "undoes": "number of the one that is taken back",
}
CHANGES = {
    "number": "in the order in which they were made",
    "by": "",
    "at": "",
    "act": "",
    "why": "",
    "undoes": "number of the change that is taken back",
    "undone_by": "number of the change that takes it back",
    "about": "what was changed: its kind and id",
    "version": "of that thing after it",
    "before": "as JSON",
    "after": "as JSON",
}
REFUSED = {"name": "", "reason": "", "kind": ""}


def sheets(brief: Brief) -> tuple[Sheet, ...]:
    """The tables of what a case says, in the order of a workbook."""
    page = Page(brief)
    index = page.index
    return (
        _sheet("documents", DOCUMENTS, _documents(page)),
        _sheet("statements", STATEMENTS, _statements(page)),
        _sheet("positions", POSITIONS, _positions(index)),
        _sheet("contributions", CONTRIBUTIONS, _contributions(brief)),
        _sheet("forecast", FORECAST, _forecast(brief)),
        _sheet("blockers", BLOCKERS, _blockers(index)),
        _sheet("options", OPTIONS, _options(index)),
        _sheet("discrepancies", DISCREPANCIES, _discrepancies(brief)),
        _sheet("timeline", TIMELINE, _timeline(brief)),
        _sheet("refused", REFUSED, _refused(brief)),
    )


def large_sheets(
    documents: Iterable[tuple[Document, int]],
    statements: Iterable[tuple[str, Statement, Identification, Stance | None]],
    positions: Iterable[tuple[str, Position]],
) -> tuple[Sheet, ...]:
    """The tables of a case too large to be held: rows as they come, without origins, forecast and timeline.

    documents: each with the number of its statements.  statements: each with its document's name, as the machine read
    it.  positions: each with its actor's name, without what moved them; worked out when the table is read.
    """
    held = (_standing(name, each.actor_id, each, evidence=()) for name, each in positions)
    return (
        _sheet("documents", DOCUMENTS, (document_row(document, number) for document, number in documents)),
        _sheet(
            "statements",
            STATEMENTS,
            (_said(said, who, stance, title=name) for name, said, who, stance in statements),
        ),
        _sheet("positions", POSITIONS, held),
    )


def coding_sheets(
    rulings: Sequence[Ruling], takes: Sequence[Take], held: Iterable[Ruling], judgements: Iterable[Judgement]
) -> tuple[Sheet, ...]:
    """What people coded, the codes that no longer count too, and what they said of who a source is.

    held: the rulings that count.
    """
    return (
        _sheet("codes", CODES, _codes(rulings, takes, held)),
        _sheet("judgements", JUDGEMENTS, _judgements(judgements)),
    )


def change_sheet(rows: Iterable[Row]) -> Sheet:
    """Who changed what, when; rows as CHANGES has them."""
    return _sheet("changes", CHANGES, rows)


def _sheet(name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> Sheet:
    return Sheet(name=name, about=NAMES[name], columns=columns, rows=rows)


def statement_row(coded: CodedStatement, *, title: str, number: int | None) -> Row:
    """One statement as STATEMENTS has it.  number: None where no brief cites it."""
    return _said(
        coded.statement,
        coded.identification,
        coded.stance,
        title=title,
        number=number,
        machine_stance=coded.machine_stance,
        origin=coded.origin,
    )


def _said(
    said: Statement,
    who: Identification,
    stance: Stance | None,
    *,
    title: str,
    number: int | None = None,
    machine_stance: Stance | None = None,
    origin: Origin | None = None,
) -> Row:
    return (
        said.id,
        number,
        said.document_id,
        title,
        said.start,
        said.end,
        said.source.exact if said.source else None,
        _at(said.source),
        said.cue.exact if said.cue else None,
        _at(said.cue),
        " […] ".join(part.exact for part in said.contents) or None,
        tuple(f"{part.start}..{part.end}" for part in said.contents),
        said.form.value,
        said.said_on.text if said.said_on else None,
        who.speaker,
        who.role,
        who.represents,
        who.actor_id,
        who.standing.value,
        who.by,
        who.why or who.rule,
        *_read(stance, said),
        machine_stance.word if machine_stance else None,
        origin.label if origin else None,
        origin.key if origin else None,
        round(said.confidence, 3),
        said.coder,
    )


def _read(stance: Stance | None, said: Statement) -> Row:
    """From `stance` to `stance_why`."""
    if stance is None:
        return (None, None, None, None, None, said.hedged, None, None, None, None, None)
    return (
        stance.word,
        round(stance.direction, 3),
        round(stance.relevance, 3),
        round(stance.confidence, 3),
        round(stance.firmness, 3),
        stance.hedged or said.hedged,
        stance.conditional,
        stance.voice.value,
        stance.rung,
        stance.by,
        stance.reason or None,
    )


def document_row(document: Document, statements: int) -> Row:
    """One document as DOCUMENTS has it."""
    return (
        document.id,
        document.name,
        document.title,
        document.publisher,
        document.authors,
        document.published.text if document.published else None,
        document.language,
        document.source_url,
        len(document.text),
        statements,
    )


def _at(part: Anchor | None) -> str | None:
    return f"{part.start}..{part.end}" if part else None


def _documents(page: Page) -> Iterator[Row]:
    for document in page.brief.documents:
        yield document_row(document, page.statements_in[document.id])


def _statements(page: Page) -> Iterator[Row]:
    """In the order of the documents and of their words."""
    ranks = {document.id: rank for rank, document in enumerate(page.brief.documents)}

    def place(coded: CodedStatement) -> tuple[int, int, int]:
        said = coded.statement
        return ranks.get(said.document_id, len(ranks)), said.start, said.end

    for coded in sorted(page.brief.statements, key=place):
        id: DocumentId = coded.statement.document_id
        yield statement_row(coded, title=page.index.title(id), number=page.numbers.get(coded.id))


def _positions(index: Index) -> Iterator[Row]:
    yield from (_position(index, party) for party in index.brief.parties)


def _position(index: Index, party: Party) -> Row:
    held = party.position
    return _standing(
        party.name,
        party.actor_id,
        held,
        standing=party.standing.value,
        votes=party.votes,
        stands=stand(held, index.brief.issue).value if held else "unknown",
        recorded=on_record(party),
        evidence=tuple(map(str, held.evidence)) if held else (),
        said=tuple(map(str, party.statements)),
    )


def _standing(
    name: str,
    actor_id: ActorId,
    held: Position | None,
    *,
    standing: str | None = None,
    votes: int | None = None,
    stands: str | None = None,
    recorded: bool = True,
    evidence: tuple[str, ...] = (),
    said: tuple[str, ...] = (),
) -> Row:
    low, high = interval(held) if held else (None, None)
    return (
        name,
        actor_id,
        standing,
        votes,
        held.value if held else None,
        held.std_error if held else None,
        None if low is None else round(low, 1),
        None if high is None else round(high, 1),
        stands,
        recorded,
        (held.assumed if held else None) or None,
        held.salience if held else None,
        held.salience_error if held else None,
        held.origins if held else 0,
        (held.method if held else None) or None,
        evidence,
        said,
    )


def _contributions(brief: Brief) -> Iterator[Row]:
    for party in brief.parties:
        for each in party.position.contributions if party.position else ():
            yield (
                party.actor_id,
                each.statement_id,
                each.origin,
                round(each.value, 2),
                round(each.weight, 4),
                round(each.moved, 3),
            )


def _forecast(brief: Brief) -> Iterator[Row]:
    found, issue, made = brief.forecast, brief.issue, brief.how_made
    low, high = found.adopted_range
    yield ("proposal", issue.proposal, "what is put to the vote")
    yield ("body", brief.body.name, "who decides")
    yield ("on", issue.on.text, "day of decision")
    yield ("rule", brief.rule_name, brief.rule_source)
    yield ("outcome", found.outcome.value, "the likelier one; pending: members with nothing on record decide it")
    yield ("probability", found.probability, "of that outcome, 0-1")
    yield ("probability_adopted", found.probability_adopted, "0-1")
    yield ("adopted_low", low, "with every unknown member against")
    yield ("adopted_high", high, "with every unknown member for it")
    if found.outlook is not None:
        yield ("bargained", found.outlook.value, f"outcome by the default model of bargaining, {found.outlook.model}")
        yield ("bargained_low", found.outlook.low, f"of the interval made to hold {found.outlook.nominal:.0%}")
        yield ("bargained_high", found.outlook.high, "")
    for step in found.concessions:
        yield (f"concession_{step.chance:.0%}", step.value, "point nearest to the proposal that passes so surely")
    for assumption in found.assumptions:
        yield (f"assumed: {assumption.name}", assumption.adopted_if_held, "probability of adoption with it")
        yield (f"otherwise: {assumption.otherwise}", assumption.adopted_otherwise, "probability of adoption then")
    yield ("model", found.model, "")
    yield ("draws", found.draws, "")
    yield ("seed", found.seed, "")
    yield ("winset", made.winset_version, f"made {made.generated_at}")


def _blockers(index: Index) -> Iterator[Row]:
    hinges = {hinge.actor_id: hinge for hinge in index.brief.forecast.hinges}
    for entry in index.brief.forecast.blockers:
        hinge = hinges.get(entry.actor_id)
        yield (
            index.name(entry.actor_id),
            entry.actor_id,
            round(entry.probability, 4),
            entry.alone,
            round(entry.consents_up_to, 1),
            tuple(consent.way.value for consent in entry.consents),
            round(hinge.adopted_if_yes, 4) if hinge else None,
            round(hinge.adopted_if_no, 4) if hinge else None,
            tuple(map(str, index.objection(entry).statements)),
        )


def _options(index: Index) -> Iterator[Row]:
    for rung in index.brief.forecast.rungs:
        objectors = tuple(index.name(id) for id in rung.objectors)
        yield rung.option.label, rung.option.value, round(rung.probability, 4), objectors


def _discrepancies(brief: Brief) -> Iterator[Row]:
    for found in brief.discrepancies:
        said = brief.settled.get(found.id)
        for number, telling in enumerate(found.tellings, start=1):
            words = telling.anchor
            yield (
                found.id,
                found.kind.value,
                found.about,
                number,
                telling.value,
                words.document_id,
                words.start,
                words.end,
                words.exact,
                None if found.right is None else found.right == number - 1,
                found.why,
                round(found.confidence, 3),
                said.verdict.value if said else None,
                said.by if said else None,
                (said.why if said else None) or None,
            )


def _timeline(brief: Brief) -> Iterator[Row]:
    for row in event_rows(brief.events):
        yield (
            row["event"],
            row["date"],
            row["until"],
            str(row["kind"]),
            row["planned"],
            row["ongoing"],
            row["document"],
            row["start"],
            row["end"],
            row["exact"],
        )


def _refused(brief: Brief) -> Iterator[Row]:
    yield from ((row.name, row.reason, row.kind) for row in brief.rejected)


def _codes(rulings: Sequence[Ruling], takes: Sequence[Take], held: Iterable[Ruling]) -> Iterator[Row]:
    gone, by_number = taken_back(takes), {take.number: take for take in takes}
    counting = {(each.take, each.statement_id, each.coder) for each in held}
    for ruling in rulings:
        take, codes = by_number.get(ruling.take), ruling.codes
        place = (ruling.take, ruling.statement_id, ruling.coder)
        yield (
            ruling.take,
            take.by if take else None,
            take.at if take else None,
            ruling.statement_id,
            ruling.coder,
            codes.stance,
            codes.direction,
            codes.firmness,
            codes.hedged,
            codes.conditional,
            codes.voice.value if codes.voice else None,
            "proposal" if codes.rung == "" else codes.rung,
            codes.relevance,
            codes.actor,
            ruling.why or None,
            place in counting and ruling.take not in gone,
        )


def _judgements(judgements: Iterable[Judgement]) -> Iterator[Row]:
    for each in judgements:
        yield (
            each.number,
            each.verb.value,
            each.subject or None,
            each.object or None,
            each.speaker,
            tuple(map(str, each.scope.documents)),
            tuple(map(str, each.scope.statements)),
            each.by,
            each.at,
            each.why or None,
            each.undoes,
        )
