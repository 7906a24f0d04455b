"""What one entry of a reference list says: its number, authors, title, medium, date and address."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from winset.errors import BadDate
from winset.ids import PartialDate
from winset.sourcing.crediting.addresses import ADDRESS, trimmed, why_broken
from winset.statements.date_mentions import DateMention
from winset.statements.media import find_media, medium_at, misspelt_medium
from winset.statements.sentence_ends import SUPERSCRIPTS

PLAIN_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_LONGEST = 2_000  # characters of an entry that are read
_MARKER = re.compile(
    rf"(?:[-*•]\s+)?(?:\[\^?(?P<bracket>\d{{1,4}})\]:?|\[\^(?P<word>[\w-]{{1,12}})\]:?|\((?P<round>\d{{1,4}})\)"
    rf"|(?P<raised>[{SUPERSCRIPTS}]{{1,4}})|(?P<plain>\d{{1,4}})(?:[.)]|(?=\s[A-Z“\"‘'*_]|\shttps?:)))\s*"
)
_AUTHOR_DATE = re.compile(
    r"(?P<authors>[^(“”\"‘]{2,250})\(\s*(?P<year>n\.d\.|\d{4}[a-z]?)(?P<day>[^)]{0,25})\)[.,:]?\s+(?P<rest>.+)",
    re.DOTALL,
)
_YEAR_AFTER = re.compile(  # "Reed, A. 2020. The port. ..."
    r"(?P<authors>[A-ZÀ-Þ][^(“”\"‘.\d]{1,60}(?:\.[^(“”\"‘.\d]{0,40}){1,12}?)\s(?P<year>(?:1[89]"
    r"|20)\d\d[a-z]?)\.\s+(?P<rest>[A-ZÀ-Þ“\"‘].+)",
    re.DOTALL,
)
_TITLE_IN_QUOTES = re.compile(r"[“\"](?P<double>[^”\"]{3,300})[”\"]|(?<!\w)[‘'](?P<single>[^‘\n]{5,300}?)[’'](?!\w)")
_TITLE_IN_ITALICS = re.compile(r"(?<![\w*_])(?P<mark>[*_])(?P<title>[^*_\n]{5,300})(?P=mark)(?!\w)")
_TITLE_ENDS = re.compile(r"(?<=[.?!])\s+")
_NAMES = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w’'-]{0,30}\.?|[A-Z]\.|de|da|van|von|der|den|bin|al|el|di|du|la|le|and|&|et al\.?"
    r"|eds?\.?)[\s,;]{0,3}){1,24}"
)
_BACK = re.compile(
    r"(?<!\w)(?:ibid(?:em)?|ib\.|op\. ?cit|loc\. ?cit|id\.|idem\b|supra|(?:see |cited )?as above|see above"
    r"|as cited above)(?!\w)",
    re.IGNORECASE,
)
_SEE_NOTE = re.compile(
    r"(?:\b(?:see|supra|cf\.?|in|at|above|under),?\s(?:also\s)?(?:end|foot)?(?:note|fn|n)\.?|\((?:(?:end"
    r"|foot)?note|fn|n)\.?)\s?(?P<number>\d{1,4})\b",
    re.IGNORECASE,
)
_SEE_BRACKET = re.compile(r"\b(?:see|as in|as above in|cf\.?)\s+\[(?P<number>\d{1,4})\]", re.IGNORECASE)
_NEXT_ONE = re.compile(r"(?<!\w)(?:ibid(?:em)?|ib\.|id\.|idem\b)", re.IGNORECASE)
_READ_ON = re.compile(
    r"(?:accessed|retrieved|viewed|visited|checked|archived|abgerufen|consulté)[^.;]{0,14}\Z", re.IGNORECASE
)
_DAY_IN_ADDRESS = re.compile(r"[/-]((?:19|20)\d\d)(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?|(\d\d)(\d\d))(?=[/-])")
_YEAR = re.compile(r"(?<![\w–/.:-])(?:1[89]|20)\d\d(?![\w–/:-])")
_MONTHS = 12
_LONGEST_LABEL = 80  # characters
_SIGNS = " .,;:–—-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a reference list."""

    start: int  # of the entry in the document's text, half-open
    end: int
    marker: str | None = None  # "5" for [5]; None in a bibliography by author and date
    form: str = ""  # how the number is written: "bracket", "word", "round", "raised", "plain"
    medium: str | None = None  # in the one spelling of `statements.media`
    dated: PartialDate | None = None
    title: str | None = None
    authors: str | None = None  # as written
    url: str | None = None
    cited_as: str | None = None  # "Reed 2020", by which a text with authors and years points to it
    refers_back: bool = False  # "ibid.", "as above": medium, date, title and address are those of the entry meant
    refers_next: bool = False  # to the entry right before, whatever it is: "ibid."
    refers_to: str | None = None  # the number that it names: "see note 3"
    leads_nowhere: bool = False  # it refers back, and nothing is there
    broken: str | None = None  # what is wrong with its address
    words: str = ""  # its first words, by which it is called where it tells nothing else

    @property
    def label(self) -> str | None:
        """What the entry is called: its medium, else its title, address, authors or first words."""
        own = None if self.refers_back or self.leads_nowhere else self.words
        return self.medium or self.title or self.url or self.authors or own or None

    @property
    def says_something(self) -> bool:
        """Whether it names anything that could be found."""
        return bool(self.label or self.refers_back or self.refers_to)


def entry_number(text: str, start: int, end: int) -> str | None:
    """The number with which an entry begins; None where it has none."""
    match = _MARKER.match(text, start, min(end, start + 40))
    return _number(match) if match else None


