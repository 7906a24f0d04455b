"""What documents rest on as rows and files: no cell is a formula, no name breaks the graph."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import pytest

from winset.corpus.types import Document, anchor
from winset.exchange.lineage_files import credits_csv, events_csv, graphml, picture, sources_values, timeline_values
from winset.ids import PartialDate
from winset.sourcing.account import Account
from winset.sourcing.types import Arrow, Credit, DatedPassage, Event, Lineage, Work

ONE = Document(name="reports/one.txt", title="One\x00 & <b>", text="=SUM(A1) says the wire, on 4 May 2031.\n")
TWO = Document(name="https://example.org/two", text="The wire met us on 5 May 2031.\n")


def account() -> Account:
    credit = Credit(
        document_id=ONE.id, origin="@wire\x1b", kind="medium", anchor=anchor(ONE, 0, 22), url="javascript:alert(1)"
    )
    work = Work(name="@wire\x1b", kind="medium", credits=(credit,))
    lost = Arrow(document_id=ONE.id, to="medium:nobody", how="credits", anchors=())
    event = Event(
        date=PartialDate("2031-05-04"),
        anchor=anchor(ONE, 27, 37),
        document_id=ONE.id,
        kind="meeting",
        passages=(
            DatedPassage(date=PartialDate("2031-05-04"), anchor=anchor(ONE, 27, 37)),
            DatedPassage(date=PartialDate("2031-05-05"), anchor=anchor(TWO, 4, 30)),
        ),
        spread=(PartialDate("2031-05-04"), PartialDate("2031-05-05")),
    )
    arrows = (
        Arrow(document_id=ONE.id, to=work.key, how="credits", anchors=(credit.anchor,)),
        Arrow(document_id=ONE.id, to=f"document:{TWO.id}", how="copies", anchors=()),
        lost,
    )
    return Account(credits=(credit,), works=(work,), lineage=Lineage(works=(work,), arrows=arrows), events=(event,))


def test_no_cell_is_a_formula() -> None:
    [row] = csv.DictReader(io.StringIO(credits_csv((ONE, TWO), account())))
    assert row["exact"].startswith("'=SUM")
    assert row["name"].startswith("'@wire")
    assert (row["doc"], row["start"], row["end"]) == ("one.txt", "0", "22")


def test_the_graph_leads_from_documents_to_sources_and_documents() -> None:
    root = ET.fromstring(graphml((ONE, TWO), account()))  # noqa: S314 - our own
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    graph = root.find("g:graph", space)
    assert graph is not None
    assert graph.get("edgedefault") == "directed"
    assert len(graph.findall("g:node", space)) == 3
    hows = [data.text for data in graph.findall("g:edge/g:data", space) if data.get("key") == "edge-how"]
    assert hows == ["credits", "copies"]  # what leads nowhere is left out


def test_the_passages_of_an_event_share_its_id() -> None:
    rows = timeline_values((ONE, TWO), account())["events"]
    assert [row["doc"] for row in rows] == ["one.txt", "https://example.org/two"]
    assert len({row["event"] for row in rows}) == 1
    assert [row["date"] for row in rows] == ["2031-05-04", "2031-05-05"]
    assert len(events_csv((ONE, TWO), account()).splitlines()) == 3


def test_the_picture_is_sound_even_where_there_is_nothing_to_draw() -> None:
    for found in (account(), Account()):
        ET.fromstring(picture((ONE, TWO), found))  # noqa: S314 - our own
    assert "credits an outside source" in picture((), Account())


@pytest.mark.parametrize("documents", [(), (ONE,)])
def test_an_empty_account_is_harmless(documents: tuple[Document, ...]) -> None:
    values = sources_values(documents, Account())
    assert values["works"] == values["credits"] == values["claims"] == []
    assert len(credits_csv(documents, Account()).splitlines()) == 1
    ET.fromstring(graphml(documents, Account()))  # noqa: S314 - our own
