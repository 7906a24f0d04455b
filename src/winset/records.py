"""Values as records of plain numbers, words and lists, and back, without loss: `x_value(x_row(v)) == v`.

A row of the store is such a record, and so is what a file of another program keeps of what it does not understand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from winset.actors.judgements import Judgement, Scope, Verb
from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Anchor, Document, Duplicate, Link, Rejected, anchor
from winset.errors import BadSpan
from winset.ids import ActorId, DocumentId, EvidenceId, IssueId, PartialDate, RunId, StatementId
from winset.issues import CaseSpec, Issue, Option, Seat, Threshold
from winset.positions.rulings import Codes, Ruling, Take
from winset.positions.types import Stance, Voice
from winset.provenance import Run
from winset.statements.types import Form, Statement

Row: TypeAlias = Mapping[Any, Any]  # SQLAlchemy calls its keys something of its own; they are column names


def case_row(spec: CaseSpec) -> dict[str, Any]:
    """Issue, options and thresholds; the seats have a table of their own."""
    issue = spec.issue
    return {
        "proposal": issue.proposal,
        "body": issue.body,
        "rule": issue.rule,
        "decided_on": issue.on.text,
        "proposal_value": issue.proposal_value,
        "status_quo": issue.status_quo,
        "outcome": issue.outcome,
        "body_name": spec.body_name,
        "options": [[option.label, option.value] for option in issue.options],
        "thresholds": [[each.of, str(each.share), each.more_than] for each in spec.thresholds],
    }


def case_value(row: Row, seats: Sequence[Row]) -> CaseSpec:
    """The spec of which `row` and `seats` were made."""
    issue = Issue(
        proposal=row["proposal"],
        body=row["body"],
        rule=row["rule"],
        on=PartialDate(row["decided_on"]),
        proposal_value=row["proposal_value"],
        status_quo=row["status_quo"],
        options=tuple(Option(label=label, value=value) for label, value in row["options"]),
        outcome=row["outcome"],
    )
    return CaseSpec(
        issue=issue,
        seats=tuple(seat_value(seat) for seat in seats),
        thresholds=tuple(
            Threshold(of=of, share=Fraction(share), more_than=more_than) for of, share, more_than in row["thresholds"]
        ),
        body_name=row["body_name"],
    )


def seat_row(seat: Seat) -> dict[str, Any]:
    """A seat with its weight vectors."""
    weights = [list(weight) for weight in seat.weights]
    return {
        "actor_id": seat.actor_id,
        "name": seat.name,
        "votes": seat.votes,
        "veto": seat.veto,
        "weights": weights,
    }


def seat_value(row: Row) -> Seat:
    """The seat of which `row` was made."""
    return Seat(
        actor_id=ActorId(row["actor_id"]),
        name=row["name"],
        votes=row["votes"],
        veto=row["veto"],
        weights=tuple((vector, weight) for vector, weight in row["weights"]),
    )


def document_row(document: Document) -> dict[str, Any]:
    """A document whole, its text included: a brief needs no input a second time."""
    return {
        "id": document.id,
        "name": document.name,
        "text": document.text,
        "title": document.title,
        "authors": list(document.authors),
        "publisher": document.publisher,
        "published": _text(document.published),
        "language": document.language,
        "source_url": document.source_url,
        "retrieved_at": document.retrieved_at,
        "media_type": document.media_type,
        "reader": document.reader,
        "found_in": [list(pair) for pair in document.found_in],
        "links": [[link.start, link.end, link.target] for link in document.links] or None,
    }


def document_value(row: Row) -> Document:
    """The document of which `row` was made."""
    return Document(
        name=row["name"],
        text=row["text"],
        title=row["title"],
        authors=tuple(row["authors"]),
        publisher=row["publisher"],
        published=_date(row["published"]),
        language=row["language"],
        source_url=row["source_url"],
        retrieved_at=row["retrieved_at"],
        media_type=row["media_type"],
        reader=row["reader"],
        found_in=tuple((field, where) for field, where in row["found_in"]),
        links=tuple(Link(start=start, end=end, target=target) for start, end, target in row["links"] or ()),
    )


def rejection_value(row: Row) -> Rejected:
    """What could not be read, and why."""
    return Rejected(name=row["name"], reason=row["reason"], kind=row["kind"])


def duplicate_value(row: Row) -> Duplicate:
    """A text that came again."""
    return Duplicate(
        name=row["name"],
        document_id=DocumentId(row["document_id"]),
        of=DocumentId(row["of"]),
        similarity=row["similarity"],
    )


def run_row(run: Run) -> dict[str, Any]:
    """A method applied once, with its id."""
    return {
        "id": run.id,
        "step": run.step,
        "method": run.method,
        "version": run.version,
        "inputs": list(run.inputs),
        "seed": run.seed,
    }


def run_value(row: Row) -> Run:
    """The run of which `row` was made."""
    return Run(
        step=row["step"], method=row["method"], version=row["version"], inputs=tuple(row["inputs"]), seed=row["seed"]
    )


def statement_row(statement: Statement, document: Document) -> dict[str, Any]:
    """Offsets only: the words stand in the document.  Raises BadSpan for an anchor that does not hold there."""
    return {
        "id": statement.id,
        "document_id": statement.document_id,
        "source_start": _place(statement.source, document)[0],
        "source_end": _place(statement.source, document)[1],
        "cue_start": _place(statement.cue, document)[0],
        "cue_end": _place(statement.cue, document)[1],
        "contents": [list(_place(part, document)) for part in statement.contents],
        "form": statement.form.value,
        "hedged": statement.hedged,
        "via": list(statement.via),
        "said_on": _text(statement.said_on),
        "confidence": statement.confidence,
        "coder": statement.coder,
        "run_id": statement.run_id,
    }


def statement_value(row: Row, document: Document) -> Statement:
    """The statement of which `row` was made, its words cut from the document's text."""
    return Statement(
        document_id=document.id,
        source=_anchor(document, row["source_start"], row["source_end"]),
        cue=_anchor(document, row["cue_start"], row["cue_end"]),
        contents=tuple(anchor(document, start, end) for start, end in row["contents"]),
        form=Form(row["form"]),
        hedged=row["hedged"],
        via=tuple(row["via"]),
        said_on=_date(row["said_on"]),
        confidence=row["confidence"],
        coder=row["coder"],
        run_id=RunId(row["run_id"]),
    )


