"""One way from words and metadata to a Document, for every reader."""

from __future__ import annotations

import re

from winset.corpus.language import language
from winset.corpus.metadata import Metadata
from winset.corpus.types import Document, Limits, Link, clean_text
from winset.errors import Empty, TooLarge

_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character: no encoding can store it
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # what a PDF or a feed may leave between words


def cleaned(raw: str) -> str:
    """Words taken out of a format: NFC, LF, and without control characters or halves of characters."""
    return clean_text(_CONTROL.sub(" ", _SURROGATE.sub("\ufffd", raw)))


def paragraphs(parts: list[str]) -> str:
    """The parts that hold anything, separated by a blank line."""
    return "\n\n".join(part.strip() for part in parts if part.strip())


def document(
    text: str,
    *,
    name: str,
    metadata: Metadata,
    limits: Limits,
    media_type: str,
    reader: str,
    tongue: str | None = None,
    links: tuple[Link, ...] = (),
) -> Document:
    """The Document of `text`, which must be clean.

    tongue: language the format states, used where the text is too short to tell.
    Raises Empty where there is nothing but white space, TooLarge over `limits.text_characters`.
    """
    check_size(len(text), name=name, limits=limits)
    if not text.strip():
        raise Empty(f"{name}: holds nothing but white space; give a document with text in it")
    detected = language(text)
    places = metadata.found_in
    if detected or tongue:
        places += (("language", "py3langid" if detected else "stated by the format"),)
    return Document(
        name=name,
        text=text,
        title=_one_line(metadata.title),
        authors=tuple(filter(None, map(_one_line, metadata.authors))),
        publisher=_one_line(metadata.publisher),
        published=metadata.published,
        language=detected or tongue,
        source_url=_one_line(metadata.source_url),
        media_type=media_type,
        reader=reader,
        found_in=places,
        links=links,
    )


def check_size(characters: int, *, name: str, limits: Limits) -> None:
    """Raises TooLarge over `limits.text_characters`."""
    if characters > limits.text_characters:
        raise TooLarge(
            f"{name}: {characters:,} characters of text; at most {limits.text_characters:,} are read: split it up"
        )


def _one_line(words: str | None) -> str | None:
    return (" ".join(cleaned(words).split()) or None) if words else None
