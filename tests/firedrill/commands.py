"""Every command that writes, as it is killed; and why the others are not."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.firedrill.running import FULL, winset

from winset.pipeline.large_brief import material_at_hand
from winset.pipeline.material import accounted
from winset.positions.rulings import Codes
from winset.store import trail
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

ADA = ("--by", "Ada")
AT = "2023-07-10T09:00:00Z"
TEAM = ("--accounts", "team.accounts")
PASSWORD = {"WINSET_PASSWORD": "four plain words here"}
COLUMNS = {"DRILL_COLUMNS": "1"}  # see `running.SCRIPT`
OPTIONS = ("--proposal", "Keep the accord", "--body", "nato", "--on", "2023-07-11")
REPORTS = frozenset({"first.txt", "second.txt"})
MORE = REPORTS | {"later.txt", "third.txt"}

# each stands for what the case of a drill has
STATEMENT, SOURCE, SHORTER, ENDS, DISPUTED = "STATEMENT", "SOURCE", "SHORTER", "ENDS", "DISPUTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A command, and what it leaves."""

    words: tuple[str, ...]
    steps: int = 1  # it takes at least so many; of those that are killed in the short form
    case: str = "case.winset"  # that it writes to, or leaves alone
    files: tuple[str, ...] = ()  # that it writes
    holds: frozenset[str] = REPORTS  # names of the documents that the case has in the end
    before: tuple[tuple[str, ...], ...] = ()  # commands that go before it
    made: Callable[[Path], None] | None = None  # what else is done before it, in the folder
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def new(self) -> bool:
        """Whether the case is there whole or not at all."""
        return self.case in ("new.winset", "back.winset", "whole.winset")


def suggested(folder: Path) -> None:
    """Let an assistant suggest codes for the first statement."""
    with CaseStore.open(folder / "case.winset") as store:
        id = store.codings()[0].statements[0].id
        value = {"codes": trail.codes_value(Codes(stance="favour")), "why": "the words say so"}
        Desk(store).suggest(id, value, by="assistant for Ada", at=AT, why="the words say so")


def filled(folder: Path) -> None:
    """A coding sheet with a word for each statement."""
    assert winset("code", "case.winset", "export", "-o", "sheet.csv", folder=folder).status == 0
    with (folder / "sheet.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with (folder / "filled.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "stance": "favour"} for row in rows)


