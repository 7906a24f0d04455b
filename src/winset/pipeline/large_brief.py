"""The brief of a kept case of any size: of one too large to be held, an excerpt that rests on all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from winset.errors import BadCase
from winset.ids import ActorId, PartialDate, StatementId
from winset.issues import CaseSpec
from winset.pipeline.brief import Made, brief_of, compose_brief
from winset.pipeline.defaults import DRAWS, ESTIMATOR, SEED
from winset.pipeline.estimating import evidence_of
from winset.pipeline.kept_cases import is_large, kept_material, some_material
from winset.pipeline.material import Material, as_read, copies
from winset.pipeline.registries import own_registries, own_room
from winset.pipeline.seats import seats_of

if TYPE_CHECKING:
    from winset.brief.types import Brief
    from winset.store.case_store import CaseStore
    from winset.store.weighed import Spoke, Weighed

SHOWN = 120  # documents of a large case in which a brief looks for the statements that weigh most
EACH = 4  # statements of one actor that are looked for among them, at most
OTHERS = 30  # actors without a vote, those who say most, that the brief of a larger case shows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Excerpt:
    """What a brief shows of a large case, and what it estimates of all of it."""

    weighed: Weighed
    spoke: tuple[Spoke, ...]  # all that speak
    people: tuple[ActorId, ...]  # whom it shows
    material: Material  # statements of these alone, of the documents in which they weigh most
    rows: Mapping[int, StatementId]  # which row of the columns each is


def kept_brief(
    store: CaseStore,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
    command: str = "",
    started: float = 0.0,
    estimator: str = ESTIMATOR,
    as_of: PartialDate | None = None,
) -> Brief:
    """The brief on a kept case of any size; the arguments are those of `compose_brief`.

    Of more than WHOLE statements it shows those of some SHOWN documents, in which the words stand that weigh most for
    each member and for the OTHERS that say most. Positions, what would change them and the forecast rest on all
    statements, as `estimated_from_columns` has it; what documents rest on, tell differently, date and ask is found in
    those that are shown, and shifts are not looked for.
    Raises BadCase, also where it holds no document, BadQuota, UnknownMethod, UnknownName.
    Cost: some 5 s for a million statements; of what was added since the last time, that of reading it once.
    """
    made = Made(seed=seed, draws=draws, command=command, started=started, estimator=estimator, as_of=as_of)
    counts = store.counts()
    if not counts["document"]:
        raise BadCase(f"{store.place}: holds no document yet: add some with `winset add {store.place} DOCS...`")
    if is_large(store):
        return _excerpt_brief(store, counts, made)
    return compose_brief(
        store.spec(),
        kept_material(store),
        seed=seed,
        draws=draws,
        command=command,
        started=started,
        estimator=estimator,
        as_of=as_of,
    )


def material_at_hand(store: CaseStore) -> Material:
    """All that a kept case holds; of one of more than WHOLE statements what its brief shows, see `kept_brief`."""
    if not is_large(store):
        return kept_material(store)
    made = Made(seed=SEED, draws=DRAWS, command="", started=0.0, estimator=ESTIMATOR, as_of=None)
    return _excerpt(store, store.spec(), made).material


def _excerpt(store: CaseStore, spec: CaseSpec, made: Made) -> _Excerpt:
    from winset.store.excerpts import documents_at, statements_at
    from winset.store.observations import said
    from winset.store.weighed import Weighed

    read = said(store, as_of=made.as_of, room=lambda: own_room(store))
    weighed = Weighed(read, spec.issue, method=made.estimator, as_of=made.as_of)
    seated = [seat.actor_id for seat in seats_of(spec, own_registries(store))]
    spoke = weighed.spoke()
    others = [each.actor_id for each in spoke if each.actor_id not in set(seated)][:OTHERS]
    people = (*seated, *others)
    each = max(1, min(EACH, SHOWN // max(1, len(people))))
    ranks = weighed.documents(people, each=each)
    named = documents_at(store, ranks)
    rows = weighed.rows_in(ranks, people)
    ids = statements_at(store, list(rows))
    shown = {rows[rank]: id for rank, id in ids.items()}
    material = some_material(store, tuple(named[rank] for rank in ranks), among=frozenset(shown.values()))
    return _Excerpt(weighed=weighed, spoke=spoke, people=people, material=material, rows=shown)


def _excerpt_brief(store: CaseStore, counts: Mapping[str, int], made: Made) -> Brief:
    from winset.brief.parties import parties
    from winset.brief.types import Excerpt
    from winset.positions.estimation import by_actor, until
    from winset.sourcing.account import account

    spec = store.spec()
    found = _excerpt(store, spec, made)
    material, spoke = found.material, {each.actor_id: each for each in found.spoke}
    duplicates, read = copies(material), as_read(material)
    rests_on = account(read, duplicates, proposal=spec.issue.proposal)
    evidence = until(evidence_of(material, read, rests_on.origins), made.as_of)
    labels = {id: origin.label.partition(", via ")[0] for id, origin in rests_on.origins.items()}
    shown, own = found.weighed.shown(found.rows, labels), by_actor(evidence)
    held = {id: each for id in found.people if (each := shown.position(id, own.get(id, ()))) is not None}
    seats = seats_of(spec, material.additions)
    people = parties(spec, seats, evidence, tuple(held.values()), documents=(), additions=material.additions)
    return brief_of(
        spec,
        material,
        rests_on,
        duplicates=duplicates,
        evidence=evidence,
        positions=tuple(held.get(each.actor_id, each) for each in found.weighed.positions()),
        parties=tuple(
            replace(
                party,
                name=party.name if party.votes else spoke[party.actor_id].name,
                changes=shown.changes(party.position),
                course=shown.course(party.position),
                opposing=shown.opposing(party.actor_id),
            )
            if party.position is not None
            else party
            for party in people
        ),
        made=made,
        excerpt=Excerpt(
            documents=counts["document"],
            statements=found.weighed.said.statements,
            about=found.weighed.about(),
            nobodys=found.weighed.said.nobodys,
            actors=len(found.spoke),
        ),
    )
