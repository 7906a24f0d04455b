"""What if: the answer as documented and otherwise, its link, its speed, its refusals."""

from __future__ import annotations

import time
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient

from winset.api import decide
from winset.brief.wording import percent
from winset.exchange.answers import answered, answered_at_once
from winset.exchange.supposed import Supposed
from winset.exchange.what_ifs import changed, scenarios
from winset.ids import RunId
from winset.pipeline.deciding import question
from winset.pipeline.defaults import DRAWS, SEED
from winset.pipeline.estimating import estimated
from winset.pipeline.kept_cases import kept_material
from winset.store.case_store import CaseStore
from winset.web.deciding import FEW

ANSWER = "/cases/tokyo/decide/answer"
OF_THE_LEVERS = {"HX-Request": "true", "HX-Target": "answer"}
WAIT = 10.0  # seconds at most for the positions of a fresh server


@pytest.fixture
def client(desk_client: TestClient) -> TestClient:
    """Positions worked out already."""
    until = time.monotonic() + WAIT
    while "being worked out" in desk_client.get("/cases/tokyo/decide").text:
        assert time.monotonic() < until
    return desk_client


def test_the_answer_as_documented_is_that_of_the_command_line(client: TestClient, desk_case: Path) -> None:
    page = client.get("/cases/tokyo/decide").text
    told = decide(str(desk_case)).as_dict()["issues"][0]
    assert f"Blocked, {percent(told['probability'])}" in page
    assert told["run_id"] in page
    for blocker in told["blockers"]:
        assert blocker["actor"] in page
    for option in told["options"]:
        assert percent(option["probability"]) in page
    assert "Gallis 2004" in page


def test_a_link_asks_what_the_same_words_ask_in_python_and_on_the_command_line(
    client: TestClient, desk_case: Path
) -> None:
    page = unescape(client.get("/cases/tokyo/decide?what-if=France%3D60&what-if=cost%3D5").text)
    told = decide(str(desk_case), what_if="France=60; cost=5").as_dict()["what_if"][0]["issues"][0]
    assert told["run_id"] in page
    assert "--what-if 'France=60; cost=5'" in page
    assert "what_if='France=60; cost=5'" in page


def test_another_rule_day_and_record_are_asked_alike(client: TestClient, desk_case: Path) -> None:
    page = unescape(
        client.get("/cases/tokyo/decide?rule=simple-majority&on=2025-01-01&as-of=2023-06-15&what-if=Italy%3D10").text
    )
    told = decide(
        str(desk_case), rule="simple-majority", on="2025-01-01", as_of="2023-06-15", what_if="Italy=10"
    ).as_dict()
    assert told["what_if"][0]["issues"][0]["run_id"] in page
    assert f"{len(told['members'])} members" in page
    assert "--rule simple-majority --on 2025-01-01 --as-of 2023-06-15 --what-if Italy=10" in page


def test_levers_come_to_the_link_with_the_last_word_counting(client: TestClient) -> None:
    lever = client.get(
        "/cases/tokyo/decide?what-if=France%3D40&position.FRA=60&salience.FRA=&cost=5&proposal=", follow_redirects=False
    )
    assert lever.status_code == 303
    assert parse_qsl(urlsplit(lever.headers["location"]).query) == [("what-if", "France=60"), ("what-if", "cost=5")]
    assert (
        client.get("/cases/tokyo/decide?rule=&on=2023-07-11&as-of=", follow_redirects=False)
        .headers["location"]
        .endswith("/decide")
    )


def test_a_member_with_nothing_on_record_can_be_supposed_somewhere(client: TestClient) -> None:
    page = client.get("/cases/tokyo/decide?what-if=Italy%3D0").text
    assert 'name="position.ITA"' in page
    assert "Italy" in page.partition("Who blocks")[2].partition("What could pass")[0]
    refused = client.get("/cases/tokyo/decide?what-if=Italy.salience%3D1")
    assert refused.status_code == 400
    assert "set it first" in refused.text


