"""Words, Statement, Document: what everything rests on, as a notebook shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from winset.api.tables import Table
    from winset.corpus.types import Anchor
    from winset.corpus.types import Document as ReadText
    from winset.statements.types import Statement as Said

CONTEXT = 100  # characters on each side of words that `context` gives


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Words:
    """Exact words at an exact place: `words.text[words.start:words.end] == words.exact`."""

    document: str  # its title, else its name
    document_id: str
    start: int  # half-open, Unicode code points of the document's text
    end: int
    role: str = ""  # what they are: "source", "cue", "content", "telling", "event", "passage"
    text: str = field(repr=False)  # of the whole document

    @property
    def exact(self) -> str:
        """The words themselves."""
        return self.text[self.start : self.end]

    def context(self, characters: int = CONTEXT) -> str:
        """The words with as many characters before and after them, as they stand."""
        return self.text[max(0, self.start - characters) : self.end + characters]

    def __str__(self) -> str:
        return self.exact

    def __repr__(self) -> str:
        role = f" {self.role}" if self.role else ""
        return f"<Words{role} “{self.exact}”, {self.document} {self.start}–{self.end}>"

    def _repr_html_(self) -> str:
        from winset.api import html

        place = f"{html.safe(self.document)} {html.place(self.start, self.end)}"
        shown = html.marked(self.text, [(self.start, self.end, self.role or "content")])
        return html.framed(f"<blockquote>{shown}</blockquote><p>{place}</p>")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Statement:
    """Who said what, in which words; and what was made of it."""

    id: str
    represents: str | None  # whom the source speaks for; None: nobody known
    speaker: str | None
    stance: str | None  # favour, oppose, neutral, unclear or none
    said_on: str | None  # as precise as known: YYYY, YYYY-MM or YYYY-MM-DD
    source: Words | None  # who said it, in the text's words
    cue: Words | None  # what introduces it
    contents: tuple[Words, ...]  # what was said; several where something interrupts it
    row: Mapping[str, Any] = field(repr=False)  # as in `case.statements`

    @property
    def words(self) -> tuple[Words, ...]:
        """All its parts, in the order of the text."""
        parts = (part for part in (self.source, self.cue, *self.contents) if part is not None)
        return tuple(sorted(parts, key=lambda part: (part.start, part.end)))

    @property
    def exact(self) -> str:
        """What was said, word for word; gaps are shown as […]."""
        return " […] ".join(part.exact for part in self.contents) or (self.cue.exact if self.cue else "")

    @property
    def document(self) -> str:
        """Title, else name, of the document it stands in."""
        return self.words[0].document

    @property
    def document_id(self) -> str:
        """Id of the document it stands in."""
        return self.words[0].document_id

    def __repr__(self) -> str:
        return f"<Statement {self.id} {self} ({self.document} {self.words[0].start}–{self._end()})>"

    def __str__(self) -> str:
        who = ", ".join(filter(None, (self.represents, self.speaker))) or "nobody known"
        return f"{who}: “{' '.join(self.exact.split())}”"

    def _repr_html_(self) -> str:
        from winset.api import html

        parts = self.words
        quoted = html.marked(parts[0].text, [(part.start, part.end, part.role) for part in parts])
        return html.framed(f"<blockquote>{quoted}</blockquote><p>{told(self.row)}<br>{self._place()}</p>")

    def _place(self) -> str:
        from winset.api import html

        return f"{html.safe(self.document)} {html.place(self.words[0].start, self._end(), f', statement {self.id}')}"

    def _end(self) -> int:
        return max(part.end for part in self.words)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Document:
    """A document as it was read, and the statements found in it."""

    id: str
    name: str  # file name or address, as it was given
    title: str | None
    publisher: str | None
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD, as precise as known
    language: str | None  # BCP 47
    text: str = field(repr=False)  # NFC; offsets count its Unicode code points
    statements: Table = field(compare=False)

    def words(self, start: int, end: int) -> Words:
        """The words at a place, half-open.  Raises BadSpan for a place that is not in it."""
        from winset.errors import BadSpan

        if not 0 <= start < end <= len(self.text):
            raise BadSpan(f"{self.name}: no words at {start}-{end}: it has {len(self.text):,} characters")
        return Words(document=self.title or self.name, document_id=self.id, start=start, end=end, text=self.text)

    def __repr__(self) -> str:
        return f"<Document {self.title or self.name}: {self._size()}>"

    def _repr_html_(self) -> str:
        from winset.api import html

        spans = [
            (part.start, part.end, part.role)
            for row in range(len(self.statements))
            for part in self.statements.words(row)
        ]
        about = ", ".join(filter(None, (self.publisher, self.published, self.name)))
        head = f"<p><b>{html.safe(self.title or self.name)}</b><br>{html.muted(about)}</p>"
        text = html.marked(self.text, spans, around=None) if spans else html.safe(self.text)
        return html.framed(f"{head}<blockquote>{text}</blockquote><p>{html.muted(self._size())}</p>")

    def _size(self) -> str:
        from winset.brief.wording import count

        return f"{len(self.text):,} characters, {count(len(self.statements), 'statement')}"


def words_of(anchor: Anchor, document: ReadText, role: str = "") -> Words:
    """The words of an anchor in its document."""
    return Words(
        document=document.title or document.name,
        document_id=str(anchor.document_id),
        start=anchor.start,
        end=anchor.end,
        role=role,
        text=document.text,
    )


def statement_of(said: Said, document: ReadText, row: Mapping[str, Any]) -> Statement:
    """A statement with its words, and the row that a table has of it."""
    return Statement(
        id=str(said.id),
        represents=row["represents"],
        speaker=row["speaker"],
        stance=row["stance"],
        said_on=row["said_on"],
        source=words_of(said.source, document, "source") if said.source else None,
        cue=words_of(said.cue, document, "cue") if said.cue else None,
        contents=tuple(words_of(part, document, "content") for part in said.contents),
        row=dict(row),
    )


def told(row: Mapping[str, Any]) -> str:
    """Who says so, when and on which side, as markup."""
    from winset.api import html
    from winset.brief.page import STANCE_WORDS

    who = ", ".join(filter(None, (row["represents"], row["speaker"]))) or "nobody known"
    side = STANCE_WORDS.get(row["stance"] or "", "")
    marks = [word for word in ("hedged", "conditional") if row.get(word)]
    origin = f"origin: {row['origin']}" if row.get("origin") else ""
    rest = ", ".join(filter(None, (row["said_on"], side, *marks, origin)))
    return f"<b>{html.safe(who)}</b> {html.safe(rest) if rest else ''}"


def passage(parts: Sequence[Words]) -> str:
    """The words of a statement from its first to its last, as they stand, source, cue and content marked."""
    from winset.api import html

    return html.marked(parts[0].text, [(part.start, part.end, part.role) for part in parts], around=0)


def statement_rows(rows: Sequence[Mapping[str, Any]], words: Callable[[Mapping[str, Any]], Sequence[Words]]) -> str:
    """Statements as a notebook shows them: who, the words, on which side, where.  words: those of a row."""
    from winset.api import html
    from winset.brief.page import STANCE_WORDS

    return html.table(
        ("who", "words", "about the proposal", "said", "where"),
        [
            (
                html.safe(", ".join(filter(None, (row["represents"], row["speaker"]))) or row["source"] or "not told"),
                passage(words(row)),
                html.safe(STANCE_WORDS.get(row["stance"] or "", "")),
                html.safe(row["said_on"] or ""),
                f"{html.short(row['document'])} {html.place(row['start'], row['end'])}",
            )
            for row in rows
        ],
    )
