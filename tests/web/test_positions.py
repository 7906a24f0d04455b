"""Where everybody stands: the chart, its table, as of a day, and the way to what if."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.standing_in import stand_in

from winset.brief.wording import plus_minus
from winset.ids import ActorId, PartialDate
from winset.pipeline.estimating import estimated, estimated_from_columns
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.networks import read_discourse
from winset.store.actor_roll import actor_roll, said_by
from winset.store.case_store import CaseStore
from winset.web import links
from winset.web.background import newest
from winset.web.cases import OpenCase, View

PAGE = "/cases/tokyo/positions"
ENOUGH = 20.0  # seconds for what a fresh server works out


def ready(client: TestClient, address: str) -> str:
    """The page, once what it shows is worked out."""
    until = time.monotonic() + ENOUGH
    while "being computed" in (page := client.get(address).text):
        assert time.monotonic() < until, page
    return unescape(page)


def test_the_chart_has_everybody_with_a_position_and_who_is_unknown(
    read_client: TestClient, example_view: View
) -> None:
    page, found = ready(read_client, PAGE), example_view.estimated
    for position in found.positions:
        assert f'href="/cases/tokyo/actors/{position.actor_id}"' in page
        assert plus_minus(position.value, position.std_error) in page
    unknown = page.partition('class="unknown"')[2].partition("</p>")[0]
    silent = [id for id in found.members if id not in {position.actor_id for position in found.positions}]
    assert f"({len(silent)})" in unknown
    assert re.findall(r"/actors/([A-Z]{3})", unknown) == sorted(silent, key=lambda id: found.names[id])
    assert "Unknown is not the middle, and not consent" in unknown


def test_groups_are_apart_and_only_members_can_be_moved(read_client: TestClient) -> None:
    page = ready(read_client, PAGE)
    order = [page.index(title) for title in ("Members with a vote", "Outside powers", "Commentators")]
    assert order == sorted(order)
    assert set(re.findall(r'data-what-if="([^"]+)"', page)) == {"France", "United States"}


def test_no_page_holds_styles_or_scripts_of_its_own(read_client: TestClient) -> None:
    for address in (PAGE, "/cases/tokyo/actors/FRA", "/cases/tokyo/network", "/cases/tokyo/origins"):
        page = ready(read_client, address)
        assert not re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", page)


def test_as_of_a_day_only_what_was_said_by_then_counts(read_client: TestClient, example_view: View) -> None:
    page = ready(read_client, f"{PAGE}?as-of=2023-06-30")
    day = PartialDate("2023-06-30")
    found = estimated(example_view.spec, example_view.material, as_of=day)
    france = next(position for position in found.positions if position.actor_id == "FRA")
    assert f"France: {plus_minus(france.value, france.std_error)}" in page
    assert "As of <b>30 June 2023</b>" in page
    assert re.search(r"winset positions \S+ --as-of 2023-06-30", page)
    assert f"{PAGE}?as-of=2023-06-" in page.partition("◀")[0].rpartition("<a")[2]


def test_before_anything_was_said_nobody_is_on_record(read_client: TestClient) -> None:
    assert "Nobody is on record for or against it by then" in ready(read_client, f"{PAGE}?as-of=1999-01-01")


def test_a_day_that_is_none_is_refused_in_one_line(read_client: TestClient) -> None:
    answer = read_client.get(f"{PAGE}?as-of=yesterday")
    assert answer.status_code in (400, 422)
    assert "Traceback" not in answer.text


def test_the_form_asks_what_the_command_line_asks(read_client: TestClient) -> None:
    ready(read_client, PAGE)
    sent = read_client.get(f"{PAGE}/what-if?actor=DEU&value=80", follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/cases/tokyo/decide?what-if=Germany%3D80")
    assert read_client.get(f"{PAGE}/what-if?actor=XYZ&value=80").status_code == 400
    assert read_client.get(f"{PAGE}/what-if?actor=DEU&value=180").status_code == 422


@pytest.mark.parametrize(
    ("label", "words"), [("Germany", "Germany=80"), ("A=B", "x1=80"), ("one; two", "x1=80"), ("one..two", "x1=80")]
)
def test_a_name_that_would_end_the_what_if_is_asked_by_its_id(label: str, words: str) -> None:
    assert links.what_if(ActorId("x1"), label, 80.0) == words


def test_a_warm_page_works_nothing_out_again(read_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in (PAGE, "/cases/tokyo/actors", "/cases/tokyo/actors/FRA", "/cases/tokyo/network"):
        warm = ready(read_client, address)
        with monkeypatch.context() as patched:
            for function in (estimated, estimated_from_columns, kept_material, read_discourse):
                stand_in(patched, function, None)
            assert unescape(read_client.get(address).text) == warm


def test_a_big_case_is_read_by_columns_alone(big_client: TestClient) -> None:
    page = ready(big_client, PAGE)
    assert "A big case: what persons coded and judged counts" in page
    assert re.search(r"France: \d+ ± \d+", page)
    assert "As of <b>30 June 2023</b>" in ready(big_client, f"{PAGE}?as-of=2023-06-30")


def test_the_roll_of_a_large_case_is_that_of_the_evidence(example_case: Path, example_view: View) -> None:
    with CaseStore.open(str(example_case)) as store:
        roll = {each.actor_id: each for each in actor_roll(store)}
        found = example_view.estimated
        said: dict[ActorId, list[str]] = {}
        for each in found.evidence:
            if each.actor_id is not None:
                said.setdefault(each.actor_id, []).append(each.statement.id)
        assert {id: each.statements for id, each in roll.items()} == {id: len(ids) for id, ids in said.items()}
        expert = next(each for each in roll.values() if "(expert" in each.name and each.statements > 1)
        told = said_by(store, expert.name, after=0, limit=50)
        assert sorted(id for _, id in told) == sorted(said[expert.actor_id])
        first, rest = told[:1], said_by(store, expert.name, after=told[0][0], limit=50)
        assert (*first, *rest) == told


def test_what_is_computed_is_computed_once_for_each_version(desk_case: Path) -> None:
    with CaseStore.open(str(desk_case)) as store:
        case = OpenCase("tokyo", store)
        made: list[int] = []

        def make(view: View) -> int:
            made.append(view.version)
            return len(made)

        first, again = newest(case, "it", make), newest(case, "it", make)
        assert first is not None
        assert (first.value, first.behind) == (1, 0)
        assert again == first
        case.desk.accept(case.desk.queue(coder="ada", limit=1)[0].statement.id, by="ada", at="2031-01-01T00:00:00Z")
        later = newest(case, "it", make)
        assert later is not None
        assert later.value == 2
        assert made == sorted(set(made))


def test_what_is_not_ready_is_told_as_of_an_older_version(desk_case: Path) -> None:
    with CaseStore.open(str(desk_case)) as store:
        case = OpenCase("tokyo", store)
        assert newest(case, "slow", lambda _view: 1) is not None
        case.desk.accept(case.desk.queue(coder="ada", limit=1)[0].statement.id, by="ada", at="2031-01-01T00:00:00Z")

        def slow(_view: View) -> int:
            time.sleep(0.3)
            return 2

        behind = newest(case, "slow", slow, wait=0.0)
        assert behind is not None
        assert (behind.value, behind.behind) == (1, 1)
        caught_up = newest(case, "slow", slow, wait=5.0)
        assert caught_up is not None
        assert (caught_up.value, caught_up.behind) == (2, 0)
        assert newest(case, "never", slow, wait=0.0) is None
