"""The brief as sentences that cite: eight sections, always in this order, whatever renders them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winset.brief.answer import answer, excerpt_words
from winset.brief.gaps import gaps
from winset.brief.index import Index, relevant
from winset.brief.passing import passing
from winset.brief.resting import rests_on
from winset.brief.standing import standing
from winset.brief.types import Brief, Claim, ClaimKind
from winset.brief.wording import count, day
from winset.positions import stance_taking
from winset.sourcing.rows import dated_passages
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
        Section(key="when", title="When", short="When", claims=_when(index)),
        Section(key="origins", title="What it rests on", short="Rests on", claims=rests_on(index)),
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
    if index.brief.excerpt is not None:
        return Claim(
            text=f"{count(len(statements), 'statement')} in {documents} are shown here; {about or 'none'} of them about"
            f" the proposal. {excerpt_words(index.brief.excerpt)}",
            kind=ClaimKind.QUOTED,
            cites=tuple(str(coded.id) for coded in statements),
        )
    verb = "is" if about == 1 else "are"
    return Claim(
        text=f"{count(len(statements), 'statement')} in {documents}; {about or 'none'} {verb} about the proposal.",
        kind=ClaimKind.QUOTED,
        cites=tuple(str(coded.id) for coded in statements),
    )


def _documents(brief: Brief) -> str:
    """How many it was made from: all of the case, not only those that are shown."""
    return count(brief.excerpt.documents if brief.excerpt else len(brief.documents), "document")


def _when(index: Index) -> tuple[Claim, ...]:
    events = sorted(index.brief.events, key=lambda event: (event.date.earliest, event.date.latest))
    if not events:
        return (Claim(text="No dated event was found.", kind=ClaimKind.RECORDED, cites=(index.brief.issue.body,)),)
    span = day(events[0].date) if len(events) == 1 else f"{day(events[0].date)} to {day(events[-1].date)}"
    told = [{passage.anchor.document_id for passage in dated_passages(event)} for event in events]
    further = [
        (sum(len(documents) > 1 for documents in told), "told in more than one document"),
        (sum(event.spread is not None for event in events), "dated differently"),
        (sum(event.planned for event in events), "planned or still ahead when written"),
    ]
    facts = "".join(f"; {number} {words}" for number, words in further if number)
    yet = Claim(
        text=f"{count(len(events), 'dated event')}, {span}{facts}.",
        kind=ClaimKind.QUOTED,
        cites=tuple(dict.fromkeys(str(id) for documents in told for id in sorted(documents))),
    )
    return (yet, *_precedents(index))


def _precedents(index: Index) -> Iterator[Claim]:
    if found := index.brief.precedents:
        yield Claim(
            text=f"{count(len(found), 'earlier instance')} of what is proposed"
            f" {'is' if len(found) == 1 else 'are'} named.",
            kind=ClaimKind.QUOTED,
            cites=tuple(dict.fromkeys(str(words.document_id) for each in found for words in each.anchors)),
        )


def _made(index: Index) -> Claim:
    made = index.brief.how_made
    asked = any(step in (ASKED, stance_taking.ASKED) for step, _ in made.methods)
    again = "asks the language model again, which may answer otherwise" if asked else "makes it again"
    return Claim(
        text=f"Made by winset {made.winset_version} from {_documents(index.brief)};"
        f" {made.draws:,} draws with seed {made.seed}. The command below {again}.",
        kind=ClaimKind.RECORDED,
        cites=tuple(f"{step}: {method}" for step, method in made.methods) or (made.winset_version,),
    )
