"""The words that tell one dated event: a clause or noun phrase with its date, found without a parser."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from winset.sourcing.events.dated_words import Dated
from winset.sourcing.events.kinds import DOCUMENTS, LEGAL, MENTION, PERFORMED, noun_kind, singular, verb_kind
from winset.statements.lexicon import cues
from winset.statements.phrases import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
)
from winset.statements.tokens import Token

Range = tuple[int, int]  # of tokens, half-open

_BREAKS = frozenset(',;:—–()[]“”"!?…')
_OPENS = frozenset(  # words that begin a clause of their own
    "that which who whom whose what whether because although though while whereas if when where but unless".split()
)
_MAY_OPEN = frozenset(("after", "as", "since", "and"))
_TRIMMED = frozenset(
    "and or but as that while whereas although though because which who where when so if then what whose".split()
)
_TEMPORAL = frozenset("before after following until since by ahead preceding despite".split())
_OCCASION = frozenset("at in during on for to from".split())
IRREGULAR = frozenset(
    "met began held took gave came went sent set won lost left built made saw became led broke fell rose grew spoke"
    " wrote told said found put cut ran drew shut shot fought brought bought sought stood sat chose drove flew struck"
    " laid paid sold swore withdrew overthrew underwent became hit quit split".split()
)
MODALS = frozenset("will shall would may might could can must should".split())
_LISTING = frozenset(("and", "or", ",", "&", "in", "on", "again", "then", "both"))
_ALL = frozenset(("all", "both", "each"))
_BARE = PREPOSITIONS | DETERMINERS | CONJUNCTIONS
_PARTS = frozenset(("start", "end", "beginning", "middle"))  # "of 2023": of a date, not events
_NO_PARTICIPLES = frozenset("hundred indeed seabed speed breed creed greed need united embed sacred".split())
_PARTICIPLES = frozenset(("asked", "speaking", "founded", "established", "signed", "adopted", "launched", "opened"))
_DAY_WORDS = re.compile(
    r"(?:(?:last|this|next|past|previous)\s(?:week|month|year|night|summer|spring|autumn|fall|weekend|\w+day)"
    r"|yesterday|tomorrow|today|tonight|\w+day|.*\bago|.*\blater|earlier this \w+|later this \w+)\Z",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:in|on|at|by|since|until|till|from|to|during|of|before|after|between|early|late|mid|and|over|through)\b",
    re.IGNORECASE,
)
_OWNS = frozenset(("its", "their", "his", "her", "our", "the", "a", "an", "this", "that", "'s", "'"))
_LONGEST = 200  # characters of an anchor
_BEFORE, _AFTER = 130, 110  # characters kept on either side of the date where a clause is longer
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_MOST_PIECES = 4  # merged to find the verb of a date that stands alone
_LONGEST_PHRASE = 8  # words


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of an event, half-open, and what they tell."""

    start: int
    end: int
    kind: str
    head: str  # the noun or verb that names the event, singular, lower case; "" where none is known
    noun: bool  # whether the head is a noun
    pieces: Range  # the whole clause it stands in, in tokens

    @property
    def span(self) -> tuple[int, int]:
        """Where its words stand."""
        return self.start, self.end


