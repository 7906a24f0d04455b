"""Input files of DEcide and KTAB: what is written is read back, a wrong file is told row by row, both are tables."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import BadTable, CannotWrite
from winset.exchange.decide_files import DecideFile, Wish, decide_in, write_decide
from winset.exchange.ktab_files import is_ktab, ktab_in, write_ktab
from winset.exchange.position_tables import Reading, Scale, positions_in
from winset.ids import slug

NAMES = st.text(st.sampled_from("abcdefgéß中Åxyz 019-"), min_size=1, max_size=8).filter(
    lambda name: name == " ".join(name.split()) and slug(name) != "" and name.strip("-") == name
)
ON_SCALE = st.floats(0, 100, allow_subnormal=False)
SCENARIO = (
    "Quota,a scenario,3,2,\n"
    "Actor,Description,Power,Quota,Salience of Quota,Season,Salience of Season,\n"
    "Freedonia,the host,10,20,30, 5,6\n"
    "Ruritania,, 5,90,50,7.5,100,\n"
    "Zembla,,4,50,60,0,0\n"
)


@st.composite
def models(draw: st.DrawFn) -> DecideFile:
    actors = draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=slug))
    issues = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    power = {actor: draw(st.floats(0, 1e6, allow_subnormal=False)) for actor in actors}
    wishes = [
        Wish(actor=actor, issue=issue, position=draw(ON_SCALE), salience=draw(st.floats(0, 1, allow_subnormal=False)))
        for actor in actors
        for issue in issues
    ]
    ends = {issue: (draw(st.floats(-50, 50)), draw(st.floats(51, 1000))) for issue in issues}
    return DecideFile(
        actors=tuple(actors), issues=tuple(issues), ends=ends, power=power, wishes=tuple(wishes), refused=()
    )


def same(read: DecideFile, written: DecideFile) -> None:
    assert read.refused == ()
    assert (read.actors, read.issues) == (written.actors, written.issues)
    assert read.power == pytest.approx(written.power)
    assert [(each.actor, each.issue) for each in read.wishes] == [(each.actor, each.issue) for each in written.wishes]
    for name in ("position", "salience"):
        assert [getattr(each, name) for each in read.wishes] == pytest.approx(
            [getattr(each, name) for each in written.wishes], abs=1e-9
        )


@given(models())
def test_what_is_written_for_decide_is_read_back(found: DecideFile) -> None:
    file = io.BytesIO()
    write_decide(found, file)
    read = decide_in(file.getvalue().decode(), name="x")
    same(read, found)
    assert read.ends == found.ends


@given(models())
def test_what_is_written_for_ktab_is_read_back_but_for_the_ends_of_scales(found: DecideFile) -> None:
    file = io.BytesIO()
    write_ktab(found, file, title="A quota, or none")
    assert is_ktab(file.getvalue().decode())
    same(ktab_in(file.getvalue().decode(), name="x"), found)


def test_who_has_no_position_on_an_issue_is_left_out_for_ktab() -> None:
    read = ktab_in(SCENARIO, name="x")
    partly = DecideFile(
        actors=read.actors,
        issues=read.issues,
        ends=read.ends,
        power=read.power,
        wishes=tuple(each for each in read.wishes if (each.actor, each.issue) != ("Zembla", "Season")),
        refused=(),
    )
    file = io.BytesIO()
    write_ktab(partly, file, title="x")
    assert ktab_in(file.getvalue().decode(), name="x").actors == ("Freedonia", "Ruritania")
    with pytest.raises(CannotWrite, match="KTAB has no unknown"):
        write_ktab(
            DecideFile(actors=("A",), issues=("i",), ends={"i": (0, 100)}, power={}, wishes=(), refused=()),
            file,
            title="x",
        )


def test_a_scenario_of_ktab_is_read() -> None:
    found = ktab_in(SCENARIO, name="x")
    assert (found.actors, found.issues) == (("Freedonia", "Ruritania", "Zembla"), ("Quota", "Season"))
    assert found.wishes[3] == Wish(actor="Ruritania", issue="Season", position=7.5, salience=1.0)
    assert found.power == {"Freedonia": 10, "Ruritania": 5, "Zembla": 4}


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        (",3,2,", ",4,2,", "row 1: tells '4' actors, there are 3"),
        ("20,30", "120,30", "row 3: position of Freedonia is '120': allowed is 0 to 100"),
        ("20,30", "20,x", "row 3: salience of Freedonia is 'x': allowed is 0 to 100"),
        ("Freedonia,the host,10", "Freedonia,the host,-1", "row 3: power of Freedonia is '-1': allowed is 0 or more"),
        ("Freedonia,the host,10", "Freedonia,the host,inf", "row 3: power of Freedonia is 'inf'"),
        ("Ruritania", "freedonia", "row 4: actor 'freedonia' stands in an earlier row: name it once"),
        ("Ruritania", "", "row 4: the actor has no name: give it one"),
        ("50,60,0,0", "50,60", "row 5: 5 cells, 7 are needed"),
    ],
)
def test_a_row_of_ktab_that_cannot_be_used_is_told_with_its_place(was: str, now: str, line: str) -> None:
    found = ktab_in(SCENARIO.replace(was, now), name="x.csv")
    assert [each for each in found.refused if each.startswith(f"x.csv {line}")], found.refused


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n",
        "x,,1,1\nActor,Description,Power,P,\nA,,1,2\n",
        "x,,1,1\nActor,Description,Power,P,S,P,S\nA,,1,2,3,2,3\n",
        f"x,,1,1\nActor,Description,Power,P,S\n{'A' * 200_000},,1,2,3\n",
    ],
)
def test_what_is_no_scenario_is_refused(text: str) -> None:
    with pytest.raises(BadTable):
        ktab_in(text, name="x.csv")


def test_a_name_that_decide_cannot_hold_is_refused() -> None:
    odd = DecideFile(actors=("a'b",), issues=("i",), ends={"i": (0, 1)}, power={"a'b": 1}, wishes=(), refused=())
    with pytest.raises(CannotWrite, match="rename it"):
        write_decide(odd, io.BytesIO())


def test_both_are_read_as_tables_of_positions() -> None:
    of_ktab = positions_in(SCENARIO, name="x.csv")
    assert [(row.actor, row.issue, row.value, row.salience) for row in of_ktab.rows][:2] == [
        ("Freedonia", "Quota", 20.0, 0.3),
        ("Freedonia", "Season", 5.0, 0.06),
    ]
    file = io.BytesIO()
    write_decide(ktab_in(SCENARIO, name="x"), file)
    of_decide = positions_in(file.getvalue().decode(), name="x.txt")
    assert [(row.actor, row.issue, row.value) for row in of_decide.rows] == [
        (row.actor, row.issue, row.value) for row in of_ktab.rows
    ]
    with pytest.raises(BadTable, match="states its own scales"):
        positions_in(SCENARIO, name="x.csv", reading=Reading(scale=Scale(high=of_ktab.rows[0].capability)))
    with pytest.raises(BadTable, match="row 3: position of Freedonia"):
        positions_in(SCENARIO.replace("20,30", "120,30"), name="x.csv")
