"""`winset discrepancies`: what the documents tell differently, both passages side by side."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator
from typing import TYPE_CHECKING

from winset.cli import inputs, outputs
from winset.cli.accounts import account_of
from winset.cli.messages import counted, one_line

if TYPE_CHECKING:
    from winset.cli.accounts import Read
    from winset.sourcing.types import Discrepancy

SHOWN = 40  # on a terminal; --json has all


def discrepancies(
    documents: inputs.Documents,
    *,
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
    """What the documents tell differently. Both passages, which is right where they decide it, and why.

    DOCS are documents, or one case file (.yaml), or one kept case; no proposal is needed. A miss is possible: what
    is worded too differently is not recognised as the same.

    For example:

    winset discrepancies reports/

    winset discrepancies tokyo.winset --json | jq '.discrepancies[] | {kind, about, why}'
    """
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    found = account_of(documents, stated, registries=registry, attributor=attributor)
    with outputs.output(outputs.STDOUT) as write:
        if json:
            from winset.exchange.lineage_files import discrepancies_values

            values = found.values(discrepancies_values(found.material.documents, found.account))
            write(json_format.dumps(values, ensure_ascii=False, indent=1) + "\n")
        else:
            write("".join(f"{one_line(line)}\n" for line in _lines(found)))
    return found.status


def _lines(found: Read) -> Iterator[str]:
    rows = _ranked(found)
    documents = counted(len(found.material.documents), "document")
    if not rows:
        from winset.brief.resting import COMPARED

        yield f"no discrepancy found in {documents}; compared: {COMPARED}; a miss is possible"
        return
    decided = sum(each.right is not None for each in rows)
    yield f"{counted(len(rows), 'discrepancy')} in {documents}, {decided} decided by them"
    for number, each in enumerate(rows[:SHOWN], start=1):
        yield ""
        yield from _told(found, number, each)
    if len(rows) > SHOWN:
        yield from ("", f"and {len(rows) - SHOWN:,} more; --json lists all")


def _ranked(found: Read) -> list[Discrepancy]:
    """As the brief ranks kinds, loose ends of notes last; the surest first within a kind."""
    from winset.brief.origin_rows import DISCREPANCY_WORDS

    order = list(DISCREPANCY_WORDS)
    return sorted(found.account.discrepancies, key=lambda each: (order.index(each.kind), -each.confidence))


def _told(found: Read, number: int, each: Discrepancy) -> Iterator[str]:
    from winset.brief.origin_rows import DISCREPANCY_WORDS, LONGEST_VALUE, is_right

    yield f"{number}. {DISCREPANCY_WORDS[each.kind]}: {each.about}"
    for place, telling in enumerate(each.tellings):
        short = len(telling.value) <= LONGEST_VALUE  # a long one is a quotation, which its words show anyway
        value = telling.value or "not there"
        facts = [*([value] if short else []), *(["borne out"] if is_right(each, place) else [])]
        told = f" ({', '.join(facts)})" if facts else ""
        yield f"   {found.names[telling.anchor.document_id]}{told}: {found.quoted(telling.anchor)}"
    yield f"   {each.why}"
