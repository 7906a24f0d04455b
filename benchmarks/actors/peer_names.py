"""Names of countries by a peer's library: run in the peers' environment, never imported by winset's.

python peer_names.py PEER TEXTS.jsonl

Prints one line of JSON: seconds without loading, names of countries (and nationalities) found, bytes of text.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def finder(peer: str) -> Callable[[str], int]:
    """The library's function from a text to how many names of countries and cities it finds."""
    if peer == "flashgeotext":
        geotext = importlib.import_module("flashgeotext.geotext").GeoText()

        def by_flashtext(text: str) -> int:
            found: dict[str, dict[str, dict[str, Any]]] = geotext.extract(text)
            return sum(each["count"] for kind in found.values() for each in kind.values())

        return by_flashtext
    module = importlib.import_module("geotext")

    def by_pattern(text: str) -> int:
        found = module.GeoText(text)
        return len(found.countries) + len(found.nationalities) + len(found.cities)

    return by_pattern


def main() -> None:
    peer, path = sys.argv[1:]
    find = finder(peer)
    texts = [json.loads(line)["text"] for line in Path(path).read_text("utf-8").splitlines()]
    find(texts[0])
    started = time.perf_counter()
    found = sum(find(text) for text in texts)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "found": found, "bytes": sum(len(text.encode()) for text in texts)}))


if __name__ == "__main__":
    main()
