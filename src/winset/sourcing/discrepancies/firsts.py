"""Something said to be the first in a region, against "not the first"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from winset.sourcing.discrepancies.pages import Page, Span, on_one_matter
from winset.sourcing.likeness import stems
from winset.sourcing.types import Discrepancy, DiscrepancyKind

_SIGN = re.compile(r"\bfirst\b|\bunprecedented\b|\bnever before\b|\bnothing new\b|\bnot new\b|\bprecedents?\b", re.I)
_DENIED = re.compile(
    r"\b(?:contrary to|dispute[sd]?|reject(?:s|ed)?|den(?:y|ies|ied)|wrong(?:ly)?|incorrect(?:ly)?|untrue"
    r"|false(?:ly)?|myth"
    r"|mistaken(?:ly)?|not (?:quite |entirely |strictly |exactly )?(?:correct|true|right|accurate))\b[^.;!?]{0,160}?"
    r"\b(?P<claim>(?:the |a |an )?(?:very )?first\b|unprecedented)"
    r"|\b(?:(?:is|was|are|were|be|been|would be|will be)\s(?:not|hardly|far from|by no means|scarcely|never)"
    r"|isn[’']t|wasn[’']t|aren[’']t"
    r"|weren[’']t|wouldn[’']t be|won[’']t be|not|hardly|by no means)\s(?:actually\s|really\s|even\s"
    r"|in fact\s)?(?:be\s)?(?P<claim2>(?:the |a |an |its |their )?(?:very )?first\b|unprecedented|without precedent)"
    r"|\b(?P<claim3>nothing new)\b"
    r"|\b(?:claims?|notion|idea|assertion|suggestion|assumption|belief)\sthat\s[^.;!?]{0,80}?\b(?P<claim5>(?:the |a "
    r"|an |its |their |[\w’'-]+[’']s )?"
    r"(?:very )?first\b)(?=[^.;!?]{0,120}\b(?:is|was|are|were)\s(?:simply |plainly |just )?(?:wrong|false|untrue"
    r"|incorrect|mistaken|inaccurate|not (?:true|right|correct)))",
    re.IGNORECASE,
)
_CALLED = re.compile(  # what others call it, before the next sentence counts on
    r"\b(?:call(?:s|ed)?|describ(?:es|ed)|hail(?:s|ed)|tout(?:s|ed)|bill(?:s|ed)|present(?:s|ed)|portray(?:s|ed)"
    r"|report(?:s|ed)|claim(?:s|ed))\b"
    r"[^.;!?]{0,80}?\b(?P<claim4>(?:the |a |an |its |their |[\w’'-]+[’']s )(?:very )?first\b)",
    re.IGNORECASE,
)
_COUNTED_ON = re.compile(
    r"(?:In fact,? |Actually,? |But |Yet )?(?:[Ii]t|[Tt]his|[Tt]hat|[Tt]he \w+)\s(?:would(?: only)? be|is|was"
    r"|will be)\s(?:in fact |actually |only )?"
    r"(?:(?:the|its|their)\s)?(?:at least the\s)?(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"
    r"|(?:But |Yet )?(?:[Ii]t|[Tt]his|[Tt]hat)\s(?:is|was|would be|will be)\s?(?:not\b|n[’']t\b)"
)
_CLAIMED = re.compile(  # not the first of a series: the first debate, the first week
    r"\b(?:the|a|its|their|his|her|[^\W\d_][\w.-]{1,30}[’']s?)\s(?:very\s)?first(?:-ever)?(?=\s(?:ever\b|such\b"
    r"|of its kind\b|of their kind\b)"
    r"|(?:\s(?!time\b|year\b|place\b|to\b|in\b|of\b|who\b|that\b|and\b|for\b|on\b|at\b|with\b"
    r"|since\b)[\w’-]+){0,4}\s(?:in|across|throughout|on)\s(?:the\s)?"
    r"(?:[A-Z](?!\w*(?:uary|arch|pril|une|uly|ust|ber|day)\b)|region\b|area\b|continent\b|world\b|country\b)"
    r"|(?:\s(?!time\b|year\b|place\b|to\b|of\b|who\b|that\b|and\b)[\w’-]+){0,4}\s(?:outside\s(?:the\s)?[A-Z]"
    r"|abroad\b|overseas\b))"
    r"|\bthe\s(?:very\s)?first(?:\s[\w’-]+){1,4}\s(?:of its kind|of their kind|ever)\b"
    r"|(?<=\bbe\s|\bis\s)(?:only\s)?the\s(?:very\s)?first\stime\s(?:that\s)?(?=(?:the\s)?[A-Z])"
    r"|(?<=\bwas\s)(?:only\s)?the\s(?:very\s)?first\stime\s(?:that\s)?(?=(?:the\s)?[A-Z])"
    r"|\bunprecedented\b"
)
_BARE = re.compile(r"\W*(?:[Ii]t|[Tt]his|[Tt]hat)\s(?:is|was|would be|will be)\s(?:\w+\s)?not\s(?:\w+\s)?the first\b")
_BARE_KIND = 2  # sentences behind "It is not the first", which tell of what
_SHARED_BARE = 3  # stems of them that the claim has
_SERIES = re.compile(r"\b(?:one|some|many|among|part)\sof\s\Z", re.I)
_REGION = re.compile(
    r"\b(?P<abroad>abroad|overseas|outside\s(?:the\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)|\b(?:in|across|throughout"
    r"|on)\s(?:the\s|all of\s|whole of\s)?(?P<place>[A-Z][\w’'-]+(?:[\s-][A-Z][\w’'-]+){0,3}|region|area|continent"
    r"|world|country)"
)
_EARLIER = re.compile(
    r"\b(?:(?:since|in|from|between|until|back in|as early as|during)\s(?:the\s)?(?:early\s|late\s)?(?:1[89]"
    r"|20)\d\d\b|already\b|previously\b|earlier\b|had opened\b|has had\b|have had\b|was hosted\b|ran from\b)",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ABROAD = "abroad"
_GENERIC = frozenset({"region", "area", "continent", "world", "country"})
_FIRST_STEMS = frozenset({"first", "kind", "type", "sort", "ever", "new", "noth", "plan", "claim"})
_MANY = 200  # claims with one stem that are looked at
_MATTER_DAYS = 90
_SHARED = 2  # stems of what is said to be the first that both sides name


@dataclass(frozen=True)
class _Claim:
    """A sentence that says that something is, or is not, the first of its kind."""

    page: Page
    sentence: Span
    at: Span  # of the words "the first"
    denied: bool

    @cached_property
    def kind(self) -> frozenset[str]:
        """Stems of the clause: what is the first, and of what."""
        low, high = self._clause
        return frozenset(stems(self.page.text[low:high])) - _FIRST_STEMS

    @cached_property
    def bare(self) -> bool:
        """Whether it only says "It is not the first": of what is told behind."""
        return self.denied and _BARE.match(self.page.text, self.sentence[0]) is not None

    def _behind(self, count: int) -> int:
        """Where the sentences behind it end."""
        spans = self.page.sentences
        number = next((n for n, span in enumerate(spans) if span == self.sentence), len(spans))
        return max([self.sentence[1], *(end for _, end in spans[number + 1 : number + 1 + count])])

    @property
    def _clause(self) -> Span:
        text, (start, end) = self.page.text, self.sentence
        low = max(start, self.at[0] - 140)
        if self.bare:
            return low, self._behind(_BARE_KIND)
        high = min(end, self.at[1] + 140)
        stop = re.compile(r"[;:.!?]\s").search(text, self.at[1], high)
        return low, stop.start() if stop else high

    @cached_property
    def region(self) -> str | None:
        """Where it is the first: "Asia"; "region" where only that is said."""
        found = _REGION.search(self.page.text, self.at[0], min(self.sentence[1], self.at[1] + 120))
        if found is None:
            return None
        return _ABROAD if found["abroad"] else found["place"].casefold()

    @property
    def _is_called(self) -> bool:
        return self.denied and _CALLED.search(self.page.text, *self.sentence) is not None

    @cached_property
    def earlier(self) -> Span | None:
        """The words of its sentence, or the next, that name an earlier one."""
        text = self.page.text
        number = next((n for n, span in enumerate(self.page.sentences) if span == self.sentence), None)
        spans = [self.sentence]
        if number is not None:
            spans += self.page.sentences[number + 1 : number + (4 if self._is_called else 2)]
        for start, end in spans:
            found = _EARLIER.search(text, start, end)
            if found and _YEAR.search(text, start, end):
                return start, end
        return None


def firsts(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """A thing said to be the first of its kind in one document, and not to be so in another, or in the same one."""
    found = [claim for page in pages for claim in _claims(page)]
    denials = [claim for claim in found if claim.denied]
    by_stem: dict[str, list[_Claim]] = {}
    for claim in found:
        if not claim.denied:
            for stem in claim.kind:
                by_stem.setdefault(stem, []).append(claim)
    against = {number: _against(denial, by_stem) for number, denial in enumerate(denials)}
    told: set[int] = set()
    for number in sorted(against, key=lambda number: (denials[number].earlier is None, number)):
        if number in told or not against[number]:
            continue
        claims = {id(claim) for claim in against[number]}
        also = [other for other in against if other != number and claims & {id(claim) for claim in against[other]}]
        told |= {number, *also}
        yield _discrepancy(against[number], denials[number], [denials[other] for other in also])


def _against(denial: _Claim, by_stem: dict[str, list[_Claim]]) -> list[_Claim]:
    """The claims that a denial denies, in order."""
    near = {id(claim): claim for stem in sorted(denial.kind) for claim in by_stem.get(stem, ())[:_MANY]}
    return sorted(
        (claim for claim in near.values() if _same_thing(claim, denial)),
        key=lambda claim: (claim.page.number, claim.at),
    )


def _claims(page: Page) -> Iterator[_Claim]:
    for sentence in page.sentences:
        if not _SIGN.search(page.text, *sentence):
            continue
        called = _CALLED.search(page.text, *sentence)
        if called and _COUNTED_ON.match(page.text, _next(page.text, sentence[1])):
            yield _Claim(page, sentence, called.span("claim4"), True)
            continue
        denied = _DENIED.search(page.text, *sentence)
        if denied and page.text[max(0, denied.end() - 14) : denied.end()].find("of the first") < 0:
            group = next(name for name in ("claim", "claim2", "claim3", "claim5") if denied[name])
            yield _Claim(page, sentence, denied.span(group), True)
        elif (claimed := _CLAIMED.search(page.text, *sentence)) and not _SERIES.search(
            page.text, sentence[0], claimed.start()
        ):
            yield _Claim(page, sentence, claimed.span(), False)


def _next(text: str, at: int) -> int:
    """Where the next sentence begins."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _same_thing(claim: _Claim, denial: _Claim) -> bool:
    shared = claim.kind & denial.kind
    regions = claim.region, denial.region
    if all(regions) and regions[0] != regions[1] and not _GENERIC & set(regions):
        return False
    if any(regions) and not all(regions):
        place = next(filter(None, regions))
        other = denial if claim.region else claim
        if (
            place not in _GENERIC
            and place != _ABROAD
            and place not in other.page.text[slice(*other.sentence)].casefold()
        ):
            return False
    names = {stem for stem in shared if stem not in _lower(claim) or stem not in _lower(denial)}
    if denial.bare and not (len(shared) >= _SHARED_BARE and on_one_matter(claim.page, denial.page, days=_MATTER_DAYS)):
        return False
    return len(shared) >= _SHARED and len(shared - names) >= 1


