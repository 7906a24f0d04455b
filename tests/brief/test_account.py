from __future__ import annotations

import re
from dataclasses import replace

import pytest

from winset.brief.account import Account, account, interval, nearest_rung
from winset.brief.html import render
from winset.brief.index import Index
from winset.brief.markdown import render as render_markdown
from winset.brief.page import Page
from winset.brief.types import Brief


def of(brief: Brief, name: str) -> Account:
    index = Index(brief)
    found = account(index, next(party for party in brief.parties if party.name == name))
    assert found is not None
    return found


def fold(html: str, name: str) -> str:
    """The account of one actor on the page."""
    start = html.index(f'data-actor="{name}"')
    return re.sub(r"\s+", " ", html[start : html.index("\n</details>", start)])


@pytest.mark.parametrize(
    ("value", "nearest"),
    [(6, "status quo (0)"), (10, "status quo (0)"), (24, "“two visiting officers” (20)"), (93, "the proposal (100)")],
)
def test_a_position_is_named_by_the_nearest_place_of_the_scale(
    compact_brief: Brief, value: float, nearest: str
) -> None:
    assert nearest_rung(value, compact_brief.issue).words == nearest


def test_an_interval_ends_where_the_scale_ends(compact_brief: Brief) -> None:
    position = of(compact_brief, "Arvenia").position
    assert interval(replace(position, value=50.0, std_error=10.0)) == pytest.approx((33.55, 66.45))
    assert interval(replace(position, value=2.0, std_error=60.0)) == (0, 100)


def test_the_statement_that_moved_it_most_comes_first(compact_brief: Brief) -> None:
    movers = of(compact_brief, "Arvenia").movers
    sizes = [abs(mover.contribution.moved) for mover in movers if mover.contribution]
    assert len(sizes) == 7
    assert sizes == sorted(sizes, reverse=True)
    assert (movers[0].moved, movers[0].share, movers[0].side) == ("−7", "25%", "against")
    assert [mover.share for mover in of(compact_brief, "United Isles").movers] == ["all"]


def test_on_a_scale_that_runs_down_lower_is_towards_the_proposal(compact_brief: Brief) -> None:
    down = replace(compact_brief, issue=replace(compact_brief.issue, status_quo=100.0, proposal_value=0.0))
    assert of(down, "Arvenia").movers[0].side == "for"


def test_what_would_change_it_follows_from_the_figures(compact_brief: Brief) -> None:
    assert [claim.text for claim in of(compact_brief, "Arvenia").changes] == [
        "Without the 5 statements from Evening Ledger it would stand at 11 ± 9 instead of 6 ± 5.",
        "Assumed: one firm statement for it in its own words, from a new source, would move it from 6 ± 5 to 15 ± 9.",
        "Assumed: even five such statements, each from another new source, would only bring it to 38 ± 16.",
    ]
    unheard, past = (claim.text for claim in of(compact_brief, "United Isles").changes)
    assert unheard == (
        "Without the one statement from own reporting of ledger.html nothing would be left on record, and it would be"
        " unknown."
    )
    assert past == (
        "Assumed: one firm statement against it in its own words, from a new source, would move it from 64 ± 14 to"
        " 38 ± 17, past the middle."
    )


def test_a_shift_is_told_with_its_day_and_its_words(compact_brief: Brief) -> None:
    [shift] = of(compact_brief, "Boresia").shifts
    assert shift.text == "Boresia moved from 61 to 93 on 2 May 2031, by 32 ± 12 points."
    assert len(shift.cites) == 2


def test_since_when_is_as_precise_as_the_sources(compact_brief: Brief) -> None:
    assert of(compact_brief, "Arvenia").when == "from 28 April 2031 to 2 May 2031"
    assert of(compact_brief, "Boresia").when == "on 2 May 2031"


def test_the_page_tells_of_each_statement_whose_words_how_firm_and_who_read_it(compact_brief: Brief) -> None:
    html = render(compact_brief)
    isles = fold(html, "united-isles")
    for words in (
        "64 ± 14; 90% interval 41 to 87; nearest to <bdi>“a mission limited to one year” (55)</bdi>",
        "0.60 ± 0.15, on a scale of 0 to 1",
        "normal-shrinkage",
        "in its own words",
        "soft (0.6)",
        "conditional",
        "stance read by machine",
        "speaks for 75",
        "all of the weight",
    ):
        assert words in isles, words
    assert "stance coded by A. Coder" in fold(html, "boresia")
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in fold(html, "boresia")


def test_the_likely_blocker_comes_first_and_the_rest_is_folded(compact_brief: Brief) -> None:
    assert [row.name for row in Page(compact_brief).accounts[:2]] == ["Arvenia", "Boresia"]
    arvenia = fold(render(compact_brief), "arvenia")
    assert "3 more statements, each moving it no more" in arvenia
    assert arvenia.index("moved most by statement 3 (−7)") < arvenia.index("What moved it")


def test_the_day_of_the_estimate_stands_in_the_heading(assumed_brief: Brief, compact_brief: Brief) -> None:
    assert "<b>as of 10 May 2031</b>: only what was said by then" in render(assumed_brief)
    assert "as of 10 May 2031: only what was said by then" in render_markdown(assumed_brief)
    assert "only what was said by then" not in render(compact_brief) + render_markdown(compact_brief)


def test_what_is_assumed_has_no_account_and_says_so(assumed_brief: Brief) -> None:
    page = Page(assumed_brief)
    assert "Kesh" not in [row.name for row in page.accounts]
    html = render(assumed_brief)
    row = re.search(r"<tr><th scope=\"row\"><bdi>Kesh</bdi>.*?</tr>", html)
    assert row is not None
    assert "assumed 50\u00a0±\u00a040" in row[0]
    assert "unknown" in row[0]
    assert "<bdi>Kesh</bdi> 50\u00a0±\u00a040 (<bdi>prior: anywhere on the scale</bdi>)" in html


def test_markdown_names_what_moved_the_members_that_decide(compact_brief: Brief) -> None:
    text = render_markdown(compact_brief)
    part = text[text.index("### What moved the members that decide") : text.index("## 3.")]
    assert part.startswith(
        "### What moved the members that decide\n\n**Arvenia** 6 ± 5; 90% interval 0 to 14; nearest to status quo (0)."
    )
    assert "- −7: “The Arvenian president told" in part
    assert "**Boresia**" not in part


def test_without_a_likely_blocker_the_members_on_record_decide(compact_brief: Brief) -> None:
    nobody = replace(compact_brief, forecast=replace(compact_brief.forecast, blockers=()))
    assert [row.name for row in Page(nobody).deciding] == ["Arvenia", "Boresia", "United Isles"]


def test_an_estimator_that_apportions_nothing_still_shows_the_words(compact_brief: Brief) -> None:
    parties = tuple(
        replace(party, position=party.position and replace(party.position, contributions=(), method=""))
        for party in compact_brief.parties
    )
    brief = replace(compact_brief, parties=parties)
    assert len(of(brief, "Arvenia").movers) == 7
    assert "not told" in fold(render(brief), "arvenia")
    assert of(brief, "Arvenia").method == ""
    made = replace(brief.how_made, methods=(("positions", "one-of-them"),))
    assert of(replace(brief, how_made=made), "Arvenia").method == "one-of-them"
