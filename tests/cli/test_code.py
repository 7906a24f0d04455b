"""`winset code`: sheets out and in, by row; people's codes count, the machine's stay; agreement is told."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

Rows = list[dict[str, str]]


@pytest.fixture
def case(winset: Winset, kept: Path, reports: Path) -> Path:
    """A case of two documents."""
    assert winset("add", kept, reports).status == 0
    return kept


def sheet_of(winset: Winset, case: Path, *options: str) -> Rows:
    ended = winset("code", case, "-o", "sheet.csv", *options)
    assert (ended.status, ended.err) == (0, "")
    with Path("sheet.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def save(rows: Rows, name: str = "filled.csv") -> str:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    Path(name).write_text(written.getvalue(), encoding="utf-8")
    return name


def coded(winset: Winset, case: Path, coder: str, *words: str) -> dict[str, Any]:
    """Take in one word for each of the first statements; "" codes nothing."""
    rows = sheet_of(winset, case)
    for row, word in zip(rows, words, strict=False):
        row["stance"] = word
    told: dict[str, Any] = json.loads(winset("code", case, "take", save(rows), "--coder", coder, "--json").out)
    return told


def listed(winset: Winset, case: Path, *words: str) -> dict[str, Any]:
    ended = winset("code", case, *words, "--json")
    assert (ended.status, ended.err) == (0, "")
    told: dict[str, Any] = json.loads(ended.out)
    return told


def statements(winset: Winset, case: Path) -> dict[str, dict[str, Any]]:
    """The statements of the brief, by id."""
    assert winset("brief", case, "-o", "b.html", "--json", "b.json").status == 0
    return {each["id"]: each for each in json.loads(Path("b.json").read_text(encoding="utf-8"))["statements"]}


def test_a_sheet_goes_out_and_comes_back(winset: Winset, case: Path) -> None:
    rows = sheet_of(winset, case)
    assert len(rows) == listed(winset, case)["statements"] > 4
    for row in rows[:3]:
        row["stance"], row["why"] = "neutral", "no side taken"
    ended = winset("code", case, "take", save(rows), "--coder", "Ada", "--by", "Cy", "--why", "first round")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("filled.csv: 3 taken, ")
    assert "undo 1" in ended.out
    told = listed(winset, case)
    assert (told["coded"], told["coders"]) == (3, {"Ada": 3})
    (take,) = told["takes"]
    assert (take["sheet"], take["by"], take["why"], take["holds"]) == ("filled.csv", "Cy", "first round", True)
    assert take["at"].endswith("Z")
    assert {(each["stance"], each["codes"][0]["why"]) for each in told["rulings"]} == {("neutral", "no side taken")}
    assert "Ada: 3 statements" in winset("code", case).out


def test_the_same_sheet_twice_changes_nothing(winset: Winset, case: Path) -> None:
    first = coded(winset, case, "Ada", "favour", "oppose")
    before = case.read_bytes()
    again = coded(winset, case, "Ada", "favour", "oppose")
    assert (first["take"], first["taken"], first["unchanged"]) == (1, 2, 0)
    assert (again["take"], again["taken"], again["unchanged"], again["undo"]) == (None, 0, 2, None)
    assert case.read_bytes() == before


def test_a_later_code_counts_instead_and_can_be_taken_back(winset: Winset, case: Path) -> None:
    coded(winset, case, "Ada", "favour")
    told = coded(winset, case, "Ada", "oppose")
    assert (told["taken"], told["replaced"]) == (1, 1)
    id = listed(winset, case)["rulings"][0]["statement"]
    assert statements(winset, case)[id]["stance"] == "oppose"
    assert [each["holds"] for each in listed(winset, case)["history"]] == [False, True]
    undone = winset("code", case, "undo")
    assert (undone.status, undone.err) == (0, "")
    assert "to have them again" in undone.out
    assert statements(winset, case)[id]["stance"] == "favour"
    assert winset("code", case, "undo", "3").status == 0
    assert statements(winset, case)[id]["stance"] == "oppose"
    assert len(listed(winset, case)["takes"]) == 4


def test_a_persons_code_counts_in_the_brief_and_the_machines_stays(winset: Winset, case: Path) -> None:
    before = statements(winset, case)
    (first, *_) = sheet_of(winset, case, "--actor", "France")
    assert before[first["id"]]["stance"] == "oppose"
    coded(winset, case, "Ada", *["favour"] * 9)
    after = statements(winset, case)[first["id"]]
    assert (after["stance"], after["stance_by"], after["stance_confidence"]) == ("favour", "person: Ada", 1.0)
    assert after["machine_stance"] == "oppose"
    assert "stance coded by Ada: coded favour; the machine read oppose" in Path("b.html").read_text(encoding="utf-8")
    brief = json.loads(Path("b.json").read_text(encoding="utf-8"))
    assert {each["actor"]: each["value"] for each in brief["positions"]}["France"] > 50
    assert f"people's codes on {len(before)} statements" in str(brief["run"])
    assert sheet_of(winset, case, "--actor", "France")[0]["machine_stance"] == "oppose"
    winset("code", case, "undo")
    assert statements(winset, case) == before


def test_coders_who_differ_are_shown_and_a_tie_moves_nothing(winset: Winset, case: Path) -> None:
    coded(winset, case, "Ada", "favour", "favour")
    coded(winset, case, "Ben", "oppose", "favour")
    ended = winset("code", case)
    assert "Coders differ (1)" in ended.out
    assert "Ada favour, Ben oppose: unclear" in ended.out
    (tie,) = [each for each in listed(winset, case)["rulings"] if each["coders_disagree"]]
    brief = statements(winset, case)[tie["statement"]]
    assert (brief["stance"], brief["stance_reason"]) == ("unclear", "coders disagree: Ada favour, Ben oppose")
    coded(winset, case, "Cy", "favour")
    brief = statements(winset, case)[tie["statement"]]
    assert (brief["stance"], brief["stance_by"]) == ("favour", "person: Ada, Cy")
    assert brief["stance_confidence"] == pytest.approx(2 / 3, abs=0.01)


def test_whose_statement_it_is_can_be_coded_and_said_otherwise_later(
    winset: Winset, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (row, *_) = sheet_of(winset, case, "--actor", "France")
    row["actor"] = "Norway"
    assert winset("code", case, "take", save([row]), "--coder", "Ada").status == 0
    found = statements(winset, case)[row["id"]]
    assert (found["represents"], found["identified_by"], found["machine_represents"]) == ("Norway", "Ada", "France")
    assert "Norway" in winset("actors", case).out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000001")
    assert winset("actors", case, "is", row["id"], "Canada", "--by", "Ben").status == 0
    found = statements(winset, case)[row["id"]]
    assert (found["represents"], found["identified_by"]) == ("Canada", "Ben")
    row["actor"] = "Norwy"
    refused = winset("code", case, "take", save([row]), "--coder", "Ada")
    assert refused.status == 2
    assert "filled.csv, row 2: no actor named 'Norwy': did you mean 'Norway'?" in refused.complaints


def test_bad_rows_are_refused_and_the_good_ones_are_kept(winset: Winset, case: Path) -> None:
    rows = sheet_of(winset, case)
    rows[0]["stance"] = "maybe"
    rows[1]["id"], rows[1]["stance"] = "ffff", "favour"
    rows[2]["text_hash"], rows[2]["stance"] = "0123456789abcdef", "favour"
    rows[3]["stance"] = "favour"
    rows.append({**rows[3], "stance": "oppose"})
    rows[4]["stance"] = "oppose"
    ended = winset("code", case, "take", save(rows), "--coder", "Ada")
    assert ended.status == 2
    assert ended.out.startswith("filled.csv: 1 taken")
    assert "5 refused" in ended.out
    assert [line.partition(":")[0] for line in ended.complaints] == [
        f"filled.csv, row {row}" for row in (2, 3, 4, 5, len(rows) + 1)
    ]
    told = json.loads(winset("code", case, "take", "filled.csv", "--coder", "Ada", "--json").out)
    assert [each["row"] for each in told["refused"]] == [2, 3, 4, 5, len(rows) + 1]
    assert "write favour, oppose, neutral, unclear or none" in told["refused"][0]["reason"]
    assert (told["taken"], told["unchanged"]) == (0, 1)
    assert listed(winset, case)["coded"] == 1


def test_an_old_version_of_a_text_is_refused(winset: Winset, case: Path, reports: Path, stated: list[str]) -> None:
    rows = sheet_of(winset, case)
    for row in rows:
        row["stance"] = "favour"
    text = (reports / "first.txt").read_text(encoding="utf-8")
    (reports / "first.txt").write_text(text.replace("It is a mistake", "It was a mistake"), encoding="utf-8")
    winset("new", "other.winset", *stated)
    winset("add", "other.winset", reports)
    told = json.loads(winset("code", "other.winset", "take", save(rows), "--coder", "Ada", "--json").out)
    assert {each["reason"].partition(":")[0] for each in told["refused"]} == {"an old version of the text"}
    assert told["taken"] == sum(row["document"].endswith("second.txt") for row in rows) > 0


def test_workbooks_samples_and_blind_sheets(winset: Winset, case: Path) -> None:
    ended = winset("code", case, "-o", "s.xlsx", "--blind", "--sample", "3", "--seed", "5", "--coder", "Ada", "--json")
    told = {"case": str(case), "sheet": "s.xlsx", "statements": 3, "blind": True}
    assert json.loads(ended.out) == {"schema": "winset-code/1", **told}
    book = load_workbook("s.xlsx")
    page: Any = book.worksheets[0]
    header, *rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert not any(str(column).startswith("machine_") for column in header)
    assert {row[header.index("coder")] for row in rows} == {"Ada"}
    for number in range(2, 5):
        page.cell(number, header.index("stance") + 1, "favour")
    book.save("s.xlsx")
    assert winset("code", case, "take", "s.xlsx").out.startswith("s.xlsx: 3 taken")
    again = [row["id"] for row in sheet_of(winset, case, "--sample", "3", "--seed", "5")]
    assert again == [row[0] for row in rows]
    sure = [
        float(row["machine_confidence"]) for row in sheet_of(winset, case, "--uncertain-first", "--in", "first.txt")
    ]
    assert len(sure) < listed(winset, case)["statements"]


def test_agreement_is_told_among_people_and_with_the_machine(winset: Winset, case: Path) -> None:
    assert "Nothing was coded by two people yet" in winset("code", case, "agreement").out
    coded(winset, case, "Ada", "favour", "oppose", "favour", "neutral", "oppose")
    coded(winset, case, "Ben", "favour", "oppose", "oppose", "neutral", "oppose")
    ended = winset("code", case, "agreement", "--seed", "3")
    assert (ended.status, ended.err) == (0, "")
    for line in ("People among each other", "Two by two", "The machine and the people together", "each code: "):
        assert line in ended.out
    told = listed(winset, case, "agreement")
    assert (told["statements"], told["shared"], told["coders"]) == (5, 5, ["Ada", "Ben"])
    stance = next(each for each in told["people"] if each["variable"] == "stance")
    (alpha,) = stance["figures"]
    assert (alpha["coefficient"], round(alpha["value"], 3)) == ("alpha-nominal", 0.71)
    assert alpha["low"] < alpha["value"] < alpha["high"]
    (kappa,) = next(each for each in told["pairs"] if each["variable"] == "stance")["figures"]
    assert round(kappa["value"], 4) == 0.6875
    assert {each["variable"] for each in told["machine_and_people"]} >= {"stance", "side"}
    assert told == listed(winset, case, "agreement")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["burn"], "no verb 'burn': there are export, take SHEET, agreement, undo [N]"),
        (["take"], "take: write one of"),
        (["take", "a.csv", "b.csv"], "take a.csv b.csv: write one of"),
        (["take", "missing.csv", "--coder", "Ada"], "missing.csv: cannot be read: No such file"),
        (["take", ".", "--coder", "Ada"], ".: cannot be read"),
        (["export"], "export: say where to"),
        (["-o", "sheet.pdf"], "sheet.pdf: end its name with .csv or .xlsx"),
        (["-o", "no/such/s.csv"], "there is no folder"),
        (["-o", "case.winset"], "end its name with .csv or .xlsx"),
        (["-o", "s.csv", "--actor", "Frnce"], "no actor 'Frnce' in the case: did you mean 'France'?"),
        (["-o", "s.csv", "--in", "frst.txt"], "no document 'frst.txt' in the case: did you mean"),
        (["undo"], "nothing to take back: no codes are kept"),
        (["undo", "x"], "undo x: write undo N"),
        (["undo", "7"], "no take 7: there are 0"),
        (["agreement", "--blind"], "agreement takes no --blind"),
        (["--sample", "3"], "export: say where to"),
        (["--coder", "Ada"], "list takes no --coder"),
        (["take", "s.csv", "--by", " "], "nobody says so: write --by NAME"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused_in_one_line(
    winset: Winset, case: Path, words: list[str], complaint: str
) -> None:
    before = case.read_bytes()
    ended = winset("code", case, *words)
    assert (ended.status, ended.out) == (2, "")
    (line,) = ended.complaints
    assert complaint in line
    assert case.read_bytes() == before
    assert not list(Path().glob("*.csv"))


def test_a_header_that_cannot_be_used_takes_nothing(winset: Winset, case: Path) -> None:
    Path("s.csv").write_text("id|text_hash|stance\n", encoding="utf-8")
    ended = winset("code", case, "take", "s.csv", "--coder", "Ada", "--json")
    assert ended.status == 2
    told = json.loads(ended.out)
    assert [(each["row"], told["take"]) for each in told["refused"]] == [(1, None)]
    assert ended.complaints == [f"s.csv, row 1: {told['refused'][0]['reason']}"]


def test_a_sheet_on_stdout_is_csv_and_nothing_else(winset: Winset, case: Path) -> None:
    program = Path(sys.executable).with_name("winset")
    done = subprocess.run([program, "code", case, "-o", "-"], capture_output=True, check=False, env=os.environ)
    assert (done.returncode, done.stderr) == (0, b"")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [row["id"] for row in sheet_of(winset, case)]
