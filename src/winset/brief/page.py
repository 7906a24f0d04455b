"""The brief arranged for reading: statements by actor with their numbers, tables, timeline, origins.

HTML and Markdown lay out the same page; neither decides what stands on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from winset.actors.types import Identification, Standing
from winset.brief.account import VOICE_WORDS, Account, Mover, account, figure, firmness, read_by
from winset.brief.index import Index, Support, by_machine, on_record, relevant, stand
from winset.brief.passages import statement_key
from winset.brief.standing import GROUPS, NOTES
from winset.brief.timeline import Day, timeline
from winset.brief.types import Brief, CodedStatement, Party
from winset.brief.wording import count, day, percent, shortened, shown, without_links
from winset.decisions.types import Blocker
from winset.ids import DocumentId, PartialDate, StatementId
from winset.positions.types import Voice
from winset.statements.types import Form, Statement

STANCE_WORDS = {
    "favour": "in favour",
    "oppose": "opposed",
    "neutral": "neutral",
    "unclear": "unclear",
    "none": "about something else",
}
FORM_WORDS = {
    Form.DIRECT: "direct quotation",
    Form.INDIRECT: "indirect speech",
    Form.MIXED: "partly quoted",
    Form.ACT: "attitude or act",
}
UNIDENTIFIED = "Sources not identified"
GAP = " […] "
YEAR = timedelta(days=365)
EVENTS_AT_ONCE = 40  # of the timeline
FEW = 5  # members whose accounts are given where nobody is likely to block
SHORT_GAP = 24  # characters between two parts that are shown as they stand: "she added, "
OPENING, CLOSING = "\"'“‘«„", "\"'”’»“"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One statement as the page shows it."""

    number: int  # by which the brief's sentences cite it
    key: str  # fragment of its passage
    coded: CodedStatement
    parts: tuple[tuple[str, str], ...]  # source, cue, content and gap with their words, in the document's order
    stance: str  # key of STANCE_WORDS
    speaker: str  # full name; "" where none is named
    date: str  # "" where unknown
    document_id: DocumentId
    document: str  # title
    certainty: str
    coder: str  # "proposed by machine", or a person's name
    identified: str  # "identified by Ada: on the phone"; "" where the machine did

    @property
    def stance_words(self) -> str:
        """As shown."""
        return STANCE_WORDS[self.stance]

    @property
    def form_words(self) -> str:
        """As shown, hedging and conditions included."""
        return ", ".join([FORM_WORDS[self.coded.statement.form], *self.reserves])

    @property
    def reserves(self) -> tuple[str, ...]:
        """What takes force from it: "hedged", "conditional"."""
        hedged = self.coded.statement.hedged or self.coded.stance.hedged
        return (*(["hedged"] if hedged else []), *(["conditional"] if self.coded.stance.conditional else []))

    @property
    def force(self) -> tuple[str, ...]:
        """In whose words it is, how firm, with which reserves, and who read its stance; as shown."""
        stance = self.coded.stance
        return (VOICE_WORDS[stance.voice], firmness(stance.firmness), *self.reserves, read_by(self.coded))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """One actor: where it stands, and all it said."""

    key: str  # fragment of its heading
    name: str
    standing: Standing
    votes: int
    position: str  # "12 ± 6", "nothing on record", "assumed 50 ± 20"
    stand: str  # "against"; "" without a position
    on_record: bool
    evidence: str  # "7 statements, 3 origins"
    single_origin: bool
    about: tuple[StatementRow, ...]  # about the proposal
    other: tuple[StatementRow, ...]
    account: Account | None = None  # how its position came about
    account_key: str = ""  # fragment of the account


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Actors of one standing."""

    title: str
    note: str
    actors: tuple[ActorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRow:
    """One origin of statements about the proposal, with what depends on it."""

    label: str
    statements: tuple[StatementRow, ...]
    documents: tuple[str, ...]
    actors: tuple[str, ...]

    @property
    def ids(self) -> tuple[StatementId, ...]:
        """The statements' ids."""
        return tuple(row.coded.id for row in self.statements)


