"""What the words beside a person's name say: an office of a state or body, or an affiliation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from winset.actors.affiliations import affiliation
from winset.actors.places import Place, Placed, Span
from winset.actors.reading import Reading
from winset.actors.titles import COMMENTATOR, FORMER, OPPOSITION, OfficeWord, offices_in
from winset.ids import ActorId

_BREAK = re.compile(r"[;:()\"“”—–\[\]]|\.\s|,\s(?!and\s[\w\s]{1,40}\Z)")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Dr|Gen|Adm|Mr|Mrs|Ms|Prof)\Z")
_HONORIFIC = re.compile(r"\s(?:Dr|Gen|Adm|Sir|Dame|Prof|Mr|Ms|Mrs|General|Admiral)\.?\Z")
_DESCRIPTION_STOP = re.compile(
    r"[,;:]?\s?\b(?:said|told|says|say|tells|wrote|writes|tweeted|argue[sd]?|warn(?:ed|s)|added|adds|thinks?|believes?"
    r"|agree[sd]?|claim(?:ed|s)|stated?|noted|notes|explain(?:ed|s)|suggest(?:ed|s)|announced|has|had|have|did|will|would"
    r"|could|was quoted|called|calls|asked|insist(?:ed|s)|expressed|described|voiced|declared|confirmed|denied)\b"
    r"|[\"“”;]"
)
_APPOSITION = re.compile(r"(?:\s\([^)\n]{1,40}\))?(?:,\s|\s[—–-]{1,2}\s|\s?\()")
_COPULA = re.compile(
    r",?\s(?:(?:who\s)?(?:is|was|serves as|works as|works|teaches|currently)"
    r"|who(?=\s(?:heads|leads|directs|runs|chairs|teaches|works)))\b"
)
_BELONGS = re.compile(r"\s(?:of|from|at|with)\s(?:the\s)?(?=[A-ZÀ-Ž])")
_POSSESSED = re.compile(r"'s?\s")
_POSSESSIVE = re.compile(r"(?:'s|s')\s(?:own\s)?\Z")
_ROLE = re.compile(r"(?:an?|the|who|now|currently|[a-z])")
_ROLE_BEGINS = re.compile(r"\A\s*(?:(?:who\s)?(?:is|was)\s)?(?:(?:an?|the|now|currently|also|its|their)\s)*", re.I)
_ROLE_ENDS = re.compile(r"\s(?:at|of|for|with|from|in|on|and)\s|,")
_ITS = re.compile(r"(?:its|their)\s", re.I)
_PUBLIC = re.compile(r"(?:Office|Ministry|Department|Agency|Bureau|Cabinet|Parliament|Senate|Congress|Government)\b")
_BRACKETS = re.compile(r"\s\((?P<inside>[^()\n]{2,40})\)")
_LINK_BEHIND = re.compile(r"\]\([^()\s]{0,500}\)")
_FROM_A_PLACE = re.compile(r"(?:reporting|speaking|writing|calling|talking|back)\s(?:\w+\s)?from\b", re.I)
_NOW = re.compile(r"\b(?:and|now|current)\b")
_OFFICE_OF = re.compile(r",?\s(?:of|for|from)\s(?:[\w'-]+\s(?:and\s|of\s)?){0,5}")
_PHRASE_ENDS = re.compile(
    r"\b(?:to|in|with|at|by|from|against|that|who|which|said|told|says|asked|met|meets|urged|and (?:the|his|her)|as"
    r"|than|after)\b|[,;:]"
)
_ONLY_THERE: dict[tuple[str, ...], ActorId] = {  # offices that only one state or body has under that name
    ("pope",): ActorId("VAT"),
    ("chief cabinet secretary",): ActorId("JPN"),
    ("supreme allied commander",): ActorId("nato"),
    ("cop president",): ActorId("unfccc"),
    ("special representative",): ActorId("un"),
    ("union chair",): ActorId("african-union"),
    ("chairperson-in-office",): ActorId("osce"),
}
_ARTICLE = len("the ")
_REACH = 110  # characters that a title before a name may take
_FURTHER = 240  # and a description behind it
_PAST = 60  # characters before an office in which "former" belongs to it
_GAP_WORDS = 7  # words between a state's name and the office


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What the words beside a name say: whom the person speaks for, and what told us."""

    represents: ActorId | None = None  # a state or body
    affiliation: str | None = None  # of one who only comments
    comments: bool = False  # speaks for no state: expert, former official, author
    titles: tuple[str, ...] = ()  # of the shipped offices
    role: str | None = None  # as the text names it: "foreign minister", "senior fellow"
    score: float
    rule: str
    words: str = ""  # the description itself


