"""Everything that --json prints has a schema, and is what it tells; a schema changes only by growing."""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import itertools
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from tests import json_forms

from winset.cli.app import app
from winset.cli.json_schemas import VERSIONS, schema, schema_name
from winset.ids import EvidenceId, StatementId
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.recoding import begun

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset

PROJECT = Path(__file__).parents[2]
KNOWN = Path(__file__).with_name("json_fields.txt")
COMMANDS = [command.name or "" for command in app.registered_commands]

TABLE = """\
actor,issue,position,salience
North,quota,80,0.9
South,quota,20,0.6
East,quota,60,0.5
North,season,70,0.4
South,season,10,0.9
East,season,90,0.7
"""
NOTED = """\
The lighthouse accord

The talks began in the summer [1] and broke off in the winter [4].

References
[1] Lighthouse Board, minutes, 4 July 2019.
[2] Lighthouse Board, minutes, 9 August 2019.
"""
LATER = """\
Norway changes its mind

5 July 2023

Norway opposes the training centre in Reykjavik, its foreign minister said on Wednesday.
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_schema(command: str) -> None:
    wanted = f"src/winset/schemas/{command}-1.schema.json"
    assert command in VERSIONS, (
        f"winset {command} prints JSON that no schema tells of: write {wanted}, name it in \
winset.cli.json_schemas.VERSIONS, and let what it prints pass through of_schema({command!r}, ...)"
    )


def test_no_schema_is_left_over() -> None:
    assert list(VERSIONS) == [command for command in COMMANDS if command in VERSIONS], "in the order of the help"
    files = {path.name for path in (PROJECT / "src" / "winset" / "schemas").iterdir()}
    assert files == {f"{command}-{version}.schema.json" for command, version in VERSIONS.items() if command != "brief"}


@pytest.mark.parametrize("command", VERSIONS)
def test_every_schema_is_one_and_says_which(command: str) -> None:
    of = schema(command)
    jsonschema.Draft202012Validator.check_schema(of)
    assert of["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert of["$id"] == f"urn:winset:schema:{command}:{VERSIONS[command]}"
    assert str(VERSIONS[command]) in of["title"]
    assert of["description"]
    consts = [each["properties"]["schema"]["const"] for each in told_by_name(of)]
    assert set(consts) <= {schema_name(command)}


def told_by_name(of: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The forms of a schema whose outputs name it."""
    forms = [of["$defs"][each["$ref"].rpartition("/")[2]] for each in of.get("anyOf", ())] or [of]
    return [form for form in forms if "schema" in form.get("properties", {})]


# --- a schema changes only by growing -------------------------------------------------------------------------------


