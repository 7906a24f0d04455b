"""A kept case of two documents that people have worked on, and what the commands of a drill are given."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import FIRST, SECOND
from tests.cli.test_backtest import past
from tests.cli.test_discrepancies import NOTED
from tests.firedrill.running import keep_columns, winset

LATER = """\
Norway changes its mind

5 July 2023

Norway said on Tuesday that it opposes the training centre in Reykjavik. “We cannot pay for it,” its minister said.
"""
THIRD = """\
Iceland hopes

6 July 2023

Iceland welcomed the plan. According to Oslo, the training centre is too costly.
"""
CASE_FILE = """\
proposal: Open a training centre in Reykjavik
body: nato
on: 2023-07-11
documents: [reports]
"""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds them; to be copied before anything is done in it."""
    folder = tmp_path_factory.mktemp("drill") / "prepared"
    (folder / "reports").mkdir(parents=True)
    (folder / "more").mkdir()
    (folder / "reports" / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "reports" / "second.txt").write_text(SECOND, encoding="utf-8")
    (folder / "more" / "later.txt").write_text(LATER, encoding="utf-8")
    (folder / "more" / "third.txt").write_text(THIRD, encoding="utf-8")
    (folder / "case.yaml").write_text(CASE_FILE, encoding="utf-8")
    (folder / "noted.txt").write_text(NOTED, encoding="utf-8")
    past(folder / "decided", first=0, count=3)
    for command in (
        ("new", "case.winset", "--from", "case.yaml"),
        ("actors", "case.winset", "is", "Berlin", "DEU", "--by", "Ada", "--why", "the capital"),
        ("backup", "case.winset", "case.backup"),
    ):
        ended = winset(*command, folder=folder)
        assert ended.status == 0, ended.err
        if command[0] == "actors":
            keep_columns(folder / "case.winset")
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """Such a folder, to work in."""
    return Path(shutil.copytree(prepared, tmp_path / "work"))