def identification_row(found: Identification) -> dict[str, Any]:
    """What was found out about a statement's source."""
    return {
        "statement_id": found.statement_id,
        "speaker": found.speaker,
        "represents": found.represents,
        "actor_id": found.actor_id,
        "standing": found.standing.value,
        "score": found.score,
        "rule": found.rule,
        "by": found.by,
        "role": found.role,
        "affiliation": found.affiliation,
        "speaks_as": found.speaks_as.value,
        "joint": found.joint,
        "at": found.at,
        "why": found.why,
    }


def identification_value(row: Row) -> Identification:
    """The identification of which `row` was made."""
    return Identification(
        statement_id=StatementId(row["statement_id"]),
        speaker=row["speaker"],
        represents=row["represents"],
        actor_id=ActorId(row["actor_id"]) if row["actor_id"] is not None else None,
        standing=Standing(row["standing"]),
        score=row["score"],
        rule=row["rule"],
        by=row["by"],
        role=row["role"],
        affiliation=row["affiliation"],
        speaks_as=SpeaksAs(row["speaks_as"]),
        joint=row["joint"],
        at=row["at"],
        why=row["why"],
    )


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    """What a person said; its number is the row's."""
    return {
        "rank": judgement.number,
        "verb": judgement.verb.value,
        "subject": judgement.subject,
        "object": judgement.object,
        "speaker": judgement.speaker,
        "scope": {"documents": list(judgement.scope.documents), "statements": list(judgement.scope.statements)},
        "by": judgement.by,
        "at": judgement.at,
        "why": judgement.why,
        "undoes": judgement.undoes,
    }


