"""Who acts together in a sentence: lists of names with those they speak for, their supporters and opponents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.statements.negotiation.types import Role
from winset.statements.phrases import NO_NAMES, ONE_NAME, TIME_WORDS
from winset.statements.tokens import Token, next_word

Range = tuple[int, int]  # token places, half-open

COLLECTIVE = frozenset(
    "parties countries delegates delegations members others states ministers observers participants speakers groups"
    " nations representatives experts party country many several".split()
)
COUNTING = frozenset(
    "many several some other others most all various numerous both few two three four a an number of the developing"
    " developed industrialized industrialised least small island like-minded non-annex annex observer different"
    " certain majority vast large group comprising these those".split()
)
GROUPING = frozenset({"coalition", "alliance", "association", "group", "movement", "forum", "union", "network"})
HALVES = (ONE_NAME - {"a", "an"}) | {"caribbean"}  # second words of one name: "Trinidad and Tobago"
LONGEST_NOTE = 14  # words inside brackets behind a name
LONGEST_COLLECTIVE = 8
MOST_MEMBERS = 40  # a longer list is a roll, and nobody speaks with forty others in one sentence
ITEM_HEADS = frozenset({"the", "both", "including", "also", "e.g"})

# words that bring further actors in, with the role they give; None: the role of those they speak for
CUES: tuple[tuple[tuple[str, ...], Role | None, bool], ...] = tuple(
    (tuple(words.split()), role, strong)
    for role, strong, entries in (
        (Role.SUPPORTING, True, "supported by|seconded by|echoed by|with the support of|with support from"),
        (Role.SUPPORTING, False, "backed by|endorsed by|joined by|together with|along with|with|along side|alongside"),
        (Role.OPPOSING, True, "opposed by|with opposition from|contested by|countered by"),
        (Role.OPPOSING, False, "challenged by|disputed by|rejected by"),
        (
            None,
            True,
            "speaking on behalf of|also speaking on behalf of|speaking for|also speaking for|on behalf of",
        ),
        (None, False, "for|representing|including|particularly|especially|notably|in particular|also for"),
    )
    for words in entries.split("|")
)
CUES_BY_HEAD = {head: tuple(cue for cue in CUES if cue[0][0] == head) for head in {cue[0][0] for cue in CUES}}


@dataclass(frozen=True, slots=True)
class Member:
    """A name in a party, with the role it has and the words that brought it in."""

    name: Range
    role: Role
    cue: Range | None
    strong: bool


@dataclass(frozen=True, slots=True)
class Party:
    """Those who share one predicate."""

    start: int
    end: int
    members: tuple[Member, ...]
    strong: bool  # whether some words show that this is the report of a negotiation
    spoken_for: bool = False  # whether one of its first names speaks for another

    @property
    def opposed(self) -> bool:
        """Whether somebody is named who is of another mind."""
        return any(member.role is Role.OPPOSING for member in self.members)


def name_at(words: Sequence[Token], at: int) -> int:
    """Where the name that begins at `at` ends; `at` itself where none does."""
    if not _opens_name(words, at):
        return at
    end = at + 1
    while end < len(words):
        step = _goes_on(words, at, end)
        if not step:
            break
        end += step
    return end


def _opens_name(words: Sequence[Token], at: int) -> bool:
    if at >= len(words):
        return False
    token = words[at]
    if token.quote >= 0 or not token.is_word or not token.is_capital:
        return False
    if token.lower in COLLECTIVE | TIME_WORDS:
        return False
    titled = at > 0 and words[at - 1].lower == "the" and words[min(at + 1, len(words) - 1)].is_capital
    return (
        titled or token.lower not in NO_NAMES or (token.text.isupper() and len(token.text) > 1 and token.lower != "on")
    )


def _goes_on(words: Sequence[Token], start: int, at: int) -> int:
    """How many words from `at` on still belong to the name."""
    token = words[at]
    following = words[at + 1] if at + 1 < len(words) else token
    third = words[at + 2] if at + 2 < len(words) else following
    if token.is_word and (token.is_capital or token.text[0].isdigit()) and token.lower not in NO_NAMES:
        return 1 if token.lower not in TIME_WORDS else 0
    if token.text in "-/–" and following.is_word and following.start - token.end <= 1:
        return 2 if words[at - 1].end == token.start else 0
    if token.lower in ("of", "comprising") or (token.lower == "for" and words[start].lower in GROUPING):
        if following.lower == "the" and third.is_capital:
            return 3
        return 2 if following.is_capital or following.text[0].isdigit() else 0
    if token.lower in ("and", "&"):
        if following.lower in HALVES:
            return 2
        return 3 if following.lower == "the" and third.lower in HALVES else 0
    return 0


def _collective(words: Sequence[Token], at: int) -> int:
    """Where a phrase such as "many other developing countries" ends; `at` itself where there is none."""
    place, found = at, at
    while place < len(words) and place - at < LONGEST_COLLECTIVE:
        word = words[place].lower
        if word in COLLECTIVE and words[place].quote < 0:
            found = place + 1
        naming = place > at and words[place].is_word and (words[place].is_capital or word[0].isdigit())
        if word not in COUNTING | COLLECTIVE and not naming:
            break
        place += 1
    return found


def item(words: Sequence[Token], at: int) -> tuple[Range | None, int] | None:
    """One entry of a list: (name, end), (None, end) for "others"; None where no entry begins."""
    place = at
    while next_word(words, place) in ITEM_HEADS and place - at < 3:  # noqa: PLR2004 - "both the"
        place += 1
    end = name_at(words, place)
    if end > place:
        return (place, end), _past_note(words, end)
    end = _collective(words, at)
    return (None, _past_note(words, end)) if end > at else None


def _past_note(words: Sequence[Token], at: int) -> int:
    if next_word(words, at) != "(":
        return at
    stop = min(len(words), at + LONGEST_NOTE)
    return next((place + 1 for place in range(at, stop) if words[place].text == ")"), at)


def cue_at(words: Sequence[Token], at: int) -> tuple[int, Role | None, bool] | None:
    """(end, role, strong) of the cue that begins at `at`, the longest; None where none does."""
    best: tuple[int, Role | None, bool] | None = None
    for cue, role, strong in CUES_BY_HEAD.get(next_word(words, at), ()):
        end = at + len(cue)
        if (best is None or end > best[0]) and tuple(word.lower for word in words[at:end]) == cue:
            best = end, role, strong
    return best


def party(
    words: Sequence[Token],
    at: int,
    *,
    role: Role = Role.LEADING,
    cue: Range | None = None,
    strong: bool = False,
    closing: bool = False,
) -> Party | None:
    """The list of names that begins at `at`, with its supporters and opponents; None where no name begins.

    role, cue: of its first names.  closing: whether "and X" ends the list, as in "Supported by A and B, C said".
    Cost: linear in its words.
    """
    first = item(words, at)
    if first is None:
        return None
    members: list[Member] = []
    entry, place = first
    words_of_cue, told = cue, strong
    own = strong
    joined = represented = False
    while True:
        if entry is not None:
            members.append(Member(entry, role, words_of_cue, own))
        step = _next(words, place, bare=not (closing and joined), apart=represented)
        if step is None or len(members) >= MOST_MEMBERS:
            return Party(at, place, tuple(members), told, represented)
        entry, place, brought, joined_now = step
        joined = joined or joined_now
        if brought is not None:
            span, new_role, new_strong = brought
            told, joined = told or new_strong, False
            own = new_strong or (new_role is None and own)
            represented = represented or (new_role is None and entry is not None)
            if new_role is not None:
                role, words_of_cue = new_role, span


_Brought = tuple[Range, Role | None, bool]


def _next(
    words: Sequence[Token], at: int, *, bare: bool, apart: bool
) -> tuple[Range | None, int, _Brought | None, bool] | None:
    """The next entry: (name, end, the cue that brings it, whether "and" does); None where the list ends.

    apart: whether semicolons may part entries: "Oslo, for the union; Riga, for the coast; and".
    """
    place, comma, joined = at, False, False
    if next_word(words, place) == "," or (apart and next_word(words, place) == ";"):
        place, comma = place + 1, True
    if next_word(words, place) in ("and", "but", "or", "&", "/"):
        place, joined = place + 1, True
    if tuple(word.lower for word in words[place : place + 3]) == ("as", "well", "as"):
        place, joined = place + 3, True
    start = place
    while next_word(words, start) in ("also", "strongly", "later", "generally", "both", "partly", "initially"):
        start += 1
    cue = cue_at(words, start)
    if cue is not None:
        behind = cue[0] + (next_word(words, cue[0]) == ",")
        entry = item(words, behind)
        return (*entry, ((start, cue[0]), cue[1], cue[2]), joined) if entry is not None else None
    if not (comma or joined) or (comma and not joined and not bare):
        return None
    entry = item(words, place)
    return (*entry, None, joined) if entry is not None else None
