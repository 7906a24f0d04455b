"""The exchange model as the program of its authors' school counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.exchanges import traded
from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("exchange-program", source="Dijkstra2008")
def exchange_program(profile: Profile, *, rounds: int = 1) -> NDArray[np.float64]:
    """As `exchange`, but counted as DEcide counts; shape (d, m).

    An outcome that has reached a partner's position may be carried past it, and an actor that moves up on an issue
    may not plan more than the whole scale in all, plans given up since included. Made to compare with its figures.
    rounds, NaN: as `exchange`.  Raises BadCase.
    """
    return traded(profile, rounds=rounds, programmed=True)
