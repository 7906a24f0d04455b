"""A case file states a case, and a mistake in it is told with its line."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import BadCase
from winset.exchange.case_files import case_file, load_case, own_member, read_case
from winset.exchange.yaml_nodes import DEEPEST, LONGEST, tree
from winset.ids import slug

REGISTERED = """\
proposal: Open a training centre
body: NATO
on: 2023-07-11
rule: simple-majority
status_quo: 5
proposal_value: 95
outcome: 20
options:
  contact point: 20
  no: 40
documents: [reports/*.txt, https://example.org/a]
"""

OWN = """\
proposal: Dredge the harbour
body: Harbour Board
on: 2024-05
members:
  - North
  - {name: France, votes: 4, veto: true, weights: {population: 68000000}}
  - name: South
    weights: {population: 2}
    votes: 0
thresholds:
  - {of: votes, share: 55%, more_than: true}
  - {share: 2/3}
  - {share: 0.55}
options:
  - {label: half the depth, value: 50}
"""


def complaint(text: str) -> str:
    with pytest.raises(BadCase) as refused:
        read_case(text, name="case.yaml")
    message = str(refused.value)
    assert "\n" not in message
    return message


def test_a_registered_body_is_found_by_any_of_its_names() -> None:
    found = case_file(REGISTERED, name="case.yaml")
    issue = found.spec.issue
    assert (issue.proposal, issue.body, issue.rule, issue.on.text) == (
        "Open a training centre",
        "nato",
        "simple-majority",
        "2023-07-11",
    )
    assert (issue.status_quo, issue.proposal_value, issue.outcome) == (5, 95, 20)
    assert {option.label: option.value for option in issue.options} == {"contact point": 20, "no": 40}
    assert found.documents == ("reports/*.txt", "https://example.org/a")
    assert found.spec.seats == ()
    assert found.spec.body_name is None


def test_the_rule_left_out_is_the_bodys_own() -> None:
    text = "proposal: Open it\nbody: nato\non: 2023-07-11\noptions:\n"
    assert read_case(text, name="c").issue.rule == "consensus-silence"


def test_an_own_body_has_its_members_as_seats_and_exact_thresholds() -> None:
    spec = read_case(OWN, name="case.yaml")
    assert spec.body_name == "Harbour Board"
    assert spec.issue.rule == "qualified-majority"
    assert [(seat.actor_id, seat.name, seat.votes, seat.veto) for seat in spec.seats] == [
        ("north", "North", 1, False),
        ("FRA", "France", 4, True),
        ("south", "South", 0, False),
    ]
    assert [seat.weights for seat in spec.seats] == [(), (("population", 68_000_000),), (("population", 2),)]
    assert [(each.of, each.share, each.more_than) for each in spec.thresholds] == [
        ("votes", Fraction(11, 20), True),
        ("members", Fraction(2, 3), False),
        ("members", Fraction(11, 20), False),
    ]
    assert [(option.label, option.value) for option in spec.issue.options] == [("half the depth", 50)]


def test_norway_is_no_boolean_and_a_date_is_what_was_written() -> None:
    text = "proposal: Sail\nbody: Club\non: 2024-02-29\nrule: consensus\nmembers: [NO, SE, Yes]"
    spec = read_case(text, name="c")
    assert [seat.actor_id for seat in spec.seats] == ["NOR", "SWE", "yes"]
    assert spec.issue.on.text == "2024-02-29"


def test_codes_are_read_in_capitals_only() -> None:
    assert own_member("BEN") == "BEN"
    assert own_member("Ben") == "ben"
    assert own_member("france") == "FRA"


def test_a_name_in_any_script_becomes_an_id() -> None:
    assert slug("Île du Nord – 2") == "île-du-nord-2"
    assert slug("东方") == "东方"
    assert slug("!!") != slug("??")


BASE = "proposal: Sail\nbody: nato\non: 2023-07-11\n"
CLUB = "proposal: Sail\nbody: Club\non: 2023-07-11\nrule: consensus\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (BASE + "options:\n  contact point: 140\n", 5, "option 'contact point' is 140: allowed is 0 to 100"),
        (BASE + "options:\n  a: 1\n  contact point: lots\n", 6, "option 'contact point' is 'lots': write a number"),
        (BASE + "options: {a: .inf}", 4, "write a number"),
        (BASE + "options: 5", 4, "'options' is 5"),
        (BASE + "options:\n  - {label: a}", 5, "option 'a' lacks 'value'"),
        (BASE + "options:\n  - {label: a, value: 1}\n  - {label: a, value: 2}", 4, "two options have one name"),
        (BASE + "status_quo: 100", 4, "must differ"),
        (BASE + "status_quo: -1", 4, "'status_quo' is -1: allowed is 0 to 100"),
        (BASE + "propsal: x", 4, "did you mean 'proposal'?"),
        (BASE + "rule: consensu", 4, "did you mean 'consensus'?"),
        (BASE + "on: 2024", 4, "'on' stands twice, first on line 3"),
        (BASE + "documents: a.txt", 4, "'documents' is 'a.txt': write a list"),
        (BASE + "documents: [5]", 4, "write words"),
        (BASE + "thresholds:\n  - {of: members, share: 120%}", 5, "allowed is more than 0"),
        (BASE + "thresholds:\n  - {share: most}", 5, "write 55/100, 55% or 0.55"),
        (BASE + "thresholds:\n  - {share: 1/0}", 5, "write 55/100, 55% or 0.55"),
        ("proposal: Sail\nbody: natto\non: 2023", 2, "did you mean 'nato'?"),
        ("proposal: Sail\nbody: nato\non: 1930-01-01", 3, "1949"),
        ("proposal: Sail\nbody: nato\non: 2023-02-30", 3, "2023-02-30"),
        ("proposal: Sail\nbody: nato\non: true", 3, "'on' is True"),
        ("proposal: Sail\nbody: nato", 1, "the case lacks 'on'"),
        ("proposal: '  '\nbody: nato\non: 2023", 1, "'proposal' is empty"),
        ("proposal: 5\nbody: nato\non: 2023", 1, "'proposal' is 5: write words"),
        (CLUB + "members: []", 5, "'members' is empty"),
        (CLUB + "members:\n - North\n - {votes: 3}", 7, "members, number 2 lacks 'name'"),
        (CLUB + "members:\n - {name: North, votes: -3}", 6, "member 'North', 'votes' is -3"),
        (CLUB + "members:\n - {name: North, votes: 1.5}", 6, "a whole number"),
        (CLUB + "members:\n - {name: North, vote: 1}", 6, "did you mean 'votes'?"),
        (CLUB + "members:\n - North\n - north", 7, "already there"),
        (CLUB.replace("rule: consensus\n", "") + "members: [A, B]", 4, "needs a 'rule'"),
        (OWN.replace("of: votes", "of: grain"), 10, "has no 'grain'"),
        (BASE + "rule: qualified-majority", 4, ""),
        (CLUB + "members: [A, B]\nthresholds:\n - {of: members, share: 55%}", 6, "thresholds"),
        (CLUB.replace("consensus", "qualified-majority") + "members: [A, B]\nthresholds:\n - {share: 40%}", 6, "1/2"),
        ("- proposal: Sail", 1, "begin with 'proposal: ...'"),
        ("", 1, "begin with 'proposal: ...'"),
        ("proposal: Sail\nbody: [", 2, "no valid YAML"),
        ("proposal: Sail\nbody: x: y", 2, "no valid YAML"),
        ("proposal: Sail\n\tbody: x", 2, "no valid YAML"),
        ("proposal: Sail\n---\nbody: x", 2, "another document"),
        ("proposal: &a Sail\nbody: *a", 1, "anchors"),
        ("proposal: Sail\nbody: !!python/object/apply:os.system [ls]", 2, "tag"),
        ("proposal: Sail\nbody: !own x", 2, "tag"),
        ("proposal: Sail\n? [a]\n: b", 2, "cannot be a name"),
        ("proposal: Sail\non: " + "9" * 5000, 2, "no number"),
        ("proposal: Sail\nbody: \x00", 2, "no valid YAML"),
        ("proposal: Sail\nbody: \ud800", 2, "surrogate"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_field(text: str, line: int, words: str) -> None:
    message = complaint(text)
    assert message.startswith(f"case.yaml line {line}: ")
    assert words in message


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    rungs = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))
    assert "anchors" in complaint(f"a0: &a0 [x]\n{rungs}")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_before_it_recurses(opening: str) -> None:
    assert f"more than {DEEPEST} levels" in complaint(opening * 5000)


def test_a_text_longer_than_any_case_is_refused() -> None:
    assert "1,000,000" in complaint("#" * (LONGEST + 1))


def outcome(text: str) -> str:
    """What becomes of a text: "read", or the complaint."""
    try:
        read_case(text, name="case.yaml")
    except BadCase as refused:
        return str(refused)
    return "read"


@given(st.text())
def test_any_text_is_a_case_or_one_line_of_complaint(text: str) -> None:
    assert re.fullmatch(r"read|case\.yaml line \d+: .+", outcome(text))


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(["proposal", "body", "on", "rule", "options", "members", "thresholds", "documents", "outcome"])


@given(st.dictionaries(fields, plain))
def test_any_values_in_the_fields_are_a_case_or_one_line_of_complaint(values: dict[str, object]) -> None:
    text = json.dumps({"proposal": "Sail", "body": "nato", "on": "2023-07-11", **values})
    assert re.fullmatch(r"read|case\.yaml line 1: .+", outcome(text))


def test_documents_are_found_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + REGISTERED.encode())
    assert load_case(path).documents == (str(tmp_path / "reports/*.txt"), "https://example.org/a")


def test_a_file_that_is_not_utf8_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"proposal: Sail\nbody: \xff\xfe")
    with pytest.raises(BadCase, match=r"case\.yaml line 2: not UTF-8"):
        load_case(path)
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(BadCase, match="1,000,000 bytes"):
        load_case(path)
    with pytest.raises(BadCase, match="cannot be read"):
        load_case(tmp_path / "none.yaml")
    with pytest.raises(BadCase, match="cannot be read"):
        load_case(tmp_path)


def test_lines_are_known_of_every_value() -> None:
    found = tree("a:\n  b:\n    - 1\n    - c: 2\n", name="t")
    assert found.plain == {"a": {"b": [1, {"c": 2}]}}
    assert found.line(("a", "b", 1, "c")) == 4
    assert found.line(("a", "b", 1, "missing")) == 4
    assert found.line(("nowhere",)) == 1
