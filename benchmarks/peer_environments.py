"""Environments of their own for the libraries that a benchmark compares with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")


class NotInstalled(Exception):
    """The peers' environment could not be made; the message is pip's last line."""


def fresh(folder: Path, *installs: Sequence[str | Path]) -> Path:
    """The Python of a new environment in `folder`, whatever was there, with what pip is told to install.

    installs: arguments of `pip install`, one sequence for each run.  Raises NotInstalled.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    told(sys.executable, "-m", "venv", folder)
    python = folder / "bin" / "python"
    for arguments in installs:
        told(python, *PIP, "install", "--no-compile", *arguments)
    return python


def told(*line: str | Path) -> str:
    """What a command printed; raises NotInstalled with its error where it fails."""
    words = [str(word) for word in line]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [said for said in done.stderr.splitlines() if said.startswith("ERROR")] or ["ERROR: see pip"]
        raise NotInstalled(errors[-1].removeprefix("ERROR: "))
    return done.stdout
