"""Which two utterances of different documents are one: by quoted words, report, occasion, wording or copied text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from winset.sourcing.likeness import is_content, shared_run
from winset.sourcing.tracing.told import agree, is_day
from winset.sourcing.tracing.utterances import Utterance, is_named
from winset.statements.types import Form

QUOTATION, REPORT, OCCASION, PARAPHRASE, COPY = "quotation", "report", "occasion", "paraphrase", "copy"

_GRAM = 5  # words in a row by which utterances are looked for
_RUN = 6  # quoted words in a row that two people seldom say alike
_OF_THEM = 3  # content words among these
_LONG_RUN = 8  # quoted words in a row that are one utterance whoever is said to have said them, where he is named
_SHORT_RUN = 2  # content words of a short quotation that one speaker has in both documents
_MOST = 0.6  # share of the shorter quotation that the run must cover
_NEARLY_ALL = 0.8  # the same, where they go on in other words
_COPIED = 10  # words in a row outside quotation marks that are copied text
_COVERED = 0.75  # share of the shorter content that a copied run covers
_TOPIC = 3  # further content words that two short quotations must have around them
_COMMON = 3  # voices that use the words of a quotation before it is a slogan, or what everybody talks about
_LOOKED_THROUGH = 200  # utterances with a word among which these are looked for; of more it is common itself
_RAREST = 6  # stems of an utterance by which paraphrases are looked for
_PARTNERS = 60  # others that one utterance is compared with, for one reason
_BUCKET = 12  # utterances that are compared with one another when they share a key; of more, each with the next
_REPORT_WORDS, _REPORT_SHARE = 3, 0.4  # content words, and share of the shorter, of two tellings of one report
_SAME_DAY = (2, 0.3, 0.68)  # of one speaker on one day: content words, share of the shorter, cosine
_SAME_EVENT = (4, 0.35, 0.78)  # of one speaker about one report or occasion
_ANY_DAY = (4, 0.5, 0.84)  # of one speaker, where a day is not told
ENCODED = 400  # utterances at most that the sentence encoder reads, those most alike in words first
_RETOLD_RUN = 4  # words in a row, quoted in one document at least, of one speaker or of a document that the other cites
_RETOLD_CONTENT = 2  # content words of these
_RETOLD_SHARED = 3  # content words of the whole quotation that both have
_RETOLD = 0.75  # share of the shorter one's content words that both have
_NOT = re.compile(r"\b(?:no|not|never|nor|neither|cannot|without|\w+n[’']t)\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:support|back|welcom|favou?r|endors|prais|agree|approv|in favou?r)\w*|\b(?:accepts?|accepted)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:oppos|reject|against|condemn|criticis|criticiz|object|refus|den[iy]|veto|dismiss|disagree|disapprov)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two utterances, by number, and why they are one."""

    first: int
    second: int
    why: str
    strength: float


def ties(
    rows: Sequence[Utterance],
    *,
    copies: frozenset[tuple[str, str]] = frozenset(),
    citing: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Pair, ...]:
    """The pairs that are one, the strongest first.

    copies: pairs of ids of documents, either way round, of which one carries the other's text.
    citing: pairs of which one cites the other, either way round.
    Cost: near linear: only what shares words in a row, a work, or speaker and rare words is compared; the sentence
    encoder reads ENCODED utterances at most.
    """
    found: dict[tuple[int, int], Pair] = {}
    common = Commonplaces(rows)
    for pair in (
        *_by_words(rows, copies, common),
        *_by_short_quotations(rows, common),
        *_by_retelling(rows, citing, common),
        *_by_work(rows),
    ):
        found.setdefault((pair.first, pair.second), pair)
    for pair in _by_meaning(rows, found.keys()):
        found[pair.first, pair.second] = pair
    return tuple(sorted(found.values(), key=lambda pair: (-pair.strength, pair.first, pair.second)))


def may_be_one(one: Utterance, other: Utterance) -> bool:
    """Whether speaker and day allow it. A day off is allowed: the news is told where it is another day."""
    if one.document.id == other.document.id or one.voice.agrees(other.voice) is False:
        return False
    return on_one_day(one, other)


def _elsewhere(one: Utterance, other: Utterance) -> bool:
    """Whether the documents say that they were said on two occasions."""
    if not one.occasions or not other.occasions:
        return False
    return not any(
        (mine == theirs or not mine or not theirs) and agree(day, other_day, days=1)
        for mine, day in one.occasions
        for theirs, other_day in other.occasions
    )


