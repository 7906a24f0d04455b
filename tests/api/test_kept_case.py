"""A kept case in place of a table: the same answer as on the command line, and what a case does not take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import winset.api as ws
from winset.cli.app import app
from winset.errors import BadCase
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.store.case_store import CaseStore


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case of NATO without a document: nobody is on record until a what-if says so."""
    path = tmp_path / "levy.winset"
    issue = Issue(proposal="Adopt a levy", body="nato", rule="consensus-silence", on=PartialDate("2023-07-11"))
    CaseStore.create(path, CaseSpec(issue=issue)).close()
    return path


def test_a_kept_case_is_asked_as_on_the_command_line(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words: dict[str, Any] = {"what_if": "France=10; Italy=90; cost=5", "on": "2025-01-01", "rule": "consensus"}
    made = ws.decide(case, draws=200, **words).as_dict()
    monkeypatch.setattr("winset.cli.decide_scenarios.read", _without_documents)
    line = [f"--{name.replace('_', '-')}={value}" for name, value in words.items()]
    found = CliRunner().invoke(app, ["decide", str(case), "--draws", "200", "--json", *line])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert made == {name: value for name, value in told.items() if name in made}
    assert len(made["members"]) == 32


def _without_documents(request: Any) -> Any:
    from winset.pipeline.kept_cases import kept_material

    with CaseStore.open(request.kept) as store:
        return kept_material(store)


@pytest.mark.parametrize(
    "given", [{"body": "nato"}, {"issue": "x"}, {"proposal": 70}, {"options": {"half": 50}}, {"cost_of_objecting": -1}]
)
def test_what_a_case_states_itself_is_refused(case: Path, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"leave out|negative"):
        ws.decide(case, **given)


def test_a_table_has_no_record_of_a_day() -> None:
    rows = [{"actor": name, "issue": "x", "position": 1, "salience": 1, "capability": 1} for name in "AB"]
    with pytest.raises(BadCase, match="no documents"):
        ws.decide(rows, as_of="2023-01-01")
