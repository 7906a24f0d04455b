"""Which passages answer a question best, and whether any does: measured, never composed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from winset.corpus.types import Document, anchor
from winset.ids import DocumentId
from winset.sourcing.asking.asked import Asked
from winset.sourcing.asking.evidence import own_word, tells
from winset.sourcing.asking.index import Index, Row
from winset.sourcing.asking.stems import stem
from winset.sourcing.asking.terms import ACTOR, EMPTY, Named, actor_term, plain
from winset.sourcing.types import Passage

CANDIDATES = 60  # by each way of looking
AROUND = 4  # passages on either side that tell what a passage is about
SHOWN_TOGETHER = 500  # characters of a passage with its neighbour
_OFTEN = 0.05  # share of passages; a term in more of them finds none that rarer terms do not
_HELD = 400  # passages of the actor asked about that are looked at
_SPEAKS = 0.7  # from here on it is told by a word for speaking or acting
_OWN_WORD = 3.0  # what that weighs where nothing else is asked for
_OWN = 0.5  # from here on an actor speaks for itself in a passage
_FALL = 4.0  # by how much weight of a passage less its score falls to a third
_FOLLOWED = 20  # candidates that the best is held against
_UNRELATED = 0.2  # the cosine of sentences on different matters: stands in for candidates that a short text lacks
_NAME = re.compile(r"(?<!\A)(?<![^\W_])(?:[A-Z]\w+|\d+(?:[.,]\d+)*)")
_POINTS_BACK = re.compile(
    r"(?:He|She|They|It|This|These|Those|That|The (?:president|minister|delegate|latter|former))\b"
)

OF_PASSAGES = (
    "meaning", "meaning_as_asked", "meaning_around", "actors", "own_word", "tells", "terms", "terms_around", "length",
)  # fmt: skip
OF_ANSWERS = (
    "meaning", "own_meaning", "fitting", "loss", "lead", "names_known", "terms_unknown", "asks_of_one",
)  # fmt: skip

Texts = Callable[[DocumentId], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The best passages for a question, and whether they are held to answer it."""

    score: float  # 0-1: how surely any passage answers
    threshold: float  # the score from which on a question counts as answered
    passages: tuple[Passage, ...]  # best first; the nearest ones, where none answers

    @property
    def answered(self) -> bool:
        """Whether anything here answers the question."""
        return bool(self.passages) and self.score >= self.threshold


@dataclass(frozen=True, slots=True)
class Weighed:
    """The candidates of one question with all that is measured of them: what the weights are fitted to."""

    rows: tuple[Row, ...]
    passages: Any  # (rows, OF_PASSAGES)
    fits: Any  # (rows,) whether a row has all that the question asks for
    own: Any  # (rows,) whether the actor asked about speaks in it
    topical: Any  # (rows,) meaning of the question without that actor
    names_known: float
    terms_unknown: float


