"""Where a sentence ends: stops, and what only looks like one."""

from __future__ import annotations

import re

STOPS = ".!?…؟।。！？"
CLOSERS = "\"'”’»›)\\]」』"  # as written inside a character class
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

# One stop, whatever stops and closing marks stick to it, and the footnote markers behind them.
# Nothing can fail behind the first character, so the search never backtracks.
_GLUED = (  # a footnote's number as a PDF leaves it: "said.2 The"
    r"(?:(?:(?<=[a-z]{2}[.!?])|(?<=[a-z][,.!?][\"”’)]))\d{1,3}(?=\s+[\"“‘'(]?[A-Z]))?"
)
_STOP = re.compile(
    rf"[{STOPS}][{STOPS}{CLOSERS}]*(?:[ \xa0]?\[(?:\^?\d{{1,3}}|\^[\w-]{{1,12}})\]|[{SUPERSCRIPTS}])*{_GLUED}"
)
_SPACES = re.compile(r"\s*")
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w.&’'-]*[^\W_])?\Z")
_WORD_AFTER = re.compile(r"[\"'“‘«‹(\[¿¡「『*_]*([^\W_][\w’'-]{0,40})?")
_BRACKETED_ELLIPSIS = re.compile(r"(?:\.\.\.|…)[\])]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LOOK_BACK = 40  # characters; no abbreviation is longer
_ENUMERATOR = re.compile(  # what numbers the paragraph that it begins: "2", "1.3.1", "IV", "b", behind marks alone
    r"[#>*_\s(\[•–—+-]{0,12}(?:\d{1,4}(?:\.\d{1,3}){0,4}|x{0,3}(?:ix|iv|v?i{1,3}|v|x)"
    r"|X{0,3}(?:IX|IV|V?I{1,3}|V|X)|[^\W\d_])[)\]]?"
)

# Never the end of a sentence: a name or an example follows.
_TITLES = """
mr mrs ms mx dr prof sir st ste rev hon msgr fr gen lt col maj capt cmdr adm brig sgt cpl pvt sen rep gov amb pres
supt mt messrs mme mlle m e.g i.e cf viz vs v approx ca c esp incl resp z.b u.a d.h herr
"""
# The end only before a word that opens sentences: "and Co. The vote", but "Smith and Co. Ltd".
_SUFFIXES = """
inc ltd co corp bros plc llc jr sr etc al a.m p.m ph.d m.d b.a m.a ed eds ibid dept est govt
"""
# The end unless a number follows: "No. 5", "Jan. 3", but "He said no."
_COUNTED = """
no nos art arts para paras sec secs ch chap fig figs p pp vol vols res doc
jan feb mar apr jun jul aug sep sept oct nov dec nr ziff abs
"""
_WORDS_TOO = """
no art may mar fig
"""  # words of their own as well; without a number behind them they end a sentence
_OPENING_WORDS = """
a about after all also although an and another any are as asked at because before both but by can could despite did do
does during each earlier even every few finally first for former four from further given had has have he her here his
how however i if in indeed instead is it its last later many may meanwhile members moreover most much my neither never
nevertheless new no nobody none nonetheless nor not nothing now officials often on once one only or other others our
over perhaps recently several she should similarly since so some still such that the their then there therefore these
they this those though three through thus to today two under unlike until was we were what when where whether which
while who why will with without would yet you your
"""
_BEFORE_NAME = frozenset(_TITLES.split())
_SOMETIMES_LAST = frozenset(_SUFFIXES.split())
_BEFORE_NUMBER = frozenset(_COUNTED.split())
_ALSO_WORDS = frozenset(_WORDS_TOO.split())
_OPENERS = frozenset(_OPENING_WORDS.split())
_ASKING = re.compile(
    r"(?:(?:[A-Z][\w’'.-]{0,30}|the|of|an?)\s{1,3}){1,5}"
    r"(?:said|says|asked|asks|added|told|wrote|warned|replied|wondered|exclaimed|demanded|shouted|tweeted|continued)\b"
)


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the sentences of `text[start:end]`, without the white space around them.

    A closing quotation mark or bracket and a footnote marker belong to the sentence whose stop they follow.
    Every character that is not white space lies in exactly one sentence. Cost: linear in the span.

    >>> [slice(*span) for span in sentences("He met Mr. Ito. “Fine.” [2] They left.")]
    [slice(0, 15, None), slice(16, 27, None), slice(28, 38, None)]
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin = _skip(text, start, end)
    for stop in _STOP.finditer(text, start, end):
        if stop.end() <= begin or not _ends(text, begin, stop, end):
            continue
        found.append((begin, stop.end()))
        begin = _skip(text, stop.end(), end)
    if begin < end:
        found.append((begin, begin + len(text[begin:end].rstrip())))
    return tuple(found)


def _skip(text: str, start: int, end: int) -> int:
    match = _SPACES.match(text, start, end)
    return match.end() if match else start


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Whether a sentence that began at `begin` ends with this run of stops."""
    after = _skip(text, stop.end(), end)
    if after >= end:
        return True
    mark = stop.group()[0]
    if mark == "." and text[after] == "." and stop.end() - stop.start() == 1:  # ". . ." for words left out
        return False
    if after == stop.end():  # no space behind: a decimal, an address, "U.S"; scripts without spaces go on at once
        return mark in "。！？"
    following = _WORD_AFTER.match(text, after, end)
    word = (following.group(1) or "") if following else ""
    if word[:1].islower() or _is_gap(text, stop):
        return False
    if mark == ".":
        return not _is_abbreviation(text, begin, stop.start(), word, text[after])
    quoted = stop.group().rstrip(SUPERSCRIPTS)[-1:] in "\"'”’»"  # “Why?” Okafor asked: one sentence
    return not (quoted and _ASKING.match(text, after, min(end, after + 120)))


def _is_gap(text: str, stop: re.Match[str]) -> bool:
    """Whether it is "[...]" alone, which stands for words left out and ends nothing."""
    opened = text[stop.start() - 1 : stop.start()] in ("[", "(")
    return opened and _BRACKETED_ELLIPSIS.fullmatch(stop.group()) is not None


def _is_abbreviation(text: str, begin: int, stop: int, word: str, sign: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it; `word` and `sign` are what follows."""
    low = max(begin, stop - _LOOK_BACK)
    if low == begin and _ENUMERATOR.fullmatch(text, begin, stop):  # "2. Membership", "B. Procedure"
        return True
    before = _WORD_BEFORE.search(text[low:stop])
    if before is None:
        return False
    last, opens = before.group(), word.lower() in _OPENERS
    key = last.lower().rpartition(".-")[2]  # "Lt.-Gen."
    if key in _BEFORE_NUMBER:
        return sign.isdecimal() or not (opens or key in _ALSO_WORDS)
    if key in _BEFORE_NAME:
        return len(last) > 1 or not opens
    if key in _SOMETIMES_LAST or _DOTTED.fullmatch(last):
        return not opens
    return len(last) == 1 and last.isupper() and (_follows_name(text[low : stop - 1]) or not opens)


def _follows_name(before: str) -> bool:
    """Whether the word before an initial is a name or an initial: "John F.", but not "plan B."."""
    words = before.split()
    return bool(words) and (words[-1][:1].isupper() or words[-1].endswith("."))
