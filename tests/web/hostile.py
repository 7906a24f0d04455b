"""A case in which every name, text, file name and code is an attack, and what a page of it may hold."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

from winset.actors.judgements import Verb
from winset.actors.saying import Said
from winset.bulk.keeping import keep
from winset.exchange.supposed import Supposed
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue, Option
from winset.pipeline.clock import now
from winset.pipeline.people import say_who
from winset.pipeline.scenarios import keep_scenario
from winset.positions.rulings import Codes
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

MARK = "winset-xss"
SHORT = f'"><{MARK} onclick=alert(1)>'
ATTACK = (
    f"\"'><{MARK} onfocus=alert(1) autofocus></title></textarea></script><script>alert('{MARK}')</script>"
    "<img src=x onerror=alert(2)><svg onload=alert(3)>{{ 7*7 }}{% raw %}javascript:alert(4)&lt;script&gt;"
)

NEWS = """{attack} told the press

BERLIN, 4 May 2023. German Chancellor Olaf Scholz said that “Germany supports the {attack} liaison office in Tokyo.”
French President Emmanuel Macron said on 5 May 2023: “France opposes the liaison office in Tokyo {attack}.”
“Hungary will block the {attack} office”, said Hungarian Foreign Minister Peter {attack} Szijjarto. According to
{attack}, a spokesman of the Turkish government said that Turkey rejects the liaison office in Tokyo. 300 diplomats
met in Tokyo. An official familiar with <script>alert(5)</script> the matter said Italy favours a contact point.
"""

PAGE = """<html lang="en"><head><title>{escaped}</title><meta name="author" content="{escaped}">
<meta property="og:site_name" content="{escaped}"><meta name="date" content="2023-05-06">
<script>alert(6)</script></head><body><article><h1>{escaped}</h1>
<p>Polish Prime Minister Mateusz Morawiecki said on Saturday that “Poland supports the liaison office in Tokyo and
{escaped}.” He spoke to <a href="javascript:alert(7)">reporters</a> and to
<a href="data:text/html,<script>alert(8)</script>">others</a>. 500 diplomats met in Tokyo, the
<a href="https://news.example/{escaped}">ministry said</a>.</p>
<p>The spokesperson of the Spanish government said that Spain opposes the liaison office, and that the talks, held for
three days between delegations of all members of the alliance, had ended without any result at all so far.</p>
</article></body></html>"""

NOTES = """# {attack}

Canadian Prime Minister Justin Trudeau said that Canada supports the [liaison office](javascript:alert(9)) in Tokyo.
![x](x "onerror=alert(10)") The [ministry](https://news.example/"onmouseover="alert(11)) said Canada will pay.
"""


def build(folder: Path) -> Path:
    """The case, in a file with such a name."""
    texts = folder / "texts"
    texts.mkdir()
    escaped = ATTACK.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    for number, (suffix, form) in enumerate(((".txt", NEWS), (".html", PAGE), (".md", NOTES))):
        name = f"{number} '{SHORT}{suffix}"
        (texts / name).write_text(form.format(attack=ATTACK, escaped=escaped), encoding="utf-8")
    (texts / f"{SHORT}.pdf").write_bytes(b"%PDF-1.4 broken")  # which is refused, by name
    path = folder / "hostile'\"><b>.winset"
    issue = Issue(
        proposal=f"Open a liaison office in Tokyo {ATTACK}",
        body="nato",
        rule="consensus",
        on=PartialDate("2023-07-11"),
        options=(Option(label=f"contact point {SHORT}", value=20.0),),
    )
    with CaseStore.create(path, CaseSpec(issue=issue), created_at=now()) as store:
        keep(store, [str(texts)], by=SHORT)
        _say_things(store)
    return path


def _say_things(store: CaseStore) -> None:
    desk, by = Desk(store), SHORT
    rows = desk.queue(coder=by, limit=50)
    for row in rows[:2]:
        desk.code(row.statement.id, Codes(stance="oppose", actor="HUN"), by=by, at=now(), why=ATTACK)
    desk.judge(rows[-1].statement.id, "wrong", by=by, at=now(), why=ATTACK)
    keep_scenario(store, f"what if {SHORT}", Supposed(changes="France=60"), by=by)
    say_who(store, Said(verb=Verb.IS, subject="Olaf Scholz", object="DEU", by=by, why=ATTACK))


class Page(HTMLParser):
    """What stands in a page, and every fault of it: things that a document, a name or a code has made."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.faults: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if MARK in tag or any(MARK in name for name in given):
            self.faults.append(f"<{tag} {given}>")
        if tag in ("iframe", "object", "embed", "base", "style", "frame", "applet", "foreignobject", "animate", "set"):
            self.faults.append(f"<{tag}>")
        if tag == "script":
            self._script = True
            if not given.get("src", "").startswith("/static/"):
                self.faults.append(f"<script {given}>")
        if tag == "meta" and "http-equiv" in given:
            self.faults.append(f"<meta {given}>")
        for name, value in given.items():
            self._look_at(tag, name, value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = False

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._script and data.strip():
            self.faults.append(f"a script in the page: {data[:60]}")

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc", "ping"):
            self.faults.append(f"<{tag} {name}={value[:60]!r}>")
        if name in ("href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post", "data", "poster"):
            bare = "".join(value.split()).lower()
            scheme = bare.partition(":")[0] if ":" in bare.partition("/")[0] else ""
            if scheme not in ("", "https", "http", "mailto") and (tag, value) != ("link", "data:,"):
                self.faults.append(f"<{tag} {name}={value[:60]!r}>")
            if tag in ("script", "img", "form", "link", "button") and scheme and (tag, value) != ("link", "data:,"):
                self.faults.append(f"<{tag} {name}={value[:60]!r}>: another host's")
            if tag == "a" and not scheme and name == "href":
                self.links.append(value)
        if name in ("hx-vals", "hx-headers"):
            try:
                json.loads(value)
            except ValueError:
                self.faults.append(f"<{tag} {name}={value[:80]!r}>")
        if name.startswith("hx-") and value.lstrip().lower().startswith(("js:", "javascript:")):
            self.faults.append(f"<{tag} {name}={value[:60]!r}>")


def faults(name: str, html: str) -> Page:
    """A page, read."""
    page = Page(name)
    page.feed(html)
    page.close()
    return page
