"""Source, cue and content of one sentence unit, by the order of its phrases: rules for English news prose.

The orders told apart: SOURCE CUE CONTENT ("Oslo said the plan was dead"), CONTENT SOURCE CUE (", Oslo said."),
CONTENT CUE SOURCE ("…", said Oslo), CONTENT CUE by SOURCE (passive) and participles that share the subject of
their clause (", adding that"). Source of the scheme: PARC 3.0 (Pareti 2016) and PolNeAR (Newell et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from winset.statements.cue_groups import REACH, CueGroup, cue_groups
from winset.statements.phrases import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIME_WORDS,
    can_speak,
    conjuncts,
    is_verb_like,
    left_phrase,
    right_phrase,
    undated,
)
from winset.statements.quotations import covered
from winset.statements.sentences import Unit
from winset.statements.tokens import Token
from winset.statements.types import Form, Proposal
from winset.statements.word_classes import word_class

OPENING = '"“„«‘'
CLOSING = '"”»’'
ENDS = ".!?"
OWNED = frozenset({"his", "her", "its", "their", "our", "my", "those", "these", "both", "all"})
THAT_TOO = word_class("that_too")
SHORTEST_CLAUSE = 3  # words left of an insertion that can be what was said
SHORT_ADVERBIAL = 6
LEAD = 14  # words after a cue within which a "that", a colon or a mark still opens its content
LONGEST_CONTENT = 1_500  # characters
ATTITUDES = frozenset({"judge", "want"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Token ranges found in one unit, before they become character spans."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]
    group: CueGroup | None
    confidence: float
    hedged: bool = False  # beside what the group says


def attributions(unit: Unit) -> Iterator[Attribution]:
    """The attributions that the unit's verbs make, in order of the verbs."""
    words = unit.words
    subject: tuple[int, int] | None = None
    groups = list(cue_groups(words))
    for number, group in enumerate(groups):
        following = groups[number + 1] if number + 1 < len(groups) else None
        found = _attribution(words, group, subject, following)
        if found is None:
            continue
        if found.source is not None:
            subject = found.source
        yield from apart(words, found)


def apart(words: Sequence[Token], found: Attribution) -> Iterator[Attribution]:
    """One attribution for each source of a list: what two say together, each says."""
    if found.source is None:
        yield found
        return
    for source in conjuncts(words, found.source):
        yield replace(found, source=source)


def _attribution(
    words: Sequence[Token], group: CueGroup, subject: tuple[int, int] | None, following: CueGroup | None
) -> Attribution | None:
    if group.participle:
        return _participle(words, group, subject, following)
    reduced = group.cue.tense in ("past", "participle") and not group.passive and _next(words, group.end) == "by"
    if (group.passive and not group.hedged) or reduced:
        return _passive(words, group, following)
    source = _source_left(words, group.first)
    if source is None:
        inverted = _inverted(words, group)
        if inverted is not None:
            return inverted
        return _coordinated(words, group, subject, following)
    if _stands_aside(words, source, group):
        return _parenthetical(words, group, source)
    return _forward(words, group, source, following)


def _next(words: Sequence[Token], at: int) -> str:
    return words[at].lower if at < len(words) else ""


def _source_left(words: Sequence[Token], before: int) -> tuple[int, int] | None:
    phrase = left_phrase(words, before)
    if phrase is None or not can_speak(words, phrase):
        return None
    if phrase[1] - phrase[0] == 1 and words[phrase[0]].lower in ("who", "which", "that"):
        owner = left_phrase(words, phrase[0] - 1 if phrase[0] and words[phrase[0] - 1].text == "," else phrase[0])
        return owner if owner is not None and can_speak(words, owner) else phrase
    return undated(words, phrase)


def _stands_aside(words: Sequence[Token], source: tuple[int, int], group: CueGroup) -> bool:
    """Whether SOURCE CUE is an insertion: it follows a comma or a quotation, and nothing but time or place follows."""
    if source[0] == 0 or not group.cue.kinds & {"say", "think", "tell", "want", "urge"}:
        return False
    before = words[source[0] - 1]
    if before.text not in ",—–" and before.quote < 0:
        return False
    rest = words[group.end :]
    if rest and rest[0].lower == "to" and "want" in group.cue.kinds:
        return False  # "With this in mind, Oslo aims to"
    if not rest or rest[0].text in ",.;—–!?" or rest[0].quote >= 0:
        return True
    if before.quote >= 0 and not any(word.quote >= 0 or word.lower == "that" for word in rest[:LEAD]):
        return True
    if "tell" in group.cue.kinds:
        addressee = right_phrase(words, group.end)
        stop = addressee[1] if addressee else group.end
        return stop >= len(words) or words[stop].text in ",.;" or words[stop].lower in PREPOSITIONS
    if not _is_adverbial(words, group.end):
        return False
    return before.quote >= 0 or (source[0] > SHORTEST_CLAUSE and _only_adverbial(words, group.end))


