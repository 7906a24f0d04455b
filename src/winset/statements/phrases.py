"""Noun phrases without a parser: who stands left or right of a cue, by closed word classes and capitals."""

from __future__ import annotations

from collections.abc import Sequence

from winset.statements.lexicon import cues
from winset.statements.tokens import Token, next_word
from winset.statements.word_classes import word_class

LONGEST = 16  # words of a noun phrase; titles such as "Director of Research at ..." fit
LONGEST_NAME = 5  # words of one name in a list
APPOSITION = 28  # words between the two commas of an apposition

AUXILIARIES = word_class("auxiliaries")
BE = word_class("be")
NEGATIONS = word_class("negations")
ADVERBS = word_class("adverbs")
HEDGES = word_class("hedges")
HEDGING_PARTICIPLES = word_class("hedging_participles")
PRONOUNS = word_class("pronouns")
TIME_WORDS = word_class("time_words")
ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "this", "these", "those"})
LATER = frozenset({"later", "earlier", "ago", "after", "before"})
ONE_NAME = word_class("one_name")
LINKING = word_class("linking")
DETERMINERS = word_class("determiners")
CONJUNCTIONS = word_class("conjunctions")
PREPOSITIONS = word_class("prepositions")
NO_NAMES = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | ADVERBS | PRONOUNS  # upper case at the head of a sentence only
NO_HEADS = ADVERBS | CONJUNCTIONS | HEDGES  # what no noun phrase begins with
NO_TAILS = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | ADVERBS  # or ends with
NO_LIST_HEADS = PREPOSITIONS | ADVERBS | CONJUNCTIONS
JOINING = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | {"'s", "&", "and", "or"}
DESCRIBING = PREPOSITIONS | {"who", "which"}
LEADING = PREPOSITIONS | {"due"}
DATING = TIME_WORDS | LATER
VERBAL = AUXILIARIES | LINKING
NO_SUBJECTS = CONJUNCTIONS | AUXILIARIES | PRONOUNS
ALONE = PRONOUNS | {"others", "many", "some", "both", "most"}  # may speak without a noun
# lower-case heads that can speak: people in roles, institutions, texts
SPEAKERS = word_class("speakers")


def is_verb_like(token: Token) -> bool:
    """Whether a lower-case word is a verb that a noun phrase cannot run across."""
    return token.lower in VERBAL or (
        token.lower in cues() and token.lower not in SPEAKERS and not token.is_capital and token.lower[-1] != "g"
    )


def left_phrase(words: Sequence[Token], before: int) -> tuple[int, int] | None:
    """Token range of the noun phrase that ends just before index `before`; None where there is none.

    A phrase closed by a comma is read with its apposition: "NAME, chair at X,".
    """
    end = before
    if end > 1 and words[end - 1].text in ",—–":
        return _with_apposition(words, end - 1)
    if end > 0 and words[end - 1].text == ")":  # "Ana Lind (S-Oslo) said"
        opening = next((at for at in range(end - 2, max(0, end - 8), -1) if words[at].text == "("), end)
        start = _walk_left(words, opening)
        head = _trimmed(words, start, opening) if opening < end else None
        return (head[0], end) if head else None
    start = _walk_left(words, end)
    phrase = _trimmed(words, start, end)
    return _listed(words, _renamed(words, phrase)) if phrase else None


def _listed(words: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int]:
    """With the names before it in a list: "Oslo, Riga and Lisbon". A name behind a preposition is none of them."""
    if not any(words[at].lower in ("and", "or") for at in range(*phrase)):
        return phrase
    start = phrase[0]
    while start > 1 and words[start - 1].text == ",":
        at = start - 1
        while at > 0 and words[at - 1].is_word and words[at - 1].is_capital and words[at - 1].lower not in TIME_WORDS:
            at -= 1
        opens = at == 0 or words[at - 1].text in ',.:;—–“"' or words[at - 1].lower in CONJUNCTIONS
        if at == start - 1 or not opens or words[at].lower in NO_LIST_HEADS:
            break
        start = at
    return start, phrase[1]


