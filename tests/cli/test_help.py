"""Help is complete, and is there at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

# pydantic is not among them: some versions of typer load it for themselves
HEAVY = """
alembic charset_normalizer dateparser docx feedparser htmldate jinja2 lxml numpy
py3langid pypdfium2 scipy sqlalchemy trafilatura urllib3 yaml
""".split()

ASK = """
import sys
sys.argv = ["winset", *{arguments!r}]
from winset.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print("LOADED", *(name for name in {heavy!r} if name in sys.modules))
"""

COMMANDS = [
    "brief",
    "issue",
    "new",
    "add",
    "watch",
    "status",
    "actors",
    "check",
    "code",
    "recode",
    "statements",
    "tables",
    "export",
    "import",
    "ask",
    "sources",
    "discrepancies",
    "timeline",
    "network",
    "positions",
    "decide",
    "power",
    "backtest",
    "attribute",
    "who",
    "members",
    "methods",
    "serve",
    "mcp",
    "account",
    "backup",
    "restore",
    "recover",
    "doctor",
    "schema",
]


def asked(*arguments: str) -> str:
    script = ASK.format(arguments=arguments, heavy=HEAVY)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("brief", "--help"), ("new", "-h")])
def test_help_loads_no_heavy_library(arguments: tuple[str, ...]) -> None:
    assert asked(*arguments).rpartition("LOADED")[2].split() == []


def test_help_names_every_command() -> None:
    printed = asked("--help")
    assert [command for command in COMMANDS if f"\n  {command} " in printed] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_an_example_and_json(command: str) -> None:
    printed = asked(command, "--help")
    assert f"winset {command}" in printed.partition("For example:")[2]
    assert "--json" in printed
    assert "\n  " in printed


def test_the_version_is_told() -> None:
    from winset import __version__

    assert asked("--version").startswith(f"winset {__version__}\n")


def test_without_a_command_there_is_help() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from winset.cli import main; main()"], check=False, capture_output=True, text=True
    )
    assert "Usage:" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_command_is_the_same_alone_as_among_all() -> None:
    import typer

    from winset.cli.app import app

    every = typer.main.get_command(app).commands["members"]  # type: ignore[attr-defined]
    alone = asked("members", "--help").rpartition("LOADED")[0]
    context = typer.Context(
        every, info_name="members", parent=typer.Context(typer.main.get_command(app), info_name="winset")
    )
    assert [line.split() for line in alone.splitlines()][:3] == [
        line.split() for line in every.get_help(context).splitlines()
    ][:3]
    wrong = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['winset', 'membres']; from winset.cli import main; main()"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert wrong.returncode == 2
    assert "members" in wrong.stderr
