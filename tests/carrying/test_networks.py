"""A network of a large case is made of the same statements as that of a small one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from winset.carrying import exports, projects
from winset.carrying.networks import large_discourse
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.networks import read_discourse
from winset.positions.networks.types import Discourse
from winset.store.case_store import CaseStore


def said(found: Discourse) -> set[tuple[object, ...]]:
    return {(each.statement_id, each.actor_id, each.concept, each.level, each.on) for each in found.referrals}


def test_large_and_small_are_made_of_the_same_referrals(kept_example: Path) -> None:
    with CaseStore.open(kept_example) as store:
        small, large = read_discourse([(store.spec(), kept_material(store))]), large_discourse(store)
    assert said(large) == said(small) != set()
    assert [(actor.id, actor.name, actor.standing) for actor in large.actors] == [
        (actor.id, actor.name, actor.standing) for actor in small.actors
    ]
    assert large.concepts == small.concepts


def test_a_large_case_is_written_with_its_losses_told(
    kept_example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "WHOLE", 10)
    monkeypatch.setattr(projects, "WHOLE", 10)
    with CaseStore.open(kept_example) as store:
        done = exports.EXPORTS["graphml"](store, tmp_path / "out.graphml")
    assert any("over 10 statements" in each for each in done.losses)
    root = ET.parse(tmp_path / "out.graphml").getroot()  # noqa: S314 - our own
    assert len(list(root.iter("{http://graphml.graphdrawing.org/xmlns}edge"))) > 3