def conjuncts(words: Sequence[Token], phrase: tuple[int, int]) -> list[tuple[int, int]]:
    """The names of a list apart; the phrase itself where it is no plain list of names.

    "Oslo, Riga and the Dutch government" is three; "Bosnia and Herzegovina" is one.
    """
    parts: list[tuple[int, int]] = []
    start = phrase[0]
    for at in range(*phrase):
        if words[at].lower in ("and", ",", "or"):
            parts.append((start, at))
            start = at + 1
    parts.append((start, phrase[1]))
    named = [part for part in parts if part[0] < part[1]]
    whole = any(words[at].lower in ONE_NAME for at in range(*phrase))
    joined = len(parts) > 1 and any(words[at].lower in ("and", "or") for at in range(*phrase))
    if not joined or whole or not all(_names_itself(words, part) for part in named):
        return [phrase]  # commas alone set off a description: "the envoy, Ana Lind"
    return named


def _names_itself(words: Sequence[Token], part: tuple[int, int]) -> bool:
    inside = words[slice(*part)]
    described = any(word.lower in DESCRIBING for word in inside)
    return len(inside) <= LONGEST_NAME and not described and any(word.is_capital for word in inside)


def _renamed(words: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int]:
    """A second description goes back to its name: "NAME, a former judge and now chair at X"."""
    at = phrase[0]
    while at > 0 and words[at - 1].lower in ("and", "now", "currently"):
        at -= 1
    if at == phrase[0]:
        return phrase
    for comma in range(at - 1, max(0, at - LONGEST), -1):
        if words[comma].text == ",":
            head = _trimmed(words, _walk_left(words, comma), comma)
            return (head[0], phrase[1]) if head and words[head[0]].is_capital else phrase
        if not words[comma].is_word or is_verb_like(words[comma]):
            return phrase
    return phrase


def _with_apposition(words: Sequence[Token], comma: int) -> tuple[int, int] | None:
    mark = words[comma].text
    for opening in range(comma - 2, max(0, comma - APPOSITION) - 1, -1):
        if words[opening].text != mark:
            continue
        start = _walk_left(words, opening)
        head = _trimmed(words, start, opening)
        if head and any(word.is_capital or word.lower in SPEAKERS for word in words[head[0] : head[1]]):
            return head[0], comma
    return None


def _walk_left(words: Sequence[Token], end: int) -> int:
    at = end
    while at - 1 >= max(0, end - LONGEST):
        token = words[at - 1]
        if token.lower in ("and", "or") and not _joins_names(words, at - 1, end):
            break
        if token.lower in CONJUNCTIONS and token.lower not in ("and", "or"):
            break
        if not (token.is_word or token.lower in ("'s", "’", "'", "&")) or token.lower in PRONOUNS - {"it"}:
            if token.lower in PRONOUNS and at == end:
                return at - 1
            break
        if is_verb_like(token) or (token.quote >= 0) != (words[end - 1].quote >= 0):
            break
        at -= 1
        if token.lower in ARTICLES and at > 0 and _ends_phrase(words[at - 1]):
            break
    return at


def _ends_phrase(before: Token) -> bool:
    """Whether an article behind this word opens a phrase of its own: "the resources | its members"."""
    return before.is_word and before.lower not in JOINING and not before.is_capital


def _joins_names(words: Sequence[Token], conjunction: int, end: int) -> bool:
    """Whether "and" stands between two names or two speaking nouns rather than two clauses."""
    if conjunction == 0 or conjunction + 1 >= end:
        return False
    left, right = words[conjunction - 1], words[conjunction + 1]
    return (left.is_capital or left.lower in SPEAKERS or left.text in "’”'") and (
        right.is_capital or right.lower in SPEAKERS or right.lower in DETERMINERS
    )


