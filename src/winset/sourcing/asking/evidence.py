"""Whether a passage holds what a question wants: a number, a day, a place, a reason, the actor's own word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from winset.sourcing.asking.asked import Wanted

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty|forty|fifty|hundreds?"
    "|thousands?|millions?|billions?|half|third|quarter|double|twice|percent|per cent|majority|unanimous(?:ly)?|several"
)
_TIME = (
    r"(?:1[89]|20)\d\d|january|february|march|april|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|yesterday|tonight|last (?:week|month|year|summer"
    r"|winter|spring|autumn|night)|next (?:week|month|year|summer|spring|autumn)|(?:this|earlier this) (?:week|month"
    r"|year)|\d+(?::\d\d)? ?[ap]\.?m\.?|decades?|since|deadline|by the end of|years?|months?|weeks?|days?"
)
_REASON = (
    r"because|due to|since|given|owing to|thanks to|as a result|in order to|so that|so as to|to (?:avoid|prevent|ensure"
    r"|counter|protect|keep)|reasons?|concern(?:s|ed)?|fear(?:s|ed)?|worr(?:y|ies|ied)|risks?|therefore|hence|for"
    r"|explain(?:s|ed)?|argu(?:es|ed|ing)|not(?:es|ed|ing)|would|could|might|may|lack|problems?|too"
)
_PATTERNS = {
    Wanted.AMOUNT: re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE),
    Wanted.WHEN: re.compile(rf"\b(?:{_TIME})\b", re.IGNORECASE),
    Wanted.WHERE: re.compile(r"\b(?:in|at|to|from|near|host(?:s|ed|ing)?|venue|based|located|seat)\b (?:the )?[A-Z]"),
    Wanted.WHY: re.compile(rf"\b(?:{_REASON})\b", re.IGNORECASE),
    Wanted.WHO: re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+|\b[A-Z]{3,}\b|\b(?:countries|parties|members|states)\b"),
}
_NOTED = re.compile(r"\[\d{1,3}\]|\(#\)|\bhttps?://\S+")
_SAYS = re.compile(
    r"\b(?:s(?:aid|ays|aying)|stat(?:ed|es|ing)|not(?:ed|es|ing)|propos\w*|suggest\w*|support\w*|oppos\w*|welcom\w*"
    r"|urg\w*|call(?:ed|s|ing)? (?:for|on)|stress\w*|emphasi\w*|highlight\w*|express\w*|ask(?:ed|s)?|request\w*"
    r"|reject\w*|object\w*|recommend\w*|announc\w*|argu\w*|warn\w*|critici\w*|condemn\w*|want(?:ed|s)?|prefer\w*"
    r"|report(?:ed|s)|indicat\w*|clarif\w*|explain\w*|add(?:ed|s)|agree\w*|call(?:ed|s)|insist\w*|underlin\w*"
    r"|underscor\w*|describ\w*|question\w*|pledg\w*|offer\w*|reiterat\w*|commented|told|favou?r\w*|identif\w*|cautioned"
    r"|lament\w*|advocat\w*|seek(?:s|ing)?|sought|adopt\w*|reserv\w*|respon\w*|introduc\w*|outlin\w*|drew|raised"
    r"|planned|plans|sent|decided|approved|signed|joined|refus\w*|block\w*|veto\w*|enact\w*|provid\w*)\b"
)
_WITH = re.compile(r"\b(?:supported by|opposed by|countered by|joined by|with|by|and|for|,)\s+(?:the\s+)?\Z")
_REACH = 160  # characters between an actor and the word that says it speaks


def tells(wanted: Wanted, passage: str, *, names_one: bool = False) -> float:
    """Whether the passage holds what may be an answer of that kind: 1 or 0; 1 for kinds that cannot be seen.

    names_one: whether it is known to name a state or body.

    >>> tells(Wanted.AMOUNT, "It will cost two million."), tells(Wanted.AMOUNT, "It will be dear.")
    (1.0, 0.0)
    """
    if names_one and wanted is Wanted.WHO:
        return 1.0
    pattern = _PATTERNS.get(wanted)
    return 1.0 if pattern is None or pattern.search(_NOTED.sub(" ", passage)) else 0.0


def own_word(passage: str, places: Sequence[tuple[int, int]]) -> float:
    """How surely the actor named at these places of the passage is the one who speaks or acts in it, 0-1."""
    best = 0.0
    for start, end in places:
        said = _SAYS.search(passage, end, end + _REACH)
        if said is not None and ". " not in passage[end : said.start()]:
            led = _WITH.search(passage, max(0, start - 20), start) is None
            best = max(best, 1.0 if led else 0.7)
        elif start <= 4:  # noqa: PLR2004 - "The US ..."
            best = max(best, 0.5)
    return best
