"""What there is to choose from, and who is who."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from winset.api.days import day
from winset.api.tables import Table

if TYPE_CHECKING:
    from winset.registry import Family

MEMBERS = {
    "actor": "",
    "actor_id": "",
    "since": "YYYY-MM-DD, where the registry tells it",
    "votes": "",
    "veto": "",
    "role": "",
}
WHO = {
    "represents": "whom the words speak for; empty: nobody in particular",
    "actor_id": "in the registry",
    "speaker": "the person, where one is named or holds the office that day",
    "role": "",
    "speaks_as": "actor, official, expert, medium and others",
    "score": "0-1",
    "rule": "what decided",
}


def models() -> Table:
    """Every forecast model: its id, what it says in a line, the key of its source.

    >>> "compromise" in [each["id"] for each in models()]
    True
    """
    from winset.decisions.models import MODELS

    return _listed("models", MODELS)


def rules() -> Table:
    """Every decision rule: its id, when it adopts in a line, the key of its source.

    >>> "consensus" in [each["id"] for each in rules()]
    True
    """
    from winset.decisions.rules import RULES

    return _listed("rules", RULES)


def members(body: str, *, on: date | str | None = None) -> Table:
    """Who sits in a body or group of the registry on a day; None: today.  Raises UnknownBody, NotYetFounded, BadDate.

    >>> len(members("nato", on="2023-07-11"))
    31
    """
    from winset.actors.registry import registry
    from winset.actors.rolls import roll

    found = roll(body, registry(), on=day(on))
    rows = (
        {
            "actor": sitting.seat.name,
            "actor_id": str(sitting.seat.actor_id),
            "since": sitting.since.isoformat() if sitting.since else None,
            "votes": sitting.seat.votes,
            "veto": sitting.seat.veto,
            "role": sitting.role,
            **dict(sitting.seat.weights),
        }
        for sitting in found.members
    )
    held = list(rows)
    further = dict.fromkeys((name for row in held for name in row if name not in MEMBERS), "weight of its votes")
    padded = [{**dict.fromkeys(further), **row} for row in held]
    columns = {**MEMBERS, **further}
    ordered = [{name: row[name] for name in columns} for row in padded]
    return Table.of("members", ordered, about=f"{found.name} on {found.on}.", columns=columns)


def who(words: str, *, on: date | str | None = None) -> Table:
    """Who is meant by some words, as the source of something said: "the French foreign minister".

    A row for each who is meant; unresolved is an answer.  on: the day whose offices count; None: today.
    Raises BadSpan where there are no words, BadDate.

    >>> who("the French foreign minister", on="2023-07-11")[0]["represents"]
    'France'
    """
    from winset.actors.asking import who_is
    from winset.actors.registry import registry
    from winset.errors import BadCase
    from winset.exchange.source_lines import identification_dict

    if not isinstance(words, str):
        raise BadCase(f"{words!r}: give words, as a text would name them")
    known, on_day = registry(), day(on)
    rows: list[dict[str, Any]] = []
    for each in who_is(words, known, on=on_day):
        told = identification_dict(each, words, known, on=on_day)
        held = [office["holder"] for office in told["offices"] if office["holder"]]
        speaker = told["speaker"] or (held[0] if len(held) == 1 else None)
        rows.append({**{name: told[name] for name in WHO}, "speaker": speaker})
    return Table.of("who", rows, about=f"Who is meant by “{words}”.", columns=WHO)


def _listed(name: str, family: Family[Any, Any]) -> Table:
    rows = [{"id": each.id, "summary": each.summary, "source": each.source} for each in family]
    columns = {"id": "by which it is asked for", "summary": "", "source": "key in the bibliography"}
    return Table.of(name, rows, columns=columns)
