"""Pages whose commands are run: what stands behind `$` in console blocks, in order, in a folder that begins empty.

A file that a page shows is there too: a block under a line such as "`positions.csv`:". So are the shipped examples. A
coding sheet that was written for a coder is filled in as the page's table of codes says, and the language model of a
page is a stand-in. `make docs` writes what the commands print; a test compares.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

PROJECT = Path(__file__).parents[1]
WALKED = (
    "docs/how-to/code-with-two-people.md",
    "docs/how-to/forecast-from-a-spreadsheet.md",
    "docs/how-to/import-a-dna-file.md",
    "docs/how-to/run-a-local-language-model.md",
)
MODEL_URL = "http://localhost:11434/v1"  # as pages name it; the stand-in has a port of its own
SECONDS = 120  # for one command; none takes more than a few
_BLOCK = re.compile(
    r"`(?P<name>[\w.-]+\.\w+)`:\n\n```\w+\n(?P<text>.*?)^```$|^```console\n(?P<lines>.*?)^```$", flags=re.M | re.S
)
_SHEET = re.compile(r"^winset code .* -o (?P<sheet>[\w.-]+\.csv)\b.* --coder (?P<coder>\w+)")


def walked(page: str) -> str:
    """The page with what its commands print now.  Raises CalledProcessError for a command that fails."""
    with contextlib.ExitStack() as open_until_end:
        folder = Path(open_until_end.enter_context(tempfile.TemporaryDirectory()))
        (folder / "examples").symlink_to(PROJECT / "examples")
        url = open_until_end.enter_context(_stand_in()) if MODEL_URL in page else MODEL_URL
        exported: list[str] = []  # a page's `export NAME=VALUE` holds to its end

        def shown(block: re.Match[str]) -> str:
            if block["name"]:
                (folder / block["name"]).write_text(block["text"], encoding="utf-8")
                return block[0]
            lines = []
            for command in re.findall(r"^\$ (.*)$", block["lines"], flags=re.M):
                if command.startswith("export "):
                    exported.append(command)
                printed = _run("\n".join([*exported, command]).replace(MODEL_URL, url), folder)
                lines += [f"$ {command}", *printed.replace(url, MODEL_URL).splitlines()]
                if sheet := _SHEET.match(command):
                    _fill(folder / sheet["sheet"], _codes(page, sheet["coder"]))
            return "\n".join(["```console", *lines, "```"])

        return _BLOCK.sub(shown, page)


def _run(command: str, folder: Path) -> str:
    """What the command prints, in whichever way, at one width on every machine."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("WINSET_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "110",
        "NO_COLOR": "1",
        "LOGNAME": "ada",
    }
    line = ["bash", "-c", command]
    done = subprocess.run(
        line, cwd=folder, env=environment, check=False, capture_output=True, text=True, timeout=SECONDS
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout + done.stderr


def _codes(page: str, coder: str) -> dict[str, str]:
    """A coder's codes by the first words of what is said: the page's table that has a column for the coder."""
    table = re.search(rf"^\|[^\n]*\| {coder} \|.*?(?=^$)", page, flags=re.M | re.S)
    if table is None:
        raise ValueError(f"the page has no table with a column {coder}")
    head, _, *rows = ([cell.strip() for cell in line.strip("| \n").split("|")] for line in table[0].splitlines())
    return {row[0]: row[head.index(coder)] for row in rows}


def _fill(sheet: Path, codes: dict[str, str]) -> None:
    """Write stances into a coding sheet, as a person would."""
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    for words, stance in codes.items():
        of = [row for row in rows if row["content"].startswith(words)]
        if len(of) != 1:
            raise ValueError(f"{sheet.name}: {len(of)} statements begin with {words!r}")
        of[0]["stance"] = stance
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@contextlib.contextmanager
def _stand_in() -> Iterator[str]:
    """The address of a server that answers as a language model would: with one attribution, and one it made up."""
    with HTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["messages"][-1]["content"]
        lines = re.findall(r"^fence-\S+ (\d+): (.*)$", asked, flags=re.M)
        told = [
            {"paragraph": int(number), "source": said["who"], "cue": said["cue"], "contents": [said["what"]]}
            for number, words in lines
            for said in re.finditer(r"(?P<who>[A-Z]\w+) (?P<cue>opposes|supports) (?P<what>[^.,]+)", words)
        ]
        made_up = {"paragraph": 1, "source": "Norland", "cue": "said", "contents": ["we shall leave the commission"]}
        content = json.dumps({"attributions": [*told, made_up]})
        choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
        body = json.dumps({"object": "chat.completion", "choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    log_message: Callable[..., None] = lambda *_: None  # nobody reads it
