"""What the rule makes of a frame of positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from numbers import Integral
from typing import TYPE_CHECKING, Any, TypeAlias

from winset.api.cases import kept_case, question_of
from winset.api.days import day
from winset.api.frames import Frame, Maker, Rows, as_dicts, positions_in_frame
from winset.errors import BadCase, BadTable, UnknownName

if TYPE_CHECKING:
    from winset.api.opened import Case
    from winset.api.words import Words
    from winset.exchange.answers import Answer
    from winset.exchange.position_cases import Question
    from winset.exchange.position_tables import Reading
    from winset.exchange.what_ifs import Scenario

Number: TypeAlias = float | str  # a text is taken as it is written, so that 0.1 is a tenth
Changes: TypeAlias = Mapping[str, Any] | str
MOST_DRAWS = 10_000_000  # as on the command line
KINDS = ("positions", "what-if", "models")
SUMMARY_SHOWN = ("what_if", "issue", "outcome", "probability", "winset_low", "winset_high", "forecast")
LIKELY = 0.5  # from which probability on a blocker is named


def decide(
    frame: Frame,
    *,
    rule: str | None = None,
    body: str | None = None,
    on: date | str | None = None,
    as_of: date | str | None = None,
    issue: str | None = None,
    proposal: Number | Mapping[str, Number] | None = None,
    status_quo: Number | Mapping[str, Number] | None = None,
    options: Mapping[str, Number] | None = None,
    outsiders: Iterable[str] = (),
    scale: tuple[Number, Number] = (0, 100),
    salience_out_of: Number = 1,
    salience: Number | None = None,
    capability: Number | None = None,
    cost_of_objecting: Number = 0,
    models: Iterable[str] | None = None,
    what_if: Changes | Sequence[Changes] | Mapping[str, Mapping[str, Any]] | None = None,
    draws: int = 20_000,
    seed: int = 0,
) -> Decision:
    """What the rule makes of the positions: who blocks, what passes, whose vote flips it, what it would take.

    frame: columns actor, issue, position, salience, capability, and std_error where it is known; see
    docs/reference/position-table.md. A path to a CSV file, or a list of dicts, will do too; and so will a case, as
    `read` or `case` gives it, or the place of a kept one, "tokyo.winset": it states its issue, body and options itself,
    and the answer comes in Tables.  as_of: of a case, the day whose record counts.
    rule: a name of `rules()`, or words such as "2/3 of capability"; body, on: whose members vote on which day.
    proposal, status_quo: a number for all issues, or one for each by name; on the frame's own scale.
    options: further places to be put to the vote.  outsiders: who bargains and has no vote.
    what_if: {"France": 60, "cost": 5} are changes made together; a list of such, or a dict of names to such, asks for
    several; texts as for `winset decide --what-if` will do too.
    models: names of `models()`.  draws, seed: of the random draws; the same seed gives the same answer.
    Raises BadTable, which is a ValueError, with a line for each mistake; UnknownMethod; what body and rule refuse.
    """
    from winset.exchange.answers import answered, answered_if
    from winset.exchange.position_cases import Asked, question

    rule, body, issue = _text("rule", rule), _text("body", body), _text("issue", issue)
    draws, seed = _whole("draws", draws, low=1, high=MOST_DRAWS), _whole("seed", seed)
    chosen = None if models is None else _models((models,) if isinstance(models, str) else models)
    opened, place = _case(frame), kept_case(frame)
    if opened is not None or place is not None:
        stated = {"body": body, "issue": issue, "proposal": proposal, "status_quo": status_quo, "options": options}
        if given := [name for name, value in {**stated, "outsiders": tuple(outsiders)}.items() if value]:
            raise BadCase(f"{opened.name if opened else place}: states the case already: leave out {', '.join(given)}")
        cost = _number("cost_of_objecting", cost_of_objecting)
        if cost < 0:
            raise BadTable(f"cost_of_objecting={cost_of_objecting}: is negative: allowed is 0 or more")
        if opened is not None:
            of = opened._question(rule=rule, on=on, cost_of_objecting=float(cost), as_of=as_of)
        else:
            of = question_of(str(place), rule=rule, on=on, cost_of_objecting=float(cost), as_of=as_of)
        scenarios = _scenarios(what_if, of)
        return Decision(
            answer=answered(of, draws=draws, seed=seed, models=chosen),
            others=answered_if(of, scenarios, draws=draws, seed=seed, models=chosen),
            make=as_dicts,
            case=opened if as_of is None or opened is None else opened.as_of(as_of),
        )
    if as_of is not None:
        raise BadCase(f"as_of={as_of!r}: a table has no documents: leave it out, or give a kept case")
    reading = _reading(
        rule=rule,
        scale=scale,
        salience_out_of=salience_out_of,
        issue=issue,
        salience=salience,
        capability=capability,
    )
    table, make = positions_in_frame(frame, reading)
    asked = Asked(
        rule=rule,
        body=body,
        on=day(on),
        issue=issue,
        outsiders=(outsiders,) if isinstance(outsiders, str) else tuple(outsiders),
        proposals=_places(proposal),
        status_quos=_places(status_quo),
        options=_places(options),
        cost_of_objecting=str(cost_of_objecting),
    )
    of = question(table, asked)
    scenarios = _scenarios(what_if, of)
    return Decision(
        answer=answered(of, draws=draws, seed=seed, models=chosen),
        others=answered_if(of, scenarios, draws=draws, seed=seed, models=chosen),
        make=make,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer. Each method gives a table in the caller's library; positions are on the caller's scale.

    Where something was asked with `what_if`, the column of that name says which answer a row belongs to.
    """

    answer: Answer = field(repr=False)
    others: tuple[Answer, ...] = field(repr=False)
    make: Maker = field(repr=False)
    case: Case | None = field(default=None, repr=False)  # that was asked about, where one was; then tables are Tables

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values: what `winset decide --json` prints."""
        from winset.exchange.answers import as_dict

        return as_dict(self.answer, self.others)

    def summary(self) -> Frame:
        """A row for each issue: outcome, probability, what can pass, the forecast with its interval."""
        return self._made("summary", list(self._summary()))

    def positions(self) -> Frame:
        """Where everybody stands."""
        return self._made("positions", list(self._rows("positions", leave_out=("evidence", "assumed"))))

    def blockers(self) -> Frame:
        """Who may object, how surely, and whether its no is enough alone."""
        return self._made("blockers", list(self._rows("blockers", leave_out=("consents",))))

    def consents(self) -> Frame:
        """Each way for each blocker to let it pass: points conceded by the others, and what the blocker then loses."""
        return self._made(
            "consents",
            [
                {**head, "actor": each["actor"], **way}
                for head, issue in self._issues()
                for each in issue["blockers"]
                for way in each["consents"]
            ],
        )

    def options(self) -> Frame:
        """Each place that was put to the vote, and the probability that it passes."""
        found = self._rows("options")
        return self._made("options", [{**row, "objectors": ", ".join(row["objectors"])} for row in found])

    def hinges(self) -> Frame:
        """What the answer would be with each member's yes and with its no."""
        return self._made("hinges", list(self._rows("hinges")))

    def concessions(self) -> Frame:
        """The least that the proposal has to give up, by the chance asked for."""
        return self._made("concessions", list(self._rows("concessions")))

    def models(self) -> Frame:
        """Where each model says that bargaining would end."""
        return self._made("models", list(self._rows("models")))

    def packages(self) -> Frame:
        """What can be decided on two to six issues in one vote: a row for each package and issue."""
        told = self.as_dict()
        answers = [("as given", told["packages"])] + [(each["what_if"], each["packages"]) for each in told["what_if"]]
        return self._made(
            "packages",
            [
                {
                    **({"what_if": words} if self.others else {}),
                    "package": name,
                    "issue": issue,
                    "value": value,
                    "probability": held[name]["probability"],
                }
                for words, held in answers
                for name in ("nearest", "product", "total")
                if held is not None and held[name] is not None
                for issue, value in held[name]["values"].items()
            ],
        )

    def assumptions(self) -> Frame:
        """What is taken as given, and the probability of adoption if it were otherwise."""
        return self._made("assumptions", list(self._rows("assumptions")))

    @property
    def taken(self) -> tuple[str, ...]:
        """What was taken without being said, in words."""
        return self.answer.question.taken

    def plot(self, kind: str = "positions", *, issue: str | None = None) -> Any:
        """An Altair chart: "positions" as points with intervals, the "what-if" answers, or the "models".

        issue: the only one wanted.  Raises NotConfigured without Altair: pip install 'winset[plots]'.
        """
        from winset.api.plots import PLOTS

        if kind not in PLOTS:
            raise BadCase(f"no plot {kind!r}: there are {', '.join(PLOTS)}")
        if issue is not None:
            self.answer.question.case(issue)
        wanted = None if issue is None else issue.strip().casefold()
        return PLOTS[kind](
            [(head, each) for head, each in self._issues() if wanted in (None, each["issue"].casefold())],
            self.as_dict()["scale"],
        )

    def svg(self) -> str:
        """The chart that `winset decide -o` writes; it needs nothing further to be installed."""
        from winset.exchange.decision_chart import chart

        return chart(self.answer)

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_html_(self) -> str:
        from winset.api import html
        from winset.brief.wording import percent

        rows = [
            (
                *((html.safe(head["what_if"]),) if self.others else ()),
                html.safe(issue["issue"]),
                f"<b>{html.safe(issue['outcome'])}</b>",
                html.safe(percent(issue["probability"])),
                html.safe(
                    ", ".join(each["actor"] for each in issue["blockers"] if each["probability"] >= LIKELY) or "–"
                ),
            )
            for head, issue in self._issues()
        ]
        heads = (*(("what if",) if self.others else ()), "issue", "outcome", "probability", "who is likely to object")
        rule = html.muted(f"by {self.as_dict()['rule']['name']}")
        assumed = html.muted("Taken without being said: " + "; ".join(self.taken)) if self.taken else ""
        return html.framed(
            html.table(heads, rows), f"<p>{rule}</p>", f'<div class="chart">{self.svg()}</div>', f"<p>{assumed}</p>"
        )

    def __repr__(self) -> str:
        return f"<Decision {self}>"

    def __str__(self) -> str:
        from winset.brief.wording import percent

        told = (
            f"{issue['issue']}: {issue['outcome']}, {percent(issue['probability'])}"
            + (f" ({head['what_if']})" if self.others else "")
            for head, issue in self._issues()
        )
        return "\n".join(told)

    def _issues(self) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
        """Each issue of each answer with the first columns of its rows."""
        told = self.as_dict()
        answers = [("as given", told["issues"])] + [(each["what_if"], each["issues"]) for each in told["what_if"]]
        for words, issues in answers:
            for issue in issues:
                yield ({"what_if": words} if self.others else {}) | {"issue": issue["issue"]}, issue

    def _made(self, name: str, rows: Rows) -> Frame:
        """Rows as a table of the caller's library; of a case as a Table, whose rows open onto words."""
        if self.case is None:
            return self.make(rows)
        from winset.api.tables import Table

        opener = self._behind if rows and "actor" in rows[0] else None
        return Table.of(name, rows, opener=opener, shown=SUMMARY_SHOWN if name == "summary" else ())

    def _behind(self, row: dict[str, Any]) -> tuple[Words, ...]:
        """The words behind where an actor stands; none for one that spoke nowhere."""
        assert self.case is not None  # noqa: S101 - only then it is asked
        try:
            return self.case.position(row["actor"]).words
        except UnknownName:
            return ()

    def _rows(self, part: str, *, leave_out: tuple[str, ...] = ()) -> Rows:
        return [
            {**head, **{name: value for name, value in row.items() if name not in (*leave_out, "actor_id")}}
            for head, issue in self._issues()
            for row in issue[part]
        ]

    def _summary(self) -> Iterator[dict[str, Any]]:
        for head, issue in self._issues():
            winset, forecast = issue["winset"] or [None, None], issue["forecast"] or {}
            yield {
                **head,
                "outcome": issue["outcome"],
                "probability": issue["probability"],
                "adopted": issue["probability_adopted"],
                "adopted_low": issue["adopted_range"][0],
                "adopted_high": issue["adopted_range"][1],
                "status_quo": issue["status_quo"],
                "proposal": issue["proposal"],
                "winset_low": winset[0],
                "winset_high": winset[1],
                "forecast": forecast.get("value"),
                "forecast_low": forecast.get("low"),
                "forecast_high": forecast.get("high"),
            }