def _lower(claim: _Claim) -> set[str]:
    """Stems of the words written small: what kind of thing it is, rather than whose or where."""
    text = claim.page.text[slice(*claim._clause)]
    return set(stems(" ".join(word for word in text.split() if word[:1].islower())))


def _discrepancy(claims: Sequence[_Claim], denial: _Claim, also: Sequence[_Claim]) -> Discrepancy:
    shown = claims[:3]
    tellings = [row.page.telling(_words(row), *row.at) for row in (*shown, denial, *also[:2])]
    number = len(shown)
    earlier = denial.earlier
    if earlier is not None:
        start, end = earlier
        words = " ".join(denial.page.text[start:end].split())
        why = f"The {_ordinal(number)} names an earlier one, with its years: “{_short(words)}”."
        right: int | None = number
    else:
        right, why = None, "The documents do not decide it: the one that denies it names no earlier one."
    place = claims[0].region or denial.region
    return Discrepancy(
        kind=DiscrepancyKind.FIRST,
        about="whether it is the first of its kind"
        + (f" in {place.title()}" if place and place not in _GENERIC and place != _ABROAD else ""),
        tellings=tuple(tellings),
        right=right,
        why=why,
        confidence=0.8 if right is not None else 0.65,
    )


def _ordinal(number: int) -> str:
    return ("first", "second", "third", "fourth", "fifth")[number]


def _short(words: str) -> str:
    return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + " …"  # noqa: PLR2004


def _words(claim: _Claim) -> str:
    """The claim in its own few words: from "the first" to the place."""
    text, end = claim.page.text, claim.sentence[1]
    if claim.bare:
        return "not the first"
    region = _REGION.search(text, claim.at[0], min(end, claim.at[1] + 80))
    stop = region.end() if region else min(end, claim.at[1] + 40)
    words = text[claim.at[0] : stop].strip(" ,.;:")
    if claim.denied and _CALLED.search(text, claim.sentence[0], claim.at[1]):
        at = _next(text, claim.sentence[1])
        return text[at : at + 60].partition(".")[0]
    return f"not {words}" if claim.denied and not words.lower().startswith("nothing") else words
