"""The words by which a text credits a medium or a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.statements.media import MediumMention, canonical_medium, find_media

Span = tuple[int, int]

LOOK = 60  # characters on either side in which a mention shows that it is credited
_PIECE = (
    r"(?:report|article|story|interview|editorial|commentary|op-ed|column|essay|piece|investigation|poll"
    r"|survey|analysis"
    r"|scoop|account|dispatch|exclusive)s?"
)
_CREDIT_BEFORE = re.compile(
    r"(?:according to|(?:as )?(?:reported|quoted|cited|revealed|noted|published|disclosed|broken|interviewed|carried"
    r"|reported on|asked|approached|contacted) (?:first |earlier |recently |\w{3,9}day |today |yesterday )?(?:by|in|on)"
    rf"|cit(?:ing|es|ed)|quot(?:ing|es)|(?:told|telling|tells)|(?:an? |the )?{_PIECE} (?:with|in|for|to|by|from"
    rf"|of|published by"
    r"|published in)"
    r"|(?:spoke|speaks|speaking|talked|talking|confirmed|admitted|explained) (?:to|with)"
    r"|(?:writing|wrote|writes|written|appeared|appearing|said) (?:in|for|on)|(?:reactions?|responses?) to|"
    r"(?:seen|obtained|reviewed|leaked) (?:by|to)"
    r"|sources? (?:at|of)|(?:interview|talk|conversation) (?:with|to|on)|(?:an? )?(?:journalist|reporter"
    r"|correspondent|columnist|editor) (?:from|of|with|for|at|working for)"
    r"|by way of|via)"
    r"(?:\s+\[)?\s+(?:(?:the|an?|one)\s+)?(?:(?:[A-Z]?[\w’'-]{1,20}\s+){0,3}(?:newspapers?|dail(?:y|ies)"
    r"|news agency|newswire|wire service|magazine"
    r"|broadcasters?|channel|weekly|outlet|website|site|tabloid|television|radio|affiliate"
    r"|portal)\s+)?[“‘\"'*_\[]{0,3}\Z",
    re.IGNORECASE,
)
_SAYS = (
    r"(?:(?:has |had |have |first |also |later |then |since |earlier |recently ){0,2}"
    r"(?:report|reveal|publish|indicat|claim|suggest|express|comment|ask|confirm|disclos|warn|describ|add|quot|cit"
    r"|not|stat|argu|learn|explain|announc|estimat|observ|point|call|conclud|editoriali[sz])(?:ed|s|es|ing)"
    r"|(?:has |had |also |later |first ){0,2}(?:said|says|saying|wrote|writes|writing|written|told|found"
    r"|carried|ran|broke|puts?|spoken? of|speaks of))"
)
_CREDIT_AFTER = re.compile(
    rf"(?:['’]s\b|[”’\"'*_]{{1,3}}(?!\w))?(?:\]\([^)\s]{{0,200}}\))?(?:['’]s\b)?(?:\s+(?:newspaper|magazine"
    rf"|news agency|daily|weekly|website|broadcaster|{_PIECE})\b)?"
    rf"(?:\s+\([^()]{{1,40}}\))?(?:\s+(?:[a-z]+ly\s+|on \w+day\s+|today\s+|yesterday\s+|this week\s+"
    rf"|last week\s+)?{_SAYS}\b)?",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\b(?:after|before|since|until|following|prior to|days? of|wake of)\s(?:the\s|an?\s)?(?:[\w’'-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_SAYS_BEHIND = re.compile(rf"\b{_SAYS}\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|the|one|this|that)\s+(?:[\w’'-]+\s+){0,3}\Z", re.IGNORECASE)
_OWNERSHIP = re.compile(
    r"(?:shares?|owners?|ownership|sale|chairman|board|readers|subscribers|subsidiary|takeover|headquarters"
    r"|offices?) (?:of|in|at|to) (?:the )?\Z",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:told|telling|tells|interview|spoke|speaks|speaking|talked|talking|conversation|confirmed to|said in"
    r"|said on|admitted to|explained to)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?i:(?P<same>the same)|(?:the|this|that))\s(?:(?P<medium>news agency|newspaper|newswire|paper|daily|magazine"
    r"|broadcaster|outlet|tabloid|weekly|agency|news site|website|network|channel|station)|(?P<piece>(?:news"
    r"(?:paper)? )?(?:report|article|story)"
    r"|interview|investigation|editorial|scoop|poll|survey|study|document|draft|analysis|memo))\b(?!\s(?:by|of"
    r"|in|from|for|on|about|published|to)\s|[’'-]\w)"
)
_AMBIGUOUS = frozenset(("agency", "network", "channel", "station", "website", "outlet", "weekly", "daily", "interview"))
_MASTHEADS = (
    r"(?:Times|Post|Herald|Tribune|Gazette|Chronicle|Courier|Observer|Telegraph|Journal|Inquirer|Enquirer|Examiner"
    r"|Globe|Mirror|Mail|Express|Standard|Weekly|Dispatch|Bulletin|Sentinel|Mercury|Monitor|Reporter|Daily|Argus"
    r"|News|Newspaper|Press|Radio|Television|TV|Broadcasting|Zeitung|Shimbun|Ilbo|Daily News|Evening News|News Agency)"
)
_MASTHEAD = re.compile(_MASTHEADS)
_WORD = r"[A-ZÀ-Þ][\w’'&-]{0,30}"
_SHAPED = re.compile(
    rf"(?<![\w-])(?:{_WORD}\s){{1,4}}{_MASTHEADS}\b(?!\s(?:Agency|Office|Conference|Secretary|Council|House|Act"
    rf"|Club)\b)"
)
_MEDIUM_NOUN = (
    r"(?:newspaper|news agency|newswire|magazine|broadcaster|tabloid|news site|news website|news outlet|radio station)"
)
_CALLED = (
    re.compile(rf"\b(?:{_MEDIUM_NOUN}|(?<=\s)daily|(?<=\s)weekly)\s[“‘\"*_]?(?P<name>{_WORD}(?:\s{_WORD}){{0,3}})"),
    re.compile(rf"(?<![\w-])(?:the\s)?(?P<name>{_WORD}(?:\s{_WORD}){{0,3}})[”’\"*_]?\s{_MEDIUM_NOUN}\b"),
)
_NO_NAME = re.compile(
    r"(?:The|An?|This|That|One|Another|Local|State|In|On|At|But|And|As|If|When|Most|Some|Many|Several|Every"
    r"|Each|Other|Its"
    r"|Their|His|Her|Our|My|No|All|Two|Three|Daily|Weekly|Online|Major|National|Regional|Foreign|Western|Asian"
    r"|Arab|Media|News|So|By|For"
    r"|Israeli|Iraqi|Pakistani|Saudi|Qatari|Emirati|Kuwaiti|Omani|Yemeni|Bangladeshi|Nepali|Thai|Greek|Swiss"
    r"|Czech|Dutch|French|US|UK|EU|U\.S|[A-Z]\w+-\w+|[A-Z]\w+(?:ian|ean|ese|ish|can|ban|man))\Z"
)
_HEADLINE = re.compile(r"\b(?:Shows?|Says?|Calls?|Poll|Why|How|What|Breaking|Command|Trading)\b")
_HEADS = frozenset("The A An This That In On At But And As If When So By For While Yet Then Now".split())
_ASKED = re.compile(r"[*_]{0,2}(?:QUESTION|Question|Q)\.?\s?\((?P<name>[^()\n]{2,60})\)")
_WITHOUT_ARTICLE = re.compile(r"\A(?:the|a)\s", re.IGNORECASE)
_COPIED = (
    re.compile(r"\A[*_]{0,2}(?:By|From)\s[^.\n]{0,80}?,?\s(?:with|and|in)\s(?:agencies, )?[A-Z][^.\n]{1,60}\Z"),
    re.compile(
        r"\((?:with|from) (?:additional )?(?:inputs?|reporting|material|files) (?:from|by) [^()\n]{2,60}\)",
        re.IGNORECASE,
    ),
    re.compile(r"[A-Z][^.\n]{1,60} contributed to this (?:report|article|story)"),
    re.compile(r"(?:first|originally) (?:published|appeared|posted) (?:in|on|by|at) [^.\n]{2,60}"),
    re.compile(r"\A[*_]{0,2}Sources?: [^\n]{2,200}"),
    re.compile(r"Additional reporting (?:by|from) [^.\n]{2,60}"),
    re.compile(  # "Ada Reed in Bergen, and Reuters"
        r"\A[*_]{0,2}(?:[A-ZÀ-Þ][\w’'-]{1,25}\s){1,2}[A-ZÀ-Þ][\w’'-]{1,25}"
        r"(?:\sin\s[A-ZÀ-Þ][\w’'-]{1,25}(?:\s[A-ZÀ-Þ][\w’'-]{1,25})?)?,?\s(?:and|with)\s(?:Reuters|AFP|AP|dpa|DPA"
        r"|(?:the )?Associated Press|Agence France-Presse)[*_]{0,2}\Z"
    ),
)
_TITLED = (
    r"(?:Concept|Strategy|Report|Act|Treaty|Declaration|Communiqu[eé]|White Paper|Green Paper|Resolution|Charter"
    r"|Doctrine|Outlook|Review|Guidelines|Directive|Convention|Memorandum|Constitution|Compass|Roadmap|Protocol"
    r"|Assessment|Statement|Survey|Barometer|Index|Yearbook|Statute|Regulation|Manifesto|Agenda|Opinion|Judge?ment)"
)
_UNTITLED = (
    r"(?:documents?|reports?|stud(?:y|ies)|survey|polls?|communiqu[eé]|declaration|white paper|strategy|policy paper"
    r"|statement|press release|memo|letter|minutes|transcript|draft|polic(?:y|ies)|treaty|charter|statutes?"
    r"|resolution|guidelines|statistics|data|accounts|cables?|audit|assessment|papers?)"
)
_TITLED_DOCUMENT = re.compile(
    r"\b(?:(?i:its|their|the|his|her|our|this)|[\w’']{1,40}[’']s)\s+"
    rf"(?P<name>(?:(?:1[89]|20)\d\d\s+)?(?:[A-Z][\w’-]{{0,40}}\s+){{0,5}}{_TITLED})\b(?P<year>\s(?:of|from|on"
    rf"|\()\s?(?:1[89]|20)\d\d\)?)?"
)
_ACCORDING_TO = re.compile(
    r"\b(?i:according to|to judge by|as stated in|as set out in|as laid out in|as described in|based on|citing"
    r"|judging by)\s+"
    r"(?:(?:an?|the|its|their|his|her|one)\s+)?"
    rf"(?P<name>(?:[\w’'.-]{{1,40}}\s+){{0,5}}?\b(?:{_UNTITLED}|(?:(?!prominent|senior"
    rf"|leading)[a-z]+\s)?figures)(?:\s(?:from|by|of|for)\sthe\s(?:[a-z]+\s){{1,3}}(?:department|ministry"
    rf"|office|agency|commission|bureau|institute|council|board|authority|university|bank|police|government"
    rf"|service|union|group)|\s(?:of|by|from|for|on|published by|released by|compiled by|prepared for)\s"
    rf"(?:the\s)?(?:[A-Z][\w’'-]{{0,30}}|of|and|for)(?:\s(?:[A-Z][\w’'-]{{0,30}}|of|and|for|the)){{0,6}})?)\b"
)
_FORMAL = (
    r"(?:concept|strategy|report|treaty|declaration|communiqu[eé]|white paper|resolution|charter|guidelines|directive"
    r"|constitution)"
)
_DOCUMENT_SOURCE = re.compile(rf"\b(?:{_UNTITLED}|{_TITLED}|(?i:{_FORMAL}))(?=\s+(?:of|on|by|from|for)\b|[\s.,’']*\Z)")
_ADVICE = re.compile(
    r"\b(?:follow(?:s|ed|ing)|based on|in line with|drawing on|draws on|rest(?:s|ing) on|rel(?:ies|ied|ying) on)\s"
    r"(?:the\s)?(?:[a-z]+\s)?(?P<name>(?:advice|recommendations?|findings|estimates?|opinion)\s(?:of|from|by)\s"
    r"(?:the\s)?[A-ZÀ-Þ][\w’'-]{0,30}(?:\s(?:of|for|and|the|on)(?:\sthe)?\s[A-ZÀ-Þ][\w’'-]{0,30}"
    r"|\s[A-ZÀ-Þ][\w’'-]{0,30}){0,8}(?:\s\([A-Z]{2,10}\))?)"
)
_STATED = (
    r"(?:(?:has|have|had|also|itself|further|only|now|rightly|explicitly|later|clearly|currently)\s){0,3}"
    r"(?:affirm|stat(?:es|ed)\b|says?\b|said\b|declar|identif|describ|mention|calls?\b|called\b|defin|not(?:es"
    r"|ed)\b|recogni[sz]|warn"
    r"|sets? out|reads\b|lists?\b|listed\b|pledg|express|emphasi[sz]|underlin|announc|conclu|stress|found\b|finds?\b"
    r"|shows?\b|showed\b|suggest|reveal|indicat|estimat|recommend|argu|predict|project|forecast|claim|alleg"
    r"|confirm|highlight|point|propos"
    r"|put\b|puts\b|outlin|reports?\b|reported\b|speaks?\b|spoke\b|acknowledg|urg|stipulat|specif|records?\b"
    r"|recorded\b|details?\b|detailed\b|rank|quot|cit(?:es|ed)\b|refer)\w*"
)
_STATES_AFTER = re.compile(rf"(?:,\s[^,;.\n]{{3,80}},)?\s{_STATED}")
_STATES_BEFORE = re.compile(
    r"(?:\b(?:what|as)\s(?:[\w’'-]+\s){0,4}?)?\b(?:(?:affirm|stat|declar|identif|describ|mention|defin|not"
    r"|recogni[sz]|warn"
    r"|express|emphasi[sz]|underlin|announc|conclud|stress|suggest|reveal|estimat|recommend|argu|claim|confirm"
    r"|highlight"
    r"|call|pledg|outlin|publish|report|acknowledg|list)(?:ed|ied)|sa(?:id|ys)|set out|found|laid out|wrote"
    r"|written|put)"
    r"\s(?:[\w’'-]+\s){0,3}?(?:in|by)\s\Z"
    r"|\b(?:according to|as per|citing|quot(?:ing|es|ed)|in the words of)\s\Z",
    re.IGNORECASE,
)
_REPORT_NOUN = re.compile(
    r"\b(?P<noun>reports?|stud(?:y|ies)|surveys?|polls?|research|analys[ie]s|assessments?|audits?|memo"
    r"(?:randum)?s?|communiqu[eé]s?"
    r"|white papers?|green papers?|working papers?|policy briefs?|briefing papers?|discussion papers?"
    r"|factsheets?|press releases?|figures|statistics|data|minutes|transcripts?|(?:diplomatic )?cables?"
    r"|ruling|indictment|lawsuit|court filings?|court documents|documents?|drafts?|resolutions?|declarations?"
    r"|census|index|guidelines)\b"
)
_REPORT_BEFORE = re.compile(
    r"(?<![\w’'-])(?:(?:an?|the|its|their|his|her|this|that|one|another|two|three|several|recent|official"
    r"|internal|leaked|[\w’'.-]{1,30}[’']s?)\s"
    r"(?:(?!(?:in|on|at|to|by|with|from|and|or|but|that|which|who|said|says|told|after|before|as|for|of|is|was"
    r"|were|are|had|has|will|would|shall|may|might|must|can|could|should|the|a|an)\s)[\w’'%.-]{1,30},?\s){0,5}"
    r"|(?:[A-Z][\w’'.-]{0,30}\s){1,4}(?:(?!will\b|would\b|shall\b|may\b|might\b|must\b|can\b|could\b|should\b)"
    r"[a-z]{3,20}\s)?)\Z"
)
_REPORT_AFTER = re.compile(
    r"(?P<of>(?:\s(?:of|by|from|on|for|in|into|to|about|published|released|issued|commissioned|conducted"
    r"|prepared|carried out|compiled|obtained|seen"
    r"|leaked|adopted|presented|drafted|led|done)\b(?:(?!\s(?:that|which|who|said|says|is|was|were|are|has|had"
    r"|will|would)\b)[^,.;:()“”\"\n]){1,90}?)?)"
    rf"(?:,\s[^,;.\n]{{3,80}},)?\s(?P<verb>{_STATED})"
)
_SEEN = re.compile(
    r"(?<![\w’'-])(?:(?i:according to)\s)?(?:an?|the|two|three|several|internal|leaked|confidential)\s"
    r"(?P<name>(?:(?!(?:in|on|at|to|by|with|from|and|or|but|that|was|were|be|been|had"
    r"|has)\s)[\w’'-]{1,30}\s){0,4}"
    r"(?!was\b|were\b|be\b|been\b|first\b|last\b|never\b)[a-z]{3,20})\s(?:seen|obtained|reviewed)\s"
    r"(?:exclusively\s)?by\s(?:this|our|the)\s(?:newspaper|paper|magazine|site|website|reporter|author|outlet"
    r"|correspondent|agency)"
)
_REPORT_GIVEN = re.compile(r"\s(?:seen|obtained|reviewed|leaked)\s(?:by|to)\s")
_DETERMINER = re.compile(r"(?:an?|the|its|their|his|her|this|that)\s+", re.IGNORECASE)
_BARE = re.compile(
    r"(?:the|this|that)\s(?:same\s)?(?:report|study|survey|poll|paper|draft|document|memo|analysis|research"
    r"|stories|reports|studies|polls|documents)\Z",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"(?:the\s)?(?:(?:co-)?authors?|editors?|writers?) of\s", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:(?:many|some|most|few|these|those|all|other|such|no|media|press|news|more|further|previous|earlier"
    r"|conflicting|unconfirmed)\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BackMention:
    """What was credited before, as "the same newspaper" or "the report", half-open."""

    start: int
    end: int
    word: str
    same: bool
    piece: bool  # a report or document rather than a medium
    ambiguous: bool  # "the agency" may be one that publishes nothing


def medium_credit(text: str, mention: MediumMention, sentence: Span, *, is_source: bool) -> Span | None:
    """The words that credit a medium: "told DW", "a Reuters report"; None where it is only mentioned.

    is_source: whether it, or a person at it, is the source of a statement, which is credit enough.
    """
    low = max(sentence[0], mention.start - 2 * LOOK)
    words_before = text[low : mention.start]
    before = _CREDIT_BEFORE.search(words_before)
    after = _CREDIT_AFTER.match(text, mention.end, min(sentence[1], mention.end + 4 * LOOK))
    end = after.end() if after else mention.end
    if before is None and _TIMED.search(words_before) and not _SAYS_BEHIND.search(text[mention.end : end]):
        return None  # "the day after the Reuters report"
    if before is None and not is_source:
        behind = text[mention.end : end]
        if _OWNERSHIP.search(words_before) or not re.search(r"\w{3}", behind):
            return None
    elif before is not None:  # "a draft seen by Reuters puts": the verb is another's
        verb = _SAYS_BEHIND.search(text[mention.end : end])
        end = mention.end + len(text[mention.end : mention.end + verb.start()].rstrip()) if verb else end
    opening = before or _ARTICLE.search(words_before)
    return (low + opening.start() if opening else mention.start), end


def is_bound_to_speaker(words: str) -> bool:
    """Whether a credit says that somebody spoke to the medium, so that what he says next rests on it too."""
    return _BOUND.match(words) is not None or " interview with" in words


def back_mentions(text: str, start: int, end: int) -> Iterator[BackMention]:
    """Words for a medium or report that was named before: "the same newspaper", "the report"."""
    for match in _BACK.finditer(text, start, end):
        word = (match["medium"] or match["piece"]).casefold()
        yield BackMention(*match.span(), word, bool(match["same"]), bool(match["piece"]), word in _AMBIGUOUS)


def unlisted_media(text: str, start: int, end: int) -> Iterator[MediumMention]:
    """Media that no list has, by their shape: "the Freeland Courier", "the newspaper Vesti"."""
    for match in _SHAPED.finditer(text, start, end):
        name = match.group()
        while (first := name.partition(" "))[0] in _HEADS:
            name = first[2]
        if " " in name and not _HEADLINE.search(name):
            yield MediumMention(match.end() - len(name), match.end(), name)
    for match in (match for pattern in _CALLED for match in pattern.finditer(text, start, end)):
        name = _without_article(match["name"])
        if name and not _NO_NAME.match(name):
            yield MediumMention(match.end("name") - len(name), match.end("name"), name)


def by_last_word(text: str, named: Sequence[MediumMention], end: int) -> Iterator[MediumMention]:
    """Media called by the last word of a name told before: "the Courier" of the Freeland Courier."""
    first: dict[str, MediumMention] = {}
    for mention in named:
        head, _, last = mention.name.rpartition(" ")
        if head.removeprefix("The") and _MASTHEAD.fullmatch(last):
            first.setdefault(last, mention)
    if not first:
        return
    for match in re.finditer(
        rf"\b[Tt]he\s(?P<last>{'|'.join(map(re.escape, first))})\b(?!\s[A-Z]|[’'-]?\w)", text[:end]
    ):
        meant = first[match["last"]]
        if match.start() > meant.end:
            yield MediumMention(match.start("last"), match.end(), meant.name)


def rests_wholly_on(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Media that a byline, a line of sources or a question in a transcript names, as (start, end, name)."""
    asked = _ASKED.match(text, start, end)
    if asked:
        name = _WITHOUT_ARTICLE.sub("", asked["name"].strip())
        yield start, asked.end(), canonical_medium(asked["name"]) or name
        return
    line = text[start:end]
    for pattern in _COPIED:
        match = pattern.search(line)
        for mention in find_media(line[: match.end()], match.start()) if match else ():
            yield start + mention.start, start + mention.end, mention.name


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if _NO_NAME.match(first) else name


