"""Forecasts on decisions with known outcomes: error of the default, coverage and width of its intervals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.decisions.rows import Row

from winset.decisions.backtest import DEFAULT, backtest
from winset.exchange.deu_files import read_agendas

FOLDER = "decision/deu3"
LEAST_COVERED, MOST_COVERED, WIDEST = 0.78, 0.82, 66.0


def rows(data: Path, peers: Path | None) -> Iterator[Row]:  # noqa: ARG001 - no peer has a package for this
    """Every model's error, each proposal left out of what is learned; then the default's intervals."""
    table = backtest(read_agendas(data / FOLDER), draws=0)
    ours, compromise = table.score(DEFAULT), table.score("compromise")
    if ours is None or compromise is None:
        raise ValueError(f"{FOLDER}: no decided issue")
    for score in table.scores:
        interval = f"difference {score.difference:+.2f} [{score.difference_low:.2f}, {score.difference_high:.2f}]"
        default = score.model == DEFAULT
        yield Row(
            what=f"DEU, mean absolute error, {score.model}, {score.n} issues",
            ours=score.error,
            unit="points",
            must="at most the compromise's (aim 1.5 below, interval without 0)" if default else "shown only",
            holds=score.error <= compromise.error if default else True,
            peer=None if default or score.model == "compromise" else compromise.error,
            peer_name="" if default else "compromise",
            remark=f"{interval}; 80% intervals held {score.coverage:.1%}, width {score.width:.1f}",
        )
    yield Row(
        what=f"DEU, coverage of 80% intervals, {DEFAULT}",
        ours=100 * ours.coverage,
        unit="%",
        must="78 to 82%",
        holds=LEAST_COVERED <= ours.coverage <= MOST_COVERED,
    )
    yield Row(
        what=f"DEU, mean width of 80% intervals, {DEFAULT}",
        ours=ours.width,
        unit="points",
        must="under 66 (aim 55)",
        holds=ours.width < WIDEST,
    )
