"""How the pages become a web site: functions that mkdocs calls by their names (mkdocs.yml).

The pages are written to be read on a code host and to run as doctests. On the site some things differ: the navigation
is made of what index.md lists; links that leave docs/ lead to pages made of those files, or are no links; keys of the
bibliography are links; the prompts of examples are marked as such, so that copying an example leaves them out.
"""

from __future__ import annotations

import json
import posixpath
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

PROJECT = Path(__file__).parents[1]
DOCS = PROJECT / "docs"
PARTS = {  # headings of index.md, and what their parts are called in the navigation
    "Learn it": "Tutorial",
    "Do something with it": "How to",
    "Look something up": "Reference",
    "Understand it": "Explanation",
}
BROUGHT_IN = {  # files outside docs/, and notebooks, that are pages of the site
    "docs/tutorial/tokyo-office.ipynb": "tutorial/tokyo-office-notebook.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md",
    "SECURITY.md": "project/security.md",
    "benchmarks/README.md": "project/benchmarks.md",
    "examples/fisheries/README.md": "project/examples-fisheries.md",
}
UNLISTED = ("project/changelog.md", "project/security.md", "project/benchmarks.md", "project/examples-fisheries.md")
BIBLIOGRAPHY = "reference/bibliography.md"
_LINK = re.compile(r"(?<!!)\[(?P<label>[^\[\]]*)\]\((?P<target>[^)\s]+)\)")
_FENCED = r"^ *```(?P<language>\w*)\n(?P<code>.*?)^ *```$"
_SESSION = r"(?<=\n\n)(?P<session> {4}>>> (?:[^\n]*\n(?: *\n(?= {4}))*(?= {4}))*[^\n]*)$"  # by indentation alone
_EXAMPLE = re.compile(f"{_FENCED}|{_SESSION}", re.M | re.S)
_KEY = re.compile(r"\b[A-Za-z]+\d{4}[a-z]?\b")
_NOT_KEYS = re.compile(r"(`[^`\n]+`|!?\[[^\[\]]*\]\([^)\s]+\)|^ {4}.*$|^#.*$)", re.M)  # code, links, headings


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Navigation from index.md: a tab for each of its parts, a section for each heading in it."""
    config.nav = navigation()
    return config


def navigation() -> list[Any]:
    """What index.md lists, in its order; a page that stands for a folder is followed by those it links to there."""
    entries: list[Any] = [{"Start": "index.md"}]
    listed = {"index.md"}
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        title, _, body = part.partition("\n")
        pages: list[Any] = []
        entries.append({PARTS.get(title, title): pages})
        for number, section in enumerate(re.split(r"^### ", body, flags=re.M)):
            heading, _, lines = section.partition("\n") if number else ("", "", section)
            found = [_entry(page) for page in _pages(lines) if page not in listed]
            listed |= set(_pages(lines))
            if found:
                pages.extend([{heading: found}] if heading else found)
    return entries


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages made of files outside docs/, and of notebooks."""
    for path, uri in BROUGHT_IN.items():
        text = (PROJECT / path).read_text(encoding="utf-8")
        files.append(File.generated(config, uri, content=_notebook(text) if path.endswith(".ipynb") else text))
    for uri in UNLISTED:
        files.src_uris[uri].inclusion = files.src_uris[uri].inclusion.NOT_IN_NAV
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """The page as the site shows it."""
    uri = page.file.src_uri
    if uri == "index.md":
        page.meta["hide"] = ["navigation"]  # it is the navigation
    source = next((path for path, made in BROUGHT_IN.items() if made == uri), f"docs/{uri}")
    parts, at = [], 0
    for example in _EXAMPLE.finditer(markdown):
        parts += [_prose(markdown[at : example.start()], uri, source), _code(example)]
        at = example.end()
    return "".join([*parts, _prose(markdown[at:], uri, source)])


