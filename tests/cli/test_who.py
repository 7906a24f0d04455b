"""`winset who`: who is meant by some words, and by each line of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset

ON = ("--on", "2023-07-11")
TEXT = "Ana Lind, a fellow at the Oak Institute, met Bo Berg in Riga. Lind said no. “Never,” he said."


def answers(ended: Ended) -> list[dict[str, Any]]:
    assert (ended.status, ended.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(ended.out)
    return found


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def asked(*rows: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def test_an_office_its_holder_and_the_days(winset: Winset) -> None:
    ((each,),) = (answer["who"] for answer in answers(winset("who", "the French foreign minister", *ON, "--json")))
    assert (each["represents"], each["actor_id"], each["speaks_as"]) == ("France", "FRA", "actor")
    assert each["speaker"] == "Catherine Colonna"
    (office,) = each["offices"]
    assert office["holder"] == "Catherine Colonna"
    assert office["start"] <= "2023-07-11" <= office["end"]


def test_the_day_decides_who_holds_an_office(winset: Winset) -> None:
    before, after = (
        answers(winset("who", "the NATO chief", "--on", day, "--json"))[0]["who"][0]
        for day in ("2023-07-11", "2025-01-15")
    )
    assert (before["speaker"], after["speaker"]) == ("Jens Stoltenberg", "Mark Rutte")
    assert before["actor_id"] == after["actor_id"] == "nato"


@pytest.mark.parametrize(
    ("words", "speaks_as", "represents"),
    [
        ("Beijing", "actor", "China"),
        ("a former fellow of the Oak Institute", "expert", "expert: Oak Institute"),
        ("Ana Lind, chair of Baltic studies at the Oak Institute", "expert", "expert: Oak Institute"),
        ("the Financial Times", "medium", "media: Financial Times"),
        ("he", "unresolved", None),
        ("Zyxwv", "unresolved", None),
    ],
)
def test_who_speaks_as_what(winset: Winset, words: str, speaks_as: str, represents: str | None) -> None:
    (answer,) = answers(winset("who", words, *ON, "--json"))
    (each,) = answer["who"]
    assert (answer["words"], each["speaks_as"], each["represents"]) == (words, speaks_as, represents)
    assert each["rule"]


def test_a_collective_is_nobody_in_particular(winset: Winset) -> None:
    ((each,),) = (answer["who"] for answer in answers(winset("who", "some NATO members", *ON, "--json")))
    assert (each["speaks_as"], each["actor_id"]) == ("collective", None)


def test_joint_sources_get_an_answer_each(winset: Winset) -> None:
    (answer,) = answers(winset("who", "Hungary and Poland", *ON, "--json"))
    assert [(each["actor_id"], each["joint"]) for each in answer["who"]] == [("HUN", True), ("POL", True)]


def test_in_words_a_line_for_each_answer(winset: Winset) -> None:
    ended = winset("who", "the French foreign minister", "Hungary and Poland", "he", *ON)
    assert (ended.status, ended.err) == (0, "")
    told = ended.out.splitlines()
    assert [line for line in told if not line.startswith(" ")] == [
        "the French foreign minister",
        "Hungary and Poland",
        "he",
    ]
    assert "holder: foreign minister Catherine Colonna, 2022-05-20 to 2024-01-11" in told[1]
    assert len(told) == 3 + 4


def test_words_are_shown_on_one_line(winset: Winset) -> None:
    ended = winset("who", "two\nlines \x1b[31m", *ON)
    assert ended.out.splitlines()[0] == "two lines \\x1b[31m"


def test_no_words_are_refused(winset: Winset) -> None:
    ended = winset("who", "  ", *ON)
    assert (ended.status, ended.out) == (2, "")
    assert "no words" in ended.complaints[0]


def test_a_file_of_words_and_of_spans(winset: Winset, folder: Path) -> None:
    at = TEXT.index("Lind said")
    rows = asked(
        {"id": "a", "source": "the NATO chief", "on": "2025-01-15"},
        {"id": 2, "text": TEXT, "source": [at, at + 4], "published": "2023-07-11"},
        {"text": TEXT, "source": [TEXT.index("he said"), TEXT.index("he said") + 2], "published": "2023-07"},
        {"source": "Riga"},
    )
    (folder / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + rows + b"\n")
    ended = winset("who", "--file", "in.jsonl", "out.jsonl", *ON)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == "4 answers: out.jsonl\n"
    found = lines((folder / "out.jsonl").read_text(encoding="utf-8"))
    assert [(row["line"], row.get("id"), row["on"]) for row in found] == [
        (1, "a", "2025-01-15"),
        (2, 2, "2023-07-11"),
        (3, None, "2023-07-31"),
        (4, None, "2023-07-11"),
    ]
    assert found[0]["who"][0]["speaker"] == "Mark Rutte"
    assert (found[1]["words"], found[1]["who"][0]["represents"]) == ("Lind", "expert: Oak Institute")
    assert found[3]["who"][0]["actor_id"] == "LVA"


def test_spans_of_one_text_are_heard_together(winset: Winset) -> None:
    text = "“No,” said the Latvian prime minister’s spokesperson, Ana Lind. “Never,” she said."
    named, pronoun = text.index("the Latvian"), text.index("she")
    rows = [
        {"text": text, "source": [named, text.index(". “Never")], "on": "2023-07-11"},
        {"text": text, "source": [pronoun, pronoun + 3], "on": "2023-07-11"},
    ]
    first, second = lines(winset("who", "--file", "-", "-", stdin=asked(*rows)).out)
    assert first["who"][0]["actor_id"] == second["who"][0]["actor_id"] == "LVA"
    assert second["who"][0]["speaker"] == "Ana Lind"


def test_bad_lines_are_told_and_the_others_answered(winset: Winset, folder: Path) -> None:
    bad = [
        b"nonsense",
        b"[1]",
        b"{}",
        b'{"source": 5}',
        b'{"source": [0, 4]}',
        b'{"source": [0, 4], "text": "abc"}',
        b'{"source": [2, 2], "text": "abc"}',
        b'{"source": [true, 2], "text": "abc"}',
        b'{"source": "  "}',
        b'{"source": "Riga", "on": "soon"}',
        b'{"source": "Riga", "on": 2023}',
        b'{"source": "Riga", "id": {}}',
        b'{"source": "' + b"x" * 2001 + b'"}',
        b'{"source": "\xff"}',
        b'{"source": [1, 2], "text": "e\xcc\x81a"}',
    ]
    (folder / "in.jsonl").write_bytes(b"\n".join([*bad, b'{"source": "Riga"}', b'{"source": "Tallinn"}']))
    ended = winset("who", "--file", "in.jsonl", "-", *ON)
    assert ended.status == 2
    assert [row["line"] for row in lines(ended.out)] == [len(bad) + 1, len(bad) + 2]
    assert len(ended.complaints) == len(bad)
    for number, line in enumerate(ended.complaints, 1):
        assert line.startswith(f"in.jsonl line {number}: "), line


def test_nothing_is_written_where_no_line_is_good(winset: Winset, folder: Path) -> None:
    (folder / "in.jsonl").write_text("nonsense\n")
    (folder / "out.jsonl").write_text("kept\n")
    ended = winset("who", "--file", "in.jsonl", "out.jsonl", *ON)
    assert ended.status == 2
    assert "nothing is written" in ended.complaints[-1]
    assert (folder / "out.jsonl").read_text() == "kept\n"
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--file", "in.jsonl", "in.jsonl"], "is what is being read"),
        (["--file", "in.jsonl", "nowhere/out.jsonl"], "there is no folder"),
        (["--file", "gone.jsonl", "out.jsonl"], "cannot be read"),
        (["--file", ".", "out.jsonl"], "is a folder"),
        (["--file", "in.jsonl", "one", "two"], "write winset who --file"),
    ],
)
def test_files_that_will_not_do(winset: Winset, folder: Path, arguments: list[str], words: str) -> None:
    (folder / "in.jsonl").write_bytes(asked({"source": "Riga"}))
    ended = winset("who", *arguments, *ON)
    assert ended.status == 2
    assert words in ended.complaints[-1]


def test_offsets_are_those_of_the_text_as_it_stands(winset: Winset) -> None:
    text = "Cafe\u0301\r\nRiga said no."
    start = text.index("Riga")
    (row,) = lines(
        winset("who", "--file", "-", "-", *ON, stdin=asked({"text": text, "source": [start, start + 4]})).out
    )
    assert (row["words"], row["source"], row["who"][0]["actor_id"]) == ("Riga", [start, start + 4], "LVA")


def test_counts_are_told_as_json(winset: Winset, folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(asked({"source": "Riga"}) + b"nonsense\n")
    ended = winset("who", "--file", "in.jsonl", "out.jsonl", "--json", *ON)
    told = {"schema": "winset-who/1", "answers": 1, "rejected": 1}
    assert (ended.status, json.loads(ended.out)) == (2, told)
    ended = winset("who", "--file", "in.jsonl", "-", "--json", *ON)
    assert json.loads(ended.err.splitlines()[-1]) == told


def test_actors_of_ones_own(winset: Winset, folder: Path) -> None:
    own = """kind,name,id,title,of
state,Ruritania,RUR,,
person,Rudolf Elphberg,,king,Ruritania
"""
    (folder / "own.csv").write_text(own, encoding="utf-8")
    found = answers(winset("who", "Ruritania", "the king of Ruritania", "--registry", "own.csv", *ON, "--json"))
    assert [each["actor_id"] for answer in found for each in answer["who"]] == ["RUR", "RUR"]
    (folder / "in.jsonl").write_bytes(asked({"source": "Ruritania"}))
    ended = winset("who", "--file", "in.jsonl", "own.csv", "--registry", "own.csv", *ON)
    assert "is what is being read" in ended.complaints[-1]
    assert (folder / "own.csv").read_text(encoding="utf-8") == own
