"""Section 3, where models of bargaining say it would end, with the error they are known to make."""

from __future__ import annotations

from collections.abc import Iterator

from winset.brief.index import Index
from winset.brief.types import Claim, ClaimKind
from winset.brief.wording import percent
from winset.decisions.types import Outlook, Prediction


def bargaining(index: Index) -> tuple[Claim, ...]:
    """The default forecast with its measured error, then how far the models disagree."""
    return (*_outlook(index), *_disagreement(index))


def model_rows(index: Index) -> tuple[Prediction, ...]:
    """Every model that could answer, in order of the scale."""
    return tuple(sorted(index.brief.forecast.predictions, key=lambda each: (each.value, each.model)))


def _outlook(index: Index) -> Iterator[Claim]:
    outlook = index.brief.forecast.outlook
    if outlook is None:
        return
    heard, members = len(index.members) - len(index.silent_members), len(index.members)
    among = f" among the {heard} of {members} members on record" if heard < members else ""
    yield Claim(
        text=f"Were it settled by bargaining{among}, the default model ({outlook.model}) puts the outcome at"
        f" {outlook.value:.0f} of 100, and {percent(outlook.nominal)} of such outcomes between {outlook.low:.0f} and"
        f" {outlook.high:.0f}.",
        kind=ClaimKind.MODELLED,
        cites=(outlook.model,),
        caveat=f"{_skill(outlook)} It takes no account of who can block.",
    )


def _skill(outlook: Outlook) -> str:
    """What it was measured on, and how much better than nothing it is."""
    better = outlook.error_of_midpoint - outlook.error
    skill = (
        f"On {outlook.decisions} EU decisions with known outcomes it erred by {outlook.error:.0f} points on average,"
        f" {abs(better):.0f} {'less' if better >= 0 else 'more'} than saying 50 always; its intervals held"
        f" {percent(outlook.coverage)} of them."
    )
    if outlook.note:
        skill += f" {outlook.note}"
    return skill


def _disagreement(index: Index) -> Iterator[Claim]:
    rows = model_rows(index)
    if len(rows) < 2:  # noqa: PLR2004 - nobody to disagree with
        return
    low, high = rows[0], rows[-1]
    yield Claim(
        text=f"{len(rows)} models put it between {low.value:.0f} ({low.model}) and {high.value:.0f} ({high.model}).",
        kind=ClaimKind.MODELLED,
        cites=tuple(row.model for row in rows),
        caveat="The table says which of these points the rule would adopt.",
    )
