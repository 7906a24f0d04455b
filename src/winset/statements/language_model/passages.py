"""What a language model is shown of a document: numbered passages that know where each of their characters stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.statements.sentences import STATING
from winset.statements.types import Segment

LONGEST = 4_000  # characters; with the answer, this fits the 4,096 tokens that small local models are often given
UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # control, format, half a surrogate pair: a reader does not see them either


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a part of a very long one, as it is shown: one line without what no reader sees."""

    number: int  # unique in its document
    shown: str
    places: tuple[int, ...]  # where each shown character stands in the document's text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The document's characters behind `shown[start:end]`; what was not shown between them is included."""
        return self.places[start], self.places[end - 1] + 1


Chunk = tuple[Passage, ...]  # what is asked about in one go


def chunks(text: str, segments: Sequence[Segment]) -> Iterator[Chunk]:
    """The passages of body text and captions in order, each in one chunk, none of them over LONGEST characters."""
    held: list[Passage] = []
    size = 0
    for passage in passages(text, segments):
        if held and size + len(passage.shown) > LONGEST:
            yield tuple(held)
            held, size = [], 0
        held.append(passage)
        size += len(passage.shown)
    if held:
        yield tuple(held)


def passages(text: str, segments: Sequence[Segment]) -> Iterator[Passage]:
    """Each paragraph of the text; one over LONGEST characters is cut between sentences, or within a longer one."""
    number = 0
    for segment in segments:
        if segment.kind not in STATING:
            continue
        for start, end in _pieces(segment):
            number += 1
            passage = _shown(text, start, end, number)
            if passage.shown:
                yield passage


def _pieces(segment: Segment) -> Iterator[tuple[int, int]]:
    if segment.end - segment.start <= LONGEST:
        yield segment.start, segment.end
        return
    begin = end = segment.start
    for _, stop in segment.sentences:
        if stop - begin > LONGEST and end > begin:
            yield begin, end
            begin = end
        while stop - begin > LONGEST:
            yield begin, begin + LONGEST
            begin += LONGEST
        end = stop
    if end > begin:
        yield begin, end


def _shown(text: str, start: int, end: int, number: int) -> Passage:
    characters: list[str] = []
    places: list[int] = []
    for place in range(start, end):
        character = text[place]
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        elif unicodedata.category(character) in UNSEEN:
            continue
        characters.append(character)
        places.append(place)
    if characters and characters[-1] == " ":
        characters.pop()
        places.pop()
    return Passage(number, "".join(characters), tuple(places))
