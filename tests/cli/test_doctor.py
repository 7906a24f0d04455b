"""`winset doctor` finds what does not work, says what to do, changes nothing and asks nobody."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

import winset as package
from winset.cli import doctor_checks as checks
from winset.corpus.confined import parsing, walls
from winset.store import tables

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

PACKAGE = Path(package.__file__).parent


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own settings, and no network."""

    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a doctor makes no connection")

    for name in checks.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture
def case(read_once: Path, folder: Path) -> Path:
    """A case of two documents."""
    shutil.copy(read_once, folder)
    return folder / read_once.name


def wrong(told: dict[str, Any]) -> dict[str, str]:
    """What is wrong with a case, by check."""
    return {each["check"]: each["told"] for each in told["case"]["findings"] if each["status"] == "wrong"}


def examined(winset: Winset, case: Path) -> dict[str, Any]:
    ended = winset("doctor", case, "--json")
    told: dict[str, Any] = json.loads(ended.out)
    assert ended.status == (0 if told["works"] else 2)
    return told


def test_here_everything_works(winset: Winset, case: Path) -> None:
    before = hashlib.sha256(case.read_bytes()).hexdigest()
    ended = winset("doctor", case)
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith(f"winset {package.__version__}, Python 3.")
    assert lines[-1].startswith("everything works: ")
    assert all(line.split()[0] in ("fine", "note") for line in lines if line.startswith("  "))
    assert len(lines) < 40, "one screen"
    assert hashlib.sha256(case.read_bytes()).hexdigest() == before
    told = examined(winset, case)
    assert (told["works"], told["version"]) == (True, package.__version__)
    assert told["case"]["documents"] == 2
    assert told["case"]["statements"] > 4
    assert told["case"]["spans"] > told["case"]["statements"]
    assert told["case"]["changes"] == 2


def test_every_cure_is_told_with_its_finding(winset: Winset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINSET_SECRET", "short-and-secret")
    monkeypatch.setenv("WINSET_LLM_URL", "ftp://user:hidden@example.org")
    monkeypatch.setenv("WINSET_LLM_MODEL", "small")
    monkeypatch.setenv("WINSET_SECRETS", "x")
    ended = winset("doctor")
    assert ended.status == 2
    assert "short-and-secret" not in ended.out
    assert "hidden" not in ended.out
    by_check = {line.split()[1]: line for line in ended.out.splitlines() if line.startswith("  wrong")}
    assert "secrets.token_urlsafe" in by_check["secret"]
    assert "unset the variables" in by_check["language"]
    assert "nothing reads WINSET_SECRETS" in ended.out
    assert "WINSET_LLM_MODEL=small" in ended.out
    assert ended.out.splitlines()[-1].startswith("2 things wrong, ")


def test_the_hashes_are_those_of_the_shipped_models() -> None:
    shipped = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in (".onnx", ".npz", ".safetensors", ".bin")
    }
    assert set(checks.MODELS) == shipped
    for name, expected in checks.MODELS.items():
        found = hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest()
        assert found == expected, f"{name} is another model: write {found} into winset.cli.doctor_checks.MODELS"


def test_parsers_that_do_not_start_and_walls_that_lack_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = checks.parsers()
    assert (found.status in ("fine", "note"), "a process of their own" in found.told) == (True, True)
    monkeypatch.setattr(walls, "standing", lambda: (("time", True), ("memory", False)))
    found = checks.parsers()
    assert (found.status, found.told.endswith("this system has none for: memory")) == ("note", True)
    parsing._end_all()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    found = checks.parsers()
    assert (found.status, "does not start" in found.told, bool(found.cure)) == ("wrong", True, True)


def test_a_model_that_is_cut_short_or_gone_is_told(tmp_path: Path) -> None:
    first, second, *others = checks.MODELS
    for name in (first, *others):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(PACKAGE / name)
    (tmp_path / first).unlink()
    (tmp_path / first).write_bytes((PACKAGE / first).read_bytes()[:1000])
    found = list(checks.models(tmp_path))
    assert [each.status for each in found] == ["wrong", "wrong"]
    assert "not the file that was shipped" in found[0].told
    assert str(tmp_path / second) in found[1].told
    assert all("pip install" in each.cure for each in found)


def test_packages_that_are_gone_or_old_and_extras_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "typer>=0.15",
        "no-such-package>=1",
        "numpy>=999.1",
        "other-such-package>=2; extra == 'web'",
        "winset[pdf]; extra == 'web'",
        "third-such-package; extra == 'pdf'",
        "jinja2; extra == 'frames'",
        "pytest; extra == 'dev'",
    ]
    monkeypatch.setattr("importlib.metadata.requires", lambda _: lines)
    (found,) = checks.packages()
    assert found.status == "wrong"
    assert "no-such-package is not there" in found.told
    assert "is older than 999.1" in found.told
    assert "typer" not in found.told
    extras = {each.check: each for each in checks.extras()}
    assert list(extras) == ["extra web", "extra frames", "extra pdf"]
    assert "third-such-package is not there" in extras["extra web"].told
    assert extras["extra web"].cure == "pip install 'winset[web]'"
    assert extras["extra frames"].status == "fine"


