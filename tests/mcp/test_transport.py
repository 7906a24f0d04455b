"""`winset mcp` as a process: stdout is the protocol's alone, it ends when it should, and how a client is told of it."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from typer.testing import CliRunner

from winset.cli.app import app

WINSET = Path(sys.executable).with_name("winset")
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}


def lines(*messages: object) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in messages)


def call(number: int, tool: str, **arguments: object) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}


@contextlib.contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    pipe = subprocess.PIPE
    with subprocess.Popen([str(WINSET), "mcp", *words], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        try:
            yield process
        finally:
            process.kill()


def test_stdout_is_the_protocol_alone_and_the_end_of_input_ends_it(own_case: Path) -> None:
    with started(str(own_case)) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        sent = (
            HELLO,
            {"jsonrpc": "2.0", "method": "notifications/initialized"},
            call(2, "decide"),
            call(3, "nonsense"),
        )
        process.stdin.write(b"no json\n\xff\xfe\n" + lines(*sent))
        process.stdin.flush()
        told = [json.loads(process.stdout.readline()) for _ in range(3)]
        out, errors = process.communicate(timeout=60)
    answers = {each["id"]: each["result"] for each in told}
    assert answers[1]["serverInfo"]["name"] == "winset"
    assert answers[2]["structuredContent"]["outcomes"][0]["outcome"] == "blocked"
    assert answers[3]["isError"]
    assert (out, process.returncode) == (b"", 0)
    assert b"Traceback" not in errors


def test_ctrl_c_ends_it_at_once_though_it_waits_for_a_line(own_case: Path) -> None:
    with started(str(own_case)) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines(HELLO))
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b"winset: interrupted; what was kept before stays kept\n"


def test_by_http_only_this_machine_with_the_token_is_answered(own_case: Path) -> None:
    with started(str(own_case), "--http", "0") as process:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        address, token = line.split()[0], line.split()[-1]
        own = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        }
        assert address.startswith("http://127.0.0.1:")

        def status(headers: dict[str, str]) -> int:
            request = Request(address, data=json.dumps(HELLO).encode(), headers=headers)
            try:
                with urlopen(request, timeout=60) as answer:
                    return int(answer.status)
            except HTTPError as error:
                with error:
                    return error.code

        assert status(own) == 200
        assert status({**own, "Authorization": ""}) == 401
        assert status({**own, "Authorization": f"Bearer {token}x"}) == 401
        assert status({**own, "Host": "evil.example"}) == 421
        assert status({**own, "Origin": "https://evil.example"}) == 403
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) in (0, 130)


def test_json_tells_how_to_register_it(own_case: Path) -> None:
    told = json.loads(CliRunner().invoke(app, ["mcp", str(own_case), "--json"]).stdout)
    server = told["mcpServers"]["winset-tokyo"]
    assert Path(server["command"]).name == "winset"
    assert server["args"] == ["mcp", str(own_case.resolve())]
    writing = json.loads(CliRunner().invoke(app, ["mcp", str(own_case), "--json", "--write", "--by", "Ada"]).stdout)
    assert writing["mcpServers"]["winset-tokyo"]["args"][2:] == ["--write", "--by", "Ada"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--by", "Ada"], "--by goes with --write"),
        (["--write", "--http", "0"], "--write goes by stdio alone"),
        (["--json", "--http", "0"], "leave out --http"),
    ],
)
def test_what_does_not_go_together_is_refused(own_case: Path, words: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["mcp", str(own_case), *words])
    assert (done.exit_code, told in done.stderr) == (2, True)


def test_a_case_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["mcp", str(tmp_path / "no.winset"), "--json"])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_without_the_package_the_extra_is_named(own_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    done = CliRunner().invoke(app, ["mcp", str(own_case)])
    assert (done.exit_code, "pip install 'winset[mcp]'" in done.stderr) == (2, True)
