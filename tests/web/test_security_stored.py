"""Stored and reflected attacks: every page of a case in which everything is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient
from tests.web.hostile import ATTACK, MARK, SHORT, build, faults
from tests.web.team import ADDRESS, SECRET, Known, filled, routes

from winset.store.desk import Desk
from winset.web.app import create_app
from winset.web.cases import OpenCase
from winset.web.routing import Guarded
from winset.web.settings import Settings

MOST = 120  # pages of the walk along links


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = build(tmp_path_factory.mktemp("hostile"))
    app = create_app(Settings(places=(str(path),), single_user=SHORT, secret=SECRET))
    with TestClient(app, base_url=ADDRESS) as made:
        page = made.get("/").text
        made.headers["X-CSRF-Token"] = page.partition('"X-CSRF-Token": "')[2].partition('"')[0]
        yield made


@pytest.fixture(scope="module")
def case(client: TestClient) -> OpenCase:
    (found,) = client.app.state.cases.values()  # type: ignore[attr-defined]
    assert isinstance(found, OpenCase)
    return found


def pages(client: TestClient) -> list[Known]:
    walked = [each for each in routes(client.app) if isinstance(each.route, Guarded)]  # type: ignore[arg-type]
    return [each for each in walked if each.method == "GET"]


def known(case: OpenCase) -> list[dict[str, str]]:
    """Words for the parameters of paths: of all documents, some statements and actors."""
    desk: Desk = case.desk
    name = quote(case.name, safe="")
    rows = desk.queue(coder=SHORT, limit=30)
    words = [{"case": name, "document_id": str(row.statement.document_id)} for row in rows]
    words += [{"case": name, "statement_id": str(row.statement.id)} for row in rows[:4]]
    words += [{"case": name, "actor_id": actor} for actor in ("FRA", "HUN", "DEU", quote(ATTACK, safe=""))]
    return [{"case": name}, *words]


def check(path: str, answer: object) -> list[str]:
    """The faults of an answer; a file must be one that is saved and not shown."""
    headers, text = answer.headers, answer.text  # type: ignore[attr-defined]
    kind = headers.get("content-type", "").partition(";")[0]
    if answer.status_code >= 500 and answer.status_code != 503:  # type: ignore[attr-defined]
        return [f"{path}: {answer.status_code}"]  # type: ignore[attr-defined]
    if headers["content-security-policy"].startswith("sandbox") or kind in ("", "application/json", "text/plain"):
        return []
    saved = headers.get("content-disposition", "")
    if kind != "text/html" or saved.startswith("attachment"):  # the brief has tests of its own
        return [] if saved.startswith("attachment") and "<" not in saved and "/" not in saved else [f"{path}: {saved}"]
    return [f"{path}: {fault}" for fault in faults(path, text).faults]


def _takes_words(field: Any) -> bool:
    """Whether a parameter takes any words; of a number or a choice FastAPI says itself that these are none."""
    return field.field_info.annotation in (str, str | None, list[str], list[str] | None)


def test_the_case_is_hostile_indeed(client: TestClient, case: OpenCase) -> None:
    assert len(case.store.documents()) == 3
    assert len(case.desk.queue(coder=SHORT)) > 5
    assert any(MARK in (each.title or "") for each in case.store.documents())
    shown = client.get(f"/cases/{quote(case.name, safe='')}/documents").text
    assert "&lt;winset-xss" in shown


def test_no_route_shows_a_document_name_or_code_as_more_than_words(client: TestClient, case: OpenCase) -> None:
    found: list[str] = []
    asked = dict.fromkeys(filled(each.pattern, **words) for each in pages(client) for words in known(case))
    for path in asked:
        for headers in ({}, {"HX-Request": "true"}):
            found += check(path, client.get(path, headers=headers))
    assert found == []
    assert len(asked) > 40


def test_no_link_of_a_page_leads_to_one_that_does(client: TestClient, case: OpenCase) -> None:
    found: list[str] = []
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        answer = client.get(path)
        found += check(path, answer)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for link in faults(path, answer.text).links:
            target = urlsplit(urljoin(str(answer.url), link))._replace(fragment="").geturl().removeprefix(ADDRESS)
            if target.startswith("/") and target not in seen and len(seen) < MOST:
                seen.add(target)
                waiting.append(target)
    assert found == []
    assert len(seen) > 10


def test_nothing_of_an_address_comes_back_as_more_than_words(client: TestClient, case: OpenCase) -> None:
    found: list[str] = []
    words = {"case": quote(case.name, safe="")}
    for each in pages(client):
        path = filled(each.pattern, **words)
        named = [field.alias for field in each.route.dependant.query_params if _takes_words(field)]
        for attack in (ATTACK, SHORT):  # the long one is too long for some
            found += check(path, client.get(path, params=dict.fromkeys([*named, "what-if"], attack)))
        parts = each.pattern.count("{") - each.pattern.count("{case")
        if parts:
            reflected = each.pattern.replace("{case}", words["case"])
            named = [field.alias for field in each.route.dependant.path_params]
            attacked = filled(reflected, **dict.fromkeys(named, quote(SHORT, safe="")))
            found += check(attacked, client.get(attacked))
    assert found == []


def test_nothing_that_is_sent_comes_back_as_more_than_words(client: TestClient, case: OpenCase) -> None:
    """Every field of every form, filled with an attack; what is refused is refused in words."""
    found: list[str] = []
    changing = [
        each
        for each in routes(client.app)  # type: ignore[arg-type]
        if isinstance(each.route, Guarded) and each.method == "POST" and not each.pattern.startswith("/api/")
    ]
    for each in changing:
        path = filled(each.pattern, case=quote(case.name, safe=""))
        fields = dict.fromkeys((field.alias for field in each.route.dependant.body_params), ATTACK)
        for headers in ({}, {"HX-Request": "true"}):
            found += check(path, client.post(path, data=fields, headers=headers))
    assert found == []
    assert len(changing) > 10
