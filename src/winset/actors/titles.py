"""Words for offices, for officials without a name, and for those who only comment."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OFFICES: tuple[tuple[str, str], ...] = (  # (pattern, the titles in `data/offices` that it may mean), the longest first
    (r"deputy secretary[- ]general", "deputy secretary general"),
    (r"secretary[- ]general", "secretary general"),
    (r"vice[- ]president", "vice president"),
    (r"deputy prime minister|vice[- ]premier", ""),
    (r"prime minister|premier|taoiseach", "prime minister|premier|chancellor"),
    (r"(?:federal )?chancellor", "chancellor"),
    (r"(?:supreme|paramount) leader", "supreme leader"),
    (r"deputy (?:foreign|defen[cs]e|\w+) (?:minister|secretary)|(?:under|assistant )secretar(?:y|ies)(?: of \w+)?", ""),
    (
        r"foreign policy chief|high representative|(?:EU'?s? )?top diplomat",
        "high representative|top diplomat|foreign minister",
    ),
    (r"(?:foreign|external)(?: affairs)? minister|foreign secretary|secretary of state", "foreign minister"),
    (r"minister (?:of|for) (?:\w+ and )?(?:foreign|external) affairs", "foreign minister"),
    (
        r"defen[cs]e (?:minister|secretary)|(?:minister|secretary) (?:of|for) (?:national )?defen[cs]e",
        "defence minister",
    ),
    (r"minister (?:of|for) (?:the )?(?:\w+ and )?\w+", ""),
    (r"chief cabinet secretary", "chief cabinet secretary"),
    (r"national security advis[eo]r", "national security adviser"),
    (r"climate (?:envoy|chief)", "climate envoy|executive secretary|climate commissioner"),
    (r"press secretary", "press secretary|spokesperson"),
    (r"(?:chief |deputy )?spokes(?:man|woman|person|people|persons)", "spokesperson|press secretary"),
    (r"(?:chief |special |permanent )?(?:ambassador|envoy|representative|delegate|negotiator)s?", ""),
    (r"executive secretary", "executive secretary"),
    (r"director[- ]general", "director general"),
    (r"managing director", "managing director"),
    (r"supreme allied commander(?: europe)?", "supreme allied commander"),
    (r"(?:co-)?president", "president|commission president|council president|parliament president"),
    (r"queen|king|emperor|empress|emir|sultan|monarch|crown prince", "monarch"),
    (r"pope|pontiff", "pope"),
    (
        r"chargé d'affaires|consul|commissioner|attach[ée]|commander(?:[- ]in[- ]chief)?|minister|secretary",
        "",
    ),
    (r"chief(?! (?:economist|analyst|correspondent|executive|scientist|editor|strategist|of))", "secretary general"),
    (r"leader|head", "president|prime minister|chancellor|supreme leader|secretary general"),
    (
        r"diplomat|official|officer|aide|general|admiral|lawmaker|legislator|parliamentarian|congress(?:man|woman)|senator",
        "",
    ),
    (r"MEP|MP|member of (?:the )?parliament|deputy|governor|mayor|politician|statesman", ""),
)
OFFICE = re.compile(
    r"\b(?:" + "|".join(f"(?P<o{n}>{pattern})" for n, (pattern, _) in enumerate(_OFFICES)) + r")\b", re.I
)
FORMER = re.compile(r"\b(?:former(?:ly)?|ex|retired|one-time|erstwhile|late|previously|onetime|once)\b[ -]", re.I)
COMMENTATOR = re.compile(
    r"\b(?:analysts?|experts?|scholars?|academics?|professors?|(?:senior |research |visiting |associate )*fellows?"
    r"|researchers?|research director|economists?|historians?|director|authors?|columnists?|commentators?"
    r"|critics?|observers?"
    r"|lecturers?|scientists?|lawyers?|jurists?|activists?|campaigners?|consultants?|specialists?|strategists?|chair|chairman|chairwoman"
    r"|co-chair|editor|dean|adviser|advisor|executive|founder|co-founder|watchers?|pundits?|journalists?|reporters?"
    r"|correspondents?|policy lead|programme lead|manager|veteran|intern|student)\b",
    re.I,
)
PRESS = re.compile(r"\b(?:journalist|reporter|correspondent|columnist|editor|news anchor|broadcaster)s?\b", re.I)
OFFICIALS = re.compile(  # institutions and unnamed people through whom a state or body speaks
    r"\b(?:governments?|administration|ministry|ministries|cabinet|authorities|leadership|parliament|military|army|navy"
    r"|embassy|mission|delegation|officials?|diplomats?|leaders?|ministers?|side|representatives?|negotiators?|envoys?"
    r"|presidency|foreign office|state department|commission|council|secretariat|headquarters|lawmakers?|delegates?"
    r"|sources?|spokespeople|generals|commanders|troops|forces|regime|junta|statement|documents?|paper|policy|policies|strategy"
    r"|communiqu[eé]|readout|report|press release|law|treaty|charter|doctrine|resolution|declaration|white paper"
    r"|proposal)\b",
    re.I,
)
COLLECTIVE = re.compile(  # heads of phrases that name many and none of them
    r"(?:(?<![\w-])(?:allies|ally|members?|member[- ](?:states?|countries|governments|nations)|countries|country"
    r"|nations?|states?|capitals?|governments|partners?|neighbou?rs?|critics?|opponents?|supporters?|people|public|voters?|citizens?|residents?"
    r"|protesters?|many|some|others?|several|few|most|all|everyone|nobody|rivals?|powers?|parties|delegations|friends"
    r"|Europeans?|Asians?|Africans?|Westerners?|majority|minority|businesses|companies|media))\Z",
    re.I,
)
OPPOSITION = re.compile(r"\b(?:opposition|dissidents?|rebels?|exiled?|separatists?|party)\b", re.I)
PREPOSITION = re.compile(
    r"\b(?:of|from|in|at|on|to|with|against|about|over|for|by|toward|towards|among|within|who|that|which|whose)\b"
)


@dataclass(frozen=True, slots=True)
class OfficeWord:
    """An office named at a place in a text, half-open."""

    start: int
    end: int
    titles: tuple[str, ...]  # of `data/offices` that it may mean; empty: none that is listed


def offices_in(text: str, start: int, end: int) -> tuple[OfficeWord, ...]:
    """The offices named in `text[start:end]`, in order, in any case.

    >>> offices_in("the French Foreign Minister", 0, 27)
    (OfficeWord(start=11, end=27, titles=('foreign minister',)),)
    """
    return tuple(
        OfficeWord(match.start(), match.end(), tuple(filter(None, _titles(match.lastgroup or "").split("|"))))
        for match in OFFICE.finditer(text, start, end)
    )


def _titles(group: str) -> str:
    return _OFFICES[int(group[1:])][1]
