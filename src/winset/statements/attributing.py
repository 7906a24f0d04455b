"""Run the attributors, each with what it needs; where a language model does not answer, the rules code the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from winset import __version__
from winset.corpus.types import Document
from winset.errors import NoAnswer, NotConfigured
from winset.provenance import Run
from winset.statements.attributors import ATTRIBUTORS
from winset.statements.language_model.types import Endpoint
from winset.statements.types import Proposal, Segment

ASKED = "language model"  # steps of runs; their method is "MODEL at HOST"
UNANSWERED = "language model, no answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """What the attributors propose for one document, whole: a model that fails midway has proposed nothing."""

    proposed: tuple[tuple[Proposal, str], ...]  # each with its method's id
    wordless: int  # proposals of no words, for what a model told in words that do not stand there: refused
    coders: dict[str, str]  # by method's id, what stands in its statements: "language-model (MODEL)"
    asked: tuple[Run, ...] = ()  # of a language model, answered or not
    unanswered: str = ""  # why it gave no answer

    @property
    def method(self) -> str:
        """Of the run: all that coded."""
        return "+".join(self.coders.values())

    def coder(self, name: str) -> str:
        """Who a method's statements say coded them: "machine: attitudes"."""
        return f"machine: {self.coders.get(name, name)}"


def attributed(
    document: Document,
    segments: Sequence[Segment],
    methods: Sequence[str],
    *,
    endpoint: Endpoint | None,
    otherwise: Sequence[str],
) -> Attributed:
    """The proposals of these methods in their order; those of `otherwise` where a model does not answer.

    Raises UnknownMethod, NotConfigured.
    """
    by = endpoint if any(_asks(name) for name in methods) else None
    try:
        return _attributed(document, segments, methods, by)
    except NoAnswer as error:
        found = _attributed(document, segments, otherwise, None)
        return replace(found, asked=_runs(UNANSWERED, document, by), unanswered=str(error))


def _attributed(
    document: Document, segments: Sequence[Segment], methods: Sequence[str], endpoint: Endpoint | None
) -> Attributed:
    coders = {name: f"{name} ({endpoint.model})" if endpoint and _asks(name) else name for name in methods}
    found = [
        (proposal, name)
        for name in coders
        for proposal in ATTRIBUTORS[name](document, segments, **_given(name, endpoint))
    ]
    proposed = tuple((proposal, name) for proposal, name in found if proposal.cue or proposal.contents)
    return Attributed(
        proposed=proposed,
        wordless=len(found) - len(proposed),
        coders=coders,
        asked=_runs(ASKED, document, endpoint),
    )


def _asks(name: str) -> bool:
    return "endpoint" in ATTRIBUTORS[name].needs


def _given(name: str, endpoint: Endpoint | None) -> dict[str, Endpoint]:
    if not _asks(name):
        return {}
    if endpoint is None:
        raise NotConfigured(f"{name}: asks a language model, and none was given: pass endpoint=...")
    return {"endpoint": endpoint}


def _runs(step: str, document: Document, endpoint: Endpoint | None) -> tuple[Run, ...]:
    if endpoint is None:
        return ()
    where = f"{endpoint.model} at {endpoint.host}"
    return (Run(step=step, method=where, version=__version__, inputs=(document.id,)),)
