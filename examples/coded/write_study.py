"""Writes lake.dna, a small invented study as Discourse Network Analyzer keeps it: python examples/coded/write_study.py.

Two coders read three made-up texts; offsets count UTF-16 units, days are seconds since 1970, as in the program.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from winset.exchange.dna import schema

STUDY = Path(__file__).with_name("lake.dna")
SEASON, CLOSED_DAYS = "Extend the fishing season by two weeks", "Pay for closed days"
DOCUMENTS = (
    (
        "Season talks open",
        "2024-01-15",
        (
            "Austria's delegate Klara Moser told the Lake Commission that "
            "two more weeks would save the small harbours. "
            "Germany sees it otherwise: the stocks need every closed day, Jan Petersen of the fisheries ministry said. "
            "🐟 Both want fishermen paid for days on which they stay in port, Petersen added."
        ),
    ),
    (
        "Bern hesitates",
        "2024-02-02",
        (
            "Switzerland will not stand in the way of two more weeks, Livia Aebi said in Bern. "
            "The Anglers' League called the plan reckless."
        ),
    ),
    (
        "Last round before the vote",
        "2024-02-20",
        (
            "Klara Moser repeated that the season must be extended. "
            "Jan Petersen said that Germany would vote against it."
        ),
    ),
)
STATEMENTS = (  # document, coder, words, person, organisation, concept, agreement
    (0, "Ada", "two more weeks would save the small harbours", "Klara Moser", "Austria", SEASON, True),
    (0, "Ada", "the stocks need every closed day", "Jan Petersen", "Germany", SEASON, False),
    (0, "Ada", "Both want fishermen paid for days", "Jan Petersen", "Germany", CLOSED_DAYS, True),
    (1, "Ben", "Switzerland will not stand in the way of two more weeks", "Livia Aebi", "Switzerland", SEASON, True),
    (1, "Ben", "called the plan reckless", "", "Anglers' League", SEASON, False),
    (2, "Ben", "the season must be extended", "Klara Moser", "Austria", SEASON, True),
    (2, "Ben", "Germany would vote against it", "Jan Petersen", "Germany", SEASON, False),
)  # fmt: skip
CODERS = ("Admin", "Ada", "Ben")
VARIABLES = {"person": 1, "organization": 2, "concept": 3}
AGREEMENT = 4


def units(text: str) -> int:
    """Its length as the program counts it."""
    return len(text.encode("utf-16-le")) // 2


def main() -> None:
    """Write the study."""
    STUDY.unlink(missing_ok=True)
    with sqlite3.connect(STUDY) as study:
        for name, columns in schema.TABLES.items():
            study.execute(f"CREATE TABLE {name}({columns})")
        put = lambda table, columns, *rows: study.executemany(  # noqa: E731
            f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})",  # noqa: S608
            rows,
        )
        put("SETTINGS", "Property, Value", ("version", schema.VERSION[0]), ("date", schema.VERSION[1]))
        put("CODERS", "ID, Name, Password", *((number, name, "") for number, name in enumerate(CODERS, 1)))
        put("STATEMENTTYPES", "ID, Label, Red, Green, Blue", (1, "DNA Statement", 239, 208, 51))
        kinds = [(id, name, "short text", 1) for name, id in VARIABLES.items()] + [
            (AGREEMENT, "agreement", "boolean", 1)
        ]
        put("VARIABLES", "ID, Variable, DataType, StatementTypeId", *kinds)
        for number, (title, day, text) in enumerate(DOCUMENTS, 1):
            seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
            put("DOCUMENTS", "ID, Title, Text, Coder, Source, Date", (number, title, text, 1, "Lake Gazette", seconds))
        entities: dict[tuple[int, str], int] = {}
        for number, (document, coder, words, person, organisation, concept, agreement) in enumerate(STATEMENTS, 1):
            text = DOCUMENTS[document][2]
            start = units(text[: text.index(words)])
            place = (number, 1, document + 1, start, start + units(words), CODERS.index(coder) + 1)
            put("STATEMENTS", "ID, StatementTypeId, DocumentId, Start, Stop, Coder", place)
            for variable, value in zip(VARIABLES.values(), (person, organisation, concept), strict=True):
                if (variable, value) not in entities:
                    entities[variable, value] = len(entities) + 1
                    put("ENTITIES", "ID, VariableId, Value", (entities[variable, value], variable, value))
                put("DATASHORTTEXT", "StatementId, VariableId, Entity", (number, variable, entities[variable, value]))
            put("DATABOOLEAN", "StatementId, VariableId, Value", (number, AGREEMENT, int(agreement)))
    study.close()


if __name__ == "__main__":
    main()
