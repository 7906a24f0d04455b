"""Ten articles resting on one report are one source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.corpus.types import Document, Duplicate
from winset.sourcing.credits import credits as credited
from winset.sourcing.origins import origins, publisher
from winset.sourcing.types import Origin
from winset.statements.segmentation import segments
from winset.statements.types import Statement

if TYPE_CHECKING:
    from tests.sourcing.conftest import Say


def of(
    documents: list[Document], statements: list[Statement], duplicates: list[Duplicate] | None = None
) -> list[Origin]:
    every = [credit for document in documents for credit in credited(document, segments(document.text), statements)]
    found = origins(documents, statements, every, duplicates or [])
    return [found[statement.id] for statement in statements]


def test_two_documents_that_credit_one_medium_share_an_origin(say: Say) -> None:
    one = Document(name="one.txt", text="Reed told the Financial Times that it closes.")
    two = Document(name="two.txt", text="According to the FT, Reed said it closes.")
    first, second = of([one, two], [say(one, "Reed", "told", "it closes"), say(two, "Reed", "said", "it closes")])
    assert first.key == second.key
    assert first.label == "Financial Times, via one.txt"


def test_the_mediums_own_article_shares_the_origin_of_those_who_credit_it(say: Say) -> None:
    one = Document(name="one.txt", text="Reed said it closes.", publisher="Financial Times")
    two = Document(name="two.txt", text="According to the FT, Reed said it closes.")
    own, credit = of([one, two], [say(one, "Reed", "said", "it closes"), say(two, "Reed", "said", "it closes")])
    assert own.key == credit.key
    assert own.label == "own reporting of Financial Times (one.txt)"


def test_uncredited_documents_are_origins_of_their_own(say: Say) -> None:
    one = Document(name="one.txt", text="Reed said it closes.")
    two = Document(name="two.txt", text="Reed said again it closes.")
    first, second = of([one, two], [say(one, "Reed", "said", "it closes"), say(two, "Reed", "said", "it closes")])
    assert first.key != second.key
    assert second.label == "own reporting of two.txt"


def test_a_medium_that_is_the_source_is_the_origin(say: Say) -> None:
    document = Document(name="one.txt", text="The Global Times called the port a thorn.", publisher="Kyodo News")
    (origin,) = of([document], [say(document, "The Global Times", "called", "the port a thorn")])
    assert origin.key == "medium:Global Times"


def test_a_footnote_leads_to_its_entry_even_when_that_names_no_medium(say: Say) -> None:
    text = "Reed said it closes.[1]\n\n[1] Reed, A. (2020). The port. https://port.example/a"
    document = Document(name="one.txt", text=text)
    (origin,) = of([document], [say(document, "Reed", "said", "it closes")])
    assert origin.key == "reference:https://port.example/a"


def test_an_interview_by_the_publisher_itself_is_its_own_reporting(say: Say) -> None:
    document = Document(name="one.txt", text="Reed told DW that it closes.", publisher="Deutsche Welle")
    (origin,) = of([document], [say(document, "Reed", "told", "it closes")])
    assert origin.label == "own reporting of Deutsche Welle (one.txt)"


def test_a_near_copy_has_the_origin_of_the_first_document(say: Say) -> None:
    one = Document(name="one.txt", text="According to Reuters, Reed said it closes. Lee said it is old.")
    two = Document(name="two.txt", text="Reed said it closes. Lee said it is old. All agree.")
    copy = Duplicate(name="two.txt", document_id=two.id, of=one.id, similarity=0.8)
    statements = [
        say(one, "Reed", "said", "it closes"),
        say(two, "Reed", "said", "it closes"),
        say(two, "Lee", "said", "it is old"),
    ]
    first, copied, other = of([one, two], statements, [copy])
    assert first.key == copied.key == "medium:Reuters"
    assert copied.label == "Reuters, via one.txt, copied in two.txt"
    assert other.key == f"document:{one.id}"


def test_the_publisher_is_read_from_metadata_title_or_address() -> None:
    assert publisher(Document(name="a", text="a", publisher="The FT")) == "Financial Times"
    assert publisher(Document(name="a", text="a", source_url="https://www.dw.com/en/a")) == "Deutsche Welle"
    assert publisher(Document(name="a", text="a", title="Port closes | Reuters")) == "Reuters"
    assert publisher(Document(name="a", text="a", title="Reuters", publisher="Port Authority")) is None


def test_statements_of_documents_not_given_have_no_origin(say: Say) -> None:
    document = Document(name="one.txt", text="Reed said it closes.")
    assert origins([], [say(document, "Reed", "said", "it closes")], []) == {}
