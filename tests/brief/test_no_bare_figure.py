"""No position is ever a number alone: words of a document stand behind it, or the word "assumed" beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from winset.brief.html import render
from winset.brief.json import as_dict
from winset.brief.markdown import render as render_markdown
from winset.brief.types import Brief
from winset.exchange.case_files import load_case
from winset.ids import EvidenceId
from winset.pipeline.brief import compose_brief
from winset.pipeline.reading import read_material

VOID = {"meta", "link", "br", "hr"}
UNITS = {"tr", "li", "p", "dd", "summary", "title", "desc", "text"}  # what a reader takes in at once
WORDED = ("timeline", "precedents", "claims", "side-by-side", "credits", "questions")  # lists of what it rests on
FIGURE = re.compile(r"\d[\s\u00a0]±[\s\u00a0]\d")


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    @property
    def words(self) -> str:
        return "".join(child if isinstance(child, str) else child.words for child in self.children)

    @property
    def up(self) -> Iterator[Element]:
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def links(self) -> list[str]:
        return [each.attributes.get("href", "") for each in self.walk() if each.tag == "a"]

    @property
    def opens_onto_words(self) -> bool:
        return any(link.startswith("#said-") for link in self.links)


class Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = self.here = Element("root", {}, None)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


@pytest.fixture(scope="session")
def shipped_brief(project: Path) -> Brief:
    """The shipped example, as it stood on the day of decision."""
    found = load_case(project / "examples" / "tokyo-office" / "case.yaml")
    assert found.spec is not None
    return compose_brief(found.spec, read_material(found.documents, found.spec), draws=500, as_of=found.spec.issue.on)


@pytest.fixture(
    params=["compact_brief", "empty_brief", "many_brief", "hostile_brief", "assumed_brief", "shipped_brief"]
)
def brief(request: pytest.FixtureRequest) -> Brief:
    found: Brief = request.getfixturevalue(request.param)
    return found


def figures(tree: Tree) -> Iterator[tuple[str, Element]]:
    """Every text that holds a figure with its error, and the element it stands in."""
    for element in tree.root.walk():
        if element.tag in {"script", "style"} or "text" in element.attributes.get("class", "").split():
            continue  # the documents themselves are words
        for child in element.children:
            if isinstance(child, str) and FIGURE.search(child):
                yield child, element


def bare(html: str) -> list[str]:
    """The figures of a page behind which no words stand and beside which nothing says that they are assumed."""
    tree = Tree(html)
    accounts = {
        each.attributes["id"]: each
        for each in tree.root.walk()
        if each.tag == "details" and "account" in each.attributes.get("class", "").split() and each.opens_onto_words
    }
    names = {
        child.words
        for each in accounts.values()
        for child in next(e for e in each.walk() if e.tag == "summary").walk()
        if child.tag == "bdi"
    }

    def stands(element: Element) -> bool:
        unit = next((each for each in element.up if each.tag in UNITS), element)
        if "assumed" in unit.words.lower() or unit.opens_onto_words:
            return True
        if any(each.attributes.get("id") in accounts for each in element.up):
            return True
        return any(link.removeprefix("#") in accounts for link in unit.links)

    def in_chart(words: str, element: Element) -> bool:
        """The chart says each figure after a name whose account stands below."""
        if not any(each.tag == "svg" for each in element.up):
            return False
        before = [part.strip(" :;,.") for part in re.split(r"\d+[\s\u00a0]±[\s\u00a0]\d+", words)[:-1]]
        return all(any(part.endswith(name) for name in (*names, "(assumed)")) for part in before)

    return [words for words, element in figures(tree) if not (stands(element) or in_chart(words, element))]


def test_no_position_on_the_page_is_a_number_alone(brief: Brief) -> None:
    assert bare(render(brief)) == []


def test_the_walk_sees_the_figures_it_is_to_judge(compact_brief: Brief) -> None:
    html = render(compact_brief)
    assert len(list(figures(Tree(html)))) > 30
    assert bare(html.replace('href="#said-', 'href="#nowhere-')) != []
    assert bare(html.replace('class="account', 'class="')) != []


def test_every_position_of_the_tables_leads_to_its_account_or_is_assumed(brief: Brief) -> None:
    tree = Tree(render(brief))
    tables = [each for each in tree.root.walk() if each.tag == "table" and "Position" in each.words]
    rows = [row for table in tables for row in table.walk() if row.tag == "tr"]
    cells = [row for row in rows if re.search(r"\d ±|\d$", row.words)]
    for row in cells:
        assert "assumed" in row.words or any(link.startswith("#position-") for link in row.links), row.words


def test_every_position_in_json_cites_words_or_says_that_it_is_assumed(brief: Brief) -> None:
    exported = json.loads(json.dumps(as_dict(brief)))
    spoken = {row["id"] for row in exported["statements"] if row["contents"] or row["cue"]}
    held = {row["actor_id"]: row for row in exported["positions"]}
    for row in held.values():
        assert row["assumed"] or (row["evidence"] and set(row["evidence"]) <= spoken)
        assert {entry["statement"] for entry in row["contributions"]} <= set(row["evidence"])
        assert sum(entry["weight"] for entry in row["contributions"]) == pytest.approx(1 if row["contributions"] else 0)
        for change in row["would_change"]:
            assert set(change["cites"]) <= spoken
            assert change["assumed"] == change["text"].startswith("Assumed: ") == bool(change["added"])
            assert set(change["statements"]) <= set(row["evidence"])
        for step in (*row["over_time"], *row["shifts"]):
            assert set(step.get("statements", step.get("evidence"))) <= spoken
    for row in (*exported["members"], *exported["others"]):
        assert (row["position"] is not None) == (row["actor_id"] in held)
        assert row["position"] is None or row["on_record"] or held[row["actor_id"]]["assumed"]


def test_every_position_in_markdown_names_its_statements_or_is_assumed(brief: Brief) -> None:
    text = render_markdown(brief)
    for line in text[: text.index("## 3.")].splitlines():
        if FIGURE.search(line):
            assert "assumed" in line.lower() or re.search(r"statement|estimated", line), line


def opens(element: Element) -> bool:
    """Whether a link in it leads to words of a document, as the reader opens them."""
    return any(each.tag == "a" and "data-document" in each.attributes for each in element.walk())


def is_head(row: Element) -> bool:
    """Whether it names the columns of a table."""
    return any(each.attributes.get("scope") == "col" for each in row.walk())


def test_every_count_of_what_it_rests_on_opens_onto_the_words(brief: Brief) -> None:
    """Shared claims, tellings, sources, events, earlier instances and questions: no row is without its words."""
    root = Tree(render(brief)).root
    held = {
        class_: [each for each in root.walk() if class_ in each.attributes.get("class", "").split()]
        for class_ in WORDED
    }
    rows = {
        class_: [row for each in found for row in each.walk() if row.tag in {"li", "tr"} and row.words.strip()]
        for class_, found in held.items()
    }
    for class_, found in rows.items():
        assert [row.words for row in found if not (is_head(row) or opens(row))] == [], class_
    if brief.shared and brief.discrepancies and brief.questions and brief.precedents and brief.events:
        assert all(rows.values())


def test_a_count_of_documents_stands_for_as_many_tellings(brief: Brief) -> None:
    root = Tree(render(brief)).root
    for each in root.walk():
        if "claims" in each.attributes.get("class", "").split():
            for fold in (part for part in each.walk() if part.tag == "details"):
                told = re.search(r"said in (\d+) documents", fold.words)
                assert told is not None
                titles = {part.words for part in fold.walk() if part.tag == "cite"}
                assert len(titles) == int(told[1])


def test_a_position_from_a_coded_data_set_names_it(compact_brief: Brief) -> None:
    """Evidence may be the citation key of a data set instead of statements: then that key stands beside it."""
    kesh = next(entry for entry in compact_brief.parties if entry.name == "Kesh")
    held = next(entry.position for entry in compact_brief.parties if entry.position)
    position = replace(
        held, actor_id=kesh.actor_id, evidence=(EvidenceId("Survey2030"),), contributions=(), method="coded"
    )
    parties = tuple(
        replace(entry, position=position) if entry.name == "Kesh" else entry for entry in compact_brief.parties
    )
    html = render(replace(compact_brief, parties=parties))
    account = html[html.index('data-actor="kesh"') :]
    assert "Survey2030" in account[: account.index("</details>")]