def asked(folder: Path) -> None:
    """Sources for `who`, texts for `attribute`."""
    rows = [{"id": number, "text": f"{number}: Ana Lind said something today."} for number in range(8)]
    (folder / "texts.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    (folder / "sources.jsonl").write_text('{"source": "the NATO chief"}\n{"source": "Riga"}\n', encoding="utf-8")


KEEP = ("decide", "case.winset", "--what-if", "France=60", "--draws", "20", "--keep", "France moves", *ADA)
TAKE = ("code", "case.winset", "take", "filled.csv", "--coder", "Ada")
TALKS = (("new", "talks.winset", *OPTIONS), ("add", "talks.winset", "noted.txt"))
SETTLE = ("discrepancies", "talks.winset", "settle", DISPUTED, "none", *ADA)
ACCOUNT = ("account", "add", "Ada", "--role", "admin", *TEAM)
TOKEN = ("account", "token", "Ada", "weekly", *TEAM)

DRILLS = {
    # the first are those that are killed in the short form
    "new": Drill(words=("new", "new.winset", "--from", "case.yaml"), case="new.winset", steps=150),
    "add": Drill(words=("add", "case.winset", "more"), holds=MORE, steps=60),
    "check code": Drill(words=("check", "case.winset", "code", STATEMENT, "oppose", *ADA), steps=25),
    "restore": Drill(words=("restore", "case.backup", "back.winset"), case="back.winset", steps=30),
    "backup": Drill(words=("backup", "case.winset", "other.backup"), files=("other.backup",), steps=30),
    "watch": Drill(words=("watch", "case.winset", "more", "--once"), holds=MORE),
    "watch, a feed": Drill(
        words=("watch", "case.winset", "more", "--once", "-o", "new.atom"), holds=MORE, files=("new.atom",)
    ),
    "actors is": Drill(words=("actors", "case.winset", "is", "Paris", "FRA", *ADA, "--why", "the capital")),
    "actors merge": Drill(words=("actors", "case.winset", "merge", "Germany", "France", *ADA)),
    "actors split": Drill(
        words=("actors", "case.winset", "split", "France", "--statement", STATEMENT, "--as", "Lyon", *ADA)
    ),
    "actors undo": Drill(words=("actors", "case.winset", "undo", "1", *ADA)),
    "check accept": Drill(words=("check", "case.winset", "accept", STATEMENT, *ADA)),
    "check wrong": Drill(words=("check", "case.winset", "wrong", STATEMENT, *ADA)),
    "check right": Drill(
        words=("check", "case.winset", "right", STATEMENT, *ADA),
        before=(("check", "case.winset", "wrong", STATEMENT, *ADA),),
    ),
    "check spans": Drill(
        words=("check", "case.winset", "spans", STATEMENT, "--source", SOURCE, "--content", SHORTER, *ADA)
    ),
    "check add": Drill(words=("check", "case.winset", "add", "first.txt", "--source", SOURCE, "--content", ENDS, *ADA)),
    "check adopt": Drill(words=("check", "case.winset", "adopt", STATEMENT, *ADA), made=suggested),
    "check undo": Drill(words=("check", "case.winset", "undo", "3", *ADA)),
    "code export": Drill(words=("code", "case.winset", "export", "-o", "sheet.csv"), files=("sheet.csv",)),
    "code take": Drill(words=TAKE, made=filled),
    "code undo": Drill(words=("code", "case.winset", "undo", "1", *ADA), made=filled, before=(TAKE,)),
    "settle": Drill(words=SETTLE, case="talks.winset", holds=frozenset({"noted.txt"}), before=TALKS),
    "reopen": Drill(
        words=("discrepancies", "talks.winset", "reopen", DISPUTED, *ADA),
        case="talks.winset",
        holds=frozenset({"noted.txt"}),
        before=(*TALKS, SETTLE),
    ),
    "account add": Drill(words=ACCOUNT, environment=PASSWORD),
    "account role": Drill(words=("account", "role", "Ada", "coder", *TEAM), before=(ACCOUNT,), environment=PASSWORD),
    "account disable": Drill(words=("account", "disable", "Ada", *TEAM), before=(ACCOUNT,), environment=PASSWORD),
    "account enable": Drill(
        words=("account", "enable", "Ada", *TEAM),
        before=(ACCOUNT, ("account", "disable", "Ada", *TEAM)),
        environment=PASSWORD,
    ),
    "account password": Drill(words=("account", "password", "Ada", *TEAM), before=(ACCOUNT,), environment=PASSWORD),
    "account token": Drill(words=TOKEN, before=(ACCOUNT,), environment=PASSWORD),
    "account revoke": Drill(words=("account", "revoke", "1", *TEAM), before=(ACCOUNT, TOKEN), environment=PASSWORD),
    "decide --keep": Drill(words=KEEP),
    "decide --drop": Drill(words=("decide", "case.winset", "--drop", "France moves", *ADA), before=(KEEP,)),
    "decide, a chart": Drill(words=("decide", "case.winset", "--draws", "20", "-o", "d.svg"), files=("d.svg",)),
    "ask": Drill(words=("ask", "case.winset", "Who opposes the training centre?")),
    "recode": Drill(words=("recode", "case.winset", *ADA)),
    "positions": Drill(
        words=("positions", "case.winset"), holds=MORE, before=(("add", "case.winset", "more"),), environment=COLUMNS
    ),
    "replace": Drill(words=("restore", "case.backup", "case.winset", "--replace")),
    "recover": Drill(words=("recover", "case.winset", "-o", "whole.winset"), case="whole.winset"),
    "brief": Drill(
        words=("brief", "case.winset", "-o", "b.html", "--json", "b.json", "--markdown", "b.md", "--draws", "20"),
        files=("b.html", "b.json", "b.md"),
    ),
    "issue": Drill(words=("issue", "reports", "--body", "nato", "-o", "issue.yaml"), files=("issue.yaml",)),
    "statements": Drill(words=("statements", "reports", "-o", "s.jsonl"), files=("s.jsonl",)),
    "attribute": Drill(words=("attribute", "texts.jsonl", "a.jsonl", "--threads", "1"), files=("a.jsonl",), made=asked),
    "who": Drill(
        words=("who", "--file", "sources.jsonl", "w.jsonl", "--on", "2023-07-11"), files=("w.jsonl",), made=asked
    ),
    "tables": Drill(words=("tables", "case.winset", "-o", "t.xlsx"), files=("t.xlsx",)),
    "tables, a folder": Drill(words=("tables", "case.winset", "-o", "tables/"), files=("tables",)),
    "sources": Drill(words=("sources", "case.winset", "-o", "s.json"), files=("s.json",)),
    "timeline": Drill(words=("timeline", "case.winset", "-o", "when.csv"), files=("when.csv",)),
    "network": Drill(words=("network", "case.winset", "-o", "net.gexf"), files=("net.gexf",)),
    "power": Drill(words=("power", "[3; A=2, B=1, C=1]", "-o", "p.svg"), files=("p.svg",)),
    "backtest": Drill(
        words=("backtest", "decided", "--model", "median", "--draws", "5", "-o", "past.txt"), files=("past.txt",)
    ),
    "export": Drill(words=("export", "case.winset", "-o", "out.qdpx"), files=("out.qdpx",)),
    "export, a database": Drill(words=("export", "case.winset", "-o", "out.dna"), files=("out.dna",)),
    "import": Drill(
        words=("import", "out.qdpx", "back.winset", *ADA),
        case="back.winset",
        before=(("export", "case.winset", "-o", "out.qdpx"),),
    ),
}
SHORT, WHOLE = 5, max(100, 2 * len(DRILLS))  # kills
KILLS = WHOLE if FULL else SHORT

# commands that are killed by a test of their own
ELSEWHERE = {
    "mcp": "tests/firedrill/test_killing.py::test_an_assistants_server_that_is_killed_keeps_what_it_acknowledged",
    "serve": "tests/web/test_killed.py::test_a_file_holds_all_that_was_acknowledged_when_the_desk_is_killed",
}
# commands that write nothing, as they are called to show it; of those with verbs, the verbs
READS = {
    "status": ("status", "case.winset"),
    "members": ("members", "nato", "--on", "2023-07-11"),
    "methods": ("methods",),
    "doctor": ("doctor", "case.winset"),
    "schema": ("schema", "check"),
    "check queue": ("check", "case.winset"),
    "check suggestions": ("check", "case.winset", "suggestions"),
    "check log": ("check", "case.winset", "log"),
    "check replay": ("check", "case.winset", "replay"),
    "code agreement": ("code", "case.winset", "agreement"),
    "account list": ("account", "list", *TEAM),
    "account tokens": ("account", "tokens", *TEAM),
    "account log": ("account", "log", *TEAM),
}
# options that name a file or a folder, or something that is kept, and nothing is written there
READ_FROM = {"--from", "--registry", "--file", "--fit", "--accounts", "--scenario", "--scenarios"}


def spoken(words: tuple[str, ...], folder: Path, case: str) -> tuple[str, ...]:
    """A command with what the case of the folder has in the places that stand for it."""
    if not set(words) & {STATEMENT, SOURCE, SHORTER, ENDS, DISPUTED}:
        return words
    with CaseStore.open(folder / case) as store:
        if DISPUTED in words:
            found = accounted(store.spec(), material_at_hand(store)).discrepancies
            return tuple(found[0].id if word == DISPUTED else word for word in words)
        said = next(each for each in store.codings()[0].statements if each.source is not None)
    assert said.source is not None
    start, end = said.contents[0].start, said.contents[-1].end
    told = {
        STATEMENT: str(said.id),
        SOURCE: f"{said.source.start}-{said.source.end}",
        SHORTER: f"{start}-{end - 3}",
        ENDS: f"{start}-{start + 8},{end - 9}-{end}",
    }
    return tuple(told.get(word, word) for word in words)
