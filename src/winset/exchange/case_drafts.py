"""A case file drafted from documents alone: every line with the words it was read from, for a person to accept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from winset.corpus.types import Anchor, Document
from winset.ids import DocumentId, PartialDate
from winset.positions.proposing.types import Agenda, Found, ProposedIssue

if TYPE_CHECKING:
    from winset.actors.registry import Registry

QUOTE = 110  # characters of a quotation in a comment
SHOWN = 2  # quotations a line
OTHERS = 4  # further bodies and days listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the case file will state, and what the documents leave open."""

    agenda: Agenda
    body: str | None  # key in the registry
    body_given: bool  # by the user, not found
    rule: str | None  # None: the body's own
    own_rule: str  # of the body, "" where it is not known
    on: PartialDate
    on_found: bool
    questions: tuple[str, ...]

    @property
    def issue(self) -> ProposedIssue:
        """The first of the agenda, which the file states."""
        return self.agenda.issues[0]


def drafted(agenda: Agenda, known: Registry, *, body: str | None, today: date) -> Draft:
    """The likeliest body, rule and day, and a question for each that the documents do not name.

    body: key in the registry, where the user gave it.  today: stands in where no document has a date.
    """
    key = body or (agenda.bodies[0].value if agenda.bodies else None)
    fallback = agenda.latest or PartialDate(today.isoformat())
    on = PartialDate(agenda.days[0].value) if agenda.days else fallback
    own = known.body(key).rule_on(on.latest) if key else ""
    rule = agenda.rules[0].value if agenda.rules else None
    questions = []
    if key is None:
        questions.append("Which body decides? The documents name none of the registry: write its key, or add members.")
    if rule is None:
        rest = f"left out, it is the body's own, {own}" if own else "write one of `winset methods`"
        questions.append(f"By which rule? The documents do not say: {rest}.")
    if not agenda.days:
        stands = "the day of the latest document" if agenda.latest else "today"
        questions.append(f"On which day? The documents name no meeting or vote: {stands} stands in.")
    return Draft(
        agenda=agenda,
        body=key,
        body_given=body is not None,
        rule=rule,
        own_rule=own,
        on=on,
        on_found=bool(agenda.days),
        questions=tuple(questions),
    )


def case_text(draft: Draft, documents: Sequence[Document], *, sources: Sequence[str], registries: Sequence[str]) -> str:
    """The draft as a commented YAML case file, in the form that `exchange.case_files` reads.

    sources, registries: as the file is to name them.
    """
    names = {document.id: document.name for document in documents}
    return "\n".join(_lines(draft, names, sources, registries)) + "\n"


def _lines(
    draft: Draft, names: Mapping[DocumentId, str], sources: Sequence[str], registries: Sequence[str]
) -> Iterator[str]:
    agenda, issue = draft.agenda, draft.issue
    yield "# A draft that winset read from the documents alone: accept or edit each line, then give it to"
    yield "# `winset brief`, or to `winset new CASE --from`. Below each line are the words it was read from."
    for question in draft.questions:
        yield f"# QUESTION: {question}"
    yield ""
    yield f"proposal: {_scalar(issue.proposal)}"
    spoken = f"{issue.documents} of {len(names)} documents, {len(issue.statements)} statements"
    yield f"# spoken of in {spoken}; also called: {_also(issue)}"
    yield from _quotes(issue.evidence, names)
    for other in agenda.issues[1:]:
        yield f"# or: proposal: {_scalar(other.proposal)}"
        yield from _quotes(other.evidence[:1], names, indent="#     ")
    yield ""
    yield f"body: {draft.body}" if draft.body else "body:  # QUESTION: a key of the registry, or a name with members:"
    if draft.body_given:
        yield "# as you gave it"
    yield from _alternatives(agenda.bodies, draft.body, names)
    yield ""
    if draft.rule:
        yield f"rule: {draft.rule}" + ("  # the body's own" if draft.rule == draft.own_rule else "")
        yield from _alternatives(agenda.rules, draft.rule, names)
        yield ""
    yield f"on: {draft.on}" + ("" if draft.on_found else "  # QUESTION: the day of decision; this one stands in for it")
    yield from _alternatives(agenda.days, str(draft.on), names)
    yield ""
    yield "# The scale runs from the status quo (0) to the proposal (100). The values between are placeholders in the"
    yield "# order delay, what exists already, something else, less than proposed: they are yours to set."
    yield "status_quo: 0"
    yield from _quotes(issue.status_quo, names)
    if issue.rungs:
        yield "options:"
        for rung in issue.rungs:
            yield f"  {_scalar(rung.label)}: {rung.value:g}  # {rung.kind.value}"
            yield from _quotes(rung.evidence, names, indent="  # ")
    else:
        yield "# QUESTION: is anything offered instead? The documents name nothing; write options: and LABEL: VALUE"
    yield ""
    yield "documents:"
    yield from (f"  - {_scalar(source)}" for source in sources)
    if registries:
        yield "registries:"
        yield from (f"  - {_scalar(each)}" for each in registries)


