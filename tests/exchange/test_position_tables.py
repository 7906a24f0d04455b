"""Tables of positions: what is read, and that every mistake is one line naming row and column."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.decisions.types import Outcome
from winset.errors import BadQuota, BadTable, WinsetError
from winset.exchange.answers import answered, answered_if, as_dict
from winset.exchange.position_cases import MOST_ACTORS, Asked, Question, question
from winset.exchange.position_tables import (
    COLUMNS,
    FILE_BYTES,
    PositionTable,
    Reading,
    Scale,
    positions_in,
    read_positions,
)
from winset.exchange.what_ifs import changed, scenarios

HEAD = "actor,issue,position,salience,capability\n"
LAKE = HEAD + "Ruritania,mesh,80,0.5,4\nSylvania,mesh,20,1,2.5\nBorduria,mesh,60,0.25,0.5\n"
DAY = date(2024, 3, 1)


def table(text: str, **how: object) -> PositionTable:
    return positions_in(text, name="own.csv", reading=Reading(**how))  # type: ignore[arg-type]


def asked(text: str = LAKE, *, rule: str | None = "consensus", **beside: object) -> Question:
    return question(table(text, rule=rule or ""), Asked(rule=rule, on=DAY, **beside))  # type: ignore[arg-type]


def mistakes(text: str, **how: object) -> tuple[str, ...]:
    with pytest.raises(BadTable) as refused:
        table(text, **how)
    assert all("\n" not in line for line in refused.value.lines)
    return refused.value.lines


def refusal(call: Callable[[], object]) -> tuple[str, ...]:
    """The lines of what it refuses with."""
    with pytest.raises(WinsetError) as refused:
        call()
    lines: tuple[str, ...] = getattr(refused.value, "lines", (str(refused.value),))
    return lines


def test_a_table_becomes_cases_that_share_their_seats() -> None:
    of = asked(LAKE + "Ruritania,season,10,1,4\n")
    assert [case.issue.proposal for case in of.cases] == ["mesh", "season"]
    assert {case.seats for case in of.cases} == {of.rule.seats}
    assert [seat.name for seat in of.rule.seats] == ["Ruritania", "Sylvania", "Borduria"]
    assert of.cases[0].positions[0].evidence == ("own.csv row 2",)
    assert [each.actor_id for each in of.cases[1].positions] == ["Ruritania"]


def test_capabilities_become_whole_numbers_exactly() -> None:
    seats = asked(rule="2/3 of capability").rule.seats
    assert [dict(seat.weights)["capability"] for seat in seats] == [8, 5, 1]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_delimiter_and_any_case_of_the_header_is_read(mark: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(LAKE.upper().replace(",", mark).encode(encoding))
    first = read_positions(path).rows[0]
    assert (first.actor, first.value, first.row) == ("RURITANIA", 80.0, 2)


def test_scales_are_brought_to_winsets_own() -> None:
    text = HEAD + "A,x,7,80,1\nB,x,10,100,1\n"
    found = table(text, scale=Scale(low=Fraction(4), high=Fraction(10)), salience_out_of=Fraction(100)).rows
    assert [(row.value, row.salience) for row in found] == [(50.0, 0.8), (100.0, 1.0)]


def test_an_actor_may_have_nothing_on_record() -> None:
    of = asked(HEAD + "A,x,70,1,1\nB,x,unknown,,1\n")
    assert [each.actor_id for each in of.cases[0].positions] == ["A"]
    assert len(of.rule.seats) == 2


def test_rows_are_counted_as_a_spreadsheet_counts() -> None:
    lines = mistakes('actor,issue,position,salience,capability\n"A\nof B",x,1,1,1\n\nC,x,101,1,1\n')
    assert lines[0].startswith("own.csv row 4, position: is 101: allowed is 0 to 100")


BAD = {
    "off the scale": ("A,x,120,1,1", "row 2, position: is 120: allowed is 0 to 100"),
    "below the scale": ("A,x,-1,1,1", "row 2, position: is -1: allowed is 0 to 100"),
    "negative salience": ("A,x,1,-0.5,1", "row 2, salience: is -0.5: allowed is 0 to 1"),
    "salience above": ("A,x,1,50,1", "row 2, salience: is 50: allowed is 0 to 1"),
    "NaN": ("A,x,NaN,1,1", "row 2, position: is 'NaN', no number"),
    "infinite": ("A,x,1,inf,1", "row 2, salience: is 'inf', no number"),
    "huge": ("A,x,1e999999,1,1", "row 2, position: is '1e999999', no number"),
    "empty": ("A,x,,1,1", "row 2, position: is empty"),
    "no number": ("A,x,much,1,1", "row 2, position: is 'much', no number"),
    "decimal comma": ('A,x,"12,5",1,1', "row 2, position: is '12,5': write 12.5"),
    "percent": ("A,x,50%,1,1", "row 2, position: is '50%': write the number without %"),
    "negative capability": ("A,x,1,1,-3", "row 2, capability: is -3: allowed is 0 or more"),
    "capability missing for some": ("A,x,1,1,2\nB,x,1,1,", "row 3, capability: is empty"),
    "capability differs": ("A,x,1,1,2\nA,y,1,1,3", "row 3, capability: is 3, row 2 gives 'A' 2"),
    "duplicate": ("A,x,1,1,1\nA,x,2,1,1", "row 3, actor: 'A' on 'x' stands in row 2 too"),
    "two spellings": ("A,x,1,1,1\na,y,2,1,1", "row 3, actor: is 'a', row 2 writes 'A'"),
    "no actor": (" ,x,1,1,1", "row 2, actor: is empty"),
    "no issue": ("A,,1,1,1", "row 2, issue: is empty"),
    "too many cells": ("A,x,1,1,1,1", "row 2, all columns: 6 cells, the header has 5"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_mistake_is_one_line_with_row_and_column(kind: str) -> None:
    rows, words = BAD[kind]
    lines = mistakes(HEAD + rows + "\n")
    (line,) = lines
    assert words in line


def test_all_mistakes_are_told_the_first_twenty_one_by_one() -> None:
    lines = mistakes(HEAD + "".join(f"A{n},x,{200 + n},1,1\n" for n in range(30)))
    assert len(lines) == 21
    assert lines[-1] == "and 10 more of the kind"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("actor,issue,salience,capability", "row 1, position: the column is missing"),
        ("actor,issue,position,capability", "row 1, salience: the column is missing: add it, or say --salience 1"),
        ("actor,issue,position,salience", "row 1, capability: the column is missing: add it, or say --capability 1"),
        ("actor,position,salience,capability", "row 1, issue: the column is missing: add it, or say --issue NAME"),
        (
            "actor,issue,position,salience,capability,std_eror",
            "row 1, std_eror: is no known column: did you mean std_e",
        ),
        ("actor,issue,position,salience,capability,Actor", "row 1, Actor: the column stands twice"),
    ],
)
def test_a_column_that_is_missing_or_mistyped_is_never_made_up(header: str, words: str) -> None:
    assert words in mistakes(header + "\nA,x,1,1,1,1\n")[0]


def test_one_value_for_all_rows_stands_in_for_a_column_only_where_there_is_none() -> None:
    found = table("actor,position\nA,3\n", issue="mesh", salience=Fraction(1), capability=Fraction(2)).rows
    assert [(row.issue, row.salience, row.capability) for row in found] == [("mesh", 1.0, Fraction(2))]
    assert "leave out --salience" in mistakes(LAKE, salience=Fraction(1))[0]


@pytest.mark.parametrize("text", ["", "\n\n", HEAD, "\0", '"', "a,b\n\x00"])
def test_a_table_with_nothing_in_it_is_refused(text: str) -> None:
    assert len(mistakes(text)) >= 1


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    for payload, words in ((b"PK\x03\x04", "workbook"), (b"\xff\x00\xfe", "UTF-8"), (b"\xff\xfe\x00", "UTF-8")):
        path.write_bytes(payload)
        with pytest.raises(BadTable, match=words):
            read_positions(path)
    with path.open("wb") as stream:
        stream.truncate(FILE_BYTES + 1)  # a hole: it costs no disk
    with pytest.raises(BadTable, match="more than 50 MB"):
        read_positions(path)
    with pytest.raises(BadTable, match="cannot be read: No such file"):
        read_positions(tmp_path / "none.csv")


# cells that look like what stands in such tables, right and wrong
CELLS = st.sampled_from(
    ["A", "B", "x", "0", "50", "100", "101", "-1", "0.5", "1", "", "nan", "1,5", '"', "unknown", "é"]
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.lists(CELLS, min_size=4, max_size=6).map(",".join), max_size=5).map(
        lambda rows: HEAD + "\n".join(rows)
    ),
)


@given(text=TEXTS)
def test_any_text_is_read_or_refused_in_single_lines(text: str) -> None:
    with contextlib.suppress(WinsetError):
        found = table(text)
        assert found.rows
        assert all(row.value is None or 0 <= row.value <= 100 for row in found.rows)
        answer = answered(question(found, Asked(rule="simple-majority", on=DAY)), draws=10, seed=0)
        assert {told.outcome for told in answer.forecasts} <= set(Outcome)
        return
    lines = refusal(lambda: question(table(text), Asked(rule="simple-majority", on=DAY)))
    assert 1 <= len(lines) <= 21
    assert all("\n" not in line and "\r" not in line for line in lines)


@given(payload=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(payload: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("tables") / "own.csv"
    path.write_bytes(payload)
    with pytest.raises(BadTable):
        read_positions(path)


def test_without_a_rule_or_ends_what_was_taken_is_told() -> None:
    of = asked(rule=None)
    assert (of.rule.id, of.rule_taken) == ("consensus", True)
    assert [line.partition(":")[0] for line in of.taken] == [
        "the rule",
        "the status quo",
        "the proposal",
        "the positions are exact, as the table has no column std_error",
    ]
    told = answered(of, draws=50, seed=0).forecasts[0]
    assert told.assumptions[0].name == "the rule is consensus"


def test_ends_come_from_options_before_columns() -> None:
    text = "actor,issue,position,salience,capability,proposal,status_quo\nA,x,1,1,1,70,20\nA,y,1,1,1,60,\n"
    of = asked(text, proposals=("x=80",), status_quos=("10",))
    ends = [(case.issue.proposal_value, case.issue.status_quo) for case in of.cases]
    assert ends == [(80.0, 10.0), (60.0, 10.0)]


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ({"proposals": ("120",)}, "off the scale 0..100"),
        ({"proposals": ("mash=20",)}, "did you mean 'mesh'?"),
        ({"status_quos": ("much",)}, "is 'much', no number"),
        ({"proposals": ("20",), "status_quos": ("20",)}, "proposal and status quo both stand at 20"),
        ({"options": ("half",)}, "write LABEL=NUMBER"),
        ({"options": ("half=50", "half=20")}, "stands twice"),
        ({"issue": "mash"}, "did you mean 'mesh'?"),
        ({"outsiders": ("Sylvanai",)}, "did you mean 'Sylvania'?"),
        ({"cost_of_objecting": "-1"}, "is negative"),
        ({"body": "nato"}, "nobody in it has a seat in nato"),
        ({"rule": "consenus"}, "did you mean 'consensus'?"),
        ({"rule": "40% of capability"}, "could both pass"),
        ({"rule": "2/3 of shoreline"}, "shoreline"),
    ],
)
def test_what_is_said_beside_the_table_is_checked_too(beside: dict[str, object], words: str) -> None:
    with pytest.raises(WinsetError) as refused:
        asked(**beside)  # type: ignore[arg-type]
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_quota_that_two_disjoint_coalitions_reach_is_refused() -> None:
    with pytest.raises(BadQuota):
        asked(rule="at least 3/7 of capability")


def test_weights_of_which_nobody_has_any_are_refused() -> None:
    with pytest.raises(BadQuota, match="nobody has any capability"):
        asked(HEAD + "A,x,1,1,0\nB,x,2,1,0\n", rule="2/3 of capability")


def test_a_column_that_the_rule_names_holds_weights() -> None:
    text = HEAD.replace("\n", ",shoreline\n") + "A,x,90,1,1,10\nB,x,10,1,1,30\n"
    of = asked(text, rule="2/3 of shoreline")
    assert [dict(seat.weights)["shoreline"] for seat in of.rule.seats] == [1, 3]
    with pytest.raises(BadTable, match="row 3, shoreline: is empty"):
        asked(text.replace("30", ""), rule="2/3 of shoreline")


def test_a_body_seats_its_members_and_the_others_are_outsiders() -> None:
    text = HEAD + "FR,x,80,1,29\nGermany,x,20,1,29\nel,x,50,1,12\nCommission,x,90,1,29\n"
    of = question(table(text), Asked(body="eu-council", on=date(2019, 1, 1)))
    assert len(of.rule.seats) == 28
    assert {position.actor_id for position in of.cases[0].positions} == {"FRA", "DEU", "GRC", "Commission"}
    assert [of.names[actor] for actor in of.outsiders] == ["Commission"]
    assert of.rule.id == "eu-qualified-majority"
    assert "Commission" in of.taken[0]
    with pytest.raises(BadTable, match="'France' is France, as is 'FR' in row 2"):
        question(table(text + "France,x,1,1,2\n"), Asked(body="eu-council", on=date(2019, 1, 1)))


def test_what_ifs_change_what_they_say_and_nothing_else() -> None:
    of = asked(rule="2/3 of capability", outsiders=("Borduria",))
    asked_for = scenarios(
        ["Sylvania=60", "Sylvania.salience=0.1; cost=5", "Sylvania=abstain", "sylvania.capability=8", "proposal=40"], of
    )
    found = [changed(of, each).cases[0] for each in asked_for]
    sylvania = [case.position_of(of.actor("Sylvania")) for case in found]
    assert [each.value for each in sylvania if each] == [60, 20, 20, 20, 20]
    assert [each.salience for each in sylvania if each] == [1, 0.1, 0, 1, 1]
    assert [case.cost_of_objecting for case in found] == [0, 5, 0, 0, 0]
    assert found[4].issue.proposal_value == 40
    seats = changed(of, asked_for[3]).rule.seats
    assert [dict(seat.weights)["capability"] for seat in seats] == [1, 2]
    assert [position.value for position in of.cases[0].positions] == [80, 20, 60]


def test_a_seat_can_be_taken_away_and_a_range_is_walked() -> None:
    of = asked()
    (without,) = scenarios(["Sylvania=out"], of)
    assert [seat.name for seat in changed(of, without).rule.seats] == ["Ruritania", "Borduria"]
    assert [each.words for each in scenarios(["Sylvania=0..100"], of)] == [
        f"Sylvania={value}" for value in (0, 25, 50, 75, 100)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sylvnia=60", "did you mean 'Sylvania'?"),
        ("Sylvania=600", "off the scale 0..100"),
        ("Sylvania.salience=2", "allowed is 0 to 1"),
        ("Sylvania.cost=2", "no actor"),
        ("Sylvania=x", "no number"),
        ("Sylvania", "write ACTOR=NUMBER"),
        ("", "says nothing"),
        ("cost=-1", "is negative"),
        ("mesh: cost=1", "leave out the issue"),
        ("Borduria=out; Ruritania=out; Sylvania=out", "nobody is left"),
    ],
)
def test_a_what_if_that_cannot_be_is_one_line(text: str, words: str) -> None:
    of = asked()
    with pytest.raises(BadTable) as refused:
        answered_if(of, scenarios([text], of), draws=10, seed=0)
    (line,) = refused.value.lines
    assert words in line


@given(text=st.text(st.sampled_from("Sylvania=.;:60 costabe-"), max_size=25))
def test_any_what_if_is_read_or_refused(text: str) -> None:
    of = asked()
    with contextlib.suppress(BadTable):
        for each in scenarios([text], of):
            assert changed(of, each).cases
        return
    assert all("\n" not in line for line in refusal(lambda: [changed(of, each) for each in scenarios([text], of)]))


def test_the_answer_by_hand() -> None:
    """Exact positions under consensus: Sylvania at 20 objects to 100 over 0 and consents up to twice 20."""
    of = asked()
    (told,) = answered(of, draws=100, seed=1).forecasts
    assert told.outcome is Outcome.BLOCKED
    assert [(each.actor_id, each.consents_up_to) for each in told.blockers] == [("Sylvania", 40.0)]
    assert told.winset == (0.0, 40.0)
    compromise = next(each for each in told.predictions if each.model == "compromise")
    assert compromise.value == pytest.approx((80 * 2 + 20 * 2.5 + 60 * 0.125) / (2 + 2.5 + 0.125))


def test_the_json_keeps_its_keys_and_is_on_the_users_scale() -> None:
    text = HEAD + "A,x,10,1,1\nB,x,5,1,1\n"
    of = question(table(text, scale=Scale(low=Fraction(4), high=Fraction(10))), Asked(rule="consensus", on=DAY))
    told = as_dict(answered(of, draws=10, seed=0))
    assert list(told) == ("format source rule scale members outsiders taken draws seed issues packages what_if".split())
    (issue,) = told["issues"]
    assert (
        list(issue)
        == (
            "issue proposal status_quo outcome probability probability_adopted adopted_range positions blockers unknown"
            " options winset core hinges concessions forecast models assumptions run_id"
        ).split()
    )
    assert (issue["status_quo"], issue["proposal"]) == (4.0, 10.0)
    assert [each["position"] for each in issue["positions"]] == [10.0, pytest.approx(5.0)]


def test_several_issues_are_put_to_the_vote_together() -> None:
    """Each gains more on one issue than it loses on the other: what fails alone passes as a package."""
    text = HEAD + "A,x,100,0.9,1\nA,y,0,0.3,1\nB,x,0,0.3,1\nB,y,100,0.9,1\n"
    answer = answered(asked(text, proposals=("100",), status_quos=("0",)), draws=20, seed=0)
    assert [told.outcome for told in answer.forecasts] == [Outcome.BLOCKED, Outcome.BLOCKED]
    assert answer.packages is not None
    assert (answer.packages.alone, answer.packages.together) == ((False, False), True)
    told = as_dict(answer)["packages"]
    assert told["nearest"]["values"] == {"x": 100.0, "y": 100.0}
    assert told["nearest"]["probability"] > 0.9
    assert told["bundles"] == [{"issues": ["x", "y"], "carried": ["x", "y"]}]


def test_every_column_is_described_in_the_reference(project: Path) -> None:
    page = (project / "docs" / "reference" / "position-table.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)) == set(COLUMNS)


def test_empty_columns_that_a_spreadsheet_leaves_behind_are_passed_over() -> None:
    rows = "actor,issue,position,salience,capability,,\nA,x,10,1,1,,\nB,x,60,1,1,,,\n,,,,,,\n"
    assert [row.actor for row in positions_in("\ufeff" + rows.replace("\n", "\r\n"), name="own.csv").rows] == ["A", "B"]
    with pytest.raises(BadTable) as refused:
        positions_in(rows.replace("1,1,,\n", "1,1,,9\n", 1), name="own.csv")
    assert refused.value.lines == (
        "own.csv row 2, column 7: holds '9', and the column has no name: name it, or empty it",
    )


def test_a_comma_that_may_part_thousands_is_asked_about() -> None:
    with pytest.raises(BadTable, match=r"is '1,000': write 1000, or 1\.000 if the comma is a decimal one"):
        positions_in('actor,issue,position,salience,capability\nA,x,10,1,"1,000"\n', name="own.csv")


def test_a_members_name_mistyped_is_no_outsiders() -> None:
    rows = HEAD + "Germnay,x,10,1,1\nFrance,x,60,1,1\nChina,x,60,1,1\n"
    (line,) = refusal(lambda: asked(rows, rule=None, body="nato"))
    assert line.startswith("own.csv row 2, actor: 'Germnay' has no seat in nato: did you mean 'Germany'?")
    of = asked(rows, rule=None, body="nato", outsiders=("Germnay",))
    assert [of.names[actor] for actor in of.outsiders] == ["Germnay", "China"]
    assert any(line.endswith(" and 18 others") for line in of.taken)  # of 31 members 30 have no row


def test_more_actors_than_can_be_decided_are_refused() -> None:
    (line,) = refusal(lambda: asked(HEAD + "".join(f"A{number},x,10,1,1\n" for number in range(MOST_ACTORS + 1))))
    assert line.startswith("own.csv: 501 actors on 'x': at most 500")


def test_numbers_in_json_are_told_to_eight_digits() -> None:
    def numbers(told: object) -> Iterator[float]:
        if isinstance(told, float):
            yield told
        for each in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
            yield from numbers(each)

    found = list(numbers(as_dict(answered(asked(), draws=300, seed=0))))
    assert found
    assert all(value == float(f"{value:.8g}") for value in found)
