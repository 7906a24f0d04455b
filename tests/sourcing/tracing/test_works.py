"""All credits that mean one report, document, occasion or person are one work; two reports of one paper are two."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sourcing.made import Made, made, read_all

from winset.sourcing.tracing.same_address import address_key, nearly_equal
from winset.sourcing.tracing.works import works
from winset.sourcing.types import Work

PAGE = "https://www.reuters.com/world/larkhaven-to-get-field-station"


def of(*documents: Made) -> tuple[Work, ...]:
    return works(*read_all(*documents))


def with_credit(
    name: str, text: str, words: str, origin: str, kind: str = "medium", *, published: str | None = None, **told: Any
) -> Made:
    document = made(name, text, published=published)
    document.credits_(words, origin, kind, **told)
    return document


def undated(name: str = "undated") -> Made:
    text = "Reuters revealed that the council wants a field station in Larkhaven."
    return with_credit(name, text, "Reuters revealed", "Reuters")


def dated(name: str = "dated") -> Made:
    text = "A Reuters report on May 3rd said the council plans a field station in Larkhaven."
    return with_credit(name, text, "A Reuters report on May 3rd", "Reuters", dated="2031-05-03")


def noted(name: str = "noted") -> Made:
    text = f"The council plans a field station.[1]\n\n[1] 2031/5/3 REUTERS {PAGE}"
    entry = f"[1] 2031/5/3 REUTERS {PAGE}"
    return with_credit(name, text, "[1]", "Reuters", "reference", dated="2031-05-03", url=PAGE, marker="1", entry=entry)


def listed(name: str = "listed") -> Made:
    entry = f"Ames, K. (2031, May 3). Larkhaven to get field station. Reuters. {PAGE}/"
    told = {"dated": "2031-05-03", "url": f"{PAGE}/", "title": "Larkhaven to get field station"}
    return with_credit(name, f"Some text.\n\n{entry}", entry, "Reuters", "reference", **told)


def test_four_ways_to_credit_one_report_are_one_work() -> None:
    (work,) = of(undated(), dated(), noted(), listed())
    assert (work.name, work.medium, work.title) == ("Reuters, 3 May 2031", "Reuters", "Larkhaven to get field station")
    assert len(work.document_ids) == len(work.credits) == 4


def test_two_reports_of_one_newspaper_are_two() -> None:
    later = with_credit(
        "later", "Reuters said on 11 July it was dropped.", "Reuters said on 11 July", "Reuters", dated="2031-07-11"
    )
    assert [work.name for work in of(dated(), later)] == ["Reuters, 11 July 2031", "Reuters, 3 May 2031"]


def test_two_pages_of_one_medium_are_two_though_nothing_else_is_told() -> None:
    one = with_credit("one", f"See {PAGE} now.", PAGE, "Reuters", "link", url=PAGE)
    two = with_credit("two", f"See {PAGE}-2 now.", f"{PAGE}-2", "Reuters", "link", url=f"{PAGE}-2")
    first, second = of(one, two)
    assert first.key != second.key


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("https", "http"),
        f"{PAGE}/?utm_source=post&utm_medium=x",
        PAGE.replace("www.", "m."),
        f"{PAGE}/amp/",
        f"{PAGE}#part-2",
        PAGE.replace("www.", "WWW."),
    ],
)
def test_one_page_has_many_addresses(other: str) -> None:
    assert address_key(other) == address_key(PAGE)


def test_a_query_that_chooses_the_page_counts() -> None:
    assert address_key("https://a.example/read?id=1") != address_key("https://a.example/read?id=2")


@pytest.mark.parametrize(
    ("slip", "same"),
    [
        ("reuters.com/world/larkhaven-to-get-fild-station", True),
        ("reuters.com/world/larkhaven-to-get-feild-station", True),
        ("reuters.com/world/larkhaven-to-lose-field-station", False),
        ("reuters.co/world/larkhaven-to-get-field-station", False),
    ],
)
def test_an_address_with_a_slip_is_nearly_equal(slip: str, same: bool) -> None:
    assert nearly_equal(slip, address_key(PAGE)) is same


def test_addresses_that_differ_by_a_digit_are_two_pages() -> None:
    assert not nearly_equal("paper.example/world/articles/2031/258593", "paper.example/world/articles/2031/258594")


def test_a_lost_letter_in_the_address_of_one_title_makes_no_second_work() -> None:
    one, two = listed("one"), noted("two")
    slip = PAGE.replace("field", "feld")
    two.credits.clear()
    title = "Larkhaven to get field station"
    two.credits_("[1]", "Reuters", "reference", dated="2031-05-04", url=slip, title=title, marker="1")
    (work,) = of(one, two)
    assert work.url in {f"{PAGE}/", slip}
    assert len(work.document_ids) == 2


def test_the_day_most_documents_give_is_the_works() -> None:
    other_day = with_credit(
        "day off",
        "On 4 May Reuters reported that the council plans a field station in Larkhaven.",
        "On 4 May Reuters reported",
        "Reuters",
        dated="2031-05-04",
    )
    (work,) = of(dated(), listed(), other_day)
    assert str(work.dated) == "2031-05-03"


def test_reports_of_neighbouring_days_on_other_topics_stay_apart() -> None:
    wheat = with_credit(
        "wheat", "On 4 May Reuters reported that wheat grew dear.", "On 4 May Reuters reported", "Reuters",
        dated="2031-05-04",
    )  # fmt: skip
    assert len(of(dated(), wheat)) == 2


def test_an_undated_credit_means_the_report_it_shares_most_words_with() -> None:
    wheat = with_credit(
        "wheat", "Reuters reported on 9 May that wheat exports fell in Northmark.", "Reuters reported on 9 May",
        "Reuters", dated="2031-05-09",
    )  # fmt: skip
    first, second = of(undated(), dated(), wheat)
    assert (first.name, len(first.credits)) == ("Reuters, 3 May 2031", 2)
    assert second.name == "Reuters, 9 May 2031"


def test_where_no_report_fits_the_medium_alone_is_the_work() -> None:
    wheat = with_credit("wheat", "Reuters reported that wheat exports fell.", "Reuters reported", "Reuters")
    late = with_credit(
        "late", "A Reuters report of 9 May told of bridges.", "A Reuters report of 9 May", "Reuters", dated="2031-05-09"
    )
    bare = next(work for work in of(wheat, late, dated()) if work.dated is None)
    assert bare.name == "Reuters (which report is not told)"


def test_no_report_is_meant_that_was_not_published_yet() -> None:
    early = with_credit(
        "early", "Reuters revealed that the council wants a field station in Larkhaven.", "Reuters revealed",
        "Reuters", published="2031-04-30",
    )  # fmt: skip
    assert len(of(early, dated())) == 2


def test_a_listed_title_that_is_a_document_here_is_that_document() -> None:
    here = made("a.txt", "Body of it.", title="Why the field station comes too late", published="2031-06-02")
    entry = "Ode, B. (2031, June 2). Why the field station comes too late. Harbour Notes."
    citing = with_credit("b", f"Text.\n\n{entry}", entry, "Harbour Notes", "reference", dated="2031-06-02")
    (work,) = of(citing, here)
    assert (work.document_id, work.key) == (here.id, f"document:{here.id}")


def test_a_title_of_another_year_is_another_text() -> None:
    here = made("a.txt", "Body of it.", title="Why the field station comes too late", published="2031-06-02")
    entry = "Ode, B. (2019, June 2). Why the field station comes too late. Harbour Notes."
    citing = with_credit("b", f"Text.\n\n{entry}", entry, "Harbour Notes", "reference", dated="2019-06-02")
    (work,) = of(citing, here)
    assert work.document_id is None


def test_a_link_to_the_address_of_a_document_here_is_that_document() -> None:
    here = made("a.txt", "Body of it.", source_url=PAGE)
    citing = with_credit("b", f"See {PAGE}?utm_source=x now.", PAGE, "Reuters", "link", url=f"{PAGE}?utm_source=x")
    (work,) = of(citing, here)
    assert work.document_id == here.id


def test_medium_day_and_author_name_a_document_here() -> None:
    here = made("a.txt", "Body.", publisher="Reuters", published="2031-05-03", authors=("Kim Ames",))
    entry = "Ames, K. (2031, May 3). Another headline of the same. Reuters."
    told = {"dated": "2031-05-03", "title": "Another headline of the same"}
    citing = with_credit("b", f"Text.\n\n{entry}", entry, "Reuters", "reference", **told)
    (work,) = of(citing, here)
    assert work.document_id == here.id


def test_what_the_publisher_itself_was_told_is_the_document_itself() -> None:
    here = made("a.txt", "Reed told Reuters that it closes.", publisher="Reuters")
    here.credits_("told Reuters", "Reuters")
    (work,) = of(here)
    assert work.document_id == here.id


def test_one_briefing_under_two_names_is_one_occasion() -> None:
    one = made("one", "At a June 6 briefing Wei Lun said the lake is not theirs.")
    said = one.says("Wei Lun", "said", "the lake is not theirs", speaker="Wei Lun", actor="SYL", on="2031-06-06")
    one.credits_("a June 6 briefing", "briefing of Wei Lun", "occasion", dated="2031-06-06", to=(said,))
    two = made("two", "The ministry said at its June 6 press conference that the lake is not theirs.")
    said = two.says("The ministry", "said", "the lake is not theirs", actor="SYL", on="2031-06-06")
    two.credits_(
        "its June 6 press conference", "press conference of the ministry", "occasion", dated="2031-06-06", to=(said,)
    )
    (work,) = of(one, two)
    assert work.kind == "occasion"
    assert len(work.document_ids) == 2


def test_an_entry_that_lists_the_press_conference_is_that_occasion() -> None:
    one = made("one", "At a June 6 briefing Wei Lun said the lake is not theirs.")
    said = one.says("Wei Lun", "said", "the lake is not theirs", speaker="Wei Lun", actor="SYL", on="2031-06-06")
    one.credits_("a June 6 briefing", "briefing of Wei Lun", "occasion", dated="2031-06-06", to=(said,))
    entry = "Foreign Ministry of Sylvania. (2031, June 6). Spokesperson Wei Lun's Regular Press Conference. mfa.example"
    title = "Spokesperson Wei Lun's Regular Press Conference"
    two = with_credit("two", f"Text.\n\n{entry}", entry, title, "reference", dated="2031-06-06", title=title)
    (work,) = of(one, two)
    assert work.kind == "occasion"


def test_two_speakers_on_one_day_are_two_occasions() -> None:
    documents = []
    for name, actor in (("Wei Lun", "SYL"), ("Ada Roe", "NOR")):
        document = made(name, f"At a June 6 briefing {name} said no.")
        said = document.says(name, "said", "no", speaker=name, actor=actor, on="2031-06-06")
        document.credits_("a June 6 briefing", f"briefing of {name}", "occasion", dated="2031-06-06", to=(said,))
        documents.append(document)
    assert len(of(*documents)) == 2


def test_undated_occasions_of_two_documents_are_not_joined() -> None:
    documents = []
    for name in ("one", "two"):
        document = made(name, f"Wei Lun said no at a briefing, {name} wrote.")
        said = document.says("Wei Lun", "said", "no", speaker="Wei Lun", actor="SYL")
        document.credits_("a briefing", "briefing of Wei Lun", "occasion", to=(said,))
        documents.append(document)
    first, second = of(*documents)
    assert first.key != second.key


def test_a_document_with_a_name_is_one_work_wherever_it_is_named() -> None:
    one = with_credit("one", "Its 2029 Northern Compass says so.", "Its 2029 Northern Compass", "2029 Northern Compass",
                      "document", dated="2029")  # fmt: skip
    two = with_credit("two", "The 2029 Northern Compass calls it so.", "The 2029 Northern Compass",
                      "the 2029 Northern Compass", "document", dated="2029")  # fmt: skip
    (work,) = of(one, two)
    assert len(work.document_ids) == 2


def test_a_communique_without_a_name_is_not_the_one_of_another_text() -> None:
    one = with_credit(
        "one", "The summit's communique says so.", "The summit's communique", "summit's communique", "document"
    )
    two = with_credit("two", "The communique of a summit.", "The communique", "summit's communique", "document")
    first, second = of(one, two)
    assert first.key != second.key


def test_a_surname_is_the_only_person_who_has_it() -> None:
    one = with_credit("one", "Ada Roe said no.", "Ada Roe said", "Ada Roe", "person")
    two = with_credit("two", "Roe said no.", "Roe said", "Roe", "person")
    (work,) = of(one, two)
    assert work.name == "Ada Roe"


def test_a_link_that_leads_nowhere_is_no_source() -> None:
    assert of(with_credit("one", "See [this](#) now.", "[this](#)", "this", "link")) == ()


def test_works_do_not_depend_on_the_order_of_documents() -> None:
    documents = [undated(), dated(), noted(), listed()]
    assert {work.key for work in of(*documents)} == {work.key for work in of(*reversed(documents))}


def test_no_documents_no_works() -> None:
    assert works((), ()) == ()


def test_reports_of_one_newspaper_with_less_precise_days_join_no_other_document_s_report() -> None:
    ninth = "- The Tidewater Times, 9 July 2031, on the message to the warden."
    both = "- The Tidewater Times, reports from Larkhaven, July 2031."
    one = with_credit("one", ninth, ninth, "Reuters", "reference", dated="2031-07-09", entry=ninth)
    two = with_credit("two", both, both, "Reuters", "reference", dated="2031-07", entry=both)
    assert [work.name for work in of(one, two)] == ["Reuters, 9 July 2031", "Reuters, July 2031"]


def listing(text: str, words: str) -> Made:
    """A text that lists two reports of one medium, and credits the medium in `words`."""
    first = "Ames, K. (2031, May 3). Council to open field station, deepening ties with the lakes. Reuters."
    last = "Ames, K. (2031, July 19). Why is the council looking inland? Reuters."
    document = made("listing", f"{text}\n\n{first}\n\n{last}", published="2031-08-02")
    document.credits_(words, "Reuters")
    for entry, day in ((first, "2031-05-03"), (last, "2031-07-19")):
        title = entry.split("). ")[1].removesuffix(" Reuters.").rstrip(".")
        document.credits_(entry, "Reuters", "reference", dated=day, entry=entry, title=title)
    return document


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("According to Reuters, ties with the lakes are deepening by the field station.", "Reuters, 3 May 2031"),
        (
            "The talks of 11 July 2031 failed. According to Reuters, all wanted deepening ties with the lakes.",
            "Reuters (which report is not told)",
        ),
        ("According to Reuters, bread became dearer.", "Reuters (which report is not told)"),
    ],
)
def test_of_several_reports_that_a_document_lists_the_topic_decides_and_none_is_older_than_its_story(
    text: str, named: str
) -> None:
    found = of(listing(text, "According to Reuters"))
    assert [work.name for work in found if any(row.anchor.exact == "According to Reuters" for row in work.credits)] == [
        named
    ]


def test_the_only_report_that_a_document_lists_goes_before_those_of_other_documents() -> None:
    own = "- Reuters, report from Larkhaven, 11 July 2031."
    document = made("own", f"The plan was dropped, Reuters wrote.\n\n{own}", published="2031-07-13")
    document.credits_("Reuters wrote", "Reuters")
    document.credits_(own, "Reuters", "reference", dated="2031-07-11", entry=own)
    found = of(dated(), noted(), document)
    (meant,) = [work for work in found if any(row.anchor.exact == "Reuters wrote" for row in work.credits)]
    assert meant.name == "Reuters, 11 July 2031"


def test_a_report_of_which_only_the_address_is_told_is_called_by_its_medium() -> None:
    (work,) = of(with_credit("one", f"See {PAGE} now.", PAGE, "Reuters", "link", url=PAGE))
    assert (work.name, work.url) == ("Reuters (date not told)", PAGE)


def test_a_document_of_somebody_is_called_by_what_it_is() -> None:
    text = "The summit’s communiqué says nothing."
    (work,) = of(
        with_credit("one", text, "The summit’s communiqué", "summit’s communiqué", "document", dated="2031-05")
    )
    assert work.name == "Communiqué of the summit, May 2031"


@pytest.mark.parametrize(("day", "one_report"), [("9/3/2031", True), ("3.9.2031", True), ("9/4/2031", False)])
def test_a_link_in_a_mediums_name_beside_a_day_is_its_report_of_that_day(day: str, one_report: bool) -> None:
    listed = made("one", "Nikkei Asia wrote on 3 September that ninety wardens would guard the ferry.")
    listed.credits_("Nikkei Asia", "Nikkei Asia", dated="2031-09-03")
    linked = made("two", f"It was made public on {day} by Nikkei Asia: ninety wardens to guard the ferry.")
    linked.credits_(
        "Nikkei Asia", "Nikkei Asia", "link", url="https://asia.nikkei.com/politics/wardens", title="Nikkei Asia"
    )
    found = works(*read_all(listed, linked))
    assert (len(found) == 1) is one_report
