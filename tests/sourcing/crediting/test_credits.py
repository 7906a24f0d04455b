"""Which outside sources a document names, and which statements rest on them."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, Link, anchor, clean_text
from winset.ids import PartialDate
from winset.sourcing.crediting.credits import credits as credited
from winset.sourcing.crediting.references import references
from winset.sourcing.types import Credit
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement

if TYPE_CHECKING:
    from tests.sourcing.conftest import Say


def found(text: str, *statements: Statement, published: str | None = None) -> tuple[Credit, ...]:
    document = Document(name="a.txt", text=text, published=PartialDate(published) if published else None)
    return credited(document, segments(text), statements)


@pytest.mark.parametrize(
    ("text", "origin", "words"),
    [
        ("The port closes, according to the Financial Times.", "Financial Times", "according to the Financial Times"),
        ("Quoted by Kyodo News, Reed agreed.", "Kyodo News", "Quoted by Kyodo News"),
        ("Reed told DW that it closes.", "Deutsche Welle", "told DW"),
        ("The Irish Times revealed the plan.", "The Irish Times", "The Irish Times revealed"),
        ("A Reuters report on the port came first.", "Reuters", "A Reuters report"),
        ("There were reactions to the Guardian story.", "The Guardian", "reactions to the Guardian story"),
    ],
)
def test_a_medium_is_credited_with_the_words_that_say_so(text: str, origin: str, words: str) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, credit.anchor.exact) == ("medium", origin, words)


@pytest.mark.parametrize("text", ["He owns shares of the Financial Times.", "Photo: Ada Lee/AFP", "The Times change."])
def test_a_medium_that_is_only_mentioned_is_not_credited(text: str) -> None:
    assert found(text) == ()


def test_a_report_keeps_the_date_it_was_given_first() -> None:
    text = "A Reuters report on March 3rd told of it. Nobody knew. The Reuters report claimed more."
    assert [str(credit.dated) for credit in found(text, published="2021-03-12")] == ["2021-03-03", "2021-03-03"]


@pytest.mark.parametrize(
    ("text", "origin", "dated"),
    [
        ("Its 2019 Maritime Strategy affirmed that ports matter.", "2019 Maritime Strategy", "2019"),
        ("Ports matter, according to ministry documents.", "ministry documents", None),
    ],
)
def test_a_quoted_document_is_credited(text: str, origin: str, dated: str | None) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, str(credit.dated)) == ("document", origin, str(dated))


def test_a_document_that_is_a_statements_source_is_credited(say: Say) -> None:
    document = Document(name="a.txt", text="The port policies of Freeland mention the ferry.")
    statement = say(document, "The port policies of Freeland", "mention", "the ferry")
    (credit,) = credited(document, segments(document.text), [statement])
    assert (credit.origin, credit.statement_ids) == ("port policies of Freeland", (statement.id,))


def test_a_credit_carries_the_statements_of_its_sentence_and_those_that_go_on(say: Say) -> None:
    text = "According to Reuters, Reed said it closes. “It must,” she added. Lee denied that it is old."
    document = Document(name="a.txt", text=text)
    said = say(document, "Reed", "said", "it closes")
    added = say(document, "she", "added", "It must")
    denied = say(document, "Lee", "denied", "it is old")
    (credit,) = credited(document, segments(text), [said, added, denied])
    assert credit.statement_ids == (said.id, added.id)


def test_a_journalists_question_does_not_make_the_answer_the_mediums(say: Say) -> None:
    text = "Asked by a reporter from Kyodo News whether it closes, Reed denied that."
    document = Document(name="a.txt", text=text)
    asked = say(document, "a reporter from Kyodo News", "Asked", "whether it closes")
    denied = say(document, "Reed", "denied", "that")
    (credit,) = credited(document, segments(text), [asked, denied])
    assert credit.statement_ids == (asked.id,)


def test_a_footnote_is_resolved_to_its_entry_and_the_entry_is_a_credit_too(say: Say) -> None:
    text = "Reed said it closes.[1]\n\n[1] 2021/3/5 “The port” https://www.reuters.com/a\n[2] https://www.ft.com/b"
    document = Document(name="a.txt", text=text)
    said = say(document, "Reed", "said", "it closes")
    note, entry, unused = credited(document, segments(text), [said])
    assert (note.kind, note.origin, note.dated, note.marker) == ("reference", "Reuters", PartialDate("2021-03-05"), "1")
    assert (note.anchor.exact, note.url, note.title) == ("[1]", "https://www.reuters.com/a", "The port")
    assert note.entry is not None
    assert note.entry == entry.anchor == entry.entry
    assert note.statement_ids == entry.statement_ids == (said.id,)
    assert (unused.origin, unused.statement_ids) == ("Financial Times", ())


def test_links_credit_the_medium_or_site_they_lead_to_and_lost_ones_say_so() -> None:
    text = "It [closes](https://www.ft.com/a), as [all](https://port.example/b) know, which [Reed](#) has shown."
    assert [(credit.kind, credit.origin, credit.broken is None) for credit in found(text)] == [
        ("link", "Financial Times", True),
        ("link", "port.example", True),
        ("link", "Reed", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[Share](https://twitter.com/intent/tweet?x=1) this, dear readers of the paper.",
        "Read [on](#).",
        "See ![a picture of the port](https://a.org/p.jpg) here, readers of the paper.",
        "[Back to the top of this long page](#top) is where the menu stands for you.",
    ],
)
def test_buttons_pictures_and_places_of_the_page_are_no_credits(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "origin", "words"),
    [
        ("The Freeland Courier reported that it closes.", "Freeland Courier", "The Freeland Courier reported"),
        ("Reed told the newspaper Vesti that it closes.", "Vesti", "told the newspaper Vesti"),
        ("The port closes, the Vremya news agency said.", "Vremya", "the Vremya news agency said"),
        ("The Finacnial Times reported that it closes.", "Financial Times", "The Finacnial Times reported"),
    ],
)
def test_media_of_no_list_and_misspelt_ones_are_credited(text: str, origin: str, words: str) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, credit.anchor.exact) == ("medium", origin, words)


@pytest.mark.parametrize(
    "text",
    [
        "The Command Post fell on the second day.",
        "German newspaper readers were pleased that it closes.",
        "She spent her life telling the story of the port.",
        "Hours after the Reuters report, the port closed.",
        "The chairman of the Guardian resigned and left the country.",
    ],
)
def test_what_only_looks_like_a_medium_is_no_credit(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (
            "By our port correspondent, with AFP\n\nThe port closes on Friday, after years of talks.",
            "Agence France-Presse",
        ),
        ("The port closes on Friday.\n\nReuters contributed to this report.", "Reuters"),
        ("QUESTION (The Port Gazette): Will it close?\n\nThe minister left the room.", "Port Gazette"),
    ],
)
def test_bylines_and_questions_in_a_transcript_credit_media(text: str, origin: str) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, credit.statement_ids) == ("medium", origin, ())


def test_an_author_with_a_year_who_argues_is_credited_without_a_list_and_a_place_is_not() -> None:
    (credit,) = found("As Reed (2020) argues, it closes. They met again (Bergen, 2010).")
    assert (credit.kind, credit.origin, credit.anchor.exact, credit.entry) == (
        "reference",
        "Reed 2020",
        "Reed (2020)",
        None,
    )


def test_a_table_seen_by_the_paper_itself_is_a_document() -> None:
    (credit,) = found("Thirty would go, according to a staffing table seen by this newspaper.")
    assert (credit.kind, credit.origin) == ("document", "staffing table")


def test_the_same_newspaper_is_the_one_credited_last_and_no_broadcaster() -> None:
    text = (
        "The Guardian reported that it closes. Reed told the BBC it was late. The paper said more. "
        "The broadcaster reported the cost. According to the same newspaper, it is old."
    )
    origins = [credit.origin for credit in found(text)]
    assert origins == ["The Guardian", "BBC", "The Guardian", "BBC", "The Guardian"]


def test_the_report_is_the_document_or_the_article_named_last() -> None:
    text = (
        "A study by the Port Institute found rust. The study warned of more. Reuters reported it. The report said so."
    )
    assert [(credit.kind, credit.origin) for credit in found(text)] == [
        ("document", "study by the Port Institute"),
        ("document", "study by the Port Institute"),
        ("medium", "Reuters"),
        ("medium", "Reuters"),
    ]


def test_a_newspaper_that_nothing_was_credited_to_is_nobody() -> None:
    assert found("The newspaper said it closes. The same report said it is old.") == ()


@pytest.mark.parametrize(
    ("text", "origin", "dated"),
    [
        ("A poll by Port Research found that all agree.", "poll by Port Research", None),
        ("It closes, according to figures from the transport ministry.", "figures from the transport ministry", None),
        ("As stated in its 2019 Maritime Strategy, ports matter.", "2019 Maritime Strategy", "2019"),
        ("The summit’s communiqué calls for ports.", "summit’s communiqué", None),
        ("A leaked memo suggested that it closes.", "leaked memo", None),
    ],
)
def test_documents_that_say_something_are_credited(text: str, origin: str, dated: str | None) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, str(credit.dated)) == ("document", origin, str(dated))


@pytest.mark.parametrize(
    "text",
    [
        "Prominent figures from the port’s board resigned.",
        "He called for a review of the Vienna Convention.",
        "The rights guaranteed under the Port Charter could help.",
        "Many reports said nothing of it.",
        "They will report on the port and study its walls.",
    ],
)
def test_what_only_looks_like_a_document_is_no_credit(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "origin", "words", "dated"),
    [
        (
            "At a press conference in Bergen on 3 March, Reed said it closes.",
            "press conference in Bergen",
            "a press conference in Bergen on 3 March",
            "2021-03-03",
        ),
        ("Reed spoke of it at a March 6 briefing.", "briefing", "a March 6 briefing", "2021-03-06"),
        (
            "Reed said on a visit to Lagos in January that it closes.",
            "visit in Lagos",
            "a visit to Lagos in January",
            "2021-01",
        ),
        (
            "Reed told reporters in Lagos that it closes.",
            "remarks to reporters in Lagos",
            "told reporters in Lagos",
            None,
        ),
        ("Reed wrote on Facebook that it closes.", "post", "wrote on Facebook", None),
        ("In a statement, the board said it closes.", "statement", "a statement", None),
        (
            "The board, in a speech to members in Leeds, said it closes.",
            "speech in Leeds",
            "a speech to members in Leeds",
            None,
        ),
    ],
)
def test_occasions_are_credited_with_place_and_date(text: str, origin: str, words: str, dated: str | None) -> None:
    (credit,) = found(text, published="2021-03-12")
    assert (credit.kind, credit.origin, credit.anchor.exact) == ("occasion", origin, words)
    assert str(credit.dated) == str(dated)


@pytest.mark.parametrize(
    "text",
    [
        "Reed will hold a press conference in Bergen on Friday, he said.",
        "Reed visited Lagos in January and saw the port.",
        "They met at a summit in Lagos.",
        "Reed said he was unsteady in his first debate.",
        "The briefing lasted an hour.",
    ],
)
def test_occasions_on_which_nothing_is_said_are_none(text: str) -> None:
    assert found(text) == ()


def test_an_occasion_has_its_speaker_and_carries_what_he_says_next(say: Say) -> None:
    text = (
        "Ada Reed told a press conference in Bergen that it closes. Lee denied that it is old.\n\n"
        "Ada Reed said the walls are weak. Ada Reed has long warned of rust."
    )
    document = Document(name="a.txt", text=text)
    told = say(document, "Ada Reed", "told", "it closes")
    denied = say(document, "Lee", "denied", "it is old")
    at = text.index("Ada Reed said")
    said = replace(
        say(document, "Ada Reed", "said", "the walls are weak"), source=anchor(document, at, at + len("Ada Reed"))
    )
    at = text.index("Ada Reed has")
    warned = replace(
        say(document, "Ada Reed", "has long warned of", "rust"), source=anchor(document, at, at + len("Ada Reed"))
    )
    first = credited(document, segments(text), [told, denied, said, warned])[0]
    assert (first.origin, first.speaker, first.place) == ("press conference of Ada Reed", "Ada Reed", "Bergen")
    assert first.statement_ids == (told.id, said.id)


def test_somebody_quoted_without_outlet_or_occasion_is_credited_once(say: Say) -> None:
    text = "“It closes,” said Ada Reed, a fellow at the Port Institute.\n\nReed added: “It is old.” Lee opposes it."
    document = Document(name="a.txt", text=text)
    said = replace(say(document, "Ada Reed, a fellow at the Port Institute", "said", "“It closes,”"), form=Form.DIRECT)
    opposes = replace(say(document, "Lee", "opposes", "it"), form=Form.ACT)
    who = Identification(
        statement_id=said.id,
        speaker="Ada Reed",
        represents="expert: Port Institute",
        actor_id=None,
        standing=Standing.COMMENTATOR,
        speaks_as=SpeaksAs.EXPERT,
        score=0.9,
        rule="apposition",
    )
    at = text.index("Reed added")
    added = replace(say(document, "Reed", "added", "“It is old.”"), form=Form.DIRECT)
    added = replace(added, source=anchor(document, at, at + 4))
    again = replace(who, statement_id=added.id)
    (credit,) = credited(document, segments(text), [said, added, opposes], [who, again])
    assert (credit.kind, credit.origin, credit.speaker) == ("person", "Ada Reed", "Ada Reed")
    assert credit.anchor.exact == "Ada Reed, a fellow at the Port Institute"
    assert credit.statement_ids == (said.id, added.id)


def test_an_answer_told_without_its_words_is_a_credit() -> None:
    (credit,) = found("There was a terse reply from Ada Reed, the spokeswoman, but no more.")
    assert (credit.kind, credit.origin) == ("person", "Ada Reed")


def test_headlines_counts_of_people_and_what_was_not_said_are_no_credits(say: Say) -> None:
    text = "63 percent said “it closes”. Reed has not said “it is old”."
    document = Document(name="a.txt", text=text)
    many = replace(say(document, "63 percent", "said", "“it closes”"), form=Form.DIRECT)
    silent = replace(say(document, "Reed", "has not said", "“it is old”"), form=Form.DIRECT)
    assert credited(document, segments(text), [many, silent]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Our demands are these.\n\n1. The port be closed.\n2. The tram be built.\n3. The board resign.",
        (
            "[1] The appellant was held in May 2019.\n\n[2] Counsel said at [1] that notice was given.\n\n[3] It is "
            "dismissed."
        ),
        "Lions 3 [1-2], Bears 2 [0-2]. Attendance 12,000. Halves [1, 1].",
        "In [2020] the port closed; the area is 30 km² and 10⁶ people live there.",
        "Le ministre a déclaré que le port fermera. « Nous sommes prêts », a-t-il dit.",
    ],
)
def test_lists_paragraph_numbers_scores_and_units_are_no_references(text: str) -> None:
    assert found(text) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                *("Reuters reported", "[1]", "(Reed 2020)", "told the paper", "at a press conference", "“", "”", " "),
                *(". ", "\n\n", "[a](#)", "http:/ /", "[1] ibid.", "the report said", "Ada Reed", "in a statement"),
                *("according to a study", "see note 1"),
            ]
        ),
        max_size=30,
    )
)
def test_credits_hold_in_any_text_and_come_in_order(parts: list[str]) -> None:
    document = Document(name="a.txt", text=clean_text("".join(parts)))
    every = credited(document, segments(document.text), ())
    assert all(credit.anchor.holds_in(document) for credit in every)
    assert [credit.anchor.start for credit in every] == sorted(credit.anchor.start for credit in every)
    assert every == credited(document, segments(document.text), ())


@pytest.mark.parametrize(
    "unit", ["Reuters reported ", "[a](#) ", "at a press conference in Bergen ", "www.", "“", "(Reed 2020) "]
)
def test_long_lines_cost_time_in_proportion(unit: str) -> None:
    seconds = []
    for size in (50_000, 200_000):
        text = unit * (size // len(unit))
        document, parts = Document(name="a.txt", text=text), segments(text)
        start = time.process_time()
        credited(document, parts, ())
        seconds.append(time.process_time() - start)
    assert seconds[1] < 10 * seconds[0] + 0.5  # four times the text; a square would be sixteen times


def linking(text: str, **targets: str) -> Document:
    """A document in which each of these words, with _ for a space, is a link."""
    places = [(text.index(words.replace("_", " ")), len(words), target) for words, target in targets.items()]
    links = tuple(Link(start=at, end=at + length, target=target) for at, length, target in sorted(places))
    return Document(name="a.html", text=text, links=links)


def test_a_link_of_a_page_is_credited_like_one_that_stands_in_the_text(say: Say) -> None:
    document = linking(
        "Reed said it closes, as we learned last week. Lee denied it.",
        we_learned="https://www.ft.com/content/1",
        Lee="mailto:lee@b.example",
    )
    statement = say(document, "Reed", "said", "it closes")
    (credit,) = credited(document, segments(document.text), [statement])
    assert (credit.kind, credit.origin, credit.url, credit.title, credit.anchor.exact) == (
        "link",
        "Financial Times",
        "https://www.ft.com/content/1",
        "we learned",
        "we learned",
    )
    assert credit.statement_ids == (statement.id,)


def test_a_link_of_a_page_that_leads_nowhere_is_credited_as_broken() -> None:
    document = linking("The port authority had promised a report on all of it.", a_report="", port="#n9", all="/x")
    found = credited(document, segments(document.text), ())
    assert [(credit.origin, credit.broken) for credit in found] == [
        ("port", "it leads nowhere"),
        ("a report", "it leads nowhere"),
    ]
    listed = references(document, segments(document.text))
    assert [(link.url, link.why) for link in listed.broken] == [("#n9", "it leads nowhere"), ("", "it leads nowhere")]


def test_a_link_on_its_own_address_is_one_credit() -> None:
    document = linking(
        "All of it stands at www.example.org/a for everybody.", **{"www.example.org/a": "https://b.example/c"}
    )
    assert [credit.url for credit in credited(document, segments(document.text), ())] == ["https://b.example/c"]


def test_a_medium_named_in_a_link_has_its_address() -> None:
    document = linking("The Financial Times reported that it closes.", Financial_Times="https://www.ft.com/content/1")
    (credit,) = credited(document, segments(document.text), ())
    assert (credit.kind, credit.origin, credit.url) == ("medium", "Financial Times", "https://www.ft.com/content/1")


@pytest.mark.parametrize(
    ("text", "origin", "words"),
    [
        (
            "It closes, according to two envoys in the hall.",
            "two envoys in the hall",
            "according to two envoys in the hall",
        ),
        ("Ten ports closed, by the count of relief agencies.", "relief agencies", "by the count of relief agencies"),
        (
            "A spokesman for the port did not reply to a request for comment.",
            "spokesman for the port",
            "A spokesman for the port did not reply to a request",
        ),
    ],
)
def test_those_of_whom_no_statement_tells_are_credited(text: str, origin: str, words: str) -> None:
    (credit,) = found(text)
    assert (credit.kind, credit.origin, credit.anchor.exact) == ("person", origin, words)


@pytest.mark.parametrize(
    "text",
    [
        "It closes, according to the usual scale.",
        "By the estimate, ten ports closed.",
        "The port did not reply to the tide.",
        "The diplomats met the press freedom council.",
        "They told us that it closes.",
        "The Port Authority will report on the state of the quay and may propose a fee.",
        "Asked whether it closes, Reed laughed.",
    ],
)
def test_what_only_sounds_like_a_person_or_an_occasion_is_no_credit(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "origin", "words"),
    [
        ("Reed faced the press in Bergen.", "press conference in Bergen", "faced the press in Bergen"),
        ("A clerk told this newspaper that it closes.", "interview", "told this newspaper"),
        ("The plan follows the advice of the Port Institute.", "advice of the Port Institute", None),
        (
            "By all accounts it closes. The Bergen Courier reported it. The Courier found a clerk.",
            "Bergen Courier",
            None,
        ),
        ("Ada Reed in Bergen, and Reuters\n\nThe port closes on Monday, and nobody knows why.", "Reuters", "Reuters"),
    ],
)
def test_words_for_the_press_for_advice_and_for_a_paper_by_its_last_word(
    text: str, origin: str, words: str | None
) -> None:
    every = found(text)
    assert {credit.origin for credit in every} == {origin}
    assert words is None or every[-1].anchor.exact == words


def test_the_last_word_of_a_papers_name_stands_for_it() -> None:
    text = "The Bergen Courier reported it. The Courier found a clerk. The Courier Street is closed."
    assert [credit.anchor.exact for credit in found(text)] == ["The Bergen Courier reported", "The Courier found"]


def named_as(said: Statement, speaker: str | None) -> Identification:
    return Identification(
        statement_id=said.id,
        speaker=speaker,
        represents=None,
        actor_id=None,
        standing=Standing.COMMENTATOR,
        speaks_as=SpeaksAs.UNRESOLVED,
        score=0.5,
        rule="pronoun",
    )


def test_a_pronoun_credits_somebody_who_was_presented_before_and_nobody_else(say: Say) -> None:
    text = "Ada Reed, a pilot, points at the quay. “It sinks,” she says."
    document = Document(name="a.txt", text=text)
    said = replace(say(document, "she", "says", "“It sinks,”"), form=Form.DIRECT)
    (credit,) = credited(document, segments(text), [said], [named_as(said, "Ada Reed")])
    assert (credit.kind, credit.origin, credit.anchor.exact) == ("person", "Ada Reed", "she says")
    assert credited(document, segments(text), [said], [named_as(said, None)]) == ()
    text = "On Ada Reed Quay he stopped. “It sinks,” she says."  # a name that presents nobody
    document = Document(name="a.txt", text=text)
    said = replace(say(document, "she", "says", "“It sinks,”"), form=Form.DIRECT)
    assert credited(document, segments(text), [said], [named_as(said, "Ada Reed")]) == ()


def test_what_somebody_will_say_is_no_credit_and_a_body_by_its_letters_is(say: Say) -> None:
    text = "The diplomats will say that it closes. PIB has advised that it stays open."
    document = Document(name="a.txt", text=text)
    later = say(document, "The diplomats", "will say", "that it closes")
    advised = say(document, "PIB", "has advised", "that it stays open")
    who = [named_as(later, None), named_as(advised, None)]
    assert [credit.origin for credit in credited(document, segments(text), [later, advised], who)] == ["PIB"]


def test_somebody_named_who_told_us_gave_an_interview(say: Say) -> None:
    text = "Ada Reed, a pilot, told us that the quay sinks."
    document = Document(name="a.txt", text=text)
    said = say(document, "Ada Reed", "told", "the quay sinks")
    (credit,) = credited(document, segments(text), [said], [named_as(said, "Ada Reed")])
    assert (credit.kind, credit.origin, credit.anchor.exact) == ("occasion", "interview of Ada Reed", "told us")


def test_a_question_put_to_him_belongs_to_the_occasion_told_of_before(say: Say) -> None:
    text = "Ada Reed told reporters in Bergen that it closes. Asked whether she feared a vote, Reed laughed."
    document = Document(name="a.txt", text=text)
    said = say(document, "Ada Reed", "told", "it closes")
    every = credited(document, segments(text), [said], [named_as(said, "Ada Reed")])
    assert [credit.anchor.exact for credit in every][1:] == ["Asked whether she feared a vote"]
    assert len({credit.origin for credit in every}) == 1


def test_a_link_on_a_documents_name_is_its_address() -> None:
    text = "According to the draft plan, it closes."
    document = linking(text, draft_plan="https://a.org/plan")
    every = credited(document, segments(text), ())
    assert all(credit.url == "https://a.org/plan" for credit in every)
    assert len(every) == 1
