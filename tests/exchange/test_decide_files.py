"""Input files of DEcide: an invented one, and every kind of row that cannot be used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from winset.decisions.models import MODELS
from winset.errors import BadTable, Missing, NotText
from winset.exchange.decide_files import decide_in, read_decide

FISHERIES = """'#A'\t'Ruritania'\t'Ruritania'\t''
'#A'\t'Grand Fenwick'\t'Grand Fenwick'\t'small, but keen'
'#P'\t'mesh'\t'mesh size'\t''
'#M'\t'mesh'\t40
'#M'\t'mesh'\t120
'#P'\t'days'\t'days at sea'\t''
'#O'\t'a remark'
'#D'\t'Ruritania'\t'mesh'\t60\t0.9\t4
'#D'\t'Ruritania'\t'days'\t100\t0.2\t4
'#D'\t'Grand Fenwick'\t'mesh'\t120\t0.3\t2
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "fisheries.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_positions_are_read_on_the_scale_of_their_issue(tmp_path: Path) -> None:
    found = read_decide(written(tmp_path, FISHERIES))
    assert found.actors == ("Ruritania", "Grand Fenwick")
    assert found.ends == {"mesh": (40.0, 120.0), "days": (0.0, 100.0)}
    assert found.refused == ()
    profile = found.profile()
    assert np.array_equal(profile.positions[0], [[25.0, 100.0], [100.0, np.nan]], equal_nan=True)
    assert np.array_equal(profile.salience[0], [[0.9, 0.3], [0.2, 0.0]])
    assert profile.capability.tolist() == [4.0, 2.0]
    assert profile.actors == ("ruritania", "grand-fenwick")
    assert MODELS["compromise"](profile)[0] == pytest.approx([(3.6 * 25 + 0.6 * 100) / 4.2, 100])


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("quote", ['"', ""])
def test_other_delimiters_and_quotes_read_the_same(tmp_path: Path, delimiter: str, quote: str) -> None:
    text = FISHERIES.replace("small, but keen", "small").replace("\t", delimiter).replace("'", quote)
    assert read_decide(written(tmp_path, text)) == read_decide(written(tmp_path, FISHERIES.replace("small, ", "")))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("'#X'\t1", "row 11: '#X' begins no row: allowed are #A, #P, #M, #D, #O, #/"),
        ("'#D'\t'Ruritania'\t'mesh'\t60", "row 11: 4 cells after #D, 6 are needed"),
        ("'#A'\t''", "row 11: the actor has no name: give it one"),
        ("'#A'\t'Ruritania'", "row 11: actor 'Ruritania' stands in row 1 already: name it once"),
        ("'#A'\t'grand-fenwick'", "row 11: actor 'grand-fenwick' reads like one before it"),
        ("'#M'\t'days'\t'many'", "row 11: point is 'many': allowed is a number"),
        ("'#M'\t'nets'\t7", "row 11: issue 'nets' has no row"),
        ("'#P'\t'nets'\n'#M'\t'nets'\t7", "row 11: the scale of 'nets' has one point, 7: it is taken as 0 to 100"),
        ("'#D'\t'Sylvania'\t'mesh'\t60\t1\t1", "row 11: actor 'Sylvania' has no row"),
        ("'#D'\t'Ruritania'\t'nets'\t60\t1\t4", "row 11: issue 'nets' has no row"),
        (
            "'#D'\t'Ruritania'\t'mesh'\t60\t1\t4",
            "row 11: Ruritania wants something on mesh in an earlier row: leave one",
        ),
        ("'#D'\t'Grand Fenwick'\t'days'\t101\t1\t2", "row 11: position is '101': allowed is 0 to 100"),
        ("'#D'\t'Grand Fenwick'\t'days'\tnan\t1\t2", "row 11: position is 'nan': allowed is 0 to 100"),
        ("'#D'\t'Grand Fenwick'\t'days'\t10\t-1\t2", "row 11: salience is '-1': allowed is 0 to 1"),
        ("'#D'\t'Grand Fenwick'\t'days'\t10\t1\tinf", "row 11: power is 'inf': allowed is 0 or more"),
        ("'#D'\t'Grand Fenwick'\t'days'\t10\t1\t3", "row 11: power of Grand Fenwick is 3, 2 in an earlier row"),
    ],
)
def test_a_bad_row_is_refused_in_one_line_and_the_rest_is_read(tmp_path: Path, row: str, said: str) -> None:
    found = read_decide(written(tmp_path, FISHERIES + row + "\n"))
    assert len(found.refused) == 1
    assert found.refused[0].startswith(f"fisheries.txt {said}")
    assert found.wishes == read_decide(written(tmp_path, FISHERIES)).wishes


def test_a_file_of_which_nothing_can_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="begins no row"):
        read_decide(written(tmp_path, "actor,issue,position\n"))
    with pytest.raises(BadTable, match="no row starts with #D"):
        read_decide(written(tmp_path, ""))
    with pytest.raises(Missing, match="no such file"):
        read_decide(tmp_path / "nothing.txt")
    (tmp_path / "old.txt").write_bytes(b"'#A'\t'\xff\xfe'")
    with pytest.raises(NotText, match="no UTF-8"):
        read_decide(tmp_path / "old.txt")


def test_lines_that_end_as_on_old_machines_are_lines(tmp_path: Path) -> None:
    sound = read_decide(written(tmp_path, FISHERIES))
    (tmp_path / "old.txt").write_bytes(FISHERIES.replace("\n", "\r").encode())
    assert read_decide(tmp_path / "old.txt") == sound
    assert decide_in(FISHERIES.replace("\n", "\r"), name="old.txt") == sound


def test_a_cell_longer_than_any_name_is_told_with_its_row() -> None:
    with pytest.raises(BadTable, match=r"^a row 2: no row that can be read"):
        decide_in(f"'#A'\t'b'\n'#A'\t'{'x' * 200_000}'\n", name="a")
