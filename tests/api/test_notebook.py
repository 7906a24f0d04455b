"""The tutorial notebook: it runs to the end, and shows what it showed when it was committed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import winset as ws

NOTEBOOK = Path("docs", "tutorial", "tokyo-office.ipynb")
LIBRARY = "library"  # tag of a cell whose output is drawn by another library, which may draw it otherwise tomorrow
STYLE = re.compile(r"<style>.*?</style>", flags=re.DOTALL)


@pytest.fixture(scope="module")
def committed(project: Path) -> dict[str, Any]:
    """As it is in the repository."""
    found = json.loads((project / NOTEBOOK).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def texts(cell: dict[str, Any]) -> list[str]:
    """What a cell shows: printed words, and what it ends with, as words and as HTML."""
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        for part in (output.get("text", ""), data.get("text/plain", ""), data.get("text/html", "")):
            found.append(STYLE.sub("", "".join(part)))
    return found


def test_the_notebook_runs_and_shows_what_it_showed(project: Path, committed: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("nbclient")
    made = tmp_path / "made.ipynb"
    script = [sys.executable, "-m", "docs.run_notebook", str(project / NOTEBOOK), str(made)]
    ended = subprocess.run(script, cwd=project, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    again = json.loads(made.read_text(encoding="utf-8"))
    assert [cell["source"] for cell in again["cells"]] == [cell["source"] for cell in committed["cells"]]
    for before, now in zip(committed["cells"], again["cells"], strict=True):
        if LIBRARY not in before["metadata"].get("tags", []):
            assert texts(now) == texts(before), "".join(before["source"])
        assert len(now.get("outputs", [])) == len(before.get("outputs", []))


def test_the_notebook_is_committed_with_its_outputs_and_without_anything_of_a_machine(
    committed: dict[str, Any],
) -> None:
    code = [cell for cell in committed["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] == number for number, cell in enumerate(code, start=1))
    assert all(cell["outputs"] for cell in code)
    assert not any(output["output_type"] == "error" for cell in code for output in cell["outputs"])
    assert all(set(cell["metadata"]) <= {"tags"} for cell in committed["cells"])
    everything = json.dumps(committed)
    assert not re.search(r"/(?:home|root|tmp|work|Users)/|[A-Z]:\\\\|0x[0-9a-f]{8}", everything)
    assert set(re.findall(r"https?://[^\s\"\\]+", everything)) <= {
        *("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"),
    }


def test_the_names_that_the_notebook_uses_are_public(committed: dict[str, Any]) -> None:
    source = "\n".join("".join(cell["source"]) for cell in committed["cells"])
    used = set(re.findall(r"\bws\.([a-z_]+)", source))
    assert {"read", "case", "decide", "rules"} <= used <= set(ws.__all__)
