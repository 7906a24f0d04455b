"""Ten articles resting on one report are one source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.sourcing.made import LINE, Made, made, read_all, ring, telling

from winset.actors.types import SpeaksAs
from winset.corpus.types import Document, Duplicate
from winset.sourcing.account import sources
from winset.sourcing.tracing.claims import claims
from winset.sourcing.tracing.origins import origins, publisher
from winset.sourcing.tracing.works import works
from winset.sourcing.types import Origin, ReadDocument, SharedClaim
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement

if TYPE_CHECKING:
    from tests.sourcing.conftest import Say


def of(
    documents: list[Document], statements: list[Statement], duplicates: list[Duplicate] | None = None
) -> list[Origin]:
    """With the credits that the machine finds."""
    read = [
        ReadDocument(
            document=document,
            segments=tuple(segments(document.text)),
            statements=tuple(row for row in statements if row.document_id == document.id),
        )
        for document in documents
    ]
    found = sources(read, duplicates or []).origins
    return [found[statement.id] for statement in statements]


def traced(
    *documents: Made, duplicates: Sequence[Duplicate] = ()
) -> tuple[dict[str, list[Origin]], tuple[SharedClaim, ...]]:
    """With the credits made by hand: origins by the document's name, in the order of its statements; and the claims."""
    read, credited = read_all(*documents)
    leaned_on = works(read, credited)
    shared = claims(read, leaned_on, duplicates)
    found = origins(read, leaned_on, shared, duplicates)
    return {each.document.name: [found[row.id] for row in each.statements] for each in documents}, shared


def test_two_documents_that_credit_one_medium_share_an_origin(say: Say) -> None:
    one = Document(name="one.txt", text="Reed told the Financial Times that it closes.")
    two = Document(name="two.txt", text="According to the FT, Reed said it closes.")
    first, second = of([one, two], [say(one, "Reed", "told", "it closes"), say(two, "Reed", "said", "it closes")])
    assert first.key == second.key
    assert first.label == "Financial Times"


def test_the_mediums_own_article_shares_the_origin_of_those_who_credit_it(say: Say) -> None:
    one = Document(name="one.txt", text="Reed said it closes on the pier.", publisher="Financial Times")
    two = Document(name="two.txt", text="According to the FT, Reed said it closes.")
    own, credit = of([one, two], [say(one, "Reed", "said", "it closes"), say(two, "Reed", "said", "it closes")])
    assert own.key == credit.key
    assert own.label == credit.label == "own reporting of Financial Times"


def test_uncredited_documents_are_origins_of_their_own(say: Say) -> None:
    one = Document(name="one.txt", text="Reed said it closes.")
    two = Document(name="two.txt", text="Reed said again it closes.", title="The pier")
    first, second = of([one, two], [say(one, "Reed", "said", "it closes"), say(two, "Reed", "said", "it closes")])
    assert first.key != second.key
    assert (first.label, second.label) == (
        "own reporting of “Reed said it closes.”",
        "own reporting of “The pier”",
    )


def test_a_medium_that_is_the_source_is_the_origin(say: Say) -> None:
    document = Document(name="one.txt", text="The Global Times called the port a thorn.", publisher="Kyodo News")
    (origin,) = of([document], [say(document, "The Global Times", "called", "the port a thorn")])
    assert origin.key == "medium:Global Times"


def test_a_footnote_leads_to_its_entry_even_when_that_names_no_medium(say: Say) -> None:
    text = "Reed said it closes.[1]\n\n[1] Reed, A. (2020). The port. https://port.example/a"
    document = Document(name="one.txt", text=text)
    (origin,) = of([document], [say(document, "Reed", "said", "it closes")])
    assert origin.key.startswith("reference:")


def test_an_interview_by_the_publisher_itself_is_its_own_reporting(say: Say) -> None:
    document = Document(name="one.txt", text="Reed told DW that it closes.", publisher="Deutsche Welle")
    (origin,) = of([document], [say(document, "Reed", "told", "it closes")])
    assert origin.label == "own reporting of Deutsche Welle"


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
    assert copied.label == "Reuters"
    assert other.key == f"document:{one.id}"


