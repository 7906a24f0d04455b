"""What is done by clicks is shown as a command: the command line takes every one, with the words as they were."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from winset.cli.app import app
from winset.positions.rulings import WORDS, Codes
from winset.positions.types import Voice
from winset.web import commands

ID = "9cdd0514860fd41c"
PLACE = "my cases/it's $HOME.winset"
ODD = "a \"b\" 'c' $(reboot) `x` ; rm -rf & | > \\ é\n--why -1"
LINES = {
    "add": commands.add_documents(PLACE, ["reports/a b.pdf", "https://example.org/x?a=1&b=2", "-odd.txt"]),
    "queue": commands.queue(PLACE),
    "accept": commands.accept(PLACE, ID),
    "wrong": commands.wrong(PLACE, ID, why=ODD),
    "right": commands.right(PLACE, ID, why="--by"),
    "spans": commands.spans(PLACE, ID, source=(0, 6), cue=(7, 12), contents=[(13, 30), (40, 50)], why="-x"),
    "mark": commands.mark(PLACE, ID, source=None, cue=None, contents=[(13, 30)]),
    "undo": commands.undo(PLACE),
    "undo 7": commands.undo(PLACE, 7),
    "log": commands.log(PLACE),
    "is": commands.is_actor(PLACE, ODD, "France", documents=["a b.txt"], why=ODD),
    "is odd": commands.is_actor(PLACE, "--in", "-5"),
    "merge": commands.merge(PLACE, "expert: Hill Inst.", "expert: Hill Institute"),
    "split": commands.split(PLACE, "John Smith", "expert: Lake College", statements=[ID], documents=["letter.txt"]),
    "undo judgement": commands.undo_judgement(PLACE, 2),
    "settle": commands.settle(PLACE, ID, "2", why="the minutes say so"),
    "decide": commands.decide(PLACE, ["Germany=20..80", "France=abstain; cost=5", "-x=3"], cost=2.5),
    "brief": commands.brief(PLACE, "out/brief of it.pdf"),
    "tables": commands.tables(PLACE, "-odd.xlsx", only=["statements", "positions"]),
    **{
        f"code {number}": commands.code(PLACE, ID, codes, why="-")
        for number, codes in enumerate(
            [
                *(Codes(stance=word) for word in WORDS),
                Codes(direction=-1.0),
                Codes(
                    stance="oppose",
                    direction=-0.5,
                    firmness=0.25,
                    hedged=True,
                    conditional=False,
                    voice=Voice.REPORTED,
                    rung="",
                    relevance=0.9,
                    actor="expert: Hill",
                ),
                Codes(rung=ODD, hedged=False, conditional=True, actor="-1"),
            ]
        )
    },
}


def parsed(line: str) -> dict[str, Any]:
    """What the command line understands, without doing it."""
    program, *words = shlex.split(line)
    assert program == "winset"
    group: Any = typer.main.get_command(app)
    with group.make_context("winset", words, resilient_parsing=True) as context:
        verb, command, rest = group.resolve_command(context, words)
        assert command is not None, verb
        with command.make_context(verb, list(rest), parent=context) as found:
            told: dict[str, Any] = found.params
            return told


@pytest.mark.parametrize("name", LINES)
def test_the_command_line_takes_it(name: str) -> None:
    told = parsed(LINES[name])
    words = [str(value) for value in told.values() if value is not None]
    assert any(PLACE in word for word in words)
    if "why" in told and "--why" in LINES[name]:
        assert told["why"]


def test_words_reach_it_as_they_were() -> None:
    told = parsed(LINES["is"])
    assert told["why"] == ODD
    assert list(told["words"] if "words" in told else told["asked"] if "asked" in told else told["said"])[1] == ODD
    assert parsed(LINES["decide"])["what_if"] == ["Germany=20..80", "France=abstain; cost=5", "-x=3"]
    full = parsed(LINES["code 6"])
    assert (full["direction"], full["firmness"], full["hedged"], full["conditional"]) == (-0.5, 0.25, True, False)
    assert (full["voice"], full["rung"], full["actor"]) == ("reported", "proposal", "expert: Hill")


def test_the_python_makes_the_brief(desk_case: Path) -> None:
    made: dict[str, Any] = {}
    exec(commands.python_brief(str(desk_case)), made)  # noqa: S102 - it is what the page shows
    assert made["brief"].statements