def test_every_extra_is_told_what_it_is_for(project: Path) -> None:
    import tomllib

    named = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(named) - checks.NOT_FOR_USERS <= set(checks.EXTRAS)


def test_every_variable_that_is_read_is_known() -> None:
    import re

    text = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(re.findall(r"\bWINSET_[A-Z_]+\b", text)) == set(checks.SETTINGS)


def test_a_clock_from_before_it_was_made_is_told() -> None:
    known = date(2026, 11, 30)
    assert checks.clock(known - timedelta(days=30), known).status == "fine"
    assert checks.clock(date(1970, 1, 1), known).status == "wrong"
    assert checks.known_until() is not None


def test_old_tables_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "known_until", lambda: date(2001, 1, 1))
    (found,) = checks.tables()
    assert (found.status, "2001-01-01" in found.told) == ("note", True)
    assert "--registry" in found.cure


def test_a_working_folder_that_cannot_be_written_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(folder / "gone"))
    found = {each.check: each for each in checks.folders()}
    assert found["temporary folder"].status == "wrong"
    assert "TMPDIR" in found["temporary folder"].cure
    assert found["working folder"].status == "fine"


def test_odd_letters_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getpreferredencoding", lambda do_setlocale: "cp1252")  # noqa: ARG005
    found = [each for each in checks.letters() if each.status == "note"]
    assert "files in cp1252" in found[0].told


@pytest.fixture
def inside(case: Path) -> Iterator[sqlite3.Connection]:
    """The case behind winset's back."""
    with sqlite3.connect(case) as connection:
        yield connection
    connection.close()


def test_a_text_that_was_altered_is_told(winset: Winset, case: Path, inside: sqlite3.Connection) -> None:
    inside.execute("UPDATE document SET text = replace(text, 'mistake', 'blunder') WHERE rank = 1")
    inside.commit()
    assert "its text is not the one it was kept with" in wrong(examined(winset, case))["words"]


def test_a_span_that_was_moved_is_told(winset: Winset, case: Path, inside: sqlite3.Connection) -> None:
    inside.execute("UPDATE statement SET source_start = source_start + 1 WHERE rank = 1")
    inside.execute("UPDATE statement SET contents = '[[5, 999999]]' WHERE rank = 2")
    inside.commit()
    told = examined(winset, case)
    lines = [each["told"] for each in told["case"]["findings"] if each["check"] == "words"]
    assert len(lines) == 2
    assert "its words are not its own" in lines[0]
    assert "span 5-999999" in lines[1]


def test_a_trail_that_does_not_replay_is_told(winset: Winset, case: Path, inside: sqlite3.Connection) -> None:
    inside.execute("DELETE FROM subject WHERE kind = 'document'")
    inside.commit()
    assert "trail" in wrong(examined(winset, case))


def test_rows_that_hang_loose_and_broken_pages_are_told(winset: Winset, case: Path, inside: sqlite3.Connection) -> None:
    inside.execute("PRAGMA foreign_keys = OFF")
    inside.execute("UPDATE statement SET document_id = 'nothing' WHERE rank = 1")
    inside.commit()
    assert "what it belongs to in document is not there" in wrong(examined(winset, case))["database"]
    size = case.stat().st_size
    with case.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 8192)
    assert wrong(examined(winset, case))


def test_an_older_case_is_left_as_it_is_and_a_newer_one_told(
    winset: Winset, case: Path, inside: sqlite3.Connection
) -> None:
    inside.execute(f"PRAGMA user_version = {tables.SCHEMA - 1}")
    inside.execute("UPDATE alembic_version SET version_num = ?", (f"{tables.SCHEMA - 1:04d}",))
    inside.commit()
    before = case.read_bytes()
    told = examined(winset, case)
    assert (told["works"], told["case"]["documents"]) == (True, None)
    assert case.read_bytes() == before
    inside.execute(f"PRAGMA user_version = {tables.SCHEMA + 1}")
    inside.commit()
    assert "schema" in wrong(examined(winset, case))


@pytest.mark.parametrize("content", [b"", b"no case at all", b"SQLite format 3\x00" + b"\x00" * 200])
def test_what_is_no_case_is_a_finding(winset: Winset, folder: Path, content: bytes) -> None:
    (folder / "odd.winset").write_bytes(content)
    told = examined(winset, folder / "odd.winset")
    assert list(wrong(told)) == ["case"]
    assert examined(winset, folder / "nothing.winset")["works"] is False


def test_a_case_on_a_server_is_looked_at_too(winset: Winset, served: str, stated: list[str], reports: Path) -> None:
    assert winset("new", served, *stated).status == 0
    assert winset("add", served, reports).status == 0
    ended = winset("doctor", served, "--json")
    told = json.loads(ended.out)["case"]
    assert (ended.status, told["documents"]) == (0, 2)
    assert [each["check"] for each in told["findings"]] == ["database", "schema", "words", "trail"]
