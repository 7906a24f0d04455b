from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from winset.brief.html import render
from winset.brief.passages import statement_key
from winset.brief.types import Brief

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Outline(HTMLParser):
    """Elements with their attributes, checked to be closed in order; and the text of each <script> and <style>."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]].append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def page(compact_brief: Brief) -> str:
    return render(compact_brief)


@pytest.fixture(scope="module")
def hostile_page(hostile_brief: Brief) -> str:
    return render(hostile_brief)


def test_the_sections_stand_in_order_and_the_documents_after_them(page: str) -> None:
    ids = [attributes["id"] for attributes in outline(page).all("section")]
    assert ids == ["answer", "standing", "passing", "said", "when", "origins", "unknown", "made", "documents"]


def test_the_same_brief_gives_the_same_page(compact_brief: Brief, page: str) -> None:
    assert render(compact_brief) == page


def test_ids_are_unique_and_every_inner_link_leads_somewhere(page: str, many_brief: Brief) -> None:
    for html in (page, render(many_brief)):
        parsed = outline(html)
        ids = Counter(attributes["id"] for _, attributes in parsed.elements if "id" in attributes)
        assert [id for id, number in ids.items() if number > 1] == []
        links = [attributes["href"] for attributes in parsed.all("a") if attributes["href"].startswith("#")]
        assert {link.removeprefix("#") for link in links} <= set(ids)


def test_every_statement_links_to_its_passage_without_javascript(page: str, compact_brief: Brief) -> None:
    parsed = outline(page)
    targets = {attributes["id"] for attributes in parsed.all("span") if attributes.get("class") == "at"}
    linked = {attributes["href"].removeprefix("#") for attributes in parsed.all("a")}
    for coded in compact_brief.statements:
        assert statement_key(coded.id) in targets & linked


def test_the_documents_stand_on_the_page_whole(page: str, compact_brief: Brief) -> None:
    bare = re.sub(r"<[^>]*>", "", page.replace("&#34;", '"').replace("&#39;", "'"))
    for document in compact_brief.documents:
        assert document.text in bare


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(page: str) -> None:
    parsed = outline(page)
    [policy] = [meta["content"] for meta in parsed.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    for kind in ("script", "style"):
        [source] = parsed.raw[kind]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_nothing_on_the_page_is_fetched(page: str, hostile_page: str) -> None:
    for html in (page, hostile_page):
        parsed = outline(html)
        assert not parsed.all("img") + parsed.all("iframe") + parsed.all("object") + parsed.all("form")
        assert [link["href"] for link in parsed.all("link")] == ["data:,"]
        assert all("src" not in script for script in parsed.all("script"))
        assert "url(" not in "".join(parsed.raw["style"])
        assert "@import" not in "".join(parsed.raw["style"])


def test_no_element_carries_script_or_style_of_its_own(page: str, hostile_page: str) -> None:
    for html in (page, hostile_page):
        for _, attributes in outline(html).elements:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_a_strangers_markup_is_shown_and_not_obeyed(hostile_page: str) -> None:
    parsed = outline(hostile_page)
    assert len(parsed.all("script")) == 1
    assert "&lt;/script&gt;&lt;script&gt;document.title=" in hostile_page
    assert "<img" not in hostile_page


def test_an_address_that_is_no_web_address_is_no_link(hostile_page: str) -> None:
    links = [attributes["href"] for attributes in outline(hostile_page).all("a")]
    assert all(link.startswith(("#", "https://")) for link in links)


def test_control_characters_are_made_visible(hostile_page: str) -> None:
    assert "\x00" not in hostile_page
    assert "␀" in hostile_page


def test_statements_about_other_things_are_folded(page: str, compact_brief: Brief) -> None:
    folded = "".join(re.findall(r'<details class="other.*?</details>', page, flags=re.DOTALL))
    for coded in compact_brief.statements:
        assert (statement_key(coded.id) in folded) == (coded.stance.word == "none")


def test_a_talkative_actor_does_not_bury_the_rest(many_brief: Brief) -> None:
    html = render(many_brief)
    assert "more statements about the proposal</summary>" in html
    assert "statements about other things</summary>" in html


def test_members_without_words_are_unknown(page: str) -> None:
    row = re.search(r"<tr><th scope=\"row\"><bdi>Kesh</bdi>.*?</tr>", page)
    assert row is not None
    assert "unknown" in row[0]
    assert "nothing on record" in row[0]


def test_a_large_body_lists_its_silent_members_in_one_row(compact_brief: Brief) -> None:
    silent = next(party for party in compact_brief.parties if party.name == "Kesh")
    more = tuple(replace(silent, actor_id=f"s{n}", name=f"State {n}") for n in range(180))  # type: ignore[arg-type]
    html = render(replace(compact_brief, parties=(*compact_brief.parties, *more)))
    assert '<th scope="row">186 other members</th>' in html
    assert "<bdi>State 179</bdi>" in html


def test_a_brief_with_nothing_on_record_says_so(empty_brief: Brief) -> None:
    html = render(empty_brief)
    assert "No actor has a position, so there is no chart." in html
    assert "<strong>Undecided</strong>" in html
    outline(html)


def test_headings_do_not_skip_a_level(page: str) -> None:
    body = page[: page.index("<dialog")]
    levels = [int(level) for level in re.findall(r"<h([1-6])", body)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_member_that_spoke_without_a_side_is_listed_as_such_and_counted_as_unknown(compact_brief: Brief) -> None:
    spoke = next(party for party in compact_brief.parties if party.position is not None and party.votes)
    parties = tuple(replace(party, position=None) if party is spoke else party for party in compact_brief.parties)
    before, after = render(compact_brief), render(replace(compact_brief, parties=parties))
    assert "about it</a>, no side" in after
    assert "about it</a>, no side" not in before
    unknown = re.compile(r"<dt>unknown</dt><dd>(\d+)</dd>")
    assert [int(unknown.findall(html)[0]) for html in (before, after)] == [6, 7]
