"""The tab key offers what may follow: in a real bash, and by the protocols of zsh and fish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from winset.cli import completing

BIN = Path(sys.executable).parent
SCRIPT = """
source completion.sh
complete -p winset >&2
COMP_WORDS=("$@")
COMP_CWORD=$(( $# - 1 ))
COMP_LINE="$*"
_winset_completion winset "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), **more}


def offered(folder: Path, *words: str) -> list[str]:
    """What bash offers behind these words, of which the last is not complete."""
    if shutil.which("bash") is None or not (BIN / "winset").exists():
        pytest.skip("needs bash, and winset beside Python")
    script = folder / "completion.sh"
    if not script.exists():
        script.write_text(told(folder, _WINSET_COMPLETE="source_bash"), encoding="utf-8")
    done = subprocess.run(
        ["bash", "--norc", "-c", SCRIPT, "bash", "winset", *words],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "complete -o default -F _winset_completion winset" in done.stderr  # where nothing is offered: files
    return done.stdout.split()


@pytest.fixture
def case(read_once: Path, folder: Path, reports: Path) -> Path:
    """A case of two documents."""
    shutil.copy(read_once, folder)
    return folder / read_once.name


def test_bash_offers_commands_options_and_values(case: Path) -> None:
    folder = case.parent
    assert offered(folder, "st") == ["status", "statements"]
    assert "--over-time" in offered(folder, "positions", "--o")
    assert offered(folder, "decide", "case.winset", "--rule", "simple") == ["simple-majority"]
    assert offered(folder, "members", "nat") == ["nato"]
    assert offered(folder, "network", "case.winset", "--kind", "con") == ["congruence", "conflict"]


def test_bash_offers_kept_cases_their_actors_and_verbs(case: Path) -> None:
    folder = case.parent
    (folder / "other.winset").touch()
    (folder / "two words.winset").touch()
    assert offered(folder, "status", "") == ["case.winset", "other.winset"]
    assert offered(folder, "status", "reports/") == []  # bash then offers the files
    assert set(offered(folder, "check", "case.winset", "--actor", "")) == {"CAN", "CHN", "DEU", "FRA"}
    assert offered(folder, "actors", "case.winset", "mer") == ["merge"]
    assert offered(folder, "actors", "case.winset", "merge", "F") == ["FRA"]


def test_what_cannot_be_read_offers_nothing(folder: Path) -> None:
    (folder / "odd.winset").write_bytes(b"SQLite format 3\x00 and no more")
    assert offered(folder, "check", "odd.winset", "--actor", "") == []
    assert [name for name, _ in completing.cases("./o")] == ["./odd.winset"]
    assert completing.cases("no/such/folder/") == []


def test_zsh_and_fish_get_help_beside_the_words(case: Path) -> None:
    line = "winset check case.winset --actor F"
    zsh = told(case.parent, _WINSET_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line)
    assert '"FRA":"France"' in zsh
    fish = {"_WINSET_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line}
    assert told(case.parent, **fish, _TYPER_COMPLETE_FISH_ACTION="get-args").split("\t") == ["FRA", "France"]
    for shell, word in (("zsh", "#compdef winset"), ("fish", "complete --command winset"), ("pwsh", "winset")):
        assert word in told(case.parent, _WINSET_COMPLETE=f"source_{shell}")


def told(folder: Path, **settings: str) -> str:
    done = subprocess.run(
        [BIN / "winset"], cwd=folder, env=environment(folder, **settings), capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_completing_loads_no_heavy_library(folder: Path) -> None:
    script = "import sys\nfrom winset.cli import completing\nfor each in (completing.rules, completing.bodies):\n    "
    script += "assert each('')\nprint(*{'scipy', 'onnxruntime', 'sqlalchemy', 'trafilatura'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_completion_offers_what_its_command_takes() -> None:
    offers = {
        name: getattr(completing, name)("")
        for name in ("rules", "models", "indices", "estimators", "stances", "attributors", "bodies", "tables")
    }
    assert all(len(offered) > 1 for offered in offers.values())
    assert all(about and " " not in word for offered in offers.values() for word, about in offered)
