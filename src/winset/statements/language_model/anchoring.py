"""From the words that a language model gives to the places where they stand; what stands nowhere is refused.

A paragraph's number and words are all that is taken from a model. Where the words stand, what form the statement has
and whether it is hedged is found in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from winset.errors import BadSpan
from winset.statements.language_model.answer import Told
from winset.statements.language_model.passages import Passage
from winset.statements.proposals import form_of, is_attitude, is_hedged, names_somebody, quoted_share, unquoted
from winset.statements.quotations import Quotation
from winset.statements.types import Form, Proposal

CONFIDENCE = 0.6  # a constant: not measured for any one model, and no model's own word for it is taken
REACH = 300  # characters; what is further apart in a paragraph was not put together by its author
LONGEST_SOURCE = 300  # characters; a longer one is a passage, not a name
LONGEST_CUE = 100
MOST_CONTENTS = 10
TRIES = 50  # places of the rarest string from which the others are looked for
NEAR = 12  # places of any other string that are looked at on either side
_STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")  # one to one, so that places stay places
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Span = tuple[int, int]


def anchored(told: Told, passage: Passage, marks: Sequence[Quotation]) -> Proposal:
    """The attribution as spans of the document.

    Each string must stand in the passage as whole words, letter for letter but for white space and for quotation
    marks that are straight or curly; the span holds the document's own. Where a string stands several times, the
    places nearest to one another are taken. All parts stand within REACH of one another and none in another one.
    Without a cue only direct speech is attributed to anybody.
    marks: the document's quotations, in order.  Raises BadSpan.
    """
    strings = [told.source, told.cue, *told.contents]
    if told.source is None and not told.contents:
        raise BadSpan("neither source nor content: nobody says nothing")
    if len(told.contents) > MOST_CONTENTS:
        raise BadSpan(f"{len(told.contents)} contents: at most {MOST_CONTENTS}")
    places = _together([places_in(string, passage.shown) for string in strings if string is not None])
    spans = iter([passage.span(start, end) for start, end in places])
    source = next(spans) if told.source is not None else None
    cue = next(spans) if told.cue is not None else None
    contents = tuple(sorted(unquoted(span, marks) for span in spans))
    _check_lengths(source, cue)
    words = _words(told.cue)
    form = form_of(quoted_share(contents, marks), attitude=is_attitude(words))
    if cue is None and form is not Form.DIRECT:
        raise BadSpan("no cue and no quotation: the text attributes it to nobody")
    return Proposal(
        source=source,
        cue=cue,
        contents=contents,
        form=form,
        hedged=is_hedged(words),
        confidence=CONFIDENCE,
        names=names_somebody(next(iter(_words(told.source)), "he")),
    )


def places_in(string: str, shown: str) -> list[Span]:
    """Where the string stands in what was shown, as whole words; raises BadSpan where it does not."""
    wanted = " ".join(unicodedata.normalize("NFC", string).split())
    if not any(character.isalnum() for character in wanted) and wanted not in (":", "-", "–", "—", "―"):
        raise BadSpan(f"{string[:40]!r} holds no words")
    found = list(_occurrences(wanted, shown)) or list(
        _occurrences(wanted.translate(_STRAIGHT), shown.translate(_STRAIGHT))
    )
    if not found:
        raise BadSpan(f"{string[:40]!r} does not stand in the paragraph")
    return found


def _occurrences(wanted: str, shown: str) -> Iterator[Span]:
    """Its places in order, none that begins or ends inside a word: "no" does not stand in "nobody"."""
    at = shown.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        cut = at > 0 and shown[at - 1].isalnum() and shown[at].isalnum()
        if not cut and not (end < len(shown) and shown[end].isalnum() and shown[end - 1].isalnum()):
            yield at, end
        at = shown.find(wanted, at + 1)


def _together(choices: Sequence[Sequence[Span]]) -> list[Span]:
    """One place for each string so that they stand closest; raises BadSpan where they overlap or lie far apart."""
    order = sorted(range(len(choices)), key=lambda part: (len(choices[part]), part))
    candidates = (_around(first, order, choices) for first in choices[order[0]][:TRIES])
    placed = min((found for found in candidates if found), key=_stretch, default=None)
    if placed is None:
        raise BadSpan("its parts overlap: each word has one part to play")
    if any(later[0] - earlier[1] > REACH for earlier, later in pairwise(sorted(placed))):
        raise BadSpan(f"its parts lie more than {REACH} characters apart")
    return [place for _, place in sorted(zip(order, placed, strict=True))]


def _around(first: Span, order: Sequence[int], choices: Sequence[Sequence[Span]]) -> list[Span]:
    """The parts in that order, each at its place nearest to those placed before; empty where one has none left."""
    placed = [first]
    low, high = first
    for part in order[1:]:
        places = choices[part]
        near = places[max(0, bisect_left(places, (low, low)) - NEAR) : bisect_left(places, (high, high)) + NEAR]
        free = [span for span in near if not any(_overlaps(span, taken) for taken in placed)]
        if not free:
            return []
        nearest = min((max(high, end) - min(low, start), start, end) for start, end in free)
        placed.append(nearest[1:])
        low, high = min(low, nearest[1]), max(high, nearest[2])
    return placed


def _overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _stretch(placed: Sequence[Span]) -> int:
    return max(end for _, end in placed) - min(start for start, _ in placed)


def _check_lengths(source: Span | None, cue: Span | None) -> None:
    for part, most, name in ((source, LONGEST_SOURCE, "source"), (cue, LONGEST_CUE, "cue")):
        if part and part[1] - part[0] > most:
            raise BadSpan(f"a {name} of {part[1] - part[0]} characters: at most {most}")


def _words(string: str | None) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(string or "")]
