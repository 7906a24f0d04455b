"""The brief of a case too large to be held: its figures rest on all statements, and open onto the words it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.scale.cases import made
from tests.store.test_observations import ROWS, _moved
from typer.testing import CliRunner

from winset.brief import html, markdown
from winset.brief.claims import claims
from winset.brief.json import as_dict
from winset.brief.types import Brief
from winset.bulk.keeping import keep
from winset.cli.app import app
from winset.corpus.types import Document
from winset.ids import PartialDate, content_id
from winset.pipeline import kept_cases, large_brief
from winset.pipeline.estimating import estimated, estimated_from_columns
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.large_brief import kept_brief
from winset.positions.estimation import by_actor
from winset.store.case_store import CaseStore
from winset.store.types import Coding


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """150 documents, 1,500 statements; a person has coded some."""
    path = tmp_path_factory.mktemp("large") / "large.winset"
    made(path, documents=150, worked=100)
    return path


@pytest.fixture
def large(case: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, taken as one that is too large."""
    monkeypatch.setattr(kept_cases, "WHOLE", 100)
    monkeypatch.setattr(large_brief, "SHOWN", 40)
    return case


def _brief(path: Path, **asked: object) -> Brief:
    with CaseStore.open(path) as store:
        return kept_brief(store, draws=500, **asked)  # type: ignore[arg-type]


def test_it_shows_a_part_and_says_so(large: Path) -> None:
    brief = _brief(large)
    assert brief.excerpt is not None
    assert (brief.excerpt.documents, brief.excerpt.statements) == (150, 1498)  # two were marked wrong
    assert 0 < len(brief.documents) < 150
    (told,) = [claim for claim in claims(brief)[0].claims if "The case holds" in claim.text]
    assert "The case holds 1,498 statements in 150 documents" in told.text
    assert f"the brief shows {len(brief.statements)} statements in {len(brief.documents)} documents" in told.text
    for rendered in (html.render(brief), markdown.render(brief)):
        assert "1,498 statements in 150 documents" in rendered


def test_every_position_is_that_of_all_statements(large: Path) -> None:
    brief = _brief(large)
    with CaseStore.open(large) as store:
        whole = {each.actor_id: each for each in estimated_from_columns(store).positions}
    held = [party.position for party in brief.parties if party.position is not None]
    assert len(held) > 30
    for each in held:
        other = whole[each.actor_id]
        assert (each.value, each.std_error, each.salience) == (other.value, other.std_error, other.salience)
        assert (each.behind, each.origins) == (other.behind, other.origins)


def test_figures_open_onto_words_that_are_shown(large: Path) -> None:
    brief = _brief(large)
    texts = {document.id: document.text for document in brief.documents}
    shown = {coded.id: coded for coded in brief.statements}
    for coded in shown.values():
        for span in coded.statement.contents:
            assert texts[span.document_id][span.start : span.end] == span.exact
    for party in brief.parties:
        if party.position is None:
            assert not party.statements
            continue
        assert party.position.evidence
        assert set(party.position.evidence) <= set(party.statements) <= set(shown)
        assert tuple(each.statement_id for each in party.position.contributions) == party.position.evidence
        for change in party.changes:
            assert set(change.statements) <= set(shown)
            assert change.origin == "" or change.statements
        for step in party.course:
            assert step.behind <= party.position.behind
    for section in claims(brief):
        for claim in section.claims:
            assert claim.cites


