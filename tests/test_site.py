"""The documentation as a web site: built without a warning, asking nobody for anything, saying what the pages say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

PROJECT = Path(__file__).parents[1]
DOCS = PROJECT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
PARTS = {  # what a reader would miss, by XPath
    "code": ".//pre",
    "tables": ".//table",
    "rows": ".//tr",
    "list entries": ".//li",
    "headings": ".//h1|.//h2|.//h3|.//h4",
    "emphases": ".//em|.//strong",
}


def name(path: Path) -> str:
    """As the test's id."""
    return path.relative_to(DOCS).as_posix()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the site, and what was said while it was built. `make site` takes a warning for an error."""
    folder = tmp_path_factory.mktemp("site")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    line = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--site-dir", str(folder)]
    done = subprocess.run(line, cwd=PROJECT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder, done.stderr


@pytest.fixture(scope="module")
def site(built: tuple[Path, str]) -> Path:
    """The folder of the site."""
    return built[0]


def article(page: Path, site: Path) -> html.HtmlElement:
    """What a page of docs/ says on the site, without what the theme adds."""
    there = site / page.relative_to(DOCS).with_suffix(".html")
    [found] = html.fromstring(there.read_text(encoding="utf-8")).xpath("//article")
    for added in found.xpath(".//a[@class='headerlink']|.//aside"):
        added.drop_tree()
    return found


def letters(element: html.HtmlElement) -> str:
    """The letters and digits of the text."""
    return re.sub(r"\W", "", str(element.text_content()))


def test_it_is_built_without_a_warning(built: tuple[Path, str]) -> None:
    assert [line for line in built[1].splitlines() if not line.startswith("INFO")] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_says_on_the_site_what_it_says_on_a_code_host(page: Path, site: Path) -> None:
    there = article(page, site)
    rendered = MarkdownIt("commonmark").enable("table").render(page.read_text(encoding="utf-8"))
    here = html.fromstring(f"<div>{rendered}</div>")
    assert letters(there) == letters(here)
    for what, path in PARTS.items():
        assert len(there.xpath(path)) == len(here.xpath(path)), f"{what}: in lists indent by 4, and fence code with ```"


def test_every_page_is_in_the_navigation(site: Path) -> None:
    linked = set()
    for built in site.rglob("*.html"):
        page = html.fromstring(built.read_text(encoding="utf-8"))
        for target in page.xpath("//nav//a/@href"):
            linked.add((built.parent / str(target).partition("#")[0]).resolve())
    assert [name(page) for page in PAGES if (site / name(page)).with_suffix(".html").resolve() not in linked] == []


def test_the_navigation_has_four_parts(site: Path) -> None:
    start = html.fromstring((site / "index.html").read_text(encoding="utf-8"))
    tabs = [" ".join(tab.text_content().split()) for tab in start.xpath("//nav[contains(@class, 'md-tabs')]//a")]
    assert tabs == ["Start", "Tutorial", "How to", "Reference", "Explanation"]


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    for built in [*site.rglob("*.html"), *site.rglob("*.css")]:
        text = built.read_text(encoding="utf-8")
        asked = re.findall(r"url\(['\"]?(https?:[^)]*)", text)
        if built.suffix == ".html":
            page = html.fromstring(text)
            asked += page.xpath("//@src|//link/@href|//form/@action|//object/@data")
        assert [address for address in asked if re.match(r"(?:https?:)?//", str(address))] == [], built


def test_every_link_of_the_site_leads_to_a_page_and_a_place_in_it(site: Path) -> None:
    pages = {built.resolve(): html.fromstring(built.read_text(encoding="utf-8")) for built in site.rglob("*.html")}
    places = {built: set(map(str, page.xpath("//@id"))) for built, page in pages.items()}
    for built, page in pages.items():
        if built.name == "404.html":  # its links are those of the site's root
            continue
        for target in map(str, page.xpath("//a/@href")):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, place = target.partition("#")
            aim = (built.parent / path).resolve() if path else built
            assert aim.exists(), f"{built}: {target}"
            assert not place or aim not in places or place in places[aim], f"{built}: {target}"


def test_the_search_finds_words_of_every_page_without_a_server(site: Path) -> None:
    script = (site / "search" / "search_index.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("var __index = ").removesuffix(";\n"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert found >= {name(page.with_suffix(".html")) for page in PAGES}
    assert "folder-search.js" in (site / "index.html").read_text(encoding="utf-8")


def test_prompts_and_answers_are_marked_so_that_copying_leaves_them_out(site: Path) -> None:
    for page in PAGES:
        for line in article(page, site).xpath(".//pre"):
            shown = str(line.text_content())
            if re.search(r"^>>> ", shown, flags=re.M):
                assert line.xpath(".//span[contains(concat(' ', @class, ' '), ' gp ')]"), f"{name(page)}: {shown[:80]}"