def clause_of(words: Sequence[Token], dated: Dated, others: Sequence[Dated], cuts: Sequence[int]) -> Clause | None:
    """The event that a date of the sentence belongs to; None where the words around it tell none.

    words: the tokens of the sentence.  others: its other dates, which have clauses of their own.
    cuts: the `clause_cuts` of the sentence.
    A date before a noun gives the noun's phrase ("the June 2022 summit"), one behind an event noun that hangs on
    "before" or "after" that phrase; any other the clause around it, from the comma or conjunction before it to the
    one behind it, and on to the next verb where it has none ("On 10 May, the minister | confirmed").  Cost: linear.
    """
    at = _range(words, dated)
    if at is None:
        return None
    piece = _piece(words, at, [span for other in others if (span := _range(words, other)) and span != at], cuts)
    phrase = _noun_behind(words, at)
    if phrase is not None:
        head = _head(words, (at[1], phrase[1]))
        whole = (piece[0], phrase[1]) if _verb_in(words, (piece[0], phrase[0])) else phrase
        if singular(head) in LEGAL:
            whole = _shortened(words, piece, at)  # what was done to it makes it an event
        elif _width(words, whole) > _BEFORE:
            whole = phrase
        return _clause(words, _trimmed(words, whole), (noun_kind(head) or MENTION, singular(head), True), piece)
    bracketed = _in_brackets(words, at)
    if bracketed is not None:
        return _clause(words, bracketed, _kind(words, bracketed, at), bracketed)
    named = _noun_before(words, at, piece[0])
    if named is not None and named[0] > 0 and words[named[0] - 1].lower in _TEMPORAL | {"of"}:
        span = (named[0], at[1])
        head = words[named[1] - 1].lower
        return _clause(words, span, (noun_kind(head) or MENTION, singular(head), True), piece)
    if not any(
        words[place].is_word and words[place].lower not in _BARE
        for place in (*range(piece[0], at[0]), *range(at[1], piece[1]))
    ):
        piece = (0, len(words))  # the date stands alone: "6-9 July: 45th meeting"
    return _clause(words, _trimmed(words, _shortened(words, piece, at)), _kind(words, piece, at), piece)


def _range(words: Sequence[Token], dated: Dated) -> Range | None:
    low = bisect_left(words, dated.start, key=lambda word: word.start)
    if low and words[low - 1].end > dated.start:
        low -= 1
    high = low
    while high < len(words) and words[high].start < dated.end:
        high += 1
    return (low, high) if low < high else None


def _clause(words: Sequence[Token], span: Range, told: tuple[str, str, bool], pieces: Range) -> Clause:
    kind, head, noun = told
    return Clause(words[span[0]].start, words[span[1] - 1].end, kind, head, noun, pieces)


def _width(words: Sequence[Token], span: Range) -> int:
    return words[span[1] - 1].end - words[span[0]].start


def is_verb(words: Sequence[Token], at: int) -> bool:
    """Whether a word is, as far as its form tells, a verb of a clause: "was", "met", "opened", "says"."""
    word = words[at]
    if not word.is_word or (word.is_capital and at > 0 and words[at - 1].is_word):
        return False
    lower = word.lower
    before = words[at - 1].lower if at else ""
    if before in _OWNS and not (before == "'" and not words[at - 2].lower.endswith("s")):
        return False
    if lower in AUXILIARIES or lower in IRREGULAR:
        return True
    if before in MODALS or before == "to":
        return verb_kind(lower) is not None or lower in cues()
    if lower.endswith("ed") and len(lower) > 4 and "-" not in lower:  # noqa: PLR2004
        return lower not in _NO_PARTICIPLES and before not in DETERMINERS - _ALL
    following = words[at + 1].lower if at + 1 < len(words) else ""
    kind = verb_kind(lower, following)
    if kind is not None and noun_kind(lower) is None and not lower.endswith("ing"):
        return before not in DETERMINERS and before not in PREPOSITIONS - {"to"}
    cue = cues().get(lower, ())
    return any(form.tense == "s" for form in cue) and noun_kind(lower) is None and before not in DETERMINERS


def is_past(verb: str) -> bool:
    """Whether the form is a past tense: "met", "opened"."""
    return verb in IRREGULAR or (verb.endswith("ed") and len(verb) > 4 and verb not in _NO_PARTICIPLES)  # noqa: PLR2004


def _verb_in(words: Sequence[Token], span: Range) -> bool:
    return any(is_verb(words, at) for at in range(*span))


def _tells(words: Sequence[Token], span: Range, at: Range) -> bool:
    """Whether a stretch has a verb or an event noun beside its date."""
    return any(
        is_verb(words, place) or noun_kind(words[place].lower) is not None
        for place in range(*span)
        if not at[0] <= place < at[1]
    )


def clause_cuts(words: Sequence[Token]) -> list[int]:
    """Where a clause may begin: behind marks and before words that open one, as numbers of words."""
    cuts = [0]
    for at, word in enumerate(words):
        if not word.is_word:
            if word.text == "," and _in_figures(words, at):
                continue
            if word.text in _BREAKS or (word.text == "-" and at and words[at - 1].end < word.start):
                cuts.append(at + 1)
        elif at and (word.lower in _OPENS or (word.lower in _MAY_OPEN and _opens(words, at))):
            cuts.append(at)
    return sorted(set(cuts))


