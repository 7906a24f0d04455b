"""What `winset sources` prints: where documents meet, what they share, and what is loose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from winset.cli.messages import counted

if TYPE_CHECKING:
    from winset.cli.accounts import Read
    from winset.sourcing.types import SharedClaim, Work

SHOWN = 15  # sources, claims, loose ends; --json has all
SINGLE = 10  # sources of one document


def summary(found: Read) -> str:
    """All of it in a line."""
    account = found.account
    outside = sum(work.document_id is None and work.kind != "person" for work in account.works)
    single = sum(len(claim.origins) == 1 for claim in account.claims)
    told = ""
    if account.claims:
        told = f"; {counted(len(account.claims), 'claim')} told in more than one document, {single} from one origin"
    documents = counted(len(found.material.documents), "document")
    return f"{documents}, {counted(outside, 'outside source')}{told}"


def lines(found: Read) -> Iterator[str]:
    """Everything a person wants to see at once."""
    yield summary(found)
    yield from _works(found)
    yield from _claims(found)
    yield from _rings(found)
    yield from _uncredited(found)
    yield from _notes(found)
    yield from _questions(found)


def _works(found: Read) -> Iterator[str]:
    inside = [work for work in found.account.works if work.document_id is not None]
    outside = [work for work in found.account.works if work.document_id is None]
    meeting = [work for work in outside if len(work.document_ids) > 1 and work.kind != "person"]
    others = [work for work in outside if len(work.document_ids) <= 1 and work.kind != "person"]
    people = [work for work in outside if work.kind == "person"]
    if meeting:
        yield from ("", f"Sources that several documents lean on ({len(meeting)})")
    for work in meeting[:SHOWN]:
        yield from _work(found, work)
    yield from _more(len(meeting) - SHOWN)
    if inside:
        yield from ("", f"Documents that others here lean on ({len(inside)})")
    for work in inside[:SHOWN]:
        yield from _work(found, work)
    yield from _more(len(inside) - SHOWN)
    if others:
        yield from ("", f"Sources of one document alone ({len(others)})")
    carrying = sorted(others, key=lambda work: -_statements(work))
    for work in carrying[:SINGLE]:
        first = work.credits[0].anchor
        yield f"  {work.name} ({work.kind}): {found.names[first.document_id]}{_said(work)}: {found.quoted(first)}"
    yield from _more(len(others) - SINGLE)
    if people:
        names = ", ".join(work.name for work in people[:SHOWN])
        more = f", and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
        yield from ("", f"Quoted without telling where they spoke ({len(people)}): {names}{more}")


def _work(found: Read, work: Work) -> Iterator[str]:
    alone = sum(claim.origins == (work.key,) for claim in found.account.claims)
    only = f", only origin of {counted(alone, 'claim')}" if alone else ""
    documents = counted(len(work.document_ids), "document")
    yield f"  {work.name} ({work.kind}): {documents}{_said(work)}{only}"
    for id in work.document_ids:
        own = [credit.anchor for credit in work.credits if credit.document_id == id]
        more = f" and {len(own) - 1} more" if len(own) > 1 else ""
        yield f"      {found.names[id]}: {found.quoted(own[0])}{more}"


def _statements(work: Work) -> int:
    return len({id for credit in work.credits for id in credit.statement_ids})


def _said(work: Work) -> str:
    number = _statements(work)
    return f", {counted(number, 'statement')}" if number else ""


def _claims(found: Read) -> Iterator[str]:
    ranked = sorted(found.account.claims, key=lambda each: (len(each.origins) != 1, -len(each.document_ids)))
    if ranked:
        yield from ("", f"Told in more than one document ({len(ranked)})")
    for claim in ranked[:SHOWN]:
        yield from _claim(found, claim)
    yield from _more(len(ranked) - SHOWN)


def _claim(found: Read, claim: SharedClaim) -> Iterator[str]:
    weight = f"{counted(len(claim.document_ids), 'document')}, {counted(len(claim.origins), 'origin')}"
    yield f"  {weight}: {found.quoted(claim.words)}"
    yield f"      from: {'; '.join(claim.labels)}"
    yield f"      in: {', '.join(found.names[id] for id in claim.document_ids)}"


def _rings(found: Read) -> Iterator[str]:
    lineage = found.account.lineage
    if lineage.cycles or lineage.self_citations:
        yield from ("", "Leaning on one another")
    for ring in lineage.cycles:
        yield f"  {' -> '.join(found.names[id] for id in (*ring, ring[0]))}"
    for arrow in lineage.self_citations:
        yield f"  {found.names[arrow.document_id]} names itself as its source"


def _uncredited(found: Read) -> Iterator[str]:
    credited = {id for credit in found.account.credits for id in credit.statement_ids}
    own = Counter(
        document.id
        for document, coding in zip(found.material.documents, found.material.codings, strict=True)
        for statement in coding.statements
        if statement.id not in credited
    )
    if own:
        where = ", ".join(f"{found.names[id]} ({number})" for id, number in own.most_common(SHOWN))
        more = f", and {len(own) - SHOWN} more" if len(own) > SHOWN else ""
        yield from ("", f"{counted(own.total(), 'statement')} without a source other than the document: {where}{more}")


def _notes(found: Read) -> Iterator[str]:
    from winset.sourcing.types import DiscrepancyKind

    loose = [each for each in found.account.discrepancies if each.kind is DiscrepancyKind.REFERENCE]
    if loose:
        yield from ("", f"Loose ends of notes and references ({len(loose)})")
    for each in loose[:SHOWN]:
        words = each.tellings[0].anchor
        yield f"  {found.names[words.document_id]}: {each.about}: {each.why} {found.quoted(words)}"
    yield from _more(len(loose) - SHOWN)


def _questions(found: Read) -> Iterator[str]:
    asked = [each for each in found.account.questions if each.where == "body"]
    asked.sort(key=lambda each: bool(each.passages))
    left = sum(not each.passages for each in asked)
    if asked:
        yield from ("", f"Questions that the documents ask ({len(asked)}); nothing here answers {left}")
    for each in asked[:SHOWN]:
        best = f": {found.quoted(each.passages[0].anchor)}" if each.passages else ""
        yield f"  {found.names[each.document_id]}: {found.quoted(each.anchor)}{best}"
    yield from _more(len(asked) - SHOWN)


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"  and {number:,} more; --json lists all"
