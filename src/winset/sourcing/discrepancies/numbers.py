"""One quantity with two figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise

from winset.sourcing.discrepancies.aligned import Told
from winset.sourcing.discrepancies.pages import Page, Span, known, on_one_matter, one_day, one_period
from winset.sourcing.likeness import is_content, stem
from winset.sourcing.types import Discrepancy, DiscrepancyKind

_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen"
        " eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "bn": 10**9,
    "m": 10**6,
}
_WORDS = "|".join([*_TENS, *_SMALL])
_FIGURE = re.compile(
    rf"(?<![\w.,/$€£¥-])(?P<money>(?:[$€£¥]|EUR\b|USD\b|GBP\b|JPY\b)\s?)?(?P<figure>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,3}})?"
    rf"|\d{{1,9}}(?:\.\d{{1,3}})?"
    rf"|(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(list(_SMALL)[1:10])}))?|{'|'.join(_SMALL)})(?:\s(?:hundred"
    rf"|thousand))?)"
    rf"(?:\s(?P<scale>hundred|thousand|million|billion|trillion|bn)\b)?(?![\w/]|[.,]\d|:\d|[’'])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:\s?(?P<percent>%|per\s?cent\b|percent\b)|\s(?P<coin>dollars?|euros?|pounds?|yen|yuan|roubles?|rubles?"
    r"|francs?|rupees?|kroner|kronor|reais)\b"
    r"|[\s-](?P<words>(?:(?!and\b|or\b|to\b|of\b|in\b|the\b|on\b|at\b|by\b|for\b|from\b|with\b|as\b|who\b|that\b"
    r"|which\b)"
    r"[A-Za-z][\w’-]*\s){0,3}?(?P<noun>[a-z][a-z-]{2,}s|people|men|women|children|troops|police)\b))"
)
_COINS = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "USD": "dollar", "EUR": "euro", "GBP": "pound", "JPY": "yen",
}  # fmt: skip
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2
    )
}
_TURN = rf"(?P<turn>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}|{'|'.join(list(_SMALL)[2:13])})"
_SPELL = r"(?P<spell>year|season|month|week|day|quarter|term|time|summer|winter|election)s?"
_RUNNING = (  # "for the fifth year running", "five consecutive years"
    re.compile(rf"\b{_TURN}\s(?:straight|consecutive|successive)\s{_SPELL}\b", re.I),
    re.compile(rf"\b{_TURN}\s{_SPELL}\s(?:running|in a row|in succession)\b", re.I),
)
_YEARLY_BEHIND = re.compile(r"\s?(?:a|per|each|every)\s(?:year|annum)\b|\s?(?:annually|yearly)\b", re.I)
_YEARLY_BEFORE = re.compile(r"\b(?:annual|yearly|annually)\b[^.;]{0,40}\Z", re.I)
_LASTING = re.compile(r"\bfor\s\Z", re.I)  # "for ten years": how long, not when
_TIMES = frozenset("years months weeks days".split())
_POINT = re.compile(
    r"\b(?P<whole>[a-z]+)\spoint\s(?P<tenth>[a-z]+)\s(?P<scale>thousand|million|billion)\s(?P<noun>dollars?|euros?"
    r"|pounds?|people)\b",
    re.I,
)
_HEDGE = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|under|more than|less than|fewer than|at least"
    r"|at most|up to|as many as"
    r"|as few as|close to|an estimated|estimated|circa|well over|just over|just under|other|another|further"
    r"|additional|remaining|last|past|next|first"
    r"|every|each|between|from|to|chapter|article|page|paragraph|section|number|no\.?|aged?|top|fellow)\s(?:the\s"
    r"|these\s|those\s|its\s|his\s|her\s|their\s)?\Z",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:[-–]|to|or)\s?\d", re.IGNORECASE)
_NO_UNIT = frozenset(
    "years months weeks days hours minutes seconds times ways things points degrees others reasons cents aims sides"
    " terms"
    " examples cases questions pages words others ones steps items others always is was has does as this its his"
    " thus us".split()
)
_LOOSE = frozenset(
    "percent people voters dollars points states countries men women children supporters Americans".casefold().split()
)
_WINDOW = 14  # words on either side that tell what is counted
_SHARED, _SHARED_LOOSE, _SHARED_SHORT = 4, 6, 3  # stems of these that both tell
_PART, _PART_LOOSE, _PART_SHORT = 0.55, 0.7, 0.6
_SHORT = 18  # words of a sentence that is short
_NAMES, _MANY_NAMES = 1, 3
_PART_NEAR, _WEEK = 0.4, 7  # of two documents of one week, or where many names are shared
_MANY, _RAREST = 30, 8  # figures of one unit and stem; stems of a figure that are looked up
_MOST_VALUES = 3  # of one quantity
_COPIES = 2  # documents in which one sentence is looked at; more copies of it decide nothing
_FACTOR = 3  # between two figures for one thing, unless a nought was lost
_GROWING = re.compile(
    r"\b(?:to date|so far|now|already|currently|at present|until now|thus far|as of|since|by then|still|this (?:week"
    r"|month|year)"
    r"|rose|risen|fell|fallen|grew|grown|increased|decreased|reached|another|remaining|more)\b",
    re.IGNORECASE,
)
_SWAPPABLE = 10  # a figure has two digits at least
_EXACT = 100  # smaller whole numbers are not rounded
_YEARS = 1500, 2100  # a figure between them is taken for a year
_DAYS = 31  # between publications, beyond which a count may have changed
_MATTER_DAYS = 60  # between two documents on one matter whose figures have the same digits in another order
_MOST_RUNS = 200  # of them that are compared
_FEW_VALUES = 2  # of one unit in a document that counts one thing in it
_LONG_FIGURE, _LARGE = 100, 1e5  # from which a figure with its digits in another order is a slip, not another count
_SHARED_RUN, _SHARED_RUN_APART = 2, 4  # stems that two "years running" share, the last before them being one or not
_NEARLY = 0.06  # share by which a rounded figure is off
_SHOWN = 4  # tellings of one discrepancy
_MEMBERS = frozenset(stem(word) for word in "members member states countries nations allies".split())
_MEMBER = re.compile(
    r"\s(?:member[\s-](?:states?|countries|nations|governments)|members|allies)\b|[\s-](?:member|nation"
    r"|country)\s(?=\w)",
    re.I,
)


@dataclass(frozen=True)
class _Figure:
    """A figure with what it counts."""

    page: Page
    start: int
    end: int  # of the figure with its unit
    value: float
    unit: str  # stem of the counted noun, "percent"
    loose: bool
    sentence: Span
    alone: bool = True  # of its unit in the sentence
    hedged: bool = False

    @cached_property
    def around(self) -> frozenset[str]:
        """Stems near by, without the unit and other figures."""
        text = self.page.text
        before = text[self.sentence[0] : self.start].split()[-_WINDOW:]
        after = text[self.end : self.sentence[1]].split()[:_WINDOW]
        parts = re.findall(r"[^\W\d_][^\W_]+", " ".join((*before, "|", *after)))
        return frozenset(
            each for part in parts if is_content(part) and (each := stem(part)) != self.unit and each not in _SMALL
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Those of them that are names."""
        told = Told(self.page, *self.sentence).weighed
        return frozenset(each for each in self.around if told.get(each))


