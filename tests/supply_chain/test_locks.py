"""What is installed is what is locked: pyproject.toml, the locks and their checksums agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from supply_chain.locks import BASE, BUILD, DEV, FOLDER, FUZZ, LOCKS, TOOLS, Pin, pins

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
MACHINES = [  # the environments in which a requirement may be wanted
    {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": name,
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    for python in PYTHONS
    for platform, system, name in SYSTEMS
]


def stated(project: Path) -> dict[str, list[Requirement]]:
    """The requirements of pyproject.toml: of a base installation, and of everything."""
    own = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for some in own["optional-dependencies"].values() for each in some if not each.startswith("winset[")]
    base = [Requirement(each) for each in own["dependencies"]]
    return {BASE: base, DEV: [*base, *map(Requirement, extras)]}


def unmet(wanted: list[Requirement], lock: tuple[Pin, ...]) -> list[str]:
    """Requirements that the lock does not answer with exactly one version, somewhere."""
    found = []
    for each in wanted:
        for machine in MACHINES:
            if each.marker is not None and not each.marker.evaluate(machine):
                continue
            answers = [pin for pin in lock if pin.name == canonicalize_name(each.name) and pin.holds_on(machine)]
            if len(answers) != 1 or not each.specifier.contains(answers[0].version, prereleases=True):
                where = f"{machine['python_version']} on {machine['sys_platform']}"
                found.append(f"{each} with Python {where}: {[pin.version for pin in answers]}")
    return found


@pytest.mark.parametrize("lock", [BASE, DEV])
def test_every_requirement_is_locked_once_on_every_python_and_system(project: Path, lock: str) -> None:
    assert unmet(stated(project)[lock], pins(lock)) == [], "run `make lock`"


@pytest.mark.parametrize("lock", [BUILD, TOOLS, FUZZ])
def test_what_builds_audits_and_fuzzes_is_locked(lock: str) -> None:
    lines = (FOLDER / lock).with_suffix(".in").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert unmet(wanted, pins(lock)) == [], "run `make lock`"


def test_a_requirement_that_is_not_locked_is_seen() -> None:
    assert len(unmet([Requirement("numpy>=999")], pins(BASE))) == len(MACHINES)
    assert len(unmet([Requirement("no-such-package")], pins(BASE))) == len(MACHINES)


def test_nothing_is_locked_that_nobody_asks_for() -> None:
    for lock in LOCKS:
        found = pins(lock)
        names = {pin.name for pin in found} | {"winset"}
        for pin in found:
            asking = [each for each in pin.wanted_by if not each.startswith("-")]
            assert pin.wanted_by, f"{lock}: nobody asks for {pin.name}"
            assert set(asking) <= names, f"{lock}: {pin.name} is asked for by {asking}"


def test_a_base_installation_is_tested_in_the_versions_that_users_get() -> None:
    versions = {(pin.name, pin.version, str(pin.marker)) for pin in pins(DEV)}
    names = {name for name, _, _ in versions}
    for pin in pins(BASE):
        assert pin.name in names
        assert any(name == pin.name and version == pin.version for name, version, _ in versions)


def test_what_builds_goes_with_what_tests() -> None:
    tested = {pin.name: {each.version for each in pins(DEV) if each.name == pin.name} for pin in pins(DEV)}
    for pin in pins(BUILD):
        assert pin.version in tested.get(pin.name, {pin.version}), f"{pin.name}: `make develop` installs both locks"


def test_locks_name_no_place_to_fetch_from() -> None:
    for lock in LOCKS:
        text = (FOLDER / lock).read_text(encoding="utf-8")
        assert re.search(r"://|--index|--find-links|--extra|@ ", text) is None


def test_a_pin_without_a_checksum_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("numpy==2.0.0\n    # via winset (pyproject.toml)\n", encoding="utf-8")
    with pytest.raises(ValueError, match="make lock"):
        pins("bad.txt", tmp_path)


def test_make_and_ci_install_nothing_without_a_checksum(project: Path) -> None:
    """But the own wheel, and what LOCKED=no asks for."""
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    installs = [
        line
        for line in makefile.splitlines()
        if "pip" in line.lower() and " install " in line and "apt-get" not in line
    ]
    assert len(installs) >= 6
    for line in installs:
        assert re.search(r"\$\(LOCK\)|--no-deps|\$\(if \$\(FREE\)", line), line
    assert "LOCK := --no-compile --require-hashes --requirement" in makefile
    assert "--require-hashes" in (project / ".ci" / "pythons").read_text(encoding="utf-8")