@cache
def weights() -> Mapping[str, Any]:
    """What `training/ask` fitted."""
    return dict(json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8")))


def best(
    question: Asked,
    index: Index,
    text_of: Texts,
    named: Named,
    *,
    top: int = 5,
    candidates: int = CANDIDATES,
    left_out: Container[tuple[DocumentId, int]] = (),
) -> Answer:
    """The best passages, best first: candidates by BM25 and by meaning, weighed by what they hold.

    Sentences that are themselves questions answer none; one sentence is shown once, however many documents carry it.
    left_out: passages that are no answers, by document and start.
    Cost: two runs of the encoder, a search of the index, some 20 microseconds a candidate.
    """
    fitted = weights()
    found = weighed(question, index, text_of, named, candidates=candidates, left_out=left_out)
    if found is None:
        return Answer(score=0.0, threshold=fitted["threshold"], passages=())
    scores = marks(found.passages, fitted)
    score = _on_unit(float(answer_features(question, found) @ _vector(fitted, "answers") + fitted["offset"]))
    if question.about_anything:  # its words say nothing of the matter: what the actor says is an answer, whatever it is
        speaks = found.passages[:, OF_PASSAGES.index("own_word")]
        scores = scores + _OWN_WORD * speaks
        score = away(score, fitted["threshold"], above=bool(speaks.max() >= _SPEAKS))
    return Answer(
        score=score,
        threshold=fitted["threshold"],
        passages=tuple(_shown(found.rows, scores, text_of, top=top, score=score)),
    )


def away(score: float, threshold: float, *, above: bool) -> float:
    """The score, on this side of the threshold."""
    return max(score, (1 + threshold) / 2) if above else min(score, threshold / 2)


def marks(features: Any, fitted: Mapping[str, Any]) -> Any:
    """(rows,) the score of each candidate, on no scale."""
    return features @ _vector(fitted, "passages")


def weighed(
    question: Asked,
    index: Index,
    text_of: Texts,
    named: Named,
    *,
    candidates: int = CANDIDATES,
    left_out: Container[tuple[DocumentId, int]] = (),
) -> Weighed | None:
    """The candidates with what is measured of them; None where there is none."""
    if not index.count():
        return None
    from winset.sourcing.asking.few import vector

    worth = _worth(question.terms, index)
    told = [question.plainly, question.words, question.without_the_one]
    if not index.knows_all_vectors:  # where few are made, three for a question are too many
        told = [question.plainly] * len(told)
    vectors = np.array([vector(each) for each in told])
    ids = _pool(question, index, vectors, worth, candidates)
    rows = [
        row
        for row in index.rows(ids).values()
        if (row.document_id, row.start) not in left_out and not _asks(text_of(row.document_id), row)
    ]
    if not rows:
        return None
    around = index.rows({id for row in rows for id in range(row.id - AROUND, row.id + AROUND + 1)})
    return _measured(question, index, rows, around, vectors=vectors, worth=worth, text_of=text_of, named=named)


def _worth(words: Sequence[str], index: Index) -> dict[str, float]:
    """How much each term tells: rare ones most.  Source: Robertson & Zaragoza (2009)."""
    frequencies, count = index.frequencies(words), index.count()
    return {
        word: math.log(1 + (count - frequencies.get(word, 0) + 0.5) / (frequencies.get(word, 0) + 0.5))
        for word in words
    }


def _pool(question: Asked, index: Index, vectors: Any, worth: Mapping[str, float], candidates: int) -> list[int]:
    common = math.log(1 + (1 - _OFTEN) / _OFTEN)
    telling = [word for word in question.terms if worth[word] > common] or list(question.terms)
    found = [id for id, _ in index.candidates(telling, candidates)]
    found += index.nearest(vectors[:2].mean(0), candidates)
    if question.asked_of is not None and index.knows_all_vectors:
        held = [id for id, _ in index.candidates([actor_term(question.asked_of)], _HELD)]
        if held:
            near = index.similar(held, vectors[2:])[:, 0]
            found += [held[at] for at in np.argsort(-near, kind="stable")[: candidates // 2]]
    return sorted(set(found))


def _measured(
    question: Asked,
    index: Index,
    rows: Sequence[Row],
    around: Mapping[int, Row],
    *,
    vectors: Any,
    worth: Mapping[str, float],
    text_of: Texts,
    named: Named,
) -> Weighed:
    known = {row.id: set(row.terms.split()) for row in around.values()}
    beside = {row.id: _beside(row, around) for row in rows}
    asked_for = sorted({id for row in rows for id in (row.id, *(beside[row.id] if index.knows_all_vectors else ()))})
    cosines = dict(zip(asked_for, index.similar(asked_for, vectors), strict=True))
    total = sum(worth.values()) or 1.0
    actors = [actor_term(actor) for actor in question.actors]
    names = _names(question)
    measured, fits, own = [], [], []
    for row in rows:
        document = text_of(row.document_id)
        words = document.text[row.start : row.end]
        here, there = known[row.id], known[row.id].union(*(known[id] for id in beside[row.id]))
        closest = sorted((cosines[id][0] for id in beside[row.id] if id in cosines), reverse=True)[:3]
        speaks = _speaks(question, row, document, around, named)
        told = tells(question.wanted, words, names_one=ACTOR in row.terms)
        measured.append(
            (
                cosines[row.id][0],
                cosines[row.id][1],
                sum(closest) / len(closest) if closest else 0.8 * cosines[row.id][0],
                sum(actor in here for actor in actors) / len(actors) if actors else 0.0,
                speaks,
                told,
                sum(worth[word] for word in worth if word in here) / total,
                sum(worth[word] for word in worth if word in there) / total,
                math.log(row.end - row.start),
            )
        )
        own.append(speaks >= _OWN)
        fits.append(speaks >= _OWN and told > 0 and all(x in there for x in names) and all(x in there for x in actors))
    in_index = index.frequencies(names)
    absent = sum(value for word, value in worth.items() if not index.frequencies([word]).get(word)) / total
    return Weighed(
        rows=tuple(rows),
        passages=np.array(measured),
        fits=np.array(fits),
        own=np.array(own),
        topical=np.array([max(cosines[row.id][0], cosines[row.id][2]) for row in rows]),
        names_known=sum(name in in_index for name in names) / len(names) if names else 1.0,
        terms_unknown=absent,
    )


def answer_features(question: Asked, found: Weighed) -> Any:
    """What tells whether anything answers, in the order of OF_ANSWERS."""
    meaning = np.maximum(found.passages[:, 0], found.passages[:, 1])
    fitting = float(np.where(found.fits, found.topical, 0.0).max())
    own = float(np.where(found.own, found.topical, 0.0).max())
    close = -np.sort(-meaning)
    others = np.concatenate([close[1:_FOLLOWED], np.full(max(0, _FOLLOWED - len(close)), _UNRELATED)])
    return np.array(
        [
            close[0],
            own,
            fitting,
            float(found.topical.max()) - fitting,
            close[0] - others.mean(),
            found.names_known,
            found.terms_unknown,
            float(question.asked_of is not None),
        ]
    )


def _names(question: Asked) -> list[str]:
    """Stems of names and numbers in the question that are no actor's."""
    found = dict.fromkeys(plain(name) for name in _NAME.findall(question.words))
    return [stem(name) for name in found if name not in EMPTY and name not in question.actor_words]


def _beside(row: Row, around: Mapping[int, Row]) -> list[int]:
    return [
        id
        for id in range(row.id - AROUND, row.id + AROUND + 1)
        if id != row.id and id in around and around[id].document_id == row.document_id
    ]


def _speaks(question: Asked, row: Row, document: Document, around: Mapping[int, Row], named: Named) -> float:
    """How surely the actor asked about speaks in a passage; where none is asked about, half."""
    if question.asked_of is None:
        return _OWN
    wanted = actor_term(question.asked_of)
    if wanted in row.terms:
        return own_word(*_places(question.asked_of, row, document, named))
    before = around.get(row.id - 1)
    words = document.text[row.start : row.end]
    if before is None or before.document_id != row.document_id or wanted not in before.terms:
        return 0.0
    return 0.8 * own_word(*_places(question.asked_of, before, document, named)) if _POINTS_BACK.match(words) else 0.0


def _places(actor: str, row: Row, document: Document, named: Named) -> tuple[str, list[tuple[int, int]]]:
    words = document.text[row.start : row.end]
    on = document.published.latest if document.published else None
    return words, [(start, end) for start, end, found in named.within(words, on=on) if found == actor]


def _asks(document: Document, row: Row) -> bool:
    return document.text[row.start : row.end].rstrip("*_)] ").endswith(("?", "？"))


def _shown(rows: Sequence[Row], scores: Any, text_of: Texts, *, top: int, score: float) -> Iterator[Passage]:
    """The best, each with a neighbour that is a candidate too, where both are short; nothing is shown twice."""
    by_id = {row.id: place for place, row in enumerate(rows)}
    heard: set[str] = set()
    taken: set[int] = set()
    highest, shown = float(scores.max()), 0
    for place in np.lexsort((np.arange(len(rows)), -scores)):
        row = rows[int(place)]
        document = text_of(row.document_id)
        if row.id in taken or _words(document, row) in heard:
            continue
        beside = [
            rows[by_id[id]]
            for id in (row.id - 1, row.id + 1)
            if id in by_id and id not in taken and _together(document, row, rows[by_id[id]])
        ]
        parts = [row, max(beside, key=lambda each: (scores[by_id[each.id]], -each.id))] if beside else [row]
        taken.update(part.id for part in parts)
        heard.update(_words(document, part) for part in parts)
        fallen = math.exp(min(0.0, float(scores[place]) - highest) / _FALL)
        words = anchor(document, min(part.start for part in parts), max(part.end for part in parts))
        yield Passage(anchor=words, score=round(score * fallen, 4))
        shown += 1
        if shown == top:
            return


def _words(document: Document, row: Row) -> str:
    return " ".join(document.text[row.start : row.end].casefold().split())


def _together(document: Document, row: Row, other: Row) -> bool:
    """Whether they stand in one paragraph and are short enough to be read as one passage."""
    start, end = min(row.start, other.start), max(row.end, other.end)
    same = row.document_id == other.document_id and end - start <= SHOWN_TOGETHER
    return same and "\n\n" not in document.text[start:end]


def _vector(fitted: Mapping[str, Any], part: str) -> Any:
    names = OF_PASSAGES if part == "passages" else OF_ANSWERS
    return np.array([fitted[part][name] for name in names])


def _on_unit(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
