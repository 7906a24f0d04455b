"""A digest in words: headed lists, each line with the words behind it and where they stand, for text and for Atom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from winset.actors.types import Standing
from winset.brief.digest_types import (
    BlockerChange,
    ChangedDocument,
    Digest,
    Moved,
    NewDiscrepancy,
    NewStatement,
    NotRead,
    ToldDocument,
    Words,
)
from winset.brief.origin_rows import DISCREPANCY_WORDS, LONGEST_VALUE
from winset.brief.wording import count, day, listing, percent, plus_minus, sentence, shortened, shown, the
from winset.ids import PartialDate
from winset.sourcing.types import DiscrepancyKind

MOST = 40  # lines under one heading; the JSON has all
BEHIND = 3  # statements shown behind one line
ALIKE = 3  # complaints of one kind from which on they are one line
SMALL = frozenset((DiscrepancyKind.REFERENCE, DiscrepancyKind.ADDRESS, DiscrepancyKind.PUBLICATION))  # only counted
NOT_STATES = frozenset((Standing.COMMENTATOR, Standing.MEDIUM, Standing.UNKNOWN))
NO_WORDS = "no new words of its own: a person's judgement, or what is told of its earlier words, changed"
SIDES = {"favour": "for", "oppose": "against", "neutral": "neither for nor against", "unclear": "side unclear"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Exact words, and where they stand."""

    lead: str  # "France, against, 3 July 2023"; "" where the line says it
    words: str  # on one line, in quotation marks; long ones cut
    where: str  # title, publisher, date
    url: str  # "" where there is none
    document: str  # id
    start: int  # of the words in its text
    end: int
    statement: str = ""  # its id, where the words are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that changed."""

    text: str
    quotes: tuple[Quote, ...] = ()
    more: str = ""  # what is behind it and not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What changed in one respect."""

    title: str
    lines: tuple[Line, ...] = field(default_factory=tuple)


def headline(digest: Digest) -> str:
    """What matters most of it, for a subject line; what is empty says so."""
    told = []
    if digest.changed_answer is not None:
        change = digest.changed_answer
        told.append(
            f"now {change.after}" if change.after != change.before else f"adoption {percent(change.adopted_after)}"
        )
    told += [f"new: {_listed(digest.new_blockers)} may block"] if digest.new_blockers else []
    told += [f"{_listed(digest.former_blockers)} no longer likely to block"] if digest.former_blockers else []
    members = [each for each in digest.moved if each.standing == Standing.MEMBER]
    moved = [each.actor for each in members if each.before is not None]
    told += [f"{listing(moved, at_most=3)} moved"] if moved else []
    heard = [each.actor for each in members if each.before is None]
    told += [f"first word of {listing([the(name) for name in heard], at_most=3)}"] if heard else []
    told += [count(len(digest.corrections), "correction")] if digest.corrections else []
    changed = len(digest.changed_documents)
    told += [f"{count(changed, 'document')} changed"] if changed else []
    about = sum(each.stance != "none" and not each.repeats for each in digest.statements)
    told += [count(about, "new statement")] if about else []
    if not told:
        told += [count(len(digest.new_documents), "new document")] if digest.new_documents else []
        failing = len(digest.not_read) + sum(each.what != "answers again" for each in digest.addresses)
        told += [f"{failing} not read"] if failing else []
    return sentence("; ".join(told)) or ("Nothing new" if digest.empty else "Small changes")


def sections(digest: Digest) -> tuple[Section, ...]:
    """All of it, most pressing first; headings with nothing under them are left out."""
    words = _Worded(digest)
    found = (
        Section(title="The answer", lines=tuple(words.answer())),
        Section(title="Who blocks", lines=tuple(words.blockers())),
        Section(title="Who moved", lines=tuple(words.moved())),
        Section(title="Corrected or changed", lines=(*words.discrepancies(digest.corrections), *words.changed())),
        Section(title="Said about it", lines=tuple(words.said())),
        Section(title="Told differently", lines=tuple(words.discrepancies(digest.discrepancies))),
        Section(title="Documents", lines=tuple(words.documents())),
        Section(title="Not read", lines=(*words.addresses(), *words.not_read())),
    )
    return tuple(each for each in found if each.lines)


def notes(digest: Digest) -> tuple[str, ...]:
    """What a reader of the figures must know."""
    found = []
    if digest.other_version:
        found.append(f"winset {digest.other_version} made the figures before; what moved may be its successor's doing")
    if not digest.whole:
        found.append("the case is too large for origins and discrepancies to be told of each round")
    return tuple(found)


