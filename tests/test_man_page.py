"""The manual page is that of the program, reads without a complaint, and is installed."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from winset.cli.app import app

PROJECT = Path(__file__).parents[1]
PAGE = PROJECT / "docs" / "man" / "winset.1"


@pytest.fixture(scope="module")
def man_page() -> ModuleType:
    """The script that writes it."""
    spec = importlib.util.spec_from_file_location("man_page", PROJECT / "docs" / "man_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_that_of_the_help(man_page: ModuleType) -> None:
    assert PAGE.read_text(encoding="utf-8") == man_page.page(), "the help has changed: run `make docs`"


def test_every_command_and_setting_is_told(man_page: ModuleType) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\.SS winset (\S+)$", text, flags=re.MULTILINE) == [
        command.name for command in app.registered_commands
    ]
    assert set(man_page.ABOUT_SETTINGS) == set(man_page.SETTINGS)
    assert text.isascii()
    assert all(line[0] != "'" for line in text.splitlines() if line)


def test_it_reads_without_a_complaint() -> None:
    told = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANROFFOPT": ""}
    tried = 0
    for command in (["man", "--warnings", "-l", str(PAGE)], ["mandoc", "-Tlint", "-Wwarning", str(PAGE)]):
        if shutil.which(command[0]):
            tried += 1
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=told)
            complaints = done.stderr + (done.stdout if command[0] == "mandoc" else "")
            assert (done.returncode, complaints) == (0, "")
            if command[0] == "man":
                shown = re.sub(r".\x08", "", done.stdout)
                assert 'winset brief reports/ --proposal "Open a liaison office" --body nato' in shown
    if not tried:
        pytest.skip("needs man or mandoc")


def test_it_is_installed_with_the_package() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    placed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert {(PROJECT / source).resolve(): place for source, place in placed.items()}[PAGE] == "share/man/man1/winset.1"
