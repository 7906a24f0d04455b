"""How far what was said reaches: where a content begins and ends around its cue, without a parser."""

from __future__ import annotations

from collections.abc import Sequence

from winset.statements.cue_groups import REACH, CueGroup
from winset.statements.phrases import ADVERBS, PREPOSITIONS, TIME_WORDS, is_verb_like, right_phrase
from winset.statements.tokens import Token, next_word, quotation_at
from winset.statements.word_classes import word_class

OPENING = '"“„«‘'
CLOSING = '"”»’'
ENDS = ".!?"
OCCASIONS = PREPOSITIONS | TIME_WORDS  # open time and place
ADVERBIAL = OCCASIONS | ADVERBS
THAT_TOO = word_class("that_too")
SHORT_ADVERBIAL = 6  # words
LEAD = 14  # words after a cue within which a "that", a colon or a mark still opens its content
LONGEST_CONTENT = 1_500  # characters


def content_start(words: Sequence[Token], group: CueGroup) -> tuple[int, bool]:
    """Where the content begins, and whether a "that", a colon or a quotation mark says so."""
    at = group.end
    near = min(len(words), at + LEAD)
    for place in range(at, near):
        word = words[place]
        if word.quote >= 0:
            lead = words[at:place]
            if not lead or lead[-1].text in ",:" or len(lead) <= 1 or "tell" in group.cue.kinds:
                return place, True
            break
        if word.text == ":":
            return place + 1, True
        if word.lower == "that" and (place == at or _may_lead(words, group, place)):
            if (
                "judge" in group.cue.kinds
                and not group.cue.kinds & {"say", "think"}
                and group.cue.lemma not in THAT_TOO
            ):
                break  # "rejected that argument": a pointing word
            return place + 1, True
        if word.text in ".;":
            break
    if "tell" in group.cue.kinds and "say" not in group.cue.kinds:
        addressee = right_phrase(words, at)
        if addressee:
            at = addressee[1]
    if at < len(words) and words[at].lower == "to" and "want" in group.cue.kinds:
        return at + 1, True
    return at, False


def _may_lead(words: Sequence[Token], group: CueGroup, place: int) -> bool:
    """Between verb and "that" stand an addressee or time and place, no other clause."""
    lead = words[group.end : place]
    first = lead[0].lower
    if any(token.text in ",;:" for token in lead[:-1]) or words[place - 1].lower in ("the", "of", "than"):
        return False
    addressed = "tell" in group.cue.kinds or group.cue.lemma in ("accuse", "blame")
    return first in OCCASIONS or addressed


def content_end(words: Sequence[Token], start: int, following: CueGroup | None, *, attitude: bool = False) -> int:
    """Where the content ends: its clause, the next cue, the longest content; an attitude's ends with its object."""
    limit = words[start].start + LONGEST_CONTENT if start < len(words) else 0
    for place in range(start, len(words)):
        if words[place].start > limit:
            return place
        if words[place].quote >= 0:
            continue
        if _clause_ends(words, place) or (
            place > start
            and ((following and _gives_way(words, place, following)) or (attitude and _object_ends(words, place)))
        ):
            return place
    return len(words)


def _clause_ends(words: Sequence[Token], place: int) -> bool:
    """A full stop, a semicolon, or ", while" and its like."""
    token, after = words[place], next_word(words, place + 1)
    turns = token.text in ",—–" and after in ("while", "whereas", "who", "which", "said", "says")
    return turns or token.text == ";" or (token.text in ENDS and _really_ends(words, place))


def _gives_way(words: Sequence[Token], place: int, following: CueGroup) -> bool:
    """Whether the words of the next cue begin: ", adding that", "and warned", "with Oslo adding", ", but he said"."""
    token = words[place]
    if place == following.first - 1:
        joined = token.text in ",—–" or token.lower in ("in", "by", "while")
        return joined if following.participle else token.lower == "and" and not following.passive
    absolute = following.participle and token.lower == "with" and 0 < following.first - place <= REACH
    return absolute or _hands_over(words, place, following)


def _object_ends(words: Sequence[Token], place: int) -> bool:
    """Whether what an attitude is about ends: at a mark or at "because", "after" and their like."""
    token = words[place]
    return (
        token.text in ",—–:"
        or token.lower in ("because", "after", "when", "since", "although", "but")
        or (token.lower == "as" and words[place - 1].lower != "such")
    )


def _hands_over(words: Sequence[Token], place: int, following: CueGroup) -> bool:
    """Whether a new main clause with its own subject and cue begins behind the comma: ", but he said"."""
    if words[place].text not in ",—–" or not 0 < following.first - place <= 7 or following.participle:  # noqa: PLR2004
        return False
    return words[place + 1].lower in ("but", "and", "yet") and following.first - place > 2  # noqa: PLR2004


def _really_ends(words: Sequence[Token], place: int) -> bool:
    return place + 1 >= len(words) or words[place + 1].text[:1].isupper() or not words[place + 1].is_word


def stripped(words: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """Without marks at the edges that belong to nobody's words; None when nothing is left."""
    while start < end and not words[start].is_word and words[start].text not in OPENING + "[(…$€£":
        start += 1
    while end > start and not words[end - 1].is_word and words[end - 1].text not in CLOSING + "])…%":
        end -= 1
    if end > start and not any(word.is_word for word in words[start:end]):
        return None
    return (start, end) if end > start else None


def clause_start(words: Sequence[Token], end: int) -> int:
    """The content left of an insertion begins where its sentence does: quoted sentences before it belong to it."""
    quote = max(word.quote for word in words[max(0, end - 2) : end])  # the comma may stand behind the mark
    if quote >= 0:
        start = end - 1
        while start > 0 and (words[start - 1].quote == quote or words[start].quote != quote):
            start -= 1
        if start == 0 or words[start - 1].text in ENDS:
            return start
        return _sentence_start(words, start)
    return _sentence_start(words, end - 1)


def _sentence_start(words: Sequence[Token], at: int) -> int:
    while at > 0 and not (words[at - 1].text in ENDS and words[at - 1].quote < 0):
        at -= 1
    return at


def after_adverbial(words: Sequence[Token], at: int) -> int:
    """Past "on Tuesday", "in a statement", "DW": up to the next mark or quotation."""
    while at < len(words) and words[at].text not in ",.;:—–!?" and words[at].quote < 0:
        at += 1
    return at


def only_adverbial(words: Sequence[Token], at: int) -> bool:
    """Whether time and place are all that follows, up to the next mark: "on Friday.", "in Oslo,"."""
    stop = next((place for place in range(at, len(words)) if words[place].text in ",.;"), len(words))
    rest = words[at:stop]
    return len(rest) <= SHORT_ADVERBIAL and not any(is_verb_like(word) or word.quote >= 0 for word in rest)


def is_adverbial(words: Sequence[Token], at: int) -> bool:
    """Whether time, place or manner begins there."""
    first = words[at].lower
    return first in ADVERBIAL or first.endswith("ly")


def quoted_after(words: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The quotation behind a colon: "is explained by one of them as follows: “…”"."""
    colon = next((place for place in range(at, len(words) - 1) if words[place].text == ":"), None)
    return quotation_at(words, colon + 1) if colon is not None else None
