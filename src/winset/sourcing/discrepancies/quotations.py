"""One utterance quoted in two wordings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property
from itertools import pairwise

from winset.actors.tables import folded
from winset.ids import PartialDate
from winset.sourcing.discrepancies.names import one_slip
from winset.sourcing.discrepancies.pages import Page, meet
from winset.sourcing.likeness import distance, is_content, shared_run, stem
from winset.sourcing.types import Discrepancy, DiscrepancyKind, Telling

_FEWEST = 7  # words of a quotation that is compared
_LONGEST = 250  # words
_MATCHING = 6  # words that two wordings of one transcript share in order
_SAME = 0.6  # share of the words between the first and the last shared one that are the same
_FEW_STEMS = 3  # stems that two wordings of one transcript share
_HALF, _HALF_WORDS = 0.5, 9  # the same of retold words, of which the encoder must say that they mean the same
_MEANING = 0.75  # cosine of two sentence vectors
_BACK = 300  # characters of the paragraph before a quotation, in which its speaker is named
_LONG_NAME = 6  # letters of a surname that may have a slip
_WITHIN_ONE = 0.8  # of two quotations in one document, which may be two sentences of one speech
_GAP_WORDS = 3  # between a single shared word at either end and the rest
_RUN = 4  # words in a row, one of which says something, by which two quotations are brought together
_STEMS, _MANY_STEMS = 6, 8  # stems that two translations share; with fewer the encoder must say that they are one
_OWN = 2  # stems that each has for itself
_LONGEST_RUN = 5  # words in a row that two translations share; more are one transcript, cut in two ways
_CONTAINED = 0.6  # share of the shorter one's stems
_COMMON = 0.35  # share of both together
_COPIES = 2  # of the same words that are looked at: two media may name the speaker, or the day, in other ways
_MANY = 40  # quotations with one stem; where more have it, it singles out none
_FURTHEST = 60  # days between two publications that may quote one utterance in other words
_QUOTED_LINK = re.compile(r"(?<!\w)[‘“'\"]\[(?P<words>[^\[\]\n]{25,400})\]\(")  # a mark that nothing closes
_LINK = re.compile(r"\]\([^()\s]{0,300}\)")
_BRACKETS = re.compile(r"\[[^\[\]]{0,60}\]")
_GAP = re.compile(r"\.\s?\.\s?\.(?:\s?\.)?|…|\[\s?(?:\.\.\.|…)\s?\]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GAP_WORD = "…"
_SHORT_FORMS = {
    "it's": "it is", "that's": "that is",
    "there's": "there is", "he's": "he is", "she's": "she is", "what's": "what is",
    "i'm": "i am", "we're": "we are", "they're": "they are", "you're": "you are", "i've": "i have", "we've": "we have",
    "they've": "they have", "you've": "you have", "won't": "will not", "can't": "can not", "cannot": "can not",
    "don't": "do not", "doesn't": "does not", "didn't": "did not", "isn't": "is not", "aren't": "are not",
    "wasn't": "was not", "weren't": "were not", "hasn't": "has not", "haven't": "have not", "wouldn't": "would not",
    "shouldn't": "should not", "couldn't": "could not", "i'll": "i will", "we'll": "we will", "they'll": "they will",
    "gonna": "going to", "wanna": "want to", "let's": "let us", "i'd": "i would", "we'd": "we would",
}  # fmt: skip


@dataclass(frozen=True)
class _Quoted:
    """One quotation of a document."""

    page: Page
    start: int  # with its marks
    end: int
    plain: str  # without links, insertions and editors' brackets

    @cached_property
    def words(self) -> list[str]:
        """In small letters, short forms written out, gaps as one word."""
        marked = _GAP.sub(f" {_GAP_WORD} ", self.plain.replace("’", "'").casefold())
        found = re.findall(rf"{_GAP_WORD}|{_WORD.pattern}", marked)
        return [part for word in found for part in _SHORT_FORMS.get(word, word).split()]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of its content words, hyphens apart."""
        return frozenset(stem(word) for word in self.words if word != _GAP_WORD and is_content(word))

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Who said it, or may have: everybody whose statement holds it or stands beside it."""
        low, high = self.page.around(self.start, self.end)
        said = [*self.page.saying(self.start, self.end), *self.page.said_in(low, high)]
        return frozenset(name for _, actor, person in said for name in (actor, person) if name)

    @cached_property
    def said_on(self) -> PartialDate | None:
        """The day of the statement that it belongs to."""
        days = (row.said_on for row, _, _ in self.page.saying(self.start, self.end))
        return next((day for day in days if day is not None), None)


def quotations(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Quotations of one speaker and one occasion that nearly are the same words, or say the same in other words.

    Not: one that is shorter, left out something, brackets, capitals, short forms; nor other sentences of one speech.
    """
    quoted = list(_once(row for page in pages for row in (*_quoted(page), *_linked(page))))
    groups = _Groups(len(quoted))
    how: dict[tuple[int, int], str] = {}
    for first, second in _candidates(quoted):
        if groups.of(first) != groups.of(second) and (why := _other_words(quoted[first], quoted[second])):
            groups.join(first, second)
            how[first, second] = why
    for members in groups.several():
        rows = [quoted[number] for number in members]
        kinds = {why for (first, _), why in how.items() if groups.of(first) == groups.of(members[0])}
        if (found := _discrepancy(rows, kinds)) is not None:
            yield found


