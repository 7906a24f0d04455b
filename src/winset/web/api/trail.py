"""Who changed what, when."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.api import models, values
from winset.web.api.answering import PREFIX, READING, Limit
from winset.web.cases import AtCase
from winset.web.routing import Pages

api = Pages(prefix=PREFIX, tags=["trail"])

Number = Annotated[int, Path(ge=1, le=2**53)]
Before = Annotated[int | None, Query(ge=1, le=2**53, description="`next` of the page before.")]
By = Annotated[str | None, Query(max_length=200, description="Only this person's.")]


@api.get("/cases/{case}/changes", role=Role.READER, responses=READING)
def changes(case: AtCase, _person: Asking, before: Before = None, limit: Limit = 50, by: By = None) -> models.Changes:
    """Changes, the newest first."""
    found = case.desk.changes(before=before, limit=limit, by=by or None)
    following = found[-1].number if len(found) == limit and found[-1].number > 1 else None
    return models.Changes(changes=list(map(values.change, found)), next=following)


@api.get("/cases/{case}/changes/{number}", role=Role.READER, responses=READING)
def change(case: AtCase, _person: Asking, number: Number) -> models.Change:
    """One change."""
    return values.change(case.desk.change(number))