def _in_figures(words: Sequence[Token], at: int) -> bool:
    """Whether a comma parts thousands: "4,000"."""
    return (
        0 < at < len(words) - 1
        and words[at - 1].end == words[at].start
        and words[at].end == words[at + 1].start
        and words[at + 1].text[0].isdigit()
    )


def _opens(words: Sequence[Token], at: int) -> bool:
    """Whether a verb with its subject follows a conjunction closely: "after he gave", "and the envoy also sent"."""
    if at + 1 < len(words) and words[at + 1].lower in PRONOUNS and words[at + 1].lower != "it":
        return True
    reached = min(len(words), at + 6)
    for place in range(at + 1, reached):
        word = words[place]
        if not word.is_word or word.lower in PREPOSITIONS or word.lower in ("and", "or"):
            return False
        if is_verb(words, place) and (
            place > at + 1 or word.lower in AUXILIARIES | IRREGULAR or word.lower.endswith("ed")
        ):
            return True
    return False


def _piece(words: Sequence[Token], at: Range, others: Sequence[Range], found: Sequence[int]) -> Range:
    """The clause around a date."""
    cuts = [cut for cut in found if not at[0] < cut < at[1]]
    listed = [other for other in others if _listed(words, at, other)]
    others = [other for other in others if other not in listed]
    for other in listed:  # "in 2016 and 2019": one clause tells both
        low, high = min(at[0], other[0]), max(at[1], other[1])
        cuts = [cut for cut in cuts if not low < cut < high]
    for other in others:  # two dates in one piece part at the conjunction or comma between them
        low, high = (other[1], at[0]) if other[1] <= at[0] else (at[1], other[0])
        joins = [place for place in range(low, high) if words[place].lower in ("and", "but", "or", "to", "then")]
        if joins:
            cuts.append(joins[-1] if low == other[1] else joins[0])
        elif low == other[1]:
            cuts.append(low)
    edges = sorted({*cuts, len(words)})
    pieces = [(start, end) for start, end in pairwise(edges) if end > start]
    number = next(index for index, piece in enumerate(pieces) if piece[0] <= at[0] < piece[1])
    low = high = number
    free = {index for index, piece in enumerate(pieces) if not any(piece[0] <= other[0] < piece[1] for other in others)}
    if not _tells(words, pieces[number], at):
        opens = all(
            not words[place].is_word or words[place].lower in _TRIMMED | PREPOSITIONS
            for place in range(pieces[number][0], at[0])
        )
        behind = number > 0 and _tells(words, pieces[number - 1], at) and number - 1 in free
        verbless = number == 0 or not _verb_in(words, pieces[number - 1])
        forward = opens and verbless and number + 1 < len(pieces)
        if forward and (reached := _verb_beyond(words, pieces, number, free)) is not None:
            high = reached
        elif behind or number - 1 in free:
            low = _verb_before(words, pieces, number, free, at)
        elif (reached := _verb_beyond(words, pieces, number, free)) is not None:
            high = reached
    if high > number:
        high = _with_content(words, pieces, low, high, free)
    return pieces[low][0], pieces[high][1]


def _listed(words: Sequence[Token], one: Range, other: Range) -> bool:
    low, high = (other[1], one[0]) if other[1] <= one[0] else (one[1], other[0])
    return low <= high and all(words[at].lower in _LISTING for at in range(low, high))


def _verb_beyond(words: Sequence[Token], pieces: Sequence[Range], number: int, free: set[int]) -> int | None:
    for index in range(number + 1, min(len(pieces), number + 1 + _MOST_PIECES)):
        if index not in free:
            return None
        if _verb_in(words, pieces[index]):
            return index
    return None


def _verb_before(words: Sequence[Token], pieces: Sequence[Range], number: int, free: set[int], at: Range) -> int:
    for index in range(number - 1, max(-1, number - 1 - _MOST_PIECES), -1):
        if index not in free:
            return index + 1
        if _tells(words, pieces[index], at):
            return index
    return number


