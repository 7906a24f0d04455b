"""`winset decide CASE` with what-ifs that the case keeps under names: asked again, kept, listed, dropped."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from winset.cli import inputs
from winset.cli.messages import BAD_INPUT, FINE
from winset.cli.reading import read
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.exchange.answers import Answer
    from winset.exchange.position_cases import Question
    from winset.exchange.supposed import KeptScenario, Supposed
    from winset.store.case_store import CaseStore


class CaseAsked:
    """A case, read once, and the questions that are put to it."""

    def __init__(self, source: str, *, cost: float, estimator: str) -> None:
        self.request = inputs.request([source], NOTHING_STATED)
        self.name = str(self.request.kept or source)
        self._cost, self._estimator = cost, estimator
        self._material = None if self._is_large() else read(self.request)

    @property
    def status(self) -> int:
        """What its documents leave of the exit status."""
        return BAD_INPUT if self._material and self._material.rejected and not self.request.kept else FINE

    def question(self, supposed: Supposed) -> Question:
        """The question, all that is supposed applied but the changes."""
        from winset.pipeline.deciding import question
        from winset.pipeline.estimating import estimated, estimated_from_columns
        from winset.pipeline.registries import own_registries

        spec, material = self.request.case, self._material
        if material is not None:
            found = estimated(spec, material, estimator=self._estimator, as_of=supposed.as_of)
            additions = material.additions
        else:
            with self.store() as store:
                found = estimated_from_columns(store, estimator=self._estimator, as_of=supposed.as_of)
                additions = own_registries(store)
        return question(
            spec,
            found,
            name=self.name,
            rule=supposed.rule,
            on=supposed.on,
            cost_of_objecting=self._cost,
            additions=additions,
        )

    def _is_large(self) -> bool:
        from winset.pipeline.kept_cases import is_large

        if not self.request.kept:
            return False
        with self.store() as store:
            return is_large(store)

    def answers(self, names: Sequence[str], **asked: Any) -> tuple[Answer, ...]:
        """The answer to each scenario of these names; asked: as for `answered`.  Raises UnknownName."""
        from winset.exchange.answers import answered
        from winset.exchange.what_ifs import Scenario, changed
        from winset.pipeline.scenarios import kept_scenario

        if not names:
            return ()
        with self.store() as store:
            kept = [kept_scenario(store, name) for name in names]
        found = []
        for each in kept:
            of = self.question(each.supposed)
            scenario = each.supposed.scenario(of) or Scenario(words="", changes=())
            answer = answered(changed(of, scenario), **asked)
            found.append(replace(answer, what_if=replace(scenario, words=each.name)))
        return tuple(found)

    def keep(self, name: str, changes: Sequence[str], supposed: Supposed, *, by: str | None) -> str:
        """Keep one what-if under a name; a line that says so.  Raises BadCase."""
        from winset.pipeline.scenarios import keep_scenario

        if len(changes) > 1:
            raise BadCase("--keep: one what-if has one name: write the changes as one, parted by ';'")
        kept = replace(supposed, changes=type(supposed).told(changes).changes)
        if kept.nothing:
            raise BadCase("--keep: nothing is otherwise: add --what-if, --rule, --on or --as-of")
        with self.store() as store:
            kept.scenario(self.question(kept))  # one that cannot be read is refused now
            change = keep_scenario(store, name, kept, by=inputs.person(by))
        return f"kept as {name!r}, change {change.number}"

    def store(self) -> contextlib.AbstractContextManager[CaseStore]:
        """The kept case, open.  Raises BadCase for a case file."""
        return opened(self.name, self.request)


def opened(source: str, request: inputs.Request | None = None) -> contextlib.AbstractContextManager[CaseStore]:
    """The kept case at a place.  Raises BadCase for another source."""
    from winset.store.case_store import CaseStore

    kept = (request or inputs.request([source], NOTHING_STATED)).kept if inputs.is_kept_case(source) else None
    if kept is None:
        raise BadCase(f"{source}: scenarios are kept in a kept case: make one with `winset new`")
    return CaseStore.open(kept)


def scenario_lines(kept: Sequence[KeptScenario]) -> list[str]:
    """One for each: its name, what is otherwise, by whom and when."""
    if not kept:
        return ["no scenario is kept: winset decide CASE --what-if 'CHANGE; CHANGE' --keep NAME"]
    width = max(len(each.name) for each in kept)
    return [f"{each.name:<{width}}  {each.supposed.words} ({each.by}, {each.at[:10]})" for each in kept]


def scenario_values(kept: Sequence[KeptScenario]) -> list[dict[str, Any]]:
    """The same for JSON."""
    return [{"id": each.id, **each.supposed.as_value(each.name), "by": each.by, "at": each.at} for each in kept]


def drop(source: str, name: str, *, by: str | None) -> str:
    """Keep a scenario no longer; a line that says so.  Raises UnknownName, BadCase."""
    from winset.pipeline.clock import now
    from winset.pipeline.scenarios import kept_scenario
    from winset.store.desk import Desk

    with opened(source) as store:
        found = kept_scenario(store, name)
        change = Desk(store).drop("scenario", found.id, by=inputs.person(by), at=now(), seen=found.version)
    return f"dropped {found.name!r}, change {change.number}"


NOTHING_STATED = inputs.Stated(proposal=None, body=None, on=None, options=(), rule=None, status_quo=0.0)