def test_the_publisher_is_read_from_metadata_title_or_address() -> None:
    assert publisher(Document(name="a", text="a", publisher="The FT")) == "Financial Times"
    assert publisher(Document(name="a", text="a", source_url="https://www.dw.com/en/a")) == "Deutsche Welle"
    assert publisher(Document(name="a", text="a", title="Port closes | Reuters")) == "Reuters"
    assert publisher(Document(name="a", text="a", title="Reuters", publisher="Port Authority")) is None


def test_no_documents_have_no_origins() -> None:
    assert origins((), (), ()) == {}


def test_reports_of_two_days_are_two_origins() -> None:
    documents = []
    for day in ("3 May", "9 July"):
        document, said = telling(
            day, f"Reuters wrote on {day} of the {day[2:]} session that Ada Roe said: ", f"No to {day}"
        )
        on = "2031-05-03" if day == "3 May" else "2031-07-09"
        document.credits_(f"Reuters wrote on {day}", "Reuters", dated=on, to=(said,))
        documents.append(document)
    found, _ = traced(*documents)
    assert [row.label for rows in found.values() for row in rows] == ["Reuters of 3 May 2031", "Reuters of 9 July 2031"]


def test_a_chain_is_followed_inside_the_corpus() -> None:
    title = "What the compact means for the lake"
    first, said = telling("first", "As Reuters reported on 3 May, Ada Roe said: ", title=title)
    first.credits_("As Reuters reported on 3 May", "Reuters", dated="2031-05-03", to=(said,))
    entry = f"[1] Ode, B. {title}. Harbour Notes."
    second = made("second", f"Ada Roe said: “{LINE}”.[1]\n\n{entry}")
    said = second.says("Ada Roe", "said", LINE, speaker="Ada Roe", actor="NOR", form=Form.DIRECT)
    second.credits_("[1]", "Harbour Notes", "reference", title=title, marker="1", entry=entry, to=(said,))
    found, (claim,) = traced(first, second)
    assert found["first"] == [Origin(statement_id=first.statements[0].id, key=found["first"][0].key,
                                     label="Reuters of 3 May 2031")]  # fmt: skip
    assert found["second"][0].key == found["first"][0].key
    assert claim.labels == ("Reuters of 3 May 2031",)


def test_those_who_cite_each_other_have_one_origin_and_no_endless_chain() -> None:
    for number in (2, 3):
        documents = ring(number)
        for order in (documents, documents[::-1]):
            found, _ = traced(*order)
            assert {row.key for rows in found.values() for row in rows} == {f"document:{documents[0].id}"}


def test_a_document_that_cites_itself_reports_itself() -> None:
    (document,) = ring(1)
    found, _ = traced(document)
    assert found[document.document.name][0].key == f"document:{document.id}"


def test_an_occasion_that_one_names_is_the_origin_for_all() -> None:
    one, said = telling("one", "At a briefing on 6 June Ada Roe said: ")
    one.credits_("a briefing on 6 June", "briefing of Ada Roe", "occasion", dated="2031-06-06", to=(said,))
    two, said = telling("two", "According to Reuters, Ada Roe said: ")
    two.credits_("According to Reuters", "Reuters", to=(said,))
    three, _ = telling("three")
    found, (claim,) = traced(one, two, three)
    assert {rows[0].label for rows in found.values()} == {"briefing of Ada Roe, 6 June 2031"}
    assert len(claim.origins) == 1


def test_what_is_said_later_on_the_day_of_a_briefing_was_said_there() -> None:
    text = f"Northmark was asked at a June 6 briefing, Ada Roe said. She said: “{LINE}”."
    document = made("one", text)
    asked = document.says("Ada Roe", "said", "Northmark was asked", speaker="Ada Roe", actor="NOR", on="2031-06-06")
    document.says("She", "said", LINE, speaker="Ada Roe", actor="NOR", on="2031-06-06", form=Form.DIRECT)
    document.says("She", "asked", "Northmark was", speaker="Bo Lind", actor="SYL", on="2031-06-06")
    document.credits_("a June 6 briefing", "briefing of Ada Roe", "occasion", dated="2031-06-06", to=(asked,))
    found, _ = traced(document)
    first, second, stranger = found["one"]
    assert first.key == second.key != stranger.key


