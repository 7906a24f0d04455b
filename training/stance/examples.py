"""Coded texts of several sets as one kind of example: proposal, context, statement, what people said of it.

Every set is read where it lies; none of its sentences is in the project.
"""

from __future__ import annotations

import gzip
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
OTHER_WAY = {AGAINST: FOR, NEUTRAL: NEUTRAL, FOR: AGAINST}
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
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def invented(folder: Path = INVENTED) -> Iterator[Coded]:
    """Statements written for this purpose, on a proposal and on the one to the opposite effect.

    Each is read with its verb and without; whether it is about the matter at all is a coding of its own.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in enumerate(_lines(path)):
            side, group = SIDES[row["side"]], f"{path.stem}:{row['topic']}"
            for counter in (False, True):
                label = one(OTHER_WAY[side] if counter else side)
                words = row["content"] if (number + counter) % 2 else f"{row['cue'].strip(':')} {row['content']}".strip()
                id = f"{path.stem}{number}{'c' * counter}"
                text = (row["counter" if counter else "proposal"], row["context"], words)
                about = one(int(row["side"] != "none"), 2)
                yield Coded(STANCE, *text, label, group, id, "invented", about)


def vast(data: Path) -> Iterator[Coded]:
    """Comments of readers towards a topic (Allaway & McKeown 2020)."""
    for row in _lines(data / "vast" / "train.jsonl.gz"):
        yield Coded(STANCE, row["topic"], "", row["text"], one(SIDES[row["label"]]), row["topic"], row["id"], "vast")


def newsmtsc(data: Path) -> Iterator[Coded]:
    """Sentiment of a sentence of policy news towards who or what it names (Hamborg & Donnay 2021)."""
    for row in _lines(data / "newsmtsc" / "train.jsonl"):
        label = one(SIDES[row["label"]])
        yield Coded(SENTIMENT, row["target"], "", row["text"], label, row["text"], row["id"], "newsmtsc")


def ibmclaims(data: Path, chance: random.Random | None = None) -> Iterator[Coded]:
    """Claims for or against a motion (Bar-Haim et al. 2017); with `chance`, also under a motion they are not about."""
    rows = list(_lines(data / "ibmclaims" / "dev.jsonl"))
    motions = sorted({row["proposal"] for row in rows})
    for row in rows:
        label = one(SIDES[row["label"]])
        yield Coded(STANCE, motion(row["proposal"]), "", row["claim"], label, row["topic_id"], row["id"], "ibmclaims")
        if chance is not None and chance.random() < 0.35:  # noqa: PLR2004
            other = chance.choice([each for each in motions if each != row["proposal"]])
            yield Coded(STANCE, motion(other), "", row["claim"], one(NEUTRAL), row["topic_id"], "", "ibmclaims")


def motion(text: str) -> str:
    """The motion without its opening formula."""
    for opening in ("This house believes that ", "This house supports ", "This house would ", "This house believes "):
        text = text.removeprefix(opening)
    return text


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
    """Sentences of negotiation reports, sided by rule, with what they are for or against; a third about other things."""
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
