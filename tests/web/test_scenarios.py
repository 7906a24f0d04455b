"""What-ifs under names: kept, listed, opened, compared, dropped, at the desk and on the command line."""

from __future__ import annotations

import json
import time
from html import escape, unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from winset.cli.app import app
from winset.errors import BadCase
from winset.exchange.answer_differences import differences
from winset.exchange.answers import answered
from winset.exchange.supposed import Supposed
from winset.exchange.what_ifs import change_words, changed, scenarios
from winset.pipeline.deciding import question
from winset.pipeline.estimating import Estimated, estimated
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.scenarios import keep_scenario
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.web.cases import OpenCase
from winset.web.standing import standing

PART = {"HX-Request": "true"}
WAIT = 10.0  # seconds at most


def _page(client: TestClient, address: str) -> str:
    """A page, once the positions are worked out again."""
    until = time.monotonic() + WAIT
    while "being worked out" in (page := unescape(client.get(address).text)):
        assert time.monotonic() < until
    return page


def _keep(client: TestClient, name: str, *changes: str, **further: str) -> str:
    """The kept scenario's id."""
    answer = client.post(
        "/cases/tokyo/decide/keep", data={"name": name, "what-if": list(changes), **further}, headers=PART
    )
    assert answer.status_code == 200, answer.text
    before, _, _ = answer.text.partition(f"<bdi>{escape(' '.join(name.split()))}</bdi>")
    return before.rpartition("decide?scenario=")[2].partition('"')[0]


def test_a_name_opens_the_same_answer_and_tells_who_and_when(desk_client: TestClient) -> None:
    id = _keep(desk_client, "  France   moves ", "France=60; cost=5")
    page = _page(desk_client, f"/cases/tokyo/decide?scenario={id}")
    assert "What if: <bdi>France moves</bdi>" in page
    assert "Kept by <bdi>ada</bdi>" in page
    link = _page(desk_client, "/cases/tokyo/decide?what-if=France%3D60&what-if=cost%3D5")
    run = page.partition(", run ")[2][:16]
    assert run in link
    assert "France moves" in desk_client.get("/cases/tokyo").text


def test_a_name_is_given_once_until_it_is_dropped(desk_client: TestClient, desk_case: Path) -> None:
    id = _keep(desk_client, "Paris", "France=60")
    again = desk_client.post("/cases/tokyo/decide/keep", data={"name": "paris", "what-if": "France=70"}, headers=PART)
    assert again.status_code == 400
    assert "is kept already, by ada" in again.text
    dropped = desk_client.post("/cases/tokyo/decide/drop", data={"scenario": id}, headers=PART)
    assert dropped.status_code == 200
    assert "Paris" not in dropped.text.partition("hx-swap-oob")[0]
    _keep(desk_client, "Paris", "France=70")
    with CaseStore.open(desk_case) as store:
        acts = [change.act for change in Desk(store).changes(limit=3)]
    assert acts == ["keep", "drop", "keep"]


def test_whoever_drops_what_was_changed_meanwhile_is_told(desk_client: TestClient) -> None:
    id = _keep(desk_client, "Paris", "France=60")
    desk_client.post("/cases/tokyo/decide/drop", data={"scenario": id, "seen": 1}, headers=PART)
    _keep(desk_client, "Paris", "France=70")
    late = desk_client.post("/cases/tokyo/decide/drop", data={"scenario": id, "seen": 1}, headers=PART)
    assert late.status_code == 409


