"""The account of a position: which words moved it and by how much, what would change it, since when it holds.

A figure is never alone here: what is estimated opens onto statements, and what is not says that it is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from winset.brief.index import NORMAL_90, Index, by_machine, on_record, stand
from winset.brief.standing import IN_WORDS
from winset.brief.types import Change, ChangeKind, Claim, ClaimKind, CodedStatement, Party
from winset.brief.wording import count, day, on_day, percent, plus_minus, sentence, shortened, the
from winset.ids import PartialDate, StatementId
from winset.issues import Issue
from winset.positions.types import Contribution, Position, Shift, Voice

FIRM, PLAIN = 0.9, 0.65  # lower bounds of the words for firmness
WHOLE, LEAST = 0.95, 0.05  # points: from where on they are shown whole, and at all
VOICE_WORDS = {
    Voice.OWN: "in its own words",
    Voice.REPORTED: "reported",
    Voice.ASCRIBED: "ascribed by the author",
}
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A named place on the issue's scale."""

    label: str
    value: float

    @property
    def words(self) -> str:
        """The label with its place: "“contact point” (20)"; the two ends are no quotation."""
        return f"{self.label} ({self.value:.0f})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """One statement behind a position, and what it did to it."""

    coded: CodedStatement
    contribution: Contribution | None  # None: the estimator does not say what each statement did
    side: str  # "for" or "against": the way it moved the position; "" where it hardly did

    @property
    def id(self) -> StatementId:
        """The statement's."""
        return self.coded.id

    @property
    def moved(self) -> str:
        """By how many points of the scale: "+12", "−3", "−0.3", "0"; "" where nobody knows."""
        return "" if self.contribution is None else points(self.contribution.moved)

    @property
    def share(self) -> str:
        """Of all that moved the position: "24%"; "all" where nothing else did."""
        if self.contribution is None:
            return ""
        return "all" if self.contribution.weight == 1 else percent(self.contribution.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How one actor's position came about, in words."""

    party: Party
    position: Position
    figure: str  # "12 ± 6"; "assumed 50 ± 20"
    interval: tuple[float, float]  # 90%, issue scale
    nearest: Rung
    stands: str  # "for it", "leaning against it"
    since: PartialDate | None  # of the first statement behind it; None: none is dated
    latest: PartialDate | None
    movers: tuple[Mover, ...]  # that which moved it most first
    other_evidence: tuple[str, ...]  # keys of coded data sets
    changes: tuple[Claim, ...]  # what would change it
    shifts: tuple[Claim, ...]  # when it moved
    method: str  # id of the estimator

    @property
    def assumed(self) -> str:
        """The assumption that made it; "" where words did."""
        return "" if on_record(self.party) else self.position.assumed or "no words behind it"

    @property
    def most(self) -> Mover | None:
        """The statement that moved it most, where one moved it at all."""
        return self.movers[0] if self.movers and self.movers[0].side else None

    @property
    def interval_words(self) -> str:
        """As a range: "0 to 37"."""
        low, high = self.interval
        return f"{low:.0f} to {high:.0f}"

    @property
    def record(self) -> str:
        """How much is on record: "8 statements from 4 independent origins"."""
        if not self.position.evidence:
            return "nothing on record"
        origins = self.position.origins
        from_where = "a single origin" if origins == 1 else count(origins, "independent origin")
        shown = f", of which {len(self.position.evidence):,} are shown" if self.position.others else ""
        return f"{count(self.position.behind, 'statement')} from {from_where}{shown}"

    @property
    def when(self) -> str:
        """When it was said: "from 30 May to 11 July 2023"; "" where nothing is dated."""
        if self.since is None or self.latest is None:
            return ""
        if self.since == self.latest:
            return on_day(self.since)
        return f"from {day(self.since)} to {day(self.latest)}"

    @property
    def salience(self) -> str:
        """With its standard error: "0.50 ± 0.16"."""
        error = f" ± {max(0.01, self.position.salience_error):.2f}" if self.position.salience_error > 0 else ""
        return f"{self.position.salience:.2f}{error}"


def points(moved: float) -> str:
    """Points of the scale with their sign, whole where there is a whole one.

    >>> points(11.6), points(-3.2), points(-0.32), points(0.01)
    ('+12', '−3', '−0.3', '0')
    """
    size = abs(moved)
    words = f"{size:.0f}" if size >= WHOLE else f"{size:.1f}"
    return f"{'+' if moved > 0 else '−'}{words}" if size >= LEAST else "0"


def firmness(value: float) -> str:
    """The word for it, with the figure it stands for.

    >>> firmness(1.0), firmness(0.8), firmness(0.5)
    ('firm (1.0)', 'plain (0.8)', 'soft (0.5)')
    """
    word = "firm" if value >= FIRM else "plain" if value >= PLAIN else "soft"
    return f"{word} ({value:.1f})"


def read_by(coded: CodedStatement) -> str:
    """Whether a person or a machine says which way it points."""
    if by_machine(coded.stance.by):
        return "stance read by machine"
    said = coded.stance.by.removeprefix("person: ")
    why = f": {coded.stance.reason}" if coded.stance.reason else ""
    machine = f"; the machine read {coded.machine_stance.word}" if coded.machine_stance else ""
    return shortened(f"stance coded by {said}{why}{machine}")


def interval(position: Position) -> tuple[float, float]:
    """The 90% interval, cut at the ends of the scale."""
    half = NORMAL_90 * position.std_error
    return max(0.0, position.value - half), min(100.0, position.value + half)


def nearest_rung(value: float, issue: Issue) -> Rung:
    """The named place nearest to it; of two as near, the one nearer to the status quo."""
    named = [
        Rung(label="status quo", value=issue.status_quo),
        *(Rung(label=f"“{option.label}”", value=option.value) for option in issue.options),
        Rung(label="the proposal", value=issue.proposal_value),
    ]
    return min(named, key=lambda rung: (abs(rung.value - value), abs(rung.value - issue.status_quo)))


def account(index: Index, party: Party) -> Account | None:
    """How its position came about; None without one."""
    position = party.position
    if position is None:
        return None
    issue = index.brief.issue
    methods = dict(reversed(index.brief.how_made.methods))
    said = index.known(position.evidence)
    days = _dated(found for coded in said if (found := _day(index, coded)))
    known = {str(coded.id) for coded in said}
    return Account(
        party=party,
        position=position,
        figure=figure(party, position),
        interval=interval(position),
        nearest=nearest_rung(position.value, issue),
        stands=IN_WORDS[stand(position, issue)],
        since=days[0] if days else None,
        latest=max(days, key=lambda each: each.latest) if days else None,
        movers=tuple(_movers(said, position, issue)),
        other_evidence=tuple(str(id) for id in position.evidence if str(id) not in known),
        changes=tuple(_change(position, change) for change in party.changes),
        shifts=tuple(_shift(index, party, shift) for shift in party.shifts),
        method=position.method or methods.get("positions", ""),
    )


def figure(party: Party, position: Position) -> str:
    """The position with its standard error, and the word "assumed" where no words stand behind it."""
    return f"{'' if on_record(party) else 'assumed '}{plus_minus(position.value, position.std_error)}"


def _dated(days: Iterable[PartialDate]) -> list[PartialDate]:
    """In order; without the vague ones that may mean the same day as one that is less so: "2023" beside "2023-06"."""
    known = sorted(set(days), key=lambda each: each.earliest)
    return [
        vague
        for vague in known
        if not any(vague.earliest <= each.earliest and each.latest <= vague.latest for each in known if each != vague)
    ]


def _day(index: Index, coded: CodedStatement) -> PartialDate | None:
    """When it was said; where that is not known, when its document came out."""
    document = index.documents.get(coded.statement.document_id)
    return coded.statement.said_on or (document.published if document else None)


def _movers(said: tuple[CodedStatement, ...], position: Position, issue: Issue) -> Iterator[Mover]:
    did: Mapping[StatementId, Contribution] = {each.statement_id: each for each in position.contributions}
    upwards = issue.proposal_value > issue.status_quo

    def size(coded: CodedStatement) -> tuple[float, float]:
        found = did.get(coded.id)
        return (abs(found.moved), found.weight) if found else (-1.0, 0.0)

    for coded in sorted(said, key=size, reverse=True):
        found = did.get(coded.id)
        side = ""
        if found is not None and abs(found.moved) >= LEAST:
            side = "for" if (found.moved > 0) == upwards else "against"
        yield Mover(coded=coded, contribution=found, side=side)


def _change(position: Position, change: Change) -> Claim:
    before = plus_minus(position.value, position.std_error)
    if change.kind is ChangeKind.WITHOUT:
        return _left_out(change, before)
    after = plus_minus(change.value or 0.0, change.std_error or 0.0)
    way = "for it" if change.kind is ChangeKind.FOR else "against it"
    if change.added == 1:
        text = f"one firm statement {way} in its own words, from a new source, would move it from {before} to {after}"
        text += ", past the middle." if change.crosses else "."
    else:
        such = f"{NUMBERS.get(change.added, str(change.added))} such statements, each from another new source,"
        text = f"{such} would bring it past the middle, to {after}."
        if not change.crosses:
            text = f"even {such} would only bring it to {after}."
    return Claim(text=f"Assumed: {text}", kind=ClaimKind.ASSUMED, cites=tuple(map(str, position.evidence)))


def _left_out(change: Change, before: str) -> Claim:
    number = len(change.statements) + change.others
    said = "the one statement" if number == 1 else f"the {number:,} statements"
    what = f"Without {said} from {shortened(change.origin, to=90)}"
    if change.value is None:
        text = f"{what} nothing would be left on record, and it would be unknown."
    else:
        text = f"{what} it would stand at {plus_minus(change.value, change.std_error or 0.0)} instead of {before}"
        text += ", past the middle." if change.crosses else "."
    return Claim(text=text, kind=ClaimKind.ESTIMATED, cites=tuple(map(str, change.statements)))


def _shift(index: Index, party: Party, shift: Shift) -> Claim:
    name = sentence(the(index.name(party.actor_id)))
    return Claim(
        text=f"{name} moved from {shift.before:.0f} to {shift.after:.0f} {on_day(shift.on)}, by"
        f" {plus_minus(abs(shift.after - shift.before), shift.std_error)} points.",
        kind=ClaimKind.ESTIMATED,
        cites=tuple(map(str, shift.statements)) or tuple(map(str, party.position.evidence if party.position else ())),
    )