def _with_content(words: Sequence[Token], pieces: Sequence[Range], low: int, high: int, free: set[int]) -> int:
    """With what is said, where it is short and has no date of its own: "confirmed | that talks were under way"."""
    beyond = high + 1
    if beyond < len(pieces) and beyond in free and words[pieces[beyond][0]].lower in ("that", "what"):
        width = words[pieces[beyond][1] - 1].end - words[pieces[low][0]].start
        return beyond if width <= _LONGEST else high
    return high


def _noun_behind(words: Sequence[Token], at: Range) -> Range | None:
    """The phrase whose noun a date stands before: "the June 2022 summit", "this week's talks", "its 2022 plan"."""
    start, end = at
    if end >= len(words):
        return None
    owned = words[end].lower == "'s" or words[end].text in "'’"
    first = words[start]
    if _LEADS.match(first.text) and not owned:
        return None
    date_words = " ".join(word.text for word in words[start:end])
    if _DAY_WORDS.match(date_words) and not owned:
        return None
    opens = first.lower in _OWNS
    left = start
    while not opens and left > 0 and left > start - 4:
        before = words[left - 1]
        if before.lower in _OWNS:
            opens = True
            left -= 1
            break
        if not before.is_word or before.lower in PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS:
            break
        left -= 1
    if not opens and not owned:
        return None
    if not opens:
        left = start
    while left > 0 and words[left].lower in ("'s", "'") and words[left - 1].is_capital:
        left -= 1
        while left > 0 and words[left - 1].is_word and words[left - 1].is_capital:
            left -= 1
        if left > 0 and words[left - 1].lower in DETERMINERS:
            left -= 1
    if left > 0 and words[left].lower not in DETERMINERS and words[left - 1].lower in DETERMINERS:
        left -= 1
    high = end + owned
    reached = high
    while reached < len(words) and reached < high + _LONGEST_PHRASE and _goes_on(words, reached, high):
        reached += 1
        if (
            noun_kind(words[reached - 1].lower)
            and not words[reached - 1].is_capital
            and not (reached < len(words) and noun_kind(words[reached].lower))
        ):
            break
    while reached > high and not words[reached - 1].is_word:
        reached -= 1
    return (left, reached) if reached > high else None


def _goes_on(words: Sequence[Token], at: int, start: int) -> bool:
    word = words[at]
    if not word.is_word:
        return (
            word.text in "'’‘&"
            and at + 1 < len(words)
            and words[at + 1].is_word
            and words[at + 1].start <= word.end + 1
        )
    if word.lower == "'s":
        return at > start
    lower = word.lower
    if lower in PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS or (lower in DETERMINERS and at > start):
        return False
    if lower in ADVERBS or lower in ("and", "or"):
        return False
    return not (at > start and not word.is_capital and is_verb(words, at))


def _head(words: Sequence[Token], span: Range) -> str:
    """The noun that names it: the last event noun of a phrase, else its last word."""
    inside = [words[at] for at in range(*span) if words[at].is_word and words[at].lower != "'s"]
    if not inside:
        return ""
    last = inside[-1].lower
    if noun_kind(last) is not None:
        return last
    capital = [word.lower for word in inside if word.is_capital and noun_kind(word.lower) is not None]
    return capital[-1] if capital and inside[-1].is_capital else last


def _noun_before(words: Sequence[Token], at: Range, low: int) -> Range | None:
    """The phrase of the event noun a date stands behind, names and places between: "the summit in Oslo | in May"."""
    place = at[0] - 1
    while place >= max(low, at[0] - _LONGEST_PHRASE):
        word = words[place]
        if noun_kind(word.lower) is not None:
            break
        if not word.is_word or not (
            word.is_capital or word.lower in ("in", "at", "of", "the", "on", "with", "between")
        ):
            return None
        place -= 1
    else:
        return None
    if place < low or (words[place].lower in _PARTS and words[place + 1].lower in ("of", "in")):
        return None
    start = place
    while start > low and start > place - _LONGEST_PHRASE:
        before = words[start - 1]
        if before.lower in DETERMINERS:
            start -= 1
            break
        if not before.is_word and before.text not in "'’&":
            break
        if before.lower in PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS or (
            not before.is_capital and is_verb(words, start - 1)
        ):
            break
        start -= 1
    return start, place + 1


