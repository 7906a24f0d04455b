"""A date as its clause has it: past or still to come, a year's figure, a work cited, announced or not."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from winset.actors.registry import registry
from winset.ids import PartialDate
from winset.sourcing.events.clauses import MODALS, Clause, is_past
from winset.sourcing.events.dated_words import Dated
from winset.sourcing.events.furniture import only_counts
from winset.sourcing.events.kinds import noun_kind, verb_kind
from winset.statements.tokens import Token

_PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:to|due|set|scheduled|planned|expected|working on|preparing)|due|set to"
    r"|scheduled|plans?(?: to)?|planning|intends? to|expected to|expects?|hopes?|aims? to|upcoming|coming"
    r"|ahead of|in preparation for|working on|preparing|previewing|would|could|may|must|should|considering)\b"
    r"[^.;!?]{0,120}\Z"
)
_PAST = re.compile(r"\b(?:was|were|had|did|met|held|said|told|[a-z]{3,}ed)\b")
_BY_THEN = re.compile(
    r"\b(?:plan|propos|consider|discuss|aim|intend|project|goal|target|pledg|commit)\w*\b[^.;!?]{0,140}\Z"
)
_LONG_PAST = 120  # days
_POSTPONED = frozenset("put postponed delayed adjourned deferred rescheduled extended moved".split())
_PAST_AUXILIARIES = frozenset("was were had did has have been".split())
_GO = frozenset("go goes come comes meet vote hold holds take takes face faces open begin start".split())
_LOOKS_BACK = 160  # characters before a date in which it can be announced
_WEEK = 7  # days


def is_figure(text: str, clause: Clause, dated: Dated) -> bool:
    """Whether it is a year's figure, and not a target set for it."""
    return dated.date.precision == "year" and dated.bound != "by" and only_counts(text, clause.start, clause.end)


def turned(words: Sequence[Token], clause: Clause, dated: Dated, now: PartialDate | None) -> Dated:
    """A weekday or a date without a year as its own clause has it, past or still to come.

    "They will vote on it, she said on Thursday": the Thursday before. "Riga hosts the games in May": the next May.
    """
    if now is None or not dated.relative or dated.date.precision == "year":
        return dated
    inside = [word for word in words if clause.start <= word.start < clause.end]
    own = [word.text for word in inside if dated.start <= word.start < dated.end]
    ahead = any(word.lower in MODALS for word in inside)
    if dated.date.earliest > now.latest and is_past(clause.head) and not ahead and dated.until is None:
        if any(word in calendar.day_name for word in own):
            return replace(dated, date=PartialDate((dated.date.earliest - timedelta(days=_WEEK)).isoformat()))
        return _moved(dated, -1)
    if not any(word in calendar.month_name for word in own) or not _long_past(dated, now):
        return dated
    if dated.bound == "until" and any(word.lower in _POSTPONED for word in inside):
        return _moved(dated, 1)
    past = any(is_past(word.lower) or word.lower in _PAST_AUXILIARIES for word in inside)
    present = any(word.lower in _GO or (verb_kind(word.lower) and word.lower.endswith("s")) for word in inside)
    return _moved(dated, 1) if not past and (ahead or present) else dated


def _long_past(dated: Dated, now: PartialDate) -> bool:
    """Whether the last such month is over for so long that the next may be meant."""
    return (now.earliest - (dated.until or dated.date).latest).days > _LONG_PAST


def _moved(dated: Dated, years: int) -> Dated:
    dates = [each for each in (dated.date, dated.until) if each is not None]
    moved = [f"{each.earliest.year + years:04}{each.text[4:]}" for each in dates]
    if any(text[4:] == "-02-29" and not calendar.isleap(int(text[:4])) for text in moved):
        return dated
    return replace(dated, date=PartialDate(moved[0]), until=PartialDate(moved[1]) if len(moved) > 1 else None)


def is_citation(text: str, dated: Dated, clause: Clause) -> bool:
    """Whether it is a work cited by its year: "Lind (2019)"; not a place or event with its year."""
    if dated.date.precision != "year" or dated.bound or text[dated.start - 1 : dated.start] != "(" or dated.until:
        return False
    named = registry().mentions(text[clause.start : dated.start])
    return not named and noun_kind(clause.head) is None


def is_planned(text: str, start: int, dated: Dated, now: PartialDate | None) -> bool:
    """Whether it was still to come when the document was written: by its date, else by the words before it."""
    last = dated.until or dated.date
    if now is not None and dated.date.earliest > now.latest:
        return True
    if now is not None and last.latest < now.earliest:
        return False
    before = text[max(start, dated.start - _LOOKS_BACK) : dated.start]
    announced = _PLANNED.search(before)
    if announced is not None and not _PAST.search(before[announced.end() - len(announced.group()) + 12 :]):
        return True
    return dated.bound == "by" and _BY_THEN.search(before) is not None