def _once(quoted: Iterable[_Quoted]) -> Iterator[_Quoted]:
    """Each quotation in the first documents that have it, copies left out."""
    seen: Counter[str] = Counter()
    for row in quoted:
        words = " ".join(row.words)
        seen[words] += 1
        if seen[words] <= _COPIES:
            yield row


def _quoted(page: Page) -> Iterator[_Quoted]:
    for row in page.quotations:
        inner = _BRACKETS.sub(" ", _without_links(page.text[row.inner_start : row.inner_end]))
        quoted = _Quoted(page, row.start, row.end, inner)
        if _FEWEST <= len(quoted.words) <= _LONGEST:
            yield quoted


def _linked(page: Page) -> Iterator[_Quoted]:
    """Links whose words open with a quotation mark that the page left open."""
    for match in _QUOTED_LINK.finditer(page.text) if "](" in page.text else ():
        if not any(row.start <= match.start() < row.end for row in page.quotations):
            quoted = _Quoted(page, match.start(), match.end("words") + 1, match["words"])
            if _FEWEST <= len(quoted.words) <= _LONGEST:
                yield quoted


def _without_links(words: str) -> str:
    """The words of links without their addresses: "[as said](#)" is "as said"."""
    if "](" not in words:
        return words
    bare = _LINK.sub("\x00", words.replace("\\[", "").replace("\\]", ""))
    return bare.replace("[", "").replace("\x00", "")


