"""From the network's probabilities, alone or with the word list's opinion, to a side."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.sides import Side
from winset.positions.stance_network.debates import debate, mixed
from winset.positions.stance_network.network import Reading, stance_network
from winset.statements.meaning.vectors import sentence_encoder
from winset.statements.types import Form, Statement

BEFORE = 320  # characters before a statement, of its own paragraph, that the network reads with it
DECIDED = 0.2  # direction times confidence from which the word list has a side
# of 139 sides that the list told on coded texts 81 in 100 were right, nearly whatever its own figure for them
DOUBTED, LISTED_LEAST, LISTED_MORE = 0.4, 0.7, 0.15
PLAINLY = 0.3  # lean from which the network has one
LEAST = 1e-6  # a probability is never taken for smaller


def side(statement: Statement, *, document: Document, issue: Issue) -> Side:
    """The network's alone."""
    return of_reading(_read(statement, document, issue))


def weighed(words: Side, statement: Statement, *, document: Document, issue: Issue, relevant: bool) -> Side:
    """The word list's side where it has one, else the network's where it plainly leans.

    words: the word list's side of the same statement.  Reports of what states say name their side more often than
    the network can tell it; what the network reads better than any list is whether they speak of the proposal.
    In a debate learned before, its arguments are weighed first.
    relevant: that it is about the proposal is known.  The network, a thousand times slower, reads only what is not,
    and where words decide only once it is asked whether the statement is about the proposal.
    """
    learned = debate(issue.proposal)
    if learned is not None:
        (shares,) = learned.shares(sentence_encoder().vectors([statement.words]))
        reading = together(_read(statement, document, issue), words)
        return of_reading(mixed(reading, shares), f"{words.reason}; the debate is known; ")
    if abs(words.sign * words.confidence) >= DECIDED:
        sure = LISTED_LEAST + LISTED_MORE * words.confidence if words.confidence >= DOUBTED else words.confidence
        asks = None if relevant else lambda: _read(statement, document, issue).about
        return replace(words, asks=asks, confidence=round(sure, 3))
    if not relevant:
        return words
    reading = _read(statement, document, issue)
    found = of_reading(together(reading, words), f"{words.reason}; ")
    return found if abs(found.sign) >= PLAINLY else replace(words, about=reading.about)


def of_reading(reading: Reading, before: str = "") -> Side:
    """The likeliest of for, against and neither, and how likely it is."""
    told = f"{before}read as {reading.favour:.0%} for, {reading.against:.0%} against"
    most = max(reading.favour, reading.against, reading.neutral)
    if most == reading.neutral:
        return Side(0.0, most, told, about=reading.about)
    return Side(reading.lean, most, told, about=reading.about)


def together(reading: Reading, words: Side) -> Reading:
    """The network's probabilities corrected by the word list's side.

    A logistic regression without a constant for either side, so that it knows no proposal's popularity:
    against : neutral : for = exp(-s) : exp(n) : exp(s).  Source: Platt (1999); weights in `data/weights.json`,
    fitted on statements that the network was not trained on, see the model card.
    """
    weight = _weights()
    listed = words.sign * words.confidence
    s = weight["network"] * _log_odds(reading) + weight["words"] * listed
    n = weight["neither"] + weight["network_neither"] * _neither(reading) + weight["words_any"] * abs(listed)
    powers = [math.exp(power - max(abs(s), n)) for power in (-s, n, s)]
    against, neutral, favour = (power / sum(powers) for power in powers)
    return replace(reading, against=against, neutral=neutral, favour=favour)


def _log_odds(reading: Reading) -> float:
    """Of for over against."""
    return math.log(max(reading.favour, LEAST) / max(reading.against, LEAST))


def _neither(reading: Reading) -> float:
    """Log odds of neither over the two sides' geometric mean."""
    sides = math.sqrt(max(reading.favour, LEAST) * max(reading.against, LEAST))
    return math.log(max(reading.neutral, LEAST) / sides)


def _read(statement: Statement, document: Document, issue: Issue) -> Reading:
    before = document.text[max(0, statement.start - BEFORE) : statement.start].rpartition("\n")[2]
    act = statement.form is Form.ACT and statement.cue is not None
    words = f"{statement.cue.exact} {statement.words}" if act and statement.cue else statement.words
    return stance_network().read(proposal=issue.proposal, context=before, statement=words)


@cache
def _weights() -> Mapping[str, float]:
    told: dict[str, float] = json.loads(
        (files("winset.positions.stance_network") / "data" / "weights.json").read_text()
    )
    return told
