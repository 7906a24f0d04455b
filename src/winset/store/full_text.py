"""Words found in the documents of a case, by the database's own index: FTS5 in a file, GIN over a tsvector on a server.

What a word is, winset says and no database: the index holds the words as `_folded` makes them, and the places are found
in the text itself, so that both give the same hits. The index is written in the transaction that adds a document.

Two words that follow each other are in it as one of PAIRS signs, so that of a million documents that hold two frequent
words only those are read that may hold them in a row. On a server each row also has the sign of its block of BLOCK
documents: the first page of a frequent word takes from each list of the index the part that belongs to a block.
Source: SQLite, "FTS5 Extension", 4.4.1 (contentless tables), 4.6 (detail=none); PostgreSQL documentation, 12.9, 12.11
and 70.4 (GIN); Williams, Zobel and Bahle (2004), "Fast phrase querying with combined indexes": pairs of words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, islice, pairwise
from typing import Any, TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
    text,
)
from sqlalchemy import table as sql_table
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR

from winset.ids import DocumentId
from winset.store import tables
from winset.store.databases import Database

LONGEST = 1_000  # characters of a question that are looked at
MOST_WORDS = 32  # of a question that must all be there
PREFIX = 64  # characters of a word that the index knows; the rest is compared in the text
PART = 600_000  # bytes of words in one row of a server: a tsvector holds less than a megabyte
AT_ONCE = 40  # documents whose texts are held
PAIRS = 1 << 20  # signs for two words in a row: of 350 words a document, one in 3,000 has a sign by chance
BLOCK = 1 << 13  # documents that share a sign on a server
STEPS = (1, 4, 16)  # blocks that are looked through at first, then, and then; at last all others
NEXT = 1 << 9  # documents that are looked at one by one, where a word is only a beginning
MANY = 500  # ranks that a query tells at most
MOST_READ = 2_000  # documents that are read for one page: where more might hold the words, the next page goes on
AROUND = 60  # characters on each side of a hit

_LONG = "_long"  # the sign of a document of several rows, whose words must be looked for one by one
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # written without spaces: each is a word, a name a row of them
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+")
# outside of these a letter may be folded to what is none, or be a word of its own
_UNLIKE_LATIN = re.compile("[^\0-\u024f\u2000-\u206f]")
_CHUNK = re.compile(r'"([^"]*)(?:"|$)|[^\s"]+')

# row: the rank
SQLITE = (
    """CREATE VIRTUAL TABLE full_text USING fts5(words, content='', detail=none, tokenize="ascii tokenchars '_'")"""
)
served = Table(
    "full_text",  # on a server; a long document has several rows
    MetaData(),
    Column("document", Integer, nullable=False),  # its rank
    Column("words", TSVECTOR, nullable=False),  # with signs, which begin with "_", as no word does
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Hits in the order of their documents, and where to go on."""

    hits: tuple[Hit, ...]
    onward: int | None  # `after` of the next page; None: there is no further document


def search(database: Database, question: str, *, limit: int = 50, each: int = 3) -> tuple[Hit, ...]:
    """The places of documents that hold all of `phrases(question)`, in the order in which they were added.

    limit: hits at most.  each: hits at most in one document.  Any words may be asked; those that say nothing find
    nothing.  Raises LockedCase, NotACase, NoServer.  Cost: as for `searched`, for each page that is needed.
    """
    hits: list[Hit] = []
    after: int | None = 0
    while after is not None and len(hits) < limit:
        found = searched(database, question, after=after, limit=limit - len(hits), each=each)
        hits += found.hits
        after = found.onward
    return tuple(hits)