def text_of(digest: Digest) -> Iterator[str]:
    """Its lines, without line ends; none where nothing changed."""
    if digest.empty:
        return
    yield f"{digest.proposal}: {the(digest.body)}, {day(PartialDate(digest.on))}"
    yield f"{headline(digest)} (since {moment(digest.since)}; digest {digest.number})"
    yield from notes(digest)
    for section in sections(digest):
        yield ""
        yield section.title.upper()
        for line in section.lines:
            yield f"- {line.text}"
            for quote in line.quotes:
                lead = f"{quote.lead}: " if quote.lead else ""
                yield f"    {lead}{quote.words}"
                yield f"      {place_words(quote)}"
            if line.more:
                yield f"    {line.more}"


def place_words(quote: Quote) -> str:
    """Where words stand: document, characters, address."""
    return f"{span_words(quote)} {quote.url}".rstrip()


def span_words(quote: Quote) -> str:
    """The same without the address; with the id by which a statement can be judged."""
    statement = f", statement {quote.statement}" if quote.statement else ""
    return f"{quote.where}, characters {quote.start}-{quote.end}{statement}"


def moment(at: str) -> str:
    """A time as told to people.

    >>> moment("2031-05-03T07:00:00Z")
    '3 May 2031, 07:00 UTC'
    """
    return f"{day(PartialDate(at[:10]))}, {at[11:16]} UTC" if at else "the beginning"


