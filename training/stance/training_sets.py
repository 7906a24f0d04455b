"""Which coded texts the network is trained on, and which are kept apart to measure it."""

from __future__ import annotations

import random
from pathlib import Path

from training.stance import examples
from training.stance.examples import Coded

EVERY = 8  # one in so many invented topics is kept apart
NEWS, REPORTS = 3_500, 700  # sentences of policy news and of negotiation reports; all of them would drown the rest


def parted(data: Path, *, seed: int) -> tuple[list[Coded], list[Coded]]:
    """(trained on, kept apart).  Claims, debate and speeches are in neither: only heads are fitted on them."""
    chance = random.Random(seed)  # noqa: S311 - for sampling
    invented = list(examples.invented())
    apart = set()
    for letters in ("pqrstu", "vw"):
        apart |= set(sorted({each.group for each in invented if each.group[0] in letters})[::EVERY])
    news, reports = list(examples.newsmtsc(data)), list(examples.enb(data, chance))
    kept = [each for each in invented if each.group not in apart]
    trained = [*kept, *chance.sample(news, NEWS), *chance.sample(reports, REPORTS)]
    return trained, [each for each in invented if each.group in apart]