def test_what_is_shown_of_a_case_that_fits_is_what_the_whole_brief_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no origin is joined by what texts tell alone, and every document is shown, nothing differs."""
    path = tmp_path / "small.winset"
    made(path, documents=1)
    with CaseStore.open(path) as store:
        for number, actors in enumerate((("EST", "LVA"), ("LTU",))):
            document = Document(
                name=f"{number}",
                text="Riga opposes the levy. " * 12 + " ".join(f"w{number}{word}" for word in range(300)),
                published=PartialDate("2024-03-01"),
                publisher=("Reuters", "EFE")[number],
            )
            own = [_moved(row, document) for row in ROWS[:7] if row.actor_id in actors]
            issue = store.spec().issue.id
            store.add(
                document,
                Coding(
                    statements=tuple(row.statement for row in own),
                    identifications=tuple(row.identification for row in own),
                    stances=tuple(replace(row.stance, issue_id=issue) for row in own),
                ),
            )
        whole = kept_brief(store, draws=500)
        monkeypatch.setattr(kept_cases, "WHOLE", 5)
        part = kept_brief(store, draws=500)
        evidence = by_actor(estimated(store.spec(), kept_material(store)).evidence)
    assert part.excerpt is not None
    assert whole.excerpt is None
    before = {party.actor_id: party for party in whole.parties}
    compared = 0
    for party in part.parties:
        other = before[party.actor_id]
        if party.position is None or other.position is None or party.actor_id not in {"EST", "LTU", "LVA"}:
            continue
        origins = {row.origin.key for row in evidence[party.actor_id] if row.counts}
        assert party.position.origins == len(origins)
        assert party.position.value == pytest.approx(other.position.value, abs=0.11)
        assert [each.moved for each in party.position.contributions] == pytest.approx(
            [each.moved for each in other.position.contributions], abs=0.011
        )
        assert [(each.kind, each.value, each.statements) for each in party.changes] == [
            (each.kind, each.value, each.statements) for each in other.changes
        ]
        assert [(each.as_of, each.value, each.origins) for each in party.course] == [
            (each.as_of, each.value, each.origins) for each in other.course
        ]
        compared += 1
    assert compared == 3


def test_what_is_added_is_in_the_next_brief(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_cases, "WHOLE", 100)
    path = tmp_path / "grows.winset"
    path.write_bytes(case.read_bytes())
    before = _brief(path)
    news = tmp_path / "news.txt"
    news.write_text(
        "Hungary said it would never agree to the fuel levy. Hungary opposes the fuel levy.", encoding="utf-8"
    )
    with CaseStore.open(path) as store:
        keep(store, [str(news)])
    after = _brief(path)
    assert before.excerpt is not None
    assert after.excerpt is not None
    assert after.excerpt.documents == before.excerpt.documents + 1
    one, other = (
        next(party.position for party in brief.parties if party.actor_id == "HUN") for brief in (before, after)
    )
    assert one is not None
    assert other is not None
    assert other.behind > one.behind


def test_the_same_case_gives_the_same_brief(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first, again = (json.dumps(as_dict(_brief(large)), sort_keys=True) for _ in range(2))
    assert content_id(first) == content_id(again)


@pytest.mark.parametrize("as_of", ["2022-06-30", "2020"])
def test_the_record_of_a_day(large: Path, as_of: str) -> None:
    brief = _brief(large, as_of=PartialDate(as_of))
    for party in brief.parties:
        for step in party.course:
            assert step.as_of.earliest <= PartialDate(as_of).latest
    with CaseStore.open(large) as store:
        whole = estimated_from_columns(store, as_of=PartialDate(as_of)).positions
    held = {party.actor_id: party.position.value for party in brief.parties if party.position}
    assert held.items() <= {each.actor_id: each.value for each in whole}.items()


def test_commands_take_a_large_case(large: Path, tmp_path: Path) -> None:
    def ran(*arguments: str) -> Any:
        return CliRunner().invoke(app, [arguments[0], str(large), *arguments[1:]])

    for command in ("positions", "decide", "status"):
        found = ran(command)
        assert found.exit_code == 0, found.output
        assert {"positions": "France", "decide": "32 members", "status": "150 documents"}[command] in found.stdout
    for command in ("timeline", "discrepancies", "network", "sources"):
        found = ran(command)
        assert found.exit_code == 0, found.output
        assert "a large case: of 150 documents" in found.stderr
    refused = ran("positions", "--over-time")
    assert refused.exit_code == 2
    assert "winset brief" in refused.output
    assert ran("brief", "-o", str(tmp_path / "brief.html")).exit_code == 0
