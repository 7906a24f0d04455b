"""What the documents rest on: reports, press conferences, documents and people, and who leans on whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from winset.brief.index import Titles
from winset.brief.origin_rows import WorkRow, work_row
from winset.brief.origins_graph import NARROW, WIDE, Drawn, drawn, origins_svg
from winset.web import links
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.background import newest
from winset.web.cases import AtCase, OpenCase, View
from winset.web.commands import line
from winset.web.lines import command, root
from winset.web.rendering import page
from winset.web.routing import Pages

if TYPE_CHECKING:
    from winset.corpus.types import Anchor
    from winset.sourcing.types import Arrow

WORDS_AT_ONCE = 3  # of one document that leans on a source
HOW = {"credits": "credits", "copies": "copies", "retells": "retells in the same words"}

pages = Pages(prefix="/cases/{case}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """What the documents of a case rest on, ready to be shown."""

    graph: Drawn
    works: tuple[WorkRow, ...]  # those in which most documents meet first
    arrows: tuple[Arrow, ...]  # from a document of the case to another
    rings: tuple[tuple[str, ...], ...]  # titles of documents that lean on one another
    titles: Titles

    @property
    def groups(self) -> tuple[tuple[str, tuple[WorkRow, ...]], ...]:
        """Under their headings: what several documents lean on, one alone, and people quoted."""
        found = (
            ("Sources that several documents lean on", [row for row in self.works if row.shared]),
            ("Sources of one document alone", [row for row in self.works if not (row.shared or row.person)]),
            ("People quoted without telling where they spoke", [row for row in self.works if row.person]),
        )
        return tuple((title, tuple(rows)) for title, rows in found if rows)


@pages.get("/origins", role=Role.READER)
def origins(request: Request, case: AtCase, _person: Asking) -> HTMLResponse:
    """The graph, and the list of all that is leaned on; each credit opens its words."""
    view = case.view()
    if view.big:
        told = line("sources", case.store.place, options=[("-o", "sources.svg")])
        return page(request, "too_big.html", what="Origins", command=told)
    made = newest(case, "origins", _rests)
    if made is None:
        return page(request, "origins/page.html", ready=False)
    rests = made.value
    to = _addresses(case, rests)
    return page(
        request,
        "origins/page.html",
        ready=True,
        behind=made.behind,
        rests=rests,
        drawings=[
            Markup(origins_svg(rests.graph, size, links=to))  # noqa: S704 - made as a tree, so every word is escaped
            for size in (WIDE, NARROW)
        ],
        keys={row.work.key: f"work-{number}" for number, row in enumerate(rests.works, start=1)},
        how=HOW,
        words_at_once=WORDS_AT_ONCE,
        title=rests.titles.title,
        to_document=lambda id: f"{root(case)}/documents/{id}",
        to_words=lambda anchor: _words(case, anchor),
        exact=lambda anchor: rests.titles.documents[anchor.document_id].text[anchor.start : anchor.end],
        root=root(case),
        command=command(case, "sources"),
    )


def _rests(view: View) -> Rests:
    account, documents = view.account, view.material.documents
    titles = Titles(documents)
    inside = {f"document:{document.id}" for document in documents}
    lone = Counter(claim.origins[0] for claim in account.claims if len(claim.origins) == 1)
    rows = [work_row(titles, work, lone[work.key]) for work in account.lineage.works]
    return Rests(
        graph=drawn(documents, account.lineage, account.claims),
        works=tuple(sorted(rows, key=lambda row: (-len(row.leaning), -row.alone, -row.statements))),
        arrows=tuple(arrow for arrow in account.lineage.arrows if arrow.to in inside),
        rings=tuple(tuple(map(titles.title, ring)) for ring in account.lineage.cycles),
        titles=titles,
    )


def _addresses(case: OpenCase, rests: Rests) -> dict[str, str]:
    """What names and arrows open: documents, the list below, and the very words of a credit."""
    found = {f"document:{leaf.id}": f"{root(case)}/documents/{leaf.id}" for leaf in rests.graph.documents}
    found |= {row.work.key: f"#work-{number}" for number, row in enumerate(rests.works, start=1)} | found
    for arrow in rests.graph.arrows:
        if arrow.anchors:
            found[f"document:{arrow.document_id} {arrow.to}"] = _words(case, arrow.anchors[0])
    return found


def _words(case: OpenCase, words: Anchor) -> str:
    return links.of_passage(case, words.document_id, words.start, words.end)
