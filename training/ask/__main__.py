"""Fits the weights of `winset ask`: python -m training.ask --shared ../shared [--install]."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.asking.coded import Coded, documents, questions

from winset.actors.registry import registry
from winset.sourcing.asking.asked import Asked, asked
from winset.sourcing.asking.ranking import OF_ANSWERS, OF_PASSAGES, Weighed, answer_features, weighed
from winset.sourcing.asking.terms import Named
from winset.store.passage_index import index_of

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "src" / "winset" / "sourcing" / "asking" / "weights.json"
FOLDS = 10
TOP = 5
REFUSED = 0.8  # share of unanswerable questions that the threshold refuses, on questions left out of the fit
STEPS, RATE = 1_000, 0.05  # of the descent
PULL = {"passages": 0.02, "answers": 0.05}  # towards weights of 0
ELSEWHERE = "Lima Ankara Nairobi Hanoi Lisbon Cairo Dublin Manila Budapest Oslo Santiago Tehran Athens Helsinki".split()
SWAPS = 2  # other capitals that are asked about in place of the one asked about: questions without an answer
SWAPPED, TAKEN_OUT = 0.5, 0.3  # what such a question weighs, and one whose answers are taken out of the candidates
# the way in which a feature may count: more of it is better, worse, or either
SIGNS = {"length": -1, "loss": -1, "terms_unknown": -1, "asks_of_one": 0}


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its candidates, and which of them answer it."""

    coded: Coded
    asked: Asked
    weighed: Weighed
    answers: Any  # (rows,) bool
    swapped: tuple[tuple[Asked, Weighed], ...] = ()  # the same asked about somebody else

    @property
    def without(self) -> Weighed:
        """The candidates less the answers and the passages beside them: nothing answers it any more."""
        near = {
            row.id + step
            for row, hit in zip(self.weighed.rows, self.answers, strict=True)
            if hit
            for step in (-1, 0, 1)
        }
        kept = np.array([row.id not in near for row in self.weighed.rows])
        of = self.weighed
        return replace(
            of,
            rows=tuple(row for row, keep in zip(of.rows, kept, strict=True) if keep),
            passages=of.passages[kept],
            fits=of.fits[kept],
            own=of.own[kept],
            topical=of.topical[kept],
        )


def examples(shared: Path) -> list[Example]:
    """The tune half of the coded questions, and our own."""
    named = Named(registry())
    own = questions("own", HERE / "own_questions.jsonl")
    texts = documents(shared) | documents(shared, HERE / "own_corpus.json")
    made = []
    for key, of in texts.items():
        by_id = {document.id: document for document in of}
        names = {document.id: document.name for document in of}
        with index_of(of, named) as index:
            for coded in (*questions("tune"), *own):
                if coded.set != key:
                    continue
                taken_apart = asked(coded.question, named)
                found = weighed(taken_apart, index, by_id.__getitem__, named)
                if found is None:
                    continue
                hits = [
                    any(names[row.document_id] == name and row.start < end and start < row.end
                        for name, start, end in coded.answers)
                    for row in found.rows
                ]  # fmt: skip
                others = []
                for other in swapped(taken_apart, named, place=len(made)) if coded.answers else ():
                    weighed_too = weighed(other, index, by_id.__getitem__, named)
                    if weighed_too is not None:
                        others.append((other, weighed_too))
                made.append(Example(coded, taken_apart, found, np.array(hits), tuple(others)))
    return made


def swapped(question: Asked, named: Named, *, place: int) -> list[Asked]:
    """The same question about the governments of other capitals.  place: decides which."""
    spans = [(start, end) for start, end, actor in named.within(question.words) if actor == question.asked_of]
    if not spans:
        return []
    (start, end), *_ = spans
    chosen = [ELSEWHERE[(place * SWAPS + step) % len(ELSEWHERE)] for step in range(SWAPS)]
    others = [asked(f"{question.words[:start]}{capital}{question.words[end:]}", named) for capital in chosen]
    return [other for other in others if other.asked_of not in (None, question.asked_of)]


def descended(loss: Callable[[Any], tuple[float, Any]], size: int, signs: Sequence[int]) -> Any:
    """The weights of least loss, each of its sign, by Adam from zero.  Source: Kingma & Ba (2015)."""
    at, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    lowest = np.array([0.0 if sign > 0 else -np.inf for sign in signs])
    highest = np.array([0.0 if sign < 0 else np.inf for sign in signs])
    for step in range(1, STEPS + 1):
        _, slope = loss(at)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        change = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        at = np.clip(at - RATE * (1 - step / (STEPS + 1)) * change, lowest, highest)
    return at


