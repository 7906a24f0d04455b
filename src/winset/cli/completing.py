"""What a shell offers when somebody presses the tab key: names of methods, bodies, verbs, kept cases and their actors.

Each function takes what is typed so far and gives what may follow, plain or with a word of help; shells show the help
where they can. Nothing here reads more than names, for a shell waits while it runs; what cannot be read offers nothing.
Names that hold a space are left out: bash would take them for several.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer  # not for types alone: it reads the annotations of what it calls

if TYPE_CHECKING:
    from winset.registry import Family

Offer = tuple[str, str]  # what may be typed, and what it is
Completion = Callable[[str], list[Offer]]

MOST = 200  # rows of a case that are looked at for its actors


def _fitting(offers: Iterable[Offer], incomplete: str) -> list[Offer]:
    """Those that begin like what is typed, whatever its case."""
    typed = incomplete.casefold()
    return [offer for offer in offers if offer[0].casefold().startswith(typed) and not set(offer[0]) & set(" \t'\"\\")]


def words(*known: str) -> Completion:
    """A completion that offers some words: of a list that does not change.

    >>> words("queue", "log")("l")
    [('log', '')]
    """
    return lambda incomplete: _fitting(((word, "") for word in known), incomplete)


def verbs(known: str) -> Completion:
    """A completion that offers the verbs of a command, as its refusals list them.

    >>> verbs("is WORDS ACTOR, undo [N]")("")
    [('is', 'is WORDS ACTOR'), ('undo', 'undo [N]')]
    """
    listed = [(each.partition(" ")[0], each) for each in known.split(", ")]
    return lambda incomplete: _fitting(listed, incomplete)


def _methods(family: Family[Any, Any], incomplete: str) -> list[Offer]:
    return _fitting(((each.id, each.summary) for each in family), incomplete)


def rules(incomplete: str) -> list[Offer]:
    """Decision rules."""
    from winset.decisions.rules import RULES

    return _methods(RULES, incomplete)


def models(incomplete: str) -> list[Offer]:
    """Models of bargaining."""
    from winset.decisions.models import MODELS

    return _methods(MODELS, incomplete)


def indices(incomplete: str) -> list[Offer]:
    """Indices of voting power."""
    from winset.decisions.power import INDICES

    return _methods(INDICES, incomplete)


def estimators(incomplete: str) -> list[Offer]:
    """What makes positions of statements."""
    from winset.positions.estimators import ESTIMATORS

    return _methods(ESTIMATORS, incomplete)


def stances(incomplete: str) -> list[Offer]:
    """How statements are judged for or against."""
    from winset.positions.stances import STANCES

    return _methods(STANCES, incomplete)


def attributors(incomplete: str) -> list[Offer]:
    """Who codes."""
    from winset.statements.attributors import ATTRIBUTORS

    return _methods(ATTRIBUTORS, incomplete)


def bodies(incomplete: str) -> list[Offer]:
    """Bodies that decide, and groups of states."""
    from winset.actors.tables import rows

    tables = ("organisations/bodies.csv", "organisations/organisations.csv")
    known = {row["key"]: row["name"] for table in tables for row in rows(table)}
    return _fitting(known.items(), incomplete)


def tables(incomplete: str) -> list[Offer]:
    """Tables of a case."""
    from winset.exchange.tables import NAMES

    return _fitting(NAMES.items(), incomplete)


def commands_with_schema(incomplete: str) -> list[Offer]:
    """Commands that print JSON."""
    from winset.cli.json_schemas import VERSIONS, schema_name

    return _fitting(((command, schema_name(command)) for command in VERSIONS), incomplete)


def cases(incomplete: str) -> list[Offer]:
    """Kept cases in the folder that is typed; none lets the shell offer all files."""
    typed = Path(incomplete)
    folder = incomplete if incomplete.endswith("/") else str(typed.parent)
    before = incomplete[: len(incomplete) - len("" if incomplete.endswith("/") else typed.name)]
    found: list[str] = []
    with contextlib.suppress(OSError):
        found = sorted(f"{before}{each.name}" for each in Path(folder).iterdir() if each.suffix == ".winset")
    return _fitting(((name, "kept case") for name in found), incomplete)


def actors(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of the actors that the case on the command line hears."""
    named = ctx.params.get("case") or next(iter(ctx.args), "")  # behind an option without its value nothing is parsed
    return _fitting(_heard(Path(str(named))), incomplete)


def _heard(case: Path) -> Iterator[Offer]:
    """Ids and names, those heard most often first. The case is read as it is: an older one is not brought up.

    Nothing of a case on a server, for which no shell waits.
    """
    import sqlite3

    from winset.errors import NotACase
    from winset.store.header import check_ours

    with contextlib.suppress(NotACase, sqlite3.Error):
        check_ours(case)
        with contextlib.closing(sqlite3.connect(f"{case.absolute().as_uri()}?mode=ro", uri=True, timeout=0.1)) as read:
            read.execute("PRAGMA trusted_schema = OFF")
            asked = (
                "SELECT actor_id, max(represents) FROM identification WHERE actor_id IS NOT NULL"
                " GROUP BY actor_id ORDER BY count(*) DESC LIMIT ?"
            )
            yield from [(str(id), str(name or "")) for id, name in read.execute(asked, (MOST,))]


def said_of_actors(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Of `winset actors`: a verb first, then the actors."""
    from winset.cli.actors import VERBS

    return actors(ctx, incomplete) if ctx.params.get("said") else verbs(VERBS)(incomplete)
