"""What a document says itself that it had wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.sourcing.discrepancies.pages import Page, Span
from winset.sourcing.likeness import stems
from winset.sourcing.types import MISSING, Discrepancy, DiscrepancyKind

_WORK = (
    r"(?:article|story|piece|report|post|version|column|text|page|essay|headline|caption|commentary|brief(?:ing)?|item"
    r"|interview|transcript|analysis)"
)
_BLAMED = r"(?:incorrectly|mistakenly|wrongly|erroneously|inaccurately)"
_OPENING = re.compile(
    rf"(?:An?|The|One)\s(?:earlier|previous|prior|original|initial|first)\s(?:version|edition)\s(?:of\s(?:this|the"
    rf"|our)\s{_WORK}\b"
    rf"|(?:of it\s)?(?:{_BLAMED}\s)?(?:said|stated|reported|gave|put|named|had|misstated|misidentified|misspelled"
    rf"|misspelt)\b)"
    rf"|(?:An?|The|Our)\s(?:earlier|previous|prior|original)\s{_WORK}\s(?:{_BLAMED}|misstated|misidentified"
    rf"|misspelled|misspelt)\b"
    rf"|\b(?:Corrections?|CORRECTIONS?|Clarification|CLARIFICATION|Corrected|Editor[’']s note|Erratum|Update"
    rf"|Updated)\b\s?(?:\([^)\n]{{1,40}}\))?(?:,?\s\d{{1,2}}\s\w+(?:\s\d{{4}})?"
    rf"|,?\s\w+\s\d{{1,2}}(?:,\s\d{{4}})?)?\s?[:–—-]"
    rf"|\bThis\s{_WORK}\s(?:has been|was)\s(?:\w+\s)?(?:corrected|amended|updated|clarified|changed|edited|revised)\b"
    rf"|\b(?:Correction|CORRECTION|Clarification|CLARIFICATION)\b(?=\s)"
)
_WRONG = re.compile(
    r"\b(?:(?:in|mis|wrong|mistaken|erroneous|inaccurate|incorrect)(?:correctly|ly|ely)?\s)?"
    r"(?P<verb>misstated|misidentified|misspelled|misspelt|mischaracteri[sz]ed|misquoted|misattributed|mistook"
    r"|(?:(?:incorrectly|mistakenly|wrongly|erroneously|inaccurately)\s)(?:\w+ed|said|gave|put|had|wrote|described|was)"
    r"|(?:said|stated|reported|gave|put|described|referred|identified|named|suggested|claimed|implied|indicated"
    r"|attributed|listed)"
    r"(?=\s(?:incorrectly|mistakenly|wrongly|erroneously|inaccurately|in error))"
    r"|(?:said|stated|reported|gave|put|described|referred|identified|named|suggested|claimed|implied|indicated"
    r"|attributed|listed))\b",
    re.IGNORECASE,
)
_BLAME = re.compile(r"\s?(?:incorrectly|mistakenly|wrongly|erroneously|inaccurately|in error)\s?", re.IGNORECASE)
_THAT = re.compile(r"\s*(?:that\s)?")
_RIGHT_HERE = re.compile(
    r"(?:\b(?:In fact|Actually|Rather)\b,?\s|\b(?:it|he|she|they|the (?:correct|right) \w+)\s(?:is|was|are"
    r"|were)\s(?:in fact\s|actually\s)?"
    r"|\bshould (?:have )?(?:be|been|read|say|said)\s)(?!(?:now |since )?(?:corrected|updated|amended|fixed|changed"
    r"|removed|revised)\b)(?P<right>[^.;\n]{2,160})",
    re.IGNORECASE,
)
_AS_RIGHT = re.compile(r",?\s(?:not|rather than|instead of)\s(?P<wrong>[^;,\n]{2,120}?)(?=[,;]|\.\s|\.?\Z)")
_NOTICE = 700  # characters of a correction
_HEADING = 60  # characters of a line that only announces it
_OWNS_UP = re.compile(  # a note of the editors, or an update, is a correction only where it says so
    r"\b(?:incorrect|mistaken|wrong|erroneous|inaccurate|misstat|misidentif|misspel|mischaracteri|misquot"
    r"|misattribut|in error"
    r"|(?:earlier|previous|original|prior) version|correct(?:ed|ion)\b)|, not ",
    re.IGNORECASE,
)
_AGENCY = re.compile(  # the line that a news agency puts above a story it sends again
    r"^[ \t]*\((?:Corrects|Fixes|Amends|Corrected)\b(?P<what>[^()\n]{3,240})(?:\((?P<aside>[^()\n]{3,80})\))?"
    r"[^()\n]{0,120}\)",
    re.MULTILINE,
)
_TO_NOT = re.compile(
    r"\b(?:to|is|as|was|were|are)\s(?P<right>[^,;()]{1,60}?),?\s(?:not|from|instead of|rather than)\s"
    r"(?P<wrong>[^,;()]{1,60}?)(?=[,;)]|\sin\s|\Z)"
)
_FROM_TO = re.compile(r"\bfrom\s(?P<wrong>[^,;()]{1,60}?)\sto\s(?P<right>[^,;()]{1,60}?)(?=[,;)]|\sin\s|\Z)")
_KEPT = 0.7  # share of the words of a sentence that another document has, but for what was wrong
_KEEPERS = 3  # documents that keep what was wrong, which are shown
_SWAPPED = re.compile(r",?\s(?:and\s)?not\s(?:the\s)?(?:other way (?:a?round|about)|vice versa|the reverse)\b", re.I)
_SHARED = 0.34  # of its content words that the sentence of the body must have
_FEWEST = 2


def corrections(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Stated corrections: what was wrong, the sentence that now tells it, and documents that keep what was wrong."""
    for page in pages:
        for line in _AGENCY.finditer(page.text):
            if (stated := _of_agency(page, line, pages)) is not None:
                yield stated
        reached = -1
        for match in _OPENING.finditer(page.text):
            if match.start() < reached:
                continue
            end = min(_notice_end(page.text, match.end()), match.start() + _NOTICE)
            reached = end
            if (found := _correction(page, (match.start(), end))) is not None:
                yield found


