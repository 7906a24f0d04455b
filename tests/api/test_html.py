"""What a notebook shows: documents are hostile, and nothing of theirs is ever markup."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import winset as ws
from winset.api import html

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
ASKED: dict[str, Any] = {"proposal": f"Open a training centre {SCRIPT}", "body": "nato", "on": "2024-07-09"}
SAYING = "says the French foreign minister"
TEXTS = {
    f"monday{IMAGE}.txt": f"Norway supports the training centre, its foreign minister said. {SCRIPT} It costs $x_1$.",
    "tuesday.txt": f"Hungary opposes the training centre. “We reject {SCRIPT} the centre,” {SAYING}. {IMAGE}",
    "wednesday.txt": "Norway said that the centre \u202ewas wrong\x07. \x00",
}
ALLOWED = set(
    "div style p b br i span bdi mark blockquote table thead tbody tr th td details summary"
    " svg g rect line circle path polygon polyline text tspan title desc defs".split()
)


class Seen(HTMLParser):
    """Every element and attribute of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in ("br",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, words: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(words)


def is_sound(page: str) -> Seen:
    """Only our own elements, each closed; no script, no address, nothing that runs."""
    seen = Seen(page)
    assert seen.open == []
    for tag, attributes in seen.tags:
        assert tag in ALLOWED, tag
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            assert name not in ("href", "src", "xlink:href"), name
            assert "url(" not in (value or "")
            assert name != "style" or set(value or "") <= set("abcdefghijklmnopqrstuvwxyz0123456789.:;%- ")
    return seen


@pytest.fixture(scope="module")
def hostile() -> ws.Case:
    """A case of documents that would run something."""
    return ws.case(TEXTS, options={f"half {IMAGE}": 50}, **ASKED)


def shown(case: ws.Case) -> Iterator[Any]:
    """All that shows itself."""
    yield case
    names = "documents statements positions contributions discrepancies timeline origins sources over_time rejected"
    yield from (getattr(case, name) for name in names.split())
    for row in case.statements:
        statement = case.statement(row["id"])
        yield statement
        yield from statement.words
    yield from (case.document(row["id"]) for row in case.documents)
    yield from (case.position(row["actor"]) for row in case.positions.where(on_record=True))
    decision = ws.decide(case, what_if={f"soft {SCRIPT}": {"Hungary": 60}}, draws=100)
    yield decision
    yield from (decision.summary(), decision.blockers(), decision.options(), decision.concessions())
    network = case.network()
    yield from (network, network.edges, network.actors)
    yield from (case.ask(f"Who opposes the centre {IMAGE}?"), case.brief(), case.brief().claims)
    yield from (ws.attribute(TEXTS["tuesday.txt"]), ws.who(f"the minister {SCRIPT}"), ws.members("nato"))


def test_nothing_of_a_document_is_markup(hostile: ws.Case) -> None:
    pages = [each._repr_html_() for each in shown(hostile)]
    assert len(pages) > 30
    seen = [is_sound(page) for page in pages]
    assert any(SCRIPT in "".join(each.words) for each in seen), "it is shown, as words"
    for page in pages:
        assert SCRIPT not in page
        assert IMAGE not in page
        assert "\x00" not in page
        assert "mathjax_ignore" in page, "a dollar sign in a document is no formula"


def test_directions_do_not_leak_out_of_words(hostile: ws.Case) -> None:
    page = hostile.document("wednesday.txt")._repr_html_()
    assert "\u202e" not in page, "what turns writing round is shown, and turns nothing round"
    before, _, after = page.partition("\ufffdwas wrong")
    assert before.rindex("<bdi>") > before.rindex("</bdi>")
    assert after.startswith("</bdi>")


def test_the_words_behind_a_position_are_marked_in_its_table(tokyo: ws.Case) -> None:
    seen = is_sound(tokyo.positions._repr_html_())
    text = "".join(seen.words)
    assert "9 statements, 5 origins" in text
    assert "the plan for a NATO office in Tokyo" in text
    assert "Nothing on record: Albania" in text
    assert "United Kingdom" in text, "who is silent is named, all of them"
    kinds = {attributes.get("class") for tag, attributes in seen.tags if tag == "mark"}
    assert kinds == {"source", "cue", "content"}


def test_words_are_marked_where_they_stand(tokyo: ws.Case) -> None:
    statement = tokyo.statement(tokyo.statements.where(represents="France", stance="oppose")[0]["id"])
    page = statement._repr_html_()
    for part in statement.words:
        assert f'<mark class="{part.role}"><bdi>{part.exact}</bdi></mark>' in page
    assert "".join(Seen(page).words).count(statement.exact) == 1


@given(
    text=st.text(min_size=1, max_size=80),
    spans=st.lists(st.tuples(st.integers(0, 79), st.integers(1, 80), st.sampled_from(["cue", "content"])), min_size=1),
    around=st.sampled_from([None, 0, 5, 200]),
)
def test_marked_text_is_the_text_whatever_the_spans(
    text: str, spans: list[tuple[int, int, str]], around: int | None
) -> None:
    inside = [(min(start, len(text) - 1), min(end, len(text)), kind) for start, end, kind in spans]
    inside = [(start, max(end, start + 1), kind) for start, end, kind in inside]
    page = html.marked(text, inside, around=around)
    words = "".join(is_sound(f"<p>{page}</p>").words)
    if around is None:
        from winset.brief.html import visible

        assert words.replace("\r\n", "\n").replace("\r", "\n") == str(visible(text))


def test_a_bar_stays_on_its_scale() -> None:
    assert html.bar(None, None, None) == ""
    seen = is_sound(html.bar(17.9, 0.0, 50.3, stands="against", told='"><b>'))
    assert [attributes.get("style") for tag, attributes in seen.tags if tag in "ib"] == [
        *("left:0.0%;width:50.3%", "left:17.9%"),
    ]


def test_printed_tables_hold_no_control_characters(hostile: ws.Case) -> None:
    for each in shown(hostile):
        assert not {"\x00", "\x07", "\x1b"} & set(repr(each))
