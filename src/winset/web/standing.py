"""Where everybody stands in a case that is served, with the rule: once for each version, beside the pages."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from winset.pipeline import deciding
from winset.pipeline.estimating import estimated_from_columns
from winset.pipeline.registries import own_registries
from winset.web.background import WAIT, newest
from winset.web.cases import OpenCase, View

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.ids import ActorId
    from winset.issues import CaseSpec
    from winset.pipeline.deciding import Tabled
    from winset.pipeline.estimating import Estimated
    from winset.positions.types import Position

AT_MOST = 50  # changes that are looked through for one that moves a position
MOVING = frozenset({"document", "statement", "codes", "judgement", "registry"})  # kinds of things that do
REST = 60.0  # seconds before a big case is counted again: coders are at work, and it takes a processor for seconds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Where everybody stands at one version of a case, and the rule that makes a decision of it."""

    version: int  # number of the last change that counts in it, or would not change it
    counted: int  # number of the last change when it was worked out
    behind: int  # changes made since; a newer one is being worked out, or will be
    spec: CaseSpec
    additions: tuple[Addition, ...]  # the user's own registries
    found: Estimated  # with the evidence, unless the case is big
    tabled: Tabled
    whole: bool  # False: of a big case, from columns, see `store.observations`, without the evidence

    @property
    def positions(self) -> tuple[Position, ...]:
        """Of those with something on record, by actor id."""
        return self.found.positions

    @property
    def names(self) -> Mapping[ActorId, str]:
        """Of every actor with a seat or a position."""
        return self.found.names

    @property
    def members(self) -> tuple[ActorId, ...]:
        """Those with a vote on the day of decision."""
        return self.found.members


def standing(case: OpenCase, *, wait: float = WAIT) -> Standing | None:
    """The newest that is worked out; None where there is none yet. A newer one is begun in the background.

    wait: seconds that the caller gives it to catch up.
    A what-if that is kept under a name moves nobody: the same goes on counting.
    A big case is counted again a minute after the last time at the soonest; `behind` tells how many changes it lacks.
    Raises what `pipeline.estimating.estimated` and `pipeline.deciding.tabled` raise.
    """
    last = _LAST.get(case)
    if last is not None:
        lacking = case.desk.changes(after=last[1].version, limit=AT_MOST)
        if not any(effect.key.kind in MOVING for change in lacking for effect in change.effects):
            if len(lacking) < AT_MOST:
                if lacking:
                    last = _LAST[case] = (last[0], replace(last[1], version=lacking[-1].number))
                return last[1]
        elif time.monotonic() < last[0] and not last[1].whole:
            return replace(last[1], behind=max(1, case.desk.version() - last[1].version))
    made = newest(case, "standing", partial(_worked_out, case), wait=wait)
    if made is None:
        return None
    if made.behind == 0:
        _LAST[case] = (time.monotonic() + REST, made.value)
    return replace(made.value, behind=made.behind) if made.behind else made.value


def _worked_out(case: OpenCase, view: View) -> Standing:
    spec = view.spec
    if view.big:
        found, additions = estimated_from_columns(case.store), own_registries(case.store)
    else:
        found, additions = view.estimated, view.material.additions
    return Standing(
        version=view.version,
        counted=view.version,
        behind=0,
        spec=spec,
        additions=additions,
        found=found,
        tabled=deciding.tabled(spec, found, additions=additions),
        whole=not view.big,
    )


_LAST: WeakKeyDictionary[OpenCase, tuple[float, Standing]] = WeakKeyDictionary()  # with when it may be counted again
