"""Is a statement about this proposal? By the proposal's own words, by "the plan", and by what came just before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.polarity import WORD
from winset.statements.phrases import PREPOSITIONS
from winset.statements.types import Segment, SegmentKind, Statement
from winset.statements.word_classes import word_class

# words that any proposal may hold and that tell none from another
GENERIC = word_class("generic")
MEASURES = word_class("measure_words")  # "twelve months" are the terms of much else
LOOK_ALIKES = word_class("look_alikes")  # begin like another word and are none of its family: "office", "officer"
ENOUGH = 2
AMOUNTS = re.compile(rf"\d+(?:[.,]\d+)+|{WORD.pattern}")  # 3.5 is not 3
POINTING = re.compile(
    r"\b(?:the|this|that|such an?|any such|said|his|her|its|their)\s+(?:\w+\s+)?"
    r"(?:plan|proposal|suggestion|idea|move|project|initiative|step|measure|draft|resolution|motion|deal|scheme|decision"
    r"|text|package|bill|treaty|pact|agreement|amendment|clause|paragraph|wording|language|target|goal|formula)s?\b"
    r"|\b(?:similar|the same)\s+(?:concern|criticism|objection|view|position|reservation|doubt|worr(?:y|ie))s?\b",
    re.IGNORECASE,
)
ABOUT_IT, POINTED, TOLD_OF, GOES_ON, ADJACENT, NEARBY, HERE = (
    0.95,
    0.8,
    0.7,
    0.6,
    0.55,
    0.4,
    0.3,
)  # relevance by what shows it
# "his opposition", "the French objections", without saying to what
_OPPOSING = re.compile(
    r"\b(?:opposition|objections?|rejection|veto|resistance)\b(?! (?:to|of|from|part(?:y|ies)|leaders?)\b)"
)
# what one does with a proposal that everybody in the room knows: "will vote in favour", "cannot live with"
TAKING_SIDES = re.compile(
    r"\b(?:vote[sd]?|voting) (?:for|in favou?r|against|no|yes)\b|\babstain(?:s|ed|ing)?\b|\bveto(?:es|ed|ing)?\b"
    r"|\b(?:in favou?r|opposed|against)\b(?=[\s.,;”\"]*$|\s+(?:it|this|that)\b)"
    r"|\b(?:live|go along|agree|disagree) with (?:it|this|that|a text)\b|\bstand in (?:the|its|their) way\b"
    r"|\b(?:join|block|break) (?:the |a )?consensus\b|\bsign up\b|\bsee no reason to (?:refuse|object|agree)\b"
    r"|\b(?:accept|approve|endorse|support|oppose|reject|back|refuse) (?:it|this|that|them)\b",
    re.IGNORECASE,
)
REMEMBERED = 20_000  # words of which it is kept what they stand for: memory does not grow with the texts
FAMILY = 4  # letters that words of one family share at least
# by which nouns are made of verbs, verbs of nouns, and adjectives of names
ENDINGS = frozenset(
    "e r er or al ment ure ation ion tion ance ence ant ent ive y ing ed ize ise n an ian ish ese".split()
)
LEAD = 5  # sentences of an opening; what a report is about is said there
LONG = 7  # terms
SHORT = 60  # sentences
AROUND = 8  # sentences to each side that a speaker may take for known
BACK = 3  # sentences that "the plan" may look back over


def terms(issue: Issue) -> frozenset[str]:
    """The stems of the proposal's telling words, without the body's own name.

    >>> from winset.ids import PartialDate
    >>> issue = Issue(proposal="Open a river station in Oslo", body="own", rule="consensus", on=PartialDate("2023"))
    >>> sorted(terms(issue))
    ['oslo', 'river', 'station']
    """
    return _telling(issue.proposal, issue)


def _telling(label: str, issue: Issue, *, measures: bool = False) -> frozenset[str]:
    return _telling_words(label, issue.body, measures)


@lru_cache(maxsize=64)  # of a few proposals and their options, for every statement
def _telling_words(label: str, body: str, measures: bool) -> frozenset[str]:
    words = (word.lower() for word in (AMOUNTS if measures else WORD).findall(label))
    own = {part for word in WORD.findall(body) for part in word.lower().split("-")}
    telling = [word for word in words if word not in GENERIC | PREPOSITIONS | own]
    plain = [word for word in telling if measures or (word not in MEASURES and not word.isdigit())]
    return frozenset(stem(word) for word in (plain if len(plain) >= ENOUGH else telling))


def rung(words: str, issue: Issue) -> str | None:
    """The label of the option between status quo and proposal that words speak of; None: of none.

    They must hold two of the words that tell the option from the proposal, or its only one, and more of them than
    of those that tell the proposal from it: "an office instead of a contact point" is about the office.

    >>> from winset.ids import PartialDate
    >>> from winset.issues import Option
    >>> issue = Issue(proposal="Open a river station in Oslo", body="own", rule="consensus", on=PartialDate("2023"),
    ...     options=(Option(label="Mobile patrol", value=40),))
    >>> rung("Riga could accept a mobile patrol on the river", issue)
    'Mobile patrol'
    """
    if not issue.options:
        return None
    said = {stem(word) for word in AMOUNTS.findall(words)}
    asked = _telling(issue.proposal, issue, measures=True)
    best, most = None, 0
    for option in issue.options:
        own = _telling(option.label, issue, measures=True)
        telling = own - asked or own
        hits = len(telling & said)
        if hits >= min(ENOUGH, len(telling)) and hits > max(most, len((asked - own) & said)):
            best, most = option.label, hits
    return best


def held(asked: frozenset[str], stems: Iterable[str]) -> frozenset[str]:
    """The terms that stems of a text stand for: the same, or another word of the family ("waive", "waiver").

    >>> sorted(held(frozenset(["waive", "office", "ban"]), ["waiver", "officer", "band"]))
    ['waive']
    >>> held(frozenset(["admit"]), ["accession"])
    frozenset({'admit'})
    """
    return frozenset().union(*(_terms_of(asked, word) for word in stems))


def held_in(asked: frozenset[str], text: str) -> frozenset[str]:
    """The terms that the words of a text stand for.

    >>> sorted(held_in(frozenset(["waive", "office", "ban"]), "The waivers of two officers"))
    ['waive']
    """
    known = _terms_by_word(asked)
    found: frozenset[str] = frozenset()
    for word in WORD.findall(text):
        terms = known.get(word)
        if terms is None:
            terms = _terms_of(asked, stem(word))
            if len(known) < REMEMBERED:
                known[word] = terms
        if terms:
            found |= terms
    return found


@lru_cache(maxsize=8)
def _terms_by_word(_: frozenset[str]) -> dict[str, frozenset[str]]:
    """What the words met so far stand for, filled by `held_in`: the words of a language come again and again."""
    return {}


def _terms_of(asked: frozenset[str], word: str) -> frozenset[str]:
    """The terms that one stem stands for."""
    kin = _kindred()
    families, asked_kin = _families(asked)
    found = {term for term in families.get(word[:FAMILY], ()) if term == word or _one_family(term, word)}
    if word in kin:
        found |= asked_kin.get(kin[word], set())
    return frozenset(found)


@lru_cache(maxsize=64)
def _families(asked: frozenset[str]) -> tuple[dict[str, list[str]], dict[int, set[str]]]:
    """Terms by their first letters, and by the number of their group of kindred words."""
    kin = _kindred()
    families: dict[str, list[str]] = {}
    groups: dict[int, set[str]] = {}
    for term in asked:
        families.setdefault(term[:FAMILY], []).append(term)
        if term in kin:
            groups.setdefault(kin[term], set()).add(term)
    return families, groups


@cache
def _kindred() -> dict[str, int]:
    """By stem, the number of the group of words that name one kind of decision: admission, accession, membership.

    Source: compiled by hand from the verbs of decisions; no word of it is a proposal's matter.
    """
    table = files("winset.positions").joinpath("data/kindred.csv").read_text(encoding="utf-8").splitlines()
    return {stem(word): number for number, row in enumerate(table[1:]) for word in row.split()}


def _one_family(term: str, word: str) -> bool:
    short, long = sorted((term, word), key=len)
    if len(short) < FAMILY or word in LOOK_ALIKES:
        return False
    root = short.removesuffix("e")
    return long.startswith(root) and long[len(root) :] in ENDINGS


def stem(word: str) -> str:
    """A word without its common English endings; crude, but the same on both sides.

    >>> stem("offices"), stem("office's"), stem("sanctions")
    ('office', 'office', 'sanction')
    """
    word = word.lower().removesuffix("'s").removesuffix("’s")
    for ending in ("ies", "ing", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:  # noqa: PLR2004 - "king", "red", "bus" stay
            return word.removesuffix(ending) + ("y" if ending == "ies" else "")
    return word


@dataclass(frozen=True)
class Topic:
    """A document read for one issue: which of its sentences hold which of the proposal's words."""

    document: Document
    segments: tuple[Segment, ...]
    terms: frozenset[str]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """All sentences that may state something, in order."""
        kinds = (SegmentKind.BODY, SegmentKind.CAPTION, SegmentKind.HEADING)
        return tuple(span for segment in self.segments if segment.kind in kinds for span in segment.sentences)

    @cached_property
    def hits(self) -> tuple[int, ...]:
        """For each sentence, how many different terms it holds."""
        return tuple(map(len, self._held))

    @cached_property
    def _held(self) -> tuple[frozenset[str], ...]:
        """For each sentence, the terms that it holds; what several hold together is all that each holds."""
        return tuple(held_in(self.terms, self.document.text[start:end]) for start, end in self.sentences)

    @cached_property
    def is_about(self) -> bool:
        """Whether the document deals with the proposal.

        Two sentences, or a tenth of them, hold enough of its words, or title and opening hold half of all, or a
        document no longer than a press report does.
        """
        full = sum(hits >= self.enough for hits in self.hits)
        if full >= min(2, max(1, len(self.hits) // 10)) or self._introduced:
            return True
        return len(self.hits) <= SHORT and self._half(held_in(self.terms, self.document.text))

    @cached_property
    def _introduced(self) -> bool:
        return self._half(held_in(self.terms, self.document.title or "").union(*self._held[:LEAD]))

    def _half(self, found: frozenset[str]) -> bool:
        """Whether these are half of the proposal's terms, and two of them unless it has only one."""
        return len(found) >= max(min(ENOUGH, len(self.terms)), len(self.terms) / 2)

    def near(self, number: int) -> bool:
        """Whether the sentences around one, together, hold half of the proposal's words."""
        return self._half(frozenset().union(*self._held[max(0, number - AROUND) : number + AROUND + 1]))

    @property
    def enough(self) -> int:
        """Terms that a sentence must hold to be about the proposal on its own: two, three of a long proposal's."""
        return min(len(self.terms), 3 if len(self.terms) >= LONG else 2)

    def count(self, start: int, end: int) -> int:
        """Different terms in `text[start:end]`."""
        return len(held_in(self.terms, self.document.text[start:end]))

    def around(self, statement: Statement) -> tuple[int, int]:
        """Numbers of the first and last sentence that the statement touches, half-open."""
        first = max(0, bisect_right(self._starts, statement.start) - 1)
        return first, max(first, bisect_left(self._starts, statement.end))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self.sentences)

    def relevance(self, statement: Statement, *, goes_on: bool) -> tuple[float, str]:
        """(0-1, why). goes_on: the same source spoke about the proposal just before."""
        first, last = self.around(statement)
        own = [part.span for part in (*statement.contents, statement.cue) if part is not None]
        if not statement.contents:
            own = list(self.sentences[first:last])  # "because of French objections": its sentence says to what
        in_content = len(frozenset().union(*(held_in(self.terms, self.document.text[start:end]) for start, end in own)))
        here = self.is_about or self.near(first)
        before = max(self.hits[max(0, first - BACK) : last], default=0)
        if in_content >= self.enough:
            return ABOUT_IT, "the proposal's words"
        if in_content and (here or before >= self.enough):
            return POINTED, "one of the proposal's words where it is the topic"
        if here and any(_OPPOSING.search(self.document.text[start:end]) for start, end in own):
            return TOLD_OF, "speaks of opposition where the proposal is the topic"
        pointing = any(POINTING.search(self.document.text[start:end]) for start, end in own)
        if pointing and (before >= self.enough or (here and before)):
            return POINTED, "points back to the proposal"
        if pointing and here:
            return TOLD_OF, "points to a proposal in a document about this one"
        if here and any(TAKING_SIDES.search(self.document.text[start:end]) for start, end in own):
            return TOLD_OF, "takes sides in a document about the proposal"
        if goes_on:
            return GOES_ON, "the same source goes on"
        if here and max(self.hits[max(0, first - 1) : last], default=0) >= self.enough:
            return ADJACENT, "right behind the proposal's words"
        if here and before:
            return NEARBY, "near the proposal's words"
        if here:
            return HERE, "in a document about the proposal"
        return 0.1, "no word of the proposal"


def topic(document: Document, segments: Sequence[Segment], issue: Issue) -> Topic:
    """The document read for the issue."""
    return Topic(document, tuple(segments), terms(issue))
