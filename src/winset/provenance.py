"""Run: the stamp saying which method, version, inputs and seed made a value."""

from __future__ import annotations

from dataclasses import dataclass

from winset.ids import RunId, content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One method applied once. Two runs with one id give the same values.

    inputs: ids of the values that went in, sorted.  seed: None where nothing is drawn.
    Source: W3C PROV-DM (2013), the idea of an activity that used and generated.
    """

    step: str  # the layer: "statements", "actors", "positions", "decisions"
    method: str  # the method's id in its family
    version: str  # of winset
    inputs: tuple[str, ...] = ()
    seed: int | None = None

    @property
    def id(self) -> RunId:
        """Hash of everything above."""
        return RunId(content_id("run", self.step, self.method, self.version, *self.inputs, self.seed))
