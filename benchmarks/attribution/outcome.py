"""What one run of the benchmark found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from benchmarks.attribution.calibration import Bin
from benchmarks.attribution.figures import MEASURES, PUBLISHED, Figures, Measure, short_of
from benchmarks.attribution.parts import Part
from benchmarks.attribution.speed import Speed


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One column of the table."""

    name: str
    figures: Figures
    ran: bool  # measured in this run; else published

    @property
    def title(self) -> str:
        """The column's heading; a dagger says that the figures are published and nothing was run."""
        return self.name if self.ran else f"{self.name} †"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Figures of winset and its peers, with what they were measured on."""

    winset: System
    peers: tuple[System, ...]
    parts: Mapping[str, Part] = field(default_factory=dict)  # "news", "coded": the files measured on
    bins: tuple[Bin, ...] = ()  # of equal width; none where no confidence was given
    speed: Speed | None = None
    versions: Mapping[str, str] = field(default_factory=dict)  # of the peers' libraries
    remarks: tuple[str, ...] = ()  # what was skipped or went wrong, for the reader of the table

    @property
    def systems(self) -> tuple[System, ...]:
        """The table's columns: winset, the peers, and whoever is published only."""
        named = {self.winset.name, *(peer.name for peer in self.peers)}
        others = (System(name=name, figures=found, ran=False) for name, found in PUBLISHED.items() if name not in named)
        return (self.winset, *self.peers, *others)

    def known(self, measure: Measure) -> bool:
        """Whether the measure's part is a development part, so that its limit holds in full; speed always is."""
        part = self.parts.get(measure.needs)
        return part is None or part.known

    @property
    def short(self) -> tuple[Measure, ...]:
        """The measures on which winset does not reach its limit."""
        return short_of(self.winset.figures, known={need: part.known for need, part in self.parts.items()})

    def as_dict(self) -> dict[str, object]:
        """Plain values for `--json`."""
        return {
            "parts": {need: {"name": part.name, "sha256": part.digest} for need, part in self.parts.items()},
            "figures": {system.name: dict(system.figures) for system in self.systems},
            "ran": [system.name for system in self.systems if system.ran],
            "limits": {one.key: one.limit_on(known=self.known(one)) for one in MEASURES if one.limit is not None},
            "short": [measure.key for measure in self.short],
            "bins": [asdict(one) for one in self.bins],
            "speed": asdict(self.speed) | {"busy": self.speed.busy} if self.speed else None,
            "versions": dict(self.versions),
            "remarks": list(self.remarks),
            "holds": not self.short,
        }
