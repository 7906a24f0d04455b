"""By what two answers differ, in words: for who reads two scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winset.brief.wording import count, listing, percent
from winset.decisions.types import Concession, Forecast
from winset.exchange.answer_words import HALF, AnswerWords
from winset.exchange.answers import Answer

LIKELY = 0.8  # the chance at which two concessions are compared
ALIKE = 0.005  # probabilities that print alike
NEAR = 0.5  # points of the scale that print alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is otherwise."""

    about: str  # one of TOPICS
    words: str  # a sentence: the second answer, "instead of" the first


TOPICS = ("answer", "rule", "blockers", "options", "passes", "concession", "turns", "bargaining")


def differences(one: Answer, other: Answer) -> tuple[Difference, ...]:
    """What the other answer has otherwise than the one, on the first issue of each; both on one scale."""
    return tuple(_Pair(one, other).found())


class _Pair:
    def __init__(self, one: Answer, other: Answer) -> None:
        self.one, self.other = one, other
        self.said, self.words = AnswerWords(one.question), AnswerWords(other.question)
        self.was, self.now = one.forecasts[0], other.forecasts[0]

    def found(self) -> Iterator[Difference]:
        """By topic."""
        for topic in TOPICS:
            for words in getattr(self, topic)():
                yield Difference(about=topic, words=words)

    def answer(self) -> Iterator[str]:
        was, now = self.was.probability_adopted, self.now.probability_adopted
        if self.was.outcome is not self.now.outcome:
            yield f"{self.words.verdict(self.now)} instead of {self.said.verdict(self.was)}."
        if abs(was - now) > ALIKE:
            by = count(max(1, round(100 * abs(now - was))), "percentage point")
            less = "more" if now > was else "less"
            yield f"Adoption stands at {percent(now)} instead of {percent(was)}: {by} {less}."

    def rule(self) -> Iterator[str]:
        was, now = self.one.question, self.other.question
        if was.rule.name != now.rule.name:
            yield f"It is decided by {now.rule.name} instead of {was.rule.name}."
        seats = [{seat.actor_id: seat.name for seat in each.rule.seats} for each in (was, now)]
        for words, names in (
            ("votes too", seats[1].items() - seats[0].items()),
            ("has no vote", seats[0].items() - seats[1].items()),
        ):
            if names:
                yield f"{listing(sorted(name for _, name in names), at_most=6)} {words}."

    def blockers(self) -> Iterator[str]:
        was, now = ({each.actor_id: each.probability for each in told.blockers} for told in (self.was, self.now))
        for id in dict.fromkeys((*now, *was)):
            before, after = was.get(id, 0.0), now.get(id, 0.0)
            if abs(before - after) <= ALIKE:
                continue
            name, figures = self.words.name(id), f"{_chance(after)} instead of {_chance(before)}"
            if (before > HALF) == (after > HALF):
                yield f"{name} objects with {figures}."
            else:
                yield f"{name} {'now probably objects' if after > HALF else 'probably no longer objects'}: {figures}."

    def options(self) -> Iterator[str]:
        was = {each.option.label: each.probability for each in self.was.rungs}
        for each in self.now.rungs:
            before, after = was.get(each.option.label), each.probability
            if before is None or abs(before - after) <= ALIKE:
                continue
            turned = (before > HALF) != (after > HALF)
            verb = ("would now pass" if after > HALF else "would no longer pass") if turned else "passes"
            yield f"“{each.option.label}” {verb}: {percent(after)} instead of {percent(before)}."

    def passes(self) -> Iterator[str]:
        was, now = (_span(words, told) for words, told in ((self.said, self.was), (self.words, self.now)))
        if was != now:
            yield f"{now} can beat the status quo instead of {was}."

    def concession(self) -> Iterator[str]:
        was, now = _likely(self.was), _likely(self.now)
        if was is None or now is None or abs(was.points - now.points) < NEAR:
            return
        yield (
            f"For a chance of {percent(LIKELY)} the proposal gives up {self.words.points(now.points)} points instead of"
            f" {self.said.points(was.points)}."
        )

    def turns(self) -> Iterator[str]:
        was, now = ({each.actor_id for each in told.hinges if each.flips} for told in (self.was, self.now))
        if was == now:
            return
        who, before = (
            listing([words.name(id) for id in sorted(ids)], at_most=4) if ids else "nobody’s alone"
            for words, ids in ((self.words, now), (self.said, was))
        )
        yield f"The vote that turns it is that of {who} instead of {before}."

    def bargaining(self) -> Iterator[str]:
        was, now = self.was.outlook, self.now.outlook
        if was is None or now is None or abs(was.value - now.value) < NEAR:
            return
        there, before = self.words.number(now.value), self.said.number(was.value)
        yield f"The default model of bargaining puts it at {there} instead of {before}."


def _chance(probability: float) -> str:
    return percent(probability) if probability else "next to nothing"


def _span(words: AnswerWords, told: Forecast) -> str:
    return words.span(told.winset) if told.winset else "nothing"


def _likely(told: Forecast) -> Concession | None:
    return next((each for each in told.concessions if each.chance == LIKELY), None)
