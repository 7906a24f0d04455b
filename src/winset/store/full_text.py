"""Words found in the documents of a case, by the database's own index: FTS5 in a file, GIN over a tsvector on a server.

What a word is, winset says and no database: the index holds the words as `_folded` makes them, and the places are found
in the text itself, so that both give the same hits. The index is written in the transaction that adds a document.
Source: SQLite, "FTS5 Extension", 4.4.1 (contentless tables), 4.6 (detail=none); PostgreSQL documentation, 12.9, 12.11.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    cast,
    column,
    func,
    insert,
    intersect,
    select,
    text,
)
from sqlalchemy import table as sql_table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from winset.corpus.types import Document
from winset.ids import DocumentId
from winset.store import tables
from winset.store.databases import Database

LONGEST = 1_000  # characters of a question that are looked at
MOST_WORDS = 32  # of a question that must all be there
PREFIX = 64  # characters of a word that the index knows; the rest is compared in the text
PART = 100_000  # characters in one row of a server: a tsvector holds less than a megabyte
AT_ONCE = 20  # documents whose texts are held
AROUND = 60  # characters on each side of a hit

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # written without spaces: each is a word, a name a row of them
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+")
_CHUNK = re.compile(r'"([^"]*)(?:"|$)|[^\s"]+')

SQLITE = "CREATE VIRTUAL TABLE full_text USING fts5(words, content='', detail=none, tokenize='ascii')"  # row: the rank
served = Table(
    "full_text",  # on a server; a long document has several rows
    MetaData(),
    Column("document", Integer, nullable=False),  # its rank
    Column("words", TSVECTOR, nullable=False),
    Index("ix_full_text_document", "document"),
    Index("ix_full_text_words", "words", postgresql_using="gin"),
)

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Words of a document that were looked for."""

    document_id: DocumentId
    name: str
    start: int  # half-open, Unicode code points of the document's text
    end: int
    exact: str
    before: str  # what stands on either side of it, AROUND characters at most
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that must follow each other."""

    words: tuple[str, ...]  # folded
    open: bool  # whether the last is only the beginning of a word


def phrases(question: str) -> tuple[Phrase, ...]:
    """What is looked for: words, those between quotes or without a space between them in a row, `*` ends a beginning.

    >>> [phrase.words for phrase in phrases('Harbour "fishing grounds" e-mail')]
    [('harbour',), ('fishing', 'grounds'), ('e', 'mail')]
    """
    found: list[Phrase] = []
    left = MOST_WORDS
    for chunk in _CHUNK.finditer(unicodedata.normalize("NFC", question[:LONGEST])):
        words = tuple(_folded(match.group()) for match in islice(_WORD.finditer(chunk.group()), left))
        if words:
            found.append(Phrase(words=words, open=chunk.group().rstrip('"').endswith("*")))
        left -= len(words)
    return tuple(found)


def search(database: Database, question: str, *, limit: int = 50, each: int = 3) -> tuple[Hit, ...]:
    """The places of documents that hold all of `phrases(question)`, in the order in which they were added.

    limit: hits at most.  each: hits at most in one document.  Any words may be asked; those that say nothing find
    nothing.  Raises LockedCase, NotACase, NoServer.  Cost: the index, and reading through the documents that are shown.
    """
    wanted = phrases(question)
    if not wanted or limit < 1:
        return ()
    hits: list[Hit] = []
    document = tables.document
    with database.transaction(writes=False) as connection:
        ranks = _ranks(connection, [word for phrase in wanted for word in _asked(phrase)])
        for some in (ranks[at : at + AT_ONCE] for at in range(0, len(ranks), AT_ONCE)):
            columns = (document.c.id, document.c.name, document.c.text)
            query = select(*columns).where(document.c.rank.in_(some)).order_by(document.c.rank)
            for id, name, words in connection.execute(query):
                hits += [_hit(id, name, words, span) for span in spans(words, wanted)[:each]]
            if len(hits) >= limit:
                break
    return tuple(hits[:limit])


def spans(document: str, wanted: Sequence[Phrase]) -> list[Span]:
    """Where the phrases stand in a text, in its order; nowhere unless all of them do."""
    found = [(match.start(), match.end(), _folded(match.group())) for match in _WORD.finditer(document)]
    places: set[Span] = set()
    by_word: dict[str, list[int]] = {}
    for number, (_, _, word) in enumerate(found):
        by_word.setdefault(word, []).append(number)
    for phrase in wanted:
        own = set(_places(phrase, found, by_word))
        if not own:
            return []
        places |= own
    return sorted(places)


def add(connection: Connection, document: Document) -> None:
    """Index a document, in the transaction that has added it."""
    rank = select(tables.document.c.rank).where(tables.document.c.id == document.id)
    _add(connection, connection.execute(rank).scalar_one(), document.text)


def _add(connection: Connection, rank: int, document: str) -> None:
    if connection.dialect.name == "sqlite":
        row = {"rank": rank, "words": " ".join(_known(document))}
        connection.execute(text("INSERT INTO full_text (rowid, words) VALUES (:rank, :words)"), row)
        return
    for at in range(
        0, len(document), PART
    ):  # a word that is cut stands whole, as far as it is known, in the first part
        if words := _known(document[at : at + PART + PREFIX]):
            connection.execute(insert(served).values(document=rank, words=func.array_to_tsvector(words)))


def make(connection: Connection) -> None:
    """Make the index, with what the case holds already; a step of the schema's history."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(SQLITE)
    else:
        served.create(connection)
    document = sql_table("document", column("rank"), column("text"))  # as it was when this step was made
    for rank in connection.execute(select(document.c.rank)).scalars().all():
        _add(connection, rank, connection.execute(select(document.c.text).where(document.c.rank == rank)).scalar_one())


