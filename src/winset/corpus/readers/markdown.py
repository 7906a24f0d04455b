"""Markdown: its source kept entire, marks included, so that offsets are those of the file's own characters."""

from __future__ import annotations

from winset.corpus.decoding import decode
from winset.corpus.documents import document
from winset.corpus.language import language
from winset.corpus.metadata import metadata_of
from winset.corpus.types import Document, Limits, clean_text
from winset.registry import method


@method("markdown", source="RFC7763")
def read_markdown(payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """Markdown source; a YAML block between rules at its top states title, author, date, publisher and url.

    Raises NotText, Empty, TooLarge.
    Source: RFC 7763 for the media type; front matter as static site generators write it.
    """
    text = clean_text(decode(payload, name=name))
    metadata = metadata_of(text, language=language(text))
    return (document(text, name=name, metadata=metadata, limits=limits, media_type="text/markdown", reader="markdown"),)