def on_one_day(one: Utterance, other: Utterance) -> bool:
    """Whether nothing that is told of day and occasion speaks against it, nor was one published before it was said."""
    if not agree(one.said_on, other.said_on, days=1) or _elsewhere(one, other):
        return False
    for said, told in ((one.said_on, other.document.published), (other.said_on, one.document.published)):
        if said is not None and told is not None and (said.earliest - told.latest).days > 1:
            return False
    return True


def _compared(buckets: Iterable[Sequence[int]], rows: Sequence[Utterance]) -> Iterator[tuple[int, int]]:
    """Pairs of different documents: all of a small bucket, neighbours of a large one, what few share first.

    Each pair once, and no utterance with more than _PARTNERS others, else what everybody says costs its square.
    """
    seen: set[tuple[int, int]] = set()
    partners: dict[int, int] = defaultdict(int)
    documents = [row.document.id for row in rows]
    for bucket in sorted(
        (bucket for bucket in buckets if len(bucket) > 1), key=lambda bucket: (len(bucket), bucket[0])
    ):
        pairs: Iterable[tuple[int, int]] = combinations(bucket, 2) if len(bucket) <= _BUCKET else pairwise(bucket)
        for first, second in pairs:
            if documents[first] == documents[second] or (first, second) in seen:
                continue
            if partners[first] < _PARTNERS and partners[second] < _PARTNERS:
                seen.add((first, second))
                partners[first] += 1
                partners[second] += 1
                yield first, second


def _by_words(rows: Sequence[Utterance], copies: frozenset[tuple[str, str]], common: Commonplaces) -> Iterator[Pair]:
    """Long runs of words that both have, quoted or copied."""
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        grams = {row.stems[at : at + _GRAM] for at in range(max(1, len(row.stems) - _GRAM + 1))}
        for gram in grams:
            buckets[gram].append(number)
    for first, second in _compared(buckets.values(), rows):
        one, other = rows[first], rows[second]
        if not on_one_day(one, other):
            continue
        found = _same_words(one, other, common, is_copy=(one.document.id, other.document.id) in copies)
        if found is not None:
            yield Pair(first, second, *found)


def _same_words(one: Utterance, other: Utterance, common: Commonplaces, *, is_copy: bool) -> tuple[str, float] | None:
    """Why they are one, by the words they share in a row, and how surely."""
    agrees = one.voice.agrees(other.voice)
    quoted = _best_run(one.quotes, other.quotes)
    if quoted is not None and quoted.content >= _OF_THEM:
        named = is_named(one.voice, other.context) or is_named(other.voice, one.context)
        is_long = quoted.words >= _LONG_RUN
        if _is_one_quotation(one, other, quoted, common) and (agrees is not False or (named and is_long)):
            return QUOTATION, round(min(0.99, 0.8 + 0.01 * quoted.words), 3)
    if agrees is False:
        return None
    run = shared_run(one.stems, other.stems)
    share = run / max(1, min(len(one.stems), len(other.stems)))  # a quotation of signs alone has no stem
    enough = is_copy or run >= _COPIED
    if enough and share >= _COVERED and len(one.matter & other.matter) >= (1 if is_copy else _OF_THEM):
        return COPY, round(min(0.98, 0.7 + 0.01 * run), 3)
    return None


def _is_one_quotation(one: Utterance, other: Utterance, run: _Run, common: Commonplaces) -> bool:
    """Whether two quotations that share a run of words are one.

    One is a piece of the other, or goes on where it ends; where both go on in other words, nearly all of it must be
    shared, or most of what is told of one day or in one report, and neither may say no where the other says yes.
    """
    if run.words < _GRAM or (run.words < _LONG_RUN and common.holds(run.stems)):
        return False
    if run.share == 1.0 or (run.is_whole and run.words >= _LONG_RUN):
        return run.words >= _RUN or run.content > _OF_THEM or _told_alike(one, other)
    least = _MOST if _told_alike(one, other) else _NEARLY_ALL
    return run.share >= least and not _opposed(one, other)


def _told_alike(one: Utterance, other: Utterance) -> bool:
    """Whether both are of one day, or rest on one work."""
    same_day = one.said_on is not None and one.said_on == other.said_on and is_day(one.said_on)
    return same_day or bool(one.works & other.works)


@dataclass(frozen=True, slots=True)
class _Run:
    """The longest run of words that two quotations share."""

    stems: tuple[str, ...]
    words: int
    content: int  # of these, words that say something by themselves
    share: float  # of the shorter quotation
    is_whole: bool  # on either side one of the quotations ends with it: neither goes on in other words than the other


