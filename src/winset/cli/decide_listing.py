"""What `winset decide` prints: the answer in some ten lines for each issue, and what changes with each what-if."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from winset.brief.wording import listing, percent
from winset.cli.messages import counted
from winset.exchange.answer_words import HALF, NAMES, AnswerWords

if TYPE_CHECKING:
    from winset.decisions.types import Case, Forecast, Prediction
    from winset.exchange.answers import Answer

BLOCKERS = 5  # told one by one; --json has all
ASSUMPTIONS = 4
LABEL = 11  # characters of what a line is about
WORTH_A_WORD = 0.05  # a chance to pass, where most have none
PAIR = 2
PACKAGES = {  # in words, with their names in `Packages`
    "gives up least of the proposals": "nearest",
    "shares the gain most evenly": "product",
}
NEW = "what if"  # method of a position that was not there before


class Listing(AnswerWords):
    """The answer to one question in lines, on the user's own scale."""

    def __init__(self, answer: Answer, others: Sequence[Answer] = ()) -> None:
        super().__init__(answer.question)
        self.answer, self.others = answer, others

    def lines(self) -> Iterator[str]:
        """Everything; one issue in full, several each in one line."""
        pairs = list(zip(self.of.cases, self.answer.forecasts, strict=True))
        if len(pairs) == 1:
            yield from self._issue(*pairs[0])
        else:
            yield from self._table(pairs)
        for place, line in enumerate(self.of.taken):
            yield self._line("" if place else "taken", line)
        if self.others:
            yield from self._what_ifs()

    def _issue(self, case: Case, told: Forecast) -> Iterator[str]:
        issue = case.issue
        yield f"{self.verdict(told)}: “{issue.proposal}”, by {self.of.rule.name}."
        members = counted(len(self.of.rule.seats), "member")
        unknown = f", {len(told.unknown)} with nothing on record" if told.unknown else ""
        ends = f"proposal at {self.number(issue.proposal_value)}, status quo at {self.number(issue.status_quo)}"
        yield self._line("asked", f"{ends}, on {self.of.scale}; {members}{unknown}")
        yield self._line("adopted", self.chance(told))
        yield from self._blockers(told)
        yield from self._passes(told)
        yield self._line("flips", self.flips(told))
        if conceded := self.concessions(case, told):
            yield self._line("concede", conceded)
        yield from self._forecast(told)
        yield from self._models(told)
        yield from self._assumptions(told)

    def _line(self, label: str, words: str) -> str:
        return f"  {label:<{LABEL}} {words}"

    def _blockers(self, told: Forecast) -> Iterator[str]:
        if not told.blockers:
            yield self._line("blocks", "nobody on record is likely to object")
        for place, each in enumerate(told.blockers[:BLOCKERS]):
            enough = "enough alone" if each.alone else "not enough alone"
            wants = self.ways(each.consents)
            said = f"{self.name(each.actor_id)} {percent(each.probability)}, {enough}{f': {wants}' if wants else ''}"
            yield self._line("" if place else "blocks", said)
        if len(told.blockers) > BLOCKERS:
            rest = listing([self.name(each.actor_id) for each in told.blockers[BLOCKERS:]], at_most=NAMES)
            yield self._line("", f"also {rest}")

    def _passes(self, told: Forecast) -> Iterator[str]:
        rungs = [
            f"“{each.option.label}” ({self.number(each.option.value)}) {percent(each.probability)}"
            for each in sorted(told.rungs, key=lambda each: -each.probability)
        ]
        yield self._line("passes", self.passing(told))
        if len(rungs) > 1:
            yield self._line("", ", ".join(rungs))

    def _forecast(self, told: Forecast) -> Iterator[str]:
        outlook = told.outlook
        if outlook is None:
            return
        likely = f"{percent(outlook.nominal)} interval {self.span((outlook.low, outlook.high))}"
        held = f"{outlook.model}; it held {percent(outlook.coverage)} of the time"
        yield self._line("forecast", f"{self.number(outlook.value)}, {likely} ({held})")
        beside = (
            f"mean error {self.points(outlook.error)}, “always the midpoint” {self.points(outlook.error_of_midpoint)}"
        )
        yield self._line("", f"{beside}, on {counted(outlook.decisions, 'decision')} ({outlook.group})")
        if outlook.note:
            yield self._line("", outlook.note)

    def _models(self, told: Forecast) -> Iterator[str]:
        def said(each: Prediction) -> str:
            chance = f" (passes {percent(each.passes)})" if each.passes >= WORTH_A_WORD else ""
            return f"{each.model} {self.number(each.value)}{chance}"

        if told.predictions:
            yield self._line("models", ", ".join(map(said, sorted(told.predictions, key=lambda each: each.value))))

    def _assumptions(self, told: Forecast) -> Iterator[str]:
        """Those that the answer leans on, the heaviest first."""
        ranked = sorted(told.assumptions, key=lambda each: -abs(each.adopted_if_held - each.adopted_otherwise))
        for place, each in enumerate(ranked[:ASSUMPTIONS]):
            yield self._line(
                "" if place else "assumed", f"{each.name}; if {each.otherwise}: {percent(each.adopted_otherwise)}"
            )

    def _table(self, pairs: Sequence[tuple[Case, Forecast]]) -> Iterator[str]:
        yield f"{counted(len(pairs), 'issue')} under {self.of.rule.name}, {counted(len(self.of.rule.seats), 'member')}"
        width = max(5, *(len(case.issue.proposal) for case, _ in pairs))
        yield f"  {'issue':<{width}}  adopted   proposal  passes     forecast          blocks"
        for case, told in pairs:
            passes = self.span(told.winset) if told.winset else "nothing"
            yield (
                f"  {case.issue.proposal:<{width}}  {percent(told.probability_adopted):<8}"
                f"  {self.number(case.issue.proposal_value):>8}  {passes:<9}  {self._short(told):<16}"
                f"  {self._who(told)}"
            ).rstrip()
        yield from self._packages()
        yield "  --issue NAME tells one in full"

    def _packages(self) -> Iterator[str]:
        """What passes in one vote on all issues, and who trades what for what."""
        found, chances = self.answer.packages, dict(self.answer.chances)
        if found is None:
            return
        if found.together is not None:
            whole = "both proposals" if len(found.issues) == PAIR else "all proposals"
            yield self._line("together", f"{whole} in one vote: {'adopted' if found.together else 'not adopted'}")
        for words, name in PACKAGES.items():
            package = getattr(found, name)
            if package is not None:
                places = [
                    f"{issue} {self.number(value)}" for issue, value in zip(found.issues, package.values, strict=True)
                ]
                yield self._line(
                    "package" if name == "nearest" else "",
                    f"{', '.join(places)}: {words}, passes {percent(chances[name])}",
                )
        for roll in found.logrolls[:1]:
            deals = [f"{self.name(each.actor_id)} gets {each.gets} for {each.gives}" for each in roll.bargains]
            places = [f"{issue} {self.number(value)}" for issue, value in zip(roll.issues, roll.values, strict=True)]
            yield self._line("trade", f"{' with '.join(places)}: {listing(deals, at_most=4)}; neither passes alone")

    def _short(self, told: Forecast) -> str:
        if told.outlook is not None:
            return f"{self.number(told.outlook.value)} ({self.span((told.outlook.low, told.outlook.high))})"
        if told.predictions:
            return self.number(told.predictions[0].value)
        return "–"

    def _who(self, told: Forecast, words: AnswerWords | None = None) -> str:
        """The likely blockers; words: of the question asked, where it has other members."""
        name = (words or self).name
        likely = [each for each in told.blockers if each.probability > HALF] or list(told.blockers[:1])
        return listing([f"{name(each.actor_id)} {percent(each.probability)}" for each in likely], at_most=3)

    def _what_ifs(self) -> Iterator[str]:
        """A line for each, under the answer as given."""
        several = len(self.of.cases) > 1
        for place, case in enumerate(self.of.cases):
            rows = [
                (each, each.forecasts[place])
                for each in (self.answer, *self.others)
                if each is self.answer or each.forecasts[place].run_id != self.answer.forecasts[place].run_id
            ]
            if len(rows) == 1:
                continue
            yield ""
            yield f"What if{f', on “{case.issue.proposal}”' if several else ''}"
            width = max(8, *(len(each.words) for each, _ in rows))
            yield f"  {'':<{width}}  outcome   adopted   passes     forecast          blocks"
            for each, told in rows:
                passes = self.span(told.winset) if told.winset else "nothing"
                yield (
                    f"  {each.words:<{width}}  {told.outcome.value:<8}  {percent(told.probability_adopted):<8}"
                    f"  {passes:<9}  {self._short(told):<16}"
                    f"  {self._who(told, AnswerWords(each.question))}"
                ).rstrip()
            new = {
                self.name(each.actor_id): None
                for other in self.others
                for each in other.question.cases[place].positions
                if each.method == NEW
            }
            if new:
                had = "had" if len(new) > 1 else "has"
                yield f"  {listing(list(new))} {had} nothing on record: there taken at full salience"
