"""A folder to work in, documents of our own making, and the command line as a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests import json_forms
from typer.testing import CliRunner

from winset.cli.app import app

FIRST = """\
Training centre divides the alliance

Brussels, 3 July 2023

France opposes the training centre in Reykjavik, its president said on Monday. “We are against this training
centre,” Emmanuel Macron told reporters. “It is a mistake to open it in Reykjavik.”

The Canadian government welcomed the plan. “Canada supports the training centre,” said Canada’s foreign
minister, Mélanie Joly.
"""

SECOND = """\
What the allies think of Reykjavik

4 July 2023

Germany said that it supports opening the training centre in Reykjavik. According to Berlin, the centre would help
every ally. China warned against the training centre, a spokesperson of its foreign ministry said on Tuesday.
"""

STATED = ["--proposal", "Open a training centre in Reykjavik", "--body", "nato", "--on", "2023-07-11"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines on stderr; every one of them is ours."""
        lines = self.err.splitlines()
        assert all(line.startswith("winset: ") for line in lines), self.err
        return [line.removeprefix("winset: ") for line in lines]


Winset = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def reports(folder: Path) -> Path:
    """Two short reports."""
    place = folder / "reports"
    place.mkdir()
    (place / "first.txt").write_text(FIRST, encoding="utf-8")
    (place / "second.txt").write_text(SECOND, encoding="utf-8")
    return place


@pytest.fixture
def winset(folder: Path) -> Winset:
    """`winset ARGS...` in this process, in the working folder; what it prints as JSON must be what its schema tells."""

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Ended:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        json_forms.hold([str(argument) for argument in arguments], result.stdout)
        return Ended(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def stated() -> list[str]:
    """The options that state the case of the reports."""
    return list(STATED)


@pytest.fixture
def kept(winset: Winset, stated: list[str], folder: Path) -> Path:
    """A kept case without documents."""
    assert winset("new", "case.winset", *stated).status == 0
    return folder / "case.winset"


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kept case of the two reports, read once; copy it before you write to it."""
    from winset.bulk.keeping import keep
    from winset.pipeline.clock import now
    from winset.pipeline.stating import stated
    from winset.store.case_store import CaseStore

    place = tmp_path_factory.mktemp("read_once")
    (place / "reports").mkdir()
    (place / "reports" / "first.txt").write_text(FIRST, encoding="utf-8")
    (place / "reports" / "second.txt").write_text(SECOND, encoding="utf-8")
    spec = stated(proposal=STATED[1], body=STATED[3], on=STATED[5])
    with CaseStore.create(place / "case.winset", spec, created_at=now()) as store:
        keep(store, [str(place / "reports")])
    return place / "case.winset"