class Page:
    """All rows of one brief. Built once; plain values afterwards."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.index = Index(brief)
        ranked = _reading_order(self.index)
        self.numbers = {coded.id: number for number, coded in enumerate(ranked, start=1)}
        self.rows = {coded.id: self._statement(coded) for coded in ranked}
        self.actors = tuple(self._actor(party, f"actor-{n}") for n, party in enumerate(brief.parties, start=1))
        self.unidentified = self._unidentified()

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every actor by standing."""
        rows = ((GROUPS[key], NOTES[key], [row for row in self.actors if row.standing is key]) for key in GROUPS)
        return tuple(Group(title=title, note=note, actors=tuple(actors)) for title, note, actors in rows if actors)

    @property
    def speaking(self) -> tuple[Group, ...]:
        """Actors with a statement about the proposal, likely blockers first in their group; unidentified last."""
        blockers = [self.index.name(entry.actor_id) for entry in self.index.likely_blockers]
        groups = []
        for group in self.groups:
            actors = sorted((row for row in group.actors if row.about), key=lambda row: shown(row.name) not in blockers)
            if actors:
                groups.append(Group(title=group.title, note=group.note, actors=tuple(actors)))
        if self.unidentified and self.unidentified.about:
            groups.append(Group(title=UNIDENTIFIED, note=NOTES[Standing.UNKNOWN], actors=(self.unidentified,)))
        return tuple(groups)

    @cached_property
    def accounts(self) -> tuple[ActorRow, ...]:
        """Actors whose position rests on words, likely blockers first, then in the order of the tables."""
        blockers = [entry.actor_id for entry in self.index.likely_blockers]
        rows = [row for group in self.groups for row in group.actors if row.account and row.on_record]
        return tuple(sorted(rows, key=lambda row: row.account is None or row.account.position.actor_id not in blockers))

    @cached_property
    def deciding(self) -> tuple[ActorRow, ...]:
        """The members whose vote the answer hangs on: likely blockers; where there is none, members on record."""
        blockers = [entry.actor_id for entry in self.index.likely_blockers]
        members = [row for row in self.accounts if row.standing is Standing.MEMBER]
        likely = [row for row in members if row.account and row.account.position.actor_id in blockers]
        return tuple(likely or members[:FEW])

    def moved_by(self, mover: Mover) -> StatementRow:
        """The statement of a mover, as the page shows it."""
        return self.rows[mover.id]

    @property
    def elsewhere(self) -> tuple[ActorRow, ...]:
        """Actors all of whose statements are about other things."""
        everyone = (*self.actors, *([self.unidentified] if self.unidentified else []))
        return tuple(row for row in everyone if row.other and not row.about)

    @property
    def background(self) -> tuple[Day, ...]:
        """The part of the timeline that was over a year before the decision."""
        return tuple(day for day in self.timeline if self._is_background(day))

    @property
    def before(self) -> tuple[Day, ...]:
        """The earlier part of the year before the decision, where there is too much of it to be read at once."""
        recent = [day for day in self.timeline if not self._is_background(day)]
        return tuple(recent[: len(recent) - len(self.foreground)])

    @cached_property
    def foreground(self) -> tuple[Day, ...]:
        """The rest of it: what led to the decision, and what is planned."""
        recent = [day for day in self.timeline if not self._is_background(day)]
        room = EVENTS_AT_ONCE
        for number, each in reversed(tuple(enumerate(recent))):
            room -= len(each.events)
            if room < 0 and number < len(recent) - 1:
                return tuple(recent[number + 1 :])
        return tuple(recent)

    def _is_background(self, day: Day) -> bool:
        return PartialDate(day.iso).latest < self.brief.issue.on.earliest - YEAR

    @cached_property
    def timeline(self) -> tuple[Day, ...]:
        """Every event under its date, in order."""
        return timeline(self.index)

    @cached_property
    def origins(self) -> tuple[OriginRow, ...]:
        """Origins of what is about the proposal, the one most rests on first."""
        by_key: dict[str, list[CodedStatement]] = {}
        for id in self.numbers:
            coded = self.index.statements[id]
            if relevant(coded):
                by_key.setdefault(coded.origin.key, []).append(coded)
        rows = [self._origin(coded) for coded in by_key.values()]
        return tuple(sorted(rows, key=lambda row: -len(row.statements)))

    @cached_property
    def statements_in(self) -> Counter[DocumentId]:
        """How many statements each document holds."""
        return Counter(row.document_id for row in self.rows.values())

    @cached_property
    def _owners(self) -> dict[StatementId, str]:
        """Who said it."""
        return {id: shown(party.name) for party in self.brief.parties for id in party.statements}

    @cached_property
    def _by_text(self) -> dict[str, StatementRow]:
        """By id as plain text: citations may be of other things than statements."""
        return {str(id): row for id, row in self.rows.items()}

    def quotation(self, blocker: Blocker) -> StatementRow | None:
        """The words that show a blocker's objection best: quoted, not hedged, not the author's, surest, latest."""
        rows = [self.rows[id] for id in self.index.objection(blocker).statements]
        return max(rows, key=_tells, default=None)

    def cites(self, ids: Iterable[str]) -> tuple[tuple[tuple[StatementRow, StatementRow], ...], tuple[str, ...]]:
        """The statements among some citations as runs of numbers (first, last), and the other keys."""
        wanted = {str(id): None for id in ids}
        found = (self._by_text.get(id) for id in wanted)
        rows = sorted((row for row in found if row), key=lambda row: row.number)
        runs: list[tuple[StatementRow, StatementRow]] = []
        for row in rows:
            if runs and runs[-1][1].number == row.number - 1:
                runs[-1] = (runs[-1][0], row)
            else:
                runs.append((row, row))
        return tuple(runs), tuple(id for id in wanted if id not in self.rows)

    def _statement(self, coded: CodedStatement) -> StatementRow:
        statement = coded.statement
        machine = by_machine(statement.coder)
        return StatementRow(
            number=self.numbers[coded.id],
            key=statement_key(coded.id),
            coded=coded,
            parts=in_order(statement, self.index.documents[statement.document_id].text),
            stance=coded.stance.word,
            speaker=coded.identification.speaker or "",
            date=day(statement.said_on) if statement.said_on else "",
            document_id=statement.document_id,
            document=self.index.title(statement.document_id),
            certainty=percent(statement.confidence),
            coder="proposed by machine" if machine else f"coded by {statement.coder}",
            identified=_identified(coded.identification),
        )

    def _actor(self, party: Party, key: str) -> ActorRow:
        position = party.position
        own = [self.rows[id] for id in party.statements if id in self.rows]
        words = "nothing on record"
        if position is not None:
            words = figure(party, position)
        behind = self.index.behind(party)
        origins = position.origins if position else 0
        return ActorRow(
            key=key,
            name=shown(party.name),
            standing=party.standing,
            votes=party.votes,
            position=words,
            stand=stand(position, self.brief.issue) if position else "",
            on_record=on_record(party),
            evidence=_weight(behind),
            single_origin=on_record(party) and origins == 1,
            about=tuple(row for row in own if row.stance != "none"),
            other=tuple(row for row in own if row.stance == "none"),
            account=account(self.index, party),
            account_key=key.replace("actor", "position"),
        )

    def _unidentified(self) -> ActorRow | None:
        rows = [self.rows[coded.id] for coded in self.index.unattributed]
        if not rows:
            return None
        return ActorRow(
            key="actor-unidentified",
            name="Not identified",
            standing=Standing.UNKNOWN,
            votes=0,
            position="not estimated",
            stand="",
            on_record=False,
            evidence="",
            single_origin=False,
            about=tuple(row for row in rows if row.stance != "none"),
            other=tuple(row for row in rows if row.stance == "none"),
        )

    def _origin(self, coded: list[CodedStatement]) -> OriginRow:
        return OriginRow(
            label=coded[0].origin.label,
            statements=tuple(self.rows[entry.id] for entry in coded),
            documents=tuple(dict.fromkeys(self.index.title(entry.statement.document_id) for entry in coded)),
            actors=tuple(dict.fromkeys(self._owners.get(entry.id, "source not identified") for entry in coded)),
        )


