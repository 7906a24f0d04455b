"""Which dates of a text can be the day on which something was said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from winset.ids import PartialDate
from winset.statements.date_mentions import DateMention, date_mentions
from winset.statements.foreign_dates import foreign_dates
from winset.statements.later_dates import later_dates
from winset.statements.types import Segment

Span = tuple[int, int]

LONGEST = 1_500  # characters of a sentence that are read
ENGLISH = "en"
OCCASION = re.compile(
    r"\b(?:asked|told|said|stated|spoke|speaking|answer\w*|announc\w+|declar\w+|reveal\w+|report\w*|publish\w+|briefing"
    r"|press conference|news conference|interview\w*|speech|address\w*|statement|remarks?|testi\w+|hearing|tweet\w*"
    r"|letter|confirm\w+|emphasi[sz]\w+|urg\w+|warn\w+|critici[sz]\w+|accus\w+|oppos\w+|comment\w*|press release"
    r"|add(?:ed|ing)|call(?:ed|ing)|present(?:ed|ing)|propos(?:ed|ing|al)|suggest\w+|noted|noting|recall\w+"
    r"|argu(?:ed|ing)"
    r"|reject\w+|condemn\w+|welcom\w+|demand(?:ed|ing)|agreed|insist\w+|claim(?:ed|ing)|wrote|writing|post(?:ed|ing)"
    r"|repl(?:ied|ying)|respon(?:ded|ding|se)|vow\w+|pledg\w+|promis\w+|den(?:ied|ying)|dismiss\w+|support(?:ed|ing)"
    r"|endors\w+|column|op-ed|editorial|letter|declaration|resolution|communiqu[eé]|keynote|lecture|article|essay"
    r"|podcast)\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"said|told|spoke|wrote|\w+(?:ed|ing)(?<!briefing)(?<!hearing)", re.IGNORECASE)
_NO_OCCASION = re.compile(r"(?:since|until|till|by|before|after|to|from|for|of)\b", re.IGNORECASE)
_BEFORE_MENTION = re.compile(
    r"\b(?P<word>since|until|till|by|before|after|following|for|between|from|as of|of|about|than|expected|planned"
    r"|scheduled"
    r"|due|(?:ahead|in advance|because|in light|as part) of)\s+(?:(?:the|its|his|her|their|an?)\s+)?(?:late\s"
    r"|early\s)?\Z",
    re.IGNORECASE,
)
_FOREIGN_BOUNDS = re.compile(
    r"(?<!\w)(?:depuis|jusqu['’]\w*|avant|après|seit|bis|vor|nach|ab|desde|hasta|antes d\w+|después d\w+|dal\w*"
    r"|fino a\w*|entro"
    r"|prima d\w+|dopo|sinds|tot|voor|na|od|do|przed|po|с|до|после|від|після|sedan|före|efter|até|depois d\w+)"
    r"\s+(?:(?:le|la|el|il|de[mnr]|o|a|w)\s+)?\Z",
    re.IGNORECASE,
)
_CUT_BEFORE = re.compile(r"\b\d\d?\.\s\Z")  # "am 12. Mai" is no end of a sentence, but was taken for one
_ISSUED = re.compile(
    r"(?:letter|statement|declaration|resolution|interview|speech|note|article|report|editorial|tweet|decision|remarks"
    r"|briefing|communiqu[eé]|conclusions|charter|decree|order|opinion|judge?ment|press release|column"
    r"|memo(?:randum)?)\s+"
    r"(?:of|from|dated|on)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_TIME_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night))?"
_WHEN = re.compile(rf"{_TIME_OF_DAY}(?:['’]s(?:\s[\w-]+){{1,4}})?,?\swhen\s")  # "since 1968, when he promised"
_OF_ANOTHER_EVENT = re.compile(rf"{_TIME_OF_DAY}['’]s\s+(?P<event>[\w’'-]+(?:\s+[\w’'-]+){{0,2}})")
_AT = re.compile(r"\b(?:at|in|during|throughout)\s\Z", re.IGNORECASE)
_MODIFIES = re.compile(
    r"(?:\b(?P<where>[\w-]+)\s+)?\b(?:the|an?|his|her|its|their|this|that|[\w.]+['’]s?)\s+\Z",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"\s(?P<event>(?!(?:and|or|that|in|at|on|by|to|with|when|as|but|for|from|the|an?|he|she|they|it|we"
    r"|i)\b)[a-z][\w’'-]*(?:\s[\w’'-]+){0,2})"
)
_THERE = frozenset(("at", "in", "during", "on", "throughout", "told", "addressing", "to"))
_RELATIVE_CLAUSE = re.compile(r"(?:,\s|\b)(?:who(?:se)?|which)\b(?P<clause>[^,;.:“”\"]{0,120})\Z")
_GOES_ON = re.compile(r"\s(?:after|when|as|during|and)\b")
_ABOUT_SOURCE = re.compile(
    r"\b(?:concept|strategy|report|declaration|law|act|treaty|charter|statement|resolution|paper|guidelines?"
    r"|agreement|plan"
    r"|review|communiqu[eé]|document|constitution|directive|regulation|convention|assessment|study|survey|poll|letter"
    r"|manifesto|programme|platform|summit|conference|forum|assembly|decision|judge?ment|article|budget|outlook)\b",
    re.IGNORECASE,
)
_OF_A_PAGE = re.compile(
    r"\W{0,4}(?:last\s)?(?:first\s)?(?:published|updated|posted|modified|issued|accessed|retrieved|created"
    r"|printed)\b[^.!?\n]{0,60}\Z",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[*_]{0,2}[A-ZÀ-Þ][\w .'’/()-]{1,50}?,?\s[*_]{0,2}(?P<date>[^–—\n]{3,30}?)[*_]{0,2}\s?(?P<agency>\([^"
    r"()\n]{2,40}\)\s?)?[*_]{0,2}"
    r"\s?(?:\s-|--|–|—)\s?[*_]{0,2}(?=[\w“\"'‘])"
)
_LONGEST_DATELINE = 110  # characters


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its segments, and the dates that can be occasions in it."""

    text: str
    segments: Sequence[Segment]
    published: PartialDate | None
    languages: Mapping[int, str] = field(default_factory=dict)  # by number of the segment, where not English

    def language(self, at: int) -> str:
        """Of the segment that holds a position, as BCP 47."""
        return self.languages.get(bisect_right(self.segments, at, key=lambda part: part.start) - 1, ENGLISH)

    def place(self, at: int) -> tuple[int, int] | None:
        """Number of the segment and of its sentence that hold a position."""
        segment = bisect_right(self.segments, at, key=lambda part: part.start) - 1
        if segment < 0 or not self.segments[segment].sentences:
            return None
        sentence = bisect_right(self.segments[segment].sentences, at, key=lambda span: span[0]) - 1
        return (segment, max(0, sentence))

    def occasions(self, start: int, end: int, outside: Sequence[Span] = ()) -> list[DateMention]:
        """Dates on which something can have been said: not in a quotation, not "since", not still to come."""
        latest = self.published.latest if self.published else None
        return [
            mention
            for mention in self.named(start, end)
            if not any(low <= mention.start and mention.end <= high for low, high in outside)
            and not (latest and mention.date.earliest > latest)
            and not self._only_bounds(start, mention)
            and not (mention.start > start + 3 and self.text[mention.start : mention.end].lower() == "this year")
            and not self._dates_another_event(start, mention)
            and not self._quoted(start, mention)
            and not self._dates_the_page(start, end, mention)
        ]

    def named(self, start: int, end: int) -> tuple[DateMention, ...]:
        """All dates of a stretch, in the language of its segment."""
        language = self.language(start)
        if language != ENGLISH and (cut := _CUT_BEFORE.search(self.text[max(0, start - 5) : start])):
            start -= len(cut.group())
        return _named(self.text, start, end, self.published, language)

    def _only_bounds(self, start: int, mention: DateMention) -> bool:
        """Whether it is "since May" or "the vote of 5 May"; "a letter of 5 May" is an occasion."""
        before = self.text[max(start, mention.start - 60) : mention.start]
        if self.language(start) != ENGLISH:
            return _FOREIGN_BOUNDS.search(before) is not None
        if _ISSUED.search(before) or _WHEN.match(self.text, mention.end):
            return False
        return (
            _NO_OCCASION.match(self.text, mention.start, mention.end) is not None
            or _BEFORE_MENTION.search(before) is not None
        )

    def _dates_another_event(self, start: int, mention: DateMention) -> bool:
        """Whether it dates something else: "this week's summit", "who came on Monday"; not "Monday's speech"."""
        if _WHEN.match(self.text, mention.end):
            return False
        event = _OF_ANOTHER_EVENT.match(self.text, mention.end)
        if event is not None and not _names_occasion(event["event"]):
            return not self._there(start, mention)
        at = self._figures(mention)
        before = self.text[max(start, at - 160) : at]
        clause = _RELATIVE_CLAUSE.search(before)
        if clause is not None and not OCCASION.search(clause["clause"]) and not _GOES_ON.match(self.text, mention.end):
            return True
        modified = _MODIFIED.match(self.text, mention.end)
        modifies = _MODIFIES.search(before)
        if modified is None or modifies is None or _names_occasion(modified["event"]):
            return False
        if mention.date.precision == "year" and _ABOUT_SOURCE.search(modified["event"]):
            return False
        return not self._there(start, mention)

    def _figures(self, mention: DateMention) -> int:
        """Where it begins; of a year, whose words begin with "the" or "in", where its figures do."""
        bare = mention.date.precision == "year" and self.text[mention.end - 4 : mention.end].isdecimal()
        return mention.end - 4 if bare else mention.start

    def _there(self, start: int, mention: DateMention) -> bool:
        """Whether something was said at it: "at the 3 May summit"."""
        at = self._figures(mention)
        modifies = _MODIFIES.search(self.text[max(start, at - 60) : at])
        if _AT.search(self.text[max(start, at - 12) : at]):
            return True
        return modifies is not None and (modifies["where"] or "").lower() in _THERE

    def _quoted(self, start: int, mention: DateMention) -> bool:
        """Whether quotation marks are open there, which began in the sentence or in its paragraph."""
        place = self.place(mention.start)
        low = self.segments[place[0]].start if place else start
        before = self.text[max(low, mention.start - LONGEST) : mention.start]
        if self.language(start) == "de":
            return before.count("„") > before.count("“") or before.count("»") > before.count("«")
        return any(before.count(left) > before.count(right) for left, right in ("“”", "«»", "「」")) or (
            before.count('"') % 2 == 1
        )

    def _dates_the_page(self, start: int, end: int, mention: DateMention) -> bool:
        """Whether it is "Updated on 3 May", or an agency's dateline, which says when the report was filed.

        A dateline that gives the year and names no agency is a release's own: its date stands.
        """
        if _OF_A_PAGE.match(self.text[start : min(end, start + 120)]):
            return True
        if mention.start - start > _LONGEST_DATELINE:
            return False
        dateline = _DATELINE.match(self.text, start, min(end, start + _LONGEST_DATELINE))
        if dateline is None or not dateline.start("date") <= mention.start < dateline.end("date"):
            return False
        return mention.relative or bool(dateline["agency"])


def _names_occasion(words: str) -> bool:
    """Whether they name one, as in "speech"; not "laureate said"."""
    return any(not _VERB.fullmatch(found.group()) for found in OCCASION.finditer(words))


@lru_cache(maxsize=256)  # the statements of a sentence, and those that look back on it, ask again
def _named(text: str, start: int, end: int, published: PartialDate | None, language: str) -> tuple[DateMention, ...]:
    """All dates of a stretch, in its language, and those that count from one before it."""
    if language != ENGLISH:
        return foreign_dates(text, start, end, language=language, published=published)
    plain = date_mentions(text, start, end, published=published)
    later = later_dates(text, start, end, published=published)
    apart = [each for each in plain if not any(one.start < each.end and each.start < one.end for one in later)]
    return tuple(sorted((*apart, *later), key=lambda mention: mention.start)) if later else plain
