"""A DecisionRule as a SimpleGame: what its thresholds, vetoes and objections ask of the yes side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd

from winset.decisions.rule import DecisionRule
from winset.decisions.simple_games.game import Quota, SimpleGame
from winset.decisions.types import Vote
from winset.errors import BadQuota
from winset.issues import Threshold


def game_of(rule: DecisionRule) -> SimpleGame:
    """Who wins under the rule when all members are there and vote.

    An objection or a veto is the no of a member that has one; a member that may not vote is a player without
    weight. An abstention adds what the rule makes of it: all of a yes, nothing or, where shares are of the votes
    cast, what it takes off the whole. In the binary game everybody says yes or no.  Raises BadQuota.
    """
    ways = tuple(tuple(dict.fromkeys(way)) for way in _ways(rule))
    if not all(ways):
        raise BadQuota(f"{rule.name}: nothing has to be reached, so no member has power: take a rule with a quota")
    return SimpleGame(players=tuple(seat.actor_id for seat in rule.seats), ways=tuple(dict.fromkeys(ways)))


def _ways(rule: DecisionRule) -> Iterator[list[Quota]]:
    voting = {seat.actor_id for seat in rule.may_vote}
    may = [int(seat.actor_id in voting) for seat in rule.seats]
    always = []
    if rule.objection_blocks:
        always.append(_none_against(rule, may, but=rule.overrules))
    if rule.veto_blocks and (vetoes := [here * seat.veto for here, seat in zip(may, rule.seats, strict=True)]):
        always += [_none_against(rule, vetoes)] if any(vetoes) else []
    for way in rule.ways or ((),):
        own = always + [quota for threshold in way for quota in _quotas(rule, threshold, may)]
        for blocking in rule.blocking_abstentions or (None,):  # it is enough that abstentions fall short of one
            yield own if blocking is None else [*own, _too_few_abstaining(rule, blocking, may)]
    if rule.fallback is not None:
        yield from _ways(rule.fallback)


def _none_against(rule: DecisionRule, weights: Sequence[int], *, but: int = 0) -> Quota:
    """No member with a weight says no, `but` so many."""
    abstaining = () if rule.abstain_as is Vote.NO else tuple(weights)
    return Quota(weights=tuple(weights), least=sum(weights) - but, abstaining=abstaining)


def _too_few_abstaining(rule: DecisionRule, blocking: Threshold, may: Sequence[int]) -> Quota:
    """Where nobody says no, the yes side is all but those that abstain."""
    weights = _of(rule, blocking, may)
    least = max(1, sum(weights) - blocking.quota(sum(rule.weights(blocking.of))) + 1)
    return _counted(rule, weights, least)


def _counted(rule: DecisionRule, weights: Sequence[int], least: int) -> Quota:
    """So much weight says yes."""
    abstaining = tuple(weights) if rule.abstain_as is Vote.YES else ()
    return Quota(weights=tuple(weights), least=least, abstaining=abstaining)


def _of(rule: DecisionRule, threshold: Threshold, may: Sequence[int]) -> list[int]:
    return [here * weight for here, weight in zip(may, rule.weights(threshold.of), strict=True)]


def _quotas(rule: DecisionRule, threshold: Threshold, may: Sequence[int]) -> list[Quota]:
    weights = _of(rule, threshold, may)
    if not rule.of_votes_cast:
        return [_counted(rule, weights, threshold.quota(sum(rule.weights(threshold.of))))]
    if rule.abstain_as is not Vote.ABSTAIN:  # then everybody casts a vote
        return [_counted(rule, weights, threshold.quota(sum(weights)))]
    # yes * whole >= (all - abstaining) * part, and somebody says yes
    part, whole = threshold.share.numerator, threshold.share.denominator
    least = sum(weights) * part + (1 if threshold.more_than else 0)
    full, some = [whole * weight for weight in weights], [part * weight for weight in weights]
    common = gcd(*full, *some)
    cast = Quota(
        weights=tuple(weight // common for weight in full),
        least=-(-least // common),
        abstaining=tuple(weight // common for weight in some),
    )
    return [cast, _counted(rule, weights, 1)]
