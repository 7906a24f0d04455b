"""`winset decide`: what the rule makes of the positions, from a table of numbers or from a case."""

from __future__ import annotations

import contextlib
import json as json_format
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import completing, inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, one_line, say
from winset.errors import BadCase, BadTable, CannotWrite
from winset.store.addresses import place

if TYPE_CHECKING:
    from fractions import Fraction

    from winset.exchange.position_cases import Question
    from winset.exchange.position_tables import Reading

TABLE, CASE = "Of a table", "Of a kept case"

Source = Annotated[
    str,
    typer.Argument(
        metavar="FILE|CASE",
        help="A table (CSV) of actor, issue, position, salience, capability and, if known, std_error; - for stdin."
        " Or a case: a kept one, or a case file (.yaml) with its documents.",
        show_default=False,
    ),
]
Rule = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        help="A name that `winset methods` lists, or own words: '2/3 of capability', '55% of members and 65% of"
        " population'.  [default: the body's own; without a body consensus, which is then told]",
        show_default=False,
        autocompletion=completing.rules,
    ),
]
Body = Annotated[
    str | None,
    typer.Option(
        "--body",
        metavar="NAME",
        help="Whose members vote; others are outsiders.",
        rich_help_panel=TABLE,
        autocompletion=completing.bodies,
    ),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Day of decision, YYYY-MM-DD.  [default: a case's own, else today]"),
]
OneIssue = Annotated[
    str | None,
    typer.Option(
        "--issue",
        metavar="NAME",
        help="Only this one, told in full; of a table without that column, the issue it is about.",
        rich_help_panel=TABLE,
    ),
]
Proposals = Annotated[
    list[str] | None,
    typer.Option(
        "--proposal",
        metavar="[ISSUE=]NUMBER",
        help="Where the proposal stands on the scale. May be repeated.  [default: the column, else the upper end]",
        show_default=False,
        rich_help_panel=TABLE,
    ),
]
StatusQuos = Annotated[
    list[str] | None,
    typer.Option(
        "--status-quo",
        metavar="[ISSUE=]NUMBER",
        help="Where things stand without it. May be repeated.  [default: the column, else the lower end]",
        show_default=False,
        rich_help_panel=TABLE,
    ),
]
Options = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        metavar="LABEL=NUMBER",
        help="A further place on the scale to be put to the vote. May be repeated.",
        show_default=False,
        rich_help_panel=TABLE,
    ),
]
Outsiders = Annotated[
    list[str] | None,
    typer.Option(
        "--outsiders",
        metavar="NAME,...",
        help="Actors that bargain and have no vote. May be repeated.",
        show_default=False,
        rich_help_panel=TABLE,
    ),
]
OnScale = Annotated[str, typer.Option("--scale", metavar="LOW..HIGH", help="Of the positions.", rich_help_panel=TABLE)]
SalienceOutOf = Annotated[
    str, typer.Option("--salience-out-of", metavar="NUMBER", help="The highest salience.", rich_help_panel=TABLE)
]
Salience = Annotated[
    str | None,
    typer.Option(
        "--salience", metavar="NUMBER", help="Of all rows, where the table has no such column.", rich_help_panel=TABLE
    ),
]
Capability = Annotated[
    str | None,
    typer.Option(
        "--capability",
        metavar="NUMBER",
        help="Of all actors, where the table has no such column.",
        rich_help_panel=TABLE,
    ),
]
Cost = Annotated[
    str,
    typer.Option(
        "--cost-of-objecting",
        metavar="NUMBER",
        help="Loss a member bears before it says no: points of the scale times salience.",
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        metavar="ID,...",
        help="Models of bargaining to set beside it; `winset methods` lists them. May be repeated.",
        show_default=False,
        autocompletion=completing.models,
    ),
]
WhatIf = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        metavar="CHANGE",
        help="The answer if it were otherwise: 'France=60', 'France=20..80', 'France.salience=0.2', 'France=abstain',"
        " 'France=out', 'cost=5', 'proposal=70'; several at once parted by ';'. May be repeated.",
        show_default=False,
    ),
]
Scenario = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        help="A what-if that the case keeps under a name. May be repeated.",
        show_default=False,
        rich_help_panel=CASE,
    ),
]
Scenarios = Annotated[
    bool, typer.Option("--scenarios", help="List the what-ifs that the case keeps.", rich_help_panel=CASE)
]
Keep = Annotated[
    str | None,
    typer.Option("--keep", metavar="NAME", help="Keep the what-if in the case under a name.", rich_help_panel=CASE),
]
Drop = Annotated[
    str | None,
    typer.Option("--drop", metavar="NAME", help="Keep the what-if of that name no longer.", rich_help_panel=CASE),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who keeps or drops it.  [default: your login name]", rich_help_panel=CASE
    ),
]
Draws = Annotated[int, typer.Option("--draws", min=1, max=10_000_000, help="Random draws.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the random draws.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="A chart of the answer goes there: .svg.")
]


def decide(
    source: Source,
    *,
    rule: Rule = None,
    body: Body = None,
    on: On = None,
    issue: OneIssue = None,
    proposal: Proposals = None,
    status_quo: StatusQuos = None,
    option: Options = None,
    outsiders: Outsiders = None,
    scale: OnScale = "0..100",
    salience_out_of: SalienceOutOf = "1",
    salience: Salience = None,
    capability: Capability = None,
    cost_of_objecting: Cost = "0",
    model: Models = None,
    what_if: WhatIf = None,
    scenario: Scenario = None,
    scenarios: Scenarios = False,
    keep: Keep = None,
    drop: Drop = None,
    by: By = None,
    draws: Draws = 20_000,
    seed: Seed = 0,
    estimator: inputs.Estimator = None,
    as_of: inputs.AsOf = None,
    json: inputs.AsJson = False,
    output: Output = None,
) -> int:
    """What the rule makes of the positions. Who blocks, what passes, whose vote flips it, what it would take.

    FILE is a table and needs no document; CASE is decided from the positions that its documents give.

    For example:

    winset decide positions.csv --rule consensus --proposal 80 --status-quo 20

    winset decide positions.csv --body eu-council --on 2019-01-01 --issue quota --json

    winset decide tokyo.winset --what-if "Germany=20..80" --what-if "France=abstain" -o chart.svg

    winset decide tokyo.winset --what-if "France=60; cost=5" --keep "France moves"

    winset decide tokyo.winset --scenario "France moves"
    """
    from winset.cli.decide_scenarios import CaseAsked
    from winset.exchange import what_ifs
    from winset.exchange.answers import answered, answered_if, as_dict
    from winset.exchange.supposed import Supposed

    of_case = inputs.is_case_file(source) or inputs.is_kept_case(source)
    if scenarios or drop is not None:
        return _scenarios(source, drop=drop, by=by, json=json)
    if output is not None and Path(output).suffix.lower() != ".svg":
        raise CannotWrite(f"{output}: end its name with .svg, or use --json for JSON on stdout")
    models = _models(model)
    status = FINE
    with contextlib.ExitStack() as opened:
        write = opened.enter_context(outputs.output(output, sources=[source])) if output else None
        stated = {
            "body": body,
            "issue": issue,
            "proposal": proposal,
            "status-quo": status_quo,
            "option": option,
            "outsiders": outsiders,
            "scale": scale if scale != "0..100" else None,
            "salience-out-of": salience_out_of if salience_out_of != "1" else None,
            "salience": salience,
            "capability": capability,
        }
        case: CaseAsked | None = None
        if of_case:
            given = [f"--{name}" for name, value in stated.items() if value]
            if given:
                raise BadCase(f"{place(source)}: states the case already: leave out {', '.join(given)}")
            supposed = Supposed.told([], rule=rule, on=on, as_of=as_of)
            case = CaseAsked(source, cost=_cost(cost_of_objecting), estimator=inputs.estimator(estimator))
            asked, status = case.question(supposed), case.status
            if keep is not None:
                say(case.keep(keep, what_if or (), supposed, by=by))
        else:
            if estimator is not None or as_of is not None:
                raise BadCase(f"{source}: a table has no documents: leave out --estimator and --as-of")
            if scenario or keep is not None:
                raise BadCase(f"{source}: a table keeps nothing: leave out --scenario and --keep, or take a kept case")
            reading = _reading(
                rule=rule,
                scale=scale,
                salience_out_of=salience_out_of,
                issue=issue,
                salience=salience,
                capability=capability,
            )
            asked = _of_table(
                source,
                reading,
                rule=rule,
                body=body,
                on=on,
                issue=issue,
                outsiders=outsiders or (),
                proposals=proposal or (),
                status_quos=status_quo or (),
                options=option or (),
                cost=cost_of_objecting,
            )
        otherwise = what_ifs.scenarios(what_if or (), asked)
        answer = answered(asked, draws=draws, seed=seed, models=models)
        others = answered_if(asked, otherwise, draws=draws, seed=seed, models=models)
        if case is not None:
            others += case.answers(scenario or (), draws=draws, seed=seed, models=models)
        if write is not None:
            from winset.exchange.decision_chart import chart

            write(chart(answer))
        with outputs.output(outputs.STDOUT) as tell:
            if json:
                values = of_schema("decide", as_dict(answer, others))
                tell(json_format.dumps(values, ensure_ascii=False, indent=1) + "\n")
            else:
                from winset.cli.decide_listing import Listing

                lines = [*Listing(answer, others).lines(), *([f"  chart       {output}"] if output else [])]
                tell("".join(f"{one_line(line)}\n" for line in lines))
    return status


def _scenarios(source: str, *, drop: str | None, by: str | None, json: bool) -> int:
    """Drop one of a case's scenarios, or list them all.  Raises BadCase, UnknownName."""
    from winset.cli import decide_scenarios
    from winset.pipeline.scenarios import kept_scenarios

    if drop is not None:
        say(decide_scenarios.drop(source, drop, by=by))
        return FINE
    with decide_scenarios.opened(source) as store:
        kept = kept_scenarios(store)
    with outputs.output(outputs.STDOUT) as tell:
        if json:
            tell(json_format.dumps(decide_scenarios.scenario_values(kept), ensure_ascii=False, indent=1) + "\n")
        else:
            tell("".join(f"{one_line(line)}\n" for line in decide_scenarios.scenario_lines(kept)))
    return FINE


def _cost(text: str) -> float:
    """Of objecting, on a case's scale.  Raises BadTable."""
    worth = _number("cost-of-objecting", text)
    if worth < 0:
        raise BadTable(f"--cost-of-objecting {text}: is negative: allowed is 0 or more")
    return float(worth)


def _models(given: Sequence[str] | None) -> tuple[str, ...] | None:
    """The models asked for, each once; None where none is.  Raises UnknownMethod, BadCase."""
    if not given:
        return None
    from winset.decisions.models import MODELS

    names = [name.strip() for part in given for name in part.split(",")]
    if "" in names:
        raise BadCase("--model: an empty name: write ID, or ID,ID; `winset methods` lists them")
    return tuple(dict.fromkeys(MODELS[name].id for name in names))


def _reading(
    *,
    rule: str | None,
    scale: str,
    salience_out_of: str,
    issue: str | None,
    salience: str | None,
    capability: str | None,
) -> Reading:
    """How the table is read.  Raises BadTable."""
    from fractions import Fraction

    from winset.exchange.position_tables import Reading, Scale

    low, dots, high = scale.partition("..")
    if not dots:
        raise BadTable(f"--scale {scale}: write its two ends with two dots between, as in 0..100")
    out_of = _number("salience-out-of", salience_out_of)
    if out_of <= 0:
        raise BadTable(f"--salience-out-of {salience_out_of}: allowed is a number above 0")
    every = None if salience is None else _number("salience", salience) / out_of
    if every is not None and not 0 <= every <= 1:
        raise BadTable(f"--salience {salience}: allowed is 0 to {float(out_of):g}")
    power = None if capability is None else _number("capability", capability)
    if power is not None and power < Fraction(0):
        raise BadTable(f"--capability {capability}: allowed is 0 or more")
    return Reading(
        scale=Scale(low=_number("scale", low), high=_number("scale", high)),
        salience_out_of=out_of,
        issue=issue,
        salience=every,
        capability=power,
        rule=rule or "",
    )


def _number(option: str, text: str) -> Fraction:
    from winset.exchange.position_cells import NoNumber, number

    try:
        return number(text)
    except NoNumber as reason:
        raise BadTable(f"--{option} {text}: {reason}") from None


def _of_table(
    source: str,
    reading: Reading,
    *,
    rule: str | None,
    body: str | None,
    on: str | None,
    issue: str | None,
    outsiders: Sequence[str],
    proposals: Sequence[str],
    status_quos: Sequence[str],
    options: Sequence[str],
    cost: str,
) -> Question:
    from winset.exchange.position_cases import Asked, question
    from winset.exchange.position_tables import positions_from, read_positions

    if source == outputs.STDOUT:
        table = positions_from(sys.stdin.buffer, name="stdin", reading=reading)
    else:
        table = read_positions(Path(source), reading)
    asked = Asked(
        rule=rule,
        body=body,
        on=inputs.day(on),
        issue=issue,
        outsiders=tuple(name.strip() for part in outsiders for name in part.split(",") if name.strip()),
        proposals=tuple(proposals),
        status_quos=tuple(status_quos),
        options=tuple(options),
        cost_of_objecting=cost,
    )
    return question(table, asked)
