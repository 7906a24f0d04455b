"""The brief: all that the material says, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset import __version__
from winset.ids import DocumentId, PartialDate
from winset.issues import CaseSpec
from winset.pipeline.clock import now, stopwatch
from winset.pipeline.defaults import DRAWS, ESTIMATOR, SEED
from winset.pipeline.estimating import evidence_of
from winset.pipeline.material import Material, as_read, copies
from winset.pipeline.seats import body_of, seats_of

if TYPE_CHECKING:
    from winset.brief.types import Brief, Excerpt, Party
    from winset.corpus.types import Duplicate
    from winset.positions.estimation import Evidence
    from winset.positions.types import Position
    from winset.provenance import Run
    from winset.sourcing.account import Account

FIRST_STANCE = "lexicon"  # the method of cases that tell none: they are of a version that had no other


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How a brief is asked for; see `compose_brief`."""

    seed: int
    draws: int
    command: str
    started: float
    estimator: str
    as_of: PartialDate | None


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
    evidence = until(evidence_of(material, read, rests_on.origins), as_of)
    held = positions(evidence, issue=spec.issue, method=estimator, as_of=as_of)
    seats = seats_of(spec, material.additions)
    people = parties(spec, seats, evidence, held, documents=material.documents, additions=material.additions)
    return brief_of(
        spec,
        material,
        rests_on,
        duplicates=duplicates,
        evidence=evidence,
        positions=held,
        parties=with_accounts(people, evidence, spec.issue, estimator, as_of),
        made=Made(seed=seed, draws=draws, command=command, started=started, estimator=estimator, as_of=as_of),
    )


def brief_of(
    spec: CaseSpec,
    material: Material,
    rests_on: Account,
    *,
    duplicates: tuple[Duplicate, ...],
    evidence: Sequence[Evidence],
    positions: tuple[Position, ...],
    parties: tuple[Party, ...],
    made: Made,
    excerpt: Excerpt | None = None,
) -> Brief:
    """The brief of what was worked out already; excerpt: of a large case, what the figures rest on in all."""
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


def _unanswered(material: Material) -> tuple[DocumentId, ...]:
    """The documents, in their order, that a language model was asked about in vain."""
    from winset.statements.attributing import UNANSWERED

    runs = {run.inputs for run in material.runs if run.step == UNANSWERED}
    return tuple(document.id for document in material.documents if (document.id,) in runs)


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


def _made(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Which method made what; where several versions of winset did, of how many documents each."""
    counted = Counter((run.step, run.method, run.version) for run in runs)
    if len({version for _, _, version in counted}) < 2:  # noqa: PLR2004
        return [(step, method) for step, method, _ in counted]
    return [
        (step, f"{method} (winset {version}, {number} document{'s' * (number > 1)})")
        for (step, method, version), number in counted.items()
    ]
