"""Occasions on which something was said, as a sentence names them: "a press conference in Bergen", "told reporters"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

_LOOK = 90  # characters before an occasion that show that something was said there
_SURE = (
    r"(?:press|news|media) conferences?|(?:joint |press |news |media |daily |regular )?(?:briefing|presser)"
    r"|press (?:call|event|encounter|availability)"
    r"|conference call|earnings call|interviews?|public appearance|keynote(?: speech| address)?|gaggle|doorstep"
    r"|question time|op-eds?|guest (?:article|column|essay|commentary)|tweets?|podcast|webinar"
    r"|inaugural address|state of the union(?: address)?"
)
_WITH_SAYING = (
    r"speech|testimony|(?:public |congressional )?hearing|town hall(?: meeting)?|e-?mails?|text messages?"
    r"|voicemail|address|lecture|remarks|comments|visit|trip|tour|(?:video |written |joint "
    r"|press )?statements?|posts?|thread|(?:video )?message|meeting|summit"
    r"|conference|forum|debate|session|event|rally|ceremony|symposium|seminar|dialogue|panel(?: discussion)?"
    r"|talks|phone call|telephone call|call|blog post|column|essay"
    r"|editorial|appearance|sermon|sidelines|seminar|workshop|plenary|toast|eulogy|broadcast|video"
)
_PUBLISHED = (
    r"(?:open |joint )?letters?|press releases?|communiqu[eé]|declaration|memoirs?|memo|book|paper|reply"
    r"|resolution|report|study|filing|submission"
)
_NOUN = re.compile(
    rf"\b(?:(?P<sure>{_SURE})|(?P<with_saying>{_WITH_SAYING})|(?P<published>{_PUBLISHED}))\b(?![’'-]\w)", re.IGNORECASE
)
_NETWORKS = (
    r"(?:Twitter|X|Facebook|Telegram|Weibo|WeChat|Instagram|LinkedIn|TikTok|Truth Social|Threads|Bluesky"
    r"|Mastodon|VKontakte|YouTube|social media)"
)
_POSTED = re.compile(
    rf"\b(?:(?:wrote|said|posted|writing|posting|announced|stated|tweeted|added|shared)\s(?:in\s(?:an?|the)\s"
    rf"(?:\w+\s){{0,2}}(?:post|message|thread|video|statement)\s)?(?:on|to|via)\s(?:the\s(?:social\s)?"
    rf"(?:network|platform|media site)\s)?(?:(?:his|her|their|its)\s(?:official\s|personal\s)?)?{_NETWORKS}"
    rf"(?:\s(?:account|page|channel|feed))?"
    r"|tweeted|retweeted)\b"
)
_TOLD = re.compile(
    r"\b(?:told|tells|telling|informed|assured|briefed|addressed|addressing|testified (?:before|to|in)"
    r"|speaking (?:to|before|with)|spoke (?:to|before|with)|replying to|answering|in answer to)\s"
    r"(?:questions from\s)?(?P<whom>(?:a\s(?:group|gathering|crowd|room|panel|meeting|committee|conference"
    r"|hearing|panel)\sof\s)?(?:local\s|foreign\s|accredited\s|visiting\s|the\s|his\s|her\s|an?\s)?"
    r"(?:[\w’'-]{1,25}\s){0,4}?"
    r"(?:reporters|journalists|the press(?! \w*conference)|the media|news media|parliament|parliamentarians"
    r"|lawmakers|legislators|deputies|senators|MPs|Congress|Bundestag|Knesset|Duma|Diet|Commons|Lords"
    r"|Senate(?: [A-Z]\w+){0,4}(?: Committee)?|House(?: [A-Z]\w+){0,4}(?: Committee)?|"
    r"(?:[A-Z]\w+ ){0,4}Committee|committee|subcommittee|inquiry|tribunal|General Assembly|Security Council"
    r"|Assembly|delegates|supporters|shareholders|investors|the nation|the court|court|jurors|audience"
    r"|students|troops))\b"
)
_FACED = re.compile(
    r"\b(?:faced|faces|facing|met|meeting|went before|took questions from|taking questions from)\s"
    r"(?:the\s(?:press|media|reporters|journalists)|reporters|journalists)\b(?!\s(?:corps|freedom|council|club))"
)
_TOLD_HERE = re.compile(
    r"\b(?:told|tells|telling|informed|spoke\sto|speaking\sto)\s(?:(?:this|our)\s(?:newspaper|paper|magazine|daily"
    r"|weekly|website|site|programme|program|news agency|agency|reporter|correspondent)\b|(?P<us>us)(?=[:,]|\sthat\b))"
)
ASKED = re.compile(
    r"[\s“\"*_]*(?P<words>[Aa]sked (?:whether|if|about|why|how|what|when|where)\b[^.;:“”\"\n]{3,160}?),\s"
)
_LEAD = (
    r"(?P<lead>\b(?:at|in|during|on|from|after|following|via|through|throughout|to|since|told|telling"
    r"|addressing|of|with|giving|gave|held|holding|opening|under|issued|released)\s)"
)
_PHRASE = re.compile(
    rf"{_LEAD}(?P<phrase>(?:(?:an?|the|his|her|their|its|this|that|another|one|separate|recent|yesterday[’']s"
    rf"|[A-Z][\w.-]{{1,30}}[’']s?)\s|(?=written\s|prepared\s|recent\s|opening\s|public\s|brief\s|televised\s"
    rf"|live\s|joint\s))"
    r"(?:(?!(?:in|on|at|to|by|with|from|and|or|but|that|which|who|said|says|told|asked|after|before|since|as"
    r"|for|was|were|is|are|has|had|will|would|of|the|a|an)\s)[\w’'&.-]{1,30}\s){0,6})\Z",
    re.IGNORECASE,
)
_BARE = re.compile(r"\b(?P<lead>in|during|at|from|on)\s\Z", re.IGNORECASE)
_BARE_NOUNS = frozenset(
    ("remarks", "comments", "testimony", "talks", "question time", "interviews", "tweets", "posts", "statements")
)
_NAMED = r"(?:[A-Z0-9À-Þ][\w’'./-]*)"
_WHERE = (
    rf"(?:\s(?:(?:held|published|released|issued|broadcast|aired|posted|delivered|given)\s)?(?:in|at|with|on|to"
    rf"|of|previewing)"
    rf"\s(?:the\s|an?\s|his\s|her\s|this\s|state\s)?(?:[a-z]+\s)?{_NAMED}"
    rf"(?:\s(?:of|the|and|de|for|{_NAMED})){{0,6}}(?<!\sand)(?<!\sthe)(?<!\sof)(?<!\sfor)"
    r"|\s(?:yesterday|today|earlier|last\s\w+|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|previewing\s[^,.;]{3,60}))"
)
_TO_WHOM = r"\s(?:to|with|for)\s(?:the\s|his\s|her\s|its\s)?[a-z]+(?:\s[a-z]+){0,2}?(?=\s(?:in|at|on)\s|,)"
_AFTER = re.compile(rf"{_TO_WHOM}{_WHERE}{{0,4}}|{_WHERE}{{1,4}}")
_PLACE = re.compile(rf"\s(?:in|at|to)\s(?:the\s)?(?P<place>[A-ZÀ-Þ][\w’'-]*(?:\s(?:of|the|de|{_NAMED})){{0,5}})")
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day)\b"
)
SAYS = re.compile(
    r"\b(?:said|says|saying|told|telling|tells|stated|states|stating|warned|warns|warning|wrote|writes|writing"
    r"|announced|announcing|speaking|spoke|speaks|added|adding|declared|declaring"
    r"|remarked|argued|arguing|asked|answered|replied|responded|commented|called|calling|described|insisted"
    r"|urged|urging|vowed|pledged|promised|claimed|claiming|confirmed|denied"
    r"|dismissed|rejected|criticised|criticized|condemned|expressed|explained|explaining|noted|noting|revealed"
    r"|acknowledged|accused|testified|quoted|asserted|maintained|reiterated|stressed|emphasi[sz]ed"
    r"|outlined|mentioned|suggested|proposed|repeated|admitted|disclosed|hinted|predicted|read|reads|affirmed"
    r"|likened|defended|delivered)\b"
)
_NEAR = re.compile(
    rf"{SAYS.pattern}(?:[,”\"]*\s(?!(?:that|he|she|they|it|we|was|were|had|would|will|has"
    rf"|have)\s)[\w’'.,-]{{1,25}}){{0,5}}\s?\Z"
)
_OPENS = re.compile(
    r"[\s“\"‘'*_(]*(?:(?:But|And|Earlier|Later|Also|Then|Meanwhile|Yesterday),?\s)?(?:(?:speaking|writing"
    r"|asked|addressing)\s(?:(?:to|with)\s\w+\s)?)?\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[\s“\"*_]*(?:[\w’'.()-]{1,30},?\s){0,9}[\w’'.()-]{1,30},\s\Z")  # "Reed, in a speech, said"
_BEHIND = re.compile(rf"{SAYS.pattern}[^“”\";:]*,\s\Z")  # "said Ada Reed, the mayor, in a statement"
_HELD = re.compile(
    r"\b(?:hold|held|holds|holding|attend\w*|schedul\w+|cancel\w+|postpon\w+|plan\w*|organi[sz]\w+|invit\w+"
    r"|host\w*|agreed|refus\w+|declin\w+|hope\w*|want\w*)\s(?:\w+\s){0,3}\Z",
    re.IGNORECASE,
)
_HELD_LEADS = ("of", "with", "since", "after", "following", "under", "to", "through")
_ONE_NAME = (
    (
        "press conference",
        re.compile(r"(?:press|news|media) conference|presser|press (?:call|event|encounter|availability)"),
    ),
    ("briefing", re.compile(r"briefing")),
    ("interview", re.compile(r"interview")),
    ("op-ed", re.compile(r"op-ed|guest|column|essay|editorial")),
    ("post", re.compile(r"tweet|post|thread")),
    ("speech", re.compile(r"speech|address|keynote|lecture|appearance|state of the union")),
    ("hearing", re.compile(r"hearing|testimony")),
    ("visit", re.compile(r"visit|trip|tour")),
    ("statement", re.compile(r"statement")),
    ("letter", re.compile(r"letter")),
    ("meeting", re.compile(r"meeting|talks|session|plenary")),
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Words that name an occasion, half-open."""

    start: int
    end: int
    noun: str  # "press conference", "speech"; one word for what is one thing
    place: str | None = None
    published: bool = False  # a letter or paper rather than something said aloud
    by_name: bool = False  # one only where somebody who is named speaks: "they told us" is not
    known: bool = False  # "the briefing": it was told of before, or is told of nowhere


