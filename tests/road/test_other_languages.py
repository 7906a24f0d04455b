"""A case of documents in several languages, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ENGLISH = """Norway backs the office

Norway's foreign minister said on Monday that his government supports the liaison office in Tokyo and
that it would vote for it.
"""
FRENCH = """Paris et le bureau de Tokyo

Le ministre a rappelé jeudi devant la presse que la France n'avait pas changé d'avis sur le bureau de liaison,
ni sur le reste. « Nous ne voulons pas de ce bureau à Tokyo », a-t-il ajouté. Selon lui, la France s'oppose au projet.
"""
GERMAN = """Das Büro in Tokio

Die Ministerin sagte am Donnerstag, Deutschland lehne das Büro in Tokio ab und werde im Rat dagegen stimmen,
wie schon einmal. „Wir brauchen dieses Büro nicht“, fügte sie hinzu.
"""


@pytest.fixture(scope="module")
def brief(run_winset: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("languages")
    for name, text in {"en.txt": ENGLISH, "fr.txt": FRENCH, "de.txt": GERMAN}.items():
        (folder / name).write_text(text, encoding="utf-8")
    question = ("--proposal", "Open a NATO liaison office in Tokyo", "--body", "nato", "--on", "2023-07-11")
    out = folder / "out"
    out.mkdir()
    files = [folder / name for name in ("en.txt", "fr.txt", "de.txt")]
    done = run_winset("brief", *files, *question, "-o", out / "brief.html", "--json", out / "brief.json")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((out / "brief.json").read_text(encoding="utf-8"))


def test_documents_in_other_languages_are_named_with_them(brief: Any) -> None:
    unknown = next(section for section in brief["sections"] if section["key"] == "unknown")
    (told,) = [claim["text"] for claim in unknown["claims"] if "quotation marks and speaker labels" in claim["text"]]
    assert told.startswith("2 documents are in ")
    assert {"French", "German"} <= set(told.replace(" and", "").replace(":", "").split())
    assert told.count("(French)") == told.count("(German)") == 1


def test_nothing_but_what_is_quoted_is_read_in_them(brief: Any) -> None:
    names = {document["id"]: Path(document["name"]).name for document in brief["documents"]}
    said = {(names[row["document"]], row["contents"][0]["exact"]) for row in brief["statements"]}
    assert {pair for pair in said if pair[0] != "en.txt"} == {
        ("fr.txt", "Nous ne voulons pas de ce bureau à Tokyo"),
        ("de.txt", "Wir brauchen dieses Büro nicht"),
    }
    assert any(name == "en.txt" for name, _ in said)


def test_no_member_is_moved_by_what_was_not_read(brief: Any) -> None:
    held = {row["actor_id"] for row in brief["positions"] if row["evidence"]}
    assert not {"FRA", "DEU"} & held
