"""Networks over time: the drawing, the words behind each edge, windows, and what the command line says of the same."""

from __future__ import annotations

import re
import time
from html import unescape

import numpy as np
import pytest
from fastapi.testclient import TestClient

from winset.ids import ActorId, DocumentId, EvidenceId, StatementId
from winset.pipeline.networks import read_discourse
from winset.positions.networks.building import edges, network
from winset.positions.networks.kinds import Duplicates, Kind, Normalisation
from winset.positions.networks.types import Network, Participant, Referral
from winset.web.cases import View
from winset.web.network_chart import MOST_ACTORS, MOST_EDGES, among, edge_rows, layout, network_svg

PAGE = "/cases/tokyo/network"
ENOUGH = 20.0  # seconds for what a fresh server works out


def ready(client: TestClient, address: str) -> str:
    """The page, once what it shows is worked out."""
    until = time.monotonic() + ENOUGH
    while "being computed" in (page := client.get(address).text):
        assert time.monotonic() < until, page
    return unescape(page)


@pytest.mark.parametrize("kind", Kind)
def test_each_edge_of_the_library_is_drawn_and_told_with_its_words(
    read_client: TestClient, example_view: View, kind: Kind
) -> None:
    page = ready(read_client, f"{PAGE}?kind={kind}")
    discourse = read_discourse([(example_view.spec, example_view.material)])
    found = list(edges(network(discourse, kind=kind)))
    drawn = re.findall(r'<a href="#(edge-\d+)"', page)
    assert len(drawn) == len(found) > 0
    assert sorted(drawn) == sorted(re.findall(r'<ul id="(edge-\d+)"', page))
    for edge in found:
        for id in edge.statements:
            assert f"?statement={id}#s-{id}" in page
    assert re.search(rf"winset network \S+ --kind {kind} ", page)


def test_a_window_moves_over_time_and_everybody_keeps_his_place(read_client: TestClient) -> None:
    pages = [ready(read_client, f"{PAGE}?kind=two-mode&window=30&n={n}") for n in (0, 1)]
    assert "(1 of 2)" in pages[0]
    assert "(2 of 2)" in pages[1]
    places = [re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>France', page) for page in pages]
    assert places[0] == places[1] != []
    assert "--window 30 --step 10" in pages[0]


def test_a_number_past_the_end_is_the_last(read_client: TestClient) -> None:
    assert "(2 of 2)" in ready(read_client, f"{PAGE}?kind=two-mode&window=30&n=400")


def test_a_normalisation_that_a_kind_cannot_have_is_left_out(read_client: TestClient) -> None:
    page = ready(read_client, f"{PAGE}?kind=two-mode&normalise=cosine")
    assert "--normalise none" in page


def test_what_no_network_is_is_refused(read_client: TestClient) -> None:
    assert read_client.get(f"{PAGE}?kind=family").status_code == 422
    assert read_client.get(f"{PAGE}?window=-3").status_code == 422


def test_a_big_case_is_told_the_command(big_client: TestClient) -> None:
    page = ready(big_client, PAGE)
    assert "winset network" in page
    assert "<svg" not in page


def crowd(number: int) -> Network:
    """Everybody agrees with everybody, the first ones most."""
    actors = tuple(Participant(id=ActorId(f"a{n:03}"), name=f"<Actor> {n}") for n in range(number))
    weights = np.add.outer(-np.arange(number), -np.arange(number)) + 2.0 * number + 1
    np.fill_diagonal(weights, 0)
    return Network(
        kind=Kind.CONGRUENCE,
        normalisation=Normalisation.NONE,
        duplicates=Duplicates.ORIGIN,
        actors=actors,
        concepts=(),
        weights=weights,
        referrals=tuple(
            Referral(
                statement_id=StatementId(EvidenceId(f"s{n:03}")),
                actor_id=each.id,
                concept="c",
                level=1.0,
                document_id=DocumentId("d"),
                words="so",
            )
            for n, each in enumerate(actors)
        ),
        scale=(-1.0, 1.0),
    )


def test_of_many_actors_and_edges_the_heaviest_are_drawn_and_names_are_escaped() -> None:
    whole = crowd(MOST_ACTORS + 20)
    within = layout(whole)
    assert (len(within.whole.actors), within.left_out) == (MOST_ACTORS, 20)
    assert {actor.id for actor in within.whole.actors} == {f"a{n:03}" for n in range(MOST_ACTORS)}
    rows, total = edge_rows(among(whole, {actor.id for actor in within.whole.actors}))
    assert len(rows) == MOST_EDGES
    assert total == MOST_ACTORS * (MOST_ACTORS - 1) // 2
    assert [row.weight for row in rows] == sorted((row.weight for row in rows), reverse=True)
    drawing = network_svg(within.whole, rows, within, to_actor=lambda id: f"/{id}", label="crowd")
    assert "<Actor>" not in drawing
    assert "&lt;Actor&gt;" in drawing
