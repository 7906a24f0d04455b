"""What is tested is what would be published: the installed package is that of the checkout and nothing else."""

from __future__ import annotations

import importlib.metadata
import json
import os
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

import winset

INSTALLED = Path(winset.__file__).parent
CLASSIFIED = "Programming Language :: Python :: 3."


def editable() -> bool:
    """Whether the checkout itself is installed."""
    url = importlib.metadata.distribution("winset").read_text("direct_url.json")
    return bool(url and json.loads(url).get("dir_info", {}).get("editable"))


def files(package: Path) -> dict[str, bytes]:
    """The files of a package but bytecode, by path."""
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_tests_run_on_the_installed_package_where_they_say_so() -> None:
    if os.environ.get("WINSET_TESTED") != "wheel":
        pytest.skip("`make test` sets WINSET_TESTED=wheel")
    assert not editable()
    assert Path(sysconfig.get_paths()["purelib"]) / "winset" == INSTALLED


def test_what_is_installed_is_what_stands_in_the_checkout(project: Path) -> None:
    found, expected = files(INSTALLED), files(project / "src" / "winset")
    assert sorted(found) == sorted(expected), "another version is installed: `make test`, or `make develop`"
    assert [name for name in found if found[name] != expected[name]] == []


def test_every_python_of_the_classifiers_is_one_that_may_install_it(project: Path) -> None:
    stated = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [int(each.removeprefix(CLASSIFIED)) for each in stated["classifiers"] if each.startswith(CLASSIFIED)]
    assert named == list(range(11, named[-1] + 1))
    assert stated["requires-python"] == ">=3.11"


def test_who_works_on_it_gets_every_extra(project: Path) -> None:
    extras = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    [own] = [each for each in extras["dev"] if each.startswith("winset[")]
    assert set(own.removeprefix("winset[").removesuffix("]").split(",")) == set(extras) - {"dev"}


def test_the_wheel_holds_the_package_and_nothing_else(project: Path) -> None:
    built = sorted((project / "dist").glob("winset-*.whl"))
    if os.environ.get("WINSET_TESTED") != "wheel":
        pytest.skip("`make test` builds the wheel first")
    assert len(built) == 1
    with zipfile.ZipFile(built[0]) as wheel:
        names = [name for name in wheel.namelist() if ".dist-info/" not in name]
    manual = [name for name in names if ".data/" in name]
    assert [name.partition(".data/")[2] for name in manual] == ["data/share/man/man1/winset.1"]
    assert sorted(set(names) - set(manual)) == sorted(f"winset/{name}" for name in files(project / "src" / "winset"))
    assert {name for name in names if name.endswith(".onnx")}  # trained weights travel with it
