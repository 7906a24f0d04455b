"""The schema of a kept case, in a file and on a server. `migrations/` makes it; a test holds both to be the same.

Spans are half-open, in Unicode code points of `document.text`, and the words are not stored a second time:
they are cut from the text when a statement is read, so words and offsets cannot disagree.
What a machine proposed stands beside what it is about; what a person decided has a table of its own, and is applied
when a case is read. No row is ever changed, but those of `subject` and `left_out`: what all changes come to, which
they replay to; those of `watched`, `taken_in` and `recoding`, which say how far sources were read and documents coded
again; and what a machine proposed, when documents are coded again: see `store.recoding`.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

SCHEMA = 13  # number of the last migration; see `migrations.number`

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)


_WIDE = Integer().with_variant(BigInteger, "postgresql")  # whose integers have 32 bits unless told otherwise


def _document_id(name: str = "document_id") -> Column[str]:
    return Column(name, String, ForeignKey("document.id"), nullable=False)


def _statement_id() -> Column[str]:
    return Column("statement_id", String, ForeignKey("statement.id"), nullable=False)


case = Table(
    "case",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),  # one case, one file
    Column("proposal", String, nullable=False),
    Column("body", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("decided_on", String, nullable=False),
    Column("proposal_value", Float, nullable=False),
    Column("status_quo", Float, nullable=False),
    Column("outcome", Float),
    Column("body_name", String),
    Column("options", JSON, nullable=False),  # [[label, value], ...]
    Column("thresholds", JSON, nullable=False),  # [[of, "11/20", more_than], ...]
    Column("created_at", String, nullable=False),  # ISO 8601, UTC
    Column("winset_version", String, nullable=False),
)

seat = Table(
    "seat",
    metadata,
    Column("rank", Integer, primary_key=True),
    Column("actor_id", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("votes", _WIDE, nullable=False),
    Column("veto", Boolean, nullable=False),
    Column("weights", JSON, nullable=False),  # [[vector, weight], ...]
)

document = Table(
    "document",
    metadata,
    Column("rank", Integer, primary_key=True),  # order in which they were added
    Column("id", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("text", String, nullable=False),
    Column("title", String),
    Column("authors", JSON, nullable=False),
    Column("publisher", String),
    Column("published", String),
    Column("language", String),
    Column("source_url", String),
    Column("retrieved_at", String),
    Column("media_type", String, nullable=False),
    Column("reader", String, nullable=False),
    Column("found_in", JSON, nullable=False),
    Column("refused_spans", Integer, nullable=False),
    Column("links", JSON(none_as_null=True)),  # [[start, end, target], ...]; NULL: none
)

rejection = Table(
    "rejection",
    metadata,
    Column("rank", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("kind", String, nullable=False),
    UniqueConstraint("name", "kind", "reason"),
)

duplicate = Table(
    "duplicate",  # texts that came again under another name; near copies are found from the texts themselves
    metadata,
    Column("rank", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("document_id", String, nullable=False),
    _document_id("of"),
    Column("similarity", Float, nullable=False),
    UniqueConstraint("name", "document_id", "of"),
)

run = Table(
    "run",
    metadata,
    Column("id", String, primary_key=True),
    Column("step", String, nullable=False),
    Column("method", String, nullable=False),
    Column("version", String, nullable=False),
    Column("inputs", JSON, nullable=False),
    Column("seed", _WIDE),
    Index(None, "step", "method", "version"),
)

statement = Table(
    "statement",
    metadata,
    Column("rank", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _document_id(),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("contents", JSON, nullable=False),  # [[start, end], ...]
    Column("form", String, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("via", JSON, nullable=False),
    Column("said_on", String),
    Column("confidence", Float, nullable=False),
    Column("coder", String, nullable=False),
    Column("run_id", String, nullable=False),
    Index(None, "document_id"),
)

identification = Table(
    "identification",
    metadata,
    Column("rank", Integer, primary_key=True),
    _statement_id(),
    Column("speaker", String),
    Column("represents", String),
    Column("actor_id", String),
    Column("standing", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("rule", String, nullable=False),
    Column("by", String, nullable=False),
    Column("role", String),
    Column("affiliation", String),
    Column("speaks_as", String, nullable=False, server_default="unresolved"),
    Column("joint", Boolean, nullable=False, server_default=false()),
    Column("at", String),  # ISO 8601, UTC
    Column("why", String),
    Index(None, "statement_id"),
    Index(None, "actor_id", "rank"),
)

stance = Table(
    "stance",
    metadata,
    Column("rank", Integer, primary_key=True),
    _statement_id(),
    Column("issue_id", String, nullable=False),
    Column("relevance", Float, nullable=False),
    Column("direction", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("by", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("firmness", Float, nullable=False, server_default="1.0"),
    Column("hedged", Boolean, nullable=False, server_default=false()),
    Column("conditional", Boolean, nullable=False, server_default=false()),
    Column("voice", String, nullable=False, server_default="reported"),
    Column("rung", String),
    Index(None, "statement_id"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("rank", Integer, primary_key=True),  # its number: 1, 2, 3 ...
    Column("verb", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("object", String, nullable=False),
    Column("speaker", String),
    Column("scope", JSON, nullable=False),  # {"documents": [id, ...], "statements": [id, ...]}
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),  # ISO 8601, UTC
    Column("why", String, nullable=False),
    Column("undoes", Integer, ForeignKey("judgement.rank")),
)

take = Table(
    "take",  # one sheet of people's codes, or the taking back of an earlier one
    metadata,
    Column("rank", Integer, primary_key=True),  # its number: 1, 2, 3 ...
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),  # ISO 8601, UTC
    Column("why", String, nullable=False),
    Column("sheet", String, nullable=False),
    Column("undoes", Integer, ForeignKey("take.rank")),
    Index(None, "undoes"),
)

ruling = Table(
    "ruling",  # a person's codes for one statement; NULL: not coded
    metadata,
    Column("rank", Integer, primary_key=True),
    _statement_id(),
    Column("take", Integer, ForeignKey("take.rank"), nullable=False),
    Column("coder", String, nullable=False),
    Column("stance", String),
    Column("direction", Float),
    Column("firmness", Float),
    Column("hedged", Boolean),
    Column("conditional", Boolean),
    Column("voice", String),
    Column("rung", String),  # "": the proposal itself
    Column("relevance", Float),
    Column("actor", String),
    Column("why", String, nullable=False),
    Index(None, "statement_id"),
    Index(None, "take"),
)

registry_file = Table(
    "registry_file",  # a user's own actors, kept whole, so that the case can be sent without them
    metadata,
    Column("rank", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("format", String, nullable=False),
    Column("text", String, nullable=False),
    Column("added_at", String, nullable=False),  # ISO 8601, UTC
)

# The trail. Every act that changes a case is a change with its effects, and the state is what the effects come to.
change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True),  # 1, 2, 3 ...
    Column("by", String, nullable=False),  # "": not known, from before there was a trail
    Column("at", String, nullable=False),  # ISO 8601, UTC
    Column("act", String, nullable=False),
    Column("why", String, nullable=False),
    Column("undoes", Integer, ForeignKey("change.number")),
    Column("take", Integer, ForeignKey("take.rank")),  # the codes that it kept
    Column("judgement", Integer, ForeignKey("judgement.rank")),
    Index(None, "by", "number"),
    Index(None, "undoes"),
    Index(None, "take"),
)

effect = Table(
    "effect",  # what one change did to one thing
    metadata,
    Column("rank", Integer, primary_key=True),
    Column("change", Integer, ForeignKey("change.number"), nullable=False),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False),
    Column("coder", String, nullable=False),  # "" but for codes
    Column("version", Integer, nullable=False),  # of the thing, after it
    Column("before", JSON(none_as_null=True)),  # NULL: nothing was said of it
    Column("after", JSON(none_as_null=True)),
    Index(None, "change"),
    Index(None, "kind", "about", "coder"),
)

subject = Table(
    "subject",  # a thing as it is now
    metadata,
    Column("kind", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("coder", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("change", Integer, ForeignKey("change.number"), nullable=False),  # the last one that touched it
    Index(None, "coder", "kind"),
)

left_out = Table(
    "left_out",  # statements that do not count: wrong, replaced, or added and taken back
    metadata,
    Column("statement_id", String, ForeignKey("statement.id"), primary_key=True),
)

column_part = Table(
    "column_part",  # see `store.kept_columns`: what other tables hold, as columns; may be emptied at any time
    metadata,
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Integer, nullable=False),  # of each table the rank of the last row that is in this part
    Column("statement", Integer, nullable=False),
    Column("identification", Integer, nullable=False),
    Column("stance", Integer, nullable=False),
    Column("made_by", String, nullable=False),  # in which form
    Column("held", LargeBinary, nullable=False),
)

watched = Table(
    "watched",  # see `store.watching`: how each source answered, entries that wait, who is at work
    metadata,
    Column("kind", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("value", JSON, nullable=False),
)

digest = Table(
    "digest",  # what changed between two looks at the case; an empty one is not kept
    metadata,
    Column("number", Integer, primary_key=True),  # 1, 2, 3 ...
    Column("at", String, nullable=False),  # ISO 8601, UTC
    Column("value", JSON, nullable=False),
    Column("handed_over", Boolean, nullable=False),
)

taken_in = Table(
    "taken_in",  # how far each source of `winset add` is in the case: see `store.taking_in`
    metadata,
    Column("place", String, primary_key=True),  # a hash of where it lies
    Column("size", _WIDE, nullable=False),  # bytes
    Column("modified", _WIDE, nullable=False),  # nanoseconds since 1970
    Column("ended", Boolean, nullable=False),
    Column("read", _WIDE, nullable=False),  # bytes of a file of lines up to the last one that is in
    Column("line", _WIDE, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("names", JSON(none_as_null=True)),  # of its documents; NULL: its own
)

recoding = Table(
    "recoding",  # documents coded again, see `store.recoding`: what by, and how far it is
    metadata,
    Column("number", Integer, primary_key=True),  # 1, 2, 3 ...
    Column("by", String, nullable=False),
    Column("why", String, nullable=False),
    Column("started_at", String, nullable=False),  # ISO 8601, UTC
    Column("methods", JSON, nullable=False),  # ids of attributors
    Column("stance", String, nullable=False),
    Column("version", String, nullable=False),  # of winset
    Column("older", Boolean, nullable=False),
    Column("last", Integer, nullable=False),  # rank of the last document that it has come to
    Column("until", Integer, nullable=False),  # rank of the last document that it concerns
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("ended_at", String),  # NULL: it goes on
)

# The index for questions. It is made of the documents' texts alone: see `passage_index`, which adds to it, searches it
# through a virtual table of FTS5 beside these, and empties and makes it again whenever it is made another way.
indexed_document = Table(
    "indexed_document",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("made_by", String, nullable=False),  # passage_index.MADE_BY
)

passage = Table(
    "passage",  # a sentence that may answer; ids in order of documents and places, one apart within a document
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("terms", String, nullable=False),  # with spaces between them
    Column("vector", LargeBinary, nullable=False),  # 8-bit numbers
)