def parsed(text: str, start: int, end: int, dates: Sequence[DateMention] = ()) -> Reference:
    """The entry at `text[start:end]`.  dates: those named in the list, in order.  Cost: linear."""
    stop = min(end, start + _LONGEST)
    marker = _MARKER.match(text, start, stop)
    begin = marker.end() if marker else start
    address = ADDRESS.search(text, begin, stop)
    before = address.start() if address else stop
    words = text[begin:before].rstrip("<[( \n")
    url = trimmed(address.group()) if address else None
    by_author = _AUTHOR_DATE.match(words) or _YEAR_AFTER.match(words)
    named = find_media(text[begin:before])
    title, title_at = _title(words, by_author)
    authors = _authors(words, by_author, title_at)
    if title is None and by_author is None and not named and not _BACK.search(words[:400]):
        authors, title = _issued(words)
    see = _SEE_NOTE.search(text, begin, stop) or _SEE_BRACKET.search(text, begin, stop)
    return Reference(
        start=start,
        end=end,
        marker=_number(marker) if marker else None,
        form=(marker.lastgroup or "") if marker else "",
        medium=(medium_at(url) if url else None) or (named[-1].name if named else misspelt_medium(words)),
        dated=_date(text, begin, before, dates) or (_date_in(url) if url else None),
        title=title,
        authors=authors,
        url=url,
        cited_as=f"{_surname(by_author['authors'])} {by_author['year']}" if by_author and authors else None,
        refers_back=_BACK.search(words[:400]) is not None,
        refers_next=_NEXT_ONE.search(words[:400]) is not None,
        refers_to=see["number"] if see else None,
        broken=why_broken(url) if url else None,
        words=" ".join(words.split())[:_LONGEST_LABEL].strip(_SIGNS),
    )


def _number(match: re.Match[str]) -> str:
    kind = match.lastgroup or "plain"
    return match[kind].translate(PLAIN_DIGITS)


def _date(text: str, start: int, end: int, dates: Sequence[DateMention]) -> PartialDate | None:
    """The first date of the entry that is not the day it was read on."""
    at = bisect_left(dates, start, key=attrgetter("start"))
    while at < len(dates) and dates[at].end <= end:
        mention = dates[at]
        if not mention.relative and not _READ_ON.search(text, max(start, mention.start - 30), mention.start):
            return mention.date
        at += 1
    years = [
        match
        for match in _YEAR.finditer(text, start, end)
        if not _READ_ON.search(text, max(start, match.start() - 30), match.start())
    ]
    return PartialDate(years[-1].group()) if years else None


def _date_in(url: str) -> PartialDate | None:
    """The day that an address names: ".../2023/06/05/...".

    >>> str(_date_in("https://a.org/2023/06/05/port"))
    '2023-06-05'
    """
    match = _DAY_IN_ADDRESS.search(url[:_LONGEST])
    month, day = (int(match[2] or match[4]), int(match[3] or match[5] or 0)) if match else (0, 0)
    if match is None or not 1 <= month <= _MONTHS:
        return None
    try:
        return PartialDate(f"{match[1]}-{month:02d}-{day:02d}" if day else f"{match[1]}-{month:02d}")
    except BadDate:  # 2023/02/31 is no day: a number that only looks like one
        return None


def _title(words: str, by_author: re.Match[str] | None) -> tuple[str | None, int | None]:
    """The title, and where it begins."""
    if quoted := _TITLE_IN_QUOTES.search(words) or _TITLE_IN_ITALICS.search(words):
        kind = quoted.lastgroup or "title"
        return quoted[kind].strip(" .,*_"), quoted.start()
    if by_author is None:
        return None, None
    return _TITLE_ENDS.split(by_author["rest"].strip(), maxsplit=1)[0].strip(" .*_") or None, by_author.start("rest")


def _authors(words: str, by_author: re.Match[str] | None, title_at: int | None) -> str | None:
    """Who wrote it: the names before the year, or before a title in quotation marks."""
    if by_author:
        return by_author["authors"].strip(" .,;*_-•") or None
    names = words[:title_at].strip(" ,;:*_-") if title_at else ""
    if not names or len(names) > 250 or not _NAMES.fullmatch(names) or find_media(names):  # noqa: PLR2004
        return None
    return names if " " in names else None


def _issued(words: str) -> tuple[str | None, str | None]:
    """Who issued it, and its title, where commas part them: "Port Authority, Yearly accounts, 2020".

    >>> _issued("Port Authority, Yearly accounts, Bergen, 2020")
    ('Port Authority', 'Yearly accounts')
    """
    first, _, rest = words[: _LONGEST_LABEL * 3].partition(", ")
    title = rest.partition(",")[0].strip(" .")
    if not rest or len(first) > _LONGEST_LABEL or not first[:1].isupper() or any(map(str.isdigit, first)):
        return None, None
    return first, title if len(title) > 3 and not title[0].isdigit() else None  # noqa: PLR2004


def _surname(authors: str) -> str:
    """The first author's surname: "Reed" of "Reed, A., & Lee, T." and of "Ada Reed and Tom Lee"; else all of it.

    >>> _surname("Reed, A., & Lee, T."), _surname("Ada Reed and Tom Lee"), _surname("World Bank")
    ('Reed', 'Reed', 'World Bank')
    """
    authors = authors.strip(" .,;*_-•")
    first = re.split(r",|;| and | & | et al", authors, maxsplit=1)[0].strip()
    several = first != authors
    initial = re.fullmatch(r"(\w[\w’'-]+)(?: [A-Z]\.?){1,3}", first)
    if initial:
        return initial[1]
    if several and not authors[len(first) :].startswith(",") and len(first.split()) == 2:  # noqa: PLR2004 - "Ada Reed"
        return first.split()[-1]
    return first
