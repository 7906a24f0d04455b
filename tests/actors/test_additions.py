"""The shipped registry with a user's own: what is added, what it adds to, and which contradictions are refused."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.actors.additions import Addition, Span
from winset.actors.registry import Registry, registry
from winset.actors.types import ActorKind
from winset.errors import Contradiction, InvalidValue
from winset.exchange.registry_csv import read_csv
from winset.exchange.registry_ftm import read_ftm
from winset.exchange.registry_wikidata import read_result_csv
from winset.exchange.registry_yaml import read_yaml
from winset.ids import ActorId, PartialDate

DAY = date(2023, 7, 11)
BOARD = """\
kind,name,id,aliases,body,role,start,end,title,of,rule
body,Harbour Board,harbour-board,Board of the Harbour,,,,,,,simple-majority
state,Ruritania,RUR,Kingdom of Ruritania|Strelsau,Harbour Board,member,1990,,,,
,France,,,harbour-board,member,1995-03,,,,
,,DEU,,Board of the Harbour,member,2001,2005,,,
person,Rudolf Elphberg,,King Rudolf,,,2010-05,,king,Ruritania,
person,Ann Example,,,Hill Institute of Ports,senior fellow,2021,2023-06,,,
person,Ann Example,,,Strelsau Courier,columnist,2023-08,,,,
person,Fritz Tarlen,,,Ruritania,spokesperson,2020,,,,
medium,Strelsau Courier,,,,,,,,,
"""


def own(text: str, name: str = "own.csv") -> Addition:
    return read_csv(text, name=name)


def merged(*texts: str) -> Registry:
    return registry(tuple(own(text, f"{n}.csv" if n else "own.csv") for n, text in enumerate(texts)))


def refused(*texts: str) -> list[str]:
    with pytest.raises(Contradiction) as error:
        merged(*texts)
    return list(error.value.lines)


def test_states_bodies_and_media_of_ones_own_are_found_by_all_their_names() -> None:
    found = merged(BOARD)
    text = "The Kingdom of Ruritania told the Strelsau Courier; Strelsau and Paris left the Harbour Board."
    assert [mention.actor_id for mention in found.mentions(text, on=DAY)] == [
        "RUR",
        "strelsau-courier",
        "RUR",
        "FRA",
        "harbour-board",
    ]
    assert found.actor("kingdom of ruritania").id == "RUR"
    assert found.actors[ActorId("strelsau-courier")].kind is ActorKind.MEDIUM


def test_the_shipped_registry_is_left_as_it_was() -> None:
    before = registry()
    merged(BOARD)
    assert registry() is before
    assert "RUR" not in before.actors
    assert not before.mentions("Strelsau", on=DAY)


def test_a_body_of_ones_own_has_seats_on_a_day() -> None:
    found = merged(BOARD)
    assert [seat.actor_id for seat in found.seats("Board of the Harbour", DAY)] == ["FRA", "RUR"]
    assert [seat.actor_id for seat in found.seats("harbour-board", date(2003, 1, 1))] == ["FRA", "DEU", "RUR"]
    assert found.body("Harbour Board").rule == "simple-majority"


def test_offices_and_roles_in_a_state_are_held_for_it() -> None:
    holders = merged(BOARD).holders
    assert [(each.title, each.of) for each in holders.named("King Rudolf", DAY)] == [("monarch", "RUR")]
    assert holders.named("Rudolf Elphberg", date(2010, 4, 30)) == ()
    assert [each.holder for each in holders.called("elphberg", DAY)] == ["Rudolf Elphberg"]
    assert [(each.title, each.of) for each in holders.named("Fritz Tarlen", DAY)] == [("spokesperson", "RUR")]


def test_an_expert_belongs_to_the_organisation_of_the_day() -> None:
    found = merged(BOARD)
    institute = found.belongs_to("Ann Example", date(2022, 1, 1))
    courier = found.belongs_to("ann example", date(2024, 1, 1))
    assert institute is not None
    assert courier is not None
    assert (institute.name, institute.kind) == ("Hill Institute of Ports", ActorKind.ORGANISATION)
    assert institute.id in found.commenting
    assert courier.id == "strelsau-courier"
    assert found.belongs_to("Ann Example", date(2023, 7, 11)) is None
    assert found.belongs_to("Ann Example", None) is None
    assert found.belongs_to("Fritz Tarlen", DAY) is None
    assert any("taken for an organisation" in note for note in found.notes)


@pytest.mark.parametrize(
    "naming", ["id,FRA", "iso,FR", "iso,fra", "wikidata,Q142", "name,France", "name,french republic"]
)
def test_a_shipped_actor_is_recognised_by_id_code_wikidata_id_and_name(naming: str) -> None:
    column, value = naming.split(",")
    found = merged(f"{column},aliases,kind\n{value},Marianne,state\n")
    assert set(found.actors) == set(registry().actors)
    assert "Marianne" in found.actors[ActorId("FRA")].aliases
    assert [mention.actor_id for mention in found.mentions("Marianne said")] == ["FRA"]


def test_a_name_holds_for_its_time() -> None:
    found = merged("kind,name,aliases,since,until\nstate,Ruritania,Elphberg Lands,1800,1950\n")
    assert found.mentions("the Elphberg Lands", on=date(1900, 1, 1))
    assert not found.mentions("the Elphberg Lands", on=DAY)


def test_rows_of_one_actor_come_together_whatever_names_it() -> None:
    text = "kind,name,id,wikidata,aliases\nstate,Ruritania,RUR,,\n,,RUR,Q900000001,\n"
    text += ",,,Q900000001,Elphberg Lands\n,Ruritania,,,Zenda\n"
    found = merged(text)
    assert set(found.actors) - set(registry().actors) == {"RUR"}
    assert found.actors[ActorId("RUR")].aliases == ("Elphberg Lands", "Zenda")


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    head, *rows = BOARD.splitlines()
    expected = merged(BOARD)
    random.Random(seed).shuffle(rows)  # noqa: S311 - any order will do
    found = merged("\n".join([head, *rows]))
    assert found.actors.keys() == expected.actors.keys()
    for id in expected.actors:
        one, other = found.actors[id], expected.actors[id]
        assert (one.name, set(one.aliases), set(one.memberships)) == (
            other.name,
            set(other.aliases),
            set(other.memberships),
        )
    assert found.names == expected.names
    assert set(found.holders.tenures) == set(expected.holders.tenures)
    assert found.commenting == expected.commenting


def test_two_registries_speak_of_one_actor() -> None:
    head, *rows = BOARD.splitlines()
    found = merged("\n".join([head, *rows[:4]]), "\n".join([head, *rows[4:]]))
    assert found.actors == merged(BOARD).actors


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        (["kind,name,id\nstate,Ruritania,RUR\nstate,Strelsau,RUR\n"], ["two names", "own.csv:2", "own.csv:3"]),
        (["kind,name,id\nstate,Ruritania,RUR\nbody,Ruritania,RUR\n"], ["two kinds", "own.csv:2", "own.csv:3"]),
        (["kind,name,id\nstate,Ruritania,RUR\n", "kind,name,id\nstate,Zenda,RUR\n"], ["own.csv:2", "1.csv:2"]),
        (
            ["kind,name,aliases\nmedium,Old Post,The Post\nmedium,New Post,The Post\n"],
            ["'Post'", "own.csv:2", "own.csv:3", "ambiguous: yes"],
        ),
        (["kind,name,id\nperson,Ann,a\nperson,Ann,b\n"], ["'Ann'", "own.csv:2", "own.csv:3"]),
        (
            ["kind,name,title,of,start\nstate,Zenda,,,\nperson,A B,king,Zenda,2000\nperson,C D,King,ZENDA,2005\n"],
            ["monarch of zenda", "own.csv:3", "own.csv:4", "correct the dates"],
        ),
        (
            ["name,body,start,id\nRuritania,nato,2000,\n,nato,2001,RUR\n", "kind,name,id\nstate,Ruritania,RUR\n"],
            ["member of nato", "own.csv:2", "own.csv:3"],
        ),
        (["kind,name,aliases\norganisation,Noodle House,Beijing\n"], ["own.csv:2", "China", "shipped ", ".csv line "]),
        (["kind,name\norganisation,NATO\n"], ["own.csv:2", "'NATO'", "shipped organisations/"]),
        (["kind,name,iso\nperson,Ann,FR\n"], ["own.csv:2", "a person here and a state", "shipped countries/"]),
        (["iso,id\nFR,DEU\n"], ["own.csv:2", "France", "Germany"]),
        (
            ["name,body,start\nSweden,nato,2020\n"],
            ["own.csv:2", "Sweden", "shipped organisations/nato_members.csv line "],
        ),
        (["name,kind,title,of\nAnn Bee,person,king,Nowhere\n"], ["own.csv:2", "'Nowhere', which is not known"]),
        (["name,body\nFrance,Nowhere\n"], ["own.csv:2", "'Nowhere', which is not known"]),
        (["name\nAtlantis\n"], ["own.csv:2", "'Atlantis' is not known yet: write its kind"]),
        (["id\nATL\n"], ["own.csv:2", "nobody is known as 'ATL'"]),
    ],
)
def test_a_contradiction_is_one_line_that_names_both_places(texts: list[str], parts: list[str]) -> None:
    (line,) = refused(*texts)
    assert [part for part in parts if part not in line] == [], line
    assert "\n" not in line


def test_another_president_of_france_contradicts_the_shipped_table() -> None:
    (line,) = refused("kind,name,title,of,start\nperson,Jean Dupont,President of the French Republic,FRA,2023\n")
    assert line.startswith(
        "own.csv:2: president of FRA was Jean Dupont (2023 to now) here and Emmanuel Macron (2017-05-"
    )
    assert "shipped offices/" in line
    assert ".csv line " in line


def test_all_contradictions_are_told_at_once() -> None:
    text = "kind,name,aliases,body,start\norganisation,Noodles,Beijing,,\n,Sweden,,nato,2020\n,Atlantis,,,\n"
    assert [line.partition(": ")[0] for line in sorted(refused(text))] == ["own.csv:2", "own.csv:3", "own.csv:4"]


def test_who_overrides_wins_and_it_is_said() -> None:
    found = merged(
        "kind,name,aliases,title,of,start,end,body,overrides\n"
        "person,Jean Dupont,,president,FRA,2023-01-01,2023-12-31,,yes\n"
        "organisation,Noodle House,Beijing,,,,,,yes\n"
        ",Sweden,,,,2020,,nato,yes\n"
    )

    def president(day: date) -> list[str]:
        return [each.office.holder for each in found.holders.holders(ActorId("FRA"), ["president"], day)]

    assert president(DAY) == ["Jean Dupont"]
    assert president(date(2022, 12, 31)) == president(date(2024, 1, 1)) == ["Emmanuel Macron"]
    assert [mention.actor_id for mention in found.mentions("Beijing said", on=DAY)] == ["noodle-house"]
    assert ActorId("SWE") in found.members(ActorId("nato"), DAY)
    assert len(found.notes) == 3
    assert all(note.startswith("own.csv:") for note in found.notes)


def test_an_ambiguous_name_means_both_and_the_document_decides() -> None:
    found = merged("kind,name,aliases,ambiguous\norganisation,Noodle House,Beijing,yes\n")
    (mention,) = found.mentions("Beijing said", on=DAY)
    assert mention.alias.actor_ids == ("CHN", "noodle-house")
    assert mention.alias.ambiguous


def test_a_holder_after_the_table_was_checked_ends_the_tenure_before() -> None:
    found = merged("kind,name,title,of,start\nperson,Marie Neuve,President,FR,2031-05-14\n")

    def president(day: date) -> list[str]:
        return [each.office.holder for each in found.holders.holders(ActorId("FRA"), ["president"], day)]

    assert president(date(2031, 5, 13)) == ["Emmanuel Macron"]
    assert president(date(2031, 5, 14)) == ["Marie Neuve"]


def test_a_holder_known_already_gains_spellings_and_is_no_second_one() -> None:
    found = merged("kind,name,aliases,title,of,start\nperson,Emmanuel Macron,Manu Macron,president,FRA,2017\n")
    assert len(found.holders.tenures) == len(registry().holders.tenures)
    assert {each.of for each in found.holders.named("Manu Macron", DAY)} == {"FRA"}
    spelt = merged("kind,name,aliases\nperson,Emmanuel Macron,Manu Macron\n")
    assert {each.of for each in spelt.holders.named("Manu Macron", DAY)} == {"FRA"}


@pytest.mark.parametrize(
    "rows",
    [
        "person,A B,king,Ruritania,2000,2010\nperson,C D,king,Ruritania,2010,\n",  # the day of 2010 is not known
        "person,A B,king,Ruritania,2000-01-01,2010-05-04\nperson,C D,king,Ruritania,2010-05-04,\n",  # a handover
        "person,A B,king,Ruritania,2000,2010\nperson,A B,king,Ruritania,2010,2012\n",  # an office held twice
        "person,A B,ambassador,Ruritania,2000,\nperson,C D,ambassador,Ruritania,2001,\n",  # there are several
    ],
)
def test_tenures_that_may_well_follow_each_other_are_no_contradiction(rows: str) -> None:
    found = merged(f"kind,name,title,of,start,end\nstate,Ruritania,,,,\n{rows}")
    assert len(found.holders.tenures) == len(registry().holders.tenures) + 2


def test_a_title_is_read_as_the_shipped_tables_have_it_unless_it_is_of_something_else() -> None:
    found = merged(
        "kind,name,title,of\nstate,Ruritania,,\nperson,A B,Minister of Foreign Affairs of Ruritania,Ruritania\n"
        "person,C D,President of the Senate of Ruritania,Ruritania\n"
    )
    assert [each.title for each in found.holders.named("A B", DAY)] == ["foreign minister"]
    assert [each.title for each in found.holders.named("C D", DAY)] == ["president of the senate of ruritania"]


def test_a_query_result_is_merged_by_wikidata_id_and_gives_way_to_the_shipped_table() -> None:
    text = (
        "item,itemLabel,positionLabel,country,start,end\n"
        "Q900000001,Jean Dupont,President of France,Q142,2019,2023\n"
        "Q900000002,Ann Example,Minister of Fisheries of France,http://www.wikidata.org/entity/Q142,2019,\n"
        "Q900000003,Bob Example,King of Ruritania,Q900000009,2019,\n"
        "Q900000002,Ann Example,Minister of Fisheries of France,Q142,2024,\n"
    )
    found = registry((read_result_csv(text, name="query.csv"),))
    assert [each.holder for each in found.holders.named("Ann Example", DAY)] == ["Ann Example"]
    assert found.holders.named("Jean Dupont", None) == ()
    assert any("Jean Dupont" in note and note.endswith("the shipped row stays") for note in found.notes)
    assert any("1 offices of nobody known" in note for note in found.notes)


def test_an_end_that_a_download_lacks_was_not_told() -> None:
    text = "item,itemLabel,positionLabel,countryLabel,country,start\nQ900000001,A B,king,Ruritania,Q900000009,2001\n"
    text += "Q900000002,C D,king,Ruritania,Q900000009,2010-05-04\n"
    state = own("kind,name,wikidata\nstate,Ruritania,Q900000009\n")
    found = registry((read_result_csv(text, name="query.csv"), state))
    assert [each.holder for each in found.holders.on(date(2005, 1, 1)) if each.of == "ruritania"] == ["A B"]
    assert [each.holder for each in found.holders.on(DAY) if each.of == "ruritania"] == ["C D"]


def test_two_people_of_one_name_in_a_download_are_two_people() -> None:
    text = "item,itemLabel,positionLabel,country\nQ900000001,Ann Bee,mayor of Lille,Q142\n"
    text += "Q900000002,Ann Bee,mayor of Ulm,Q183\n"
    found = registry((read_result_csv(text, name="query.csv"),))
    assert {each.of for each in found.holders.named("Ann Bee", DAY)} == {"FRA", "DEU"}
    assert len(set(found.actors) - set(registry().actors)) == 2


def test_entities_of_followthemoney_are_actors() -> None:
    entities = (
        '{"id": "x-1", "schema": "Person", "properties": {"name": ["Ann Example"]}}\n'
        '{"id": "x-2", "schema": "Organization", "properties": {"name": ["Hill Institute"]}}\n'
        '{"id": "x-3", "schema": "Membership", "properties": {"member": ["x-1"], "organization": ["x-2"]}}\n'
        '{"id": "x-4", "schema": "Position", "properties": {"name": ["Minister of Fisheries"], "country": ["fr"]}}\n'
        '{"id": "x-5", "schema": "Occupancy", "properties": '
        '{"holder": ["x-1"], "post": ["x-4"], "endDate": ["2015"]}}\n'
    )
    found = registry((read_ftm(entities, name="dump.jsonl"),))
    belongs = found.belongs_to("Ann Example", DAY)
    assert belongs is not None
    assert belongs.name == "Hill Institute"
    assert [each.of for each in found.holders.named("Ann Example", date(2014, 1, 1))] == ["FRA"]


def test_a_body_in_yaml_lists_members_and_holders() -> None:
    text = "- {name: Board, kind: body, members: [FRA, {name: Germany, start: 1990}],"
    text += " offices: [{title: secretary general, holder: Ann Example, start: 2020}]}"
    found = registry((read_yaml(text, name="own.yaml"),))
    assert [seat.name for seat in found.seats("board", DAY)] == ["France", "Germany"]
    assert [(each.title, each.of) for each in found.holders.named("Ann Example", DAY)] == [
        ("secretary general", "board")
    ]


def test_a_span_does_not_end_before_it_starts() -> None:
    with pytest.raises(InvalidValue, match="ends 2020 before it starts 2021-03"):
        Span(PartialDate("2021-03"), PartialDate("2020"))
    Span(PartialDate("2021-03"), PartialDate("2021"))


@settings(max_examples=40, deadline=None)
@given(
    actors=st.dictionaries(
        st.from_regex(r"Zz[a-z]{3,6}", fullmatch=True),
        st.sampled_from(["state", "body", "organisation", "medium", "person"]),
        min_size=1,
        max_size=12,
    ),
    order=st.randoms(use_true_random=False),
)
def test_any_table_of_valid_rows_loads_in_any_order(actors: dict[str, str], order: random.Random) -> None:
    rows = [f"{kind},{name},{name} Union,nato" for name, kind in actors.items()]
    head = "kind,name,aliases,body\n"
    expected = merged(head + "\n".join(rows))
    order.shuffle(rows)
    found = merged(head + "\n".join(rows))
    assert found.actors == expected.actors
    assert found.names == expected.names
    for name in actors:
        assert found.actor(f"{name} union").name == name


def test_rows_of_ones_own_cost_themselves_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    registry().holders.named("nobody", None)
    addition = own("kind,name,aliases,body,start\nperson,Ann Example,A. Example,Hill Institute,2020\n")
    for costly in ("rows", "name_index", "shipped_offices", "shipped_aliases"):
        monkeypatch.setattr(f"winset.actors.registry.{costly}", lambda *_: pytest.fail("what is shipped is read again"))
    found = registry((addition,))
    somewhere = found.belongs_to("Ann Example", DAY)
    assert somewhere is not None
    assert somewhere.name == "Hill Institute"
