"""What the documentation says to type is typed: whole pages, command by command, in a folder that begins empty."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docs.walks import WALKED, walked

PROJECT = Path(__file__).parents[1]
COMMAND = re.compile(r"^ {4}winset (.+)$", flags=re.M)


@pytest.mark.parametrize("page", WALKED)
def test_a_page_prints_what_its_commands_print(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    assert walked(text) == text, f"{page}: run `make docs`"


def test_the_tutorial_runs_to_its_end(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "tutorial" / "tokyo-office.md").read_text(encoding="utf-8")
    shutil.copytree(PROJECT / "examples", tmp_path / "examples")
    [majority] = re.findall(r"```yaml\n([^`]*rule: absolute-majority[^`]*)```", page)
    (tmp_path / "examples" / "tokyo-office" / "majority.yaml").write_text(majority, encoding="utf-8")
    commands = COMMAND.findall(page)
    assert len(commands) > 4
    for command in commands:
        line = [str(Path(sys.executable).with_name("winset")), *shlex.split(command)]
        done = subprocess.run(line, cwd=tmp_path, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), command
    assert {path.name for path in tmp_path.iterdir()} >= {"brief.html", "majority.html", "tokyo.winset"}
