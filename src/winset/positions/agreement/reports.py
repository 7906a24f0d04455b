"""Agreement on each variable that people code: among them, pair by pair, and of the machine with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from winset.ids import StatementId
from winset.positions.agreement import COEFFICIENTS
from winset.positions.agreement.alpha import alpha_of_value
from winset.positions.agreement.bootstrap import Spread, bootstrap
from winset.positions.agreement.reliability import Code, Reliability, reliability
from winset.positions.rulings import MACHINE, PROPOSAL_ITSELF, SIDES, WORDS, Codes, Ruling, joint
from winset.positions.types import Stance, Voice

PEOPLE = "people"
PAIR = 2
YES_NO = ("no", "yes")
MOST_VALUES = 12  # of a variable, for which each value is told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """What is coded, on which scale, and by which coefficients agreement on it is told."""

    name: str
    read: Callable[[Codes], Code | None]
    order: tuple[Code, ...] = ()  # of its scale, where it is one of words
    alphas: tuple[str, ...] = ("alpha-nominal",)  # ids in COEFFICIENTS, for any number of coders
    kappas: tuple[str, ...] = ("kappa",)  # the same, for two


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One coefficient."""

    coefficient: str  # id in COEFFICIENTS
    value: float | None  # None: not defined, nothing varies
    spread: Spread | None = None  # of an alpha


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far some coders agree on one variable."""

    variable: str
    coders: tuple[str, ...]
    units: int  # statements that two of them or more have coded
    figures: tuple[Figure, ...]
    values: tuple[tuple[str, int, float | None], ...] = ()  # each code: how often it was given, its own alpha


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Agreement on all variables that anybody coded."""

    coders: tuple[str, ...]
    statements: int  # coded by anybody
    shared: int  # coded by two people or more
    people: tuple[Agreement, ...]  # all coders together
    pairs: tuple[Agreement, ...]  # two of them, by kappa
    machine: tuple[Agreement, ...]  # the machine and the people, joined by the rule for several coders
    machine_pairs: tuple[Agreement, ...]  # the machine and each of them
    seed: int


def _number(name: str, codes: Codes) -> Code | None:
    value: float | None = getattr(codes, name)
    return None if value is None else round(value, 9)


def _yes(name: str, codes: Codes) -> Code | None:
    value: bool | None = getattr(codes, name)
    return None if value is None else YES_NO[value]


def _rung(codes: Codes) -> Code | None:
    return "proposal" if codes.rung == PROPOSAL_ITSELF else codes.rung


_NUMERIC = ("alpha-ordinal", "alpha-interval")
_WEIGHTED = ("kappa-linear", "kappa-quadratic")
VARIABLES = (
    Variable(name="stance", read=lambda codes: codes.word, order=WORDS),
    Variable(name="side", read=lambda codes: SIDES.get(codes.word or ""), alphas=_NUMERIC, kappas=_WEIGHTED),
    Variable(name="direction", read=partial(_number, "direction"), alphas=_NUMERIC, kappas=_WEIGHTED),
    Variable(name="firmness", read=partial(_number, "firmness"), alphas=(*_NUMERIC, "alpha-ratio"), kappas=_WEIGHTED),
    Variable(name="hedged", read=partial(_yes, "hedged"), order=YES_NO),
    Variable(name="conditional", read=partial(_yes, "conditional"), order=YES_NO),
    Variable(name="voice", read=lambda codes: codes.voice.value if codes.voice else None, order=tuple(map(str, Voice))),
    Variable(name="rung", read=_rung),
    Variable(name="relevance", read=partial(_number, "relevance"), alphas=_NUMERIC, kappas=_WEIGHTED),
    Variable(name="actor", read=lambda codes: codes.actor),
)


