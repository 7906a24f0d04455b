"""Every command, verb and option that writes is among those that are killed; what is said to read alone does."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
import typer
from tests.firedrill.commands import DRILLS, ELSEWHERE, PASSWORD, READ_FROM, READS, SHORT, WHOLE
from tests.firedrill.running import winset
from tests.firedrill.test_table import functions
from typer.core import TyperGroup

from winset.cli.app import app

SPEAKING = ("account", "actors", "check", "code", "discrepancies")  # commands with verbs
WRITING = re.compile(r"FILE|FOLDER|DIR|NEW|CASE|OUT")  # what a thing that is written to is called
KEEPING = {"--keep", "--drop"}


def commands() -> TyperGroup:
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def test_every_command_is_killed_or_shown_to_write_nothing() -> None:
    drilled = {drill.words[0] for drill in DRILLS.values()} | {*ELSEWHERE}
    reading = {words[0] for words in READS.values()} - {*SPEAKING}
    assert drilled | reading == {*commands().commands}, "a new command: see tests/firedrill/commands.py"
    assert not drilled & reading


@pytest.mark.parametrize("name", SPEAKING)
def test_every_verb_is_killed_or_shown_to_write_nothing(name: str) -> None:
    verbs = {part.split()[0] for part in import_module(f"winset.cli.{name}").VERBS.split(", ")}
    drilled = {word for drill in DRILLS.values() if drill.words[0] == name for word in drill.words} & verbs
    reading = {key.split()[1] for key in READS if key.startswith(f"{name} ")}
    assert drilled | reading == verbs, "a new verb: see tests/firedrill/commands.py"
    assert not drilled & reading


def test_every_option_that_names_a_file_is_killed_or_known_to_be_read() -> None:
    for name, command in commands().commands.items():
        drilled = {word for drill in DRILLS.values() if drill.words[0] == name for word in drill.words}
        for option in command.params:
            if not any(each.startswith("-") for each in option.opts) or READ_FROM & {*option.opts}:
                continue
            writes = WRITING.search(getattr(option, "metavar", None) or "") or KEEPING & {*option.opts}
            assert not writes or drilled & {*option.opts}, f"{name} {option.opts}: see tests/firedrill/commands.py"


def test_those_killed_elsewhere_are(project: Path) -> None:
    for test in ELSEWHERE.values():
        path, _, name = test.partition("::")
        assert name in functions(project / path)


def test_the_page_names_the_commands_and_tells_how_often_they_are_killed(project: Path) -> None:
    page = (project / "docs/explanation/fire-drill.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| `kill -9` at any step.*$", page, re.MULTILINE)
    named = {*re.findall(r"`([^`]+)`", row)} & {*commands().commands}
    assert named == {drill.words[0] for drill in DRILLS.values()}
    assert f"{SHORT} kills" in row
    assert f"{WHOLE} in full" in row


def test_what_is_said_to_read_alone_writes_nothing(folder: Path) -> None:
    made = winset("account", "add", "Ada", "--accounts", "team.accounts", folder=folder, environment=PASSWORD)
    assert made.status == 0, made.err
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for words in READS.values():
        ended = winset(*words, folder=folder)
        assert ended.status == 0, (words, ended.err)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
