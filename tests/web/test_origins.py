"""What the documents rest on: the graph, the list, and the words that each credit opens."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from fastapi.testclient import TestClient

from winset.sourcing.types import Lineage
from winset.web.cases import View

PAGE = "/cases/tokyo/origins"
ENOUGH = 20.0  # seconds for what a fresh server works out


def ready(client: TestClient) -> str:
    """The page, once what it shows is worked out."""
    until = time.monotonic() + ENOUGH
    while "being computed" in (page := client.get(PAGE).text):
        assert time.monotonic() < until, page
    return unescape(page)


@pytest.fixture
def lineage(example_view: View) -> Lineage:
    """That of the library."""
    return example_view.account.lineage


def test_every_work_is_listed_with_who_leans_on_it(read_client: TestClient, lineage: Lineage) -> None:
    page = ready(read_client)
    assert len(re.findall(r'<li id="work-\d+"', page)) == len(lineage.works)
    for work in lineage.works:
        assert work.name in page


def test_every_credit_opens_its_words(read_client: TestClient, lineage: Lineage) -> None:
    page = ready(read_client)
    for work in lineage.works:
        for credit in work.credits:
            words = credit.anchor
            assert f"/documents/{words.document_id}?words={words.start}-{words.end}#words" in page


def test_the_drawing_leads_to_documents_sources_and_words(read_client: TestClient) -> None:
    page = ready(read_client)
    for drawing in re.findall(r'<svg [^>]*class="origins-graph.*?</svg>', page, re.DOTALL):
        assert 'role="group"' in drawing
        targets = re.findall(r'<a href="([^"]+)"', drawing)
        assert any("#words" in target for target in targets)
        for target in targets:
            assert target.startswith(("/cases/tokyo/documents/", "#work-"))
            if target.startswith("#"):
                assert f'id="{target[1:]}"' in page


def test_a_big_case_is_told_the_command(big_client: TestClient) -> None:
    page = ready(big_client)
    assert "winset sources" in page
    assert "<svg" not in page
