"""Forecast models against decisions whose outcomes are known."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from winset.api.frames import Frame, Maker, as_dicts, maker_of, taken_apart
from winset.errors import BadTable

if TYPE_CHECKING:
    from winset.decisions.backtest import Agenda

Decisions: TypeAlias = "str | os.PathLike[str] | tuple[Frame, Frame]"


def backtest(
    decisions: Decisions,
    *,
    fit: Decisions | None = None,
    models: Iterable[str] | None = None,
    draws: int = 100,
    position_error: float = 20.0,
    seed: int = 0,
    library: str | None = None,
) -> Frame:
    """How every model does on decided issues, the best first: error, coverage and width of its 80% intervals.

    decisions: a folder with issues.csv and positions.csv, or two such frames; their columns stand in
    docs/reference/position-table.md. fit: where error and learned parts come from; None: from the decisions
    themselves, the proposal in question left out.  models: names of `models()`; None: all that can answer.
    draws: of positions with that standard deviation, to show what intervals from drawn inputs alone would cover.
    library: "pandas", "polars" or "pyarrow", for a folder; without it a list of dicts comes back.
    Raises BadTable with a line for each mistake, BadCase, Missing, UnknownMethod.
    """
    from winset.decisions.backtest import backtest as scored

    agendas, make = _agendas(decisions)
    lessons = None if fit is None else _agendas(fit)[0]
    chosen = None if models is None else tuple((models,) if isinstance(models, str) else models)
    found = scored(agendas, models=chosen, fit=lessons, draws=draws, position_error=position_error, seed=seed)
    return (maker_of(library) if library else make)([asdict(score) for score in found.scores])


def _agendas(decisions: Decisions) -> tuple[tuple[Agenda, ...], Maker]:
    from winset.exchange.deu_files import ISSUES, POSITIONS, read_agendas

    if isinstance(decisions, str | os.PathLike):
        return read_agendas(Path(decisions)), as_dicts
    if not isinstance(decisions, tuple) or len(decisions) != 2:  # noqa: PLR2004 - issues and positions
        raise BadTable(f"{type(decisions).__name__} is no set of decisions: give a folder, or (issues, positions)")
    make: Maker = as_dicts
    with tempfile.TemporaryDirectory(prefix="winset-") as folder:  # one reader for files and frames
        for name, frame in zip((ISSUES, POSITIONS), decisions, strict=True):
            header, columns, make = taken_apart(frame)
            _write(Path(folder) / name, header, columns)
        return read_agendas(Path(folder)), make


def _write(path: Path, header: list[str], columns: Iterable[Iterable[object]]) -> None:
    from winset.exchange.position_cells import is_empty

    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for cells in zip(*columns, strict=True):
            writer.writerow(["" if is_empty(cell) else cell for cell in cells])
