"""Which document leans on what: the graph of origins."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from winset.corpus.types import Anchor, Duplicate
from winset.ids import DocumentId, StatementId
from winset.sourcing.tracing.resting import rests_on
from winset.sourcing.tracing.ties import PARAPHRASE
from winset.sourcing.types import Arrow, Credit, CreditKind, Lineage, ReadDocument, SharedClaim, Work
from winset.statements.types import Statement

CREDITS, COPIES, RETELLS = "credits", "copies", "retells"

_OWN_INTERVIEW = re.compile(
    r"\b(?:told|tells|telling|interview\w*|spoke|speaks?|speaking|asked|asks|talk\w*|to|for|by|with)\b",
    re.IGNORECASE,
)


def lineage(
    read: Sequence[ReadDocument],
    works: Sequence[Work],
    claims: Sequence[SharedClaim],
    duplicates: Sequence[Duplicate] = (),
) -> Lineage:
    """Arrows from each document to the works it credits, the document it copies, and the works whose words it retells.

    A document retells a work where it tells a claim whose origin that work is in the end, in its words and without
    any credit, be it in a quotation that no statement holds. Rings of documents that credit each other are named;
    a document that names itself is told apart from the arrows. An interview with the paper that prints it is no
    self-citation.
    claims: with their origins.  Cost: linear, but for one search from each document that is in a ring.
    """
    order = {each.document.id: number for number, each in enumerate(read)}
    credited: list[Arrow] = []
    to_itself: list[Arrow] = []
    for work in works:
        for id in work.document_ids:
            arrow = Arrow(
                document_id=id,
                to=work.key,
                how=CREDITS,
                anchors=tuple(credit.anchor for credit in work.credits if credit.document_id == id),
            )
            if work.document_id != id:
                credited.append(arrow)
            elif named := [credit.anchor for credit in work.credits if credit.document_id == id and _names(credit)]:
                to_itself.append(Arrow(document_id=id, to=work.key, how=CREDITS, anchors=tuple(named)))
    copied = [
        Arrow(document_id=row.document_id, to=f"document:{row.of}", how=COPIES, anchors=())
        for row in duplicates
        if row.document_id != row.of and row.document_id in order and row.of in order
    ]
    told = {row.id: row for each in read for row in each.statements}
    arrows = [*credited, *dict.fromkeys(copied), *_retold(works, claims, told, rests_on(read, works))]
    arrows.sort(key=lambda arrow: order[arrow.document_id])  # stable: credits, copies, retells of each
    return Lineage(
        works=tuple(works),
        arrows=tuple(arrows),
        cycles=tuple(_rings(credited, order)),
        self_citations=tuple(sorted(to_itself, key=lambda arrow: order[arrow.document_id])),
    )


def _names(credit: Credit) -> bool:

    return credit.kind != CreditKind.MEDIUM or _OWN_INTERVIEW.search(credit.anchor.exact) is None


def _retold(
    works: Sequence[Work],
    claims: Sequence[SharedClaim],
    told: Mapping[StatementId, Statement],
    resting: Mapping[StatementId, Sequence[Work]],
) -> Iterator[Arrow]:
    """For each work, what documents tell of it in its words and do not credit to it."""
    by_key = {work.key: work for work in works}
    found: dict[tuple[DocumentId, str], list[Anchor]] = defaultdict(list)
    for claim in claims:
        if len(claim.origins) != 1 or (work := by_key.get(claim.origins[0])) is None:
            continue
        in_its_words = {id for tie in claim.ties if tie.why != PARAPHRASE for id in (tie.first, tie.second)}
        for id in claim.statement_ids:
            row = told.get(id)
            if row is None or row.document_id == work.document_id or id not in in_its_words:
                continue
            if not resting.get(id):
                found[row.document_id, work.key] += row.contents[:1]
        for words in claim.quoted:
            if words.document_id != work.document_id:
                found[words.document_id, work.key].append(words)
    for (teller, key), anchors in found.items():
        in_order = sorted(dict.fromkeys(anchors), key=lambda words: words.span)
        yield Arrow(document_id=teller, to=key, how=RETELLS, anchors=tuple(in_order))


def _rings(arrows: Sequence[Arrow], order: Mapping[DocumentId, int]) -> Iterator[tuple[DocumentId, ...]]:
    """For each document that leans on itself by way of others the shortest such way, each ring once."""
    to: dict[DocumentId, list[DocumentId]] = defaultdict(list)
    for arrow in arrows:
        kind, _, id = arrow.to.partition(":")
        if kind == "document" and id in order:
            to[arrow.document_id].append(DocumentId(id))
    named: set[DocumentId] = set()
    for id in sorted(_in_rings(to), key=order.__getitem__):
        if id not in named:
            ring = _way_back(id, to)
            named.update(ring)
            yield ring


def _in_rings(to: Mapping[DocumentId, Sequence[DocumentId]]) -> set[DocumentId]:
    """The documents of strongly connected components of two or more.  Source: Kosaraju and Sharir (1981)."""
    back: dict[DocumentId, list[DocumentId]] = defaultdict(list)
    for id, others in to.items():
        for other in others:
            back[other].append(id)
    finished: list[DocumentId] = []
    seen: set[DocumentId] = set()
    for start in to:
        stack = [(start, iter(to.get(start, ())))] if start not in seen else []
        seen.add(start)
        while stack:
            id, ahead_of_it = stack[-1]
            following = next((other for other in ahead_of_it if other not in seen), None)
            if following is None:
                finished.append(id)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(to.get(following, ()))))
    found: set[DocumentId] = set()
    taken: set[DocumentId] = set()
    for start in reversed(finished):
        if start in taken:
            continue
        component, ahead = [], [start]
        taken.add(start)
        while ahead:
            id = ahead.pop()
            component.append(id)
            new = [other for other in back.get(id, ()) if other not in taken]
            taken.update(new)
            ahead += new
        if len(component) > 1:
            found.update(component)
    return found


def _way_back(start: DocumentId, to: Mapping[DocumentId, Sequence[DocumentId]]) -> tuple[DocumentId, ...]:
    came_from: dict[DocumentId, DocumentId] = {}
    ahead = deque([start])
    while ahead:
        id = ahead.popleft()
        for other in to.get(id, ()):
            if other == start:
                way = [id]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if other not in came_from:
                came_from[other] = id
                ahead.append(other)
    return (start,)