def _in_brackets(words: Sequence[Token], at: Range) -> Range | None:
    """A date alone in brackets, with the name before them: "Moldova (since 2017)"."""
    low, high = at
    if not (low and high < len(words) and words[low - 1].text == "(" and words[high].text == ")"):
        return None
    start = low - 1
    while start > 0 and start > low - _LONGEST_PHRASE:
        before = words[start - 1]
        if not before.is_word and before.text not in "'’&":
            break
        named = before.is_capital or before.lower in ("of", "the", "'s")
        if not named and start < low - 1 and words[start].is_capital:
            break
        if before.lower in PREPOSITIONS - {"of"} | CONJUNCTIONS | AUXILIARIES or is_verb(words, start - 1):
            break
        start -= 1
    return (start, high + 1) if start < low - 1 else None


def _kind(words: Sequence[Token], piece: Range, at: Range) -> tuple[str, str, bool]:
    """Kind, head and whether that is a noun: of the verb or event noun that the date is nearest to, verbs first."""
    verbs: list[tuple[int, str, str]] = []
    nouns: list[tuple[int, str, str]] = []
    for place in range(*piece):
        if at[0] <= place < at[1]:
            continue
        word = words[place]
        lower = word.lower
        distance = at[0] - place if place < at[0] else place - at[1] + 1
        following = words[place + 1].lower if place + 1 < len(words) else ""
        found = verb_kind(lower, following)
        if found and (is_verb(words, place) or lower in _PARTICIPLES or lower.endswith("ing")):
            verbs.append((distance, found, lower))
        elif (named := noun_kind(lower)) and not (following and noun_kind(following)):
            nouns.append((distance, named, lower))
    if nouns and (not verbs or (nouns[0][0] <= 2 and _is_weak(verbs))):  # noqa: PLR2004
        best = min(nouns)
        return best[1], singular(best[2]), True
    if verbs:
        best = min(verbs)
        if nouns and best[1] == "meeting" and best[2] not in ("met", "meet", "meets"):
            near = min(nouns)
            return near[1], singular(near[2]), True  # "attended the summit", "hosted the election"
        return best[1], best[2], False
    return MENTION, "", False


def _is_weak(verbs: Sequence[tuple[int, str, str]]) -> bool:
    return all(kind in ("meeting", "statement") for _, kind, _ in verbs)


def _shortened(words: Sequence[Token], piece: Range, at: Range) -> Range:
    """Not longer than an anchor may be: cut to the words around the date."""
    if _width(words, piece) <= _LONGEST:
        return piece
    low, high = piece
    while low < at[0] and words[at[0]].start - words[low].start > _BEFORE:
        low += 1
    while low < at[0] and low > piece[0] and not (words[low].is_capital or words[low].lower in DETERMINERS):
        low += 1
    while high > at[1] and words[high - 1].end - words[at[1] - 1].end > _AFTER:
        high -= 1
    return low, high


def _trimmed(words: Sequence[Token], span: Range) -> Range:
    low, high = span
    while low < high - 1 and (words[low].lower in _TRIMMED or not (words[low].is_word or words[low].text in "‘“\"'")):
        low += 1
    while (
        high - 1 > low
        and (words[high - 1].lower in _TRIMMED or not words[high - 1].is_word)
        and (words[high - 1].text not in ')”’"%')
    ):
        high -= 1
    return low, high


def is_title(words: Sequence[Token], clause: Clause, dated: Dated) -> bool:
    """Whether a year is only part of a name or measure: "the 2022 World Cup sticker", "under the 1951 Convention".

    A plan or strategy with its year before it counts as its adoption; a law, treaty or convention is called by its
    year wherever it is applied, and is an event only where it is signed, adopted or repealed in the same clause.
    """
    at = _range(words, dated)
    if at is None or dated.date.precision != "year" or dated.until is not None or _noun_behind(words, at) is None:
        return False
    inside = {word.lower for word in words[slice(*clause.pieces)]}
    if clause.head in LEGAL:
        low, high = clause.pieces
        elsewhere = any(_YEAR.fullmatch(words[place].text) for place in range(low, high) if not at[0] <= place < at[1])
        return elsewhere or not inside & PERFORMED
    return (
        clause.kind == MENTION
        and clause.head not in DOCUMENTS
        and not clause.head.endswith(("tion", "sion", "ment", "ism"))
    )
