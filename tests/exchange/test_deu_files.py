"""Decisions with known outcomes, as DEU lays them out; the rows here are invented."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from winset.errors import BadTable, Missing, NotText
from winset.exchange.deu_files import read_agendas

ISSUES = """\
issue,proposal,name,act,council,procedure,council_vote,intro,final,reference_point,outcome
q1i1,q1,boats,Reg,Fish,CNS,QMV,1999-02-01,2000-03-01,0,70
q1i2,q1,boats,Reg,Fish,CNS,QMV,1999-02-01,2000-03-01,,
q2i1,q2,seeds,Dir,Agri,COD,Unan,2005-02-01,2007-06-01,100,50
q3i1,q3,ports,Dir,Trans,COD,QMV,2016-02-01,2018-06-01,0,0
"""
POSITIONS = """\
issue,actor,position,salience
q1i1,com,100,80
q1i1,de,0,50
q1i1,lu,50,
q1i2,fr,20,40
q2i1,ep,30,60
q2i1,bu,90,10
q3i1,cr,10,90
q3i1,uk,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "issues.csv").write_text(ISSUES, encoding="utf-8")
    (tmp_path / "positions.csv").write_text(POSITIONS, encoding="utf-8")
    return tmp_path


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    path = folder / file
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return folder


def test_the_issues_of_a_proposal_make_one_agenda_with_the_council_of_its_day(folder: Path) -> None:
    fish, seeds, ports = read_agendas(folder)
    assert [(each.key, each.profile.rule.id, len(each.profile.rule.seats)) for each in (fish, seeds, ports)] == [
        ("q1", "eu-weighted-votes", 15),
        ("q2", "eu-unanimity", 27),
        ("q3", "eu-qualified-majority", 28),
    ]
    assert fish.profile.issues == ("q1i1", "q1i2")
    assert fish.outcomes[0] == 70
    assert np.isnan(fish.outcomes[1])
    assert fish.decided.tolist() == [True, False]
    assert fish.profile.proposal[0, 0] == 100
    assert np.isnan(fish.profile.proposal[0, 1])
    assert (seeds.profile.status_quo[0, 0], ports.profile.status_quo[0, 0]) == (100, 0)


def test_capability_is_votes_and_outsiders_count_as_the_largest_state(folder: Path) -> None:
    fish, seeds, ports = (each.profile for each in read_agendas(folder))
    votes = dict(zip(fish.actors, fish.capability.tolist(), strict=True))
    assert (votes["DEU"], votes["LUX"], votes["com"]) == (10, 2, 10)
    votes = dict(zip(seeds.actors, seeds.capability.tolist(), strict=True))
    assert (votes["BGR"], votes["ep"]) == (10, 29)
    assert dict(zip(ports.actors, ports.capability.tolist(), strict=True))["HRV"] == 7


def test_a_missing_salience_is_the_usual_one_of_the_issue_and_a_missing_position_weighs_nothing(folder: Path) -> None:
    fish, _, ports = (each.profile for each in read_agendas(folder))
    assert fish.salience[0, 0, fish.actors.index("LUX")] == pytest.approx(0.65)
    assert fish.weight[0, 0, fish.actors.index("SWE")] == 0
    assert ports.weight[0, 0, ports.actors.index("GBR")] == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("issues.csv", "2000-03-01,0,70", "2000-03-01,0,170", "issues.csv row 2, column outcome: is 170: allowed is"),
        ("issues.csv", "2000-03-01,0,70", "2000-03-01,low,70", "issues.csv row 2, column reference_point: is 'low'"),
        ("issues.csv", "Unan", "Veto", "issues.csv row 4, column council_vote: is 'Veto': allowed are QMV and Unan"),
        ("issues.csv", "2000-03-01", "2000-13-01", "issues.csv row 2, column final: date '2000-13-01'"),
        ("issues.csv", "q1i2,q1", "q1i1,q1", "issues.csv row 2, column issue: q1i1 stands in 2 rows: leave one"),
        ("issues.csv", "q3i1,q3", "q3i1,", "issues.csv row 5, column proposal: is empty: name it"),
        ("issues.csv", "2016-02-01,2018-06-01", ",", "issues.csv row 5, column final: is empty, and intro too"),
        ("positions.csv", "de,0,50", "de,-1,50", "positions.csv row 3, column position: is -1: allowed is 0 to 100"),
        ("positions.csv", "de,0,50", "de,0,nan", "positions.csv row 3, column salience: is 'nan', no number"),
        ("positions.csv", "q1i1,de", "q1i1,xx", "positions.csv row 3, column actor: 'xx' is unknown: allowed are com"),
        ("positions.csv", "q1i1,lu", "q1i1,de", "positions.csv row 3, column actor: de stands twice on q1i1"),
        ("positions.csv", "q1i2,fr", "q9i9,fr", "positions.csv row 5, column issue: q9i9 is not in issues.csv"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_row_and_column(folder: Path, file: str, old: str, new: str, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_agendas(changed(folder, file, old, new))
    assert any(line.startswith(said) for line in refused.value.lines), refused.value.lines


def test_a_missing_column_file_or_cell_is_told(folder: Path) -> None:
    with pytest.raises(BadTable, match="column outcome is missing"):
        read_agendas(changed(folder, "issues.csv", ",outcome", ",decided"))
    with pytest.raises(BadTable, match=r"positions.csv row 2: has 3 cells, the header 4"):
        read_agendas(changed(changed(folder, "issues.csv", ",decided", ",outcome"), "positions.csv", "100,80", "100"))
    (folder / "positions.csv").write_bytes(b"issue,actor\n\xff\xfe\n")
    with pytest.raises(NotText, match="is no UTF-8 text"):
        read_agendas(folder)
    (folder / "positions.csv").unlink()
    with pytest.raises(Missing, match="no such file"):
        read_agendas(folder)


def test_many_mistakes_are_not_all_told(folder: Path) -> None:
    rows = "".join(f"q1i1,x{number},0,0\n" for number in range(50))
    (folder / "positions.csv").write_text(POSITIONS + rows, encoding="utf-8")
    with pytest.raises(BadTable) as refused:
        read_agendas(folder)
    assert len(refused.value.lines) == 21
    assert refused.value.lines[-1].startswith("and 30 more mistakes")


@pytest.mark.parametrize(
    ("dates", "heard", "members"),
    [
        ("1994-02-01,1994-03-01", "q3i1,at,10,90", 15),  # heard the year before it joined
        ("2021-02-01,2022-06-01", "q3i1,uk,10,90\nq3i1,cr,10,90", 28),  # and two years after it left
        ("1950-02-01,1950-06-01", "q3i1,de,10,90", 6),
    ],
)
def test_of_another_day_the_nearest_council_with_all_those_heard_is_taken(
    folder: Path, dates: str, heard: str, members: int
) -> None:
    changed(folder, "issues.csv", "2016-02-01,2018-06-01", dates)
    changed(folder, "positions.csv", "q3i1,cr,10,90\nq3i1,uk,,", heard)
    *_, ports = read_agendas(folder)
    assert len(ports.profile.rule.seats) == members


def test_a_cell_longer_than_any_name_is_told(folder: Path) -> None:
    changed(folder, "positions.csv", "q1i1,com", f"q1i1,{'x' * 200_000}")
    with pytest.raises(BadTable, match=r"^positions\.csv: no table that can be read"):
        read_agendas(folder)