def _also(issue: ProposedIssue) -> str:
    return ", ".join(_plain(phrase) for phrase in issue.phrases[:4])


def _alternatives(found: Sequence[Found], taken: str | None, names: Mapping[DocumentId, str]) -> Iterator[str]:
    for each in found:
        if each.value == taken:
            yield from _quotes(each.evidence, names)
    others = [each for each in found if each.value != taken][:OTHERS]
    for each in others:
        yield f"# or: {each.value}"
        yield from _quotes(each.evidence[:1], names, indent="#     ")


def _quotes(evidence: Sequence[Anchor], names: Mapping[DocumentId, str], indent: str = "# ") -> Iterator[str]:
    for quote in evidence[:SHOWN]:
        yield f"{indent}{_plain(names[quote.document_id])}: “{_plain(quote.exact)}”"


def _plain(words: str) -> str:
    """On one line, cut at a word, without what a terminal or YAML would obey."""
    line = "".join(character for character in " ".join(words.split()) if character.isprintable())
    return line if len(line) <= QUOTE else f"{line[:QUOTE].rsplit(' ', 1)[0]} …"


def _scalar(words: str) -> str:
    """A double-quoted YAML scalar; JSON's strings are YAML's."""
    return json.dumps(" ".join(words.split()), ensure_ascii=False)


def agenda_values(draft: Draft, documents: Sequence[Document]) -> dict[str, Any]:
    """The draft as plain values for JSON: every part with its anchors; offsets half-open, in code points."""
    names = {document.id: document.name for document in documents}

    def anchors(evidence: Sequence[Anchor]) -> list[dict[str, Any]]:
        return [
            {"document": names[each.document_id], "start": each.start, "end": each.end, "exact": each.exact}
            for each in evidence
        ]

    def listed(found: Sequence[Found]) -> list[dict[str, Any]]:
        return [{"value": each.value, "score": each.score, "evidence": anchors(each.evidence)} for each in found]

    return {
        "issues": [
            {
                "proposal": issue.proposal,
                "score": issue.score,
                "phrases": list(issue.phrases),
                "documents": issue.documents,
                "origins": issue.origins,
                "statements": list(issue.statements),
                "evidence": anchors(issue.evidence),
                "status_quo": {"value": 0, "evidence": anchors(issue.status_quo)},
                "options": [
                    {
                        "label": rung.label,
                        "value": rung.value,
                        "placeholder": True,
                        "kind": rung.kind.value,
                        "score": rung.score,
                        "evidence": anchors(rung.evidence),
                    }
                    for rung in issue.rungs
                ],
            }
            for issue in draft.agenda.issues
        ],
        "body": {"value": draft.body, "given": draft.body_given, "named": listed(draft.agenda.bodies)},
        "rule": {"value": draft.rule or draft.own_rule or None, "named": listed(draft.agenda.rules)},
        "on": {"value": str(draft.on), "found": draft.on_found, "named": listed(draft.agenda.days)},
        "questions": list(draft.questions),
        "documents": [document.name for document in documents],
    }
