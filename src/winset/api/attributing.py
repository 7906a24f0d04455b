"""Who said what in one text, without a case."""

from __future__ import annotations

from winset.api.tables import Row, Table
from winset.api.words import Words
from winset.errors import BadCase

ATTRIBUTED = {
    "source": "who said it, in the text's exact words",
    "cue": "the words that introduce it",
    "content": "what was said",
    "form": "direct, indirect, mixed or act",
    "confidence": "0-1",
    "source_at": "start..end, half-open, Unicode code points of the text as given",
    "cue_at": "",
    "content_at": "start..end of each part",
}


def attribute(text: str) -> Table:
    """Who said what in a text, in its order, by the trained attributor: a row for each source, cue and content.

    Nothing is known here of who the sources are or what they are for: `case` does that.
    Raises BadCase for what is no text.  Cost: some 10,000 words a second.

    >>> said = attribute("The minister said that the talks would resume in May.")
    >>> said[0]["source"], said[0]["content_at"]
    ('The minister', ['18..52'])
    """
    from winset.statements.attribution import attributions

    if not isinstance(text, str):
        raise BadCase(f"{type(text).__name__} is no text: give words; for several texts, ws.case({{name: text}}, ...)")
    rows = []
    for found in attributions(text):
        parts = {"source": found.source, "cue": found.cue}
        rows.append(
            {
                **{name: text[slice(*span)] if span else None for name, span in parts.items()},
                "content": " […] ".join(text[start:end] for start, end in found.contents) or None,
                "form": found.form.value,
                "confidence": round(found.confidence, 3),
                **{f"{name}_at": _at(span) if span else None for name, span in parts.items()},
                "content_at": [_at(span) for span in found.contents],
            }
        )

    def opened(row: Row) -> tuple[Words, ...]:
        named = [(role, row[f"{role}_at"]) for role in ("source", "cue") if row[f"{role}_at"]]
        named += [("content", place) for place in row["content_at"]]
        words = []
        for role, place in named:
            start, _, end = place.partition("..")
            words.append(
                Words(document="the text", document_id="", start=int(start), end=int(end), role=role, text=text)
            )
        return tuple(sorted(words, key=lambda part: part.start))

    shown = ("source", "cue", "content", "form")
    return Table.of("attributions", rows, columns=ATTRIBUTED, shown=shown, opener=opened)


def _at(span: tuple[int, int]) -> str:
    return f"{span[0]}..{span[1]}"
