from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType

from winset.brief.past import MOST, past
from winset.ids import PartialDate
from winset.positions.estimation import Evidence, positions
from winset.positions.movement import course
from winset.positions.types import Position


def rows(made_case: ModuleType, days: list[str]) -> list[Evidence]:
    """One actor saying the same on each of these days, to a new source each time."""
    [coded] = [one for one in made_case.compact_brief().statements if one.identification.represents == "United Isles"]
    made = []
    for number, day in enumerate(days):
        said = replace(coded.statement, said_on=PartialDate(day) if day else None, coder=f"coder {number}")
        made.append(
            Evidence(
                statement=said,
                identification=replace(coded.identification, statement_id=said.id),
                stance=replace(coded.stance, statement_id=said.id),
                origin=replace(coded.origin, statement_id=said.id, key=f"paper {number}"),
            )
        )
    return made


def held(made_case: ModuleType, said: list[Evidence]) -> Position:
    [position] = positions(said, issue=made_case.ISSUE)
    return position


def test_each_day_is_the_estimate_of_that_day_and_the_last_is_the_position(made_case: ModuleType) -> None:
    said = rows(made_case, ["2031-03-01", "2031-04-01", "2031-04-01", "2031-05-01"])
    steps = past(said, held(made_case, said), issue=made_case.ISSUE)
    assert [step.as_of.text for step in steps] == ["2031-03-01", "2031-04-01", "2031-05-01", "2031-05-20"]
    assert steps[:-1] == course(said, issue=made_case.ISSUE)
    assert steps[-1].value == held(made_case, said).value
    errors = [step.std_error for step in steps[:-1]]
    assert errors == sorted(errors, reverse=True)


def test_what_was_said_on_one_day_or_on_none_has_no_past(made_case: ModuleType) -> None:
    for days in (["2031-03-01"], ["2031-03-01", "2031-03-01"], ["2031-03-01", ""], ["", ""]):
        said = rows(made_case, days)
        assert past(said, held(made_case, said), issue=made_case.ISSUE) == ()


def test_of_many_days_some_are_drawn_and_always_the_last(made_case: ModuleType) -> None:
    days = [(date(2031, 1, 1) + timedelta(days=n)).isoformat() for n in range(100)]
    said = rows(made_case, days)
    steps = past(said, held(made_case, said), issue=made_case.ISSUE)
    assert len(steps) == MOST + 1
    assert steps[-2].as_of.text == days[-1]
    assert steps[0].as_of.text <= days[MOST]


def test_an_earlier_day_ends_it(made_case: ModuleType) -> None:
    said = rows(made_case, ["2031-03-01", "2031-04-01", "2031-05-01"])
    day = PartialDate("2031-04-15")
    [then] = positions(said, issue=made_case.ISSUE, as_of=day)
    steps = past(said, then, issue=made_case.ISSUE, as_of=day)
    assert [step.as_of.text for step in steps] == ["2031-03-01", "2031-04-01", "2031-04-15"]
