"""`winset power`: how much a rule lets each member decide."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import completing, inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, one_line
from winset.errors import BadCase, CannotWrite

if TYPE_CHECKING:
    from winset.decisions.rule import DecisionRule
    from winset.decisions.simple_games.estimates import Estimate
    from winset.decisions.simple_games.game import SimpleGame
    from winset.ids import ActorId
    from winset.issues import Seat

MAIN = ("shapley-shubik", "banzhaf", "penrose", "coleman-prevent", "coleman-initiate")
TERNARY = ("ternary-shapley-shubik", "ternary-banzhaf", "ternary-penrose")
ESTIMATED = ("shapley-shubik", "penrose")
NAME = 40  # characters of a member's name in the table
FIGURES = 6  # after the point, in the table
WRITTEN = 40  # digits of a denominator up to which JSON has the fraction itself

Game = Annotated[
    str | None,
    typer.Argument(
        metavar="[GAME]",
        help='A rule with its members: "[39; 7x5, 1x10]", "[3; Ann=2, Ben=1, Cy=1]"; several joined by "and", "or".',
        show_default=False,
    ),
]
Body = Annotated[
    str | None,
    typer.Option(
        "--body",
        metavar="NAME",
        help="The members of that body, in place of a GAME.",
        show_default=False,
        autocompletion=completing.bodies,
    ),
]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day, YYYY-MM-DD.  [default: today]", show_default=False)
]
Rule = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        help="A name that `winset methods` lists, or own words: '55% of members and 65% of population'."
        "  [default: the body's own]",
        show_default=False,
        autocompletion=completing.rules,
    ),
]
Index = Annotated[
    list[str] | None,
    typer.Option(
        "--index",
        metavar="ID,...",
        help=f"Which indices; `winset methods` lists them. May be repeated.  [default: {', '.join(MAIN)}]",
        show_default=False,
        autocompletion=completing.indices,
    ),
]
Ternary = Annotated[
    bool, typer.Option("--ternary", help="With abstention: members say yes, abstain or say no, as the rule counts it.")
]
Samples = Annotated[
    int | None,
    typer.Option(
        "--samples",
        metavar="N",
        help=f"Estimate {' and '.join(ESTIMATED)} from so many random draws, with standard errors, where no exact"
        " count is possible.",
        show_default=False,
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the random draws.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="A chart of the first index goes there: .svg."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """One index of a game."""

    id: str
    source: str
    shares: Mapping[ActorId, Fraction | float | Estimate]

    def value(self, player: ActorId) -> float:
        share = self.shares[player]
        return float(share) if isinstance(share, (Fraction, float)) else share.value

    def error(self, player: ActorId) -> float | None:
        share = self.shares[player]
        return None if isinstance(share, (Fraction, float)) else share.std_error


def power(
    game: Game = None,
    *,
    body: Body = None,
    on: On = None,
    rule: Rule = None,
    index: Index = None,
    ternary: Ternary = False,
    samples: Samples = None,
    seed: Seed = 0,
    registry: inputs.Registries = None,
    json: inputs.AsJson = False,
    output: Output = None,
) -> int:
    """How much a rule lets each member decide. Indices of voting power, exact, of any and/or of weighted votes.

    For example:

    winset power "[39; 7x5, 1x10]"

    winset power --body eu-council --on 2019-01-01 --index banzhaf --json

    winset power --body unsc --ternary -o power.svg
    """
    from winset.decisions.simple_games.of_rule import game_of

    if output is not None and Path(output).suffix.lower() != ".svg":
        raise CannotWrite(f"{output}: end its name with .svg, or use --json for JSON on stdout")
    wanted = _wanted(index, ternary=ternary, samples=samples)
    title, decided = _asked(game, body=body, on=on, rule=rule, registry=registry)
    counted = game_of(decided)
    found = [_measured(id, counted, samples=samples, seed=seed) for id in wanted]
    whole = _whole(counted, wanted) if samples is None else {}
    if output is not None:
        from winset.cli.power_chart import chart

        first = found[0]
        bars = [(seat.name, first.value(seat.actor_id)) for seat in _in_order(decided.seats, first)]
        with outputs.output(output) as write:
            write(chart(f"{title}: {first.id}", bars))
    with outputs.output(outputs.STDOUT) as write:
        if json:
            told = _as_dict(title, decided, counted, found, whole)
            write(json_format.dumps(of_schema("power", told), ensure_ascii=False, indent=1) + "\n")
        else:
            lines = [*_lines(title, decided, counted, found, whole), *([f"chart: {output}"] if output else [])]
            write("".join(f"{one_line(line).rstrip()}\n" for line in lines))
    return FINE


def _wanted(given: Sequence[str] | None, *, ternary: bool, samples: int | None) -> tuple[str, ...]:
    """The indices asked for, each once.  Raises UnknownMethod, BadCase."""
    from winset.decisions.power import INDICES

    names = [name.strip() for part in given or () for name in part.split(",")]
    if "" in names:
        raise BadCase("--index: an empty name: write ID, or ID,ID; `winset methods` lists them")
    found = tuple(dict.fromkeys(INDICES[name].id for name in names))
    if samples is None:
        return (*found, *(id for id in TERNARY if ternary and id not in found)) or MAIN
    beyond = [id for id in found if id not in ESTIMATED] or (["--ternary"] if ternary else [])
    if beyond:
        raise BadCase(f"--samples with {beyond[0]}: only {' and '.join(ESTIMATED)} are estimated; leave one out")
    return found or ESTIMATED


def _asked(
    game: str | None, *, body: str | None, on: str | None, rule: str | None, registry: Sequence[str] | None
) -> tuple[str, DecisionRule]:
    """What is measured, in words, and the rule with its members.

    Raises BadCase, BadQuota, UnknownBody, UnknownMethod, BadDate, NotYetFounded.
    """
    from winset.decisions.rule_expressions import read_rule

    if game is not None:
        for option, value in (("--body", body), ("--on", on), ("--rule", rule), ("--registry", registry)):
            if value:
                raise BadCase(f"{game}: is a rule with its members already: leave out {option}, or leave out the game")
        return game.strip(), read_rule(game)
    if body is None:
        raise BadCase('nothing to measure: write a game, as in "[39; 7x5, 1x10]", or --body NAME')
    from winset.actors.rolls import roll
    from winset.exchange.position_cases import rule_maker

    found = roll(body, inputs.known(registry), on=inputs.day(on))
    its_rule = rule or (found.body.rule_on(found.on) if found.body else "")
    if not its_rule:
        raise BadCase(f"{found.name}: has no rule of its own: write --rule NAME, or in words")
    seats = tuple(sitting.seat for sitting in found.members)
    return f"{found.name} ({found.key}) on {found.on}", rule_maker(its_rule)(seats)


def _measured(id: str, game: SimpleGame, *, samples: int | None, seed: int) -> _Measured:
    from winset.decisions.power import INDICES
    from winset.decisions.simple_games.estimates import estimated_penrose, estimated_shapley_shubik

    index = INDICES[id]
    if samples is None:
        return _Measured(id=id, source=index.source, shares=index(game))
    estimated = estimated_penrose if id == "penrose" else estimated_shapley_shubik
    return _Measured(id=id, source=index.source, shares=estimated(game, samples=samples, seed=seed))


def _whole(game: SimpleGame, wanted: Sequence[str]) -> dict[str, int]:
    """How many coalitions, or divisions with abstention, win; of how many."""
    from winset.decisions.simple_games.abstentions import divisions
    from winset.decisions.simple_games.swings import swings_in_all
    from winset.errors import Uncountable

    told: dict[str, int] = {}
    try:
        if any(id not in TERNARY for id in wanted):
            counted = swings_in_all(game)
            told |= {"winning": counted.winning, "coalitions": counted.coalitions}
        if any(id in TERNARY for id in wanted):
            told |= {"adopting": divisions(game).adopting, "divisions": 3 ** len(game.players)}
    except Uncountable:  # an index that could be counted without them was asked for
        return told
    return told


def _in_order(seats: Sequence[Seat], by: _Measured) -> list[Seat]:
    """The most powerful first, else as given."""
    return sorted(seats, key=lambda seat: -by.value(seat.actor_id))


def _lines(
    title: str, rule: DecisionRule, game: SimpleGame, found: Sequence[_Measured], whole: dict[str, int]
) -> Iterator[str]:
    yield f"{title}: {len(rule.seats)} members" if not title.startswith("[") else title
    if not title.startswith("["):
        yield f"Rule: {rule.name}  [{rule.source}]"
    if "winning" in whole:
        acting = whole["winning"] / whole["coalitions"]
        many = f"{_large(whole['winning'])} of {_large(whole['coalitions'])}"
        yield f"Winning coalitions: {many}; power to act {acting:.6g}"
    if "adopting" in whole:
        acting = whole["adopting"] / whole["divisions"]
        many = f"{_large(whole['adopting'])} of {_large(whole['divisions'])}"
        yield f"With abstention: {many} divisions adopt ({acting:.6g})"
    if any(each.error(game.players[0]) is not None for each in found):
        yield "Estimates from random draws, with their standard errors: no exact count"
    rows = list(_rows(rule.seats, game, found))
    width = max(6, *(len(name) for name, _ in rows))
    yield "  ".join([f"{'member':<{width}}", *(f"{each.id:>{_column(each, game)}}" for each in found)])
    for name, player in rows:
        cells = (f"{_cell(each, player):>{_column(each, game)}}" for each in found)
        yield "  ".join([f"{name:<{width}}", *cells])


def _rows(seats: Sequence[Seat], game: SimpleGame, found: Sequence[_Measured]) -> Iterator[tuple[str, ActorId]]:
    """What a row is called, and the member whose figures it has; unnamed players of the same weights share one."""
    alike: dict[tuple[Any, ...], list[Seat]] = {}
    quotas = [quota for way in game.ways for quota in way]
    place = {player: number for number, player in enumerate(game.players)}
    for seat in _in_order(seats, found[0]):
        at = place[seat.actor_id]
        shared = seat.name == f"player {at + 1}" and found[0].error(seat.actor_id) is None
        kind: tuple[Any, ...] = tuple(quota.weights[at] for quota in quotas) if shared else (seat.actor_id,)
        alike.setdefault(kind, []).append(seat)
    for group in alike.values():
        first, last = group[0].name, group[-1].name
        name = first if len(first) <= NAME else f"{first[: NAME - 1].rstrip()}…"
        if len(group) > 1:
            name = f"{len(group)} players, {first.removeprefix('player ')} to {last.removeprefix('player ')}"
        yield name, group[0].actor_id


def _column(measured: _Measured, game: SimpleGame) -> int:
    return max(len(measured.id), *(len(_cell(measured, player)) for player in game.players))


def _cell(measured: _Measured, player: ActorId) -> str:
    value, error = measured.value(player), measured.error(player)
    shown = f"{value:.{FIGURES}f}" if value == 0 or value >= 10 ** -(FIGURES - 2) else f"{value:.3e}"
    return shown if error is None else f"{shown} ± {error:.{FIGURES}f}"


def _large(number: int) -> str:
    """All digits of a count that can be read, else its size.

    >>> _large(30415198), _large(2**193)
    ('30,415,198', '1.255e+58')
    """
    return f"{number:,}" if number < 10**15 else f"{float(number):.3e}"


def _as_dict(
    title: str, rule: DecisionRule, game: SimpleGame, found: Sequence[_Measured], whole: dict[str, int]
) -> dict[str, Any]:
    from winset.decisions.simple_games.swings import swings_in_all

    told: dict[str, Any] = {
        "game": title,
        "rule": {"id": rule.id, "name": rule.name, "source": rule.source},
        # exact counts are text: readers of JSON round large numbers
        **{name: str(number) for name, number in whole.items()},
    }
    if "winning" in whole:
        told["power_to_act"] = whole["winning"] / whole["coalitions"]
        told["swings"] = dict(zip(game.players, map(str, swings_in_all(game).swings), strict=True))
    told["indices"] = [
        {
            "id": each.id,
            "source": each.source,
            "estimate": each.error(game.players[0]) is not None,
            "members": [_member(each, seat) for seat in rule.seats],
        }
        for each in found
    ]
    return told


def _member(measured: _Measured, seat: Seat) -> dict[str, Any]:
    share = measured.shares[seat.actor_id]
    told: dict[str, Any] = {"actor_id": seat.actor_id, "name": seat.name, "value": measured.value(seat.actor_id)}
    if (error := measured.error(seat.actor_id)) is not None:
        return told | {"std_error": error}
    exact = isinstance(share, Fraction) and len(str(share.denominator)) <= WRITTEN
    return told | {"exact": str(share) if exact else None}
