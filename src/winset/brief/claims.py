"""The brief as sentences that cite: eight sections, always in this order, whatever renders them."""

from __future__ import annotations

from dataclasses import dataclass

from winset.brief.answer import answer
from winset.brief.gaps import gaps
from winset.brief.index import Index, relevant
from winset.brief.passing import passing
from winset.brief.standing import standing
from winset.brief.types import Brief, Claim, ClaimKind
from winset.brief.wording import count, day
from winset.positions import stance_taking
from winset.statements.attributing import ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One of the eight parts of a brief."""

    key: str  # "answer"
    title: str  # "The answer"
    short: str  # for a narrow table of contents
    claims: tuple[Claim, ...]


def claims(brief: Brief) -> tuple[Section, ...]:
    """The eight sections with their sentences; tables, quotations and the chart come from the Brief itself."""
    index = Index(brief)
    return (
        Section(key="answer", title="The answer", short="Answer", claims=answer(index)),
        Section(key="standing", title="Where everyone stands", short="Positions", claims=standing(index)),
        Section(key="passing", title="What could still pass", short="Could pass", claims=passing(index)),
        Section(key="said", title="What was said", short="Said", claims=(_said(index),)),
        Section(key="when", title="When", short="When", claims=(_when(index),)),
        Section(key="origins", title="What it rests on", short="Rests on", claims=(_origins(index),)),
        Section(key="unknown", title="What we do not know", short="Unknown", claims=gaps(index)),
        Section(key="made", title="How it was made", short="Made", claims=(_made(index),)),
    )


def _said(index: Index) -> Claim:
    statements = index.brief.statements
    documents = count(len(index.brief.documents), "document")
    if not statements:
        return Claim(
            text=f"No statement was found in {documents}.",
            kind=ClaimKind.RECORDED,
            cites=(index.brief.issue.body,),
        )
    about = sum(relevant(coded) for coded in statements)
    verb = "is" if about == 1 else "are"
    return Claim(
        text=f"{count(len(statements), 'statement')} in {documents}; {about or 'none'} {verb} about the proposal.",
        kind=ClaimKind.QUOTED,
        cites=tuple(str(coded.id) for coded in statements),
    )


def _when(index: Index) -> Claim:
    events = sorted(index.brief.events, key=lambda event: (event.date.earliest, event.date.latest))
    if not events:
        return Claim(text="No dated event was found.", kind=ClaimKind.RECORDED, cites=(index.brief.issue.body,))
    planned = sum(event.planned for event in events)
    span = day(events[0].date) if len(events) == 1 else f"{day(events[0].date)} to {day(events[-1].date)}"
    ahead = f"; {planned} planned or still ahead when written" if planned else ""
    return Claim(
        text=f"{count(len(events), 'dated passage')}, {span}{ahead}.",
        kind=ClaimKind.QUOTED,
        cites=tuple(dict.fromkeys(str(event.document_id) for event in events)),
    )


def _origins(index: Index) -> Claim:
    brief = index.brief
    about = [coded for coded in brief.statements if relevant(coded)]
    if not about:
        return Claim(
            text="No statement about the proposal, so no origin.", kind=ClaimKind.RECORDED, cites=(brief.issue.body,)
        )
    origins = len({coded.origin.key for coded in about})
    outside = len({credit.origin for credit in brief.credits})
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


def _made(index: Index) -> Claim:
    made = index.brief.how_made
    asked = any(step in (ASKED, stance_taking.ASKED) for step, _ in made.methods)
    again = "asks the language model again, which may answer otherwise" if asked else "makes it again"
    return Claim(
        text=f"Made by winset {made.winset_version} from {count(len(index.brief.documents), 'document')};"
        f" {made.draws:,} draws with seed {made.seed}. The command below {again}.",
        kind=ClaimKind.RECORDED,
        cites=tuple(f"{step}: {method}" for step, method in made.methods) or (made.winset_version,),
    )
