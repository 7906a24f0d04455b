"""Title, authors, publisher and date as they stand at the head (or foot) of an article's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from winset.corpus.datelines import date_in_line
from winset.ids import PartialDate

HEAD = 1500  # characters in which a text says who wrote it and when
LONGEST_TITLE = 160
LONGEST_LINE = 1000
FOOT, FOOT_LINES = 5000, 12  # characters and lines at the end in which a text says whose it is
PARTICLES = frozenset(
    (
        *("de", "van", "von", "der", "den", "del", "della", "da", "di", "du", "dos", "la", "le", "el", "al"),
        *("bin", "ibn", "ben", "ter", "ten", "zu", "y", "e"),
    )
)
ROLE = (
    r"(?:advis[eo]r|ambassador|professor|director|fellow|editor|correspondent|analyst|researcher|minister|president|"
    r"chair(?:man|woman|person)?|lecturer|journalist|reporter|columnist|author|scholar|diplomat|official|officer|"
    r"secretary|general|admiral|colonel|economist|historian|writer|head|expert|specialist|consultant|student|candidate)"
)

_NAVIGATION = re.compile(
    r"(?:skip|jump|go) to\b|(?:main )?menu\b|home$|search$|subscribe|sign (?:in|up)|log ?in|share\b|print$|"
    r"advertisement|cookie|newsletter|read more|follow us|back to|breadcrumb|related|navigation|\d+ min(?:ute)?s? read",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*\d+[.)]\s+(?P<rest>.*)")
_BULLET = re.compile(r"\s*(?:[-*•–—·]|\(?\d+[.)])\s")
_BY = re.compile(
    r"(?:(?:written|words|text|story|reporting|posted|published)\s+)?by:?\s+|authors?:\s+|(?:von|par|por|door|di)\s+",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame|amb|ambassador|lt|gen|col)\.?\s+)+", re.IGNORECASE)
_NAME_END = re.compile(r"\s+(?:in|for|at|from|reports)\s+|\s*[|–—(·•]\s*|,\s+(?=[a-z\d])|\s-\s")
_ROLE = re.compile(rf"\b{ROLE}s?\b", re.IGNORECASE)
_MASTHEAD = re.compile(
    r"(?:the )?(?P<name>[^\W\d_].{1,60}?)(?:[’']s|[’'])\s+(?:[\w-]+\s+){0,2}"
    r"(?:magazine|journal|newspaper|newsletter|blog|news site)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s*(?:©|\(c\)))?[\s,]*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^.|©,;]{1,60})",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|[*`]+|(?<!\w)_+|_+(?!\w)|\s+#+\s*$")
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?P<words>.*\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number from 1, and its words without Markdown marks."""

    number: int
    words: str
    level: int = 0  # of a Markdown heading; 0 is none

    @property
    def where(self) -> str:
        """As `found_in` says it."""
        return f"line {self.number}"


def lines_of(text: str, *, first: int = 1) -> list[Line]:
    """The lines that are not blank, in order; `first` is the number of the first. Of endless lines, the beginning."""
    found = []
    for number, long in enumerate(text.split("\n"), start=first):
        raw = long[:LONGEST_LINE]  # the patterns below take quadratic time on a line made to hurt them
        heading = _HEADING.match(raw)
        words = _MARKUP.sub(r"\1", heading["words"] if heading else raw).strip()
        if words:
            found.append(Line(number, words, len(heading["marks"]) if heading else 0))
    return found


def foot_of(text: str) -> list[Line]:
    """The last lines that are not blank."""
    start = text.rfind("\n", 0, max(0, len(text) - FOOT)) + 1
    return lines_of(text[start:], first=text.count("\n", 0, start) + 1)[-FOOT_LINES:]


def head_of(text: str) -> list[Line]:
    """The lines that begin in the first HEAD characters, without navigation."""
    lines = lines_of(text[: HEAD + LONGEST_TITLE])
    room = text[:HEAD].count("\n") + 1
    return [line for line in _without_numbered_menu(lines) if line.number <= room and not is_navigation(line.words)]


def _without_numbered_menu(lines: list[Line]) -> list[Line]:
    """A numbered list that opens a page of text is its menu, not its title."""
    count = 0
    while count < len(lines) and _NUMBERED.match(lines[count].words):
        count += 1
    return lines[count:] if count > 1 else lines


