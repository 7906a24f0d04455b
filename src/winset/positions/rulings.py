"""What people say of a statement's stance: codes of their own, beside the machine's, and the rule where they differ.

    holding(rulings, takes)  -> the last word of each coder on each statement
    joint(rulings)           -> what they say together of one statement
    ruled(stance, rulings)   -> the stance that counts: theirs where they coded it, the machine's where not
    whose(coded, ...)        -> whose statements they are by those who coded them

Several coders: the word that most of them chose; where two words are chosen equally often the statement is unclear,
and moves no position. The further codes come from those who chose that word: the mean of numbers; of yes and no, and
of voices, the more cautious where they are equally many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from statistics import fmean
from typing import TypeVar

from winset.actors.judgements import Judgement, Verb
from winset.actors.judgements import holding as judgements_holding
from winset.errors import BadJudgement, OffScale
from winset.ids import StatementId, on_unit_scale
from winset.issues import Issue
from winset.positions.types import Stance, Voice

WORDS = ("favour", "oppose", "neutral", "unclear", "none")
SIDES = {"oppose": -1.0, "neutral": 0.0, "favour": 1.0}
PROPOSAL_ITSELF = ""  # the rung of a statement on the proposal, where a person says so
PERSON = "person: "
MACHINE = "machine"
NEUTRAL = 0.15  # direction below which a stance is neutral; as in Stance.word
ABOUT = 0.5  # relevance from which a statement is about the issue; as in Stance.word
_DISTANT = (Voice.ASCRIBED, Voice.REPORTED, Voice.OWN)  # the most cautious first

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """A person's codes for one statement; None: not coded."""

    stance: str | None = None  # one of WORDS
    direction: float | None = None  # -1 against .. +1 for
    firmness: float | None = None  # 0-1
    hedged: bool | None = None
    conditional: bool | None = None
    voice: Voice | None = None
    rung: str | None = None  # label of an option; PROPOSAL_ITSELF
    relevance: float | None = None  # 0-1
    actor: str | None = None  # whose statement it is: an id in the registry, a label, or nobody

    def __post_init__(self) -> None:
        if self.stance is not None and self.stance not in WORDS:
            raise OffScale(f"stance {self.stance!r}: write {', '.join(WORDS[:-1])} or {WORDS[-1]}")
        if self.direction is not None and not -1 <= self.direction <= 1:
            raise OffScale(f"direction {self.direction:g}: allowed is -1 (against) to 1 (for)")
        for name in ("firmness", "relevance"):
            value = getattr(self, name)
            if value is not None:
                on_unit_scale(value, name)
        for name, value in (("direction", self.direction), ("relevance", self.relevance)):
            implied = _implied(self.direction, None) if name == "direction" else _implied(None, self.relevance)
            if value is not None and self.stance is not None and not _goes_with(self.stance, implied):
                raise BadJudgement(f"stance {self.stance} and {name} {value:g} contradict each other: change one")

    @property
    def word(self) -> str | None:
        """The stance, or the one that direction and relevance come to; None where neither is coded.

        >>> Codes(direction=-0.5).word, Codes(relevance=0.2).word, Codes(hedged=True).word
        ('oppose', 'none', None)
        """
        return self.stance or _implied(self.direction, self.relevance)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is coded."""
        return all(getattr(self, field.name) is None for field in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One coder's codes for one statement. It is never changed; a later one of the same coder counts instead."""

    statement_id: StatementId
    coder: str
    codes: Codes
    why: str = ""
    take: int = 0  # number of the take it came with; 0: not kept yet

    def __post_init__(self) -> None:
        if not self.coder.strip() or self.coder.strip().lower().split(":")[0] == MACHINE:
            raise BadJudgement(f"coder {self.coder!r}: name the person who coded")
        if self.codes.is_empty:
            raise BadJudgement(f"statement {self.statement_id}: nothing is coded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Rulings that came into a case together, from one sheet; or the taking back of an earlier take."""

    number: int  # 1, 2, 3 ...
    by: str  # who took them in
    at: str = ""  # ISO 8601, UTC
    why: str = ""
    sheet: str = ""  # the file's name
    undoes: int | None = None

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise BadJudgement(f"take {self.number}: name who takes it in")
        if self.undoes is not None and not 1 <= self.undoes < self.number:
            raise BadJudgement(f"take {self.number} cannot take back {self.undoes}: name an earlier one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """What all coders of one statement say of it together."""

    codes: Codes
    coders: tuple[str, ...]  # whose word counts
    share: float | None  # of those who coded a word, 0-1; None where nobody did
    tie: str = ""  # "Ada favour, Ben oppose" where as many chose one word as another


def taken_back(takes: Sequence[Take]) -> frozenset[int]:
    """The numbers of the takes that a later one takes back; an undo that is undone takes nothing back."""
    gone: set[int] = set()
    for take in sorted(takes, key=lambda each: -each.number):
        if take.undoes is not None and take.number not in gone:
            gone.add(take.undoes)
    return frozenset(gone)


def to_undo(takes: Sequence[Take], number: int | None) -> Take:
    """The take of that number, or the last that brought codes and holds.  Raises BadJudgement where there is none."""
    gone = taken_back(takes)
    if number is None:
        last = [take for take in takes if take.number not in gone and take.undoes is None]
        if not last:
            raise BadJudgement("nothing to take back: no codes are kept")
        return last[-1]
    wanted = next((take for take in takes if take.number == number), None)
    if wanted is None:
        raise BadJudgement(f"no take {number}: there are {len(takes)}")
    if number in gone:
        by = next(take.number for take in takes if take.undoes == number and take.number not in gone)
        raise BadJudgement(f"take {number} is taken back already, by {by}: `undo {by}` brings it back")
    return wanted


def holding(rulings: Iterable[Ruling], takes: Sequence[Take]) -> dict[StatementId, tuple[Ruling, ...]]:
    """The last ruling of each coder on each statement, by statement; coders by name."""
    gone = taken_back(takes)
    last: dict[StatementId, dict[str, Ruling]] = {}
    for ruling in rulings:
        if ruling.take not in gone:
            last.setdefault(ruling.statement_id, {})[ruling.coder] = ruling
    return {id: tuple(said[coder] for coder in sorted(said)) for id, said in last.items()}


def joint(rulings: Sequence[Ruling]) -> Joint:
    """What the coders of one statement say together, by the rule of this module.

    rulings: one of each coder, at least one.
    """
    worded = [ruling for ruling in rulings if ruling.codes.word is not None]
    tie, agreeing, share = "", list(rulings), None
    if worded:
        word, times = _most(ruling.codes.word or "" for ruling in worded)
        if word is None:
            agreeing, share = worded, times / len(worded)
            tie = ", ".join(f"{ruling.coder} {ruling.codes.word}" for ruling in worded)
        else:
            agreeing = [ruling for ruling in worded if ruling.codes.word == word]
            share = len(agreeing) / len(worded)
    else:
        word = None
    stance = "unclear" if tie else word
    said = [ruling.codes for ruling in agreeing]
    codes = Codes(
        stance=stance,
        direction=_mean(each.direction for each in said) if stance in SIDES else None,
        firmness=_mean(each.firmness for each in said),
        hedged=_cautious((each.hedged for each in said), (True, False)),
        conditional=_cautious((each.conditional for each in said), (True, False)),
        voice=_cautious((each.voice for each in said), _DISTANT),
        rung=_most(each.rung for each in said if each.rung is not None)[0],
        relevance=None if tie else _mean(each.relevance for each in said),
        actor=_most(ruling.codes.actor for ruling in rulings if ruling.codes.actor is not None)[0],
    )
    return Joint(codes=codes, coders=tuple(ruling.coder for ruling in agreeing), share=share, tie=tie)


def ruled(stance: Stance, rulings: Sequence[Ruling]) -> Stance:
    """The stance as it counts: coded by people as far as they did, else the machine's.

    stance: the machine's.  rulings: one of each coder on its statement; none leaves it as it is.
    """
    if not rulings:
        return stance
    found = joint(rulings)
    said, who = found.codes, ", ".join(found.coders)
    coded = replace(
        stance,
        firmness=stance.firmness if said.firmness is None else said.firmness,
        hedged=stance.hedged if said.hedged is None else said.hedged,
        conditional=stance.conditional if said.conditional is None else said.conditional,
        voice=said.voice or stance.voice,
        rung=stance.rung if said.rung is None else said.rung or None,
    )
    if said.stance is None:
        further = [field.name for field in fields(said) if getattr(said, field.name) is not None]
        told = [name for name in further if name != "actor"]
        return replace(coded, reason=f"{stance.reason}; {', '.join(told)} by {who}") if told else stance
    return replace(
        coded,
        relevance=_relevance(said),
        direction=_direction(said),
        confidence=0.0 if said.stance == "unclear" else found.share or 0.0,
        by=PERSON + who,
        reason=_reason(found, rulings),
    )


def whose(
    coded: Mapping[StatementId, Sequence[Ruling]], *, at: Mapping[int, str], judgements: Sequence[Judgement]
) -> dict[StatementId, Judgement]:
    """Whose each statement is by the people who coded it, as a judgement on that statement alone.

    It goes before judgements on a source, which are about many; one on the very statement that is later goes before it.
    coded: one ruling of each coder on each statement.  at: when each take was, by its number.
    """
    on_one = {each.subject: each.at for each in judgements_holding(judgements) if each.verb is Verb.IS}
    found = {}
    for id, rulings in coded.items():
        actor = joint(rulings).codes.actor
        said = [ruling for ruling in rulings if actor is not None and ruling.codes.actor == actor]
        when = max((at.get(ruling.take, "") for ruling in said), default="")
        if actor is not None and on_one.get(id, "") <= when:
            whys = "; ".join(dict.fromkeys(ruling.why for ruling in said if ruling.why))
            by = ", ".join(ruling.coder for ruling in said)
            found[id] = Judgement(number=1, verb=Verb.IS, subject=id, object=actor, by=by, at=when, why=whys)
    return found


def direction_of(place: float, issue: Issue) -> float:
    """The direction, -1 to 1, of a place on the issue's 0-100 scale.

    Raises OffScale outside status quo and proposal: for and against lie between them.
    """
    low, high = sorted((issue.status_quo, issue.proposal_value))
    if not low <= place <= high:
        raise OffScale(f"place {place:g}: allowed is {low:g} to {high:g}, from status quo to proposal")
    return 2 * (place - issue.status_quo) / (issue.proposal_value - issue.status_quo) - 1


def is_persons(stance: Stance) -> bool:
    """Whether people coded for or against."""
    return stance.by.startswith(PERSON)


def _implied(direction: float | None, relevance: float | None) -> str | None:
    if relevance is not None and relevance < ABOUT:
        return "none"
    if direction is None:
        return None
    return "neutral" if abs(direction) < NEUTRAL else "favour" if direction > 0 else "oppose"


def _goes_with(stance: str, implied: str | None) -> bool:
    """Whether a stance and what direction or relevance comes to can both be meant."""
    if implied is None:  # relevance of a half or more
        return stance != "none"
    return stance == implied or (stance in ("unclear", "none") and implied == "neutral")


def _relevance(said: Codes) -> float:
    if said.relevance is not None:
        return said.relevance
    return 0.0 if said.stance == "none" else 1.0


def _direction(said: Codes) -> float:
    if said.direction is not None:
        return said.direction
    return SIDES.get(said.stance or "", 0.0)


def _reason(found: Joint, rulings: Sequence[Ruling]) -> str:
    if found.tie:
        return f"coders disagree: {found.tie}"
    words = {each.coder: each.codes.word for each in rulings}
    others = [f"{coder} {word}" for coder, word in words.items() if word not in (None, found.codes.stance)]
    whys = list(dict.fromkeys(ruling.why for ruling in rulings if ruling.why and ruling.coder in found.coders))
    return "; ".join([f"coded {found.codes.stance}", *whys, *([f"otherwise {', '.join(others)}"] if others else [])])


def _mean(numbers: Iterable[float | None]) -> float | None:
    said = [number for number in numbers if number is not None]
    return fmean(said) if said else None


def _most(said: Iterable[T]) -> tuple[T | None, int]:
    """What is said most often and how often; None where two are said equally often, or nothing is."""
    counts = Counter(said).most_common(2)
    if not counts:
        return None, 0
    first = counts[0]
    return (None if len(counts) > 1 and counts[1][1] == first[1] else first[0]), first[1]


def _cautious(said: Iterable[T | None], order: Sequence[T]) -> T | None:
    """What is said most often; of those said equally often the first in `order`."""
    counts = Counter(each for each in said if each is not None)
    return min(counts, key=lambda each: (-counts[each], order.index(each))) if counts else None
