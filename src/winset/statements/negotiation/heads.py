"""Where the clauses of a sentence begin that say who did what: a party and its verb, in the forms reports use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from winset.statements.negotiation.parties import Member, Party, cue_at, name_at, party
from winset.statements.negotiation.types import Role
from winset.statements.negotiation.verbs import PRONOUNS, Verb, deed, finite, participle, verbs
from winset.statements.phrases import AUXILIARIES, PREPOSITIONS, TIME_WORDS
from winset.statements.tokens import Token, next_word

TOPIC = frozenset({"on", "regarding", "concerning", "about", "under", "for"})
LONG_TOPIC = (
    ("with", "regard", "to"),
    ("with", "respect", "to"),
    ("in", "relation", "to"),
    ("as", "for"),
    ("as", "regards"),
)
OPENING = frozenset({"however", "also", "finally", "meanwhile", "furthermore", "moreover", "nevertheless", "similarly"})
BESIDE = frozenset({"while", "whereas", "and", "but", "yet", "although", "though", "with", "then"})
INSIDE = frozenset(
    "that which as because since if whether how where when after before until what why than whom whose".split()
)
OPENS = BESIDE | INSIDE | OPENING
PERSONS = PRONOUNS - {"it", "we"}


class Place(Enum):
    """How a clause hangs on what stands before it."""

    OPENING = auto()
    BESIDE = auto()
    INSIDE = auto()


@dataclass(frozen=True, slots=True)
class Head:
    """A party and its verb."""

    start: int  # of the clause, with the conjunction and comma before it
    party: Party
    verb: Verb | None  # None: an auxiliary follows whose verb says nothing about a position
    place: Place
    end: int


def heads(words: Sequence[Token]) -> list[Head]:
    """The clauses with a party as subject, in order.  Cost: linear in the sentence, but for lists within lists."""
    found: list[Head] = []
    barred: set[int] = set()
    at = 0
    while at < len(words):
        head = None if at in barred else _head(words, at)
        if head is not None:
            found.append(head)
            at = head.end
            continue
        if at not in barred and _opens(words, at) and (fruitless := party(words, at)) is not None:
            inside = (member.name[0] for member in fruitless.members)  # the same list again, from its middle
            barred |= {
                place for start in inside for place in (start - 1, start) if place > at and not _led(words, start)
            }
        end = name_at(words, at)
        if end > at:
            barred |= set(_tied(words, at, end))
            at = end
        else:
            at += 1
    return found


def _led(words: Sequence[Token], at: int) -> bool:
    """Whether "with" stands before a name, which may then have a participle of its own."""
    before = at - 1
    while before > 0 and words[before].lower in ("the", "both"):
        before -= 1
    return words[before].lower == "with"


def _tied(words: Sequence[Token], at: int, end: int) -> Iterator[int]:
    """Starts of the names that "and" ties to one that is no subject: "in Africa and Asia, Japan said"."""
    if not _behind_preposition(words, at):
        return
    while next_word(words, end) in ("and", "or"):
        start = end + 1 + (next_word(words, end + 1) in ("the", "both"))
        if finite(words, name_at(words, start)) is not None:
            return  # "... on Africa and Oslo replied"
        yield from range(end + 1, start + 1)
        end = name_at(words, start)
        if end == start:
            return


def _behind_preposition(words: Sequence[Token], at: int) -> bool:
    before = at - 1
    while before >= 0 and words[before].lower in ("the", "both"):
        before -= 1
    return before >= 0 and words[before].lower in PREPOSITIONS


def _head(words: Sequence[Token], at: int) -> Head | None:
    if not _opens(words, at):
        return None
    if (brought := _brought_first(words, at)) is not None:
        return _finished(words, at, brought)
    absolute = at > 0 and words[at - 1].lower == "with"
    subject = party(words, at)
    if subject is None:
        return None
    return _finished(words, at, subject, absolute=absolute)


def _opens(words: Sequence[Token], at: int) -> bool:
    """Whether a clause may begin here: behind a mark, a conjunction or a verb."""
    if words[at].quote >= 0:
        return False
    if at == 0 or words[at - 1].text in ",;:.)–—" or words[at - 1].lower in OPENS:
        return True
    return _after_verb(words, at)


def _after_verb(words: Sequence[Token], at: int) -> bool:
    """Whether a clause without "that" may begin: "Oslo said Riga opposed it"."""
    return any(entry.tense in ("past", "s", "ing") for entry in verbs().get(words[at - 1].lower, ()))


def _brought_first(words: Sequence[Token], at: int) -> Party | None:
    """A party whose supporters or opponents come first: "Opposed by A and B, C" and "With A, he"."""
    cue = cue_at(words, at)
    if cue is None or cue[1] is None or (at and words[at - 1].text not in ",;:.)" and words[at - 1].lower not in OPENS):
        return None
    end, role, strong = cue
    others = party(
        words,
        end + (next_word(words, end) == ","),
        role=role or Role.SUPPORTING,
        cue=(at, end),
        strong=strong,
        closing=True,
    )
    if others is None:
        return None
    behind = others.end + (next_word(words, others.end) == ",")
    if next_word(words, behind) in PERSONS and behind > others.end:
        return replace(others, start=at, end=behind + 1)
    if behind > others.end and (subject := party(words, behind)) is not None and _verb(words, subject.end) is not None:
        return Party(at, subject.end, (*subject.members, *others.members), others.strong or subject.strong)
    if at > 1 and words[at - 1].text == "," and words[at - 2].lower in ("and", "but"):
        return None  # "..., and, with A and B, asked": who speaks stands before
    same = [member for member in others.members if member.role is role]
    if len(same) > 1 and _verb(words, others.end) is not None and not _joined(words, same[-1].name[0]):
        last = same[-1]  # "Opposed by A, B proposed"
        rest = tuple(member for member in others.members if member is not last)
        return Party(at, others.end, (Member(last.name, Role.LEADING, None, False), *rest), others.strong)
    return None


def _joined(words: Sequence[Token], at: int) -> bool:
    """Whether "and" or "for" stands before the name, an article between or not."""
    before = at - 1
    while before > 0 and words[before].lower in ("the", "both"):
        before -= 1
    return words[before].lower in ("and", "for", "of")


def _finished(words: Sequence[Token], at: int, subject: Party, *, absolute: bool = False) -> Head | None:
    place = _place(words, at)
    start = _with_conjunction(words, at)
    behind = _past_commas(words, subject.end)
    if absolute:
        apart = len(subject.members) > 1 and at > 1 and words[at - 2].text == ","
        verb = participle(words, behind if apart else subject.end)  # "worked with Oslo, saying" is another's saying
        if verb is None and next_word(words, behind).endswith("ing"):
            return Head(start, subject, None, Place.BESIDE, behind + 1)  # it ends what stands before all the same
        return Head(start, subject, verb, Place.BESIDE, verb.end) if verb else None
    verb = finite(words, _past_unnamed(words, behind))
    if verb is None and subject.strong and any(member.role is not Role.LEADING for member in subject.members):
        verb = deed(words, behind)
    if verb is not None and not verb.passive:
        return Head(start, subject, verb, place, verb.end)
    if next_word(words, behind) in AUXILIARIES and verb is None and place is Place.INSIDE:
        return Head(start, subject, None, place, behind + 1)
    return None


def _past_unnamed(words: Sequence[Token], at: int) -> int:
    """Past supporters without a name: ", supported by its members,"."""
    if next_word(words, at + 1) != "by":
        return at
    return next((end + 1 for end in range(at, min(len(words), at + 12)) if words[end].text == ","), at)


def _verb(words: Sequence[Token], at: int) -> Verb | None:
    return finite(words, _past_commas(words, at))


def _past_commas(words: Sequence[Token], at: int) -> int:
    """Past a comma, and past "however" or "in response" between two."""
    if next_word(words, at) != ",":
        return at
    for stop in range(at + 2, min(len(words), at + 6)):
        if words[stop].text == "," and not any(word.is_capital for word in words[at + 1 : stop]):
            if next_word(words, at + 1) in OPENING | {"in", "for", "inter", "among"}:
                return stop + 1
            break
    return at + 1


def _place(words: Sequence[Token], at: int) -> Place:
    if at == 0:
        return Place.OPENING
    before = words[at - 1].lower
    if before in INSIDE:
        return Place.INSIDE
    if before in BESIDE or before in ",;:.)–—" or before in OPENING:
        return Place.BESIDE
    return Place.INSIDE


def _with_conjunction(words: Sequence[Token], at: int) -> int:
    """Back over the conjunction, comma or semicolon that opens the clause."""
    start = at
    while start > 0 and (words[start - 1].lower in BESIDE | OPENING or words[start - 1].text in ",;"):
        start -= 1
    return start


def topic(words: Sequence[Token], before: int) -> tuple[int, int] | None:
    """The phrase that opens the sentence and says what it is about, up to the comma before the subject."""
    start = 0
    for at in range(min(before, 12)):
        if words[at].text == ":" and all(word.text.isupper() or not word.is_word for word in words[: min(at, 2)]):
            start = at + 1
    while start < before and (words[start].lower in OPENING or words[start].text == ","):
        start += 1
    first = next_word(words, start)
    long = any(tuple(word.lower for word in words[start : start + len(opener)]) == opener for opener in LONG_TOPIC)
    if first not in TOPIC and not long:
        return None
    if next_word(words, start + 1) in TIME_WORDS or next_word(words, start + 1)[:1].isdigit():
        return None  # "On Tuesday"
    end = before
    while end > start and words[end - 1].text in ",;":
        end -= 1
    return (start, end) if end > start + 1 and words[end].text == "," else None