def test_an_uncredited_retelling_has_the_origin_that_another_names() -> None:
    one, said = telling("one", "According to a Reuters report of 3 May, Ada Roe said: ")
    one.credits_("a Reuters report of 3 May", "Reuters", dated="2031-05-03", to=(said,))
    two, _ = telling("two")
    found, (claim,) = traced(one, two)
    assert found["one"][0].key == found["two"][0].key
    assert claim.labels == ("Reuters of 3 May 2031",)


def test_two_independent_reports_are_two_origins_and_a_retelling_adds_none() -> None:
    one, said = telling("one", "According to a Reuters report of 3 May, Ada Roe said: ")
    one.credits_("a Reuters report of 3 May", "Reuters", dated="2031-05-03", to=(said,))
    two, said = telling("two", "As Kyodo News reported on 4 May, Ada Roe said: ")
    two.credits_("Kyodo News reported on 4 May", "Kyodo News", dated="2031-05-04", to=(said,))
    three, _ = telling("three", "It was Ada Roe who said: ")
    entry = "Kyodo News, 4 May 2031."
    four = made("four", f"Now Ada Roe said: “{LINE}”.\n\n{entry}")
    four.says("Ada Roe", "said", LINE, speaker="Ada Roe", actor="NOR", form=Form.DIRECT)
    four.credits_(entry, "Kyodo News", "reference", dated="2031-05-04")
    found, (claim,) = traced(one, two, three, four)
    assert len(claim.origins) == 2
    assert found["four"][0].key == found["two"][0].key  # its own list decides
    assert found["three"][0].key in claim.origins


def test_one_utterance_of_which_nobody_says_where_counts_once() -> None:
    one, _ = telling("one.txt", title="The lake", published="2031-05-05")
    two, _ = telling("two.txt", "Ada Roe said before: ", publisher="Reuters", published="2031-05-04")
    found, (claim,) = traced(one, two)
    label = "one utterance, told by Reuters and “The lake”; neither says where"
    assert (found["one.txt"][0].label, claim.labels) == (label, (label,))
    assert found["one.txt"][0].key == found["two.txt"][0].key == "medium:Reuters"  # so that retelling adds no origin


def test_the_transcript_is_the_origin_of_what_others_tell_of_it() -> None:
    one, _ = telling("one", published="2031-05-04")
    text = f"TRANSCRIPT\nPress conference by Ada Roe\n\nMs. ROE: {LINE}."
    record = made("record", text, title="Press conference by Ada Roe", published="2031-05-05")
    record.says("Ms. ROE", "ROE", LINE, speaker="Ada Roe", actor="NOR", form=Form.DIRECT)
    found, (claim,) = traced(one, record)
    assert claim.labels == ("own reporting of “Press conference by Ada Roe”",)
    assert found["one"][0].key == f"document:{record.id}"


def test_one_who_names_another_teller_has_it_from_there() -> None:
    one, _ = telling("one", "PORT HALE, May 4 (Reuters) - Ada Roe said: ", published="2031-05-04")
    two, _ = telling("two", "Ada Roe, our staff and Reuters write, said: ", title="The lake")
    two.credits_("our staff and Reuters write", "Reuters")
    _, (claim,) = traced(one, two)
    assert claim.labels == ("own reporting of Reuters",)


def test_a_reaction_to_a_report_does_not_come_from_it() -> None:
    document = made("one", f"The day after the Reuters report Ada Roe said: “{LINE}”")
    said = document.says("Ada Roe", "said", LINE, speaker="Ada Roe", actor="NOR", form=Form.DIRECT)
    document.credits_("The day after the Reuters report", "Reuters", dated="2031-05-03", to=(said,))
    found, _ = traced(document)
    assert found["one"][0].key == f"document:{document.id}"


