"""What fuzzing kept is played again, without the fuzzer: inputs of the corpora, and each that once broke something."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz.mended import MENDED
from fuzz.readers import LIMITS
from fuzz.seeds import seeds
from fuzz.target import Broken
from fuzz.targets import TARGETS

from fuzz import campaign, laws, packing, page
from winset.corpus.readers import READERS
from winset.corpus.types import Document
from winset.errors import WinsetError

MOST_BYTES = 2_000_000  # of all kept corpora
PLAYED = 25  # inputs of one target's corpus in one run of the tests; regressions are played whole
KEPT = campaign.inputs((campaign.CORPORA,))
ONCE_BROKEN = campaign.inputs((campaign.REGRESSIONS,))


def spread(paths: list[Path]) -> list[Path]:
    """PLAYED of them, from the first to the last."""
    return paths[:: max(1, -(-len(paths) // PLAYED))]


@pytest.mark.filterwarnings("default")  # what a library warns of is no finding
@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_kept_inputs_break_no_law(name: str) -> None:
    given = [data for of, data in seeds() if of == name]
    assert given, "a target starts from at least one sound input"
    for data in (*given, *(path.read_bytes() for path in spread(KEPT.get(name, [])))):
        TARGETS[name].run(data)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(
    "path",
    list(itertools.chain.from_iterable(ONCE_BROKEN.values())),
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_what_once_broke_something_does_not_any_more(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())


def test_each_mended_finding_has_its_input_and_each_input_its_line() -> None:
    assert {each.target for each in MENDED} == set(ONCE_BROKEN)


def test_targets_and_kept_folders_are_the_same() -> None:
    assert {*KEPT, *ONCE_BROKEN} <= set(TARGETS)
    assert sum(path.stat().st_size for paths in KEPT.values() for path in paths) < MOST_BYTES


@pytest.mark.parametrize(
    ("reader", "packed", "words"),
    [
        ("docx", packing.docx, "inlink"),
        ("docx", packing.docx, "[1] Note."),
        ("pdf", packing.pdf, "Syl vania opposes it."),
        ("pdf", packing.pdf, "form"),
    ],
)
def test_what_is_packed_here_is_read_there(reader: str, packed: Callable[[bytes], bytes], words: str) -> None:
    seed = next(data for of, data in seeds() if of == reader)
    [found] = READERS[reader](packed(seed), name="a", limits=LIMITS)
    assert words in found.text


def test_laws_see_what_breaks_them() -> None:
    """A fuzzer whose laws hold of anything finds nothing."""
    broken = Document(name="a", text="half \x00 a word", reader="html")
    with pytest.raises(Broken, match="not cleaned"):
        laws.document(broken)
    with pytest.raises(Broken, match="says nothing"):
        laws.told(WinsetError(""))
    with pytest.raises(Broken, match="characters"):
        laws.told(WinsetError("x" * (laws.LONGEST_LINE + 1)))


def test_an_error_that_is_none_of_ours_comes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fuzz.questions.read_rule", breaks)
    with pytest.raises(ZeroDivisionError):
        TARGETS["rules"].run(b"[1; 1]")


def test_the_page_shows_the_last_campaign(project: Path) -> None:
    assert (project / "docs" / "reference" / "fuzzing.md").read_text(encoding="utf-8") == page.page()
    figures = json.loads(campaign.FIGURES.read_text(encoding="utf-8"))
    assert set(figures) == set(TARGETS)
    assert all(each["executions"] > 0 and not each["findings"] for each in figures.values())