def _case(given: object) -> Case | None:
    """A case that is open; None for anything else."""
    from winset.api.opened import Case

    return given if isinstance(given, Case) else None


def _text(name: str, given: object) -> str | None:
    """A name, or None.  Raises BadCase."""
    if given is None or isinstance(given, str):
        return given
    raise BadCase(f"{name}={given!r}: give text, or leave it out")


def _whole(name: str, given: object, *, low: int = 0, high: int | None = None) -> int:
    """A whole number of any library.  Raises BadCase."""
    allowed = f"a whole number, {low} or more" if high is None else f"a whole number from {low} to {high:,}"
    if isinstance(given, bool) or not isinstance(given, Integral):
        raise BadCase(f"{name}={given!r}: allowed is {allowed}")
    if int(given) < low or (high is not None and int(given) > high):
        raise BadCase(f"{name}={given}: allowed is {allowed}")
    return int(given)


def _reading(
    *,
    rule: str | None,
    scale: tuple[Number, Number],
    salience_out_of: Number,
    issue: str | None,
    salience: Number | None,
    capability: Number | None,
) -> Reading:
    from winset.exchange.position_tables import Reading, Scale

    if not isinstance(scale, Sequence) or isinstance(scale, str) or len(scale) != 2:  # noqa: PLR2004 - its two ends
        raise BadTable(f"scale={scale!r}: write its two ends, as in (0, 100)")
    low, high = (_number("scale", end) for end in scale)
    out_of = _number("salience_out_of", salience_out_of)
    if out_of <= 0:
        raise BadTable(f"salience_out_of={salience_out_of}: allowed is a number above 0")
    every = None if salience is None else _number("salience", salience) / out_of
    if every is not None and not 0 <= every <= 1:
        raise BadTable(f"salience={salience}: allowed is 0 to {float(out_of):g}")
    power = None if capability is None else _number("capability", capability)
    if power is not None and power < 0:
        raise BadTable(f"capability={capability}: allowed is 0 or more")
    return Reading(
        scale=Scale(low=low, high=high),
        salience_out_of=out_of,
        issue=issue,
        salience=every,
        capability=power,
        rule=rule or "",
        python=True,
    )