def _of_agency(page: Page, line: re.Match[str], pages: Sequence[Page]) -> Discrepancy | None:
    """Of "(Corrects number of lorries in paragraph 2 to 40, not 14)": both figures, and who still has the wrong one."""
    found = _FROM_TO.search(page.text, *line.span("what")) or _TO_NOT.search(page.text, *line.span("what"))
    if found is None:
        return None
    right, wrong = (" ".join(found[name].split()) for name in ("right", "wrong"))
    here = next((span for span in _sentences_with(page, right) if not line.start() <= span[0] < line.end()), None)
    tellings = [page.telling(wrong, *found.span("wrong"))]
    tellings.append(page.telling(right, *(here or found.span("right"))))
    keepers = list(_keepers(page, here, right, wrong, pages))[:_KEEPERS] if here else []
    tellings += [other.telling(wrong, *span) for other, span in keepers]
    names = ", ".join(other.read.document.name for other, _ in keepers)
    return Discrepancy(
        kind=DiscrepancyKind.CORRECTION,
        about=f"a correction in {page.read.document.name}",
        tellings=tuple(tellings),
        right=1,
        why="The document corrects itself: its notice tells what is right."
        + (f" What was wrong still stands in {names}." if keepers else ""),
        confidence=0.9,
    )


def _sentences_with(page: Page, words: str) -> Iterator[Span]:
    """The sentences of the body that hold these words whole."""
    wanted = re.compile(rf"(?<![\w.,]){re.escape(words)}(?![\w]|[.,]\d)")
    return (span for span in page.sentences if wanted.search(page.text, *span))


def _keepers(page: Page, here: Span, right: str, wrong: str, pages: Sequence[Page]) -> Iterator[tuple[Page, Span]]:
    """The sentences of other documents that are the corrected one with the wrong words in it."""
    own = [word for word in re.findall(r"\w+", page.text[slice(*here)]) if word not in right.split()]
    for other in pages:
        for span in _sentences_with(other, wrong) if other.number != page.number else ():
            words = [word for word in re.findall(r"\w+", other.text[slice(*span)]) if word not in wrong.split()]
            shared = set(own) & set(words)
            if len(shared) > _FEWEST and len(shared) >= _KEPT * min(len(set(own)), len(set(words))):
                yield other, span
                break


def _line_end(text: str, at: int) -> int:
    stop = text.find("\n", at)
    return len(text) if stop < 0 else stop


def _notice_end(text: str, at: int) -> int:
    """Where the notice ends: with its line, or with the next two where the line only says that one follows."""
    end = _line_end(text, at)
    for _ in range(2):
        if end - at >= _HEADING:
            break
        while end < len(text) and text[end].isspace():
            end += 1
        end = _line_end(text, end)
    return end


def _correction(page: Page, notice: Span) -> Discrepancy | None:
    if not _OWNS_UP.search(page.text, *notice):
        return None
    wrong = _wrong(page.text, notice)
    if wrong is None:
        return _not_that(page, notice)
    right = _told_in_notice(page.text, wrong, notice) or _told_in_body(page, wrong, notice)
    told = page.telling(page.text[slice(*wrong)], *wrong)
    if right is None:
        return Discrepancy(
            kind=DiscrepancyKind.CORRECTION,
            about=f"a correction in {page.read.document.name}",
            tellings=(told,),
            why="The document says that it had told this wrongly, and does not say what is right.",
            confidence=0.8,
        )
    start, end, where = right
    return Discrepancy(
        kind=DiscrepancyKind.CORRECTION,
        about=f"a correction in {page.read.document.name}",
        tellings=(told, page.telling(page.text[start:end] or MISSING, start, end)),
        right=1,
        why=f"The document corrects itself: {where}.",
        confidence=0.9,
    )


