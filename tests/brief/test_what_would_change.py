from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from winset.brief.types import Change, ChangeKind
from winset.brief.what_would_change import TRIED, what_would_change
from winset.ids import PartialDate
from winset.positions.estimation import Evidence, positions
from winset.positions.estimators import ESTIMATORS
from winset.positions.types import Position


def evidence(made_case: ModuleType, name: str) -> list[Evidence]:
    """What one actor of the invented case said for or against."""
    published = {document.id: document.published for document in made_case.DOCUMENTS}
    return [
        Evidence(
            statement=coded.statement,
            identification=coded.identification,
            stance=coded.stance,
            origin=coded.origin,
            published=published[coded.statement.document_id],
        )
        for coded in made_case.compact_brief().statements
        if coded.identification.represents == name and coded.stance.word != "none"
    ]


def estimate(made_case: ModuleType, rows: list[Evidence], **settings: object) -> Position:
    [found] = positions(rows, issue=made_case.ISSUE, **settings)  # type: ignore[arg-type] # named by the caller
    return found


def changes(made_case: ModuleType, rows: list[Evidence]) -> tuple[Change, ...]:
    return what_would_change(rows, estimate(made_case, rows), issue=made_case.ISSUE)


def test_leaving_out_an_origin_is_the_estimate_without_it(made_case: ModuleType) -> None:
    rows = evidence(made_case, "Arvenia")
    without = changes(made_case, rows)[0]
    assert without.kind is ChangeKind.WITHOUT
    rest = [row for row in rows if row.statement.id not in without.statements]
    again = estimate(made_case, rest)
    assert (without.value, without.std_error) == (again.value, again.std_error)
    assert len({row.origin.key for row in rows if row.statement.id in without.statements}) == 1
    assert len({row.origin.key for row in rest} & {without.origin.lower()}) == 0


def test_the_origin_left_out_is_the_one_that_moves_most(made_case: ModuleType) -> None:
    rows = evidence(made_case, "Arvenia")
    position = estimate(made_case, rows)
    chosen = changes(made_case, rows)[0]
    assert chosen.value is not None
    for key in {row.origin.key for row in rows}:
        other = estimate(made_case, [row for row in rows if row.origin.key != key])
        assert abs(other.value - position.value) <= abs(chosen.value - position.value)


def test_without_its_only_origin_an_actor_is_unknown(made_case: ModuleType) -> None:
    without = changes(made_case, evidence(made_case, "United Isles"))[0]
    assert (without.value, without.std_error, without.crosses) == (None, None, False)


@pytest.mark.parametrize(
    ("name", "kind"), [("Arvenia", ChangeKind.FOR), ("Boresia", ChangeKind.AGAINST), ("Estmark", ChangeKind.AGAINST)]
)
def test_words_to_the_contrary_pull_it_their_way(made_case: ModuleType, name: str, kind: ChangeKind) -> None:
    rows = evidence(made_case, name)
    position = estimate(made_case, rows)
    added = [change for change in changes(made_case, rows) if change.added]
    assert {change.kind for change in added} == {kind}
    reached = [change.value for change in added if change.value is not None]
    assert reached == sorted(reached, reverse=kind is ChangeKind.AGAINST)
    assert (reached[0] > position.value) == (kind is ChangeKind.FOR)
    assert added[0].added == 1
    assert added[-1].crosses or added[-1].added == TRIED


def test_near_the_middle_words_to_either_side_are_of_interest(made_case: ModuleType) -> None:
    mixed = [*evidence(made_case, "Dravia"), *evidence(made_case, "Estmark")]
    first = mixed[0].identification
    rows = [
        replace(row, identification=replace(first, statement_id=row.statement.id)) for row in (*mixed[:1], *mixed[-1:])
    ]
    rows = [replace(row, stance=replace(row.stance, direction=way)) for row, way in zip(rows, (-0.9, 0.9), strict=True)]
    kinds = [change.kind for change in changes(made_case, rows) if change.added == 1]
    assert set(kinds) == {ChangeKind.FOR, ChangeKind.AGAINST}


def test_what_is_assumed_has_nothing_to_change(made_case: ModuleType) -> None:
    position = replace(estimate(made_case, evidence(made_case, "Arvenia")), evidence=(), assumed="prior")
    assert what_would_change(evidence(made_case, "Arvenia"), position, issue=made_case.ISSUE) == ()


def test_an_earlier_day_is_kept_to(made_case: ModuleType) -> None:
    rows, day = evidence(made_case, "Arvenia"), PartialDate("2031-04-30")
    then = estimate(made_case, rows, as_of=day)
    found = what_would_change(rows, then, issue=made_case.ISSUE, as_of=day)
    assert found[0].value is None  # only one origin was on record then
    known = {str(id) for id in then.evidence}
    assert set(map(str, found[0].statements)) == known
    assert found[1].value is not None
    assert found[1].value > then.value  # an assumed statement of that day counts on it


@pytest.mark.parametrize("method", [entry.id for entry in ESTIMATORS])
def test_every_estimator_can_be_asked(made_case: ModuleType, method: str) -> None:
    rows = evidence(made_case, "Arvenia")
    position = estimate(made_case, rows, method=method)
    found = what_would_change(rows, position, issue=made_case.ISSUE)
    assert found == what_would_change(rows, position, issue=made_case.ISSUE)
    assert found[1].value is not None
    assert found[1].value >= position.value
