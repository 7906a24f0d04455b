"""What is taken along: whole files, never opened in the desk's own name, each with its command."""

from __future__ import annotations

import io
import json
import shlex
import sqlite3
import zipfile
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from winset.store.case_store import CaseStore
from winset.web.downloads import disposition, safe_name

LEAVE = "/cases/tokyo/leave"


def test_the_page_names_every_file_and_its_command(desk_client: TestClient, desk_case: Path) -> None:
    shown = desk_client.get(LEAVE)
    assert shown.status_code == 200
    for name in ("brief.pdf", "brief.docx", "brief.html", "brief.md", "brief.json", "tables.xlsx", "case.winset"):
        assert f'href="{LEAVE}/{name}"' in shown.text
    assert f"winset brief {shlex.quote(str(desk_case))} -o tokyo.pdf" in shown.text
    assert f"winset tables {shlex.quote(str(desk_case))} -o tokyo.xlsx" in shown.text
    assert "<style" not in shown.text
    assert " style=" not in shown.text


def test_every_file_is_an_attachment_and_whole(desk_client: TestClient, desk_case: Path, tmp_path: Path) -> None:
    starts = {
        "brief.pdf": b"%PDF-",
        "brief.docx": b"PK",
        "brief.html": b"<!DOCTYPE html>",
        "brief.md": b"<!-- winset brief -->",
        "brief.json": b"{",
        "tables.xlsx": b"PK",
        "tables.zip": b"PK",
        "tables.json": b"{",
        "tables.csv?table=positions": b"\xef\xbb\xbfactor,",
        "case.winset": b"SQLite format 3\0",
    }
    found = {}
    for name, start in starts.items():
        answer = desk_client.get(f"{LEAVE}/{name}")
        assert answer.status_code == 200, (name, answer.text[:200])
        assert answer.content.startswith(start), name
        assert answer.headers["content-disposition"].startswith('attachment; filename="tokyo'), name
        assert answer.headers["x-content-type-options"] == "nosniff"
        found[name] = answer.content
    assert f"<dt>Command</dt><dd><code>winset brief {desk_case}</code>" in found["brief.html"].decode()
    told = json.loads(found["tables.json"])
    assert len(told["statements"]) == len(json.loads(found["brief.json"])["statements"])
    with zipfile.ZipFile(io.BytesIO(found["tables.zip"])) as archive:
        assert {"statements.csv", "changes.csv", "columns.csv"} <= set(archive.namelist())
    taken = tmp_path / "taken.winset"
    taken.write_bytes(found["case.winset"])
    with CaseStore.open(str(taken)) as copied, CaseStore.open(str(desk_case)) as here:
        assert copied.counts() == here.counts()
        assert copied.codings() == here.codings()
    with sqlite3.connect(taken) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_brief_is_looked_at_where_nothing_runs(read_client: TestClient) -> None:
    """In a sandbox of its own origin, with its own style and no script."""
    answer = read_client.get(f"{LEAVE}/look")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert "allow-" not in policy
    assert "<script" not in answer.text
    style = policy.partition("style-src ")[2]
    assert style
    assert style in unescape(answer.text)  # the very hash that the page itself allows


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("brief.exe", 422),
        ("brief.pdf/../../..", 404),
        ("tables.csv", 422),
        ("tables.csv?table=passwords", 422),
        ("tables.zip?table=../../etc/passwd", 422),
    ],
)
def test_what_is_not_there_is_refused(read_client: TestClient, path: str, status: int) -> None:
    assert read_client.get(f"{LEAVE}/{path}").status_code == status


def test_a_case_too_large_for_a_brief_says_what_is_possible(
    big_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winset.pipeline.kept_cases.WHOLE", 10)
    shown = big_client.get(LEAVE)
    assert "winset brief " in shown.text
    assert "brief.pdf" not in shown.text
    assert big_client.get(f"{LEAVE}/brief.pdf").status_code == 409
    told = big_client.get(f"{LEAVE}/tables.json").json()
    assert told["statements"]
    assert "forecast" not in told


def test_names_of_files_are_safe_everywhere() -> None:
    for name in ('a"b.pdf', "a\r\nSet-Cookie: x=1.pdf", "../../x", "\\\\host\\x", "é日.pdf", "", "...", "x" * 500):
        header = disposition(name)
        assert header.isascii()
        assert header.isprintable()
        assert header.count('"') == 2
        safe = safe_name(name)
        assert not set(safe) & set('/\\:*?"<>|\r\n')
        assert not safe.startswith(".")
