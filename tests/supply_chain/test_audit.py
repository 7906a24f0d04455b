"""`make audit`: known weaknesses are told one by one; where nobody can be asked that is said and is no failure."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from supply_chain import audit

REPORT = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "weak", "version": "0.9", "vulns": [{"id": "PYSEC-2023-1", "fix_versions": ["1.0"], "aliases": []}]},
        {"name": "weaker", "version": "2", "vulns": [{"id": "GHSA-x", "fix_versions": [], "aliases": []}]},
        {"name": "skipped", "skip_reason": "not found"},
    ],
}


def program(tmp_path: Path, body: str) -> list[str]:
    """A stand-in for pip-audit."""
    path = tmp_path / "pip_audit_stand_in.py"
    path.write_text(f"import sys\nout = sys.argv[sys.argv.index('--output') + 1]\n{body}\n", encoding="utf-8")
    return [sys.executable, str(path)]


def test_each_known_weakness_is_a_line() -> None:
    assert audit.weaknesses(REPORT) == [
        "weak 0.9: PYSEC-2023-1, mended in 1.0",
        "weaker 2: GHSA-x, mended in no version",
    ]


def test_a_report_is_read_whatever_the_exit_status(tmp_path: Path) -> None:
    body = f"open(out, 'w').write({json.dumps(REPORT)!r}); sys.exit(1)"
    assert audit.audited(tmp_path / "base.txt", program(tmp_path, body)) == REPORT


@pytest.mark.parametrize("words", ["requests.exceptions.ConnectionError: x", "urllib3: Max retries exceeded with url"])
def test_where_no_database_is_reached_there_is_no_report(tmp_path: Path, words: str) -> None:
    assert audit.audited(tmp_path / "base.txt", program(tmp_path, f"sys.exit({words!r})")) is None


def test_any_other_failure_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such option"):
        audit.audited(tmp_path / "base.txt", program(tmp_path, "sys.exit('no such option')"))


@pytest.mark.parametrize(("report", "status", "told"), [(None, 0, "skipped"), (REPORT, 1, "weak 0.9: PYSEC-2023-1")])
def test_the_command_says_which(
    report: dict[str, object] | None,
    status: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(audit, "audited", lambda *_: report)
    assert audit.main(["base.txt"]) == status
    assert told in capsys.readouterr().out


def test_who_must_have_an_audit_gets_none_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "audited", lambda *_: None)
    monkeypatch.setenv("AUDIT", "must")
    assert audit.main(["base.txt"]) == 1
