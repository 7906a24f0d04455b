"""Run the stance method that is asked for; where a language model tells nothing that holds, another method tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from winset import __version__
from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.errors import NotConfigured
from winset.issues import Issue
from winset.positions.stances import STANCES
from winset.positions.types import Stance
from winset.provenance import Run
from winset.statements.language_model.types import Endpoint
from winset.statements.types import Segment, Statement

STANCES_STEP = "stances"
ASKED = "language model, stances"  # steps of runs; their method is "MODEL at HOST"
UNANSWERED = "language model, no stance"
REASONS = 3  # of those why a model's judgements do not count, the most frequent ones are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One stance a statement, in their order."""

    stances: tuple[Stance, ...]
    untold: int = 0  # statements whose stance is not by the method asked for
    why: str = ""  # in one line
    runs: tuple[Run, ...] = ()


def stances_by(
    method: str,
    statements: Sequence[Statement],
    *,
    document: Document,
    issue: Issue,
    identifications: Sequence[Identification],
    segments: Sequence[Segment],
    endpoint: Endpoint | None = None,
    otherwise: str,
) -> Taken:
    """The stances by this method, and by `otherwise` for statements of which a language model told nothing that holds.

    method, otherwise: ids in STANCES; `otherwise` asks nobody.  endpoint: for a method that asks a language model.
    Raises UnknownMethod, NotConfigured.
    """
    case = {"document": document, "issue": issue, "identifications": identifications, "segments": segments}
    if "endpoint" not in STANCES[method].needs:
        made = Run(step=STANCES_STEP, method=method, version=__version__, inputs=(document.id,))
        return Taken(stances=STANCES[method](statements, **case), runs=(made,))
    if endpoint is None:
        raise NotConfigured(f"{method}: asks a language model, and none was given: pass endpoint=...")
    told = STANCES[method](statements, **case, endpoint=endpoint)
    untold = [stance for stance in told if not stance.confidence]
    others = STANCES[otherwise](statements, **case) if untold else told
    return Taken(
        stances=tuple(
            stance
            if stance.confidence
            else replace(other, reason=f"{other.reason}; the language model: {stance.reason}")
            for stance, other in zip(told, others, strict=True)
        ),
        untold=len(untold),
        why="; ".join(reason for reason, _ in Counter(stance.reason for stance in untold).most_common(REASONS)),
        runs=_runs(method, otherwise, document, endpoint, told=len(told) - len(untold), untold=len(untold)),
    )


def _runs(
    method: str, otherwise: str, document: Document, endpoint: Endpoint, *, told: int, untold: int
) -> tuple[Run, ...]:
    """What made the stances of a document, and which model was asked, with or without an answer that holds."""
    where = f"{endpoint.model} at {endpoint.host}"
    made = [
        *([(STANCES_STEP, f"{method} ({endpoint.model})"), (ASKED, where)] if told else []),
        *([(STANCES_STEP, otherwise)] if untold else []),
        *([(UNANSWERED, where)] if untold and not told else []),
    ]
    return tuple(Run(step=step, method=name, version=__version__, inputs=(document.id,)) for step, name in made)
