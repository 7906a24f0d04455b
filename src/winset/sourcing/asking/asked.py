"""A question taken apart: what kind of answer it wants, whom it names, whose words it asks for, and its terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from winset.errors import BadQuestion
from winset.sourcing.asking.stems import stem
from winset.sourcing.asking.terms import EMPTY, Named, actor_term, terms, written

_OPEN = frozenset(  # stems of words that ask for somebody's word on what was spoken of before
    "see saw view think thought sai say said tell told respond respons reply repli react reaction posit stand stanc"
    " feel opinion take make comment answer line attitud regard judg judgement against favour favor plan idea"
    " propos matter issu thing project question think believ".split()
)
_LEAD = 40  # characters before a name
LONGEST = 1_000  # characters; a question is a sentence or two


class Wanted(StrEnum):
    """What an answer must tell."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    AMOUNT = "amount"  # how many, how much, how long, how big
    WHY = "why"
    WHETHER = "whether"  # yes or no
    WHAT = "what"  # all others


_KINDS = {  # in this order
    Wanted.AMOUNT: r"\bhow (?:many|much|long|far|big|large|high|tall|old|often|great|wide|deep|fast|soon|strong)\b"
    r"|\bwhat (?:number|share|percentage|amount|price|sum|majority|proportion)\b|\bwhat (?:\w+ ){0,5}costs?\b",
    Wanted.WHO: r"\b(?:who|whom|whose|by whom)\b|\bwhich (?:\w+ ){0,2}?(?:countr|state|part(?:y|ies)\b|delegat|group"
    r"|minister|member|all(?:y|ies)\b|government|nation|leader|paper|newspaper|institut|organi[sz]ation)",
    Wanted.WHEN: r"\b(?:when|since when|until when|by when|what (?:year|date|day|month))\b"
    r"|\bwhich (?:year|month|day)\b",
    Wanted.WHERE: r"\b(?:where|whereabouts|in (?:what|which) (?:city|country|place|town))\b",
    Wanted.WHY: r"\b(?:why|what for|for what reason|what reasons?|how come|on what grounds)\b",
    Wanted.WHETHER: r"\A\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|may|might|must|shall)\b",
}
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS.items())
_ASKED_OF = re.compile(  # before a name: whose deed or word is asked for
    r"(?:\b(?:did|does|do|has|have|had|is|are|was|were|would|will|should|can|could|may|might)(?:n[’']t| not)?"
    r"|\b(?:according to|says?|said|asks?|thinks?|argues?|for|by)|[,;])\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_ASKED_FROM = re.compile(  # behind a name
    r"(?:[’']s?\s+(?:own\s+)?(?:view|opinion|position|reaction|response|stance|line|plan|answer|proposal|complaint|wish"
    r"|demand|argument|offer|case|concern|eyes|word)|\s+(?:government[’']s\s+)?(?:say|think|want|see|propos|respon|react"
    r"|oppos|support|offer|ask|call|argu|demand|complain|object|reject|back|make of|plan|fear))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, ready to be asked of any index."""

    words: str  # as asked, white space as single spaces
    plainly: str  # with "France" for "Paris" and "the Élysée": as a sentence that answers would name it
    wanted: Wanted
    terms: tuple[str, ...]  # stems, each once; then the terms of actors
    actors: tuple[str, ...]  # ids of the actors it names
    actor_words: frozenset[str] = frozenset()  # the words by which it names them, in lower case
    asked_of: str | None = None  # the actor whose words or deeds are asked for
    without_the_one: str = ""  # `plainly` with "they" for that actor: what the question is about
    about_anything: bool = False  # nothing but what that actor says is asked for: "How does Seoul see it?"


def asked(question: str, named: Named) -> Asked:
    """The question taken apart.  Raises BadQuestion for one that names nothing, or is longer than a question is.

    Cost: linear, of at most 1,000 characters.
    """
    words = checked(question)
    mentions = named.within(words)
    actors = tuple(dict.fromkeys(actor for _, _, actor in mentions))
    stems = tuple(dict.fromkeys(terms(words)))
    if not stems and not actors:
        raise BadQuestion("the question names nothing to look for: ask, for example, 'Who opposes it?'")
    plainly = named.plainly(words)
    topic = [stem(word) for at, word in written(words) if word not in EMPTY and not _within(at, mentions)]
    asked_of = next(
        (
            actor
            for start, end, actor in mentions
            if _ASKED_OF.search(words, max(0, start - _LEAD), start) or _ASKED_FROM.match(words, end)
        ),
        None,
    )
    return Asked(
        words=words,
        plainly=plainly,
        wanted=next((kind for kind, pattern in _PATTERNS if pattern.search(words)), Wanted.WHAT),
        terms=(*stems, *map(actor_term, actors)),
        actors=actors,
        actor_words=frozenset(word for start, end, _ in mentions for _, word in written(words, start, end)),
        asked_of=asked_of,
        without_the_one=_without(asked_of, plainly, named),
        about_anything=asked_of is not None and actors == (asked_of,) and _OPEN.issuperset(topic),
    )


def _within(place: int, mentions: Sequence[tuple[int, int, str]]) -> bool:
    return any(start <= place < end for start, end, _ in mentions)


def checked(question: str) -> str:
    """The question with single spaces.  Raises BadQuestion."""
    if len(question) > LONGEST:
        raise BadQuestion(f"a question of {len(question):,} characters: ask in at most {LONGEST:,}")
    words = " ".join(question.split())
    if not any(map(str.isalnum, words)):
        raise BadQuestion("the question has no words: ask, for example, 'Who opposes it?'")
    return words


def _without(actor: str | None, plainly: str, named: Named) -> str:
    for start, end, found in reversed(named.within(plainly)):
        if found == actor:
            plainly = f"{plainly[:start]}they{plainly[end:]}"
    return plainly
