"""What-ifs that a case keeps under names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.errors import BadCase, UnknownName
from winset.ids import content_id
from winset.pipeline.clock import now

if TYPE_CHECKING:
    from winset.exchange.supposed import KeptScenario, Supposed
    from winset.store.case_store import CaseStore
    from winset.store.changes import Change


def kept_scenarios(store: CaseStore) -> tuple[KeptScenario, ...]:
    """The what-ifs that a case keeps under names, in order of these."""
    from winset.exchange.supposed import KeptScenario, Supposed
    from winset.store.desk import Desk

    desk, found = Desk(store), []
    for id, subject in desk.values("scenario").items():
        value, change = subject.value or {}, desk.change(subject.change)
        found.append(
            KeptScenario(
                id=id,
                name=str(value.get("name", id)),
                supposed=Supposed.from_value(value),
                by=change.by,
                at=change.at,
                version=subject.version,
            )
        )
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def kept_scenario(store: CaseStore, name: str) -> KeptScenario:
    """The one of that name or id, in any case of letters.  Raises UnknownName with the nearest."""
    from winset.exchange.position_cases import nearest

    kept = kept_scenarios(store)
    for each in kept:
        if name.strip().casefold() in (each.id, each.name.casefold()):
            return each
    names = [each.name for each in kept]
    raise UnknownName(f"no scenario {name!r} is kept: {nearest(name, names) if names else 'there is none'}")


def keep_scenario(store: CaseStore, name: str, supposed: Supposed, *, by: str) -> Change:
    """Keep a what-if under a name.  Raises BadCase for a name that is taken, Stale."""
    from winset.exchange.supposed import named
    from winset.store.desk import Desk

    name = named(name)
    desk, id = Desk(store), content_id("scenario", name.casefold())
    there = desk.value("scenario", id)
    if there is not None and there.value is not None:
        who = desk.change(there.change).by
        raise BadCase(f"a scenario {name!r} is kept already, by {who}: take another name, or drop that one")
    return desk.keep_scenario(id, supposed.as_value(name), by=by, at=now(), seen=there.version if there else 0)