def _only_adverbial(words: Sequence[Token], at: int) -> bool:
    """Whether time and place are all that follows, up to the next mark: "on Friday.", "in Oslo,"."""
    stop = next((place for place in range(at, len(words)) if words[place].text in ",.;"), len(words))
    rest = words[at:stop]
    return len(rest) <= SHORT_ADVERBIAL and not any(is_verb_like(word) or word.quote >= 0 for word in rest)


def _is_adverbial(words: Sequence[Token], at: int) -> bool:
    first = words[at].lower
    return first in PREPOSITIONS | ADVERBS | TIME_WORDS or first.endswith("ly")


def _parenthetical(words: Sequence[Token], group: CueGroup, source: tuple[int, int]) -> Attribution | None:
    contents: list[tuple[int, int]] = []
    left = _strip(words, _clause_start(words, source[0]), source[0])
    if left:
        contents.append(left)
    after = _after_adverbial(words, group.end)
    if after < len(words) and words[after].text in ",—–:;.":
        right = _strip(words, after + 1, _stop(words, after + 1, None))
        spoken = left is None or words[left[1] - 1].quote < 0
        if (
            right
            and right[1] - right[0] > 1
            and (
                words[right[0]].quote >= 0
                or (spoken and words[after].text == "," and not words[right[0]].lower.endswith("ing"))
            )
        ):
            contents.append(right)
    elif after < len(words) and words[after].quote >= 0:
        contents.append((after, _stop(words, after, None)))
    if not contents:
        return None
    quoted = any(words[start].quote >= 0 for start, _ in contents)
    return Attribution(source, (group.first, group.end), tuple(contents), group, 0.92 if quoted else 0.8)


def _clause_start(words: Sequence[Token], end: int) -> int:
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


def _after_adverbial(words: Sequence[Token], at: int) -> int:
    """Past "on Tuesday", "in a statement", "DW": up to the next mark or quotation."""
    while at < len(words) and words[at].text not in ",.;:—–!?" and words[at].quote < 0:
        at += 1
    return at


def _inverted(words: Sequence[Token], group: CueGroup) -> Attribution | None:
    """CONTENT CUE SOURCE: the verb stands right behind a quotation or a comma."""
    if (
        group.first == 0
        or not group.cue.kinds & {"say", "tell", "think"}
        or group.cue.tense not in ("past", "s", "base")
    ):
        return None
    before = words[group.first - 1]
    if before.quote < 0 and before.text not in ",—–":
        return None
    source = right_phrase(words, group.end)
    if source is None or not can_speak(words, source):
        return None
    left = _strip(words, _clause_start(words, group.first), group.first)
    if left is None:
        return None
    contents = [left]
    after = _after_adverbial(words, source[1])
    if after < len(words):
        right = (
            _strip(words, after + 1, _stop(words, after + 1, None)) if words[after].quote < 0 else (after, len(words))
        )
        if right and words[right[0]].quote >= 0:
            contents.append(right)
    return Attribution(source, (group.first, group.end), tuple(contents), group, 0.9 if before.quote >= 0 else 0.7)


def _coordinated(
    words: Sequence[Token], group: CueGroup, subject: tuple[int, int] | None, following: CueGroup | None
) -> Attribution | None:
    """A second verb of the same subject: "… and warned that"."""
    if group.first == 0 or words[group.first - 1].lower not in ("and", "but", "or", ","):
        return None
    subject = subject or _first_subject(words, group.first)
    if subject is None or group.cue.tense == "base":
        return None
    return _forward(words, group, subject, following, confidence=0.7)


def _participle(
    words: Sequence[Token], group: CueGroup, subject: tuple[int, int] | None, following: CueGroup | None
) -> Attribution | None:
    before = words[group.first - 1]
    if before.is_word and before.lower not in ("while", "by", "before", "in"):
        subject = _source_left(words, group.first)
    if subject is None:
        subject = _first_subject(words, group.first)
    if subject is None or subject[1] > group.first:
        return None
    return _forward(words, group, subject, following, confidence=0.75)


def _first_subject(words: Sequence[Token], before: int, *, speaks: bool = True) -> tuple[int, int] | None:
    """The noun phrase that opens the clause the participle hangs on."""
    at = 0
    while at < before and words[at].text in OPENING:
        at += 1
    phrase = right_phrase(words, at)
    if (
        phrase
        and phrase[1] < before
        and words[phrase[0]].lower not in PREPOSITIONS
        and (not speaks or can_speak(words, phrase))
    ):
        return phrase
    return None


