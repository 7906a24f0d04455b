"""What a paragraph is, by its own words and by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from winset.statements.types import SegmentKind

Line = tuple[int, int, int]  # start, end, number of the block of lines it stands in

BODY, HEADING = SegmentKind.BODY, SegmentKind.HEADING
CAPTION, REFERENCE, BOILERPLATE = SegmentKind.CAPTION, SegmentKind.REFERENCE, SegmentKind.BOILERPLATE

_LONGEST_SHORT = 600  # characters; a longer paragraph is body text whatever it holds
_LONGEST_FURNITURE = 250
_LONGEST_HEADER = 30  # lines
_HEADER_LINE = re.compile(
    r"(?:title|headline|authors?|by|date|published|updated|publisher|publication|source|url|link|language|tags?|keywords?)"
    r": \S[^\n]{0,200}\Z",
    re.IGNORECASE,
)
_EDGE = 8  # paragraphs from either end within which authors are introduced
_HEADING_WIDTH = 120
_HEADING_WORDS = 18
_QUESTION_WORDS = 10

_REFERENCE_HEADING = re.compile(
    r"[#*_\s\d.]*(?:references?|bibliography|notes?|sources?|endnotes|footnotes|works cited|notes and references"
    r"|references and notes|literature|further reading|literatur|quellen|bibliographie|références)\s*[:*_#]*",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\[\^?\d{1,3}\]:?\s*\S|\^?\d{1,3}[.)]?\s+\S")
_BRACKET_MARKED = re.compile(r"\[\^?\d{1,3}\]:?\s*\S")
_POINTS_BACK = re.compile(r"\b(?:ibid|ib\.|op\. ?cit|loc\. ?cit|supra|as above|see above|see note)\b", re.IGNORECASE)
_URL = re.compile(r"https?://|\bwww\.\w|\bdoi\.org/|\bdoi: ?10\.", re.IGNORECASE)
_BARE_URL = re.compile(r"(?:\[https?://[^\]]*\]\(\S*\)|<?(?:https?://|www\.)\S+?>?)[.,;]?")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_AUTHOR_DATE = re.compile(
    r"[^\W\d_][^\n]{1,250}?\(\s*(?:n\.d\.|(?:1[89]|20)\d\d[a-z]?(?:,\s*[^\W\d_]{3,9}\.?(?:\s+\d{1,2})?)?)\s*\)[.,:]\s+\S"
)
_CREDIT = re.compile(
    r"(?:Image|Photo|Picture|Photograph|Credit|Photo credit|Foto|Bild|Illustration)s?(?: by)?:\s*\S[^.!?]{1,120}\Z"
    r"|\((?:Photo|Image|Picture|AP Photo|Reuters|AFP|Getty)\b[^)]{0,80}\)\Z"
    r"|(?:©|\(c\))\s?[^.!?]{2,60}(?:/[A-Z]\w+|Getty Images)\Z"
)
_FURNITURE = re.compile(
    r"(?:\W{0,4}\d{0,2}[.)]?\s*)?(?:"
    r"skip to\b|jump to (?:content|navigation)|join our\b|subscribe\b|sign (?:up|in)\b|log ?in\b|register (?:now|here)"
    r"|stay (?:informed|up to date|tuned|connected)\b|follow us\b|share (?:this|on|via)\b|read (?:more|also|next)\b"
    r"|related (?:articles?|posts?|stories|content|topics)\b|leave a (?:reply|comment)\b|your email address\b"
    r"|required fields\b|\d+ (?:thoughts?|comments?|replies|responses) on\b|\d+ comments?\Z|post (?:a )?comment\b"
    r"|advertisement\b|sponsored\b|cookies?\b(?=.{0,40}(?:use|policy|settings|accept))"
    r"|(?:we|this (?:site|website)) uses? cookies|privacy policy\b|terms (?:of use|of service|and conditions)\b"
    r"|all rights reserved|copyright ©|©\s?\d{4}|©\s?copyright|click here\b|download (?:the )?(?:pdf|app)\b"
    r"|print this\b|back to top\b|table of contents\b|menu\Z|search\Z|home\Z"
    r"|newsletter\b|get (?:the|our) newsletter|listen to this article|min(?:ute)?s? read\Z|\d+ min(?:ute)?s? read\b"
    r"|(?:edited|translated|written) by:\s"
    r"|(?:additional )?(?:reporting|editing|writing) by (?-i:[A-Z])[^.]{2,80}(?:[;.)]|\Z)"
    r")",
    re.IGNORECASE,
)
_EDITORS_NOTE = re.compile(
    r"[*_(\[]*(?:(?:editor|publisher)(?:[’']s|s[’'])? note\b|corrections?:\s|clarification:\s"
    r"|an? (?:previous|earlier) version of this (?:piece|article|story|report|post)\b"
    r"|this (?:article|story|piece|post) (?:was|has been|is|first|originally) "
    r"(?:first|originally|updated|corrected|part of|published)"
    r"|the (?:views|opinions) expressed\b|disclaimer\b)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:tel|telephone|phone|fax|e-?mail|web|website|mobile|address|contact)\.?\s*:\s*\S"
    r"|\+\d{1,3}[\s(]\d[\d\s()./-]{5,}\Z"
    r"|\d{1,5}[,\s]\s*[^\W\d_][^.!?]{3,80},\s*(?:[A-Z]{1,2}-)?\d{4,6}\s+[^\W\d_]{3,}"
    r"|[^\W\d_][^.!?\d]{2,60}\s\d{1,4}[a-z]?,\s*(?:[A-Z]{1,2}-)?\d{4,6}\s+[^\W\d_]{3,}",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:fellow|professor|researcher|research director|director|editor|correspondent|journalist|reporter|analyst"
    r"|author|columnist|lecturer|adviser|advisor|scholar|scientist|expert|student|candidate|president|chair|head"
    r"|associate|writer|consultant|diplomat|ambassador|officer|historian)"
)
_NAME = r"(?:(?:Dr|Prof|Professor|Amb|Ambassador|Sir|Mr|Ms|Mrs|Gen|Lt|Col)\.? )*(?:[^\W\d_][\w.’'-]{0,25} ){1,4}"
_AUTHOR_NOTE = re.compile(
    rf"[*_]*(?:(?:The )?(?:author|writer)s? (?:is|are|was|has)\b|About the authors?\b|{_NAME}(?:is|was) (?:currently )?"
    rf"(?:an?|the)\b[^.]{{0,90}}\b(?i:{_ROLE})\b[^.]{{0,40}}\b(?:at|with|of|for|in)\b)"
)
_POST = re.compile(rf"[*_]*(?:[A-Z][\w.’'-]{{0,25}}[\s*_,]{{1,5}}){{2,6}}[^\n]{{0,120}}\b(?i:{_ROLE})\b")
_CAREER = re.compile(
    r"\b(?:was educated|research interests|(?:his|her|their) research|writes (?:about|on)|works? in the field"
    r"|worked as a consultant|is the author of|previously (?:served|worked)"
    r"|holds an? (?:MA|PhD|BA|degree|doctorate|master))\b",
    re.IGNORECASE,
)
_CLOSED = r"[\"'”’»)\]*_]*(?:\s?\[\^?\d{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹])*\Z"  # closing marks and footnotes behind a stop
_FULL_STOP = re.compile(rf"[.!;:,…。！]{_CLOSED}")
_QUESTION = re.compile(rf"[?？؟]{_CLOSED}")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s|\*\*[^*]{2,120}\*\*:?\Z|__[^_]{2,120}__:?\Z")
_BULLET = re.compile(r"(?:[-*•‣▪+]|\d{1,2}[.)])\s")
_QUOTED = re.compile(r"[\"“”«»„]")


def kinds(text: str, paragraphs: Sequence[Line]) -> tuple[SegmentKind, ...]:
    """The kind of each paragraph of `text`, in order. Cost: linear; long paragraphs are not searched."""
    found: list[SegmentKind] = []
    in_references = False
    for index, (start, end, _) in enumerate(paragraphs):
        words = text[start:end] if end - start <= _LONGEST_SHORT else ""
        own = _own_kind(words)
        if own is BODY and _introduces_author(text[start : min(end, start + _LONGEST_SHORT)], index, len(paragraphs)):
            own = BOILERPLATE
        if _REFERENCE_HEADING.fullmatch(words):
            in_references, own = True, REFERENCE
        elif own is HEADING and words.startswith("#"):
            in_references = False
        elif in_references and own in (BODY, HEADING):
            in_references = bool(words)
            own = REFERENCE if in_references else own
        found.append(own)
    for index in range(_header(text, paragraphs)):
        found[index] = BOILERPLATE
    return _by_neighbours(text, paragraphs, found)


def _header(text: str, paragraphs: Sequence[Line]) -> int:
    """How many paragraphs at the head are front matter between rules of dashes, or lines of "Key: value"."""
    lines = [text[start:end] for start, end, _ in paragraphs[:_LONGEST_HEADER]]
    if lines and lines[0] == "---" and "---" in lines[1:]:
        return lines.index("---", 1) + 1
    return next((index for index, line in enumerate(lines) if not _HEADER_LINE.match(line)), len(lines))


def _own_kind(words: str) -> SegmentKind:
    """The kind by a paragraph's own words alone; `words` is empty where it is long."""
    if not words:
        return BODY
    if _is_reference(words):
        return REFERENCE
    if _is_furniture(words):
        return BOILERPLATE
    if _CREDIT.search(words):
        return CAPTION
    return HEADING if _is_heading(words) else BODY


