"""One attributor on one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from winset.corpus.types import Document
from winset.statements.attributors import ATTRIBUTORS
from winset.statements.segmentation import segments

Triple = tuple[str, str, str]
Proposed = Callable[[str, str], list[Triple]]


@pytest.fixture
def proposed() -> Proposed:
    """(source, cue, content) in words, as the attributor of that id proposes them; "" where a part is missing."""

    def triples(id: str, text: str) -> list[Triple]:
        found = ATTRIBUTORS[id](Document(name="text", text=text), segments(text))
        return [(_words(text, one.source), _words(text, one.cue), _words(text, *one.contents)) for one in found]

    return triples


def _words(text: str, *spans: tuple[int, int] | None) -> str:
    return " … ".join(text[span[0] : span[1]] for span in spans if span)
