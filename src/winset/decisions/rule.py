"""DecisionRule: votes in, adopted, blocked or pending out. A rule is data; what it does is the same for all of them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from winset.decisions.types import Outcome, Vote
from winset.errors import BadCase, BadQuota, UnknownName
from winset.ids import ActorId
from winset.issues import Seat, Threshold

HALF = Fraction(1, 2)
COUNTED = (Vote.YES, Vote.ABSTAIN, Vote.NO)  # what any vote comes to in the end


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """How a body turns its members' votes into a decision; all clauses must hold for adoption.

    Every rule is monotone: NO <= ABSTAIN <= YES for each member. All comparisons are exact.
    Raises BadQuota for a quota that nothing reaches, or that two disjoint coalitions could both reach;
    BadCase for no seats, or two seats of one member.
    Source: Felsenthal and Machover (1998, ch. 2 and 8) for weighted games joined by "and", and for abstention.
    """

    id: str  # key in decisions.rules.RULES
    name: str  # as read aloud after "under": "consensus under a silence procedure"
    source: str  # key in docs/bibliography.bib
    seats: tuple[Seat, ...]
    thresholds: tuple[Threshold, ...] = ()  # all must be met
    of_votes_cast: bool = False  # thresholds are shares of yes and no; else of all members
    least_yes: int = 0  # members that must say yes, whatever their weight
    objection_blocks: bool = False  # one NO of any member is enough
    veto_blocks: bool = False  # one NO of a seat with a veto is enough
    blocking_minority: int = 0  # fewer members than this short of YES cannot block by weight
    abstain_as: Vote = Vote.ABSTAIN
    silent_as: Vote = Vote.ABSTAIN
    absent_as: Vote = Vote.ABSTAIN

    def __post_init__(self) -> None:
        if not self.seats:
            raise BadCase(f"{self.name}: a body without members decides nothing; give at least one seat")
        twice = [actor for actor, n in Counter(seat.actor_id for seat in self.seats).items() if n > 1]
        if twice:
            raise BadCase(f"{self.name}: {twice[0]} has two seats; add its votes up into one")
        for vote in (self.abstain_as, self.silent_as, self.absent_as):
            if vote not in COUNTED:
                raise BadCase(f"{self.name}: a vote cannot count as {vote}; allowed are yes, abstain and no")
        for threshold in self.thresholds:
            self._check_reachable(threshold)
        if self.least_yes > len(self.seats):
            raise BadQuota(f"{self.name} needs {self.least_yes} yes votes, there are {len(self.seats)} members")
        self._check_proper()

    def _check_reachable(self, threshold: Threshold) -> None:
        share = f"{threshold.share} of {threshold.of}"
        if not 0 < threshold.share <= 1 or (threshold.share == 1 and threshold.more_than):
            raise BadQuota(f"{self.name}: a quota of {share} can never decide; allowed is above 0 and up to 1")
        if not sum(seat.weight(threshold.of) for seat in self.seats):
            raise BadQuota(f"{self.name}: nobody has any {threshold.of}, so no quota of them can be met")

    def _check_proper(self) -> None:
        if self.objection_blocks or 2 * self.least_yes > len(self.seats):
            return
        if any(quota.share > HALF or (quota.share == HALF and quota.more_than) for quota in self.thresholds):
            return
        given = " and ".join(f"{quota.share} of {quota.of}" for quota in self.thresholds) or "none"
        raise BadQuota(
            f"{self.name}: under the quota given ({given}) a proposal and its opposite could both pass; "
            "set one above 1/2, or at 1/2 with more_than"
        )

    @property
    def by_objection(self) -> bool:
        """Whether only objections count, so that a member saying nothing stops nothing."""
        counts_yes = bool(self.thresholds or self.least_yes)
        return self.objection_blocks and not counts_yes and self.silent_as is not Vote.NO

    def counted(self, vote: Vote) -> Vote:
        """What that vote comes to under this rule: YES, ABSTAIN or NO.

        SILENT and ABSENT each count as the rule's text says, as consent under a silence procedure.
        """
        return {Vote.ABSTAIN: self.abstain_as, Vote.SILENT: self.silent_as, Vote.ABSENT: self.absent_as}.get(vote, vote)

    def outcome(self, votes: Mapping[ActorId, Vote]) -> Outcome:
        """What the votes decide; a member not among them may still vote any way.

        PENDING when the missing votes could go either way: that is a member not heard yet, whereas
        SILENT is one that let the moment pass.  Raises UnknownName for a vote of somebody without a seat.
        """
        self._check_seated(votes)
        counted = {actor: self.counted(vote) for actor, vote in votes.items()}
        if self._adopts(counted, missing=Vote.NO):
            return Outcome.ADOPTED
        return Outcome.PENDING if self._adopts(counted, missing=Vote.YES) else Outcome.BLOCKED

    def blocks_alone(self, actor_id: ActorId) -> bool:
        """Whether the NO of this member blocks though every other member says yes."""
        others = {seat.actor_id: Vote.YES for seat in self.seats}
        return self.outcome({**others, actor_id: Vote.NO}) is Outcome.BLOCKED

    def _check_seated(self, actors: Iterable[ActorId]) -> None:
        seated = {seat.actor_id for seat in self.seats}
        for actor in actors:
            if actor not in seated:
                near = difflib.get_close_matches(actor, seated, n=1)
                hint = f"did you mean {near[0]}?" if near else "only members vote"
                raise UnknownName(f"{actor} has no seat under {self.name}: {hint}")

    def _adopts(self, counted: Mapping[ActorId, Vote], *, missing: Vote) -> bool:
        yes = [seat for seat in self.seats if counted.get(seat.actor_id, missing) is Vote.YES]
        no = [seat for seat in self.seats if counted.get(seat.actor_id, missing) is Vote.NO]
        if self.objection_blocks and no:
            return False
        if self.veto_blocks and any(seat.veto for seat in no):
            return False
        if len(yes) < self.least_yes:
            return False
        whole = (*yes, *no) if self.of_votes_cast else self.seats
        enough = len(self.seats) - len(yes) < self.blocking_minority
        return all((enough and quota.of != "members") or _met(quota, yes, whole) for quota in self.thresholds)


def _met(quota: Threshold, yes: Iterable[Seat], whole: Iterable[Seat]) -> bool:
    """Whether the yes side has its share of the whole; never when nobody says yes."""
    have = sum(seat.weight(quota.of) for seat in yes)
    need = quota.share * sum(seat.weight(quota.of) for seat in whole)
    return have > 0 and (have > need if quota.more_than else have >= need)


def refuse_thresholds(id: str, thresholds: Sequence[Threshold]) -> None:
    """For a rule whose text sets its own quota; raises BadCase when another is given, which it would not use."""
    if thresholds:
        raise BadCase(f"the rule {id} sets its own quota: leave thresholds out, or take the rule qualified-majority")
