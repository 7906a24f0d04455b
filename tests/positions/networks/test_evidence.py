"""From coded statements to who is for or against what."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from winset.ids import ActorId, PartialDate
from winset.issues import Issue, Option
from winset.positions.networks.evidence import IssueEvidence, discourse
from winset.positions.networks.types import Participant

ON = PartialDate("2024-06-30")
BRIDGE = Issue(
    proposal="Build a bridge", body="club", rule="consensus", on=ON, options=(Option(label="ferry", value=40),)
)
TUNNEL = Issue(proposal="Dig a tunnel", body="club", rule="consensus", on=ON)


def said(id: str, actor: str | None, direction: float, **further: Any) -> Any:
    """Coded evidence, as far as a network asks for it."""
    return SimpleNamespace(
        statement=SimpleNamespace(id=id, document_id="d", said_on=further.get("said_on"), words=f"words of {id}"),
        stance=SimpleNamespace(direction=direction, rung=further.get("rung")),
        origin=SimpleNamespace(key="wire"),
        actor_id=actor,
        counts=direction != 0,
        published=further.get("published"),
    )


def people(*ids: str) -> list[Participant]:
    return [Participant(id=ActorId(id), name=id) for id in ids]


def test_the_concepts_of_one_issue_are_its_proposal_and_the_rungs_spoken_of() -> None:
    evidence = [said("1", "i", 0.6), said("2", "i", -0.9, rung="ferry"), said("3", "j", -0.2), said("4", "k", 0)]
    found = discourse([IssueEvidence(issue=BRIDGE, evidence=evidence)], people("i", "j", "k"))
    assert [concept.label for concept in found.concepts] == ["ferry", "Build a bridge"]
    labels = {concept.id: concept.label for concept in found.concepts}
    assert [(each.actor_id, labels[each.concept], each.level) for each in found.referrals] == [
        ("i", "Build a bridge", 1),
        ("i", "ferry", -1),
        ("j", "Build a bridge", -1),
    ]
    assert [actor.id for actor in found.actors] == ["i", "j"]  # who takes no side joins nobody


def test_of_several_issues_each_is_a_concept_and_a_statement_may_speak_of_two() -> None:
    one = IssueEvidence(issue=BRIDGE, evidence=[said("1", "i", 1), said("2", "i", 1, rung="ferry"), said("3", None, 1)])
    two = IssueEvidence(issue=TUNNEL, evidence=[said("1", "i", -1)])
    found = discourse([one, two, two], people("i"))
    labels = [concept.label for concept in found.concepts]
    assert labels == ["Build a bridge: ferry", "Build a bridge", "Dig a tunnel"]
    assert [each.statement_id for each in found.referrals] == ["1", "2", "1"]


def test_a_statement_is_dated_by_its_document_where_its_own_day_may_lie_after() -> None:
    june, day = PartialDate("2024-06"), PartialDate("2024-06-14")
    evidence = [
        said("1", "i", 1, said_on=june, published=day),
        said("2", "i", 1, said_on=june),
        said("3", "i", 1, published=day),
        said("4", "i", 1, said_on=PartialDate("2024-06-12"), published=day),
        said("5", "i", 1),
    ]
    found = discourse([IssueEvidence(issue=BRIDGE, evidence=evidence)], people("i"))
    assert [str(each.on) if each.on else None for each in found.referrals] == [
        "2024-06-14", "2024-06", "2024-06-14", "2024-06-12", None,
    ]  # fmt: skip
