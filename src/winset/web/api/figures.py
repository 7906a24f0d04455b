"""Positions, the answer of the rule and what it would be if, discrepancies, the brief."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import HTTPException, Query
from pydantic import StringConstraints

from winset.brief.json import as_dict
from winset.errors import UnknownName
from winset.exchange.answers import as_dict as answer_dict
from winset.exchange.supposed import Supposed
from winset.pipeline.clock import now
from winset.sourcing.rows import discrepancy_row
from winset.sourcing.settling import settled, settlement
from winset.sourcing.types import Discrepancy
from winset.store.changes import Subject
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.api import models, values
from winset.web.api.answering import PREFIX, WRITING, AnyId, refusals, whole
from winset.web.cases import AtCase, OpenCase
from winset.web.deciding import told
from winset.web.routing import Pages
from winset.web.standing import Standing, standing

api = Pages(prefix=PREFIX, tags=["figures"])

WAIT = 20.0  # seconds that an answer waits for positions of a new version

Text = Annotated[str, StringConstraints(max_length=300)]
WhatIfs = Annotated[
    list[Text],
    Query(
        default_factory=list,
        max_length=50,
        description="Changes made together, as for `winset decide --what-if`: France=60, Germany=out, cost=5.",
    ),
]
Rule = Annotated[str | None, Query(max_length=200, description="Another rule, by name or in words.")]
Day = Annotated[str | None, Query(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD.")]


@api.get("/cases/{case}/positions", role=Role.READER, responses=refusals(400))
def positions(case: AtCase, _person: Asking) -> models.Positions:
    """Where everyone with something on record stands."""
    found = _standing(case)
    members = set(found.members)
    return models.Positions(
        version=found.version,
        behind=found.behind,
        positions=[
            values.position(each, name=found.names.get(each.actor_id, each.actor_id), member=each.actor_id in members)
            for each in found.positions
        ],
    )


@api.get("/cases/{case}/decide", role=Role.READER, responses=refusals(400, 409))
def decide(
    case: AtCase, _person: Asking, what_if: WhatIfs, rule: Rule = None, on: Day = None, as_of: Day = None
) -> dict[str, Any]:
    """What the rule makes of the positions, and what it would make of them if; as `winset decide --json` gives it."""
    supposed = Supposed.told(what_if, rule=rule, on=on, as_of=as_of)
    return answer_dict(told(case, _standing(case), supposed).answer)


@api.get("/cases/{case}/discrepancies", role=Role.READER, responses=refusals(409))
def discrepancies(case: AtCase, _person: Asking) -> models.Discrepancies:
    """What the documents tell differently, with what persons said of it."""
    found, said = whole(case).account.discrepancies, case.desk.values("discrepancy")
    return models.Discrepancies(discrepancies=[_discrepancy(each, said.get(each.id)) for each in found])


@api.put("/cases/{case}/discrepancies/{discrepancy_id}/settlement", role=Role.EDITOR, responses=WRITING)
def settle(case: AtCase, person: Asking, discrepancy_id: AnyId, given: models.Settling) -> models.Change:
    """Say which telling is right, or that both, neither or none are."""
    found = next((each for each in whole(case).account.discrepancies if each.id == discrepancy_id), None)
    if found is None:
        raise UnknownName(f"no discrepancy {discrepancy_id!r} in {case.name}")
    said = settled(found, given.said, by=person.name, at=now(), why=given.why)
    change = case.desk.settle(found.id, said.value(), by=person.name, at=said.at, why=said.why, seen=given.seen)
    return values.change(change)


@api.get("/cases/{case}/brief", role=Role.READER, responses=refusals(400, 409))
def brief(case: AtCase, _person: Asking) -> dict[str, Any]:
    """The whole brief, in the shape of docs/reference/brief-json.md."""
    return as_dict(whole(case).brief)


def _standing(case: OpenCase) -> Standing:
    found = standing(case, wait=WAIT)
    if found is None:
        raise HTTPException(503, "The positions are being worked out: ask again in a moment.", {"Retry-After": "5"})
    return found


def _discrepancy(found: Discrepancy, subject: Subject | None) -> models.Discrepancy:
    said = settlement(found.id, subject.value) if subject is not None and subject.value else None
    row = discrepancy_row(found, said)
    return models.Discrepancy(**row, version=subject.version if subject else 0)
