"""Who said what: any text, by all attributors, the trained network among them."""

from __future__ import annotations

from functools import cache

from fuzz import laws
from fuzz.target import Target
from winset.actors.registry import Registry, registry
from winset.corpus.documents import cleaned
from winset.corpus.types import Document
from winset.statements.extraction import extract


@cache
def _registry() -> Registry:
    return registry()


def _attributed(data: bytes) -> None:
    document = Document(name="fuzzed", text=cleaned(data.decode("utf-8", "replace")))
    found = extract(document)
    laws.statements(found.statements, document)
    places = [(each.start, each.end) for each in found.statements]
    laws.holds(places == sorted(places), "statements out of order")
    laws.holds(all(0 <= each.start <= each.end <= len(document.text) for each in found.segments), "a segment outside")
    laws.holds(found.refused == 0, f"{found.refused} proposals of our own methods did not hold")


TARGETS = (
    Target(
        name="attribution",
        group="attribution",
        about="a text: who said which words, each held against the text",
        run=_attributed,
        most_bytes=2048,
    ),
)
