"""Write what the documentation shows of the program: `--help` in reference/cli.md, registry, bibliography, answers.

`make docs` runs this; tests compare the pages with the program.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from docs import assistant_tools_page, bibliography_page, json_page, man_page, registry_page, walks
from typer.testing import CliRunner

from fuzz import page as fuzzing
from winset.cli.app import app

PROJECT = Path(__file__).parents[1]
CASE = PROJECT / "examples" / "tokyo-office" / "case.yaml"
TOLD_IN = ("README.md", "docs/tutorial/tokyo-office.md")
_ANSWER = re.compile(r"^(?P<indent> +)(?:Blocked|Adopted|Undecided)\..*?^ +Brief \(.*?\): brief\.html$", re.M | re.S)
_PRINTED = re.compile(r"^```console\n\$ winset (?P<command>[^\n]+)\n.*?^```$", re.M | re.S)
PRINTED_IN = ("docs/how-to/decide-from-a-table.md",)
HEAD = """\
# Command line

As `--help` prints it; `make docs` writes this page again. A test compares commands, options and their meaning with it.

Exit status: 0 when all went well; 2 where any input was bad, with one line for each, while the good ones still
count; 130 after Ctrl-C; 1 for a mistake of winset's own (`WINSET_TRACEBACK=1` shows where). Messages go to stderr, so
that stdout can be piped: `-` as the name of an output is stdout.
"""


def cli_reference() -> str:
    """The commands' help, in the order of the help."""
    names = [command.name for command in app.registered_commands if command.name]
    sections = [f"## winset {name}\n\n{_help(name)}" for name in names]
    return "\n".join([HEAD, f"## winset\n\n{_help()}", *sections])


def with_answer(page: str, answer: str) -> str:
    """The page with the example's answer as it is now, folded, at the indentation that the page gives it."""

    def shown(match: re.Match[str]) -> str:
        wrap = textwrap.TextWrapper(width=112, initial_indent=match["indent"], subsequent_indent=match["indent"])
        return "\n".join(wrap.fill(line) for line in answer.splitlines())

    return _ANSWER.sub(shown, page)


def with_printed(page: str) -> str:
    """The page with what each command in a console block prints, run from the checkout's root."""

    def shown(match: re.Match[str]) -> str:
        winset = Path(sys.executable).with_name("winset")
        line = [str(winset), *shlex.split(match["command"])]
        done = subprocess.run(line, cwd=PROJECT, check=True, capture_output=True, text=True)
        return f"```console\n$ winset {match['command']}\n{done.stdout.rstrip()}\n```"

    return _PRINTED.sub(shown, page)


def _help(*command: str) -> str:
    # one width on every machine; the usage line names the program as a user calls it
    done = CliRunner().invoke(app, [*command, "--help"], prog_name="winset", env={"COLUMNS": "110", "NO_COLOR": "1"})
    lines = [line.rstrip() for line in done.output.strip().splitlines()]
    return "\n".join(["```text", *lines, "```", ""])


def _answer() -> str:
    winset = Path(sys.executable).with_name("winset")
    with tempfile.TemporaryDirectory() as folder:
        line = [str(winset), "brief", str(CASE), "-o", "brief.html"]
        return subprocess.run(line, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Write the pages."""
    reference = PROJECT / "docs" / "reference"
    (reference / "cli.md").write_text(cli_reference(), encoding="utf-8")
    (reference / "registry.md").write_text(registry_page.page(), encoding="utf-8")
    (reference / "assistant-tools.md").write_text(assistant_tools_page.page(), encoding="utf-8")
    (reference / "bibliography.md").write_text(bibliography_page.page(), encoding="utf-8")
    (reference / "json-output.md").write_text(json_page.page(), encoding="utf-8")
    (PROJECT / "docs" / "man" / "winset.1").write_text(man_page.page(), encoding="utf-8")
    fuzzing.write()
    answer = _answer()
    for name in TOLD_IN:
        page = PROJECT / name
        page.write_text(with_answer(page.read_text(encoding="utf-8"), answer), encoding="utf-8")
    for name in PRINTED_IN:
        page = PROJECT / name
        page.write_text(with_printed(page.read_text(encoding="utf-8")), encoding="utf-8")
    for name in walks.WALKED:
        page = PROJECT / name
        page.write_text(walks.walked(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
