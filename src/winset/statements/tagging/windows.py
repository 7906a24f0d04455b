"""A text as the windows that the network reads: whole paragraphs where they fit, whole sentences where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from winset.statements.quotations import Quotation
from winset.statements.tagging.wordpieces import Word, WordPieces

WIDTH = 256  # pieces, with the marks at its ends; as far as the pretrained network has read
CASES = 3
TYPES = 2 * CASES  # case of the word, and whether it stands inside quotation marks

Sentences: TypeAlias = Sequence[tuple[int, int]]  # half-open spans


@dataclass(slots=True)
class Window:
    """Pieces for the network, and the words they belong to.

    pieces, types: one number a piece. firsts: for each word, the place of its first piece. spans: for each word,
    its start and end in the text. paragraphs: for each word, the number of its paragraph in the text.
    """

    pieces: list[int]
    types: list[int]
    firsts: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Block:
    """The words of a sentence or paragraph with their types."""

    paragraph: int
    words: list[tuple[Word, int]]
    size: int


def windows(
    text: str,
    paragraphs: Iterable[Sentences],
    quotations: Sequence[Quotation],
    vocabulary: WordPieces,
    *,
    first_width: int = WIDTH,
) -> Iterator[Window]:
    """The windows of a text in order; every word of the sentences lies in exactly one of them.

    paragraphs: each as the half-open spans of its sentences. first_width: pieces of the first window; training
    varies it, so that a paragraph is read in other company at each pass.
    """
    opening, closing = vocabulary.vocabulary["[CLS]"], vocabulary.vocabulary["[SEP]"]
    window, room = Window([opening], [0]), first_width
    for block in _blocks(text, paragraphs, quotations, vocabulary):
        if window.firsts and len(window.pieces) + block.size + 1 > room:
            yield window
            window, room = Window([opening], [0]), WIDTH
        if window.firsts and window.paragraphs[-1] != block.paragraph:
            window.pieces.append(closing)
            window.types.append(0)
        _append(window, block)
    if window.firsts:
        yield window


def _append(window: Window, block: _Block) -> None:
    firsts, spans, pieces, types = window.firsts, window.spans, window.pieces, window.types
    for (start, end, parts, _), kind in block.words:
        firsts.append(len(pieces))
        spans.append((start, end))
        pieces += parts
        types += (kind,) * len(parts)
    window.paragraphs.extend([block.paragraph] * len(block.words))


def _blocks(
    text: str, paragraphs: Iterable[Sentences], quotations: Sequence[Quotation], vocabulary: WordPieces
) -> Iterator[_Block]:
    """Paragraphs that fit a window, else their sentences, else pieces of these."""
    mark, last = 0, len(quotations)
    for number, sentences in enumerate(paragraphs):
        parts: list[_Block] = []
        for start, end in sentences:
            words: list[tuple[Word, int]] = []
            for word in vocabulary.words(text, start, end):
                at = word.start
                while mark < last and quotations[mark].end <= at:
                    mark += 1
                quoted = mark < last and quotations[mark].start <= at
                words.append((word, word.case + CASES * quoted))
            parts.extend(_fitting(number, words))
        whole = sum(part.size for part in parts)
        if whole + 2 <= WIDTH:
            yield _Block(number, [word for part in parts for word in part.words], whole)
        else:
            yield from parts


def _fitting(paragraph: int, words: Sequence[tuple[Word, int]]) -> Iterator[_Block]:
    """The words in blocks that fit a window: one, unless the sentence is endless."""
    size = sum(len(word.pieces) for word, _ in words)
    if words and size + 2 <= WIDTH:
        yield _Block(paragraph, list(words), size)
        return
    block = _Block(paragraph, [], 0)
    for word in words:
        if block.size + len(word[0].pieces) + 2 > WIDTH:
            yield block
            block = _Block(paragraph, [], 0)
        block.words.append(word)
        block.size += len(word[0].pieces)
    if block.words:
        yield block