def report(
    held: Mapping[StatementId, Sequence[Ruling]],
    stances: Mapping[StatementId, Stance],
    actors: Mapping[StatementId, str | None],
    *,
    seed: int = 0,
) -> Report:
    """Agreement among all who coded, and of the machine with them.

    held: one ruling of each coder, by statement.  stances, actors: the machine's, of the same statements.
    Variables that no two coded of one statement are left out.
    """
    coders = tuple(sorted({ruling.coder for said in held.values() for ruling in said}))
    coded = {
        coder: {id: each.codes for id, said in held.items() for each in said if each.coder == coder} for coder in coders
    }
    machine = {id: machine_codes(stances[id], actors.get(id)) for id in held}
    people = {id: joint(said).codes for id, said in held.items()}
    return Report(
        coders=coders,
        statements=len(held),
        shared=sum(len(said) > 1 for said in held.values()),
        people=_agreements(coded, seed=seed),
        pairs=tuple(
            found for one, other in combinations(coders, 2) for found in _pair({one: coded[one], other: coded[other]})
        ),
        machine=_with_kappas({MACHINE: machine, PEOPLE: people}, seed=seed),
        machine_pairs=tuple(
            found for coder in coders if len(coders) > 1 for found in _pair({MACHINE: machine, coder: coded[coder]})
        ),
        seed=seed,
    )


def machine_codes(stance: Stance, actor: str | None = None) -> Codes:
    """The machine's stance as a person would have coded it; its direction only where it sees a side.

    actor: the id or label of whom the statement is identified as.
    """
    return Codes(
        stance=stance.word,
        direction=stance.direction if stance.word in SIDES else None,
        firmness=stance.firmness,
        hedged=stance.hedged,
        conditional=stance.conditional,
        voice=stance.voice,
        rung=stance.rung if stance.rung is not None else PROPOSAL_ITSELF,
        relevance=stance.relevance,
        actor=actor,
    )


def _agreements(coded: Mapping[str, Mapping[StatementId, Codes]], *, seed: int) -> tuple[Agreement, ...]:
    return tuple(
        _agreement(variable, data, [*variable.alphas], seed=seed)
        for variable in VARIABLES
        if (data := _data(variable, coded)).units
    )


def _with_kappas(coded: Mapping[str, Mapping[StatementId, Codes]], *, seed: int) -> tuple[Agreement, ...]:
    return tuple(
        _agreement(variable, data, [*variable.alphas, *variable.kappas], seed=seed)
        for variable in VARIABLES
        if (data := _data(variable, coded)).units
    )


def _pair(coded: Mapping[str, Mapping[StatementId, Codes]]) -> tuple[Agreement, ...]:
    found = []
    for variable in VARIABLES:
        data = _data(variable, coded)
        if data.units:
            figures = tuple(Figure(coefficient=id, value=COEFFICIENTS[id](data)) for id in variable.kappas)
            found.append(Agreement(variable=variable.name, coders=data.coders, units=data.units, figures=figures))
    return tuple(found)


def _data(variable: Variable, coded: Mapping[str, Mapping[StatementId, Codes]]) -> Reliability:
    said: dict[str, dict[str, Code]] = {
        coder: {id: value for id, codes in own.items() if (value := variable.read(codes)) is not None}
        for coder, own in coded.items()
    }
    return reliability({coder: own for coder, own in said.items() if own}, order=variable.order).pairable


def _agreement(variable: Variable, data: Reliability, ids: Sequence[str], *, seed: int) -> Agreement:
    figures = []
    for id in ids:
        coefficient = COEFFICIENTS[id]
        spread = None if id.startswith("kappa") else bootstrap(coefficient, data, seed=seed)
        figures.append(Figure(coefficient=id, value=coefficient(data), spread=spread))
    values: tuple[tuple[str, int, float | None], ...] = ()
    if "alpha-nominal" in ids:
        times = {value: int((data.codes == place).sum()) for place, value in enumerate(data.values)}
        used = sorted((value for value in data.values if times[value]), key=lambda value: -times[value])[:MOST_VALUES]
        values = tuple((str(value), times[value], alpha_of_value(data, value)) for value in used)
    return Agreement(
        variable=variable.name, coders=data.coders, units=data.units, figures=tuple(figures), values=values
    )