def document_credits(text: str, sentence: Span) -> Iterator[tuple[int, int, str]]:
    """Documents credited in a sentence, as (start, end, name): "its 2019 Strategy states", "according to a report"."""
    low, high = sentence
    for match in _TITLED_DOCUMENT.finditer(text, low, high):
        before = _STATES_BEFORE.search(text, max(low, match.start() - LOOK), match.start())
        if before or _STATES_AFTER.match(text, match.end(), min(high, match.end() + 2 * LOOK)):
            yield (before.start() if before else match.start()), match.end(), match["name"]
    for match in _ACCORDING_TO.finditer(text, low, high):
        if not _BARE.search(match.group()):
            yield *match.span(), match["name"]
    for match in _ADVICE.finditer(text, low, high):
        yield *match.span(), match["name"]
    for match in _SEEN.finditer(text, low, high):
        yield *match.span(), match["name"]
    yield from _reports(text, sentence)


def _reports(text: str, sentence: Span) -> Iterator[tuple[int, int, str]]:
    """Those that no title tells: "a study by the port authority found", "a draft seen by diplomats"."""
    low, high = sentence
    for match in _REPORT_NOUN.finditer(text, low, high):
        before = _REPORT_BEFORE.search(text, max(low, match.start() - LOOK), match.start())
        if before is None or _VAGUE.match(text, before.start(), match.end()):
            continue
        after = _REPORT_AFTER.match(text, match.end(), min(high, match.end() + 3 * LOOK))
        given = _REPORT_GIVEN.match(text, match.end(), high)
        if after is None and given is None:
            continue
        end = after.end("of") if after else match.end()
        if _BARE.match(text[before.start() : end]):  # one that was named before: see `back_mentions`
            continue
        yield before.start(), end, _DETERMINER.sub("", text[before.start() : end], count=1)


def document_named(source: str) -> str | None:
    """The name of the document that a statement's source is; None where the source is none."""
    source = _AUTHORS.sub("", source, count=1)
    if _BARE.match(source) or " " not in source.strip():
        return None
    words = _DETERMINER.sub("", source, count=1) if _DETERMINER.match(source) else source
    return words if _DOCUMENT_SOURCE.search(words) else None
