"""Registries of a user's own are read in five formats, and what is wrong in them is told with its line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.actors.additions import Addition
from winset.actors.types import ActorKind
from winset.errors import BadRegistry
from winset.exchange import registry_files, yaml_nodes
from winset.exchange.registry_csv import COLUMNS, read_csv
from winset.exchange.registry_files import RegistryText, registry_text, registry_texts
from winset.exchange.registry_ftm import read_ftm
from winset.exchange.registry_rows import MOST_MISTAKES
from winset.exchange.registry_wikidata import read_result_csv, read_result_json
from winset.exchange.registry_yaml import read_yaml

OWN = """\
kind,name,id,aliases,body,role,start,end,title,of,rule
body,Harbour Board,harbour-board,Board of the Harbour,,,,,,,simple-majority
state,Ruritania,RUR,Kingdom of Ruritania|Strelsau,Harbour Board,member,1990,,,,
person,Rudolf Elphberg,,King Rudolf,,,2010-05,,king,Ruritania,
person,Ann Example,,,Hill Institute of Ports,senior fellow,2021,2023-06,,,
medium,Strelsau Courier,,,,,,,,,
"""

SAME_IN_YAML = """\
actors:
- name: Harbour Board
  kind: body
  id: harbour-board
  aliases: [Board of the Harbour]
  rule: simple-majority
- {name: Ruritania, kind: state, id: RUR, aliases: Kingdom of Ruritania|Strelsau,
   memberships: [{body: Harbour Board, role: member, start: 1990}]}
- name: Rudolf Elphberg
  kind: person
  aliases: [King Rudolf]
  offices:
  - {title: king, of: Ruritania, start: 2010-05}
- name: Ann Example
  kind: person
  memberships:
  - {body: Hill Institute of Ports, role: senior fellow, start: 2021, end: 2023-06}