def fit_passages(given: Sequence[Example]) -> Any:
    """Weights under which an answer is the likeliest candidate (a softmax over those of one question)."""
    rows = np.concatenate([each.weighed.passages for each in given])
    scale = rows.std(0) + 1e-9
    use = [(each.weighed.passages / scale, each.answers) for each in given if each.answers.any()]

    def loss(at: Any) -> tuple[float, Any]:
        total, slope = PULL["passages"] * (at @ at), 2 * PULL["passages"] * at
        for features, hits in use:
            marks = features @ at
            odds = np.exp(marks - marks.max())
            all_of, right = odds / odds.sum(), np.where(hits, odds, 0) / odds[hits].sum()
            total -= np.log(odds[hits].sum() / odds.sum()) / len(use)
            slope = slope + (all_of - right) @ features / len(use)
        return total, slope

    return descended(loss, len(OF_PASSAGES), [SIGNS.get(name, 1) for name in OF_PASSAGES]) / scale


def fit_answers(features: Any, right: Any, counts: Any) -> tuple[Any, float]:
    """(weights, offset) of a logistic regression; both kinds of question weigh the same."""
    middle, scale = features.mean(0), features.std(0) + 1e-9
    standard = np.hstack([(features - middle) / scale, np.ones((len(features), 1))])
    weight = counts * np.where(right, 0.5 / counts[right].sum(), 0.5 / counts[~right].sum())
    pull = np.array([PULL["answers"]] * len(OF_ANSWERS) + [0.0])

    def loss(at: Any) -> tuple[float, Any]:
        odds = 1 / (1 + np.exp(-standard @ at))
        slope = (weight * (odds - right)) @ standard + 2 * pull * at
        return 0.0, slope

    at = descended(loss, len(OF_ANSWERS) + 1, [*(SIGNS.get(name, 1) for name in OF_ANSWERS), 0])
    return at[:-1] / scale, float(at[-1] - (at[:-1] * middle / scale).sum())


def hit(example: Example, marks: Any) -> bool:
    """Whether an answer is among the best five single sentences."""
    return bool(example.answers[np.argsort(-marks, kind="stable")[:TOP]].any())


def crossed(given: Sequence[Example]) -> tuple[list[bool], Any]:
    """(hits, log odds of being answered) of every question, by weights fitted on the other folds."""
    hits, odds = [False] * len(given), np.zeros(len(given))
    for fold in range(FOLDS):
        others = [each for place, each in enumerate(given) if place % FOLDS != fold]
        passages = fit_passages(others)
        weights, offset = fit_answers(*_answerable(others, passages))
        for place in range(fold, len(given), FOLDS):
            marks = given[place].weighed.passages @ passages
            hits[place] = hit(given[place], marks)
            odds[place] = answer_features(given[place].asked, given[place].weighed) @ weights + offset
    return hits, odds


def _answerable(given: Sequence[Example], passages: Any) -> tuple[Any, Any, Any]:
    """Features, labels and weights; what has an answer that is not found teaches neither."""
    rows: list[tuple[Any, bool, float]] = []
    for each in given:
        marks = each.weighed.passages @ passages
        if not each.coded.answers or hit(each, marks):
            rows.append((answer_features(each.asked, each.weighed), bool(each.coded.answers), 1.0))
        if each.answers.any() and (left := each.without).rows:
            rows.append((answer_features(each.asked, left), False, TAKEN_OUT))
        for other, found in each.swapped:
            rows.append((answer_features(other, found), False, SWAPPED))
    features, right, counts = zip(*rows, strict=True)
    return np.array(features), np.array(right), np.array(counts)


def main() -> None:
    """Fit, tell what questions left out of the fit say, and write."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--shared", type=Path, default=Path("../shared"))
    told.add_argument("--out", type=Path, default=Path("build/ask/weights.json"))
    told.add_argument("--install", action="store_true", help="write into the package")
    given = told.parse_args()
    made = examples(given.shared)
    hits, odds = crossed(made)
    without = np.array([not each.coded.answers for each in made])
    coded = np.array([each.coded.set != "own" for each in made])
    threshold = (
        float(np.quantile(odds[without & coded], REFUSED, method="lower")) + 1e-3
    )  # the lowest that refuses so many
    for key in dict.fromkeys(each.coded.set for each in made):
        of = [place for place, each in enumerate(made) if each.coded.set == key]
        right = [place for place in of if not without[place]]
        print(
            f"{key}: left out of the fit, ranked among five {np.mean([hits[at] for at in right]):.3f},"
            f" answered and found {np.mean([hits[at] and odds[at] >= threshold for at in right]):.3f},"
            f" refused {np.mean([odds[at] < threshold for at in of if without[at]]):.3f}"
        )
    passages = fit_passages(made)
    weights, offset = fit_answers(*_answerable(made, passages))
    found = {
        "passages": dict(zip(OF_PASSAGES, [round(float(each), 4) for each in passages], strict=True)),
        "answers": dict(zip(OF_ANSWERS, [round(float(each), 4) for each in weights], strict=True)),
        "offset": round(offset, 4),
        "threshold": round(1 / (1 + float(np.exp(-threshold))), 4),
    }
    path = WEIGHTS if given.install else given.out
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