def searched(
    database: Database, question: str, *, after: int = 0, limit: int = 50, each: int = 3, documents: int = MOST_READ
) -> Page:
    """A page of the same: the documents after that rank.

    limit, documents: hits, and documents that have some, at most.  A page may hold fewer, or none, and yet lead onward:
    it ends when MOST_READ documents have been read.
    Raises LockedCase, NotACase, NoServer.
    Cost: that of the documents read, as many as are shown unless the words stand in a row far more seldom than their
    pairs do; the part of the index until there.
    """
    wanted = phrases(question)
    if not wanted or limit < 1:
        return Page(hits=(), onward=None)
    hits: list[Hit] = []
    read = shown = 0
    document = tables.document.c
    columns = (document.rank, document.id, document.name, document.text)
    with database.transaction(writes=False) as connection:
        ranks = _ranks(connection, [*_asked_of(wanted)], after=after)
        while some := list(islice(ranks, AT_ONCE)):
            query = select(*columns).where(document.rank.in_(some)).order_by(document.rank)
            for rank, id, name, words in connection.execute(query).all():
                found = [_hit(id, name, words, span) for span in spans(words, wanted)[:each]]
                hits += found
                read += 1
                shown += bool(found)
                if len(hits) >= limit or shown >= documents or read >= MOST_READ:
                    return Page(hits=tuple(hits[:limit]), onward=rank)
    return Page(hits=tuple(hits), onward=None)


def spans(document: str, wanted: Sequence[Phrase]) -> list[Span]:
    """Where the phrases stand in a text, in its order; nowhere unless all of them do."""
    folded = _folded(document)
    if len(folded) == len(document) and not _UNLIKE_LATIN.search(document):
        return _spans_in(folded, wanted)
    return _spans_by_words(document, wanted)


def _spans_in(folded: str, wanted: Sequence[Phrase]) -> list[Span]:
    """The same in a text of which each character was folded to one: ten times faster than word by word."""
    places: set[Span] = set()
    for phrase in wanted:
        found = _pattern(phrase)
        match = found.search(folded)
        if match is None:
            return []
        while match is not None:
            places.add(match.span())
            match = found.search(folded, match.start() + 1)
    return sorted(places)


@lru_cache(maxsize=256)
def _pattern(phrase: Phrase) -> re.Pattern[str]:
    words = r"[\W_]+".join(map(re.escape, phrase.words))
    end = r"[^\W_]*" if phrase.open else r"(?![^\W_])"
    return re.compile(rf"(?<![^\W_]){words}{end}")


def _spans_by_words(document: str, wanted: Sequence[Phrase]) -> list[Span]:
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


def add_all(connection: Connection, documents: Iterable[tuple[int, str]]) -> None:
    """Index documents, each told by its rank and its text, in the transaction that has added them."""
    if connection.dialect.name == "sqlite":
        rows = [{"rank": rank, "words": " ".join(known(document))} for rank, document in documents]
        if rows:
            connection.execute(text("INSERT INTO full_text (rowid, words) VALUES (:rank, :words)"), rows)
        return
    held = [row for rank, document in documents for row in served_rows(rank, document)]
    if held:
        words = func.array_to_tsvector(bindparam("held", type_=ARRAY(String)))
        connection.execute(insert(served).values(document=bindparam("rank"), words=words), held)


