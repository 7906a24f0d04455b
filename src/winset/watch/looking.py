"""Looking at a case after a round's reading: what it comes to now, as a brief to be compared with what was seen before.

Of a case of more than `pipeline.kept_cases.WHOLE` statements only what is new is read: no origins, no discrepancies.
"""

from __future__ import annotations

from collections.abc import Iterator

from winset import __version__
from winset.actors.types import Standing
from winset.brief.sight import Sight, sight
from winset.brief.types import Brief, CodedStatement, HowMade, Party
from winset.corpus.types import Document
from winset.ids import ActorId, DocumentId
from winset.pipeline import deciding
from winset.pipeline.brief import compose_brief
from winset.pipeline.defaults import SEED
from winset.pipeline.estimating import estimated_from_columns
from winset.pipeline.kept_cases import is_large, kept_material
from winset.pipeline.registries import own_registries
from winset.pipeline.seats import body_of
from winset.positions.types import Stance
from winset.sourcing.types import Origin
from winset.store.case_store import CaseStore
from winset.store.checking import spots
from winset.store.desk import Desk

PAGE = 500  # documents listed at once


def first_sight(store: CaseStore, *, draws: int, at: str) -> Sight:
    """The case before it was ever watched.  draws: of the forecast.  at: ISO 8601, UTC.  Raises BadCase."""
    if not is_large(store):
        return sight(looked_at(store, Sight(), draws=draws)[0], at=at)
    desk, places, last = Desk(store), dict[DocumentId, str](), 0
    while found := desk.documents(coder="", after=last, limit=PAGE):
        places |= {row.id: row.name for row in found}
        last = found[-1].rank
    known = Sight(documents=places)
    return sight(_of_large(store, known, draws), before=known, at=at)


def looked_at(store: CaseStore, before: Sight, *, draws: int) -> tuple[Brief, bool]:
    """The case now, and whether it is whole: of a large one only what `before` does not hold.  Raises BadCase."""
    if not is_large(store):
        return compose_brief(store.spec(), kept_material(store), draws=draws), True
    return _of_large(store, before, draws), False


def _of_large(store: CaseStore, before: Sight, draws: int) -> Brief:
    from winset.decisions.forecasting import forecast

    spec, found = store.spec(), estimated_from_columns(store)
    tabled = deciding.tabled(spec, found, additions=own_registries(store))
    desk = Desk(store)
    documents = tuple(_new_documents(desk, before))
    held = {each.actor_id: each for each in found.positions}
    return Brief(
        issue=spec.issue,
        body=body_of(spec, own_registries(store)),
        rule_name=tabled.rule.name,
        rule_source=tabled.rule.source,
        forecast=forecast(tabled.case, tabled.rule, draws=draws, seed=SEED),
        parties=tuple(
            Party(
                actor_id=ActorId(id),
                name=name,
                standing=Standing.MEMBER if id in found.members else Standing.OUTSIDE,
                votes=int(id in found.members),
                position=held.get(id),
                statements=(),
            )
            for id, name in found.names.items()
        ),
        statements=tuple(each for document in documents for each in _said_in(store, desk, document)),
        documents=documents,
        rejected=store.rejected(),
        duplicates=(),
        credits=(),
        events=(),
        refused_spans=0,
        how_made=HowMade(
            winset_version=__version__,
            methods=(),
            seed=SEED,
            draws=draws,
            generated_at="",
            seconds=0.0,
            command="",
        ),
    )


def _new_documents(desk: Desk, before: Sight) -> Iterator[Document]:
    last = 0
    while found := desk.documents(coder="", after=last, limit=PAGE):
        yield from (desk.document(row.id) for row in found if row.id not in before.documents)
        last = found[-1].rank


def _said_in(store: CaseStore, desk: Desk, document: Document) -> Iterator[CodedStatement]:
    issue = store.spec().issue
    label = f"own reporting of {document.publisher or document.title or document.name}"
    for row in desk.rows([spot.id for spot in spots(store, document.id)], coder="").values():
        if row.counts:
            yield CodedStatement(
                statement=row.statement,
                identification=row.identification,
                stance=row.stance
                or Stance(
                    statement_id=row.statement.id, issue_id=issue.id, relevance=0.0, direction=0.0, confidence=0.0
                ),
                origin=Origin(statement_id=row.statement.id, key=document.id, label=label),
            )