def _number(name: str, value: Number) -> Fraction:
    from winset.exchange.position_cells import NoNumber, number

    try:
        return number(value)
    except NoNumber as reason:
        raise BadTable(f"{name}={value!r}: {reason}") from None


def _places(given: Number | Mapping[str, Number] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    if isinstance(given, Mapping):
        return tuple(f"{name}={value}" for name, value in given.items())
    return (str(given),)


def _models(given: Iterable[str]) -> tuple[str, ...]:
    from winset.decisions.models import MODELS

    return tuple(dict.fromkeys(MODELS[name].id for name in given))


def _scenarios(given: Any, of: Question) -> tuple[Scenario, ...]:
    """What is asked for: one set of changes, several, or several with names."""
    from winset.exchange.what_ifs import scenarios

    if given is None:
        return ()
    if isinstance(given, Mapping) and given and all(isinstance(each, Mapping) for each in given.values()):
        found = scenarios([_changes(each) for each in given.values()], of)
        if len(found) == len(given):  # a range makes several of one, which keep their own words
            return tuple(replace(each, words=str(name)) for name, each in zip(given, found, strict=True))
        return found
    if not isinstance(given, str | Mapping | Iterable):
        return scenarios([_changes(given)], of)  # which refuses it
    several = [given] if isinstance(given, str | Mapping) else list(given)
    return scenarios([_changes(each) for each in several], of)


def _changes(given: Changes) -> str:
    if isinstance(given, str):
        return given
    if not isinstance(given, Mapping):
        raise BadTable(f'what_if={given!r}: write changes as in {{"France": 60}}, or "France=60"')
    return "; ".join(f"{name}={value}" for name, value in given.items())
