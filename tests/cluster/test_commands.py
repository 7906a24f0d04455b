"""The commands with `--cluster`: what they print and write is what they do without it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cluster.conftest import Machines, text_of, write_lines
from tests.cluster.inline import inline
from typer.testing import CliRunner

from winset.cli.app import app
from winset.cluster import attributing
from winset.cluster.joining import checked
from winset.errors import BadCase
from winset.exchange.attribution_lines import rows
from winset.pipeline.attributing import attributed

MAIN = "from winset.cli import main; main()"
STATED = ["--proposal", "Open a training centre in Reykjavik", "--body", "nato", "--on", "2023-07-11"]


def run(*arguments: object) -> tuple[int, str, str]:
    ended = CliRunner().invoke(app, [str(each) for each in arguments])
    assert not ended.exception or isinstance(ended.exception, SystemExit), ended.exception
    return ended.exit_code, ended.stdout, ended.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some documents, one of them twice, one that is none."""
    made = tmp_path / "reports"
    made.mkdir()
    write_lines(made / "a.jsonl", range(8))
    (made / "b.txt").write_text(text_of(3))
    (made / "c.txt").write_bytes(b"\x00\x01binary")
    return made


def test_statements_are_the_lines_of_one_process(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    alone = run("statements", folder, *STATED, "-o", one, "--json")
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from winset.cli import main; main()",
            "statements",
            folder,
            *STATED,
            "-o",
            two,
            "--json",
            "--cluster",
            "local:1",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, alone[1], alone[2])
    assert two.read_bytes() == one.read_bytes()


def test_statements_as_partitions_and_documents_into_a_case(machines: Machines, folder: Path, tmp_path: Path) -> None:
    to = ("--cluster", machines.address)
    alone = json.loads(run("statements", folder, "-o", tmp_path / "alone.jsonl", "--json")[1])
    said = f"{alone['statements']} statements from 8 documents: {tmp_path}/said/\n"
    status, out, err = run("statements", folder, "-o", f"{tmp_path}/said/", *to)
    assert (status, out, err[:27]) == (2, said, "winset: c.txt: binary, not ")
    assert json.loads((tmp_path / "said" / "complete.json").read_text())["documents"] == 8
    assert run("new", tmp_path / "case.winset", *STATED)[0] == 0
    status, out, err = run("add", tmp_path / "case.winset", folder, *to)
    assert (status, out.splitlines()[-1]) == (2, "8 added, 1 there already, 1 rejected; 8 documents in the case")


def test_a_kept_case_and_an_odd_address_are_refused_in_a_line(folder: Path, tmp_path: Path) -> None:
    assert run("new", tmp_path / "case.winset", *STATED)[0] == 0
    status, _, err = run("statements", tmp_path / "case.winset", "--cluster", "local:1")
    assert (status, "is coded already: leave out --cluster" in err) == (2, True)
    status, _, err = run("add", tmp_path / "case.winset", folder, "--cluster", "somewhere")
    assert (status, err) == (
        2,
        "winset: --cluster somewhere: write local, local:N with N processes, or tcp://HOST:PORT or tls://HOST:PORT\n",
    )


@pytest.mark.parametrize("address", ["local:0", "local:", "http://x:1", "tcp://", "", "local:99999"])
def test_what_is_no_address_of_a_cluster_is_refused(address: str) -> None:
    with pytest.raises(BadCase, match="--cluster"):
        checked(address)


def test_attributions_are_the_lines_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributing, "BATCH", 900)
    corpus = tmp_path / "corpus.jsonl"
    lines = [json.dumps({"id": number, "text": text_of(number)}) for number in range(9)]
    long = json.dumps({"id": "long", "text": " ".join(map(text_of, range(20_000)))})  # set aside: over 4 MB
    lines = [*lines[:3], "{broken", *lines[3:6], long[:4_300_000] + '"}', *lines[6:], '{"id": 3}']
    corpus.write_text("\n".join(lines), encoding="utf-8")

    def made(reading: object) -> list[tuple[int, str, object]]:
        return [
            (place.line, "".join(piece.json for piece in pieces)[:2_000], rejected)
            for place, pieces, rejected in reading  # type: ignore[attr-defined]
        ]

    monkeypatch.setattr("winset.cluster.attributing.attributions", _few)
    monkeypatch.setattr("winset.statements.attribution.attributions", _few)
    with corpus.open("rb") as stream, inline() as cluster:
        found = made(attributing.attributed(rows(stream, name="corpus"), cluster))
    with corpus.open("rb") as stream:
        assert made(attributed(rows(stream, name="corpus"), threads=1)) == found
    assert [line for line, _, _ in found] == list(range(1, 13))


def _few(text: str, *, threads: int = 1) -> object:
    """Attributions of the text's beginning: the network itself is tested elsewhere."""
    from winset.statements.types import Form, Proposal

    assert threads == 1
    yield Proposal(source=(0, 3), cue=None, contents=((4, 9),), form=Form.ACT, confidence=len(text) % 7 / 7)
