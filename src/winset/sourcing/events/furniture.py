"""Dates of a text that tell no event: page furniture, citations, lives, measures and a speaker's own "today"."""

from __future__ import annotations

import re

from winset.sourcing.events.dated_words import Dated

_QUOTED_WITHIN = 1_000  # characters; a longer quotation is none
_SPEAKERS_NOW = re.compile(
    r"(?:today|tonight|tomorrow|yesterday|last night|(?:earlier |later )?(?:this|last|next) \w+|now)\Z", re.IGNORECASE
)
_NOW = re.compile(r"(?:today|tonight|this (?:morning|afternoon|evening|month|year))\Z", re.IGNORECASE)
_OF_THE_PAGE = re.compile(
    r"(?:©|\(c\)|\bcopyright\b|\ball rights reserved\b|\blast (?:updated|modified|visited|accessed|checked)\b"
    r"|\b(?:accessed|retrieved|consulted|downloaded)\b"
    r"|\b(?:this|the)\s(?:article|story|page|post|piece)\s(?:was|has been)\s(?:\w+\s)?(?:amended|updated|corrected"
    r"|revised|edited)\b|\bthis\s(?:article|story|page|post|piece)\swas\s(?:\w+\s)?(?:published|posted)\b"
    r"|\A\W{0,4}(?:(?:first|originally|last)\s)?(?:published|posted|updated|modified|printed)(?: online)?)"
    r"\W{0,4}(?:by [^.,;]{2,40}[.,;]?\s)?(?:on\s|in\s)?\Z",
    re.IGNORECASE,
)
_COUNTED_YEAR = re.compile(
    r"\b(?:fiscal|financial|tax|school|academic|marketing|model|budget|water|crop|FY)\W{0,3}(?:year\W{0,3})?"
    r"(?:(?:in|of)\s)?(?:the\s)?\Z",
    re.IGNORECASE,
)
_HELD_AGAINST = re.compile(
    r"\b(?:than|compared (?:to|with)|relative to|versus|vs\.?|as opposed to|against|unlike|pre|post|circa|ca\."
    r"|levels? of|base ?year|aged?|born|b\.|née?)[\s-](?:in\s|on\s|that of\s)?\Z",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\s?(?:levels?|prices?|terms|dollars|euros|figures|data|statistics|season|model|edition|baseline|vintage|census"
    r"|rates?|values?|base year|budget year|fiscal|financial|standards?|[kK]m|pages?|words|calendar|cohort|population"
    r"|(?:US )?dollars)\b"
)
_STATISTICS = re.compile(
    r"\d\s?(?:%|per ?cent\b|percentage|billion|million|trillion|tonnes?|barrels?)|\b(?:GDP|exports?|imports?|spending"
    r"|revenues?|inflation|prices?|population|turnover|profits?|output|average)\b"
)
_NUMBERED = re.compile(  # a year that is part of its number: "resolution 1325 (2000)"
    r"\b(?:resolutions?|decisions?|regulations?|directives?|recommendations?|orders?|laws?|acts?|opinions?)\s"
    r"(?:\([A-Z]{2,4}\)\s)?(?:[Nn]o\.?\s)?[A-Z]?[\w/.-]{0,12}\d[\w/.-]{0,8}\s?\(\Z",
    re.IGNORECASE,
)
_CITATION = re.compile(r"(?:\bet al\.?,?|[A-ZÀ-Þ][\w’'-]+,?(?: (?:and|&) [A-ZÀ-Þ][\w’'-]+,?)?)\s?\(?\Z")
_CITED = re.compile(r"[a-z]?(?:[:,]\s?(?:pp?\. ?)?\d[\d–-]*)?(?:\)|;)")
_DATELINE = re.compile(
    r"[*_]{0,2}[A-ZÀ-Þ][\w .'’/()-]{1,50}?,?\s[*_]{0,2}(?P<date>[^–—\n]{3,30}?)[*_]{0,2}\s?"
    r"(?P<agency>\([^()\n]{2,40}\)\s?)?[*_]{0,2}\s?(?:\s-|--|–|—)\s?[*_]{0,2}(?=[\w“\"'‘])"
)
_LONGEST_DATELINE = 110  # characters
_IN_ADDRESS = re.compile(r"://|\bwww\.|@\w|\w\.(?:com|org|net|int|gov|edu|eu)\b|\bdoi\b|\b10\.\d{4}", re.IGNORECASE)
_BEFORE = 60  # characters
_CHUNK = 200  # characters of an address on either side that are looked at
_HEADER = re.compile(
    r"\W{0,4}(?:date|published|updated|posted|time|issued|released|sources?|last (?:updated|modified))\s?:", re.I
)


def tells_nothing(text: str, start: int, end: int, dated: Dated) -> bool:
    """Whether a date of the sentence `text[start:end]` is furniture, a citation, a measure or nobody's event.

    Left out: "today", "this year" and what a quoted speaker calls "this week"; copyright and update lines, datelines,
    dates in addresses; "(Smith, 2019)"; fiscal years; "1990 levels", "than in 2015"; births.
    """
    words = text[dated.start : dated.end]
    before = text[max(start, dated.start - _BEFORE) : dated.start]
    # the words of a date begin with "in" or "the": what stands before its figures decides
    figures = re.search(r"\d", words)
    lead = before + (words[: figures.start()] if figures else "")
    behind = text[dated.end : min(end, dated.end + 40)]
    return (
        _NOW.match(words) is not None
        or _NUMBERED.search(before) is not None
        or (_SPEAKERS_NOW.match(words) is not None and quoted(text, start, dated.start))
        or any(pattern.search(lead) for pattern in (_OF_THE_PAGE, _COUNTED_YEAR))
        or (dated.bound != "by" and any(_HELD_AGAINST.search(words_before) for words_before in (lead, before)))
        or re.match(r"(?:fiscal|financial)\b", behind.lstrip(), re.IGNORECASE) is not None
        or _HEADER.match(text, start, dated.start) is not None
        or (dated.date.precision == "year" and _measures(text, lead, behind, dated))
        or _in_dateline(text, start, end, dated)
        or _in_address(text, dated)
    )


def quoted(text: str, start: int, at: int) -> bool:
    """Whether quotation marks that the sentence opened are not closed before a place."""
    before = text[max(start, at - _QUOTED_WITHIN) : at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def only_counts(text: str, start: int, end: int) -> bool:
    """Whether the words of a clause are figures of an economy rather than something that happened."""
    return _STATISTICS.search(text, start, end) is not None


def _measures(text: str, lead: str, behind: str, dated: Dated) -> bool:
    if _MEASURE.match(behind):
        return True
    opens = (
        text[dated.start - 1 : dated.start] == "("
        or "(" in text[max(0, dated.start - 60) : dated.start].rpartition(")")[2]
    )
    if not opens or _CITED.match(behind) is None:
        return False
    alone = text[dated.start - 1 : dated.start] == "("
    return not alone and _CITATION.search(lead) is not None


def _in_dateline(text: str, start: int, end: int, dated: Dated) -> bool:
    """Whether it says when the report was filed: "OSLO, June 6 (Agency) — The ..."."""
    if dated.start - start > _LONGEST_DATELINE:
        return False
    dateline = _DATELINE.match(text, start, min(end, start + _LONGEST_DATELINE))
    return dateline is not None and dateline.start("date") <= dated.start < dateline.end("date")


def _in_address(text: str, dated: Dated) -> bool:
    low = max(text.rfind(mark, max(0, dated.start - _CHUNK), dated.start) for mark in " \n\t(<") + 1
    high = min(
        (at for mark in " \n\t)>" if (at := text.find(mark, dated.end, dated.end + _CHUNK)) >= 0), default=dated.end
    )
    return _IN_ADDRESS.search(text, max(low, dated.start - _CHUNK), high) is not None
