"""Readings of all documents -> the subjects they are about, near variants as one, each with a label and a score."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from winset.ids import DocumentId
from winset.positions.proposing.noun_phrases import is_vague
from winset.positions.proposing.types import Reading
from winset.positions.proposing.words import issue_words
from winset.positions.relevance import stem

ALIKE = 0.5  # cosine from which two subjects are one
MOST_OF_ONE_HEAD = 40  # subjects
MOST = 250  # subjects that are compared with one another
VAGUE_HEAD, VAGUE_DEED = 0.3, 0.5
NO_CUE = 0.25
HEAD, DEED = 1.3, 1.0  # weight in the comparison, a further word being 1
WORD_COST = 0.1  # of a longer label
BOTH_SIDES = 1.4


Weights: TypeAlias = defaultdict[str, float]  # by stem of a word, or by deed


@dataclass(frozen=True)
class Subject:
    """Readings that speak of one thing."""

    readings: tuple[Reading, ...]
    score: float

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Its words, those that belong to it most first."""
        found = _terms(self.readings)
        return tuple(sorted(found, key=lambda word: (-found[word], word)))

    @cached_property
    def heads(self) -> frozenset[str]:
        """The heads of its phrases."""
        return frozenset(reading.core[-1] for reading in self.readings if reading.core)

    @cached_property
    def head(self) -> str:
        """The commonest of them, "" where there is none."""
        found = Counter(reading.core[-1] for reading in self.readings if reading.core)
        return min(found, key=lambda head: (-found[head], head)) if found else ""

    @cached_property
    def deeds(self) -> frozenset[str]:
        """The verbs of what is done."""
        return frozenset(reading.deed for reading in self.readings if reading.deed)


def subjects(found: Sequence[Reading], origin_of: Mapping[DocumentId, str]) -> tuple[Subject, ...]:
    """The subjects, best first.

    origin_of: near copies and documents of one origin share a key, and count once.
    Cost: linear in readings, and a fixed number of comparisons.
    """
    by_head: dict[str, list[Reading]] = defaultdict(list)
    bare: list[Reading] = []
    for reading in found:
        if reading.core and reading.core[-1] not in _pointers():
            by_head[reading.core[-1]].append(reading)
        elif reading.deed:
            bare.append(reading)
    ranked = sorted(by_head.items(), key=lambda entry: (-_weight(entry[1]), entry[0]))
    groups = [rows for _, rows in ranked[:MOST] for rows in _parted(rows)]
    groups.sort(key=lambda rows: (-_weight(rows), rows[0].start))
    merged = _merged(groups[:MOST])
    _join_bare(merged, bare)
    scored = [Subject(tuple(rows), _score(rows, origin_of)) for rows in merged]
    return tuple(sorted(scored, key=lambda subject: (-subject.score, subject.readings[0].start)))


def _pointers() -> frozenset[str]:
    return frozenset(stem(word) for word in issue_words("pointing_heads"))


def _weight(rows: Iterable[Reading]) -> float:
    return sum(reading.weight for reading in rows)


def _add(to: Weights, more: Mapping[str, float]) -> None:
    for word, weight in more.items():
        to[word] += weight


def _terms(rows: Iterable[Reading]) -> Weights:
    found: Weights = defaultdict(float)
    for reading in rows:
        for word in sorted(reading.terms):
            found[word] += reading.weight
    return found


def _parted(rows: list[Reading]) -> list[list[Reading]]:
    """Readings with one head apart where they share no further word: the office in Vienna is not the one in Rome."""
    head = rows[0].core[-1]
    named = [reading for reading in rows if reading.terms - {head}]
    plain = [reading for reading in rows if not reading.terms - {head}]
    clusters: list[tuple[Weights, list[Reading]]] = []
    for reading in sorted(named, key=lambda each: (-len(each.terms), each.start)):
        own = sorted(reading.terms - {head})
        best = max(clusters, key=lambda cluster: sum(cluster[0].get(word, 0.0) for word in own), default=None)
        if best is None or (len(clusters) < MOST_OF_ONE_HEAD and not any(word in best[0] for word in own)):
            best = (defaultdict(float), [])
            clusters.append(best)
        _add(best[0], dict.fromkeys(own, reading.weight))
        best[1].append(reading)
    clusters.sort(key=lambda cluster: -_weight(cluster[1]))
    if not clusters:
        return [plain]
    clusters[0][1].extend(plain)
    return [cluster for _, cluster in clusters]


def _vector(rows: Sequence[Reading]) -> Weights:
    found: Weights = defaultdict(float)
    named = [reading for reading in rows if len(reading.terms) > 1] or rows  # "the ban" alone tells of no other
    for reading in named:
        for word in sorted(reading.terms):
            found[word] += reading.weight * (HEAD if reading.core and word == reading.core[-1] else 1.0)
        if reading.deed:
            found[stem(reading.deed.split()[0])] += reading.weight * DEED
    return found


