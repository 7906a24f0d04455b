"""Sources that name several, in sentences of our own: one statement each, marked joint."""

from __future__ import annotations

import pytest

from winset.actors.registry import registry
from winset.actors.resolution import Resolved, resolve
from winset.corpus.types import Document, anchor
from winset.ids import PartialDate
from winset.statements.types import Form, Statement


def resolved(source: str, *, before: str = "") -> Resolved:
    text = f"{before}{source} rejected the levy."
    document = Document(name="own.txt", text=text, published=PartialDate("2023-06-20"))
    end = len(before) + len(source)
    statement = Statement(
        document_id=document.id,
        source=anchor(document, len(before), end),
        cue=anchor(document, end + 1, end + 9),
        contents=(anchor(document, end + 10, len(text) - 1),),
        form=Form.INDIRECT,
    )
    return resolve(document, [statement], registry(), spec=None)


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("Hungary and Poland", {"Hungary": "Hungary", "Poland": "Poland"}),
        (
            "France, Italy and Spain",
            {"France": "France", "Italy": "Italy", "Spain": "Spain"},
        ),
        ("Both Oslo and Riga", {"Both Oslo": "Norway", "Riga": "Latvia"}),
        ("The EU and the United States", {"The EU": "European Union", "the United States": "United States"}),
        ("Hungarian and Slovak diplomats", {"Hungarian": "Hungary", "Slovak diplomats": "Slovakia"}),
        (
            "French President Emmanuel Macron and German Chancellor Olaf Scholz",
            {"French President Emmanuel Macron": "France", "German Chancellor Olaf Scholz": "Germany"},
        ),
        ("Macron and Scholz", {"Macron": "France", "Scholz": "Germany"}),
        (
            "The foreign ministers of Chile and Peru",
            {"The foreign ministers of Chile": "Chile", "Peru": "Peru"},
        ),
        ("Trinidad and Tobago and Saint Kitts and Nevis", {}),
        ("India, along with Brazil", {"India": "India", "Brazil": "Brazil"}),
        ("NATO as well as the African Union", {"NATO": "NATO", "the African Union": "African Union"}),
    ],
)
def test_each_that_a_source_names_says_it(source: str, parts: dict[str, str]) -> None:
    found = resolved(source)
    told = {
        statement.source.exact: who.represents
        for statement, who in zip(found.statements, found.identifications, strict=True)
        if statement.source
    }
    if parts:
        assert told == parts
    assert all(who.joint for who in found.identifications)
    assert len({statement.id for statement in found.statements}) == len(found.statements)
    assert len({statement.contents for statement in found.statements}) == 1


@pytest.mark.parametrize(
    "source",
    [
        "Bosnia and Herzegovina",
        "The Ministry of Trade and Industry of Japan",
        "Analysts in France and Germany",
        "Critics of China and Russia",
        "Allies of Ukraine and Georgia",
        "French and German analysts",
        "Chinese and Russian media",
        "The United States and its allies",
        "Jens Stoltenberg, the NATO secretary general, and an aide",
        "The Danish minister for climate, energy and utilities",
        "Experts at the Centre for Strategic and International Studies",
        "The war between Russia and Ukraine",
        "Ana Lind, the Danish minister",
        "Tom Bell, a fellow at the Elm Institute and the Oak Institute",
        "People familiar with talks between France and Japan",
        "Japan",
    ],
)
def test_what_names_one_or_many_without_a_name_stays_whole(source: str) -> None:
    assert [each.source.exact for each in resolved(source).statements if each.source] == [source]


def test_a_statement_of_one_source_is_not_joint() -> None:
    assert [who.joint for who in resolved("Japan").identifications] == [False]