def portraits_at(reading: Reading, name: Span) -> Iterator[Portrait]:
    """Every description of the person that the words around this mention give."""
    text = reading.text
    if name[0] and text[name[0] - 1] == "[" and (link := _LINK_BEHIND.match(text, name[1])):
        name = (name[0] - 1, link.end())  # the name is a link's: what describes it stands around the link
    for look in (_title_before, _owner_before, _in_brackets, _behind, _before, _affiliation_behind, _said_to_be):
        portrait = look(reading, name)
        if portrait:
            yield portrait


def actor_of_office(reading: Reading, office: OfficeWord, start: int, end: int) -> ActorId | None:
    """The state or body whose office it is: "French Foreign Minister", "minister of France"."""
    before = [mention for mention in reading.mentions_in(start, end) if mention.start < office.start]
    if "commissioner" not in office.words:  # "Moscow's UN envoy" is Moscow's; a commissioner is the body's
        before.sort(key=lambda mention: (_POSSESSED.match(reading.text, mention.end) is not None, mention.start))
    for mention in reversed(before):
        gap = reading.text[mention.end : office.start]
        if gap.startswith("-based"):
            continue
        if len(gap.split()) <= _GAP_WORDS and not _PHRASE_ENDS.search(gap):
            return reading.meant(mention)
    for mention in reading.mentions_in(office.end, end):
        if _OFFICE_OF.fullmatch(reading.text, office.end, mention.start):
            return reading.meant(mention)
    if office.titles and office.titles[0].endswith("commissioner") and "high" not in office.words:
        return ActorId("eu")
    return _ONLY_THERE.get(office.titles)


def _title_before(reading: Reading, name: Span) -> Portrait | None:
    """French President N.; Hill Institute fellow N."""
    start, end = _phrase_start(reading, name[0]), name[0]
    words = reading.text[start:end].rstrip()
    words = _HONORIFIC.sub("", words)
    end = start + len(words)
    offices = [office for office in offices_in(reading.text, start, end) if office.end == end]
    if offices:
        return _of_office(reading, offices[0], start, end, rule="title and name", score=0.95)
    if any(match.end() == end for match in COMMENTATOR.finditer(reading.text, start, end)):
        return _of_commentator(reading, start, end, rule="expert's title and name", score=0.85)
    return None


def _phrase_start(reading: Reading, at: int) -> int:
    """Where the noun phrase that ends at `at` may begin at the earliest."""
    low = max(reading.sentence_at(at)[0], at - _REACH)
    breaks = [match.end() for match in _BREAK.finditer(reading.text, low, at) if not _abbreviation(reading.text, match)]
    return breaks[-1] if breaks else low


def _abbreviation(text: str, match: re.Match[str]) -> bool:
    at = match.start()
    return text[at] == "." and _ABBREVIATED.search(text[max(0, at - 6) : at]) is not None


def _owner_before(reading: Reading, name: Span) -> Portrait | None:
    """Hungary's N.; the Hill Institute's N."""
    owned = _POSSESSIVE.search(reading.text[max(0, name[0] - 8) : name[0]])
    if owned is None:
        return None
    at = max(0, name[0] - 8) + owned.start()
    state, organisation = reading.mentions.before(at), reading.organisations.before(at)
    if (medium := reading.media.before(at)) and medium.end == at:
        return Portrait(affiliation=medium.name, comments=True, score=0.85, rule="medium's possessive and name")
    if state and state.end == at:
        return Portrait(represents=reading.meant(state), score=0.8, rule="state's possessive and name")
    if organisation and organisation.end == at:
        place = reading.text[organisation.start : at]
        return Portrait(affiliation=place, comments=True, score=0.8, rule="organisation's possessive and name")
    return None


