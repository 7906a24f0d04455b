"""`winset ask`: documents in, passages out, word for word, or nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import STATED

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset

WHY = "Why is Paris against the training centre?"


def told(ended: Ended) -> dict[str, Any]:
    assert (ended.status, ended.err) == (0, "")
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_a_question_gets_passages_with_who_says_them(winset: Winset, reports: Path) -> None:
    reply = told(winset("ask", str(reports), "Who opposes the training centre in Reykjavik?", "--json"))
    assert reply["answered"]
    assert reply["documents"] == 2
    first = reply["passages"][0]
    texts = [path.read_text(encoding="utf-8") for path in sorted(reports.glob("*.txt"))]
    assert any(text[first["start"] : first["end"]] == first["exact"] for text in texts)
    spoken = [each for each in reply["passages"] if each["represents"] == "France"]
    assert spoken
    assert spoken[0]["actor"] == "FRA"
    assert spoken[0]["origin"]
    assert spoken[0]["statement"]
    assert 0 <= reply["threshold"] <= reply["score"] <= 1


def test_asked_how_an_actor_sees_it_its_own_statements_come_first(winset: Winset, reports: Path) -> None:
    reply = told(winset("ask", str(reports), "How does Ottawa see it?", "--json"))
    assert reply["answered"]
    assert reply["passages"][0]["actor"] == "CAN"
    assert winset("ask", str(reports), "How does Lima see it?").out == "nothing here answers this\n"


def test_in_words_each_passage_has_its_place(winset: Winset, reports: Path) -> None:
    ended = winset("ask", str(reports), "Who opposes the training centre in Reykjavik?", "--top", "2")
    lines = ended.out.splitlines()
    assert ended.status == 0
    assert len(lines) == 4
    assert lines[0].startswith("“")
    assert ".txt " in lines[1]


def test_nothing_here_answers_this(winset: Winset, reports: Path) -> None:
    question = "How many penguins live in the zoo of Montevideo?"
    assert winset("ask", str(reports), question).out == "nothing here answers this\n"
    reply = told(winset("ask", str(reports), question, "--json"))
    assert not reply["answered"]
    assert reply["passages"] == []
    near = winset("ask", str(reports), question, "--nearest").out
    assert near.startswith("nothing here answers this; nearest:\n“")


def test_a_kept_case_keeps_its_index_and_answers_the_same(winset: Winset, reports: Path, folder: Path) -> None:
    case = folder / "reykjavik.winset"
    assert winset("new", str(case), *STATED).status == 0
    assert winset("add", str(case), str(reports)).status == 0
    once = told(winset("ask", str(case), WHY, "--json", "--nearest"))
    again = told(winset("ask", str(case), WHY, "--json", "--nearest"))
    loose = told(winset("ask", str(reports), WHY, "--json", "--nearest"))
    assert once == again
    assert [(each["start"], each["end"], each["doc"]) for each in once["passages"]] == [
        (each["start"], each["end"], each["doc"]) for each in loose["passages"]
    ]
    connection = sqlite3.connect(case)
    assert connection.execute("SELECT count(*) FROM indexed_document").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("",), "no words"),
        (("?!",), "no words"),
        (("why " * 300,), "1,200 characters"),
        (("x" * 10_000_000,), "10,000,000 characters"),
    ],
)
def test_bad_questions_get_one_line(winset: Winset, reports: Path, arguments: tuple[str], complaint: str) -> None:
    ended = winset("ask", str(reports), *arguments)
    assert (ended.status, ended.out) == (2, "")
    (line,) = ended.complaints
    assert complaint in line
    assert len(line) < 200


def test_a_question_alone_says_what_is_missing(winset: Winset) -> None:
    ended = winset("ask", "Who opposes it?")
    assert ended.status == 2
    assert "winset ask CASE 'QUESTION'" in ended.complaints[0]


def test_an_empty_case_and_an_empty_document(winset: Winset, folder: Path) -> None:
    case = folder / "empty.winset"
    assert winset("new", str(case), *STATED).status == 0
    assert "holds no document yet" in winset("ask", str(case), "Who opposes it?").complaints[-1]
    (folder / "blank.txt").write_text("   \n", encoding="utf-8")
    ended = winset("ask", str(folder / "blank.txt"), "Who opposes it?")
    assert ended.status == 2
    assert "no document could be read" in ended.complaints[-1]


def test_good_documents_are_asked_though_others_are_bad(winset: Winset, reports: Path, folder: Path) -> None:
    ended = winset("ask", str(reports), str(folder / "gone.txt"), "Who opposes the training centre?", "--json")
    assert ended.status == 2
    assert json.loads(ended.out)["documents"] == 2
    assert "gone.txt" in ended.complaints[0]


@pytest.mark.parametrize("question", ["Why?", "' OR ''='", "so who was it then"])
def test_a_question_that_names_nothing_is_refused(winset: Winset, reports: Path, question: str) -> None:
    ended = winset("ask", str(reports), question)
    assert ended.status == 2
    assert "names nothing to look for" in ended.complaints[-1]


@pytest.mark.parametrize(
    "question", ['" OR 1=1 --', "NEAR(a b) AND terms:x*", "Who 'opposes' \"it\" (and why)?", "\x00 who opposes"]
)
def test_signs_that_a_search_would_obey_are_harmless(winset: Winset, reports: Path, question: str) -> None:
    ended = winset("ask", str(reports), question, "--json")
    assert ended.status == 0
    assert json.loads(ended.out)["documents"] == 2


def test_letters_a_terminal_would_obey_are_shown_as_escapes(winset: Winset, folder: Path) -> None:
    (folder / "a.txt").write_text("Norway will pay for \x1b[31mall the ports of the coast this year.", encoding="utf-8")
    ended = winset("ask", str(folder / "a.txt"), "Who will pay for the ports of the coast?", "--nearest")
    assert "\x1b" not in ended.out


def test_links_are_shown_as_their_words(winset: Winset, folder: Path) -> None:
    (folder / "a.md").write_text(
        "Norway [will pay](https://example.org/a) for all the ports of the coast.", encoding="utf-8"
    )
    ended = winset("ask", str(folder / "a.md"), "Who will pay for the ports of the coast?", "--nearest")
    assert "“Norway will pay for all the ports of the coast.”" in ended.out


def test_a_large_case_is_asked_where_its_words_stand(
    winset: Winset, kept: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert winset("add", kept, reports).status == 0
    whole = json.loads(winset("ask", kept, "Who warned against the training centre?", "--json").out)
    monkeypatch.setattr("winset.pipeline.kept_cases.WHOLE", 1)
    monkeypatch.setattr("winset.pipeline.asking.LIKELY", 1)
    ended = winset("ask", kept, "Who warned against the training centre?", "--json")
    assert ended.complaints == ["a large case: of its 2 documents the 1 that hold most words of it were asked"]
    asked = json.loads(ended.out)
    assert asked["documents"] == 1
    assert len({each["document"] for each in asked["passages"]}) == 1
    warned = [[each for each in some["passages"] if "warned" in each["exact"]] for some in (asked, whole)]
    assert [each["exact"] for each in warned[0]] == [each["exact"] for each in warned[1]] != []