def _candidates(quoted: Sequence[_Quoted]) -> Iterator[tuple[int, int]]:
    """Pairs that share enough stems which few others have, in order."""
    having: dict[str, list[int]] = {}
    for number, row in enumerate(quoted):
        for each in row.stems:
            having.setdefault(each, []).append(number)
    runs: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(quoted):
        for run in _runs_of_words(row.words):
            runs.setdefault(run, []).append(number)
    for number, row in enumerate(quoted):
        shared: Counter[int] = Counter()
        for each in row.stems:
            if len(having[each]) <= _MANY:
                shared.update(other for other in having[each] if other > number)
        near = {
            other
            for run in _runs_of_words(row.words)
            if len(runs[run]) <= _MANY
            for other in runs[run]
            if other > number
        }
        near |= {
            other
            for other, count in shared.items()
            if count >= max(2, min(4, len(row.stems) // 2, len(quoted[other].stems) // 2))
        }
        yield from ((number, other) for other in sorted(near))


def _runs_of_words(words: Sequence[str]) -> set[tuple[str, ...]]:
    """A few words in a row, at least one of which says something."""
    found = (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return {run for run in found if any(is_content(word) and word != _GAP_WORD for word in run)}


def _other_words(one: _Quoted, two: _Quoted) -> str | None:
    """Why both are one utterance in two wordings; None where they are not, or are the same words."""
    if one.page.number == two.page.number and abs(one.start - two.start) < 2 * (one.end - one.start):
        return None  # one after the other: two sentences of one speech
    if not _one_speaker(one, two) or not _one_time(one, two):
        return None
    if _excerpt(one.words, two.words):
        return None
    alike, same = _transcripts(one.words, two.words)
    shared = len(one.stems & two.stems)
    if alike >= (_WITHIN_ONE if one.page.number == two.page.number else _SAME) and shared >= max(
        _FEW_STEMS, _HALF * min(len(one.stems), len(two.stems))
    ):
        return "transcript"
    if _translations(one, two):
        return "translation"
    if same >= max(_HALF_WORDS, _HALF * max(len(one.words), len(two.words))) and _retold(one, two):
        return "translation"
    return None


def _one_speaker(one: _Quoted, two: _Quoted) -> bool:
    """Whether one may have said both: the same actor or person, or a name that only a slip tells apart."""
    if one.speakers & two.speakers:
        return True
    if not one.speakers or not two.speakers:
        told, other = (one, two) if one.speakers else (two, one)
        low, high = other.page.around(other.start, other.end)
        line = other.page.text.rfind("\n", max(0, low - _BACK), low) + 1  # "she said": named in the sentences before
        low = line or max(0, low - _BACK)
        words = set(re.findall(r"[^\W\d_]+", folded(other.page.text[low:high])))
        surnames = {folded(name).split()[-1] for name in told.speakers if " " in name}
        return any(_nearly(surname, word) for surname in surnames for word in words)
    return any(one_slip(folded(a), folded(b)) for a in one.speakers for b in two.speakers)


def _nearly(surname: str, word: str) -> bool:
    """Whether a word is that surname, or a long one with a slip."""
    return surname == word or (min(len(surname), len(word)) >= _LONG_NAME and distance(surname, word, 1) <= 1)


def _one_time(one: _Quoted, two: _Quoted) -> bool:
    """Whether they may have been said on one day."""
    if one.said_on is not None and two.said_on is not None:
        return meet(one.said_on, two.said_on)
    for told, other in ((one.said_on, two.page.published), (two.said_on, one.page.published)):
        if told is not None and other is not None and told.earliest > other.latest:
            return False
    return True


def _runs(words: Sequence[str]) -> list[list[str]]:
    """What stands between the gaps."""
    runs: list[list[str]] = [[]]
    for word in words:
        if word == _GAP_WORD:
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]


def _excerpt(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether one of them only leaves out part of the other."""
    short, long = sorted((one, two), key=len)
    whole = f" {' '.join(map(stem, long))} "
    return all(f" {' '.join(map(stem, run))} " in whole for run in _runs(short))


def _transcripts(one: Sequence[str], two: Sequence[str]) -> tuple[float, int]:
    """How far they are the same words in the same order, a word that says something being another; 0 where not so.

    Of the words between the first and the last that both have, the share that is the same, 0-1, and their number.
    """
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    while len(blocks) > 1 and blocks[0].size == 1 and _far(blocks[0], blocks[1]):
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1].size == 1 and _far(blocks[-2], blocks[-1]):
        blocks = blocks[:-1]
    if len(blocks) < 2:  # noqa: PLR2004 - nothing in between
        return 0.0, 0
    same = sum(block.size for block in blocks)
    first, last = blocks[0], blocks[-1]
    spans = last.a + last.size - first.a, last.b + last.size - first.b
    telling = any(
        _tells(one[before.a + before.size : after.a], two[before.b + before.size : after.b])
        for before, after in pairwise(blocks)
    )
    enough = same >= max(_MATCHING, _HALF * min(len(one), len(two)))
    return (same / max(spans), same) if telling and enough else (0.0, 0)


def _retold(one: _Quoted, two: _Quoted) -> bool:
    """Whether words that are half the same mean the same, and may be of one day."""
    if one.page.number == two.page.number:
        return False
    days = [row.page.day for row in (one, two)]
    if (one.said_on is None or two.said_on is None) and (
        days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) > _FURTHEST
    ):
        return False
    return _mean_the_same(one, two)


def _mean_the_same(one: _Quoted, two: _Quoted) -> bool:
    from winset.statements.meaning.vectors import sentence_encoder

    first, second = sentence_encoder().vectors([one.plain, two.plain])
    return float(first @ second) >= _MEANING


def _far(before: Match, behind: Match) -> bool:
    """Whether more than a few words stand between two shared runs."""
    return max(behind.a - before.a - before.size, behind.b - before.b - before.size) > _GAP_WORDS


def _tells(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the words between two shared runs differ in what they say, and neither side marks a gap."""
    if _GAP_WORD in one or _GAP_WORD in two or not one or not two:
        return False
    first, second = ({stem(word) for word in side if is_content(word)} for side in (one, two))
    return first != second and bool(first) and bool(second) and not _joined_alike(one, two)


def _joined_alike(one: Sequence[str], two: Sequence[str]) -> bool:
    return "".join(one) == "".join(two)


def _translations(one: _Quoted, two: _Quoted) -> bool:
    """Whether they say the same in other words: too much shared for two sentences of one speaker."""
    if one.page.number == two.page.number:
        return False
    shared = one.stems & two.stems
    own = min(len(one.stems - shared), len(two.stems - shared))
    if len(shared) < _STEMS or own < _OWN or shared_run(one.words, two.words) > _LONGEST_RUN:
        return False
    part = len(shared) / min(len(one.stems), len(two.stems))
    if part < _CONTAINED or len(shared) / len(one.stems | two.stems) < _COMMON:
        return False
    return len(shared) >= _MANY_STEMS or _mean_the_same(one, two)


class _Groups:
    """Numbers, some of which belong together."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, number: int) -> int:
        """The first number of its group."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, two: int) -> None:
        """Both groups become one."""
        low, high = sorted((self.of(one), self.of(two)))
        self._above[high] = low

    def several(self) -> list[list[int]]:
        """Groups of two or more, in order."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._above)):
            found.setdefault(self.of(number), []).append(number)
        return [group for group in found.values() if len(group) > 1]


def _discrepancy(rows: Sequence[_Quoted], kinds: set[str]) -> Discrepancy | None:
    once: list[_Quoted] = []
    for row in rows:
        if not any(_excerpt(row.words, other.words) for other in once):
            once.append(row)
    if len(once) < 2:  # noqa: PLR2004
        return None
    speaker = next((name for row in once for name in sorted(row.speakers) if " " in name), None)
    about = f"what {speaker} said" if speaker else "the wording of one utterance"
    translated = kinds == {"translation"}
    why = (
        "The documents do not decide it: both say the same in other words, as two translations of one text do."
        if translated
        else "The documents do not decide it: the same words are quoted with other ones in between."
    )
    return Discrepancy(
        kind=DiscrepancyKind.QUOTATION,
        about=about,
        tellings=tuple(_telling(row) for row in once),
        why=why,
        confidence=0.7 if translated else 0.85,
    )


def _telling(row: _Quoted) -> Telling:
    value = " ".join(row.page.text[row.start : row.end].split())
    end = row.end if row.end - row.start <= 200 else row.start + 200  # noqa: PLR2004 - a telling's length
    return row.page.telling(value, row.start, end)
