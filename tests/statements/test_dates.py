"""Dates in words, and the day a statement was made on."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.statements import date_mentions as mentions_of_dates
from winset.statements.dates import date_mentions, said_on, year_of_writing
from winset.statements.segmentation import segments

FRIDAY = PartialDate("2021-03-12")  # a Friday
ACCURACY_FLOOR = 0.95  # of the core statements of the two coded documents; raise it, never lower it quietly


def dates(text: str, published: PartialDate | None = FRIDAY) -> list[str]:
    return [str(mention.date) for mention in date_mentions(text, published=published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 2020-11-05 and 2020/11/5", ["2020-11-05", "2020-11-05"]),
        ("on 5 November 2020, November 5th, 2020 and the 5th of November 2020", ["2020-11-05"] * 3),
        ("Nov. 5, 2020", ["2020-11-05"]),
        ("(2020, November 5)", ["2020-11-05"]),
        ("in November 2020, early November 2020", ["2020-11", "2020-11"]),
        ("in 2016, early 2019 and (since 2017)", ["2016", "2019", "2017"]),
        ("its 2019 strategy", ["2019"]),
        ("spring of 2020", ["2020"]),
        ("14.12.2020, 6/7/2020 and 6/27/2020", ["2020-12-14", "2020", "2020-06-27"]),
        ("le 5 novembre 2020 und am 6. Oktober 2020", ["2020-11-05", "2020-10-06"]),
        ("from 5 to 9 November 2020", ["2020-11"]),
    ],
)
def test_an_explicit_date_is_as_precise_as_its_words(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 5 March", ["2021-03-05"]),
        ("on March 30", ["2020-03-30"]),
        ("They will meet on March 30", ["2021-03-30"]),
        ("in January; in April", ["2021-01", "2020-04"]),
        ("last March, this July, next February", ["2020-03", "2021-07", "2022-02"]),
        ("on Wednesday, last Friday, on Friday, next Monday", ["2021-03-10", "2021-03-05", "2021-03-12", "2021-03-15"]),
        ("It is to vote on Monday", ["2021-03-15"]),
        ("on Wednesday, March 10", ["2021-03-10"]),
        ("yesterday and tomorrow", ["2021-03-11", "2021-03-13"]),
        ("last week, this week", ["2021-03", "2021-03"]),
        ("last month, last year, earlier this year", ["2021-02", "2020", "2021"]),
        ("two days ago, 3 months ago, a year ago, several years ago", ["2021-03-10", "2020-12", "2020"]),
        ("on 3 May last year", ["2020-05-03"]),
        ("last summer", ["2020"]),
    ],
)
def test_a_relative_date_counts_from_the_publication(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


def test_a_week_across_two_months_has_no_month() -> None:
    assert dates("last week", PartialDate("2021-05-05")) == ["2021"]
    assert dates("last week", PartialDate("2021-01-06")) == []


@pytest.mark.parametrize(
    "text",
    [
        "May said she may march.",
        "2000 soldiers marched for 2021 km",
        "It costs 3.5 million.",
        "an 1,999 euro price",
        "on Wednesdays",
        "on 3 May 20233",
        "on 1 January 0000",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert dates(text) == []


def test_without_a_day_of_publication_weekdays_stay_open() -> None:
    assert dates("on Wednesday, yesterday, last week", PartialDate("2021-03")) == []
    assert dates("last month", PartialDate("2021-03")) == ["2021-02"]


def test_without_any_publication_date_the_latest_year_named_as_past_stands_for_it() -> None:
    text = "On May 3rd it opened. It was planned in 2019, begun in April 2020 and should be done by 2035."
    assert year_of_writing(text) == PartialDate("2020")
    assert dates(text, None)[0] == "2020-05-03"
    assert dates("On May 3rd it opened.", None) == []


def test_a_day_without_its_year_says_that_it_was_inferred() -> None:
    found = date_mentions("on 5 March and on 5 March 2021", published=FRIDAY)
    assert [mention.relative for mention in found] == [True, False]


PARTS = [
    "on ",
    "in ",
    "May ",
    "June",
    " 31",
    " 2020",
    "2020-",
    "13",
    "-02",
    "last ",
    "week ",
    "a year ago",
    "\n",
    "9/9/",
    ".",
]


@given(st.lists(st.sampled_from(PARTS)), st.sampled_from(["2020", "2020-02", "2020-02-29", None]))
def test_mentions_lie_in_order_and_are_dates(parts: list[str], published: str | None) -> None:
    text = "".join(parts)
    found = date_mentions(text, published=PartialDate(published) if published else None)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(mention.date.earliest <= mention.date.latest for mention in found)


@given(st.dates(), st.sampled_from(["on {} March", "on {} December", "on {} June"]), st.integers(1, 30))
def test_a_past_day_without_a_year_is_at_most_a_year_old(published: object, words: str, day: int) -> None:
    anchor = PartialDate(str(published))
    for mention in date_mentions(words.format(day), published=anchor):
        assert 0 <= (anchor.latest - mention.date.latest).days <= 366


@given(st.text(max_size=300))
def test_any_text_has_dates_or_none(text: str) -> None:
    for mention in date_mentions(text, published=FRIDAY):
        assert text[mention.start : mention.end].strip()


@pytest.mark.parametrize("piece", ["3 ", "last ", "2023-"])
def test_a_long_run_of_near_dates_holds_none(piece: str) -> None:
    assert date_mentions(piece * 50_000, published=FRIDAY) == ()


def said(text: str, source: str, cue: str, content: str, published: PartialDate | None = FRIDAY) -> str:
    document = Document(name="a.txt", text=text, published=published)

    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    result = said_on(document, source=span(source), cue=span(cue), contents=[span(content)], segments=segments(text))
    return str(result)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reed said on Wednesday that the port would close on Friday.", "2021-03-10"),
        ("On 5 March, Reed said that the port would close.", "2021-03-05"),
        ("Asked Wednesday by a visitor whether it closes, Reed said that it would close.", "2021-03-10"),
        ("Reed said that it would close after the vote of 5 March.", "None"),
        ("Since 2016, Reed said, it would close.", "None"),
        ("Reed said ahead of this week's summit that it would close.", "None"),
        ("Reed said it would close.", "None"),
    ],
)
def test_a_date_counts_where_it_goes_with_the_saying(text: str, expected: str) -> None:
    content = text[text.index("would close") :]
    assert said(text, "Reed", "said", content) == expected


BRIEFING = "Ann Reed answered questions at a March 5 briefing.\n\nReed said the port stays.\n\n{}"


def test_later_sentences_inherit_the_occasion_of_the_same_speaker() -> None:
    assert said(BRIEFING.format("It is old."), "Reed", "said", "the port stays") == "2021-03-05"
    assert said(BRIEFING.format("Reed warned of delays."), "Reed", "warned", "of delays") == "2021-03-05"
    follow_up = "Reed told a press conference on Monday that it closes. “It has to,” she added."
    assert said(follow_up, "she", "added", "It has to") == "2021-03-08"


def test_an_occasion_ends_with_its_speaker_its_tense_and_its_chapter() -> None:
    assert said(BRIEFING.format("Tom Lee warned of delays."), "Tom Lee", "warned", "of delays") == "None"
    assert said(BRIEFING.format("Reed has warned of delays."), "Reed", "has warned", "of delays") == "None"
    assert said(BRIEFING.format("# Later\n\nReed warned of delays."), "Reed", "warned", "of delays") == "None"


def test_a_report_has_the_date_it_was_given_before() -> None:
    text = "A Reuters report on March 3rd told of a port. Nobody knew.\n\nThe Reuters report claims that it closes."
    assert said(text, "The Reuters report", "claims", "it closes") == "2021-03-03"


def test_a_statement_without_any_words_placed_has_no_date() -> None:
    document = Document(name="a.txt", text="On 5 March it closed.")
    assert said_on(document, source=None, cue=None, contents=[], segments=segments(document.text)) is None


def test_dates_agree_with_the_coders(shared: Path) -> None:
    rows = (shared / "data" / "seeds_gold" / "statements_dev.jsonl").read_text(encoding="utf-8").splitlines()
    published = {"000": PartialDate("2023-06-15")}  # printed in that document; the other prints none
    right, asked = 0, 0
    for row in map(json.loads, rows):
        if not row["core"]:
            continue
        text = (shared / "seeds" / row["doc"]).read_text(encoding="utf-8")
        document = Document(name=row["doc"], text=text, published=published.get(row["doc"][:3]))
        source, cue = (tuple(row[key]) if row[key] else None for key in ("source", "cue"))
        contents = [(start, end) for start, end in row["contents"]]
        answer = said_on(document, source=source, cue=cue, contents=contents, segments=segments(text))
        right += str(answer) in [str(accepted) for accepted in row["said_on"]]
        asked += 1
    assert right / asked >= ACCURACY_FLOOR


PARTS_OF_DATES = st.lists(
    st.sampled_from(
        "On in the of May 3 5th 12 March 2020 1999, 6/7/2020 6.6.23 early mid- Sept. '19 last next spring week year"
        " Monday Friday, yesterday (2017) two ago 14.12.2020 novembre de 2020-11-05 to and weekend said it."
        " June’s".split()
    ),
    max_size=10,
).map(" ".join)


@given(PARTS_OF_DATES, st.sampled_from([None, FRIDAY]))
def test_a_pattern_that_is_not_tried_would_have_found_nothing(text: str, published: PartialDate | None) -> None:
    """What lacks a sign that a pattern needs, a digit or a month, is not searched with it."""
    found, written = date_mentions(text, published=published), year_of_writing.__wrapped__(text)
    every = tuple((frozenset[str](), tried) for _, tried in mentions_of_dates._SIGNED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions_of_dates, "_SIGNED", every)
        patch.setattr(mentions_of_dates, "_SIGNS", {"any": re.compile("")})
        patch.setattr(mentions_of_dates, "_HAS_YEAR", re.compile(""))
        year_of_writing.cache_clear()
        assert date_mentions(text, published=published) == found
        assert year_of_writing.__wrapped__(text) == written
    year_of_writing.cache_clear()
