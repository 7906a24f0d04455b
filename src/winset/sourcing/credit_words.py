"""The words by which a text credits a medium or a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from winset.statements.media import MediumMention

Span = tuple[int, int]

LOOK = 60  # characters on either side in which a mention shows that it is credited
_PIECE = r"(?:report|article|story|interview|editorial|commentary|op-ed|column|essay|piece|investigation|poll)s?"
_CREDIT_BEFORE = re.compile(
    r"(?:according to|(?:as )?(?:reported|quoted|cited|revealed|noted|published|disclosed|broken) (?:first )?(?:by|in)"
    rf"|citing|told|(?:an? |the )?{_PIECE} (?:with|in|for|to|by|from|of)|spoke to|speaking (?:to|with)"
    r"|(?:writing|wrote) (?:in|for)|(?:reactions?|response) to|(?:seen|obtained|reviewed) by|sources? (?:at|of))"
    r"(?:\s+\[)?\s+(?:the\s+)?[“‘\"'*_\[]?\Z",
    re.IGNORECASE,
)
_SAYS = (
    r"(?:(?:has |had |first )?(?:report|reveal|publish|indicat|claim|suggest|express|call|comment|ask|confirm|disclos"
    r"|warn|describ|add|quot|cit|not|stat|argu)(?:ed|s|es|ing)|said|says|saying|wrote|writes|writing)"
)
_CREDIT_AFTER = re.compile(
    rf"[”’\"'*_]?(?:\]\([^)\s]{{0,200}}\))?(?:['’]s)?(?:\s+(?:newspaper|magazine|news agency|daily|{_PIECE}))?"
    rf"(?:\s+(?:[a-z]+ly\s+)?{_SAYS}\b)?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|the|one|this|that)\s+(?:[\w’'-]+\s+){0,3}\Z", re.IGNORECASE)
_TITLED = (
    r"(?:Concept|Strategy|Report|Act|Treaty|Declaration|Communiqu[eé]|White Paper|Green Paper|Resolution|Charter"
    r"|Doctrine|Outlook|Review|Guidelines|Directive|Convention|Memorandum|Constitution|Compass|Roadmap|Protocol)"
)
_UNTITLED = (
    r"(?:documents?|reports?|stud(?:y|ies)|survey|polls?|communiqu[eé]|declaration|white paper|strategy|policy paper"
    r"|statement|press release|memo|letter|minutes|transcript|draft|polic(?:y|ies)|treaty|charter|statutes?)"
)
_TITLED_DOCUMENT = re.compile(
    r"\b(?:(?i:its|their|the|his|her)|[\w’']{1,40}[’']s)\s+"
    rf"(?P<name>(?:(?:1[89]|20)\d\d\s+)?(?:[A-Z][\w’-]{{0,40}}\s+){{0,4}}{_TITLED})\b"
)
_ACCORDING_TO = re.compile(
    r"\b(?i:according to|as stated in|as set out in)\s+(?:(?:an?|the|its|their)\s+)?"
    rf"(?P<name>(?:[\w’'-]{{1,40}}\s+){{0,4}}?{_UNTITLED})\b"
)
_DOCUMENT_SOURCE = re.compile(rf"(?:{_UNTITLED}|(?i:{_TITLED}))(?=\s+(?:of|on|by|from|for)\b|[\s.,’']*\Z)")
_STATES = re.compile(
    r"\b(?:affirm|stat|says|said|declar|identif|describ|mention|call|defin|note|recogni[sz]|warn|sets? out|reads"
    r"|lists?\b|pledg|commit|express|emphasi[sz]|underlin|announc|conclud|stress|provid|oblig|requir)\w*",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:an?|the|its|their|his|her)\s+", re.IGNORECASE)


def medium_credit(text: str, mention: MediumMention, sentence: Span, *, is_source: bool) -> Span | None:
    """The words that credit a medium: "told DW", "a Reuters report"; None where it is only mentioned.

    is_source: whether it, or a person at it, is the source of a statement, which is credit enough.
    """
    low = max(sentence[0], mention.start - LOOK)
    words_before = text[low : mention.start]
    before = _CREDIT_BEFORE.search(words_before)
    after = _CREDIT_AFTER.match(text, mention.end, min(sentence[1], mention.end + 4 * LOOK))
    end = after.end() if after else mention.end
    if before is None and not is_source and not re.search(r"\w{3}", text[mention.end : end]):
        return None
    opening = before or _ARTICLE.search(words_before)
    return (low + opening.start() if opening else mention.start), end


def document_credits(text: str, sentence: Span) -> Iterator[tuple[int, int, str]]:
    """Documents credited in a sentence, as (start, end, name): "its 2019 Strategy states", "according to a report"."""
    low, high = sentence
    for match in _TITLED_DOCUMENT.finditer(text, low, high):
        if _STATES.search(text, max(low, match.start() - LOOK), min(high, match.end() + LOOK // 2)):
            yield *match.span(), match["name"]
    for match in _ACCORDING_TO.finditer(text, low, high):
        yield *match.span(), match["name"]


def document_named(source: str) -> str | None:
    """The name of the document that a statement's source is; None where the source is none."""
    words = _DETERMINER.sub("", source, count=1) if _DETERMINER.match(source) else source
    return words if _DOCUMENT_SOURCE.search(words) else None
