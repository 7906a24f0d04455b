"""A statement, what stands before it and the proposal as one row of word pieces."""

from __future__ import annotations

from itertools import chain, islice

from winset.statements.tagging.wordpieces import WordPieces

PROPOSAL, CONTEXT, STATEMENT = range(3)  # types of a piece: which of the three texts it belongs to
LONGEST = (24, 40, 96)  # pieces of each that are read; longer contexts keep their end, the others their beginning


def row(words: WordPieces, proposal: str, context: str, statement: str) -> tuple[list[int], list[int]]:
    """(pieces, types): [CLS] proposal [SEP] context [SEP] statement [SEP]; both of one length."""
    opening, closing = words.vocabulary["[CLS]"], words.vocabulary["[SEP]"]
    pieces, types = [opening], [PROPOSAL]
    for kind, text in enumerate((proposal, context, statement)):
        found = _cut(words, text, LONGEST[kind], ends=kind == CONTEXT)
        pieces += [*found, closing]
        types += [kind] * (len(found) + 1)
    return pieces, types


def _cut(words: WordPieces, text: str, most: int, *, ends: bool) -> list[int]:
    if ends:
        text = text[-12 * most :]  # more characters than that many pieces have; a long context is not read whole
    cut = chain.from_iterable(word.pieces for word in words.words(text, 0, len(text)))
    return list(cut)[-most:] if ends else list(islice(cut, most))
