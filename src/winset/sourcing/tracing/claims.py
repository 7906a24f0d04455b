"""Which statements of different documents report one utterance, or one report, however many documents tell it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from winset.corpus.types import Duplicate
from winset.ids import DocumentId, PartialDate
from winset.sourcing.likeness import is_content
from winset.sourcing.tracing.claim_words import claim_words
from winset.sourcing.tracing.origins import origins
from winset.sourcing.tracing.resting import rests_on
from winset.sourcing.tracing.ties import (
    PARAPHRASE,
    QUOTATION,
    REPORT,
    Commonplaces,
    Pair,
    longest_run,
    on_one_day,
    ties,
)
from winset.sourcing.tracing.utterances import Utterance, is_named, matter_of, utterances
from winset.sourcing.tracing.works import is_told
from winset.sourcing.types import ReadDocument, SharedClaim, Tie, Work

_GRAM = 5  # words in a row by which loose quotations are looked for
_ALONE = 6  # words in a row that need no speaker beside them
_LONG = 8  # words in a row that are no commonplace
_FEW = 4  # words in a row, where both rest on one work
_CONTENT = 3  # content words of these
_SHORT_CONTENT = 2  # content words of a quotation whose speaker is named beside it
_MOST = 0.6  # share of the shorter quotation that both must have
_TOPIC = 3  # content words that its sentence must share with the claim's
_INSIDE = 0.8  # share of a content that lies in another of its sentence and is told with it
_AGREED = 0.5  # share of pairs that must be ties before two claims become one by wording
_LOOKED_AT = 6  # utterances of a claim that are compared when claims become one by wording


def claims(
    read: Sequence[ReadDocument], works: Sequence[Work], duplicates: Sequence[Duplicate] = ()
) -> tuple[SharedClaim, ...]:
    """What two documents or more tell, in order of its first statement.

    Two statements are one claim by a run of quoted words that few would say alike; by a few quoted words of one
    speaker on one topic; by what one quotes and the other, of the same speaker or citing it, retells; by the report or
    occasion they rest on and its content; by one speaker's words on one day,
    or nearly the same ones on a day that is not told; by copied text. Never by another speaker's words or on another
    day: what a minister says twice is two claims. A quotation that no statement holds is in `quoted`; with such a
    one a claim may have one statement only.
    Cost: near linear; see `ties`.
    """
    told, loose = _read(read, works)
    copied = {(row.document_id, row.of) for row in duplicates if row.document_id != row.of}
    cited = {(credit.document_id, work.document_id) for work in works if work.document_id for credit in work.credits}
    pairs = ties(told, copies=_either_way(copied), citing=_either_way(cited))
    clusters = _clusters(told, pairs)
    order = {each.document.id: number for number, each in enumerate(read)}
    found = [
        _claim(cluster, order) for cluster in _with_quotations(clusters, told, loose) if len(cluster.documents) > 1
    ]
    found.sort(key=lambda claim: (order[claim.document_ids[0]], claim.words.start, claim.id))
    return _with_origins(found, read, works, duplicates)


def _either_way(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(row for one, other in pairs if one != other for row in ((one, other), (other, one)))


def _read(read: Sequence[ReadDocument], works: Sequence[Work]) -> tuple[tuple[Utterance, ...], tuple[Utterance, ...]]:
    """Statements and loose quotations of all documents, in an order that theirs does not change."""
    credited: dict[DocumentId, list[tuple[int, str]]] = defaultdict(list)
    keys = {id(work): work.key for work in works if is_told(work)}
    for work in works:
        for credit in work.credits if id(work) in keys else ():
            credited[credit.document_id].append((credit.anchor.start, keys[id(work)]))
    resting = {
        statement: [work for work in found if id(work) in keys] for statement, found in rests_on(read, works).items()
    }
    told: list[Utterance] = []
    loose: list[Utterance] = []
    for each in read:
        said, quoted = utterances(each, resting, credited[each.document.id])
        told += said
        loose += quoted
    return tuple(sorted(told, key=lambda row: row.place)), tuple(sorted(loose, key=lambda row: row.place))


@dataclass(slots=True)
class _Cluster:
    """Utterances held to be one, by number, and why."""

    members: list[int]
    rows: list[Utterance]
    ties: list[Pair] = field(default_factory=list)
    quoted: list[Utterance] = field(default_factory=list)

    @property
    def documents(self) -> set[DocumentId]:
        """Those that tell it."""
        return {row.document.id for row in (*self.rows, *self.quoted)}


def _clusters(rows: Sequence[Utterance], pairs: Sequence[Pair]) -> list[_Cluster]:
    """Ties followed from the strongest on, as long as speakers and days of all that would be one agree."""
    home = {number: _Cluster([number], [row]) for number, row in enumerate(rows)}
    tied = {(pair.first, pair.second) for pair in pairs}
    for pair in pairs:
        one, other = home[pair.first], home[pair.second]
        if one is other:
            one.ties.append(pair)
        elif _can_be_one(one, other, pair, tied):
            if len(one.members) < len(other.members):
                one, other = other, one
            one.members += other.members
            one.rows += other.rows
            one.ties += [*other.ties, pair]
            for number in other.members:
                home[number] = one
    _take_in_what_is_inside(rows, home)
    found = {id(cluster): cluster for cluster in home.values()}
    return [cluster for cluster in found.values() if len(cluster.rows) > 1 or cluster.rows[0].quotes]


def _can_be_one(one: _Cluster, other: _Cluster, pair: Pair, tied: set[tuple[int, int]]) -> bool:
    mine, theirs = one.rows[:_LOOKED_AT], other.rows[:_LOOKED_AT]
    for row in mine:
        for each in theirs:
            if not on_one_day(row, each):
                return False
            if pair.why != QUOTATION and row.voice.agrees(each.voice) is False:
                return False
    if pair.why not in (PARAPHRASE, REPORT):
        return True
    some = [(min(a, b), max(a, b)) in tied for a in one.members[:_LOOKED_AT] for b in other.members[:_LOOKED_AT]]
    return sum(some) >= _AGREED * len(some)


def _take_in_what_is_inside(rows: Sequence[Utterance], home: dict[int, _Cluster]) -> None:
    """What a report says somebody plans is told with the report: a content inside another one of its sentence."""
    by_sentence: dict[tuple[DocumentId, int], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        by_sentence[row.document.id, row.sentence[0]].append(number)
    for numbers in by_sentence.values():
        for number in numbers:
            for other in numbers:
                one, whole = home[number], home[other]
                if one is not whole and len(whole.documents) > 1 and _lies_in(rows[number], rows[other]):
                    _take_in(one, whole, home, number, other)


def _take_in(one: _Cluster, whole: _Cluster, home: dict[int, _Cluster], number: int, other: int) -> None:
    if any(not on_one_day(mine, theirs) for mine in one.rows[:_LOOKED_AT] for theirs in whole.rows[:_LOOKED_AT]):
        return
    whole.members += one.members
    whole.rows += one.rows
    whole.ties += [*one.ties, Pair(min(number, other), max(number, other), REPORT, 0.9)]
    for member in one.members:
        home[member] = whole


def _lies_in(one: Utterance, whole: Utterance) -> bool:
    """Whether one content lies in the other, and both rest on one work."""
    if not one.works & whole.works:
        return False
    low, high = max(one.anchor.start, whole.anchor.start), min(one.anchor.end, whole.anchor.end)
    return high - low >= _INSIDE * (one.anchor.end - one.anchor.start)


def _with_quotations(
    clusters: Sequence[_Cluster], told: Sequence[Utterance], loose: Sequence[Utterance]
) -> Sequence[_Cluster]:
    """The clusters, each with the quotations of other documents that carry its words outside of all statements."""
    home = {number: cluster for cluster in clusters for number in cluster.members}
    common = Commonplaces(told)
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    words: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(told if loose else ()):
        for quote in row.quotes if number in home else ():
            for at in range(len(quote) - _GRAM + 1):
                grams[quote[at : at + _GRAM]].append(number)
            content = [word for word in quote if is_content(word)]
            for pair in pairwise(content):
                words[pair].append(number)
    for row in loose:
        (quote,) = row.quotes
        content = [word for word in quote if is_content(word)]
        near = [grams.get(quote[at : at + _GRAM], []) for at in range(len(quote) - _GRAM + 1)]
        near += [words.get(pair, []) for pair in pairwise(content)]
        candidates = {number for group in near for number in group[:_LOOKED_AT]}
        strengths = {
            number: _carries(row, told[number], common)
            for number in candidates
            if told[number].document.id != row.document.id
        }
        best = min(strengths, key=lambda number: (-strengths[number], number), default=None)
        if best is not None and strengths[best] > 0:
            home[best].quoted.append(row)
    return clusters


def _carries(row: Utterance, other: Utterance, common: Commonplaces) -> float:
    """How surely a loose quotation carries a statement's words, 0 where it does not."""
    if not on_one_day(row, other):
        return 0.0
    best, content, share = 0, 0, 0.0
    run: tuple[str, ...] = ()
    for quote in other.quotes:
        many, at, _ = longest_run(row.quotes[0], quote)
        if many > best:
            run = row.quotes[0][at : at + many]
            best, content = many, sum(map(is_content, run))
            share = many / min(len(quote), len(row.quotes[0]))
    if best < _LONG and common.holds(run):
        return 0.0
    if content >= _CONTENT and share >= _MOST and (best >= _ALONE or (best >= _FEW and row.near & other.near)):
        return 1.0 + best
    if content < _SHORT_CONTENT or share < _MOST or not is_named(other.voice, row.context):
        return 0.0
    around = len(_matter(row) & _matter(other)) - content
    return share if around >= _TOPIC else 0.0