def _best_run(one: Sequence[tuple[str, ...]], other: Sequence[tuple[str, ...]]) -> _Run | None:
    best: _Run | None = None
    for mine in one[:_BUCKET]:
        for theirs in other[:_BUCKET]:
            run = _run(mine, theirs)
            if run is not None and (best is None or (run.content, run.words) > (best.content, best.words)):
                best = run
    return best


def _run(mine: tuple[str, ...], theirs: tuple[str, ...]) -> _Run | None:
    many, at, there = longest_run(mine, theirs)
    if not many:
        return None
    words = tuple(mine[at : at + many])
    whole = (at == 0 or there == 0) and (at + many == len(mine) or there + many == len(theirs))
    return _Run(words, many, sum(map(is_content, words)), many / min(len(mine), len(theirs)), whole)


def longest_run(mine: Sequence[str], theirs: Sequence[str]) -> tuple[int, int, int]:
    """The most words in a row that both have: how many, and where they begin in either; the first such."""
    best, at, there = 0, 0, 0
    before: dict[int, int] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(theirs):
        places[word].append(place)
    for number, word in enumerate(mine):
        here = {place: before.get(place - 1, 0) + 1 for place in places.get(word, ())}
        for place, longest in here.items():
            if longest > best:
                best, at, there = longest, number + 1 - longest, place + 1 - longest
        before = here
    return best, at, there


class Commonplaces:
    """How many speakers say certain words: what many say, or all of them talk about, is nobody's utterance."""

    def __init__(self, rows: Sequence[Utterance]) -> None:
        self._rows = rows
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            for word in row.matter:
                self._having[word].append(number)

    def holds(self, words: Iterable[str]) -> bool:
        """Whether as many voices as make a commonplace use all of these content words, quoted or not."""
        content = sorted({word for word in words if is_content(word)}, key=lambda word: len(self._having.get(word, ())))
        if not content:
            return True
        rarest = self._having.get(content[0], ())
        voices: set[str] = set()
        for number in rarest[:_LOOKED_THROUGH]:
            row = self._rows[number]
            if row.matter.issuperset(content):
                voices.update(sorted(row.voice.people or row.voice.parties)[:1])
        return len(voices) >= _COMMON or len(rarest) > _LOOKED_THROUGH


