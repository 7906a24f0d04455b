"""Coded texts of several sets as one kind of example: proposal, context, statement, what people said of it.

Every set is read where it lies; none of its sentences is in the project.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AGAINST, NEUTRAL, FOR = range(3)
STANCE, SENTIMENT, CONFLICT, ABOUT = "stance", "sentiment", "conflict", "about"
INVENTED = Path(__file__).parent / "invented"
COAL = "State aid to keep uncompetitive coal mines open longer"
SIDES = {"con": AGAINST, "anti": AGAINST, "negative": AGAINST, "neutral": NEUTRAL, "pro": FOR, "positive": FOR}
SIDES |= {"oppose": AGAINST, "none": NEUTRAL, "favour": FOR}


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded text. group: what must not be split between training and measuring."""

    task: str
    proposal: str
    context: str
    statement: str
    label: tuple[float, ...]  # shares of the coders, sum 1
    group: str
    id: str = ""
    set: str = ""
    about: tuple[float, ...] | None = None  # shares for "about something else" and "about this"; None: not coded


def one(label: int, of: int = 3) -> tuple[float, ...]:
    """All on one label."""
    return tuple(float(number == label) for number in range(of))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def invented(folder: Path = INVENTED) -> Iterator[Coded]:
    """Statements written for this purpose, towards a proposal; every other one is read with its verb.

    Whether one is about the matter at all is a coding of its own. The files also hold a proposal to the opposite
    effect; trained on both, a network this small learned neither (see the model card), so it is not read.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in enumerate(_lines(path)):
            words = row["content"] if number % 2 else f"{row['cue'].strip(':')} {row['content']}".strip()
            yield Coded(
                STANCE,
                row["proposal"],
                row["context"],
                words,
                one(SIDES[row["side"]]),
                f"{path.stem}:{row['topic']}",
                f"{path.stem}{number}",
                "invented",
                one(int(row["side"] != "none"), 2),
            )


def newsmtsc(data: Path) -> Iterator[Coded]:
    """Sentiment of a sentence of policy news towards who or what it names (Hamborg & Donnay 2021)."""
    for row in _lines(data / "newsmtsc" / "train.jsonl"):
        label = one(SIDES[row["label"]])
        yield Coded(SENTIMENT, row["target"], "", row["text"], label, row["text"], row["id"], "newsmtsc")


def ibmclaims(data: Path) -> Iterator[Coded]:
    """Claims for or against a motion (Bar-Haim et al. 2017); nothing is trained on them."""
    for row in _lines(data / "ibmclaims" / "dev.jsonl"):
        label = one(SIDES[row["label"]])
        yield Coded(STANCE, row["proposal"], "", row["claim"], label, row["topic_id"], row["id"], "ibmclaims")


def epcoal(data: Path) -> Iterator[Coded]:
    """Sentences of a debate in the European Parliament, read by crowd coders (Benoit et al. 2016)."""
    for row in _lines(data / "epcoal" / "sentences_dev.jsonl"):
        if row["lang"] == "EN":
            shares = tuple(row[name] / row["n_codings"] for name in ("n_anti", "n_neutral", "n_pro"))
            yield Coded(STANCE, COAL, row["prev"], row["text"], shares, row["speaker"], row["id"], "epcoal")


def unscon(data: Path) -> Iterator[Coded]:
    """Units of speeches in the Security Council: is somebody criticised? The unit before is its context."""
    before: dict[str, Any] = {}
    for row in _lines(data / "unscon" / "edu_dev.jsonl"):
        same = (before.get("meeting"), before.get("speech_no")) == (row["meeting"], row["speech_no"])
        context = before["text"] if same else ""
        label = one(row["conflict"], 2)
        yield Coded(CONFLICT, row["speaker"], context, row["text"], label, row["meeting"], row["id"], "unscon")
        before = row


def enb(data: Path, chance: random.Random) -> Iterator[Coded]:
    """Sentences of negotiation reports, sided by rule, towards what they name; a third towards something else."""
    rows = [
        (row["text"], each["towards_text"], each["stance"], row["id"], row["section_id"])
        for row in _lines(data / "enb" / "silver_dev.jsonl")
        for each in row["stances"]
        if each.get("towards_text")
    ]
    for text, towards, stance, id, section in rows:
        label = one(FOR if stance == "support" else AGAINST)
        yield Coded(STANCE, towards, "", text, label, section, id, "enb")
        if chance.random() < 0.5:  # noqa: PLR2004
            other = chance.choice(rows)
            yield Coded(STANCE, other[1], "", text, one(NEUTRAL), section, "", "enb")
