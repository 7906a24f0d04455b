"""What documents ask for, by the noun phrases around words of proposing, objecting and planning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from winset.actors.registry import Registry
from winset.corpus.types import Document
from winset.corpus.types import anchor as anchor_of
from winset.ids import DocumentId, PartialDate
from winset.positions.proposing.deciding import bodies, days, rules
from winset.positions.proposing.offers import Spoken, rungs, speaking_of, status_quo
from winset.positions.proposing.readings import readings
from winset.positions.proposing.sentences import Sentence, sentences_of
from winset.positions.proposing.subjects import Subject, label, subjects
from winset.positions.proposing.types import Agenda, ProposedIssue, Reading
from winset.registry import method
from winset.statements.types import Segment, Statement

AT_LEAST = 0.12  # of the best score: less is not listed
MOST = 12  # subjects looked at
QUOTES = 12
IN_STATEMENT = 1.25  # an attributed wish or objection weighs more than the author's own words


@method("asked-for", source="JustesonKatz1995")
def asked_for(
    documents: Sequence[Document],
    segments: Mapping[DocumentId, Sequence[Segment]],
    statements: Sequence[Statement],
    *,
    origin_of: Mapping[DocumentId, str],
    known: Registry,
    body: str | None = None,
    top: int = 5,
) -> Agenda | None:
    """The issues that documents speak of, by the noun phrases that are asked for, objected to or planned.

    segments, origin_of: by document; those with one origin count once.  body: key of the one that decides, where
    it is known.  top: issues to list.  None where nothing is asked for.  Cost: linear in the text.
    Source: noun-phrase patterns of Justeson & Katz (1995); the words of proposing are our own list.
    """
    material = _Material(
        documents={document.id: document for document in documents},
        read={document.id: sentences_of(document, segments[document.id]) for document in documents},
        statements=_by_document(statements),
        origin_of=origin_of,
    )
    found = [
        reading for id, sentences in material.read.items() for reading in _weighed(sentences, material.statements[id])
    ]
    ranked = [subject for subject in subjects(found, origin_of) if _is_asked(subject)][:MOST]
    if not ranked:
        return None
    listed = [subject for subject in ranked if subject.score >= AT_LEAST * ranked[0].score]
    issues: list[ProposedIssue] = []
    spoken = [speaking_of(subject, material.read) for subject in listed]
    for number, subject in enumerate(listed):
        issue = _issue(subject, material, spoken[number], [*spoken[:number], *spoken[number + 1 :]])
        if len(issues) < top and not _is_offered(issue, issues):
            issues.append(issue)
    return _agenda(tuple(issues), spoken[0], material, known, body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """What is read, by document, in the order given."""

    documents: Mapping[DocumentId, Document]
    read: Mapping[DocumentId, Sequence[Sentence]]
    statements: Mapping[DocumentId, Sequence[Statement]]
    origin_of: Mapping[DocumentId, str]


def _by_document(statements: Sequence[Statement]) -> Mapping[DocumentId, Sequence[Statement]]:
    found: dict[DocumentId, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.document_id].append(statement)
    return found


def _is_offered(issue: ProposedIssue, before: Sequence[ProposedIssue]) -> bool:
    """Whether it is a rung of a better one already, or the other way round."""
    names = {phrase.lower() for phrase in (issue.phrases[0], issue.proposal)}
    labels = [rung.label.lower() for each in before for rung in each.rungs]
    return any(name in label for name in names for label in labels)


def _is_asked(subject: Subject) -> bool:
    return any(reading.side and reading.phrase for reading in subject.readings)


def _weighed(sentences: Sequence[Sentence], statements: Sequence[Statement]) -> list[Reading]:
    """The readings of a document; those within a statement's words weigh more."""
    spans = sorted((statement.start, statement.end) for statement in statements)
    found: list[Reading] = []
    at = 0
    for sentence in sentences:
        while at < len(spans) and spans[at][1] <= sentence.start:
            at += 1
        near = [span for span in spans[at : at + 12] if span[0] < sentence.end]
        for reading in readings(sentence):
            said = any(start <= reading.start and reading.end <= end for start, end in near)
            found.append(replace(reading, weight=reading.weight * IN_STATEMENT) if said else reading)
    return found


def _issue(subject: Subject, material: _Material, spoken: Spoken, others: Sequence[Spoken]) -> ProposedIssue:
    proposal, phrases, best = label(subject)
    ordered = sorted(subject.readings, key=lambda row: (row is not best, -row.weight, row.document_id, row.start))
    places: dict[DocumentId, list[tuple[int, int]]] = defaultdict(list)
    for row in subject.readings:
        places[row.document_id].append((row.start, row.end))
    said = [
        statement.id
        for id in material.documents
        if id in places
        for statement in material.statements[id]
        if any(start < statement.end and statement.start < end for start, end in places[id])
    ]
    return ProposedIssue(
        proposal=proposal,
        score=round(subject.score, 3),
        phrases=phrases[:8],
        evidence=tuple(anchor_of(material.documents[row.document_id], row.start, row.end) for row in ordered[:QUOTES]),
        statements=tuple(dict.fromkeys(said)),
        documents=len(places),
        origins=len({material.origin_of[id] for id in places}),
        rungs=rungs(subject, material.read, material.origin_of, spoken=spoken, others=others),
        status_quo=status_quo(subject, material.read, spoken=spoken),
    )


def _agenda(
    issues: tuple[ProposedIssue, ...], spoken: Spoken, material: _Material, known: Registry, body: str | None
) -> Agenda:
    """Who decides on the first issue, how and when: from all documents that speak of it."""
    about = {id: frozenset(numbers) for id, numbers in spoken.items()}
    near = [sentence for id, sentences in material.read.items() if id in about for sentence in sentences]
    dates = [document.published for document in material.documents.values() if document.published is not None]
    latest = max(dates, key=lambda day: day.latest, default=None)
    on = latest.latest if latest else date.max
    named = bodies(near, about, known, on)
    key = body or (named[0].value if named else None)
    return Agenda(
        issues=issues,
        bodies=named,
        rules=rules(key, near, known, on),
        days=days(near, about, latest),
        latest=latest if latest is None else PartialDate(latest.latest.isoformat()),
    )