def occasions(text: str, sentence: Span, *, spoken: bool) -> Iterator[Occasion]:
    """The occasions that a sentence names for what is said in it, in order.

    spoken: whether it holds a statement.  Cost: linear.
    """
    low, high = sentence
    reached = low
    says = spoken or SAYS.search(text, low, high) is not None
    found = [*_posted(text, low, high), *_told(text, low, high), *_told_here(text, low, high)]
    if says:
        found += _named(text, low, high)
    for occasion in sorted(found, key=lambda each: (each.start, -each.end)):
        if occasion.start >= reached:
            reached = occasion.end
            yield occasion


def _posted(text: str, low: int, high: int) -> Iterator[Occasion]:
    for match in _POSTED.finditer(text, low, high):
        yield Occasion(match.start(), match.end(), "post")


def _told_here(text: str, low: int, high: int) -> Iterator[Occasion]:
    """What somebody told the press, or the very paper that writes of it."""
    for match in _FACED.finditer(text, low, high):
        after = _AFTER.match(text, match.end(), high)
        end = _tight(text, after.end()) if after else match.end()
        yield Occasion(match.start(), end, "press conference", _place(text, match.end(), end))
    for match in _TOLD_HERE.finditer(text, low, high):
        after = _AFTER.match(text, match.end(), high)
        end = _tight(text, after.end()) if after and not match["us"] else match.end()
        yield Occasion(match.start(), end, "interview", by_name=bool(match["us"]))


