"""Sections 5 to 7: origins are counted, not articles, and every row holds the words in the documents."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from winset.brief.claims import claims
from winset.brief.html import render
from winset.brief.json import as_dict
from winset.brief.markdown import render as render_markdown
from winset.brief.origin_rows import claim_rows, discrepancy_rows, precedent_rows, question_rows, split, work_rows
from winset.brief.page import EVENTS_AT_ONCE, Page
from winset.brief.types import Brief
from winset.ids import PartialDate
from winset.sourcing.types import DiscrepancyKind


def said(brief: Brief, key: str) -> str:
    return " ".join(claim.text for part in claims(brief) if part.key == key for claim in part.claims)


def test_what_several_documents_say_counts_by_its_origins(compact_brief: Brief) -> None:
    first, second = claim_rows(Page(compact_brief))
    assert (first.weight, first.single, first.about) == ("said in 2 documents, 1 origin", True, True)
    assert first.labels == ("Evening Ledger, 28 April 2031",)
    assert first.why == "the same report credited"
    assert (second.weight, second.single) == ("said in 3 documents, 2 origins", False)
    assert "2 things are said in more than one document; 1 of them comes from a single origin." in said(
        compact_brief, "origins"
    )


def test_a_claim_counts_only_what_is_on_record(compact_brief: Brief) -> None:
    kept = tuple(
        coded for coded in compact_brief.statements if coded.statement.document_id != compact_brief.documents[2].id
    )
    earlier = replace(compact_brief, statements=kept, shared=compact_brief.shared[:1])
    assert claim_rows(Page(earlier)) == ()
    assert "more than one document" not in said(earlier, "origins")


def test_a_source_tells_who_leans_on_it_and_what_hangs_on_it_alone(compact_brief: Brief) -> None:
    ledger, *others = work_rows(Page(compact_brief).index)
    assert (ledger.name, ledger.alone, ledger.statements) == ("Evening Ledger, 28 April 2031", 1, 3)
    assert [each.document for each in ledger.leaning] == ["Arvenia digs in over the Calder mission", "Weekly digest 18"]
    assert {row.kind for row in others} == {"occasion", "among the documents"}
    assert "2 outside sources are credited" in said(compact_brief, "origins")  # the Courier is one of the documents


def test_discrepancies_come_by_what_they_change_and_loose_notes_last(compact_brief: Brief) -> None:
    rows = discrepancy_rows(Page(compact_brief).index)
    assert [row.discrepancy.kind for row in rows] == [
        DiscrepancyKind.DATE,  # in words about the proposal
        DiscrepancyKind.FIRST,
        DiscrepancyKind.REFERENCE,
    ]
    assert [[telling.right for telling in row.tellings] for row in rows] == [[False, False], [False, True], [False]]
    assert rows[2].tellings[0].short == "not there"
    different, loose = split(rows)
    assert (len(different), len(loose)) == (2, 1)
    text = said(compact_brief, "origins")
    assert "2 things are told differently; the documents decide 1 of them. 1 note or entry of references" in text
    assert "1 thing is told differently, and nothing in the documents says which is right." in said(
        compact_brief, "unknown"
    )


def test_no_discrepancy_says_what_was_compared_and_that_a_miss_is_possible(compact_brief: Brief) -> None:
    for brief in (replace(compact_brief, discrepancies=()), replace(compact_brief, discrepancies=(), documents=())):
        html = render(replace(brief, documents=compact_brief.documents)) if not brief.documents else render(brief)
        assert "No discrepancy was found in what" in html
        assert "Compared: names and their spellings" in html
        assert "A miss is possible" in html


def test_rings_and_self_citations_are_named(compact_brief: Brief, hostile_brief: Brief) -> None:
    assert "“Arvenia digs in over the Calder mission” and “Weekly digest 18” lean on one another" in said(
        compact_brief, "origins"
    )
    assert "names itself as its source" in said(hostile_brief, "origins")


def test_an_event_is_told_once_with_the_spread_of_its_dates(compact_brief: Brief) -> None:
    [row] = [row for day in Page(compact_brief).timeline for row in day.events if row.others]
    assert row.marks == ("dates differ: 30 April 2031 to 1 May 2031",)
    assert row.others_in_words == "told in 2 documents"
    assert [(other.date, other.document) for other in row.others] == [("30 April 2031", "Weekly digest 18")]
    assert "5 dated events, 2029 to August 2031; 1 told in more than one document; 1 dated differently" in said(
        compact_brief, "when"
    )


def test_a_long_timeline_is_folded_but_for_its_end(compact_brief: Brief) -> None:
    [event] = [event for event in compact_brief.events if event.date.text == "2031-05-02"]
    days = [PartialDate(f"2031-{month:02}-{day:02}") for month in range(1, 5) for day in range(1, 29)]
    page = Page(replace(compact_brief, events=tuple(replace(event, date=day) for day in days)))
    assert len(page.foreground) == EVENTS_AT_ONCE
    assert len(page.before) == len(days) - EVENTS_AT_ONCE
    assert [day.iso for day in (*page.before, *page.foreground)] == [day.text for day in days]
    assert "from the year before, up to" in render(page.brief)


def test_earlier_instances_are_a_table_with_their_words(compact_brief: Brief) -> None:
    [row] = precedent_rows(Page(compact_brief).index)
    assert (row.precedent.place, row.years, row.fate) == ("Tarrow", "2011 to 2016", "shut for want of ships")
    assert len(row.words) == 2
    html = render(compact_brief)
    table = html[html.index("Earlier instances named in the documents") :]
    assert "2011 to 2016" in table[: table.index("</table>")]


def test_questions_without_an_answer_come_first_and_say_so(compact_brief: Brief) -> None:
    first, second = question_rows(Page(compact_brief).index)
    assert (first.words.words, first.passages) == ("Who will pay for the ships?", ())
    assert len(second.passages) == 1
    assert "The documents ask 2 questions; nothing here answers 1 of them." in said(compact_brief, "unknown")
    html = render(compact_brief)
    asked = html[html.index('id="questions"') :]
    assert asked.index("nothing here answers it") < asked.index("1 passage that speaks to it")


def test_markdown_tells_the_same(compact_brief: Brief) -> None:
    text = render_markdown(compact_brief)
    for words in (
        "- Weekly digest 18 → Evening Ledger, 28 April 2031 (credits)",
        "said in 2 documents, 1 origin (**single origin**: Evening Ledger, 28 April 2031); statements",
        "- said to be the first, first mission on that coast: An office in Tarrow is named",
        "**not the first** (borne out)",
        "| Tarrow | harbour office | 2011 to 2016 | shut for want of ships |",
        "- asked: “Who will pay for the ships?” (Weekly digest 18): nothing here answers it",
        "dates differ: 30 April 2031 to 1 May 2031",
    ):
        assert words in text


def test_json_holds_all_of_it_with_offsets(compact_brief: Brief) -> None:
    told = json.loads(json.dumps(as_dict(compact_brief)))
    texts = {row["id"]: row["text"] for row in told["documents"]}
    assert [row["right"] for row in told["discrepancies"]] == [None, 1, None]
    assert told["discrepancies"][2]["tellings"][0]["value"] == ""
    assert {arrow["how"] for arrow in told["lineage"]["arrows"]} == {"credits", "copies", "retells"}
    assert len(told["lineage"]["cycles"]) == 1
    keys = {work["key"] for work in told["works"]} | {f"document:{id}" for id in texts}
    assert {arrow["to"] for arrow in told["lineage"]["arrows"]} <= keys
    assert {key for claim in told["shared_claims"] for key in claim["origins"]} <= keys
    merged = next(row for row in told["events"] if row["spread"])
    assert [passage["date"] for passage in merged["passages"]] == ["2031-05-01", "2031-04-30"]
    for rows in (told["questions"], *(row["passages"] for row in told["questions"])):
        assert all(texts[row["document"]][row["start"] : row["end"]] == row["exact"] for row in rows)


def test_long_lists_are_folded(compact_brief: Brief) -> None:
    many = replace(
        compact_brief,
        discrepancies=compact_brief.discrepancies[1:] * 20,
        questions=compact_brief.questions * 20,
        shared=compact_brief.shared * 20,
    )
    html = render(many)
    for summary in ("32 more</summary>", "34 more</summary>", "34 more questions</summary>"):
        assert summary in html
    assert re.search(r"<details[^>]*><summary>34 more</summary>\s*<ul class=\"claims\">", html)