def on_post_build(config: MkDocsConfig) -> None:
    """The index of the search as a script too: a page opened from a folder may load scripts, and nothing else."""
    search = Path(config.site_dir) / "search"
    index = json.loads((search / "search_index.json").read_text(encoding="utf-8"))
    (search / "search_index.js").write_text(f"var __index = {json.dumps(index)};\n", encoding="utf-8")


def _pages(markdown: str) -> list[str]:
    """The pages that a piece of index.md links to, each once."""
    found = []
    for match in _LINK.finditer(markdown):
        path = posixpath.normpath(posixpath.join("docs", match["target"].partition("#")[0]))
        uri = BROUGHT_IN.get(path) or path.removeprefix("docs/")
        if uri.endswith(".md") and not uri.startswith(".."):
            found.append(uri)
    return list(dict.fromkeys(found))


def _notebook(text: str) -> str:
    """A notebook as a page: its words, its code, and what each cell answered when it was last run."""
    parts = []
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for output in cell.get("outputs", []):
            shown = {kind: "".join(words) for kind, words in output.get("data", {}).items() if "json" not in kind}
            picture = next((shown[kind] for kind in ("text/html", "image/svg+xml") if kind in shown), None)
            if picture:
                parts.append('<div class="answer">' + re.sub(r"\n\s*\n", "\n", picture) + "</div>")
            elif plain := "".join(output.get("text", "")) or shown.get("text/plain", ""):
                parts.append(f"```text\n{plain.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def _entry(uri: str) -> Any:
    """A page, or a section of an overview and the pages of its folder."""
    folder = DOCS / uri.removesuffix(".md")
    if not folder.is_dir():
        return uri
    text = (DOCS / uri).read_text(encoding="utf-8")
    title = re.search(r"^# (.+)$", text, flags=re.M)
    linked = [
        posixpath.normpath(posixpath.join(posixpath.dirname(uri), each["target"])) for each in _LINK.finditer(text)
    ]
    below = [each for each in dict.fromkeys(linked) if posixpath.dirname(each) == uri.removesuffix(".md")]
    return {title[1] if title else uri: [{"Overview": uri}, *below]}


def _prose(markdown: str, uri: str, source: str) -> str:
    """Text without examples: its links, and the keys of the bibliography where methods name their sources."""

    def link(match: re.Match[str]) -> str:
        target, _, fragment = match["target"].partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        aim = BROUGHT_IN.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        if aim is None:
            return match["label"]
        there = posixpath.relpath(aim, posixpath.dirname(uri) or ".")
        return f"[{match['label']}]({there}{'#' if fragment else ''}{fragment})"

    markdown = _LINK.sub(link, markdown)
    return _with_keys(markdown, uri) if uri.startswith("reference/") and uri != BIBLIOGRAPHY else markdown


def _with_keys(markdown: str, uri: str) -> str:
    """Keys of the bibliography that stand in the text by themselves, as links."""
    page = posixpath.relpath(BIBLIOGRAPHY, posixpath.dirname(uri))
    known = _keys()

    def link(match: re.Match[str]) -> str:
        return f"[{match[0]}]({page}#{match[0].lower()})" if match[0] in known else match[0]

    parts = _NOT_KEYS.split(markdown)
    return "".join(part if number % 2 else _KEY.sub(link, part) for number, part in enumerate(parts))


@cache
def _keys() -> frozenset[str]:
    text = (DOCS / "bibliography.bib").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^@\w+\{\s*([^,\s]+)\s*,", text, flags=re.M))


def _code(example: re.Match[str]) -> str:
    """An example; one with prompts is a session, whose prompts and answers are marked as such."""
    if example["session"]:
        return f"```pycon\n{textwrap.dedent(example['session'])}\n```"
    if example["language"] == "python" and re.search(r"^ *>>> ", example["code"], flags=re.M):
        return example[0].replace("```python", "```pycon", 1)
    return example[0]
