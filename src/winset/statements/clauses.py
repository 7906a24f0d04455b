"""Source, cue and content of one sentence unit, by the order of its phrases: rules for English news prose.

The orders told apart: SOURCE CUE CONTENT ("Oslo said the plan was dead"), CONTENT SOURCE CUE (", Oslo said."),
CONTENT CUE SOURCE ("…", said Oslo), CONTENT CUE by SOURCE (passive) and participles that share the subject of
their clause (", adding that"). Source of the scheme: PARC 3.0 (Pareti 2016) and PolNeAR (Newell et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.statements.cue_groups import CueGroup, cue_groups
from winset.statements.extents import (
    LEAD,
    OPENING,
    after_adverbial,
    clause_start,
    content_end,
    content_start,
    is_adverbial,
    only_adverbial,
    quoted_after,
    stripped,
)
from winset.statements.phrases import DETERMINERS, PREPOSITIONS, can_speak, left_phrase, right_phrase, undated
from winset.statements.proposals import ATTITUDES, Attribution, apart
from winset.statements.sentences import Unit
from winset.statements.tokens import Token, next_word

SHORTEST_CLAUSE = 3  # words left of an insertion that can be what was said


def attributions(unit: Unit) -> Iterator[Attribution]:
    """The attributions that the unit's verbs make, in order of the verbs."""
    if "attributions" not in unit.notes:
        unit.notes["attributions"] = tuple(_attributions(unit.words))
    yield from unit.notes["attributions"]


def _attributions(words: Sequence[Token]) -> Iterator[Attribution]:
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


def _attribution(
    words: Sequence[Token], group: CueGroup, subject: tuple[int, int] | None, following: CueGroup | None
) -> Attribution | None:
    if group.participle:
        return _participle(words, group, subject, following)
    reduced = group.cue.tense in ("past", "participle") and not group.passive and next_word(words, group.end) == "by"
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
    if not is_adverbial(words, group.end):
        return False
    return before.quote >= 0 or (source[0] > SHORTEST_CLAUSE and only_adverbial(words, group.end))


def _parenthetical(words: Sequence[Token], group: CueGroup, source: tuple[int, int]) -> Attribution | None:
    contents: list[tuple[int, int]] = []
    left = stripped(words, clause_start(words, source[0]), source[0])
    if left:
        contents.append(left)
    after = after_adverbial(words, group.end)
    if after < len(words) and words[after].text in ",—–:;.":
        right = stripped(words, after + 1, content_end(words, after + 1, None))
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
        contents.append((after, content_end(words, after, None)))
    if not contents:
        return None
    quoted = any(words[start].quote >= 0 for start, _ in contents)
    return Attribution(source, (group.first, group.end), tuple(contents), group, 0.92 if quoted else 0.8)


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
    left = stripped(words, clause_start(words, group.first), group.first)
    if left is None:
        return None
    contents = [left]
    after = after_adverbial(words, source[1])
    if after < len(words):
        right = (
            stripped(words, after + 1, content_end(words, after + 1, None))
            if words[after].quote < 0
            else (after, len(words))
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
    after = next_word(words, group.end)
    behind = group.first - 1 if group.first and words[group.first - 1].text == "," else group.first
    subject = left_phrase(words, behind) or _first_subject(words, group.first, speaks=False)
    if group.negated:
        return None  # what nobody said is nobody's statement
    if after in ("by", "in", "from"):
        source = right_phrase(words, group.end + 1)
        speaks = source is not None and can_speak(words, source) and (after == "by" or words[source[0]].is_capital)
        if source is None or not speaks:
            return None
        if next_word(words, source[1]) == "is" and next_word(words, source[1] + 1) == "that":
            content = stripped(words, source[1] + 2, content_end(words, source[1] + 2, following))
            return Attribution(source, (group.first, group.end + 1), (content,), group, 0.75) if content else None
        quoted = quoted_after(words, source[1])
        if quoted:
            return Attribution(source, (group.first, group.end + 1), (quoted,), group, 0.75)
        if subject is not None and (after == "by" or "judge" in group.cue.kinds):
            return Attribution(source, (group.first, group.end + 1), (subject,), group, 0.75)
        return None
    unnamed = subject is not None and words[subject[0]].lower == "it" and after == "that"
    if unnamed and group.cue.kinds & {"say", "think"}:
        content = stripped(words, group.end + 1, content_end(words, group.end + 1, following))
        return Attribution(None, (group.first, group.end), (content,), group, 0.6) if content else None
    return None


def _forward(
    words: Sequence[Token],
    group: CueGroup,
    source: tuple[int, int],
    following: CueGroup | None,
    confidence: float = 0.8,
) -> Attribution | None:
    start, firm = content_start(words, group)
    end = content_end(words, start, following, attitude=bool(group.cue.kinds & ATTITUDES) and not firm)
    content = stripped(words, start, end)
    if content is None:
        return None
    if not firm and is_adverbial(words, content[0]) and only_adverbial(words, content[0]) and "say" in group.cue.kinds:
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
