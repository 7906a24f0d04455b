"""Issue: the question, its options on a 0-100 scale, the status quo, the body, the rule, the day; a Seat is a vote."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from winset.errors import BadCase, BadQuota
from winset.ids import ActorId, IssueId, PartialDate, content_id, on_issue_scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A rung of the issue's scale: something between (or at) the status quo and the proposal."""

    label: str
    value: float  # issue scale, 0-100

    def __post_init__(self) -> None:
        on_issue_scale(self.value, f"option {self.label!r}")
        if not self.label.strip():
            raise BadCase("an option without a name: write NAME=0..100")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is to be decided. Source of the 0-100 continuum: Thomson et al. (2006), DEU."""

    proposal: str
    body: str  # key of the body in the actor registry, or the name of an own one
    rule: str  # name of the decision rule, a key of `decisions.rules.RULES`
    on: PartialDate  # the day of decision: who votes, who holds which office
    proposal_value: float = 100.0
    status_quo: float = 0.0
    options: tuple[Option, ...] = ()  # further rungs, without proposal and status quo
    outcome: float | None = None  # what was decided, when known; issue scale

    def __post_init__(self) -> None:
        on_issue_scale(self.proposal_value, "the proposal's value")
        on_issue_scale(self.status_quo, "the status quo")
        if not self.proposal.strip():
            raise BadCase("the proposal is empty: say what is proposed, in a phrase")
        if self.proposal_value == self.status_quo:
            raise BadCase(f"proposal and status quo both stand at {self.status_quo:g}: they must differ")
        labels = [option.label for option in self.options]
        if len(set(labels)) < len(labels):
            raise BadCase(f"two options have one name among {labels}: give each its own")

    @property
    def id(self) -> IssueId:
        """Identified by what is proposed, to whom and when; the options may change."""
        return IssueId(content_id("issue", self.proposal, self.body, self.on))

    @property
    def rungs(self) -> tuple[Option, ...]:
        """Status quo, options and proposal, in order of the scale."""
        ends = (
            Option(label="status quo", value=self.status_quo),
            Option(label=self.proposal, value=self.proposal_value),
        )
        return tuple(sorted((*ends, *self.options), key=lambda option: option.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One member's votes in the body on the day of decision."""

    actor_id: ActorId
    name: str
    votes: int = 1
    veto: bool = False
    weights: tuple[tuple[str, int], ...] = ()  # further weight vectors: ("population", 68_070_697)

    def __post_init__(self) -> None:
        if self.votes < 0 or any(weight < 0 for _, weight in self.weights):
            raise BadQuota(f"{self.name} has a negative weight: allowed is 0 or more")

    def weight(self, vector: str) -> int:
        """Its weight in that vector: "members" is 1, "votes" its votes; raises BadQuota where it has none."""
        if vector == "members":
            return 1
        if vector == "votes":
            return self.votes
        for name, weight in self.weights:
            if name == vector:
                return weight
        raise BadQuota(f"{self.name} has no {vector!r}: give every member one, or take a rule without it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """At least `share` of a weight vector must say yes; compared exactly, with `>=`."""

    of: str  # "members", "votes" or the name of a further vector
    share: Fraction  # of the whole, 0 < share <= 1
    more_than: bool = False  # True: strictly more, as in "a majority"

    def quota(self, whole: int) -> int:
        """The least weight that meets it where all together weigh `whole`; never nothing.

        >>> Threshold(of="votes", share=Fraction(1, 2), more_than=True).quota(27)
        14
        """
        exact = self.share * whole
        return max(1, floor(exact) + 1 if self.more_than else ceil(exact))

    @property
    def in_words(self) -> str:
        """As read aloud, in per cent where that is whole.

        >>> Threshold(of="population", share=Fraction(65, 100)).in_words
        'at least 65% of population'
        """
        if self.share == 1 and not self.more_than:
            return f"all {self.of}"
        percent = 100 * self.share
        share = f"{percent}%" if percent.denominator == 1 else str(self.share)
        return f"{'more than' if self.more_than else 'at least'} {share} of {self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSpec:
    """What an analyst states before any document is read: the issue; for an own body, its members and thresholds."""

    issue: Issue
    seats: tuple[Seat, ...] = ()  # own list; empty: taken from the registry for issue.body on issue.on
    thresholds: tuple[Threshold, ...] = ()  # own qualified majority; empty: the rule's
    body_name: str | None = None  # of an own body
