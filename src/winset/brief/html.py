"""The brief as one HTML file: nothing is fetched, nothing of a stranger's is ever markup.

Documents are hostile. Every word goes through Jinja2's autoescape; the only markup let through is made
here (the chart, this package's own style and script), and the page's Content-Security-Policy allows that
style and that script by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from winset.brief.answer import support_words, verdict
from winset.brief.bargaining import model_rows
from winset.brief.charts import NARROW, WIDE, option_letters, positions_svg
from winset.brief.claims import claims
from winset.brief.course import course_svg
from winset.brief.gaps import effect
from winset.brief.hanging import hinge_rows
from winset.brief.origin_rows import claim_rows, discrepancy_rows, precedent_rows, question_rows, split, work_rows
from winset.brief.origins_graph import NARROW as NARROW_GRAPH
from winset.brief.origins_graph import WIDE as WIDE_GRAPH
from winset.brief.origins_graph import drawn, origins_svg
from winset.brief.page import ActorRow, Page
from winset.brief.passages import Piece, marks, pieces
from winset.brief.passing import distance, rungs
from winset.brief.types import Brief
from winset.brief.wording import chance, count, day, listing, on_day, percent, shortened, shown, unbroken
from winset.corpus.disguises import hidden, seen

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# C0 and C1 controls and lone surrogates have no place in HTML; each is shown as one visible sign instead.
_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys((*range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD),
}
WEB = ("http://", "https://")
AT_ONCE = 12  # statements of one actor before the rest is folded
MOVERS_AT_ONCE = 4  # statements that moved one position before the rest is folded
ROWS_AT_ONCE = 6  # shared claims and questions before the rest is folded
DIFFERENCES_AT_ONCE = 8
SOURCES_AT_ONCE = 12  # outside sources and origins


def render(brief: Brief) -> str:
    """The whole page as text; to be written as UTF-8. The same brief gives the same bytes."""
    page = Page(brief)
    style, script = _resource("style.css"), _resource("script.js")
    by_document = marks(brief)
    graph = drawn(brief.documents, brief.lineage, brief.shared)
    different, loose = split(discrepancy_rows(page.index))
    page_text = _environment().get_template("brief.html.j2").render(
        brief=brief,
        page=page,
        index=page.index,
        documents={str(document.id): document.title or document.name for document in brief.documents},
        sections=claims(brief),
        verdict=verdict(page.index),
        blockers=[
            (entry, support_words(page.index, entry), page.quotation(entry)) for entry in page.index.likely_blockers
        ],
        rungs=rungs(page.index),
        hinges=hinge_rows(page.index),
        models=model_rows(page.index),
        distance=lambda blocker: distance(page.index, blocker),
        actor_keys={party.actor_id: row.key for party, row in zip(brief.parties, page.actors, strict=True)},
        account_keys={row.account.position.actor_id: row.account_key for row in page.accounts if row.account},
        course=lambda row: _course(brief, row),
        charts=[_markup(positions_svg(brief, size)) for size in (WIDE, NARROW)],
        letters=option_letters(brief),
        graph=graph,
        graphs=[_markup(origins_svg(graph, size)) for size in (WIDE_GRAPH, NARROW_GRAPH)],
        works=work_rows(page.index),
        shared=claim_rows(page),
        different=different,
        loose=loose,
        precedents=precedent_rows(page.index),
        questions=question_rows(page.index),
        texts=[(document, pieces(document.text, by_document[document.id])) for document in brief.documents],
        at_once=AT_ONCE,
        movers_at_once=MOVERS_AT_ONCE,
        rows_at_once=ROWS_AT_ONCE,
        differences_at_once=DIFFERENCES_AT_ONCE,
        sources_at_once=SOURCES_AT_ONCE,
        policy=_policy(style, script),
        style=_markup(style),
        script=_markup(script),
    )  # fmt: skip
    return page_text.lstrip()  # the template opens with macros, the page with its DOCTYPE


def still(page: str) -> str:
    """A page that `render` made, without its script: for who shows it where nothing may run."""
    return page.replace(f"<script>{_resource('script.js')}</script>\n", "")


def style_hash() -> str:
    """Of the page's own style, as a Content-Security-Policy names it: for who shows the page and lets nothing run."""
    return _hash(_resource("style.css"))


def _course(brief: Brief, row: ActorRow) -> Markup:
    """The drawing of an actor's position over time; empty where it was never anywhere else."""
    if row.account is None:
        return _markup("")
    party = row.account.party
    return _markup(course_svg(party.name, party.course, party.shifts, brief.issue, key=f"{row.account_key}-course"))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("winset.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = (
        chance,
        count,
        day,
        listing,
        on_day,
        percent,
        shortened,
        shown,
        unbroken,
        effect,
        web_address,
        piece_attributes,
    )
    environment.filters |= {function.__name__: function for function in words}
    return environment


def visible(value: object) -> object:
    r"""A template's value with control characters made visible, and what turns or hides writing, one sign for one.

    >>> visible("a\x00b"), visible("a\u202eb")
    ('a␀b', 'a\ufffdb')
    """
    if not isinstance(value, str):
        return value
    shown = value.translate(_VISIBLE)
    return type(shown)(seen(shown)) if hidden(shown) else shown  # what was markup stays markup


def web_address(url: str | None) -> str:
    """The address when a browser may be sent there, else nothing: no javascript:, no data:, no file:.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return url if url and url.lower().startswith(WEB) else ""


def piece_attributes(piece: Piece) -> Markup:
    """The classes and keys of a marked piece. Keys are made of hashes and numbers, but escaped all the same."""
    from markupsafe import Markup

    attributes = [Markup(' class="{}"').format(" ".join(role for role, _ in piece.roles))]
    attributes += [Markup(' data-{}="{}"').format(role, " ".join(keys)) for role, keys in piece.roles]
    return Markup("").join(attributes)


def _policy(style: str, script: str) -> str:
    """Nothing but this very style and script; pictures only from data: addresses, for the empty favicon."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _resource(name: str) -> str:
    """One of this package's own files, with LF line ends: the hash is of what the browser reads."""
    return files("winset.brief").joinpath("templates", name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _markup(trusted: str) -> Markup:
    from markupsafe import Markup

    return Markup(trusted)  # noqa: S704 - only the drawings, style.css and script.js come here
