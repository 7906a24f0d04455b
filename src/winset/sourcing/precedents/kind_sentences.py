"""Where a sentence names a kind of thing, and the places it names with it: in lists, before and behind the noun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from winset.corpus.types import Document
from winset.sourcing.events.clauses import clause_cuts, is_verb
from winset.sourcing.events.dated_words import Dated, dated_words
from winset.sourcing.events.furniture import tells_nothing
from winset.sourcing.precedents.kinds import (
    CLOSES,
    EXISTS,
    HAS_IT,
    LASTS,
    NEVER_BARE,
    OF_THE_SENDER,
    OPENS,
    OWNERS,
    TOLD_BY,
    Family,
    same_kind,
    singular,
)
from winset.sourcing.precedents.named_places import NamedPlace, named_places
from winset.statements.phrases import ADVERBS, AUXILIARIES, BE, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS
from winset.statements.tokens import Token, tokens

Span = tuple[int, int]  # of characters, half-open

PHRASE = 9  # words of a noun phrase left of its head
_TO_PLACE = 26  # words from a head to the place it is in
_OBJECT = 4  # words of what a measure is on
_BRACKETS = 30  # words between two brackets
_DATE_ALONE = 4  # characters that brackets may hold beside a date: "(since 2017)"
_NONE = frozenset(("no", "without", "never", "nor", "neither", "any", "another"))
_PERSONAL = frozenset(("his", "her", "my", "your"))
_IDIOM_BEFORE = frozenset(
    "took take takes taking taken foreign post box oval home ticket head prime private cabinet high holding left leave"
    " into hedge pension mutual slush world central reserve".split()
)
_PLAIN = frozenset(  # adjectives that do not make a compound of another kind
    "new small large big own joint existing former old little tiny modest single whole similar such other earlier"
    " previous latest current last largest biggest smallest main major minor full-scale short-lived two-person"
    " interim temporary provisional many several some few both two three four five six dozen more only same".split()
)
_SEPARATORS = frozenset([",", "and", "but", "also", "as", "well", "plus", "then", "later", "or", "the", "both", "&"])
_JOINING = frozenset((",", "and", "or", "but", "plus", "&"))
_SITED = frozenset(("based", "located", "hosted", "housed", "situated", "stationed", "headquartered"))
_ELSEWHERE = frozenset("where when who whose whom because while if although but though than unless until".split())


@dataclass(slots=True)
class Listed:
    """One place of a list, with what stands between it and the next."""

    place: NamedPlace
    dates: list[Dated] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)  # what brackets behind it say


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The kind's noun with the places told with it."""

    head: int  # number of the noun's word
    low: int  # of the first word of its phrase
    reached: int  # of the word behind all of it
    listed: tuple[Listed, ...] = ()  # empty: it has a name of its own
    name: str = ""


