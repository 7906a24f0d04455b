"""The graph of origins: what is drawn, what is left out, and that it says so."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from winset.brief.drawing import SVG
from winset.brief.origins_graph import DOCUMENTS, NARROW, WIDE, WORKS, Size, drawn, origins_svg
from winset.brief.types import Brief
from winset.corpus.types import Document, anchor
from winset.sourcing.types import Arrow, Credit, Lineage, Work


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def words(svg: str, tag: str) -> list[str]:
    return ["".join(each.itertext()) for each in parsed(svg).iter(f"{{{SVG}}}{tag}")]


def crowd(number: int) -> tuple[tuple[Document, ...], Lineage]:
    """Documents of which each leans on a source of its own, every second one on a common one, and on the one before."""
    documents = tuple(
        Document(name=f"{n}.txt", text=f"Report {n} credits all.\n", title=f"Report {n}") for n in range(number)
    )
    place = [anchor(document, 0, 6) for document in documents]
    credits = [  # noqa: A001 - the field's word
        Credit(document_id=each.id, origin=f"Source {n}", kind="medium", anchor=place[n], statement_ids=())
        for n, each in enumerate(documents)
    ]
    common = tuple(replace(credits[n], origin="Common Wire") for n in range(0, number, 2))
    works = (
        Work(name="Common Wire", kind="medium", credits=common),
        *(Work(name=each.origin, kind="medium", credits=(each,)) for each in credits),
    )
    arrows = [
        Arrow(document_id=each.document_id, to=work.key, how="credits", anchors=(each.anchor,))
        for work in works
        for each in work.credits
    ]
    arrows += [
        Arrow(document_id=each.id, to=f"document:{documents[n].id}", how="copies", anchors=())
        for n, each in enumerate(documents[1:])
    ]
    return documents, Lineage(works=works, arrows=tuple(arrows))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_documents_stand_at_the_left_and_sources_at_the_right(compact_brief: Brief, size: Size) -> None:
    graph = drawn(compact_brief.documents, compact_brief.lineage, compact_brief.shared)
    svg = origins_svg(graph, size)
    across = {"".join(each.itertext()): float(each.get("x", "0")) for each in parsed(svg).iter(f"{{{SVG}}}text")}
    assert across["Weekly digest 18"] == 0
    assert across["briefing of Thursday"] == size.left + size.between
    assert max(across.values()) < size.total
    assert graph.left_out == ""


def test_who_does_not_see_it_is_told_the_same(compact_brief: Brief) -> None:
    graph = drawn(compact_brief.documents, compact_brief.lineage, compact_brief.shared)
    [description] = words(origins_svg(graph), "desc")
    assert "lean on Evening Ledger, 28 April 2031, the only origin of 1 shared claim." in description
    assert "Weekly digest 18 copies Inside the note that split the Compact." in description
    assert "lean on one another." in description


def test_copies_and_retellings_have_lines_of_their_own(compact_brief: Brief) -> None:
    svg = origins_svg(drawn(compact_brief.documents, compact_brief.lineage, compact_brief.shared))
    dashes = [each.get("stroke-dasharray") for each in parsed(svg).iter(f"{{{SVG}}}path")]
    assert len({each for each in dashes if each}) == 2
    assert "Weekly digest 18 credits Evening Ledger, 28 April 2031" in words(svg, "title")


def test_a_source_where_documents_meet_and_one_alone_behind_a_claim_stand_out(compact_brief: Brief) -> None:
    svg = origins_svg(drawn(compact_brief.documents, compact_brief.lineage, compact_brief.shared))
    assert "2 documents · only origin of 1 claim" in words(svg, "text")
    bold = ["".join(each.itertext()) for each in parsed(svg).iter(f"{{{SVG}}}text") if each.get("font-weight")]
    assert "Evening Ledger, 28 April 2031" in bold
    assert "briefing of Thursday" not in bold


def test_a_large_graph_is_cut_to_what_carries_most_and_says_so() -> None:
    documents, lineage = crowd(60)
    graph = drawn(documents, lineage)
    assert len(graph.documents) == DOCUMENTS
    assert [source.name for source in graph.sources] == ["Common Wire"]  # no other carries a statement
    assert (
        graph.left_out
        == "Drawn: 25 of 60 documents and 1 of 61 sources, those that carry most; the table below has all."
    )
    assert {arrow.document_id for arrow in graph.arrows} <= {each.id for each in graph.documents}
    assert graph.left_out in words(origins_svg(graph), "desc")[0]


def test_sources_are_cut_too() -> None:
    documents, lineage = crowd(4)
    more = tuple(
        Work(
            name=f"Wire {n}",
            kind="medium",
            credits=tuple(replace(each, origin=f"Wire {n}") for each in lineage.works[0].credits),
        )
        for n in range(40)
    )
    arrows = [
        Arrow(document_id=id, to=work.key, how="credits", anchors=()) for work in more for id in work.document_ids
    ]
    graph = drawn(documents, Lineage(works=more, arrows=tuple(arrows)))
    assert len(graph.sources) == WORKS
    assert "14 of 40 sources" in graph.left_out


def test_nothing_credited_is_no_graph(empty_brief: Brief) -> None:
    assert origins_svg(drawn(empty_brief.documents, empty_brief.lineage)) == ""
    assert origins_svg(drawn((), Lineage(works=(), arrows=()))) == ""


def test_an_arrow_to_what_is_not_there_is_not_drawn(compact_brief: Brief) -> None:
    lost = Arrow(document_id=compact_brief.documents[0].id, to="medium:nobody", how="credits", anchors=())
    lineage = replace(compact_brief.lineage, arrows=(*compact_brief.lineage.arrows, lost))
    assert drawn(compact_brief.documents, lineage) == drawn(compact_brief.documents, compact_brief.lineage)


def test_a_strangers_markup_stays_words(hostile_brief: Brief) -> None:
    svg = origins_svg(drawn(hostile_brief.documents, hostile_brief.lineage, hostile_brief.shared))
    assert {each.tag.rpartition("}")[2] for each in parsed(svg).iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "circle",
        "text",
        "rect",
    }
    assert "<script" not in svg


def test_the_same_brief_gives_the_same_bytes(compact_brief: Brief) -> None:
    one, two = (origins_svg(drawn(compact_brief.documents, compact_brief.lineage, compact_brief.shared)) for _ in "ab")
    assert one == two