def judgement_value(row: Row) -> Judgement:
    """The judgement of which `row` was made."""
    scope = row["scope"]
    return Judgement(
        number=row["rank"],
        verb=Verb(row["verb"]),
        subject=row["subject"],
        object=row["object"],
        speaker=row["speaker"],
        scope=Scope(
            documents=tuple(map(DocumentId, scope["documents"])),
            statements=tuple(StatementId(EvidenceId(id)) for id in scope["statements"]),
        ),
        by=row["by"],
        at=row["at"],
        why=row["why"],
        undoes=row["undoes"],
    )


def stance_row(stance: Stance) -> dict[str, Any]:
    """A judgement about what a statement says for or against."""
    return {
        "statement_id": stance.statement_id,
        "issue_id": stance.issue_id,
        "relevance": stance.relevance,
        "direction": stance.direction,
        "confidence": stance.confidence,
        "by": stance.by,
        "reason": stance.reason,
        "firmness": stance.firmness,
        "hedged": stance.hedged,
        "conditional": stance.conditional,
        "voice": stance.voice.value,
        "rung": stance.rung,
    }


def stance_value(row: Row) -> Stance:
    """The stance of which `row` was made."""
    return Stance(
        statement_id=StatementId(row["statement_id"]),
        issue_id=IssueId(row["issue_id"]),
        relevance=row["relevance"],
        direction=row["direction"],
        confidence=row["confidence"],
        by=row["by"],
        reason=row["reason"],
        firmness=row["firmness"],
        hedged=row["hedged"],
        conditional=row["conditional"],
        voice=Voice(row["voice"]),
        rung=row["rung"],
    )


def take_row(take: Take) -> dict[str, Any]:
    """A sheet that was taken in; its number is the row's."""
    return {
        "rank": take.number,
        "by": take.by,
        "at": take.at,
        "why": take.why,
        "sheet": take.sheet,
        "undoes": take.undoes,
    }


def take_value(row: Row) -> Take:
    """The take of which `row` was made."""
    return Take(
        number=row["rank"], by=row["by"], at=row["at"], why=row["why"], sheet=row["sheet"], undoes=row["undoes"]
    )


def ruling_row(ruling: Ruling, take: int) -> dict[str, Any]:
    """A person's codes for one statement."""
    codes = ruling.codes
    return {
        "statement_id": ruling.statement_id,
        "take": take,
        "coder": ruling.coder,
        "stance": codes.stance,
        "direction": codes.direction,
        "firmness": codes.firmness,
        "hedged": codes.hedged,
        "conditional": codes.conditional,
        "voice": codes.voice.value if codes.voice else None,
        "rung": codes.rung,
        "relevance": codes.relevance,
        "actor": codes.actor,
        "why": ruling.why,
    }


def ruling_value(row: Row) -> Ruling:
    """The ruling of which `row` was made."""
    codes = Codes(
        stance=row["stance"],
        direction=row["direction"],
        firmness=row["firmness"],
        hedged=row["hedged"],
        conditional=row["conditional"],
        voice=Voice(row["voice"]) if row["voice"] is not None else None,
        rung=row["rung"],
        relevance=row["relevance"],
        actor=row["actor"],
    )
    return Ruling(
        statement_id=StatementId(row["statement_id"]),
        coder=row["coder"],
        codes=codes,
        why=row["why"],
        take=row["take"],
    )


def _place(part: Anchor | None, document: Document) -> tuple[int | None, int | None]:
    if part is None:
        return None, None
    if part != anchor(document, part.start, part.end):
        raise BadSpan(f"span {part.start}-{part.end} of {document.name!r} does not hold {part.exact[:40]!r}")
    return part.start, part.end


def _anchor(document: Document, start: int | None, end: int | None) -> Anchor | None:
    return anchor(document, start, end) if start is not None and end is not None else None


def _text(date: PartialDate | None) -> str | None:
    return date.text if date else None


def _date(text: str | None) -> PartialDate | None:
    return PartialDate(text) if text is not None else None
