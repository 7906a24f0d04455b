"""`winset positions`: where everybody stands, as a table."""

from __future__ import annotations

import csv as csv_format
import io
import json as json_format
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, say
from winset.cli.reading import read, refuse_methods
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.corpus.types import Rejected
    from winset.ids import PartialDate
    from winset.pipeline.estimating import Estimated
    from winset.positions.types import Position, Shift

COLUMNS = (
    *("actor", "actor_id", "member", "value", "std_error", "low", "high", "salience", "salience_error"),
    *("origins", "statements", "as_of", "method", "assumed"),
)
NAME = 40  # characters of an actor's name in the table

Csv = Annotated[bool, typer.Option("--csv", help="Print CSV on stdout instead of words.")]
OverTime = Annotated[
    bool, typer.Option("--over-time", help="A row for each day on which an actor spoke; and where it shifted.")
]
Silent = Annotated[
    bool, typer.Option("--silent", help="Also members with nothing on record, at an assumed position marked as such.")
]


def positions(
    documents: inputs.Documents,
    *,
    proposal: inputs.Proposal = None,
    body: inputs.Body = None,
    on: inputs.On = None,
    option: inputs.Options = None,
    rule: inputs.Rule = None,
    status_quo: inputs.StatusQuo = 0.0,
    attributor: inputs.Attributors = None,
    stance: inputs.StanceMethod = None,
    registry: inputs.Registries = None,
    estimator: inputs.Estimator = None,
    as_of: inputs.AsOf = None,
    over_time: OverTime = False,
    silent: Silent = False,
    json: inputs.AsJson = False,
    csv: Csv = False,
) -> int:
    """Where everybody stands. Position, standard error, 90% interval and salience, each from so many sources.

    DOCS are documents, or one case file (.yaml), or one kept case. Positions run from 0 to 100 on the issue's scale.

    For example:

    winset positions tokyo.winset

    winset positions case.yaml --as-of 2023-06-30 --estimator logit-scale --csv

    winset positions tokyo.winset --over-time --json
    """
    from winset.pipeline.estimating import estimated
    from winset.positions.movement import course, shifts

    if json and csv:
        raise BadCase("stdout takes one of --json and --csv: leave one out")
    if over_time and silent:
        raise BadCase("--silent has no days: leave out --over-time or --silent")
    by, on_record = inputs.estimator(estimator), inputs.as_of(as_of)
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    asked = inputs.request(documents, stated, registries=registry)
    issue = asked.case.issue
    coders = inputs.names(attributor)
    rejected: Sequence[Rejected] = ()
    if asked.kept:
        found = _of_kept(asked, attributor=coders, stance=stance, method=by, as_of=on_record, over_time=over_time)
    else:
        material = read(asked, attributor=coders, stance=stance)
        found, rejected = estimated(asked.case, material, estimator=by, as_of=on_record), material.rejected
    held: Sequence[Position] = found.positions
    moved: Sequence[Shift] = ()
    if over_time:
        held = course(found.evidence, issue=issue, method=by, as_of=on_record)
        moved = shifts(found.evidence, issue=issue, method=by, as_of=on_record)
    if silent:
        held = (*held, *found.silent(issue, as_of=on_record))
    if found.left_out:
        say(f"--as-of {as_of}: {counted(found.left_out, 'statement')} said later, or without a date, left out")
    rows = [_row(found, position) for position in _in_order(found, held)]
    with outputs.output(outputs.STDOUT) as write:
        if json:
            told = {
                "issue": issue.proposal,
                "as_of": as_of,
                "positions": rows,
                "rejected": [{"name": each.name, "reason": each.reason} for each in rejected],
            }
            changes = {"shifts": [_shift(found, shift) for shift in moved]} if over_time else {}
            values = of_schema("positions", {**told, **changes})
            write(json_format.dumps(values, ensure_ascii=False, indent=1) + "\n")
        elif csv:
            write(_csv(rows))
        else:
            write("".join(f"{line}\n" for line in (*_table(rows), *_told(found, moved))))
    return BAD_INPUT if rejected else FINE


def _of_kept(
    asked: inputs.Request,
    *,
    attributor: Sequence[str],
    stance: str | None,
    method: str,
    as_of: PartialDate | None,
    over_time: bool,
) -> Estimated:
    from winset.pipeline.estimating import estimated_kept
    from winset.pipeline.kept_cases import WHOLE, is_large
    from winset.store.case_store import CaseStore

    refuse_methods(asked, attributor=attributor, stance=stance)
    with CaseStore.open(asked.kept or "") as store:
        if not store.counts()["document"]:
            raise BadCase(f"{asked.kept}: holds no document yet: add some with `winset add {asked.kept} DOCS...`")
        if over_time and is_large(store):
            raise BadCase(
                f"--over-time: {asked.kept} holds over {WHOLE:,} statements: take --as-of DATE, or `winset brief`,"
                " whose positions have their course"
            )
        return estimated_kept(store, estimator=method, as_of=as_of)


def _in_order(found: Estimated, held: Sequence[Position]) -> list[Position]:
    """Members first, by name and day."""
    return sorted(
        held,
        key=lambda each: (each.actor_id not in found.members, found.names[each.actor_id], each.as_of.earliest),
    )


def _row(found: Estimated, position: Position) -> dict[str, Any]:
    from winset.brief.account import interval

    low, high = interval(position)
    return {
        "actor": found.names[position.actor_id],
        "actor_id": position.actor_id,
        "member": position.actor_id in found.members,
        "value": position.value,
        "std_error": position.std_error,
        "low": round(low, 1),
        "high": round(high, 1),
        "salience": position.salience,
        "salience_error": position.salience_error,
        "origins": position.origins,
        "statements": position.behind,
        "as_of": position.as_of.text,
        "method": position.method,
        "assumed": position.assumed,
    }


def _shift(found: Estimated, shift: Shift) -> dict[str, Any]:
    return {
        "actor": found.names[shift.actor_id],
        "actor_id": shift.actor_id,
        "on": shift.on.text,
        "before": shift.before,
        "after": shift.after,
        "std_error": shift.std_error,
        "statements": list(shift.statements),
    }


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv_format.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "actor": _inert(row["actor"]), "member": str(row["member"]).lower()})
    return text.getvalue()


def _inert(cell: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        yield "nobody is on record for or against it"
        return
    width = max(5, *(min(NAME, len(row["actor"])) for row in rows))
    yield f"{'actor':<{width}}  {'position':>12}  {'90% interval':>12}  {'salience':>12}  sources  statements  as of"
    for row in rows:
        marks = f"  assumed: {row['assumed']}" if row["assumed"] else "" if row["member"] else "  no vote"
        name = row["actor"] if len(row["actor"]) <= NAME else f"{row['actor'][: NAME - 1].rstrip()}…"
        yield one_line(
            f"{name:<{width}}  {row['value']:>5.1f} ± {row['std_error']:>4.1f}"
            f"  {row['low']:>5.1f}–{row['high']:<6.1f}  {row['salience']:>5.2f} ± {row['salience_error']:>4.2f}"
            f"  {row['origins']:>7}  {row['statements']:>10}  {row['as_of']}{marks}"
        )


def _told(found: Estimated, moved: Sequence[Shift]) -> Iterator[str]:
    for shift in moved:
        rests = counted(len(shift.statements), "statement")
        yield one_line(
            f"{found.names[shift.actor_id]} shifted on {shift.on}: {shift.before:g} before, {shift.after:g} since"
            f" (standard error {shift.std_error:g}, {rests})"
        )