def _not_that(page: Page, notice: Span) -> Discrepancy | None:
    """Of "the vessel was the Aurora, not the Borealis, as first written": what is right stands before what is wrong."""
    if (turned := _SWAPPED.search(page.text, *notice)) is not None:
        return _other_way_round(page, notice, turned.start())
    found = _AS_RIGHT.search(page.text, *notice)
    if found is None:
        return None
    before = page.text[notice[0] : found.start()].split()[-6:]
    right = found.start() - len(" ".join(before)), found.start()
    return Discrepancy(
        kind=DiscrepancyKind.CORRECTION,
        about=f"a correction in {page.read.document.name}",
        tellings=(
            page.telling(found["wrong"], *found.span("wrong")),
            page.telling(" ".join(before[-3:]), max(notice[0], right[0]), right[1]),
        ),
        right=1,
        why="The document corrects itself: its notice tells what is right.",
        confidence=0.8,
    )


def _other_way_round(page: Page, notice: Span, end: int) -> Discrepancy:
    """Of "Ada won and Bo lost, not the other way round": what is right, and the body where it left it as it was."""
    opening = _OPENING.match(page.text, notice[0])
    start = opening.end() if opening else notice[0]
    while start < end and not page.text[start].isalnum():
        start += 1
    right = page.telling(page.text[start:end], start, end)
    body = _told_in_body(page, (start, end), notice)
    left = page.telling(page.text[body[0] : body[1]], body[0], body[1]) if body else None
    return Discrepancy(
        kind=DiscrepancyKind.CORRECTION,
        about=f"a correction in {page.read.document.name}",
        tellings=(left, right) if left else (right,),
        right=1 if left else 0,
        why="The document corrects itself: its notice tells what is right"
        + ("; look whether its text was changed." if left else "."),
        confidence=0.8,
    )


def _wrong(text: str, notice: Span) -> Span | None:
    """The words that were wrong: what an earlier version said."""
    verb = _WRONG.search(text, *notice)
    if verb is None:
        return None
    blame = _BLAME.match(text, verb.end(), notice[1])
    lead = _THAT.match(text, blame.end() if blame else verb.end(), notice[1])
    start = lead.end() if lead else verb.end()
    stop = re.compile(r"[.;](?=\s|\Z)").search(text, start, notice[1])
    while (
        stop
        and text[stop.start()] == "."
        and re.search(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|U\.S|U\.K)\Z", text[max(0, stop.start() - 4) : stop.start()])
    ):
        stop = re.compile(r"[.;](?=\s|\Z)").search(text, stop.end(), notice[1])
    end = stop.start() if stop else notice[1]
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end - start > _FEWEST else None


def _told_in_notice(text: str, wrong: Span, notice: Span) -> tuple[int, int, str] | None:
    """What the notice itself says is right, behind what was wrong."""
    if found := _RIGHT_HERE.search(text, wrong[1], notice[1]):
        return (*_trimmed(text, found.span("right")), "its notice tells what is right")
    return None


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _told_in_body(page: Page, wrong: Span, notice: Span) -> tuple[int, int, str] | None:
    """The sentence of the body that tells the same thing now: that which shares most of its words."""
    wanted = set(stems(page.text[slice(*wrong)]))
    if len(wanted) < _FEWEST:
        return None
    rare = dict.fromkeys(wanted, 0)
    said: list[tuple[Span, set[str]]] = []
    for span in page.sentences:
        if notice[0] <= span[0] < notice[1]:
            continue
        own = wanted & set(stems(page.text[slice(*span)]))
        for word in own:
            rare[word] += 1
        said.append((span, own))
    weight = {word: 1 / (1 + count) for word, count in rare.items()}
    whole = sum(weight[word] for word in wanted if rare[word])
    best = max(said, key=lambda row: sum(weight[word] for word in row[1]), default=None)
    if best is None or len(best[1]) < _FEWEST or not whole or len(best[1]) < _SHARED * len(wanted):
        return None
    return *_best_clause(page, best[0], best[1]), "its text now tells it so"


def _best_clause(page: Page, sentence: Span, shared: set[str]) -> Span:
    """The part of a long sentence that holds most of the shared words."""
    if sentence[1] - sentence[0] <= 200:  # noqa: PLR2004 - a telling's length
        return sentence
    text = page.text
    cuts = [sentence[0], *(m.end() for m in re.compile(r"[,;:—–]\s").finditer(text, *sentence)), sentence[1]]
    spans = [(a, b) for i, a in enumerate(cuts) for b in cuts[i + 1 :] if b - a <= 200]  # noqa: PLR2004
    best = max(
        spans, key=lambda span: (len(shared & set(stems(text[slice(*span)]))), span[0] - span[1]), default=sentence
    )
    return best[0], max(best[0] + 1, min(best[1], best[0] + 200))
