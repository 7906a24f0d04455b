"""Words for offices, for officials without a name, and for those who only comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


def _any_of(*alternatives: str) -> re.Pattern[str]:
    """Any of these words, whole and in any case; of those that begin alike the first that matches.

    alternatives: expressions, several in one string parted by bars.  They are sorted by their first letters, so that
    at most words of a text none of them is tried: several times as fast as the plain alternation.
    """
    by_letter: dict[str, list[str]] = {}
    for several in alternatives:
        for alternative in _parted(several):
            for opened in _opened(alternative):
                by_letter.setdefault(opened[0].lower(), []).append(opened[1:])
    letters = (f"[{letter}{letter.upper()}](?i:{'|'.join(rest)})" for letter, rest in by_letter.items())
    return re.compile(rf"\b(?:{'|'.join(letters)})\b")


_ALTERNATIVE = re.compile(r"(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[^|()])+")  # a bar inside brackets parts none
_BRACKET = re.compile(r"\(\?:((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)([?*]?)")


def _parted(several: str) -> list[str]:
    return _ALTERNATIVE.findall(several)


def _opened(alternative: str) -> Iterator[str]:
    """The alternative as several that begin with a letter each: "(?:vice )?chair" is "vice chair" and "chair"."""
    bracket = _BRACKET.match(alternative)
    if bracket is None:
        yield alternative
        return
    rest, again = alternative[bracket.end() :], bracket.group() if bracket[2] == "*" else ""
    for first in _parted(bracket[1]):
        yield from _opened(first + again + rest)
    if bracket[2]:
        yield from _opened(rest)


_LEADING = (
    "president|prime minister|chancellor|supreme leader|secretary general|general secretary of the party"
    "|chairman of the military government|sovereign council chairman|presidential council chairman"
)
_OFFICES: tuple[tuple[str, str], ...] = (  # (pattern, the titles in `data/offices` that it may mean), the longest first
    (r"human rights chief|high commissioner for human rights", "high commissioner for human rights"),
    (r"(?:aid|relief|humanitarian) chief", "relief chief"),
    (r"peacekeeping chief", "peacekeeping chief"),
    (r"refugee chief|high commissioner for refugees", "high commissioner for refugees"),
    (
        r"(?:army|military) chief|chief of (?:the )?general staff|chair(?:man)? of the joint chiefs",
        "chief of the general staff",
    ),
    (r"commander[- ]in[- ]chief", "commander in chief"),
    (r"cia director|spy chief|intelligence chief", "intelligence chief"),
    (r"central bank (?:president|governor|chief)|ecb president|fed chair", "central bank president|central bank chair"),
    (r"president of the (?:un |u\.n\. )?general assembly|general assembly president", "general assembly president"),
    (r"second foreign minister", "second foreign minister"),
    (
        r"(?:deputy|vice)[- ](?:foreign|external affairs) minister|deputy (?:foreign )?secretary of state",
        "deputy foreign minister",
    ),
    (r"(?:trade|commerce) (?:minister|secretary)|minister (?:of|for) (?:trade|commerce)", "trade minister"),
    (r"trade representative", "trade representative"),
    (r"trade (?:chief|commissioner)", "trade commissioner"),
    (r"chief (?:trade )?negotiator", "chief negotiator|trade negotiator"),
    (r"presidential (?:aide|advis[eo]r)", "presidential adviser"),
    (r"deputy director[- ]general", "deputy director general"),
    (r"deputy ambassador to the (?:UN\b|United Nations)", "deputy ambassador to the UN"),
    (r"(?:chief )?prosecutor", "prosecutor"),
    (r"secretary of war|war secretary", "defence minister"),
    *(
        (rf"{area} (?:minister|secretary)", f"{area} minister")
        for area in ("economy", "environment", "energy", "climate")
    ),
    *(
        (rf"{area} commissioner", f"{area} commissioner")
        for area in (
            *("climate", "energy", "enlargement", "economy", "competition", "agriculture"),
            *("budget", "justice", "technology", "environment", "defence", "home affairs"),
        )
    ),
    (r"(?:special )?(?:representative|envoy) of the (?:un |u\.n\. )?secretary[- ]general", "special representative"),
    (r"deputy secretary[- ]general", "deputy secretary general"),
    (r"secretary[- ]general", "secretary general"),
    (r"vice[- ]president", "vice president"),
    (r"deputy prime minister|vice[- ]premier", "deputy prime minister"),
    (r"prime minister|premier|taoiseach", "prime minister|premier|chancellor"),
    (r"chancellor of the exchequer|finance (?:minister|secretary)|treasurer|treasury secretary", "finance minister"),
    (r"minister (?:of|for) finance", "finance minister"),
    (r"(?:federal )?chancellor", "chancellor"),
    (r"federal councillor", "federal councillor"),
    (r"chief advis[eo]r", "chief adviser"),
    (r"state counsellor", "state counsellor"),
    (r"secretary of the (?:national )?security council", "secretary of the security council"),
    (
        r"(?:chair(?:man|woman|person)?|president) of the (?:african union )?commission",
        "commission chair|commission president",
    ),
    (r"(?:chair(?:man|woman|person)?|head) of the (?:nato )?military committee", "military committee chair"),
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
    (r"(?:house |parliament(?:ary)? |senate )?speaker", "speaker"),
    (r"(?:chief |deputy )?spokes(?:man|woman|person|people|persons)", "spokesperson|press secretary"),
    (
        r"(?:(?:ambassador|permanent representative|envoy) to the (?:UN\b|U\.N\.|United Nations)|UN ambassador)",
        "ambassador to the UN",
    ),
    (r"(?:ambassador|permanent representative|envoy) to NATO", "ambassador to NATO"),
    (r"(?:chief |special |permanent )?(?:ambassador|envoy|representative|delegate|negotiator)s?", ""),
    (r"executive secretary", "executive secretary"),
    (r"cop\s?\d*(?:'s)? president|president of (?:the )?cop\s?\d*", "cop president"),
    (r"chair(?:man|woman|person)? of the (?:african )?union", "union chair"),
    (r"chair(?:man|woman|person)?[- ]in[- ]office", "chairperson-in-office"),
    (r"director[- ]general|dg", "director general"),
    (r"managing director", "managing director"),
    (r"supreme allied commander(?: europe)?", "supreme allied commander"),
    (r"(?:co-)?president", "president|commission president|council president|parliament president"),
    (r"crown prince", "crown prince"),
    (r"queen|king|emperor|empress|emir|sultan|monarch", "monarch"),
    (r"pope|pontiff", "pope"),
    (
        r"chargé d'affaires|consul|commissioner|attach[ée]|commander(?:[- ]in[- ]chief)?|minister|secretary",
        "",
    ),
    (r"chief(?! (?:economist|analyst|correspondent|executive|scientist|editor|strategist|of))", "secretary general"),
    (r"leader|head", _LEADING),
    (
        r"diplomat|official|officer|aide|general|admiral|lawmaker|legislator|parliamentarian|congress(?:man|woman)|senator",
        "",
    ),
    (r"MEP|MP|member of (?:the )?parliament|deputy|governor|mayor|politician|statesman", ""),
)
OFFICE = _any_of(*(pattern for pattern, _ in _OFFICES))
_WORD = re.compile(r"\w+")
_HEADS = frozenset(  # in every match of OFFICE stands one of these words, in small letters
    "secretary secretaries undersecretary undersecretaries president copresident premier taoiseach chancellor treasurer"
    " leader minister chief representative representatives diplomat adviser advisor spokesman spokeswoman spokesperson"
    " speaker spokespeople spokespersons ambassador ambassadors envoy envoys delegate delegates negotiator negotiators"
    " director"
    " commander queen king emperor empress emir sultan monarch prince pope pontiff affaires consul commissioner attaché"
    " attache head official officer aide general admiral lawmaker legislator parliamentarian congressman congresswoman"
    " senator mep mp member deputy governor mayor politician statesman councillor counsellor prosecutor chair chairman"
    " chairwoman chairperson dg".split()
)
FORMER = re.compile(r"\b(?:former(?:ly)?|ex|retired|one-time|erstwhile|late|previously|onetime|once)\b[ -]", re.I)
COMMENTATOR = _any_of(
    "analysts?|experts?|scholars?|academics?|professors?|(?:senior |research |visiting |associate )*fellows?"
    "|researchers?|research director|economists?|historians?|director|authors?|columnists?|commentators?"
    "|critics?|observers?"
    "|lecturers?|scientists?|lawyers?|jurists?|activists?|campaigners?|consultants?|specialists?|strategists?|chair|chairman|chairwoman"
    "|co-chair|editor|dean|adviser|advisor|executive|founder|co-founder|watchers?|pundits?|journalists?|reporters?"
    "|correspondents?|policy lead|programme lead|manager|veteran|intern|student",
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
    r"|policymakers|sides|Europeans?|Asians?|Africans?|Westerners?|majority|minority|businesses"
    r"|companies|media))\Z",
    re.I,
)
ANONYMOUS = re.compile(  # heads of phrases for one who is not named, and whom nothing ties to anybody
    r"\b(?:sources?|persons?|people|insiders?|officials?|diplomats?|someone|somebody|whistleblowers?|witness(?:es)?"
    r"|aides?|envoys?|negotiators?|delegates?)\b",
    re.I,
)
PRIVATE = re.compile(  # people of a country who do not speak for it
    r"\b(?:business(?:es|men|women|people)?|compan(?:y|ies)|firms?|industr(?:y|ies)|investors?|executives?|manufacturers?"
    r"|exporters?|community|civil society|NGOs?|voters?|citizens?|public|people|population|students?|activists?"
    r"|protesters?|scholars?|academics?|farmers?|workers?|trade unions?|oligarchs?|tycoons?|campaigners?)\b",
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
    words: str  # as the text names it, in small letters


def offices_in(text: str, start: int, end: int) -> tuple[OfficeWord, ...]:
    """The offices named in `text[start:end]`, in order, in any case.

    >>> offices_in("the French Foreign Minister", 0, 27)
    (OfficeWord(start=11, end=27, titles=('foreign minister',), words='foreign minister'),)
    """
    if _HEADS.isdisjoint(_WORD.findall(text[start:end].lower())):
        return ()  # most stretches name none, and the pattern is slow
    return tuple(
        OfficeWord(match.start(), match.end(), _titles(words := match.group().lower()), words)
        for match in OFFICE.finditer(text, start, end)
    )


@lru_cache(maxsize=1024)
def _titles(words: str) -> tuple[str, ...]:
    """What an office's words may mean: of the patterns the first that they match."""
    titles = next(titles for pattern, titles in _OFFICES if re.fullmatch(pattern, words, re.I))
    return tuple(title for title in titles.split("|") if title)
