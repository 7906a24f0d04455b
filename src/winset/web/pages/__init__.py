"""The pages, one file each. This list is the table of contents of the desk."""

from __future__ import annotations

from winset.web.pages import (
    accounts,
    actors,
    add,
    cases,
    check,
    coding,
    decide,
    discrepancies,
    documents,
    leave,
    log,
    login,
    network,
    origins,
    overview,
    positions,
    statements,
    timeline,
    tokens,
)

ROUTERS = (
    login.pages,
    accounts.pages,
    tokens.pages,
    cases.pages,
    overview.pages,
    decide.pages,
    positions.pages,
    actors.pages,
    network.pages,
    origins.pages,
    timeline.pages,
    discrepancies.pages,
    coding.pages,
    add.pages,
    documents.pages,
    statements.pages,
    check.pages,
    log.pages,
    leave.pages,
)
