"""The shipped example: what only it can show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest


def test_every_digest_is_in_the_brief(example: Any, project: Path) -> None:
    digests = project / "examples" / "tokyo-office" / "digests"
    names = {Path(row["name"]).name for row in example.brief["documents"]}
    assert names == {path.name for path in digests.iterdir()}


def test_russia_is_on_record_against_and_has_no_vote(example: Any) -> None:
    assert example.positions["RUS"]["value"] < 50


def test_the_same_case_gives_the_same_files_again(run_winset: Any, project: Path, tmp_path: Path) -> None:
    case = project / "examples" / "tokyo-office" / "case.yaml"
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        outputs = ("-o", "brief.html", "--json", "brief.json", "--markdown", "brief.md")
        done = run_winset("brief", case, *outputs, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert set(made[0]) == {"brief.html", "brief.json", "brief.md"}
    assert made[0] == made[1]


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial/tokyo-office.md"])
def test_the_answer_shown_in_the_documentation_is_the_one_that_occurs(
    page: str, run_winset: Any, project: Path, tmp_path: Path
) -> None:
    case = project / "examples" / "tokyo-office" / "case.yaml"
    done = run_winset("brief", case, "-o", "brief.html", cwd=tmp_path)
    shown = " ".join((project / page).read_text(encoding="utf-8").split())
    assert done.stdout.strip()
    for line in done.stdout.splitlines():
        assert " ".join(line.split()) in shown


def test_the_json_is_valid_under_the_published_schema(example: Any, project: Path) -> None:
    schema = json.loads((project / "src/winset/brief/schema/brief-1.schema.json").read_text(encoding="utf-8"))
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(example.brief)) == []


def test_a_bad_document_does_not_stop_the_good_ones(run_winset: Any, project: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    digests = project / "examples" / "tokyo-office" / "digests"
    out = tmp_path / "brief.json"
    question = ("--proposal", "Open a NATO liaison office in Tokyo", "--body", "nato", "--on", "2023-07-11")
    outputs = ("-o", tmp_path / "brief.html", "--json", out)
    done = run_winset("brief", digests, empty, tmp_path / "absent.txt", *question, *outputs)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    brief = json.loads(out.read_text(encoding="utf-8"))
    assert len(brief["documents"]) == len(list(digests.iterdir()))
    assert {Path(row["name"]).name for row in brief["rejected"]} == {"empty.txt", "absent.txt"}


def test_an_unknown_body_is_answered_with_the_nearest_name(run_winset: Any, project: Path, tmp_path: Path) -> None:
    digests = project / "examples" / "tokyo-office" / "digests"
    done = run_winset("brief", digests, "--proposal", "Anything", "--body", "natto", "--on", "2023-07-11", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean" in done.stderr.lower()
    assert list(tmp_path.iterdir()) == []


def test_a_date_before_the_body_existed_is_refused(run_winset: Any, project: Path, tmp_path: Path) -> None:
    digests = project / "examples" / "tokyo-office" / "digests"
    done = run_winset("brief", digests, "--proposal", "Anything", "--body", "nato", "--on", "1939-01-01", cwd=tmp_path)
    assert done.returncode == 2
    assert "1949" in done.stderr
