"""`winset decide`: from a table of numbers, and from a case."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset

LAKE = """\
actor,issue,position,salience,capability,std_error,status_quo,proposal
Ruritania,mesh size,90,0.8,5,5,10,80
Sylvania,mesh size,20,1,3,5,10,80
Borduria,mesh size,70,0.4,2,5,10,80
Net Makers,mesh size,5,1,2,5,10,80
Ruritania,closed weeks,60,0.5,5,5,0,50
Sylvania,closed weeks,60,0.5,3,5,0,50
Borduria,closed weeks,55,0.5,2,5,0,50
"""
FEW = ("--draws", "500", "--outsiders", "Net Makers")


@pytest.fixture
def lake(folder: Path) -> Path:
    """A table of two issues."""
    path = folder / "lake.csv"
    path.write_text(LAKE, encoding="utf-8")
    return path


def told(ended: Ended) -> dict[str, Any]:
    assert (ended.status, ended.err) == (0, "")
    found: dict[str, Any] = json.loads(ended.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    return found


def test_one_issue_is_answered_in_lines_that_can_be_read_out(winset: Winset, lake: Path) -> None:
    ended = winset("decide", lake, *FEW, "--issue", "mesh size", "--rule", "consensus", "--option", "trial=25")
    assert (ended.status, ended.err) == (0, "")
    head, *lines = ended.out.splitlines()
    assert head.startswith("Blocked, over 99%: “mesh size”, by consensus")
    labels = [line[2:13].strip() for line in lines]
    assert [label for label in labels if label] == (
        "asked adopted blocks passes flips concede forecast models assumed".split()
    )
    blocks = lines[labels.index("blocks")]
    assert "Sylvania over 99%, enough alone: consents up to 30 (50 less)" in blocks
    assert "“trial” (25)" in ended.out
    assert len(lines) <= 16


def test_whose_yes_it_takes_is_counted_in_the_order_that_is_told(winset: Winset, folder: Path) -> None:
    """By hand: 45 votes, 40 needed. Of equally sure objectors the farthest go first: Zed 5, Abe 1, Yan 5."""
    rows = ["Big,x,90,1,33", "Yan,x,20,1,5", "Abe,x,15,1,1", "Zed,x,10,1,5", "Bab,x,30,1,1"]
    (folder / "club.csv").write_text("\n".join(["actor,issue,position,salience,capability", *rows]))
    words = winset("decide", "club.csv", "--rule", "40 of capability", "--draws", "200").out
    assert "no single vote; the yes of Zed, Abe and Yan makes it" in words
    assert "concede     to 30, 70 less, for 95%\n" in words  # beyond 30 Abe objects beside Zed: 39 votes are left


def test_several_issues_are_one_line_each(winset: Winset, lake: Path) -> None:
    ended = winset("decide", lake, *FEW, "--rule", "consensus")
    head, names, *rows = ended.out.splitlines()
    assert head == "2 issues under consensus, 3 members"
    assert names.split()[0] == "issue"
    assert [row.split("  ")[1] for row in rows[:2]] == ["mesh size", "closed weeks"]
    assert "Sylvania" in rows[0]


def test_json_says_the_same(winset: Winset, lake: Path) -> None:
    found = told(winset("decide", lake, *FEW, "--rule", "consensus", "--json"))
    assert found["format"] == "winset-decision-1"
    assert found["outsiders"] == ["Net Makers"]
    assert [each["issue"] for each in found["issues"]] == ["mesh size", "closed weeks"]
    mesh, weeks = found["issues"]
    assert (mesh["outcome"], weeks["outcome"]) == ("blocked", "adopted")
    assert mesh["blockers"][0]["actor"] == "Sylvania"
    assert mesh["winset"] == [10.0, 30.0]
    assert mesh["positions"][0]["evidence"] == ["lake.csv row 2"]


def test_the_same_seed_gives_the_same_answer(winset: Winset, lake: Path) -> None:
    first, again, other = (
        winset("decide", lake, *FEW, "--json", "--seed", seed, "--on", "2024-03-01").out for seed in ("1", "1", "2")
    )
    assert first == again != other


def test_what_ifs_stand_beside_the_answer_as_given(winset: Winset, lake: Path) -> None:
    call = ["decide", lake, *FEW, "--rule", "consensus", "--issue", "mesh size"]
    ended = winset(*call, "--what-if", "Sylvania=20..80", "--what-if", "Sylvania=abstain; cost=2")
    rows = ended.out.partition("What if\n")[2].splitlines()[1:]
    assert [row.strip().split("  ")[0] for row in rows] == [
        "as given",
        *(f"Sylvania={value}" for value in (20, 35, 50, 65, 80)),
        "Sylvania=abstain; cost=2",
    ]
    assert "blocked" in rows[0]
    assert "adopted" in rows[-1]
    found = told(winset(*call, "--what-if", "Sylvania=80", "--json"))
    assert [each["what_if"] for each in found["what_if"]] == ["Sylvania=80"]
    assert found["what_if"][0]["issues"][0]["outcome"] == "adopted"


def test_nothing_is_taken_silently(winset: Winset, lake: Path, folder: Path) -> None:
    bare = folder / "bare.csv"
    bare.write_text("actor,issue,position,salience,capability\nA,x,70,1,1\nB,x,30,1,1\n", encoding="utf-8")
    out = winset("decide", bare, "--draws", "100").out
    assert "taken" in out
    for words in ("the rule: consensus", "the status quo: at 0", "the proposal: at 100", "the positions are exact"):
        assert words in out
    assert "if it is a simple majority" in out


def test_a_table_may_come_from_stdin(winset: Winset) -> None:
    ended = winset("decide", "-", *FEW, "--json", stdin=LAKE.encode())
    assert told(ended)["source"] == "stdin"


def test_own_rules_over_own_weights(winset: Winset, lake: Path) -> None:
    found = told(winset("decide", lake, *FEW, "--rule", "60% of capability", "--issue", "mesh size", "--json"))
    assert found["issues"][0]["outcome"] == "adopted"
    assert not found["issues"][0]["blockers"][0]["alone"]


def test_members_with_nothing_on_record_leave_it_open(winset: Winset, folder: Path) -> None:
    text = "actor,issue,position,salience,capability\nA,x,70,1,1\nB,x,unknown,,1\nC,x,unknown,1,1\n"
    (folder / "own.csv").write_text(text, encoding="utf-8")
    ended = winset("decide", "own.csv", "--rule", "simple-majority", "--draws", "200")
    assert ended.out.startswith("Undecided, ")
    assert "3 members, 2 with nothing on record" in ended.out
    assert "as the unknown go" in ended.out
    found = told(winset("decide", "own.csv", "--rule", "consensus", "--draws", "200", "--json"))
    assert [each["actor"] for each in found["issues"][0]["unknown"]] == ["B", "C"]


def test_a_table_in_which_nobody_wants_anything_is_answered(winset: Winset, folder: Path) -> None:
    for row in ("A,x,unknown,1,1", "A,x,0,0,0"):
        (folder / "own.csv").write_text(f"actor,issue,position,salience,capability\n{row}\n", encoding="utf-8")
        found = told(winset("decide", "own.csv", "--draws", "20", "--json"))
        assert found["issues"][0]["forecast"] is None
        assert winset("decide", "own.csv", "--draws", "20", "-o", "chart.svg").status == 0


def test_a_body_gives_seats_weights_and_rule(winset: Winset, folder: Path) -> None:
    text = "actor,issue,position,salience,capability\nFrance,x,80,1,29\nde,x,70,1,29\nEP,x,90,1,29\n"
    (folder / "eu.csv").write_text(text, encoding="utf-8")
    found = told(winset("decide", "eu.csv", "--body", "eu-council", "--on", "2019-01-01", "--draws", "50", "--json"))
    assert len(found["members"]) == 28
    assert found["rule"]["id"] == "eu-qualified-majority"
    assert found["outsiders"] == ["EP"]
    assert any("EP" in line for line in found["taken"])


def test_models_may_be_chosen(winset: Winset, lake: Path) -> None:
    found = told(winset("decide", lake, *FEW, "--model", "median,compromise", "--json"))
    assert [each["model"] for each in found["issues"][0]["models"]] == ["median", "compromise"]


def test_a_chart_is_written(winset: Winset, lake: Path, folder: Path) -> None:
    ended = winset("decide", lake, *FEW, "-o", "chart.svg")
    assert ended.status == 0
    drawn = ET.fromstring((folder / "chart.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own
    words = "".join(drawn.itertext())
    for name in ("Ruritania", "Net Makers (no vote)", "mesh size: blocked", "compromise", "status quo"):
        assert name in words
    assert (folder / "chart.svg").read_bytes() == _again(winset, lake, folder)


def _again(winset: Winset, lake: Path, folder: Path) -> bytes:
    winset("decide", lake, *FEW, "-o", "again.svg")
    return (folder / "again.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rule", "consenus"], "did you mean 'consensus'?"),
        (["--rule", "1/3 of members"], "could both pass"),
        (["--what-if", "Sylvnia=3"], "did you mean 'Sylvania'?"),
        (["--issue", "mash size"], "did you mean 'mesh size'?"),
        (["--scale", "100"], "0..100"),
        (["--scale", "9..4"], "lower end first"),
        (["--salience", "1"], "leave out --salience"),
        (["--salience-out-of", "0"], "above 0"),
        (["--proposal", "400"], "off the scale 0..100"),
        (["--cost-of-objecting", "-3"], "0 or more"),
        (["--model", "medain"], "did you mean 'median'?"),
        (["--model", "median,"], "empty name"),
        (["--body", "natoo"], "did you mean 'nato'?"),
        (["--as-of", "2024"], "no documents"),
        (["--outsiders", "Syldavia"], "did you mean 'Sylvania'?"),
        (["-o", "chart.png"], ".svg"),
        (["-o", "none/chart.svg"], "none"),
    ],
)
def test_what_cannot_be_is_one_line(winset: Winset, lake: Path, arguments: list[str], words: str) -> None:
    ended = winset("decide", lake, "--draws", "10", *arguments)
    assert (ended.status, ended.out) == (2, "")
    (complaint,) = ended.complaints
    assert words in complaint


def test_each_mistake_of_a_table_is_a_line(winset: Winset, folder: Path) -> None:
    (folder / "bad.csv").write_text(
        "actor,issue,position,salience,capability\nA,x,120,-1,1\nA,x,5,1,2\nB,x,NaN,1,1\nA,x,7,1,2\n", encoding="utf-8"
    )
    ended = winset("decide", "bad.csv")
    assert (ended.status, ended.out) == (2, "")
    places = [complaint.partition(":")[0] for complaint in ended.complaints]
    assert places == [
        "bad.csv row 2, position",
        "bad.csv row 2, salience",
        "bad.csv row 4, position",
        "bad.csv row 5, actor",
    ]


def test_a_case_is_decided_from_its_documents(winset: Winset, reports: Path, folder: Path, stated: list[str]) -> None:
    assert winset("new", "case.winset", *stated, "--option", "courses online=30").status == 0
    assert winset("add", "case.winset", reports).status == 0
    found = told(winset("decide", "case.winset", "--draws", "200", "--what-if", "France=90", "--json"))
    (issue,) = found["issues"]
    assert issue["outcome"] == "blocked"
    assert issue["blockers"][0]["actor"] == "France"
    assert found["outsiders"] == ["China"]
    assert [each["option"] for each in issue["options"]] == ["courses online", "Open a training centre in Reykjavik"]
    assert found["what_if"][0]["issues"][0]["probability_adopted"] > issue["probability_adopted"]
    words = winset("decide", "case.winset", "--draws", "200", "--what-if", "Norway=10").out
    assert "Norway has nothing on record: there taken at full salience" in words


def test_a_case_states_itself(winset: Winset, kept: Path) -> None:
    ended = winset("decide", kept, "--body", "nato", "--proposal", "70")
    (complaint,) = ended.complaints
    assert complaint.endswith("states the case already: leave out --body, --proposal")


def test_what_the_how_to_shows_is_what_is_printed(project: Path) -> None:
    from docs.write_generated import PRINTED_IN, with_printed

    for name in PRINTED_IN:
        page = (project / name).read_text(encoding="utf-8")
        assert with_printed(page) == page, f"{name}: run `make docs`"