def _matter(row: Utterance) -> frozenset[str]:
    return row.matter | matter_of(row.context)


def _claim(cluster: _Cluster, order: Mapping[DocumentId, int]) -> SharedClaim:
    quoting = [row for row in cluster.rows if _only_quotes(row, cluster.rows)]
    own = [row for row in cluster.rows if row not in quoting] or cluster.rows
    rows = sorted(own, key=lambda row: (order[row.document.id], row.anchor.start, row.anchor.end))
    ids = {
        number: row.statement.id
        for number, row in zip(cluster.members, cluster.rows, strict=True)
        if row.statement and row in own
    }
    beside = [*cluster.quoted, *(row for row in quoting if row not in own)]
    quoted = sorted(beside, key=lambda row: (order[row.document.id], row.anchor.start))
    return SharedClaim(
        statement_ids=tuple(row.statement.id for row in rows if row.statement),
        document_ids=tuple(sorted(cluster.documents, key=order.__getitem__)),
        words=claim_words(rows),
        origins=(),
        labels=(),
        said_on=_day(rows),
        ties=tuple(
            Tie(first=ids[pair.first], second=ids[pair.second], why=pair.why, strength=pair.strength)
            for pair in sorted(cluster.ties, key=lambda pair: (-pair.strength, pair.first, pair.second))
            if pair.first in ids and pair.second in ids
        ),
        quoted=tuple(row.anchor for row in quoted),
    )


def _only_quotes(row: Utterance, rows: Sequence[Utterance]) -> bool:
    """Whether it is somebody else's statement that quotes the words of the speaker it names."""
    return any(row.voice.agrees(other.voice) is False and is_named(other.voice, row.context) for other in rows)


def _day(rows: Iterable[Utterance]) -> PartialDate | None:
    """The day most of them give, the most precise first."""
    dates = Counter(row.said_on for row in rows if row.said_on)
    return min(dates, key=lambda date: (-len(date.text), -dates[date], date.text)) if dates else None


def _with_origins(
    found: Sequence[SharedClaim],
    read: Sequence[ReadDocument],
    works: Sequence[Work],
    duplicates: Sequence[Duplicate],
) -> tuple[SharedClaim, ...]:
    where = origins(read, works, found, duplicates)
    return tuple(
        replace(
            claim,
            origins=tuple(dict.fromkeys(where[id].key for id in claim.statement_ids)),
            labels=tuple({where[id].key: where[id].label for id in reversed(claim.statement_ids)}[key] for key in keys),
        )
        for claim in found
        for keys in [tuple(dict.fromkeys(where[id].key for id in claim.statement_ids))]
    )
