"""Which documents lean on what; rings of documents that lean on each other are named."""

from __future__ import annotations

from tests.sourcing.made import LINE, Made, made, read_all, ring, telling

from winset.corpus.types import Duplicate
from winset.sourcing.tracing.claims import claims
from winset.sourcing.tracing.lineage import lineage
from winset.sourcing.tracing.works import works
from winset.sourcing.types import Lineage


def of(*documents: Made, duplicates: tuple[Duplicate, ...] = ()) -> Lineage:
    read, credited = read_all(*documents)
    leaned_on = works(read, credited)
    return lineage(read, leaned_on, claims(read, leaned_on, duplicates), duplicates)


def test_an_arrow_leads_from_each_document_to_what_it_credits() -> None:
    one, said = telling("one", "According to a Reuters report of 3 May, Ada Roe said: ")
    one.credits_("a Reuters report of 3 May", "Reuters", dated="2031-05-03", to=(said,))
    (arrow,) = of(one).arrows
    (work,) = of(one).works
    assert (arrow.document_id, arrow.to, arrow.how) == (one.id, work.key, "credits")
    assert [words.exact for words in arrow.anchors] == ["a Reuters report of 3 May"]


def test_one_who_tells_the_same_words_without_a_credit_retells() -> None:
    one, said = telling("one", "According to a Reuters report of 3 May, Ada Roe said: ")
    one.credits_("a Reuters report of 3 May", "Reuters", dated="2031-05-03", to=(said,))
    two, _ = telling("two")
    loose = made("loose", f"It was said that “{LINE}”, and that was that.")
    arrows = of(one, two, loose).arrows
    assert [(arrow.document_id, arrow.how) for arrow in arrows] == [
        (one.id, "credits"),
        (two.id, "retells"),
        (loose.id, "retells"),
    ]
    assert len({arrow.to for arrow in arrows}) == 1
    assert [words.exact for arrow in arrows[1:] for words in arrow.anchors] == [LINE, LINE]


def test_a_copy_leads_to_its_original() -> None:
    one, two = made("one", "Some text."), made("two", "Some text. More.")
    copy = Duplicate(name="two", document_id=two.id, of=one.id, similarity=0.8)
    same = Duplicate(name="again", document_id=one.id, of=one.id, similarity=1.0)
    (arrow,) = of(one, two, duplicates=(copy, same)).arrows
    assert (arrow.document_id, arrow.to, arrow.how, arrow.anchors) == (two.id, f"document:{one.id}", "copies", ())


def test_rings_are_named_once() -> None:
    documents = ring(3)
    found = of(*documents)
    assert found.cycles == (tuple(each.id for each in documents),)
    assert len(found.arrows) == 3


def test_a_chain_is_no_ring() -> None:
    documents = ring(3)
    documents[2].credits.clear()
    assert of(*documents).cycles == ()


def test_a_document_that_names_itself_is_told_apart() -> None:
    (document,) = ring(1)
    found = of(document)
    assert found.arrows == ()
    assert [arrow.document_id for arrow in found.self_citations] == [document.id]
    assert found.cycles == ()


def test_an_interview_with_the_paper_itself_is_no_self_citation() -> None:
    document = made("one", "Reed told Reuters that it closes.", publisher="Reuters")
    document.credits_("told Reuters", "Reuters")
    assert of(document).self_citations == ()


def test_a_long_ring_is_found_without_deep_recursion() -> None:
    documents = []
    for number in range(3_000):
        title = f"Part {number:04} of the long story of the lake"
        cited = f"Part {(number + 1) % 3_000:04} of the long story of the lake"
        document = made(title, f"See {cited}.", title=title)
        document.credits_(cited, cited, "reference", title=cited, marker="1")
        documents.append(document)
    (found,) = of(*documents).cycles
    assert len(found) == 3_000


def test_no_documents_no_arrows() -> None:
    assert lineage((), (), ()) == Lineage(works=(), arrows=())
