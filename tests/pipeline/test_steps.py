"""The steps in their order, on the real layers."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from winset.actors.registry import registry
from winset.actors.types import Standing
from winset.brief.types import Brief
from winset.bulk.keeping import keep
from winset.corpus.types import Document
from winset.decisions.types import Outcome
from winset.errors import BadCase, NotYetFounded, OffScale, UnknownBody, UnknownMethod
from winset.exchange.case_files import read_case
from winset.issues import CaseSpec
from winset.pipeline.brief import compose_brief
from winset.pipeline.clock import now
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.reading import code_document, read_material
from winset.pipeline.stating import stated
from winset.store.case_store import CaseStore

REPORTS = {
    "one.txt": "3 July 2023\n\nFrance opposes the training centre in Reykjavik. “We are against the training centre,” "
    "Emmanuel Macron told reporters on Monday.\n",
    "two.txt": "4 July 2023\n\nGermany supports the training centre in Reykjavik, its government said on Tuesday. "
    "China opposes the training centre, a foreign ministry spokesperson said.\n",
}


@pytest.fixture
def spec() -> CaseSpec:
    return stated(
        proposal="Open a training centre in Reykjavik", body="NATO", on="2023-07-11", options=["a smaller one=40"]
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    for name, text in REPORTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def brief_of(folder: Path, spec: CaseSpec, *, seed: int = 0) -> Brief:
    return compose_brief(spec, read_material([str(folder)], spec), seed=seed, draws=500)


def test_what_is_stated_is_checked_and_named_as_the_registry_does(spec: CaseSpec) -> None:
    assert (spec.issue.body, spec.issue.rule) == ("nato", "consensus-silence")
    assert [(option.label, option.value) for option in spec.issue.options] == [("a smaller one", 40)]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"body": "natto"}, UnknownBody),
        ({"on": "1948"}, NotYetFounded),
        ({"rule": "whim"}, UnknownMethod),
        ({"options": ["smaller"]}, BadCase),
        ({"options": ["smaller=101"]}, OffScale),
        ({"options": ["smaller=1", "smaller=2"]}, BadCase),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, str], refusal: type[Exception]) -> None:
    given = {"proposal": "Open it", "body": "nato", "on": "2023-07-11", **changed}
    with pytest.raises(refusal):
        stated(**given)  # type: ignore[arg-type]


def test_documents_become_a_brief_that_cites(folder: Path, spec: CaseSpec) -> None:
    brief = brief_of(folder, spec)
    assert brief.forecast.outcome is Outcome.BLOCKED
    assert brief.forecast.blockers[0].actor_id == "FRA"
    held = {str(statement.id) for statement in brief.statements}
    positions = [party.position for party in brief.parties if party.position is not None]
    assert positions
    assert all(set(position.evidence) <= held for position in positions)
    texts = {document.id: document for document in brief.documents}
    spans = [part for each in brief.statements for part in each.statement.contents]
    assert all(part.holds_in(texts[part.document_id]) for part in spans)


def test_members_come_first_and_only_they_have_votes(folder: Path, spec: CaseSpec) -> None:
    parties = brief_of(folder, spec).parties
    members = [party for party in parties if party.standing is Standing.MEMBER]
    assert len(members) == len(registry().seats("nato", date(2023, 7, 11))) == 31
    assert list(parties[:31]) == members
    assert {party.votes for party in parties[31:]} == {0}
    assert "CHN" in {party.actor_id for party in parties[31:]}
    unheard = [party for party in members if not party.statements]
    assert len(unheard) == 29
    assert {party.position for party in unheard} == {None}


def test_the_same_seed_makes_the_same_brief(folder: Path, spec: CaseSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert brief_of(folder, spec, seed=3) == brief_of(folder, spec, seed=3)
    assert brief_of(folder, spec).how_made.generated_at == "1970-01-01T00:00:00Z"


def test_a_brief_names_the_method_of_every_step(folder: Path, spec: CaseSpec) -> None:
    made = dict(brief_of(folder, spec).how_made.methods)
    assert list(made) == ["statements", "stances", "positions", "rule", "forecast"]
    assert all(made.values())


def test_a_kept_case_makes_the_brief_that_its_documents_make(folder: Path, spec: CaseSpec, tmp_path: Path) -> None:
    with CaseStore.create(tmp_path / "a.winset", spec) as store:
        kept = keep(store, [str(folder)])
        assert kept.added == ["one.txt", "two.txt"]
        material = kept_material(store)
        assert store.spec() == spec
    from_store = compose_brief(spec, material, draws=500)
    direct = brief_of(folder, spec)
    assert (from_store.parties, from_store.statements, from_store.forecast, from_store.documents) == (
        direct.parties,
        direct.statements,
        direct.forecast,
        direct.documents,
    )


def test_an_own_body_decides_by_its_own_members(folder: Path) -> None:
    spec = read_case(
        "{proposal: Open a training centre in Reykjavik, body: Two Friends, on: 2023-07-11, "
        "rule: simple-majority, members: [Germany, {name: Canada, votes: 1}]}",
        name="own.yaml",
    )
    brief = brief_of(folder, spec)
    assert (brief.body.name, brief.body.key) == ("Two Friends", "Two Friends")
    assert [party.name for party in brief.parties if party.votes] == ["Canada", "Germany"]
    assert Standing.MEMBER not in {party.standing for party in brief.parties if not party.votes}


def test_progress_is_told_of_each_document(folder: Path, spec: CaseSpec) -> None:
    told: list[str] = []
    read_material([str(folder)], spec, progress=told.append)
    assert told == ["one.txt", "two.txt"]


def test_a_document_without_a_statement_is_still_a_document(spec: CaseSpec) -> None:
    coding = code_document(Document(name="n.txt", text="It rained."), spec)
    assert (coding.statements, coding.stances) == ((), ())


def test_a_clock_that_is_no_clock_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("soon", "9" * 30, "-1e99"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(BadCase, match="SOURCE_DATE_EPOCH"):
            now()


def test_five_published_texts_stay_within_their_memory(shared: Path, tmp_path: Path) -> None:
    if not (shared / "seeds").is_dir() or not Path("/proc/self/status").is_file():
        pytest.skip("needs ../shared/seeds, and Linux to tell the memory")
    arguments = ["brief", str(shared / "seeds"), "--proposal", "Open a NATO liaison office in Tokyo", "--body", "nato"]
    program = (  # says what it took itself: getrusage would count what this process took before the child was its own
        "import atexit, pathlib; from winset.cli import main;"
        "atexit.register(lambda: print(pathlib.Path('/proc/self/status').read_text())); main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--on", "2023-07-11", "-o", "b.html"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Blocked.")
    assert "France" in ended.stdout
    peak = re.search(r"^VmHWM:\s+(\d+) kB$", ended.stdout, re.MULTILINE)
    assert peak is not None
    assert int(peak[1]) < 600_000
