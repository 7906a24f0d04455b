"""Every command that takes a kept case takes the address of one on a server, and no password is shown."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url
from tests import postgres as servers

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.store.addresses import CaseAddress
from winset.store.case_store import CaseStore
from winset.store.full_text import search
from winset.store.types import Coding

SPEC = CaseSpec(issue=Issue(proposal="Dredge the harbour", body="Club", rule="consensus", on=PartialDate("2024")))
PAGE = "docs/how-to/keep-cases-on-postgresql.md"
SECRET = "geheim"  # the tests' own server lets in whoever comes with whatever password


@pytest.fixture
def address(served: str) -> str:
    """The address of a case that is not there yet, with a password in it."""
    url, mark, name = served.partition("#")
    named = make_url(url)
    return f"{named._replace(password=named.password or SECRET).render_as_string(hide_password=False)}{mark}{name}"


def test_the_commands_of_the_page_do_what_it_says(address: str, winset: Callable[..., Any], project: Path) -> None:
    Path("examples").symlink_to(project / "examples")
    page = (project / PAGE).read_text(encoding="utf-8")
    lines = re.findall(r"^    (winset .*)$", page, flags=re.MULTILINE)
    commands = [shlex.split(line.replace("postgresql://ada@db.example/office#tokyo", address))[1:] for line in lines]
    assert [command[0] for command in commands] == ["new", "add", "status", "ask", "brief"]
    ends = [winset(*command) for command in commands]
    assert [end.status for end in ends] == [0] * 5
    told = "".join(f"{end.out}{end.err}" for end in ends) + Path("brief.html").read_text(encoding="utf-8")
    assert SECRET not in told
    assert "France" in ends[3].out


def test_a_case_is_dumped_and_restored_as_the_page_says(
    served: str, postgres: str, project: Path, tmp_path: Path
) -> None:
    binaries = servers.programs()
    dump = shutil.which("pg_dump") or (binaries / "pg_dump" if binaries else None)
    if dump is None:
        pytest.skip("needs pg_dump and psql")
    with CaseStore.create(served, SPEC) as store:
        store.add(Document(name="a", text="The harbour is deep."), Coding(statements=(), identifications=()))
        before = store.documents()
    schema = CaseAddress.read(served).schema
    page = (project / PAGE).read_text(encoding="utf-8")
    kept, restored = re.findall(r"^(?:pg_dump|psql) (.*)$", page, flags=re.MULTILINE)

    def run(program: Path | str, words: str) -> None:
        here = re.sub(r"postgresql://ada@\w+\.example/office", postgres, words).replace("case_tokyo", schema)
        subprocess.run([program, *shlex.split(here)], check=True, capture_output=True, cwd=tmp_path)

    run(dump, kept)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA "{schema}" CASCADE'.encode())
    run(Path(dump).with_name("psql"), restored)
    with CaseStore.open(served) as store:
        assert store.documents() == before
        assert len(search(store.database, "harbour")) == 1


def test_a_server_gives_the_answers_of_a_file(
    served: str, winset: Callable[..., Any], reports: Path, stated: list[str]
) -> None:
    for case in ("a.winset", served):
        assert winset("new", case, *stated).status == 0
        assert winset("add", case, reports).status == 0
    for command in ("status", "positions", "decide", "actors", "code", "network", "sources"):
        in_file, on_server = (winset(command, case, "--json") for case in ("a.winset", served))
        assert in_file.status == on_server.status == 0
        assert on_server.out.replace(str(CaseAddress.read(served)), "a.winset") == in_file.out, command
    in_file, on_server = (winset("ask", case, "Who opposes the centre?") for case in ("a.winset", served))
    assert in_file == on_server


def test_a_bad_address_is_told_in_one_line_without_its_password(winset: Callable[..., Any]) -> None:
    gone = f"postgresql://ada:{SECRET}@127.0.0.1:9/office"
    for arguments in (
        ("status", f"{gone}#tokyo"),
        ("status", gone),
        ("add", "a.winset", f"{gone}#tokyo"),
        ("brief", "a.txt", f"{gone}#tokyo"),
        ("decide", f"{gone}#tokyo", "--rule", "consensus", "--body", "nato"),
        ("issue", f"{gone}#tokyo"),
        ("new", f"{gone}#Tokyo Office", "--proposal", "x", "--body", "nato"),
    ):
        end = winset(*arguments)
        assert end.status == 2
        assert SECRET not in f"{end.out}{end.err}"
        assert "postgresql://" in end.err
