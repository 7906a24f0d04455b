"""The documentation holds together: links lead somewhere, commands exist, examples can be read."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from winset.cli.app import app
from winset.corpus.reading import read
from winset.corpus.types import Document
from winset.exchange.case_files import load_case, read_case

PROJECT = Path(__file__).parents[1]
PAGES = sorted(
    page for where in ("*.md", "docs/**/*.md", "examples/*/*.md", "benchmarks/*.md") for page in PROJECT.glob(where)
)
WINSET = Path(sys.executable).with_name("winset")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")
PROMPT = re.compile(r"^ *(>>>|\.\.\.) .*$", flags=re.MULTILINE)  # `MODELS["median"](profile)` is no link
COMMAND = re.compile(r"^(?: {4}| {7})winset ([a-z]+)\b(.*)$", flags=re.MULTILINE)  # indented: code, also in a list


def name(path: Path) -> str:
    """As the test's id."""
    return path.relative_to(PROJECT).as_posix()


def anchors(page: Path) -> set[str]:
    """The fragments that a page's headings can be reached by."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


@pytest.fixture(scope="session")
def helps() -> dict[str, str]:
    """What `winset COMMAND --help` printed, by command; filled by `help_of`."""
    return {}


def help_of(command: str, helps: dict[str, str]) -> str:
    """The help text of a command; fails where there is no such command."""
    if command not in helps:
        done = subprocess.run([WINSET, command, "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"winset {command} is no command: {done.stderr}"
        helps[command] = done.stdout
    return helps[command]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_into_the_repository_resolves(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in (first or second for first, second in LINK.findall(PROMPT.sub("", text))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), f"{name(page)} links to {target}, which is not there"
        assert not fragment or fragment in anchors(aim), f"{name(page)} links to {target}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_shown_exists_with_its_options(page: Path, helps: dict[str, str]) -> None:
    for command, rest in COMMAND.findall(page.read_text(encoding="utf-8")):
        known = help_of(command, helps)
        for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest.partition("#")[0]):
            assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", known), f"winset {command} has no {option}"


def test_the_command_reference_is_that_of_the_command_line(helps: dict[str, str]) -> None:
    page = (PROJECT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## winset (\w+)\n(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL))
    assert list(sections) == [command.name for command in app.registered_commands]
    for command, section in sections.items():
        assert meanings(section) == meanings(help_of(command, helps)), f"winset {command}: run `make docs`"


def meanings(text: str) -> dict[str, str]:
    """The options of a help text with the letters of what is said of each; layout and metavars may differ."""
    options = re.findall(r"^ +(-.*?)  +(\S.*?)(?=^ +-|^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    flags = {" ".join(re.findall(r"(?<!\w)--?[a-z][a-z-]*", names)): words for names, words in options}
    return {names: re.sub(r"\[.*?\]|\W", "", words, flags=re.DOTALL) for names, words in flags.items()}


@pytest.fixture(scope="module")
def registry_page() -> ModuleType:
    """The script that writes the registry's page."""
    spec = importlib.util.spec_from_file_location("registry_page", PROJECT / "docs" / "registry_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def test_the_registrys_page_is_that_of_the_tables(registry_page: ModuleType) -> None:
    page = (PROJECT / "docs" / "reference" / "registry.md").read_text(encoding="utf-8")
    assert page == registry_page.page(), "the registry has changed: run `make docs`"


def test_the_bibliographys_page_is_that_of_its_file() -> None:
    from docs import bibliography_page

    page = (PROJECT / "docs" / "reference" / "bibliography.md").read_text(encoding="utf-8")
    assert page == bibliography_page.page(), "the bibliography or the methods have changed: run `make docs`"


def test_every_shipped_table_is_described_with_source_licence_and_date(registry_page: ModuleType) -> None:
    described = registry_page.described()
    assert sorted(described) == registry_page.shipped(), "actors/data/*/README.md: one row for each table"
    for path, table in described.items():
        for cell in ("what", "source", "licence", "date"):
            assert getattr(table, cell), f"{path}: its row in README.md has no {cell}"
        assert re.search(r"\b(?:19|20)\d\d\b", table.date), f"{path}: its date has no year"


def test_the_first_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    commands = re.findall(r"^ {4}make ([a-z]+)", readme, flags=re.MULTILINE)
    assert commands[:2] == ["brief", "test"]
    assert set(commands) <= set(targets)


def linked_from(page: Path) -> set[Path]:
    """The files that a page links to."""
    text = PROMPT.sub("", page.read_text(encoding="utf-8")) if page.suffix == ".md" else ""
    return {(page.parent / (target or image).partition("#")[0]).resolve() for target, image in LINK.findall(text)}


def test_every_page_of_the_documentation_is_reached_from_its_index() -> None:
    index = PROJECT / "docs" / "index.md"
    linked = linked_from(index)
    reached = set(linked)
    for overview in linked:  # reference/rules.md stands for the pages in reference/rules, and for no others
        reached |= {page for page in linked_from(overview) if page.parent == overview.with_suffix("")}
    missing = [name(page) for page in (PROJECT / "docs").rglob("*.md") if page != index and page not in reached]
    assert missing == []


def test_every_document_of_the_example_is_read() -> None:
    digests = PROJECT / "examples" / "tokyo-office" / "digests"
    found = list(read([str(digests)]))
    assert [row.name for row in found if not isinstance(row, Document)] == []
    assert len(found) == len(list(digests.iterdir()))
    for document in found:
        assert isinstance(document, Document)
        assert document.title
        assert document.published is not None
        assert document.published.text.startswith("2023-")


def test_every_case_file_in_the_examples_is_valid() -> None:
    for path in sorted(PROJECT.glob("examples/*/case.yaml")):
        found = load_case(path)
        assert all(Path(source).exists() for source in found.documents)


def test_the_case_files_shown_in_the_documentation_are_valid() -> None:
    shown = [
        (page, text)
        for page in PAGES
        for text in re.findall(r"```yaml\n(proposal:.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    ]
    assert shown
    for page, text in shown:
        assert read_case(text, name=name(page)).issue.proposal
