"""The example in R: it runs on a kept case, prints what the command line says, and draws."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def rscript() -> str:
    """The program, where R is there with jsonlite."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("needs R: apt-get install r-base-core r-cran-jsonlite")
    if subprocess.run([program, "-e", "library(jsonlite)"], capture_output=True, check=False).returncode:
        pytest.skip("needs R's package jsonlite: apt-get install r-cran-jsonlite")
    return program


def example(project: Path) -> str:
    """Where it is."""
    return str(project / "examples" / "r" / "positions.R")


def run(rscript: str, script: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A script, with the winset that is tested first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    settings = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [rscript, script, *arguments], capture_output=True, encoding="utf-8", env=settings, cwd=cwd, check=False
    )


def test_the_example_prints_the_positions_and_draws_them(
    rscript: str, project: Path, kept_tokyo: Path, tmp_path: Path
) -> None:
    ended = run(rscript, example(project), str(kept_tokyo), "drawn.pdf", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    winset = Path(sys.executable).with_name("winset")
    told = subprocess.run([winset, "positions", kept_tokyo, "--json"], capture_output=True, text=True, check=True)
    held = {row["actor"]: row for row in json.loads(told.stdout)["positions"]}
    line = next(line for line in ended.stdout.splitlines() if line.strip().startswith("France "))
    assert line.split()[2:4] == [f"{held['France']['value']:.1f}", f"{held['France']['std_error']:.1f}"]
    for words in ("as given", "France=40", "France=80"):
        assert words in ended.stdout
    assert (tmp_path / "drawn.pdf").read_bytes().startswith(b"%PDF")


def test_the_lines_of_the_documentation_run(rscript: str, project: Path, kept_tokyo: Path, tmp_path: Path) -> None:
    page = (project / "docs" / "how-to" / "use-from-r.md").read_text(encoding="utf-8")
    shown = re.findall(r"```r\n(.*?)```", page, flags=re.DOTALL)
    assert len(shown) == 3
    shutil.copy(kept_tokyo, tmp_path / "tokyo.winset")
    (tmp_path / "shown.R").write_text("\n".join(shown), encoding="utf-8")
    ended = run(rscript, str(tmp_path / "shown.R"), cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "France" in ended.stdout
    assert len((tmp_path / "statements.jsonl").read_text(encoding="utf-8").splitlines()) == 74


def test_what_winset_refuses_r_tells_in_its_words(rscript: str, project: Path, tmp_path: Path) -> None:
    ended = run(rscript, example(project), "nowhere.winset", cwd=tmp_path)
    assert ended.returncode != 0
    assert "nowhere.winset" in ended.stderr
    assert list(tmp_path.iterdir()) == []
    assert "say which case" in run(rscript, example(project), cwd=tmp_path).stderr
