"""Every method of every family has a place in the reference, a source in the bibliography and a test file."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from winset.actors.bodies import shipped_bodies
from winset.carrying.exports import EXPORTS
from winset.corpus.readers import READERS
from winset.decisions.backtest import track_record
from winset.decisions.models import MODELS
from winset.decisions.power import INDICES
from winset.decisions.rules import RULES
from winset.positions.agreement import COEFFICIENTS
from winset.positions.estimators import ESTIMATORS
from winset.positions.proposing import PROPOSERS
from winset.positions.stances import STANCES
from winset.registry import Family, Method
from winset.statements.attributors import ATTRIBUTORS

FAMILIES: dict[str, Family[Any, Any]] = {
    "readers": READERS,
    "attributors": ATTRIBUTORS,
    "proposers": PROPOSERS,
    "stances": STANCES,
    "estimators": ESTIMATORS,
    "agreement": COEFFICIENTS,
    "rules": RULES,
    "models": MODELS,
    "power": INDICES,
    "formats": EXPORTS,
}
EVERY_METHOD = [
    pytest.param(page, entry, id=f"{page}-{entry.id}") for page, family in FAMILIES.items() for entry in family
]
OF_A_PAGE = ("Source", "Worked example", "When not to trust it")
SECTIONS = {  # of families with a page for each method: the headings that each of these pages has, in this order
    "rules": ("Clauses", *OF_A_PAGE),
    "models": ("Formula", *OF_A_PAGE),
    "power": ("Formula", *OF_A_PAGE),
}
ONE_PAGE = [page for page in FAMILIES if page not in SECTIONS]


def headings(page: Path) -> set[str]:
    """The second-level headings of a Markdown page, without code marks."""
    return set(re.findall(r"^## `?([^`\n]+?)`?$", page.read_text(encoding="utf-8"), flags=re.MULTILINE))


def sections(page: Path) -> dict[str, str]:
    """What stands under each second-level heading of a Markdown page, in order."""
    parts = re.split(r"^## (.+)\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {title: text.strip() for title, text in zip(parts[::2], parts[1::2], strict=True)}


def citation_keys(bibliography: Path) -> list[str]:
    """The keys of a BibTeX file, in order."""
    return re.findall(r"^@\w+\{\s*([^,\s]+)\s*,", bibliography.read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("page", FAMILIES)
def test_a_family_lists_at_least_one_method(page: str) -> None:
    assert len(FAMILIES[page]) > 0


@pytest.mark.parametrize(("page", "entry"), [each for each in EVERY_METHOD if each.values[0] in ONE_PAGE])
def test_a_method_has_a_heading_in_the_reference(page: str, entry: Method[Any, Any], project: Path) -> None:
    path = project / "docs" / "reference" / f"{page}.md"
    assert entry.id in headings(path), f"add a heading '## {entry.id}' to docs/reference/{page}.md"


@pytest.mark.parametrize(("page", "entry"), [each for each in EVERY_METHOD if each.values[0] in SECTIONS])
def test_a_rule_model_or_index_has_a_page(page: str, entry: Method[Any, Any], project: Path) -> None:
    path = project / "docs" / "reference" / page / f"{entry.id}.md"
    assert path.exists(), f"{page} {entry.id!r} has no page: write docs/reference/{page}/{entry.id}.md"
    said = sections(path)
    named = f"docs/reference/{page}/{entry.id}.md"
    assert path.read_text(encoding="utf-8").startswith(f"# {entry.id}\n\n"), f"{named}: begin with '# {entry.id}'"
    assert [title for title in said if title in SECTIONS[page]] == list(SECTIONS[page]), f"{named}: {SECTIONS[page]}"
    assert all(said.values()), f"{named}: a section is empty"
    assert entry.source in said["Source"], f"{named}: its source is {entry.source}"
    assert ">>>" in said["Worked example"], f"{named}: its worked example is not executed"


@pytest.mark.parametrize("page", ONE_PAGE)
def test_a_reference_page_describes_no_method_that_is_gone(page: str, project: Path) -> None:
    known = {entry.id for entry in FAMILIES[page]}
    assert headings(project / "docs" / "reference" / f"{page}.md") == known


@pytest.mark.parametrize("page", SECTIONS)
def test_a_family_has_no_page_of_a_method_that_is_gone(page: str, project: Path) -> None:
    known = {entry.id for entry in FAMILIES[page]}
    assert {path.stem for path in (project / "docs" / "reference" / page).iterdir()} == known


@pytest.mark.parametrize("page", SECTIONS)
def test_the_overview_of_a_family_lists_every_method(page: str, project: Path) -> None:
    overview = (project / "docs" / "reference" / f"{page}.md").read_text(encoding="utf-8")
    listed = re.findall(rf"^\| \[([^\]]+)\]\({page}/([^)]+)\.md\) \| \S", overview, flags=re.MULTILINE)
    assert sorted(listed) == sorted((entry.id, entry.id) for entry in FAMILIES[page])


def test_the_page_of_a_model_tells_its_measured_error(project: Path) -> None:
    for score in track_record().scores:
        if score.model in {entry.id for entry in MODELS}:
            page = project / "docs" / "reference" / "models" / f"{score.model}.md"
            told = " ".join(sections(page)["When not to trust it"].split())
            assert f"{score.error:.1f} points" in told, f"models/{score.model}.md: off by {score.error:.1f} points"


@pytest.mark.parametrize(("page", "entry"), EVERY_METHOD)
def test_a_method_has_its_source_in_the_bibliography(page: str, entry: Method[Any, Any], project: Path) -> None:
    keys = citation_keys(project / "docs" / "bibliography.bib")
    assert entry.source in keys, f"{page} {entry.id!r} cites {entry.source!r}: add it to docs/bibliography.bib"


def test_a_shipped_body_has_its_source_in_the_bibliography(project: Path) -> None:
    cited = {body.source for body in shipped_bodies()}
    assert cited <= set(citation_keys(project / "docs" / "bibliography.bib"))


def test_a_shipped_body_decides_by_a_rule_that_is_there() -> None:
    assert {body.rule for body in shipped_bodies()} <= {rule.id for rule in RULES}


def test_no_key_stands_twice_in_the_bibliography(project: Path) -> None:
    keys = citation_keys(project / "docs" / "bibliography.bib")
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize(("page", "entry"), EVERY_METHOD)
def test_a_method_has_a_test_file(page: str, entry: Method[Any, Any], project: Path) -> None:
    module = entry.function.__module__
    stem = module.rpartition(".")[2]
    tests = [path for path in (project / "tests").rglob("test_*.py") if path != Path(__file__)]
    named = [path for path in tests if path.stem == f"test_{stem}"]
    mention = re.compile(rf'\b{re.escape(module)}\b|"(?:machine: )?{re.escape(entry.id)}"')
    using = [path for path in tests if mention.search(path.read_text(encoding="utf-8"))]
    assert named or using, f"no test names {page} {entry.id!r}: add tests/.../test_{stem}.py"


@pytest.mark.parametrize(("page", "entry"), EVERY_METHOD)
def test_a_method_says_what_it_does(page: str, entry: Method[Any, Any]) -> None:
    assert entry.summary, f"{page} {entry.id!r} has no docstring"
    assert getattr(importlib.import_module(entry.function.__module__), entry.function.__name__) is entry