@cache
def json_page() -> ModuleType:
    """The script that writes the page of the fields."""
    spec = importlib.util.spec_from_file_location("json_page", PROJECT / "docs" / "json_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def lines(command: str) -> Iterator[str]:
    """Every field of a schema with its type, and whether it is always there."""
    of = schema(command)
    page = json_page()
    names = [f"#{each['$ref'].rpartition('/')[2]}" for each in of.get("anyOf", ())] or [""]
    for form_name, (_, form) in zip(names, page.forms(of), strict=True):
        name = f"{schema_name(command)}{form_name}"
        for each in page.fields(of, form):
            yield f"{name} {each.path or '.'}: {each.type}{'' if each.always else ', if any'}"


@pytest.mark.parametrize("command", VERSIONS)
def test_no_field_changes_or_goes_without_another_version(command: str) -> None:
    mine = (f"{schema_name(command)} ", f"{schema_name(command)}#")
    known = [line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line.startswith(mine)]
    now = list(dict.fromkeys(lines(command)))
    gone = [line for line in known if line not in now]
    assert gone == [], f"readers of winset-{command}/{VERSIONS[command]} count on these fields: raise its version"
    grown = [line for line in now if line not in known]
    assert grown == [], "new fields: add these lines to tests/cli/json_fields.txt, where readers may count on them"


def test_the_page_of_the_fields_is_that_of_the_schemas() -> None:
    page = (PROJECT / "docs" / "reference" / "json-output.md").read_text(encoding="utf-8")
    assert page == json_page().page(), "a schema has changed: run `make docs`"


# --- what is printed is what is told --------------------------------------------------------------------------------


@pytest.fixture
def case(read_once: Path, folder: Path, reports: Path) -> Path:
    """A case of two documents, some of which people have coded."""
    shutil.copy(read_once, folder)
    return folder / read_once.name


Example = tuple[str, Any]  # of which form, and what was printed


def told(ended: Ended, *, status: int = 0) -> Any:
    assert ended.status == status, ended.err
    return json.loads(ended.out)


def examples(winset: Winset, case: Path, stated: list[str]) -> Iterator[tuple[str, Example]]:
    """Every form that can be had without a server, by command; those of the desk and of accounts have own tests."""
    documents = case.parent / "reports"
    (case.parent / "empty.txt").write_text("", encoding="utf-8")

    def one(command: str, *arguments: str | Path, form: str = "", status: int = 0) -> tuple[str, Example]:
        return command, (form, told(winset(command, *arguments, "--json"), status=status))

    yield "brief", ("", told(winset("brief", case, "--json", "-", "--draws", "200")))
    yield one("issue", documents)
    yield one("positions", case, "--over-time")
    yield one("positions", case, "--silent")
    table = case.parent / "positions.csv"
    table.write_text(TABLE, encoding="utf-8")
    yield one("decide", table, "--capability", "1", "--draws", "200", "--what-if", "South=70", form="answer")
    yield one("decide", case, "--draws", "200", "--what-if", "France=60", "--keep", "France_moves", form="answer")
    yield one("decide", case, "--scenarios", form="scenarios")
    yield one("new", "made.winset", *stated, "--option", "smaller=40", form="made")
    case_file = case.parent / "case.yaml"
    case_file.write_text(
        "proposal: Open a training centre in Reykjavik\nbody: nato\non: 2023-07-11\ndocuments: [reports]\n",
        encoding="utf-8",
    )
    yield one("new", "full.winset", "--from", case_file, form="with_documents")
    yield one("add", case, documents, case.parent / "empty.txt", status=2)
    inbox = case.parent / "inbox"
    inbox.mkdir()
    (inbox / "later.txt").write_text(LATER, encoding="utf-8")
    yield one("watch", case, inbox, "--once")
    yield one("status", case)
    yield one("actors", case, "is", "Berlin", "DEU", "--by", "Ada", "--why", "the capital", form="act")
    yield one("actors", case, form="list")
    queue = one("check", case, form="queue")
    yield queue
    id = queue[1][1]["statements"][0]["id"]
    yield one("check", case, "code", id, "oppose", "--firmness", "0.5", "--voice", "own", "--by", "Ada", form="act")
    yield one("check", case, "accept", id, "--by", "Ben", form="act")
    yield one("check", case, "wrong", queue[1][1]["statements"][1]["id"], "--by", "Ben", form="act")
    yield one("check", case, "queue", "--state", "all", "--by", "Ada", form="queue")
    suggest(case, id)
    yield one("check", case, "suggestions", form="suggestions")
    yield one("check", case, "log", form="log")
    yield one("check", case, "replay", form="replay")
    yield one("code", case, "-o", "sheet.csv", form="export")
    fill(case.parent / "sheet.csv")
    yield one("code", case, "take", "sheet.csv", "--coder", "Cy", "--by", "Cy", form="take")
    yield one("code", case, form="list")
    yield one("code", case, "agreement", form="agreement")
    yield one("code", case, "undo", "--by", "Cy", form="undo")
    yield one("recode", case, "--stance", "lexicon", "--processes", "1", "--by", "Ada")
    yield one("status", interrupted(case))
    written = winset("statements", documents, *stated, "--json", "-o", "lines.jsonl")
    yield "statements", ("counts", told(written))
    for line in (case.parent / "lines.jsonl").read_text(encoding="utf-8").splitlines():
        yield "statements", ("line", json.loads(line))
    yield one("tables", case)
    yield one("export", case, "-o", "case.csl.json")
    (case.parent / "lost.bib").write_text("@misc{lost,\n title = {Lost}\n}\n", encoding="utf-8")
    yield one("import", "lost.bib", case, "--by", "Ada", status=2)
    yield one("ask", case, "Who opposes the training centre?")
    yield one("sources", case)
    found = one("discrepancies", case, form="list")
    yield found
    yield one("timeline", case)
    yield one("timeline", case, "--precedents")
    yield one("network", case)
    texts = case.parent / "texts.jsonl"
    texts.write_text(json.dumps({"id": "a", "text": "France opposes the plan."}) + "\n", encoding="utf-8")
    yield "attribute", ("counts", told(winset("attribute", texts, "found.jsonl", "--json")))
    yield "attribute", ("line", json.loads((case.parent / "found.jsonl").read_text(encoding="utf-8")))
    yield one("who", "the French foreign minister", "some analysts", "--on", "2023-07-11", form="answers")
    spans = case.parent / "spans.jsonl"
    spans.write_text('{"id": 7, "source": "the French president", "on": "2023-07-11"}\n', encoding="utf-8")
    yield "who", ("counts", told(winset("who", "--file", spans, "answers.jsonl", "--json")))
    yield "who", ("line", json.loads((case.parent / "answers.jsonl").read_text(encoding="utf-8")))
    yield one("power", "[3; Ann=2, Ben=1, Cy=1]")
    yield one("power", "[3; Ann=2, Ben=1, Cy=1]", "--ternary")
    yield one("power", "[3; Ann=2, Ben=1, Cy=1]", "--samples", "100")
    yield one("members", "nato", "--on", "2023-04-04", "--partners")
    yield one("members", "g77", "--on", "2023-11-30")
    yield one("methods", form="families")
    yield one("mcp", case, form="registration")
    yield one("doctor", case)
    yield one("backup", case, "kept.backup")
    yield one("restore", "kept.backup", "back.winset")
    spoil(case.parent / "back.winset")
    yield one("recover", "back.winset", "-o", "whole.winset", status=2)
    yield one("schema", form="list")
    yield "schema", ("one", told(winset("schema", "status", "--json")))


def interrupted(case: Path) -> Path:
    """A copy of the case in which coding again was begun."""
    copy = case.with_name("interrupted.winset")
    shutil.copy(case, copy)
    with CaseStore.open(copy) as store:
        begun(store, by="Ada", at="2026-11-22T12:00:00Z", methods=["attitudes"], stance="lexicon")
    return copy


def suggest(case: Path, id: str) -> None:
    """As an assistant would."""
    with CaseStore.open(case) as store:
        said = {"codes": {"stance": "oppose", "direction": -1.0}, "why": "it says so"}
        Desk(store).suggest(StatementId(EvidenceId(id)), said, by="assistant", at="2026-11-22T12:00:00Z")


def spoil(case: Path) -> None:
    """As no single bit does: the texts are lost, and what was coded of them."""
    with contextlib.closing(sqlite3.connect(case)) as connection, connection:
        connection.execute("UPDATE document SET text = 'France is silent.'")


def fill(sheet: Path) -> None:
    """Code the first rows of a sheet."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows[:2]:
        row["stance"] = "oppose"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def accounts(winset: Winset) -> Iterator[tuple[str, Example]]:
    """Of a team."""
    for form, words in (
        ("account", ("add", "Ada", "--role", "admin")),
        ("account", ("role", "Ada", "editor")),
        ("account", ("disable", "Ada")),
        ("token", ("token", "Ada", "weekly")),
        ("tokens", ("tokens",)),
        ("revoked", ("revoke", "1")),
        ("list", ("list",)),
        ("log", ("log",)),
    ):
        yield "account", (form, told(winset("account", *words, "--accounts", "team.accounts", "--json")))


def settled(winset: Winset, case: Path) -> Iterator[tuple[str, Example]]:
    """A discrepancy, once with a person's word and once without."""
    (case.parent / "noted.txt").write_text(NOTED, encoding="utf-8")
    assert winset("add", case, "noted.txt").status == 0
    rows = told(winset("discrepancies", case, "--json"))["discrepancies"]
    for words in (("settle", rows[0]["id"], "none"), ("reopen", rows[0]["id"])):
        yield "discrepancies", ("act", told(winset("discrepancies", case, *words, "--by", "Ada", "--json")))


def backtested(winset: Winset, folder: Path) -> Iterator[tuple[str, Example]]:
    """Models on invented decisions."""
    members, places = "at be dk fi fr de el ie it lu nl pt es se uk".split(), (0, 30, 70, 100)
    issues = [f"p{n},p{n},QMV,1999-01-01,2000-01-01,0,{20 + 9 * n}" for n in range(6)]
    held = [f"p{n},{each},{places[(n + at) % 4]},50" for n in range(6) for at, each in enumerate(members)]
    past = folder / "past"
    past.mkdir()
    for name, header, rows in (
        ("issues.csv", "issue,proposal,council_vote,intro,final,reference_point,outcome", issues),
        ("positions.csv", "issue,actor,position,salience", held),
    ):
        (past / name).write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    for draws in ("0", "2"):
        yield "backtest", ("", told(winset("backtest", past, "--model", "median", "--draws", draws, "--json")))


def served(case: Path) -> Iterator[tuple[str, Example]]:
    """The line of a desk that can be reached."""
    script = "from winset.cli import main; main()"
    command = [sys.executable, "-c", script, "serve", str(case), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        yield "serve", ("", json.loads(running.stdout.readline()))
        running.terminate()


LARGE = ("brief",)  # of which only the fields at the top are left out one by one


def test_every_form_is_printed_as_it_is_told_and_no_schema_is_empty(
    winset: Winset, case: Path, stated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WINSET_PASSWORD", "a long one of no use")
    seen: set[tuple[str, str]] = set()
    for command, (form, value) in itertools.chain(
        examples(winset, case, stated),
        accounts(winset),
        settled(winset, case),
        backtested(winset, case.parent),
        served(case),
    ):
        assert json_forms.faults(command, value, form) == []
        if (command, form) not in seen:
            seen.add((command, form))
            for path, spoiled in spoilt(command, short(value), form):
                noticed = not json_forms.validator(command, form, may_grow=True).is_valid(spoiled)
                assert noticed, f"winset {command} --json: without {path}, and nobody noticed"
    wanted = {
        (command, name)
        for command in VERSIONS
        for name in [each["$ref"].rpartition("/")[2] for each in schema(command).get("anyOf", ())] or [""]
    }
    assert wanted - seen == set(), "forms without an example"


def short(value: Any) -> Any:
    """The same with two entries at most in each list: enough to miss a field in."""
    if isinstance(value, list):
        return [short(each) for each in value[:2]]
    return {name: short(each) for name, each in value.items()} if isinstance(value, dict) else value


def spoilt(command: str, value: Any, form: str) -> Iterator[tuple[str, Any]]:
    """An output without one of the fields that must be there, for each that is; and which."""
    of = schema(command)
    for each in json_page().fields(of, of["$defs"][form] if form else of):
        if each.always and each.path and (command not in LARGE or "." not in each.path):
            for spoiled in lacking(value, each.path.replace("[]", ".[]").strip(".").split(".")):
                yield each.path, spoiled


def lacking(value: Any, path: list[str]) -> Iterator[Any]:
    """The value without what stands at the path first; nothing where nothing stands there."""
    first, *rest = path
    if first in ("[]", "*"):
        if not value:
            return
        place: Any = 0 if first == "[]" else next(iter(value))
    elif isinstance(value, dict) and first in value:
        place = first
    else:
        return
    if not rest:
        if first not in ("[]", "*"):
            yield json_forms.without(value, first)
        return
    for inner in lacking(value[place], rest):
        yield [inner, *value[1:]] if isinstance(value, list) else {**value, place: inner}


def test_an_output_names_its_schema(winset: Winset, case: Path) -> None:
    for command in ("status", "positions", "timeline"):
        value = told(winset(command, case, "--json"))
        assert next(iter(value)) == "schema"
        assert value["schema"] == schema_name(command) == f"winset-{command}/1"


def test_the_list_names_every_schema_and_one_is_printed_whole(winset: Winset) -> None:
    listed = told(winset("schema", "--json"))["schemas"]
    assert [each["command"] for each in listed] == list(VERSIONS)
    in_words = winset("schema").out
    assert all(each["name"] in in_words for each in listed)
    assert told(winset("schema", "check")) == schema("check")
    ended = winset("schema", "chekc")
    assert (ended.status, ended.out) == (2, "")
    assert len(ended.complaints) == 1
    assert "there are brief, issue" in ended.complaints[0]


def test_a_refusal_is_one_line_and_no_json(winset: Winset, folder: Path) -> None:
    for command in ("status", "actors", "check", "code", "positions"):
        ended = winset(command, folder / "nothing.winset", "--json")
        assert (ended.status, ended.out) == (2, "")
        assert len(ended.complaints) == 1