def served_rows(rank: int, document: str) -> Iterator[dict[str, Any]]:
    """The rows of a document on a server: one, unless it has more words than a row holds."""
    words = known(document)
    sizes = accumulate(len(word.encode()) + 8 for word in words)
    parts = [list(some) for _, some in groupby(zip(words, sizes, strict=True), key=lambda each: each[1] // PART)]
    for some in parts:
        held = [word for word, _ in some]
        yield {"rank": rank, "held": [*held, _LONG] if len(parts) > 1 else [*held, block_sign(rank)]}


def make(connection: Connection) -> None:
    """Make the index, with what the case holds already; a step of the schema's history."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS full_text")
        connection.exec_driver_sql(SQLITE)
    else:
        served.drop(connection, checkfirst=True)
        served.create(connection)
    document = sql_table("document", column("rank"), column("text"))  # as it was when this step was made
    texts = select(document.c.rank, document.c.text).order_by(document.c.rank).limit(AT_ONCE)
    last = 0
    while some := connection.execute(texts.where(document.c.rank > last)).all():
        add_all(connection, [(rank, words) for rank, words in some])
        last = some[-1][0]


def _folded(word: str) -> str:
    return word.casefold()


def known(document: str) -> list[str]:
    """The words of a text as the index knows them, each once, and the signs of those that follow each other."""
    words = [_folded(word)[:PREFIX] for word in _WORD.findall(document)]
    return sorted({*words, *(_pair(first, second) for first, second in pairwise(words))})


def _pair(first: str, second: str) -> str:
    """The sign of two words in a row, as the index knows them."""
    return f"_{zlib.crc32(f'{first} {second}'.encode('utf-8', 'surrogatepass')) % PAIRS:x}"


def block_sign(rank: int) -> str:
    """The sign of the block of a document; that of a pair has no "b_" in it."""
    return f"_b_{rank // BLOCK:x}"


def _asked_of(wanted: Iterable[Phrase]) -> Iterator[tuple[str, bool]]:
    """Each word of it as the index knows it, and whether it is only a beginning; the signs of words in a row."""
    for phrase in wanted:
        words = [word[:PREFIX] for word in phrase.words]
        for place, word in enumerate(words, start=1):
            yield word, phrase.open and place == len(words)
        whole = words[:-1] if phrase.open else words
        yield from ((_pair(first, second), False) for first, second in pairwise(whole))


def _ranks(connection: Connection, words: Sequence[tuple[str, bool]], *, after: int) -> Iterator[int]:
    """The ranks of the documents that hold all of these words, among which no quote can be: they are letters."""
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{word}"*' if opened else f'"{word}"' for word, opened in words)
        query = text("SELECT rowid FROM full_text WHERE full_text MATCH :match AND rowid > :after ORDER BY rowid")
        yield from connection.execute(query, {"match": match, "after": after}).scalars()
        return
    yield from _served_ranks(connection, words, after=after)


def _served_ranks(connection: Connection, words: Sequence[tuple[str, bool]], *, after: int) -> Iterator[int]:
    """The same of a server: stretch by stretch, of which the first answer most questions."""
    asked = [f"'{word}'{':*' * opened}" for word, opened in words]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    last, is_long = connection.execute(_BEGUN).one()
    long = _in_long(connection, asked) if is_long is not None else set()
    for ends, query, tokens in _stretches(asked, after, last or 0, opened=any(opened for _, opened in words)):
        while after < ends:
            given = {"asked": tokens, "after": after, "ends": ends, "many": MANY}
            found = connection.execute(query, given).scalars().all()
            reached = found[-1] if len(found) == MANY else ends
            yield from sorted({*found, *(rank for rank in long if after < rank <= reached)})
            after = reached


def _stretches(asked: Sequence[str], after: int, last: int, *, opened: bool) -> Iterator[tuple[int, Any, str]]:
    """Ranks up to which one query looks, the query, and what it asks for.

    opened: whether a word is only a beginning. All that begin so are looked up in the index at once, wherever they
    stand: so the documents that come next are looked at first, one by one.
    """
    if opened:
        after = min(after + NEXT, last)
        yield after, _NEXT_ONES, " & ".join(asked)
    at = after // BLOCK
    for step in STEPS:
        ends = at + step
        signs = " | ".join(f"'{block_sign(number * BLOCK)}'" for number in range(at, ends))
        yield min(ends * BLOCK - 1, last), _BY_INDEX, " & ".join([*asked, f"({signs})"])
        at = ends
    yield last, _BY_INDEX, " & ".join(asked)


# A table whose rows are kept beside it looks small to the planner, which would read all of it: so it may not. And the
# index is looked up by itself, or it would go through the documents in their order.
_BEGUN = text(
    """SELECT (SELECT max(document) FROM full_text),
        (SELECT document FROM full_text WHERE words @@ CAST('_long' AS tsquery) LIMIT 1)"""
)
_BY_INDEX = text(
    """WITH found AS MATERIALIZED (SELECT document FROM full_text WHERE words @@ CAST(:asked AS tsquery))
    SELECT document FROM found WHERE document > :after AND document <= :ends ORDER BY document LIMIT :many"""
)
_NEXT_ONES = text(
    """WITH next AS MATERIALIZED (
        SELECT document, words FROM full_text WHERE document > :after AND document <= :ends
    )
    SELECT document FROM next WHERE words @@ CAST(:asked AS tsquery) ORDER BY document LIMIT :many"""
)


def _in_long(connection: Connection, asked: Sequence[str]) -> set[int]:
    """The ranks of documents of several rows that hold all of these words, one in this row, one in that."""
    found: set[int] | None = None
    for word in asked:
        query = cast(f"'{_LONG}' & {word}", TSQUERY)
        here = set(connection.execute(select(served.c.document).where(served.c.words.op("@@")(query))).scalars())
        found = here if found is None else found & here
        if not found:
            return set()
    return found or set()


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
