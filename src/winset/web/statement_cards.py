"""A statement as the desk shows it: what the machine proposed beside what people decided, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.actors.types import MACHINE
from winset.brief.wording import shown
from winset.web.passages import Passage, passage

if TYPE_CHECKING:
    from winset.positions.rulings import Codes
    from winset.positions.types import Stance
    from winset.statements.types import Statement
    from winset.store.desk import QueueRow

FIRM = 0.75  # firmness from which a side is taken firmly: two steps from the middle rather than one
IN_WORDS = {
    "favour": "for",
    "oppose": "against",
    "neutral": "neutral",
    "unclear": "unclear",
    "none": "not about it",
}
SIDES = {"favour": "for", "oppose": "against"}  # -> the class that colours it
OPEN, CODED, WRONG = "open", "coded", "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A stance in words, and the class of its colour."""

    words: str  # "against, firmly", "for, leaning, if"
    step: str  # "−2" to "+2"; empty for no side
    side: str  # "for", "against", "between"
    by: str  # who says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One statement with all that its card shows."""

    row: QueueRow
    state: str  # open, coded or wrong, as this person sees it
    speaker: str
    represents: str  # empty: nobody known
    who_by: str  # who says whose it is: "machine", or a person
    machine: Read | None
    sure: float  # that the machine read the stance right, 0-1
    own: Read | None  # what the person at the desk coded
    named: str  # whom that person named as the one whose statement it is; empty: nobody
    others: tuple[str, ...]  # who else coded it
    judged_by: str  # who said that it is right or wrong
    passage: Passage
    elsewhere: bool  # whether the document is not on the same page

    @property
    def statement(self) -> Statement:
        """What it is about."""
        return self.row.statement

    @property
    def source(self) -> str:
        """Place of the source as `a-b`, in code points; empty where the text names nobody."""
        return spans([self.statement.source.span] if self.statement.source else [])

    @property
    def cue(self) -> str:
        """Place of the cue as `a-b`."""
        return spans([self.statement.cue.span] if self.statement.cue else [])

    @property
    def contents(self) -> str:
        """Places of the content as `a-b,c-d`."""
        return spans([part.span for part in self.statement.contents])

    @property
    def added_by(self) -> str:
        """Who marked it; empty where the machine did."""
        return "" if self.row.by_machine else self.statement.coder


def card(
    row: QueueRow, text: str, *, person: str, judged_by: str = "", named: str = "", elsewhere: bool = False
) -> Card:
    """A row of the queue as a card.

    text: of its document.  person: who is at the desk.  judged_by: who judged it.  named: whom `person` coded as the
    one whose statement it is, in words.
    """
    who, codes = row.identification, row.codes
    return Card(
        row=row,
        state=state(row),
        speaker=who.speaker or (row.statement.source.exact if row.statement.source else "") or "Nobody named",
        represents=shown(who.represents) if who.represents else "",
        who_by=who.by or MACHINE,
        machine=_machine(row.stance) if row.stance is not None else None,
        sure=row.stance.confidence if row.stance is not None else 0.0,
        own=coded(codes, person) if codes is not None and codes.word else None,
        named=named,
        others=tuple(coder for coder in row.coded_by if coder != person),
        judged_by=judged_by or "somebody",
        passage=passage(text, row.statement),
        elsewhere=elsewhere,
    )


def state(row: QueueRow) -> str:
    """Whether the statement is still to be looked at."""
    if row.verdict in ("wrong", "replaced", "superseded"):
        return WRONG
    return CODED if row.codes is not None and row.codes.word else OPEN


def coded(codes: Codes, by: str) -> Read:
    """A person's codes in words.

    >>> from winset.positions.rulings import Codes
    >>> coded(Codes(stance="oppose", firmness=1.0), "Ada").words
    'against, firmly'
    """
    word = codes.word or "unclear"
    firm = (1.0 if codes.firmness is None else codes.firmness) >= FIRM
    marks = [mark for mark, is_so in (("hedged", codes.hedged), ("with conditions", codes.conditional)) if is_so]
    return _read(word, firm, marks, by)


def _machine(stance: Stance) -> Read:
    marks = [mark for mark, is_so in (("hedged", stance.hedged), ("with conditions", stance.conditional)) if is_so]
    return _read(stance.word, stance.firmness >= FIRM, marks, MACHINE)


def _read(word: str, firm: bool, marks: list[str], by: str) -> Read:
    sided = word in SIDES
    step = ""
    if sided:
        step = f"{'+' if word == 'favour' else '−'}{2 if firm else 1}"
    elif word == "neutral":
        step = "0"
    words = [IN_WORDS[word], *(["firmly" if firm else "leaning"] if sided else []), *marks]
    return Read(words=", ".join(words), step=step, side=SIDES.get(word, "between"), by=by)


def spans(places: list[tuple[int, int]]) -> str:
    """Places as one word.

    >>> spans([(3, 9), (12, 15)])
    '3-9,12-15'
    """
    return ",".join(f"{start}-{end}" for start, end in places)
