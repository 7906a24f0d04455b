"""DecisionRule: votes in, adopted, blocked or pending out. A rule is data; what it does is the same for all of them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from winset.decisions.properness import Clause, both_reached
from winset.decisions.types import Outcome, Vote
from winset.errors import BadCase, BadQuota, UnknownName
from winset.ids import ActorId, PartialDate
from winset.issues import Seat, Threshold

HALF = Fraction(1, 2)
COUNTED = (Vote.YES, Vote.ABSTAIN, Vote.NO)  # what any vote comes to in the end
NO_DATES: Mapping[ActorId, PartialDate] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """How a body turns its members' votes into a decision; all clauses must hold, of the ways any one.

    Every rule is monotone: NO <= ABSTAIN <= YES for each member. All comparisons are exact.
    Raises BadQuota for a quota that nothing reaches, or that two disjoint coalitions could both reach;
    BadCase for no seats, two seats of one member, or clauses that do not go together; UnknownName for a member
    named in a clause that has no seat.
    Source: Felsenthal and Machover (1998, ch. 2 and 8) for weighted games joined by "and", and for abstention;
    Taylor and Zwicker (1999) for games joined by "or".
    """

    id: str  # key in decisions.rules.RULES
    name: str  # as read aloud after "under": "consensus under a silence procedure"
    source: str  # key in docs/bibliography.bib
    seats: tuple[Seat, ...]
    ways: tuple[tuple[Threshold, ...], ...] = ()  # one of them met whole is enough; (): nothing is counted
    of_votes_cast: bool = False  # thresholds are shares of yes and no; else of all members taking part
    objection_blocks: bool = False  # one NO of any member is enough
    overrules: int = 0  # objections, at most, that the chair sets aside
    veto_blocks: bool = False  # one NO of a seat with a veto is enough
    blocking_abstentions: tuple[Threshold, ...] = ()  # abstentions that meet all of these block
    quorum: Threshold | None = None  # of members present, all but ABSENT; without it nothing is decided
    must_abstain: tuple[ActorId, ...] = ()  # count as members, their votes as abstentions
    not_taking_part: tuple[ActorId, ...] = ()  # thresholds are shares of the others; their votes count for nothing
    deadline: PartialDate | None = None  # of a silence procedure: the last day on which an objection counts
    fallback: DecisionRule | None = None  # decides where this one blocks; the quorum holds for both
    reservations: bool = False  # whether a member may consent with a statement of how it reads the text
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
        self._check_seated((*self.must_abstain, *self.not_taking_part))
        self._check_together()
        for threshold in (*(each for way in self.ways for each in way), *self.blocking_abstentions, *self._quorums()):
            self._check_sound(threshold)
        if not self._adopts({}, missing=Vote.YES):
            raise BadQuota(f"{self.name}: nothing is ever adopted, though all that may vote say yes; lower the quota")
        self._check_proper()

    def _quorums(self) -> tuple[Threshold, ...]:
        return () if self.quorum is None else (self.quorum,)

    def _check_together(self) -> None:
        """Clauses that presuppose others, or would undo what is promised of every rule."""
        if self.overrules < 0 or (self.overrules and not self.objection_blocks):
            raise BadCase(f"{self.name}: a chair overrules 0 or more objections, and only where an objection blocks")
        if self.deadline is not None and not self.objection_blocks:
            raise BadCase(f"{self.name}: a deadline goes with a rule under which an objection blocks")
        if self.blocking_abstentions and (not self.objection_blocks or self.overrules):
            raise BadCase(f"{self.name}: where abstentions block every objection has to, else no would be better")
        if () in self.ways:
            raise BadQuota(f"{self.name}: a way without a threshold lets everything pass; leave it out")
        after = self.fallback
        if after is not None:
            mine, others = ((r.seats, r.abstain_as, r.silent_as, r.absent_as) for r in (self, after))
            if mine != others or after.quorum or after.deadline:
                raise BadCase(
                    f"{self.name}: its fallback has the same seats, counts silence, abstention and absence alike, and "
                    "takes over quorum and deadline"
                )

    def _check_sound(self, threshold: Threshold) -> None:
        share = f"{threshold.share} of {threshold.of}"
        if not 0 < threshold.share <= 1 or (threshold.share == 1 and threshold.more_than):
            raise BadQuota(f"{self.name}: a quota of {share} can never decide; allowed is above 0 and up to 1")
        if not sum(self.weights(threshold.of)):
            raise BadQuota(f"{self.name}: nobody has any {threshold.of}, so no quota of them can be met")

    def _check_proper(self) -> None:
        """No coalition passes together with the rest: shown exactly, way by way, or the rule is refused."""
        passing = self._winning()
        if not any(both_reached(one, other) for one in passing for other in passing):
            return
        given = " or ".join(" and ".join(self._told(quota) for quota in way) for way in self.ways) or "none"
        raise BadQuota(
            f"{self.name}: under the quota given ({given}) a proposal and its opposite could both pass; "
            "set one above 1/2, or at 1/2 with more_than"
        )

    def _told(self, quota: Threshold) -> str:
        if self.of_votes_cast:
            return f"{quota.in_words} cast"
        whole = sum(self.weights(quota.of))
        return f"{quota.quota(whole):,} of {whole:,} {quota.of}"

    def _winning(self) -> list[list[Clause]]:
        """Each way of adopting, its fallback's too, as what the yes side must weigh when nobody abstains."""
        may_vote = {seat.actor_id for seat in self.may_vote}
        voting = [int(seat.actor_id in may_vote) for seat in self.seats]
        always = []
        if self.objection_blocks:
            always.append(Clause(tuple(voting), sum(voting) - self.overrules))
        if self.veto_blocks and not self.of_votes_cast:  # of votes cast it may abstain, and so stop neither side
            vetoes = tuple(may * seat.veto for may, seat in zip(voting, self.seats, strict=True))
            always.append(Clause(vetoes, sum(vetoes)))
        found = [always + [self._clause(quota, voting) for quota in way] for way in self.ways or ((),)]
        return found + (self.fallback._winning() if self.fallback else [])

    def _clause(self, quota: Threshold, voting: Sequence[int]) -> Clause:
        weights = self.weights(quota.of)
        own = tuple(may * weight for may, weight in zip(voting, weights, strict=True))
        if not self.of_votes_cast:
            return Clause(own, quota.quota(sum(weights)))
        return Clause(own, quota.quota(sum(own)), share=quota)

    @property
    def taking_part(self) -> tuple[Seat, ...]:
        """The seats that thresholds are shares of."""
        return tuple(seat for seat in self.seats if seat.actor_id not in self.not_taking_part)

    @property
    def may_vote(self) -> tuple[Seat, ...]:
        """The seats whose yes and no count: those that take part and need not abstain."""
        return tuple(seat for seat in self.taking_part if seat.actor_id not in self.must_abstain)

    @property
    def by_objection(self) -> bool:
        """Whether only objections count, so that a member saying nothing stops nothing."""
        return self.objection_blocks and not self.ways and self.fallback is None and self.silent_as is not Vote.NO

    @property
    def one_no_decides(self) -> bool:
        """Whether one NO of any member is all that can stop a proposal, and abstaining is no NO: nothing is counted."""
        plain = not (self.overrules or self.blocking_abstentions or self.must_abstain or self.not_taking_part)
        return plain and self.by_objection and self.abstain_as is not Vote.NO

    def weights(self, of: str) -> tuple[int, ...]:
        """That weight vector in the order of `seats`; 0 for a member not taking part."""
        return tuple(0 if seat.actor_id in self.not_taking_part else seat.weight(of) for seat in self.seats)

    def counted(self, vote: Vote) -> Vote:
        """What that vote comes to under this rule: YES, ABSTAIN or NO.

        SILENT and ABSENT each count as the rule's text says, as consent under a silence procedure.
        """
        return {Vote.ABSTAIN: self.abstain_as, Vote.SILENT: self.silent_as, Vote.ABSENT: self.absent_as}.get(vote, vote)

    def outcome(
        self,
        votes: Mapping[ActorId, Vote],
        *,
        on: PartialDate | None = None,
        dates: Mapping[ActorId, PartialDate] = NO_DATES,
    ) -> Outcome:
        """What the votes decide; a member not among them may still vote any way.

        PENDING when the missing votes could go either way: that is a member not heard yet, whereas
        SILENT is one that let the moment pass.  on: the day that is asked about, None for the votes as given; until
        the deadline has passed a proposal without objections is PENDING, afterwards who said nothing is SILENT.
        dates: when each vote was cast, where that is known; one cast after `on` is not heard yet, one cast after the
        deadline counts as SILENT.  Raises UnknownName for a vote of somebody without a seat.
        """
        heard = self._heard(votes, on, dates)
        if self._adopts(heard, missing=Vote.NO):
            return Outcome.PENDING if self._open(on) else Outcome.ADOPTED
        return Outcome.PENDING if self._adopts(heard, missing=Vote.YES) else Outcome.BLOCKED

    def decided_by(
        self,
        votes: Mapping[ActorId, Vote],
        *,
        on: PartialDate | None = None,
        dates: Mapping[ActorId, PartialDate] = NO_DATES,
    ) -> DecisionRule:
        """The rule of the chain that comes to the outcome: this one, or the fallback where this one blocks."""
        heard = self._heard(votes, on, dates)
        if self.fallback is None or self._adopts_itself(heard, missing=Vote.YES) or not self._has_quorum(heard):
            return self
        return self.fallback.decided_by(heard)

    def not_bound(self, votes: Mapping[ActorId, Vote]) -> tuple[ActorId, ...]:
        """Members that the decision does not bind: not taking part, or abstaining where abstention says so."""
        aside = [*self.not_taking_part]
        if self.blocking_abstentions:
            aside += [actor for actor, vote in votes.items() if vote is Vote.ABSTAIN]
        return tuple(seat.actor_id for seat in self.seats if seat.actor_id in aside)

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

    def _open(self, on: PartialDate | None) -> bool:
        return self.deadline is not None and on is not None and on.latest <= self.deadline.latest

    def _heard(
        self, votes: Mapping[ActorId, Vote], on: PartialDate | None, dates: Mapping[ActorId, PartialDate]
    ) -> dict[ActorId, Vote]:
        """The votes that count on that day; where silence is over everybody has spoken."""
        self._check_seated((*votes, *dates))
        heard = {
            actor: vote
            for actor, vote in votes.items()
            if on is None or actor not in dates or dates[actor].earliest <= on.latest
        }
        if self.deadline is None:
            return heard
        late = {actor for actor in heard if actor in dates and dates[actor].earliest > self.deadline.latest}
        heard |= dict.fromkeys(late, Vote.SILENT)
        if self._open(on):  # who has not objected still may
            return {actor: vote for actor, vote in heard.items() if vote in (Vote.YES, Vote.NO)}
        return heard if on is None else {seat.actor_id: Vote.SILENT for seat in self.seats} | heard

    def _adopts(self, votes: Mapping[ActorId, Vote], *, missing: Vote) -> bool:
        """Whether it is adopted, by whichever rule of the chain, when all not heard do the best or worst they can."""
        if not self._has_quorum(votes, missing=missing):
            return False
        if self._adopts_itself(votes, missing=missing):
            return True
        return self.fallback is not None and self.fallback._adopts(votes, missing=missing)

    def _has_quorum(self, votes: Mapping[ActorId, Vote], *, missing: Vote = Vote.YES) -> bool:
        """A member not heard may be away as well, which is the worst it can do to a quorum."""
        away = Vote.ABSENT if missing is Vote.NO else missing
        present = [seat for seat in self.taking_part if votes.get(seat.actor_id, away) is not Vote.ABSENT]
        return self.quorum is None or _met(self.quorum, present, self.taking_part)

    def _adopts_itself(self, votes: Mapping[ActorId, Vote], *, missing: Vote) -> bool:
        sides: dict[Vote, list[Seat]] = {vote: [] for vote in COUNTED}
        for seat in self.may_vote:
            vote = votes.get(seat.actor_id)
            sides[missing if vote is None else self.counted(vote)].append(seat)
        yes, abstaining, no = (sides[vote] for vote in COUNTED)
        if self.objection_blocks and len(no) > self.overrules:
            return False
        if self.veto_blocks and any(seat.veto for seat in no):
            return False
        part = self.taking_part
        if self.blocking_abstentions and all(_met(quota, abstaining, part) for quota in self.blocking_abstentions):
            return False
        whole = (*yes, *no) if self.of_votes_cast else part
        return not self.ways or any(all(_met(quota, yes, whole) for quota in way) for way in self.ways)


def _met(quota: Threshold, yes: Iterable[Seat], whole: Iterable[Seat]) -> bool:
    """Whether these have their share of the whole; never when they weigh nothing."""
    have = sum(seat.weight(quota.of) for seat in yes)
    return have >= quota.quota(sum(seat.weight(quota.of) for seat in whole))


def refuse_thresholds(id: str, thresholds: Sequence[Threshold]) -> None:
    """For a rule whose text sets its own quota; raises BadCase when another is given, which it would not use."""
    if thresholds:
        raise BadCase(f"the rule {id} sets its own quota: leave thresholds out, or take the rule qualified-majority")