class _Worded:
    """One digest, with what its lines look things up in."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.told = {each.id: each for each in (*digest.cited, *digest.statements)}
        self.documents_by_id = {each.id: each for each in digest.documents}
        self.shown: set[str] = set()  # ids of statements whose words stand behind some line already

    def answer(self) -> Iterator[Line]:
        change = self.digest.changed_answer
        if change is not None:
            what = f"Now {change.after}, before {change.before}; adoption"
            if change.after == change.before:
                surer = change.adopted_after > change.adopted_before
                what = f"Still {change.after}; adoption is {'more' if surer else 'less'} likely,"
            chance = f"{percent(change.adopted_after)}, before {percent(change.adopted_before)}"
            yield Line(text=f"{what} {chance}. {change.text}")

    def blockers(self) -> Iterator[Line]:
        for each in self.digest.new_blockers:
            enough = "; its objection is enough" if each.alone else ""
            yield self._behind(
                f"{sentence(the(each.actor))} is now likely to object: {_odds(each)}{enough}", each.statements
            )
        for each in self.digest.former_blockers:
            yield self._behind(
                f"{sentence(the(each.actor))} is no longer likely to object: {_odds(each)}", each.statements
            )

    def moved(self) -> Iterator[Line]:
        """States and bodies; of experts and media only how many."""
        shown_, others = [], 0
        for each in self.digest.moved:
            if each.standing in NOT_STATES:
                others += 1
            else:
                shown_.append(each)
        yield from _cut(
            [self._behind(_moved(each), each.because, otherwise=NO_WORDS) for each in shown_], "more that moved"
        )
        if others:
            yield Line(text=f"{count(others, 'expert or medium', 'experts or media')} too, who have no vote")

    def said(self) -> Iterator[Line]:
        about = [each for each in self.digest.statements if each.stance != "none"]
        first = _widest([each for each in about if not each.repeats])
        again = Counter(each.repeats for each in about if each.repeats)
        above = [each for each in first if each.id in self.shown]
        vague = [each for each in first if each.id not in self.shown and _is_vague(each)]
        lines = []
        for each in first:
            if each.id not in self.shown and not _is_vague(each):
                more = f"told again in {count(again[each.id], 'further place')}" if again[each.id] else ""
                lines.append(Line(text=_who(each), quotes=(self._quote(each, lead=""),), more=more))
        yield from _cut(lines, "more statements about it")
        if vague:
            yield Line(text=f"{count(len(vague), 'new statement')} about it {_is(len(vague))} nobody's, and on no side")
        if above:
            yield Line(text=f"{count(len(above), 'new statement')} about it {_is(len(above))} quoted above")
        known = [id for id in again if id not in {each.id for each in about if not each.repeats}]
        if known:
            many = sum(again[id] for id in known)
            yield Line(
                text=f"{count(many, 'statement')} only {'tells' if many == 1 else 'tell'} again what was on record:",
                quotes=tuple(self._quotes(known[:BEHIND])),
            )
        rest = len(self.digest.statements) - len(about) + self.digest.statements_left
        if rest and about:
            yield Line(text=f"{count(rest, 'further new statement')} {_is(rest)} not about the proposal")

    def discrepancies(self, found: Sequence[NewDiscrepancy]) -> Iterator[Line]:
        large = [each for each in found if each.kind not in SMALL]
        order = list(DISCREPANCY_WORDS)
        large.sort(key=lambda each: order.index(DiscrepancyKind(each.kind)))
        yield from _cut([self._discrepancy(each) for each in large], "more")
        small = Counter(DISCREPANCY_WORDS[DiscrepancyKind(each.kind)] for each in found if each.kind in SMALL)
        if small:
            told = listing([f"{many} of {kind}" for kind, many in small.items()])
            yield Line(text=f"Smaller ones: {told}; `winset discrepancies` lists them")

    def changed(self) -> Iterator[Line]:
        yield from _cut([self._changed(each) for each in self.digest.changed_documents], "more documents that changed")

    def documents(self) -> Iterator[Line]:
        """New ones without a word about the proposal: the others are met above."""
        changed = {each.after for each in self.digest.changed_documents}
        new = [self.documents_by_id[id] for id in self.digest.new_documents if id in self.documents_by_id]
        told = [each for each in new if each.id not in changed]
        lines = []
        for each in told:
            copy = self.documents_by_id.get(each.copy_of or "")
            is_copy = ", nearly a copy of another" + (f": {_title(copy)}" if copy else "") if each.copy_of else ""
            held = f"{count(each.statements, 'statement')}, {each.about or 'none'} about the proposal{is_copy}"
            if not each.statements:
                held = f"nobody is heard in it{is_copy}"
            address = f" ({each.url or each.name})" if (each.url or each.name) != _title(each) else ""
            lines.append(Line(text=f"{_where(each)}: {held}{address}"))
        yield from _cut(lines, "more documents")

    def addresses(self) -> Iterator[Line]:
        for each in self.digest.addresses:
            match each.what:
                case "answers again":
                    yield Line(text=f"{each.address}: answers again")
                case "moved":
                    yield Line(
                        text=f"{each.address}: has moved for good to {each.words}, where it is asked from now on"
                    )
                case _:
                    yield Line(text=each.words)

    def not_read(self) -> Iterator[Line]:
        alike: dict[str, list[NotRead]] = {}
        for each in self.digest.not_read:
            alike.setdefault(_reason(each), []).append(each)
        lines = []
        for reason, rows in alike.items():
            if len(rows) >= ALIKE and reason:
                names = listing([each.name for each in rows], at_most=ALIKE)
                lines.append(Line(text=f"{len(rows)} times: {reason}", more=names))
            else:
                lines += [
                    Line(text=each.reason if each.name in each.reason else f"{each.name}: {each.reason}")
                    for each in rows
                ]
        yield from _cut(lines, "more that could not be read")

    def _behind(self, text: str, statements: Sequence[str], *, otherwise: str = "") -> Line:
        """A line with its first statements, the widest of those that lie in one another."""
        behind = [self.told[id] for id in statements if id in self.told]
        widest = _widest(behind)
        fresh = [each for each in widest if each.id not in self.shown]
        quoted, more, above = fresh[:BEHIND], len(fresh) - BEHIND, len(widest) - len(fresh)
        self.shown |= {each.id for each in quoted}
        left = [f"{count(above, 'statement')} quoted above"] if above else []
        left += [count(more, "more statement")] if more > 0 else []
        return Line(
            text=text,
            quotes=tuple(self._quote(each, lead=_who(each)) for each in quoted),
            more=f"and {listing(left)}" if left else otherwise if not statements else "",
        )

    def _quotes(self, ids: Iterable[str]) -> Iterator[Quote]:
        for id in ids:
            if id in self.told:
                yield self._quote(self.told[id], lead=_who(self.told[id]))

    def _quote(self, each: NewStatement, *, lead: str) -> Quote:
        return self._words(each.words, lead=lead, statement=each.id)

    def _words(self, words: Words, *, lead: str, statement: str = "") -> Quote:
        told = self.documents_by_id.get(words.document)
        return Quote(
            lead=lead,
            words=_in_marks(shortened(words.exact)),
            where=_where(told) if told else f"document {words.document}",
            url=(told.url or "") if told else "",
            document=words.document,
            start=words.start,
            end=words.end,
            statement=statement,
        )

    def _discrepancy(self, each: NewDiscrepancy) -> Line:
        quotes = []
        for telling in each.tellings[: BEHIND + 1]:
            short = telling.value if len(telling.value) <= LONGEST_VALUE else ""
            facts = [
                *([short or "not there"] if short or not telling.value else []),
                *(["right"] if telling.right else []),
            ]
            quotes.append(self._words(telling.words, lead=", ".join(facts)))
        kind = sentence(DISCREPANCY_WORDS[DiscrepancyKind(each.kind)])
        more = len(each.tellings) - len(quotes)
        return Line(
            text=f"{kind}: {each.about}. {each.why}",
            quotes=tuple(quotes),
            more=f"and {count(more, 'more place')}" if more > 0 else "",
        )

    def _changed(self, each: ChangedDocument) -> Line:
        told = self.documents_by_id.get(each.after)
        quotes = [self._words(words, lead="no longer there") for words in each.gone]
        quotes += [self._words(words, lead="there now") for words in each.come]
        withdrawn = [self.told[id] for id in each.withdrawn if id in self.told and self.told[id].stance != "none"]
        more = [f"{count(each.more, 'more sentence')} differ"] if each.more else []
        if withdrawn:
            who = listing(list(dict.fromkeys(said.actor or "somebody" for said in withdrawn)), at_most=BEHIND)
            ids = listing([said.id for said in withdrawn], at_most=BEHIND)
            held, counts = ("is", "counts") if len(withdrawn) == 1 else ("are", "count")
            more.append(
                f"{count(len(withdrawn), 'statement')} of {who} about the proposal {held} no longer told there and"
                f" still {counts}; `winset check CASE wrong ID` leaves one out: {ids}"
            )
        return Line(
            text=f"{_title(told) if told else each.place} has another text at {each.place}; both are in the case",
            quotes=tuple(quotes),
            more="; ".join(more),
        )


def _listed(changes: Sequence[BlockerChange]) -> str:
    return listing([the(each.actor) for each in changes], at_most=3)


def _odds(each: BlockerChange) -> str:
    now = percent(each.after) if each.after is not None else "nothing is left on record against it"
    return f"{now}, before {percent(each.before)}" if each.before is not None else now


def _moved(each: Moved) -> str:
    who = sentence(the(each.actor))
    if each.after is None or each.after_error is None:
        return f"{who}: nothing is on record any more, before {plus_minus(each.before or 0, each.before_error or 0)}"
    now = f"{plus_minus(each.after, each.after_error)} ({each.stands})"
    if each.before is None or each.before_error is None:
        return f"{who} is on record for the first time: {now}"
    surely = "further than chance alone would put them apart" if each.beyond else "within the uncertainty of both"
    since = f"; its own words are others since {day(PartialDate(each.shifted_on))}" if each.shifted_on else ""
    return f"{who} from {plus_minus(each.before, each.before_error)} ({each.stood}) to {now}, {surely}{since}"


def _who(each: NewStatement) -> str:
    """Who says it, for or against, and when."""
    name = shown(each.actor) if each.actor else "Nobody in particular"
    person = f" ({each.speaker})" if each.speaker and each.speaker not in name else ""
    side = SIDES.get(each.stance, each.stance)
    limits = [word for word, holds in (("hedged", each.hedged), ("with a condition", each.conditional)) if holds]
    when = [day(PartialDate(each.said_on))] if each.said_on else []
    return ", ".join([f"{sentence(the(name))}{person}", side, *limits, *when])


def _widest(statements: Sequence[NewStatement]) -> list[NewStatement]:
    """Without those that lie within another of the same actor on the same side: two readings of one sentence."""
    kept: list[NewStatement] = []
    for each in statements:
        same = [
            other
            for other in statements
            if other.id != each.id
            and (other.document, other.actor_id, other.actor, other.stance)
            == (each.document, each.actor_id, each.actor, each.stance)
            and other.words.start <= each.words.start
            and each.words.end <= other.words.end
            and (other.words.start, other.words.end, other.id) != (each.words.start, each.words.end, each.id)
        ]
        equal = [
            other.id for other in same if (other.words.start, other.words.end) == (each.words.start, each.words.end)
        ]
        if len(same) == len(equal) and all(each.id < other for other in equal):
            kept.append(each)
    return kept


def _is_vague(each: NewStatement) -> bool:
    """Whether nobody in particular says nothing for or against."""
    return each.standing == Standing.UNKNOWN and each.stance in ("neutral", "unclear")


def _is(many: int) -> str:
    return "is" if many == 1 else "are"


def _in_marks(words: str) -> str:
    """In quotation marks, where none are in it."""
    return words if any(mark in words for mark in '“”"„«»') else f"“{words}”"


def _title(document: ToldDocument) -> str:
    return shortened(document.title or document.name, to=120)


def _where(document: ToldDocument) -> str:
    published = day(PartialDate(document.published)) if document.published else ""
    publisher = document.publisher or ""
    return ", ".join(filter(None, (_title(document), publisher if publisher != document.title else "", published)))


def _reason(each: NotRead) -> str:
    """The complaint without the name it begins with."""
    return each.reason.removeprefix(each.name).lstrip(": ") if each.reason.startswith(each.name) else ""


def _cut(lines: Sequence[Line], noun: str) -> Iterator[Line]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield Line(text=f"and {len(lines) - MOST:,} {noun}; --json has all")
