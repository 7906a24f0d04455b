"""What stands in deploy/: it parses, names what exists, lets nobody in, and a cluster behind certificates works."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from winset import __version__

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
SCRIPTS = sorted([*DEPLOY.rglob("*.sh"), *DEPLOY.rglob("*.sbatch")])
YAML = sorted(DEPLOY.rglob("*.yaml"))


def parts(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def pods(value: Any) -> Iterator[dict[str, Any]]:
    """Every description of a pod in a file."""
    if isinstance(value, dict):
        if "containers" in value:
            yield value
        for inner in value.values():
            yield from pods(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from pods(inner)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_parse(script: Path) -> None:
    checked = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "set -euo pipefail" in script.read_text()


def test_the_jobqueue_script_asks_for_what_dask_has() -> None:
    tree = ast.parse((DEPLOY / "slurm" / "cluster.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert {"SLURMCluster", "Security"} <= imported
    from distributed import Security

    roles = {f"tls_{role}_{part}": "x" for role in ("scheduler", "worker", "client") for part in ("key", "cert")}
    assert Security(require_encryption=True, tls_ca_file="x", **roles).require_encryption  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_descriptions_parse_and_each_names_its_kind(path: Path) -> None:
    for part in parts(path):
        assert {"apiVersion", "kind", "metadata"} <= set(part)
        for pod in pods(part):
            assert pod["securityContext"]["runAsNonRoot"]
            assert pod["automountServiceAccountToken"] is False
            mounted = {volume["name"] for volume in pod["volumes"]}
            for container in pod["containers"]:
                assert container["image"].endswith(f":{__version__}")
                assert container["envFrom"] == [{"configMapRef": {"name": "winset-dask"}}]
                assert container["resources"]["limits"]["memory"]
                assert {each["name"] for each in container["volumeMounts"]} == mounted
                assert container["args"][0] in ("dask", "winset")


def test_every_place_of_a_cluster_is_behind_certificates() -> None:
    [told] = [part for part in parts(DEPLOY / "kubernetes/plain/scheduler.yaml") if part["kind"] == "ConfigMap"]
    script = (DEPLOY / "certificates.sh").read_text()
    assert set(re.findall(r"export (DASK_\w+)=", script)) == set(told["data"])
    assert told["data"]["DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION"] == "true"
    everything = "".join(path.read_text() for path in [*YAML, *SCRIPTS])
    assert "tcp://" not in everything


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_commands_have_the_options_that_are_given(path: Path) -> None:
    for part in parts(path):
        for pod in pods(part):
            for container in pod["containers"]:
                program, verb, *given = container["args"]
                known = _help(program, verb)
                for option in (each for each in given if each.startswith("-")):
                    assert option in known, f"{program} {verb} has no {option}"


@cache
def _help(program: str, verb: str) -> str:
    module = ["-m", "dask"] if program == "dask" else ["-c", "from winset.cli import main; main()"]
    return subprocess.run([sys.executable, *module, verb, "--help"], capture_output=True, text=True, check=True).stdout


def test_the_image_is_built_of_locked_versions_and_runs_as_nobody() -> None:
    lines = (DEPLOY / "kubernetes" / "Dockerfile").read_text(encoding="utf-8")
    [base] = re.findall(r"^FROM (\S+)$", lines, flags=re.MULTILINE)
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", base)
    assert "-c /build/versions.txt" in lines
    assert re.search(r"^USER 10001$", lines, flags=re.MULTILINE)
    for source in re.findall(r"^COPY (\S+) ", lines, flags=re.MULTILINE):
        assert source.startswith("dist/") or (PROJECT / source).exists()
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for extra in re.findall(r"\[([\w,]+)\]\"", lines)[0].split(","):
        assert extra in extras


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_cluster_with_certificates_lets_in_who_has_one_and_nobody_else(tmp_path: Path) -> None:
    from distributed import Client

    folder = tmp_path / "tls"
    subprocess.run(["bash", DEPLOY / "certificates.sh", folder], check=True, capture_output=True)
    assert (folder / "cluster.key").stat().st_mode & 0o77 == 0
    told = dict(re.findall(r"export (\w+)=(\S+)", (folder / "environment").read_text()))
    said = tmp_path / "scheduler.json"
    line = [sys.executable, "-m", "dask", "scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0"]
    with (tmp_path / "log").open("wb") as log:
        scheduler = subprocess.Popen(
            [*line, "--no-dashboard", "--scheduler-file", str(said)], env={**os.environ, **told}, stdout=log, stderr=log
        )
    try:
        while not (said.exists() and said.read_text().rstrip().endswith("}")):
            assert scheduler.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.05)
        address = re.findall(r"tls://[\d.:]+", said.read_text())[0]
        ask = f"from distributed import Client; print(Client({address!r}, timeout=10).status)"
        known = subprocess.run(
            [sys.executable, "-c", ask], env={**os.environ, **told}, capture_output=True, text=True, check=False
        )
        assert known.stdout == "running\n", known.stderr
        with pytest.raises((OSError, TypeError)):
            Client(address, timeout=2, set_as_default=False)  # type: ignore[no-untyped-call]
        with pytest.raises(OSError, match=r"Timed out|closed"):
            Client(address.replace("tls", "tcp"), timeout=2, set_as_default=False)  # type: ignore[no-untyped-call]
    finally:
        scheduler.terminate()
        scheduler.wait()
