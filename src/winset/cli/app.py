"""The commands, in the order in which a user meets them. This list is the table of contents of the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from winset import __version__
from winset.cli.account import account
from winset.cli.actors import actors
from winset.cli.ask import ask
from winset.cli.attribute import attribute
from winset.cli.backtest import backtest
from winset.cli.backup import backup
from winset.cli.brief import brief
from winset.cli.carrying import export, import_
from winset.cli.cases import add, new, status
from winset.cli.check import check
from winset.cli.code import code
from winset.cli.decide import decide
from winset.cli.discrepancies import discrepancies
from winset.cli.doctor import doctor
from winset.cli.issue import issue
from winset.cli.mcp import mcp
from winset.cli.members import members
from winset.cli.messages import ending
from winset.cli.methods import methods
from winset.cli.network import network
from winset.cli.positions import positions
from winset.cli.power import power
from winset.cli.recode import recode
from winset.cli.recover import recover
from winset.cli.restore import restore
from winset.cli.schema import schema
from winset.cli.serve import serve
from winset.cli.sources import sources
from winset.cli.statements import statements
from winset.cli.tables import tables
from winset.cli.timeline import timeline
from winset.cli.watch import watch
from winset.cli.who import who

app = typer.Typer(
    name="winset",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: it is faster, and reads the same in a pipe
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Ends with status 0; 2 where any input was bad (the good ones still count); 130 after Ctrl-C.",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"winset {__version__}")
        raise typer.Exit


@app.callback()
def winset(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Documents in, a cited answer out: who stands where on whose word, who can block, what could still pass."""


for command in (
    brief,
    issue,
    positions,
    decide,
    backtest,
    new,
    add,
    watch,
    status,
    actors,
    check,
    code,
    recode,
    statements,
    tables,
    export,
    import_,
    ask,
    sources,
    discrepancies,
    timeline,
    network,
    attribute,
    who,
    power,
    members,
    methods,
    serve,
    mcp,
    account,
    backup,
    restore,
    recover,
    doctor,
    schema,
):
    app.command(command.__name__.rstrip("_"))(ending(command))


def run() -> None:
    """Run the command that the arguments name, and exit with its status."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # where no thread can be started, it would send itself Ctrl-C
    every, name = app.registered_commands, named(sys.argv, os.environ)
    app.registered_commands = [each for each in every if each.name == name] or every  # all take a third of the start
    try:
        command = typer.main.get_command(app)
    finally:
        app.registered_commands = every
    command()  # not `app()`, which would put its own hook in place of ours


def named(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The word that names the command, on the line that is run or, in a shell's question, on that to be completed.

    >>> named(["winset", "check", "case.winset"], {}), named(["winset", "--help"], {})
    ('check', '')
    >>> named(["winset"], {"_WINSET_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "winset check --"})
    'check'
    """
    words = list(arguments)
    if "_WINSET_COMPLETE" in environment:
        line = environment.get("COMP_WORDS") or environment.get("_TYPER_COMPLETE_ARGS", "")
        words = f"{line}.".split()[:-1]  # without the word that is not complete, which may be empty
    return words[1] if len(words) > 1 and not words[1].startswith("-") else ""
