"""What a served case decides, and what it would decide if: answers, remembered while nothing changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakKeyDictionary

from winset.errors import BadCase
from winset.exchange.answer_words import AnswerWords
from winset.exchange.answers import Answer, answered, answered_at_once
from winset.exchange.supposed import Supposed, told_again
from winset.exchange.what_ifs import ABSTAIN, ENDS, FIELDS, OUT, Change, changed
from winset.pipeline import deciding
from winset.pipeline.defaults import DRAWS, SEED
from winset.pipeline.estimating import estimated_as_of
from winset.web.cases import OpenCase
from winset.web.standing import Standing

if TYPE_CHECKING:
    from winset.decisions.types import Case, Forecast
    from winset.exchange.position_cases import Question

FEW = 1_000  # draws while a slider is moved: to a percent or two
REMEMBERED = 64  # answers of a case; a slider of 100 places passes through them in no time

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer, ready to be shown."""

    supposed: Supposed
    given: Question  # the question before the changes
    answer: Answer
    words: AnswerWords
    version: int  # of the case

    @property
    def case(self) -> Case:
        """What is put to the vote, changes made."""
        return self.answer.question.cases[0]

    @property
    def forecast(self) -> Forecast:
        """What the rule makes of it."""
        return self.answer.forecasts[0]

    @property
    def few(self) -> bool:
        """Whether it is a first answer, from few draws and without the models of bargaining."""
        return self.forecast.draws == FEW


def question(case: OpenCase, standing: Standing, supposed: Supposed) -> Question:
    """What the case asks under what is supposed, its changes left out.

    Raises BadCase where a day's record is asked of a big case, and what `pipeline.deciding.question` raises.
    """
    frame = replace(supposed, changes="")
    return _once(case, ("question", standing.counted, frame), lambda: _question(case, standing, frame))


def _question(case: OpenCase, standing: Standing, frame: Supposed) -> Question:
    found = standing.found
    if frame.as_of is not None:
        if not standing.whole:
            raise BadCase("a case this large is not asked as of a day at the desk: leave out as-of")
        found = estimated_as_of(standing.spec, found, frame.as_of)
    asked = deciding.question(
        standing.spec,
        found,
        name=case.name,
        rule=frame.rule,
        on=frame.on,
        additions=standing.additions,
    )
    if standing.whole:
        return asked
    seated = {seat.actor_id for seat in asked.rule.seats}  # thousands without a vote change nothing and cost time
    held = tuple(each for each in asked.cases[0].positions if each.actor_id in seated)
    return replace(asked, cases=(replace(asked.cases[0], positions=held),), outsiders=())


def settled(supposed: Supposed, of: Question) -> Supposed:
    """The same with each thing changed once, the last word counting, in the words of the command line and in one order.

    Raises BadTable, BadCase.
    """
    scenario = supposed.scenario(of)
    if scenario is None:
        return supposed
    last = {(each.issue, each.actor, each.what): each for each in scenario.changes}
    order = (*FIELDS, ABSTAIN, OUT, *ENDS)

    def place(each: Change) -> tuple[bool, str, int]:
        return each.actor is None, of.names[each.actor] if each.actor is not None else "", order.index(each.what)

    return replace(supposed, changes=told_again(sorted(last.values(), key=place), of))


def told(case: OpenCase, standing: Standing, supposed: Supposed, *, few: bool = False) -> Told:
    """The answer; few: the votes alone, in FEW draws.  Raises as `question` and `answered` do."""
    given = question(case, standing, supposed)
    supposed = settled(supposed, given)

    def made() -> Answer:
        scenario = supposed.scenario(given)
        asked = given if scenario is None else changed(given, scenario)
        answer = answered_at_once(asked, draws=FEW, seed=SEED) if few else answered(asked, draws=DRAWS, seed=SEED)
        return answer if scenario is None else replace(answer, what_if=scenario)

    answer = _once(case, ("answer", standing.counted, supposed, few), made)
    return Told(
        supposed=supposed,
        given=given,
        answer=answer,
        words=AnswerWords(answer.question),
        version=standing.version,
    )


def _once(case: OpenCase, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What `make` gives, remembered among the last ones of the case; two that ask at once may both make it."""
    with _LOCK:
        held = _HELD.setdefault(case, OrderedDict())
        if key in held:
            held.move_to_end(key)
            return cast(T, held[key])
    made = make()
    with _LOCK:
        held[key] = made
        while len(held) > REMEMBERED:
            held.popitem(last=False)
    return made


_LOCK = threading.Lock()
_HELD: WeakKeyDictionary[OpenCase, OrderedDict[tuple[Any, ...], Any]] = WeakKeyDictionary()