def test_while_a_lever_moves_few_draws_answer_and_no_model_is_asked(client: TestClient) -> None:
    first = client.get(f"{ANSWER}?position.FRA=70&few=true", headers=OF_THE_LEVERS)
    assert first.headers["HX-Retarget"] == "#at-once"
    assert "HX-Push-Url" not in first.headers
    assert 'id="verdict"' in first.text
    assert "hx-swap-oob" in first.text
    assert "smoothed-median" not in first.text
    whole = client.get(f"{ANSWER}?position.FRA=70", headers=OF_THE_LEVERS)
    assert whole.headers["HX-Push-Url"] == "/cases/tokyo/decide?what-if=France%3D70"
    assert "smoothed-median" in whole.text


def test_a_part_of_another_page_gets_neither_a_link_nor_what_is_swapped_elsewhere(client: TestClient) -> None:
    part = client.get(f"{ANSWER}?what-if=France%3D70", headers={"HX-Request": "true", "HX-Target": "what-if-answer"})
    assert "HX-Push-Url" not in part.headers
    assert "hx-swap-oob" not in part.text
    assert "<html" not in part.text


def test_a_slider_asks_for_the_votes_alone_of_a_question_that_is_remembered(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(f"{ANSWER}?position.FRA=1&few=true", headers=OF_THE_LEVERS)
    for costly in ("answered", "deciding.question", "estimated_as_of"):
        monkeypatch.setattr(f"winset.web.deciding.{costly}", lambda *_, **__: pytest.fail("too much for a slider"))
    shown = {client.get(f"{ANSWER}?position.FRA={n}&few=true", headers=OF_THE_LEVERS).text for n in range(2, 22)}
    assert len(shown) == 20
    assert all('id="verdict"' in each for each in shown)


def test_the_votes_alone_are_those_of_the_whole_forecast(desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        spec, material = store.spec(), kept_material(store)
    of = question(spec, estimated(spec, material), name="tokyo")
    [votes] = answered_at_once(of, draws=500, seed=3).forecasts
    [whole] = answered(of, draws=500, seed=3).forecasts
    assert votes == replace(whole, predictions=(), outlook=None, assumptions=(), run_id=RunId(""))


def test_the_first_answer_is_near_the_whole_one(desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        spec, material = store.spec(), kept_material(store)
    of = question(spec, estimated(spec, material), name="tokyo")
    for text in ("France=10", "France=55", "France=90", "United States=20"):
        [scenario] = scenarios([text], of)
        asked = changed(of, scenario)
        [few] = answered_at_once(asked, draws=FEW, seed=SEED).forecasts
        [many] = answered(asked, draws=DRAWS, seed=SEED, models=()).forecasts
        assert few.outcome is many.outcome
        assert few.probability_adopted == pytest.approx(many.probability_adopted, abs=0.05)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("what-if=Frnace%3D60", "did you mean"),
        ("what-if=France%3D160", "off the scale"),
        ("what-if=France%3D20..80", "instead of a range"),
        ("rule=no-such-rule", "no-such-rule"),
        ("on=yesterday", "yesterday"),
        ("scenario=none", "no scenario"),
        ("what-if=" + "x" * 5_000, "at most"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_line(client: TestClient, query: str, says: str) -> None:
    refused = client.get(f"/cases/tokyo/decide?{query}")
    assert refused.status_code in (400, 404)
    assert says in unescape(refused.text)


def test_nothing_of_a_query_is_taken_for_markup(client: TestClient) -> None:
    for field in ("what-if", "rule", "as-of", "scenario", "position.FRA"):
        answer = client.get("/cases/tokyo/decide", params={field: "<script>alert(1)</script>"})
        assert "<script>alert" not in answer.text


def test_the_words_of_a_supposition_are_read_back_as_the_same() -> None:
    supposed = Supposed.told(["France=60; cost=5", "Italy=out"], rule="consensus", on="2024-01", as_of="2023-06-01")
    assert supposed.changes == "France=60; cost=5; Italy=out"
    assert Supposed.from_value(supposed.as_value("x")) == supposed
    pairs = parse_qsl(supposed.query)
    last = dict(pairs)
    again = Supposed.told(
        [value for name, value in pairs if name == "what-if"], rule=last["rule"], on=last["on"], as_of=last["as-of"]
    )
    assert again == supposed
