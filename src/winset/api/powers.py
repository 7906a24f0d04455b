"""How much a rule lets each member decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from winset.api.days import day
from winset.api.frames import NAME, Frame, as_dicts, maker_of, taken_apart
from winset.errors import BadTable
from winset.ids import ActorId
from winset.issues import Seat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winset.decisions.rule import DecisionRule

INDICES = ("shapley-shubik", "banzhaf", "penrose", "coleman-prevent", "coleman-initiate")


def power(
    game: str | Frame | None = None,
    *,
    rule: str | None = None,
    body: str | None = None,
    on: date | str | None = None,
    indices: Iterable[str] = INDICES,
    exact: bool = False,
    library: str | None = None,
) -> Frame:
    """The power of each member: a row for each, a column for each index.

    game: "[39; 7x5, 1x10]"; or a frame with a column actor and one for each weight that `rule` speaks of; or nothing,
    with a body and a day.  rule: a name of `rules()` or words; for a body its own where None.
    exact: fractions in place of floats.  library: "pandas", "polars" or "pyarrow", for a game in words or a body;
    without it a list of dicts comes back.  Raises BadQuota, BadTable, UnknownMethod, UnknownBody.

    >>> [row["actor"] for row in power("[3; A=2, B=1, C=1]", indices=["banzhaf"]) if row["banzhaf"] > 0.5]
    ['A']
    """
    from winset.decisions.power import INDICES as FAMILY
    from winset.decisions.simple_games.of_rule import game_of

    chosen = [FAMILY[name] for name in ((indices,) if isinstance(indices, str) else indices)]
    make = maker_of(library) if library else as_dicts
    if game is not None and body is not None:
        raise BadTable("a game and a body at once: leave out one of them")
    if body is not None:
        asked = _of_body(body, rule, day(on))
    elif isinstance(game, str):
        if rule is not None:
            raise BadTable(f"the game {game!r} is a rule itself: leave out rule={rule!r}")
        asked = _in_words(game)
    elif game is not None:
        header, columns, made = taken_apart(game)
        make = maker_of(library) if library else made
        asked = _of_frame(header, columns, rule)
    else:
        raise BadTable('nothing to measure: give a game such as "[39; 7x5, 1x10]", a frame, or body=')
    counted = game_of(asked)
    found = {each.id: each(counted) for each in chosen}
    return make(
        [
            {
                "actor": seat.name,
                **{
                    id: shares[seat.actor_id] if exact else float(shares[seat.actor_id]) for id, shares in found.items()
                },
            }
            for seat in asked.seats
        ]
    )


def _in_words(game: str) -> DecisionRule:
    from winset.decisions.rule_expressions import read_rule

    return read_rule(game)


def _of_body(body: str, rule: str | None, on: date) -> DecisionRule:
    from winset.actors.registry import registry
    from winset.exchange.position_cases import rule_maker

    known = registry()
    return rule_maker(rule or known.body_rule(body, on))(known.seats(body, on))


def _of_frame(header: Sequence[str], columns: Sequence[Sequence[object]], rule: str | None) -> DecisionRule:
    """Every further column of numbers is a vector of weights; that of votes is the seats' own."""
    from winset.exchange.position_cases import rule_maker, whole_weights
    from winset.exchange.position_cells import NoNumber, is_empty, number
    from winset.exchange.position_tables import column_name

    if rule is None:
        raise BadTable(f"{NAME}: no rule: say by which one with rule='2/3 of votes'")
    held = {column_name(title): cells for title, cells in zip(header, columns, strict=True)}
    if "actor" not in held:
        raise BadTable(f"{NAME}, actor: the column is missing; there are {', '.join(header)}")
    actors = ["" if is_empty(cell) else " ".join(str(cell).split()) for cell in held.pop("actor")]
    mistakes = []
    for row, actor in enumerate(actors):
        if not actor or actor in actors[:row]:
            mistakes.append(f"{NAME} row {row}, actor: {f'{actor!r} stands twice' if actor else 'is empty'}")
    vectors: dict[str, list[int]] = {}
    for column, cells in held.items():
        numbers = []
        for row, cell in enumerate(cells):
            try:
                value = number(cell)
            except NoNumber as reason:
                mistakes.append(f"{NAME} row {row}, {column}: {reason}; allowed is 0 or more")
                continue
            if value < 0:
                mistakes.append(f"{NAME} row {row}, {column}: is {float(value):g}: allowed is 0 or more")
            numbers.append(value)
        if not mistakes:
            vectors[column] = whole_weights(numbers) if numbers else []
    if mistakes:
        raise BadTable(*mistakes)
    votes = vectors.pop("votes", [1] * len(actors))
    return rule_maker(rule)(
        tuple(
            Seat(
                actor_id=ActorId(actor),
                name=actor,
                votes=votes[row],
                weights=tuple((name, weights[row]) for name, weights in vectors.items()),
            )
            for row, actor in enumerate(actors)
        )
    )
