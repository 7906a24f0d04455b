"""Section 3, whose vote the answer hangs on and the least the proposal has to give up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winset.brief.index import HALF_WAY, Index
from winset.brief.types import Claim, ClaimKind
from winset.brief.wording import count, listing, percent, shown, the
from winset.decisions.types import Blocker, Concession, Consent, Hinge, Outcome, Way

SURELY = 0.95  # an objection more certain than this needs no "if"
COUNTED = 4  # members at most that are won over one after the other in a sentence
SAME = 0.005  # probabilities that print alike

WAYS = {
    Way.NOTHING: "its objection does not count",
    Way.ABSTAIN: "abstaining or keeping silent",
    Way.OPT_OUT: "staying outside, not bound by it",
    Way.RESERVE: "consenting with a reservation on how it reads the text",
    Way.MOVE: "a proposal at {to:.0f} or nearer to the status quo",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HingeRow:
    """One member as the table shows it; probabilities of adoption as words."""

    name: str
    hinge: Hinge
    objects: str
    if_yes: str
    if_no: str
    after: str


def hanging(index: Index) -> tuple[Claim, ...]:
    """Who has to be won over, in which order; whose vote alone turns it; the least concession."""
    return (*_won_over(index), *_alone(index), *_least(index))


def hinge_rows(index: Index) -> tuple[HingeRow, ...]:
    """Members that may object, then others whose vote would change the probability; the surest to object first."""
    forecast = index.brief.forecast
    named = {blocker.actor_id for blocker in forecast.blockers}
    worth = [
        hinge
        for hinge in forecast.hinges
        if hinge.actor_id in named or abs(hinge.adopted_if_yes - forecast.probability_adopted) > SAME or hinge.flips
    ]
    return tuple(
        HingeRow(
            name=shown(index.name(hinge.actor_id)),
            hinge=hinge,
            objects=percent(hinge.objects),
            if_yes=percent(hinge.adopted_if_yes),
            if_no=percent(hinge.adopted_if_no),
            after=percent(hinge.adopted_after),
        )
        for hinge in sorted(worth, key=lambda hinge: hinge.rank)
    )


def ways(blocker: Blocker) -> tuple[str, ...]:
    """What the rule leaves it besides an objection, cheapest for the others first: "abstaining or keeping silent"."""
    return tuple(_way(consent) for consent in blocker.consents)


def _way(consent: Consent) -> str:
    return WAYS[consent.way].format(to=consent.to)


def _ladder(index: Index) -> tuple[Hinge, ...]:
    """Those that may object, surest first, until adoption is likelier than not; likely ones always."""
    found: list[Hinge] = []
    for row in hinge_rows(index):
        if row.hinge.objects < HALF_WAY and (not found or found[-1].adopted_after > HALF_WAY):
            break
        found.append(row.hinge)
    return tuple(found[:COUNTED])


def _won_over(index: Index) -> Iterator[Claim]:
    """With the yes of the surest objector adoption stands here, with that of the next there."""
    steps = _ladder(index)
    if index.brief.forecast.outcome is Outcome.ADOPTED or not steps:
        return
    first = steps[0]
    text = f"If {the(index.name(first.actor_id))} let it pass, adoption would stand at {percent(first.adopted_after)}"
    for number, hinge in enumerate(steps[1:], start=1):
        them = "both" if number == 1 else f"all {number + 1}"
        text += f"; if {the(index.name(hinge.actor_id))} did too, at {percent(hinge.adopted_after)} (with {them})"
    text += f", against {percent(index.brief.forecast.probability_adopted)} as things stand."
    yield Claim(text=text, kind=ClaimKind.MODELLED, cites=_cites(index, steps))
    second = steps[1] if len(steps) > 1 else _next(index, steps)
    if second is not None and second.objects < SURELY:
        yield _whatever(index, first, second)


def _next(index: Index, steps: tuple[Hinge, ...]) -> Hinge | None:
    rest = [row.hinge for row in hinge_rows(index) if row.hinge not in steps]
    return rest[0] if rest else None


def _whatever(index: Index, first: Hinge, second: Hinge) -> Claim:
    """What the second objector's unsure vote does while the first objects."""
    yes, no = percent(second.adopted_if_yes), percent(second.adopted_if_no)
    if yes == no:
        changes = f"either way adoption stays at {yes} while {the(index.name(first.actor_id))} objects"
    else:
        changes = f"adoption would stand at {no} if it objects, at {yes} if it does not"
    name = the(index.name(second.actor_id))
    return Claim(
        text=f"Whether {name} objects is not settled ({percent(second.objects)} that it does): {changes}.",
        kind=ClaimKind.MODELLED,
        cites=_cites(index, (second,)),
    )


def _alone(index: Index) -> Iterator[Claim]:
    flips = [hinge for hinge in index.brief.forecast.hinges if hinge.flips]
    if not index.brief.forecast.hinges:
        return
    if not flips:
        text = "No single member on record turns the outcome by its vote alone."
    else:
        names = listing([the(index.name(hinge.actor_id)) for hinge in flips], at_most=6)
        turn = "The vote of" if len(flips) == 1 else "Each alone, the votes of"
        text = f"{turn} {names} would turn the outcome into the other."
    yield Claim(text=text, kind=ClaimKind.MODELLED, cites=_cites(index, tuple(flips)))


def _least(index: Index) -> Iterator[Claim]:
    """The least the proposal has to give up, for an even chance and for a good one."""
    forecast, issue = index.brief.forecast, index.brief.issue
    if not forecast.concessions or forecast.probability_adopted >= forecast.concessions[-1].chance:
        return
    steps = [step for step in forecast.concessions if step.points > 0]
    moving = [step for step in steps if step.value != issue.status_quo]
    if not moving:
        text = "No move of the proposal, however far, gives it an even chance with the members on record."
    else:
        text = f"The least concession, on the scale of 0 to 100: {'; '.join(_step(step) for step in moving)}."
        if len(moving) < len(steps):
            never = next(step for step in steps if step not in moving)
            text += f" No move gives it a chance of {percent(never.chance)}."
    yield Claim(
        text=text,
        kind=ClaimKind.MODELLED,
        cites=(forecast.model, index.brief.body.key),
        caveat="Members with nothing on record could still object." if index.silent_members else "",
    )


def _step(step: Concession) -> str:
    rung = f" (the option within that is “{step.rung}”)" if step.rung else ""
    moved = f"moved {count(round(step.points), 'point')}, to {step.value:.0f}"
    return f"{moved}, it passes with a chance of {percent(step.chance)}{rung}"


def _cites(index: Index, hinges: tuple[Hinge, ...]) -> tuple[str, ...]:
    found = [
        str(id)
        for hinge in hinges
        if (party := index.parties.get(hinge.actor_id)) is not None and party.position is not None
        for id in party.position.evidence
    ]
    return tuple(dict.fromkeys(found)) or (index.brief.forecast.model, index.brief.body.key)