def _in_brackets(reading: Reading, name: Span) -> Portrait | None:
    """N. (Ghana), as United Nations press releases write."""
    brackets = _BRACKETS.match(reading.text, name[1])
    named = reading.mentions.holding(brackets.start("inside")) if brackets else None
    if brackets is None or named is None or (named.start, named.end) != brackets.span("inside"):
        return None
    return Portrait(represents=reading.meant(named), score=0.96, rule="state in brackets")


def _behind(reading: Reading, name: Span) -> Portrait | None:
    """N., the NATO spokesperson; N., a fellow at the Hill Institute; N. (Hill Institute)."""
    opening = _APPOSITION.match(reading.text, name[1])
    if opening is None:
        return None
    end = _description_end(reading, opening.end())
    if opening.group().endswith("(") and (closing := reading.text.find(")", opening.end(), end)) >= 0:
        end = closing
    return _described(reading, opening.end(), end, rule="apposition", score=0.92)


def _description_end(reading: Reading, start: int) -> int:
    limit = min(reading.sentence_at(max(start - 1, 0))[1], start + _FURTHER)
    stop = _DESCRIPTION_STOP.search(reading.text, start, limit)
    return stop.start() if stop else limit


def _before(reading: Reading, name: Span) -> Portrait | None:
    """The NATO spokesperson, N., said; Japan's ambassador to Norway, N."""
    if reading.text[max(0, name[0] - 2) : name[0]] != ", ":
        return None
    end = name[0] - 2
    start = _phrase_start(reading, end)
    if not offices_in(reading.text, start, end) and not COMMENTATOR.search(reading.text, start, end):
        return None
    if any(named.end >= start - 2 for named in reading.names_in(max(0, start - _PAST), start)):
        return None  # the description is the apposition of the name before it
    return _described(reading, start, end, rule="description and name", score=0.8)


def _affiliation_behind(reading: Reading, name: Span) -> Portrait | None:
    """N. of the Hill Institute; N. of Hungary."""
    joint = _BELONGS.match(reading.text, name[1])
    if joint is None:
        return None
    at = joint.end()
    organisation = next(iter(reading.organisations_in(at - _ARTICLE, at + _REACH)), None)
    if organisation and organisation.start <= at:
        place = reading.text[organisation.start : organisation.end]
        return Portrait(affiliation=place, comments=True, score=0.88, rule="name and affiliation")
    if state := reading.mentions.holding(at):
        return Portrait(represents=reading.meant(state), score=0.75, rule="name and state")
    if _PUBLIC.match(reading.text, at):
        return Portrait(score=0.3, rule="name and public office")
    return None


def _said_to_be(reading: Reading, name: Span) -> Portrait | None:
    """N. is a fellow at the Hill Institute; N., who heads the Hill Institute."""
    joint = _COPULA.match(reading.text, name[1])
    if joint is None:
        return None
    return _described(reading, joint.end(), _description_end(reading, joint.end()), rule="description", score=0.8)


def _described(reading: Reading, start: int, end: int, *, rule: str, score: float) -> Portrait | None:
    """What a description says; None where it says nothing or is somebody else's title."""
    if _somebody_else(reading, start, end):
        return None
    offices = [office for office in offices_in(reading.text, start, end) if not _former(reading, start, office.start)]
    comment = COMMENTATOR.search(reading.text, start, end)
    portrait = None  # of an office whose state the description does not name
    if offices and (comment is None or offices[0].start <= comment.start()):
        portrait = _of_office(reading, offices[0], start, end, rule=f"{rule} with an office", score=score)
        if portrait.represents or portrait.comments:
            return portrait
    if _FROM_A_PLACE.match(reading.text, start, end):
        return portrait
    belongs = affiliation(reading.text, start, end)
    if comment or (belongs and (offices or _names_a_role(reading.text[start : belongs[0]]))):
        return _of_commentator(reading, start, end, rule=f"{rule} with an affiliation", score=score)
    if FORMER.search(reading.text, start, end):
        role = f"former {held[0].words}" if (held := offices_in(reading.text, start, end)) else None
        return Portrait(comments=True, role=role, score=score - 0.1, rule=f"{rule}: formerly in office")
    return portrait


