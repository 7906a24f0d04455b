"""An answer in words, on the user's own scale: the phrases that a terminal and a page have in common."""

from __future__ import annotations

from winset.brief.wording import listing, percent
from winset.decisions.types import Case, Consent, Forecast
from winset.exchange.position_cases import Question
from winset.ids import ActorId

NAMES = 6  # in one phrase; the rest is counted
WIDE, COARSE = 50, 5  # of a scale: from here on whole numbers do, and tenths
HALF = 0.5
WORTH_A_RANGE = 0.03  # between all unknown against and all for
VERDICTS = {"adopted": "Adopted", "blocked": "Blocked", "pending": "Undecided"}
WAYS = {
    "nothing": "",
    "abstain": "by abstaining",
    "opt out": "by opting out",
    "reserve": "with a reservation",
}


class AnswerWords:
    """The phrases for answers to one question."""

    def __init__(self, of: Question) -> None:
        self.of = of
        width = float(of.scale.high - of.scale.low)
        self.digits = 0 if width >= WIDE else 1 if width >= COARSE else 2

    def number(self, value: float) -> str:
        """A value of 0-100 on the user's scale."""
        return f"{self.of.scale.own(value):.{self.digits}f}"

    def points(self, points: float) -> str:
        """A distance of 0-100 in the user's unit."""
        return f"{self.of.scale.own_points(points):.{self.digits}f}"

    def span(self, ends: tuple[float, float]) -> str:
        """From where to where."""
        return f"{self.number(ends[0])}–{self.number(ends[1])}"

    def name(self, actor: str) -> str:
        """As the user knows it."""
        return self.of.names.get(ActorId(actor), actor)

    def verdict(self, told: Forecast) -> str:
        """The outcome with its probability: "Blocked, 95%"."""
        return f"{VERDICTS[told.outcome.value]}, {percent(told.probability)}"

    def chance(self, told: Forecast) -> str:
        """Of adoption, and how far it swings with the unknown."""
        low, high = told.adopted_range
        swing = f"; between {percent(low)} and {percent(high)} as the unknown go" if high - low > WORTH_A_RANGE else ""
        return f"{percent(told.probability_adopted)}{swing}"

    def ways(self, consents: tuple[Consent, ...]) -> str:
        """What it would take for a blocker to let it pass, one way or another; "" where the rule leaves none."""
        return listing([way for way in map(self.way, reversed(consents)) if way]).replace(" and ", " or ")

    def way(self, way: Consent) -> str:
        """What it would take, in a few words; "" for what takes nothing."""
        if way.way != "move":
            return WAYS[way.way.value]
        return (
            f"consents up to {self.number(way.to)} ({self.points(way.points)} less)" if way.points else "as it stands"
        )

    def passing(self, told: Forecast) -> str:
        """What can pass, as a stretch of the scale."""
        beats = (
            f"{self.span(told.winset)} can beat the status quo" if told.winset else "nothing can beat the status quo"
        )
        core = f"; nothing beats a place in {self.span(told.core)} (the core)" if told.core else ""
        return f"{beats}{core}"

    def flips(self, told: Forecast) -> str:
        """Whose vote alone, or with that of the surer objectors, turns the answer."""
        turning = [each for each in told.hinges if each.flips]
        likely = told.probability_adopted > HALF
        if turning:
            some = [
                f"{self.name(each.actor_id)} ({percent(each.adopted_if_no if likely else each.adopted_if_yes)} adopted"
                f" with its {'no' if likely else 'yes'})"
                for each in turning[:NAMES]
            ]
            return f"the vote of {listing(some)}"
        if likely or not told.hinges:
            return "no single member’s vote changes the result"
        surest = sorted(told.hinges, key=lambda each: each.rank)
        for place, each in enumerate(surest):
            if each.adopted_after > HALF:
                who = listing([self.name(one.actor_id) for one in surest[: place + 1]], at_most=NAMES)
                return f"no single vote; the yes of {who} makes it {percent(each.adopted_after)}"
        return "no single vote, nor that of all on record"

    def concessions(self, case: Case, told: Forecast) -> str:
        """The least that has to be given up, with the greatest chance that it buys; "" where nobody is on record."""
        issue = case.issue
        some: dict[str, str] = {}
        for each in told.concessions:
            chance = percent(each.chance)
            if each.value == issue.status_quo:
                some[f"nothing passes with {chance}"] = ""
                break
            where = next((option.value for option in issue.rungs if option.label == each.rung), each.value)
            there = "" if self.number(where) == self.number(each.value) else f" at {self.number(where)}"
            rung = f" (“{each.rung}”{there})" if each.rung else ""
            given = f"to {self.number(each.value)}{rung}, {self.points(each.points)} less," if each.points else "none"
            some[given] = f" for {chance}"
        return "; ".join(f"{given}{chance}" for given, chance in some.items())
