"""Whatever happens, a command ends with one line and a status."""

from __future__ import annotations

import sys

import pytest
import typer

from winset.cli.messages import ending, last_words, one_line, say_rejected
from winset.corpus.types import Rejected
from winset.errors import BadDate


def ended(error: BaseException) -> int:
    def command() -> int:
        raise error

    with pytest.raises(typer.Exit) as left:
        ending(command)()
    return left.value.exit_code


def test_refusals_end_with_two_and_interruptions_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(BadDate("date 'x': write YYYY")) == 2
    assert ended(OSError(28, "No space left on device")) == 2
    assert ended(OSError(13, "Permission denied", "a.txt")) == 2
    assert ended(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err.splitlines() == [
        "winset: date 'x': write YYYY",
        "winset: [Errno 28] No space left on device",
        "winset: a.txt: Permission denied",
        "winset: interrupted; what was kept before stays kept",
    ]


def test_a_mistake_of_ours_is_one_line_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WINSET_TRACEBACK", raising=False)
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018 - the error is the point
    last_words(ZeroDivisionError, caught.value, caught.value.__traceback__)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "test_messages.py line" in line
    monkeypatch.setenv("WINSET_TRACEBACK", "1")
    last_words(ZeroDivisionError, caught.value, caught.value.__traceback__)
    assert "Traceback" in capsys.readouterr().err


def test_a_name_cannot_command_the_terminal() -> None:
    assert one_line("a\x1b]0;owned\x07b\nc\u202e") == "a\\x1b]0;owned\\x07b c\\u202e"


def test_a_reason_that_begins_with_the_name_does_not_say_it_twice(capsys: pytest.CaptureFixture[str]) -> None:
    say_rejected(Rejected(name="a.txt", reason="a.txt: empty", kind="Empty"))
    say_rejected(Rejected(name="a.txt", reason="empty", kind="Empty"))
    assert capsys.readouterr().err == "winset: a.txt: empty\n" * 2
    assert sys.stderr
