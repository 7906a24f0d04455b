"""textacy over many texts by several processes: run in the peers' environment, never imported by winset's.

python peer_pool.py IN.jsonl OUT.jsonl PROCESSES
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "attribution"))

_state: dict[str, Any] = {}


def load() -> None:
    """Load the parser, once for each process."""
    quotations = importlib.import_module("peer_quotations")
    _state["parse"] = importlib.import_module("spacy").load(quotations.MODEL, disable=["ner"])
    _state["find"], _state["quotations"] = quotations.finder("textacy"), quotations


def line(row: str) -> str:
    """The line of a text."""
    text = json.loads(row)
    said, _ = _state["quotations"].attributions(text["text"], parse=_state["parse"], find=_state["find"])
    return json.dumps({"id": text["id"], "attributions": said}) + "\n"


def main() -> None:
    """Read, find, write, in order."""
    texts, out, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    with (
        multiprocessing.Pool(processes, load) as pool,
        texts.open(encoding="utf-8") as rows,
        out.open("w", encoding="utf-8") as target,
    ):
        target.writelines(pool.imap(line, rows, chunksize=8))


if __name__ == "__main__":
    main()