def _content_pairs(quotes: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for quote in quotes:
        content = [word for word in quote if is_content(word)]
        found.update(pairwise(content))
    return found


def _by_short_quotations(rows: Sequence[Utterance], common: Commonplaces) -> Iterator[Pair]:
    """A few quoted words that one speaker has in both documents, on one topic; no slogans."""
    buckets: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        pairs = _content_pairs(row.quotes)
        for whose in sorted(row.voice.people | row.voice.parties):
            for pair in pairs:
                buckets[(whose, *pair)].append(number)
    for first, second in _compared(buckets.values(), rows):
        one, other = rows[first], rows[second]
        if not may_be_one(one, other) or not one.voice.agrees(other.voice):
            continue
        best = _best_run(one.quotes, other.quotes)
        if best is None or best.content < _SHORT_RUN or (best.share < _MOST and best.words <= _OF_THEM - 1):
            continue
        around = len(one.matter & other.matter) - best.content
        if (one.works & other.works or around >= _TOPIC) and not common.holds(best.stems):
            yield Pair(first, second, QUOTATION, 0.75)


def _by_retelling(
    rows: Sequence[Utterance], citing: frozenset[tuple[str, str]], common: Commonplaces
) -> Iterator[Pair]:
    """What one document quotes and another retells, of one named speaker or out of the document that it cites."""
    cited = {id for pair in citing for id in pair}
    asked = [number for number, row in enumerate(rows) if row.voice.people or row.document.id in cited]
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in asked:
        for gram in {gram for quote in rows[number].quotes for gram in _grams(quote)}:
            buckets[gram] = []
    for number in asked if buckets else ():
        for gram in set(_grams(rows[number].stems)):
            if gram in buckets:
                buckets[gram].append(number)
    for first, second in _compared(buckets.values(), rows):
        one, other = rows[first], rows[second]
        if may_be_one(one, other) and not _opposed(one, other):
            is_cited = (one.document.id, other.document.id) in citing
            named = bool(one.voice.people and other.voice.people)
            if (is_cited or named) and _is_retold(one, other, common, is_cited=is_cited):
                yield Pair(first, second, QUOTATION, 0.7)


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Runs of words that say something."""
    for at in range(len(words) - _RETOLD_RUN + 1):
        gram = tuple(words[at : at + _RETOLD_RUN])
        if any(map(is_content, gram)):
            yield gram


def _is_retold(one: Utterance, other: Utterance, common: Commonplaces, *, is_cited: bool) -> bool:
    """Whether a quotation of one is told by the other."""
    for quoting, telling in ((one, other), (other, one)):
        for quote in quoting.quotes[:_BUCKET]:
            many, at, _ = longest_run(quote, telling.stems)
            run = quote[at : at + many]
            if many < _RETOLD_RUN or common.holds(run):
                continue
            content = sum(map(is_content, run))
            said = {word for word in quote if is_content(word)}
            both = said & telling.matter
            kept = len(both) / max(1, min(len(said), len(telling.matter)))
            if len(both) >= _RETOLD_SHARED and kept >= _RETOLD and content >= (1 if is_cited else _RETOLD_CONTENT):
                return True
    return False


def _by_work(rows: Sequence[Utterance]) -> Iterator[Pair]:
    """Two tellings of what one report or occasion says."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for work in row.works:
            for word in row.matter:
                buckets[work, word].append(number)
    for first, second in _compared(buckets.values(), rows):
        one, other = rows[first], rows[second]
        if not may_be_one(one, other) or _opposed(one, other):
            continue
        shared = len(one.matter & other.matter)
        share = shared / min(len(one.matter), len(other.matter))
        if shared >= _REPORT_WORDS and share >= _REPORT_SHARE:
            work = sorted(one.works & other.works)[0]
            why = OCCASION if work.startswith("occasion:") else REPORT
            yield Pair(first, second, why, round(min(0.9, 0.5 + share / 2), 3))


def _by_meaning(rows: Sequence[Utterance], known: Container[tuple[int, int]]) -> Iterator[Pair]:
    """One speaker's words told in other words, or translated twice; without the pairs that are known to be one."""
    spread: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        for whose in row.voice.people | row.voice.parties:
            for word in row.matter:
                spread[whose, word] += 1
    buckets: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for whose in sorted(row.voice.people | row.voice.parties):
            rarest = sorted((spread[whose, word], word) for word in row.matter if spread[whose, word] > 1)[:_RAREST]
            for pair in combinations(sorted(word for _, word in rarest), 2):
                buckets[(whose, *pair)].append(number)
    likely = []
    for first, second in _compared(buckets.values(), rows):
        one, other = rows[first], rows[second]
        if (first, second) not in known and may_be_one(one, other) and not _opposed(one, other):
            needs = _needs(one, other)
            shared = len(one.matter & other.matter)
            share = shared / min(len(one.matter), len(other.matter))
            if needs is not None and shared >= needs[0] and share >= needs[1]:
                likely.append((-share, first, second, needs[2]))
    yield from _near_in_meaning(rows, sorted(likely))


def _needs(one: Utterance, other: Utterance) -> tuple[int, float, float] | None:
    """What two utterances of one speaker must share; None where nothing would do."""
    if not one.voice.agrees(other.voice):
        return None
    if is_day(one.said_on) and is_day(other.said_on):
        return _SAME_DAY
    attitudes = [row for row in (one, other) if row.statement and row.statement.form is Form.ACT]
    if attitudes:  # that somebody is against a thing is no utterance: it is told of every day
        return None
    return _SAME_EVENT if one.near & other.near else _ANY_DAY


def _near_in_meaning(rows: Sequence[Utterance], likely: Sequence[tuple[float, int, int, float]]) -> Iterator[Pair]:
    read: dict[int, int] = {}
    asked = []
    for _, first, second, least in likely:
        new = {first, second} - read.keys()
        if len(read) + len(new) > ENCODED:
            continue
        for number in sorted(new):
            read[number] = len(read)
        asked.append((first, second, least))
    if not asked:
        return
    from winset.statements.meaning.vectors import sentence_encoder

    vectors = sentence_encoder().vectors([rows[number].text for number in read])
    for first, second, least in asked:
        near = float(vectors[read[first]] @ vectors[read[second]])
        if near >= least:
            yield Pair(first, second, PARAPHRASE, round(min(0.95, near), 3))


def _opposed(one: Utterance, other: Utterance) -> bool:
    """Whether one says no where the other says yes."""
    mine, theirs = one.text, other.text
    if bool(_NOT.search(mine)) != bool(_NOT.search(theirs)):
        return True
    return bool(_FOR.search(mine) and _AGAINST.search(theirs)) or bool(_AGAINST.search(mine) and _FOR.search(theirs))
