"""The manual page winset(1), made from the help of the commands; installed with the package as share/man/man1/winset.1.

Written here, for what makes pages of click's commands does not know typer's, and leaves out examples.
Source of the form: man-pages(7), and groff_man(7) for the macros.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import typer

from winset import __version__
from winset.cli.app import app
from winset.cli.doctor_checks import SETTINGS

DATE = "2026-11-22"  # of the form of this page: what it says follows the program, whose version stands beside it
BRACED = re.compile(r"\{([^{}]*)\}(?:\.\.\.)?")  # {DOCS...}... of a usage line says no more than DOCS...
TYPED = re.compile(r" <[^<>]*>$")  # what type an argument has says its name
HELP = "--help"  # of every command, told once
EXAMPLE = re.compile(r"^(?:winset|zcat|\$) ")
ABOUT_SETTINGS = {
    "WINSET_DATABASE": "The address of a team's PostgreSQL database, as --database names it.",
    "WINSET_LLM_KEY": "The key of the language model's server, where it wants one.",
    "WINSET_LLM_MODEL": "The name of the model.",
    "WINSET_LLM_TIMEOUT": "Seconds to wait for an answer.",
    "WINSET_LLM_URL": "The server of a language model that codes where it is asked to, and nowhere else.",
    "WINSET_PASSWORD": "A password for `winset account`, instead of typing it.",
    "WINSET_SECRET": "What signs the logins of a served desk: 32 characters or more.",
    "WINSET_TRACEBACK": "Set to 1: show where a mistake of winset's own happened.",
}
STATUS = (
    ("0", "All went well."),
    ("1", "A mistake of winset's own."),
    ("2", "Some input was bad: one line for each on stderr; the good ones still count."),
    ("130", "Interrupted; what was kept before stays kept."),
)


def page() -> str:
    """The whole page."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    group: Any = typer.main.get_command(app)
    top = typer.Context(group, info_name="winset", **group.context_settings)
    about = _paragraphs(group.help)[0].partition(":")[0]  # one line, which apropos shows
    yield '.\\" Written by `make docs` from the help of the commands.'
    yield f'.TH WINSET 1 {DATE} "winset {__version__}" "User Commands"'
    yield ".SH NAME"
    yield f"winset \\- {_escaped(about[:1].lower() + about[1:])}"
    yield from (".SH SYNOPSIS", ".B winset", ".I COMMAND", "[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...")
    yield ".SH DESCRIPTION"
    yield from _text(
        "Reads the documents about a decision that a body of states is about to take, and says who stands where, on"
        " whose words, who can block, and what could still pass. It runs offline."
    )
    yield ".PP"
    yield from _text("`winset COMMAND --help` tells the same of one command. Every command takes --json.")
    yield ".SH OPTIONS"
    yield from _options(group, top)
    yield ".SH COMMANDS"
    for name, command in group.commands.items():
        yield from _command(name, command, top)
    yield ".SH EXIT STATUS"
    for code, words in STATUS:
        yield from (".TP", f".B {code}", *_text(words))
    yield ".SH ENVIRONMENT"
    for name in SETTINGS:
        yield from (".TP", f".B {name}", *_text(ABOUT_SETTINGS[name]))
    yield ".SH FILES"
    yield from (".TP", ".I NAME.winset", *_text("A kept case: one SQLite file, which can be copied and sent."))
    yield from (".TP", ".I case.yaml", *_text("A case file: what is to be decided, and which documents there are."))
    yield ".SH SEE ALSO"
    yield from _text("The documentation in the folder docs of the sources, from its index on.")


def _command(name: str, command: Any, top: Any) -> Iterator[str]:
    context = typer.Context(command, info_name=name, parent=top)
    yield f".SS winset {_escaped(name)}"
    usage = BRACED.sub(r"\1", " ".join(command.collect_usage_pieces(context))).replace("[[", "[").replace("]]", "]")
    yield from (f".B winset {_escaped(name)}", _plain_line(_escaped(usage)), ".PP")
    first = True
    for paragraph in _paragraphs(command.help):
        if EXAMPLE.match(paragraph):
            yield from (".PP", ".nf", ".RS 4", _plain_line(_escaped(paragraph)), ".RE", ".fi")
            continue
        yield from (*(() if first else (".PP",)), *_text(paragraph))
        first = False
    yield from _options(command, context)


def _options(command: Any, context: Any) -> Iterator[str]:
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is None or (HELP in record[0] and context.parent is not None):
            continue
        names, words = TYPED.sub("", record[0]) if record[0][:1] != "-" else record[0], record[1]
        yield from (".TP", f".B {_escaped(' '.join(names.split()))}", *_text(words or "The same."))


def _paragraphs(text: str | None) -> list[str]:
    """Each on one line."""
    return [" ".join(each.split()) for each in inspect.cleandoc(text or "").split("\n\n") if each.strip()]


def _text(words: str) -> Iterator[str]:
    """Lines of running text; sentences need no line of their own."""
    plain = _escaped(" ".join(words.split()))
    for line in textwrap.wrap(plain, 79, break_long_words=False, break_on_hyphens=False):
        yield _plain_line(line)


def _plain_line(line: str) -> str:
    """No line of text begins as a request does."""
    return f"\\&{line}" if line[:1] in (".", "'") else line


def _escaped(text: str) -> str:
    r"""Text whose every character stands for itself. A dash of the help is one that can be copied, a minus.

    >>> _escaped("--json writes “a”, say \\n")
    '\\-\\-json writes \\[u201C]a\\[u201D], say \\[rs]n'
    """
    told = {"\\": "\\[rs]", "-": "\\-", "'": "\\[aq]", "`": "\\[ga]", "^": "\\[ha]", "~": "\\[ti]", '"': "\\[dq]"}
    return "".join(
        told.get(each) or (each if each.isascii() else f"\\[u{ord(each):04X}]") for each in text if each.isprintable()
    )