def _unit(vector: Weights) -> Weights:
    size = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return defaultdict(float, {word: value / size for word, value in vector.items()})


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two unit vectors; the smaller is gone through."""
    small, large = (one, other) if len(one) < len(other) else (other, one)
    return sum(value * large[word] for word, value in small.items() if word in large)


def _merged(groups: list[list[Reading]]) -> list[list[Reading]]:
    """Groups alike in their words joined, the weightiest first: "imports of aluminium", "Russian aluminium"."""
    found: list[tuple[Weights, list[Reading]]] = []
    for rows in groups:
        vector = _unit(_vector(rows))
        alike = [(_dot(one, vector), number) for number, (one, _) in enumerate(found)]
        nearest, number = max(alike, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
        if nearest >= ALIKE:
            found[number][1].extend(rows)
            found[number] = (_unit(_vector(found[number][1])), found[number][1])
        else:
            found.append((vector, list(rows)))
    return [rows for _, rows in found]


def _join_bare(groups: list[list[Reading]], bare: Sequence[Reading]) -> None:
    """As in "the extension", "extend it": to the subject whose deed it is."""
    deeds = [Counter(reading.deed for reading in rows if reading.deed) for rows in groups]
    for reading in bare:
        best = max(range(len(groups)), key=lambda number: deeds[number][reading.deed], default=None)
        if best is not None and deeds[best][reading.deed]:
            groups[best].append(reading)


def _score(rows: Sequence[Reading], origin_of: Mapping[DocumentId, str]) -> float:
    """How much it is asked for and disputed, over independent origins, and how telling its words are."""
    by_origin: dict[str, float] = defaultdict(float)
    for reading in rows:
        by_origin[origin_of[reading.document_id]] += reading.weight * (1.5 if reading.prominent else 1.0)
    score = sum(math.log1p(weight) for weight in by_origin.values())
    sides = {reading.side for reading in rows if reading.side}
    score *= BOTH_SIDES if len(sides) == 2 else 1.0 if sides else NO_CUE  # noqa: PLR2004 - asked for and taken sides on
    heads = Counter(reading.core[-1] for reading in rows if reading.core)
    if heads and is_vague(heads.most_common(1)[0][0]):
        score *= VAGUE_HEAD
    deeds = Counter(reading.deed for reading in rows if reading.deed)
    if not deeds:
        score *= 0.7  # nobody says what is to be done about it
    elif deeds.most_common(1)[0][0] in issue_words("vague_deeds"):
        score *= VAGUE_DEED
    longest = max((len(reading.core) for reading in rows), default=0)
    return score * (0.7 if longest < 2 else 1.0)  # noqa: PLR2004 - terms are of several words (Justeson & Katz 1995)


def label(subject: Subject) -> tuple[str, tuple[str, ...], Reading]:
    """(what is proposed, the phrases taken as one, the reading that names it): words of the documents alone.

    The deed's verb in its base form, then the object as written in the reading that holds most of the words that
    the others share and fewest beside them.
    """
    rows = [reading for reading in subject.readings if reading.phrase]
    deeds: Weights = defaultdict(float)
    for reading in rows:
        if reading.deed:
            deeds[reading.deed] += reading.weight * (1.0 if reading.deed_written else 0.8)
    deed = min(deeds, key=lambda each: (-deeds[each], each)) if deeds else ""
    named = [reading for reading in rows if len(reading.terms) > 1] or rows
    total = _weight(named) or 1.0
    share = {word: weight / total for word, weight in _terms(named).items()}
    common = Counter(reading.phrase for reading in rows)

    def worth(reading: Reading) -> tuple[float, int, int]:
        alone = reading.weight / total * 0.3 if len(reading.terms) > 1 else 0.0  # words that no other reading shares
        value = sum(max(0.0, share.get(word, 0.0) - alone) for word in sorted(reading.terms))
        value -= WORD_COST * len(reading.phrase.split())
        value += 0.4 if reading.deed == deed and reading.deed_written else 0.0
        value -= 0.4 if "'s" in reading.phrase or "’s" in reading.phrase else 0.0
        value += {"a": 0.35, "an": 0.35, "the": 0.25}.get(reading.phrase.split()[0].lower(), 0.0)
        value -= 0.5 if issue_words("smaller") & set(reading.phrase.lower().split()) else 0.0
        value += 0.05 * min(common[reading.phrase], 3)
        return value, -reading.start, -len(reading.phrase)

    best = max(rows, key=worth)
    words = f"{deed} {best.phrase}" if deed else best.phrase
    phrases = tuple(phrase for phrase, _ in sorted(common.items(), key=lambda each: (-each[1], each[0])))
    return words[0].upper() + words[1:], phrases, best