def numbers(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Counts of one thing that differ; not where one is hedged, rounder, of another time, or part of the other."""
    every = list(_once(row for page in pages for row in _figures(page)))
    figures = [row for row in every if not row.hedged]
    yield from _members(figures)
    yield from _runs(pages)
    having: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(figures):
        for each in row.around:
            having.setdefault((row.unit, each), []).append(number)
    shared: dict[tuple[int, int], int] = {}
    for number, row in enumerate(figures):
        keys = sorted((len(having[row.unit, each]), each) for each in row.around)[:_RAREST]
        for count, each in keys:
            if count <= _MANY:
                for other in having[row.unit, each]:
                    if other != number:
                        pair = (min(number, other), max(number, other))
                        shared[pair] = shared.get(pair, 0) + 1
    near: dict[int, list[int]] = {}
    for first, second in shared:
        near.setdefault(first, []).append(second)
        near.setdefault(second, []).append(first)
    clashes: list[tuple[int, int]] = []
    told: set[tuple[int, int]] = set()
    for first, second in sorted(shared):
        if figures[first].value != figures[second].value and _one_quantity(figures[first], figures[second], figures):
            clashes.append((first, second))
    for members in _together(clashes):
        values = {figures[number].value for number in members}
        if len(values) <= _MOST_VALUES:  # more are a quantity that changes
            also = {other for number in members for other in near[number] if figures[other].value in values}
            rows = [figures[number] for number in members]
            told |= {(row.page.number, row.start) for row in rows}
            yield _discrepancy(rows, [figures[number] for number in sorted(also)])
    yield from _swaps(every, told)


def _swaps(figures: Sequence[_Figure], told: set[tuple[int, int]]) -> Iterator[Discrepancy]:
    """Large figures with their digits in another order, in two documents on one matter that say no more of it."""
    groups: dict[tuple[str, str], list[_Figure]] = {}
    values: dict[tuple[int, str], set[float]] = {}
    for row in figures:
        values.setdefault((row.page.number, row.unit), set()).add(row.value)
        if row.value >= (_LARGE if row.unit in _COINS.values() else _LONG_FIGURE) and row.unit != "percent":
            digits = "".join(sorted(f"{row.value:.6g}".replace(".", "")))
            groups.setdefault((row.unit, digits), []).append(row)
    for rows in groups.values():
        found = [pair for pair in combinations(rows[:_MANY], 2) if _is_swap(*pair, values)]
        new = [pair for pair in found if not any((row.page.number, row.start) in told for row in pair)]
        if new:
            sides = list({(row.page.number, row.value): row for pair in new for row in pair}.values())
            if len({row.value for row in sides}) == 2:  # noqa: PLR2004 - the one and the other
                near = [row for row in figures if row.hedged and row.unit == sides[0].unit]
                yield _discrepancy(sides, (), supported=near)


def _is_swap(one: _Figure, two: _Figure, values: dict[tuple[int, str], set[float]]) -> bool:
    if one.page.number == two.page.number or one.value == two.value or not _swapped(one, two):
        return False
    own = [values[row.page.number, row.unit] for row in (one, two)]
    if two.value in own[0] or one.value in own[1] or max(map(len, own)) > _FEW_VALUES:
        return False
    return on_one_matter(one.page, two.page, days=_MATTER_DAYS) and one_day(
        one.page, one.sentence, two.page, two.sentence
    )


def _runs(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """For how many years running something was so, told in documents on one matter."""
    found = [row for page in pages for row in _running(page)]
    seen: set[tuple[str, float, float]] = set()
    for one, two in combinations(found[:_MOST_RUNS], 2):
        shared = one.around & two.around
        key = one.unit, min(one.value, two.value), max(one.value, two.value)
        if one.page.number == two.page.number or one.unit != two.unit or one.value == two.value or key in seen:
            continue
        fewest = _SHARED_RUN if _before(one) == _before(two) else _SHARED_RUN_APART
        if len(shared) < fewest or _tells_both(one, two, found):
            continue
        if on_one_matter(one.page, two.page, days=_MATTER_DAYS) and one_day(
            one.page, one.sentence, two.page, two.sentence
        ):
            seen.add(key)
            yield _discrepancy([one, two], ())


def _before(row: _Figure) -> str:
    """Stem of the last content word before a figure: what was so for years."""
    words = re.findall(r"[^\W\d_][^\W_]+", row.page.text[row.sentence[0] : row.start])
    return next((stem(word) for word in reversed(words) if is_content(word)), "")


def _running(page: Page) -> Iterator[_Figure]:
    for sentence in page.sentences:
        for pattern in _RUNNING:
            for match in pattern.finditer(page.text, *sentence):
                turn = match["turn"].casefold()
                value = _ORDINALS.get(turn) or _SMALL.get(turn) or int(re.sub(r"\D", "", turn) or 0)
                yield _Figure(
                    page, *match.span(), float(value), f"{match['spell'].casefold()} running", False, sentence
                )


def _together(clashes: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Numbers that are linked, in groups, in order."""
    groups: dict[int, set[int]] = {}
    for first, second in clashes:
        both = groups.get(first, {first}) | groups.get(second, {second})
        for number in both:
            groups[number] = both
    return [sorted(group) for number, group in sorted(groups.items()) if number == min(group)]


def _once(figures: Iterable[_Figure]) -> Iterator[_Figure]:
    """Without the copies of sentences that stand in many documents."""
    seen: Counter[str] = Counter()
    for row in figures:
        words = " ".join(row.page.text[row.sentence[0] : row.sentence[1]].split()) + f" {row.start - row.sentence[0]}"
        seen[words] += 1
        if seen[words] <= _COPIES:
            yield row


def _figures(page: Page) -> Iterator[_Figure]:
    """The figures that are not hedged. Several of one unit in a sentence are compared there, or are parts."""
    for sentence in page.sentences:
        found = list(_in_sentence(page, sentence))
        for row, hedged in found:
            yield replace(row, alone=sum(other.unit == row.unit for other, _ in found) == 1, hedged=hedged)


def _in_sentence(page: Page, sentence: Span) -> Iterator[tuple[_Figure, bool]]:
    text, (low, high) = page.text, sentence
    for match in _POINT.finditer(text, low, high):
        whole, tenth = _SMALL.get(match["whole"].casefold()), _SMALL.get(match["tenth"].casefold())
        if whole is not None and tenth is not None and tenth < 10:  # noqa: PLR2004 - one digit
            spoken = round((whole + tenth / 10) * _SCALES[match["scale"].casefold()], 3)
            counted = _rated(stem(match["noun"]), text, match.start(), match.end(), sentence)
            yield _Figure(page, match.start(), match.end(), spoken, counted, True, sentence), False
    for match in _FIGURE.finditer(text, low, high):
        value = _value(match)
        unit = _UNIT.match(text, match.end(), high)
        if value is None or text[max(low, match.start() - 6) : match.start()] == "point ":
            continue
        before = text[max(low, match.start() - 24) : match.start()]
        hedged = bool(_HEDGE.search(before) or _RANGE.match(text, match.end(), high))
        if match["money"] or (unit and unit["coin"]):
            coin = _COINS[match["money"].strip().upper()] if match["money"] else stem(unit["coin"]) if unit else ""
            end = unit.end() if unit and unit["coin"] else match.end()
            yield (
                _Figure(
                    page, match.start(), end, value, _rated(coin, text, match.start(), end, sentence), True, sentence
                ),
                hedged,
            )
            continue
        if unit is None:
            continue
        noun = "percent" if unit["percent"] else unit["noun"].casefold()
        if noun in _TIMES and _LASTING.search(before) and not unit["words"].rpartition(" ")[0]:
            yield _Figure(page, match.start(), unit.end(), value, f"for {noun}", False, sentence), hedged
        elif noun in _LOOSE and (kind := unit["words"] and unit["words"].split()[:-1]):
            counted = f"{stem(kind[-1])} {stem(noun)}"  # "island states" are fewer than states
            yield _Figure(page, match.start(), unit.end(), value, counted, False, sentence), hedged
        elif noun not in _NO_UNIT and (value >= 2 or noun == "percent"):  # noqa: PLR2004
            yield (
                _Figure(
                    page,
                    match.start(),
                    unit.end(),
                    value,
                    noun if noun == "percent" else stem(noun),
                    noun in _LOOSE,
                    sentence,
                ),
                hedged,
            )


def _rated(unit: str, text: str, start: int, end: int, sentence: Span) -> str:
    """The unit, "a year" added where it is one of a year."""
    yearly = _YEARLY_BEHIND.match(text, end, sentence[1]) or _YEARLY_BEFORE.search(text[sentence[0] : start])
    return f"{unit} a year" if yearly else unit


def _value(match: re.Match[str]) -> float | None:
    words = match["figure"].casefold()
    scale = _SCALES[match["scale"].casefold()] if match["scale"] else 1
    if words[0].isdigit():
        plain = words.replace(",", "")
        value = float(plain)
        return (
            None
            if scale == 1 and value.is_integer() and _YEARS[0] <= value <= _YEARS[1] and "," not in words
            else value * scale
        )
    total = 0
    for part in re.split(r"[-\s]", words):
        total = total * _SCALES[part] if part in _SCALES else total + (_SMALL.get(part) or _TENS.get(part) or 0)
    return float(total * scale)


def _one_quantity(one: _Figure, two: _Figure, figures: Sequence[_Figure]) -> bool:
    low, high = sorted((one.value, two.value))
    if one.page.number == two.page.number or not (high <= _FACTOR * low or high == 10 * low) or _rounder(low, high):
        return False
    shared = one.around & two.around
    names = len(one.names & two.names)
    if _swapped(one, two):
        if not shared or (not one.unit.endswith(" a year") and (len(shared) < _SHARED_SHORT or not names)):
            return False
    elif not one.alone or not two.alone or names < _NAMES:
        return False
    else:
        fewest, part = (_SHARED_LOOSE, _PART_LOOSE) if one.loose or two.loose else (_SHARED, _PART)
        short = not one.loose and not two.loose and min(_words(one), _words(two)) <= _SHORT
        if short and len(shared) == _SHARED_SHORT:
            fewest, part = _SHARED_SHORT, _PART_SHORT
        near = one.page.day and two.page.day and one_period(one.page, two.page, days=_WEEK)
        if one.unit != "percent" and (names >= _MANY_NAMES or near):  # polls have shares of everything
            fewest, part = min(fewest, _SHARED), min(part, _PART_NEAR)
        if len(shared) < fewest or len(shared) < part * max(1, min(len(one.around), len(two.around))):
            return False
    return _one_time(one, two) and not _tells_both(one, two, figures)


def _words(row: _Figure) -> int:
    return len(row.page.text[slice(*row.sentence)].split())


def _swapped(one: _Figure, two: _Figure) -> bool:
    """Whether two figures have the same digits in another order, as 4.8 and 8.4 million have."""
    digits = [f"{row.value:.6g}".replace(".", "") for row in (one, two)]
    same = sorted(digits[0]) == sorted(digits[1]) and f"{one.value:.0e}"[-3:] == f"{two.value:.0e}"[-3:]
    return same and len(set(digits[0])) > 1 and min(one.value, two.value) >= _SWAPPABLE


def _tells_both(one: _Figure, two: _Figure, figures: Sequence[_Figure]) -> bool:
    """Whether one of the documents has both figures for what is called the same."""
    return any(
        row.unit == one.unit
        and (
            (row.page.number == one.page.number and row.value == two.value)
            or (row.page.number == two.page.number and row.value == one.value)
        )
        for row in figures
    )


def _one_time(one: _Figure, two: _Figure) -> bool:
    if not one_period(one.page, two.page, days=_DAYS):
        return False
    words = [row.page.text[slice(*row.sentence)] for row in (one, two)]
    if any(_GROWING.search(each) for each in words) and (one.page.day is None or one.page.day != two.page.day):
        return False
    return one_day(one.page, one.sentence, two.page, two.sentence)


def _rounder(one: float, two: float) -> bool:
    """Whether one may be the other, rounded.

    >>> _rounder(1187.0, 1200.0), _rounder(2.97e6, 3e6), _rounder(30.0, 31.0)
    (True, True, False)
    """
    low, high = sorted((one, two))
    if high < _EXACT and low.is_integer() and high.is_integer():
        return False
    forms = (f".{digits}e" for digits in range(3))
    return any(float(f"{low:{form}}") == high or float(f"{high:{form}}") == low for form in forms)


def _discrepancy(
    members: Sequence[_Figure], beside: Sequence[_Figure], *, supported: Sequence[_Figure] = ()
) -> Discrepancy:
    """Made of members. beside: other figures of the same unit that stand near the same words with one of the values.

    supported: rounded figures, which stand for the value that they are near.
    """
    rows: list[_Figure] = []
    for row in (*members, *beside):
        fits = row in members or any(
            len(row.around & each.around) >= _SHARED_SHORT - 1 or _swapped(row, each) for each in members
        )
        if fits and row.page.number not in {other.page.number for other in rows}:
            rows.append(row)
    by_value: dict[float, list[_Figure]] = {}
    for row in sorted(rows, key=lambda row: row.page.number):
        by_value.setdefault(row.value, []).append(row)
    kept = [row for group in by_value.values() for row in group[: _SHOWN // 2]]
    words = [" ".join(row.page.text[row.start : row.end].split()) for row in kept]
    counts = sorted((len(group) for group in by_value.values()), reverse=True)
    right: int | None = None
    why = "The documents do not decide it: each figure is told by as many, and neither is the other made rounder."
    if len(counts) > 1 and counts[0] > counts[1]:
        best = max(by_value, key=lambda value: len(by_value[value]))
        right = next(number for number, row in enumerate(kept) if row.value == best)
        others = " and ".join(words[number] for number, row in enumerate(kept) if row.value != best)
        why = f"{_documents(counts[0])} tell {words[right]}; {others} stands in {_documents(counts[1])}."
    rounded = [
        {row.page.number for row in supported if abs(row.value - value) <= _NEARLY * value} for value in by_value
    ]
    if right is None and len(by_value) == 2 and bool(rounded[0]) != bool(rounded[1]):  # noqa: PLR2004
        best = list(by_value)[0 if rounded[0] else 1]
        right = next(number for number, row in enumerate(kept) if row.value == best)
        why = f"A third document rounds it to nearly {words[right]}; nothing is near the other figure."
    return Discrepancy(
        kind=DiscrepancyKind.NUMBER,
        about=_about(kept[0], words[0]),
        tellings=tuple(row.page.telling(word, row.start, row.end) for row, word in zip(kept, words, strict=True)),
        right=right,
        why=why[0].upper() + why[1:],
        confidence=0.65,
    )


def _documents(count: int) -> str:
    return "one document" if count == 1 else f"{count} documents"


def _about(row: _Figure, words: str) -> str:
    if row.unit.startswith("percent"):
        return "a share in percent"
    if row.unit.endswith(" running"):
        return f"for how many {row.unit.removesuffix(' running')}s running"
    if row.unit.startswith("for "):
        return f"for how many {row.unit.removeprefix('for ')}"
    if row.unit.endswith(" a year"):
        return "a sum a year"
    return "a sum of money" if row.unit in _COINS.values() else f"the number of {words.rsplit(maxsplit=1)[-1]}"


def _members(figures: Sequence[_Figure]) -> Iterator[Discrepancy]:
    """How many members a body has: its name and the figure stand side by side."""
    told: dict[str, dict[float, _Figure]] = {}
    for row in figures:
        if row.unit in _MEMBERS and (body := _body(row)) is not None:
            told.setdefault(body, {}).setdefault(row.value, row)
    for body, rows in told.items():
        several = sorted(rows.values(), key=lambda row: (row.page.number, row.start))
        for one, two in pairwise(several):
            if one.page.number != two.page.number and _one_time(one, two) and not _tells_both(one, two, figures):
                yield _membership(body, one, two)
                break


def _body(row: _Figure) -> str | None:
    """The body whose members are counted: "NATO's 31 members", "the 31 members of NATO", "its 31 member states"."""
    text, (low, high) = row.page.text, row.sentence
    if not _MEMBER.match(text, next(i for i in range(row.start, row.end) if text[i] in " -")):
        return None
    before = text[max(low, row.start - 6) : row.start]
    mentions = row.page.names.mentions_in(low, high)
    behind = re.compile(r"\s(?:of|in)\s(?:the\s)?").match(text, row.end)
    for mention in mentions:
        if behind and mention.start == behind.end():
            return str(row.page.names.meant(mention))
        if mention.end <= row.start and re.fullmatch(r"[’']s?\s(?:all\s|current\s)?", text[mention.end : row.start]):
            return str(row.page.names.meant(mention))
    if before.endswith(" its "):
        bodies = [m for m in mentions if m.end <= row.start and not known().region(row.page.names.meant(m))]
        return str(row.page.names.meant(bodies[-1])) if bodies else None
    return None


def _membership(body: str, one: _Figure, two: _Figure) -> Discrepancy:
    name = known().actors[body].name if body in known().actors else body  # type: ignore[index]
    day = one.page.day or two.page.day
    count = len(known().members(body, day)) if day else 0  # type: ignore[arg-type]
    values = [row.value for row in (one, two)]
    right = values.index(float(count)) if float(count) in values else None
    words = [" ".join(row.page.text[row.start : row.end].split()) for row in (one, two)]
    return Discrepancy(
        kind=DiscrepancyKind.NUMBER,
        about=f"how many members {name} has",
        tellings=tuple(row.page.telling(word, row.start, row.end) for row, word in zip((one, two), words, strict=True)),
        right=right,
        why=f"By the registry {name} had {count} members at that time."
        if right is not None
        else "The documents do not decide it: neither tells on which day it was so.",
        confidence=0.8,
    )