def _introduces_author(opening: str, index: int, count: int) -> bool:
    """Whether it tells a career, near either end of the text; below the text a post alone is enough."""
    if _EDGE <= index < count - _EDGE:
        return False
    below = index >= max(count - _EDGE, (count + 1) // 2)
    if below and _AUTHOR_NOTE.match(opening) and not _QUOTED.search(opening):
        return True
    return _POST.match(opening) is not None and _CAREER.search(opening) is not None


def _is_reference(words: str) -> bool:
    if _BARE_URL.fullmatch(words):
        return True
    if _MARKED.match(words) and (_URL.search(words) or _POINTS_BACK.search(words)):
        return True
    if _BRACKET_MARKED.match(words) and _YEAR.search(words):
        return True
    return _AUTHOR_DATE.match(words) is not None


def _is_furniture(words: str) -> bool:
    if _EDITORS_NOTE.match(words) or (len(words) <= _LONGEST_FURNITURE and _FURNITURE.match(words)):
        return True
    if len(words) <= _HEADING_WIDTH and (words.count(" | ") > 1 or words.count(" • ") > 1 or words.count(" › ") > 1):
        return True
    return len(words) <= _HEADING_WIDTH and _CONTACT.match(words) is not None


def _is_heading(words: str) -> bool:
    if _MARKDOWN_HEADING.match(words):
        return True
    if len(words) > _HEADING_WIDTH or "\n" in words or _FULL_STOP.search(words):
        return False
    count = len(words.split())
    if _QUESTION.search(words):
        return count <= _QUESTION_WORDS and not _QUOTED.search(words)
    return count <= _HEADING_WORDS and not words.lstrip("-*•# ")[:1].islower() and any(map(str.isalpha, words))


def _by_neighbours(text: str, paragraphs: Sequence[Line], found: list[SegmentKind]) -> tuple[SegmentKind, ...]:
    """Corrects what only the lines around it tell: lists are no headings, a caption's first line belongs to it."""
    bullets = [_BULLET.match(text, start, min(end, start + 8)) is not None for start, end, _ in paragraphs]
    for (one, two), (left, right) in zip(pairwise(range(len(found))), pairwise(paragraphs), strict=True):
        if left[2] != right[2]:
            continue
        if bullets[one] and bullets[two]:
            found[one], found[two] = (BODY if kind is HEADING else kind for kind in (found[one], found[two]))
        if found[one] is HEADING and found[two] is CAPTION:
            found[one] = CAPTION
        if found[one] is BOILERPLATE and found[two] is HEADING and _is_contact_like(text, right):
            found[two] = BOILERPLATE
    return tuple(found)


def _is_contact_like(text: str, line: Line) -> bool:
    """Whether a line below an address goes on with it: mostly digits and signs."""
    words = text[line[0] : line[1]]
    return sum(character.isdigit() for character in words) >= 6  # noqa: PLR2004 - a registration or phone number
