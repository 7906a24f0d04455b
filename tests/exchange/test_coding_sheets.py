"""Coding sheets: what goes out is safe to open, and of what comes back no row is lost or taken wrongly."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import UnknownName
from winset.exchange.coding_columns import CODES, MACHINE, PERSON, STATEMENT
from winset.exchange.coding_csv import csv_bytes, csv_rows, unquoted
from winset.exchange.coding_export import ToCode, as_id, chosen, sheet
from winset.exchange.coding_take import Known, Taken, take
from winset.exchange.coding_xlsx import xlsx_bytes, xlsx_rows
from winset.ids import PartialDate
from winset.issues import Issue, Option
from winset.positions.rulings import Codes, Ruling
from winset.positions.types import Stance, Voice
from winset.statements.types import Form, Statement

ISSUE = Issue(
    proposal="Dredge the harbour",
    body="Harbour Board",
    rule="consensus",
    on=PartialDate("2024"),
    options=(Option(label="A smaller channel", value=40),),
)
TEXT = (
    "=SUM of it all: the mayor said\nit was “far too deep”. The council, by contrast, welcomed it. Nobody else spoke."
)
LETTER = Document(name="letters/letter.txt", text=TEXT, published=PartialDate("2024-05"))


def to_code(start: int, end: int, *, confidence: float = 0.6, relevance: float = 0.9) -> ToCode:
    said = Statement(
        document_id=LETTER.id,
        source=anchor(LETTER, 16, 25),
        cue=None,
        contents=(anchor(LETTER, start, end),),
        form=Form.INDIRECT,
    )
    return ToCode(
        document=LETTER,
        statement=said,
        identification=Identification(
            statement_id=said.id,
            speaker=None,
            represents="@North",
            actor_id=None,
            standing=Standing.MEMBER,
            speaks_as=SpeaksAs.ACTOR,
            score=0.7,
            rule="title",
        ),
        stance=Stance(
            statement_id=said.id,
            issue_id=ISSUE.id,
            relevance=relevance,
            direction=-0.5,
            confidence=confidence,
            reason="-too deep",
        ),
    )


STATEMENTS = tuple(to_code(0, 15 + n, confidence=0.9 - n / 10) for n in range(5))
IDS = [each.statement.id for each in STATEMENTS]


def somebody(words: str) -> str:
    if words != "North":
        raise UnknownName(f"no actor named {words!r}: did you mean 'North'?")
    return "north"


KNOWN = Known(
    issue=ISSUE,
    statements=dict.fromkeys(IDS, LETTER.id),
    documents={LETTER.id: LETTER.name},
    actor=somebody,
)


def filled(*rows: dict[str, str], blind: bool = False) -> list[list[str]]:
    """A sheet with codes in its first rows."""
    table = list(csv.reader(io.StringIO(sheet(STATEMENTS, ISSUE, workbook=False, blind=blind).decode("utf-8-sig"))))
    header = table[0]
    for cells, codes in zip(table[1:], rows, strict=False):
        for column, code in codes.items():
            cells[header.index(column)] = code
    return table


def saved(table: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(table)
    return written.getvalue().encode(encoding)


def taken(table: Sequence[Sequence[str]], coder: str = "Ada", known: Known = KNOWN) -> Taken:
    return take(saved(table), known, name="sheet.csv", coder=coder)


def only_reason(found: Taken) -> str:
    (refused,) = found.refused
    return refused.reason


def test_a_sheet_has_a_row_for_each_statement_and_empty_cells_for_the_coder() -> None:
    header, *rows = filled()
    assert header == [*STATEMENT, *MACHINE, *PERSON]
    assert [row[0] for row in rows] == IDS
    first = dict(zip(header, rows[0], strict=True))
    assert (first["document"], first["text_hash"], first["date"]) == ("letters/letter.txt", LETTER.id, "2024-05")
    assert (first["machine_stance"], first["machine_direction"], first["machine_hedged"]) == ("oppose", "-0.5", "no")
    assert first["after"].startswith("said it was “far too deep”")
    assert not any(first[column] for column in PERSON)


def test_a_blind_sheet_tells_nothing_that_the_machine_found_out() -> None:
    header, *rows = filled(blind=True)
    assert header == [*STATEMENT, *PERSON]
    assert "North" not in str(rows)


@pytest.mark.parametrize("workbook", [False, True])
def test_what_a_coder_fills_in_comes_back(workbook: bool) -> None:
    header, *rows = filled(
        {
            "stance": "Favour",
            "direction": "0,75",
            "firmness": "1",
            "hedged": "no",
            "conditional": "YES",
            "voice": "own",
            "rung": "a smaller channel",
            "relevance": ".9",
            "actor": "North",
            "why": "=plainly so",
        },
        {"place": "25", "rung": "proposal", "coder": "Ben  Bee"},
        {"stance": "favor"},
    )
    payload = xlsx_bytes(rows, header=header, choices={}) if workbook else saved([header, *rows])
    found = take(payload, KNOWN, name="sheet", coder="Ada")
    assert found.refused == ()
    assert found.empty == 2
    assert found.rulings == (
        Ruling(
            statement_id=IDS[0],
            coder="Ada",
            codes=Codes(
                stance="favour",
                direction=0.75,
                firmness=1,
                hedged=False,
                conditional=True,
                voice=Voice.OWN,
                rung="A smaller channel",
                relevance=0.9,
                actor="north",
            ),
            why="=plainly so",
        ),
        Ruling(statement_id=IDS[1], coder="Ben Bee", codes=Codes(direction=-0.5, rung="")),
        Ruling(statement_id=IDS[2], coder="Ada", codes=Codes(stance="favour")),
    )


def test_no_cell_is_a_formula() -> None:
    rows = filled()
    hostile = [row for row in rows[1:] if any(cell.startswith(("=", "+", "@")) for cell in row)]
    assert hostile == []
    assert rows[1][rows[0].index("content")].startswith("'=SUM")
    assert rows[1][rows[0].index("machine_reason")] == "'-too deep"
    book = load_workbook(io.BytesIO(sheet(STATEMENTS, ISSUE, workbook=True)))
    kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    assert "f" not in kinds
    assert unquoted("'=SUM") == "=SUM"
    assert unquoted("'tis") == "'tis"
    written = next(csv_rows(csv_bytes([["\t=1", "+1", "'x", -1.5]]), name="a.csv"))
    assert written == ["'\t=1", "'+1", "'x", "-1.5"]


def test_letters_that_a_workbook_cannot_hold_are_replaced() -> None:
    payload = xlsx_bytes([["bell \x07 half \ud800 " + "x" * 40_000]], header=["content"], choices={})
    (_, (cell, *_)) = tuple(xlsx_rows(payload, name="a.xlsx", most_rows=9, most_columns=9))
    assert cell.startswith("bell \ufffd half \ufffd x")
    assert len(cell) == 32_767


def test_a_sample_is_drawn_by_its_seed_and_the_least_certain_come_first() -> None:
    drawn = chosen(STATEMENTS, sample=3, seed=1)
    assert len(drawn) == 3
    assert drawn == chosen(tuple(reversed(STATEMENTS)), sample=3, seed=1)[::-1]
    assert {chosen(STATEMENTS, sample=2, seed=seed) for seed in range(20)} != {drawn}
    ranked = chosen(STATEMENTS, uncertain_first=True)
    assert [each.certainty for each in ranked] == sorted(each.certainty for each in STATEMENTS)
    assert chosen(STATEMENTS, uncertain_first=True, sample=2) == ranked[:2]
    assert chosen(STATEMENTS, sample=99) == STATEMENTS
    off_topic, doubtful = to_code(0, 5, relevance=0.05, confidence=0.1), to_code(0, 6, relevance=0.45, confidence=0.9)
    assert off_topic.certainty > doubtful.certainty


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("stance", "maybe", "stance 'maybe': write favour, oppose, neutral, unclear or none"),
        ("direction", "1.5", "direction 1.5: allowed is -1 to 1"),
        ("direction", "nan", "direction 'nan': write a number"),
        ("direction", "much", "direction 'much': write a number"),
        ("place", "120", "place 120: allowed is 0 to 100"),
        ("firmness", "7", "firmness 7: allowed is 0 to 1"),
        ("hedged", "perhaps", "hedged 'perhaps': write yes or no"),
        ("voice", "loud", "voice 'loud': write own, reported, ascribed"),
        ("rung", "a bridge", "rung 'a bridge': there are 'proposal', 'A smaller channel'"),
        ("relevance", "-1", "relevance -1: allowed is 0 to 1"),
        ("actor", "Nort", "no actor named 'Nort': did you mean 'North'?"),
    ],
)
def test_a_code_off_the_scale_refuses_its_row_and_no_other(column: str, cell: str, reason: str) -> None:
    found = taken(filled({column: cell}, {"stance": "favour"}))
    (refused,) = found.refused
    assert (refused.row, refused.id, refused.coder, refused.reason) == (2, IDS[0], "Ada", reason)
    assert [ruling.statement_id for ruling in found.rulings] == [IDS[1]]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    assert only_reason(taken(filled({"stance": "x", "firmness": "2"}))).count(":") == 2


def test_codes_that_contradict_each_other_are_refused() -> None:
    assert "contradict" in only_reason(taken(filled({"stance": "favour", "direction": "-1"})))
    assert "not 0.5" in only_reason(taken(filled({"place": "20", "direction": "0.5"})))
    assert taken(filled({"place": "75", "direction": "0.5"})).refused == ()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": "0" * 16}, "a spreadsheet made a number of it"),
        ({"id": "abc"}, "no statement 'abc' in the case"),
        ({"id": ""}, "the cell 'id' is empty"),
        ({"id": "1.23E+15"}, "a spreadsheet made a number of it"),
        ({"text_hash": "f" * 16}, "made for another version of the text of letters/letter.txt: its hash is ffff"),
        ({"text_hash": "f" * 16, "id": "abc"}, "an old version of the text: letters/letter.txt with hash ffff"),
        ({"text_hash": ""}, "the cell 'text_hash' is empty"),
    ],
)
def test_a_row_about_another_statement_or_another_text_is_refused(changed: dict[str, str], reason: str) -> None:
    found = taken(filled({"stance": "favour", **changed}, {"stance": "oppose"}))
    assert reason in only_reason(found)
    assert len(found.rulings) == 1


def test_two_answers_by_one_coder_are_both_refused_and_one_answer_twice_is_one() -> None:
    table = filled({"stance": "favour"}, {"stance": "oppose"}, {"stance": "favour", "coder": "Ben"})
    again, other, same = (list(table[1]), list(table[1]), list(table[2]))
    again[table[0].index("stance")] = "oppose"
    again[table[0].index("coder")] = "ADA"  # the same person, spelled otherwise
    other[table[0].index("coder")] = "Ben"
    found = taken([*table, again, other, same])
    assert [(refused.row, refused.coder) for refused in found.refused] == [(2, "Ada"), (7, "Ada")]
    assert {refused.reason for refused in found.refused} == {
        "rows 2 and 7 are two answers by Ada for one statement: keep one of them"
    }
    assert {(ruling.statement_id, ruling.coder) for ruling in found.rulings} == {
        (IDS[0], "Ben"),
        (IDS[1], "Ada"),
        (IDS[2], "Ben"),
    }
    assert found.repeated == 1


def test_a_coder_is_spelled_as_before_and_an_empty_one_is_refused() -> None:
    found = taken(filled({"stance": "favour", "coder": "ADA"}), "", replace(KNOWN, coders=("Ada",)))
    assert [ruling.coder for ruling in found.rulings] == ["Ada"]
    assert "nobody coded it" in only_reason(taken(filled({"stance": "favour"}), ""))
    assert "name the person" in only_reason(taken(filled({"stance": "favour", "coder": "machine"})))


def without(table: list[list[str]], column: str) -> list[list[str]]:
    place = table[0].index(column)
    return [[*row[:place], *row[place + 1 :]] for row in table]


def test_a_header_that_cannot_be_used_is_told_as_row_one() -> None:
    table = filled({"stance": "favour"})
    twice = [[*row, row[table[0].index("stance")]] for row in table]
    no_codes = table
    for column in CODES:
        no_codes = without(no_codes, column)
    for wrong, reason in (
        (without(table, "id"), "keep id"),
        (without(table, "text_hash"), "keep text_hash"),
        (twice, "the column 'stance' stands twice"),
        (no_codes, "no column holds codes"),
        ([], "nothing in it"),
    ):
        found = taken(wrong)
        assert reason in only_reason(found)
        assert (found.refused[0].row, found.rulings) == (1, ())
    bars = take(saved(table, delimiter="|"), KNOWN, name="s.csv", coder="Ada")
    assert "part cells by commas, semicolons or tabs" in only_reason(bars)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_spreadsheets_ways_of_saving_are_all_read(delimiter: str, encoding: str) -> None:
    payload = saved(filled({"stance": "favour", "why": "naïve; “so, so”"}), delimiter=delimiter, encoding=encoding)
    found = take(payload, KNOWN, name="s.csv", coder="Ada")
    assert found.refused == ()
    assert [ruling.why for ruling in found.rulings] == ["naïve; “so, so”"]


def test_a_line_that_names_the_delimiter_and_empty_lines_are_counted_as_rows() -> None:
    payload = b"sep=;\r\n" + saved([*filled({"stance": "no"})[:1], [], *filled({"stance": "no"})[1:]], delimiter=";")
    (refused,) = take(payload, KNOWN, name="s.csv", coder="Ada").refused
    assert refused.row == 4


def test_a_row_in_another_encoding_is_refused_and_the_others_are_taken() -> None:
    table = filled({"stance": "favour", "why": "Zoë says so"}, {"stance": "oppose"})
    place = table[0].index("content")
    for row in table[1:]:
        row[place] = row[place - 3] = row[place + 1] = row[place + 2] = ""
    found = take(saved(table, encoding="latin-1"), KNOWN, name="s.csv", coder="Ada")
    assert (found.refused[0].row, only_reason(found)) == (2, "not UTF-8: save the sheet as CSV in UTF-8, or as .xlsx")
    assert [ruling.statement_id for ruling in found.rulings] == [IDS[1]]


def test_cells_beyond_the_header_and_quotes_left_open_are_told_by_row() -> None:
    table = filled({"stance": "favour"}, {"stance": "oppose"})
    table[1].append("more")
    assert "cells, the header has" in only_reason(taken(table))
    payload = saved(filled({"stance": "favour"}, {"stance": "oppose"})) + b'"left open,\r\n'
    found = take(payload, KNOWN, name="s.csv", coder="Ada")
    assert "no valid CSV" in only_reason(found)
    assert len(found.rulings) == 2


def workbook(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    page: Any = book.active
    for row in rows:
        page.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbooks_own_kinds_of_cells_are_read_and_a_formula_is_no_code() -> None:
    payload = workbook(
        ["id", "text_hash", "stance", "direction", "hedged"],
        [IDS[0], LETTER.id, "favour", 0.5, True],
        [IDS[1], LETTER.id, '="favour"', None, None],
        [IDS[2], LETTER.id, None, 1, False],
    )
    found = take(payload, KNOWN, name="s.xlsx", coder="Ada")
    assert (found.refused[0].row, len(found.refused)) == (3, 1)
    assert [ruling.codes for ruling in found.rulings] == [
        Codes(stance="favour", direction=0.5, hedged=True),
        Codes(direction=1, hedged=False),
    ]


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def with_sheet(content: bytes) -> bytes:
    """A workbook whose first sheet is this XML."""
    good = zipfile.ZipFile(io.BytesIO(workbook(["id"])))
    parts = {name: good.read(name) for name in good.namelist()}
    return zipped({**parts, "xl/worksheets/sheet1.xml": content})


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"PK\x03\x04 not really", "a damaged workbook"),
        (zipped({"a.txt": b"x"}), "does not open as a workbook"),
        (zipped({"xl/worksheets/sheet1.xml": b"0" * 50_000_000}), "a zip bomb?"),
        (with_sheet(LAUGHS.encode()), "declares XML entities"),
        (with_sheet(LAUGHS.encode("utf-16")), "declares XML entities"),
        (with_sheet(b"<worksheet><broken"), "does not open as a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old workbook, or one with a password"),
    ],
)
def test_what_is_no_workbook_or_a_hostile_one_is_refused(payload: bytes, reason: str) -> None:
    found = take(payload, KNOWN, name="s.xlsx", coder="Ada")
    assert reason in only_reason(found)
    assert found.rulings == ()


def test_an_id_that_a_spreadsheet_would_read_as_a_number_is_marked() -> None:
    known = replace(KNOWN, statements={"1234567890123456": LETTER.id})  # type: ignore[dict-item]
    table = [["id", "text_hash", "stance"], [as_id("1234567890123456"), LETTER.id, "favour"]]
    assert table[1][0] == "id:1234567890123456"
    assert len(taken(table, known=known).rulings) == 1