def _names_a_role(before: str) -> bool:
    """Whether the words before an organisation make it the person's: "who works for the", or nothing at all."""
    return len(before) <= _ARTICLE or _ROLE.match(before.strip()) is not None


def _somebody_else(reading: Reading, start: int, end: int) -> bool:
    """Whether the description is the next person's title: "Rutte, German Chancellor Olaf Scholz and others"."""
    for named in reading.names_in(start, end):
        before = reading.text[start : named.start].rstrip()
        if "," not in before and (not before or _ends_in_title(before)):
            return True
    return False


def _ends_in_title(words: str) -> bool:
    ends = [office.end for office in offices_in(words, 0, len(words))]
    return len(words) in (*ends, *(match.end() for match in COMMENTATOR.finditer(words)))


def _former(reading: Reading, start: int, at: int) -> bool:
    low = max(start, at - _PAST)
    return bool(FORMER.search(reading.text, low, at)) and not _NOW.search(reading.text, low, at)


def _of_office(reading: Reading, office: OfficeWord, start: int, end: int, *, rule: str, score: float) -> Portrait:
    """An office of a state or body; none where it is past; that of an organisation where one is named."""
    if FORMER.search(reading.text, max(start, office.start - _PAST), office.start):
        belongs = affiliation(reading.text, office.end, end)
        place = reading.text[belongs[0] : belongs[1]] if belongs else None
        return Portrait(
            affiliation=place,
            comments=True,
            role=f"former {office.words}",
            score=score - 0.1,
            rule=f"{rule}: formerly in office",
        )
    of = actor_of_office(reading, office, start, end)
    words = reading.text[start:end]
    if of is None and (own := _own_organisation(reading, office, start, end)):
        return Portrait(affiliation=own, comments=True, role=office.words, score=score - 0.05, rule=rule, words=words)
    if OPPOSITION.search(reading.text, start, office.start):
        return Portrait(comments=True, role=office.words, score=0.5, rule=f"{rule}: opposition", words=words)
    return Portrait(
        represents=of,
        titles=office.titles,
        role=office.words,
        score=score if of else 0.3,
        rule=rule,
        words=words,
    )


def _own_organisation(reading: Reading, office: OfficeWord, start: int, end: int) -> str | None:
    """The organisation that an office such as "president of the Hill Institute" belongs to."""
    behind = affiliation(reading.text, office.end, end)
    if behind and not reading.mentions_in(*behind):
        return reading.text[behind[0] : behind[1]]
    before = reading.organisations_in(start, office.start)
    owner = before[-1] if before else _named_before(reading, start)
    return reading.text[owner.start : owner.end] if owner else None


def _named_before(reading: Reading, start: int) -> Place | None:
    """The organisation that "its director" is of: the one named last in the paragraph."""
    owner = reading.organisations.before(start) if _ITS.match(reading.text, start) else None
    return owner if owner and owner.start >= reading.paragraph_at(start)[0] else None


def _of_commentator(reading: Reading, start: int, end: int, *, rule: str, score: float) -> Portrait:
    """An expert, author or journalist, of an organisation or medium where one is named."""
    belongs = affiliation(reading.text, start, end)
    if belongs is None and (owner := _named_before(reading, start)):
        belongs = (owner.start, owner.end)
    if belongs is None:
        named: list[Placed] = [*reading.organisations_in(start, end), *reading.media_in(start, end)]
        belongs = (named[0].start, named[0].end) if named else None
    place = reading.text[belongs[0] : belongs[1]] if belongs else None
    words = reading.text[start:end]
    return Portrait(affiliation=place, comments=True, role=_role(words), score=score, rule=rule, words=words)


def _role(words: str) -> str | None:
    """What a description calls somebody: "senior fellow" of "a senior fellow at the Hill Institute"."""
    head = _ROLE_ENDS.split(_ROLE_BEGINS.sub("", words), maxsplit=1)[0].strip(" ,")
    named = [match.end() for match in COMMENTATOR.finditer(head)]
    return head[: named[-1]] if named else None
