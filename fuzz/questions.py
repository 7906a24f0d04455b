"""What is to be decided: rules in a line, case files, registries of the user's own, what-ifs, dates."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from fuzz import laws
from fuzz.target import Target
from winset.actors.registry import registry
from winset.decisions.rule import DecisionRule
from winset.decisions.rule_expressions import read_rule
from winset.decisions.types import Outcome, Vote
from winset.errors import WinsetError
from winset.exchange.case_files import case_file
from winset.exchange.position_cases import Asked, Question, question
from winset.exchange.position_tables import positions_in
from winset.exchange.registry_files import registry_text
from winset.exchange.what_ifs import change_words, changed, scenarios
from winset.ids import ActorId
from winset.issues import Seat

MOST_VOTES = 200  # seats of a rule that is put to the vote
TABLE = """\
actor,issue,position,salience,capability,veto
Freedonia,mesh size,80,0.5,10,no
Sylvania,mesh size,20,0.9,5,yes
"Osterlich, North",quota,50,0.1,1,no
Freedonia,quota,10,1,10,no
"""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")  # as an argument comes from the shell


def _rules(data: bytes) -> None:
    """A rule with members of its own, or among given ones: everybody's consent adopts, nobody's does not."""
    for seats in (None, _seats()):
        try:
            rule = read_rule(_text(data), seats)
        except WinsetError as error:
            laws.told(error)
            continue
        _voted(rule)


def _voted(rule: DecisionRule) -> None:
    if len(rule.seats) > MOST_VOTES:
        return
    laws.holds("\n" not in rule.name, "a rule's name of several lines")
    everybody = {seat.actor_id: Vote.YES for seat in rule.seats}
    laws.holds(len(everybody) == len(rule.seats), f"{rule.name}: two seats of one actor")
    laws.holds(rule.outcome(everybody) is Outcome.ADOPTED, f"{rule.name}: all agree and it is not adopted")
    nobody = dict.fromkeys(everybody, Vote.NO)
    laws.holds(rule.outcome(nobody) is not Outcome.ADOPTED, f"{rule.name}: adopted though all object")


@cache
def _seats() -> tuple[Seat, ...]:
    return tuple(
        Seat(actor_id=ActorId(name), name=name, votes=votes, weights=(("population", people),))
        for name, votes, people in (("A", 2, 60), ("B", 1, 30), ("C", 1, 10))
    )


def _cases(data: bytes) -> None:
    """A case file; registries that it names lie in a folder without any."""
    try:
        found = case_file(_text(data), name="fuzzed.yaml", folder=Path("/nowhere"))
    except WinsetError as error:
        laws.told(error)
        return
    issue = found.spec.issue
    laws.holds(bool(issue.proposal.strip()), "a question without words")
    laws.holds(0 <= issue.status_quo <= 100, "a status quo off the scale")  # noqa: PLR2004


def _registries(data: bytes) -> None:
    """A registry of the user's own in any of its formats, laid over the shipped one and asked."""
    path = Path(_folder().name) / ("fuzzed.yaml" if data.startswith((b"actors", b"-", b"#")) else "fuzzed.csv")
    path.write_bytes(data)
    try:
        addition = registry_text(path).addition()
        known = registry((addition,))
    except WinsetError as error:
        laws.told(error)
        return
    for id in list(known.actors)[-5:]:
        laws.holds(known.actor(id).id == id, f"{id} is not found by its id")
    known.mentions("Freedonia told Germany and the North Atlantic Council.", on=date(2023, 7, 11))


def _what_ifs(data: bytes) -> None:
    """A what-if is refused, or changes what it says, and says so in words that mean the same again."""
    try:
        asked = scenarios([_text(data)], _question())
        for each in asked:
            changed(_question(), each)
    except WinsetError as error:
        laws.told(error)
        return
    for each in asked:
        words = "; ".join(change_words(change, _question()) for change in each.changes)
        again = [
            change_words(change, _question()) for found in scenarios([words], _question()) for change in found.changes
        ]
        laws.holds("; ".join(again) == words, f"{words!r} reads as {again!r}")


@cache
def _question() -> Question:
    return question(positions_in(TABLE, name="lake.csv"), Asked(on=date(2024, 1, 1), rule="simple-majority"))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="winset-fuzz-")


def _target(name: str, about: str, run: Callable[[bytes], None]) -> Target:
    return Target(name=name, group="questions", about=about, run=run, most_bytes=2048)


TARGETS = (
    _target("rules", "a rule in a line", _rules),
    _target("case-files", "a case file", _cases),
    _target("registries", "a registry: CSV, YAML, Wikidata, FollowTheMoney", _registries),
    _target("what-ifs", "a change to what is asked", _what_ifs),
)