def _folded(word: str) -> str:
    return word.casefold()


def _known(document: str) -> list[str]:
    """The words of a text as the index knows them, each once."""
    return sorted({_folded(word)[:PREFIX] for word in _WORD.findall(document)})


def _asked(phrase: Phrase) -> Iterator[tuple[str, bool]]:
    """Each word of it as the index knows it, and whether it is only a beginning."""
    for place, word in enumerate(phrase.words, start=1):
        yield word[:PREFIX], phrase.open and place == len(phrase.words)


def _ranks(connection: Connection, words: Sequence[tuple[str, bool]]) -> Sequence[int]:
    """The ranks of the documents that hold all of these words, among which no quote can be: they are letters."""
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{word}"*' if opened else f'"{word}"' for word, opened in words)
        query = text("SELECT rowid FROM full_text WHERE full_text MATCH :match ORDER BY rowid")
        return connection.execute(query, {"match": match}).scalars().all()
    holding = [
        select(served.c.document).where(served.c.words.op("@@")(cast(f"'{word}'{':*' * opened}", TSQUERY)))
        for word, opened in words
    ]
    return sorted(connection.execute(intersect(*holding)).scalars())


def _places(phrase: Phrase, found: Sequence[tuple[int, int, str]], by_word: Mapping[str, list[int]]) -> Iterator[Span]:
    """Where the words follow each other in the words of a text."""
    *whole, last = phrase.words
    first = phrase.words[0]
    if whole or not phrase.open:
        begins = by_word.get(first, ())
    else:
        begins = sorted(number for word, numbers in by_word.items() if word.startswith(first) for number in numbers)
    for begin in begins:
        end = begin + len(whole)
        if end >= len(found) or [word for _, _, word in found[begin:end]] != whole:
            continue
        word = found[end][2]
        if word == last or (phrase.open and word.startswith(last)):
            yield found[begin][0], found[end][1]


def _hit(id: str, name: str, words: str, span: Span) -> Hit:
    start, end = span
    return Hit(
        document_id=DocumentId(id),
        name=name,
        start=start,
        end=end,
        exact=words[start:end],
        before=words[max(0, start - AROUND) : start],
        after=words[end : end + AROUND],
    )
