"""The figures that are measured, what each must reach, and what is published of systems that are not run here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Figures = Mapping[str, float]  # by the key of a measure; a figure that was not measured is absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One row of the table."""

    key: str
    label: str
    shown: str  # how a figure is printed
    needs: str  # what must be there: "news", "coded" or "speed"
    limit: float | None = None
    at_most: bool = False  # the limit is a ceiling
    tolerance: float | None = 0.0  # off the limit on any other part than dev; None: no limit there

    def limit_on(self, *, known: bool) -> float | None:
        """What must be reached on the development part, or on another."""
        if self.limit is None or known:
            return self.limit
        if self.tolerance is None:
            return None
        return self.limit + self.tolerance if self.at_most else self.limit - self.tolerance

    def holds(self, figure: float, *, known: bool) -> bool:
        """Whether the figure, as precisely as it was measured, reaches the limit; true where there is none."""
        limit = self.limit_on(known=known)
        if limit is None:
            return True
        return figure < limit if self.at_most else round(figure - limit, 9) >= 0


def _share(key: str, label: str, needs: str, limit: float | None = None, tolerance: float = 0.03) -> Measure:
    return Measure(key=key, label=label, shown=".3f", needs=needs, limit=limit, tolerance=tolerance)


def _points(role: str, limit: float) -> Measure:
    label = f"exact spans, {role}: F1 (per cent)"
    return Measure(key=f"spans {role}", label=label, shown=".1f", needs="news", limit=limit, tolerance=3.0)


MEASURES = (
    _share("whole P", "whole relaxed: precision", "news"),
    _share("whole R", "whole relaxed: recall", "news"),
    _share("whole F", "whole relaxed: F1", "news", 0.70),
    _share("direct F", "its direct part: F1", "news"),
    _share("mixed F", "its mixed part: F1", "news"),
    _share("indirect F", "its indirect part: F1", "news", 0.60),
    _points("source", 81.0),
    _points("cue", 74.0),
    _points("content", 67.0),
    Measure(
        key="ece",
        label="calibration error, 15 bins of equal width",
        shown=".3f",
        needs="news",
        limit=0.05,
        at_most=True,
        tolerance=None,  # the issue sets it for dev
    ),
    _share("ece mass", "calibration error, 15 bins of equal count", "news"),
    _share("brier", "Brier score", "news"),
    _share("coded R", "coded documents: recall of core statements", "coded", 0.75, 0.05),
    _share("coded P", "coded documents: precision", "coded", 0.75, 0.05),
    Measure(
        key="words a second",
        label="words a second, one process, two threads",
        shown=",.0f",
        needs="speed",
        limit=8000.0,
    ),
)

# On dev. Source: the README files of the measuring data (polnear/, seeds_gold/); CofeNet: Wang et al. (2022), table 6.
PUBLISHED: Mapping[str, Figures] = {
    "textacy": {
        "whole F": 0.270,
        "direct F": 0.721,
        "mixed F": 0.232,
        "indirect F": 0.003,
        "coded R": 0.220,
        "coded P": 0.474,
        "words a second": 2340,
    },
    "sayswho": {
        "whole F": 0.283,
        "direct F": 0.752,
        "mixed F": 0.0,
        "indirect F": 0.0,
        "coded R": 0.220,
        "coded P": 0.500,
    },
    "Citron": {
        "whole F": 0.548,
        "direct F": 0.722,
        "mixed F": 0.649,
        "indirect F": 0.464,
        "spans source": 64.1,
        "spans cue": 52.3,
        "spans content": 48.5,
        "coded R": 0.537,
        "coded P": 0.676,
        "words a second": 940,
    },
    "GenderGapTracker": {
        "whole F": 0.419,
        "direct F": 0.512,
        "mixed F": 0.564,
        "indirect F": 0.339,
        "spans source": 56.9,
        "spans cue": 48.8,
        "spans content": 46.1,
        "coded R": 0.463,
        "coded P": 0.760,
        "words a second": 2000,
    },
    "CofeNet BERT": {"spans source": 83.2, "spans cue": 75.3, "spans content": 72.9},
}


def short_of(figures: Figures, *, known: Mapping[str, bool]) -> tuple[Measure, ...]:
    """The measures whose limit does not hold; what was not measured is not among them.

    known: by what a measure needs, whether it was measured on a development part.
    """
    return tuple(
        measure
        for measure in MEASURES
        if measure.key in figures and not measure.holds(figures[measure.key], known=known.get(measure.needs, True))
    )
