"""The fit that winset ships: what was learned from decisions of the past, and how well every model did on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from winset.decisions.backtest.smoothing import PULLS, Smoothing
from winset.decisions.backtest.types import Score

FILE = "shipped_fit.json"  # made by training/forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """How far one group's intervals are opened, and what share of decided outcomes such intervals held."""

    group: str
    n: int  # issues that the opening rests on, and of the group itself
    by: float  # mass of the distribution for the default, points of the scale for any other model
    own_n: int
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Everything that a forecast takes from decisions of the past. No decision itself is in it."""

    source: str  # key in docs/bibliography.bib
    made_from: str  # in words, with licence
    proposals: int
    issues: int
    rules: tuple[str, ...]  # ids of those decided under
    actors: tuple[int, int]  # fewest and most on record on one issue
    smoothing: Smoothing
    opened: Mapping[str, Mapping[float, Mapping[str, Opened]]]  # by model, nominal share and group
    scores: tuple[Score, ...]


@cache
def shipped() -> Fit:
    """As shipped."""
    import json
    import pkgutil

    return from_json(json.loads(pkgutil.get_data("winset.decisions.backtest", FILE) or b"{}"))


def from_json(told: Mapping[str, Any]) -> Fit:
    """The fit of what `as_json` told."""
    return Fit(
        source=told["source"],
        made_from=told["made_from"],
        proposals=told["proposals"],
        issues=told["issues"],
        rules=tuple(told["rules"]),
        actors=(told["actors"][0], told["actors"][1]),
        smoothing=Smoothing(strength=told["strength"], pulls=tuple(told["pulls"][name] for name in PULLS)),
        opened={
            model: {float(nominal): {row["group"]: Opened(**row) for row in rows} for nominal, rows in by.items()}
            for model, by in told["opened"].items()
        },
        scores=tuple(Score(**row) for row in told["scores"]),
    )


def as_json(fit: Fit, *, digits: int = 4) -> dict[str, Any]:
    """The fit in plain values, numbers rounded to so many decimals."""
    from dataclasses import asdict

    told = {
        "source": fit.source,
        "made_from": fit.made_from,
        "proposals": fit.proposals,
        "issues": fit.issues,
        "rules": list(fit.rules),
        "actors": list(fit.actors),
        "strength": fit.smoothing.strength,
        "pulls": dict(zip(PULLS, fit.smoothing.pulls, strict=True)),
        "opened": {
            model: {f"{nominal:g}": [asdict(row) for row in rows.values()] for nominal, rows in by.items()}
            for model, by in fit.opened.items()
        },
        "scores": [asdict(score) for score in fit.scores],
    }
    rounded: dict[str, Any] = _rounded(told, digits)
    return rounded


def _rounded(value: Any, digits: int) -> Any:
    if isinstance(value, float):
        return round(value, digits)
    if isinstance(value, Mapping):
        return {name: _rounded(each, digits) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(each, digits) for each in value]
    return value
