"""Section 6 in sentences: how many origins, what several documents tell, what they tell differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from winset.brief.index import Index, relevant
from winset.brief.types import Claim, ClaimKind
from winset.brief.wording import count, listing
from winset.corpus.types import Anchor
from winset.ids import DocumentId
from winset.sourcing.types import CreditKind, Discrepancy, DiscrepancyKind, Question, SharedClaim

COMPARED = (
    "names and their spellings, offices, numbers, dates, places, addresses, words of quotations, what is called the"
    " first, corrections, notes and their entries, dates of publication"
)


def rests_on(index: Index) -> tuple[Claim, ...]:
    """Origins first: articles are not counted, what they rest on is."""
    return (_origins(index), *_shared(index), *_rings(index), _discrepancies(index))


def asked(index: Index) -> tuple[Question, ...]:
    """The questions that a reader may want answered: none of a reference or of a site's own furniture."""
    return worth_an_answer(index.brief.questions)


def worth_an_answer(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that are asked in the document's own text, a quotation, a title or a heading."""
    return tuple(each for each in questions if each.where not in {"reference", "furniture"})


def told_in(index: Index, claim: SharedClaim) -> tuple[DocumentId, ...]:
    """The documents that tell it, as far as it is on record on the day of the brief; each once."""
    found = (index.statements.get(id) for id in claim.statement_ids)
    said = [coded.statement.document_id for coded in found if coded]
    return tuple(dict.fromkeys((*said, *(words.document_id for words in quoted(index, claim)))))


def quoted(index: Index, claim: SharedClaim) -> tuple[Anchor, ...]:
    """Its words in quotations that no statement holds, in documents that were published by the day of the brief."""
    as_of = index.brief.as_of
    return tuple(
        words
        for words in claim.quoted
        if (document := index.documents.get(words.document_id))
        and (as_of is None or document.published is None or document.published.earliest <= as_of.latest)
    )


def _origins(index: Index) -> Claim:
    brief = index.brief
    about = [coded for coded in brief.statements if relevant(coded)]
    if not about:
        return Claim(
            text="No statement about the proposal, so no origin.", kind=ClaimKind.RECORDED, cites=(brief.issue.body,)
        )
    origins = len({coded.origin.key for coded in about})
    outside = sum(work.document_id is None and work.kind != CreditKind.PERSON for work in brief.lineage.works)
    credited = (
        f" {count(outside, 'outside source', none='No')} {'is' if outside == 1 else 'are'} credited in the documents."
    )
    if len(about) == 1:
        text = "The one statement about the proposal comes from one origin."
    else:
        text = f"The {len(about)} statements about the proposal come from {count(origins, 'independent origin')}."
        if origins == 1:
            text = f"All {len(about)} statements about the proposal come from a single origin."
    return Claim(text=text + credited, kind=ClaimKind.RECORDED, cites=tuple(str(coded.id) for coded in about))


def _shared(index: Index) -> Iterator[Claim]:
    told = [claim for claim in index.brief.shared if len(told_in(index, claim)) > 1]
    if not told:
        return
    single = sum(len(claim.origins) == 1 for claim in told)
    rest = f"{single} of them {'comes' if single == 1 else 'come'} from a single origin" if single else ""
    if single == len(told):
        rest = "it comes from a single origin" if single == 1 else "all of them come from a single origin each"
    things = f"{count(len(told), 'thing')} {'is' if len(told) == 1 else 'are'}"
    yield Claim(
        text=f"{things} said in more than one document; {rest or 'none of them comes from one origin alone'}.",
        kind=ClaimKind.ESTIMATED,
        cites=tuple(dict.fromkeys(str(id) for claim in told for id in claim.statement_ids if id in index.statements))
        or tuple(dict.fromkeys(str(id) for claim in told for id in told_in(index, claim))),
    )


def _rings(index: Index) -> Iterator[Claim]:
    for ring in index.brief.lineage.cycles:
        yield Claim(
            text=f"{listing([f'“{index.title(id)}”' for id in ring])} lean on one another: none of them bears out"
            " another.",
            kind=ClaimKind.RECORDED,
            cites=tuple(map(str, ring)),
        )
    for arrow in index.brief.lineage.self_citations:
        yield Claim(
            text=f"“{index.title(arrow.document_id)}” names itself as its source.",
            kind=ClaimKind.RECORDED,
            cites=(str(arrow.document_id),),
        )


def _discrepancies(index: Index) -> Claim:
    brief = index.brief
    documents = count(len(brief.documents), "document")
    told = [each for each in brief.discrepancies if each.kind is not DiscrepancyKind.REFERENCE]
    loose = len(brief.discrepancies) - len(told)
    notes = (
        f" {count(loose, 'note')} or {'entry' if loose == 1 else 'entries'} of references lead nowhere."
        if loose
        else ""
    )
    if not told:
        tell = "tells" if len(brief.documents) == 1 else "tell"
        return Claim(
            text=f"No discrepancy was found in what {documents} {tell}.{notes}",
            kind=ClaimKind.RECORDED,
            cites=tuple(str(document.id) for document in brief.documents) or (brief.issue.body,),
            caveat=f"Compared: {COMPARED}. A miss is possible: what is worded too differently is not recognised.",
        )
    decided = sum(each.right is not None for each in told)
    settled = "the documents decide none of them" if len(told) > 1 else "the documents do not decide it"
    if decided:
        settled = f"the documents decide {decided} of them" if len(told) > 1 else "the documents decide it"
    thing = "thing is" if len(told) == 1 else "things are"
    return Claim(
        text=f"{len(told)} {thing} told differently; {settled}{_people(index, told)}.{notes}",
        kind=ClaimKind.ESTIMATED,
        cites=tuple(dict.fromkeys(str(each.anchor.document_id) for row in told for each in row.tellings)),
    )


def _people(index: Index, told: Sequence[Discrepancy]) -> str:
    """Who settled how many of them: "; Ada settled 1"; "" where nobody did."""
    said = [index.brief.settled[each.id] for each in told if each.id in index.brief.settled]
    return f"; {listing(sorted({each.by for each in said}))} settled {len(said)}" if said else ""
