"""`winset backtest`: how the forecast models do on decisions with known outcomes."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import completing, inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, counted, one_line
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.decisions.backtest import Backtest, Score

Folder = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="A folder with issues.csv and positions.csv.", show_default=False),
]
FitOn = Annotated[
    Path | None,
    typer.Option(
        "--fit",
        metavar="OTHER_DIR",
        help="Learn error and default there and only test on DIR.  [default: DIR, each proposal without itself]",
        show_default=False,
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        metavar="ID,...",
        help="Only these, beside default and compromise.",
        show_default=False,
        autocompletion=completing.models,
    ),
]
Draws = Annotated[
    int, typer.Option("--draws", metavar="N", min=0, help="Of the positions, for intervals of inputs alone; 0: none.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of draws and resamples.")]
Out = Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write it there instead of stdout.")]


def backtest(
    folder: Folder,
    *,
    fit: FitOn = None,
    model: Models = None,
    draws: Draws = 50,
    seed: Seed = 0,
    json: inputs.AsJson = False,
    output: Out = outputs.STDOUT,
) -> int:
    """How forecasts do on decisions with known outcomes. Error, and what their intervals cover.

    For example:

    winset backtest deu3

    winset backtest kept-back --fit deu3 --model exchange,condorcet --json
    """
    from winset.decisions.backtest import backtest as tested
    from winset.exchange.deu_files import read_agendas

    named = [id.strip() for each in model or () for id in each.split(",") if id.strip()]
    if model and not named:
        raise BadCase("--model names none: write it as in --model exchange,condorcet")
    with outputs.output(output, sources=_sources(folder, fit)) as write:
        found = tested(
            read_agendas(folder),
            models=named or None,
            fit=read_agendas(fit) if fit else None,
            draws=draws,
            seed=seed,
        )
        if json:
            write(json_format.dumps(_as_dict(found), ensure_ascii=False, indent=1) + "\n")
        else:
            write("".join(f"{one_line(line).rstrip()}\n" for line in _lines(found)))
    return FINE


def _sources(*folders: Path | None) -> list[str]:
    return [str(folder / name) for folder in folders if folder for name in ("issues.csv", "positions.csv")]


def _lines(found: Backtest) -> Iterator[str]:
    yield (
        f"{counted(found.issues, 'decided issue')} of {counted(found.proposals, 'proposal')}; "
        f"error and default learned from {found.fitted_on}."
    )
    yield ""
    wide = max(len(score.model) for score in found.scores)
    drawn = "   of drawn positions" if found.draws else ""
    yield f"{'':<{wide}}          mean   difference to the      within   80% interval{drawn}"
    yield f"{'model':<{wide}}    n    error  compromise [95%]     5 points  held  width" + (
        "  held  width" if found.draws else ""
    )
    for score in found.scores:
        yield _line(score, wide)
    yield ""
    yield "The default's 80% intervals, by group:"
    for group in found.groups:
        yield f"  {counted(group.n, 'issue'):>11}  held {group.coverage:4.0%}  width {group.width:3.0f}  {group.group}"
    if found.draws:
        yield (
            f"Intervals of drawn positions ({found.draws} draws, standard deviation {found.position_error:g}) leave out"
            " the model's error."
        )


def _line(score: Score, wide: int) -> str:
    interval = f"[{score.difference_low:.1f}, {score.difference_high:.1f}]"
    line = (
        f"{score.model:<{wide}}  {score.n:4}  {score.error:5.1f}  {score.difference:+6.1f} {interval:<14}"
        f"  {score.within_five:7.0%}  {score.coverage:4.0%}  {score.width:5.1f}"
    )
    if score.input_coverage is None or score.input_width is None:
        return line
    return f"{line}  {score.input_coverage:4.0%}  {score.input_width:5.1f}"


def _as_dict(found: Backtest) -> dict[str, Any]:
    return of_schema("backtest", asdict(found))
