"""The brief as plain values for other programs, in the shape that `schema/brief-1.schema.json` describes."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from winset.actors.types import Standing
from winset.brief.account import Account, interval
from winset.brief.claims import Section, claims
from winset.brief.index import Index, on_record, stand
from winset.brief.origin_rows import claim_rows, discrepancy_rows, question_rows
from winset.brief.page import Page, StatementRow
from winset.brief.types import Brief, Change, Claim, ClaimKind, Party
from winset.corpus.types import Anchor, Document
from winset.decisions.types import Blocker, Hinge
from winset.ids import ActorId, PartialDate
from winset.positions.types import Position, Shift
from winset.sourcing.rows import (
    arrow_row,
    claim_row,
    dated_passages,
    discrepancy_row,
    event_id,
    precedent_row,
    question_row,
    work_row,
)
from winset.sourcing.types import Credit, Event

SCHEMA = "winset-brief/1"  # grows by new fields; a field that changes or goes makes it winset-brief/2
Row = dict[str, Any]


def as_dict(brief: Brief) -> Row:
    """Everything the page says and the text of every document. `json.dumps` takes it as it is.

    Offsets count Unicode code points: `documents[i].text[start:end] == exact` for every span.
    """
    page = Page(brief)
    index = page.index
    return {
        "schema": SCHEMA,
        "issue": _issue(brief),
        "excerpt": asdict(brief.excerpt) if brief.excerpt else None,
        "answer": _answer(index),
        "members": [_member(index, party) for party in index.members],
        "others": [_other(index, party) for party in brief.parties if party.standing is not Standing.MEMBER],
        "positions": [_position(row.account) for row in page.actors if row.account],
        "rungs": [
            {
                "label": rung.option.label,
                "value": rung.option.value,
                "probability": rung.probability,
                "objectors": [_actor(index, id) for id in rung.objectors],
            }
            for rung in brief.forecast.rungs
        ],
        "hinges": [_hinge(index, hinge) for hinge in brief.forecast.hinges],
        "concessions": [asdict(step) for step in brief.forecast.concessions],
        "bargaining": {
            "outlook": asdict(brief.forecast.outlook) if brief.forecast.outlook else None,
            "models": [asdict(prediction) for prediction in brief.forecast.predictions],
        },
        "sections": [_section(section) for section in claims(brief)],
        "statements": [_statement(row) for row in page.rows.values()],
        "documents": [_document(document) for document in brief.documents],
        "origins": [
            {
                "label": row.label,
                "key": row.statements[0].coded.origin.key,
                "statements": list(row.ids),
                "documents": list(dict.fromkeys(one.document_id for one in row.statements)),
            }
            for row in page.origins
        ],
        "credits": [_credit(credit) for credit in brief.credits],
        "works": [work_row(work) for work in brief.lineage.works],
        "lineage": {
            "arrows": [arrow_row(arrow) for arrow in brief.lineage.arrows],
            "cycles": [list(ring) for ring in brief.lineage.cycles],
            "self_citations": [arrow_row(arrow) for arrow in brief.lineage.self_citations],
        },
        "shared_claims": [claim_row(row.claim) for row in claim_rows(page)],
        "discrepancies": [discrepancy_row(row.discrepancy, row.settlement) for row in discrepancy_rows(index)],
        "events": [_event(event) for event in brief.events],
        "precedents": [precedent_row(found) for found in brief.precedents],
        "questions": [question_row(row.question) for row in question_rows(index)],
        "rejected": [{"name": row.name, "reason": row.reason, "kind": row.kind} for row in brief.rejected],
        "duplicates": [
            {"name": copy.name, "document": copy.document_id, "of": copy.of, "similarity": copy.similarity}
            for copy in brief.duplicates
        ],
        "assumptions": [
            {
                "name": assumption.name,
                "text": assumption.text,
                "otherwise": assumption.otherwise,
                "adopted_if_held": assumption.adopted_if_held,
                "adopted_otherwise": assumption.adopted_otherwise,
            }
            for assumption in brief.forecast.assumptions
        ],
        "run": _run(brief),
    }


def schema() -> Row:
    """The JSON Schema (draft 2020-12) of what `as_dict` returns."""
    text = files("winset.brief").joinpath("schema", "brief-1.schema.json").read_text(encoding="utf-8")
    found: Row = json.loads(text)
    return found


def _issue(brief: Brief) -> Row:
    issue, body = brief.issue, brief.body
    return {
        "id": issue.id,
        "proposal": issue.proposal,
        "on": issue.on.text,
        "status_quo": issue.status_quo,
        "proposal_value": issue.proposal_value,
        "options": [{"label": option.label, "value": option.value} for option in issue.options],
        "outcome": issue.outcome,
        "body": {"key": body.key, "name": body.name, "organisation": body.organisation, "source": body.source},
    }


def _answer(index: Index) -> Row:
    brief = index.brief
    likely = index.likely_blockers
    return {
        "outcome": brief.forecast.outcome.value,
        "probability": brief.forecast.probability,
        "probability_adopted": brief.forecast.probability_adopted,
        "adopted_range": list(brief.forecast.adopted_range),
        "rule": brief.rule_name,
        "rule_key": brief.issue.rule,
        "rule_source": brief.rule_source,
        "on": brief.issue.on.text,
        "text": claims(brief)[0].claims[0].text,
        "blockers": [_blocker(index, entry) for entry in likely],
        "possible_blockers": [_blocker(index, entry) for entry in brief.forecast.blockers if entry not in likely],
        "unknown": [_actor(index, party.actor_id) for party in index.silent_members],
    }


def _blocker(index: Index, blocker: Blocker) -> Row:
    behind = index.objection(blocker)
    return {
        **_actor(index, blocker.actor_id),
        "probability": blocker.probability,
        "alone": blocker.alone,
        "consents_up_to": blocker.consents_up_to,
        "consents": [{**asdict(consent), "way": consent.way.value} for consent in blocker.consents],
        "statements": list(behind.statements),
        "not_shown": behind.number - len(behind.statements),
        "origins": behind.origins,
    }


def _hinge(index: Index, hinge: Hinge) -> Row:
    return {**_actor(index, hinge.actor_id), **asdict(hinge)}


def _actor(index: Index, actor_id: ActorId) -> Row:
    return {"actor": index.name(actor_id), "actor_id": actor_id}


def _party(index: Index, party: Party) -> Row:
    position = party.position
    return {
        "actor": party.name,
        "actor_id": party.actor_id,
        "position": position.value if position else None,
        "std_error": position.std_error if position else None,
        "on_record": on_record(party),
        "stands": stand(position, index.brief.issue).value if position else "unknown",
        "statements": list(party.statements),
    }


def _member(index: Index, party: Party) -> Row:
    return {**_party(index, party), "votes": party.votes}


def _other(index: Index, party: Party) -> Row:
    return {**_party(index, party), "standing": party.standing.value}


def _position(account: Account) -> Row:
    position, party = account.position, account.party
    low, high = account.interval
    return {
        "actor": party.name,
        "actor_id": position.actor_id,
        "value": position.value,
        "std_error": position.std_error,
        "salience": position.salience,
        "as_of": position.as_of.text,
        "evidence": list(position.evidence),
        "not_shown": position.others,
        "origins": position.origins,
        "assumed": position.assumed,
        "interval": {"low": round(low, 1), "high": round(high, 1), "share": 0.9},
        "nearest": {"label": account.nearest.label.strip("“”"), "value": account.nearest.value},
        "since": _date(account.since),
        "salience_error": position.salience_error,
        "method": account.method,
        "contributions": [
            {
                "statement": mover.contribution.statement_id,
                "origin": mover.contribution.origin,
                "value": mover.contribution.value,
                "weight": mover.contribution.weight,
                "moved": mover.contribution.moved,
            }
            for mover in account.movers
            if mover.contribution
        ],
        "would_change": [_change(change, claim) for change, claim in zip(party.changes, account.changes, strict=True)],
        "over_time": [_step(step) for step in party.course],
        "shifts": [_shift(shift, claim) for shift, claim in zip(party.shifts, account.shifts, strict=True)],
    }


def _change(change: Change, claim: Claim) -> Row:
    return {
        "kind": change.kind.value,
        "text": claim.text,
        "assumed": claim.kind is ClaimKind.ASSUMED,
        "cites": list(claim.cites),
        "value": change.value,
        "std_error": change.std_error,
        "added": change.added,
        "statements": list(change.statements),
        "not_shown": change.others,
        "crosses": change.crosses,
    }


def _step(position: Position) -> Row:
    low, high = interval(position)
    return {
        "as_of": position.as_of.text,
        "value": position.value,
        "std_error": position.std_error,
        "interval": {"low": round(low, 1), "high": round(high, 1), "share": 0.9},
        "evidence": list(position.evidence),
        "assumed": position.assumed,
    }


def _shift(shift: Shift, claim: Claim) -> Row:
    return {
        "on": shift.on.text,
        "text": claim.text,
        "before": shift.before,
        "after": shift.after,
        "std_error": shift.std_error,
        "statements": list(shift.statements),
    }


def _section(section: Section) -> Row:
    return {
        "key": section.key,
        "title": section.title,
        "claims": [
            {"text": claim.text, "kind": claim.kind.value, "cites": list(claim.cites), "caveat": claim.caveat}
            for claim in section.claims
        ],
    }


def _statement(row: StatementRow) -> Row:
    coded = row.coded
    statement, identification, stance = coded.statement, coded.identification, coded.stance
    return {
        "id": coded.id,
        "number": row.number,
        "document": statement.document_id,
        "source": _span(statement.source),
        "cue": _span(statement.cue),
        "contents": [_span(part) for part in statement.contents],
        "form": statement.form.value,
        "hedged": statement.hedged,
        "via": list(statement.via),
        "speaker": identification.speaker,
        "represents": identification.represents,
        "actor_id": identification.actor_id,
        "standing": identification.standing.value,
        "speaks_as": identification.speaks_as.value,
        "role": identification.role,
        "affiliation": identification.affiliation,
        "joint": identification.joint,
        "identified_by": identification.by,
        "identified_at": identification.at,
        "identified_why": identification.why,
        "machine_represents": coded.overruled.represents if coded.overruled else None,
        "identification_rule": identification.rule,
        "identification_score": identification.score,
        "stance": stance.word,
        "direction": stance.direction,
        "relevance": stance.relevance,
        "stance_confidence": stance.confidence,
        "stance_by": stance.by,
        "stance_reason": stance.reason,
        "machine_stance": coded.machine_stance.word if coded.machine_stance else None,
        "firmness": stance.firmness,
        "stance_hedged": stance.hedged,
        "conditional": stance.conditional,
        "voice": stance.voice.value,
        "rung": stance.rung,
        "said_on": _date(statement.said_on),
        "confidence": statement.confidence,
        "coder": statement.coder,
        "origin": {"key": coded.origin.key, "label": coded.origin.label},
    }


def _document(document: Document) -> Row:
    return {
        "id": document.id,
        "name": document.name,
        "text": document.text,
        "title": document.title,
        "authors": list(document.authors),
        "publisher": document.publisher,
        "published": _date(document.published),
        "language": document.language,
        "source_url": document.source_url,
        "retrieved_at": document.retrieved_at,
        "media_type": document.media_type,
        "reader": document.reader,
        "found_in": [{"field": field, "where": where} for field, where in document.found_in],
    }


def _credit(credit: Credit) -> Row:
    return {
        "document": credit.document_id,
        "origin": credit.origin,
        "kind": str(credit.kind),
        "anchor": _span(credit.anchor),
        "dated": _date(credit.dated),
        "url": credit.url,
        "title": credit.title,
        "marker": credit.marker,
        "entry": _span(credit.entry),
        "speaker": credit.speaker,
        "place": credit.place,
        "broken": credit.broken,
        "statements": list(credit.statement_ids),
    }


def _event(event: Event) -> Row:
    return {
        "id": event_id(event),
        "date": event.date.text,
        "until": _date(event.until),
        "document": event.document_id,
        "kind": event.kind,
        "planned": event.planned,
        "ongoing": event.ongoing,
        "anchor": _span(event.anchor),
        "spread": [date.text for date in event.spread] if event.spread else None,
        "passages": [
            {
                "document": passage.anchor.document_id,
                "date": passage.date.text,
                "until": _date(passage.until),
                "anchor": _span(passage.anchor),
            }
            for passage in dated_passages(event)
        ],
    }


def _run(brief: Brief) -> Row:
    made, forecast = brief.how_made, brief.forecast
    return {
        "winset_version": made.winset_version,
        "methods": [{"step": step, "method": method} for step, method in made.methods],
        "model": forecast.model,
        "run_id": forecast.run_id,
        "winset": list(forecast.winset) if forecast.winset else None,
        "seed": made.seed,
        "draws": made.draws,
        "generated_at": made.generated_at,
        "seconds": made.seconds,
        "command": made.command,
        "refused_spans": brief.refused_spans,
        "as_of": _date(brief.as_of),
    }


def _span(anchor: Anchor | None) -> Row | None:
    return {"start": anchor.start, "end": anchor.end, "exact": anchor.exact} if anchor else None


def _date(date: PartialDate | None) -> str | None:
    return date.text if date else None
