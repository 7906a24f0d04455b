"""Who is for and who against in reports of climate negotiations, against pairs read off by patterns.

Data: sentences of the Earth Negotiations Bulletin; the silver pairs come from rules of their own and are incomplete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.position_tasks.negotiation_actors import actor, noted, spelled
from benchmarks.position_tasks.scoring import rows, scored

from winset.statements.negotiation.parsing import propositions
from winset.statements.negotiation.types import Polarity, Proposition, Role
from winset.statements.sentence_ends import sentences
from winset.statements.tokens import tokens

SPELLINGS = {
    "eu": "EU",
    "g77": "G-77/China",
    "aosis": "AOSIS",
    "ldc": "LDCs",
    "lmdc": "LMDCs",
    "eig": "EIG",
    "umbrella-group": "UG",
    "cfrn": "CfRN",
    "basic": "BASIC",
    "visegrad": "Visegrad Group",
    "KOR": "Republic of Korea",
    "COD": "Democratic Republic of Congo",
    "COG": "Republic of Congo",
    "TUR": "Turkey",
    "CZE": "Czech Republic",
    "SWZ": "Swaziland",
}


def predict(given: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A prediction line for each row, from its text alone."""
    for row in given:
        yield {"id": row["id"], "pairs": [list(pair) for pair in holders(row["text"]).items()]}


def holders(text: str) -> dict[str, str]:
    """Each side for or against something or somebody; by the first such words where there are several."""
    found: dict[str, str] = {}
    told = [each for span in sentences(text) for each in propositions(tokens(text, *span, ()))]
    for each in sorted(
        told, key=lambda each: each.role is Role.LEADING
    ):  # towards another side, before towards a point
        side = _side(each)
        if side is Polarity.REPORT:
            continue
        id = actor(text[slice(*each.actor)]) or noted(text, each.actor[1])
        if id is not None:
            found.setdefault(spelled(id, SPELLINGS), side.value)
    return found


def _side(found: Proposition) -> Polarity:
    """Towards the party it stands with or against, else towards the point."""
    if found.role is Role.OPPOSING:
        return Polarity.OPPOSE
    if found.role is Role.SUPPORTING and found.strong:
        return Polarity.SUPPORT
    return found.polarity


def measure(data: Path) -> dict[str, float]:
    """What the set's own scorer reports."""
    gold = data / "enb" / "silver_dev.jsonl"
    answer = scored(data / "enb" / "score.py", gold, predict(rows(gold)))
    return {key: value for key, value in answer.items() if isinstance(value, float)}
