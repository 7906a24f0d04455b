"""`winset discrepancies`: what the documents tell differently, both passages side by side."""

from __future__ import annotations

import json as json_format
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs, outputs
from winset.cli.accounts import account_of
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, counted, one_line
from winset.errors import BadCase, UnknownName

if TYPE_CHECKING:
    from winset.cli.accounts import Read
    from winset.sourcing.types import Discrepancy

SHOWN = 40  # on a terminal; --json has all
VERBS = "settle ID SAID, reopen ID"
SETTLE, REOPEN = "settle", "reopen"

By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Of settle, reopen: who.  [default: your login name]")
]
Why = Annotated[
    str, typer.Option("--why", metavar="TEXT", help="Of settle and reopen: the reason.", show_default=False)
]


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
    by: By = None,
    why: Why = "",
) -> int:
    """What the documents tell differently. Both passages, which is right where they decide it, and why.

    DOCS are documents, or one case file (.yaml), or one kept case; no proposal is needed. A miss is possible: what
    is worded too differently is not recognised as the same.

    Of a kept case, CASE settle ID SAID keeps what you say of one: the number of the telling that is right, both,
    neither, or none (no discrepancy). CASE reopen ID takes it back. The brief tells both, yours and the machine's.

    For example:

    winset discrepancies reports/

    winset discrepancies tokyo.winset --json | jq '.discrepancies[] | {kind, about, why}'

    winset discrepancies tokyo.winset settle 825d78a00847cf4b 2 --why "the minutes say so"
    """
    if len(documents) > 1 and documents[1] in (SETTLE, REOPEN) and inputs.is_kept_case(documents[0]):
        return _say(documents[0], documents[1:], by=by, why=why, as_json=json)
    if by is not None or why:
        raise BadCase(f"--by and --why go with a kept case and {VERBS}")
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    found = account_of(documents, stated, registries=registry, attributor=attributor)
    with outputs.output(outputs.STDOUT) as write:
        if json:
            from winset.exchange.lineage_files import discrepancies_values

            values = found.values(discrepancies_values(found.material.documents, found.account, found.material.settled))
            write(json_format.dumps(of_schema("discrepancies", values), ensure_ascii=False, indent=1) + "\n")
        else:
            write("".join(f"{one_line(line)}\n" for line in _lines(found)))
    return found.status


def _say(case: str, words: list[str], *, by: str | None, why: str, as_json: bool) -> int:
    """Keep what a person says of one discrepancy of a kept case, or take it back."""
    from winset.pipeline.clock import now
    from winset.pipeline.large_brief import material_at_hand
    from winset.pipeline.material import accounted
    from winset.pipeline.people import settle
    from winset.sourcing.settling import in_words
    from winset.store.case_store import CaseStore
    from winset.store.desk import Desk

    verb, *rest = words
    if len(rest) != (2 if verb == SETTLE else 1):
        raise BadCase(f"{verb}: write CASE {SETTLE} ID SAID, or CASE {REOPEN} ID")
    name = inputs.person(by)
    with CaseStore.open(case) as store:
        if verb == REOPEN:
            Desk(store).drop("discrepancy", rest[0], by=name, at=now(), why=" ".join(why.split()))
            told: dict[str, object] = {"case": case, "discrepancy": rest[0], "settled": None}
            line = f"{rest[0]}: open again"
        else:
            each = _discrepancy(accounted(store.spec(), material_at_hand(store)).discrepancies, rest[0])
            said = settle(store, each, rest[1], by=name, why=why)
            told = {"case": case, "discrepancy": each.id, "settled": said.value()}
            back = shlex.join(["winset", "discrepancies", case, REOPEN, each.id])
            line = f"{each.id}: settled by {name}: {in_words(said, each)}; to take it back: {back}"
    print(json_format.dumps(of_schema("discrepancies", told), ensure_ascii=False) if as_json else one_line(line))
    return FINE


def _discrepancy(found: Sequence[Discrepancy], id: str) -> Discrepancy:
    """The one with that id.  Raises UnknownName."""
    one = next((each for each in found if each.id == id), None)
    if one is None:
        raise UnknownName(
            f"no discrepancy {id!r} in the case: there are {len(found)}; `winset discrepancies` lists them"
        )
    return one


def _lines(found: Read) -> Iterator[str]:
    rows = _ranked(found)
    documents = counted(len(found.material.documents), "document")
    if not rows:
        from winset.brief.resting import COMPARED

        yield f"no discrepancy found in {documents}; compared: {COMPARED}; a miss is possible"
        return
    decided = sum(each.right is not None for each in rows)
    settled = sum(each.id in found.material.settled for each in rows)
    by_people = f", {settled} settled by people" if settled else ""
    yield f"{counted(len(rows), 'discrepancy')} in {documents}, {decided} decided by them{by_people}"
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

    id = f" ({each.id})" if found.asked.kept else ""
    yield f"{number}. {DISCREPANCY_WORDS[each.kind]}: {each.about}{id}"
    for place, telling in enumerate(each.tellings):
        short = len(telling.value) <= LONGEST_VALUE  # a long one is a quotation, which its words show anyway
        value = telling.value or "not there"
        facts = [*([value] if short else []), *(["borne out"] if is_right(each, place) else [])]
        told = f" ({', '.join(facts)})" if facts else ""
        yield f"   {found.names[telling.anchor.document_id]}{told}: {found.quoted(telling.anchor)}"
    yield f"   {each.why}"
    said = found.material.settled.get(each.id)
    if said is not None:
        from winset.sourcing.settling import in_words

        yield f"   settled by {said.by}: {in_words(said, each)}{f': {said.why}' if said.why else ''}"
