"""On which day a statement was made: "on Wednesday" and "at a June 6 briefing", from the document's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.statements.date_mentions import DateMention, date_mentions, year_of_writing
from winset.statements.lexicon import cues
from winset.statements.media import find_media
from winset.statements.occasions import LONGEST, OCCASION, Reading, Span
from winset.statements.types import Segment, SegmentKind

__all__ = ["DateMention", "date_mentions", "said_on", "year_of_writing"]

_NEAR = 80  # characters between the date and the words that say who spoke
_SHORT = 60  # characters of a content that may stand between the saying and its date: "rejected that idea on Monday"
_OPENING = 45  # characters from the start of a sentence within which a date frames all of it
_FIRST_WORDS = 4  # "On 5 June, ..."
_BACK_SENTENCES = 8
_BACK_SEGMENTS = 2
_REPORT_LOOK_BACK = 20_000  # characters
_HEADER = 12  # segments in which a transcript or release prints its date
_LONGEST_HEADING = 250  # characters
_SEPARATES = re.compile(
    r"[;:“”\"]|,\s(?:and|but|while|whereas|although)\b|\b(?:which|who|whose|that|whether|because|although|while|if)\b"
)
_SUBORDINATE = re.compile(r"\b(?:during|in|at|on|after)\s(?:which|whom)\s(?:\w+\s){0,2}\Z")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|had|has|have|can|could|should|may|might|must|did|does|do"
    r"|(?!reporters)[a-z]{2,}ed)\b"
)
_CLAUSE = re.compile(r",\s(?:where|when|and|but|who)\b|;\s")
_NOT_PAST = re.compile(
    r"(?:has|have|is|are|wants?|believes?|thinks?|says|keeps?|remains?|will|would|often|repeatedly|always)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"(?:has|have|is|are)\b", re.IGNORECASE)  # "In May" frames no "has said"
_HAS = re.compile(r"\b(?:has|have)\s(?:\w+\s)?\Z", re.IGNORECASE)
_NEVER_SAID = re.compile(
    r"(?:will|shall|would|may|might|could)\b|(?:is|are) (?:to|expected|due|set|likely)\b", re.IGNORECASE
)
_LATER = re.compile(
    r"\W{0,3}(?:(?:and|but)\s)?(?:later|afterwards?|since then|subsequently|eventually|then|meanwhile|separately"
    r"|previously"
    r"|earlier|in the past|for (?:years|months|decades)|over the years|once)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|they|it|who|i|we)\Z", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+")
_NOT_NAMES = frozenset(
    "The A An This That These Those His Her Its Their Our On In At By Of And But For From As After Before During"
    " When While"
    " He She They It We I One Some Many Most Other Others Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " January"
    " February March April May June July August September October November December Asked Speaking According"
    " Earlier Later"
    " Last This Meanwhile However With To If Since Although Both Each Mr Mrs Ms Dr".split()
)
_COMMON_HEADS = frozenset(
    "Ministry Government Party Commission Council Office Union Department Committee Parliament Group Agency Institute"
    " University States Minister President Secretary-General Foundation Association Court Bank".split()
)
_ROLE = re.compile(
    r"\b(?:spokes\w+|minister|president|premier|chancellor|secretary|official|diplomat|ambassador|envoy|senator"
    r"|governor|mayor"
    r"|leader|chief|head|director|chair\w*|commissioner|king|queen|prince|pope|general|admiral|candidate|nominee"
    r"|lawmaker"
    r"|politician|adviser|advisor|expert|analyst|professor|economist|author|journalist|judge|lawyer|congress\w+)s?\Z",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:both|the two)\]?\s(?:sides|leaders|ministers|men|women|countries|presidents)\Z", re.IGNORECASE
)
_SUBJECT_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|It)\b")
_WHO_ACTS = re.compile(r"(?:\s(?:morning|afternoon|evening|night))?,?\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?(?P<who>[\w’'-]+)\s")
_PERSONAL = frozenset(("he", "she", "they"))
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)")
_REPORT = re.compile(r"\b(?:report|article|story|interview|newspaper|paper|magazine)\b", re.IGNORECASE)
_LABEL = re.compile(r"[*_]{0,2}\s?(?:\([^()\n]{0,60}\))?[*_]{0,2}\s?[:：]")
_MET = re.compile(
    r"\b(?:met|meeting|talks|visit\w*|summit|discussions|conference|forum|debate|dinner|session)\b", re.IGNORECASE
)
_CLOSING = "”\"“»«’'」』.,!?\u00a0 "
_RIGHT_BEHIND = re.compile(r"\w?[”\"»][.,]?\s(?:on\s)?")
_PARENTHESIS = re.compile(r"[”\"’'.,»\s]{0,4}\((?:[^()]{0,60}[,;]\s)?\Z")


def said_on(
    document: Document,
    *,
    source: Span | None,
    cue: Span | None,
    contents: Sequence[Span],
    segments: Sequence[Segment],
    languages: Mapping[int, str] | None = None,
) -> PartialDate | None:
    """When the words of a statement were said, as far as the text tells; None where it does not.

    A date counts when it stands outside the contents and either close to source or cue with no other clause between,
    or in the opening words of the sentence. Else a statement in the past tense inherits the dated occasion ("at a
    June 6 briefing", "on Wednesday he told ...") of the sentences before it: in its own paragraph, or in the two
    before when the speaker is named in each. "The NAME report" has the date given with that medium before. Turns of
    a transcript have the one day printed above the first of them, and so has what a person says whose dated remarks
    are the document's title. The date of publication alone is never an answer.
    languages: by number of the segment, of those that are not English (`languages.foreign`).
    All spans are half-open, in the document's text. Cost: bounded by the sentences looked back on.
    """
    spans = [span for span in (cue, source) if span] or [_with_marks(document.text, span) for span in contents[:1]]
    if not spans:
        return None
    reading = Reading(document.text, segments, document.published, languages or {})
    place = reading.place(spans[0][0])
    if place is None or (cue and _NEVER_SAID.match(document.text, *cue)):
        return None
    segment, sentence = place
    start, end = segments[segment].sentences[sentence]
    near = max(start, spans[0][0] - LONGEST), min(end, max(spans[0][1], spans[-1][1]) + LONGEST)
    own = reading.occasions(*near, outside=contents)
    perfect = cue if cue and _is_perfect(document.text, cue) else None
    placed = [mention for mention in own if mention.start >= perfect[1]] if perfect else own
    attached = _attached(document.text, placed, spans, start, without=contents)
    attached = attached or _behind(document.text, own, contents)
    if attached is not None:
        return attached.date
    if source is not None and (reported := _report_before(reading, source)):
        return reported
    if source is not None and _is_label(reading, segment, source):
        return _of_the_header(reading)
    if cue is None or source is None or not _is_past(document.text, cue):
        return None
    shared = _of_the_main_clause(document.text, own, source, cue, contents)
    return shared.date if shared else _inherited(reading, segment, sentence, source)


def _with_marks(text: str, span: Span) -> Span:
    """With the marks that close a quotation and the comma, so that what stands behind is near."""
    start, end = span
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return start, end


def _is_perfect(text: str, cue: Span) -> bool:
    return bool(_PERFECT.match(text, *cue) or _HAS.search(text[max(0, cue[0] - 16) : cue[0]]))


def _is_past(text: str, cue: Span) -> bool:
    """Whether the cue may tell of one past moment: "said", "to accuse"; not "has said", "challenges", "opposition"."""
    words = text[slice(*cue)].lower()
    if _NOT_PAST.match(words) or _is_perfect(text, cue):
        return False
    tenses = {form.tense for word in words.split() for form in cues().get(word, ())}
    bare = words.startswith("to ") or text[max(0, cue[0] - 3) : cue[0]] == "to "
    return bool(tenses - {"s", "base"}) or (bare and bool(tenses)) or words == "according to"


def _attached(
    text: str,
    mentions: Sequence[DateMention],
    spans: Sequence[Span],
    start: int,
    *,
    opening: int = _OPENING,
    without: Sequence[Span] = (),
) -> DateMention | None:
    """The date that goes with the saying, the nearest first; a short content between them is no clause."""
    short = [span for span in without if span[1] - span[0] <= _SHORT]
    near = []
    for mention in mentions:
        gaps = [_gap(text, mention, span, short) for span in spans]
        distance = min((len(gap) for gap in gaps if len(gap) <= _NEAR and not _SEPARATES.search(gap)), default=None)
        if distance is not None:
            near.append((distance, mention.start, mention))
    if near:
        return min(near, key=lambda row: row[:2])[2]
    last = max(spans[0][0], spans[-1][0])
    for mention in mentions:
        clause = _SUBORDINATE.search(text[max(start, spans[-1][0] - 30) : min(span[0] for span in spans)])
        if clause and mention.end <= last <= mention.end + 4 * _NEAR:
            return mention  # "in an interview in May, during which he said"
    first = [mention for mention in mentions if mention.start - start <= opening]
    framing = [mention for mention in first if mention.end <= last]
    return framing[0] if framing and not _SEPARATES.search(text[start : framing[0].start]) else None


def _gap(text: str, mention: DateMention, span: Span, without: Sequence[Span] = ()) -> str:
    """The text between a date and a span, less these stretches; empty where they touch or overlap."""
    low, high = (mention.end, span[0]) if mention.end <= span[0] else (span[1], mention.start)
    for start, end in without:
        if low <= start and end <= high and not _FINITE.search(text[end:high]):
            return text[low:start] + text[end:high]
    return text[low:high]


def _behind(text: str, mentions: Sequence[DateMention], contents: Sequence[Span]) -> DateMention | None:
    """The date right behind quoted words: “It holds” (3 May 2022), called it “a disgrace” on Friday."""
    for mention in mentions:
        for _, end in contents:
            between = text[end : mention.start] if 0 <= mention.start - end <= _NEAR else None
            if between is not None and (
                _PARENTHESIS.fullmatch(between) or _RIGHT_BEHIND.fullmatch(text[end - 1 : end] + between)
            ):
                return mention
    return None


def _of_the_main_clause(
    text: str, mentions: Sequence[DateMention], source: Span, cue: Span, contents: Sequence[Span]
) -> DateMention | None:
    """The date of what the same source did first in the sentence: "told parliament on Monday ..., adding that"."""
    low, high = source[1], cue[0]
    if not low < high <= low + LONGEST:
        return None
    said = [
        (low + found.start(), low + found.end())
        for found in OCCASION.finditer(text[low:high])
        if not any(start <= low + found.start() < end for start, end in contents)
    ]
    within = [mention for mention in mentions if mention.end <= high]
    return _attached(text, within, said[:1], low, opening=0) if said else None


def _report_before(reading: Reading, source: Span) -> PartialDate | None:
    """The date of "the NAME report", where a report of that medium was dated before."""
    words = reading.text[slice(*source)]
    named = find_media(reading.text, *source)
    if not named or not _REPORT.search(words):
        return None
    low = max(0, source[0] - _REPORT_LOOK_BACK)
    for mention in reversed(find_media(reading.text, low, source[0])):
        place = reading.place(mention.start)
        if mention.name != named[0].name or place is None:
            continue
        sentence = reading.segments[place[0]].sentences[place[1]]
        dated = _attached(reading.text, reading.occasions(*sentence), [(mention.start, mention.end)], sentence[0])
        if dated is not None:
            return dated.date
    return None


def _is_label(reading: Reading, segment: int, source: Span) -> bool:
    """Whether the source is the label of a turn: "MR KIM: ..." at the start of its paragraph."""
    before = reading.text[reading.segments[segment].start : source[0]]
    return not before.strip("*_ ") and _LABEL.match(reading.text, source[1]) is not None


def _of_the_header(reading: Reading) -> PartialDate | None:
    """The one day that the short lines before the first turn of a transcript print."""
    days: set[PartialDate] = set()
    for segment in reading.segments[:_HEADER]:
        words = reading.text[segment.start : segment.end]
        if len(words) > _LONGEST_HEADING or _first_label(words):
            break
        mentions = reading.named(segment.start, segment.end)
        days.update(mention.date for mention in mentions if mention.date.precision == "day")
    past = [day for day in days if not reading.published or day.earliest <= reading.published.latest]
    return past[0] if len(past) == 1 else None


def _first_label(words: str) -> bool:
    return re.match(
        r"[*_]{0,2}[A-ZÀ-Þ][\w .'’-]{0,50}(?:\([^()\n]{0,60}\))?[*_]{0,2}[:：]\s+\S", words
    ) is not None and (
        re.match(r"[*_]{0,2}(?:date|time|place|venue|location|published|updated)\b", words, re.IGNORECASE) is None
    )


def _key(speaker: str) -> str | None:
    """The word that must name the speaker in a sentence before; None where it need not be named again."""
    if _DEFINITE.match(speaker) and _ROLE.search(speaker):
        return None  # "the NATO chief" is no word of the sentences before
    names = [name for name in _NAME.findall(speaker.split(",", maxsplit=1)[0]) if name not in _NOT_NAMES]
    if not names:
        return None
    return " ".join(names[-2:]) if names[-1] in _COMMON_HEADS else names[-1]


def _may_refer_back(speaker: str) -> bool:
    """Whether it is "he" or "the minister"; "some", "other members" and "critics" are new to the text."""
    return bool(_PRONOUN.match(speaker)) or bool(_DEFINITE.match(speaker) and _ROLE.search(speaker))


def _inherited(reading: Reading, segment: int, sentence: int, source: Span) -> PartialDate | None:
    """The date of the occasion that the sentences before go on from."""
    start, _ = reading.segments[segment].sentences[sentence]
    speaker = reading.text[slice(*source)]
    both = _BOTH.search(reading.text[max(start, source[0] - 12) : source[1]]) is not None
    key = None if both else _key(speaker)
    if _LATER.match(reading.text, start, start + 40) or (key is None and not both and not _may_refer_back(speaker)):
        return None
    for back, (number, span) in enumerate(_before(reading.segments, segment, sentence)):
        if back >= _BACK_SENTENCES or segment - number > _BACK_SEGMENTS:
            break
        span = (max(span[0], span[1] - LONGEST), span[1])  # noqa: PLW2901 - an endless sentence is read at its end
        words = reading.text[slice(*span)]
        named = key is None or key in words
        day = _occasion_in(reading, span, back) if named else None
        if day or (back == 0 and number == segment and (day := _opened_by(reading, span, key))):
            return day
        if key is None:
            key = _subject(words)
        elif not named and number != segment:
            break
    return _of_the_title(reading, key)


def _occasion_in(reading: Reading, span: Span, back: int) -> PartialDate | None:
    """The date of what was said, or of a meeting, in a sentence before; never a mere year."""
    words = reading.text[slice(*span)]
    dated = [mention for mention in reading.occasions(*span) if mention.date.precision != "year"]
    if not dated:
        return None
    occasions = [(span[0] + found.start(), span[0] + found.end()) for found in OCCASION.finditer(words)]
    # "visited in April, and was reported to say": the date must go with the saying
    said = [mention for mention in dated if not _in_content(reading.text, mention, occasions)]
    told = [mention for mention in said if not _before_its_cue(reading.text, mention, span[0], occasions)]
    attached = _attached(reading.text, told, occasions, span[0], opening=_FIRST_WORDS) if occasions else None
    if attached is None and back == 0:
        met = [(span[0] + found.start(), span[0] + found.end()) for found in _MET.finditer(words)]
        days = [mention for mention in said if mention.date.precision == "day"]
        attached = _attached(reading.text, days, met, span[0], opening=_FIRST_WORDS) if met else None
    return attached.date if attached else None


def _opened_by(reading: Reading, span: Span, key: str | None) -> PartialDate | None:
    """The day on which the sentence before says the same person did something: "On Monday she returned"."""
    for mention in reading.occasions(*span):
        subject = _WHO_ACTS.match(reading.text, mention.end, span[1])
        if mention.date.precision == "day" and mention.start - span[0] <= _FIRST_WORDS and subject:
            return mention.date if subject["who"].lower() in _PERSONAL or key == subject["who"] else None
    return None


def _in_content(text: str, mention: DateMention, occasions: Sequence[Span]) -> bool:
    """Whether it stands in what is said: "said the port closed on Friday"."""
    before = [end for _, end in occasions if end <= mention.start]
    if not before:
        return False
    clause = _CLAUSE.split(text[before[0] : mention.start])[-1]
    found = OCCASION.search(clause)
    said = clause[found.end() :] if found and len(clause) < mention.start - before[0] else clause
    return _FINITE.search(OCCASION.sub("", said)) is not None


def _before_its_cue(text: str, mention: DateMention, start: int, occasions: Sequence[Span]) -> bool:
    """Whether it stands in what is said before the cue: "The port could close this week, said Reed"."""
    if any(begin < mention.end for begin, _ in occasions):
        return False
    return (
        text[mention.end : mention.end + 1] in (",", "”", '"')
        and _FINITE.search(text[start : mention.start]) is not None
    )


def _subject(words: str) -> str | None:
    """Whom the sentence is about, by the first name in it, so that "he" behind it is that person."""
    words = _QUOTED.sub(" ", words)
    pronoun = _SUBJECT_PRONOUN.search(words)
    words = words[: pronoun.start()] if pronoun else words
    for found in re.finditer(r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:[a-z]{2,3}\s)?[A-ZÀ-Þ][\w’'-]+)*", words):
        names = [name for name in found.group().split() if name not in _NOT_NAMES]
        if names:
            return names[-1].removesuffix("'s").removesuffix("’s")
    return None


def _of_the_title(reading: Reading, key: str | None) -> PartialDate | None:
    """The day of a title such as "Remarks by NAME, 3 May 2022", for that person."""
    for segment in reading.segments[:2]:
        words = reading.text[segment.start : segment.end]
        if (
            key
            and len(words) <= _LONGEST_HEADING
            and words[-1:] not in ".!?"
            and key in words
            and OCCASION.search(words)
        ):
            days = {each.date for each in reading.occasions(segment.start, segment.end) if each.date.precision == "day"}
            return days.pop() if len(days) == 1 else None
    return None


def _before(segments: Sequence[Segment], segment: int, sentence: int) -> Iterator[tuple[int, Span]]:
    """Sentences before one, backwards, until a heading; each with the number of its segment."""
    yield from ((segment, span) for span in reversed(segments[segment].sentences[:sentence]))
    for number in range(segment - 1, -1, -1):
        if segments[number].kind is not SegmentKind.BODY:
            return
        yield from ((number, span) for span in reversed(segments[number].sentences))
