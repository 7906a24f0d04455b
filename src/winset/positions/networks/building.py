"""Discourse -> network: actors joined by the stances they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from winset.errors import BadCase
from winset.positions.networks.counting import counting, counts, levels
from winset.positions.networks.kinds import TWO_MODE_ONLY, Duplicates, Kind, Normalisation
from winset.positions.networks.types import Discourse, Edge, Network, Referral
from winset.positions.networks.weights import DIVISORS, ONE_MODE, affiliation, nearness

MOST_ACTORS = 2_000  # above it pairs are no longer read, and camps take minutes
MOST_COUNTS = 50_000_000  # actors x concepts x levels: an array of 400 MB


def network(
    discourse: Discourse,
    *,
    kind: Kind = Kind.CONGRUENCE,
    normalisation: Normalisation = Normalisation.NONE,
    duplicates: Duplicates = Duplicates.ORIGIN,
    since: date | None = None,
    until: date | None = None,
) -> Network:
    """The network of all who refer to something between two days, both inclusive.

    A referral counts where its date surely lies between them; without `since` and `until` those without a date do too.
    Raises BadCase for a normalisation that this kind cannot have, and for more than can be computed.
    Cost: actors^2 x concepts x levels^2.
    Source: Leifeld, Gruber & Bossner (2018), chapter 2; duplicates by origin are ours.
    """
    check(kind, normalisation)
    used = counting(between(discourse.referrals, since, until), duplicates)
    speaking, spoken_of = {each.actor_id for each in used}, {each.concept for each in used}
    actors = tuple(actor for actor in discourse.actors if actor.id in speaking)
    concepts = tuple(concept for concept in discourse.concepts if concept.id in spoken_of)
    scale = levels(used)
    if len(actors) > MOST_ACTORS or len(actors) * len(concepts) * len(scale) > MOST_COUNTS:
        raise BadCase(
            f"{len(actors):,} actors on {len(concepts):,} concepts at {len(scale):,} levels: a network holds at most "
            f"{MOST_ACTORS:,} actors and {MOST_COUNTS:,} counts: take a shorter time, or fewer documents"
        )
    x = counts(used, [actor.id for actor in actors], [concept.id for concept in concepts], scale)
    raw = (
        affiliation(x, scale) if kind is Kind.TWO_MODE else ONE_MODE[kind](x, nearness(scale, discourse.scale))
    )  # who takes part has at least one referral, so that no divisor below is 0
    weights = raw / DIVISORS[normalisation](x)
    weights.flags.writeable = False
    return Network(
        kind=kind,
        normalisation=normalisation,
        duplicates=duplicates,
        actors=actors,
        concepts=concepts,
        weights=weights,
        referrals=used,
        scale=discourse.scale,
        since=since,
        until=until,
    )


def check(kind: Kind, normalisation: Normalisation) -> None:
    """Raises BadCase for a normalisation that this kind of network cannot have."""
    two_mode = kind is Kind.TWO_MODE
    if normalisation is Normalisation.NONE or (normalisation in TWO_MODE_ONLY) is two_mode:
        return
    allowed = [each for each in Normalisation if each is Normalisation.NONE or (each in TWO_MODE_ONLY) is two_mode]
    raise BadCase(f"{kind} cannot be normalised by {normalisation}: allowed is {', '.join(allowed)}")


def between(referrals: tuple[Referral, ...], since: date | None, until: date | None) -> tuple[Referral, ...]:
    """Those whose date surely lies between two days, both inclusive; all where neither day is given.

    A month or year lies between them only as a whole; nobody knows of what has no date.
    """
    if since is None and until is None:
        return referrals
    return tuple(
        each
        for each in referrals
        if each.on is not None
        and (since is None or since <= each.on.earliest)
        and (until is None or each.on.latest <= until)
    )


def edges(network: Network) -> Iterator[Edge]:
    """The pairs with a weight other than 0, in order of the nodes, each with the statements that made it.

    An actor that agrees with another as often as it contradicts it has weight 0 in a subtract network, and no edge.
    """
    said = _said(network)
    ids = np.array([each.statement_id for each in network.referrals], dtype=object)

    def edge(row: int, column: int, target: str, places: Iterable[Places]) -> Edge:
        behind = ids[np.sort(np.concatenate(list(places)))]
        return Edge(
            source=network.actors[row].id,
            target=target,
            weight=float(network.weights[row, column]),
            statements=tuple(dict.fromkeys(behind)),  # one may speak of two concepts
        )

    if network.is_two_mode:
        for i, j in np.argwhere(network.weights):
            concept = network.concepts[j].id
            yield edge(i, j, concept, said[network.actors[i].id][concept].values())
        return
    for i, other in np.argwhere(np.triu(network.weights, 1)):
        target = network.actors[other].id
        yield edge(i, other, target, _behind(network, said[network.actors[i].id], said[target]))


Places: TypeAlias = NDArray[np.int64]  # in the network's referrals
Said: TypeAlias = dict[str, dict[float, Places]]  # by concept and level


def _said(network: Network) -> dict[str, Said]:
    """What each actor said."""
    found: dict[str, dict[str, dict[float, list[int]]]] = {}
    for place, each in enumerate(network.referrals):
        found.setdefault(each.actor_id, {}).setdefault(each.concept, {}).setdefault(each.level, []).append(place)
    return {
        actor: {
            concept: {level: np.array(places) for level, places in levels.items()} for concept, levels in said.items()
        }
        for actor, said in found.items()
    }


def _behind(network: Network, one: Said, two: Said) -> Iterator[Places]:
    """What made the weight between two actors: near levels, distant ones, or both, on the same concepts."""
    low, high = network.scale

    def counts(level: float, others: Iterable[float]) -> bool:
        distances = [abs(level - other) / (high - low) for other in others]
        near = network.kind is not Kind.CONFLICT and min(distances) < 1
        return near or (network.kind is not Kind.CONGRUENCE and max(distances) > 0)

    for concept in one.keys() & two.keys():
        for mine, theirs in ((one[concept], two[concept]), (two[concept], one[concept])):
            yield from (places for level, places in mine.items() if counts(level, theirs))
