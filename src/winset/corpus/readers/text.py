"""Plain text: kept entire, so that offsets are those of the file's own characters."""

from __future__ import annotations

from winset.corpus.decoding import decode
from winset.corpus.documents import document
from winset.corpus.language import language
from winset.corpus.metadata import metadata_of
from winset.corpus.types import Document, Limits, clean_text
from winset.registry import method


@method("text", source="Unicode15")
def read_text(payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """Plain text in UTF-8, UTF-16 or a legacy encoding found for certain.

    Title, authors, publisher and date are taken only where the text states them at its head or foot.
    Raises NotText, Empty, TooLarge.
    Source: Unicode Standard, Annex 15 (NFC), for the one normalisation made.
    """
    text = clean_text(decode(payload, name=name))
    metadata = metadata_of(text, language=language(text))
    return (document(text, name=name, metadata=metadata, limits=limits, media_type="text/plain", reader="text"),)
