"""From a table of positions to what is to be decided: a case for each issue, the seats, the rule."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from winset.brief.wording import listing
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case
from winset.errors import BadTable, UnknownName
from winset.exchange.position_cells import NoNumber, number
from winset.exchange.position_tables import PositionRow, PositionTable, Scale
from winset.exchange.registry_rows import shortened
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Option, Seat
from winset.positions.types import Position

EU_CODES = {"el": "GRC", "uk": "GBR"}  # the Union's own two letters; Interinstitutional style guide, 7.1.1
NO_RULE = "consensus"  # where none is named; told, with the answer by the alternative
CAPABILITY = "capability"  # the weight vector that every table gives
OTHER_RULE = "simple-majority"
TOLD = 12  # names in one line; --json has all
ALIKE = 0.8  # of names, as difflib measures it: Germnay is Germany
MOST_ACTORS = 500  # on one issue: more take minutes

MakeRule: TypeAlias = Callable[[tuple[Seat, ...]], DecisionRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of one table, or of one case: ready to be forecast, and to be asked again with a change."""

    name: str  # of the table or the case
    cases: tuple[Case, ...]  # one for each issue, all with the same seats
    rule: DecisionRule
    make_rule: MakeRule  # the same rule among other seats
    names: Mapping[ActorId, str]
    scale: Scale = Scale()
    salience_out_of: Fraction = Fraction(1)
    outsiders: tuple[ActorId, ...] = ()  # they bargain, and do not vote
    taken: tuple[str, ...] = ()  # what was taken without being said, one line each
    rule_taken: bool = False  # whether the rule was not said either

    def case(self, issue: str) -> Case:
        """The case of that issue, in any case of letters; raises UnknownName with the nearest."""
        named = {each.issue.proposal.casefold(): each for each in self.cases}
        if issue.strip().casefold() not in named:
            issues = [each.issue.proposal for each in self.cases]
            raise UnknownName(f"no issue {issue!r} in {self.name}: {nearest(issue, issues)}")
        return named[issue.strip().casefold()]

    def actor(self, name: str) -> ActorId:
        """The actor of that name or id, in any case of letters; raises UnknownName with the nearest name."""
        wanted = name.strip().casefold()
        for id, known in self.names.items():
            if wanted in (id.casefold(), known.casefold()):
                return id
        if (code := EU_CODES.get(wanted)) and code in self.names:
            return ActorId(code)
        if (found := _of_registry(name)) in self.names and found is not None:
            return found
        raise UnknownName(f"no actor {name!r} in {self.name}: {nearest(name, list(self.names.values()))}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user says beside the table, in the user's own words and on the table's scale."""

    rule: str | None = None  # a name, or an expression such as "2/3 of capability"
    body: str | None = None
    on: date
    issue: str | None = None  # the only one wanted
    outsiders: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()  # "70" for every issue, or "NAME=70"
    status_quos: tuple[str, ...] = ()
    options: tuple[str, ...] = ()  # further places to be put to the vote: "LABEL=NUMBER"
    cost_of_objecting: str = "0"


def _old_populations(rule: DecisionRule, asked: Asked) -> list[str]:
    """That the registry counts people as of an earlier year, where the rule counts them."""
    if asked.body is None or asked.on is None or not any(each.of == "population" for way in rule.ways for each in way):
        return []
    from winset.actors.bodies import population_year

    year = population_year(asked.on)
    return [f"populations of {year}, the latest of the registry up to {asked.on.year}"] if year != asked.on.year else []


def question(table: PositionTable, asked: Asked) -> Question:
    """The cases of the table, their seats and the rule.

    Without a body every actor has a seat, but those named as outsiders; with one its members of that day have the
    seats, whether or not the table has them, and all others are outsiders.
    Raises BadTable, with one line for each mistake, and what the body and the rule refuse.
    """
    _check_size(table)
    seating = _of_body(table, asked) if asked.body is not None else _of_table(table, asked)
    make_rule, rule_taken = _rule(asked)
    rule = make_rule(seating.seats)
    mistakes: list[str] = []
    proposals = _places("proposal", table, asked.proposals, mistakes)
    status_quos = _places("status_quo", table, asked.status_quos, mistakes)
    options = _options(table, asked.options, mistakes)
    if options and asked.issue is None and len(table.issues) > 1:
        one = table.reading.option("issue", "NAME")
        mistakes.append(f"{table.name} has {len(table.issues)} issues: say of which one the options are with {one}")
    cost = _cost(table, asked.cost_of_objecting, mistakes)
    taken = [*seating.taken]
    taken += _old_populations(rule, asked)
    if rule_taken:
        taken.append(f"the rule: {NO_RULE}, as none was named ({table.reading.option('rule', 'NAME')})")
    issues = [each for each in table.issues if asked.issue is None or _same(each, asked.issue)]
    if not issues:
        raise BadTable(f"no issue {asked.issue!r} in {table.name}: {nearest(str(asked.issue), list(table.issues))}")
    cases = []
    for name in issues:
        low, high = _ends(proposals.get(name), status_quos.get(name))
        if low == high:
            where = f"{table.scale_words(low)}"
            mistakes.append(
                f"{table.name}, issue {name!r}: proposal and status quo both stand at {where}: set one apart"
            )
            continue
        issue = Issue(
            proposal=name,
            body=seating.body or table.name,
            rule=rule.id,
            on=PartialDate(asked.on.isoformat()),
            proposal_value=high,
            status_quo=low,
            options=options,
        )
        cases.append(
            Case(
                issue=issue,
                seats=rule.seats,
                positions=tuple(
                    _position(row, issue, seating, table)
                    for row in table.rows
                    if row.issue == name and row.value is not None
                ),
                cost_of_objecting=cost,
                capability=seating.capability,
            )
        )
    if mistakes:
        raise BadTable(*shortened(mistakes))
    taken += _taken_ends(table, issues, proposals, status_quos)
    if "std_error" not in table.has:
        taken.append("the positions are exact, as the table has no column std_error")
    return Question(
        name=table.name,
        cases=tuple(cases),
        rule=rule,
        make_rule=make_rule,
        names=seating.names,
        scale=table.reading.scale,
        salience_out_of=table.reading.salience_out_of,
        outsiders=seating.outsiders,
        taken=tuple(taken),
        rule_taken=rule_taken,
    )


def _check_size(table: PositionTable) -> None:
    """Raises BadTable for more actors on one issue than can be decided while somebody waits."""
    issue, actors = Counter(row.issue for row in table.rows).most_common(1)[0]
    if actors > MOST_ACTORS:
        raise BadTable(
            f"{table.name}: {actors:,} actors on {issue!r}: at most {MOST_ACTORS} are decided at once; put those who "
            "act as one into a row, with their capabilities and votes added up"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seating:
    seats: tuple[Seat, ...]
    ids: Mapping[str, ActorId]  # of the names in the table
    names: Mapping[ActorId, str]
    capability: tuple[tuple[ActorId, float], ...]
    outsiders: tuple[ActorId, ...]
    body: str | None = None  # key in the registry
    taken: tuple[str, ...] = ()


def _of_table(table: PositionTable, asked: Asked) -> _Seating:
    """A seat for every actor that is not named as an outsider, with its capability as a weight vector."""
    firsts = table.first_rows()
    outside = {_named(name, table) for name in asked.outsiders}
    members = [row for actor, row in firsts.items() if actor not in outside]
    if not members:
        raise BadTable(f"{table.name}: every actor is an outsider: leave at least one to decide")
    vectors = {CAPABILITY: [row.capability for row in members]}
    for name, _ in members[0].weights:
        vectors[name] = [dict(row.weights)[name] for row in members]
    whole = {name: whole_weights(column) for name, column in vectors.items()}
    seats = tuple(
        Seat(
            actor_id=ActorId(row.actor),
            name=row.actor,
            votes=row.votes,
            veto=row.veto,
            weights=tuple((name, column[place]) for name, column in whole.items()),
        )
        for place, row in enumerate(members)
    )
    return _Seating(
        seats=seats,
        ids={actor: ActorId(actor) for actor in firsts},
        names={ActorId(actor): actor for actor in firsts},
        capability=tuple((ActorId(actor), float(row.capability)) for actor, row in firsts.items()),
        outsiders=tuple(ActorId(actor) for actor in firsts if actor in outside),
    )


def _of_body(table: PositionTable, asked: Asked) -> _Seating:
    """The seats of the body that day; who in the table is none of its members is an outsider."""
    from winset.actors.registry import registry

    known, firsts = registry(), table.first_rows()
    seats = known.seats(str(asked.body), asked.on)
    seated = {seat.actor_id: seat.name for seat in seats}
    outside = {_named(name, table) for name in asked.outsiders}
    ids: dict[str, ActorId] = {}
    mistakes: list[str] = []
    for actor, row in firsts.items():
        id = _of_registry(actor)
        if id is None or id not in seated or actor in outside:
            id = ActorId(actor)
        twin = next((other for other, held in ids.items() if held == id), None)
        if twin is not None:
            mistakes.append(
                f"{table.at(row.row)}, actor: {actor!r} is {seated[id]}, as is {twin!r} in row {firsts[twin].row}: "
                "write one name in one way"
            )
        ids[actor] = id
    absent = [name for id, name in seated.items() if id not in ids.values()]
    for actor, row in firsts.items():  # a member's name mistyped must not pass for an outsider's
        near = _mistyped(actor, absent) if ids[actor] not in seated and actor not in outside else None
        if near is not None:
            mistakes.append(
                f"{table.at(row.row)}, actor: {actor!r} has no seat in {asked.body}: did you mean {near!r}? Correct "
                f"it, or say that it has no vote by {table.reading.option('outsiders', repr(actor))}"
            )
    if mistakes:
        raise BadTable(*shortened(mistakes))
    if not any(id in seated for id in ids.values()):
        some = ", ".join(list(firsts)[:3])
        raise BadTable(
            f"{table.name}: nobody in it has a seat in {asked.body} on {asked.on} (there are {some}): write names or "
            f"ISO codes as `winset members {asked.body}` does"
        )
    outsiders = [actor for actor in firsts if ids[actor] not in seated]
    taken = []
    if outsiders:
        taken.append(
            f"without a vote, as {asked.body} does not seat them on {asked.on}: {listing(outsiders, at_most=TOLD)}"
        )
    if absent:
        taken.append(f"members with no row, so with nothing on record: {listing(absent, at_most=TOLD)}")
    return _Seating(
        seats=seats,
        ids=ids,
        names=seated | {ids[actor]: actor for actor in outsiders},
        capability=tuple((ids[actor], float(row.capability)) for actor, row in firsts.items()),
        outsiders=tuple(ids[actor] for actor in outsiders),
        body=known.body(str(asked.body)).key,
        taken=tuple(taken),
    )


def _mistyped(actor: str, absent: Sequence[str]) -> str | None:
    """The member with no row whose name it nearly is; None for whom the registry knows as somebody else."""
    if _of_registry(actor) is not None:
        return None
    folded = {name.casefold(): name for name in absent}
    near = difflib.get_close_matches(actor.strip().casefold(), folded, n=1, cutoff=ALIKE)
    return folded[near[0]] if near else None


def _of_registry(name: str) -> ActorId | None:
    from winset.actors.registry import registry

    if name.strip().casefold() in EU_CODES:
        return ActorId(EU_CODES[name.strip().casefold()])
    try:
        return registry().actor(name).id
    except UnknownName:
        return None


def _rule(asked: Asked) -> tuple[MakeRule, bool]:
    """What makes the rule among any seats, and whether nobody named it."""
    text, taken = asked.rule, False
    if text is None and asked.body is not None:
        from winset.actors.registry import registry

        text = registry().body_rule(asked.body, asked.on)
    if text is None:
        text, taken = NO_RULE, True
    return rule_maker(text), taken


def rule_maker(text: str) -> MakeRule:
    """The rule of that name, or of that expression, among any seats.  Raises UnknownMethod; what it makes, BadQuota."""
    from winset.decisions.rules_in_force import rule_id, rule_in_force

    rule_id(text)
    return lambda seats: rule_in_force(text, seats)


def _named(name: str, table: PositionTable) -> str:
    """The actor of the table that an option names."""
    for actor in table.actors:
        if _same(actor, name):
            return actor
    raise UnknownName(f"no actor {name!r} in {table.name}: {nearest(name, list(table.actors))}")


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def nearest(name: str, names: Sequence[str]) -> str:
    """The name that was perhaps meant, else some of those there are.

    >>> nearest("Frnace", ["Germany", "France"])
    "did you mean 'France'?"
    """
    folded = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.strip().casefold(), folded, n=1, cutoff=0.5)
    if near:
        return f"did you mean {folded[near[0]]!r}?"
    some = ", ".join(names[:10])
    return f"there are {some}{f' and {len(names) - 10} more' if len(names) > 10 else ''}"  # noqa: PLR2004 - one line


def whole_weights(column: Sequence[Fraction]) -> list[int]:
    """The same weights as the smallest whole numbers, so that quotas are compared exactly.

    >>> whole_weights([Fraction("0.16"), Fraction("0.08"), Fraction("0.03")])
    [16, 8, 3]
    """
    scale = lcm(*(weight.denominator for weight in column))
    found = [int(weight * scale) for weight in column]
    shared = gcd(*found) or 1
    return [weight // shared for weight in found]


def _places(column: str, table: PositionTable, given: Iterable[str], mistakes: list[str]) -> dict[str, float]:
    """Where proposals or status quos stand, by issue: as the options say, else the table; on 0-100."""
    scale = table.reading.scale
    found = {row.issue: value for row in table.rows if (value := getattr(row, column)) is not None}
    for text in given:
        named, value = text.rpartition("=")[::2]
        issues = [issue for issue in table.issues if not named or _same(issue, named)]
        option = table.reading.option(column, repr(text))
        if not issues:
            mistakes.append(f"{option}: no issue {named!r} in {table.name}: {nearest(named, list(table.issues))}")
            continue
        try:
            place = number(value)
        except NoNumber as reason:
            mistakes.append(f"{option}: {reason}: write a number on the scale {scale}, or NAME=NUMBER")
            continue
        if not scale.low <= place <= scale.high:
            mistakes.append(f"{option}: is off the scale {scale}: correct it, or give another scale")
            continue
        found |= dict.fromkeys(issues, scale.issue_value(place))
    return found


def _options(table: PositionTable, given: Iterable[str], mistakes: list[str]) -> tuple[Option, ...]:
    scale = table.reading.scale
    found: dict[str, Option] = {}
    for text in given:
        label, value = (part.strip() for part in text.rpartition("=")[::2])
        option = table.reading.option("option", repr(text))
        try:
            place = number(value)
        except NoNumber as reason:
            mistakes.append(f"{option}: {reason}: write LABEL=NUMBER, with a number on the scale {scale}")
            continue
        if not scale.low <= place <= scale.high:
            mistakes.append(f"{option}: is off the scale {scale}: correct it, or give another scale")
        elif not label or label in found:
            mistakes.append(f"{option}: {'stands twice' if label else 'has no label'}: write LABEL=NUMBER, each once")
        else:
            found[label] = Option(label=label, value=scale.issue_value(place))
    return tuple(found.values())


def _cost(table: PositionTable, text: str, mistakes: list[str]) -> float:
    option = table.reading.option("cost_of_objecting", text)
    try:
        cost = number(text)
    except NoNumber as reason:
        mistakes.append(f"{option}: {reason}: write points of the scale times salience, 0 or more")
        return 0.0
    if cost < 0:
        mistakes.append(f"{option}: is negative: allowed is 0 or more")
        return 0.0
    return table.reading.scale.issue_points(cost)


def _ends(proposal: float | None, status_quo: float | None) -> tuple[float, float]:
    """Status quo and proposal; an end that nobody named lies at the end of the scale farthest from the other."""
    if proposal is None:
        proposal = 100.0 if status_quo is None or status_quo <= 50 else 0.0  # noqa: PLR2004 - half way
    if status_quo is None:
        status_quo = 0.0 if proposal >= 50 else 100.0  # noqa: PLR2004
    return status_quo, proposal


def _taken_ends(
    table: PositionTable, issues: Sequence[str], proposals: Mapping[str, float], status_quos: Mapping[str, float]
) -> list[str]:
    found = []
    for column, said in (("status_quo", status_quos), ("proposal", proposals)):
        silent = [issue for issue in issues if issue not in said]
        if silent:
            where = {_ends(proposals.get(issue), status_quos.get(issue))[column == "proposal"] for issue in silent}
            places = " or ".join(sorted(table.scale_words(value) for value in where))
            of = "" if len(silent) == len(issues) else f" of {', '.join(silent[:5])}{' and others' * (len(silent) > 5)}"  # noqa: PLR2004
            option = table.reading.option(column, "NUMBER")
            found.append(f"the {column.replace('_', ' ')}{of}: at {places}, an end of the scale ({option})")
    return found


def _position(row: PositionRow, issue: Issue, seating: _Seating, table: PositionTable) -> Position:
    return Position(
        actor_id=seating.ids[row.actor],
        issue_id=issue.id,
        value=row.value if row.value is not None else 0.0,
        std_error=row.std_error,
        salience=row.salience,
        salience_error=row.salience_error,
        as_of=issue.on,
        evidence=(EvidenceId(table.at(row.row)),),
        origins=1,
        method="table",
    )
