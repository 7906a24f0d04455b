"""A PostgreSQL server for the tests: one that is named, or a cluster of their own in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMED = "WINSET_TEST_POSTGRES"  # an address as in postgresql://user@host/database, whose user may make schemas
PROGRAMS = "/usr/lib/postgresql"  # Debian's are not on the path

# the tests' own cluster may forget everything when the machine stops
FASTER = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"


USER = "postgres"  # whom Debian's package makes


def _root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0  # PostgreSQL refuses to run as root


def _known(user: str) -> bool:
    import pwd

    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where they are not installed, or root has nobody to run them as."""
    if _root() and not _known(USER):
        return None
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    newest = sorted(Path(PROGRAMS).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return newest[-1].parent if newest else None


@contextlib.contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """The address of the database of a new cluster, which listens in its own folder and is gone afterwards."""
    root = _root()
    caller: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": ()} if root else {}
    folder = Path(tempfile.mkdtemp(prefix="winset-postgres-", dir="/tmp"))  # a socket's path is short
    try:
        if root:
            shutil.chown(folder, USER)
        held, log = folder / "held", folder / "log"
        made: list[str | Path] = [binaries / "initdb", "-D", held, "-U", "winset", "-A", "trust"]
        subprocess.run(
            [*made, "-E", "UTF8", "--locale=C", "--no-sync"], check=True, capture_output=True, cwd=folder, **caller
        )
        control: list[str | Path] = [binaries / "pg_ctl", "-D", held, "-w", "-l", log]
        listens = f"{FASTER} -c listen_addresses= -k {folder}"
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **caller}
        subprocess.run([*control, "-o", listens, "start"], check=True, **quiet)
        try:
            yield f"postgresql://winset@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def role(server: str, case: str) -> Iterator[str]:
    """The address of a case for a user of its own, who has no right to anything but to log in."""
    import psycopg
    import pytest
    from sqlalchemy import make_url

    name = f"reader_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'".encode())
        except psycopg.errors.InsufficientPrivilege:
            pytest.skip("needs the right to make a role on the server that is named")
    url, mark, case_name = case.partition("#")
    try:
        own = make_url(url).set(username=name, password=name).render_as_string(hide_password=False)
        yield f"{own}{mark}{case_name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {name}; DROP ROLE {name}".encode())


@contextlib.contextmanager
def fresh(server: str) -> Iterator[str]:
    """The address of a case of its own on a server; nothing of it is left there."""
    import psycopg

    from winset.store.addresses import CaseAddress

    address = CaseAddress.read(f"{server}#test-{uuid.uuid4().hex[:12]}")
    try:
        yield f"{server}#{address.name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP SCHEMA IF EXISTS "{address.schema}" CASCADE'.encode())