- {name: Strelsau Courier, kind: medium}
"""


def told(addition: Addition) -> list[tuple[object, ...]]:
    """What an addition says, without the lines on which it says so."""
    return [
        (
            entry.name,
            entry.id,
            entry.kind,
            entry.names,
            [(each.body, each.role, each.held) for each in entry.memberships],
            [(each.title, each.of, each.holder, each.held) for each in entry.offices],
            entry.rule,
        )
        for entry in addition.entries
    ]


def complaints(text: str, name: str = "own.csv") -> list[str]:
    with pytest.raises(BadRegistry) as refused:
        RegistryText(name=name, format=registry_files.format_of(text, name), text=text).addition()
    assert str(refused.value) == "\n".join(refused.value.lines)
    return list(refused.value.lines)


def refusal(file: RegistryText) -> tuple[str, ...]:
    """What is wrong with it; nothing where it is read."""
    try:
        file.addition()
    except BadRegistry as error:
        return error.lines
    return ()


def saved(folder: Path, content: bytes, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_csv_and_yaml_say_the_same() -> None:
    assert told(read_csv(OWN, name="own.csv")) == told(read_yaml(SAME_IN_YAML, name="own.yaml"))


def test_every_entry_knows_its_line() -> None:
    assert [str(entry.at) for entry in read_csv(OWN, name="own.csv").entries] == [f"own.csv:{n}" for n in range(2, 7)]
    lines = [entry.at.number for entry in read_yaml(SAME_IN_YAML, name="own.yaml").entries]
    assert lines == [2, 7, 9, 14, 18]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_as_spreadsheets_save_it(tmp_path: Path, mark: bytes, delimiter: str, end: str) -> None:
    text = OWN.replace(",", delimiter).replace("\n", end)
    found = registry_text(saved(tmp_path, mark + text.encode())).addition()
    assert told(found) == told(read_csv(OWN, name="own.csv"))
    assert found.entries[-1].at.number == 6


def test_utf_16_as_spreadsheets_save_unicode_text(tmp_path: Path) -> None:
    found = registry_text(saved(tmp_path, OWN.replace(",", "\t").encode("utf-16"), "own.txt")).addition()
    assert told(found) == told(read_csv(OWN, name="own.csv"))


def test_a_cell_over_several_lines_leaves_the_lines_right() -> None:
    text = 'kind,name,note\nmedium,Post,"two\nlines"\nmedium,Mail,\n'
    assert [entry.at.number for entry in read_csv(text, name="own.csv").entries] == [2, 4]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "own.csv:1: nothing in it: begin with the names of the columns, as in kind,name,aliases"),
        ("kind,name,kind\n", "own.csv:1: the column 'kind' stands twice: give each column its own name"),
        ("kind,alias\n", "own.csv:1: column 2, 'alias', is not known: did you mean 'aliases'?"),
        ("kind,aliases\n", "own.csv:1: the column 'name' is missing: write kind,name,aliases and what else is known"),
        ("name,start,title,of\nAnn,2023-13,king,RUR\n", "own.csv:2: date '2023-13': month must be in 1..12"),
        ("name,start,title,of\nAnn,13.7.2023,king,RUR\n", "own.csv:2: date '13.7.2023': write YYYY, YYYY-MM"),
        ("name,start,end,body\nAnn,2023,2021-05,nato\n", "own.csv:2: ends 2021-05 before it starts 2023"),
        ("name,since,until\nAnn,2023,2021\n", "own.csv:2: ends 2021 before it starts 2023"),
        ("kind,name\nmartian,Ann\n", "own.csv:2: kind 'martian' is none: write one of person"),
        ("name,title\nAnn,king\n", "own.csv:2: the office 'king' lacks 'of'"),
        ("name,of\nAnn,RUR\n", "own.csv:2: 'of' is 'RUR' without a title"),
        ("name,title,of,body\nAnn,king,RUR,nato\n", "own.csv:2: body and title in one row"),
        ("name,start\nAnn,2020\n", "own.csv:2: start and end date an office or a membership"),
        ("name,role\nAnn,fellow\n", "own.csv:2: the role 'fellow' lacks 'body'"),
        ("name,wikidata\nAnn,P31\n", "own.csv:2: wikidata is 'P31': write an id such as Q142"),
        ("name,overrides\nAnn,perhaps\n", "own.csv:2: overrides is 'perhaps': write yes, or leave it empty"),
        ("name,rule\nBoard,coin toss\n", "own.csv:2: rule 'coin toss' is none: there are "),
        ("kind,name\nmedium,?!\n", "own.csv:2: the name '?!' does not begin with a letter or a figure"),
        ("kind,name\nmedium,X\n", "own.csv:2: the name 'X' is a single letter"),
        ("kind,name\n,,\n\n,\nmedium\n", "own.csv:5: no name: write a name, or the id"),
        ("kind,name\nmedium,Post,more\n", "own.csv:2: 3 cells, the header has 2"),
        ("kind,name\nmedium,Po\0st\n", "own.csv:2: a NUL byte"),
        ('kind,name\nmedium,"Post\n', "own.csv:2: no valid CSV"),
        (f"kind,name\nmedium,{'x' * 600}\n", "own.csv:2: name has more than 500 characters"),
        (f"kind,name\nmedium,{'x' * 200_000}\n", "own.csv:2: no valid CSV: field larger than field limit"),
    ],
)
def test_a_mistake_in_a_table_is_one_line_with_its_place(text: str, line: str) -> None:
    (found,) = complaints(text)
    assert found.startswith(line)
    assert "\n" not in found


def test_all_mistakes_are_told_at_once_but_not_without_end() -> None:
    assert [line.partition(": ")[0] for line in complaints("kind,name\nx,A\nmedium,Post\ny,B\n")] == [
        "own.csv:2",
        "own.csv:4",
    ]
    found = complaints("kind,name\n" + "x,A\n" * 100)
    assert len(found) == MOST_MISTAKES + 1
    assert found[-1] == "and 80 more of the kind"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("actors: 3", "own.yaml:1: a registry is a list of actors"),
        ("- name: [a, b]", "own.yaml:1: name is a list: write one value"),
        ("- Ann", "own.yaml:1: 'Ann' is no mapping"),
        ("- name: Ann\n  alias: A", "own.yaml:2: 'alias' is not known here: did you mean 'aliases'?"),
        ("- name: Ann\n  memberships:\n  - {role: fellow}", "own.yaml:3: the role 'fellow' lacks 'body'"),
        ("- name: Ann\n  memberships: nato", "own.yaml:2: memberships is no list"),
        ("- name: Ann\n  offices:\n  - {of: RUR}", "own.yaml:3: 'of' is 'RUR' without a title"),
        (
            "- name: Board\n  kind: body\n  offices:\n  - {title: chair}",
            "own.yaml:4: the office 'chair' lacks 'holder'",
        ),
        ("- name: Ann\n  name: Bob", "own.yaml:2: 'name' stands twice, first on line 1"),
        ("- &a {name: Ann}\n- *a", "own.yaml:1: anchors (&, *) are not read"),
        ("- name: Ann\n  since: 2020\n  until: 2019", "own.yaml:1: ends 2019 before it starts 2020"),
        ("[" * 40, "own.yaml:1: nested more than 12 levels deep"),
        ("- name: 'Ann", "own.yaml:1: no valid YAML"),
        ("#" * (yaml_nodes.LONGEST + 1), "own.yaml:1: 1,000,001 characters"),
    ],
)
def test_a_mistake_in_yaml_is_one_line_with_its_place(text: str, line: str) -> None:
    found = complaints(text, "own.yaml")
    assert found[0].startswith(line)


def test_a_body_may_list_its_members_and_its_offices() -> None:
    text = "- {name: Board, kind: body, members: [FRA, {name: Ruritania, start: 1990}],"
    text += " offices: [{title: chair, holder: Ann Example, start: 2020}]}"
    body, *members = read_yaml(text, name="own.yaml").entries
    assert [(each.title, each.of, each.holder) for each in body.offices] == [("chair", "Board", "Ann Example")]
    assert [(each.name, each.memberships[0].body, each.refers) for each in members] == [
        ("FRA", "Board", True),
        ("Ruritania", "Board", True),
    ]


VERBOSE = {
    "head": {"vars": ["item", "itemLabel", "itemAltLabel", "positionLabel", "country", "start", "end"]},
    "results": {
        "bindings": [
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q900000001"},
                "itemLabel": {"xml:lang": "en", "type": "literal", "value": "Rudolf Elphberg"},
                "itemAltLabel": {"xml:lang": "en", "type": "literal", "value": "King Rudolf, Rudolf V"},
                "positionLabel": {"type": "literal", "value": "King of France"},
                "country": {"type": "uri", "value": "http://www.wikidata.org/entity/Q142"},
                "start": {
                    "datatype": "http://www.w3.org/2001/XMLSchema#dateTime",
                    "type": "literal",
                    "value": "1788-01-01T00:00:00Z",
                },
                "end": {"type": "literal", "value": "1789-07-14T00:00:00Z"},
            }
        ]
    },
}


def test_a_query_result_in_each_of_its_forms() -> None:
    row = {key: value["value"] for key, value in VERBOSE["results"]["bindings"][0].items()}  # type: ignore[index]
    table = io.StringIO()
    writer = csv.DictWriter(table, list(row))
    writer.writeheader()
    writer.writerow(row)
    verbose = read_result_json(json.dumps(VERBOSE, indent=1), name="query.json")
    assert told(verbose) == told(read_result_json(json.dumps([row]), name="query.json"))
    assert told(verbose) == told(read_result_csv(table.getvalue(), name="query.csv"))
    (entry,) = verbose.entries
    assert (entry.name, entry.kind, entry.wikidata) == ("Rudolf Elphberg", ActorKind.PERSON, "Q900000001")
    assert [name.words for name in entry.names] == ["Rudolf Elphberg", "King Rudolf", "Rudolf V"]
    assert [(each.title, each.of, str(each.held)) for each in entry.offices] == [
        ("King of France", "Q142", "1788 to 1789-07-14")
    ]
    assert entry.at.number == json.dumps(VERBOSE, indent=1).splitlines().index("   {") + 1


def test_a_date_of_a_result_is_as_precise_as_the_service_says() -> None:
    head = "item,itemLabel,positionLabel,country,start,startPrecision\n"
    dates = {"9": "2019", "10": "2019-01", "11": "2019-01-01", "": "2019"}
    for precision, expected in dates.items():
        text = f"{head}Q900000001,Ann Example,king,Q142,2019-01-01T00:00:00Z,{precision}\n"
        (entry,) = read_result_csv(text, name="query.csv").entries
        assert str(entry.offices[0].held.start) == expected


def test_repeated_rows_of_a_result_count_once_and_rows_without_a_label_are_counted() -> None:
    text = (
        "item,itemLabel,positionLabel,country\n"
        + "Q900000001,Ann,king,Q142\n" * 3
        + "Q900000002,Q900000002,king,Q142\n"
    )
    found = read_result_csv(text, name="query.csv")
    assert len(found.entries) == 1
    assert found.notes == ("query.csv: 1 rows without an item or a label were left out",)


def test_a_result_with_years_and_with_ids_and_labels_the_other_way_round() -> None:
    text = "countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year\n"
    text += "Q900000009,Ruritania,Q900000008,King of Ruritania,Q900000001,Rudolf Elphberg,2010,\n"
    assert registry_files.format_of(text, "leaders.csv") == "wikidata-csv"
    (entry,) = read_result_csv(text, name="leaders.csv").entries
    assert (entry.name, entry.wikidata) == ("Rudolf Elphberg", "Q900000001")
    assert [(each.title, each.of, str(each.held)) for each in entry.offices] == [
        ("King of Ruritania", "Q900000009|Ruritania", "2010 to now")
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"head": {"vars": []}}', "query.json:1: a query's result without bindings"),
        ('{"head": {}, "results": {"bindings": [{"item": ', "query.json:1: no valid JSON"),
        ('{"head": {}, "results": {"bindings": [', "query.json:1: broken off"),
        ('[{"item": "Q1"},\n 3]', "query.json:2: '3' is no object"),
        ("[" + '{"a":' * 100_000, "query.json:1: no JSON that can be read"),
        (
            '[\n{"item": "Q1", "itemLabel": "Ann", "position": "king", "of": "x", "start": "soon"}]',
            "query.json:2: date",
        ),
        ('[{"other": "Q1"}]', "query.json:1: no row names an item"),
    ],
)
def test_a_mistake_in_json_is_one_line_with_its_place(text: str, line: str) -> None:
    (found,) = complaints(text, "query.json")
    assert found.startswith(line)


ENTITIES = [
    {
        "id": "p1",
        "schema": "Person",
        "properties": {"name": ["Ann Example"], "weakAlias": ["Annie"], "wikidataId": ["Q9"]},
    },
    {"id": "o1", "schema": "Organization", "properties": {"name": ["Hill Institute"], "country": ["fr"]}},
    {
        "id": "m1",
        "schema": "Membership",
        "properties": {
            "member": ["p1"],
            "organization": ["o1"],
            "role": ["fellow"],
            "startDate": ["2020-03-01T00:00:00"],
        },
    },
    {"id": "e1", "schema": "Employment", "properties": {"employee": ["p1"], "employer": ["o1"]}},
    {"id": "s1", "schema": "Position", "properties": {"name": ["Minister of Foreign Affairs"], "country": ["fr"]}},
    {"id": "h1", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["s1"], "endDate": ["2019"]}},
    {"id": "v1", "schema": "Vessel", "properties": {"name": ["Courageous"]}},
    {"id": "v2", "schema": "Vessel", "properties": {"name": ["Timorous"]}},
]


@pytest.mark.parametrize("form", ["lines", "array"])
def test_entities_of_followthemoney(form: str) -> None:
    text = json.dumps(ENTITIES, indent=1) if form == "array" else "\n".join(map(json.dumps, ENTITIES))
    file = RegistryText(name="dump.json", format=registry_files.format_of(text, "dump.json"), text=text)
    assert file.format == "followthemoney"
    found = file.addition()
    person, organisation, membership, employment, office = found.entries
    assert (person.name, person.kind, [name.words for name in person.names]) == (
        "Ann Example",
        ActorKind.PERSON,
        ["Ann Example", "Annie"],
    )
    assert organisation.kind is ActorKind.ORGANISATION
    assert [(each.body, each.role, str(each.held)) for each in membership.memberships] == [
        ("o1", "fellow", "2020-03-01 to now")
    ]
    assert employment.memberships[0].role == "employee"
    assert [(each.title, each.of) for each in office.offices] == [("Minister of Foreign Affairs", "FR")]
    assert found.notes == ("dump.json: 2 entities were not read: 2 Vessel",)


def test_entities_that_are_none_and_ids_that_stand_twice_are_told() -> None:
    rows = [ENTITIES[0], {"id": 3}, ENTITIES[0], {"id": "p9", "schema": "Person", "properties": {}}]
    with pytest.raises(BadRegistry) as refused:
        read_ftm("\n".join(map(json.dumps, rows)), name="dump.json")
    assert [line.partition(": ")[0] for line in refused.value.lines] == ["dump.json:2", "dump.json:3", "dump.json:4"]
    assert "first on dump.json:1" in refused.value.lines[1]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"kind,name\nmedium,Caf\xe9 Post\n", "own.csv:2: not UTF-8: save the file as UTF-8"),
        (b"\xff\xfek\x00i", "own.csv:1: "),
        (b"\xff\xfek", "own.csv:1: broken UTF-16"),
    ],
)
def test_broken_text_is_told(tmp_path: Path, content: bytes, line: str) -> None:
    with pytest.raises(BadRegistry) as refused:
        registry_text(saved(tmp_path, content)).addition()
    assert str(refused.value).startswith(line)


def test_a_file_too_large_or_not_there_or_of_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadRegistry, match=r"none\.csv: cannot be read: No such file"):
        registry_text(tmp_path / "none.csv")
    with pytest.raises(BadRegistry, match="cannot be read"):
        registry_text(tmp_path)
    monkeypatch.setattr(registry_files, "FILE_BYTES", 100)
    with pytest.raises(BadRegistry, match=r"own\.csv: more than 0 MB: split the file"):
        registry_text(saved(tmp_path, b"x" * 101))
    monkeypatch.setattr("winset.exchange.registry_csv.MOST_ROWS", 3)
    with pytest.raises(BadRegistry, match=r"own\.csv:5: more than 3 rows"):
        read_csv("kind,name\n" + "medium,Post\n" * 4, name="own.csv")


def test_two_files_of_one_name_are_refused_and_one_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first = saved(tmp_path, OWN.encode())
    assert len(registry_texts([first, first])) == 1
    with pytest.raises(BadRegistry, match="has the same name: rename one of them"):
        registry_texts([first, saved(tmp_path / "other", OWN.encode())])


NAMES = st.from_regex(r"[A-Z][a-zà-ö]{2,8}( [A-Z][a-z]{2,8}){0,2}", fullmatch=True)
DATES = st.sampled_from(["", "1999", "2005-03", "2007-02-28"])
ROWS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["person", "state", "body", "organisation", "medium", "think tank", ""]),
        "name": NAMES,
        "aliases": st.lists(NAMES, max_size=3).map("|".join),
        "body": st.one_of(st.just(""), NAMES),
        "since": DATES,
        "note": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20),
        "ambiguous": st.sampled_from(["", "yes", "no"]),
    }
)


@given(rows=st.lists(ROWS, min_size=1, max_size=8), delimiter=st.sampled_from(",;\t"))
def test_any_table_of_valid_rows_is_read_row_for_row(rows: list[dict[str, str]], delimiter: str) -> None:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    found = read_csv(table.getvalue(), name="own.csv")
    assert [entry.name for entry in found.entries] == [" ".join(row["name"].split()) for row in rows]
    assert [bool(entry.memberships) for entry in found.entries] == [bool(row["body"]) for row in rows]
    lines = [entry.at.number for entry in found.entries]
    assert lines == sorted(set(lines))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_makes_more_than_a_refusal(text: str) -> None:
    for name in ("own.csv", "own.yaml", "own.json"):
        file = RegistryText(name=name, format=registry_files.format_of(text, name), text=text)
        lines = refusal(file)
        assert all(line.startswith(("own.", "and ")) for line in lines), lines


def test_every_column_is_told_of_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "own-registry.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []
