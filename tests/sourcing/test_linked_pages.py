"""Pages that link to each other: who leans on whom."""

from __future__ import annotations

from winset.corpus.readers.html import read_html
from winset.corpus.types import Document, Limits
from winset.sourcing.crediting.credits import credits as credited
from winset.sourcing.discrepancies import discrepancies
from winset.sourcing.tracing.works import works
from winset.sourcing.types import Credit, DiscrepancyKind, ReadDocument
from winset.statements.segmentation import segments

TALKS = "<p>The council of Larkhaven met on Thursday to speak of a ferry, and nobody left the room before dark.</p>"
MORE = "<p>A decision needs all members. They expect the talks to go on until the autumn, or longer than that.</p>"


def page(name: str, words: str) -> Document:
    head = f"<link rel='canonical' href='https://{name}.example/2031/05/{name}-on-the-ferry-of-larkhaven'>"
    markup = f"<html lang='en'><head>{head}</head><body><article>{TALKS}<p>{words}</p>{MORE}</article></body></html>"
    (document,) = read_html(markup.encode(), name=f"{name}.html", limits=Limits())
    return document


def read_all(*documents: Document) -> tuple[list[ReadDocument], list[Credit]]:
    read = [
        ReadDocument(document=each, segments=tuple(segments(each.text)), statements=(), identifications=())
        for each in documents
    ]
    return read, [credit for each in read for credit in credited(each.document, each.segments, each.statements)]


def test_a_page_that_links_to_another_leans_on_it() -> None:
    first = page("gazette", "Ada Reed wants a ferry for the harbour, and she wants it before the summer ends.")
    address = "http://m.gazette.example/2031/05/gazette-on-the-ferry-of-larkhaven/?utm_source=x"
    second = page("post", f"Ada Reed wants a ferry, as <a href='{address}'>a neighbour reported</a> only days ago.")
    (work,) = works(*read_all(first, second))
    assert (work.document_id, work.document_ids) == (first.id, (second.id,))


def test_two_links_to_one_page_are_one_work_whatever_their_tracking() -> None:
    link = "https://www.wire.example/2031/05/council-of-larkhaven-wants-a-new-ferry"
    first = page("gazette", f"Ada Reed wants a ferry for the harbour, as <a href='{link}'>the wire reported</a> then.")
    second = page("post", f"The harbour gets a ferry, <a href='{link}/?utm_medium=y'>it was said</a>, and soon.")
    (work,) = works(*read_all(first, second))
    assert work.document_ids == (first.id, second.id)
    assert work.url == link


def test_two_spellings_of_an_address_behind_links_are_told_side_by_side() -> None:
    one = "https://www.wire.example/a/7c1b2f60-3d5e-4a0f-9c1e-5b8d2e7a4f1"
    first = page("gazette", f"Ada Reed wants a ferry for the harbour, as <a href='{one}'>the wire reported</a> then.")
    second = page("post", f"The harbour gets a ferry, <a href='{one}1'>it was said</a>, and soon, as they wrote.")
    read, found = read_all(first, second)
    (address,) = [row for row in discrepancies(read, credits=found) if row.kind == DiscrepancyKind.ADDRESS]
    assert [telling.value for telling in address.tellings] == [one, f"{one}1"]
    assert address.right == 1