def test_somebody_who_is_merely_quoted_is_no_origin() -> None:
    document, said = telling("one")
    document.credits_("Ada Roe", "Ada Roe", "person", to=(said,))
    found, _ = traced(document)
    assert found["one"][0].key == f"document:{document.id}"


def test_an_occasion_of_which_no_day_is_told_is_no_origin_alone() -> None:
    document, said = telling("one", "At a briefing Ada Roe said: ")
    document.credits_("a briefing", "briefing of Ada Roe", "occasion", to=(said,))
    found, _ = traced(document)
    assert found["one"][0].key == f"document:{document.id}"


def test_what_a_report_says_of_a_plan_and_the_plan_have_one_origin() -> None:
    documents = []
    for name, words in (("one", "the council plans to open a station in Larkhaven"),
                        ("two", "the council is planning to open a station in Larkhaven soon")):  # fmt: skip
        document = made(name, f"On 3 May Reuters reported that {words}.")
        report = document.says("Reuters", "reported", words, actor="media: Reuters", speaks_as=SpeaksAs.MEDIUM)
        plan = document.says("the council", words.split()[2], words.partition("to ")[2], actor="council", form=Form.ACT)
        document.credits_("On 3 May Reuters reported", "Reuters", dated="2031-05-03", to=(report, plan))
        documents.append(document)
    found, shared = traced(*documents)
    assert len({row.key for rows in found.values() for row in rows}) == 1
    assert [len(claim.statement_ids) for claim in shared] == [4]


def test_a_paragraph_goes_on_with_what_one_voice_said_on_the_occasion_that_it_names() -> None:
    text = (
        "Ada Roe spoke out against the station. “Lakes are stubborn,” she told a press conference on 12 July.\n\n"
        "Later Roe doubted the price of it."
    )
    document = made("digest", text, published="2031-07-13")
    against = document.says("Ada Roe", "spoke out against", "the station", speaker="Ada Roe", actor="NOR")
    quoted = document.says("she", "told", "Lakes are stubborn,", speaker="Ada Roe", actor="NOR", on="2031-07-12")
    later = document.says("Roe", "doubted", "the price of it", speaker="Ada Roe", actor="NOR")
    name = "press conference of Ada Roe"
    document.credits_("a press conference", name, "occasion", dated="2031-07-12", to=(quoted,))
    found, _ = traced(document)
    first, second, third = found["digest"]
    assert [row.statement_id for row in found["digest"]] == [against.id, quoted.id, later.id]
    assert first.key == second.key != third.key


def test_another_voice_of_the_paragraph_keeps_its_own_origin() -> None:
    text = "Ada Roe told Reuters that lakes are stubborn. Bo Lind spoke out against the station."
    document = made("digest", text, published="2031-07-13")
    told = document.says("Ada Roe", "told", "that lakes are stubborn", speaker="Ada Roe", actor="NOR")
    document.says("Bo Lind", "spoke out against", "the station", speaker="Bo Lind", actor="DNK")
    document.credits_("told Reuters", "Reuters", dated="2031-07-12", to=(told,))
    one, other = traced(document)[0]["digest"]
    assert one.key != other.key


def test_a_document_is_of_the_medium_as_which_another_lists_it() -> None:
    title = "Why the council keeps out of Larkhaven for now"
    own = made("own", f"{title}\n\nThe plan is dead, Bo Lind told Reuters.", title=title, published="2031-06-15")
    told = own.says("Bo Lind", "told", "The plan is dead", speaker="Bo Lind")
    own.credits_("told Reuters", "Reuters", to=(told,))
    entry = f"Ames, K. (2031, June 15). {title}. Reuters."
    other = made("other", f"Something else.\n\n{entry}", published="2031-07-02")
    other.credits_(entry, "Reuters", "reference", dated="2031-06-15", title=title, entry=entry)
    (origin,) = traced(own, other)[0]["own"]
    assert (origin.label, origin.key) == ("own reporting of Reuters", "medium:Reuters")
