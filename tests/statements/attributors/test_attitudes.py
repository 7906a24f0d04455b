from __future__ import annotations

from typing import Any


def test_an_adjective_of_attitude_has_its_holder(proposed: Any) -> None:
    assert proposed("attitudes", "Chile is wary of the quota.") == [("Chile", "is wary of", "the quota")]


def test_a_noun_of_attitude_has_its_owner(proposed: Any) -> None:
    assert proposed("attitudes", "The objections of Peru delayed the vote.") == [("Peru", "objections", "")]


def test_an_attitude_without_a_holder_is_nobodys(proposed: Any) -> None:
    assert proposed("attitudes", "The objection was noted.") == []
