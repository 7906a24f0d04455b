"""Section 3: what could still pass, and how far the proposal would have to move for each blocker."""

from __future__ import annotations

from collections.abc import Iterator

from winset.brief.bargaining import bargaining
from winset.brief.hanging import WAYS, hanging, ways
from winset.brief.index import Index, on_record
from winset.brief.types import Claim, ClaimKind
from winset.brief.wording import chance, count, listing, percent, sentence, the
from winset.decisions.types import Blocker, RungSupport, Way


def passing(index: Index) -> tuple[Claim, ...]:
    """The rungs in falling reach, whose vote it hangs on, a sentence for each likely blocker, what the models say."""
    moves = (_move(index, blocker) for blocker in index.likely_blockers)
    return (*_rungs(index), *hanging(index), *moves, *bargaining(index))


def rungs(index: Index) -> tuple[RungSupport, ...]:
    """The rungs that would change something, furthest first; the status quo needs nobody's consent."""
    issue = index.brief.issue
    changes = [rung for rung in index.brief.forecast.rungs if rung.option.value != issue.status_quo]
    return tuple(sorted(changes, key=lambda rung: -abs(rung.option.value - issue.status_quo)))


def distance(index: Index, blocker: Blocker) -> float:
    """How far the proposal would have to move towards the status quo for its consent; issue scale."""
    return abs(index.brief.issue.proposal_value - blocker.consents_up_to)


def _rungs(index: Index) -> Iterator[Claim]:
    brief = index.brief
    anyone = any(on_record(party) for party in index.members)
    cites = (brief.forecast.model, brief.body.key)
    if not anyone:
        yield Claim(
            text="No member is on record, so nothing on record tells what could pass.",
            kind=ClaimKind.RECORDED,
            cites=(brief.body.key,),
        )
        return
    free = [rung for rung in rungs(index) if not rung.objectors]
    if not free:
        yield Claim(
            text="None of the options listed is free of objections: a member on record is likely to object to each.",
            kind=ClaimKind.MODELLED,
            cites=cites,
        )
        return
    names = [f"“{rung.option.label}” at {rung.option.value:.0f}: {_likelihood(rung)}" for rung in free]
    yield Claim(
        text=f"No member on record is likely to object to {listing(names)}.",
        kind=ClaimKind.MODELLED,
        cites=cites,
        caveat="Members with nothing on record could still object." if index.silent_members else "",
    )


def _likelihood(rung: RungSupport) -> str:
    return f"passing is {chance(rung.probability)} ({percent(rung.probability)})"


def _move(index: Index, blocker: Blocker) -> Claim:
    issue = index.brief.issue
    name, limit = the(index.name(blocker.actor_id)), blocker.consents_up_to
    support = index.objection(blocker)
    if limit == issue.status_quo:
        text = f"{name} is estimated to accept nothing beyond the status quo."
    else:
        text = (
            f"{name} is estimated to accept up to {limit:.0f}; the proposal stands at {issue.proposal_value:.0f}"
            f" and would have to move {count(round(distance(index, blocker)), 'point')} towards the status quo."
            f"{_nearest(index, blocker)}"
        )
    return Claim(
        text=sentence(text + _otherwise(blocker)),
        kind=ClaimKind.ESTIMATED,
        cites=tuple(map(str, support.statements)) or (index.brief.forecast.model,),
    )


def _otherwise(blocker: Blocker) -> str:
    """What else the rule leaves it, the proposal as it is."""
    left = [words for words, consent in zip(ways(blocker), blocker.consents, strict=True) if consent.points == 0]
    if left == [WAYS[Way.NOTHING]]:  # a clause by itself, and never with another way
        return f" As it is, {left[0]}."
    return f" As it is, the rule leaves it {listing(left)}." if left else ""


def _nearest(index: Index, blocker: Blocker) -> str:
    issue = index.brief.issue
    if not issue.options:
        return ""
    reach = abs(blocker.consents_up_to - issue.status_quo)
    within = [option for option in issue.options if abs(option.value - issue.status_quo) <= reach]
    if not within:
        return " No option listed is within that."
    furthest = max(within, key=lambda option: abs(option.value - issue.status_quo))
    return f" The furthest option listed within that is “{furthest.label}” ({furthest.value:.0f})."
