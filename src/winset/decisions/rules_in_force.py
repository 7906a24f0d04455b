"""The rule that a case names: by its id, with what its text leaves to the case, or in words."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Sequence
from typing import Any

from winset.decisions.rule import DecisionRule
from winset.decisions.rule_expressions import read_rule
from winset.decisions.rules import RULES
from winset.errors import BadCase, UnknownName
from winset.ids import ActorId, PartialDate
from winset.issues import Seat, Threshold

NAME = re.compile(r"[\w-]+")
_CALL = re.compile(r"([\w-]+)\s*\((.*)\)")
_ARGUMENT = re.compile(r"\s*([\w-]+)\s*=\s*([^=]*)")


def rule_in_force(text: str, seats: Sequence[Seat], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """The rule among those seats.

    text: an id, "consensus"; an id with named arguments, "consensus-silence(deadline=2023-07-05)",
    "unsc-substantive(parties=Russian Federation, Ukraine)", "unfccc-consensus(overruled=1)"; or words that
    `rule_expressions.read_rule` reads, "55% of members and 65% of population".  Several arguments are parted by ";".
    Raises UnknownMethod, UnknownName for a member without a seat, BadCase, BadDate, BadQuota.

    >>> seats = [Seat(actor_id=ActorId(name), name=name) for name in ("Ann", "Bob", "Cy")]
    >>> rule_in_force("unfccc-consensus(overruled=1)", seats).overrules
    1
    """
    line = text.strip()
    if NAME.fullmatch(line):  # one word is a name, right or mistyped
        return RULES[line](tuple(seats), thresholds)
    called = _CALL.fullmatch(line)
    if called is None:
        return read_rule(line, seats)
    method = RULES[called[1]]
    allowed = _arguments(method.function)
    given: dict[str, Any] = {}
    for part in filter(str.strip, called[2].split(";")):
        argument = _ARGUMENT.fullmatch(part)
        if argument is None or argument[1] not in allowed:
            has = f"it has {', '.join(allowed)}" if allowed else "it has none"
            raise BadCase(f"{line}: {part.strip()!r} is no argument of {method.id}: {has}; write NAME=VALUE")
        given[argument[1]] = _value(argument[1], argument[2].strip(), allowed[argument[1]], seats, line)
    return method(tuple(seats), thresholds, **given)


def rule_id(text: str) -> str:
    """The id that the text names, or the text itself where it is in words.  Raises UnknownMethod.

    >>> rule_id("unfccc-consensus(overruled=1)")
    'unfccc-consensus'
    """
    line = text.strip()
    called = _CALL.fullmatch(line)
    if called or NAME.fullmatch(line):
        return RULES[called[1] if called else line].id
    return line


def _arguments(function: Callable[..., DecisionRule]) -> dict[str, str]:
    """Named arguments that a line of text can tell, with their annotations."""
    found = inspect.signature(function).parameters.values()
    told = {each.name: str(each.annotation) for each in found if each.kind is each.KEYWORD_ONLY}
    return {name: kind for name, kind in told.items() if any(known in kind for known in ("ActorId", "Date", "int"))}


def _value(name: str, text: str, kind: str, seats: Sequence[Seat], line: str) -> object:
    if "Date" in kind:
        return PartialDate(text)
    if "tuple" in kind:
        return tuple(_member(each.strip(), seats, line) for each in text.split(",") if each.strip())
    if "ActorId" in kind:
        return _member(text, seats, line)
    if not text.isascii() or not text.isdigit():
        raise BadCase(f"{line}: {name} is {text!r}: write a whole number, 0 or more")
    return int(text)


def _member(name: str, seats: Sequence[Seat], line: str) -> ActorId:
    """The seat of that name or id, in any case of letters."""
    known = {each.casefold(): seat.actor_id for seat in seats for each in (seat.name, seat.actor_id)}
    found = known.get(name.casefold())
    if found is None:
        near = difflib.get_close_matches(name.casefold(), known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"members are {', '.join(seat.name for seat in seats[:8])} ..."
        raise UnknownName(f"{line}: {name!r} has no seat: {hint}")
    return found