def _trimmed(words: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """Without leading prepositions and adverbs: "In May the minister" keeps "the minister"."""
    while start < end and (
        words[start].lower in NO_HEADS or not (words[start].is_word or words[start].text in "‘“\"'[")
    ):
        start += 1
    while start < end and words[start].lower in LEADING and next_word(words, start + 1) != "least":
        if words[end - 1].is_capital:  # "at the close of the summit President Lind": the name at its end
            start = _name_at_end(words, start + 1, end)
            break
        for later in range(start + 1, end):
            if words[later].lower in DETERMINERS and later + 1 < end:
                return later, end
        start += 1
    start = _after_date(words, start, end)
    return (start, end) if start < end else None


def _name_at_end(words: Sequence[Token], start: int, end: int) -> int:
    at = end
    while at > start and words[at - 1].is_word and (words[at - 1].is_capital or words[at - 1].text[0].isdigit()):
        at -= 1
    return at


def _after_date(words: Sequence[Token], start: int, end: int) -> int:
    """Past a date that no comma parts from the name: "3 May 2023 the minister", "a day later the minister"."""
    at = start
    while at < end - 1 and (words[at].text[0].isdigit() or words[at].lower in DATING):
        at += 1
    led = words[at - 1].lower in DATING or words[at - 1].text[0].isdigit() if at > start else False
    opens_article = at == start and at < end - 3 and words[at].lower in ("a", "one", "two")
    if opens_article and words[at + 1].lower in TIME_WORDS and words[at + 2].lower in LATER:
        return at + 3
    return at if led else start


def right_phrase(words: Sequence[Token], start: int) -> tuple[int, int] | None:
    """Token range of the noun phrase that begins at `start`; None where there is none."""
    at = start
    while at < len(words) and at - start < LONGEST:
        token = words[at]
        if not token.is_word and token.lower not in ("'s", "&", "’", "-"):
            break
        if at > start and _ends_right(words, at, start):
            break
        at += 1
    while at > start and words[at - 1].lower in NO_TAILS:
        at -= 1
    return (start, at) if at > start else None


def _ends_right(words: Sequence[Token], at: int, start: int) -> bool:
    token, before = words[at], words[at - 1]
    if token.lower in ("and", "or"):
        return not _joins_names(words, at, min(len(words), at + 4))
    if token.lower in NO_SUBJECTS:
        return True
    after = words[at + 1] if at + 1 < len(words) else token
    if token.lower == "for" or (token.lower == "by" and before.lower in SPEAKERS):
        return not (after.is_capital or after.lower in DETERMINERS)
    if token.lower in ("of", "with", "from", "'s"):
        return False
    if token.lower in PREPOSITIONS:
        return not (token.lower in ("at", "in", "on") and after.is_capital and at > start)
    if before.is_capital and not token.is_capital and token.lower not in SPEAKERS and token.lower not in DETERMINERS:
        return is_verb_like(token) or token.lower.endswith(("ing", "ed"))
    return is_verb_like(token)


def undated(words: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int]:
    """The phrase without the day that follows it: "Oslo on Monday" is Oslo."""
    end = phrase[1]
    while end - 1 > phrase[0] and (words[end - 1].lower in TIME_WORDS or words[end - 1].text.isdigit()):
        end -= 1
    if end == phrase[1]:
        return phrase
    while end - 1 > phrase[0] and words[end - 1].lower in PREPOSITIONS:
        end -= 1
    return phrase[0], end


def can_speak(words: Sequence[Token], phrase: tuple[int, int]) -> bool:
    """Whether the phrase names somebody: a name, a pronoun, a speaking noun."""
    inside = words[phrase[0] : phrase[1]]
    if inside[0].lower in ("there", "this", "that", "which"):
        return False
    if len(inside) == 1 and inside[0].lower in ALONE:
        return True
    return (
        any(token.is_capital and token.is_word for token in inside[1:])
        or any(token.lower in SPEAKERS for token in inside)
        or _is_name(inside[0])
    )


def _is_name(token: Token) -> bool:
    return token.is_capital and token.lower not in NO_NAMES
