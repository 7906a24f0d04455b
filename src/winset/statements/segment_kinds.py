"""What a paragraph is, by its own words and by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from winset.statements.sentence_ends import SUPERSCRIPTS
from winset.statements.types import SegmentKind

Line = tuple[int, int, int]  # start, end, number of the block of lines it stands in

BODY, HEADING = SegmentKind.BODY, SegmentKind.HEADING
CAPTION, REFERENCE, BOILERPLATE = SegmentKind.CAPTION, SegmentKind.REFERENCE, SegmentKind.BOILERPLATE

_LONGEST_SHORT = 600  # characters; a longer paragraph is body text whatever it holds
_LONGEST_FURNITURE = 250
_LONGEST_HEADER = 30  # lines
HEADER_LINE = re.compile(
    r"(?:title|headline|authors?|by|date|published|updated|publisher|publication|source|url|link|language|tags?|keywords?)"
    r": \S[^\n]{0,200}\Z",
    re.IGNORECASE,
)
_EDGE = 8  # paragraphs from either end within which authors are introduced
_HEADING_WIDTH = 120
_HEADING_WORDS = 18
_QUESTION_WORDS = 10

_REFERENCE_HEADING = re.compile(
    r"[#*_\s\d.]*(?:(?:list of |selected |key )?(?:references?|bibliography|sources?|literature)(?: cited| list)?"
    r"|(?:end|foot)?notes?|works cited|citations|(?:further|recommended|suggested|additional) reading|see also"
    r"|(?:references|sources|bibliography|notes),? and (?:further reading|notes|sources|references)|external links"
    r"|literatur(?:verzeichnis)?|quellen(?:verzeichnis|angaben)?|(?:einzel)?nachweise|anmerkungen|fußnoten|weblinks"
    r"|bibliographie|références|notes et références|bibliografía|referencias|fuentes|bibliografia|fonti)\s*[:*_#=]*",
    re.IGNORECASE,
)
_SECTION_AFTER = re.compile(  # what begins behind a list of sources, as a heading without a mark of its own
    r"\W*(?:\d{1,2}\W+)?(?:annex|appendix|about\b|acknowledg|contacts?\b|conclusions?\b|summary|introduction|part\b"
    r"|chapter\b|methods?\b)",
    re.IGNORECASE,
)
_LONGEST_LEAD = 12  # characters
_LONGEST_ENTRY = 14  # words; a longer paragraph that ends with a stop and names no place to find it is prose
_MARKED = re.compile(r"\[\^?\d{1,3}\]:?\s*\S|\^?\d{1,3}[.)]?\s+\S")
_BRACKET_MARKED = re.compile(r"\[\^?\d{1,3}\]:?\s*\S")
_NOTE = re.compile(rf"[{SUPERSCRIPTS}]{{1,3}}\s?\S|[†‡]{{1,2}}\s?\S|\[\^[\w-]{{1,12}}\]:")  # only a note begins so
_NOTE_NUMBER = re.compile(r"(?:\[(\d{1,3})\]|(\d{1,3})(?= [\"“‘'A-ZÀ-Þ]))\s*\S")
_NOTE_MARK = re.compile(r"\[(\d{1,3})\]|(\d{1,3})(?=\s|\Z)")
_RAISED = re.compile(  # before a figure that was raised: "said.4"
    r"(?:[a-z]{3}[.,;:!?]|[a-z]{4}|[.,!?][”\"’)])\Z"
)
_ONLY_SPEAKS_OF = re.compile(r"(?:^|\W)(?:at|in|to|and|see|para|paras|paragraphs?|of)\s\Z|\d\Z", re.IGNORECASE)
_RULE = re.compile(r"[_‗—]{5,}")  # what a page draws above its footnotes
_POINTS_BACK = re.compile(
    r"\b(?:ibid|ib\.|op\. ?cit|loc\. ?cit|supra|as above|see above|see note)\b"
    r"|\A\W*\d{1,3}[.)\]]?\s+(?:see|cf\.|compare|quoted in|cited in|interviews? with|author[’']?s[’']? interview"
    r"|id\.)\W",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://|\bwww\.\w|\bdoi\.org/|\bdoi: ?10\.", re.IGNORECASE)
_BARE_URL = re.compile(r"(?:\[https?://[^\]]*\]\(\S*\)|<?(?:https?://|www\.)\S+?>?)[.,;]?")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_AUTHOR_DATE = re.compile(
    r"[^\W\d_][^\n]{1,250}?\(\s*(?:n\.d\.|(?:1[89]|20)\d\d[a-z]?(?:,\s*[^\W\d_]{3,9}\.?(?:\s+\d{1,2})?)?)\s*\)[.,:]\s+\S"
)
_SURNAME_FIRST = re.compile(
    r"(?:[-*•]\s+)?[A-ZÀ-Þ][\w’'-]{1,30}(?: [A-ZÀ-Þ][\w’'-]{1,30})?,? (?:[A-ZÀ-Þ][\w’'-]{0,30}\.?[\s,]{0,2}){1,4}"
    r"[^\n]{0,160}?(?:1[89]|20)\d\d"
)
_PUBLICATION = re.compile(
    r"\d\s?\(\d{1,3}\)|;\s?\d{1,4}\(|\bpp?\. ?\d|\bvol\. ?\d|\b(?:Press|Journal|Publishers|Verlag|Publishing|ISBN)\b"
    r"|\beds?\.\)|:\s?\d{1,4}[–-]\d{1,4}\.?\Z|\bdoi\b"
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
# closing marks and footnotes behind a stop
_CLOSED = r"[\"'”’»)\]*_†‡]*(?:\s?\[(?:\^?\d{1,3}|\^[\w-]{1,12})\]|[⁰¹²³⁴⁵⁶⁷⁸⁹])*\Z"
_FULL_STOP = re.compile(rf"[.!;:,…。！]{_CLOSED}|(?<=[a-z][.!?])[\"'”’)]?\d{{1,3}}\Z")
_QUESTION = re.compile(rf"[?？؟]{_CLOSED}")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s|\*\*[^*]{2,120}\*\*:?\Z|__[^_]{2,120}__:?\Z")
BULLETS = "•‣▪●○◦■□◆◇➢➤►▸✓✔→·⁃∙"
_BULLET = re.compile(rf"(?:[-*+{BULLETS}]|\d{{1,2}}[.)])\s")
_BULLETED = re.compile(rf"[-*+{BULLETS}]\s")
_PAGE = re.compile(r"\W{0,3}(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«»„]")


def kinds(text: str, paragraphs: Sequence[Line]) -> tuple[SegmentKind, ...]:
    """The kind of each paragraph of `text`, in order. Cost: linear; long paragraphs are not searched."""
    found: list[SegmentKind] = []
    notes = _notes(text, paragraphs)
    in_references = False
    for index, (start, end, _) in enumerate(paragraphs):
        words = text[start:end] if end - start <= _LONGEST_SHORT else ""
        own = _own_kind(words)
        if own is BODY and _introduces_author(text[start : min(end, start + _LONGEST_SHORT)], index, len(paragraphs)):
            own = BOILERPLATE
        if _REFERENCE_HEADING.fullmatch(words) and _lists_sources(text, paragraphs[index + 1 : index + 2]):
            in_references, own = True, REFERENCE
        elif own is HEADING and (words.startswith("#") or _SECTION_AFTER.match(words)):
            in_references = False
        elif in_references and own in (BODY, HEADING):
            in_references = bool(words) or _MARKED.match(text, start, end) is not None
            own = REFERENCE if in_references else own
        elif index in notes and own in (BODY, HEADING):
            own = REFERENCE
        found.append(own)
    for index in range(_header(text, paragraphs)):
        found[index] = BOILERPLATE
    return _by_neighbours(text, paragraphs, found)


def _lists_sources(text: str, following: Sequence[Line]) -> bool:
    """Whether what stands below a heading such as "Notes" may be a list: no sentence of the running text."""
    for start, end, _ in following:
        words = text[start : min(end, start + _LONGEST_SHORT)]
        prose = len(words.split()) > _LONGEST_ENTRY or end - start > _LONGEST_SHORT
        marked = _MARKED.match(words) or _BULLETED.match(words) or _URL.search(words) or _YEAR.search(words)
        return not prose or marked is not None or not _FULL_STOP.search(words)
    return True


def _notes(text: str, paragraphs: Sequence[Line]) -> frozenset[int]:
    """Footnotes: paragraphs that begin with a number to which the text before them points, and what a rule sets off.

    Numbered "[1]", as in judgments, or "1 ", as a PDF leaves a raised figure; they must follow one another, so
    that numbered paragraphs of the text are none.
    """
    numbers = [_NOTE_NUMBER.match(text, start, min(end, start + _LONGEST_FURNITURE)) for start, end, _ in paragraphs]
    numbered = any(numbers)
    pointed: set[int] = set()
    found: set[int] = set()
    wanted, below_rule = 0, False
    for index, ((start, end, _), number) in enumerate(zip(paragraphs, numbers, strict=True)):
        ruled = _RULE.fullmatch(text, start, end) is not None
        below_rule = ruled or (below_rule and _MARKED.match(text, start, end) is not None)
        digits = int(number[1] or number[2]) if number is not None else 0
        follows = digits in pointed and (digits == wanted or digits == min(pointed))
        if follows:
            wanted = digits + 1
        if follows or (below_rule and not ruled):
            found.add(index)
        elif numbered:
            pointed.update(_pointed_to(text, start, end))
    return frozenset(found)


def _pointed_to(text: str, start: int, end: int) -> Iterator[int]:
    """Numbers of the notes that a paragraph points to, as far as their marks are left."""
    for mark in _NOTE_MARK.finditer(text, start + 1, end):
        before = text[max(start, mark.start() - _LONGEST_LEAD) : mark.start()]
        if _RAISED.search(before) if mark[2] else not _ONLY_SPEAKS_OF.search(before):
            yield int(mark[1] or mark[2])


def _header(text: str, paragraphs: Sequence[Line]) -> int:
    """How many paragraphs at the head are front matter between rules of dashes, or lines of "Key: value"."""
    lines = [text[start:end] for start, end, _ in paragraphs[:_LONGEST_HEADER]]
    if lines and lines[0] == "---" and "---" in lines[1:]:
        return lines.index("---", 1) + 1
    return next((index for index, line in enumerate(lines) if not HEADER_LINE.match(line)), len(lines))


def _own_kind(words: str) -> SegmentKind:
    """The kind by a paragraph's own words alone; `words` is empty where it is long."""
    if not words:
        return BODY
    if _PAGE.fullmatch(words):
        return BOILERPLATE
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
    if _NOTE.match(words) or (_BRACKET_MARKED.match(words) and _YEAR.search(words)):
        return True
    if _SURNAME_FIRST.match(words) and _PUBLICATION.search(words):
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
