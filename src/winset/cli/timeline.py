"""`winset timeline`: what happened when, by all documents together; and earlier instances of what is proposed."""

from __future__ import annotations

import contextlib
import json as json_format
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs, outputs
from winset.cli.accounts import account_of
from winset.cli.json_schemas import of_schema
from winset.cli.messages import counted, one_line
from winset.errors import BadCase, CannotWrite

if TYPE_CHECKING:
    from winset.cli.accounts import Read
    from winset.sourcing.types import Event

FORMATS = {".csv": "csv", ".json": "json"}

Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="A row for each dated passage, as .csv or .json."),
]


Precedents = Annotated[
    bool, typer.Option("--precedents", help="Earlier instances of what is proposed alone, without the events.")
]


def timeline(
    documents: inputs.Documents,
    *,
    precedents: Precedents = False,
    output: Output = None,
    json: inputs.AsJson = False,
    proposal: inputs.Proposal = None,
    body: inputs.Body = None,
    on: inputs.On = None,
    option: inputs.Options = None,
    rule: inputs.Rule = None,
    status_quo: inputs.StatusQuo = 0.0,
    attributor: inputs.Attributors = None,
    registry: inputs.Registries = None,
) -> int:
    """What happened when. Each event once, with every passage that tells it; planned ones are marked.

    DOCS are documents, or one case file (.yaml), or one kept case. With a proposal, earlier instances of what is
    proposed follow as a second part.

    For example:

    winset timeline reports/

    winset timeline tokyo.winset -o timeline.csv

    winset timeline case.yaml --precedents
    """
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    form = _form(output)
    if precedents and output is not None:
        raise BadCase("--precedents go to the terminal or to --json: leave out -o")
    with contextlib.ExitStack() as opened:
        read_from = [*documents, *(registry or ())]
        write = opened.enter_context(outputs.output(output, sources=read_from)) if output else None
        found = account_of(
            documents, stated, registries=registry, attributor=attributor, may_lack_proposal=not precedents
        )
        if write is not None:
            write(_json(found) if form == "json" else _csv(found))
    with outputs.output(outputs.STDOUT) as write:
        if json:
            write(_json(found, alone=precedents))
        elif output is not None:
            write(one_line(f"{_summary(found)}: {output}") + "\n")
        else:
            lines = _precedents(found) if precedents else _both(found)
            write("".join(f"{one_line(line)}\n" for line in lines))
    return found.status


def _form(output: str | None) -> str:
    """The format that a file's name asks for.  Raises CannotWrite."""
    if output is None:
        return ""
    form = FORMATS.get(Path(output).suffix.lower())
    if form is None:
        raise CannotWrite(f"{output}: end its name with {', '.join(FORMATS)}, or use --json for stdout")
    return form


def _json(found: Read, *, alone: bool = False) -> str:
    """alone: precedents without the events."""
    from winset.exchange.lineage_files import timeline_values

    values = found.values(timeline_values(found.material.documents, found.account))
    if alone:
        del values["events"]
    return json_format.dumps(of_schema("timeline", values), ensure_ascii=False, indent=1) + "\n"


def _csv(found: Read) -> str:
    from winset.exchange.lineage_files import events_csv

    return events_csv(found.material.documents, found.account)


def _summary(found: Read) -> str:
    documents = counted(len(found.material.documents), "document")
    planned = sum(event.planned for event in found.account.events)
    ahead = f", {planned} planned" if planned else ""
    return f"{counted(len(found.account.events), 'event')}{ahead} in {documents}"


def _lines(found: Read) -> Iterator[str]:
    from winset.exchange.lineage_files import in_order

    yield _summary(found)
    for event in in_order(found.account):
        yield from _event(found, event)


def _event(found: Read, event: Event) -> Iterator[str]:
    from winset.sourcing.rows import dated_passages

    best, *others = dated_passages(event)
    marks = [event.kind, *(["planned"] if event.planned else []), *(["going on since"] if event.ongoing else [])]
    if event.until is not None and event.until != event.date and not event.ongoing:
        marks.append(f"until {event.until}")
    if event.spread is not None:
        marks.append(f"dates differ: {event.spread[0]} to {event.spread[1]}")
    where = found.names[best.anchor.document_id]
    yield f"{event.date.text:<10}  {', '.join(marks)}: {found.quoted(best.anchor)} ({where})"
    for each in others:
        date = f"{each.date}: " if each.date != event.date else ""
        yield f"{'':<10}    also {date}{found.quoted(each.anchor)} ({found.names[each.anchor.document_id]})"


def _both(found: Read) -> Iterator[str]:
    yield from _lines(found)
    if found.account.precedents:
        yield ""
        yield from _precedents(found)


def _precedents(found: Read) -> Iterator[str]:
    named = found.account.precedents
    if not named:
        yield "the documents name no earlier instance of what is proposed"
        return
    yield f"Earlier instances of what is proposed ({len(named)})"
    for each in named:
        years = " to ".join(part for part in (each.since, each.until) if part) or "years not told"
        facts = "; ".join(part for part in (years, each.fate, each.detail) if part)
        yield f"  {each.place} ({each.kind}): {facts}"
        for words in each.anchors:
            yield f"      {found.names[words.document_id]}: {found.quoted(words)}"