def test_keeping_a_name_moves_nobody_and_a_code_does(desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        case = OpenCase("tokyo", store)
        before = standing(case, wait=WAIT)
        assert before is not None
        keep_scenario(store, "Paris", Supposed(changes="France=60"), by="ada")
        kept = standing(case, wait=WAIT)
        assert kept is not None
        assert (kept.found, kept.behind, kept.version) == (before.found, 0, case.desk.version())
        row = case.desk.queue(coder="ada", limit=1)[0]
        case.desk.judge(row.statement.id, "wrong", by="ada", at="2026-11-20T09:00:00Z")
        after = standing(case, wait=WAIT)
        assert after is not None
        assert after.found is not before.found
        assert after.counted == after.version == case.desk.version()


@pytest.mark.parametrize("name", ["", "   ", "as documented", "x" * 91])
def test_a_name_that_is_none_is_refused(desk_client: TestClient, name: str) -> None:
    refused = desk_client.post("/cases/tokyo/decide/keep", data={"name": name, "what-if": "France=60"}, headers=PART)
    assert refused.status_code == 400


def test_what_cannot_be_read_is_not_kept(desk_client: TestClient) -> None:
    refused = desk_client.post("/cases/tokyo/decide/keep", data={"name": "x", "what-if": "Frnace=60"}, headers=PART)
    assert refused.status_code in (400, 404)
    assert "None yet" in _page(desk_client, "/cases/tokyo/decide")


def test_a_hostile_name_stays_text(desk_client: TestClient) -> None:
    _keep(desk_client, "<img src=x onerror=alert(1)>", "France=60")
    for page in ("", "/decide", "/decide/compare"):
        assert "<img" not in desk_client.get(f"/cases/tokyo{page}").text


def test_two_scenarios_side_by_side_tell_what_differs(desk_client: TestClient) -> None:
    one = _keep(desk_client, "Paris at 60", "France=60")
    other = _keep(desk_client, "Paris at 60, by majority", "France=60", rule="simple-majority")
    page = _page(desk_client, f"/cases/tokyo/decide/compare?a={one}&b={other}")
    assert "It is decided by a simple majority" in page
    assert "differs" in page
    assert "--scenario 'Paris at 60'" in page
    documented = _page(desk_client, f"/cases/tokyo/decide/compare?b={one}")
    assert "instead of Blocked" in documented
    same = _page(desk_client, f"/cases/tokyo/decide/compare?a={one}&b={one}")
    assert "both come to the same answer" in same
    assert desk_client.get("/cases/tokyo/decide/compare?a=none").status_code == 404


def test_differences_are_told_both_ways_and_none_of_the_same(desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        spec, material = store.spec(), kept_material(store)
    of = question(spec, estimated(spec, material), name="tokyo")
    [scenario] = scenarios(["France=90"], of)
    was, now = (answered(each, draws=2_000, seed=0) for each in (of, changed(of, scenario)))
    assert differences(was, was) == ()
    words = " ".join(each.words for each in differences(was, now))
    assert "France probably no longer objects" in words
    assert "would now pass" in words
    back = " ".join(each.words for each in differences(now, was))
    assert "France now probably objects" in back
    assert "would no longer pass" in back


@pytest.mark.parametrize(
    "text",
    ["France=60", "France.salience=0.25", "cost=5", "proposal=70", "France=abstain", "Italy=out", "status quo=5"],
)
def test_a_change_is_told_in_words_that_read_as_it(desk_case: Path, text: str) -> None:
    with CaseStore.open(desk_case) as store:
        spec = store.spec()
    of = question(spec, Estimated(positions=(), names={}, members=(), evidence=()), name="tokyo")
    [change] = scenarios([text], of)[0].changes
    assert change_words(change, of) == text
    assert scenarios([change_words(change, of)], of)[0].changes == (change,)


@pytest.fixture
def runner() -> CliRunner:
    """The command line."""
    return CliRunner()


def _run(runner: CliRunner, *words: str) -> str:
    found = runner.invoke(app, ["decide", *words])
    assert found.exit_code == 0, found.output
    return found.stdout


def test_the_command_line_keeps_lists_asks_and_drops(runner: CliRunner, desk_case: Path) -> None:
    place = str(desk_case)
    _run(runner, place, "--what-if", "France=60; cost=5", "--keep", "Paris", "--by", "Grace", "--draws", "500")
    assert "Paris  France=60; cost=5 (Grace, " in _run(runner, place, "--scenarios")
    [kept] = json.loads(_run(runner, place, "--scenarios", "--json"))
    assert (kept["name"], kept["what-if"], kept["by"]) == ("Paris", "France=60; cost=5", "Grace")
    told = json.loads(_run(runner, place, "--scenario", "paris", "--json", "--draws", "500"))
    asked = json.loads(_run(runner, place, "--what-if", "France=60; cost=5", "--json", "--draws", "500"))
    assert told["what_if"][0]["what_if"] == "Paris"
    assert told["what_if"][0]["issues"] == asked["what_if"][0]["issues"]
    _run(runner, place, "--drop", "Paris", "--by", "Grace")
    assert "no scenario is kept" in _run(runner, place, "--scenarios")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--keep", "x"], "nothing is otherwise"),
        (["--what-if", "France=1", "--what-if", "Italy=1", "--keep", "x"], "one what-if has one name"),
        (["--scenario", "x"], "there is none"),
        (["--drop", "x"], "there is none"),
    ],
)
def test_the_command_line_refuses_in_a_line(runner: CliRunner, desk_case: Path, words: list[str], says: str) -> None:
    found = runner.invoke(app, ["decide", str(desk_case), "--draws", "10", *words])
    assert found.exit_code == 2
    assert says in found.output


def test_a_scenario_is_kept_in_a_kept_case_alone(runner: CliRunner, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("actor,issue,position,salience,capability\nA,x,1,1,1\nB,x,90,1,1\n", encoding="utf-8")
    for words in (["--scenario", "x"], ["--scenarios"], ["--what-if", "A=2", "--keep", "x"]):
        assert runner.invoke(app, ["decide", str(table), *words]).exit_code == 2


def test_nothing_otherwise_has_no_name(desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store, pytest.raises(BadCase):
        keep_scenario(store, "as documented", Supposed(changes="France=60"), by="ada")
