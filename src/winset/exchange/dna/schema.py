"""The database of Discourse Network Analyzer 3: its tables, and what a new one begins with.

Source: Discourse Network Analyzer 3.0.7, the schema of its databases; 3.1 has the same.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata

VERSION = "3.0.7", "2022-06-10"  # whose schema it is, and its day; 3.0 and 3.1 open it
MOST_LETTERS = 190  # code points of what is kept as a short text
ITERATIONS, SALT = 100_000, 16  # of the password's digest; bytes

ID = "ID INTEGER NOT NULL PRIMARY KEY"
DATA_ID = "ID INTEGER PRIMARY KEY NOT NULL"
PERMISSIONS = (
    *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments"),
    *("AddStatements", "EditStatements", "DeleteStatements"),
    *("EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations"),
    *("ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
)
KINDS = "boolean", "integer", "long text", "short text"
PERSON, ORGANIZATION, CONCEPT, AGREEMENT, NOTE = "person", "organization", "concept", "agreement", "winset"

# id, label, colour; then id, name and kind of each of its variables
SIDED, ANNOTATION, UNSIDED = 1, 2, 3
STATEMENT_TYPES = (
    (SIDED, "DNA Statement", (239, 208, 51)),
    (ANNOTATION, "Annotation", (211, 211, 211)),
    (UNSIDED, "Statement that takes no side", (158, 202, 225)),
)
VARIABLES = (
    *((1, PERSON, "short text", SIDED), (2, ORGANIZATION, "short text", SIDED), (3, CONCEPT, "short text", SIDED)),
    *((4, AGREEMENT, "boolean", SIDED), (5, NOTE, "long text", SIDED), (6, "note", "long text", ANNOTATION)),
    *((7, PERSON, "short text", UNSIDED), (8, ORGANIZATION, "short text", UNSIDED)),
    *((9, CONCEPT, "short text", UNSIDED), (10, NOTE, "long text", UNSIDED)),
)
ATTRIBUTES = {
    PERSON: ("Type", "Alias", "Notes", "Affiliation"),
    ORGANIZATION: ("Type", "Alias", "Notes", "Speaks as", "Registry id"),
    CONCEPT: ("Type", "Alias", "Notes"),
}


def _short(name: str, *, empty: bool = False) -> str:
    """A text of limited length; empty: "" where nothing is given."""
    default = " DEFAULT ''" if empty else ""
    return f"{name} TEXT NOT NULL{default} CHECK (LENGTH({name}) < {MOST_LETTERS + 1})"


def _between(name: str, low: int, high: int, default: int | None = None, *, null: bool = False) -> str:
    """A whole number within bounds."""
    given = "" if default is None else f" DEFAULT {default}"
    return f"{name} INTEGER{'' if null else ' NOT NULL'}{given} CHECK ({name} BETWEEN {low} AND {high})"


def _one_of(name: str, values: tuple[str, ...]) -> str:
    return " OR ".join(f"{name} = '{value}'" for value in values)


def _colour(*, null: bool = False) -> str:
    return ", ".join(_between(name, 0, 255, None if null else 0, null=null) for name in ("Red", "Green", "Blue"))


def _refers(name: str, table: str) -> str:
    """What goes when the row it refers to goes."""
    return f"FOREIGN KEY({name}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _of_statement(value: str) -> str:
    """The columns of a table of one kind of value."""
    return ", ".join(
        (
            *(DATA_ID, "StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", value),
            *(_refers("StatementId", "STATEMENTS"), _refers("VariableId", "VARIABLES")),
            "UNIQUE (StatementId, VariableId)",
        )
    )


TABLES = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": ", ".join(
        (
            *(ID, _short("Name"), _colour(), _between("Refresh", 0, 9999, 0), _between("FontSize", 1, 99, 14)),
            *(_short("Password"), _between("PopupWidth", 100, 9999, 300, null=True)),
            *(_between("ColorByCoder", 0, 1, 0), _between("PopupDecoration", 0, 1, 0)),
            *(_between("PopupAutoComplete", 0, 1, 1), *(_between(f"Permission{of}", 0, 1, 1) for of in PERMISSIONS)),
        )
    ),
    "DOCUMENTS": ", ".join(
        (
            *(ID, _short("Title"), "Text TEXT NOT NULL", "Coder INTEGER", _short("Author", empty=True)),
            *(_short("Source", empty=True), _short("Section", empty=True), "Notes TEXT NOT NULL DEFAULT ''"),
            *(_short("Type", empty=True), "Date INTEGER NOT NULL", _refers("Coder", "CODERS")),
        )
    ),
    "STATEMENTTYPES": f"{ID}, {_short('Label')}, {_colour()}",
    "VARIABLES": ", ".join(
        (
            *(ID, _short("Variable")),
            f"DataType TEXT NOT NULL DEFAULT '{KINDS[-1]}' CHECK ({_one_of('DataType', KINDS)})",
            *("StatementTypeId INTEGER", _refers("StatementTypeId", "STATEMENTTYPES")),
            "UNIQUE (Variable, StatementTypeId)",
        )
    ),
    "VARIABLELINKS": ", ".join(
        (
            *(ID, "SourceVariableId INTEGER", "TargetVariableId INTEGER"),
            "CHECK (TargetVariableId != SourceVariableId)",
            *(_refers("SourceVariableId", "VARIABLES"), _refers("TargetVariableId", "VARIABLES")),
        )
    ),
    "REGEXES": f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < {MOST_LETTERS + 1}), {_colour()}",
    "CODERRELATIONS": ", ".join(
        (
            *(ID, "Coder INTEGER CHECK (Coder > 0)", "OtherCoder INTEGER CHECK (OtherCoder > 0)"),
            *(_between(f"{may}{what}", 0, 1, 1) for what in ("Statements", "Documents") for may in ("view", "edit")),
            *("CHECK (Coder != OtherCoder)", _refers("Coder", "CODERS"), _refers("OtherCoder", "CODERS")),
        )
    ),
    "STATEMENTS": ", ".join(
        (
            *(ID, "StatementTypeId INTEGER", "DocumentId INTEGER", "Start INTEGER NOT NULL CHECK (Start >= 0)"),
            *("Stop INTEGER NOT NULL CHECK (Stop >= 0)", "Coder INTEGER", "CHECK (Start < Stop)"),
            *(_refers("StatementTypeId", "STATEMENTTYPES"), _refers("Coder", "CODERS")),
            _refers("DocumentId", "DOCUMENTS"),
        )
    ),
    "DATABOOLEAN": _of_statement("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _of_statement("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": ", ".join(
        (
            *(DATA_ID, "VariableId INTEGER NOT NULL", _short("Value", empty=True), _colour(null=True)),
            *("ChildOf INTEGER CHECK (ChildOf > 0)", "UNIQUE (VariableId, Value)"),
            *(_refers("ChildOf", "ENTITIES"), _refers("VariableId", "VARIABLES")),
        )
    ),
    "DATASHORTTEXT": ", ".join(
        (
            *(DATA_ID, "StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", "Entity INTEGER NOT NULL"),
            *(_refers("StatementId", "STATEMENTS"), _refers("VariableId", "VARIABLES"), _refers("Entity", "ENTITIES")),
            "UNIQUE (StatementId, VariableId)",
        )
    ),
    "DATALONGTEXT": _of_statement("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": ", ".join(
        (
            *(DATA_ID, "VariableId INTEGER NOT NULL", _short("AttributeVariable")),
            *("UNIQUE (VariableId, AttributeVariable)", _refers("VariableId", "VARIABLES")),
        )
    ),
    "ATTRIBUTEVALUES": ", ".join(
        (
            *(DATA_ID, "EntityId INTEGER NOT NULL", "AttributeVariableId INTEGER NOT NULL"),
            *(_short("AttributeValue", empty=True), "UNIQUE (EntityId, AttributeVariableId)"),
            *(_refers("EntityId", "ENTITIES"), _refers("AttributeVariableId", "ATTRIBUTEVARIABLES")),
        )
    ),
}


def digest(password: str, salt: bytes) -> str:
    """A password as the file keeps it: salt and digest in base 64.

    salt: 16 bytes.  Cost: 100,000 digests, a tenth of a second.
    Source: Jasypt 1.9, StrongPasswordEncryptor: SHA-256 of salt and password (NFC, UTF-8), applied 100,000 times.
    """
    found = salt + unicodedata.normalize("NFC", password).encode("utf-8")
    for _ in range(ITERATIONS):
        found = hashlib.sha256(found).digest()
    return base64.b64encode(salt + found).decode("ascii")