def _passive(words: Sequence[Token], group: CueGroup, following: CueGroup | None) -> Attribution | None:
    """CONTENT CUE by SOURCE; with "it was reported that" the source is unnamed."""
    after = _next(words, group.end)
    behind = group.first - 1 if group.first and words[group.first - 1].text == "," else group.first
    subject = left_phrase(words, behind) or _first_subject(words, group.first, speaks=False)
    if group.negated:
        return None  # what nobody said is nobody's statement
    if after in ("by", "in", "from"):
        source = right_phrase(words, group.end + 1)
        speaks = source is not None and can_speak(words, source) and (after == "by" or words[source[0]].is_capital)
        if source is None or not speaks:
            return None
        if _next(words, source[1]) == "is" and _next(words, source[1] + 1) == "that":
            content = _strip(words, source[1] + 2, _stop(words, source[1] + 2, following))
            return Attribution(source, (group.first, group.end + 1), (content,), group, 0.75) if content else None
        quoted = _quoted_after(words, source[1])
        if quoted:
            return Attribution(source, (group.first, group.end + 1), (quoted,), group, 0.75)
        if subject is not None and (after == "by" or "judge" in group.cue.kinds):
            return Attribution(source, (group.first, group.end + 1), (subject,), group, 0.75)
        return None
    unnamed = subject is not None and words[subject[0]].lower == "it" and after == "that"
    if unnamed and group.cue.kinds & {"say", "think"}:
        content = _strip(words, group.end + 1, _stop(words, group.end + 1, following))
        return Attribution(None, (group.first, group.end), (content,), group, 0.6) if content else None
    return None


def _quoted_after(words: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The quotation behind a colon: "is explained by one of them as follows: “…”"."""
    colon = next((place for place in range(at, len(words) - 1) if words[place].text == ":"), None)
    if colon is None or words[colon + 1].quote < 0:
        return None
    end = colon + 1
    while end < len(words) and words[end].quote == words[colon + 1].quote:
        end += 1
    return colon + 1, end


def _forward(
    words: Sequence[Token],
    group: CueGroup,
    source: tuple[int, int],
    following: CueGroup | None,
    confidence: float = 0.8,
) -> Attribution | None:
    start, firm = _content_start(words, group)
    end = _stop(words, start, following, attitude=bool(group.cue.kinds & ATTITUDES) and not firm)
    content = _strip(words, start, end)
    if content is None:
        return None
    if (
        not firm
        and _is_adverbial(words, content[0])
        and _only_adverbial(words, content[0])
        and "say" in group.cue.kinds
    ):
        return None  # "said on Friday": when, not what
    if words[source[0]].lower == "it" and group.cue.kinds <= {"urge", "judge", "describe"}:
        return None  # "it will encourage": a thing has effects, not attitudes
    if "want" in group.cue.kinds and not firm and words[start].lower not in DETERMINERS | {"to", "that"}:
        return None
    if not firm and group.cue.kinds & {"tell", "urge", "think"} and not group.cue.kinds & {"say", "judge"}:
        confidence -= 0.2
    first, last = group.first, max(group.end, min(start, content[0]))
    return Attribution(source, (first, _cue_end(words, group, last)), (content,), group, confidence)


def _cue_end(words: Sequence[Token], group: CueGroup, limit: int) -> int:
    return group.end + 1 if group.end < limit and words[group.end].lower in ("that", "to") else group.end


def _content_start(words: Sequence[Token], group: CueGroup) -> tuple[int, bool]:
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
    return first in PREPOSITIONS | TIME_WORDS or addressed


def _stop(words: Sequence[Token], start: int, following: CueGroup | None, *, attitude: bool = False) -> int:
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
    token, after = words[place], _next(words, place + 1)
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


def _strip(words: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """Without marks at the edges that belong to nobody's words; None when nothing is left."""
    while start < end and not words[start].is_word and words[start].text not in OPENING + "[(…$€£":
        start += 1
    while end > start and not words[end - 1].is_word and words[end - 1].text not in CLOSING + "])…%":
        end -= 1
    if end > start and not any(word.is_word for word in words[start:end]):
        return None
    return (start, end) if end > start else None


def proposal(unit: Unit, found: Attribution) -> Proposal:
    """The attribution as character spans; its form follows from how much of it is quoted."""
    words = unit.words

    def span(part: tuple[int, int]) -> tuple[int, int]:
        return words[part[0]].start, words[part[1] - 1].end

    contents = tuple(_unquoted(unit, span(part)) for part in found.contents)
    total = sum(end - start for start, end in contents) or 1
    quoted = sum(covered(start, end, unit.marks) * (end - start) for start, end in contents) / total
    group = found.group
    return Proposal(
        source=span(found.source) if found.source else None,
        cue=span(found.cue),
        contents=contents,
        form=form_of(quoted, attitude=group is not None and bool(group.cue.kinds & ATTITUDES)),
        hedged=found.hedged or (group is not None and group.hedged),
        confidence=round(max(0.05, found.confidence), 2),
        names=found.source is not None and words[found.source[0]].lower not in PRONOUNS | OWNED,
    )


def _unquoted(unit: Unit, span: tuple[int, int]) -> tuple[int, int]:
    """A content that is one quotation is the words inside its marks."""
    for mark in unit.marks:
        if mark.start == span[0] and mark.end == span[1]:
            return mark.inner_start, mark.inner_end
    return span


def form_of(quoted: float, *, attitude: bool) -> Form:
    """Direct from 80% quoted, as PolNeAR's scorer counts; an attitude with nothing quoted is an act."""
    if quoted >= 0.8:  # noqa: PLR2004
        return Form.DIRECT
    if quoted > 0:
        return Form.MIXED
    return Form.ACT if attitude else Form.INDIRECT