def is_navigation(words: str) -> bool:
    """Whether a line only leads elsewhere: "Skip to content", "About | Contact | Submissions"."""
    numbered = _NUMBERED.match(words)
    bare = numbered["rest"] if numbered else words
    parts = [part.strip() for part in re.split(r"\s[|›»/>]\s", bare)]
    bar = len(parts) > 2 and all(len(part.split()) <= 3 for part in parts)  # noqa: PLR2004 - three short words make a menu
    return bar or (len(bare) <= LONGEST_TITLE // 2 and bool(_NAVIGATION.match(bare)))


def names_in(words: str) -> tuple[str, ...]:
    """The people named if `words` name nobody and nothing else; empty otherwise.

    >>> names_in("Dr. Ana de Lima, Bo Berg and C. Ode")
    ('Ana de Lima', 'Bo Berg', 'C. Ode')
    >>> names_in("the committee of ministers")
    ()
    """
    parts = [part for part in re.split(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*", words.strip(" .,:;")) if part]
    names = tuple(_HONORIFIC.sub("", part).strip() for part in parts)
    return names if names and all(map(_is_name, names)) else ()


def _is_name(words: str) -> bool:
    tokens = words.split()
    capitals = [token for token in tokens if token.lower() not in PARTICLES or token[0].isupper()]
    spelled = all(re.fullmatch(r"[^\W\d_](?:[\w.'’-]*[\w.'’-])?", token) for token in tokens)
    shouted = len(words) > 4 and words.isupper() and len(tokens) > 3  # noqa: PLR2004 - a heading in capitals
    return 2 <= len(capitals) <= 5 and spelled and not shouted and all(token[0].isupper() for token in capitals)  # noqa: PLR2004


def title_of(head: list[Line]) -> Line | None:
    """The highest Markdown heading, else the first line that reads like one: short, no sentence, no byline, no date."""
    headings = [line for line in head if line.level]
    if headings:
        return min(headings, key=lambda line: line.level)
    for place, line in enumerate(head[:8]):
        if _like_title(line) and place + 1 < len(head):
            return line
        if len(line.words) > 2 * LONGEST_TITLE:  # the text itself has begun
            return None
    return None


def _like_title(line: Line) -> bool:
    words = line.words
    if len(words.split()) < 2 or len(words) > LONGEST_TITLE or words.endswith((".", ":", ";", ",")):  # noqa: PLR2004
        return words.endswith("...") and len(words) <= LONGEST_TITLE
    other = _BULLET.match(words) or publisher_in(words) or date_in_line(words) or "://" in words or "@" in words
    return not other and not authors_in(words) and not (_BY.match(words) and len(words.split()) < 7)  # noqa: PLR2004


def authors_in(words: str) -> tuple[str, ...]:
    """The authors if the line is a byline: "By Ana Lima", "Ana Lima in Oslo | 3 May 2023", "Ana Lima, Fellow, X".

    >>> authors_in("By Ana Lima and Bo Berg in Oslo")
    ('Ana Lima', 'Bo Berg')
    >>> authors_in("Ana Lima, Professor of Law - Former Judge")
    ('Ana Lima',)
    """
    if len(words) > LONGEST_TITLE or words.endswith((".", "?", "!", ":")):
        return ()
    by = _BY.match(words)
    if by:
        return names_in(_before_end(words[by.end() :]))
    first, comma, rest = words.partition(",")
    if comma and _ROLE.search(rest):
        return names_in(first)
    return ()


def _before_end(words: str) -> str:
    """What stands before a place, an employer, a date or a role."""
    cut = _NAME_END.split(words, maxsplit=1)[0]
    parts = cut.split(",")
    kept = [part for place, part in enumerate(parts) if place == 0 or (not _ROLE.search(part) and names_in(part))]
    return ",".join(kept)


def authors_of(head: list[Line], title: Line | None) -> tuple[tuple[str, ...], Line] | None:
    """The first byline of the head; a bare name counts only beside a date line or alone under the title."""
    for line in head:
        if line is not title and (found := authors_in(line.words)):
            return found, line
    for place, line in enumerate(head):
        beside = head[max(0, place - 1) : place] + head[place + 1 : place + 2]
        dated = any(date_in_line(other.words) for other in beside) or bool(date_in_line(line.words))
        if line is not title and dated and not line.words.endswith((".", "?", "!")) and len(line.words) < LONGEST_TITLE:
            found = names_in(_before_end(line.words))
            if found:
                return found, line
    return None


def author_at_foot(text: str) -> tuple[tuple[str, ...], Line] | None:
    """Of "Dr Ana Lima is a fellow at ..." near the end, if the text has not named her before.

    Somebody quoted is named where the quotation stands; whoever is introduced only after it wrote it.
    """
    for line in foot_of(text):
        match = re.match(r"(?P<name>.{3,60}?)\s+(?:is|was)\s+(?:an?|the)\s+(?P<role>.{0,120})", line.words)
        names = names_in(match["name"]) if match and _ROLE.search(match["role"]) else ()
        if len(names) == 1 and names[0].split()[-1] not in text[: text.rfind(line.words)]:
            return names, line
    return None


def publisher_in(words: str) -> str | None:
    """The publisher that a masthead names: "The Example Council's online magazine".

    >>> publisher_in("The Example Council's online magazine")
    'Example Council'
    """
    match = _MASTHEAD.fullmatch(words.strip())
    return match["name"].strip() if match else None


def publisher_of(text: str, head: list[Line]) -> tuple[str, Line] | None:
    """The masthead's publisher, else that of a copyright line at head or foot; None where none is stated."""
    for line in head[:8]:
        if name := publisher_in(line.words):
            return name, line
    for line in (*head, *foot_of(text)):
        match = _COPYRIGHT.match(line.words) if len(line.words) <= LONGEST_TITLE else None
        name = re.sub(r"\s*all rights reserved.*", "", match["name"], flags=re.IGNORECASE).strip() if match else ""
        if name:
            return name, line
    return None


def date_of(head: list[Line], *, language: str | None) -> tuple[PartialDate, Line] | None:
    """The first date line or dateline of the head."""
    for line in head:
        if found := date_in_line(line.words, language=language):
            return found, line
    return None
