"""The shipped registry: who exists, who votes on which day, who is called what."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from importlib.resources import files

import pytest

from winset.actors.bodies import MEMBER_TABLES
from winset.actors.registry import registry
from winset.actors.tables import parts, rows
from winset.actors.types import ActorKind
from winset.errors import NotYetFounded, UnknownBody, UnknownName
from winset.ids import ActorId

VILNIUS = date(2023, 7, 11)


def seated(body: str, on: date) -> set[str]:
    return {seat.actor_id for seat in registry().seats(body, on)}


def test_nato_had_31_members_when_finland_was_in_and_sweden_not() -> None:
    members = seated("nato", VILNIUS)
    assert len(members) == 31
    assert "FIN" in members
    assert "SWE" not in members


@pytest.mark.published("North Atlantic Treaty and its protocols of accession, dates of entry into force")
@pytest.mark.parametrize(
    ("day", "before", "after", "new"),
    [
        (date(1952, 2, 18), 12, 14, {"GRC", "TUR"}),
        (date(1955, 5, 6), 14, 15, {"DEU"}),
        (date(1982, 5, 30), 15, 16, {"ESP"}),
        (date(1999, 3, 12), 16, 19, {"CZE", "HUN", "POL"}),
        (date(2004, 3, 29), 19, 26, {"BGR", "EST", "LVA", "LTU", "ROU", "SVK", "SVN"}),
        (date(2009, 4, 1), 26, 28, {"ALB", "HRV"}),
        (date(2017, 6, 5), 28, 29, {"MNE"}),
        (date(2020, 3, 27), 29, 30, {"MKD"}),
        (date(2023, 4, 4), 30, 31, {"FIN"}),
        (date(2024, 3, 7), 31, 32, {"SWE"}),
    ],
)
def test_nato_grew_on_the_day(day: date, before: int, after: int, new: set[str]) -> None:
    eve = seated("nato", date.fromordinal(day.toordinal() - 1))
    assert (len(eve), len(seated("nato", day))) == (before, after)
    assert seated("nato", day) - eve == new


@pytest.mark.published(
    "Treaties of accession to the European Communities and the European Union; Withdrawal Agreement (2020)"
)
@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1958, 1, 1), 6),
        (date(1972, 12, 31), 6),
        (date(1973, 1, 1), 9),
        (date(1981, 1, 1), 10),
        (date(1986, 1, 1), 12),
        (date(1995, 1, 1), 15),
        (date(2004, 4, 30), 15),
        (date(2004, 5, 1), 25),
        (date(2007, 1, 1), 27),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
    ],
)
def test_the_eu_council_grew_and_shrank_on_the_day(day: date, count: int) -> None:
    assert len(seated("eu-council", day)) == count


@pytest.mark.published(
    "Council decisions amending its Rules of Procedure: populations of 2007 and 2016, Official Journal of the EU"
)
def test_eu_seats_carry_the_population_of_the_nearest_earlier_year() -> None:
    seats = {seat.actor_id: seat for seat in registry().seats("EU", VILNIUS)}
    assert seats[ActorId("AUT")].weight("population") == 8_581_500
    assert all(seat.votes == 1 and seat.weight("population") > 0 for seat in seats.values())
    of_2007 = {seat.actor_id: seat for seat in registry().seats("EU", date(2007, 6, 1))}
    assert of_2007[ActorId("AUT")].weight("population") == 8_265_900
    before = registry().seats("EU", date(1990, 1, 1))
    assert not any("population" in dict(seat.weights) for seat in before)


@pytest.mark.published("United Nations, Security Council: countries elected members")
@pytest.mark.parametrize(
    ("year", "elected"),
    [
        (2019, "BEL CIV DEU DOM GNQ IDN KWT PER POL ZAF"),
        (2023, "ALB ARE BRA CHE ECU GAB GHA JPN MLT MOZ"),
        (2026, "BHR COD COL DNK GRC LBR LVA PAK PAN SOM"),
    ],
)
def test_the_security_council_has_five_vetoes_and_ten_elected(year: int, elected: str) -> None:
    seats = registry().seats("unsc", date(year, 6, 1))
    assert {seat.actor_id for seat in seats if seat.veto} == {"CHN", "FRA", "GBR", "RUS", "USA"}
    assert {seat.actor_id for seat in seats if not seat.veto} == set(elected.split())


def test_a_date_before_the_body_is_refused_with_the_day_it_was_founded() -> None:
    with pytest.raises(NotYetFounded) as refusal:
        registry().seats("nato", date(1940, 1, 1))
    assert str(refusal.value) == "nato did not exist on 1940-01-01: it was founded on 1949-08-24, choose a later date"


@pytest.mark.parametrize("name", ["nato", "NATO", "North Atlantic Council", " north atlantic treaty organization "])
def test_a_body_is_found_by_key_name_and_alias_in_any_case(name: str) -> None:
    assert registry().body(name).key == "nato"


def test_an_unknown_body_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(UnknownBody, match=r"no body named 'natto': did you mean 'nato'\?"):
        registry().body("natto")
    with pytest.raises(UnknownBody, match="there are nato, eu-council, unsc"):
        registry().body("qqqq")


def test_partners_are_no_members_and_change_with_the_date() -> None:
    partners = registry().partners("nato", VILNIUS)
    assert {"AUS", "JPN", "KOR", "NZL", "SWE", "UKR", "CHE"} <= partners
    assert not partners & seated("nato", VILNIUS)
    assert not {"CHN", "RUS", "AFG", "BLR"} & partners
    assert "AFG" in registry().partners("nato", date(2020, 1, 1))
    assert "FIN" not in registry().partners("nato", date(2023, 4, 4))


@pytest.mark.parametrize(
    ("name", "id"),
    [("FRA", "FRA"), ("fr", "FRA"), ("france", "FRA"), ("Turkey", "TUR"), ("PRC", "CHN"), ("nato", "nato")],
)
def test_an_actor_is_found_by_code_and_by_name(name: str, id: str) -> None:
    assert registry().actor(name).id == id


def test_an_unknown_actor_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="did you mean 'France'"):
        registry().actor("Frnce")


def test_every_member_of_the_united_nations_is_there() -> None:
    members = [row["iso3"] for row in rows("countries/countries.csv") if row["un_member"] == "1"]
    assert len(members) == 193
    assert {"TWN", "PSE", "XKX", "VAT"} <= set(registry().actors)
    assert all(registry().actors[ActorId(iso3)].kind is ActorKind.STATE for iso3 in members)


@pytest.mark.parametrize("column", ["name", "official", "demonyms", "capital"])
def test_every_member_of_the_united_nations_is_found_in_a_sentence(column: str) -> None:
    shared_names = {"Dominican", "Congolese"}  # two states each
    missed = []
    for row in rows("countries/countries.csv"):
        for words in parts(row[column]) if row["un_member"] == "1" else ():
            found = registry().mentions(f"Yesterday {words} agreed.")
            if words not in shared_names and [mention.actor_id for mention in found] != [row["iso3"]]:
                missed.append((words, found))
    seats_of_organisations = {
        "Brussels",
        "Addis Ababa",
    }  # the organisation comes first, unless the text is about the state
    assert [entry for entry in missed if entry[0] not in seats_of_organisations] == []


def test_the_tables_name_only_actors_that_exist() -> None:
    known = set(registry().actors)
    named = {row["iso3"] for table in MEMBER_TABLES.values() for row in rows(table)}
    for table, column in (
        ("organisations/partners.csv", "iso3"),
        ("organisations/group_members.csv", "iso3"),
        ("organisations/group_members.csv", "group"),
        ("organisations/unsc_elected.csv", "iso3"),
        ("organisations/eu_population.csv", "iso3"),
        ("names/names.csv", "actor"),
        ("offices/offices.csv", "of"),
        ("offices/leaders_wikidata.csv", "of"),
    ):
        named |= {row[column] for row in rows(table)}
    named |= {actor for row in rows("names/metonyms.csv") for actor in parts(row["actors"])}
    assert named <= known, named - known


def test_no_office_ends_before_it_begins() -> None:
    for tenure in registry().holders.tenures:
        office = tenure.office
        assert office.start is None or office.end is None or office.start <= office.end, office


def test_one_person_at_a_time_is_secretary_general_of_nato() -> None:
    for year in range(1958, 2026):
        holders = registry().holders.holders(ActorId("nato"), ["secretary general"], date(year, 3, 1))
        assert len(holders) <= 1, year


def test_offices_on_a_day_are_those_held_that_day() -> None:
    offices = {(office.title, office.of): office.holder for office in registry().offices(VILNIUS)}
    assert offices["president", ActorId("FRA")] == "Emmanuel Macron"
    assert offices["secretary general", ActorId("nato")] == "Jens Stoltenberg"


@pytest.mark.parametrize("folder", ["countries", "names", "organisations", "offices"])
def test_every_folder_of_data_says_where_it_is_from_and_under_which_licence(folder: str) -> None:
    place = files("winset.actors") / "data" / folder
    readme = (place / "README.md").read_text(encoding="utf-8")
    shipped = {entry.name for entry in place.iterdir() if entry.name.endswith(".csv")}
    assert all(name in readme for name in shipped)
    assert [entry.name for entry in place.iterdir() if entry.name.startswith("LICENSE")]


def test_loading_takes_less_than_a_fifth_of_a_second() -> None:
    measure = (
        "import csv, difflib, importlib.resources, time\n"
        "import winset.actors.registry as module\n"
        "times = []\n"
        "for _ in range(3):\n"
        "    module.registry.cache_clear(); module.rows.cache_clear()\n"
        "    start = time.process_time(); module.registry(); times.append(time.process_time() - start)\n"
        "print(min(times))\n"
    )
    ran = subprocess.run([sys.executable, "-c", measure], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 0.2
