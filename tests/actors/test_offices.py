"""Who held which office when: the tables hold together, and dated questions have their answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from itertools import combinations

import pytest

from winset.actors.offices import TABLES, Offices, Tenure, shipped_offices
from winset.actors.registry import registry
from winset.actors.tables import folded, parts, rows
from winset.actors.types import Office
from winset.ids import ActorId, PartialDate

OWN = [f"offices/{table}.csv" for table in TABLES]
ALL = [*OWN, "offices/leaders_wikidata.csv"]
SEVERAL = {
    *("spokesperson;presidency member;federal councillor;captain regent;deputy foreign minister".split(";")),
    *("deputy prime minister;deputy director general;presidential adviser;special envoy".split(";")),
}
CONTESTED = {("president", "CIV")}  # two were sworn in after the election of 2010
CHECKED_BY = {"cia", "cia16", "wikidata", "wlc", "repos"}
TITLES = {
    *("president;prime minister;premier;chancellor;monarch;supreme leader;pope;vice president".split(";")),
    *(
        "foreign minister;defence minister;national security adviser;climate envoy;spokesperson;press secretary".split(
            ";"
        )
    ),
    *("chief cabinet secretary;secretary general;deputy secretary general;high representative".split(";")),
    *("commission president;council president;parliament president;executive secretary;director general".split(";")),
    *("managing director;supreme allied commander;ambassador to the UN;ambassador to NATO;cop president".split(";")),
    *("trade minister;trade representative;trade commissioner;enlargement commissioner;speaker".split(";")),
    *("chairperson-in-office;general assembly president;deputy foreign minister;commission chair".split(";")),
}


@pytest.fixture(scope="module")
def offices() -> Offices:
    return shipped_offices()


def day(text: str) -> date:
    return date.fromisoformat(text)


def holders(offices: Offices, question: str, on: str) -> set[str]:
    """The answer to "prime minister FRA"."""
    title, _, of = question.rpartition(" ")
    return {tenure.office.holder for tenure in offices.holders(ActorId(of), [title], day(on))}


def every_row() -> Iterator[tuple[str, int, dict[str, str]]]:
    for table in ALL:
        for line, row in enumerate(rows(table), start=2):
            yield table, line, row


# --- the tables hold together


def test_every_row_names_an_actor_and_has_dates_in_order() -> None:
    known = set(registry().actors)
    wrong = []
    for table, line, row in every_row():
        start, end = (PartialDate(row[column]) if row[column] else None for column in ("start", "end"))
        in_order = start and (end is None or start.earliest <= end.latest)
        if row["of"] not in known or not row["title"] or not row["holder"].strip() or not in_order:
            wrong.append((table, line, row))
    assert wrong == []


def test_who_is_still_in_office_was_checked_on_a_date_and_nobody_else() -> None:
    wrong = []
    for table in OWN:
        for row in rows(table):
            checked = row["checked_on"]
            if bool(row["end"]) == bool(checked) or (checked and PartialDate(checked).latest > date(2026, 11, 30)):
                wrong.append((table, row))
            if checked and PartialDate(checked).latest < PartialDate(row["start"]).earliest:
                wrong.append((table, row))
            if not set(parts(row["checked"])) <= CHECKED_BY or row["acting"] not in ("", "1"):
                wrong.append((table, row))
    assert wrong == []


def test_no_row_stands_twice() -> None:
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    for _, _, row in every_row():
        seen[row["title"], row["of"], row["holder"], row["start"]] += 1
    assert [key for key, times in seen.items() if times > 1] == []


def test_an_office_for_one_has_one_holder_at_a_time(offices: Offices) -> None:
    """Two overlap by a day at most where both dates are known; acting holders stand in for another."""
    by_office: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenure in offices.tenures:
        if tenure.office.title not in SEVERAL and not tenure.acting:
            by_office[tenure.office.title, tenure.office.of].append(tenure)
    overlaps = [
        (one.office, other.office)
        for office, tenures in by_office.items()
        for one, other in combinations(tenures, 2)
        if office not in CONTESTED and _surely_overlap(one, other)
    ]
    assert overlaps == []


def _surely_overlap(one: Tenure, other: Tenure) -> bool:
    starts = [tenure.surely_from or date.min for tenure in (one, other)]
    ends = [(tenure.surely_until if tenure.office.end else None) or date.max for tenure in (one, other)]
    return max(starts) < min(ends)


def test_acting_holders_do_not_act_beside_each_other(offices: Offices) -> None:
    acting = [tenure for tenure in offices.tenures if tenure.acting]
    assert len(acting) > 50
    for one, other in combinations(acting, 2):
        if (one.office.title, one.office.of) == (other.office.title, other.office.of):
            assert not _surely_overlap(one, other), (one.office, other.office)


def test_one_person_is_spelt_one_way(offices: Offices) -> None:
    """A spelling belongs to one holder of a state or body, but for father and son."""
    spelt: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tenure in offices.tenures:
        for spelling in tenure.spellings:
            spelt[tenure.office.of, spelling].add(tenure.office.holder)
    shared = {key: names for key, names in spelt.items() if len(names) > 1}
    assert shared == {("USA", "george bush"): {"George H. W. Bush", "George W. Bush"}}


def test_no_other_spelling_is_one_that_folding_gives() -> None:
    for table in OWN:
        for row in rows(table):
            spellings = [folded(row["holder"]), *(folded(other) for other in parts(row["other_spellings"]))]
            assert len(spellings) == len(set(spellings)), row


def test_the_titles_that_texts_ask_for_are_there(offices: Offices) -> None:
    assert {tenure.office.title for tenure in offices.tenures} >= TITLES


def test_every_member_of_the_united_nations_has_a_leader_in_every_year_since_2000(offices: Offices) -> None:
    leading = {"president", "prime minister", "premier", "chancellor", "monarch", "supreme leader"}
    by_force = {"chairman of the military government", "sovereign council chairman"}
    members = {row["iso3"] for row in rows("countries/countries.csv") if row["un_member"] == "1"}
    members -= {"SMR"}  # two captains regent for half a year, not listed before 2021
    vacant = {("IRQ", 2003), ("GNB", 2003)}  # occupied; two weeks after a coup
    founded = {"TLS": 2002, "SSD": 2011}
    without = {
        (iso3, year)
        for iso3 in members
        for year in range(2000, 2027)
        if not offices.holders(ActorId(iso3), leading | by_force, date(year, 9, 15))
    }
    assert {(iso3, year) for iso3, year in without if year >= founded.get(iso3, 0)} == vacant


def test_own_facts_win_over_the_table_of_2022() -> None:
    own = {(row["title"], row["of"], folded(row["holder"])) for table in OWN for row in rows(table)}
    assert not [row for row in rows(ALL[-1]) if (row["title"], row["of"], folded(row["holder"])) in own]


def test_the_readme_tells_of_every_table_and_of_every_key_in_checked() -> None:
    readme = (files("winset.actors") / "data" / "offices" / "README.md").read_text(encoding="utf-8")
    assert all(f"| {table.removeprefix('offices/')} |" in readme for table in ALL)
    assert all(f"`{key}`" in readme for key in CHECKED_BY)


# --- dated questions

QUESTIONS = [
    # a handover on two days
    ("secretary general nato", "2024-09-30", "Jens Stoltenberg"),
    ("secretary general nato", "2024-10-01", "Mark Rutte"),
    ("secretary general nato", "2014-09-30", "Anders Fogh Rasmussen"),
    ("secretary general nato", "2009-07-31", "Jaap de Hoop Scheffer"),
    ("secretary general nato", "1999-04-24", "Javier Solana"),
    ("secretary general nato", "1990-01-01", "Manfred Wörner"),
    ("secretary general un", "2016-12-31", "Ban Ki-moon"),
    ("secretary general un", "2017-01-01", "António Guterres"),
    ("secretary general un", "1991-01-17", "Javier Pérez de Cuéllar"),
    ("commission president eu", "2019-11-30", "Jean-Claude Juncker"),
    ("commission president eu", "2019-12-01", "Ursula von der Leyen"),
    ("council president eu", "2024-11-30", "Charles Michel"),
    ("council president eu", "2024-12-01", "António Costa"),
    ("high representative eu", "2024-11-30", "Josep Borrell"),
    ("high representative eu", "2024-12-01", "Kaja Kallas"),
    ("high representative eu", "2003-03-20", "Javier Solana"),
    ("parliament president eu", "2021-06-01", "David Sassoli"),
    ("director general wto", "2022-06-17", "Ngozi Okonjo-Iweala"),
    ("director general who", "2020-03-11", "Tedros Adhanom Ghebreyesus"),
    ("director general iaea", "2015-07-14", "Yukiya Amano"),
    ("managing director imf", "2012-01-01", "Christine Lagarde"),
    ("executive secretary unfccc", "2015-12-12", "Christiana Figueres"),
    ("executive secretary unfccc", "2021-11-13", "Patricia Espinosa"),
    ("cop president unfccc", "2015-12-12", "Laurent Fabius"),
    ("cop president unfccc", "2023-12-13", "Sultan Al Jaber"),
    ("commission chair african-union", "2024-01-01", "Moussa Faki Mahamat"),
    ("supreme allied commander nato", "2023-01-01", "Christopher Cavoli"),
    ("military committee chair nato", "2023-01-01", "Rob Bauer"),
    ("foreign minister FRA", "2022-05-19", "Jean-Yves Le Drian"),
    ("foreign minister FRA", "2022-05-21", "Catherine Colonna"),
    ("foreign minister FRA", "2024-01-12", "Stéphane Séjourné"),
    ("defence minister FRA", "2022-05-21", "Sébastien Lecornu"),
    ("president FRA", "2012-05-14", "Nicolas Sarkozy"),
    ("president FRA", "2012-05-16", "François Hollande"),
    ("prime minister FRA", "1997-06-03", "Lionel Jospin"),
    ("prime minister GBR", "2022-09-05", "Boris Johnson"),
    ("prime minister GBR", "2022-09-07", "Liz Truss"),
    ("prime minister GBR", "2022-10-26", "Rishi Sunak"),
    ("prime minister GBR", "1990-11-27", "Margaret Thatcher"),
    ("prime minister GBR", "1990-11-29", "John Major"),
    ("prime minister GBR", "2026-08-01", "Andy Burnham"),
    ("foreign minister GBR", "2018-07-10", "Jeremy Hunt"),
    ("foreign minister GBR", "2023-11-14", "David Cameron"),
    ("monarch GBR", "2022-09-09", "Charles III"),
    ("chancellor DEU", "2021-12-07", "Angela Merkel"),
    ("chancellor DEU", "2021-12-09", "Olaf Scholz"),
    ("chancellor DEU", "2025-05-05", "Olaf Scholz"),
    ("chancellor DEU", "2025-05-07", "Friedrich Merz"),
    ("chancellor DEU", "1990-10-03", "Helmut Kohl"),
    ("foreign minister DEU", "2017-01-26", "Frank-Walter Steinmeier"),
    ("foreign minister DEU", "2017-01-28", "Sigmar Gabriel"),
    ("defence minister DEU", "2023-01-20", "Boris Pistorius"),
    ("foreign minister JPN", "2023-09-12", "Yoshimasa Hayashi"),
    ("foreign minister JPN", "2023-09-14", "Yoko Kamikawa"),
    ("prime minister JPN", "2006-10-01", "Shinzo Abe"),
    ("prime minister JPN", "2008-01-01", "Yasuo Fukuda"),
    ("prime minister JPN", "2013-01-01", "Shinzo Abe"),
    ("chief cabinet secretary JPN", "2019-04-01", "Yoshihide Suga"),
    ("monarch JPN", "2019-04-30", "Akihito"),
    ("monarch JPN", "2019-05-01", "Naruhito"),
    ("prime minister FIN", "2023-06-19", "Sanna Marin"),
    ("prime minister FIN", "2023-06-21", "Petteri Orpo"),
    ("president FIN", "2024-02-29", "Sauli Niinistö"),
    ("foreign minister FIN", "2022-05-12", "Pekka Haavisto"),
    ("prime minister SWE", "2022-10-17", "Magdalena Andersson"),
    ("prime minister SWE", "2022-10-19", "Ulf Kristersson"),
    ("foreign minister SWE", "2022-05-12", "Ann Linde"),
    ("foreign minister TUR", "2023-06-02", "Mevlüt Çavuşoğlu"),
    ("foreign minister TUR", "2023-06-04", "Hakan Fidan"),
    ("prime minister TUR", "2005-10-03", "Recep Tayyip Erdoğan"),
    ("president TUR", "2013-06-01", "Abdullah Gül"),
    ("prime minister HUN", "2001-01-01", "Viktor Orbán"),
    ("prime minister HUN", "2006-01-01", "Ferenc Gyurcsány"),
    ("prime minister HUN", "2022-01-01", "Viktor Orbán"),
    ("prime minister HUN", "2026-06-20", "Péter Magyar"),
    ("foreign minister HUN", "2022-03-01", "Péter Szijjártó"),
    ("prime minister POL", "2010-01-01", "Donald Tusk"),
    ("prime minister POL", "2024-01-01", "Donald Tusk"),
    ("foreign minister POL", "2010-04-10", "Radosław Sikorski"),
    ("prime minister ITA", "1994-07-01", "Silvio Berlusconi"),
    ("prime minister ITA", "2009-01-01", "Silvio Berlusconi"),
    ("prime minister SVK", "2008-01-01", "Robert Fico"),
    ("prime minister SVK", "2024-01-01", "Robert Fico"),
    ("prime minister NLD", "2022-02-24", "Mark Rutte"),
    ("prime minister GRC", "2015-07-05", "Alexis Tsipras"),
    ("prime minister EST", "2022-02-24", "Kaja Kallas"),
    ("president LTU", "2009-07-13", "Dalia Grybauskaitė"),
    ("foreign minister LTU", "2022-02-24", "Gabrielius Landsbergis"),
    ("president CZE", "1993-03-01", "Václav Havel"),
    ("president CSK", "1990-06-01", "Václav Havel"),
    ("president SUN", "1990-06-01", "Mikhail Gorbachev"),
    ("president USA", "2017-01-19", "Barack Obama"),
    ("president USA", "2017-01-21", "Donald Trump"),
    ("president USA", "2023-07-11", "Joe Biden"),
    ("president USA", "2025-06-24", "Donald Trump"),
    ("president USA", "1991-01-17", "George H. W. Bush"),
    ("president USA", "2003-03-20", "George W. Bush"),
    ("foreign minister USA", "2003-02-05", "Colin Powell"),
    ("foreign minister USA", "2015-07-14", "John Kerry"),
    ("defence minister USA", "2022-04-26", "Lloyd Austin"),
    ("national security adviser USA", "2022-02-24", "Jake Sullivan"),
    ("climate envoy USA", "2021-11-01", "John Kerry"),
    ("ambassador to the UN USA", "2022-02-25", "Linda Thomas-Greenfield"),
    ("press secretary USA", "2023-01-01", "Karine Jean-Pierre"),
    ("president RUS", "1999-12-30", "Boris Yeltsin"),
    ("president RUS", "2008-08-08", "Dmitry Medvedev"),
    ("president RUS", "2014-03-18", "Vladimir Putin"),
    ("foreign minister RUS", "2008-08-08", "Sergei Lavrov"),
    ("defence minister RUS", "2024-05-15", "Andrei Belousov"),
    ("president UKR", "2010-04-21", "Viktor Yanukovych"),
    ("president UKR", "2019-05-21", "Volodymyr Zelenskyy"),
    ("foreign minister UKR", "2022-02-24", "Dmytro Kuleba"),
    ("president CHN", "2008-08-08", "Hu Jintao"),
    ("foreign minister CHN", "2023-06-19", "Qin Gang"),
    ("foreign minister CHN", "2023-07-26", "Wang Yi"),
    ("president BRA", "2010-06-01", "Luiz Inácio Lula da Silva"),
    ("president BRA", "2022-12-31", "Jair Bolsonaro"),
    ("president BRA", "2023-01-01", "Luiz Inácio Lula da Silva"),
    ("prime minister ISR", "1998-01-01", "Benjamin Netanyahu"),
    ("prime minister ISR", "2000-07-11", "Ehud Barak"),
    ("prime minister ISR", "2022-11-01", "Yair Lapid"),
    ("prime minister ISR", "2023-10-07", "Benjamin Netanyahu"),
    ("foreign minister IRN", "2015-07-14", "Mohammad Javad Zarif"),
    ("president IRN", "2022-01-01", "Ebrahim Raisi"),
    ("foreign minister SAU", "2010-01-01", "Saud al-Faisal"),
    ("foreign minister IND", "2022-03-01", "Subrahmanyam Jaishankar"),
    ("prime minister IND", "2014-05-25", "Manmohan Singh"),
    ("prime minister AUS", "2022-05-22", "Scott Morrison"),
    ("prime minister AUS", "2013-07-01", "Kevin Rudd"),
    ("prime minister CAN", "2025-03-13", "Justin Trudeau"),
    ("prime minister CAN", "2025-03-15", "Mark Carney"),
    ("president ZAF", "1994-05-11", "Nelson Mandela"),
    ("president EGY", "2012-07-01", "Mohamed Morsi"),
    ("president SYR", "2000-01-01", "Hafez al-Assad"),
    ("president SYR", "2011-03-15", "Bashar al-Assad"),
    ("pope VAT", "2013-03-14", "Francis"),
    # those who stood in, short terms, ministers, commissioners, envoys
    ("president AUT", "2017-01-27", "Alexander Van der Bellen"),
    ("chancellor AUT", "2016-05-12", "Reinhold Mitterlehner"),
    ("chancellor AUT", "2019-05-30", "Hartwig Löger"),
    ("chancellor AUT", "2021-10-10", "Sebastian Kurz"),
    ("chancellor AUT", "2025-03-04", "Christian Stocker"),
    ("president DEU", "2012-03-01", "Horst Seehofer"),
    ("president DEU", "2017-03-18", "Joachim Gauck"),
    ("president DEU", "2017-03-19", "Frank-Walter Steinmeier"),
    ("president ITA", "2015-01-20", "Pietro Grasso"),
    ("president ITA", "2015-02-04", "Sergio Mattarella"),
    ("president HUN", "2024-02-27", "László Kövér"),
    ("president HUN", "2024-03-06", "Tamás Sulyok"),
    ("president POL", "2010-07-20", "Grzegorz Schetyna"),
    ("president ROU", "2025-02-13", "Ilie Bolojan"),
    ("prime minister ROU", "2015-11-10", "Sorin Cîmpeanu"),
    ("prime minister ROU", "2020-12-10", "Nicolae Ciucă"),
    ("president SRB", "2012-05-01", "Slavica Đukić Dejanović"),
    ("prime minister BEL", "2025-02-04", "Bart De Wever"),
    ("prime minister NLD", "2024-07-03", "Dick Schoof"),
    ("prime minister CZE", "2025-12-10", "Andrej Babiš"),
    ("prime minister PRT", "2024-04-03", "Luís Montenegro"),
    ("president UKR", "2019-05-19", "Petro Poroshenko"),
    ("prime minister ARM", "2018-05-07", "Karen Karapetyan"),
    ("prime minister ARM", "2018-05-09", "Nikol Pashinyan"),
    ("president GEO", "2024-12-28", "Salome Zourabichvili"),
    ("president GEO", "2024-12-30", "Mikheil Kavelashvili"),
    ("president KOR", "2025-06-04", "Lee Jae-myung"),
    ("president TWN", "2024-05-19", "Tsai Ing-wen"),
    ("president TWN", "2024-05-21", "Lai Ching-te"),
    ("president ARE", "2022-05-15", "Mohamed bin Zayed Al Nahyan"),
    ("president VNM", "2023-02-01", "Vo Thi Anh Xuan"),
    ("prime minister THA", "2025-09-01", "Phumtham Wechayachai"),
    ("prime minister PAK", "2022-04-12", "Shehbaz Sharif"),
    ("foreign minister NLD", "2021-05-24", "Stef Blok"),
    ("foreign minister NLD", "2021-05-26", "Sigrid Kaag"),
    ("foreign minister NLD", "2021-09-25", "Ben Knapen"),
    ("foreign minister NLD", "2018-02-20", "Sigrid Kaag"),
    ("foreign minister BGR", "2017-02-01", "Radi Naydenov"),
    ("foreign minister ROU", "2014-11-12", "Teodor Meleșcanu"),
    ("foreign minister GRC", "2012-05-20", "Petros Molyviatis"),
    ("foreign minister ISL", "2022-02-24", "Þórdís Kolbrún Reykfjörð Gylfadóttir"),
    ("foreign minister SVK", "2020-03-20", "Miroslav Lajčák"),
    ("foreign minister NOR", "2017-10-19", "Børge Brende"),
    ("foreign minister NOR", "2017-10-21", "Ine Marie Eriksen Søreide"),
    ("foreign minister ESP", "2021-07-11", "Arancha González Laya"),
    ("foreign minister ESP", "2021-07-13", "José Manuel Albares"),
    ("foreign minister ITA", "2022-10-23", "Antonio Tajani"),
    ("foreign minister USA", "2018-04-10", "John Sullivan"),
    ("foreign minister USA", "2021-01-27", "Antony Blinken"),
    ("foreign minister GBR", "2025-09-04", "David Lammy"),
    ("foreign minister GBR", "2025-09-06", "Yvette Cooper"),
    ("foreign minister JPN", "2025-10-22", "Toshimitsu Motegi"),
    ("foreign minister KOR", "2017-06-19", "Kang Kyung-wha"),
    ("foreign minister CHN", "2022-12-29", "Wang Yi"),
    ("foreign minister PHL", "2017-04-01", "Enrique Manalo"),
    ("foreign minister CHL", "2019-06-12", "Roberto Ampuero"),
    ("foreign minister BRA", "2010-05-17", "Celso Amorim"),
    ("foreign minister ISR", "2013-06-01", "Benjamin Netanyahu"),
    ("foreign minister SRB", "2022-10-25", "Nikola Selaković"),
    ("foreign minister AZE", "2020-07-15", "Elmar Mammadyarov"),
    ("foreign minister TUR", "2015-09-15", "Feridun Sinirlioğlu"),
    ("defence minister POL", "2023-12-01", "Mariusz Błaszczak"),
    ("defence minister POL", "2023-12-14", "Władysław Kosiniak-Kamysz"),
    ("defence minister AUT", "2019-07-01", "Thomas Starlinger"),
    ("defence minister CZE", "2012-12-16", "Karolína Peake"),
    ("defence minister ROU", "2016-07-08", "Mihnea Motoc"),
    ("defence minister ROU", "2018-07-11", "Mihai Fifor"),
    ("defence minister MNE", "2017-06-05", "Predrag Bošković"),
    ("defence minister UKR", "2023-09-05", "Oleksii Reznikov"),
    ("defence minister UKR", "2023-09-06", "Rustem Umerov"),
    ("defence minister USA", "2019-07-18", "Richard Spencer"),
    ("defence minister USA", "2025-01-26", "Pete Hegseth"),
    ("defence minister SRB", "2022-10-27", "Miloš Vučević"),
    ("defence minister GBR", "2019-05-02", "Penny Mordaunt"),
    ("defence minister TUR", "2018-07-10", "Hulusi Akar"),
    ("defence minister DEU", "2019-07-18", "Annegret Kramp-Karrenbauer"),
    ("defence minister ISR", "2024-11-09", "Israel Katz"),
    ("defence minister BRA", "2017-06-01", "Raul Jungmann"),
    ("trade representative USA", "2011-12-15", "Ron Kirk"),
    ("trade representative USA", "2018-07-06", "Robert Lighthizer"),
    ("trade representative USA", "2024-02-26", "Katherine Tai"),
    ("trade representative USA", "2025-02-28", "Jamieson Greer"),
    ("trade minister USA", "2018-03-08", "Wilbur Ross"),
    ("trade minister CHN", "2020-12-25", "Zhong Shan"),
    ("trade minister CHN", "2024-02-26", "Wang Wentao"),
    ("trade minister IND", "2022-06-12", "Piyush Goyal"),
    ("trade minister JPN", "2019-07-01", "Hiroshige Seko"),
    ("trade minister GBR", "2020-02-03", "Liz Truss"),
    ("trade minister AUS", "2020-12-21", "Simon Birmingham"),
    ("trade commissioner eu", "2013-12-07", "Karel De Gucht"),
    ("trade commissioner eu", "2018-07-25", "Cecilia Malmström"),
    ("trade commissioner eu", "2024-11-30", "Valdis Dombrovskis"),
    ("trade commissioner eu", "2024-12-01", "Maroš Šefčovič"),
    ("climate commissioner eu", "2015-12-12", "Miguel Arias Cañete"),
    ("enlargement commissioner eu", "2019-11-30", "Johannes Hahn"),
    ("enlargement commissioner eu", "2024-12-02", "Marta Kos"),
    ("energy commissioner eu", "2022-07-20", "Kadri Simson"),
    ("central bank president eu", "2012-07-26", "Mario Draghi"),
    ("central bank president eu", "2019-11-01", "Christine Lagarde"),
    ("parliament president eu", "2019-07-02", "Antonio Tajani"),
    ("parliament president eu", "2022-01-19", "Roberta Metsola"),
    ("chairperson-in-office osce", "2014-03-18", "Didier Burkhalter"),
    ("chairperson-in-office osce", "2016-06-01", "Frank-Walter Steinmeier"),
    ("chairperson-in-office osce", "2017-12-17", "Sebastian Kurz"),
    ("chairperson-in-office osce", "2017-12-19", "Karin Kneissl"),
    ("chairperson-in-office osce", "2020-12-31", "Edi Rama"),
    ("chairperson-in-office osce", "2021-01-01", "Ann Linde"),
    ("chairperson-in-office osce", "2022-02-24", "Zbigniew Rau"),
    ("chairperson-in-office osce", "2025-07-01", "Elina Valtonen"),
    ("commission chair african-union", "2017-03-13", "Nkosazana Dlamini-Zuma"),
    ("commission chair african-union", "2025-03-14", "Mahmoud Ali Youssouf"),
    ("general assembly president un", "2015-09-25", "Mogens Lykketoft"),
    ("general assembly president un", "2016-09-14", "Peter Thomson"),
    ("general assembly president un", "2020-09-14", "Tijjani Muhammad-Bande"),
    ("general assembly president un", "2023-09-06", "Dennis Francis"),
    ("general assembly president un", "2025-09-10", "Annalena Baerbock"),
    ("director general iaea", "2019-12-04", "Rafael Grossi"),
    ("director general wto", "2005-12-18", "Pascal Lamy"),
    ("director general wto", "2013-12-07", "Roberto Azevêdo"),
    ("cop president unfccc", "2009-12-18", "Lars Løkke Rasmussen"),
    ("cop president unfccc", "2018-12-15", "Michał Kurtyka"),
    ("cop president unfccc", "2022-11-20", "Sameh Shoukry"),
    ("cop president unfccc", "2024-11-24", "Mukhtar Babayev"),
    ("supreme allied commander nato", "2014-03-18", "Philip Breedlove"),
    ("supreme allied commander nato", "2025-07-05", "Alexus Grynkewich"),
    ("military committee chair nato", "2016-07-08", "Petr Pavel"),
    ("military committee chair nato", "2025-01-18", "Giuseppe Cavo Dragone"),
    ("secretary general nato", "2003-12-20", "Alessandro Minuto Rizzo"),
    ("secretary general osce", "2020-09-01", "Tuula Yrjölä"),
    ("ambassador to the UN USA", "2017-04-07", "Nikki Haley"),
    ("ambassador to the UN USA", "2021-02-26", "Linda Thomas-Greenfield"),
    ("ambassador to the UN RUS", "2017-04-12", "Petr Iliichev"),
    ("finance minister CAN", "2025-04-01", "François-Philippe Champagne"),
    ("finance minister DEU", "2017-12-01", "Peter Altmaier"),
    ("commander in chief UKR", "2024-02-07", "Valerii Zaluzhnyi"),
    ("national security minister ISR", "2025-03-20", "Itamar Ben-Gvir"),
]


@pytest.mark.parametrize(("question", "on", "holder"), QUESTIONS)
def test_a_dated_question_has_one_answer(offices: Offices, question: str, on: str, holder: str) -> None:
    assert holders(offices, question, on) == {holder}


@pytest.mark.parametrize(
    ("question", "on", "leaving", "coming"),
    [
        ("prime minister GBR", "2022-09-06", "Boris Johnson", "Liz Truss"),
        ("foreign minister FRA", "2022-05-20", "Jean-Yves Le Drian", "Catherine Colonna"),
        ("chancellor DEU", "2021-12-08", "Angela Merkel", "Olaf Scholz"),
        ("president USA", "2021-01-20", "Donald Trump", "Joe Biden"),
        ("monarch GBR", "2022-09-08", "Elizabeth II", "Charles III"),
        ("prime minister HUN", "2026-05-09", "Viktor Orbán", "Péter Magyar"),
        ("foreign minister DEU", "2025-05-06", "Annalena Baerbock", "Johann Wadephul"),
        ("foreign minister NLD", "2021-05-25", "Stef Blok", "Sigrid Kaag"),
        ("general assembly president un", "2024-09-10", "Dennis Francis", "Philémon Yang"),
        ("supreme allied commander nato", "2022-07-04", "Tod Wolters", "Christopher Cavoli"),
    ],
)
def test_on_the_day_of_a_handover_both_hold_the_office(
    offices: Offices, question: str, on: str, leaving: str, coming: str
) -> None:
    assert holders(offices, question, on) == {leaving, coming}


@pytest.mark.parametrize(
    ("name", "of", "on"),
    [
        ("Wang Wenbin", "CHN", "2022-08-03"),
        ("Mao Ning", "CHN", "2023-02-24"),
        ("Lin Jian", "CHN", "2024-07-11"),
        ("Hua Chunying", "CHN", "2018-03-23"),
        ("Geng Shuang", "CHN", "2018-03-23"),
        ("Zhao Lijian", "CHN", "2021-06-15"),
        ("Lu Kang", "CHN", "2016-07-12"),
        ("Hong Lei", "CHN", "2014-05-07"),
        ("Guo Jiakun", "CHN", "2025-04-10"),
        ("Dmitry Peskov", "RUS", "2022-02-24"),
        ("Maria Zakharova", "RUS", "2022-02-24"),
        ("Oana Lungescu", "nato", "2022-06-29"),
        ("Farah Dakhlallah", "nato", "2024-07-10"),
        ("Ned Price", "USA", "2022-02-24"),
        ("Matthew Miller", "USA", "2024-01-10"),
        ("Tammy Bruce", "USA", "2025-03-10"),
        ("Peter Stano", "eu", "2022-02-24"),
        ("Stéphane Dujarric", "un", "2022-02-24"),
        ("Arindam Bagchi", "IND", "2022-02-24"),
        ("Steffen Seibert", "DEU", "2015-09-04"),
    ],
)
def test_spokespersons_are_known_by_name(offices: Offices, name: str, of: str, on: str) -> None:
    assert {(office.title, office.of) for office in offices.named(name, day(on))} == {("spokesperson", of)}


# --- names


@pytest.mark.parametrize(
    ("spelt", "holder"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Tedros Adhanom", "Tedros Adhanom Ghebreyesus"),
        ("Viktor Orban", "Viktor Orbán"),
        ("Orbán Viktor", "Viktor Orbán"),
        ("Kishida Fumio", "Fumio Kishida"),
        ("Seok-youl Yoon", "Yoon Suk Yeol"),
        ("Xi Jinping", "Xi Jinping"),
        ("KIM JONG-UN", "Kim Jong Un"),
        ("Lula da Silva", "Luiz Inácio Lula da Silva"),
        ("Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi"),
        ("Aliaksandr Lukashenka", "Alexander Lukashenko"),
        ("Itamar Ben Gvir", "Itamar Ben-Gvir"),
        ("Peter Szijjarto", "Péter Szijjártó"),
        ("Lars Lokke Rasmussen", "Lars Løkke Rasmussen"),
    ],
)
def test_other_spellings_and_name_orders_find_the_holder(offices: Offices, spelt: str, holder: str) -> None:
    assert {office.holder for office in offices.named(spelt, day("2023-07-11"))} == {holder}


def test_a_person_twice_in_office_holds_it_twice_and_not_between(offices: Offices) -> None:
    for name, of, between, after in (
        ("Donald Trump", "USA", "2023-01-01", "2025-06-01"),
        ("Shinzo Abe", "JPN", "2010-01-01", "2015-01-01"),
        ("Benjamin Netanyahu", "ISR", "2022-01-01", "2024-01-01"),
        ("Robert Fico", "SVK", "2019-01-01", "2024-01-01"),
        ("Viktor Orbán", "HUN", "2005-01-01", "2015-01-01"),
    ):
        assert offices.named(name, day(between)) == ()
        assert [office.of for office in offices.named(name, day(after)) if office.title != "foreign minister"] == [of]
        assert len({office.start for office in offices.named(name, None)}) >= 2


def test_one_person_in_two_offices_of_two_bodies_is_told_by_the_day(offices: Offices) -> None:
    assert [office.of for office in offices.named("Mark Rutte", day("2022-06-29"))] == ["NLD"]
    assert [office.of for office in offices.named("Mark Rutte", day("2025-06-24"))] == ["nato"]
    assert [office.of for office in offices.called("Stoltenberg", day("2012-01-01"))] == ["NOR"]
    assert [office.of for office in offices.called("Stoltenberg", day("2022-01-01"))] == ["nato"]
    assert [office.of for office in offices.called("Kallas", day("2022-01-01"))] == ["EST"]
    assert [office.of for office in offices.called("Kallas", day("2025-01-01"))] == ["eu"]


def test_father_and_son_are_told_by_the_day(offices: Offices) -> None:
    def presidents(name: str, on: str | None) -> set[str]:
        return {office.holder for office in offices.named(name, day(on) if on else None)}

    assert presidents("George Bush", "1990-08-02") == {"George H. W. Bush"}
    assert presidents("George Bush", "2001-09-11") == {"George W. Bush"}
    assert presidents("George Bush", None) == {"George H. W. Bush", "George W. Bush"}
    assert offices.called("Bush", None) == ()
    assert {office.holder for office in offices.called("Bush", day("2001-09-11"))} == {"George W. Bush"}
    assert {office.holder for office in offices.called("Trudeau", day("1982-04-17"))} == {"Pierre Trudeau"}
    assert {office.holder for office in offices.called("Trudeau", day("2018-06-09"))} == {"Justin Trudeau"}
    assert {office.holder for office in offices.called("Assad", day("1999-01-01"))} == {"Hafez al-Assad"}
    assert {office.holder for office in offices.called("Assad", day("2013-08-21"))} == {"Bashar al-Assad"}


def test_two_people_of_one_name_on_one_date_are_both_named_and_neither_called(offices: Offices) -> None:
    on = day("2010-06-01")  # kings of Belgium and of Monaco; of Jordan and of Saudi Arabia
    assert {office.of for office in offices.named("Albert II", on)} == {"BEL", "MCO"}
    assert offices.called("Albert II", on) == ()
    assert {office.of for office in offices.named("King Abdullah", on)} == {"JOR", "SAU"}
    assert offices.called("King Abdullah", on) == ()
    assert {office.of for office in offices.named("Albert II", day("2020-06-01"))} == {"MCO"}


@pytest.mark.parametrize(
    ("surname", "on", "several"),
    [
        ("Kim", "2025-03-01", False),  # one leads; defence ministers are not called by surname alone
        ("Kim", "2012-06-01", True),  # Kim Jong Un, Kim Hwang-sik, Kim Sung-hwan
        ("Nguyen", "2019-06-01", True),
        ("Rasmussen", "2010-06-01", True),
        ("Ibrahim", "2024-06-01", True),
    ],
)
def test_a_surname_of_two_leaders_on_a_date_is_nobodys(
    offices: Offices, surname: str, on: str, *, several: bool
) -> None:
    assert (offices.called(surname, day(on)) == ()) is several


@pytest.mark.parametrize(
    ("surname", "on", "holder"),
    [
        ("Johnson", "2020-01-31", "Boris Johnson"),
        ("Park", "2014-01-01", "Park Geun-hye"),
        ("von der Leyen", "2022-01-01", "Ursula von der Leyen"),
        ("Zelensky", "2022-02-24", "Volodymyr Zelenskyy"),
        ("Erdogan", "2022-06-28", "Recep Tayyip Erdoğan"),
        ("Lavrov", "2022-02-24", "Sergei Lavrov"),
        ("Xi", "2022-02-04", "Xi Jinping"),
        ("Abiy", "2020-11-04", "Abiy Ahmed"),
        ("Modi", "2022-01-01", "Narendra Modi"),
        ("López Obrador", "2020-01-01", "Andrés Manuel López Obrador"),
        ("Gahr Støre", "2022-01-01", "Jonas Gahr Støre"),
    ],
)
def test_a_surname_of_one_leader_is_theirs(offices: Offices, surname: str, on: str, holder: str) -> None:
    assert {office.holder for office in offices.called(surname, day(on))} == {holder}


def test_a_given_name_and_a_fathers_name_call_nobody(offices: Offices) -> None:
    for name in ("Emmanuel", "Boris", "Ursula", "Angela"):
        assert offices.called(name, day("2020-06-01")) == ()
    assert {office.holder for office in offices.called("Salman", day("2023-01-01"))} == {"Salman"}


def test_namesakes_who_rule_two_states_are_two_people() -> None:
    one, other = (
        Tenure(Office(title="president", of=ActorId(of), holder="John Smith"), ("john smith",)) for of in ("AAA", "BBB")
    )
    chair = Tenure(Office(title="secretary general", of=ActorId("nato"), holder="John Smith"), ("john smith",))
    assert Offices((one, other)).called("Smith", None) == ()
    assert len(Offices((one, other)).named("John Smith", None)) == 2
    assert len(Offices((one, chair)).called("Smith", None)) == 2


# --- acting, and how sure


def test_an_acting_holder_is_marked_and_keeps_the_title(offices: Offices) -> None:
    (acting,) = offices.holders(ActorId("AUT"), ["chancellor"], day("2025-02-01"))
    assert (acting.office.holder, acting.acting) == ("Alexander Schallenberg", True)
    (full,) = offices.holders(ActorId("AUT"), ["chancellor"], day("2021-11-01"))
    assert (full.office.holder, full.acting) == ("Alexander Schallenberg", False)


def test_a_date_known_by_its_month_is_certain_only_inside() -> None:
    office = Office(
        title="president", of=ActorId("AAA"), holder="Ada Bo", start=date(2024, 2, 1), end=date(2025, 3, 31)
    )
    tenure = Tenure(office, ("ada bo",), surely_from=date(2024, 2, 29), surely_until=date(2025, 3, 1))
    assert tenure.on(date(2024, 2, 10))
    assert not tenure.certain_on(date(2024, 2, 10))
    assert tenure.certain_on(date(2024, 2, 29))
    assert tenure.certain_on(date(2025, 3, 1))
    assert not tenure.certain_on(date(2025, 3, 2))
    assert not tenure.certain_on(None)
    assert Tenure(office, ()).certain_on(date(2024, 2, 10))  # a tenure that says no more is as its office says


def test_who_is_still_in_office_is_certain_until_last_checked(offices: Offices) -> None:
    (president,) = offices.holders(ActorId("CHN"), ["president"], day("2026-08-22"))
    assert president.office.end is None
    assert president.certain_on(day("2026-08-22"))
    assert not president.certain_on(day("2027-08-22"))
    assert president.on(day("2027-08-22"))


def test_most_questions_above_are_certain(offices: Offices) -> None:
    unsure = [
        (question, on)
        for question, on, _ in QUESTIONS
        for tenure in offices.holders(ActorId(question.rpartition(" ")[2]), [question.rpartition(" ")[0]], day(on))
        if not tenure.certain_on(day(on))
    ]
    assert unsure == []


def test_what_is_certain_is_possible(offices: Offices) -> None:
    days = [date(2000, 1, 1) + timedelta(days=step) for step in range(0, 27 * 365, 211)]
    assert all(tenure.on(when) for tenure in offices.tenures for when in days if tenure.certain_on(when))


def test_one_who_stands_in_for_a_holder_who_is_suspended_or_away_holds_it_with_him(offices: Offices) -> None:
    assert holders(offices, "prime minister THA", "2022-09-15") == {"Prayut Chan-o-cha", "Prawit Wongsuwan"}
    assert holders(offices, "defence minister DNK", "2023-03-01") == {"Jakob Ellemann-Jensen", "Troels Lund Poulsen"}
    assert holders(offices, "defence minister DNK", "2023-08-23") == {"Troels Lund Poulsen"}


def test_a_national_president_is_told_from_a_speaker(offices: Offices) -> None:
    """Who presides over the parliament of a state is a speaker: "the Serbian president" is one person."""
    presides = ["president", "commission president", "council president", "parliament president"]
    found = offices.holders(ActorId("SRB"), presides, day("2024-06-01"))
    assert {tenure.office.holder for tenure in found} == {"Aleksandar Vučić"}


_NATO = "ALB BEL BGR CAN HRV CZE DNK EST FIN FRA DEU GRC HUN ISL ITA LVA LTU LUX MNE NLD MKD NOR POL PRT ROU SVK SVN"
_NATO += " ESP SWE TUR GBR USA"
_OTHERS = "AUT CYP IRL MLT ARG AUS BRA CHN IND IDN JPN KOR MEX RUS SAU ZAF BRN KHM LAO MMR PHL SGP THA VNM UKR ISR IRN"


@pytest.mark.parametrize(("title", "states"), [("foreign minister", f"{_NATO} {_OTHERS}"), ("defence minister", _NATO)])
def test_no_minister_is_missing_for_over_a_month(offices: Offices, title: str, states: str) -> None:
    """From 2015 to 2025, of NATO, the EU, the G20 and ASEAN; Malaysia in 2018 had nobody for longer."""
    weeks = [date(2015, 1, 1) + timedelta(weeks=week) for week in range(570)]
    of_all = [ActorId(of) for of in states.split() if (title, of) != ("defence minister", "ISL")]
    missing = {
        (of, week)
        for of in of_all
        for week in weeks
        if not any(offices.holders(of, [title], when) for when in (week, week + timedelta(days=31)))
    }
    assert missing == set()