def _identified(who: Identification) -> str:
    """Which person says who the source is, and why."""
    if by_machine(who.by):
        return ""
    return shortened(f"identified by {who.by}: {who.why}" if who.why else f"identified by {who.by}")


def in_order(statement: Statement, text: str) -> tuple[tuple[str, str], ...]:
    """Source, cue and contents as they follow one another in the document, with what stands between.

    A short gap is given as it stands, a long one as […]; quotation marks at a content's edge are kept. The
    brackets and addresses of Markdown links are left out: they are no words, and the document shows them.
    """
    spans = [("content", part) for part in statement.contents]
    spans += [(role, part) for role, part in (("source", statement.source), ("cue", statement.cue)) if part]
    parts: list[tuple[str, str]] = []
    reached = None
    for role, part in sorted(spans, key=lambda span: (span[1].start, -span[1].end)):
        start = part.start if reached is None else max(part.start, reached)
        if start >= part.end:
            continue  # inside the part before
        between = _between(text, reached, start)
        parts += [("gap", between)] if between else []
        parts.append((role, without_links(text, start, part.end)))
        reached = part.end
    after = text[reached : reached + 1] if reached is not None and parts[-1][0] == "content" else ""
    return (*parts, ("gap", after)) if after and after in CLOSING else tuple(parts)


def _between(text: str, reached: int | None, start: int) -> str:
    opening = text[start - 1 : start] if start and text[start - 1] in OPENING else ""
    if reached is None:
        return opening
    gap = without_links(text, reached, start)
    if len(gap) <= SHORT_GAP:
        return gap
    closing = gap[:1] if gap[:1] in CLOSING else ""
    return f"{closing}{GAP}{opening}"


def _weight(behind: Support) -> str:
    """How much words weigh: "7 statements, 3 origins"; a single origin is marked beside it."""
    if not behind.statements:
        return ""
    statements = count(behind.number, "statement")
    return statements if behind.origins == 1 else f"{statements}, {count(behind.origins, 'origin')}"


def _tells(row: StatementRow) -> tuple[object, ...]:
    statement = row.coded.statement
    latest = statement.said_on.latest.toordinal() if statement.said_on else 0
    quoted = statement.form in {Form.DIRECT, Form.MIXED}
    return (
        row.stance == "oppose",
        quoted,
        not statement.hedged,
        row.coded.stance.voice is not Voice.ASCRIBED,
        statement.form is Form.DIRECT,
        statement.confidence,
        latest,
    )


def _reading_order(index: Index) -> tuple[CodedStatement, ...]:
    """As the page shows them: about the proposal by standing and actor, blockers first; then all else."""

    def walk() -> Iterator[CodedStatement]:
        blockers = [entry.actor_id for entry in index.likely_blockers]
        for group in GROUPS:
            for party in sorted(index.of(group), key=lambda party: party.actor_id not in blockers):
                yield from index.known(party.statements)
        yield from index.unattributed

    ranked = tuple(dict.fromkeys(coded.id for coded in walk()))
    everything = [index.statements[id] for id in ranked]
    return tuple(sorted(everything, key=lambda coded: not relevant(coded)))