def _told(text: str, low: int, high: int) -> Iterator[Occasion]:
    for match in _TOLD.finditer(text, low, high):
        after = _AFTER.match(text, match.end(), high)
        whom = match["whom"].removeprefix("the ").removeprefix("a ")
        end = _tight(text, after.end()) if after else match.end()
        yield Occasion(match.start(), end, f"remarks to {whom}", _place(text, match.end(), end))


def _named(text: str, low: int, high: int) -> Iterator[Occasion]:
    for match in _NOUN.finditer(text, low, high):
        begin = max(low, match.start() - _LOOK)
        window = text[begin : match.start()]
        before = _PHRASE.search(window)
        if before is None and match.group().casefold() in _BARE_NOUNS:
            before = _BARE.search(window)
        if before is None:
            continue
        lead = before["lead"].strip().casefold()
        ahead = window[: before.start()]
        if match.lastgroup == "sure":
            if lead in _HELD_LEADS or _HELD.search(ahead):
                continue
        elif lead not in {"at", "in", "during", "on", "told", "addressing", "telling", "via", "from"} or not (
            _NEAR.search(ahead)
            or _BEHIND.search(ahead)
            or (begin == low and (_OPENS.match(ahead) or _ASIDE.match(ahead)))
        ):
            continue
        after = _AFTER.match(text, match.end(), high)
        end = _tight(text, after.end()) if after else match.end()
        start = begin + before.start("phrase") if "phrase" in before.re.groupindex else begin + before.start()
        definite = text[start : start + 4].casefold() == "the " and after is None and match.start() - start <= 9  # noqa: PLR2004 - "the same "
        if definite and match.lastgroup != "sure":
            continue
        yield Occasion(
            start,
            end,
            _one_name(match.group()),
            _place(text, match.end(), end),
            published=match.lastgroup == "published",
            known=definite,
        )


def _tight(text: str, end: int) -> int:
    while text[end - 1] in ".,’'/-":
        end -= 1
    return end


def _place(text: str, start: int, end: int) -> str | None:
    for match in _PLACE.finditer(text, start, end):
        if not _NO_PLACE.match(match["place"]):
            return match["place"]
    return None


def _one_name(noun: str) -> str:
    noun = noun.casefold()
    return next((name for name, pattern in _ONE_NAME if pattern.search(noun)), noun.removesuffix("s"))