class KindSentence:
    """One sentence that names a kind of thing, with its words, places and dates."""

    def __init__(self, document: Document, family: Family, span: Span, following: Span | None) -> None:
        start, end = span
        self.document, self.family, self.text, self.following = document, family, document.text, following
        self.words = tokens(document.text, start, end, ())
        self.heads = [at for at, word in enumerate(self.words) if word.is_word and same_kind(family, word.lower)]
        self.places = {self.index(place.start): place for place in named_places(document.text, start, end)}
        self.dates = {
            self.index(each.start): each
            for each in dated_words(document.text, start, end, published=document.published)
            if not each.relative and not tells_nothing(document.text, start, end, each)
        }
        self.cuts = clause_cuts(self.words)

    def index(self, at: int) -> int:
        """Number of the word at or behind a place in the text."""
        return bisect_left(self.words, at, key=lambda word: word.start)

    def named(self) -> Iterator[Named]:
        """Every place where the noun is told of a place or, where the family has such, has a name of its own."""
        for head in self.heads:
            low = self._phrase_start(head)
            if self._is_another_thing(head, low):
                continue
            if (before := self._place_before(head, low)) is not None:
                yield Named(head=head, low=low, reached=head + 1, listed=(Listed(before),))
                continue
            listed, reached = self._places_behind(head)
            if not listed and (host := self._host(low)) is not None:
                listed, reached = [Listed(host)], head + 1
            if listed:
                yield Named(head=head, low=low, reached=reached, listed=tuple(listed))
            elif self.family.named and (name := self._name(head)):
                yield Named(head=head, low=low, reached=head + 1, name=name)

    def is_bare(self, named: Named) -> bool:
        """Whether nothing before a noun of many meanings tells that it is one of the kind: "a centre"."""
        return singular(self.words[named.head].lower) in self.family.careful and not self._is_told(
            named.head, named.low
        )

    def is_loose(self, named: Named, place: NamedPlace) -> bool:
        """Whether a name that is no state's stands apart from the noun: "the bureau, said Lind, in Lyon"."""
        between = self.words[named.head + 1 : max(named.head + 1, self.index(place.start) - 1)]
        joined = not between or between[0].text == "," or any(word.lower in _SITED | OPENS for word in between)
        return not (place.known or joined or len(named.listed) > 1)

    def is_definite(self, named: Named) -> bool:
        """Whether its words speak of one that there is: "the regional centre", "its office", "Regional Centre"."""
        inside = [word.lower for word in self.words[named.low : named.head]]
        return any(word in self.family.modifiers or word in ("the", "its", "their", "'s") for word in inside)

    def _phrase_start(self, head: int) -> int:
        at = head
        while at > 0 and at > head - PHRASE:
            before = self.words[at - 1]
            if before.lower == "'s" or (before.is_word and before.lower in DETERMINERS):
                at -= 1
                if before.lower != "'s":
                    break
                continue
            if not before.is_word or (not before.is_capital and self._closes_phrase(at - 1)):
                break
            at -= 1
        return at

    def _closes_phrase(self, at: int) -> bool:
        lower = self.words[at].lower
        return (
            lower in PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS | OPENS | EXISTS | {"and", "or"}
            or lower in CLOSES
            or (lower in ADVERBS and lower not in ("first", "both", "each"))
            or is_verb(self.words, at)
        )

    def _is_another_thing(self, head: int, low: int) -> bool:
        """Whether the noun is an idiom, a person's, denied, or part of a compound: "took office", "office workers"."""
        words = self.words
        before = words[head - 1] if head > 0 else None
        if low == head and not words[head].is_capital and singular(words[head].lower) == words[head].lower:
            return True  # without an article: "won office again"
        if before is not None and before.is_word:
            lower = before.lower
            if lower in _IDIOM_BEFORE or (
                lower == "in" and head - 1 >= low - 1 and singular(words[head].lower) == words[head].lower
            ):
                return True
            if head - 1 >= low and not before.is_capital and not self._may_stand_before(lower, before):
                return True
        inside = [word.lower for word in words[max(0, low - 1) : head]]
        if any(word == "'s" and not self._is_a_body(low - 1 + at) for at, word in enumerate(inside, start=low == 0)):
            return True
        if any(word in _PERSONAL for word in inside) or any(
            word.lower in _NONE for word in words[max(0, low - 3) : head]
        ):
            return True
        if singular(words[head].lower) in NEVER_BARE & self.family.careful and not self._is_told(head, low):
            return True
        after = words[head + 1] if head + 1 < len(words) else None
        if after is None or not after.is_word or after.is_capital or after.text[0].isdigit():
            return False
        lower = after.lower
        if lower == "of" and "of" not in self.family.prepositions:
            return self.family.premodified  # "the office of the mayor"
        known = PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | ADVERBS | PRONOUNS | DETERMINERS | OPENS | EXISTS | LASTS
        return not (
            lower in known
            or lower in CLOSES
            or lower in ("'s", "and", "or", "'")
            or is_verb(words, head + 1)
            or lower in ("regime", "regimes", "package", "there", "here")
            or lower.endswith("ing")
        )

    def _is_a_body(self, at: int) -> bool:
        """Whether the owner that a possessive stands behind is a body or a name, not "the mayor"."""
        owner = self.words[at - 1] if at > 0 else None
        return owner is not None and (owner.is_capital or singular(owner.lower) in OWNERS)

    def _may_stand_before(self, lower: str, before: Token) -> bool:
        return (
            lower in self.family.modifiers
            or lower in _PLAIN
            or lower in DETERMINERS
            or lower == "'s"
            or before.text[0].isdigit()
            or "-" in lower
            or lower.endswith(("al", "ic", "est", "ive"))
        )

    def _is_told(self, head: int, low: int) -> bool:
        if (telling := TOLD_BY.get(singular(self.words[head].lower))) is not None:
            return any(word.lower in telling for word in self.words[low:head])
        return any(
            word.lower in self.family.modifiers or singular(word.lower) in self.family.nouns
            for word in self.words[low:head]
        )

    def _place_before(self, head: int, low: int) -> NamedPlace | None:
        """Of "the Quito office", "its Hanoi liaison office"; not "Norway's office", whose it is."""
        if not self.family.premodified or singular(self.words[head].lower) in OF_THE_SENDER:
            return None
        for at in range(low, head):
            place = self.places.get(at)
            if place is None or not place.known:
                continue
            behind = self.index(place.end)
            rest = [word.lower for word in self.words[behind:head]]
            if all(word in self.family.modifiers for word in rest) and place.is_noun:
                return place
        return None

    def _host(self, low: int) -> NamedPlace | None:
        """Of "Vienna hosts | an office", "Dakar has had | the regional office"."""
        at = low - 1
        while at >= max(0, low - 3) and (self.words[at].lower in HAS_IT or self.words[at].lower in ADVERBS):
            at -= 1
        if at == low - 1 or at < 0:
            return None
        return next((place for place in self.places.values() if place.known and self.index(place.end) == at + 1), None)

    def _places_behind(self, head: int) -> tuple[list[Listed], int]:
        """The places that the noun's "in" leads to, and where their list ends."""
        words = self.words
        at = head + 1
        reached = min(len(words), head + _TO_PLACE)
        if at < reached and words[at].lower == "'s":
            return [], at  # "the bank's board in"
        while at < reached:
            word = words[at]
            lower = word.lower
            if lower in self.family.prepositions:
                start = at + 1 + (at + 1 < len(words) and words[at + 1].lower == "the")
                place = self.places.get(start) or self.places.get(at + 1)
                if place is not None:
                    return self._list_from(place)
                if self.family.objects and lower in ("on", "against") and (thing := self._object(at + 1)) is not None:
                    return [Listed(thing)], self.index(thing.end)
            if (
                at in self.places
                and lower not in self.family.prepositions
                and words[at - 1].lower in ("'s", "by", "from")
            ):
                return [], at
            if word.text in ';:—–“”"' or (at in self.heads and not self.joined_heads(head, at)):
                break
            if (is_verb(words, at) and not self._allows(at)) or (lower.endswith("ing") and words[at - 1].lower in BE):
                break
            if lower in _ELSEWHERE or (lower in ("that", "which") and not self._goes_on_about(at)):
                break
            at += 1
        return [], at

    def _object(self, at: int) -> NamedPlace | None:
        """What stands behind "on" and is no place: "solar panels"."""
        words = self.words
        end = at
        while end < len(words) and end < at + _OBJECT and words[end].is_word and not self._closes_phrase(end):
            end += 1
        if end == at or words[at].text[0].isdigit() or words[at].lower in DETERMINERS - {"the"}:
            return None
        start, stop = words[at].start, words[end - 1].end
        label = self.text[start:stop]
        return NamedPlace(
            start=start, end=stop, label=label, key=label.casefold(), state="", known=False, is_noun=True, real=False
        )

    def _allows(self, at: int) -> bool:
        lower = self.words[at].lower
        return lower in EXISTS or lower in OPENS or lower in CLOSES or lower in AUXILIARIES

    def _goes_on_about(self, at: int) -> bool:
        following = self.words[at + 1].lower if at + 1 < len(self.words) else ""
        return following in EXISTS or following in OPENS or following in CLOSES or following in AUXILIARIES

    def joined_heads(self, head: int, at: int) -> bool:
        """Whether a second noun is joined to the first: "a liaison office and a documentation centre in Quito"."""
        between = [word.lower for word in self.words[head + 1 : at]]
        return "and" in between and not any(word in PREPOSITIONS for word in between)

    def _list_from(self, first: NamedPlace) -> tuple[list[Listed], int]:
        words = self.words
        items = [Listed(first)]
        at = self.index(first.end)
        while at < len(words):
            at = self._asides(items[-1], at)
            start = at
            while at < len(words) and (words[at].lower in _SEPARATORS or words[at].lower in self.family.prepositions):
                at += 1
            between = [word.lower for word in words[start:at]]
            place = self.places.get(at)
            if (
                place is None
                or not set(between) & _JOINING
                or not (place.known or set(between) & self.family.prepositions)
            ):
                return items, start
            behind = self.index(place.end)
            led = bool(set(between) & self.family.prepositions)
            subject = between[:2] == [",", "and"] and behind < len(words) and is_verb(words, behind)
            if subject and not led:
                return items, start
            items.append(Listed(place))
            at = behind
        return items, at

    def _asides(self, item: Listed, at: int) -> int:
        """Past dates and brackets behind a place, which are about it."""
        words = self.words
        while at < len(words):
            if at in self.dates:
                item.dates.append(self.dates[at])
                at = max(at + 1, self.index(self.dates[at].end))
            elif words[at].text == "(":
                close = next(
                    (to for to in range(at + 1, min(len(words), at + _BRACKETS)) if words[to].text == ")"), None
                )
                if close is None:
                    return at
                inside = [self.dates[to] for to in range(at + 1, close) if to in self.dates]
                item.dates.extend(inside)
                said = self.text[words[at].end : words[close].start].strip()
                if said and not (inside and len(said) - (inside[0].end - inside[0].start) < _DATE_ALONE):
                    item.asides.append(said)
                at = close + 1
            elif words[at].text == "," and at + 1 in self.dates:
                at += 1
            else:
                break
        return at

    def _name(self, head: int) -> str:
        """The capitalised words that end with the noun: "Adaptation Fund"; "" where there is no such name."""
        if not self.words[head].is_capital:
            return ""
        at = head
        while (
            at > 0
            and self.words[at - 1].is_word
            and (
                self.words[at - 1].is_capital
                or (self.words[at - 1].lower in ("of", "for", "and") and at > 1 and self.words[at - 2].is_capital)
            )
        ):
            at -= 1
        while at < head and self.words[at].lower in DETERMINERS | PREPOSITIONS | CONJUNCTIONS:
            at += 1
        return self.text[self.words[at].start : self.words[head].end] if at < head else ""
